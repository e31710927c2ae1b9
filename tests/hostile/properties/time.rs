//! Time stamps.

use super::steer;
use xtelemdb::db::types::Micros;
use xtelemdb::decode::time::{parse, write};
use xtelemdb::record::Time;

/// As far from 1970 as a record's time is ever read, in seconds, and then some: some 30,000 years.
const FARTHEST: i64 = 1_000_000_000_000;

/// A text that may be a time; its first twelve bytes also are one in binary.
pub fn holds(input: &[u8]) {
    if let Some(time) = parse(input) {
        assert!(time.nanoseconds < 1_000_000_000, "{time:?}");
        let written = written(time);
        // Years of other than four digits come from an offset at either end of the calendar, and are never read.
        if written.len() == "2024-03-22T23:14:15.161942076".len() {
            assert_eq!(parse(written.as_bytes()), Some(time), "{written}");
        }
        let cut = written.len() - 3;
        assert_eq!(written[cut..].parse::<i16>(), Ok(time.remainder_ns()), "{written}");
        assert_eq!(Micros::nearest(time), (Micros(time.postgres_micros()), true));
    }
    let (binary, _) = steer::<12>(input);
    let (seconds, nanoseconds) = binary.split_at(8);
    let seconds = i64::from_le_bytes(seconds.try_into().expect("eight bytes"));
    let nanoseconds = u32::from_le_bytes(nanoseconds.try_into().expect("four bytes"));
    // Of a file anything, of a record what its format can say.
    let (nearest, _) = Micros::nearest(Time { seconds, nanoseconds });
    assert!((Micros::EARLIEST..=Micros::LATEST).contains(&nearest));
    let time = Time { seconds: seconds % FARTHEST, nanoseconds };
    let text = written(time);
    assert!(text.len() >= "2024-03-22T23:14:15.161942076".len(), "{text}");
    assert!((0..1000).contains(&time.remainder_ns()));
    let later = Time { seconds: time.seconds + 5, ..time };
    assert!(later.postgres_micros() > time.postgres_micros());
}

fn written(time: Time) -> String {
    let mut text = Vec::new();
    write(time, &mut text);
    String::from_utf8(text).expect("ASCII")
}

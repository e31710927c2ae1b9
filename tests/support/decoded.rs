//! Decodes whole files and keeps everything that comes out.

use flate2::read::GzDecoder;
use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use xtelemdb::decode::catalogue::Catalogue;
use xtelemdb::decode::{Decoder, Format, Sink};
use xtelemdb::record::{Head, Reason, Reject, Time};

/// Something that a decoder gave to its sink.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    Record { offset_bytes: u64, time: Time, prio: String, ec: String, msg: String, raw: Vec<u8> },
    Reject { offset_bytes: u64, length_bytes: u64, reason: Reason },
}

impl Event {
    pub fn is_record(&self) -> bool {
        matches!(self, Self::Record { .. })
    }

    /// Where it starts and ends in the file.
    pub fn span(&self) -> (u64, u64) {
        match self {
            Self::Record { offset_bytes, raw, .. } => (*offset_bytes, offset_bytes + raw.len() as u64),
            Self::Reject { offset_bytes, length_bytes, .. } => (*offset_bytes, offset_bytes + length_bytes),
        }
    }
}

/// A sink that keeps everything.
#[derive(Default)]
pub struct Keep {
    pub events: Vec<Event>,
    buffer: Vec<u8>,
    is_open: bool,
}

impl Sink for Keep {
    fn open(&mut self, _: &Head<'_>) -> &mut Vec<u8> {
        assert!(!std::mem::replace(&mut self.is_open, true), "opened twice");
        self.buffer.clear();
        self.buffer.extend_from_slice(b"before");
        &mut self.buffer
    }

    fn close(&mut self, head: &Head<'_>, raw: &[u8]) {
        assert!(std::mem::take(&mut self.is_open), "closed what is not open");
        let text = std::str::from_utf8(&self.buffer).expect("JSON is UTF-8");
        self.events.push(Event::Record {
            offset_bytes: head.offset_bytes,
            time: head.time,
            prio: head.prio.unwrap_or_default().to_owned(),
            ec: head.ec.to_owned(),
            msg: text.strip_prefix("before").expect("what stood before stays").to_owned(),
            raw: raw.to_vec(),
        });
    }

    fn cancel(&mut self) {
        assert!(std::mem::take(&mut self.is_open), "cancelled what is not open");
    }

    fn reject(&mut self, reject: Reject) {
        let Reject { offset_bytes, reason, span, .. } = reject;
        self.events.push(Event::Reject { offset_bytes, length_bytes: span.length_bytes, reason });
    }
}

/// What decoding came to.
#[derive(Clone, PartialEq, Default)]
pub struct Decoded {
    pub events: Vec<Event>,
    pub final_offset: u64,
    pub history: Vec<u8>,
    pub tail_bytes: u64,
}

/// Where things start and end, without the bytes.
impl fmt::Debug for Decoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for event in &self.events {
            match event {
                Event::Record { ec, .. } => write!(f, "{:?} {ec}; ", event.span())?,
                Event::Reject { reason, .. } => write!(f, "{:?} {reason:?}; ", event.span())?,
            }
        }
        write!(f, "a tail of {} bytes", self.tail_bytes)
    }
}

impl Decoded {
    pub fn good(&self) -> usize {
        self.events.iter().filter(|event| event.is_record()).count()
    }

    pub fn rejected(&self) -> usize {
        self.events.len() - self.good()
    }

    /// Every byte of the file is part of exactly one event or of the tail.
    pub fn assert_covers(&self, file: &[u8]) {
        let mut at = 0;
        for event in &self.events {
            let (start, end) = event.span();
            assert_eq!(start, at, "a gap or an overlap before {event:?}");
            if let Event::Record { raw, .. } = event {
                assert_eq!(raw, &file[start as usize..end as usize], "raw bytes of {event:?}");
            }
            at = end;
        }
        assert_eq!((at, at + self.tail_bytes), (self.final_offset, file.len() as u64));
        let start = self.final_offset.saturating_sub(xtelemdb::limits::FINGERPRINT_BYTES as u64) as usize;
        assert_eq!(self.history, &file[start..self.final_offset as usize], "history");
    }
}

/// Decodes a file in pieces of the given sizes, over and over; in one if there are none.
pub fn decode(catalogue: &Arc<Catalogue>, file: &[u8], pieces: &[usize]) -> Decoded {
    resume(catalogue, Decoded::default(), file, pieces)
}

/// Goes on where `before` ended with a file that may have grown.
pub fn resume(catalogue: &Arc<Catalogue>, before: Decoded, file: &[u8], pieces: &[usize]) -> Decoded {
    let mut decoder = Decoder::new(Format::Bintel, catalogue, before.final_offset, &before.history);
    let mut sink = Keep { events: before.events, ..Keep::default() };
    let mut rest = &file[before.final_offset as usize..];
    for &size in pieces.iter().cycle().take_while(|_| !pieces.is_empty()) {
        if rest.is_empty() {
            break;
        }
        let (piece, behind) = rest.split_at(size.clamp(1, rest.len()));
        decoder.push(piece, &mut sink);
        rest = behind;
    }
    decoder.push(rest, &mut sink);
    decoder.end(&mut sink);
    assert!(!sink.is_open, "a record was left open");
    Decoded {
        events: sink.events,
        final_offset: decoder.final_offset(),
        history: decoder.history().to_vec(),
        tail_bytes: decoder.end_offset() - decoder.final_offset(),
    }
}

/// A folder or file of the corpus.
pub fn corpus(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/corpus").join(name)
}

/// The content of a file of the corpus, inflated if it is kept compressed.
pub fn read(name: &str) -> Vec<u8> {
    let (plain, packed) = (corpus(name), corpus(&format!("{name}.gz")));
    if plain.exists() {
        return std::fs::read(&plain).expect("a file of the corpus");
    }
    let file = std::fs::File::open(&packed).unwrap_or_else(|error| panic!("{}: {error}", packed.display()));
    let mut bytes = Vec::new();
    GzDecoder::new(file).read_to_end(&mut bytes).expect("a file of the corpus inflates");
    bytes
}

/// A time as the dump prints it.
pub fn ts(time: Time) -> String {
    let second = time.seconds % 86_400;
    let (mut year, mut day) = (1970, time.seconds / 86_400);
    let length = |year: i64| 365 + i64::from(year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
    while day >= length(year) {
        day -= length(year);
        year += 1;
    }
    let mut month = 0;
    let months = [31, length(year) - 337, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    while day >= months[month] {
        day -= months[month];
        month += 1;
    }
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    let (month, day, nanoseconds) = (month + 1, day + 1, time.nanoseconds);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{nanoseconds:09}")
}

//! Messages of every event type with every kind of value, made by the `flatbuffers` crate from the catalogue's text and
//! decoded by the program: what comes out is what was put in.

#[path = "support/decoded.rs"]
#[allow(dead_code, reason = "a part of it is used")]
mod decoded;
#[path = "support/generated.rs"]
mod generated;

use decoded::{Event, decode};
use flatbuffers::FlatBufferBuilder;
use generated::{Layout, Random, Value, layouts};
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};
use xtelemdb::decode::catalogue::Catalogue;

static CATALOGUE: LazyLock<Arc<Catalogue>> = LazyLock::new(|| Arc::new(Catalogue::builtin()));

const PRIORITIES: [(u8, &str); 5] = [(64, "TELM"), (3, "ERR "), (6, "INFO"), (126, "DEF?"), (127, "UNK?")];

/// A record and what is to come out of it.
struct Made {
    bytes: Vec<u8>,
    seconds: i64,
    nanoseconds: u32,
    prio: &'static str,
    values: Vec<Option<Value>>,
}

/// A record of some layout, as a device could write it: fields left out, padding behind, lengths in any form.
fn make(layout: &Layout, random: &mut Random) -> Made {
    let values = layout.values(random);
    let mut message = Vec::new();
    if layout.has_message {
        let mut builder = FlatBufferBuilder::new();
        let table = generated::build(&mut builder, &values, random);
        builder.finish_minimal(table);
        message.extend_from_slice(builder.finished_data());
        // Fewer than a header has: more could hide a record.
        message.extend(std::iter::repeat_n(0, random.below(12)));
    }
    let seconds = layout.seconds(random);
    let nanoseconds =
        if random.one_in(4) { random.next() as u32 } else { random.below(1_000_000_000) as u32 };
    let (priority, prio) = PRIORITIES[random.below(PRIORITIES.len())];
    let mut bytes = vec![priority];
    bytes.extend_from_slice(&layout.code.to_le_bytes());
    bytes.extend_from_slice(&u32::try_from(seconds).expect("a second of a record").to_le_bytes());
    bytes.extend_from_slice(&nanoseconds.to_le_bytes());
    match message.len() {
        length if length < 254 && !random.one_in(4) => bytes.push(length as u8),
        length if length < 65_536 && !random.one_in(4) => {
            bytes.push(254);
            bytes.extend_from_slice(&(length as u16).to_le_bytes());
        }
        length => {
            bytes.push(255);
            bytes.extend_from_slice(&(length as u64).to_le_bytes());
        }
    }
    bytes.extend_from_slice(&message);
    Made { bytes, seconds, nanoseconds, prio, values }
}

#[test]
fn the_catalogue_is_all_there() {
    let layouts = layouts();
    let with = |test: fn(&Layout) -> bool| layouts.iter().filter(|layout| test(layout)).count();
    assert_eq!((with(|layout| !layout.is_era), with(|layout| layout.is_era)), (51, 9));
    assert_eq!(with(|layout| !layout.has_message), 5);
    let codes: std::collections::BTreeSet<u16> = layouts.iter().map(|layout| layout.code).collect();
    assert!(CATALOGUE.known_codes().eq(codes), "all codes that the program knows");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// A file with a record of every layout, in any order.
    #[test]
    fn what_is_put_in_comes_out(seed: u64) {
        let mut random = Random::new(seed);
        let mut layouts = layouts();
        random.shuffle(&mut layouts);
        let made: Vec<Made> = layouts.iter().map(|layout| make(layout, &mut random)).collect();
        let file: Vec<u8> = made.iter().flat_map(|made| &made.bytes).copied().collect();
        let decoded = decode(&CATALOGUE, &file, &[]);
        decoded.assert_covers(&file);
        prop_assert_eq!((decoded.events.len(), decoded.tail_bytes), (made.len(), 0), "{:?}", decoded);
        for ((layout, made), event) in layouts.iter().zip(&made).zip(&decoded.events) {
            let Event::Record { time, prio, ec, msg, raw, .. } = event else {
                return Err(TestCaseError::fail(format!("{} {}: {event:?}", layout.code, layout.ec)));
            };
            prop_assert_eq!((time.seconds, time.nanoseconds), (made.seconds, made.nanoseconds));
            prop_assert_eq!((prio.as_str(), ec), (made.prio, &layout.ec));
            prop_assert_eq!(raw, &made.bytes);
            let differs = generated::difference(layout, &made.values, msg);
            prop_assert!(differs.is_none(), "{} {}: {}\n{}", layout.code, layout.ec, differs.unwrap(), msg);
        }
    }
}

#[test]
fn the_comparison_itself_can_fail() {
    let layouts = layouts();
    let layout = |ec: &str| layouts.iter().find(|layout| layout.ec == ec && !layout.is_era).expect(ec);
    let position = [Some(Value::F32(0.1))];
    let differs = |msg: &str| generated::difference(layout("telem_position"), &position, msg).is_some();
    assert!(!differs(r#"{"pos":0.1}"#));
    for wrong in [
        r#"{"pos":0.10000001}"#,
        r#"{"pos":null}"#,
        r#"{}"#,
        r#"{"po":0.1}"#,
        r#"{"pos":0.1,"a":1}"#,
        "",
        "null",
    ] {
        assert!(differs(wrong), "{wrong}");
    }
    let text = [Some(Value::String(b"a\0\xff".to_vec()))];
    let differs = |msg: &str| generated::difference(layout("text_log"), &text, msg).is_some();
    assert!(!differs("{\"message\":\"a\u{fffd}\u{fffd}\"}"));
    assert!(differs("{\"message\":\"a\u{fffd}\"}") && differs("{}"));
    assert!(generated::difference(layout("text_log"), &[None], "{}").is_none());
}

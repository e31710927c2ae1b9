//! Lines of `.ndjson` files.

use super::outcome::{Event, decode};
use super::steer;
use serde_json::Value;
use xtelemdb::decode::Format;
use xtelemdb::record::Reason;

/// What a byte of a line may become at most: `\u0001`.
const WIDEST: usize = 6;

/// Three bytes for the pieces, then the lines.
pub fn holds(input: &[u8]) {
    let (steering, file) = steer(input);
    for event in &decode(Format::Ndjson, file, steering).events {
        match event {
            Event::Record { ec, prio, msg, raw, .. } => {
                let written = msg.len() + ec.len() + prio.as_ref().map_or(0, String::len);
                assert!(written <= WIDEST * raw.len(), "{written} bytes from {}", raw.len());
                let text = std::str::from_utf8(msg).expect("UTF-8");
                assert!(!text.contains(['\0', '\n']), "{text:?}");
                assert_same_value(text, raw);
            }
            Event::Reject(reject) => {
                assert!(matches!(reject.reason, Reason::NotJson | Reason::NotARecord), "{reject:?}");
                let is_strict = serde_json::from_slice::<Value>(&reject.span.head).is_ok();
                assert!(reject.reason != Reason::NotJson || !is_strict, "JSON and not JSON: {reject:?}");
            }
        }
    }
}

/// What another reader makes of the line, where it can read it, is what it makes of our message.
fn assert_same_value(msg: &str, line: &[u8]) {
    let ours = match serde_json::from_str::<Value>(msg) {
        Ok(ours) => ours,
        // That reader knows neither deep nesting nor large numbers.
        Err(error) => {
            let text = error.to_string();
            assert!(text.contains("recursion limit") || text.contains("out of range"), "{text}: {msg}");
            return;
        }
    };
    if let Ok(Value::Object(members)) = serde_json::from_slice::<Value>(line) {
        let theirs = plain(&members["msg"]);
        assert_eq!(plain(&ours), theirs, "{msg}");
    }
}

/// A value whose strings have no NUL and whose numbers are floats, as text that can be compared.
fn plain(value: &Value) -> Value {
    let text = |text: &str| text.replace('\0', "\u{fffd}");
    match value {
        Value::Number(number) => {
            let number = number.as_f64().expect("a number");
            // No negative zero.
            Value::String(format!("number {:?}", if number == 0.0 { 0.0 } else { number }))
        }
        Value::String(string) => Value::String(text(string)),
        Value::Array(list) => Value::Array(list.iter().map(plain).collect()),
        Value::Object(members) => {
            // Keys that differ in a NUL alone become one, and then which of them is last counts: that is lost here.
            let mut plain_members = serde_json::Map::new();
            for (key, value) in members {
                let is_new = plain_members.insert(text(key), plain(value)).is_none();
                if !is_new {
                    return Value::Null;
                }
            }
            Value::Object(plain_members)
        }
        other => other.clone(),
    }
}

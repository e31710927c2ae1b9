//! INDI's XML, outgoing: definitions, new values, messages, and the end of a device.

use super::properties::{Kind, Vector};
use crate::civil;
use crate::limits::INDI_MESSAGE_BYTES;
use crate::report::escape::Escaped;
use quick_xml::Writer;
use quick_xml::events::BytesText;
use std::io;
use std::time::{SystemTime, UNIX_EPOCH};

/// Writes what a device says.
pub(super) struct Wire {
    pub device: String,
}

impl Wire {
    /// A property with everything that belongs to it.
    pub fn define(&self, vector: &Vector, now: SystemTime) -> Vec<u8> {
        let number = [("perm", "ro"), ("timeout", "0")];
        let more = if vector.kind == Kind::Number { &number[..] } else { &[] };
        let labels = [("label", vector.label), ("group", "Ingest")];
        self.vector("def", vector, &[&labels, more].concat(), now)
    }

    /// New values of a property.
    pub fn set(&self, vector: &Vector, now: SystemTime) -> Vec<u8> {
        self.vector("set", vector, &[], now)
    }

    fn vector(&self, verb: &str, vector: &Vector, more: &[(&str, &str)], now: SystemTime) -> Vec<u8> {
        let kind = match vector.kind {
            Kind::Number => "Number",
            Kind::Light => "Light",
        };
        let (timestamp, message) = (timestamp(now), speakable(&vector.message));
        let mut attributes =
            vec![("device", self.device.as_str()), ("name", vector.name), ("state", vector.state.name())];
        attributes.extend_from_slice(more);
        attributes.push(("timestamp", &timestamp));
        if !message.is_empty() {
            attributes.push(("message", &message));
        }
        let is_definition = verb == "def";
        let element_name = format!("{}{kind}", if is_definition { "def" } else { "one" });
        written(|out| {
            out.create_element(format!("{verb}{kind}Vector"))
                .with_attributes(attributes)
                .write_inner_content(|out| {
                    for element in &vector.elements {
                        let mut written =
                            out.create_element(element_name.as_str()).with_attribute(("name", element.name));
                        if is_definition {
                            written = written.with_attribute(("label", element.label));
                        }
                        if is_definition && vector.kind == Kind::Number {
                            // Without bounds: the largest equals the least.
                            let bounds =
                                [("format", element.format), ("min", "0"), ("max", "0"), ("step", "0")];
                            written = written.with_attributes(bounds);
                        }
                        written.write_text_content(BytesText::new(&element.value))?;
                    }
                    Ok(())
                })?;
            Ok(())
        })
    }

    /// A text for people.
    pub fn message(&self, text: &str, now: SystemTime) -> Vec<u8> {
        let (timestamp, text) = (timestamp(now), speakable(text));
        self.empty("message", &[("timestamp", &timestamp), ("message", &text)])
    }

    /// The end of the device and of all its properties.
    pub fn farewell(&self, now: SystemTime) -> Vec<u8> {
        self.empty("delProperty", &[("timestamp", &timestamp(now))])
    }

    fn empty(&self, name: &str, more: &[(&str, &str)]) -> Vec<u8> {
        written(|out| {
            let element = out.create_element(name).with_attribute(("device", self.device.as_str()));
            element.with_attributes(more.iter().copied()).write_empty()?;
            Ok(())
        })
    }
}

/// What `write` writes, on a line of its own. Memory takes everything, so there is no error.
fn written(write: impl FnOnce(&mut Writer<Vec<u8>>) -> io::Result<()>) -> Vec<u8> {
    let mut out = Writer::new(Vec::with_capacity(1024));
    let outcome = write(&mut out);
    debug_assert!(outcome.is_ok());
    let mut bytes = out.into_inner();
    bytes.push(b'\n');
    bytes
}

/// Text that XML can hold (it has no control characters) and that is not too long.
fn speakable(text: &str) -> String {
    let mut text = Escaped(text).to_string();
    if text.len() > INDI_MESSAGE_BYTES {
        text.truncate(text.floor_char_boundary(INDI_MESSAGE_BYTES));
        text.push_str("...");
    }
    text
}

/// `2024-04-22T19:06:43.120`, UTC as everywhere in INDI.
fn timestamp(now: SystemTime) -> String {
    let since = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    let seconds = i64::try_from(since.as_secs()).unwrap_or(0);
    let (year, month, day) = civil::civil_from_days(seconds.div_euclid(civil::DAY_SECONDS));
    let second = seconds.rem_euclid(civil::DAY_SECONDS);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}", since.subsec_millis())
}

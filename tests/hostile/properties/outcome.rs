//! What a decoder makes of a file, in comparable form.

use super::pieces;
use std::sync::{Arc, LazyLock};
use xtelemdb::decode::catalogue::Catalogue;
use xtelemdb::decode::{Decoder, Format, Sink};
use xtelemdb::limits::FINGERPRINT_BYTES;
use xtelemdb::record::{Head, Reject, Time};

/// The event types that the program knows.
pub static CATALOGUE: LazyLock<Arc<Catalogue>> = LazyLock::new(|| Arc::new(Catalogue::builtin()));

/// Something that a decoder gave away.
#[derive(Debug, PartialEq)]
pub enum Event {
    Record { offset_bytes: u64, time: Time, prio: Option<String>, ec: String, msg: Vec<u8>, raw: Vec<u8> },
    Reject(Reject),
}

/// What decoding came to.
#[derive(Debug, Default, PartialEq)]
pub struct Outcome {
    pub events: Vec<Event>,
    pub final_offset: u64,
    pub history: Vec<u8>,
}

/// Keeps everything, and counts what the decoder tried.
#[derive(Default)]
struct Keep {
    events: Vec<Event>,
    buffer: Vec<u8>,
    is_open: bool,
    /// How often a record was begun, and how many bytes were written for those that came to nothing.
    opened: usize,
    dropped_bytes: usize,
}

impl Sink for Keep {
    fn open(&mut self, _: &Head<'_>) -> &mut Vec<u8> {
        assert!(!std::mem::replace(&mut self.is_open, true), "opened twice");
        self.opened += 1;
        self.buffer.clear();
        &mut self.buffer
    }

    fn close(&mut self, head: &Head<'_>, raw: &[u8]) {
        assert!(std::mem::take(&mut self.is_open), "closed what is not open");
        self.events.push(Event::Record {
            offset_bytes: head.offset_bytes,
            time: head.time,
            prio: head.prio.map(str::to_owned),
            ec: head.ec.to_owned(),
            msg: self.buffer.clone(),
            raw: raw.to_vec(),
        });
    }

    fn cancel(&mut self) {
        assert!(std::mem::take(&mut self.is_open), "cancelled what is not open");
        self.dropped_bytes += self.buffer.len();
    }

    fn reject(&mut self, reject: Reject) {
        assert!(!self.is_open, "a reject inside a record");
        self.events.push(Event::Reject(reject));
    }
}

/// Decodes a file at once and in pieces, asserts that both come to the same and that every byte is accounted for, and
/// returns what they came to.
pub fn decode(format: Format, file: &[u8], steering: [u8; 3]) -> Outcome {
    let at_once = decode_in(format, file, std::iter::once(file.len().max(1)));
    let in_pieces = decode_in(format, file, pieces(steering));
    assert_eq!(in_pieces, at_once, "pieces of other sizes, another outcome");
    assert_covers(&at_once, file, format);
    at_once
}

fn decode_in(format: Format, file: &[u8], sizes: impl Iterator<Item = usize>) -> Outcome {
    let mut decoder = Decoder::new(format, &CATALOGUE, 0, &[]);
    let mut sink = Keep::default();
    let mut rest = file;
    for size in sizes {
        let (piece, behind) = rest.split_at(size.min(rest.len()));
        decoder.push(piece, &mut sink);
        rest = behind;
        if rest.is_empty() {
            break;
        }
    }
    decoder.end(&mut sink);
    assert!(!sink.is_open, "a record was left open");
    assert_eq!(decoder.end_offset(), file.len() as u64);
    // Bytes of a file are tried a few times each, however it is cut: by two layouts, before and after waiting for more.
    assert!(sink.opened <= 8 * (file.len() + 1), "{} records begun in {} bytes", sink.opened, file.len());
    let most_bytes = 8 * most_output_bytes(file.len(), sink.opened);
    assert!(sink.dropped_bytes <= most_bytes, "{} bytes for nothing", sink.dropped_bytes);
    Outcome { events: sink.events, final_offset: decoder.final_offset(), history: decoder.history().to_vec() }
}

/// The most that messages of so many bytes may become, in so many records.
pub fn most_output_bytes(message_bytes: usize, records: usize) -> usize {
    // A byte that is visited becomes six at most (`\u0001`, `false,`); the rest are keys and defaults.
    const KEYS_BYTES: usize = 4096;
    let work = 4 * message_bytes + 4096 * records;
    6 * work + KEYS_BYTES * records
}

/// Every byte belongs to one record, one reject, a blank between lines, or the tail.
fn assert_covers(outcome: &Outcome, file: &[u8], format: Format) {
    let between = |from: u64, to: u64| {
        let gap = &file[from as usize..to as usize];
        match format {
            Format::Bintel => assert!(gap.is_empty(), "nothing says what bytes {from}..{to} are"),
            Format::Ndjson => assert!(gap.iter().all(u8::is_ascii_whitespace), "bytes {from}..{to} are lost"),
        }
    };
    let mut at = 0;
    for event in &outcome.events {
        let (start, length) = match event {
            Event::Record { offset_bytes, raw, .. } => {
                let start = *offset_bytes as usize;
                assert_eq!(raw, &file[start..start + raw.len()], "the raw bytes of a record");
                (*offset_bytes, raw.len() as u64)
            }
            Event::Reject(reject) => {
                assert!(!reject.detail.is_empty() && reject.span.length_bytes > 0, "{reject:?}");
                let start = reject.offset_bytes as usize;
                let bytes = &file[start..start + reject.span.length_bytes as usize];
                assert!(!reject.span.is_whole() || reject.span.head == bytes, "the raw bytes of a reject");
                (reject.offset_bytes, reject.span.length_bytes)
            }
        };
        between(at, start);
        at = start + length;
    }
    between(at, outcome.final_offset);
    let end = outcome.final_offset as usize;
    assert_eq!(outcome.history, &file[end.saturating_sub(FINGERPRINT_BYTES)..end], "history");
}

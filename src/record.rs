//! A record of telemetry as it leaves the decoders, and a defect found in its place.

use crate::limits::{LONGEST_REJECT_BYTES, REJECT_END_BYTES};
use std::fmt;

/// Seconds between 1970-01-01 and 2000-01-01 UTC, PostgreSQL's epoch.
const POSTGRES_EPOCH_SECONDS: i64 = 946_684_800;

/// A record's time as the device wrote it. `nanoseconds` can be 1e9 and more in damaged records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    /// Seconds since 1970-01-01 UTC.
    pub seconds: i64,
    /// Nanoseconds, up to 4,294,967,295.
    pub nanoseconds: u32,
}

impl Time {
    /// Microseconds since 2000-01-01 UTC: what a binary `timestamptz` holds. Cut, not rounded.
    pub fn postgres_micros(self) -> i64 {
        (self.seconds - POSTGRES_EPOCH_SECONDS) * 1_000_000 + i64::from(self.nanoseconds / 1000)
    }

    /// The nanoseconds that [`Self::postgres_micros`] cuts off, 0 to 999.
    pub fn remainder_ns(self) -> i16 {
        (self.nanoseconds % 1000) as i16
    }
}

/// Everything about a record but its message.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// Where the record starts in its (inflated) file, in bytes.
    pub offset_bytes: u64,
    /// When the device wrote it.
    pub time: Time,
    /// Priority as in the dump (`TELM`, `UNK?`); absent if an `.ndjson` line has none.
    pub prio: Option<&'a str>,
    /// Name of the event type (`telem_stdcam`).
    pub ec: &'a str,
}

/// Why a span of bytes is no record. The names are stable: they stand in summaries and in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// The event code is in no catalogue (the code).
    UnknownCode(u16),
    /// The message does not verify as its type.
    BadMessage,
    /// Bytes between sound records that are no record.
    NoRecord,
    /// A line that is not JSON.
    NotJson,
    /// A line of JSON that is not a record: no `ts`, no `ec`, no `msg`, or one of the wrong kind.
    NotARecord,
    /// A line longer than the limit.
    TooLong,
    /// Damage inside a gzip stream, or bytes behind its end.
    BadGzip,
    /// The server refused the row's value.
    Refused,
}

impl Reason {
    /// The stable name, as it stands in `xtelemdb.rejects.reason` and in summaries.
    pub fn name(self) -> &'static str {
        match self {
            Self::UnknownCode(_) => "unknown_code",
            Self::BadMessage => "bad_message",
            Self::NoRecord => "no_record",
            Self::NotJson => "not_json",
            Self::NotARecord => "not_a_record",
            Self::TooLong => "too_long",
            Self::BadGzip => "bad_gzip",
            Self::Refused => "refused",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A span of bytes set aside: one bad record, one bad line, or the noise between two sound records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// Where it starts in its (inflated) file, in bytes.
    pub offset_bytes: u64,
    /// Why it is no record.
    pub reason: Reason,
    /// The reason in words, with the value that caused it.
    pub detail: String,
    /// The bytes themselves, or what is kept of them.
    pub span: Span,
}

/// Bytes that are kept aside: whole up to a limit, else their two ends; always with length and hash.
#[derive(Clone, PartialEq, Eq)]
pub struct Span {
    /// How many bytes there were.
    pub length_bytes: u64,
    /// XXH3-64 over all of them.
    pub hash: u64,
    /// All bytes, or the first [`REJECT_END_BYTES`].
    pub head: Vec<u8>,
    /// Empty, or the last [`REJECT_END_BYTES`] of a span beyond [`LONGEST_REJECT_BYTES`].
    pub tail: Vec<u8>,
}

impl Span {
    /// Whether every byte is kept.
    pub fn is_whole(&self) -> bool {
        self.head.len() as u64 == self.length_bytes
    }
}

impl From<&[u8]> for Span {
    fn from(bytes: &[u8]) -> Self {
        let mut collector = SpanCollector::default();
        collector.push(bytes);
        collector.take()
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Span({} bytes, hash {:016x})", self.length_bytes, self.hash)
    }
}

/// Collects a span piece by piece without ever holding more than the limit.
#[derive(Default)]
pub struct SpanCollector {
    length_bytes: u64,
    hash: xxhash_rust::xxh3::Xxh3,
    head: Vec<u8>,
    tail: Vec<u8>,
}

impl SpanCollector {
    /// Takes the next bytes of the span.
    pub fn push(&mut self, bytes: &[u8]) {
        self.length_bytes += bytes.len() as u64;
        self.hash.update(bytes);
        if self.length_bytes <= LONGEST_REJECT_BYTES as u64 {
            self.head.extend_from_slice(bytes);
            return;
        }
        if self.tail.is_empty() {
            // The limit is passed just now: from here on only the ends are kept.
            let room = REJECT_END_BYTES.saturating_sub(self.head.len()).min(bytes.len());
            let (into_head, rest) = bytes.split_at(room);
            self.tail.extend_from_slice(last(&self.head, REJECT_END_BYTES));
            self.head.extend_from_slice(into_head);
            self.head.truncate(REJECT_END_BYTES);
            self.head.shrink_to_fit();
            self.keep_tail(into_head);
            self.keep_tail(rest);
        } else {
            self.keep_tail(bytes);
        }
    }

    /// The span so far; the collector starts anew.
    pub fn take(&mut self) -> Span {
        let done = std::mem::take(self);
        Span { length_bytes: done.length_bytes, hash: done.hash.digest(), head: done.head, tail: done.tail }
    }

    /// How many bytes were taken since the start.
    pub fn length_bytes(&self) -> u64 {
        self.length_bytes
    }

    fn keep_tail(&mut self, bytes: &[u8]) {
        let bytes = last(bytes, REJECT_END_BYTES);
        let surplus = (self.tail.len() + bytes.len()).saturating_sub(REJECT_END_BYTES);
        self.tail.drain(..surplus);
        self.tail.extend_from_slice(bytes);
    }
}

fn last(bytes: &[u8], count: usize) -> &[u8] {
    &bytes[bytes.len().saturating_sub(count)..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_in_pieces_is_the_span_at_once() {
        let bytes: Vec<u8> = (0..LONGEST_REJECT_BYTES + 9).map(|n| (n * 7 % 251) as u8).collect();
        for length in [0, 1, LONGEST_REJECT_BYTES - 1, LONGEST_REJECT_BYTES, bytes.len()] {
            let whole = Span::from(&bytes[..length]);
            for piece in [1000, 4096, 1 << 20] {
                let mut collector = SpanCollector::default();
                bytes[..length].chunks(piece).for_each(|piece| collector.push(piece));
                assert_eq!(collector.take(), whole, "{length} in pieces of {piece}");
            }
            assert_eq!(whole.is_whole(), length <= LONGEST_REJECT_BYTES);
            if !whole.is_whole() {
                assert_eq!(whole.head, bytes[..REJECT_END_BYTES]);
                assert_eq!(whole.tail, bytes[length - REJECT_END_BYTES..length]);
            }
        }
    }

    #[test]
    fn odd_nanoseconds_carry_into_the_microseconds() {
        let time = Time { seconds: POSTGRES_EPOCH_SECONDS, nanoseconds: u32::MAX };
        assert_eq!((time.postgres_micros(), time.remainder_ns()), (4_294_967, 295));
    }
}

//! Bytes in, records and defects out, side by side and in file order. Nothing here touches a file or the database.

pub mod bintel;
pub mod catalogue;
mod cursor;
mod definition;
pub mod emit;
pub mod flatbuf;
mod heads;
mod json;
mod line;
pub mod ndjson;
mod template;
mod text;
pub mod time;
mod window;

use crate::record::{Head, Reject};
use catalogue::Catalogue;
use std::sync::Arc;

/// Receives what decoding yields, in file order.
pub trait Sink {
    /// A record begins: the decoder appends the message's JSON to the returned buffer, which may hold other things.
    fn open(&mut self, head: &Head<'_>) -> &mut Vec<u8>;

    /// The record opened last is sound and complete; `raw` is all of it as it stands in the file.
    fn close(&mut self, head: &Head<'_>, raw: &[u8]);

    /// The record opened last is no record: what was appended since [`Self::open`] is to be dropped.
    fn cancel(&mut self);

    /// A span of bytes that is no record.
    fn reject(&mut self, reject: Reject);
}

/// The layout of a file's (inflated) bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Binary records holding FlatBuffers: `.bintel`, `.binlog`.
    Bintel,
    /// One JSON object a line.
    Ndjson,
}

/// A decoder that takes a file's bytes in pieces of any size, from any offset at which a record may start.
pub enum Decoder {
    /// For [`Format::Bintel`].
    Bintel(bintel::Decoder),
    /// For [`Format::Ndjson`].
    Ndjson(Box<ndjson::Decoder>),
}

impl Decoder {
    /// A decoder for the bytes from `offset_bytes` on. `history` is what stands before them: the last
    /// [`FINGERPRINT_BYTES`](crate::limits::FINGERPRINT_BYTES) bytes, fewer near the start of the file.
    pub fn new(format: Format, catalogue: &Arc<Catalogue>, offset_bytes: u64, history: &[u8]) -> Self {
        match format {
            Format::Bintel => Self::Bintel(bintel::Decoder::new(catalogue, offset_bytes, history)),
            Format::Ndjson => Self::Ndjson(Box::new(ndjson::Decoder::new(offset_bytes, history))),
        }
    }

    /// Takes the next bytes and gives `sink` everything that they make final.
    pub fn push(&mut self, bytes: &[u8], sink: &mut impl Sink) {
        match self {
            Self::Bintel(decoder) => decoder.push(bytes, sink),
            Self::Ndjson(decoder) => decoder.push(bytes, sink),
        }
    }

    /// The file ends here (for now). What is left behind [`Self::final_offset`] is the tail.
    pub fn end(&mut self, sink: &mut impl Sink) {
        match self {
            Self::Bintel(decoder) => decoder.end(sink),
            Self::Ndjson(decoder) => decoder.end(sink),
        }
    }

    /// Everything before this offset has been given to the sink, as a record or as a reject; reading may resume here.
    pub fn final_offset(&self) -> u64 {
        match self {
            Self::Bintel(decoder) => decoder.final_offset(),
            Self::Ndjson(decoder) => decoder.final_offset(),
        }
    }

    /// The bytes before [`Self::final_offset`], up to
    /// [`FINGERPRINT_BYTES`](crate::limits::FINGERPRINT_BYTES) of them.
    pub fn history(&self) -> &[u8] {
        match self {
            Self::Bintel(decoder) => decoder.history(),
            Self::Ndjson(decoder) => decoder.history(),
        }
    }

    /// How many bytes were taken in all, counted from the start of the file: the end of the tail.
    pub fn end_offset(&self) -> u64 {
        match self {
            Self::Bintel(decoder) => decoder.end_offset(),
            Self::Ndjson(decoder) => decoder.end_offset(),
        }
    }
}

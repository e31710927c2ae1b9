//! A batch: rows and rejects of one stretch of one file, with everything the ledger needs to know of it.

use super::long::Leave;
use super::work::{Trouble, Work};
use crate::db::ledger::Entry;
use crate::db::telem::Rows;
use crate::db::types::Micros;
use crate::decode::Sink;
use crate::limits::{BATCH_BYTES, BATCHES_AHEAD, FINGERPRINT_BYTES, LARGEST_RECYCLED_BYTES};
use crate::record::{Head, Reason, Reject, Span, Time};
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// A file whose reading has begun.
pub(super) struct Begun {
    pub work: Work,
    /// The ledger's generation of the content that is read.
    pub generation: i32,
    /// Where reading begins.
    pub offset_bytes: u64,
    /// The first bytes of the content, at most up to `offset_bytes`.
    pub head: Vec<u8>,
    /// The last bytes before `offset_bytes`.
    pub history: Vec<u8>,
    /// Size on disk before it was read.
    pub size_bytes_seen: i64,
    /// Modification time before it was read.
    pub modification_time_seen: Micros,
    /// Whether other content was loaded under this name before.
    pub is_replaced: bool,
}

impl Begun {
    /// Where the ledger must stand for the first batch: generation and offset, or none if it does not know the file.
    pub fn ledger_stand(&self) -> Option<(i32, i64)> {
        self.work.entry.as_ref().map(|entry| (entry.generation, entry.resume_bytes))
    }
}

/// Hashes by which the content before an offset is recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fingerprint {
    pub head_hash: i64,
    pub history_hash: i64,
}

impl Fingerprint {
    pub fn of(head: &[u8], history: &[u8]) -> Self {
        Self { head_hash: xxh3_64(head) as i64, history_hash: xxh3_64(history) as i64 }
    }

    /// Of content that was read up to `offset_bytes` at least.
    pub fn at(offset_bytes: u64, head: &[u8], history: &[u8]) -> Self {
        let length =
            usize::try_from(offset_bytes).unwrap_or(usize::MAX).min(FINGERPRINT_BYTES).min(head.len());
        Self::of(&head[..length], history)
    }
}

/// Rows and rejects on their way to the writer.
pub(super) struct Batch {
    pub file: Arc<Begun>,
    pub contents: Contents,
    /// The stretch of the content, in bytes.
    pub from_bytes: u64,
    pub to_bytes: u64,
    pub fingerprint: Fingerprint,
    /// Set on a file's last batch.
    pub end: Option<FileEnd>,
    /// Whether it is the file's first batch.
    pub is_first: bool,
    /// Of a batch that may have long records in it.
    pub leave: Option<Arc<Leave>>,
}

/// How a file ended.
#[derive(Default)]
pub(super) struct FileEnd {
    pub tail_bytes: u64,
    /// Whether it is compressed and ends within a gzip member: there is more to come, however long the tail.
    pub is_cut_off: bool,
    /// Why the rest of it could not be read.
    pub trouble: Option<(Trouble, String)>,
}

impl Batch {
    /// What the ledger is to say once this batch is committed.
    pub fn entry(&self) -> Entry {
        Entry {
            generation: self.file.generation,
            resume_bytes: self.to_bytes as i64,
            tail_bytes: self.end.as_ref().map_or(0, |end| end.tail_bytes as i64),
            head_hash: self.fingerprint.head_hash,
            history_hash: self.fingerprint.history_hash,
            // Only a file that was read to its end has been seen in the state that size and time stand for.
            size_bytes_seen: if self.is_complete() { self.file.size_bytes_seen } else { -1 },
            modification_time_seen: self.file.modification_time_seen,
        }
    }

    /// Where the ledger must stand before this batch.
    pub fn ledger_stand(&self) -> Option<(i32, i64)> {
        if self.is_first {
            self.file.ledger_stand()
        } else {
            Some((self.file.generation, self.from_bytes as i64))
        }
    }

    /// How much of the room between parser and writer it takes, in batches of the ordinary size.
    pub fn room(&self) -> usize {
        (self.contents.size_bytes() / BATCH_BYTES).clamp(1, BATCHES_AHEAD)
    }

    fn is_complete(&self) -> bool {
        self.end.as_ref().is_some_and(|end| end.trouble.is_none())
    }
}

/// What decoding yields, collected. Recycled, so that the steady state needs no memory.
#[derive(Default)]
pub(super) struct Contents {
    pub rows: Rows,
    pub rejects: Vec<Reject>,
    device: String,
    /// Each row's place in the file, and where its raw bytes end in `raw`: for rows that the server refuses.
    places: Vec<(u64, usize)>,
    raw: Vec<u8>,
    reject_bytes: usize,
    /// The latest time of a row.
    pub newest: Option<Time>,
}

impl Contents {
    pub fn clear(&mut self, device: &str) {
        if self.has_outgrown() {
            *self = Self::default();
        }
        self.rows.clear();
        self.rejects.clear();
        self.places.clear();
        self.raw.clear();
        self.reject_bytes = 0;
        self.newest = None;
        self.device.clear();
        self.device.push_str(device);
    }

    /// Whether it has grown for a long record, which is rare: such memory is given back.
    pub fn has_outgrown(&self) -> bool {
        self.raw.capacity() > LARGEST_RECYCLED_BYTES || self.rows.capacity_bytes() > LARGEST_RECYCLED_BYTES
    }

    /// Gives back what buffers have grown beyond their content, before it waits for its transaction.
    pub fn trim(&mut self) {
        if self.has_outgrown() {
            self.rows.trim();
            self.raw.shrink_to_fit();
        }
    }

    /// What a transaction has to keep for it: what is sent, or the raw bytes, of which padding may make more.
    pub fn size_bytes(&self) -> usize {
        self.rows.size_bytes().max(self.raw.len()) + self.reject_bytes
    }

    pub fn is_full(&self) -> bool {
        self.size_bytes() >= BATCH_BYTES
    }

    /// A row that the server refused, as a reject.
    pub fn refused(&self, row: usize, text: String) -> Reject {
        let (offset_bytes, end) = self.places[row];
        let start = row.checked_sub(1).map_or(0, |before| self.places[before].1);
        Reject {
            offset_bytes,
            reason: Reason::Refused,
            detail: text,
            span: Span::from(&self.raw[start..end]),
        }
    }
}

impl Sink for Contents {
    fn open(&mut self, head: &Head<'_>) -> &mut Vec<u8> {
        self.rows.open(&self.device, head)
    }

    fn close(&mut self, head: &Head<'_>, raw: &[u8]) {
        self.rows.close(head);
        self.newest = self.newest.max(Some(head.time));
        self.raw.extend_from_slice(raw);
        self.places.push((head.offset_bytes, self.raw.len()));
    }

    fn cancel(&mut self) {
        self.rows.cancel();
    }

    fn reject(&mut self, reject: Reject) {
        self.reject_bytes += reject.span.head.len() + reject.span.tail.len() + reject.detail.len();
        self.rejects.push(reject);
    }
}

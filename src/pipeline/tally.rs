//! What a run did, counted: every record that was read is in exactly one of the counts.

use super::work::Trouble;
use crate::limits::{DEFECTS_NAMED, DEFECTS_NAMED_EVERY};
use crate::record::{Reject, Time};
use serde::Serialize;
use std::collections::BTreeMap;
use std::time::Instant;

/// Counts of what was committed, of one lane or of all.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Tally {
    /// Files that were read, to their end or to where reading failed.
    pub files_read: u64,
    /// Bytes of content that were consumed, inflated for gzip.
    pub bytes_read: u64,
    /// Records read: the sum of the next four.
    pub records_read: u64,
    /// Rows that are new.
    pub rows_new: u64,
    /// Rows of the Python program in whose place exact ones stand now.
    pub rows_replaced: u64,
    /// Records that were in the table already.
    pub rows_already_there: u64,
    /// Records and spans that were set aside.
    pub records_rejected: u64,
    /// Records and spans that had been set aside already, when the same content was read before.
    pub rejects_already_there: u64,
    /// The same by reason.
    pub rejected_by_reason: BTreeMap<&'static str, u64>,
    /// Records whose COMMIT was not answered before the run had to end: they are there, or the next run loads them. In
    /// no other count.
    pub records_unsure: u64,
    /// Files that end in a tail, and its bytes.
    pub files_with_tail: u64,
    /// Bytes of all tails.
    pub tail_bytes: u64,
    /// Files whose content had been replaced since it was loaded, and that were read anew.
    pub files_replaced: u64,
    /// Files that could not be loaded, or not to their end, by reason.
    pub files_failed: BTreeMap<&'static str, u64>,
    /// The latest time of a record that was read.
    #[serde(skip)]
    pub newest: Option<Time>,
    /// The last reject or file that could not be loaded, in words.
    #[serde(skip)]
    pub last_defect: Option<String>,
}

/// Names defects in the log, as many as somebody may want to read.
#[derive(Debug)]
pub(super) struct Namer {
    named: u64,
    since: Instant,
}

impl Default for Namer {
    fn default() -> Self {
        Self { named: 0, since: Instant::now() }
    }
}

impl Namer {
    fn name(&mut self, text: &str) {
        if self.since.elapsed() >= DEFECTS_NAMED_EVERY {
            *self = Self::default();
        }
        self.named += 1;
        match self.named {
            ..=DEFECTS_NAMED => log::warn!("{text}"),
            defect if defect == DEFECTS_NAMED + 1 => log::warn!(
                "there are more; they are counted in the summary, named with -v, and the records kept in xtelemdb.rejects"
            ),
            _ => log::debug!("{text}"),
        }
    }
}

impl Tally {
    /// Adds the counts of another lane.
    pub fn add(&mut self, other: Self) {
        self.files_read += other.files_read;
        self.bytes_read += other.bytes_read;
        self.records_read += other.records_read;
        self.rows_new += other.rows_new;
        self.rows_already_there += other.rows_already_there;
        self.rows_replaced += other.rows_replaced;
        self.records_rejected += other.records_rejected;
        self.rejects_already_there += other.rejects_already_there;
        self.records_unsure += other.records_unsure;
        self.files_with_tail += other.files_with_tail;
        self.tail_bytes += other.tail_bytes;
        self.files_replaced += other.files_replaced;
        self.newest = self.newest.max(other.newest);
        self.last_defect = other.last_defect.or_else(|| self.last_defect.take());
        for (reason, count) in other.rejected_by_reason {
            *self.rejected_by_reason.entry(reason).or_default() += count;
        }
        for (reason, count) in other.files_failed {
            *self.files_failed.entry(reason).or_default() += count;
        }
    }

    /// Counts rows that were committed.
    pub fn count_rows(&mut self, new: u64, already_there: u64) {
        self.rows_new += new;
        self.rows_already_there += already_there;
        self.records_read += new + already_there;
    }

    /// Counts a reject that was committed, and names it if it is new.
    pub(super) fn count_reject(&mut self, namer: &mut Namer, file: &str, reject: &Reject, is_new: bool) {
        self.records_read += 1;
        if !is_new {
            self.rejects_already_there += 1;
            return;
        }
        self.records_rejected += 1;
        *self.rejected_by_reason.entry(reject.reason.name()).or_default() += 1;
        self.name(
            namer,
            format!(
                "{file}: rejected {} bytes at offset {}: {}: {}",
                reject.span.length_bytes, reject.offset_bytes, reject.reason, reject.detail
            ),
        );
    }

    /// Counts a file that could not be loaded, and names it.
    pub(super) fn count_trouble(&mut self, namer: &mut Namer, file: &str, trouble: Trouble, text: &str) {
        *self.files_failed.entry(trouble.name()).or_default() += 1;
        self.name(namer, format!("{file}: {text}"));
    }

    fn name(&mut self, namer: &mut Namer, text: String) {
        namer.name(&text);
        self.last_defect = Some(text);
    }

    /// Whether everything that was looked at could be loaded.
    pub fn is_clean(&self) -> bool {
        self.records_rejected == 0 && self.files_failed.is_empty()
    }
}

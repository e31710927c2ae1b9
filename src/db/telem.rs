//! Rows of `telem`: encoded by hand in COPY's binary form, and the two ways of loading them.

use super::failure::Outcome;
use super::{copy, sql};
use crate::limits::{ANALYZE_FROM_ROWS, COPY_SLICE_BYTES};
use crate::record::Head;
use postgres::{Client, Transaction};
use std::ops::Range;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Version of jsonb's binary form: the text follows.
const JSONB_VERSION: u8 = 1;

/// Rows of `telem` as COPY wants them, back to back, with the place of each.
#[derive(Default)]
pub struct Rows {
    copy: Vec<u8>,
    /// Where each row ends in `copy`.
    ends: Vec<usize>,
    /// Where the open row's digest and message stand.
    digest_at: usize,
    message_at: usize,
    /// The first and the last time of all rows, in microseconds since 2000-01-01 UTC.
    between_us: Option<(i64, i64)>,
}

impl Rows {
    /// Begins a row. The message's JSON is to be appended to the buffer that is returned.
    pub fn open(&mut self, device: &str, head: &Head<'_>) -> &mut Vec<u8> {
        let out = &mut self.copy;
        let time_us = head.time.postgres_micros();
        let (first, last) = self.between_us.unwrap_or((time_us, time_us));
        self.between_us = Some((first.min(time_us), last.max(time_us)));
        copy::row(out, 7);
        copy::field_i64(out, time_us);
        copy::field_i16(out, head.time.remainder_ns());
        copy::field_i64(out, 0);
        self.digest_at = out.len() - 8;
        copy::field_bytes(out, device.as_bytes());
        match head.prio {
            Some(prio) => copy::field_bytes(out, prio.as_bytes()),
            None => copy::field_null(out),
        }
        copy::field_bytes(out, head.ec.as_bytes());
        copy::field_bytes(out, &[JSONB_VERSION]);
        self.message_at = out.len();
        out
    }

    /// The row opened last is complete.
    pub fn close(&mut self, head: &Head<'_>) {
        let message = &self.copy[self.message_at..];
        let length = (message.len() + 1) as i32;
        let digest = digest(head, message);
        self.copy[self.digest_at..self.digest_at + 8].copy_from_slice(&digest.to_be_bytes());
        self.copy[self.message_at - 5..self.message_at - 1].copy_from_slice(&length.to_be_bytes());
        self.ends.push(self.copy.len());
    }

    /// Takes back the row opened last.
    pub fn cancel(&mut self) {
        self.copy.truncate(self.end_of(self.ends.len()));
    }

    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.ends.len()
    }

    /// How many bytes they take.
    pub fn size_bytes(&self) -> usize {
        self.copy.len()
    }

    /// How much memory stands ready for them, in bytes.
    pub fn capacity_bytes(&self) -> usize {
        self.copy.capacity()
    }

    /// Gives back the memory that stands ready for more.
    pub fn trim(&mut self) {
        self.copy.shrink_to_fit();
    }

    /// Forgets the rows, keeps the memory.
    pub fn clear(&mut self) {
        self.copy.clear();
        self.ends.clear();
        self.between_us = None;
    }

    /// Between which times the rows are, in microseconds since 2000-01-01 UTC; perhaps a little wider.
    pub fn between_us(&self) -> Option<(i64, i64)> {
        self.between_us
    }

    /// The bytes of a range of rows.
    pub fn bytes(&self, rows: Range<usize>) -> &[u8] {
        &self.copy[self.end_of(rows.start)..self.end_of(rows.end)]
    }

    fn end_of(&self, rows: usize) -> usize {
        rows.checked_sub(1).map_or(0, |last| self.ends[last])
    }
}

/// What tells a record from others of the same device and microsecond: XXH3-64 of the message's text, seeded with that of
/// the event type, seeded with the nanoseconds as written.
fn digest(head: &Head<'_>, message: &[u8]) -> i64 {
    let seed = xxh3_64_with_seed(head.ec.as_bytes(), u64::from(head.time.nanoseconds));
    xxh3_64_with_seed(message, seed) as i64
}

/// Loads rows that are all new, straight into the table.
/// [`Failure::Duplicate`](super::Failure::Duplicate) if one is there already.
pub fn copy_straight(transaction: &mut Transaction<'_>, rows: &[&[u8]]) -> Outcome<u64> {
    send(transaction, sql::COPY_TELEM, rows)
}

/// What [`copy_around`] did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// Rows that were not there.
    pub new: u64,
    /// Rows of the Python program in whose place exact ones stand now.
    pub replaced: u64,
}

/// Loads rows of which some may be there already, and if `replace` is set also as cut rows of the Python program.
pub fn copy_around(transaction: &mut Transaction<'_>, rows: &[&[u8]], replace: bool) -> Outcome<Around> {
    transaction.batch_execute(sql::ARRIVING)?;
    send(transaction, sql::COPY_ARRIVING, rows)?;
    let mut done = Around::default();
    if replace {
        transaction.batch_execute(sql::REPLACE_PLANS)?;
        done.replaced = transaction.execute(sql::DELETE_REPLACED, &[])?;
    }
    done.new = transaction.execute(sql::INSERT_ARRIVING, &[])?;
    Ok(done)
}

fn send(transaction: &mut Transaction<'_>, statement: &str, rows: &[&[u8]]) -> Outcome<u64> {
    let mut writer = transaction.copy_in(statement)?;
    let mut frame = Vec::new();
    copy::begin(&mut frame);
    writer = copy::send(writer, &frame)?;
    for slice in rows.iter().flat_map(|rows| rows.chunks(COPY_SLICE_BYTES)) {
        writer = copy::send(writer, slice)?;
    }
    frame.clear();
    copy::end(&mut frame);
    Ok(copy::send(writer, &frame)?.finish()?)
}

/// Refreshes the planner's statistics if `rows_new` are so many that they say nothing about the table any more.
/// A role that may not is told so by a warning of the server.
pub fn analyze_after(client: &mut Client, rows_new: u64) -> Outcome<()> {
    let estimated: i64 = client.query_one(sql::ROWS_ESTIMATED, &[])?.get(0);
    if rows_new >= ANALYZE_FROM_ROWS && rows_new as i64 > estimated / 2 {
        client.batch_execute(sql::ANALYZE)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Time;

    fn head(ec: &str, nanoseconds: u32) -> Head<'_> {
        Head { offset_bytes: 0, time: Time { seconds: 946_684_801, nanoseconds }, prio: None, ec }
    }

    #[test]
    fn a_row_is_laid_out_as_copy_wants_it() {
        let mut rows = Rows::default();
        let head = head("e", 1_002_003);
        rows.open("dev", &head).extend_from_slice(b"{}");
        rows.close(&head);
        let row = rows.bytes(0..1);
        assert_eq!(row[..2], [0, 7]);
        assert_eq!(row[2..14], [&8i32.to_be_bytes()[..], &1_001_002i64.to_be_bytes()].concat());
        assert_eq!(row[14..20], [0, 0, 0, 2, 0, 3]);
        assert_eq!(row[20..32], [&8i32.to_be_bytes()[..], &digest(&head, b"{}").to_be_bytes()].concat());
        assert_eq!(&row[32..], b"\0\0\0\x03dev\xff\xff\xff\xff\0\0\0\x01e\0\0\0\x03\x01{}");
    }

    #[test]
    fn cancelling_leaves_the_rows_before() {
        let mut rows = Rows::default();
        let head = head("e", 0);
        rows.open("d", &head).push(b'1');
        rows.close(&head);
        let before = rows.copy.clone();
        rows.open("d", &head).extend_from_slice(b"half a mess");
        rows.cancel();
        assert_eq!((rows.copy, rows.ends.len()), (before, 1));
    }

    #[test]
    fn the_digest_tells_nanosecond_event_and_message_apart() {
        let one = digest(&head("a", 1), b"1");
        assert!(one != digest(&head("a", 2), b"1") && one != digest(&head("b", 1), b"1"));
        assert!(one != digest(&head("a", 1), b"2") && one == digest(&head("a", 1), b"1"));
    }
}

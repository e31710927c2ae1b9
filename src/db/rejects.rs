//! Rejected records and spans: setting them aside with their bytes, and taking up those that became readable.

use super::failure::Outcome;
use super::sql;
use super::types::OriginDigest;
use crate::record::{Reason, Reject};
use postgres::{Client, Transaction};
use std::collections::BTreeSet;

/// A reject and where it was found.
#[derive(Clone, Copy)]
pub struct Found<'a> {
    /// Its file.
    pub origin: OriginDigest,
    /// The file that has or had the same content, plain or compressed.
    pub twin: Option<OriginDigest>,
    /// The file's device.
    pub device: &'a str,
    /// The reject itself.
    pub reject: &'a Reject,
}

/// Sets rejects aside, and counts them in the ledger, which must know their files. One that is there already, of an
/// earlier reading of the same content, stays as it is. Says of each whether it is new.
pub fn add(transaction: &mut Transaction<'_>, rejects: &[Found<'_>]) -> Outcome<Vec<bool>> {
    if rejects.is_empty() {
        return Ok(Vec::new());
    }
    fn column<'a, T>(rejects: &[Found<'a>], value: impl Fn(&'a Reject) -> T) -> Vec<T> {
        rejects.iter().map(|found| value(found.reject)).collect()
    }
    lock_twins(transaction, rejects)?;
    let digests: Vec<OriginDigest> = rejects.iter().map(|found| found.origin).collect();
    let twins: Vec<Option<OriginDigest>> = rejects.iter().map(|found| found.twin).collect();
    let devices: Vec<&str> = rejects.iter().map(|found| found.device).collect();
    let codes = column(rejects, |r| match r.reason {
        Reason::UnknownCode(code) => Some(i32::from(code)),
        _ => None,
    });
    let rows = transaction.query(
        sql::ADD_REJECTS,
        &[
            &digests,
            &column(rejects, |r| r.offset_bytes as i64),
            &column(rejects, |r| r.span.length_bytes as i64),
            &column(rejects, |r| r.span.hash as i64),
            &column(rejects, |r| r.reason.name()),
            &codes,
            // The detail may quote the file, and PostgreSQL's text holds no NUL.
            &column(rejects, |r| r.detail.replace('\0', "\u{fffd}")),
            &devices,
            &column(rejects, |r| r.span.head.as_slice()),
            &column(rejects, |r| (!r.span.is_whole()).then_some(r.span.tail.as_slice())),
            &twins,
        ],
    )?;
    let mut are_new = vec![false; rejects.len()];
    for row in rows {
        are_new[row.get::<_, i64>(0) as usize - 1] = true;
    }
    Ok(are_new)
}

/// Waits until no other transaction sets rejects of these files' twins aside. In order, so that two never wait for each
/// other.
fn lock_twins(transaction: &mut Transaction<'_>, rejects: &[Found<'_>]) -> Outcome<()> {
    let halves = |digest: &OriginDigest| {
        let half = |from: usize| i32::from_be_bytes(std::array::from_fn(|at| digest.0[from + at]));
        (half(0), half(4))
    };
    let pairs = rejects.iter().filter_map(|found| found.twin.map(|twin| twin.min(found.origin)));
    let pairs: BTreeSet<(i32, i32)> = pairs.map(|first| halves(&first)).collect();
    if !pairs.is_empty() {
        let (firsts, seconds): (Vec<i32>, Vec<i32>) = pairs.into_iter().unzip();
        transaction.execute(sql::LOCK_TWINS, &[&firsts, &seconds])?;
    }
    Ok(())
}

/// The key of a reject.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    origin_digest: OriginDigest,
    offset_bytes: i64,
    length_bytes: i64,
    span_hash: i64,
}

impl Key {
    /// Before every key.
    pub const FIRST: Self = Self {
        origin_digest: OriginDigest([0; 16]),
        offset_bytes: i64::MIN,
        length_bytes: i64::MIN,
        span_hash: i64::MIN,
    };
}

/// A record that was set aside for its event code.
pub struct Kept {
    /// Its device.
    pub device: String,
    /// All its bytes.
    pub raw: Vec<u8>,
}

/// Records set aside for one of `codes`, a page at a time behind `after`; locked until the transaction ends.
pub fn now_known(
    transaction: &mut Transaction<'_>,
    codes: &[i32],
    after: Key,
    count: i64,
) -> Outcome<Vec<Key>> {
    let rows = transaction.query(
        sql::REJECTS_NOW_KNOWN,
        &[&codes, &after.origin_digest, &after.offset_bytes, &after.length_bytes, &after.span_hash, &count],
    )?;
    let key = |row: &postgres::Row| Key {
        origin_digest: row.get(0),
        offset_bytes: row.get(1),
        length_bytes: row.get(2),
        span_hash: row.get(3),
    };
    Ok(rows.iter().map(key).collect())
}

/// The record of a key that this transaction has locked. One at a time: each may have megabytes.
pub fn kept(transaction: &mut Transaction<'_>, key: Key) -> Outcome<Kept> {
    let row = transaction.query_one(
        sql::REJECT_KEPT,
        &[&key.origin_digest, &key.offset_bytes, &key.length_bytes, &key.span_hash],
    )?;
    Ok(Kept { device: row.get(0), raw: row.get(1) })
}

/// Whether any of these is still set aside.
pub fn any_kept(client: &mut Client, keys: &[Key]) -> Outcome<bool> {
    let columns = Columns::of(keys);
    let found = client.query_one(
        sql::REJECTS_ANY_KEPT,
        &[&columns.digests, &columns.offsets, &columns.lengths, &columns.hashes],
    )?;
    Ok(found.get(0))
}

/// Keys as the server wants them.
struct Columns {
    digests: Vec<OriginDigest>,
    offsets: Vec<i64>,
    lengths: Vec<i64>,
    hashes: Vec<i64>,
}

impl Columns {
    fn of(keys: &[Key]) -> Self {
        Self {
            digests: keys.iter().map(|key| key.origin_digest).collect(),
            offsets: keys.iter().map(|key| key.offset_bytes).collect(),
            lengths: keys.iter().map(|key| key.length_bytes).collect(),
            hashes: keys.iter().map(|key| key.span_hash).collect(),
        }
    }
}

/// These have been loaded: they are rejects no longer, and the ledger counts them so.
pub fn delete(transaction: &mut Transaction<'_>, keys: &[Key]) -> Outcome<()> {
    let Columns { digests, offsets, lengths, hashes } = Columns::of(keys);
    transaction.execute(sql::DELETE_REJECTS, &[&digests, &offsets, &lengths, &hashes])?;
    Ok(())
}

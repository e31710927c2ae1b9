//! The files in `file_origins`: which are known and unchanged, and writing those that are not.
//!
//! Everything here works on many files at once, sorted by digest: the server then finds or fills each page of the
//! index once, and two inventories never wait for each other in a circle.

use super::copy;
use super::failure::Outcome;
use super::sql;
use super::types::Micros;
use crate::limits::{COPY_SLICE_BYTES, INVENTORY_COMPARE_FILES};
use postgres::Transaction;

/// A file of one host as it is to stand in the table. Times are microseconds since 2000-01-01 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileRow<'a> {
    /// `origin_digest` of host and path.
    pub digest: &'a [u8; 16],
    /// `origin_path`.
    pub path: &'a str,
    /// `size_bytes`.
    pub size_bytes: i64,
    /// `modification_time`.
    pub modified_us: i64,
    /// `creation_time`.
    pub created_us: i64,
}

/// How a file stands to the table, if it is not there unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There is no row of it.
    New,
    /// Its row has another size or modification time.
    Changed,
    /// Its digest is that of another host or path.
    Collision,
}

/// How many rows a statement wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Rows that were not there.
    pub new: u64,
    /// Rows that were there with other values.
    pub changed: u64,
}

/// Prepares a transaction for the statements below.
pub fn prepare(transaction: &mut Transaction<'_>) -> Outcome<()> {
    Ok(transaction.batch_execute(sql::FILES_PLANS)?)
}

/// Whether any of these is known.
pub fn any_known(transaction: &mut Transaction<'_>, digests: &[&[u8]]) -> Outcome<bool> {
    Ok(transaction.query_one(sql::FILES_ANY_KNOWN, &[&digests])?.get(0))
}

/// Which files, by their number in `rows`, are not there unchanged, and why; in order.
pub fn compare<'a>(
    transaction: &mut Transaction<'_>,
    host: &str,
    rows: impl Iterator<Item = FileRow<'a>>,
) -> Outcome<Vec<(usize, Standing)>> {
    let statement = transaction.prepare(sql::FILES_COMPARE)?;
    let mut standings = Vec::new();
    let mut rows = rows.peekable();
    let mut asked = 0;
    while rows.peek().is_some() {
        let (mut digests, mut paths, mut sizes, mut times) = (vec![], vec![], vec![], vec![]);
        for row in rows.by_ref().take(INVENTORY_COMPARE_FILES) {
            digests.push(row.digest.as_slice());
            paths.push(row.path);
            sizes.push(row.size_bytes);
            times.push(Micros(row.modified_us));
        }
        for row in transaction.query(&statement, &[&host, &digests, &paths, &sizes, &times])? {
            let standing = match row.get(1) {
                None => Standing::New,
                Some(true) => Standing::Changed,
                Some(false) => Standing::Collision,
            };
            standings.push((asked + row.get::<_, i64>(0) as usize - 1, standing));
        }
        asked += digests.len();
    }
    // The statement may give them in another order than asked for.
    standings.sort_unstable_by_key(|(number, _)| *number);
    Ok(standings)
}

/// Adds files that are all new. If one is there after all, the transaction fails as a duplicate.
pub fn add<'a>(
    transaction: &mut Transaction<'_>,
    host: &str,
    rows: impl Iterator<Item = FileRow<'a>>,
) -> Outcome<u64> {
    copy_in(transaction, sql::FILES_COPY, rows, |buffer, row| {
        copy::row(buffer, 5);
        copy::field_bytes(buffer, host.as_bytes());
        copy::field_bytes(buffer, row.path.as_bytes());
        copy::field_i64(buffer, row.modified_us);
        copy::field_i64(buffer, row.created_us);
        copy::field_i64(buffer, row.size_bytes);
    })
}

/// Adds files or updates their rows, whichever is needed; rows that are equal are left alone, and so is a row of the
/// same digest but another host or path.
pub fn add_or_update<'a>(
    transaction: &mut Transaction<'_>,
    host: &str,
    rows: impl Iterator<Item = FileRow<'a>>,
) -> Outcome<Written> {
    transaction.batch_execute(sql::FILES_STAGE)?;
    copy_in(transaction, sql::FILES_STAGE_COPY, rows, |buffer, row| {
        copy::row(buffer, 5);
        copy::field_bytes(buffer, row.digest);
        copy::field_bytes(buffer, row.path.as_bytes());
        copy::field_i64(buffer, row.modified_us);
        copy::field_i64(buffer, row.created_us);
        copy::field_i64(buffer, row.size_bytes);
    })?;
    let counts = transaction.query_one(sql::FILES_UPSERT, &[&host])?;
    Ok(Written { new: counts.get::<_, i64>(0) as u64, changed: counts.get::<_, i64>(1) as u64 })
}

fn copy_in<'a>(
    transaction: &mut Transaction<'_>,
    statement: &str,
    rows: impl Iterator<Item = FileRow<'a>>,
    encode: impl Fn(&mut Vec<u8>, FileRow<'a>),
) -> Outcome<u64> {
    let mut writer = transaction.copy_in(statement)?;
    let mut buffer = Vec::with_capacity(COPY_SLICE_BYTES + (8 << 10));
    copy::begin(&mut buffer);
    for row in rows {
        encode(&mut buffer, row);
        if buffer.len() >= COPY_SLICE_BYTES {
            writer = copy::send(writer, &buffer)?;
            buffer.clear();
        }
    }
    copy::end(&mut buffer);
    Ok(copy::send(writer, &buffer)?.finish()?)
}

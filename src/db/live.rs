//! What a `follow` needs beside the ledger: its place, its heartbeat, and what of the inventory is not loaded.

use super::failure::Outcome;
use super::sql;
use super::types::{Micros, OriginDigest};
use crate::origin;
use postgres::Client;

/// The key of the lock by which a follow holds the place of a host.
pub fn place_key(host: &str) -> i64 {
    let digest = origin::origin_digest("xtelemdb follow", host);
    digest[..8].iter().fold(0, |key, &byte| key << 8 | i64::from(byte))
}

/// Takes the place of a host for this session. False if another session has it.
pub fn take_place(client: &mut Client, host: &str) -> Outcome<bool> {
    Ok(client.query_one(sql::PLACE_TAKE, &[&place_key(host)])?.get(0))
}

/// Gives it back.
pub fn leave_place(client: &mut Client, host: &str) -> Outcome<()> {
    client.execute(sql::PLACE_LEAVE, &[&place_key(host)])?;
    Ok(())
}

/// Who holds a place.
#[derive(Debug, PartialEq, Eq)]
pub struct Holder {
    /// The name it was started under.
    pub name: String,
    /// Its process number on its computer.
    pub process_id: i32,
    /// When it was started, UTC.
    pub started: String,
    /// When it was heard of last, UTC.
    pub beat: String,
    /// The same: it differs between two looks if the holder lives.
    pub beat_time: Micros,
}

/// Who holds the place of a host, if it has said so.
pub fn place_holder(client: &mut Client, host: &str) -> Outcome<Option<Holder>> {
    let row = client.query_opt(sql::PLACE_HOLDER, &[&host])?;
    Ok(row.map(|row| Holder {
        name: row.get(0),
        process_id: row.get(1),
        started: row.get(2),
        beat: row.get(3),
        beat_time: row.get(4),
    }))
}

/// A sign of life.
#[derive(Clone, Debug)]
pub struct Heartbeat {
    /// The name the process was started under.
    pub name: String,
    /// When it was started.
    pub started: Micros,
    /// Whether it is the last one.
    pub is_last: bool,
    /// Files that are not loaded to their end.
    pub files_behind: i64,
    /// About how many bytes that makes.
    pub bytes_behind: i64,
    /// How long the oldest of them has waited, in seconds.
    pub lag_s: f64,
    /// The latest time of a record that was loaded.
    pub newest_record: Option<Micros>,
    /// Records loaded.
    pub records: i64,
    /// Records set aside and files that could not be loaded.
    pub errors: i64,
    /// The last of these.
    pub last_error: Option<String>,
}

/// Leaves a sign of life.
pub fn beat(client: &mut Client, host: &str, beat: &Heartbeat) -> Outcome<()> {
    client.execute(
        sql::HEARTBEAT,
        &[
            &host,
            &beat.name,
            &(std::process::id() as i32),
            &beat.started,
            &beat.is_last,
            &beat.files_behind,
            &beat.bytes_behind,
            &beat.lag_s,
            &beat.newest_record,
            &beat.records,
            &beat.errors,
            &beat.last_error,
        ],
    )?;
    Ok(())
}

/// What changes when `telem` or `file_origins` is emptied, or dropped and made anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Storage(Option<i64>, Option<i64>);

/// Where the tables are stored.
pub fn storage(client: &mut Client) -> Outcome<Storage> {
    let row = client.query_one(sql::TABLES_STORED, &[])?;
    Ok(Storage(row.get(0), row.get(1)))
}

/// How many files of a host are not loaded as the inventory has them, and about how many bytes that makes.
pub fn behind(client: &mut Client, host: &str) -> Outcome<(u64, u64)> {
    let row = client.query_one(sql::BEHIND, &[&host])?;
    Ok((row.get::<_, i64>(0) as u64, row.get::<_, i64>(1).max(0) as u64))
}

/// A file that is not loaded as the inventory has it.
#[derive(Clone, Debug)]
pub struct FileBehind {
    /// Its place in the order of pages.
    pub key: (Micros, OriginDigest),
    /// Its path as text.
    pub path: String,
    /// About how much of it is not loaded.
    pub bytes_behind: u64,
    /// Whether nothing is lost if it is gone.
    pub is_loaded: bool,
}

/// A page of them, newest first, behind `before`.
pub fn files_behind(
    client: &mut Client,
    host: &str,
    before: Option<(Micros, OriginDigest)>,
    count: i64,
) -> Outcome<Vec<FileBehind>> {
    let (time, digest) = before.unwrap_or((Micros::LATEST, OriginDigest([0xff; 16])));
    let rows = client.query(sql::FILES_BEHIND, &[&host, &time, &digest, &count])?;
    let file = |row: &postgres::Row| FileBehind {
        key: (row.get(0), row.get(1)),
        path: row.get(2),
        bytes_behind: row.get::<_, i64>(3).max(0) as u64,
        is_loaded: row.get(4),
    };
    Ok(rows.iter().map(file).collect())
}

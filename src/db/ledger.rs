//! The ledger: which telemetry files there are, how much of each is loaded, who is at it, and moving on from there.

use super::failure::Outcome;
use super::sql;
use super::types::{Micros, OriginDigest};
use postgres::error::SqlState;
use postgres::{Client, GenericClient, Row, Transaction};

/// What the ledger says of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Counts how often the content was replaced.
    pub generation: i32,
    /// Everything before this offset is loaded or rejected.
    pub resume_bytes: i64,
    /// What stood behind it.
    pub tail_bytes: i64,
    /// Hash of the first 4 KiB, at most up to `resume_bytes`.
    pub head_hash: i64,
    /// Hash of the last 4 KiB before `resume_bytes`.
    pub history_hash: i64,
    /// Size on disk before it was read.
    pub size_bytes_seen: i64,
    /// Modification time before it was read.
    pub modification_time_seen: Micros,
}

/// A telemetry file of the inventory.
#[derive(Clone, Debug)]
pub struct TelemetryFile {
    /// Its key.
    pub digest: OriginDigest,
    /// Its path as text (see [`crate::origin`]).
    pub path: String,
    /// From its name, else from the file system.
    pub creation_time: Micros,
    /// As of the last inventory.
    pub size_bytes: i64,
    /// What the ledger knows of it.
    pub entry: Option<Entry>,
}

/// How much of a file the ledger has seen.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// Its size then.
    pub size_bytes: i64,
    /// How much of that is tail.
    pub tail_bytes: i64,
}

impl Entry {
    /// How much of the file the ledger has seen.
    pub fn seen(&self) -> Seen {
        Seen { size_bytes: self.size_bytes_seen, tail_bytes: self.tail_bytes }
    }
}

impl TelemetryFile {
    /// How much of it the ledger has seen.
    pub fn seen(&self) -> Option<Seen> {
        self.entry.as_ref().map(Entry::seen)
    }

    /// The key of the advisory lock by which an ingest claims the file.
    pub fn claim_key(&self) -> i64 {
        Self::claim_key_of(self.digest)
    }

    /// The same of a file of which only this is known.
    pub fn claim_key_of(digest: OriginDigest) -> i64 {
        let (first, _) = digest.0.split_at(8);
        first.iter().fold(0, |key, &byte| key << 8 | i64::from(byte))
    }
}

/// A page of a host's telemetry files, behind `after`, in order of creation time and digest.
pub fn telemetry_files(
    client: &mut Client,
    host: &str,
    after: Option<(Micros, OriginDigest)>,
    count: i64,
) -> Outcome<Vec<TelemetryFile>> {
    let (time, digest) = after.unwrap_or((Micros::EARLIEST, OriginDigest([0; 16])));
    let mut transaction = client.transaction()?;
    transaction.batch_execute(sql::PAGE_PLANS)?;
    let rows = transaction.query(sql::TELEMETRY_FILES, &[&host, &time, &digest, &count])?;
    // It only read.
    transaction.rollback()?;
    let file = |row: &Row| TelemetryFile {
        digest: row.get(0),
        path: row.get(1),
        creation_time: row.get(2),
        size_bytes: row.get(3),
        entry: entry(row, 4),
    };
    Ok(rows.iter().map(file).collect())
}

/// How many telemetry files a host has in the inventory.
pub fn count_telemetry_files(client: &mut Client, host: &str) -> Outcome<u64> {
    Ok(client.query_one(sql::COUNT_TELEMETRY_FILES, &[&host])?.get::<_, i64>(0) as u64)
}

/// The hosts of the inventory, with their numbers of files.
pub fn hosts(client: &mut Client) -> Outcome<Vec<(String, i64)>> {
    let rows = client.query(sql::HOSTS, &[])?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// Claims files for this session; returns the keys that nobody else holds.
pub fn claim(client: &mut Client, keys: &[i64]) -> Outcome<Vec<i64>> {
    let rows = client.query(sql::CLAIM, &[&keys])?;
    Ok(rows.iter().filter(|row| row.get(1)).map(|row| row.get(0)).collect())
}

/// Gives claims back.
pub fn release(client: &mut Client, keys: &[i64]) -> Outcome<()> {
    client.execute(sql::RELEASE, &[&keys])?;
    Ok(())
}

/// What the ledger says now of some files; those it does not know are missing.
pub fn entries(
    client: &mut impl GenericClient,
    digests: &[OriginDigest],
) -> Outcome<Vec<(OriginDigest, Entry)>> {
    let rows = client.query(sql::LEDGER_ENTRIES, &[&digests])?;
    Ok(rows.iter().filter_map(|row| Some((row.get(0), entry(row, 1)?))).collect())
}

/// Which of some files the inventory knows.
pub fn inventoried(client: &mut Client, digests: &[OriginDigest]) -> Outcome<Vec<OriginDigest>> {
    Ok(client.query(sql::INVENTORIED, &[&digests])?.iter().map(|row| row.get(0)).collect())
}

/// The seven columns of an entry from column `first` on; none if they are null.
fn entry(row: &Row, first: usize) -> Option<Entry> {
    Some(Entry {
        generation: row.get::<_, Option<i32>>(first)?,
        resume_bytes: row.get(first + 1),
        tail_bytes: row.get(first + 2),
        head_hash: row.get(first + 3),
        history_hash: row.get(first + 4),
        size_bytes_seen: row.get(first + 5),
        modification_time_seen: row.get(first + 6),
    })
}

/// What a transaction did with a file.
#[derive(Clone, Debug)]
pub struct Advance {
    /// The file's key.
    pub digest: OriginDigest,
    /// Its device.
    pub device: String,
    /// Generation and resume offset that the transaction began with; none if the ledger did not know the file.
    pub from: Option<(i32, i64)>,
    /// What the ledger is to say from now on.
    pub to: Entry,
    /// Records of it that the transaction loaded, or found there already.
    pub records_loaded: i64,
}

/// Moves the ledger on. False if a file is not where the transaction began with it: then it must not be committed.
pub fn advance(transaction: &mut Transaction<'_>, advances: &[Advance]) -> Outcome<bool> {
    let (known, unknown): (Vec<&Advance>, Vec<&Advance>) = advances.iter().partition(|a| a.from.is_some());
    for (statement, group, with_from) in
        [(sql::LEDGER_ENTER, unknown, false), (sql::LEDGER_ADVANCE, known, true)]
    {
        if !group.is_empty() && execute(transaction, statement, &group, with_from)? != group.len() as u64 {
            return Ok(false);
        }
    }
    let loaded: Vec<&Advance> =
        advances.iter().filter(|a| a.from.is_none() || a.records_loaded > 0).collect();
    let digests: Vec<OriginDigest> = loaded.iter().map(|a| a.digest).collect();
    let devices: Vec<&str> = loaded.iter().map(|a| a.device.as_str()).collect();
    if !loaded.is_empty() {
        transaction.execute(sql::INGEST_TIMES, &[&digests, &devices])?;
    }
    Ok(true)
}

fn execute(
    transaction: &mut Transaction<'_>,
    statement: &str,
    group: &[&Advance],
    with_from: bool,
) -> Outcome<u64> {
    fn column<T>(group: &[&Advance], value: impl Fn(&Advance) -> T) -> Vec<T> {
        group.iter().map(|advance| value(advance)).collect()
    }
    let digests = column(group, |a| a.digest);
    let devices = column(group, |a| a.device.clone());
    let generations = column(group, |a| a.to.generation);
    let resumes = column(group, |a| a.to.resume_bytes);
    let tails = column(group, |a| a.to.tail_bytes);
    let loaded = column(group, |a| a.records_loaded);
    let heads = column(group, |a| a.to.head_hash);
    let histories = column(group, |a| a.to.history_hash);
    let sizes = column(group, |a| a.to.size_bytes_seen);
    let times = column(group, |a| a.to.modification_time_seen);
    let from_generations = column(group, |a| a.from.map_or(0, |from| from.0));
    let from_bytes = column(group, |a| a.from.map_or(0, |from| from.1));
    let mut parameters: Vec<&(dyn postgres::types::ToSql + Sync)> =
        vec![&digests, &devices, &generations, &resumes, &tails, &loaded, &heads, &histories, &sizes, &times];
    if with_from {
        parameters.extend([&from_generations as &(dyn postgres::types::ToSql + Sync), &from_bytes]);
    }
    Ok(transaction.execute(statement, &parameters)?)
}

/// The number of a running transaction, for [`fate`].
pub fn transaction_id(transaction: &mut Transaction<'_>) -> Outcome<String> {
    Ok(transaction.query_one(sql::TRANSACTION_ID, &[])?.get(0))
}

/// What became of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It stands.
    Committed,
    /// It left nothing.
    Aborted,
    /// The server has not decided yet.
    Running,
}

/// What became of a transaction whose COMMIT was not answered. After a crash the server may give the number of one that
/// it lost to another one, so [`Fate::Committed`] has to be borne out by the ledger.
pub fn fate(client: &mut Client, transaction_id: &str) -> Outcome<Fate> {
    let status: Option<String> = match client.query_one(sql::TRANSACTION_STATUS, &[&transaction_id]) {
        Ok(row) => row.get(0),
        // A number that was not given out yet: the server crashed before anything of the transaction was on disk.
        Err(error) if error.code() == Some(&SqlState::INVALID_PARAMETER_VALUE) => return Ok(Fate::Aborted),
        Err(error) => return Err(error.into()),
    };
    Ok(match status.as_deref() {
        Some("committed") => Fate::Committed,
        Some("in progress") => Fate::Running,
        // Null would be a transaction too old to be remembered, which one of a moment ago is not.
        _ => Fate::Aborted,
    })
}

//! What `status` asks the database, in one transaction that sees one moment and changes nothing.

use super::failure::Outcome;
use super::ledger::Seen;
use super::sql::{HAS_HEARTBEATS, status as sql};
use crate::limits::{STATUS_COUNTED_ROWS, STATUS_FILES_NAMED, STATUS_GAP_RECORDS, STATUS_SAMPLE_ROWS};
use postgres::{Client, Row};
use std::collections::BTreeMap;
use std::time::SystemTime;

/// Everything, as it is stored.
#[derive(Debug)]
pub struct Found {
    /// The server's time, against which all others are measured.
    pub now: SystemTime,
    /// Devices of hosts with their files, in order.
    pub files: Vec<Files>,
    /// Devices in telem, in order.
    pub devices: Vec<Device>,
    /// What each follow said last, in order of hosts.
    pub heartbeats: Vec<Heartbeat>,
    /// Rejects by host and reason; of one host the most frequent first.
    pub rejects: BTreeMap<String, Vec<(String, u64)>>,
    /// The asked host's files that are behind; not all if there are very many.
    pub behind: Vec<FileBehind>,
}

/// A file that is not loaded as the inventory saw it last.
#[derive(Clone, Debug)]
pub struct FileBehind {
    /// Its path as text.
    pub path: String,
    /// As of the last inventory.
    pub size_bytes: i64,
    /// What the ledger saw of it, and how much of that is tail.
    pub seen: Option<Seen>,
}

/// The telemetry files of a host's device.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each is a count of what it says")]
pub struct Files {
    pub host: String,
    pub device: String,
    pub files: u64,
    pub bytes: u64,
    pub files_behind: u64,
    pub bytes_behind: u64,
    pub bytes_unfinished: u64,
    pub records_loaded: u64,
    pub records_rejected: u64,
    pub files_with_rejects: u64,
}

/// A device in telem.
#[derive(Clone, Debug)]
pub struct Device {
    /// Its name.
    pub name: String,
    /// The time of its newest record.
    pub newest: SystemTime,
    /// How long the gaps between its last records usually are, in seconds; `None` if it has but one.
    pub usual_gap_s: Option<f64>,
    /// Rows of the last minute, hour and day.
    pub rows: [Rows; 3],
}

/// A number of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rows {
    /// How many.
    pub count: u64,
    /// Whether they are so many that only a part of them was counted.
    pub is_estimate: bool,
}

/// What a follow said last.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the columns of a table that explains them")]
pub struct Heartbeat {
    pub host: String,
    pub name: String,
    pub process_id: i32,
    pub started: SystemTime,
    pub beat: SystemTime,
    pub ended: Option<SystemTime>,
    pub files_behind: u64,
    pub bytes_behind: u64,
    pub lag_s: Option<f64>,
    pub newest_record: Option<SystemTime>,
    pub records_since_start: u64,
    pub errors: u64,
    pub last_error: Option<String>,
}

/// The spans of time in which rows are counted, in seconds.
const WINDOWS_S: [f64; 3] = [60.0, 3600.0, 86_400.0];

/// Samples of a span of time: one row of so many.
const SAMPLES: [u32; 4] = [6000, 600, 60, 6];

/// Asks for everything. The files that are behind are named of one host.
pub fn look(client: &mut Client, host: &str) -> Outcome<Found> {
    client.batch_execute(sql::BEGIN)?;
    let found = look_inside(client, host);
    // A transaction that only read loses nothing.
    let ended = client.batch_execute("ROLLBACK");
    let found = found?;
    ended?;
    Ok(found)
}

fn look_inside(client: &mut Client, host: &str) -> Outcome<Found> {
    let now = client.query_one(sql::NOW, &[])?.get(0);
    let files = client.query(sql::FILES, &[])?.iter().map(files_of).collect();
    let behind = client.query(sql::FILES_BEHIND, &[&host, &STATUS_FILES_NAMED])?;
    let mut rejects = BTreeMap::<String, Vec<(String, u64)>>::new();
    for row in client.query(sql::REJECTED_BY_REASON, &[])? {
        rejects.entry(row.get(0)).or_default().push((row.get(1), count(&row, 2)));
    }
    let has_heartbeats: bool = client.query_one(HAS_HEARTBEATS, &[])?.get(0);
    let heartbeats = if has_heartbeats { client.query(sql::HEARTBEATS, &[])? } else { Vec::new() };
    client.batch_execute(sql::TELEM_PLANS)?;
    Ok(Found {
        now,
        files,
        devices: devices(client)?,
        heartbeats: heartbeats.iter().map(heartbeat_of).collect(),
        rejects,
        behind: behind.iter().map(file_behind_of).collect(),
    })
}

fn devices(client: &mut Client) -> Outcome<Vec<Device>> {
    let most = STATUS_COUNTED_ROWS as i64;
    let rows = client.query(sql::DEVICES, &[&most, &STATUS_GAP_RECORDS])?;
    let mut devices: Vec<Device> = rows.iter().map(device_of).collect();
    // Those that are too many to be counted.
    let mut places = Vec::new();
    for (index, device) in devices.iter().enumerate() {
        for (window, rows) in device.rows.iter().enumerate() {
            if rows.is_estimate {
                places.push((index, window));
            }
        }
    }
    // Ever larger samples, until enough is in them: none of them reads much more than enough.
    for share in SAMPLES {
        let names: Vec<&str> = places.iter().map(|(index, _)| devices[*index].name.as_str()).collect();
        let windows: Vec<f64> = places.iter().map(|(_, window)| WINDOWS_S[*window]).collect();
        let sampled = client.query(sql::SAMPLE, &[&names, &windows, &f64::from(share)])?;
        let mut sparse = Vec::new();
        for row in sampled {
            let (index, window) = places[row.get::<_, i64>(0) as usize - 1];
            let sample_rows = count(&row, 1);
            // It has more than were counted, whatever the sample says.
            let rows = &mut devices[index].rows[window];
            rows.count = (sample_rows * u64::from(share)).max(STATUS_COUNTED_ROWS + 1);
            if sample_rows < STATUS_SAMPLE_ROWS {
                sparse.push((index, window));
            }
        }
        places = sparse;
        if places.is_empty() {
            break;
        }
    }
    for device in &mut devices {
        put_in_order(&mut device.rows);
    }
    Ok(devices)
}

/// A longer span has no fewer rows than a shorter one, though a sample of it may miss most of those that came at once.
fn put_in_order(rows: &mut [Rows; 3]) {
    for longer in 1..rows.len() {
        if rows[longer].is_estimate {
            rows[longer].count = rows[longer].count.max(rows[longer - 1].count);
        }
    }
}

fn count(row: &Row, index: usize) -> u64 {
    row.get::<_, i64>(index).try_into().unwrap_or(0)
}

fn files_of(row: &Row) -> Files {
    Files {
        host: row.get(0),
        device: row.get(1),
        files: count(row, 2),
        bytes: count(row, 3),
        files_behind: count(row, 4),
        bytes_behind: count(row, 5),
        bytes_unfinished: count(row, 6),
        records_loaded: count(row, 7),
        records_rejected: count(row, 8),
        files_with_rejects: count(row, 9),
    }
}

fn file_behind_of(row: &Row) -> FileBehind {
    let seen = |size_bytes| Seen { size_bytes, tail_bytes: row.get(3) };
    FileBehind { path: row.get(0), size_bytes: row.get(1), seen: row.get::<_, Option<i64>>(2).map(seen) }
}

fn device_of(row: &Row) -> Device {
    let rows = [3, 4, 5].map(|index| {
        let count = count(row, index);
        Rows { count, is_estimate: count > STATUS_COUNTED_ROWS }
    });
    Device { name: row.get(0), newest: row.get(1), usual_gap_s: row.get(2), rows }
}

fn heartbeat_of(row: &Row) -> Heartbeat {
    Heartbeat {
        host: row.get(0),
        name: row.get(1),
        process_id: row.get(2),
        started: row.get(3),
        beat: row.get(4),
        ended: row.get(5),
        files_behind: count(row, 6),
        bytes_behind: count(row, 7),
        lag_s: row.get(8),
        newest_record: row.get(9),
        records_since_start: count(row, 10),
        errors: count(row, 11),
        last_error: row.get(12),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_no_fewer_rows_than_an_hour() {
        let mut rows =
            [(7, false), (1800, true), (1001, true)].map(|(count, is_estimate)| Rows { count, is_estimate });
        put_in_order(&mut rows);
        assert_eq!(rows.map(|rows| rows.count), [7, 1800, 1800]);
    }
}

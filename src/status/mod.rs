//! How the database, the follows, the hosts and the devices are: what is stored, put together and judged.

mod files;
pub mod render;
#[cfg(test)]
mod tests;

use crate::db::status::{self as stored, Found, Heartbeat};
use crate::limits::{HEARTBEAT_LATE, STATUS_OFF, STATUS_SILENT_GAPS, STATUS_SILENT_LEAST};
use crate::report::summary::seconds;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::time::SystemTime;

/// Everything that there is to show, and the summary for scripts.
#[derive(Debug, Serialize)]
pub struct Status {
    /// `status`.
    pub command: &'static str,
    /// The exit code.
    pub exit: i32,
    /// How long it took.
    pub elapsed_s: f64,
    /// The database's name and where it is.
    pub database: String,
    /// The server's time, UTC, as all times here.
    pub now: String,
    /// Every host that has files or a follow, in order.
    pub hosts: Vec<Host>,
    /// Devices in telem of which no file is known.
    pub devices_without_files: Vec<Device>,
}

/// A host.
#[derive(Debug, Serialize)]
pub struct Host {
    /// Its name.
    pub host: String,
    /// Whether its files are followed.
    pub follow: Follow,
    /// Telemetry files in its inventory.
    pub files: u64,
    /// Those of them that are not loaded in full.
    pub files_behind: u64,
    /// Bytes of them that are not loaded.
    pub bytes_behind: u64,
    /// Records that were set aside.
    pub records_rejected: u64,
    /// Files that hold them.
    pub files_with_rejects: u64,
    /// The same records by reason, the most frequent first.
    pub rejected_by_reason: Vec<(String, u64)>,
    /// Files that are not loaded in full and can't be read; only of the host where this program runs.
    pub files_failed: Vec<FailedFile>,
    /// Its devices, in order.
    pub devices: Vec<Device>,
}

/// Whether a follow looks after a host's files.
#[derive(Debug, Serialize)]
pub struct Follow {
    /// How it is.
    pub state: FollowState,
    /// What it said last; nothing if there never was one.
    #[serde(flatten)]
    pub said: Option<Said>,
}

/// How a follow is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FollowState {
    /// It was heard of just now.
    Alive,
    /// It ended in order.
    Ended,
    /// It was not heard of for some time.
    Dead,
    /// There never was one.
    None,
}

/// What a follow said last.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "the columns of xtelemdb.heartbeats, which explain themselves there")]
pub struct Said {
    pub name: String,
    pub process_id: i32,
    pub started: String,
    pub beat: String,
    pub beat_age_s: f64,
    pub ended: Option<String>,
    pub ended_age_s: Option<f64>,
    pub files_behind: u64,
    pub bytes_behind: u64,
    pub lag_s: Option<f64>,
    pub newest_record: Option<String>,
    pub records_since_start: u64,
    pub errors: u64,
    pub last_error: Option<String>,
}

/// A file that can't be read.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct FailedFile {
    /// Its path, as in the database.
    pub path: String,
    /// What is wrong.
    pub reason: String,
}

/// A device of a host.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Device {
    /// Its name.
    pub device: String,
    /// How it is.
    pub state: DeviceState,
    /// The time of its newest record; `None` if nothing of it is loaded.
    pub newest_record: Option<String>,
    /// How old that is, in seconds; negative if its clock is ahead.
    pub age_s: Option<f64>,
    /// The gap that 95 % of those between its last 200 records do not exceed, in seconds.
    pub usual_gap_s: Option<f64>,
    /// Rows of the last minute.
    pub rows_last_minute: u64,
    /// Rows of the last hour.
    pub rows_last_hour: u64,
    /// Rows of the last day.
    pub rows_last_day: u64,
    /// Which of the three are estimates, since there are too many to count.
    pub estimated: Vec<&'static str>,
    /// Its telemetry files in the host's inventory.
    pub files: u64,
    /// Their size.
    pub bytes: u64,
    /// Those of them that are not loaded in full.
    pub files_behind: u64,
    /// Bytes of them that are not loaded.
    pub bytes_behind: u64,
    /// Bytes of unfinished records at their ends.
    pub bytes_unfinished: u64,
    /// Records that were loaded.
    pub records_loaded: u64,
    /// Records that were set aside.
    pub records_rejected: u64,
    /// Other hosts that have files of a device of this name: times and rows are of all of them together.
    pub also_on: Vec<String>,
}

/// How a device is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceState {
    /// It writes as usual.
    Writing,
    /// Not everything that it has written is loaded, so nobody knows.
    Behind,
    /// It has been silent for longer than usual, but not for a day.
    Silent,
    /// It has written nothing for a day.
    #[default]
    Off,
}

/// Puts together what was found. `here` says whether a host is the one where this program runs, whose files can be
/// tried.
pub fn judge(found: &Found, database: String, here: &str) -> Status {
    let mut hosts_of = BTreeMap::<&str, BTreeSet<&str>>::new();
    for files in &found.files {
        hosts_of.entry(&files.device).or_default().insert(&files.host);
    }
    let mut hosts: BTreeMap<&str, Vec<Device>> =
        found.heartbeats.iter().map(|beat| (beat.host.as_str(), Vec::new())).collect();
    for files in &found.files {
        let in_telem = found.devices.iter().find(|device| device.name == files.device);
        let mut device = device(found.now, &files.device, in_telem, Some(files));
        let others = hosts_of[files.device.as_str()].iter().filter(|host| **host != files.host);
        device.also_on = others.map(|host| (*host).to_owned()).collect();
        hosts.entry(&files.host).or_default().push(device);
    }
    let without_files = found.devices.iter().filter(|device| !hosts_of.contains_key(device.name.as_str()));
    let devices_without_files =
        without_files.map(|stored| device(found.now, &stored.name, Some(stored), None)).collect();
    Status {
        command: "status",
        exit: 0,
        elapsed_s: 0.0,
        database,
        now: utc(found.now),
        hosts: hosts.into_iter().map(|(name, devices)| host(found, name, devices, here)).collect(),
        devices_without_files,
    }
}

fn host(found: &Found, name: &str, devices: Vec<Device>, here: &str) -> Host {
    let sum = |count: fn(&stored::Files) -> u64| -> u64 {
        found.files.iter().filter(|files| files.host == name).map(count).sum()
    };
    let beat = found.heartbeats.iter().find(|beat| beat.host == name);
    Host {
        host: name.to_owned(),
        follow: follow(found.now, beat),
        files: sum(|files| files.files),
        files_behind: sum(|files| files.files_behind),
        bytes_behind: sum(|files| files.bytes_behind),
        records_rejected: sum(|files| files.records_rejected),
        files_with_rejects: sum(|files| files.files_with_rejects),
        rejected_by_reason: found.rejects.get(name).cloned().unwrap_or_default(),
        files_failed: if name == here { files::failed(&found.behind) } else { Vec::new() },
        devices,
    }
}

fn follow(now: SystemTime, beat: Option<&Heartbeat>) -> Follow {
    let Some(beat) = beat else { return Follow { state: FollowState::None, said: None } };
    let age_s = age_s(now, beat.beat);
    let state = match beat.ended {
        Some(_) => FollowState::Ended,
        None if age_s < HEARTBEAT_LATE.as_secs_f64() => FollowState::Alive,
        None => FollowState::Dead,
    };
    let said = Said {
        name: beat.name.clone(),
        process_id: beat.process_id,
        started: utc(beat.started),
        beat: utc(beat.beat),
        beat_age_s: age_s,
        ended: beat.ended.map(utc),
        ended_age_s: beat.ended.map(|ended| self::age_s(now, ended)),
        files_behind: beat.files_behind,
        bytes_behind: beat.bytes_behind,
        lag_s: beat.lag_s,
        newest_record: beat.newest_record.map(utc),
        records_since_start: beat.records_since_start,
        errors: beat.errors,
        last_error: beat.last_error.clone(),
    };
    Follow { state, said: Some(said) }
}

fn device(
    now: SystemTime,
    name: &str,
    in_telem: Option<&stored::Device>,
    files: Option<&stored::Files>,
) -> Device {
    let mut device = Device { device: name.to_owned(), ..Device::default() };
    if let Some(files) = files {
        device.files = files.files;
        device.bytes = files.bytes;
        device.files_behind = files.files_behind;
        device.bytes_behind = files.bytes_behind;
        device.bytes_unfinished = files.bytes_unfinished;
        device.records_loaded = files.records_loaded;
        device.records_rejected = files.records_rejected;
    }
    if let Some(stored) = in_telem {
        let age_s = age_s(now, stored.newest);
        device.newest_record = Some(utc(stored.newest));
        device.age_s = Some(age_s);
        device.usual_gap_s = stored.usual_gap_s;
        device.state = state(age_s, stored.usual_gap_s.unwrap_or(0.0));
        let rows = stored.rows;
        [device.rows_last_minute, device.rows_last_hour, device.rows_last_day] = rows.map(|rows| rows.count);
        let names = ["rows_last_minute", "rows_last_hour", "rows_last_day"].into_iter();
        device.estimated =
            names.zip(rows).filter(|(_, rows)| rows.is_estimate).map(|(name, _)| name).collect();
    }
    if device.bytes_behind > 0 && device.state != DeviceState::Writing {
        device.state = DeviceState::Behind;
    }
    device
}

fn state(age_s: f64, usual_gap_s: f64) -> DeviceState {
    if age_s > STATUS_OFF.as_secs_f64() {
        DeviceState::Off
    } else if age_s > (STATUS_SILENT_GAPS * usual_gap_s).max(STATUS_SILENT_LEAST.as_secs_f64()) {
        DeviceState::Silent
    } else {
        DeviceState::Writing
    }
}

/// Seconds from `then` to `now`; negative if `then` is still to come.
fn age_s(now: SystemTime, then: SystemTime) -> f64 {
    match now.duration_since(then) {
        Ok(age) => seconds(age),
        Err(ahead) => -seconds(ahead.duration()),
    }
}

/// A time as `2024-04-22T19:06:43.123456Z`.
fn utc(time: SystemTime) -> String {
    // The database's times are whole microseconds.
    let micros = match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => since.as_micros() as i64,
        Err(before) => -(before.duration().as_micros() as i64),
    };
    let (seconds, micros) = (micros.div_euclid(1_000_000), micros.rem_euclid(1_000_000));
    let day_s = crate::civil::DAY_SECONDS;
    let (year, month, day) = crate::civil::civil_from_days(seconds.div_euclid(day_s));
    let second = seconds.rem_euclid(day_s);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{micros:06}Z")
}

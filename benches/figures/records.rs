//! Records of the demonstration's files as bytes, to be repeated with later times.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;
use xtelemdb::account;
use xtelemdb::civil::{DAY_SECONDS, civil_from_days};
use xtelemdb::error::{Error, Result};

const SECOND_NS: u64 = 1_000_000_000;
/// Where a record's seconds and nanoseconds stand.
const SECONDS_AT: usize = 3;
const NANOSECONDS_AT: usize = 7;
const LENGTH_AT: usize = 11;
/// How far apart the files of a device begin.
const FILE_NS: u64 = 3600 * SECOND_NS;

/// What one device wrote in the first minutes of the demonstration's night.
pub struct Device {
    pub name: String,
    bytes: Vec<u8>,
    records: Vec<Range<usize>>,
    first_ns: u64,
    /// After this time the records are repeated, so that the device goes on at the rate at which it began.
    period_ns: u64,
}

/// Unpacks the demonstration into a folder and reads the devices' records; sorted by name.
pub fn devices(scratch: &Path) -> Result<Vec<Device>> {
    let archive = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/demo/telem.tar.gz");
    fs::create_dir_all(scratch).map_err(Error::file("create", scratch))?;
    let mut tar = Command::new("tar");
    account::run(tar.arg("-xzf").arg(archive).arg("--no-same-owner").arg("-C").arg(scratch))?;
    let mut devices = Vec::new();
    for folder in entries(&scratch.join("telem"))? {
        for file in
            entries(&folder)?.iter().filter(|file| file.extension().is_some_and(|end| end == "bintel"))
        {
            let bytes = fs::read(file).map_err(Error::file("read", file))?;
            devices
                .extend(Device::new(folder.file_name().unwrap_or_default().to_string_lossy().into(), bytes));
        }
    }
    Ok(devices)
}

/// The entries of a folder, sorted.
pub fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let read = fs::read_dir(folder).map_err(Error::file("read", folder))?;
    let mut paths: Vec<PathBuf> = read.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

impl Device {
    /// None if the file holds fewer than two records.
    fn new(name: String, bytes: Vec<u8>) -> Option<Self> {
        let mut records = Vec::new();
        let mut start = 0;
        while let Some(length) = record_length(&bytes[start..]) {
            records.push(start..start + length);
            start += length;
        }
        let first_ns = time_ns(&bytes[records.first()?.clone()]);
        let last_ns = time_ns(&bytes[records.last()?.clone()]);
        let span_ns = last_ns.checked_sub(first_ns).filter(|span_ns| *span_ns > 0)?;
        let period_ns = span_ns + span_ns / (records.len() as u64 - 1);
        Some(Self { name, bytes, records, first_ns, period_ns })
    }

    /// An endless stream of its records, from a number of hours after its first one.
    pub fn stream(&self, from_hour: u64) -> Stream<'_> {
        let repeat = from_hour * FILE_NS / self.period_ns;
        let mut stream = Stream { device: self, repeat, next: 0 };
        while stream.time_ns() < self.first_ns + from_hour * FILE_NS {
            stream.advance();
        }
        stream
    }

    /// One of its records, by any number, as if it had been written at this time.
    pub fn stamped(&self, number: usize, time_ns: u64) -> Vec<u8> {
        let mut record = self.bytes[self.records[number % self.records.len()].clone()].to_vec();
        stamp(&mut record, time_ns);
        record
    }

    /// The record with the longest message and all its bytes.
    pub fn longest(&self) -> &[u8] {
        let longest = self.records.iter().max_by_key(|record| record.len());
        longest.map_or(&[], |record| &self.bytes[record.clone()])
    }
}

/// A place in a device's repeated records.
pub struct Stream<'a> {
    device: &'a Device,
    repeat: u64,
    next: usize,
}

impl Stream<'_> {
    /// Writes the file of the hour in which the stream stands into `folder`; the number of records and the file's bytes.
    pub fn write_hour(&mut self, folder: &Path) -> Result<(u64, u64)> {
        let first_ns = self.time_ns();
        let hour = (first_ns - self.device.first_ns) / FILE_NS;
        let end_ns = self.device.first_ns + (hour + 1) * FILE_NS;
        let mut content = Vec::new();
        let mut records = 0;
        while self.time_ns() < end_ns {
            self.append(&mut content);
            records += 1;
        }
        let folder = folder.join(&self.device.name);
        fs::create_dir_all(&folder).map_err(Error::file("create", &folder))?;
        let path = folder.join(format!("{}_{}.bintel", self.device.name, name_time(first_ns)));
        fs::write(&path, &content).map_err(Error::file("write", &path))?;
        Ok((records, content.len() as u64))
    }

    fn append(&mut self, content: &mut Vec<u8>) {
        let start = content.len();
        let time_ns = self.time_ns();
        content.extend_from_slice(&self.device.bytes[self.device.records[self.next].clone()]);
        stamp(&mut content[start..], time_ns);
        self.advance();
    }

    fn time_ns(&self) -> u64 {
        time_ns(&self.device.bytes[self.device.records[self.next].clone()])
            + self.repeat * self.device.period_ns
    }

    fn advance(&mut self) {
        self.next += 1;
        if self.next == self.device.records.len() {
            (self.repeat, self.next) = (self.repeat + 1, 0);
        }
    }
}

fn stamp(record: &mut [u8], time_ns: u64) {
    record[SECONDS_AT..NANOSECONDS_AT].copy_from_slice(&((time_ns / SECOND_NS) as u32).to_le_bytes());
    record[NANOSECONDS_AT..LENGTH_AT].copy_from_slice(&((time_ns % SECOND_NS) as u32).to_le_bytes());
}

/// The length of the record at the start; none at the end and where something else stands.
fn record_length(bytes: &[u8]) -> Option<usize> {
    let number = |count: usize| -> Option<usize> {
        let digits = bytes.get(LENGTH_AT + 1..LENGTH_AT + 1 + count)?;
        Some(digits.iter().rev().fold(0, |number, digit| number << 8 | usize::from(*digit)))
    };
    let (header, message) = match *bytes.get(LENGTH_AT)? {
        255 => (LENGTH_AT + 9, number(8)?),
        254 => (LENGTH_AT + 3, number(2)?),
        short => (LENGTH_AT + 1, usize::from(short)),
    };
    header.checked_add(message).filter(|length| *length <= bytes.len())
}

fn time_ns(record: &[u8]) -> u64 {
    let number = |at: usize| {
        u64::from(u32::from_le_bytes([record[at], record[at + 1], record[at + 2], record[at + 3]]))
    };
    number(SECONDS_AT) * SECOND_NS + number(NANOSECONDS_AT)
}

/// A time as it stands in the name of a file.
fn name_time(time_ns: u64) -> String {
    let seconds = (time_ns / SECOND_NS) as i64;
    let (year, month, day) = civil_from_days(seconds.div_euclid(DAY_SECONDS));
    let of_day = seconds.rem_euclid(DAY_SECONDS);
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}{:09}", time_ns % SECOND_NS)
}

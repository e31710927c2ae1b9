//! The memory of `ingest` has a ceiling, whatever the size of a file, of a record or of what inflates from it.

#![allow(clippy::print_stdout, reason = "shown when a test fails")]

mod support;

use flate2::{Compression, write::GzEncoder};
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::time::Duration;
use support::program::Output;
use support::site::Site;
use support::until;

const MIB: u64 = 1 << 20;

/// What the program promises.
const CEILING_KIB: u64 = 64 << 10;

/// Far beyond the ceiling: whoever keeps it in memory is found out.
const HUGE: u64 = 300 * MIB;

/// Records that are long but none too long, and what they make in all.
const LONG_RECORD: u64 = MIB / 2;
const LONG_RECORDS: u64 = 200;

/// A binary record with its padding, and how many there are: together more than the ceiling.
const PADDED_BYTES: u64 = 2 * MIB;
const PADDED_RECORDS: u64 = 48;

const RECORD: &str = "{\"ts\":\"2024-04-16T00:00:00\",\"ec\":\"x\",\"msg\":1}\n";

/// Runs `ingest` with two lanes; fails if it ever had more memory than the ceiling.
#[track_caller]
fn ingest(site: &Site) -> Output {
    ingest_on(site, 2)
}

/// The same with another number of lanes.
#[track_caller]
fn ingest_on(site: &Site, lanes: usize) -> Output {
    site.run("inventory", &[]).expect_code(0);
    // The allocator of the static program gives large pieces back to the system at once; that of the tests does when told.
    let program = site.program("ingest", &[&format!("parallel_jobs={lanes}")]);
    let mut running = program.env("MALLOC_MMAP_THRESHOLD_", "131072").start();
    let status = format!("/proc/{}/status", running.pid());
    let mut peak_kib = 0;
    // The highest value so far only grows, so the last one before the end is as good as the end's.
    until("the program ends", Duration::from_secs(120), || {
        let status = fs::read_to_string(&status).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
        peak_kib = line.trim().trim_end_matches(" kB").parse().unwrap_or(0).max(peak_kib);
        !running.is_running()
    });
    println!("peak: {peak_kib} KiB");
    assert!(peak_kib > 0, "its memory was never seen");
    assert!(peak_kib < CEILING_KIB, "{peak_kib} KiB");
    running.wait()
}

/// Something that goes on for long, and costs no space on disk until it is written somewhere.
fn repeated(byte: u8, count: u64) -> impl Read {
    io::repeat(byte).take(count)
}

fn gzip(mut content: impl Read) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    io::copy(&mut content, &mut gzip).expect("into memory");
    gzip.finish().expect("into memory")
}

/// A file of zeros that begins with `start` and ends with `end`.
fn hole(site: &Site, name: &str, start: &[u8], end: &[u8]) {
    let path = site.write(name, start);
    let mut file = File::options().write(true).open(path).expect("opened");
    file.seek(SeekFrom::Start(HUGE)).expect("sought");
    file.write_all(end).expect("written");
}

fn number(output: &Output, key: &str) -> u64 {
    let summary = output.json();
    summary[key].as_u64().unwrap_or_else(|| panic!("{key} in {summary}"))
}

/// Binary records whose messages are followed by padding: few rows of many bytes. Written with holes.
fn padded_records(site: &Site, name: &str) {
    let packed = include_bytes!("data/corpus/types/telem_saving_state.bintel.gz");
    let mut record = Vec::new();
    flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut record).expect("a corpus file");
    let message_bytes = usize::from(record[11]);
    assert!(message_bytes < 254, "a short message");
    let mut file = File::create(site.write(name, b"")).expect("created");
    for number in 0..PADDED_RECORDS {
        let offset_bytes = number * PADDED_BYTES;
        let header =
            [&record[..7], &(number as u32).to_le_bytes(), &[255], &(PADDED_BYTES - 20).to_le_bytes()]
                .concat();
        file.seek(SeekFrom::Start(offset_bytes)).expect("sought");
        file.write_all(&header).expect("written");
        file.write_all(&record[12..12 + message_bytes]).expect("written");
        file.set_len(offset_bytes + PADDED_BYTES).expect("extended");
    }
}

#[test]
fn binary_records_that_are_mostly_padding() {
    let site = Site::new();
    padded_records(&site, "dev_20240416000000000000000.bintel");
    let output = ingest(&site).expect_code(0);
    assert_eq!(number(&output, "rows_new"), PADDED_RECORDS);
    assert_eq!(number(&output, "bytes_read"), PADDED_RECORDS * PADDED_BYTES);
}

#[test]
fn an_endless_line() {
    let site = Site::new();
    hole(&site, "ended_2024-04-16T000000.ndjson", b"{", format!("\n{RECORD}").as_bytes());
    hole(&site, "open_2024-04-16T000000.ndjson", RECORD.as_bytes(), b"{");
    let output = ingest(&site).expect_code(3);
    assert_eq!(output.json()["rejected_by_reason"], serde_json::json!({"too_long": 1}));
    assert_eq!((number(&output, "rows_new"), number(&output, "files_with_tail")), (2, 1));
    assert_eq!(number(&output, "tail_bytes"), HUGE + 1 - RECORD.len() as u64);
}

#[test]
fn a_thousand_to_one() {
    let site = Site::new();
    let line = io::Cursor::new("{").chain(repeated(b' ', HUGE)).chain(io::Cursor::new(format!("\n{RECORD}")));
    let packed = gzip(line);
    assert!((packed.len() as u64) < HUGE / 200, "{} bytes", packed.len());
    site.write("a_2024-04-16T000000.ndjson.gz", &packed);
    let output = ingest(&site).expect_code(3);
    assert_eq!((number(&output, "rows_new"), number(&output, "records_rejected")), (1, 1));
}

/// Compressed files of long records.
fn long_records(site: &Site, files: u64, records: u64, record_bytes: u64) {
    let record = |number: u64| {
        let start = format!("{{\"ts\":\"2024-04-16T00:00:00.{number:09}\",\"ec\":\"x\",\"msg\":\"");
        io::Cursor::new(start).chain(repeated(b'x', record_bytes)).chain(io::Cursor::new("\"}\n"))
    };
    for file in 0..files {
        let mut content: Box<dyn Read> = Box::new(io::empty());
        for number in 0..records {
            content = Box::new(content.chain(record(number)));
        }
        site.write(format!("d{file}_2024-04-16T000000.ndjson.gz"), gzip(content));
    }
}

#[test]
fn many_long_records() {
    let site = Site::new();
    long_records(&site, 2, LONG_RECORDS / 2, LONG_RECORD);
    let output = ingest(&site).expect_code(0);
    assert_eq!(number(&output, "rows_new"), LONG_RECORDS);
}

#[test]
fn longer_records_on_more_lanes() {
    let site = Site::new();
    long_records(&site, 12, 8, 2 * MIB);
    let output = ingest_on(&site, 8).expect_code(0);
    assert_eq!(number(&output, "rows_new"), 12 * 8);
}

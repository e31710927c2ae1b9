//! Makes telemetry for tests.

use flate2::{Compression, write::GzEncoder};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Event code of `indidriver_start`, which has no message.
pub const EMPTY_EVENT: u16 = 140;

/// Event code of `text_log`.
pub const TEXT_LOG: u16 = 10;

/// A line of an `.ndjson` file. `msg` is JSON.
pub fn line(ts: &str, ec: &str, msg: &str) -> String {
    format!("{{\"ts\": \"{ts}\", \"prio\": \"TELM\", \"ec\": \"{ec}\", \"msg\": {msg}}}\n")
}

/// Lines of 2024-04-16, one for each number, which is its second of the day and stands in its message.
pub fn lines(numbers: std::ops::Range<u32>) -> String {
    numbers
        .map(|n| {
            let ts = format!("2024-04-16T{:02}:{:02}:{:02}.000000000", n / 3600, n / 60 % 60, n % 60);
            line(&ts, "telem_x", &format!("{{\"n\": {n}}}"))
        })
        .collect()
}

/// A binary record.
pub fn record(code: u16, seconds: u32, nanoseconds: u32, message: &[u8]) -> Vec<u8> {
    let mut bytes = vec![64];
    bytes.extend_from_slice(&code.to_le_bytes());
    bytes.extend_from_slice(&seconds.to_le_bytes());
    bytes.extend_from_slice(&nanoseconds.to_le_bytes());
    match message.len() {
        length @ 0..=253 => bytes.push(length as u8),
        length @ 254..=65534 => {
            bytes.push(254);
            bytes.extend_from_slice(&(length as u16).to_le_bytes());
        }
        length => {
            bytes.push(255);
            bytes.extend_from_slice(&(length as u64).to_le_bytes());
        }
    }
    bytes.extend_from_slice(message);
    bytes
}

/// A binary `text_log`.
pub fn text_log(seconds: u32, nanoseconds: u32, text: &str) -> Vec<u8> {
    record(TEXT_LOG, seconds, nanoseconds, &text_message(text))
}

/// A message with one string in it.
pub fn text_message(text: &str) -> Vec<u8> {
    let mut builder = flatbuffers::FlatBufferBuilder::new();
    let text = builder.create_string(text);
    let table = builder.start_table();
    builder.push_slot_always(4, text);
    let root = builder.end_table(table);
    builder.finish_minimal(root);
    builder.finished_data().to_vec()
}

/// A gzip member.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("into memory");
    encoder.finish().expect("into memory")
}

/// What stands in all members of a gzip file.
pub fn gunzip(bytes: &[u8]) -> Vec<u8> {
    let mut content = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut content).expect("sound gzip");
    content
}

/// What stands in a gzip file up to where it is cut off.
pub fn gunzip_what_is_there(bytes: &[u8]) -> Vec<u8> {
    let mut content = Vec::new();
    match flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut content) {
        Err(e) if e.kind() != std::io::ErrorKind::UnexpectedEof => panic!("sound gzip so far: {e}"),
        _ => content,
    }
}

/// A file or folder of `tests/data`.
pub fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

/// Names and contents of a folder's files that end so or in the same with `.gz`, inflated and without the `.gz`.
pub fn files(folder: &str, ending: &str) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(data(folder)).expect("a folder of test data");
    let mut files: Vec<(String, Vec<u8>)> = entries
        .filter_map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.file_name()?.to_str()?.to_owned();
            let plain = name.strip_suffix(".gz").unwrap_or(&name).to_owned();
            let is_wanted = path.is_file() && plain.ends_with(ending);
            let bytes = is_wanted.then(|| std::fs::read(&path).expect("test data"))?;
            Some(if plain == name { (name, bytes) } else { (plain, gunzip(&bytes)) })
        })
        .collect();
    files.sort();
    files
}

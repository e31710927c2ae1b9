//! What must be in every table, from what was written into the files. Nothing of the program is used.

use crate::content::{Content, DAY, Format, Record, Sense, UNKNOWN_EVENT};
use crate::support::make;
use crate::support::postgres::Database;
use crate::world::{Damage, HOSTS, World, plain};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use xxhash_rust::xxh3::xxh3_64;

/// So many bytes of either end are hashed in the ledger.
const HASHED_BYTES: usize = 4096;

/// So many differences are told.
const TOLD: usize = 20;

/// Everything that differs, in words.
pub fn differences(world: &World, database: &Database) -> Vec<String> {
    let mut found = Vec::new();
    let mut client = database.client();
    check_records(world, &mut client, &mut found);
    check_files(world, &mut client, &mut found);
    check_ledger(world, &mut client, &mut found);
    check_rejects(world, &mut client, &mut found);
    check_ingest_times(world, &mut client, &mut found);
    let more = found.len().saturating_sub(TOLD);
    found.truncate(TOLD);
    if more > 0 {
        found.push(format!("... and {more} more"));
    }
    found
}

/// Every sound record that is on disk is there once; beyond them only what once stood in a file.
fn check_records(world: &World, client: &mut postgres::Client, found: &mut Vec<String>) {
    let query = "SELECT device, (extract(epoch FROM ts) * 1000000)::bigint, ts_ns::bigint, ec, msg ->> 'message',
                        msg IS NOT DISTINCT FROM jsonb_build_object('message', msg ->> 'message') AND prio = 'TELM'
                 FROM public.telem";
    let mut stored = BTreeSet::new();
    for row in client.query(query, &[]).expect("rows") {
        let record = Record {
            device: row.get(0),
            microseconds: row.get(1),
            nanoseconds: row.get(2),
            ec: if row.get::<_, &str>(3) == "text_log" { "text_log" } else { "telem_x" },
            text: row.get::<_, Option<String>>(4).unwrap_or_default(),
        };
        if row.get::<_, &str>(3) != record.ec
            || !row.get::<_, bool>(5)
            || !world.ever_records.contains(&record)
        {
            found.push(format!("telem: in no file: {}", brief(&record)));
        } else if let Some(double) = stored.replace(record) {
            found.push(format!("telem: twice: {}", brief(&double)));
        }
    }
    for file in &world.files {
        for record in sound(&file.content) {
            if !stored.contains(record) {
                found.push(format!("telem: lost: {} of {}", brief(record), file.path.display()));
            }
        }
    }
}

fn sound(content: &Content) -> impl Iterator<Item = &Record> {
    content.final_units().filter_map(|(_, unit)| match &unit.sense {
        Sense::Record(record) => Some(record),
        _ => None,
    })
}

fn brief(record: &Record) -> String {
    let text: String = record.text.chars().take(40).collect();
    format!("{} {}.{:03} {} {text}", record.device, record.microseconds, record.nanoseconds, record.ec)
}

fn host_number(name: &str) -> Option<usize> {
    HOSTS.iter().position(|host| *host == name)
}

/// Every file that is on disk is in the inventory as it is; beyond them only those that were.
fn check_files(world: &World, client: &mut postgres::Client, found: &mut Vec<String>) {
    let query = "SELECT origin_host, origin_path, size_bytes, (extract(epoch FROM modification_time) * 1000000)::bigint
                 FROM public.file_origins";
    let mut stored = BTreeMap::new();
    for row in client.query(query, &[]).expect("rows") {
        let (host, path) = (row.get::<_, &str>(0), PathBuf::from(row.get::<_, &str>(1)));
        let key = host_number(host).map(|host| (host, path));
        match key.filter(|key| world.ever_paths.contains(key)) {
            Some(key) => {
                stored.insert(key, (row.get::<_, i64>(2), row.get::<_, i64>(3)));
            }
            None => found.push(format!("file_origins: never was: {host} {}", row.get::<_, &str>(1))),
        }
    }
    for file in &world.files {
        if !holds(&file.path, &file.content) {
            found.push(format!("the campaign does not know what it wrote into {}", file.path.display()));
        }
        let expected = on_disk(&file.path);
        let is = stored.get(&(file.host, file.path.clone()));
        if is != Some(&expected) {
            found.push(format!("file_origins: {}: is {is:?}, should be {expected:?}", file.path.display()));
        }
    }
}

/// Whether a file holds what was written.
fn holds(path: &Path, content: &Content) -> bool {
    let bytes = std::fs::read(path).expect("it is on disk");
    let is_packed = content.format == Format::NdjsonGz;
    (if is_packed { make::gunzip_what_is_there(&bytes) } else { bytes }) == content.bytes()
}

/// Size in bytes, and modification time in microseconds.
fn on_disk(path: &Path) -> (i64, i64) {
    let metadata = std::fs::metadata(path).expect("it is on disk");
    let modified = metadata.modified().expect("a time").duration_since(UNIX_EPOCH).expect("after 1970");
    (metadata.len() as i64, modified.as_micros() as i64)
}

/// The ledger stands where what is written ends, and counts what was loaded.
fn check_ledger(world: &World, client: &mut postgres::Client, found: &mut Vec<String>) {
    let query = "SELECT origin_host, origin_path, resume_bytes, tail_bytes, size_bytes_seen,
                        (extract(epoch FROM modification_time_seen) * 1000000)::bigint,
                        generation::bigint, records_loaded, records_rejected, bytes_rejected, device, head_hash,
                        history_hash
                 FROM xtelemdb.ledger JOIN public.file_origins USING (origin_digest)";
    let rows = client.query(query, &[]).expect("rows");
    let stored: BTreeMap<(Option<usize>, PathBuf), &postgres::Row> = rows
        .iter()
        .map(|row| ((host_number(row.get(0)), PathBuf::from(row.get::<_, &str>(1))), row))
        .collect();
    for file in &world.files {
        let content = &file.content;
        let (size, modified) = on_disk(&file.path);
        let resume = content.final_bytes() as i64;
        let Some(row) = stored.get(&(Some(file.host), file.path.clone())) else {
            found.push(format!("ledger: not there: {}", file.path.display()));
            continue;
        };
        let is: Vec<i64> = (2..6).map(|column| row.get(column)).collect();
        let expected = [resume, content.len() as i64 - resume, size, modified];
        if is != expected || row.get::<_, &str>(10) != content.device {
            found.push(format!(
                "ledger: {}: resume, tail, size, time are {is:?}, should be {expected:?}",
                file.path.display()
            ));
        }
        let bytes = &content.bytes()[..resume as usize];
        let (first, last) = (bytes.len().min(HASHED_BYTES), bytes.len().saturating_sub(HASHED_BYTES));
        let hashes = [&bytes[..first], &bytes[last..]].map(|end| xxh3_64(end) as i64);
        if hashes != [11, 12].map(|column| row.get::<_, i64>(column)) {
            found.push(format!("ledger: {}: the hashes are of other bytes", file.path.display()));
        }
        if row.get::<_, i64>(6) == 1 && !file.has_past {
            let is: Vec<i64> = (7..10).map(|column| row.get(column)).collect();
            let damages = || content.final_units().filter(|(_, unit)| unit.is_damage());
            let bytes: usize = damages().map(|(_, unit)| unit.span().len()).sum();
            let expected = [sound(content).count() as i64, damages().count() as i64, bytes as i64];
            if is != expected {
                found.push(format!(
                    "ledger: {}: loaded, rejected, bytes rejected are {is:?}, should be {expected:?}",
                    file.path.display()
                ));
            }
        }
    }
}

/// Every damage that is on disk is set aside with its bytes; beyond them only what once stood in a file.
fn check_rejects(world: &World, client: &mut postgres::Client, found: &mut Vec<String>) {
    let query = "SELECT origin_host, origin_path, offset_bytes, span, length_bytes, reason, device, span_hash, event_code
                 FROM xtelemdb.rejects JOIN public.file_origins USING (origin_digest)";
    let mut stored = BTreeSet::new();
    for row in client.query(query, &[]).expect("rows") {
        let (host, path) = (row.get::<_, &str>(0), Path::new(row.get::<_, &str>(1)));
        let (offset, length): (i64, i64) = (row.get(2), row.get(4));
        let damage = Damage {
            host: host_number(host).unwrap_or(usize::MAX),
            path: plain(path),
            offset: offset as usize,
            span: row.get(3),
            reason: row.get(5),
            device: row.get(6),
        };
        let is_whole = length == damage.span.len() as i64;
        let is_hashed = row.get::<_, i64>(7) == xxh3_64(&damage.span) as i64;
        let code = (damage.reason == "unknown_code").then_some(i32::from(UNKNOWN_EVENT));
        let is_code = row.get::<_, Option<i32>>(8) == code;
        let told = format!("{host} {} at {offset}, {length} bytes, {}", path.display(), damage.reason);
        if !(is_whole && is_hashed && is_code && world.ever_damage.contains(&damage)) {
            found.push(format!("rejects: no such damage: {told}"));
        } else if !stored.insert(damage) {
            found.push(format!("rejects: twice: {told}"));
        }
    }
    for file in &world.files {
        for (offset, unit) in file.content.final_units().filter(|(_, unit)| unit.is_damage()) {
            if !stored.contains(&Damage::of(file.host, &file.path, &file.content.device, offset, unit)) {
                found.push(format!("rejects: missing: {} at {offset}", file.path.display()));
            }
        }
    }
    let disagreeing = "SELECT count(*) FROM xtelemdb.ledger AS l
        LEFT JOIN (SELECT origin_digest, count(*) AS records, sum(length_bytes)::bigint AS bytes
                   FROM xtelemdb.rejects GROUP BY origin_digest) AS r USING (origin_digest)
        WHERE (l.records_rejected, l.bytes_rejected) <> (coalesce(r.records, 0), coalesce(r.bytes, 0))";
    let files: i64 = client.query_one(disagreeing, &[]).expect("a count").get(0);
    if files > 0 {
        found.push(format!("rejects: {files} files have others than the ledger counts"));
    }
}

/// Every file of the ledger has been loaded at some time; dates are those in the names.
fn check_ingest_times(world: &World, client: &mut postgres::Client, found: &mut Vec<String>) {
    let disagreeing = "SELECT count(*) FROM xtelemdb.ledger AS l
        FULL JOIN public.file_ingest_times AS t USING (origin_digest)
        LEFT JOIN public.file_origins AS o USING (origin_digest)
        WHERE (l.device, o.origin_host, o.origin_path, o.creation_time)
              IS DISTINCT FROM (t.device, t.origin_host, t.origin_path, t.ts)";
    let files: i64 = client.query_one(disagreeing, &[]).expect("a count").get(0);
    if files > 0 {
        found.push(format!("file_ingest_times: {files} files differ from the ledger or the inventory"));
    }
    let query = "SELECT origin_path, extract(epoch FROM creation_time)::bigint FROM public.file_origins";
    let rows = client.query(query, &[]).expect("rows");
    let stored: BTreeMap<&str, i64> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    for file in &world.files {
        let path = file.path.to_str().expect("UTF-8");
        if stored.get(path) != Some(&name_time(path)) {
            found.push(format!("file_origins: {path}: created at {:?}", stored.get(path)));
        }
    }
}

/// The time in a name of ours, in seconds: behind the date of all of them stand hour, minute and second.
fn name_time(path: &str) -> i64 {
    let digits: Vec<i64> = path
        .rsplit_once('_')
        .expect("a time")
        .1
        .bytes()
        .filter(u8::is_ascii_digit)
        .map(|digit| i64::from(digit - b'0'))
        .collect();
    let two = |at: usize| 10 * digits[at] + digits[at + 1];
    DAY + 3600 * two(8) + 60 * two(10) + two(12)
}

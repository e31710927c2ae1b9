//! What stands in the files stands in the database: value by value, each record once.

use super::support::make::{EMPTY_EVENT, files, gzip, line, record, text_log};
use super::support::program::Program;
use super::support::rows::{Row, dumped, stored, value};
use super::support::site::Site;
use std::ffi::OsStr;

/// Runs `dump` on a file and returns its records and how many rejects it named.
fn dump(device: &str, path: &std::path::Path) -> (Vec<Row>, i64) {
    let output = Program::new(&[OsStr::new("dump"), path.as_os_str(), OsStr::new("--json")]).run();
    let summary = output.stderr.lines().last().expect("a summary");
    let summary: serde_json::Value = serde_json::from_str(summary).expect("a summary");
    let rejected = summary["rejected"].as_object().expect("rejects by reason");
    let rejected = rejected.values().map(|count| count.as_i64().expect("a count")).sum();
    (dumped(device, &output.stdout), rejected)
}

/// Loads files, and compares every row with what `dump` prints. Device names are those of the files, without `_`.
#[track_caller]
fn assert_loaded_as_dumped(files: Vec<(String, Vec<u8>)>) -> [i64; 3] {
    let site = Site::new();
    let (mut expected, mut rejected) = (Vec::new(), 0);
    for (name, content) in files {
        let path = site.write(&name, content);
        let (rows, rejects) = dump(xtelemdb::origin::device(&name), &path);
        expected.extend(rows);
        rejected += rejects;
    }
    let read = expected.len() as i64;
    let report = site.load(if rejected > 0 { 3 } else { 0 });
    expected.sort();
    // Records that are equal in everything but their priority are one; which of the priorities stays is open.
    let identity = |row: &Row| (row.0.clone(), row.1, row.2, row.3.clone(), row.4.clone());
    let mut once = expected.clone();
    once.dedup_by_key(|row| identity(row));
    let found = stored(&site);
    assert_eq!(found.len(), once.len());
    for (found, wanted) in found.iter().zip(&once) {
        assert_eq!(identity(found), identity(wanted));
        assert!(expected.contains(found), "priority of {found:?}");
    }
    let records = report.records();
    assert_eq!(records, [once.len() as i64, read - once.len() as i64, rejected], "{}", report.summary);
    assert_eq!(site.number("SELECT count(*) FROM xtelemdb.rejects"), rejected);
    assert_eq!(site.number("SELECT sum(records_loaded) FROM xtelemdb.ledger"), read);
    site.assert_rejects_are_accounted_for();
    records
}

#[test]
fn every_event_type_is_loaded_as_it_is_dumped() {
    let types = files("corpus/types", ".bintel");
    assert_eq!(types.len(), 51);
    let [new, _, rejected] = assert_loaded_as_dumped(types);
    assert!(new > 1900 && rejected == 0, "{new} rows, {rejected} rejected");
}

#[test]
fn mixed_and_older_records_are_loaded_as_they_are_dumped() {
    let mut old_and_mixed = files("corpus/legacy", ".bintel");
    old_and_mixed.extend(files("corpus", "mixed.bintel"));
    assert_eq!(old_and_mixed.len(), 13);
    let [new, there, rejected] = assert_loaded_as_dumped(old_and_mixed);
    assert!(new + there > 1500 && rejected == 0, "{new} rows, {rejected} rejected");
}

#[test]
fn damaged_files_are_loaded_as_they_are_dumped() {
    // What each costs is a table in the tests of the decoder; here it is what both commands agree on.
    let hostile = files("corpus/hostile", ".bintel");
    assert_eq!(hostile.len(), 39);
    let [new, there, rejected] = assert_loaded_as_dumped(hostile);
    assert!(new + there > 200 && rejected >= 20, "{new} + {there} rows, {rejected} rejected");
}

#[test]
fn each_hostile_file_costs_in_the_ledger_what_it_is_said_to_cost() {
    let site = Site::new();
    for (name, content) in files("corpus/hostile", ".bintel") {
        site.write(name, content);
    }
    site.load(3);
    for (device, good, rejected, has_tail) in [
        ("trunc_first_header", 0, 0, true),
        ("trunc_mid_message", 6, 0, true),
        ("trunc_in_len1", 6, 0, true),
        ("unknown_code_mid", 12, 1, false),
        ("unknown_code_removed_826", 6, 1, false),
        ("fb_bad_root", 11, 1, false),
        ("fb_zero_len", 6, 1, false),
        ("len_1TiB", 6, 1, false),
        ("len_past_eof", 6, 1, false),
        ("garbage_mid", 12, 1, false),
        ("ok_ns_odd", 10, 0, false),
        ("ok_prio127_skipped", 19, 0, false),
    ] {
        let query = format!(
            "SELECT records_loaded, records_rejected, tail_bytes > 0 FROM xtelemdb.ledger WHERE device = '{device}'"
        );
        let tail = if has_tail { "t" } else { "f" };
        assert_eq!(site.texts(&query), [format!("{good}|{rejected}|{tail}")], "{device}");
    }
    let none =
        "SELECT count(*) FROM public.telem WHERE device IN ('garbage', 'garbage_text', 'zeros', 'empty')";
    assert_eq!(site.number(none), 0);
}

#[test]
fn what_python_devices_write_is_loaded_as_it_is_dumped() {
    let mut python = files("ndjson", ".ndjson");
    assert_eq!(python.len(), 8);
    // Two are not compressed yet.
    for (name, content) in python.iter_mut().skip(2) {
        name.push_str(".gz");
        *content = gzip(content);
    }
    let [new, _, _] = assert_loaded_as_dumped(python);
    assert!(new > 15_000, "{new} rows");
}

#[test]
fn records_within_a_microsecond_are_rows_of_their_own() {
    let second = 1_711_149_255;
    let mut file = Vec::new();
    for nanosecond in [161_942_076, 161_942_077, 161_942_999] {
        file.extend(text_log(second, nanosecond, "the same"));
    }
    // Another event type, and another message, at the same time.
    file.extend(record(EMPTY_EVENT, second, 161_942_076, b""));
    file.extend(text_log(second, 161_942_076, "another"));
    // Equal to the first; equal to it but for the priority.
    file.extend(text_log(second, 161_942_076, "the same"));
    let mut louder = text_log(second, 161_942_076, "the same");
    louder[0] = 1;
    file.extend(louder);
    let site = Site::new();
    site.write("dev_20240322231415000000000.bintel", file);
    assert_eq!(site.load(0).records(), [5, 2, 0]);
    let rows = site.texts("SELECT ts, ts_ns, ec FROM public.telem ORDER BY ts, ts_ns, ec, msg::text");
    let expected =
        [(76, "indidriver_start"), (76, "text_log"), (76, "text_log"), (77, "text_log"), (999, "text_log")]
            .map(|(ns, ec)| format!("2024-03-22 23:14:15.161942+00|{ns}|{ec}"));
    assert_eq!(rows, expected);
    // The same record of another device is another.
    site.write("other_20240322231415000000000.bintel", text_log(second, 161_942_076, "the same"));
    assert_eq!(site.load(0).records(), [1, 0, 0]);
}

#[test]
fn nanoseconds_beyond_a_second_are_carried_and_kept_apart() {
    let site = Site::new();
    let second = 1_711_149_255;
    let file = [
        text_log(second, 1_000_000_001, "a"),
        // The same instant, written as it should be: another record.
        text_log(second + 1, 1, "a"),
        text_log(second, u32::MAX, "a"),
    ];
    site.write("dev_20240322231415000000000.bintel", file.concat());
    assert_eq!(site.load(0).records(), [3, 0, 0]);
    // The instant and its nanosecond are equal; the digest, which is over the nanoseconds as written, is not.
    let rows = site.texts("SELECT ts, ts_ns FROM public.telem ORDER BY ts");
    let same = "2024-03-22 23:14:16+00|1";
    assert_eq!(rows, [same, same, "2024-03-22 23:14:19.294967+00|295"]);
}

#[test]
fn numbers_are_exact_whatever_their_size() {
    let site = Site::new();
    let numbers =
        "[1e-7, 1e400, -1e-400, 123456789012345678901234567890, 0.1000000000000000055511151231257827, 1.50]";
    site.write("dev_2024-04-16T000000.ndjson", line("2024-04-16T00:00:00.000000000", "telem_x", numbers));
    assert_eq!(site.load(0).records(), [1, 0, 0]);
    let stored = &stored(&site)[0].4;
    assert_eq!(
        stored,
        "[1e-7,1e400,-1e-400,12345678901234567890123456789e1,1000000000000000055511151231257827e-34,15e-1]"
    );
    assert_eq!(*stored, value(numbers));
}

#[test]
fn a_file_bigger_than_a_transaction_is_loaded_in_several() {
    let site = Site::new();
    let text = "x".repeat(1000);
    let file: Vec<u8> = (0..12_000).flat_map(|n| text_log(1_711_149_255 + n, 0, &text)).collect();
    site.write("dev_20240322231415000000000.bintel", file);
    assert_eq!(site.load(0).records(), [12_000, 0, 0]);
    assert!(site.number("SELECT count(DISTINCT xmin::text) FROM public.telem") > 1);
    let entry = "SELECT records_loaded, resume_bytes = size_bytes_seen, tail_bytes FROM xtelemdb.ledger";
    assert_eq!(site.texts(entry), ["12000|t|0"]);
}

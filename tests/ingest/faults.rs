//! What went wrong with the program that this one replaces, one test each. Elsewhere, since they need more than a site:
//!
//! - an unreadable folder is passed over: `a_folder_that_cannot_be_read_is_named_and_the_rest_goes_on` (inventory_command)
//! - the database goes away in mid-run: `the_server_crashes_and_comes_back`, `a_server_that_stays_away_is_given_up` (ingest_crashes)
//! - Ctrl-C doesn't stop it: `signals_stop_a_load_that_can_go_on_later` and the others in ingest_stops
//! - two backfills do all work twice: `two_ingests_of_a_host_share_the_work` (ingest_together)
//! - rows and the file's record are committed apart: `killed_at_many_points` (ingest_crashes)
//! - `dbIngest` dies without a database: `a_database_that_is_not_there_at_the_start_is_waited_for` (follow/database)

use super::support::make::{gzip, line, lines, record, text_log};
use super::support::program::Program;
use super::support::rows::stored;
use super::support::site::{HOST, Report, Site};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

const SECOND: u32 = 1_711_149_255;
const BINTEL: &str = "dev_20240322231415000000000.bintel";
const NDJSON: &str = "dev_2024-04-16T000000.ndjson";

#[test]
fn two_records_within_a_microsecond_leave_two() {
    let site = Site::new();
    site.write(BINTEL, [text_log(SECOND, 1_001, "a"), text_log(SECOND, 1_002, "a")].concat());
    assert_eq!(site.load(0).records(), [2, 0, 0]);
}

#[test]
fn two_event_types_at_one_time_leave_two() {
    let site = Site::new();
    let ts = "2024-04-16T00:00:00.000000000";
    site.write(NDJSON, line(ts, "telem_a", "{}") + &line(ts, "telem_b", "{}"));
    assert_eq!(site.load(0).records(), [2, 0, 0]);
}

#[test]
fn a_file_half_written_is_not_marked_done() {
    let site = Site::new();
    let whole = [text_log(SECOND, 0, "a"), text_log(SECOND + 1, 0, "b")].concat();
    let path = site.write(BINTEL, &whole[..whole.len() - 3]);
    assert_eq!(site.load(0).records(), [1, 0, 0]);
    fs::write(path, whole).expect("written");
    assert_eq!(site.ingest(0).records(), [1, 0, 0]);
}

#[test]
fn a_file_that_grew_after_it_was_inventoried_is_looked_at_again() {
    let site = Site::new();
    let path = site.write(NDJSON, lines(0..1));
    site.load(0);
    fs::write(path, lines(0..3)).expect("written");
    assert_eq!(site.ingest(0).records(), [2, 0, 0]);
}

#[test]
fn floats_keep_their_digits() {
    let site = Site::new();
    site.write(
        NDJSON,
        line("2024-04-16T00:00:00.000000000", "telem_x", "{\"x\": 1e-7, \"y\": 0.1234567890123456}"),
    );
    site.load(0);
    assert_eq!(site.texts("SELECT msg FROM public.telem"), [r#"{"x": 0.0000001, "y": 0.1234567890123456}"#]);
}

#[test]
fn ndjson_gz_is_loaded() {
    let site = Site::new();
    site.write(format!("{NDJSON}.gz"), gzip(lines(0..3).as_bytes()));
    assert_eq!(site.load(0).records(), [3, 0, 0]);
}

#[test]
fn database_port_and_database_database_work() {
    let site = Site::new();
    let output = site.run("ingest", &["database.port=5433"]).expect_code(1);
    assert!(output.stderr.contains(":5433"), "{}", output.stderr);
    let output = site.run("ingest", &["database.database=nowhere"]).expect_code(1);
    assert!(output.stderr.contains("nowhere"), "{}", output.stderr);
    let other = Site::bare();
    let database = format!("database.database={}", other.database.name());
    site.run("setup", &[&database]).expect_code(0);
    assert_eq!(other.number("SELECT count(*) FROM public.telem"), 0);
}

/// Loads one file of which one record may be bad: the others are there, the exit code tells, and it is not tried anew.
#[track_caller]
fn assert_costs(name: &str, content: impl AsRef<[u8]>, [good, bad]: [i64; 2]) -> Site {
    let site = Site::new();
    site.write(name, content);
    assert_eq!(site.load(if bad > 0 { 3 } else { 0 }).records(), [good, 0, bad]);
    assert_eq!(site.load(0).count("files_read"), 0);
    site
}

#[test]
fn one_bad_record_costs_one_record() {
    let mut unsound = text_log(SECOND, 1, "x");
    let root = 12;
    unsound[root] = 0xff;
    let good = [
        text_log(SECOND, 0, "a"),
        text_log(SECOND, 2, "b"),
        text_log(SECOND, 3, "c"),
        text_log(SECOND, 4, "d"),
    ];
    assert_costs(BINTEL, [&good[0][..], &unsound, &good[1..].concat()].concat(), [4, 1]);
    assert_costs(NDJSON, lines(0..2) + "{\"ts\": 1}\n" + &lines(2..4), [4, 1]);
}

#[test]
fn one_nul_in_a_string_costs_nothing() {
    let msg = r#"{"a\u0000b": "c\u0000d"}"#;
    let site = assert_costs(NDJSON, lines(0..1) + &line("2024-04-17T00:00:00", "telem_x", msg), [2, 0]);
    assert_eq!(
        site.texts("SELECT msg FROM public.telem ORDER BY ts DESC LIMIT 1"),
        ["{\"a\u{fffd}b\": \"c\u{fffd}d\"}"]
    );
    let site = assert_costs(BINTEL, text_log(SECOND, 0, "a\0b"), [1, 0]);
    assert_eq!(site.texts("SELECT msg ->> 'message' FROM public.telem"), ["a\u{fffd}b"]);
    // In the event type and the priority as well.
    let odd = r#"{"ts": "2024-04-17T00:00:00", "prio": "a\u0000", "ec": "b\u0000", "msg": 1}"#;
    let site = assert_costs(NDJSON, odd, [1, 0]);
    assert_eq!(site.texts("SELECT prio, ec FROM public.telem"), ["a\u{fffd}|b\u{fffd}"]);
}

#[test]
fn one_30_digit_integer_costs_nothing() {
    let digits = "123456789012345678901234567890";
    let site = assert_costs(
        NDJSON,
        line("2024-04-17T00:00:00", "telem_x", &format!("[{digits}, -{digits}]")),
        [1, 0],
    );
    assert_eq!(site.texts("SELECT msg FROM public.telem"), [format!("[{digits}, -{digits}]")]);
}

#[test]
fn one_unknown_event_code_costs_one_record() {
    let file = [text_log(SECOND, 0, "a"), record(20_999, SECOND, 1, b"xyz"), text_log(SECOND, 2, "b")];
    assert_costs(BINTEL, file.concat(), [2, 1]);
}

#[test]
fn over_long_names_cost_nothing() {
    let device = format!("{}_x", "d".repeat(200));
    let site =
        assert_costs(&format!("{device}_20240322231415000000000.bintel"), text_log(SECOND, 0, "a"), [1, 0]);
    assert_eq!(site.texts("SELECT device FROM public.telem"), [device]);
    // A megabyte that does not compress: it would not fit into an index.
    let mut state = 1_u64;
    let letters = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b'a' + (state >> 33) as u8 % 26)
    });
    let ec: String = letters.take(1 << 20).collect();
    let ts = "2024-04-17T00:00:00";
    let content = line(ts, &ec, "1") + &line(ts, &ec[1..], "1") + &line(ts, &ec, "2");
    let site = assert_costs(NDJSON, content, [3, 0]);
    assert_eq!(site.number("SELECT max(length(ec)) FROM public.telem"), 1 << 20);
    let host = "h".repeat(300);
    site.run("inventory", &[&format!("hostname={host}")]).expect_code(0);
    assert_eq!(site.ingest_with(&[&format!("hostname={host}")], 0).records(), [0, 3, 0]);
    assert_eq!(
        site.number(&format!("SELECT count(*) FROM public.file_origins WHERE origin_host = '{host}'")),
        1
    );
}

#[test]
fn a_second_file_of_the_same_name_in_another_folder_is_read_once() {
    let site = Site::new();
    site.write(BINTEL, text_log(SECOND, 0, "a"));
    site.write(Path::new("other").join(BINTEL), text_log(SECOND, 1, "b"));
    assert_eq!(site.load(0).records(), [2, 0, 0]);
    assert_eq!(site.load(0).count("files_read"), 0);
    assert_eq!(site.number("SELECT count(*) FROM public.file_ingest_times"), 2);
}

#[test]
fn a_file_whose_name_has_an_odd_time_is_read_once() {
    let site = Site::new();
    for name in ["dev_20241399999999000000000.bintel", "dev_2024.bintel", "noundersc.bintel", "x_.bintel"] {
        site.write(name, text_log(SECOND, 0, name));
    }
    assert_eq!(site.load(0).records(), [4, 0, 0]);
    assert_eq!(site.load(0).count("files_read"), 0);
}

#[test]
fn a_name_that_is_not_utf8_or_very_long_and_a_loop_do_not_end_the_inventory() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let site = Site::new();
    let deep = (0..15).fold(site.path("a"), |path, _| path.join("p".repeat(200)));
    fs::create_dir_all(&deep).expect("a deep folder");
    fs::write(deep.join(BINTEL), text_log(SECOND, 0, "deep")).expect("written");
    site.write(Path::new(OsStr::from_bytes(b"b\xff")).join(BINTEL), text_log(SECOND, 1, "odd"));
    std::os::unix::fs::symlink("loop", site.path("loop")).expect("a link to itself");
    site.write(Path::new("z").join(BINTEL), text_log(SECOND, 2, "behind"));
    let report = site.inventory();
    assert_eq!((report.count("files"), report.count("exit")), (3, 3), "{}", report.summary);
    assert!(report.stderr.contains("loop"), "{}", report.stderr);
    assert_eq!(site.number("SELECT count(*) FROM public.file_origins WHERE origin_path LIKE '%loop%'"), 0);
    assert_eq!(site.ingest(0).records(), [3, 0, 0]);
}

#[test]
fn modification_time_is_utc_in_every_time_zone() {
    let site = Site::new();
    let path = site.write(BINTEL, text_log(SECOND, 0, "a"));
    let config = site.config().to_str().expect("UTF-8");
    let inventory =
        || Program::new(&["inventory", "--json", "-c", config]).env("TZ", "America/Santiago").run();
    inventory().expect_code(0);
    let modified = fs::metadata(path).expect("a file").mtime();
    let stored = "SELECT floor(extract(epoch FROM modification_time)) FROM public.file_origins";
    assert_eq!(site.number(stored), modified);
    // In another zone nothing has changed.
    assert_eq!(site.inventory().count("changed"), 0);
}

#[test]
fn setup_can_be_run_twice() {
    let site = Site::new();
    site.write(BINTEL, text_log(SECOND, 0, "a"));
    site.load(0);
    site.run("setup", &[]).expect_code(0);
    assert_eq!(stored(&site).len(), 1);
    assert_eq!(site.load(0).count("files_read"), 0);
}

#[test]
fn a_data_folder_that_does_not_exist_is_said_and_ends_with_3() {
    let site = Site::new();
    site.write(BINTEL, text_log(SECOND, 0, "a"));
    let dirs = format!("data_dirs=[\"/nowhere/telem\", {:?}]", site.path("").to_str().expect("UTF-8"));
    let report = Report::of(site.run("inventory", &[&dirs]).expect_code(3));
    assert!(report.stderr.contains("/nowhere/telem"), "{}", report.stderr);
    assert_eq!(
        (report.count("files"), report.count("/problems/missing_data_folder")),
        (1, 1),
        "{}",
        report.summary
    );
    assert_eq!(
        site.number(&format!("SELECT count(*) FROM public.file_origins WHERE origin_host = '{HOST}'")),
        1
    );
}

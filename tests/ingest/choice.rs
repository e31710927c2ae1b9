//! Which files are loaded, and as whose.

use super::support::make::{gzip, lines, text_log};
use super::support::program::Program;
use super::support::site::{HOST, Site};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

const SECOND: u32 = 1_711_149_255;

#[test]
fn limit_is_a_number_of_files() {
    let site = Site::new();
    for n in 0..5 {
        site.write(format!("dev_2024032223141{n}000000000.bintel"), text_log(SECOND + n, 0, "x"));
    }
    site.inventory();
    // Files that have nothing new do not count. The oldest go first.
    for (limit, expected) in [(2, 2), (2, 4), (7, 5), (1, 5)] {
        let report = site.ingest_with(&[&format!("limit={limit}")], 0);
        assert!(report.count("files_pending") <= limit);
        let seconds = site.texts("SELECT extract(second FROM ts)::int FROM public.telem ORDER BY ts");
        assert_eq!(seconds, (15..15 + expected).map(|second| second.to_string()).collect::<Vec<_>>());
    }
}

#[test]
fn only_telemetry_files_are_loaded() {
    let site = Site::new();
    for name in ["a.binlog", "a.bintel.gz", "a.bintel.tmp", "a.xrif", "bintel", "a.gz", "a.ndjson.gz.part"] {
        site.write(name, text_log(SECOND, 0, "x"));
    }
    let report = site.load(0);
    assert_eq!((report.count("files_inventoried"), report.records()), (0, [0, 0, 0]));
    assert_eq!(site.number("SELECT count(*) FROM public.file_origins"), 7);
    assert!(report.stderr.contains("no telemetry files of exao1"), "{}", report.stderr);
}

#[test]
fn files_of_another_host_are_left_alone_and_it_is_said_whose_there_are() {
    let site = Site::new();
    site.write("dev_20240322231415000000000.bintel", text_log(SECOND, 0, "x"));
    site.inventory();
    let report = site.ingest_with(&["hostname=node17"], 0);
    assert_eq!((report.count("files_inventoried"), report.records()), (0, [0, 0, 0]));
    let warning = report.stderr.lines().find(|line| line.contains("WARN")).expect("a warning");
    for part in ["node17", "exao1 (1 file)", "hostname="] {
        assert!(warning.contains(part), "{part}: {warning}");
    }
    // With a file of its own there is nothing to say, and the other's stays.
    site.run("inventory", &["hostname=node17"]).expect_code(0);
    let report = site.ingest_with(&["hostname=node17"], 0);
    assert_eq!(report.records(), [1, 0, 0]);
    assert!(!report.stderr.contains("WARN"), "{}", report.stderr);
    assert_eq!(site.texts("SELECT origin_host FROM public.file_ingest_times"), ["node17"]);
    assert_eq!(site.ingest(0).records(), [0, 1, 0]);
}

#[test]
fn an_empty_inventory_is_said_to_be_empty() {
    let report = Site::new().ingest(0);
    assert!(report.stderr.contains("run `xtelemdb inventory` first"), "{}", report.stderr);
}

#[test]
fn the_device_is_in_the_name_whatever_else_is() {
    let site = Site::new();
    let names: [(&[u8], &str); 9] = [
        (b"noundersc.bintel", "noundersc"),
        (b"x_.bintel", "x_"),
        (b"dm-ncpc_wfs_20240322231415000000000.bintel", "dm-ncpc_wfs"),
        (b"odd_20249999999999000000000.bintel", "odd"),
        (b"a\\b_20240322231415000000000.bintel", r"a\\b"),
        (b"a\xffb_20240322231415000000000.bintel", r"a\xffb"),
        (b"a\nb_20240322231415000000000.bintel", "a\nb"),
        (b"a%b'\"_20240322231415000000000.bintel", "a%b'\""),
        ("é😀_20240322231415000000000.bintel".as_bytes(), "é😀"),
    ];
    for (n, (name, _)) in names.iter().enumerate() {
        site.write(Path::new(OsStr::from_bytes(name)), text_log(SECOND + n as u32, 0, "x"));
    }
    site.inventory();
    assert_eq!(site.ingest(0).records(), [9, 0, 0]);
    let expected: Vec<&str> = names.iter().map(|(_, device)| *device).collect();
    assert_eq!(site.texts("SELECT device FROM public.telem ORDER BY ts"), expected);
    let report = site.load(0);
    assert_eq!((report.count("files_unchanged"), report.count("files_read")), (9, 0));
}

#[test]
fn where_files_came_from_and_when_they_were_loaded_is_written_down() {
    let site = Site::new();
    let path = site.write("dev_20240322231415161942076.bintel", text_log(SECOND, 0, "x"));
    site.load(0);
    let query =
        "SELECT ts, device, ingested_at BETWEEN now() - interval '1 hour' AND now(), origin_host, origin_path
                 FROM public.file_ingest_times";
    let expected = format!("2024-03-22 23:14:15.161942+00|dev|t|{HOST}|{}", path.display());
    assert_eq!(site.texts(query), [expected]);
}

#[test]
fn a_broken_event_types_file_is_named_before_anything_is_done() {
    let site = Site::new();
    let path = site.folder.write("types.toml", "[[event]]\ncode = 70000\n");
    let output = site.run("ingest", &[&format!("event_types={}", path.display())]).expect_code(2);
    assert!(output.stderr.contains("types.toml"), "{}", output.stderr);
    // As wrong a configuration as a configuration file that does not exist.
    let output = site.run("ingest", &["event_types=/nowhere/types.toml"]).expect_code(2);
    assert!(output.stderr.contains("/nowhere/types.toml"), "{}", output.stderr);
}

#[test]
fn a_database_that_was_not_set_up_is_said_not_to_be() {
    let site = Site::bare();
    for command in ["inventory", "ingest", "backfill"] {
        let output = site.run(command, &[]).expect_code(1);
        assert!(output.stderr.contains("run `xtelemdb setup` first"), "{}", output.stderr);
    }
}

#[test]
fn two_ingests_at_once_share_the_work() {
    let site = Site::new();
    for n in 0..60 {
        let name = format!("dev{n}_2024-04-16T000000.ndjson.gz");
        site.write(name, gzip(lines(n * 100..(n + 1) * 100).as_bytes()));
    }
    site.inventory();
    let reports = std::thread::scope(|scope| {
        let running = [(); 2].map(|()| scope.spawn(|| site.ingest(0)));
        running.map(|thread| thread.join().expect("a report"))
    });
    let sum = |name: &str| reports.iter().map(|report| report.count(name)).sum::<i64>();
    assert_eq!((sum("rows_new"), sum("records_read")), (6000, 6000));
    assert_eq!(site.number("SELECT count(*) FROM public.telem"), 6000);
    assert_eq!(site.number("SELECT sum(records_loaded) FROM xtelemdb.ledger"), 6000);
}

#[test]
fn without_json_nothing_stands_on_stdout() {
    let site = Site::new();
    site.write("dev_20240322231415000000000.bintel", text_log(SECOND, 0, "x"));
    let config = site.config().to_str().expect("UTF-8");
    for command in ["setup", "inventory", "ingest"] {
        let output = Program::new(&[command, "-c", config]).run().expect_code(0);
        assert_eq!(output.stdout, "", "{command}");
    }
}

#[test]
fn a_file_whose_time_the_database_can_not_hold_is_loaded_and_recognised() {
    let site = Site::new();
    // Most file systems can't hold such a time either, and take the nearest that they have. This one can.
    let memory = Path::new("/dev/shm");
    let own = format!("xt-{}-{}", std::process::id(), site.database.name());
    let dir = if memory.is_dir() { memory.join(own) } else { site.path("odd") };
    std::fs::create_dir_all(&dir).expect("a folder");
    let beyond = Duration::from_secs(9_300_000_000_000);
    for (n, time) in [UNIX_EPOCH + beyond, UNIX_EPOCH - beyond, UNIX_EPOCH - Duration::from_nanos(1)]
        .into_iter()
        .enumerate()
    {
        let path = dir.join(format!("dev_2024032223141{n}000000000.bintel"));
        std::fs::write(&path, text_log(SECOND + n as u32, 0, "x")).expect("written");
        let file = std::fs::File::options().write(true).open(&path).expect("opened");
        file.set_modified(time).expect("its time set");
    }
    site.run("inventory", &[&format!("data_dirs={}", dir.display())]);
    let first = site.ingest(0);
    let second = site.ingest(0);
    std::fs::remove_dir_all(&dir).expect("removed");
    assert_eq!((first.records(), second.count("files_read")), ([3, 0, 0], 0));
}

use super::*;
use crate::db::status::Rows;
use std::time::Duration;

const NOW_S: u64 = 1_713_812_803;

fn at(seconds_ago: f64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(NOW_S) - Duration::from_secs_f64(seconds_ago)
}

fn files(host: &str, device: &str, files_behind: u64, bytes_behind: u64, rejected: u64) -> stored::Files {
    stored::Files {
        host: host.into(),
        device: device.into(),
        files: 3,
        bytes: 1_000_000,
        files_behind,
        bytes_behind,
        bytes_unfinished: 0,
        records_loaded: 1000,
        records_rejected: rejected,
        files_with_rejects: rejected.min(1),
    }
}

fn in_telem(name: &str, age_s: f64, usual_gap_s: f64, rows: [u64; 3]) -> stored::Device {
    let rows = rows.map(|count| Rows { count, is_estimate: count > 1000 });
    stored::Device { name: name.into(), newest: at(age_s), usual_gap_s: Some(usual_gap_s), rows }
}

fn beat(host: &str, name: &str, age_s: f64, ended: Option<f64>) -> Heartbeat {
    Heartbeat {
        host: host.into(),
        name: name.into(),
        process_id: 4242,
        started: at(200_000.0),
        beat: at(age_s),
        ended: ended.map(at),
        files_behind: 1,
        bytes_behind: 12_300,
        lag_s: Some(0.04),
        newest_record: Some(at(0.5)),
        records_since_start: 2_123_456,
        errors: 0,
        last_error: None,
    }
}

fn found() -> Found {
    let mut troubled = beat("exao2", "dbIngestRTC", 725.0, None);
    troubled.errors = 2;
    troubled.last_error =
        Some("/opt/MagAOX/telem/camsci2_20240422190000000000000.bintel: Permission denied".into());
    Found {
        now: at(0.0),
        files: vec![
            files("exao1", "camwfs", 0, 0, 0),
            files("exao1", "fwscind", 0, 0, 0),
            files("exao1", "observers", 1, 12_300, 0),
            files("exao1", "stagepickoff", 0, 0, 0),
            files("exao2", "a_device_with_a_very_long_name", 0, 0, 12),
            files("exao2", "camwfs", 0, 0, 0),
        ],
        devices: vec![
            in_telem("a_device_with_a_very_long_name", 3.0, 1.0, [60, 3600, 86_400]),
            in_telem("camwfs", 0.25, 0.001, [59_700, 3_612_345, 51_234_567]),
            in_telem("fwscind", 1685.0, 1.0, [0, 1000, 52_100]),
            in_telem("observers", 80.0, 2.0, [0, 998, 1000]),
            in_telem("orphan", 1e7, 1.0, [0, 0, 0]),
        ],
        heartbeats: vec![
            beat("exao1", "dbIngestAOC", 3.0, None),
            troubled,
            beat("exao3", "dbIngestICC", 8000.0, Some(7800.0)),
        ],
        rejects: [("exao2".to_owned(), vec![("bad_message".to_owned(), 10), ("not_json".to_owned(), 2)])]
            .into(),
        behind: vec![stored::FileBehind {
            path: "/nowhere/observers_20240422190643000000000.bintel".into(),
            size_bytes: 12_300,
            seen: None,
        }],
    }
}

#[test]
fn a_page_to_look_at() {
    let status = judge(&found(), "xtelem at aoc:5432".into(), "exao1");
    let page = render::page(&status, false);
    let expected = "\
xtelem at aoc:5432                                       2024-04-22 19:06:43 UTC

exao1       followed by dbIngestAOC (process 4242) since 2024-04-20 11:33:23
  behind    12.3 kB in 1 file, the oldest for 0.0 s
  loaded    2,123,456 records since its start, the newest of 2024-04-22 19:06:42
  silent    fwscind for 28 min 05 s (usually 1.0 s)
  failed    /nowhere/observers_20240422190643000000000.bintel is gone from disk
            and was not loaded in full
  device           newest record       minute   hour    day  behind files reject
  camwfs*          2024-04-22 19:06:42   ~60k  ~3.6M   ~51M       -     -      -
! fwscind          2024-04-22 18:38:38      -   1000   ~52k       -     -      -
> observers        2024-04-22 19:05:23      -    998   1000 12.3 kB     1      -
  stagepickoff     -                        -      -      -       -     -      -
* other hosts have files of it, too; record and rows are of all of them

exao2       not followed: dbIngestRTC (process 4242) was heard of 12 min 05 s
            ago, and no more
  behind    no file that is in the inventory
  errors    2, the last:
            /opt/MagAOX/telem/camsci2_20240422190000000000000.bintel: Permission
            denied
  rejected  12 records of 1 file: bad_message 10, not_json 2
  device           newest record       minute   hour    day  behind files reject
  a_device_with_a… 2024-04-22 19:06:40     60  ~3600   ~86k       -     -     12
  camwfs*          2024-04-22 19:06:42   ~60k  ~3.6M   ~51M       -     -      -
* other hosts have files of it, too; record and rows are of all of them

exao3       not followed: dbIngestICC (process 4242) was stopped 2 h 10 min ago
  behind    no file that is in the inventory

no files    rows of devices of which no file is in the inventory
  device           newest record       minute   hour    day  behind files reject
  orphan           2023-12-29 01:20:03      -      -      -       -     -      -
";
    assert_eq!(page, expected, "\n{page}");
    let coloured = render::page(&status, true);
    let mut plain = String::new();
    for (index, part) in coloured.split('\x1b').enumerate() {
        plain.push_str(if index == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    assert_eq!(plain, page);
    assert!(coloured.contains("\x1b[33m! fwscind "), "{coloured}");
}

#[test]
fn nothing_gets_wider_than_the_terminal() {
    let mut found = found();
    found.files[0].host = "a-host-with-a-long-name\x1b[31m".into();
    for files in &mut found.files {
        (files.files_behind, files.bytes_behind, files.records_rejected) =
            (u64::MAX / 8, u64::MAX / 8, u64::MAX / 8);
    }
    for device in &mut found.devices {
        device.rows = [Rows { count: u64::MAX / 2, is_estimate: true }; 3];
    }
    let database = "a database with a name without an end".repeat(3);
    let page = render::page(&judge(&found, database, "exao1"), false);
    for line in page.lines() {
        assert!(line.chars().count() <= 80, "{line}");
        assert!(!line.contains('\x1b'), "{line}");
    }
}

#[test]
fn of_many_silent_devices_those_are_named_that_fell_silent_last() {
    let mut found = found();
    let names: Vec<String> = (1..=8).map(|number| format!("dev{number}")).collect();
    found.files = names.iter().map(|name| files("exao1", name, 0, 0, 0)).collect();
    let ages_s = (1..).map(|number| f64::from(number) * 100.0);
    found.devices =
        names.iter().zip(ages_s).map(|(name, age_s)| in_telem(name, age_s, 1.0, [0, 0, 0])).collect();
    let page = render::page(&judge(&found, "xtelem at aoc:5432".into(), "exao1"), false);
    let (named, marked) = page.split_once("  device ").unwrap();
    let named = named.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(named.contains("dev6 for 10 min 00 s") && named.contains("and 2 devices for"), "{named}");
    assert!(!named.contains("dev7") && marked.contains("! dev7 ") && marked.contains("! dev8 "), "{page}");
}

#[test]
fn an_estimate_that_came_out_too_small_says_so() {
    let mut found = found();
    found.devices[1].rows = [0, 1001, 1001].map(|count| Rows { count, is_estimate: count > 0 });
    let page = render::page(&judge(&found, "xtelem at aoc:5432".into(), "exao1"), false);
    assert!(page.contains("-  >1000  >1000"), "{page}");
}

#[test]
fn a_message_is_broken_between_words() {
    let text = format!("{} {}\nagain", "a".repeat(60), "b".repeat(20));
    assert_eq!(render::message(&text), text.replace(' ', "\n") + "\n");
    assert_eq!(render::message(&format!("{} b", "a".repeat(78))), format!("{} b\n", "a".repeat(78)));
}

#[test]
fn devices_are_judged_by_their_own_pace() {
    for (age_s, usual_gap_s, expected) in [
        (-5.0, 1.0, DeviceState::Writing),
        (59.0, 0.001, DeviceState::Writing),
        (61.0, 0.001, DeviceState::Silent),
        (599.0, 60.0, DeviceState::Writing),
        (601.0, 60.0, DeviceState::Silent),
        (86_399.0, 60.0, DeviceState::Silent),
        (86_401.0, 60.0, DeviceState::Off),
        (86_401.0, 86_400.0, DeviceState::Off),
    ] {
        assert_eq!(state(age_s, usual_gap_s), expected, "{age_s} {usual_gap_s}");
    }
}

#[test]
fn times() {
    assert_eq!(utc(at(0.25)), "2024-04-22T19:06:42.750000Z");
    assert_eq!(utc(SystemTime::UNIX_EPOCH - Duration::from_micros(1)), "1969-12-31T23:59:59.999999Z");
    assert_eq!((age_s(at(0.0), at(1.5)), age_s(at(1.5), at(0.0))), (1.5, -1.5));
}

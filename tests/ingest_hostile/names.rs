//! Names of files, hosts and everything that is configured.

use super::support::make::{line, lines};
use super::support::program::{Output, Program, signal};
use super::support::site::Site;
use super::support::until;
use super::{TRICKS, assert_harmless};
use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::ffi::OsStrExt;
use std::process::Stdio;
use std::time::Duration;
use xtelemdb::report::escape::quoted;

/// Rows, tables and functions that a trick could have harmed.
const WHAT_IS_THERE: &str =
    "SELECT count(*) FROM information_schema.tables WHERE table_schema IN ('public', 'xtelemdb')";

#[test]
fn of_files() {
    let site = Site::new();
    let tables = site.number(WHAT_IS_THERE);
    let mut names: Vec<Vec<u8>> = TRICKS.iter().map(|trick| trick.as_bytes().to_vec()).collect();
    names.push(b"two\nlines\tand \r more".to_vec());
    names.push(b"not \xff UTF-8 \xe2\x82".to_vec());
    names.push(b"..".to_vec());
    names.push(b"-rf".to_vec());
    names.push(b" ".to_vec());
    names.push(vec![b'n'; 255 - "_2024-04-16T000000.ndjson".len()]);
    for name in &names {
        let file = [name, &b"_2024-04-16T000000.ndjson"[..]].concat();
        // Three records and one that is none, so that the name is in the log.
        site.write(OsStr::from_bytes(&file), lines(0..3) + "no record\n");
        let folder = [&b"folder "[..], name].concat();
        let other = [name, &b".txt"[..]].concat();
        site.write(std::path::Path::new(OsStr::from_bytes(&folder[..folder.len().min(255)])).join("x"), "");
        site.write(OsStr::from_bytes(&other), "");
    }
    site.write("sound_2024-04-16T000000.ndjson", lines(0..5));
    for options in [&["-v"][..], &[]] {
        let output = site.run("inventory", options).expect_code(3);
        assert_harmless(&output);
        // One name in a folder of its own, too, is not UTF-8.
        assert_eq!(output.json()["problems"], serde_json::json!({"not_utf8": 3}), "{}", output.stderr);
    }
    let output = site.run("ingest", &["-v"]).expect_code(3);
    assert_harmless(&output);
    let plain = ["status", "-c", site.config().to_str().expect("UTF-8")];
    assert_harmless(&Program::new(&plain).run());
    assert_harmless(&site.run("status", &[]));
    assert_harmless(&watched(&site));
    let count = names.len() as i64;
    let summary = output.json();
    assert_eq!(
        (summary["rows_new"].as_i64(), summary["records_rejected"].as_i64()),
        (Some(3 * count + 5), Some(count))
    );
    assert_eq!(output.stderr.matches(": not_json: ").count() as i64, count, "{}", output.stderr);

    // Every device has its rows under its own name.
    for trick in TRICKS {
        let mut client = site.database.client();
        let device = trick.replace('\\', "\\\\");
        let of_device = "SELECT count(*) FROM public.telem WHERE device = $1";
        let rows: i64 = client.query_one(of_device, &[&device]).expect(trick).get(0);
        assert_eq!(rows, 3, "{device:?}");
    }
    let shown = site.texts(r"SELECT device FROM public.telem WHERE device LIKE '%not%' GROUP BY 1");
    assert_eq!(shown, [r"not \xff UTF-8 \xe2\x82"]);
    assert_eq!(site.number(WHAT_IS_THERE), tables);
    site.assert_rejects_are_accounted_for();
    assert_eq!(site.ingest(0).count("files_read"), 0);
}

/// What `status --watch` says first.
fn watched(site: &Site) -> Output {
    let mut command = site.program("status", &["--watch"]).into_command();
    let mut child = command.stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut stdout = String::new();
    let mut pipe = BufReader::new(child.stdout.take().expect("a pipe"));
    pipe.read_line(&mut stdout).expect("a line");
    signal(child.id(), "INT");
    let code = child.wait().expect("it ends").code().unwrap_or(-1);
    Output { code, stdout, stderr: String::new() }
}

/// Files that are gone are named before anything is removed, and those that are written while they are written.
#[test]
fn of_files_that_are_gone_or_followed() {
    let site = Site::new();
    let running = site.program("follow", &["-v"]).start();
    running.until_said("following", 1);
    for trick in TRICKS {
        site.write(format!("{trick}_2024-04-16T000000.ndjson"), lines(0..3) + "no record\n");
    }
    let rows = 3 * TRICKS.len() as i64;
    until("all are loaded", Duration::from_secs(60), || {
        site.number("SELECT count(*) FROM public.telem") == rows
    });
    running.signal("TERM");
    assert_harmless(&running.wait().expect_code(0));
    for trick in TRICKS {
        fs::remove_file(site.path(format!("{trick}_2024-04-16T000000.ndjson"))).expect("removed");
    }
    let refused = site.run("reset", &["--level", "1", "-v"]).expect_code(2);
    assert_harmless(&refused);
    assert!(refused.stderr.contains("DROP TABLE telem"), "the files are named: {}", refused.stderr);
    for command in ["doctor", "inventory"] {
        assert_harmless(&site.run(command, &["-v"]));
    }
    assert_harmless(&site.run("reset", &["--level", "1", "--yes"]).expect_code(0));
}

#[test]
fn of_files_that_are_dumped() {
    let site = Site::new();
    for trick in TRICKS {
        let msg = serde_json::to_string(&[trick]).expect("JSON");
        let ec = serde_json::to_string(trick).expect("JSON");
        let record = line("2024-04-16T00:00:00", ec.trim_matches('"'), &msg);
        let file = site.write(format!("{trick}_2024-04-16T000000.ndjson"), format!("{record}no {trick}\n{{"));
        let output = Program::new(&[OsStr::new("dump"), "-v".as_ref(), file.as_os_str()]);
        let output = output.run().expect_code(3);
        assert_harmless(&output);
        assert!(output.stderr.contains("not_json") && output.stderr.contains("(tail)"), "{}", output.stderr);
        // Harmless and still the same.
        let printed: serde_json::Value = serde_json::from_str(&output.stdout).expect("one record");
        assert_eq!((&printed["ec"], &printed["msg"][0]), (&trick.into(), &trick.into()));
    }
}

#[test]
fn of_hosts() {
    let site = Site::new();
    site.write("a_2024-04-16T000000.ndjson", lines(0..2));
    for trick in TRICKS {
        let host = format!("hostname={}", quoted(trick));
        assert_harmless(&site.run("inventory", &[&host]).expect_code(0));
        let output = site.run("ingest", &[&host]).expect_code(0);
        assert_harmless(&output);
        assert_eq!(output.json()["hostname"], *trick);
    }
    // The names of the others are told, and what is known of all.
    for command in ["status", "doctor"] {
        for options in [&["-v"][..], &["hostname=other"]] {
            let output = site.run(command, options);
            assert_harmless(&output);
            assert!([0, 1, 3].contains(&output.code), "{command}: {}", output.stderr);
        }
    }
    assert_harmless(&site.run("ingest", &["hostname=other"]).expect_code(0));
    let hosts = site.number("SELECT count(DISTINCT origin_host) FROM public.file_origins");
    assert_eq!((hosts, site.number("SELECT count(*) FROM public.telem")), (TRICKS.len() as i64, 2));
}

#[test]
fn of_everything_that_is_configured() {
    let site = Site::new();
    for key in [
        "hostname",
        "data_dirs",
        "event_types",
        "database.host",
        "database.user",
        "database.database",
        "database.password_file",
        "logdump_exe",
        "limit",
        "database.port",
        "nokey",
    ] {
        for trick in TRICKS {
            // As a string, which any of them can be.
            let setting = format!("{key}={}", quoted(trick));
            let once = ["database.retry_for_s=0", "database.connect_timeout_s=1"];
            let output = site.run("ingest", &[&once[..], &[&setting]].concat());
            assert_harmless(&output);
            assert!([0, 1, 2, 3].contains(&output.code), "{setting:?}: {}", output.code);
            assert_harmless(&site.run("setup", &["--dump-config", &setting]));
            let config = site.config().to_str().expect("UTF-8");
            for planned in [&["provision", "--no-sudo"][..], &["reset", "--level", "1"]] {
                let arguments = [planned, &["--dry-run", "-c", config, &setting]].concat();
                assert_harmless(&Program::new(&arguments).run());
            }
        }
    }
}

#[test]
fn with_a_nul_are_refused_where_they_are_read() {
    let site = Site::new();
    for key in [
        "hostname",
        "data_dirs",
        "event_types",
        "database.host",
        "database.user",
        "database.database",
        "database.password_file",
    ] {
        let value = if key == "data_dirs" { r#"["/a\u0000b"]"# } else { r#""a\u0000b""# };
        let output = site.run("inventory", &[&format!("{key}={value}")]).expect_code(2);
        assert!(output.stderr.contains(&format!("{key} = ")), "{}", output.stderr);
    }
}

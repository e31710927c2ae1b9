//! `xtelemdb status`: what it finds, for whom, by which way through the tables, and how it is shown.

mod support;

use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Duration;
use support::postgres::Postgres;
use support::program::{Program, signal};
use support::site::{HOST, Site};
use support::until;

fn status(site: &Site) -> Value {
    site.run("status", &[]).expect_code(0).json()
}

fn line(unix_s: f64, number: u32) -> String {
    let (second, fraction) = (unix_s.floor() as i64, unix_s.fract());
    let time = xtelemdb::record::Time { seconds: second, nanoseconds: (fraction * 1e9) as u32 };
    let mut text = Vec::new();
    xtelemdb::decode::time::write(time, &mut text);
    let ts = String::from_utf8(text).unwrap();
    format!("{{\"ts\":\"{ts}\",\"prio\":\"TELM\",\"ec\":\"e\",\"msg\":{{\"n\":{number}}}}}\n")
}

/// Lines every `gap_s`, the last one `age_s` ago.
fn lines(count: u32, gap_s: f64, age_s: f64) -> String {
    let now_s = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs_f64();
    (0..count).map(|n| line(now_s - age_s - f64::from(count - 1 - n) * gap_s, n)).collect()
}

fn device<'a>(status: &'a Value, name: &str) -> &'a Value {
    let devices = status["hosts"][0]["devices"].as_array().unwrap();
    devices.iter().find(|device| device["device"] == name).unwrap_or_else(|| panic!("{name} in {status}"))
}

#[test]
fn an_empty_database_says_what_to_do() {
    let site = Site::new();
    let found = status(&site);
    assert_eq!(
        (&found["command"], &found["exit"], &found["hosts"]),
        (&json!("status"), &json!(0), &json!([]))
    );
    let config = site.config().to_str().unwrap();
    let page = Program::new(&["status", "-c", config]).run().expect_code(0);
    assert!(page.stdout.contains("run `xtelemdb inventory` and `xtelemdb ingest`"), "{}", page.stdout);
    assert_eq!(page.stderr, "");
    let bare = Site::bare();
    let page = bare.run("status", &[]).expect_code(1);
    assert!(page.stderr.contains("run `xtelemdb setup` first"), "{}", page.stderr);
}

#[test]
fn devices_files_and_rejects_are_counted() {
    let site = Site::new();
    site.write("telem/steady_2024-04-22T190643.ndjson", lines(4000, 0.5, 0.0));
    site.write("telem/quiet_2024-04-22T190643.ndjson", lines(20, 1.0, 300.0));
    site.write("telem/slow_2024-04-22T190643.ndjson", lines(20, 600.0, 300.0));
    site.write("telem/old_2024-04-22T190643.ndjson", lines(20, 1.0, 200_000.0));
    let bad = format!("{}nonsense\n{}unfinished", lines(1, 1.0, 2.0), lines(1, 1.0, 1.0));
    site.write("telem/bad_2024-04-22T190643.ndjson", bad);
    site.load(3);
    let grown = site.write("telem/slow_2024-04-23T190643.ndjson", lines(3, 1.0, 300.0));
    let gone = site.write("telem/gone_2024-04-23T190643.ndjson", "12345");
    site.inventory();
    std::fs::remove_file(gone).unwrap();

    let found = status(&site);
    let host = &found["hosts"][0];
    assert_eq!((&host["host"], &host["files"], &host["files_behind"]), (&json!(HOST), &json!(7), &json!(2)));
    assert_eq!(host["follow"], json!({"state": "none"}));
    assert_eq!(host["rejected_by_reason"], json!([["not_json", 1]]));
    assert_eq!(host["files_failed"].as_array().unwrap().len(), 1);
    assert_eq!(host["files_failed"][0]["reason"], "is gone from disk and was not loaded in full");

    let steady = device(&found, "steady");
    assert_eq!((&steady["state"], &steady["records_loaded"]), (&json!("writing"), &json!(4000)));
    assert!((steady["usual_gap_s"].as_f64().unwrap() - 0.5).abs() < 0.001);
    assert_eq!(
        (&device(&found, "quiet")["state"], &device(&found, "old")["state"]),
        (&json!("silent"), &json!("off"))
    );
    assert_eq!(device(&found, "quiet")["rows_last_hour"], 20);
    assert_eq!(device(&found, "old")["rows_last_day"], 0);
    let slow = device(&found, "slow");
    assert_eq!(
        (&slow["state"], &slow["files"], &slow["files_behind"]),
        (&json!("writing"), &json!(2), &json!(1))
    );
    assert_eq!(slow["bytes_behind"], std::fs::metadata(grown).unwrap().len());
    let bad = device(&found, "bad");
    assert_eq!((&bad["records_rejected"], &bad["bytes_unfinished"]), (&json!(1), &json!(10)));
    assert_eq!((&bad["bytes_behind"], &bad["rows_last_minute"]), (&json!(0), &json!(2)));
    let gone = device(&found, "gone");
    assert_eq!(
        (&gone["state"], &gone["newest_record"], &gone["bytes_behind"]),
        (&json!("behind"), &Value::Null, &json!(5))
    );

    let page = Program::new(&["status", "-c", site.config().to_str().unwrap()]).run().expect_code(0).stdout;
    assert!(
        page.contains("\n! quiet ") && page.contains("\n> gone ") && page.contains("\n  steady "),
        "{page}"
    );
    assert!(!page.contains('\x1b'), "{page}");
}

#[test]
fn what_was_packed_or_holds_nothing_is_not_behind() {
    let site = Site::new();
    let plain = site.write("telem/packed_2024-04-22T190643.ndjson", lines(3, 1.0, 300.0));
    let empty = site.write("telem/empty_2024-04-22T190643.ndjson", "");
    site.inventory();
    assert_eq!(status(&site)["hosts"][0]["files_behind"], 1);
    let packed = std::process::Command::new("gzip").arg(&plain).status().expect("gzip");
    assert!(packed.success() && !plain.exists());
    std::fs::remove_file(empty).unwrap();
    site.load(0);
    let host = &status(&site)["hosts"][0];
    assert_eq!(
        (&host["files"], &host["files_behind"], &host["files_failed"]),
        (&json!(3), &json!(0), &json!([]))
    );
    // And follow says the same.
    assert_eq!(xtelemdb::db::live::behind(&mut site.database.client(), HOST).unwrap(), (0, 0));
}

/// Rows of many devices and times, without files.
fn fill(site: &Site) {
    let fill = "INSERT INTO public.telem (ts, device, msg, prio, ec, ts_ns, digest)
                SELECT now() - n * interval '0.1 s', 'device' || d, '{}', 'TELM', 'e', 0, n
                FROM generate_series(1, 20000) AS n, generate_series(1, 4) AS d";
    site.database.client().batch_execute(fill).unwrap();
}

#[test]
fn telem_is_never_read_whole_and_large_counts_are_near() {
    // Autovacuum reads the table too, when it summarises ranges of its pages.
    let server = Postgres::own_with("autovacuum = off\n", "local all all trust\n");
    let site = Site::on(&server);
    let counted = |what: &str| {
        site.number(&format!("SELECT {what} FROM pg_stat_user_tables WHERE relid = 'public.telem'::regclass"))
    };
    // A session tells what it did at its end, and the server counts it later still: setup reads the table for its indexes.
    let others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    until("the session of setup has ended", Duration::from_secs(60), || site.number(others) == 0);
    fill(&site);
    until("the server has counted the rows", Duration::from_secs(60), || counted("n_tup_ins") == 80_000);
    let (sequential, indexed) = (counted("seq_scan"), counted("idx_scan"));
    let found = status(&site);
    until("the server has counted its scans", Duration::from_secs(60), || counted("idx_scan") > indexed);
    assert_eq!(counted("seq_scan"), sequential);

    let devices = found["devices_without_files"].as_array().unwrap();
    assert_eq!(devices.len(), 4);
    for device in devices {
        assert_eq!(device["estimated"], json!(["rows_last_hour", "rows_last_day"]));
        for name in ["rows_last_hour", "rows_last_day"] {
            let rows = device[name].as_i64().unwrap();
            assert!((18_000..22_000).contains(&rows), "{name}: {rows}");
        }
        let minute = device["rows_last_minute"].as_i64().unwrap();
        assert!((1..=600).contains(&minute), "{minute}");
    }
}

#[test]
fn a_role_that_may_only_read_is_enough() {
    let server = Postgres::own();
    server.client().batch_execute("CREATE ROLE xsup LOGIN").unwrap();
    let site = Site::on(&server);
    fill(&site);
    let found = site.run("status", &["database.user=xsup"]).expect_code(0).json();
    assert_eq!(found["devices_without_files"].as_array().unwrap().len(), 4);
}

#[test]
fn the_follows_of_hosts_are_told_apart() {
    let site = Site::new();
    let beat = |host: &str, age: &str, ended: &str| {
        let insert = format!(
            "INSERT INTO xtelemdb.heartbeats (hostname, name, process_id, started, beat, files_behind, bytes_behind,
                                              records_since_start, errors, last_error, ended)
             VALUES ('{host}', 'dbIngest', 42, now() - interval '1 day', now() - interval '{age}', 2, 300, 4000, 1,
                     'no {host}', {ended})"
        );
        site.database.client().batch_execute(&insert).unwrap();
    };
    beat("a", "1 s", "NULL");
    beat("b", "10 min", "NULL");
    beat("c", "10 min", "now() - interval '10 min'");
    let found = status(&site);
    let state = |index: usize| found["hosts"][index]["follow"]["state"].clone();
    assert_eq!([state(0), state(1), state(2)], [json!("alive"), json!("dead"), json!("ended")]);
    assert_eq!(found["hosts"][0]["follow"]["last_error"], "no a");
    let page = Program::new(&["status", "-c", site.config().to_str().unwrap()]).run().expect_code(0).stdout;
    assert!(page.contains("\na           followed by dbIngest (process 42) since "), "{page}");
    assert!(page.contains("\n  behind    300 B in 2 files\n"), "{page}");

    // A database that was set up before there were follows.
    site.database.client().batch_execute("DROP TABLE xtelemdb.heartbeats").unwrap();
    assert_eq!(status(&site)["hosts"], json!([]));
}

#[test]
fn watch_goes_on_until_it_is_interrupted_and_survives_the_database() {
    let server = Postgres::own();
    let site = Site::on(&server);
    let mut command = site.program("status", &["--watch"]).into_command();
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut next = || serde_json::from_str::<Value>(&lines.next().unwrap().unwrap()).unwrap();
    assert_eq!(next()["devices_without_files"], json!([]));
    server.stop_immediate();
    let mut said = BufReader::new(child.stderr.take().unwrap()).lines();
    assert!(said.next().unwrap().unwrap().contains("WARN"));
    server.start_again();
    fill(&site);
    while next()["devices_without_files"] == json!([]) {}
    signal(child.id(), "INT");
    let _ = lines.count();
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

/// Ends the command however the test ends; what runs on its terminal ends with it.
struct OnTerminal(std::process::Child);

impl Drop for OnTerminal {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn on_a_terminal_it_is_coloured_and_drawn_again_in_place() {
    let site = Site::new();
    fill(&site);
    let config = site.config().to_str().unwrap();
    // script runs a command on a terminal of its own, which does not say how large it is.
    let command = format!("{} status --watch -c {config}", env!("CARGO_BIN_EXE_xtelemdb"));
    let mut script = std::process::Command::new("script");
    script.args(["-q", "-e", "-c", &command, "/dev/null"]).env_remove("NO_COLOR");
    script.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = OnTerminal(script.spawn().expect("script is needed, of util-linux"));
    let mut output = BufReader::new(child.0.stdout.take().unwrap());
    for _ in 0..2 {
        let mut drawn = Vec::new();
        // From the upper left corner to what is below the last line.
        while !drawn.ends_with(b"\x1b[J") {
            assert!(output.read_until(b'J', &mut drawn).unwrap() > 0, "{}", String::from_utf8_lossy(&drawn));
        }
        let drawn = String::from_utf8(drawn).unwrap();
        assert!(drawn.starts_with("\x1b[H\x1b[1mtest") && drawn.contains(" device4 "), "{drawn}");
    }
}

//! `ingest` stops: by Ctrl-C and SIGTERM, whatever it waits for, and by what can't be mended. It never hangs.

#![allow(clippy::print_stdout, reason = "shown when a test fails")]

mod support;

use std::io::Read;
use std::os::unix::net::UnixListener;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};
use support::make::lines;
use support::night::Night;
use support::postgres::Postgres;
use support::program::{Output, Running};
use support::proxy::{Deed, Proxy, Sent};
use support::site::Site;
use support::until;

const BOUND: Duration = Duration::from_secs(120);

/// The program promises a second; more only guards against hanging on a busy machine.
const STOP_BOUND: Duration = Duration::from_secs(10);

const ROWS: &str = "SELECT count(*) FROM telem";

#[track_caller]
fn until_some_rows(site: &Site) {
    until("some rows are committed", BOUND, || site.number(ROWS) > 0);
}

/// Sends the signal and waits for code 130.
#[track_caller]
fn stop(running: Running, signal: &str) -> Output {
    let since = Instant::now();
    running.signal(signal);
    let output = running.wait_within(STOP_BOUND).expect_code(130);
    println!("SIG{signal}: ended after {} ms", since.elapsed().as_millis());
    output
}

#[test]
fn signals_stop_a_load_that_can_go_on_later() {
    let site = Site::new();
    // Several transactions after the one that is waited for, however busy the machine is.
    let night = Night::LONGER.write(&site);
    let mut rows = 0;
    for signal in ["INT", "TERM"] {
        let running = site.program("ingest", &["parallel_jobs=1"]).start();
        until("more rows are committed", BOUND, || site.number(ROWS) > rows);
        let output = stop(running, signal);
        assert!(output.stderr.contains("interrupted; what was committed before stands"), "{}", output.stderr);
        let summary = output.json();
        assert_eq!(summary["exit"], 130);
        rows += summary["rows_new"].as_i64().expect("a number");
        // Nothing more arrives once it has ended: its transactions are committed or rolled back.
        until("its connections are gone", BOUND, || connections(&site) == 0);
        assert_eq!(site.number(ROWS), rows, "{summary}");
    }
    assert!(rows < night.rows());
    site.run("ingest", &[]).expect_code(3);
    night.assert_there_once(&site);
}

/// Slow enough that a load has a middle, however busy the machine is: with many lanes, whose transactions are small,
/// there are commits, and many a pause to come.
fn slow() -> Proxy {
    Proxy::start(Postgres::shared().socket(), |sent| match sent {
        Sent::CopyData(_) => Deed::Delay(Duration::from_millis(10)),
        _ => Deed::Pass,
    })
}

fn connections(site: &Site) -> i64 {
    site.number(
        "SELECT count(*) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'xtelemdb'",
    )
}

#[test]
fn signals_stop_it_while_the_server_does_not_answer() {
    let site = Site::new();
    let night = Night::LONG.write(&site);
    for signal in ["INT", "TERM"] {
        let (_let_go, held) = mpsc::channel();
        let held = Arc::new(Mutex::new(held));
        let proxy = Proxy::start(Postgres::shared().socket(), move |sent| match sent {
            Sent::CopyData(before) if before > 5 << 20 => Deed::Swallow(held.clone()),
            _ => Deed::Pass,
        });
        let running = site.program("ingest", &[&proxy.host()]).start();
        until("the server is silent", BOUND, || proxy.copied_bytes() > 5 << 20);
        // Its threads wait in vain, so nobody can count; that it was stopped is said all the same.
        assert_eq!(stop(running, signal).json()["exit"], 130);
        drop(proxy);
    }
    site.run("ingest", &[]).expect_code_of(&[0, 3]);
    night.assert_there_once(&site);
}

#[test]
fn a_signal_stops_it_while_it_tries_to_connect() {
    let site = Site::new();
    let listener = UnixListener::bind(site.folder.join(".s.PGSQL.5432")).expect("a socket");
    let host = format!("database.host={}", site.folder.path().display());
    for command in ["ingest", "inventory", "setup"] {
        let running = site.program(command, &[&host]).start();
        let (mut client, _) = listener.accept().expect("the program connects");
        client.read_exact(&mut [0; 8]).expect("its greeting");
        stop(running, "INT");
    }
}

#[test]
fn a_signal_stops_it_while_it_waits_for_the_server_to_come_back() {
    let server = Postgres::own();
    let site = Site::on(&server);
    let night = Night::LONG.write(&site);
    let long = ["database.retry_pause_s=100", "database.retry_pause_max_s=100"];
    let running = site.program("ingest", &long).start();
    until_some_rows(&site);
    server.stop_immediate();
    running.until_said("lost the database", 1);
    stop(running, "INT");
    server.start_again();
    site.run("ingest", &[]).expect_code(3);
    night.assert_there_once(&site);
}

/// A connection that can be made and breaks at the same place each time.
#[test]
fn it_gives_up_on_what_fails_again_and_again() {
    let site = Site::new();
    let night = Night::LONG.write(&site);
    let proxy = Proxy::start(Postgres::shared().socket(), |sent| match sent {
        Sent::CopyData(_) => Deed::CutWithin,
        _ => Deed::Pass,
    });
    let output =
        site.program("ingest", &[&proxy.host(), "database.retry_for_s=0.5"]).start().wait().expect_code(1);
    assert!(output.stderr.contains("failed again and again (database.retry_for_s)"), "{}", output.stderr);
    assert_eq!(site.number(ROWS), 0);
    site.run("ingest", &[]).expect_code(3);
    night.assert_there_once(&site);
}

/// A limit on the queries of people would cut a transaction that is then done again, and cut again.
#[test]
fn limits_on_the_queries_of_people_do_not_hold() {
    let site = Site::new();
    site.write("dev_2024-04-16T000000.ndjson", "{\"ts\":\"2024-04-16T00:00:00\",\"ec\":\"x\",\"msg\":1}\n");
    site.run("inventory", &[]).expect_code(0);
    let mut client = site.database.client();
    let slow = "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
             'BEGIN PERFORM pg_catalog.pg_sleep(0.6); RETURN NULL; END';
         CREATE TRIGGER slow BEFORE INSERT ON telem EXECUTE FUNCTION slow();";
    client.batch_execute(slow).expect("a slow table");
    // The last one came with PostgreSQL 17.
    let limits = "SELECT name FROM pg_settings WHERE name IN ('statement_timeout', 'transaction_timeout')";
    for limit in site.texts(limits) {
        let set = format!("ALTER DATABASE {} SET {limit} = '300ms'", site.database.name());
        client.batch_execute(&set).expect("a limit");
    }
    let output = site.run("ingest", &["database.retry_for_s=0"]).expect_code(0);
    assert_eq!(output.json()["rows_new"], 1);
}

#[test]
fn a_missing_right_ends_it() {
    let site = Site::new();
    let night = Night::LONG.write(&site);
    let role = format!("weak_{}", site.database.name());
    site.database
        .client()
        .batch_execute(&format!(
            "CREATE ROLE {role} LOGIN;
             GRANT USAGE ON SCHEMA xtelemdb TO {role};
             GRANT SELECT ON ALL TABLES IN SCHEMA public, xtelemdb TO {role};
             GRANT INSERT, UPDATE ON xtelemdb.ledger, xtelemdb.rejects TO {role};"
        ))
        .expect("a role");
    let output = site.program("ingest", &[&format!("database.user={role}")]).start().wait().expect_code(1);
    assert!(output.stderr.contains("permission denied for table"), "{}", output.stderr);
    assert!(output.stderr.contains("the role lacks a right"), "{}", output.stderr);
    assert_eq!(site.number(ROWS), 0);
    site.run("ingest", &[]).expect_code(3);
    night.assert_there_once(&site);
}

/// The handbook's levels 1 and 2, typed while it loads.
#[test]
fn the_table_is_dropped_or_emptied_under_it() {
    for (statement, is_emptied) in [("DROP TABLE telem CASCADE", false), ("TRUNCATE telem CASCADE", true)] {
        let site = Site::new();
        let night = Night::LONG.write(&site);
        let proxy = slow();
        let running = site.program("ingest", &["parallel_jobs=16", &proxy.host()]).start();
        until_some_rows(&site);
        site.database.client().batch_execute(statement).expect(statement);
        let output = running.wait();
        if is_emptied {
            // What it was in the middle of is left to the next run.
            let output = output.expect_code(3);
            assert!(output.json()["files_failed"]["overtaken"].as_i64() > Some(0), "{}", output.stderr);
        } else {
            let output = output.expect_code(1);
            assert!(output.stderr.contains("run `xtelemdb setup` first"), "{}", output.stderr);
            site.run("setup", &[]).expect_code(0);
        }
        site.run("ingest", &[]).expect_code(3);
        night.assert_there_once(&site);
    }
}

/// A file that is no file any more would be waited for for ever.
#[test]
fn a_pipe_in_place_of_a_file_is_named() {
    let site = Site::new();
    let line = "{\"ts\":\"2024-04-16T00:00:00\",\"ec\":\"x\",\"msg\":1}\n";
    let path = site.write("a_2024-04-16T000000.ndjson", line);
    site.write("b_2024-04-16T000000.ndjson", line);
    site.run("inventory", &[]).expect_code(0);
    std::fs::remove_file(&path).expect("removed");
    let made = std::process::Command::new("mkfifo").arg(&path).status().expect("mkfifo");
    assert!(made.success());
    let output = site.program("ingest", &[]).start().wait_within(BOUND).expect_code(3);
    assert_eq!(output.json()["files_failed"]["unreadable"], 1);
    assert!(output.stderr.contains("is no regular file"), "{}", output.stderr);
    assert_eq!(site.number(ROWS), 1);
}

/// It stands, and nobody is left who could ask.
#[test]
fn a_commit_without_an_answer_is_in_the_summary_when_it_is_stopped() {
    let site = Site::new();
    site.write("a_2024-04-16T000000.ndjson", lines(0..5) + "no record\n");
    site.run("inventory", &[]).expect_code(0);
    // COMMIT 1 is that of the search for records to recover.
    let proxy = Proxy::start(Postgres::shared().socket(), |sent| match sent {
        Sent::Commit(2) => Deed::LoseAnswer,
        _ => Deed::Pass,
    });
    let long = ["database.retry_pause_s=100", "database.retry_pause_max_s=100"];
    let running = site.program("ingest", &[&[&*proxy.host()], &long[..]].concat()).start();
    until("the rows are committed", BOUND, || site.number(ROWS) == 5);
    let output = stop(running, "INT");
    let summary = output.json();
    assert_eq!((&summary["records_unsure"], &summary["rows_new"]), (&6.into(), &0.into()), "{summary}");
    assert!(output.stderr.contains("has committed 6 more records"), "{}", output.stderr);
    let again = site.run("ingest", &[]).expect_code(0).json();
    assert_eq!((&again["records_unsure"], &again["rows_new"]), (&0.into(), &0.into()), "{again}");
}

/// The lane that waits for its connection would do so for a hundred seconds.
#[test]
fn a_lane_that_fails_ends_the_waiting_of_the_others() {
    let site = Site::new();
    Night::LONG.write(&site);
    let is_cut = Arc::new(AtomicBool::new(false));
    let was_cut = is_cut.clone();
    let proxy = Proxy::start(Postgres::shared().socket(), move |sent| match sent {
        Sent::CopyData(_) if !is_cut.swap(true, Ordering::SeqCst) => Deed::Cut,
        _ => Deed::Pass,
    });
    let long = ["parallel_jobs=2", "database.retry_pause_s=100", "database.retry_pause_max_s=100"];
    let running = site.program("ingest", &[&[&*proxy.host()], &long[..]].concat()).start();
    until("a connection is cut", BOUND, || was_cut.load(Ordering::SeqCst));
    site.database.client().batch_execute("DROP TABLE telem CASCADE").expect("dropped");
    let output = running.wait_within(Duration::from_secs(60)).expect_code(1);
    assert!(output.stderr.contains("run `xtelemdb setup` first"), "{}", output.stderr);
}

/// A file that the inventory loses in the middle of a transaction takes no other along.
#[test]
fn a_file_that_the_inventory_loses_leaves_the_others_alone() {
    let site = Site::new();
    for device in ["a", "b", "c"] {
        site.write(format!("{device}_2024-04-16T000000.ndjson"), lines(0..5));
    }
    site.run("inventory", &[]).expect_code(0);
    let mut client = site.database.client();
    let mut transaction = client.transaction().expect("a transaction");
    // What enters files in the ledger waits for this lock; what looks them up does not.
    transaction.batch_execute("LOCK TABLE xtelemdb.ledger IN SHARE MODE").expect("locked");
    let running = site.program("ingest", &["parallel_jobs=1"]).start();
    until("it waits for the lock", BOUND, || {
        let waiting = "SELECT count(*) FROM pg_stat_activity
                       WHERE datname = current_database() AND wait_event_type = 'Lock'";
        site.number(waiting) > 0
    });
    transaction.execute("DELETE FROM file_origins WHERE origin_path LIKE '%/b_%'", &[]).expect("deleted");
    transaction.commit().expect("committed");
    let output = running.wait().expect_code(3);
    assert_eq!(output.json()["files_failed"]["overtaken"], 1, "{}", output.stdout);
    assert_eq!(site.texts("SELECT DISTINCT device FROM telem ORDER BY device"), ["a", "c"]);
    site.run("inventory", &[]).expect_code(0);
    site.run("ingest", &[]).expect_code(0);
    assert_eq!(site.number(ROWS), 15);
}

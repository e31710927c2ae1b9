//! `ingest` while it, or the server, dies: nothing is lost, nothing doubled, and the counts are right.

#![allow(clippy::print_stdout, reason = "shown when a test fails")]

mod support;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use support::night::{Night, claims};
use support::postgres::Postgres;
use support::program::Output;
use support::proxy::{Deed, Proxy, Sent};
use support::site::Site;
use support::until;

/// Guards against hanging for ever; far from any real time.
const BOUND: Duration = Duration::from_secs(120);

const ROWS: &str = "SELECT count(*) FROM telem";

/// Waits until more rows are committed than there were.
#[track_caller]
fn until_more_rows(site: &Site, before: i64) -> i64 {
    let mut rows = before;
    until("more rows are committed", BOUND, || {
        rows = site.number(ROWS);
        rows > before
    });
    rows
}

/// Fails unless the summary's numbers fit together and to the table, which was empty before.
#[track_caller]
fn assert_counts(output: &Output, night: &Night) {
    let summary = output.json();
    let number = |key: &str| summary[key].as_i64().unwrap_or_else(|| panic!("{key} in {summary}"));
    assert_eq!(number("rows_new"), night.rows(), "{summary}");
    assert_eq!(number("rows_already_there"), 0, "{summary}");
    assert_eq!(number("records_rejected"), night.rejects(), "{summary}");
    assert_eq!(number("records_read"), night.rows() + night.rejects(), "{summary}");
    assert_eq!(number("files_read"), night.files(), "{summary}");
    assert_eq!(number("files_pending"), night.files(), "{summary}");
}

/// Numbers that look random; the seed is printed when the test fails.
struct Random(u64);

impl Random {
    fn new() -> Self {
        let seed = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_nanos() as u64;
        println!("seed {seed}");
        Self(seed)
    }

    /// From 0 to below `bound`.
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// SIGKILL when so many bytes of rows have gone to the server, or right when a COMMIT passes.
#[test]
fn killed_at_many_points() {
    const KILLS: usize = 12;
    let site = Site::new();
    let night = Night::LONG.write(&site);
    let proxy = Proxy::start(Postgres::shared().socket(), |_| Deed::Pass);
    let mut random = Random::new();
    for kill in 0..KILLS {
        let mut running = site.program("ingest", &[&proxy.host()]).start();
        let (commits, copied) = (proxy.commits(), proxy.copied_bytes());
        // Few bytes hit before the first commit, more bytes later ones.
        let bytes = random.below(8 << 20);
        until("the point is reached", BOUND, || {
            let is_there = if kill % 3 == 0 {
                proxy.commits() > commits + random.below(3)
            } else {
                proxy.copied_bytes() > copied + bytes
            };
            is_there || !running.is_running()
        });
        running.signal("KILL");
        drop(running);
    }
    let output = site.run("ingest", &[]).expect_code_of_rejects();
    night.assert_there_once(&site);
    // The night was not loaded before the last run.
    assert!(output.json()["rows_new"].as_i64() > Some(0), "{}", output.stdout);
    let again = site.run("ingest", &[]).expect_code(0);
    assert_eq!(again.json()["files_unchanged"].as_i64(), Some(night.files()));
}

trait Partly {
    fn expect_code_of_rejects(self) -> Self;
}

impl Partly for Output {
    /// 3 if this run met rejects, else 0.
    #[track_caller]
    fn expect_code_of_rejects(self) -> Self {
        let code = if self.json()["records_rejected"].as_i64() > Some(0) { 3 } else { 0 };
        self.expect_code(code)
    }
}

#[test]
fn the_server_crashes_and_comes_back() {
    let server = Postgres::own();
    let site = Site::on(&server);
    let night = Night::LONG.write(&site);
    let running = site.program("ingest", &[]).start();
    let mut rows = 0;
    for _ in 0..3 {
        rows = until_more_rows(&site, rows);
        server.stop_immediate();
        server.start_again();
    }
    let output = running.wait().expect_code(3);
    assert!(output.stderr.contains("the database is back"), "{}", output.stderr);
    assert_counts(&output, &night);
    night.assert_there_once(&site);
}

#[test]
fn a_server_that_stays_away_is_given_up() {
    let server = Postgres::own();
    let site = Site::on(&server);
    let night = Night::LONG.write(&site);
    let running = site.program("ingest", &["database.retry_for_s=0.5"]).start();
    until_more_rows(&site, 0);
    server.stop_immediate();
    let output = running.wait().expect_code(1);
    assert!(output.stderr.contains("(database.retry_for_s)"), "{}", output.stderr);
    assert_eq!(output.json()["exit"], 1);
    server.start_again();
    let committed = site.number(ROWS);
    assert_eq!(output.json()["rows_new"].as_i64(), Some(committed));
    let output = site.run("ingest", &[]).expect_code(3);
    assert_eq!(output.json()["rows_new"].as_i64(), Some(night.rows() - committed));
    night.assert_there_once(&site);
}

#[test]
fn all_connections_are_terminated_again_and_again() {
    let site = Site::new();
    let night = Night::LONG.write(&site);
    // Many lanes: small transactions, so that there is something to lose in every round.
    let mut running = site.program("ingest", &["parallel_jobs=8"]).start();
    let (mut rows, mut rounds) = (0, 0);
    while rounds < 5 && running.is_running() {
        until("more rows are committed, or it has ended", BOUND, || {
            let rows_before = rows;
            rows = site.number(ROWS);
            rows > rows_before || !running.is_running()
        });
        // Those of the round before may not be back yet.
        until("somebody is connected, or it has ended", BOUND, || {
            let ended = site.number(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                 WHERE datname = current_database() AND application_name = 'xtelemdb'",
            );
            rounds += u32::from(ended > 0);
            ended > 0 || !running.is_running()
        });
    }
    assert!(rounds >= 2, "it was too quick: {rounds} rounds");
    let output = running.wait().expect_code(3);
    assert_counts(&output, &night);
    night.assert_there_once(&site);
}

/// Answers to COMMIT that get lost, COMMITs that get lost, connections that break within rows.
#[test]
fn broken_connections_leave_the_counts_right() {
    let site = Site::new();
    let night = Night::LONG.write(&site);
    let next_cut = AtomicU64::new(1 << 20);
    let lost = Arc::new(AtomicU64::new(0));
    let lost_too = lost.clone();
    let proxy = Proxy::start(Postgres::shared().socket(), move |sent| match sent {
        Sent::Commit(number) if number % 3 == 1 => {
            lost_too.fetch_add(1, Ordering::SeqCst);
            Deed::LoseAnswer
        }
        Sent::Commit(number) if number % 5 == 0 => Deed::Cut,
        Sent::CopyData(before) if before > next_cut.load(Ordering::SeqCst) => {
            next_cut.fetch_add(9 << 20, Ordering::SeqCst);
            Deed::CutWithin
        }
        _ => Deed::Pass,
    });
    let output = site.program("ingest", &[&proxy.host()]).start().wait().expect_code(3);
    assert!(lost.load(Ordering::SeqCst) >= 3, "{} answers lost", lost.load(Ordering::SeqCst));
    assert_counts(&output, &night);
    night.assert_there_once(&site);
}

/// The server has not noticed that the connection broke, and may be about to commit.
#[test]
fn a_transaction_that_does_not_end_is_waited_for_no_longer_than_for_a_server() {
    let site = Site::new();
    let line = r#"{"ts":"2024-04-16T00:00:00","ec":"x","msg":{"n":0}}"#;
    site.write("dev_2024-04-16T000000.ndjson", format!("{line}\n"));
    site.run("inventory", &[]).expect_code(0);
    let (let_go, held) = mpsc::channel::<()>();
    let held = Arc::new(Mutex::new(held));
    let proxy = Proxy::start(Postgres::shared().socket(), move |sent| match sent {
        Sent::Commit(2) => Deed::Strand(held.clone()),
        _ => Deed::Pass,
    });
    let output = site.run("ingest", &[&proxy.host(), "database.retry_for_s=0.5"]).expect_code(1);
    assert_eq!(output.json()["records_unsure"], 1);
    drop(let_go);
    assert_eq!(site.number(ROWS), 0);
    site.run("ingest", &[]).expect_code(0);
    assert_eq!(site.number(ROWS), 1);
}

/// A server that crashes before anything of a transaction is on disk knows nothing of its number afterwards.
#[test]
fn a_transaction_that_the_server_has_never_heard_of() {
    crash_before_anything_is_on_disk(|_| {});
}

/// ... or gives the number to another one.
#[test]
fn a_transaction_whose_number_was_given_to_another() {
    crash_before_anything_is_on_disk(|site| {
        let mut client = site.database.client();
        for _ in 0..100 {
            client.execute("SELECT pg_current_xact_id()", &[]).expect("a transaction");
        }
    });
}

#[track_caller]
fn crash_before_anything_is_on_disk(meanwhile: impl Fn(&Site)) {
    // Nothing is written to the log in the background.
    let server = Postgres::own_with("wal_writer_delay = 10s\nautovacuum = off\n", "local all all trust\n");
    let site = Site::on(&server);
    let line = r#"{"ts":"2024-04-16T00:00:00","ec":"x","msg":{"n":0}}"#;
    site.write("dev_2024-04-16T000000.ndjson", format!("{line}\n"));
    site.run("inventory", &[]).expect_code(0);
    let (let_go, held) = mpsc::channel();
    let held = Arc::new(Mutex::new(held));
    // COMMIT 1 is that of the search for records to recover.
    let proxy = Proxy::start(server.socket(), move |sent| match sent {
        Sent::Commit(2) => Deed::Swallow(held.clone()),
        _ => Deed::Pass,
    });
    let running = site.program("ingest", &[&proxy.host()]).start();
    until("the COMMIT is sent", BOUND, || proxy.commits() >= 2);
    server.stop_immediate();
    server.start_again();
    meanwhile(&site);
    drop(let_go);
    let output = running.wait().expect_code(0);
    assert_eq!(output.json()["rows_new"], 1);
    assert_eq!(site.number(ROWS), 1);
    assert_eq!(claims(&site), 0);
}

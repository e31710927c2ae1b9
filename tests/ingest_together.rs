//! Several ingests at once: they share the work, and none waits for one that hangs.

mod support;

use std::time::Duration;
use support::night::Night;
use support::postgres::Postgres;
use support::program::Output;
use support::proxy::{Deed, Proxy, Sent};
use support::site::{HOST, Site};
use support::until;

const BOUND: Duration = Duration::from_secs(120);

fn number(output: &Output, key: &str) -> i64 {
    let summary = output.json();
    summary[key].as_i64().unwrap_or_else(|| panic!("{key} in {summary}"))
}

/// 0, or 3 for the rejects that are in the files.
#[track_caller]
fn assert_fine(output: &Output) {
    assert!(matches!(output.code, 0 | 3), "exit code {}\n{}", output.code, output.stderr);
    assert_eq!(output.json()["files_failed"], serde_json::json!({}), "{}", output.stderr);
}

#[test]
fn two_ingests_of_a_host_share_the_work() {
    let site = Site::new();
    let night = Night::LONG.write(&site);
    let both = [(); 2].map(|()| site.program("ingest", &["parallel_jobs=1"]).start());
    let outputs = both.map(|running| running.wait());
    outputs.iter().for_each(assert_fine);
    let sum = |key| outputs.iter().map(|output| number(output, key)).sum::<i64>();
    assert_eq!(sum("rows_new"), night.rows());
    assert_eq!(sum("rows_already_there"), 0);
    assert_eq!(sum("records_rejected"), night.rejects());
    // No file is read by both.
    assert_eq!(sum("files_read"), night.files());
    night.assert_there_once(&site);
}

/// One of them is far behind: what the other has done since it looked is no work any more.
#[test]
fn what_another_ingest_has_done_meanwhile_is_not_read_again() {
    let site = Site::new();
    let night = Night::LONG.write(&site);
    let (let_go, held) = std::sync::mpsc::channel();
    let held = std::sync::Arc::new(std::sync::Mutex::new(held));
    // The first data of a COPY stops one lane; the only one.
    let proxy = Proxy::start(Postgres::shared().socket(), move |sent| match sent {
        Sent::CopyData(0) => Deed::Swallow(held.clone()),
        _ => Deed::Pass,
    });
    let slow = site.program("ingest", &[&proxy.host(), "parallel_jobs=1"]).start();
    until("the first one has begun", BOUND, || proxy.copied_bytes() > 0);
    let fast = site.run("ingest", &[]);
    assert_fine(&fast);
    let elsewhere = number(&fast, "files_elsewhere");
    assert!(elsewhere > 0 && elsewhere < night.files(), "{}", fast.stdout);
    drop(let_go);
    let slow = slow.wait();
    assert_fine(&slow);
    assert_eq!(number(&slow, "files_read"), elsewhere, "{}", slow.stdout);
    assert_eq!(number(&slow, "files_read") + number(&fast, "files_read"), night.files());
    night.assert_there_once(&site);
}

#[test]
fn two_hosts_with_the_same_content() {
    let site = Site::new();
    let night = Night::LONG.write(&site);
    site.run("inventory", &["hostname=other"]).expect_code(0);
    let both = [HOST, "other"].map(|host| site.program("ingest", &[&format!("hostname={host}")]).start());
    let outputs = both.map(|running| running.wait());
    outputs.iter().for_each(assert_fine);
    let sum = |key| outputs.iter().map(|output| number(output, key)).sum::<i64>();
    assert_eq!(sum("rows_new"), night.rows());
    assert_eq!(sum("rows_already_there"), night.rows());
    assert_eq!(sum("records_rejected"), 2 * night.rejects());
    night.assert_there_once_of(&site, HOST);
    night.assert_there_once_of(&site, "other");
}

#[test]
fn one_that_hangs_keeps_its_files_until_it_is_gone() {
    let site = Site::new();
    let night = Night::LONG.write(&site);
    let hanging = site.program("ingest", &["parallel_jobs=1"]).start();
    until("some rows are committed", BOUND, || site.number("SELECT count(*) FROM telem") > 0);
    hanging.signal("STOP");
    let other = site.run("ingest", &[]);
    assert_fine(&other);
    let elsewhere = number(&other, "files_elsewhere");
    assert!(elsewhere > 0, "{}", other.stdout);
    assert!(other.stderr.contains("left to another ingest that is at it"), "{}", other.stderr);
    hanging.signal("KILL");
    assert_eq!(hanging.wait().code, -9);
    // The server notices at once: the connection is closed.
    until("its connections are gone", BOUND, || {
        site.number(
            "SELECT count(*) FROM pg_stat_activity
             WHERE datname = current_database() AND application_name = 'xtelemdb'",
        ) == 0
    });
    let last = site.run("ingest", &[]);
    assert_fine(&last);
    assert_eq!(number(&last, "files_elsewhere"), 0);
    assert!(number(&last, "files_read") > 0);
    night.assert_there_once(&site);
}

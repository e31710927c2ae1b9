//! `follow`: what is written is there a moment later, once, whatever happens to files, folders, the database and the
//! process. One file a group of behaviours.

#[path = "../support/mod.rs"]
mod support;

mod again;
mod database;
mod files;
mod indi;
mod process;
mod random;
mod watching;

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::time::Duration;
use support::program::Running;
use support::site::Site;
use support::until;

/// Far from any real time.
const BOUND: Duration = Duration::from_secs(60);

/// Starts it and waits until it follows.
#[track_caller]
fn follow(site: &Site, more: &[&str]) -> Running {
    let running = site.program("follow", more).start();
    until("it follows", BOUND, || {
        beats(site, &format!("ended IS NULL AND process_id = {}", running.pid())) == 1
    });
    running
}

/// Heartbeats that fulfil a condition.
fn beats(site: &Site, condition: &str) -> i64 {
    site.number(&format!("SELECT count(*) FROM xtelemdb.heartbeats WHERE {condition}"))
}

/// Waits for so many rows, and fails if there are more.
#[track_caller]
fn until_rows(site: &Site, rows: i64) {
    until(&format!("{rows} rows"), BOUND, || site.number("SELECT count(*) FROM telem") >= rows);
    assert_eq!(site.number("SELECT count(*) FROM telem"), rows);
}

/// Writes to the end of a file as a device does.
fn append(path: &Path, content: impl AsRef<[u8]>) {
    let mut file = OpenOptions::new().append(true).create(true).open(path).expect("a file");
    file.write_all(content.as_ref()).expect("written");
}

/// Ends it as the system would, and expects that it says so; what it has said.
#[track_caller]
fn end(site: &Site, running: Running) -> String {
    running.signal("TERM");
    let output = running.wait().expect_code(0);
    assert_eq!(beats(site, "ended IS NOT NULL"), 1, "{}", output.stderr);
    output.stderr
}

/// Nothing is left for `ingest`: follow has left the ledger as it would.
#[track_caller]
fn assert_nothing_left(site: &Site) {
    site.inventory();
    let report = site.ingest(0);
    assert_eq!(report.count("files_pending"), 0, "{}", report.summary);
}

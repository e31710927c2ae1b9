//! The database: not there at the start, gone for a while, refusing. The files are the buffer.

use super::{BOUND, append, assert_nothing_left, beats, end, follow, until_rows};
use crate::support::make::{gzip, lines};
use crate::support::postgres::Postgres;
use crate::support::site::Site;
use crate::support::until;
use std::fs;
use std::time::Duration;

const BACK: &str = "the database is back";
const REFUSED: &str = "permission denied for table telem";

#[test]
fn a_database_that_is_not_there_at_the_start_is_waited_for() {
    let server = Postgres::own();
    let site = Site::on(&server);
    let path = site.write("dev_2024-04-16T000000.ndjson", lines(0..3));
    server.stop_fast();
    let running = site.program("follow", &["-v"]).start();
    for number in 3..10 {
        append(&path, lines(number..number + 1));
        running.until_said("still no database", number as usize - 2);
    }
    server.start_again();
    until_rows(&site, 10);
    running.until_said(BACK, 1);
    let said = end(&site, running);
    assert_eq!(said.matches("Waiting for it").count(), 1, "{said}");
    assert_eq!(said.matches(BACK).count(), 1, "{said}");
    assert_nothing_left(&site);
}

#[test]
fn a_database_that_goes_away_is_waited_for_and_caught_up_with() {
    let server = Postgres::own();
    let site = Site::on(&server);
    let path = site.write("dev_2024-04-16T000000.ndjson", lines(0..3));
    let running = follow(&site, &["-v"]);
    until_rows(&site, 3);
    let (mut rows, mut attempts) = (3, 0);
    for stop in [Postgres::stop_fast, Postgres::stop_immediate] {
        stop(&server);
        append(&path, lines(rows..rows + 50));
        let name = format!("new/other_2024-04-16T0000{:02}.ndjson", rows / 100);
        site.write(name, lines(rows..rows + 1));
        attempts += 2;
        running.until_said("still no database", attempts);
        append(&path, lines(rows + 50..rows + 100));
        server.start_again();
        rows += 100;
        until_rows(&site, i64::from(rows) + i64::from(rows - 3) / 100);
        // Of all connections: the end does not wait for one that is broken.
        running.until_said(BACK, attempts / 2);
    }
    let said = end(&site, running);
    assert_eq!(said.matches("WARN lost the database").count(), 2, "{said}");
    assert_eq!(said.matches(BACK).count(), 2, "{said}");
    assert_nothing_left(&site);
}

#[test]
fn connections_that_broke_are_forgotten() {
    let server = Postgres::own();
    let site = Site::on(&server);
    let path = site.write("dev_2024-04-16T000000.ndjson", lines(0..1));
    let running = follow(&site, &["-v"]);
    until_rows(&site, 1);
    let mut client = server.client();
    for round in 0..5 {
        client
            .execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'xtelemdb'",
                &[],
            )
            .expect("ended");
        append(&path, lines(round + 1..round + 2));
        until_rows(&site, i64::from(round) + 2);
    }
    let said = end(&site, running);
    let most =
        said.lines().filter_map(|line| line.split_once("open connections: ")?.1.parse::<u32>().ok()).max();
    // Two lanes, the registrar, and a look at everything with two.
    assert!(most.is_some_and(|most| most <= 5), "{most:?}: {said}");
}

#[test]
fn a_server_that_never_greets_is_tried_once_at_a_time() {
    let server = Postgres::own();
    let site = Site::on(&server);
    site.write("dev_2024-04-16T000000.ndjson", lines(0..3));
    server.freeze();
    let running = site.program("follow", &["-v", "database.connect_timeout_s=0.1"]).start();
    running.until_said("still no database", 5);
    assert_eq!(running.threads("connect"), 1);
    server.thaw();
    until_rows(&site, 3);
    running.until_said(BACK, 1);
    end(&site, running);
}

#[test]
fn it_ends_at_once_while_the_database_is_away() {
    let server = Postgres::own();
    let site = Site::on(&server);
    let path = site.write("dev_2024-04-16T000000.ndjson", lines(0..3));
    let running = follow(&site, &["database.retry_pause_s=100", "database.retry_pause_max_s=100"]);
    until_rows(&site, 3);
    server.stop_immediate();
    append(&path, lines(3..4));
    running.signal("TERM");
    running.wait_within(Duration::from_secs(20)).expect_code_of(&[0, 130]);
    server.start_again();
    let running = follow(&site, &[]);
    until_rows(&site, 4);
    end(&site, running);
}

/// A server whose disk is full refuses in the same way.
#[test]
fn a_role_that_lacks_a_right_is_told_so_once_and_goes_on_when_it_has_it() {
    let server = Postgres::own();
    let site = Site::on(&server);
    let path = site.write("dev_2024-04-16T000000.ndjson", lines(0..3));
    let grant = "GRANT USAGE ON SCHEMA xtelemdb TO weak;
         GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public, xtelemdb TO weak;";
    let mut client = site.database.client();
    client
        .batch_execute(&format!("CREATE ROLE weak LOGIN; {grant} REVOKE INSERT ON telem FROM weak"))
        .expect("a role");
    let running = follow(&site, &["database.user=weak"]);
    let is_inventoried = || site.number("SELECT count(*) FROM file_origins") == 1;
    until("the inventory goes on", BOUND, is_inventoried);
    append(&path, lines(3..5));
    let refused =
        || std::fs::read_to_string(server.log()).expect("the server's log").matches(REFUSED).count();
    until("it is refused again and again", BOUND, || refused() >= 3);
    assert_eq!(site.number("SELECT count(*) FROM telem"), 0);
    client.batch_execute(grant).expect("granted");
    until_rows(&site, 5);
    running.until_said(BACK, 1);
    let said = end(&site, running);
    assert_eq!(said.matches(REFUSED).count(), 1, "{said}");
    assert_eq!(said.matches(BACK).count(), 1, "{said}");
    assert_nothing_left(&site);
}

/// The handbook's ways to begin anew, while it follows.
#[test]
fn tables_that_are_emptied_or_dropped_under_it_are_filled_again() {
    let server = Postgres::own();
    let site = Site::on(&server);
    site.write("quiet_2024-04-16T000000.ndjson", lines(0..3));
    let path = site.write("dev_2024-04-16T000000.ndjson", lines(0..3));
    let running = follow(&site, &[]);
    until_rows(&site, 6);
    let mut client = site.database.client();
    let mut lines_of_dev = 3;
    for statement in [
        "TRUNCATE telem CASCADE",
        "TRUNCATE file_origins CASCADE; TRUNCATE telem CASCADE",
        "DROP TABLE telem CASCADE",
    ] {
        client.batch_execute(statement).expect(statement);
        if statement.starts_with("DROP") {
            site.run("setup", &[]).expect_code(0);
        }
        append(&path, lines(lines_of_dev..lines_of_dev + 1));
        lines_of_dev += 1;
        until_rows(&site, i64::from(lines_of_dev) + 3);
    }
    assert_eq!(beats(&site, "errors = 0"), 1);
    end(&site, running);
    assert_nothing_left(&site);
}

#[test]
fn tables_that_are_not_made_yet_are_waited_for() {
    let site = Site::bare();
    site.write("dev_2024-04-16T000000.ndjson", lines(0..3));
    let running = site.program("follow", &[]).start();
    running.until_said("run `xtelemdb setup` first", 1);
    site.run("setup", &[]).expect_code(0);
    until_rows(&site, 3);
    let said = end(&site, running);
    assert_eq!(said.matches("run `xtelemdb setup` first").count(), 1, "{said}");
}

/// The lane has them when the database goes, and opens them when it is back: what stands in compressed files by then is
/// not lost.
#[test]
fn files_that_are_compressed_while_it_is_away_are_no_loss() {
    let server = Postgres::own();
    let site = Site::on(&server);
    let paths: Vec<_> = (0..40)
        .map(|number| site.write(format!("dev_2024-04-16T0000{number:02}.ndjson"), lines(number..number + 1)))
        .collect();
    let running = follow(&site, &["-v"]);
    until_rows(&site, 40);
    // From here on they are known as being written, so the lane can have them without the database.
    for (path, number) in paths.iter().zip(40..) {
        append(path, lines(number..number + 1));
    }
    until_rows(&site, 80);
    server.stop_fast();
    for (path, number) in paths.iter().zip(80..) {
        append(path, lines(number..number + 1));
        if number == 80 {
            // From here on the lane waits with this one, and opens few of the others.
            running.until_said("still no database", 1);
        }
    }
    running.until_said("still no database", 4);
    for path in &paths {
        let content = fs::read(path).expect("a file");
        fs::write(path.with_extension("ndjson.gz"), gzip(&content)).expect("compressed");
        fs::remove_file(path).expect("removed");
    }
    server.start_again();
    until_rows(&site, 120);
    running.until_said(BACK, 1);
    let said = end(&site, running);
    assert!(!said.contains("is gone from disk"), "{said}");
    assert_eq!(site.number("SELECT errors FROM xtelemdb.heartbeats"), 0);
}

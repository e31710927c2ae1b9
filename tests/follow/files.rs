//! Files: growing, half-written, replaced, compressed, many, of devices that are wanted and of others.

use super::{BOUND, append, assert_nothing_left, beats, end, follow, until_rows};
use crate::support::make::{gzip, lines, text_log};
use crate::support::postgres::Postgres;
use crate::support::proxy::{Deed, Proxy};
use crate::support::site::Site;
use crate::support::until;
use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, SystemTime};

#[test]
fn what_was_there_and_what_is_written_are_loaded_and_inventoried() {
    let site = Site::new();
    site.write("old/old_2024-04-16T000000.ndjson", lines(0..3));
    site.write("raw/image.xrif", "pixels");
    let running = follow(&site, &[]);
    until_rows(&site, 3);
    let path = site.path("old/new_2024-04-16T000000.ndjson");
    append(&path, lines(0..2));
    until_rows(&site, 5);
    append(&path, lines(2..10));
    append(&site.path("raw/image.xrif"), "more pixels");
    until_rows(&site, 13);
    let size = fs::metadata(&path).expect("a file").len();
    let inventoried = format!(
        "SELECT count(*) FROM file_origins WHERE size_bytes = {size} AND origin_path LIKE '%new_%' \
         OR size_bytes = 17 AND origin_path LIKE '%.xrif'"
    );
    until("the rows of both files are in step", BOUND, || site.number(&inventoried) == 2);
    end(&site, running);
    assert_nothing_left(&site);
}

#[test]
fn a_record_that_is_half_written_waits_for_its_rest() {
    let site = Site::new();
    let path = site.write("dev_20240416000000000000000.bintel", text_log(1_713_225_600, 1, "first"));
    let running = follow(&site, &[]);
    until_rows(&site, 1);
    let record = text_log(1_713_225_601, 2, "second");
    append(&path, &record[..record.len() / 2]);
    let tail = format!("SELECT tail_bytes FROM xtelemdb.ledger WHERE tail_bytes = {}", record.len() / 2);
    until("half a record is a tail", BOUND, || site.texts(&tail).len() == 1);
    assert_eq!(site.number("SELECT count(*) FROM telem"), 1);
    append(&path, &record[record.len() / 2..]);
    until_rows(&site, 2);
    assert_eq!(site.number("SELECT count(*) FROM xtelemdb.rejects"), 0);
    end(&site, running);
    assert_nothing_left(&site);
}

/// A clock that is set, of this computer or of a file server, gives what is written next times of the past and of the future.
#[test]
fn files_whose_times_jump_are_loaded_once() {
    const HOUR: Duration = Duration::from_secs(3600);
    let poll = ["follow.watch=poll", "follow.poll_s=0.05"];
    // Where the kernel does not tell, a file of long ago is looked at less often.
    for (options, furthest_back) in [(&[][..], 9000), (&poll[..], 20)] {
        let site = Site::new();
        let path = site.write("dev_2024-04-16T000000.ndjson", lines(0..1));
        let running = follow(&site, options);
        until_rows(&site, 1);
        let now = SystemTime::now();
        let times = [now - furthest_back * HOUR, now + 9000 * HOUR, now, now - HOUR, now - HOUR, now + HOUR];
        for (number, time) in (1..).zip(times) {
            append(&path, lines(number..number + 1));
            File::options().append(true).open(&path).expect("the file").set_modified(time).expect("its time");
            until_rows(&site, i64::from(number) + 1);
        }
        end(&site, running);
        assert_nothing_left(&site);
        assert_eq!(site.number("SELECT count(*) FROM telem"), 7);
    }
}

/// It is not only an error of the past, but behind.
#[test]
fn a_file_that_cannot_be_read_stays_behind() {
    let site = Site::new();
    let closed = site.write("closed_2024-04-16T000000.ndjson", lines(0..3));
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).expect("its mode");
    // What root may do without its rights is what others may; the server's folder is out of reach then.
    let proxy = Proxy::start(Postgres::shared().socket(), |_| Deed::Pass);
    let program = site.program("follow", &[&proxy.host()]);
    let program = if rustix::process::geteuid().is_root() {
        program.through(&["setpriv", "--bounding-set=-dac_override,-dac_read_search"])
    } else {
        program
    };
    let running = program.start();
    until("it is an error, and behind", BOUND, || {
        beats(&site, "errors = 1 AND files_behind = 1 AND bytes_behind > 0 AND lag_s > 0") == 1
    });
    end(&site, running);
    assert_eq!(beats(&site, "files_behind = 1"), 1);
}

#[test]
fn a_file_that_shrinks_or_is_replaced_is_read_anew() {
    let site = Site::new();
    let path = site.write("dev_2024-04-16T000000.ndjson", lines(0..10));
    let running = follow(&site, &[]);
    until_rows(&site, 10);
    fs::write(&path, lines(10..12)).expect("replaced");
    until_rows(&site, 12);
    site.write("new", lines(20..40));
    fs::rename(site.path("new"), &path).expect("replaced by another one");
    until_rows(&site, 32);
    append(&path, lines(40..41));
    until_rows(&site, 33);
    assert_eq!(site.number("SELECT generation FROM xtelemdb.ledger"), 3);
    end(&site, running);
    assert_nothing_left(&site);
}

#[test]
fn a_file_that_is_compressed_makes_no_second_row_and_no_complaint() {
    let site = Site::new();
    let path = site.write("dev_2024-04-16T000000.ndjson", lines(0..100));
    let running = follow(&site, &[]);
    until_rows(&site, 100);
    append(&path, lines(100..110));
    site.write("dev_2024-04-16T000000.ndjson.gz", gzip(lines(0..110).as_bytes()));
    fs::remove_file(&path).expect("removed");
    until("the compressed file is in the ledger", BOUND, || {
        site.number(
            "SELECT count(*) FROM xtelemdb.ledger AS l JOIN file_origins USING (origin_digest)
                     WHERE origin_path LIKE '%.gz' AND size_bytes_seen = size_bytes AND tail_bytes = 0",
        ) == 1
    });
    until_rows(&site, 110);
    let said = end(&site, running);
    assert!(!said.contains("WARN"), "{said}");
}

#[test]
fn devices_that_are_not_wanted_are_inventoried_only() {
    let site = Site::new();
    site.write("a_2024-04-16T000000.ndjson", lines(0..2));
    site.write("b_2024-04-16T000000.ndjson", lines(0..2));
    let running = follow(&site, &["devices=a,c"]);
    until_rows(&site, 2);
    append(&site.path("b_2024-04-16T000001.ndjson"), lines(2..4));
    append(&site.path("c_2024-04-16T000001.ndjson"), lines(2..4));
    until_rows(&site, 4);
    until("all are inventoried", BOUND, || site.number("SELECT count(*) FROM file_origins") == 4);
    assert_eq!(site.texts("SELECT DISTINCT device FROM telem ORDER BY 1"), ["a", "c"]);
    end(&site, running);
}

/// Each has less than a claim could protect, and there are more than are taken up at a time.
#[test]
fn many_files_behind_are_loaded_newest_first_beside_what_is_written() {
    let site = Site::new();
    for number in 0..2_000 {
        let name = format!(
            "d{}/old_2024-04-{:02}T00{:02}{:02}.ndjson",
            number % 7,
            number % 28 + 1,
            number / 60,
            number % 60
        );
        site.write(name, lines(number..number + 1));
    }
    let running = follow(&site, &[]);
    let live = site.path("live_2024-05-01T000000.ndjson");
    append(&live, lines(0..5));
    until_rows(&site, 2_005);
    // It may have come out of the look at everything, and be forgotten by now.
    append(&live, lines(5..6));
    until_rows(&site, 2_006);
    let out_of_order = "SELECT count(*) FROM (
            SELECT updated_at, lag(updated_at) OVER (ORDER BY creation_time DESC, origin_digest DESC) AS of_newer
            FROM xtelemdb.ledger JOIN file_origins USING (origin_digest) WHERE device = 'old'
        ) AS files WHERE updated_at < of_newer";
    assert_eq!(site.number(out_of_order), 0, "newest first");
    until("all claims are given back but those of the host and of the file that is written", BOUND, || {
        site.number(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database =
                     (SELECT oid FROM pg_database WHERE datname = current_database())",
        ) == 2
    });
    end(&site, running);
    assert_nothing_left(&site);
}

/// However many wait to be loaded: their claims leave room for that of what is being written.
#[test]
fn what_is_written_is_claimed_though_many_files_are_behind() {
    let site = Site::new();
    for number in 0..2_000 {
        site.write(format!("d{}/old_2024-04-16T{number:06}.ndjson", number % 7), lines(number..number + 1));
    }
    let mut client = site.database.client();
    let mut stuck = client.transaction().expect("a transaction");
    stuck.batch_execute("LOCK TABLE telem IN SHARE MODE").expect("nothing is loaded");
    let running = follow(&site, &[]);
    let locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database =
                     (SELECT oid FROM pg_database WHERE datname = current_database())";
    until("as many as ever are taken up", BOUND, || site.number(locks) >= 1_025);
    append(&site.path("live_2024-05-01T000000.ndjson"), lines(0..5));
    let claim = "SELECT count(*) FROM file_origins JOIN pg_locks
                     ON (classid::bigint << 32 | objid::bigint) = ('x' || left(encode(origin_digest, 'hex'), 16))::bit(64)::bigint
                 WHERE locktype = 'advisory' AND granted AND origin_path LIKE '%/live_2024%'";
    until("what is written is claimed", BOUND, || site.number(claim) == 1);
    assert_eq!(site.number(locks), 1_026);
    stuck.rollback().expect("rolled back");
    until_rows(&site, 2_005);
    end(&site, running);
    assert_nothing_left(&site);
}

#[test]
fn a_file_that_is_told_of_twice_is_loaded_once() {
    let site = Site::new();
    let running = follow(&site, &[]);
    let mut client = site.database.client();
    let mut stuck = client.transaction().expect("a transaction");
    stuck.batch_execute("LOCK TABLE file_origins IN ACCESS EXCLUSIVE MODE").expect("nothing is looked up");
    append(&site.path("first_2024-04-16T000000.ndjson"), lines(0..1));
    let is_stuck = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'file_origins'::regclass";
    until("a file is being looked up", BOUND, || site.number(is_stuck) >= 1);
    let paths: Vec<_> = (0..50)
        .map(|number| site.write(format!("new{number}/dev_2024-04-16T{number:06}.ndjson"), lines(0..1)))
        .collect();
    until("the new folders are watched, so each file is listed", BOUND, || running.inotify_watches() > 50);
    for (number, path) in (0..).zip(&paths) {
        append(path, lines(number + 1..number + 2));
    }
    stuck.rollback().expect("rolled back");
    let rows = "SELECT coalesce(sum(records_loaded), 0) FROM xtelemdb.ledger";
    until("all are loaded", BOUND, || site.number(rows) >= 101);
    let said = end(&site, running);
    assert_eq!(site.number(rows), 101, "{said}");
    assert!(!said.contains("taking it up again"), "{said}");
    assert_nothing_left(&site);
}

/// Each round ends with a write that finds its file in the middle of being loaded, nearly always.
#[test]
fn what_is_written_while_its_file_is_loaded_is_not_forgotten() {
    let site = Site::new();
    let running = follow(&site, &[]);
    let path = site.path("dev_2024-04-16T000000.ndjson");
    for round in 0..5 {
        for number in 0..4_000 {
            append(&path, lines(round * 4_000 + number..round * 4_000 + number + 1));
        }
        until_rows(&site, i64::from(round + 1) * 4_000);
    }
    end(&site, running);
    assert_nothing_left(&site);
}

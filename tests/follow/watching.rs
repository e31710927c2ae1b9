//! Watching: new folders without a gap, folders that come and go, a queue that overflows, and looking instead.

use super::{BOUND, append, assert_nothing_left, end, follow, until_rows};
use crate::support::make::lines;
use crate::support::postgres::Postgres;
use crate::support::program::Program;
use crate::support::proxy::{Deed, Proxy};
use crate::support::site::Site;
use crate::support::until;
use std::fs;

#[test]
fn files_written_in_the_instant_their_folder_is_made_are_not_missed() {
    let site = Site::new();
    let running = follow(&site, &[]);
    for number in 0..100 {
        site.write(format!("a{number}/b/c/dev_2024-04-16T000000.ndjson"), lines(number..number + 1));
    }
    until_rows(&site, 100);
    let said = end(&site, running);
    assert!(!said.contains("looked at again"), "none of them came out of a look at everything: {said}");
    assert_nothing_left(&site);
}

#[test]
fn folders_that_are_moved_are_known_by_their_new_names() {
    let site = Site::new();
    site.write("old/sub/dev_2024-04-16T000000.ndjson", lines(0..1));
    let running = follow(&site, &[]);
    until_rows(&site, 1);
    fs::rename(site.path("old"), site.path("new")).expect("moved");
    append(&site.path("new/sub/dev_2024-04-16T000000.ndjson"), lines(1..2));
    append(&site.path("new/sub/dev_2024-04-16T000001.ndjson"), lines(2..3));
    until_rows(&site, 3);
    assert_eq!(site.number("SELECT count(*) FROM file_origins WHERE origin_path LIKE '%/new/sub/%'"), 2);
    end(&site, running);
}

/// As when a file system is unmounted and mounted.
#[test]
fn a_data_folder_that_goes_and_comes_back_is_followed_again() {
    let site = Site::new();
    let path = site.write("dev_2024-04-16T000000.ndjson", lines(0..1));
    let running = follow(&site, &[]);
    until_rows(&site, 1);
    let (data, away) = (site.path(""), site.folder.join("away"));
    fs::rename(&data, &away).expect("moved away");
    append(&away.join("dev_2024-04-16T000000.ndjson"), lines(1..3));
    fs::rename(&away, &data).expect("moved back");
    until_rows(&site, 3);
    append(&path, lines(3..4));
    until_rows(&site, 4);
    end(&site, running);
}

/// So one that could not be read is tried again when it can be.
#[test]
fn a_change_of_a_files_attributes_is_news() {
    let site = Site::new();
    let path = site.write("dev_2024-04-16T000000.ndjson", lines(0..3));
    let running = follow(&site, &[]);
    until_rows(&site, 3);
    let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000);
    // Of the one alone the kernel tells as of a write.
    let times = fs::FileTimes::new().set_accessed(time).set_modified(time);
    fs::File::open(path).and_then(|file| file.set_times(times)).expect("other times");
    let is_seen =
        "SELECT count(*) FROM xtelemdb.ledger WHERE modification_time_seen = to_timestamp(1700000000)";
    until("the file is looked at", BOUND, || site.number(is_seen) == 1);
    end(&site, running);
}

#[test]
fn a_file_that_goes_is_named_once_if_it_was_not_loaded() {
    let site = Site::new();
    let gone = site.write("gone_2024-04-16T000000.ndjson", lines(0..3));
    site.inventory();
    fs::remove_file(&gone).expect("removed before it was loaded");
    let running = follow(&site, &[]);
    running.until_said("is gone from disk and was not loaded in full", 1);
    let half = &lines(0..2)[..lines(0..1).len() + 9];
    let paths = [("dev", &*lines(0..3)), ("half", half)].map(|(device, content)| {
        let path = site.path(format!("{device}_2024-04-16T000000.ndjson"));
        append(&path, content);
        path
    });
    until_rows(&site, 4);
    running.signal("STOP");
    for path in paths {
        // There is news of it, as when a file system is unmounted.
        append(&path, "");
        fs::remove_file(path).expect("removed");
    }
    running.signal("CONT");
    running.until_said("is gone from disk and was not loaded in full", 2);
    let said = end(&site, running);
    let named = |name: &str| said.lines().filter(|line| line.contains("WARN") && line.contains(name)).count();
    assert_eq!((named("/gone_"), named("/half_"), named("/dev_")), (1, 1, 0), "{said}");
    assert_eq!(site.number("SELECT errors FROM xtelemdb.heartbeats"), 2);
}

#[test]
fn a_data_folder_that_is_not_there_at_the_start_is_followed_when_it_comes() {
    let site = Site::new();
    let dirs = format!("data_dirs={},{}", site.path("").display(), site.folder.join("later").display());
    let running = follow(&site, &[&dirs]);
    let path = site.folder.write("later/sub/dev_2024-04-16T000000.ndjson", lines(0..1));
    until_rows(&site, 1);
    append(&path, lines(1..2));
    until_rows(&site, 2);
    end(&site, running);
}

/// Of a link that leads elsewhere the kernel tells nothing.
#[test]
fn a_data_folder_whose_place_another_one_takes_is_followed() {
    let site = Site::new();
    let [old, new, link] = ["old", "new", "link"].map(|name| site.folder.join(name));
    site.folder.write("old/dev_2024-04-16T000000.ndjson", lines(0..1));
    site.folder.write("new/dev_2024-04-16T000001.ndjson", lines(1..2));
    std::os::unix::fs::symlink(&old, &link).expect("a link");
    let running = follow(&site, &[&format!("data_dirs={}", link.display())]);
    until_rows(&site, 1);
    fs::remove_file(&link).and_then(|()| std::os::unix::fs::symlink(&new, &link)).expect("another link");
    until_rows(&site, 2);
    append(&new.join("dev_2024-04-16T000001.ndjson"), lines(2..3));
    until_rows(&site, 3);
    end(&site, running);
}

#[test]
fn an_overflow_of_the_queue_loses_nothing_and_is_said_once() {
    let site = Site::new();
    let paths = [0, 1].map(|n| site.write(format!("dev{n}_2024-04-16T000000.ndjson"), lines(0..1)));
    let quiet = site.write("quiet/dev_2024-04-16T000000.ndjson", lines(0..1));
    let running = follow(&site, &[]);
    until_rows(&site, 3);
    let limit: u32 = fs::read_to_string("/proc/sys/fs/inotify/max_queued_events")
        .ok()
        .and_then(|text| text.trim().parse().ok())
        .expect("a limit");
    running.signal("STOP");
    // The same event twice in a row is one, so two files take turns.
    let mut files = paths.map(|path| fs::OpenOptions::new().append(true).open(path).expect("a file"));
    let each = limit / 2 + 10;
    for number in 1..=each {
        for file in &mut files {
            std::io::Write::write_all(file, lines(number..number + 1).as_bytes()).expect("written");
        }
    }
    append(&quiet, lines(1..2));
    site.write("unseen/fresh_2024-04-16T000000.ndjson", lines(0..1));
    running.signal("CONT");
    until_rows(&site, 3 + 2 * i64::from(each) + 2);
    append(&site.path("unseen/fresh_2024-04-16T000000.ndjson"), lines(1..2));
    until_rows(&site, 3 + 2 * i64::from(each) + 3);
    let said = end(&site, running);
    assert_eq!(said.matches("fs.inotify.max_queued_events").count(), 1, "{said}");
    assert_nothing_left(&site);
}

#[test]
fn where_the_kernel_does_not_tell_it_looks() {
    let site = Site::new();
    let path = site.write("a/dev_2024-04-16T000000.ndjson", lines(0..1));
    let running = follow(&site, &["follow.watch=poll", "follow.poll_s=0.05"]);
    until_rows(&site, 1);
    let new = site.write("a/dev_2024-04-16T000001.ndjson", lines(1..2));
    until_rows(&site, 2);
    append(&new, lines(2..3));
    until_rows(&site, 3);
    site.write("b/c/dev_2024-04-16T000001.ndjson", lines(3..4));
    until_rows(&site, 4);
    fs::remove_dir_all(site.path("b")).expect("removed");
    // Quiet until now, so it is seen when everything is looked at, or because its folder changes.
    append(&path, lines(4..5));
    site.write("a/another", "");
    until_rows(&site, 5);
    end(&site, running);
}

/// The limit is that of a namespace of its own, where those may be made.
#[test]
fn beyond_the_kernels_limit_folders_are_looked_at_and_it_is_said() {
    let site = Site::new();
    for number in 0..20 {
        site.write(format!("d{number}/dev_2024-04-16T000000.ndjson"), lines(number..number + 1));
    }
    let program = env!("CARGO_BIN_EXE_xtelemdb");
    let script = "echo 5 > /proc/sys/user/max_inotify_watches && exec \"$@\"";
    let limited = |command: &[&str]| {
        let mut process = std::process::Command::new("unshare");
        process.args(["--user", "--map-root-user", "sh", "-c", script, "sh"]).args(command);
        process
    };
    if !limited(&["true"]).status().is_ok_and(|status| status.success()) {
        // Elsewhere the limit is the machine's, and not for a test to change.
        return;
    }
    // The server's own folder is out of reach for who is root only in there.
    let proxy = Proxy::start(Postgres::shared().socket(), |_| Deed::Pass);
    let config = site.config().to_str().expect("UTF-8").to_owned();
    let inner = [program, "follow", "-c", &config, "follow.poll_s=0.05", &proxy.host()];
    let running = Program::of(limited(&inner)).start();
    until_rows(&site, 20);
    for number in 0..20 {
        append(
            &site.path(format!("d{number}/dev_2024-04-16T000000.ndjson")),
            lines(number + 20..number + 21),
        );
        append(
            &site.path(format!("d{number}/dev_2024-04-16T000001.ndjson")),
            lines(number + 40..number + 41),
        );
    }
    until_rows(&site, 60);
    running.signal("TERM");
    let said = running.wait_within(BOUND).expect_code(0).stderr;
    assert_eq!(said.matches("sysctl fs.inotify.max_user_watches").count(), 1, "{said}");
    until("its place is free", BOUND, || super::beats(&site, "ended IS NULL") == 0);
}

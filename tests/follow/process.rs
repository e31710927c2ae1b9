//! The process: its names, its place, its end, its configuration.

use super::{BOUND, append, assert_nothing_left, beats, end, follow, until_rows};
use crate::support::make::lines;
use crate::support::night::Night;
use crate::support::postgres::Postgres;
use crate::support::program::Program;
use crate::support::site::{HOST, Site};
use crate::support::until;
use std::fs;
use std::time::Duration;

#[test]
fn a_second_follow_says_which_process_holds_the_place_and_leaves() {
    let site = Site::new();
    let running = follow(&site, &["-n", "dbIngestAOC"]);
    let second = site.run("follow", &[]).expect_code(4);
    let holder = format!("dbIngestAOC, process {} ", running.pid());
    assert!(second.stderr.contains(&holder), "{}", second.stderr);
    assert!(second.stderr.contains(HOST), "{}", second.stderr);
    // Other files, another place.
    let other = site.program("follow", &["hostname=exao2"]).start();
    until("both follow", BOUND, || beats(&site, "ended IS NULL") == 2);
    other.signal("INT");
    other.wait().expect_code(0);
    assert_eq!(beats(&site, "ended IS NULL AND name = 'dbIngestAOC'"), 1);
    // One that dies leaves its place.
    running.signal("KILL");
    running.wait();
    let running = follow(&site, &[]);
    running.signal("TERM");
    running.wait().expect_code(0);
}

/// What the server has not noticed: a session whose computer was switched off, or that is behind a network that broke.
#[test]
fn a_place_whose_holder_is_not_heard_of_again_is_waited_for() {
    let site = Site::new();
    let running = follow(&site, &[]);
    let key = "SELECT classid::bigint << 32 | objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND database =
                   (SELECT oid FROM pg_database WHERE datname = current_database())";
    let key = site.number(key);
    running.signal("KILL");
    running.wait();
    let mut left = site.database.client();
    until("the place is free", BOUND, || {
        left.query_one("SELECT pg_try_advisory_lock($1)", &[&key]).expect("a query").get(0)
    });
    site.write("dev_2024-04-16T000000.ndjson", lines(0..3));
    let waiting = site.program("follow", &[]).start();
    waiting.until_said("Waiting to see whether it lives", 1);
    let is_long = "SELECT count(*) FROM xtelemdb.heartbeats WHERE now() - beat > interval '10 s'";
    until("one that lives would have been heard of", BOUND, || site.number(is_long) == 1);
    drop(left);
    until_rows(&site, 3);
    end(&site, waiting);
}

#[test]
fn a_signal_has_it_commit_what_is_written_and_end() {
    let site = Site::new();
    // Nothing is committed before the end, unless it is committed at the end.
    let running = follow(&site, &["follow.commit_every_s=100000"]);
    let path = site.write("dev_2024-04-16T000000.ndjson", lines(0..3));
    append(&path, lines(3..5));
    let size = fs::metadata(&path).expect("a file").len();
    let is_known = format!("SELECT count(*) FROM file_origins WHERE size_bytes = {size}");
    until("it is inventoried in full, so it is known", BOUND, || site.number(&is_known) == 1);
    running.signal("TERM");
    running.wait_within(Duration::from_secs(20)).expect_code(0);
    assert_eq!(site.number("SELECT count(*) FROM telem"), 5);
    let running = follow(&site, &[]);
    until_rows(&site, 5);
    append(&path, lines(5..2_000));
    until_rows(&site, 2_000);
    let said = end(&site, running);
    assert!(
        said.contains("told to stop")
            && said.contains("ended after ")
            && said.contains("records loaded since the start"),
        "{said}"
    );
    assert_nothing_left(&site);
}

#[test]
fn a_signal_ends_it_in_the_middle_of_catching_up() {
    let site = Site::new();
    let night = Night::LONG.write(&site);
    let running = site.program("follow", &[]).start();
    until("it catches up", BOUND, || site.number("SELECT count(*) FROM telem") > 0);
    let summary = {
        running.signal("INT");
        running.wait_within(Duration::from_secs(20)).expect_code(0).json()
    };
    assert_eq!(beats(&site, "ended IS NOT NULL"), 1);
    assert_eq!(site.number("SELECT count(*) FROM telem"), summary["records"].as_i64().expect("a number"));
    assert!(summary["files_behind"].as_i64() > Some(0), "{summary}");
    let running = follow(&site, &[]);
    until_rows(&site, night.rows());
    until("the ledger is complete", BOUND, || {
        site.number("SELECT count(*) FROM xtelemdb.ledger WHERE size_bytes_seen >= 0") == night.files()
    });
    end(&site, running);
    night.assert_there_once(&site);
}

/// A limit that was set for people's sessions would end its own between two heartbeats.
#[test]
fn a_limit_on_idle_sessions_does_not_hold() {
    let server = Postgres::own();
    let site = Site::on(&server);
    let limited = "CREATE ROLE hasty LOGIN SUPERUSER; ALTER ROLE hasty SET idle_session_timeout = '300ms'";
    site.database.client().batch_execute(limited).expect("a role with a limit");
    let running = follow(&site, &["database.user=hasty"]);
    until("it is heard of again", BOUND, || beats(&site, "beat > started + interval '4 s'") == 1);
    end(&site, running);
    let log = fs::read_to_string(server.log()).expect("its log");
    assert!(!log.contains("idle-session timeout"), "{log}");
}

#[test]
fn a_link_named_as_the_instruments_process_follows() {
    let site = Site::new();
    site.write("dev_2024-04-16T000000.ndjson", lines(0..3));
    for (link, arguments, name) in
        [("dbIngest", vec!["-n", "dbIngestRTC"], "dbIngestRTC"), ("dbIngestICC", vec![], "dbIngestICC")]
    {
        let path = site.folder.join(link);
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_xtelemdb"), &path).expect("a link");
        let mut command = std::process::Command::new(&path);
        command.args(arguments).arg("-c").arg(site.config()).env_remove("MAGAOX_ROLE").current_dir("/");
        let running = Program::of(command).start();
        until("it follows", BOUND, || beats(&site, &format!("ended IS NULL AND name = '{name}'")) == 1);
        until_rows(&site, 3);
        end(&site, running);
    }
}

#[test]
fn a_hangup_has_it_read_its_configuration_anew() {
    let site = Site::new();
    site.write("dev_2024-04-16T000000.ndjson", lines(0..3));
    let mut running = follow(&site, &[]);
    until_rows(&site, 3);
    let text = fs::read_to_string(site.config()).expect("a configuration");
    // One that is wrong changes nothing.
    fs::write(site.config(), format!("devces = 3\n{text}")).expect("written");
    running.signal("HUP");
    append(&site.path("dev_2024-04-16T000000.ndjson"), lines(3..4));
    until_rows(&site, 4);
    let more = site.folder.write("more/other_2024-04-16T000000.ndjson", lines(0..1));
    let anew = text.replace(
        "data_dirs = [",
        &format!("data_dirs = [\"{}\", ", more.parent().expect("a folder").display()),
    );
    assert_ne!(anew, text);
    fs::write(site.config(), anew).expect("written");
    running.signal("HUP");
    until_rows(&site, 5);
    append(&more, lines(1..2));
    append(&site.path("dev_2024-04-16T000000.ndjson"), lines(4..5));
    until_rows(&site, 7);
    assert!(running.is_running());
    assert_eq!(beats(&site, &format!("process_id = {}", running.pid())), 1, "it is the same process");
    let said = end(&site, running);
    assert!(said.contains("the old one stays") && said.contains("devces"), "{said}");
    assert!(said.contains("told to read the configuration anew"), "{said}");
}

#[test]
fn a_hangup_has_it_begin_anew_though_the_server_does_not_answer() {
    let server = Postgres::own();
    let site = Site::on(&server);
    let path = site.write("dev_2024-04-16T000000.ndjson", lines(0..3));
    let mut running = follow(&site, &["database.connect_timeout_s=0.2"]);
    until_rows(&site, 3);
    server.freeze();
    append(&path, lines(3..4));
    running.signal("HUP");
    running.until_said("no answer for", 1);
    assert!(running.is_running());
    server.thaw();
    append(&path, lines(4..5));
    until_rows(&site, 5);
    // One that is told to stop while it begins anew stops.
    running.signal("HUP");
    running.signal("TERM");
    running.wait().expect_code_of(&[0, 130]);
}

#[test]
fn a_device_on_the_process_list_is_no_condition_for_anything() {
    let site = Site::new();
    let list = site.folder.write("proclist_AOC.txt", "listed picamCtrl\n# comment\ndbIngest dbIngest\n");
    site.write("unlisted_2024-04-16T000000.ndjson", lines(0..3));
    let pattern = list.to_str().expect("UTF-8").replace("AOC", "%s");
    let config = site.config().to_str().expect("UTF-8");
    let running = Program::new(&["follow", "-c", config, &format!("proclist={pattern}")])
        .env("MAGAOX_ROLE", "AOC")
        .start();
    until_rows(&site, 3);
    let said = end(&site, running);
    assert!(!said.contains("WARN"), "{said}");
    let missing = site.program("follow", &["proclist=/nowhere/list.txt"]).start();
    until("it follows", BOUND, || beats(&site, "ended IS NULL") == 1);
    let said = end(&site, missing);
    assert!(said.contains("/nowhere/list.txt"), "{said}");
}

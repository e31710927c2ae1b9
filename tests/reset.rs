//! `reset`: shows what will go, asks, refuses while something loads, and leaves what can be filled again.

mod support;

use std::time::Duration;
use support::make::{lines, text_log};
use support::postgres::Postgres;
use support::predecessor;
use support::program::{Program, on_terminal};
use support::site::{HOST, Site};
use support::until;

/// Far from any real time.
const BOUND: Duration = Duration::from_secs(120);

const BINTEL: &str = "dev_20240322231415000000000.bintel";
const NDJSON: &str = "other_2024-04-16T000000.ndjson";

fn loaded_on(server: &Postgres) -> Site {
    let site = Site::on(server);
    site.write(BINTEL, text_log(1_711_149_255, 0, "a"));
    site.write(NDJSON, lines(0..5) + "no record\n");
    site.load(3);
    site
}

fn loaded() -> Site {
    loaded_on(Postgres::shared())
}

/// How many rows all tables have together.
fn rows(site: &Site) -> i64 {
    site.number(
        "SELECT (SELECT count(*) FROM telem) + (SELECT count(*) FROM file_origins)
              + (SELECT count(*) FROM file_ingest_times) + (SELECT count(*) FROM xtelemdb.ledger)
              + (SELECT count(*) FROM xtelemdb.rejects)",
    )
}

#[test]
fn what_goes_is_shown_first_and_filled_again() {
    let site = loaded();
    std::fs::remove_file(site.path(BINTEL)).expect("removed");
    site.database
        .client()
        .batch_execute("INSERT INTO file_origins VALUES ('rtc', '/x.bintel', now(), now(), 1)")
        .expect("another host's file");
    let before = rows(&site);
    let shown = site.run("reset", &["--level", "1", "--dry-run"]).expect_code(0);
    for part in [
        "public.telem: 6 rows",
        "the newest is of 2024-04-16 00:00:04 UTC",
        "records of 2 devices",
        "files of exao1: 2, 2 of telemetry",
        "files of rtc: 1, 1 of telemetry; whether they are still there can't be seen from here",
        "1 file of telemetry",
        "/dev_20240322231415000000000.bintel\n",
    ] {
        assert!(shown.stderr.contains(part), "{part}: {}", shown.stderr);
    }
    assert!(
        shown.json()["planned"][0]["change"]
            .as_str()
            .expect("SQL")
            .contains("TRUNCATE TABLE public.telem CASCADE")
    );
    assert_eq!(rows(&site), before, "nothing has gone");

    let report = site.run("reset", &["--level=1", "--yes"]).expect_code(0).json();
    assert_eq!((report["level"].as_i64(), report["files_gone"].as_i64()), (Some(1), Some(1)));
    assert_eq!(rows(&site), 0);
    assert_eq!(site.load(3).records(), [5, 0, 1]);
}

#[test]
fn what_comes_next_can_be_typed_as_it_stands() {
    let site = loaded();
    let folder = site.folder.path();
    std::fs::copy(site.config(), folder.join("reset.conf")).expect("a file that is read by itself");
    let said =
        Program::new(&["reset", "--level", "1", "--yes", "parallel_jobs=1"]).dir(folder).run().expect_code(0);
    assert!(said.stdout.contains("xtelemdb ingest -c ./reset.conf parallel_jobs=1\n"), "{}", said.stdout);
}

#[test]
fn level_2_drops_and_setup_makes() {
    let site = loaded();
    let fresh = predecessor::shape(&Site::new());
    // Without --json it ends with what comes next.
    let config = site.config().to_str().expect("UTF-8");
    let output =
        support::program::Program::new(&["reset", "--level", "2", "-y", "-c", config]).run().expect_code(0);
    for command in ["setup", "inventory", "ingest"] {
        assert!(
            output.stdout.contains(&format!("    xtelemdb {command} -c {config}\n")),
            "{}",
            output.stdout
        );
    }
    let left =
        "SELECT relname FROM pg_class WHERE relnamespace::regnamespace::text IN ('public', 'xtelemdb')";
    assert_eq!(site.texts(left), [""; 0]);
    // Once more there is nothing, which is no error.
    site.run("reset", &["--level", "2", "--yes"]).expect_code(0);
    site.run("setup", &[]).expect_code(0);
    assert_eq!(predecessor::shape(&site), fresh);
    assert_eq!(site.load(3).records(), [6, 0, 1]);
}

#[test]
fn the_predecessors_tables_can_go_too() {
    for level in ["1", "2"] {
        let site = Site::bare();
        site.database.client().batch_execute(predecessor::TABLES).expect("tables");
        predecessor::add_rows(&site.database, "dev", 3);
        let output = site.run("reset", &["--level", level, "--yes"]).expect_code(0);
        assert!(output.stderr.contains("public.telem: 3 rows"), "{}", output.stderr);
        if level == "1" {
            assert_eq!(site.number("SELECT count(*) FROM telem"), 0);
        } else {
            site.run("setup", &[]).expect_code(0);
        }
    }
}

#[test]
fn it_asks_and_only_yes_is_yes() {
    let site = loaded();
    let before = rows(&site);
    // No terminal: nobody to ask.
    let output = site.run("reset", &["--level", "1"]).expect_code(2);
    assert!(output.stderr.contains("say --yes"), "{}", output.stderr);
    assert_eq!(rows(&site), before);
    for (answer, code) in [("no\n", 1), ("\n", 1), ("yes\n", 0)] {
        let program = env!("CARGO_BIN_EXE_xtelemdb");
        let config = site.config().to_str().expect("UTF-8");
        let (said, ended) = on_terminal(&format!("{program} reset -q --json --level 1 -c {config}"), answer);
        assert_eq!(ended, Some(code), "{answer:?}: {said}");
        assert!(said.contains(&format!("\"exit\":{code}")), "{said}");
        assert!(said.contains("public.telem: 6 rows") && said.contains("Remove it? Type yes:"), "{said}");
        assert_eq!(rows(&site) == 0, code == 0, "{answer:?}");
    }
}

#[test]
fn it_refuses_while_something_loads() {
    let site = loaded();
    let before = rows(&site);
    // What an ingest does: a claim, held by its session.
    let mut ingest = site.database.client();
    ingest.batch_execute("SELECT pg_advisory_lock(42)").expect("a claim");
    for level in ["1", "2"] {
        let output = site.run("reset", &["--level", level, "--yes"]).expect_code(1);
        assert!(output.stderr.contains("xtelemdb works with database"), "{}", output.stderr);
        assert!(output.stderr.contains("Nothing was removed"), "{}", output.stderr);
    }
    assert_eq!(rows(&site), before);
    let output = site.run("reset", &["--level", "1", "--yes", "--force"]).expect_code(0);
    assert!(output.stderr.contains("going on, though"), "{}", output.stderr);
    assert_eq!(rows(&site), 0);
    // A session of this program by its name alone.
    ingest
        .batch_execute("SELECT pg_advisory_unlock_all(); SET application_name = 'xtelemdb'")
        .expect("a name");
    site.run("reset", &["--level", "1", "--yes"]).expect_code(1);
}

#[test]
fn it_refuses_while_something_follows() {
    let site = loaded();
    let follow = site.program("follow", &["-n", "dbIngestRTC"]).start();
    let beats = |condition: &str| {
        let beats = format!("SELECT count(*) FROM xtelemdb.heartbeats WHERE ended IS NULL AND {condition}");
        site.number(&beats) > 0
    };
    until("it beats", BOUND, || beats("true"));
    site.run("reset", &["--level", "1", "--yes"]).expect_code(1);
    // One that has lost its connections for a moment is still at it.
    follow.signal("STOP");
    let last: String = site.texts("SELECT beat FROM xtelemdb.heartbeats").concat();
    let mut watcher = site.database.client();
    let cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
               WHERE datname = current_database() AND application_name LIKE 'xtelemdb%'";
    until("it has no session", BOUND, || watcher.query_one(cut, &[]).expect("a count").get::<_, i64>(0) == 0);
    let output = site.run("reset", &["--level", "1", "--yes"]).expect_code(1);
    assert!(output.stderr.contains(&format!("dbIngestRTC on {HOST}")), "{}", output.stderr);
    assert!(!output.stderr.contains("server process"), "{}", output.stderr);
    follow.signal("CONT");
    until("it beats again", BOUND, || beats(&format!("beat > '{last}'")));
    follow.signal("TERM");
    follow.wait().expect_code(0);
    site.run("reset", &["--level", "1", "--yes"]).expect_code(0);
    assert_eq!(rows(&site), 0);
}

#[test]
fn a_reader_that_stays_is_not_waited_for_for_ever() {
    let site = loaded();
    let mut reader = site.database.client();
    reader.batch_execute("BEGIN; SELECT count(*) FROM telem").expect("a reader");
    let output = site.run("reset", &["--level", "1", "--yes"]).expect_code(1);
    assert!(output.stderr.contains("Nothing was changed. Somebody reads or writes"), "{}", output.stderr);
    reader.batch_execute("COMMIT").expect("it leaves");
    assert!(rows(&site) > 0);
}

#[test]
fn without_tables_it_says_what_makes_them() {
    let output = Site::bare().run("reset", &["--level", "1", "--yes"]).expect_code(1);
    assert!(output.stderr.contains("run `xtelemdb setup` first"), "{}", output.stderr);
    assert!(!output.stderr.contains("pg_stat_activity"), "{}", output.stderr);
}

#[test]
fn level_3_drops_database_and_roles() {
    let server = Postgres::own();
    let account = support::provisioned::superuser(&server);
    let mut client = server.client();
    client.batch_execute("CREATE ROLE xtelem LOGIN; CREATE ROLE xsup LOGIN").expect("roles");
    let site = loaded_on(&server);
    let name = site.database.name().to_owned();
    client.batch_execute(&format!("ALTER DATABASE {name} OWNER TO xtelem")).expect("its owner");
    let more = ["--level", "3", "--yes", "database.user=xtelem"];
    let planned = site.run("reset", &["--level", "3", "--dry-run", "database.user=xtelem"]).expect_code(0);
    assert_eq!(planned.json()["planned"].as_array().map(Vec::len), Some(3), "{}", planned.stdout);
    assert!(planned.stderr.contains("public.telem: 6 rows"), "{}", planned.stderr);
    // Somebody is in the database.
    let mut guest = site.database.client();
    guest.batch_execute("SET application_name = 'xtelemdb'").expect("a name");
    site.run("reset", &more).expect_code(1);
    // A follow that has lost its connections for a moment comes back.
    guest
        .batch_execute(
            "RESET application_name;
             INSERT INTO xtelemdb.heartbeats (hostname, name, process_id, started, beat, files_behind, bytes_behind,
                                              records_since_start, errors)
             VALUES ('rtc', 'dbIngestRTC', 1, now(), now() + interval '1 hour', 0, 0, 0, 0)",
        )
        .expect("a follow");
    drop(guest);
    let output = site.run("reset", &more).expect_code(1);
    assert!(output.stderr.contains("dbIngestRTC on rtc"), "{}", output.stderr);
    site.database.client().batch_execute("UPDATE xtelemdb.heartbeats SET ended = now()").expect("it ends");
    // Nobody of this program, but somebody.
    let guest = site.database.client();
    let output = site.run("reset", &more).expect_code(1);
    for part in ["DROP DATABASE", "Nothing was changed", "pg_stat_activity", "--force"] {
        assert!(output.stderr.contains(part), "{part}: {}", output.stderr);
    }
    drop(guest);
    // A role that holds on to something else goes when that does; what is done is done.
    client.batch_execute("CREATE TABLE mine (); GRANT SELECT ON mine TO xsup").expect("a right elsewhere");
    let output = site.run("reset", &more).expect_code(1);
    for part in ["DROP ROLE \"xsup\"", "table public.mine", "Done before: DROP DATABASE", "DROP OWNED BY"] {
        assert!(output.stderr.contains(part), "{part}: {}", output.stderr);
    }
    client.batch_execute("REASSIGN OWNED BY xsup TO tester; DROP OWNED BY xsup").expect("as it says");
    site.run("reset", &more).expect_code(0);
    let left = "SELECT count(*) FROM (SELECT rolname AS name FROM pg_roles UNION ALL SELECT datname FROM pg_database)
                AS names WHERE name IN ('xtelem', 'xsup', $1)";
    assert_eq!(client.query_one(left, &[&name]).expect("a count").get::<_, i64>(0), 0);
    // Nothing is left to remove, and who runs the server stays.
    site.run("reset", &more).expect_code(0);
    let own = format!("database.user={account}");
    site.run("reset", &["--level", "3", "--yes", &own]).expect_code(0);
}

//! `setup --upgrade`: from the tables of the Python program to today's, whatever is cut when, while others read.

mod support;

use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;
use support::make::{data, line};
use support::postgres::Postgres;
use support::predecessor::{self, QUERIES, add_rows, shape};
use support::proxy::{Deed, Proxy, Sent};
use support::site::{HOST, Site};
use support::until;
use xtelemdb::db::live;

const BOUND: Duration = Duration::from_secs(120);

/// Rows of a device whose files are gone: enough for the server to be busy with an index for a while.
const GONE: i64 = 150_000;

/// Everything in telem, in order, each row as text.
const ROWS: &str = "SELECT device, ts, ts_ns, digest, prio, ec, msg FROM telem WHERE device <> 'gone' ORDER BY device, ts, digest";

const FILES: &str = "SELECT * FROM file_origins ORDER BY origin_digest";

const LEDGER: &str =
    "SELECT origin_digest, device, generation, resume_bytes, tail_bytes, records_loaded, records_rejected,
    bytes_rejected, head_hash, history_hash, size_bytes_seen, modification_time_seen
    FROM xtelemdb.ledger WHERE device <> 'gone' ORDER BY 1";

const INGESTED: &str =
    "SELECT ts, device, origin_host, origin_path FROM file_ingest_times WHERE device <> 'gone' ORDER BY 4";

/// What the Python program's rows say, whatever else the table has.
const CUT: &str = "SELECT ts, device, msg, prio, ec FROM telem ORDER BY device, ts";

/// A site freshly loaded from a piece of a night, and its twin with what the Python program had made of the same files.
fn fresh_and_old() -> (Site, Site) {
    let fresh = Site::new();
    let unpacked = Command::new("tar")
        .arg("-xzf")
        .arg(data("demo/telem.tar.gz"))
        .arg("-C")
        .arg(fresh.path(""))
        .status()
        .expect("tar");
    assert!(unpacked.success());
    // Two records of one microsecond, of which the Python program kept one: of one event type, and of two.
    let lines = [
        line("2024-04-16T00:00:01.000001234", "telem_x", r#"{"n": 1, "x": 1e-7}"#),
        line("2024-04-16T00:00:01.000001999", "telem_x", r#"{"n": 2}"#),
        line("2024-04-16T00:00:02.000001000", "telem_x", r#"{"n": 3}"#),
        line("2024-04-16T00:00:02.000001000", "telem_y", r#"{"n": 3}"#),
    ];
    fresh.write("twice_2024-04-16T000000.ndjson", lines.concat());
    fresh.load(0);
    let old = fresh.twin();
    predecessor::fill(&old.database, &fresh.database);
    (fresh, old)
}

#[track_caller]
fn assert_is_fresh(old: &Site, fresh: &Site) {
    for query in [ROWS, FILES, LEDGER, INGESTED] {
        let (old, fresh) = (old.texts(query), fresh.texts(query));
        let first = old.iter().zip(&fresh).find(|(old, fresh)| old != fresh);
        assert!(
            old == fresh,
            "{query}: {} and {} rows; the first that differ: {first:?}",
            old.len(),
            fresh.len()
        );
    }
}

#[test]
fn files_read_again_make_it_a_fresh_load() {
    let (fresh, old) = fresh_and_old();
    let cut_rows = old.number("SELECT count(*) FROM telem");
    assert!(cut_rows > 20_000 && cut_rows < fresh.number("SELECT count(*) FROM telem"), "{cut_rows}");
    // A record that no file has, beside one that has; and a file that is gone.
    add_rows(&old.database, "gone", GONE);
    old.database.client().batch_execute(
        "INSERT INTO telem VALUES ('2024-04-16 00:00:00.5', 'twice', '{\"n\": 0}', NULL, 'telem_x');
         INSERT INTO file_origins VALUES ('exao1', '/gone/gone_2023-01-01T000000.ndjson', '2023-01-01', '2023-01-01', 9);
         INSERT INTO file_ingest_times VALUES ('2023-01-01', 'gone', now(), 'exao1', '/gone/gone_2023-01-01T000000.ndjson')")
        .expect("more");
    let (before, answers) = (old.texts(CUT), QUERIES.map(|query| old.texts(query)));
    let report = old.run("setup", &["--upgrade"]).expect_code(0).json();
    assert_eq!(report["upgraded"], true);
    assert_eq!(report["rows_aside"], 0);
    assert!(old.texts(CUT) == before, "no row was lost or changed");
    assert_eq!(shape(&old), shape(&fresh));
    // The view says more than the predecessor's did; the tables say the same.
    for (query, answer) in QUERIES.iter().zip(&answers).take(5) {
        assert_eq!(&old.texts(query), answer, "{query}");
    }
    old.texts(QUERIES[5]);

    let report = old.load(0);
    assert_eq!(report.count("files_gone"), 0, "what is gone was loaded before");
    let host = &old.run("status", &[]).expect_code(0).json()["hosts"][0];
    assert_eq!((&host["files_behind"], &host["files_failed"]), (&0.into(), &serde_json::json!([])));
    assert_eq!(live::behind(&mut old.database.client(), HOST).expect("an answer"), (0, 0));
    assert_eq!(report.count("rows_replaced"), cut_rows);
    assert_eq!(old.number("SELECT count(*) FROM telem WHERE ts_ns IS NULL"), GONE + 1);
    old.database
        .client()
        .batch_execute("DELETE FROM telem WHERE device = 'twice' AND ts_ns IS NULL")
        .expect("deleted");
    old.database
        .client()
        .batch_execute("DELETE FROM file_origins WHERE origin_path LIKE '/gone/%'")
        .expect("deleted");
    assert_is_fresh(&old, &fresh);

    // Nothing is left to do, and nothing is forgotten that is still there.
    assert_eq!(old.load(0).count("files_read"), 0);
    let again = old.run("setup", &["--upgrade"]).expect_code(0);
    assert_eq!(again.json()["upgraded"], false);
    assert!(again.stderr.contains("nothing to upgrade"), "{}", again.stderr);
    assert_eq!(old.texts("SELECT device FROM xtelemdb.predecessor"), ["gone"]);
}

#[test]
fn only_a_cut_row_of_the_same_event_is_replaced() {
    let site = Site::bare();
    site.database.client().batch_execute(predecessor::TABLES).expect("tables");
    site.database
        .client()
        .batch_execute(
            "INSERT INTO telem VALUES ('2024-04-16 00:00:01.000001', 'dev', '{\"n\": 1}', NULL, 'telem_x'),
                                  ('2024-04-16 00:00:02.000001', 'dev', '{\"n\": 2}', NULL, 'telem_x')",
        )
        .expect("rows");
    site.run("setup", &["--upgrade"]).expect_code(0);
    let lines = [
        line("2024-04-16T00:00:01.000001500", "telem_x", r#"{"n": 1}"#),
        // Another file's record of the same microsecond: the one that is there is not its cut form.
        line("2024-04-16T00:00:02.000001500", "telem_y", r#"{"n": 9}"#),
        "no record\n".to_owned(),
    ];
    site.write("dev_2024-04-16T000000.ndjson", lines.concat());
    let report = site.load(3);
    assert_eq!((report.count("rows_new"), report.count("rows_replaced")), (2, 1));
    let rows = "SELECT msg ->> 'n', ec, ts_ns FROM telem ORDER BY ts, ec";
    assert_eq!(site.texts(rows), ["1|telem_x|500", "2|telem_x|null", "9|telem_y|500"]);
    // Emptying the table by hand forgets the spans too.
    site.database.client().batch_execute("TRUNCATE telem").expect("emptied");
    assert_eq!(site.number("SELECT count(*) FROM xtelemdb.predecessor"), 0);
}

#[test]
fn what_has_no_place_is_kept_aside() {
    let site = Site::bare();
    let mut client = site.database.client();
    client.batch_execute(predecessor::TABLES).expect("tables");
    client.batch_execute(
        "ALTER TABLE file_ingest_times ALTER COLUMN ts DROP NOT NULL;
         INSERT INTO file_origins VALUES ('exao1', '/a\\b_2024.bintel', '2024-01-01', NULL, NULL);
         INSERT INTO file_ingest_times VALUES ('2024-01-01', 'b', '2024-01-02', 'exao1', '/a\\b_2024.bintel'),
             ('2024-01-03', 'b', '2024-01-04', 'exao1', '/a\\b_2024.bintel'), ('2024-01-05', 'c', now(), NULL, NULL);
         INSERT INTO file_replicas VALUES ('bak', '/r', '2024-01-01', 1, 'exao1', '/a\\b_2024.bintel'), ('bak', '/s', NULL, NULL, NULL, NULL);
         INSERT INTO telem VALUES (now(), 'dev', NULL, NULL, NULL);
         CREATE ROLE reader_of_files; GRANT SELECT ON file_replicas TO reader_of_files").expect("odd rows");
    let report = site.run("setup", &["--upgrade"]).expect_code(0);
    assert_eq!(report.json()["rows_aside"], 3, "{}", report.stderr);
    assert!(report.stderr.contains("3 rows"), "{}", report.stderr);
    assert_eq!(site.texts("SELECT table_name, old_row ->> 'device', old_row ->> 'replica_path' FROM xtelemdb.predecessor_rows ORDER BY 1, 2"),
               ["file_ingest_times|b|null", "file_ingest_times|c|null", "file_replicas|null|/s"]);
    assert_eq!(site.texts("SELECT ts, device FROM file_ingest_times"), ["2024-01-03 00:00:00+00|b"]);
    // A backslash in a path is written twice, as the inventory writes it.
    assert_eq!(site.texts("SELECT origin_path, size_bytes FROM file_origins"), ["/a\\\\b_2024.bintel|0"]);
    assert_eq!(site.texts("SELECT msg, ec FROM telem"), ["null|"]);
    assert_eq!(site.texts("SELECT has_table_privilege('reader_of_files', 'file_replicas', 'SELECT')"), ["t"]);
    client
        .batch_execute("REVOKE ALL ON file_replicas FROM reader_of_files; DROP ROLE reader_of_files")
        .expect("cleaned up");
}

/// What the server works on for the program, if anything.
fn at_work(watcher: &mut postgres::Client) -> Vec<String> {
    let query = "SELECT query FROM pg_stat_activity WHERE application_name = 'xtelemdb' AND state <> 'idle'
                 AND datname = current_database()";
    watcher.query(query, &[]).expect("activity").iter().map(|row| row.get(0)).collect()
}

/// Where an upgrade is cut.
#[derive(Clone, Copy, Debug)]
enum Cut {
    /// At the statement: the server does not get it.
    Before,
    /// After it: the server has done it, and the program does not know.
    After,
    /// At the COMMIT behind it.
    BeforeCommit,
    /// After that.
    AfterCommit,
}

/// Of a statement by itself.
const ALONE: &[Cut] = &[Cut::Before, Cut::After];

/// Of a statement that ends its transaction.
const WITH_COMMIT: &[Cut] = &[Cut::Before, Cut::After, Cut::BeforeCommit, Cut::AfterCommit];

/// What an upgrade sends, in order, and where it is cut. Once the last COMMIT is done there is nothing left to upgrade:
/// that it is, and the program does not know, is the cut before ANALYZE.
const STATEMENTS: [(&str, &[Cut]); 11] = [
    ("CREATE TABLE IF NOT EXISTS xtelemdb.upgrade", WITH_COMMIT),
    ("ADD COLUMN", WITH_COMMIT),
    ("NOT VALID", WITH_COMMIT),
    ("UPDATE public.telem", ALONE),
    ("VALIDATE", ALONE),
    ("CREATE UNIQUE INDEX CONCURRENTLY", ALONE),
    ("CREATE INDEX CONCURRENTLY", ALONE),
    ("SET LOCAL xtelemdb.upgrading", ALONE),
    ("LOCK TABLE public.telem", ALONE),
    ("DROP VIEW IF EXISTS public.observations", &[Cut::Before, Cut::After, Cut::BeforeCommit]),
    ("ANALYZE", &[Cut::Before]),
];

/// Runs an upgrade up to there, and kills it.
fn kill_at(site: &Site, statement: &'static str, cut: Cut) {
    let (let_go, held) = mpsc::channel();
    let held = Arc::new(Mutex::new(held));
    let (is_sent, is_cut) = (AtomicBool::new(false), AtomicBool::new(false));
    let proxy = Proxy::start(Postgres::shared().socket(), move |sent| {
        let is_there = match (sent, cut) {
            (Sent::Statement(text), Cut::Before | Cut::After) => text.contains(statement),
            (Sent::Statement(text), _) => {
                is_sent.fetch_or(text.contains(statement), Ordering::SeqCst);
                false
            }
            (Sent::Commit(_), Cut::BeforeCommit | Cut::AfterCommit) => is_sent.load(Ordering::SeqCst),
            _ => false,
        };
        if !is_there || is_cut.swap(true, Ordering::SeqCst) {
            return Deed::Pass;
        }
        match cut {
            Cut::Before | Cut::BeforeCommit => Deed::Swallow(held.clone()),
            Cut::After | Cut::AfterCommit => Deed::KeepAnswer(held.clone()),
        }
    });
    let mut running = site.program("setup", &["--upgrade", &proxy.host()]).start();
    until(&format!("{cut:?} {statement}"), BOUND, || proxy.holds() == 1 || !running.is_running());
    assert_eq!(proxy.holds(), 1, "{cut:?} {statement}: {}", running.wait().stderr);
    running.signal("KILL");
    assert_eq!(running.wait().code, -9, "{cut:?} {statement}");
    drop(let_go);
}

#[test]
fn killed_at_any_statement_it_goes_on() {
    let (fresh, old) = fresh_and_old();
    add_rows(&old.database, "gone", 1000);
    let before = old.texts(CUT);
    for (statement, cuts) in STATEMENTS {
        for cut in cuts {
            kill_at(&old, statement, *cut);
            // Neither program nor person takes half of it for the whole.
            if old.texts("SELECT to_regclass('xtelemdb.upgrade')") == ["xtelemdb.upgrade"] {
                for command in ["ingest", "setup"] {
                    let refused = old.run(command, &[]).expect_code(1);
                    assert!(refused.stderr.contains("setup --upgrade"), "{command}: {}", refused.stderr);
                }
            }
            assert!(old.texts(CUT) == before, "{cut:?} {statement}: no row was lost or changed");
        }
    }
    old.run("setup", &["--upgrade"]).expect_code(0);
    assert!(old.texts(CUT) == before, "no row was lost or changed");
    assert_eq!(shape(&old), shape(&fresh));
    old.load(0);
    assert_is_fresh(&old, &fresh);
}

#[test]
fn an_index_whose_building_was_cut_is_built_anew() {
    let old = Site::bare();
    old.database.client().batch_execute(predecessor::TABLES).expect("tables");
    add_rows(&old.database, "gone", 100);
    // The server does not finish an index while somebody might still look at the time before it.
    let mut holder = old.database.client();
    holder.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1").expect("an old view");
    let running = old.program("setup", &["--upgrade"]).start();
    let mut watcher = old.database.client();
    let indexing = |query: &String| query.contains("CREATE UNIQUE INDEX CONCURRENTLY");
    let is_there = "SELECT count(*) FROM pg_class WHERE relname = 'telem_device_ts_digest'";
    until("the index", BOUND, || at_work(&mut watcher).iter().any(indexing) && old.number(is_there) == 1);
    running.signal("KILL");
    running.wait();
    // The server notices by itself, within a second, that nobody waits for it any more.
    until("the server stops", BOUND, || !at_work(&mut watcher).iter().any(indexing));
    let state = "SELECT indisvalid FROM pg_index WHERE indexrelid = 'telem_device_ts_digest'::regclass";
    assert_eq!(old.texts(state), ["f"]);
    holder.batch_execute("COMMIT").expect("the view ends");
    old.run("setup", &["--upgrade"]).expect_code(0);
    assert_eq!(old.texts(state), ["t"]);
    assert_eq!(shape(&old), shape(&Site::new()));
}

/// Says that it is over when this is dropped.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

#[test]
fn readers_go_on_meanwhile() {
    let (_fresh, old) = fresh_and_old();
    add_rows(&old.database, "gone", GONE);
    let (is_over, answers) = (AtomicBool::new(false), AtomicU64::new(0));
    let read = || {
        let mut client = old.database.client();
        // Of being kept out: what a busy machine takes to answer is not meant.
        client.batch_execute("SET lock_timeout = '1s'").expect("a limit");
        while !is_over.load(Ordering::SeqCst) {
            // Not prepared: what was prepared for columns of another type must be prepared anew.
            for query in
                [QUERIES[0], "SELECT count(*) FROM file_origins", "SELECT * FROM observations LIMIT 1"]
            {
                client.simple_query(query).unwrap_or_else(|e| panic!("{query}: {e:?}"));
                answers.fetch_add(1, Ordering::SeqCst);
            }
        }
    };
    std::thread::scope(|scope| {
        let reader = scope.spawn(read);
        // The reader ends with this, also when the test fails.
        let over = Over(&is_over);
        let mut watcher = old.database.client();
        // Somebody holds on to one table until its first change, and to another until the last.
        let mut holders = ["telem", "file_origins"].map(|table| {
            let mut holder = old.database.client();
            let hold = format!("BEGIN; SELECT count(*) FROM {table}");
            holder.batch_execute(&hold).expect("a reader that stays");
            holder
        });
        let mut upgrade = old.program("setup", &["--upgrade"]).start();
        let statements = ["ADD COLUMN", "LOCK TABLE public.telem"];
        for (number, (holder, statement)) in holders.iter_mut().zip(statements).enumerate() {
            until(statement, BOUND, || {
                !upgrade.is_running() || at_work(&mut watcher).iter().any(|query| query.contains(statement))
            });
            // It waits, and whoever comes meanwhile is answered all the same.
            let before = answers.load(Ordering::SeqCst);
            until("more answers", BOUND, || {
                reader.is_finished() || answers.load(Ordering::SeqCst) > before + 300
            });
            assert!(upgrade.is_running(), "it did not wait");
            upgrade.until_said("waiting for a moment in which nobody uses the tables: process", number + 1);
            holder.batch_execute("COMMIT").expect("the reader leaves");
        }
        upgrade.wait().expect_code(0);
        drop(over);
        reader.join().expect("a reader that was always answered");
    });
}

#[test]
fn a_reader_that_never_ends_is_named() {
    let old = Site::bare();
    old.database.client().batch_execute(predecessor::TABLES).expect("tables");
    let mut holder = old.database.client();
    holder.batch_execute("BEGIN; SELECT count(*) FROM telem").expect("a reader that stays");
    let output = old.run("setup", &["--upgrade", "database.retry_for_s=0.3"]).expect_code(1);
    for part in [
        "somebody always used the tables: process ",
        "tester",
        "End that. `xtelemdb setup --upgrade` goes on",
    ] {
        assert!(output.stderr.contains(part), "{part}: {}", output.stderr);
    }
    holder.batch_execute("COMMIT").expect("the reader leaves");
    old.run("setup", &["--upgrade"]).expect_code(0);
}

#[test]
fn what_can_not_be_upgraded_is_left_alone() {
    let site = Site::bare();
    let mut client = site.database.client();
    client.batch_execute(predecessor::TABLES).expect("tables");
    client
        .batch_execute("CREATE VIEW mine AS SELECT device, count(*) FROM telem GROUP BY device")
        .expect("a view");
    let before = shape(&site);
    for arguments in [&["--upgrade"][..], &["--upgrade", "--dry-run"]] {
        let output = site.run("setup", arguments).expect_code(1);
        assert!(
            output.stderr.contains("view public.mine") && output.stderr.contains("Nothing was changed"),
            "{}",
            output.stderr
        );
    }
    assert_eq!(shape(&site), before);
    client.batch_execute("DROP VIEW mine; ALTER TABLE telem RENAME COLUMN ec TO event").expect("changed");
    let before = shape(&site);
    let output = site.run("setup", &["--upgrade"]).expect_code(1);
    assert!(
        output.stderr.contains("telem.ec") && output.stderr.contains("Nothing was changed"),
        "{}",
        output.stderr
    );
    assert_eq!(shape(&site), before);
}

#[test]
fn a_dry_run_prints_the_steps_and_changes_nothing() {
    let site = Site::bare();
    site.database.client().batch_execute(predecessor::TABLES).expect("tables");
    let before = shape(&site);
    let printed = site.run("setup", &["--upgrade", "--dry-run"]).expect_code(0).json();
    let planned = printed["planned"].as_array().expect("steps");
    let all: String = planned.iter().map(|step| step["change"].as_str().expect("SQL")).collect();
    for part in ["CONCURRENTLY", "ACCESS EXCLUSIVE", "TYPE text", "xtelemdb_new.file_origins", "COMMIT"] {
        assert!(all.contains(part), "{part}");
    }
    assert_eq!(shape(&site), before);
    // And what is printed is what is done: by hand it comes to the same.
    let mut client = site.database.client();
    for step in planned {
        client
            .batch_execute(step["change"].as_str().expect("SQL"))
            .unwrap_or_else(|e| panic!("{step}: {e:?}"));
    }
    assert_eq!(shape(&site), shape(&Site::new()));
}

#[test]
fn a_superuser_acts_as_the_owner_of_the_tables() {
    let site = Site::bare();
    let role = format!("owner_{}", site.database.name());
    let mut client = site.database.client();
    client
        .batch_execute(&format!(
            "CREATE ROLE {role}; GRANT CREATE ON SCHEMA public TO {role}; SET ROLE {role}; {} RESET ROLE",
            predecessor::TABLES
        ))
        .expect("its tables");
    let before = shape(&site);
    let output = site.run("setup", &["--upgrade"]).expect_code(1);
    assert_eq!(shape(&site), before);
    let lines =
        output.stderr.lines().filter_map(|line| line.find("GRANT ").map(|at| format!("{}\n", &line[at..])));
    client.batch_execute(&lines.collect::<String>()).expect("the lines can be pasted");
    site.run("setup", &["--upgrade"]).expect_code(0);
    let owners = "SELECT DISTINCT relowner::regrole::text FROM pg_class
                  WHERE relkind IN ('r', 'v') AND relnamespace::regnamespace::text IN ('public', 'xtelemdb')";
    assert_eq!(site.texts(owners), [role]);
    assert_eq!(shape(&site), shape(&Site::new()));
}

#[test]
fn a_partly_emptied_predecessor_is_upgraded_too() {
    let site = Site::bare();
    site.database.client().batch_execute(predecessor::TABLES).expect("tables");
    site.database
        .client()
        .batch_execute("DROP TABLE telem CASCADE; DROP TABLE file_origins CASCADE")
        .expect("level 2");
    site.run("setup", &["--upgrade"]).expect_code(0);
    assert_eq!(shape(&site), shape(&Site::new()));
}

#[test]
fn the_schema_has_a_version_and_every_earlier_one_is_known() {
    let site = Site::new();
    let mut client = site.database.client();
    // As the first version made it.
    client.batch_execute(
        "DELETE FROM xtelemdb.version; INSERT INTO xtelemdb.version VALUES (1); DROP TABLE xtelemdb.predecessor;
         ALTER TABLE telem ALTER COLUMN ts_ns SET NOT NULL").expect("version 1");
    let output = site.run("ingest", &[]).expect_code(1);
    assert!(output.stderr.contains("earlier xtelemdb; run `xtelemdb setup`"), "{}", output.stderr);
    site.run("setup", &[]).expect_code(0);
    assert_eq!(shape(&site), shape(&Site::new()));
    site.run("ingest", &[]).expect_code(0);
    client.batch_execute("INSERT INTO xtelemdb.version VALUES (1000)").expect("a later version");
    for arguments in [
        &["setup"][..],
        &["setup", "--upgrade"],
        &["ingest"],
        &["inventory"],
        &["setup", "--upgrade", "--dry-run"],
    ] {
        let output = site.run(arguments[0], &arguments[1..]).expect_code(1);
        assert!(output.stderr.contains("newer xtelemdb"), "{arguments:?}: {}", output.stderr);
    }
}

//! `personal backup`, `restore` and `upgrade`: nothing is lost, nothing is half there, whatever stands in the way.

mod support;

use serde_json::Value;
use std::fs;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::time::Duration;
use support::postgres::server_programs;
use support::program::{Output, Program, on_terminal};
use support::until;
use xtelemdb::personal::programs::{self, Programs};
use xtelemdb::personal::{BackupFile, Personal};

/// A folder for a test that the server's account can enter. It goes at the end, with the servers in it.
struct Place(PathBuf);

impl Place {
    fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let base = std::env::temp_dir().join(format!("xc-{}-{number}", std::process::id()));
        let _ = fs::remove_dir_all(&base);
        fs::create_dir(&base).expect("a new folder");
        fs::set_permissions(&base, fs::Permissions::from_mode(0o755)).expect("a folder to enter");
        Self(base)
    }

    fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// A database with some rows, set up as users do.
    fn filled(&self, name: &str) -> Personal {
        let db = xtelemdb::personal::init(&self.join(name), Some(&server_programs().bin), "node1");
        let db = db.unwrap_or_else(|e| panic!("{e}"));
        Program::new(&["setup", "-q", "-c", db.config_file().to_str().unwrap()]).run().expect_code(0);
        let mut client = connected(&db);
        client
            .batch_execute(
                "INSERT INTO telem (ts, device, msg, prio, ec, ts_ns, digest)
                 SELECT '2024-03-22'::timestamptz + n * '1 s'::interval, 'camwfs', jsonb_build_object('n', n, 't', E'a\\nb\\\\.'),
                        'TELM', 'telem_x', n % 1000, n FROM generate_series(1, 5000) AS n;
                 INSERT INTO file_origins VALUES ('h', '/a', now(), now(), 7);
                 CREATE ROLE reader LOGIN PASSWORD 'x'; GRANT SELECT ON telem TO reader;
                 CREATE TABLE mine AS SELECT 1.5::float8 AS x",
            )
            .expect("rows");
        db
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        for entry in fs::read_dir(&self.0).into_iter().flatten().flatten() {
            if let Ok(db) = Personal::open_unfinished(&entry.path()) {
                let _ = db.remove(None);
            }
        }
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn personal(arguments: &[&str]) -> Program {
    Program::new(&[&["personal"], arguments].concat())
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// As people are: what they don't name a schema of is theirs.
fn connected(db: &Personal) -> postgres::Client {
    let mut client = db.connect("xtelem").expect("a connection");
    client.batch_execute("SET search_path = public").expect("a path");
    client
}

fn one(db: &Personal, query: &str) -> String {
    let mut client = connected(db);
    client.query_one(&format!("SELECT ({query})::text"), &[]).expect(query).get(0)
}

/// Everything in telem, as one number.
const SUM: &str = "SELECT sum(hashtextextended(t::text, 0)::numeric) FROM telem t";

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    let mut names: Vec<_> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_backup_is_private_complete_and_restores_into_a_new_folder() {
    let place = Place::new();
    let db = place.filled("db");
    let sum = one(&db, SUM);
    let (file, dir) = (place.join("b.dump"), place.join("db"));
    let would = personal(&["backup", text(&dir), text(&file), "--dry-run"]).run().expect_code(0);
    assert!(would.stdout.contains("Would write") && !file.exists(), "{}", would.stdout);

    let made = personal(&["backup", text(&dir), text(&file), "--json"]).run().expect_code(0).json();
    // telem, file_origins, version and mine.
    assert_eq!(made["rows"], 5003, "{made}");
    assert_eq!((&made["command"], &made["action"]), (&Value::from("personal"), &Value::from("backup")));
    assert!(made["exit"] == 0 && made["elapsed_s"].is_f64(), "{made}");
    let there = fs::metadata(&file).expect("the backup");
    assert_eq!((there.mode() & 0o777, there.len()), (0o600, made["size_bytes"].as_u64().unwrap()));
    let again = personal(&["backup", text(&dir), text(&file)]).run().expect_code(1);
    assert!(again.stderr.contains("exists already"), "{}", again.stderr);
    personal(&["backup", text(&dir), text(&file), "--overwrite"]).run().expect_code(0);

    // What would reorder a terminal's text is still the same name to whoever reads the JSON.
    let odd = place.join("b\u{202e}.dump");
    let made = personal(&["backup", text(&dir), text(&odd), "--json"]).run().expect_code(0);
    assert!(made.json()["file"] == text(&odd) && !made.stdout.contains('\u{202e}'), "{}", made.stdout);

    // Into a folder it has a name of its own, also when the server did not run; then it does not run afterwards.
    db.stop(None).unwrap();
    let folder = place.join("backups");
    fs::create_dir(&folder).unwrap();
    personal(&["backup", text(&dir), text(&folder)]).run().expect_code(0);
    assert!(!db.status().unwrap().running);
    let status = personal(&["status", text(&dir), "--json"]).run().expect_code(3).json();
    assert!(status["exit"] == 3 && status["running"] == false, "{status}");
    let named = names(&folder);
    assert!(named.len() == 1 && named[0].starts_with("db-20") && named[0].ends_with(".dump"), "{named:?}");

    let other = place.join("other");
    let bin = server_programs().bin;
    let restore = ["restore", text(&other), text(&file), "--pg-bin", text(&bin), "hostname=h9"];
    let would = personal(&[&restore[..], &["--dry-run"]].concat()).run().expect_code(0);
    assert!(would.stdout.contains("into a new personal database") && !other.exists(), "{}", would.stdout);
    let restored = personal(&[&restore[..], &["--json"]].concat()).run().expect_code(0).json();
    assert_eq!((&restored["rows"], &restored["made"]), (&Value::from(5003), &Value::from(true)));
    let other = Personal::open(&other).unwrap();
    assert_eq!(one(&other, SUM), sum);
    assert!(fs::read_to_string(other.config_file()).unwrap().contains("hostname = \"h9\""));
    // The ledger's triggers are there: setup finds nothing to do and voids nothing.
    let triggers = one(&other, "SELECT count(*) FROM pg_trigger WHERE tgname = 'void_ledger'");
    assert_eq!(triggers, "2");
    Program::new(&["setup", "-q", "-c", text(&other.config_file())]).run().expect_code(0);
}

#[test]
fn a_restore_replaces_rows_only_when_told() {
    let place = Place::new();
    let db = place.filled("db");
    let (file, dir) = (place.join("b.dump"), place.join("db"));
    personal(&["backup", text(&dir), text(&file)]).run().expect_code(0);
    let mut held = connected(&db);
    held.batch_execute("DELETE FROM telem WHERE digest > 10").unwrap();

    let refused = personal(&["restore", text(&dir), text(&file)]).run().expect_code(1);
    assert!(refused.stderr.contains("--overwrite"), "{}", refused.stderr);
    let would = personal(&["restore", text(&dir), text(&file), "--dry-run"]).run().expect_code(0);
    assert!(would.stdout.contains("13 rows, and be refused"), "{}", would.stdout);
    assert_eq!(one(&db, "SELECT count(*) FROM telem"), "10");

    // Cut or damaged, it changes nothing. So does something that is no backup.
    let whole = fs::read(&file).unwrap();
    let mut in_definitions = whole.clone();
    in_definitions[whole.len() / 20] ^= 1;
    for (name, bytes) in [
        ("in the definitions", in_definitions),
        ("cut", whole[..whole.len() / 2].to_vec()),
        ("damaged", {
            let mut bytes = whole.clone();
            let at = bytes.len() * 3 / 4;
            bytes[at] ^= 0xff;
            bytes
        }),
        ("other", b"not a backup".to_vec()),
    ] {
        let path = place.join(name);
        fs::write(&path, bytes).unwrap();
        personal(&["restore", text(&dir), text(&path), "--overwrite"]).run().expect_code(1);
        assert_eq!(one(&db, "SELECT count(*) FROM telem"), "10", "{name}");
    }
    assert_eq!(one(&db, "SELECT count(*) FROM pg_database WHERE datname LIKE 'xtelem%'"), "1");

    // Whoever is connected does not stand in the way.
    let restored = personal(&["restore", text(&dir), text(&file), "--overwrite", "--json"]).run();
    assert_eq!(restored.expect_code(0).json()["rows"], 5003);
    assert!(held.simple_query("SELECT 1").is_err(), "the old connection is gone");
    assert_eq!(one(&db, "SELECT count(*) FROM telem"), "5000");
}

#[test]
fn a_failed_restore_into_a_new_folder_leaves_nothing() {
    let place = Place::new();
    let (file, bin) = (place.join("b.dump"), server_programs().bin);
    fs::write(&file, b"PGDMP and nonsense").unwrap();
    let failed = personal(&["restore", text(&place.join("db")), text(&file), "--pg-bin", text(&bin)]).run();
    assert!(failed.expect_code(1).stderr.contains("pg_restore failed"));
    assert_eq!(names(&place.0), ["b.dump"]);
}

#[test]
fn a_backup_that_is_killed_leaves_no_backup() {
    let place = Place::new();
    let db = place.filled("db");
    let (file, part, dir) = (place.join("b.dump"), place.join("b.dump.part"), place.join("db"));
    // pg_dump waits for this lock, so the backup can be met half way.
    let mut client = connected(&db);
    let mut lock = client.transaction().unwrap();
    lock.batch_execute("LOCK TABLE telem IN ACCESS EXCLUSIVE MODE").unwrap();
    let running = personal(&["backup", text(&dir), text(&file)]).start();
    let dumps = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'pg_dump' AND wait_event_type = 'Lock'";
    until("pg_dump waits", Duration::from_secs(60), || one_in(&db, dumps) == 1);
    running.signal("KILL");
    running.wait();
    assert!(part.exists() && !file.exists());
    // Its pg_dump is still at it, and must not write into another's file.
    let second = personal(&["backup", text(&dir), text(&file)]).run().expect_code(1);
    assert!(second.stderr.contains("another backup is writing"), "{}", second.stderr);
    lock.rollback().unwrap();
    until("the first pg_dump is gone", Duration::from_secs(60), || {
        one_in(&db, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'pg_dump'") == 0
            && fs::File::open(&part).unwrap().try_lock().is_ok()
    });
    personal(&["backup", text(&dir), text(&file)]).run().expect_code(0);
    assert!(!part.exists() && file.exists());

    // SIGTERM ends pg_dump too and takes the unfinished file away.
    let other = place.join("c.dump");
    let mut lock = client.transaction().unwrap();
    lock.batch_execute("LOCK TABLE telem IN ACCESS EXCLUSIVE MODE").unwrap();
    let running = personal(&["backup", text(&dir), text(&other)]).start();
    until("pg_dump waits", Duration::from_secs(60), || one_in(&db, dumps) == 1);
    running.signal("TERM");
    assert_eq!(running.wait().code, 130);
    assert!(!other.exists() && !place.join("c.dump.part").exists());
    lock.rollback().unwrap();
}

fn one_in(db: &Personal, query: &str) -> i64 {
    db.connect("postgres").expect("a connection").query_one(query, &[]).expect(query).get(0)
}

/// The programs to upgrade to: another version's where $PG_NEWER_BIN names one, else the same again, which takes the same
/// way through all but the version numbers.
fn newer() -> Programs {
    let bin = std::env::var_os("PG_NEWER_BIN").map(PathBuf::from);
    bin.map_or_else(server_programs, |bin| programs::newest(Some(&bin)).unwrap_or_else(|e| panic!("{e}")))
}

#[test]
fn limits_set_for_people_do_not_hold() {
    let place = Place::new();
    let db = place.filled("db");
    let limits =
        ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "idle_session_timeout"];
    for limit in limits {
        connected(&db).batch_execute(&format!("ALTER DATABASE xtelem SET {limit} = '1ms'")).unwrap();
    }
    for limit in limits {
        assert_eq!(one(&db, &format!("SELECT current_setting('{limit}')")), "0");
    }
    db.backup(&place.join("b.dump"), false, None).unwrap_or_else(|e| panic!("{e}"));
}

/// Whether somebody waits for a lock on a file or folder, as the kernel tells.
fn is_waited_for(path: &Path) -> bool {
    let inode = format!(":{} ", fs::metadata(path).expect("it is there").ino());
    let locks = fs::read_to_string("/proc/locks").expect("the locks there are");
    locks.lines().any(|line| line.contains("-> ") && line.contains(&inode))
}

/// Two at once would fill one database, and one would put it into place half empty.
#[test]
fn a_restore_waits_for_its_turn() {
    let place = Place::new();
    let db = place.filled("db");
    let file = place.join("b.dump");
    db.backup(&file, false, None).unwrap_or_else(|e| panic!("{e}"));
    let backup = BackupFile::open(&file).unwrap_or_else(|e| panic!("{e}"));
    // As another command does that is at work.
    let marker = db.dir().join("personal.toml");
    let turn = fs::File::open(&marker).expect("the marker");
    turn.lock().expect("a turn");
    std::thread::scope(|scope| {
        let restore = scope.spawn(|| db.restore(&backup, true, None));
        until("it waits", Duration::from_secs(60), || restore.is_finished() || is_waited_for(&marker));
        assert!(!restore.is_finished(), "it did not wait");
        drop(turn);
        assert_eq!(restore.join().expect("a restore").unwrap_or_else(|e| panic!("{e}")), 5003);
    });
}

/// The server is started for the first and used by the second: it is stopped when both are done.
#[test]
fn of_two_at_work_none_stops_the_server_under_the_other() {
    let place = Place::new();
    let db = place.filled("db");
    db.stop(None).unwrap();
    let (let_go, held) = mpsc::channel::<()>();
    let (tell, told) = mpsc::channel();
    std::thread::scope(|scope| {
        let db = &db;
        let first = scope.spawn(move || {
            db.while_running(None, || {
                tell.send(()).expect("the test waits for it");
                let _ = held.recv();
                Ok(())
            })
        });
        told.recv().expect("the first is at work");
        let second = db.while_running(None, || {
            drop(let_go);
            until("the first waits", Duration::from_secs(60), || {
                first.is_finished() || is_waited_for(db.dir())
            });
            assert!(db.status()?.running, "stopped under the second");
            Ok(())
        });
        second.unwrap_or_else(|e| panic!("{e}"));
        first.join().expect("the first").unwrap_or_else(|e| panic!("{e}"));
    });
    assert!(!db.status().unwrap().running);
}

#[test]
fn an_upgrade_brings_every_row_and_keeps_the_old_folder() {
    let place = Place::new();
    let mut db = place.filled("db");
    fs::OpenOptions::new()
        .append(true)
        .open(db.dir().join("data/postgresql.conf"))
        .and_then(|mut file| file.write_all(b"work_mem = '7MB'\n"))
        .unwrap();
    let sum = one(&db, SUM);
    let (older, newer) = (server_programs(), newer());
    let done = db.upgrade(&older, &newer).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!((done.rows, done.from_major), (5003, older.major));
    assert!(done.old_data.join("PG_VERSION").exists());
    assert_eq!(db.data_major().unwrap(), newer.major);
    assert!(!db.status().unwrap().running && !db.dir().join("running-on").exists());
    let db = Personal::open(db.dir()).unwrap();
    db.start(None).unwrap_or_else(|e| panic!("the programs are remembered: {e}"));
    assert_eq!(one(&db, SUM), sum);
    assert_eq!(one(&db, "SELECT current_setting('work_mem')"), "7MB");
    assert_eq!(one(&db, "SELECT has_table_privilege('reader', 'telem', 'select')"), "true");
    assert_eq!(one(&db, "SELECT current_setting('default_transaction_read_only')"), "off");
    assert_eq!(db.status().unwrap().old_data, [done.old_data.to_str().unwrap()]);
    let mut db = db;
    fs::create_dir_all(db.dir().join(format!("data.old-{}", newer.major))).unwrap();
    let again = db.upgrade(&newer, &newer).expect_err("the old folder is in the way").to_string();
    assert!(again.contains("from an earlier upgrade"), "{again}");
    assert_eq!(one(&db, SUM), sum, "the server still runs");
}

/// As people do it, where $PG_NEWER_BIN names a newer version; `build.sh test-postgres` does. Without one it has to say so.
#[test]
fn an_upgrade_by_the_command() {
    let place = Place::new();
    let db = place.filled("db");
    let sum = one(&db, SUM);
    let (older, newer) = (server_programs(), newer());
    let upgrade = ["upgrade", text(db.dir()), "--pg-bin", text(&newer.bin)];
    let would = personal(&[&upgrade[..], &["--dry-run"]].concat()).run().expect_code(0);
    let done = personal(&[&upgrade[..], &["--json"]].concat()).run().expect_code(0).json();
    assert!(done["command"] == "personal" && done["exit"] == 0 && done["elapsed_s"].is_f64(), "{done}");
    assert!(db.status().unwrap().running, "as before");
    assert_eq!(one(&db, SUM), sum);
    assert_eq!(db.data_major().unwrap(), newer.major);
    if newer.major == older.major {
        assert!(would.stdout.contains("the newest that was found"), "{}", would.stdout);
        assert_eq!((&done["changed"], &done["version"]), (&Value::from(false), &Value::from(newer.major)));
        return;
    }
    assert!(
        would.stdout.contains("Would upgrade") && would.stdout.contains("stop its server"),
        "{}",
        would.stdout
    );
    assert_eq!((&done["changed"], &done["rows"]), (&Value::from(true), &Value::from(5003)));
    assert_eq!(
        (&done["from_major"], &done["to_version"]),
        (&Value::from(older.major), &Value::from(newer.version))
    );
    assert!(Path::new(done["old_data"].as_str().unwrap()).join("PG_VERSION").exists(), "{done}");
}

#[test]
fn an_upgrade_that_fails_leaves_the_database_as_it_was() {
    let place = Place::new();
    let mut db = place.filled("db");
    let sum = one(&db, SUM);
    // The newer server can't start with it; nor could this one if it were started anew, so it goes again.
    let auto = db.dir().join("data/postgresql.auto.conf");
    let before = fs::read_to_string(&auto).unwrap();
    fs::write(&auto, format!("{before}no_such_setting = 1\n")).unwrap();
    let failed = db.upgrade(&server_programs(), &newer()).expect_err("it must fail").to_string();
    assert!(failed.contains("no_such_setting"), "{failed}");
    assert!(!names(db.dir()).iter().any(|name| name.starts_with("data.") || name == "upgrading"));
    fs::write(&auto, before).unwrap();
    db.start(None).unwrap();
    assert_eq!(one(&db, SUM), sum);
    // The server ran before, and runs again.
    let nowhere = Programs { bin: place.join("nowhere"), ..newer() };
    db.upgrade(&server_programs(), &nowhere).expect_err("there are no programs");
    assert_eq!(one(&db, SUM), sum);
}

/// What an upgrade that was killed leaves at each step is made by hand: the next command settles it.
#[test]
fn an_upgrade_may_be_cut_at_every_step() {
    let place = Place::new();
    let mut db = place.filled("db");
    let sum = one(&db, SUM);
    let path = |name: &str| place.join("db").join(name);
    // While the newer folder is being filled.
    fs::write(path("upgrading"), "").unwrap();
    fs::create_dir(path("data.upgrade")).unwrap();
    fs::write(path("data.upgrade/half"), "").unwrap();
    db.start(None).unwrap();
    assert!(!path("data.upgrade").exists() && !path("upgrading").exists());
    assert_eq!(one(&db, SUM), sum);

    let older = server_programs();
    let done = db.upgrade(&older, &newer()).unwrap_or_else(|e| panic!("{e}"));
    // Between the two renames.
    fs::rename(path("data"), path("data.upgrade")).unwrap();
    fs::write(path("upgrading"), "").unwrap();
    db.start(None).unwrap();
    assert_eq!(one(&db, SUM), sum);
    assert!(done.old_data.exists() && !path("upgrading").exists());
    // After them.
    db.stop(None).unwrap();
    fs::write(path("upgrading"), "").unwrap();
    db.start(None).unwrap();
    assert_eq!(one(&db, SUM), sum);
    assert!(done.old_data.exists(), "the old folder stays");
    db.remove(None).unwrap();
    assert_eq!(names(&place.0), Vec::<String>::new());
}

#[test]
fn what_is_new_already_is_not_upgraded() {
    let place = Place::new();
    let db = place.filled("db");
    let bin = server_programs().bin;
    let said: Output = personal(&["upgrade", text(db.dir()), "--pg-bin", text(&bin)]).run().expect_code(0);
    assert!(said.stdout.contains("the newest that was found"), "{}", said.stdout);
    assert!(db.status().unwrap().running);
}

#[test]
fn a_removal_is_asked_about_and_only_yes_is_yes() {
    let place = Place::new();
    let db = place.filled("db");
    let output = personal(&["remove", text(db.dir())]).run().expect_code(2);
    assert!(
        output.stderr.contains("would remove the database in") && output.stderr.contains("say --yes"),
        "{}",
        output.stderr
    );
    for (answer, code) in [("no\n", 1), ("\n", 1), ("yes\n", 0)] {
        let typed = format!("{} personal remove {} --json", env!("CARGO_BIN_EXE_xtelemdb"), text(db.dir()));
        let (said, ended) = on_terminal(&typed, answer);
        assert_eq!(ended, Some(code), "{answer:?}: {said}");
        assert!(said.contains("Its server runs") && said.contains("Remove it? Type yes:"), "{said}");
        let summary = said.lines().find_map(|line| line.find('{').map(|at| &line[at..])).expect("a summary");
        let summary: Value = serde_json::from_str(summary.trim()).expect("JSON");
        assert_eq!((&summary["command"], &summary["exit"]), (&Value::from("personal"), &Value::from(code)));
        assert_eq!(db.dir().exists(), code != 0, "{answer:?}");
    }
    let output = personal(&["remove", text(db.dir())]).run().expect_code(1);
    assert!(output.stderr.contains("xtelemdb personal init "), "{}", output.stderr);
}

#[test]
fn the_settings_for_shared_file_systems_start_a_server() {
    let place = Place::new();
    let db = place.filled("db");
    db.stop(None).unwrap();
    let conf = place.join("db/data/xtelemdb.conf");
    for kind in ["lustre", "zfs"] {
        let kind = xtelemdb::personal::FileSystem::named(kind);
        fs::write(&conf, xtelemdb::personal::server_settings(1 << 30, Some(&kind))).unwrap();
        db.start(None).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(one(&db, "SELECT current_setting('fsync')"), "on");
        db.stop(None).unwrap();
    }
}

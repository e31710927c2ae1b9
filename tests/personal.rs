//! `personal`: the life of a private PostgreSQL, and what may stand in its way.

mod support;

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use support::executable;
use support::postgres::{Postgres, server_programs};
use support::program::Program;
use support::until;
use xtelemdb::personal::programs::Programs;
use xtelemdb::personal::{self, Left, Personal, Started, Stopped};

/// Far from any real time.
const BOUND: Duration = Duration::from_secs(120);

/// A folder for a test, in which `db` is for a personal database. Everything goes when it is dropped, the server too.
struct Place {
    base: PathBuf,
    programs: Programs,
}

impl Place {
    fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let base = std::env::temp_dir().join(format!("xp-{}-{number}", std::process::id()));
        fs::create_dir(&base).expect("a new folder");
        // The server's account has to pass.
        fs::set_permissions(&base, fs::Permissions::from_mode(0o755))
            .expect("a folder that others may enter");
        Self { base, programs: server_programs() }
    }

    fn db(&self) -> PathBuf {
        self.base.join("db")
    }

    fn init(&self) -> Personal {
        personal::init(&self.db(), Some(&self.programs.bin), "node1").unwrap_or_else(|e| panic!("{e}"))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Ok(personal) = Personal::open_unfinished(&self.db()) {
            let _ = fs::remove_file(self.db().join("running-on"));
            let _ = personal.remove(None);
        }
        let _ = fs::remove_dir_all(&self.base);
    }
}

fn show(personal: &Personal, setting: &str) -> String {
    let mut client = personal.connect("xtelem").expect("a connection");
    client.query_one(&format!("SHOW {setting}"), &[]).expect("a setting").get(0)
}

fn error_of<T>(result: xtelemdb::error::Result<T>) -> String {
    result.err().expect("an error").to_string()
}

#[test]
fn a_life_from_init_to_remove() {
    let place = Place::new();
    let db = place.init();
    for (setting, value) in [
        ("data_checksums", "on"),
        ("server_encoding", "UTF8"),
        ("listen_addresses", ""),
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("synchronous_commit", "on"),
        ("max_wal_size", "4GB"),
        ("TimeZone", "UTC"),
    ] {
        assert_eq!(show(&db, setting), value, "{setting}");
    }
    // A setting of that name is gone from PostgreSQL 16 on.
    let collation = "SELECT datcollate FROM pg_database WHERE datname = current_database()";
    let collation: String =
        db.connect("xtelem").expect("a connection").query_one(collation, &[]).expect("a row").get(0);
    assert_eq!(collation, "C");
    for name in
        ["", "data", "socket", "server.log", "xtelemdb.conf.toml", "personal.toml", "data/xtelemdb.conf"]
    {
        let mode = fs::metadata(db.dir().join(name)).expect(name).mode();
        assert_eq!(mode & 0o077, 0, "{name} is closed to others");
    }

    let status = db.status().unwrap();
    assert!(status.running && status.problem.is_none() && status.since.is_some());
    assert!(status.size_bytes > 10_000_000, "{}", status.size_bytes);
    assert_eq!(status.version.as_deref(), Some(place.programs.version.as_str()));
    let pid = status.pid.expect("a process");
    assert_ne!(fs::metadata(format!("/proc/{pid}")).unwrap().uid(), 0, "the server does not run as root");

    let config: toml::Table = toml::from_str(&fs::read_to_string(db.config_file()).unwrap()).unwrap();
    let database = config["database"].as_table().unwrap();
    assert_eq!(database["host"].as_str(), Some(status.socket.as_str()));
    assert_eq!(database["database"].as_str(), Some("xtelem"));
    assert_eq!(config["hostname"].as_str(), Some("node1"));
    let mut client = postgres::Config::new()
        .host_path(database["host"].as_str().unwrap())
        .port(database["port"].as_integer().unwrap() as u16)
        .user(database["user"].as_str().unwrap())
        .dbname("xtelem")
        .connect(postgres::NoTls)
        .expect("the configuration leads to the server");
    client.batch_execute("CREATE TABLE t AS SELECT 7 AS x").unwrap();

    assert_eq!(db.start(None).unwrap(), Started::Already);
    assert_eq!(db.stop(None).unwrap(), Stopped::Now);
    assert_eq!(db.stop(None).unwrap(), Stopped::Already);
    assert!(!db.status().unwrap().running);
    let db = Personal::open(&place.db()).unwrap();
    assert_eq!(db.start(None).unwrap(), Started::Now);
    let x: i32 = db.connect("xtelem").unwrap().query_one("SELECT x FROM public.t", &[]).unwrap().get(0);
    assert_eq!(x, 7);

    assert_eq!(db.remove(None).unwrap(), Left::Nothing);
    assert!(!place.db().exists());
    // A dead process that nobody has reaped yet has no folder.
    assert!(
        fs::read_link(Path::new("/proc").join(pid.to_string()).join("cwd")).is_err(),
        "the server is gone"
    );
}

#[test]
fn dry_runs_of_init_and_remove_say_what_would_be_done_and_do_nothing() {
    let place = Place::new();
    let (db, bin) = (place.db(), place.programs.bin.clone());
    let (dir, bin) = (db.to_str().unwrap(), bin.to_str().unwrap());
    let init = ["personal", "init", dir, "--pg-bin", bin, "--dry-run"];
    let said = Program::new(&init).run().expect_code(0).stdout;
    assert!(said.contains(&format!(" in {dir}:\n    {dir}/personal.toml: ")) && said.contains(bin), "{said}");
    assert!(!db.exists());

    place.init();
    let said = Program::new(&init).run().expect_code(1).stderr;
    assert!(said.contains(&format!("personal start {dir}")), "{said}");
    let remove =
        |more: &str| Program::new(&["personal", "remove", dir, "--json", more]).run().expect_code(0).json();
    let would = remove("--dry-run");
    assert_eq!((&would["running"], &would["dry_run"]), (&true.into(), &true.into()));
    let parts: Vec<&Path> =
        would["parts"].as_array().unwrap().iter().map(|part| Path::new(part.as_str().unwrap())).collect();
    assert!(
        parts.contains(&db.join("data").as_path()) && parts.iter().all(|part| part.exists()),
        "{parts:?}"
    );
    assert!(Personal::open(&db).unwrap().status().unwrap().running);

    remove("--yes");
    assert!(!db.exists() && parts.iter().all(|part| !part.exists()), "{parts:?}");
}

#[test]
fn init_leaves_alone_what_is_there() {
    let place = Place::new();
    fs::create_dir(place.db()).unwrap();
    fs::write(place.db().join("thesis.tex"), "words").unwrap();
    assert!(error_of(personal::init(&place.db(), None, "h")).contains("not empty"));
    assert_eq!(fs::read_to_string(place.db().join("thesis.tex")).unwrap(), "words");

    fs::remove_file(place.db().join("thesis.tex")).unwrap();
    let db = place.init();
    assert!(error_of(personal::init(&place.db(), None, "h")).contains("already"));
    assert!(db.status().unwrap().running, "and the database there is not disturbed");

    fs::write(place.db().join("notes.txt"), "mine").unwrap();
    assert_eq!(db.remove(None).unwrap(), Left::Folder);
    let left: Vec<_> = fs::read_dir(place.db()).unwrap().flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left, ["notes.txt"]);
    assert!(error_of(Personal::open(&place.db())).contains("no personal database"));
}

#[test]
fn a_failed_init_leaves_nothing_behind() {
    let place = Place::new();
    let bin = place.base.join("bin");
    fs::create_dir(&bin).unwrap();
    let scripts = [
        ("postgres", "echo 'postgres (PostgreSQL) 15.0'"),
        ("initdb", "for a; do :; done; echo half > \"$a/half\"; echo 'no space left' >&2; exit 1"),
        ("pg_ctl", "exit 1"),
    ];
    for (name, script) in scripts {
        executable::write(&bin.join(name), &format!("#!/bin/sh\n{script}\n"));
    }
    assert!(error_of(personal::init(&place.db(), Some(&bin), "h")).contains("no space left"));
    assert!(!place.db().exists());
    fs::create_dir(place.db()).unwrap();
    assert!(error_of(personal::init(&place.db(), Some(&bin), "h")).contains("no space left"));
    assert_eq!(fs::read_dir(place.db()).unwrap().count(), 0, "an empty folder is empty again");
}

#[test]
fn a_deep_folder_has_its_socket_elsewhere() {
    let place = Place::new();
    let deep = place.base.join("long-name-of-a-folder/".repeat(6));
    fs::create_dir_all(&deep).unwrap();
    let deep = deep.join("a, b");
    let db = personal::init(&deep, Some(&place.programs.bin), "h").unwrap_or_else(|e| panic!("{e}"));
    let socket = db.socket();
    assert!(socket.starts_with("/tmp") && socket.to_str().unwrap().len() < 100, "{}", socket.display());
    let there = fs::symlink_metadata(&socket).unwrap();
    assert_eq!((there.mode() & 0o777, there.uid()), (0o700, db.account().uid));

    // /tmp is emptied between two starts; then somebody else's folder is in the way.
    db.stop(None).unwrap();
    fs::remove_dir_all(&socket).unwrap();
    assert_eq!(db.start(None).unwrap(), Started::Now);
    db.stop(None).unwrap();
    fs::set_permissions(&socket, fs::Permissions::from_mode(0o777)).unwrap();
    let refused = error_of(db.start(None));
    assert!(refused.contains("others can enter") && refused.contains(socket.to_str().unwrap()), "{refused}");
    assert_eq!(db.remove(None).unwrap(), Left::Nothing);
    assert!(!socket.exists());
}

#[test]
fn a_killed_server_starts_again() {
    let place = Place::new();
    let db = place.init();
    let pid = db.status().unwrap().pid.unwrap();
    let killed = Command::new("/bin/sh").args(["-c", &format!("kill -KILL {pid}")]).status().unwrap();
    assert!(killed.success());
    until("it is gone", BOUND, || !db.status().unwrap().running);
    let output = Program::new(&["personal", "status", db.dir().to_str().unwrap()]).run().expect_code(3);
    assert!(output.stdout.contains("without having been stopped"), "{}", output.stdout);
    assert_eq!(db.start(None).unwrap(), Started::Now, "whatever it left running is waited for");

    // The process id in the file of a server that ended without notice is given to another program: to us.
    db.stop(None).unwrap();
    let lock = db.dir().join("data/postmaster.pid");
    fs::write(&lock, format!("{}\n{}\n", std::process::id(), db.dir().join("data").display())).unwrap();
    assert!(!db.status().unwrap().running);
    assert_eq!(db.start(None).unwrap(), Started::Now);
    assert!(db.status().unwrap().running);
}

#[test]
fn of_several_starts_at_once_one_does_it() {
    let place = Place::new();
    let db = place.init();
    db.stop(None).unwrap();
    let start = || Personal::open(&place.db()).unwrap().start(None).unwrap_or_else(|e| panic!("{e}"));
    let started: Vec<Started> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(start)).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    assert_eq!(started.iter().filter(|started| **started == Started::Now).count(), 1, "{started:?}");
}

#[test]
fn another_hosts_server_is_left_alone() {
    let place = Place::new();
    let db = place.init();
    db.stop(None).unwrap();
    let lock = db.dir().join("running-on");
    fs::write(&lock, "node17\n").unwrap();
    for refused in [error_of(db.start(None)), error_of(db.stop(None))] {
        assert!(refused.contains("node17") && refused.contains(lock.to_str().unwrap()), "{refused}");
    }
    assert!(error_of(Personal::open(&place.db()).unwrap().remove(None)).contains("node17"));
    assert!(db.dir().join("data/PG_VERSION").exists());
    assert_eq!(db.status().unwrap().host.as_deref(), Some("node17"));
    fs::remove_file(&lock).unwrap();
    assert_eq!(db.start(None).unwrap(), Started::Now);
}

#[test]
fn another_versions_data_are_left_alone() {
    let place = Place::new();
    let db = place.init();
    db.stop(None).unwrap();
    fs::write(db.dir().join("data/PG_VERSION"), "99\n").unwrap();
    let refused = error_of(db.start(None));
    assert!(
        refused.contains("made by PostgreSQL 99") && refused.contains(&place.programs.version),
        "{refused}"
    );
}

#[test]
fn a_server_that_does_not_start_says_why() {
    let place = Place::new();
    let db = place.init();
    db.stop(None).unwrap();
    let settings = db.dir().join("data/postgresql.conf");
    let before = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, format!("{before}\nshared_buffers = 'plenty'\n")).unwrap();
    let failed = error_of(db.start(None));
    assert!(failed.contains("shared_buffers") && failed.contains("server.log"), "{failed}");
    assert!(!db.dir().join("running-on").exists(), "nothing runs, so no host is named");
    fs::write(&settings, before).unwrap();
    assert_eq!(db.start(None).unwrap(), Started::Now);
}

#[test]
fn a_moved_folder_still_works() {
    let place = Place::new();
    let db = place.init();
    db.stop(None).unwrap();
    let moved = place.base.join("moved");
    fs::rename(place.db(), &moved).unwrap();
    let db = Personal::open(&moved).unwrap();
    assert_eq!(db.start(None).unwrap(), Started::Now);
    assert_eq!(db.socket(), moved.join("socket"));
    assert_eq!(db.remove(None).unwrap(), Left::Nothing);
}

#[test]
fn the_test_server_survives_a_crash() {
    let server = Postgres::own();
    let database = server.database();
    database.client().batch_execute("CREATE TABLE t AS SELECT 7 AS x").unwrap();
    server.stop_immediate();
    server.start_again();
    let x: i32 = database.client().query_one("SELECT x FROM t", &[]).unwrap().get(0);
    assert_eq!(x, 7);
    assert!(Postgres::shared().database().client().simple_query("SELECT 1").is_ok());
}

#[test]
fn a_folder_that_others_may_change_is_not_trusted() {
    let place = Place::new();
    let db = place.init();
    db.stop(None).expect("stopped");
    fs::set_permissions(place.db(), fs::Permissions::from_mode(0o770)).expect("a mode");
    assert!(error_of(Personal::open(&place.db())).contains("chmod go-w"));
    fs::set_permissions(place.db(), fs::Permissions::from_mode(0o700)).expect("a mode");
    // The marker of a database, in a folder that somebody else made of it.
    let marker = place.db().join("personal.toml");
    fs::rename(&marker, place.db().join("aside")).expect("moved");
    std::os::unix::fs::symlink(place.db().join("aside"), &marker).expect("a link");
    assert!(Personal::open(&place.db()).is_err());
    fs::rename(place.db().join("aside"), &marker).expect("moved back");
    // A link where the socket's folder is to be made.
    let socket = place.db().join("socket");
    fs::remove_dir_all(&socket).expect("removed");
    std::os::unix::fs::symlink("/tmp", &socket).expect("a link");
    assert!(
        error_of(Personal::open(&place.db()).expect("it is whole").start(None))
            .contains("it is not a folder")
    );
    fs::remove_file(&socket).expect("removed");
    let db = Personal::open(&place.db()).expect("it is whole");
    assert_eq!(db.start(None).expect("it starts"), Started::Now);
}

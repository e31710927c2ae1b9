//! The inventory against a private PostgreSQL.

mod support;

use postgres::Client;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use support::postgres::{Database, Postgres};
use xtelemdb::config;
use xtelemdb::db::{Connector, files, schema};
use xtelemdb::inventory::{self, Summary, Task};
use xtelemdb::origin::origin_digest;
use xtelemdb::walk::Kind;

/// A folder and a database of one test.
struct Setting {
    dir: PathBuf,
    database: Database,
    connector: Connector,
}

static NUMBER: AtomicU64 = AtomicU64::new(0);

impl Setting {
    fn new() -> Self {
        Self::on(Postgres::shared())
    }

    fn on(server: &Postgres) -> Self {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let dir = std::env::temp_dir().join(format!("xtelemdb-inventory-{}-{number}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).unwrap();
        let database = server.database();
        schema::apply(&mut database.client()).unwrap();
        let connector = Connector::new(&config::Database {
            host: server.socket().to_str().unwrap().into(),
            port: 5432,
            user: "tester".into(),
            database: database.name().into(),
            password_file: "/nowhere".into(),
            sslmode: config::sslmode::SslMode::default(),
            sslrootcert: None,
            connect_timeout: Duration::from_secs(10),
            retry_for: Duration::from_secs(60),
            retry_pause: Duration::from_millis(50),
            retry_pause_max: Duration::from_millis(500),
        });
        Self { dir, database, connector }
    }

    fn file(&self, name: impl AsRef<Path>, size_bytes: usize) -> PathBuf {
        let path = self.dir.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, vec![b'x'; size_bytes]).unwrap();
        path
    }

    fn many_files(&self, folders: usize, files: usize) {
        for number in 0..folders * files {
            self.file(format!("many/{}/dev_{number}.bintel", number % folders), 0);
        }
    }

    fn run(&self) -> Summary {
        self.run_as("exao1")
    }

    fn run_as(&self, host: &str) -> Summary {
        let task = Task::new(host.into(), vec![self.dir.clone()], 3);
        inventory::run(&task, &self.connector, self.connector.connect().unwrap(), &|_| {}).unwrap()
    }

    fn count(&self) -> i64 {
        self.database.client().query_one("SELECT count(*) FROM public.file_origins", &[]).unwrap().get(0)
    }
}

impl Drop for Setting {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.dir);
    }
}

/// Files, new, changed, unchanged.
fn counts(summary: &Summary) -> [u64; 4] {
    [summary.files, summary.new, summary.changed, summary.unchanged]
}

/// What changes when any row is written: the transactions that made the rows, and where they stand.
fn marks(client: &mut Client) -> Vec<(String, String)> {
    client
        .query("SELECT xmin::text, ctid::text FROM public.file_origins ORDER BY ctid", &[])
        .unwrap()
        .iter()
        .map(|row| (row.get(0), row.get(1)))
        .collect()
}

#[test]
fn a_file_gets_its_row_once_and_again_when_it_changes() {
    let setting = Setting::new();
    let mut client = setting.database.client();
    let path = setting.file("camwfs_20240401123456123456789.bintel", 10);
    let modified = UNIX_EPOCH + Duration::new(1_700_000_000, 123_456_789);
    fs::File::options().write(true).open(&path).unwrap().set_modified(modified).unwrap();
    let plain = setting.file("plain", 5);
    let born = fs::metadata(&plain).unwrap().created();
    fs::File::options().write(true).open(&plain).unwrap().set_modified(modified).unwrap();
    let summary = setting.run();
    assert_eq!((counts(&summary), summary.bytes, summary.folders, summary.exit), ([2, 2, 0, 0], 15, 1, 0));
    let row = "SELECT origin_host, size_bytes, modification_time::text, creation_time::text, origin_digest
               FROM public.file_origins WHERE origin_path = $1";
    client.batch_execute("SET TimeZone = 'UTC'").unwrap();
    let path_text = path.to_str().unwrap();
    let found = client.query_one(row, &[&path_text]).unwrap();
    assert_eq!(found.get::<_, String>(0), "exao1");
    assert_eq!(found.get::<_, i64>(1), 10);
    assert_eq!(found.get::<_, String>(2), "2023-11-14 22:13:20.123456+00");
    assert_eq!(found.get::<_, String>(3), "2024-04-01 12:34:56.123456+00");
    assert_eq!(found.get::<_, Vec<u8>>(4), origin_digest("exao1", path_text));
    // A name without a time: the time of birth, where the file system knows it, to the microsecond.
    if let Ok(born) = born {
        let created = "SELECT creation_time FROM public.file_origins WHERE origin_path = $1";
        let created: SystemTime = client.query_one(created, &[&plain.to_str().unwrap()]).unwrap().get(0);
        assert!(born.duration_since(created).unwrap() < Duration::from_micros(1));
    }

    let before = marks(&mut client);
    assert_eq!(counts(&setting.run()), [2, 0, 0, 2]);
    assert_eq!(marks(&mut client), before, "nothing new writes nothing");

    // Growth, a touch, and a new one; what is gone stays in the table.
    fs::write(&path, [0; 11]).unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(modified).unwrap();
    assert_eq!(counts(&setting.run()), [2, 0, 1, 1]);
    fs::File::options().write(true).open(&path).unwrap().set_modified(SystemTime::now()).unwrap();
    assert_eq!(counts(&setting.run()), [2, 0, 1, 1]);
    assert_eq!(client.query_one(row, &[&path_text]).unwrap().get::<_, i64>(1), 11);
    fs::remove_file(&path).unwrap();
    setting.file("folder/another", 1);
    assert_eq!(counts(&setting.run()), [2, 1, 0, 1]);
    assert_eq!(setting.count(), 3);
    // The same paths on another host are other files.
    assert_eq!(counts(&setting.run_as("exao2")), [2, 2, 0, 0]);
    assert_eq!(setting.count(), 5);
}

#[test]
fn odd_names_are_inventoried_and_problems_are_counted() {
    let setting = Setting::new();
    setting.file(OsStr::from_bytes(b"odd\xff\\name"), 1);
    setting.file("odd\u{fffd}\nname\t\"", 1);
    std::os::unix::fs::symlink("nowhere", setting.dir.join("broken")).unwrap();
    let mut deep = setting.dir.clone();
    // Incompressible: a repeated name would fit into an index entry by compression.
    let mut state = 1_u64;
    while deep.as_os_str().len() < 3900 {
        let name: String = (0..90)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                char::from(b'0' + (state >> 33) as u8 % 75)
            })
            .filter(|letter| *letter != '\\')
            .collect();
        deep.push(name);
    }
    setting.file(deep.join("n".repeat(4000 - deep.as_os_str().len() - 1)), 1);
    let summary = setting.run();
    assert_eq!((counts(&summary), summary.exit), ([3, 3, 0, 0], 3));
    assert_eq!(summary.problems, [(Kind::BrokenLink, 1), (Kind::NotUtf8, 1)].into());
    let mut client = setting.database.client();
    let like = |client: &mut Client, pattern: &str| -> i64 {
        let text = "SELECT count(*) FROM public.file_origins WHERE position($1 IN origin_path) > 0";
        client.query_one(text, &[&pattern]).unwrap().get(0)
    };
    assert_eq!(like(&mut client, r"/odd\xff\\name"), 1);
    assert_eq!(like(&mut client, "/odd\u{fffd}\nname\t\""), 1);
    let longest = "SELECT max(octet_length(origin_path)) FROM public.file_origins";
    assert!(client.query_one(longest, &[]).unwrap().get::<_, i32>(0) >= 4000);
    // Each row's digest, made by the server, is the one that is looked up.
    assert_eq!(counts(&setting.run()), [3, 0, 0, 3]);
}

#[test]
fn a_missing_data_folder_is_named_and_the_rest_goes_on() {
    let setting = Setting::new();
    setting.file("here/file", 1);
    let run = |dirs: &[&str]| {
        let data_dirs = dirs.iter().map(|dir| setting.dir.join(dir)).collect();
        let task = Task::new("exao1".into(), data_dirs, 2);
        inventory::run(&task, &setting.connector, setting.connector.connect().unwrap(), &|_| {}).unwrap()
    };
    let summary = run(&["missing", "here"]);
    assert_eq!((counts(&summary), summary.exit), ([1, 1, 0, 0], 3));
    let summary = run(&["missing", "gone"]);
    assert_eq!((counts(&summary), summary.exit), ([0, 0, 0, 0], 3));
    assert_eq!(summary.problems, [(Kind::MissingDataFolder, 2)].into());
}

#[test]
fn a_few_known_files_among_many_new_ones() {
    let setting = Setting::new();
    setting.file("many/0/dev_0.bintel", 0);
    assert_eq!(counts(&setting.run()), [1, 1, 0, 0]);
    // So many that the sample most likely misses the one that is known: COPY meets it.
    setting.many_files(7, 3000);
    setting.file("many/0/dev_0.bintel", 1);
    assert_eq!(counts(&setting.run()), [21_000, 20_999, 1, 0]);
    assert_eq!(setting.count(), 21_000);
}

#[test]
fn two_inventories_at_once() {
    let setting = Setting::new();
    setting.many_files(5, 2000);
    let summaries: Vec<Summary> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..3).map(|_| scope.spawn(|| setting.run())).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(summaries.iter().all(|summary| summary.files == 10_000 && summary.exit == 0), "{summaries:?}");
    assert_eq!(summaries.iter().map(|summary| summary.new).sum::<u64>(), 10_000, "{summaries:?}");
    assert_eq!(setting.count(), 10_000);
    assert_eq!(counts(&setting.run()), [10_000, 0, 0, 10_000]);
}

#[test]
fn a_server_that_dies_in_between_costs_nothing() {
    let server = Postgres::own();
    let setting = Setting::on(&server);
    setting.many_files(5, 2000);
    // Rows that another transaction holds keep the inventory waiting, so the server dies while it is at work.
    let mut blocker = setting.database.client();
    let mut blocking = blocker.transaction().unwrap();
    blocking.execute("LOCK TABLE public.file_origins IN SHARE MODE", &[]).unwrap();
    let mut watcher = server.client();
    std::thread::scope(|scope| {
        let running = scope.spawn(|| setting.run());
        let waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted";
        while watcher.query_one(waiting, &[]).unwrap().get::<_, i64>(0) == 0 {
            assert!(!running.is_finished(), "the inventory did not wait");
            std::thread::yield_now();
        }
        server.stop_immediate();
        server.start_again();
        assert_eq!(counts(&running.join().unwrap()), [10_000, 10_000, 0, 0]);
    });
    drop(blocking);
    assert_eq!(setting.count(), 10_000);
}

#[test]
fn a_digest_of_another_path_is_never_taken_for_this_one() {
    let setting = Setting::new();
    let path = setting.file("file", 1);
    setting.run();
    let known = origin_digest("exao1", path.to_str().unwrap());
    let row = |path| files::FileRow { digest: &known, path, size_bytes: 1, modified_us: 0, created_us: 0 };
    let mut client = setting.database.client();
    let mut transaction = client.transaction().unwrap();
    files::prepare(&mut transaction).unwrap();
    let other = row("/another/path");
    let standing = files::compare(&mut transaction, "exao1", [other].into_iter()).unwrap();
    assert_eq!(standing, [(0, files::Standing::Collision)]);
    let same_path = row(path.to_str().unwrap());
    let standing = files::compare(&mut transaction, "exao2", [same_path].into_iter()).unwrap();
    assert_eq!(standing, [(0, files::Standing::Collision)]);
}

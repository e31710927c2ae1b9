//! setup: what it makes, that it can be repeated, and when it does nothing.

use super::support::make::{lines, record, text_log};
use super::support::postgres::Postgres;
use super::support::rows::stored;
use super::support::site::Site;

const BINTEL: &str = "dev_20240322231415000000000.bintel";
const NDJSON: &str = "dev_2024-04-16T000000.ndjson";

/// Every table, view and function outside the system's schemas, and every right on them.
fn catalogue(site: &Site) -> Vec<String> {
    site.texts(
        "SELECT n.nspname, c.relname, c.relkind, c.oid, c.relacl FROM pg_class AS c JOIN pg_namespace AS n
         ON n.oid = c.relnamespace WHERE n.nspname !~ '^(pg_|information_schema)' ORDER BY 1, 2",
    )
}

#[test]
fn the_four_tables_and_the_view_stand_in_public() {
    let site = Site::new();
    let tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1";
    assert_eq!(site.texts(tables), ["file_ingest_times", "file_origins", "file_replicas", "telem"]);
    assert_eq!(site.texts("SELECT viewname FROM pg_views WHERE schemaname = 'public'"), ["observations"]);
    for query in [
        "SELECT ts, device, msg, prio, ec FROM telem",
        "SELECT origin_host, origin_path, modification_time, creation_time, size_bytes FROM file_origins",
        "SELECT ts, device, ingested_at, origin_host, origin_path FROM file_ingest_times",
        "SELECT hostname, replica_path, origin_modification_time, size_bytes, origin_host, origin_path FROM file_replicas",
        "SELECT start_ts, end_ts, email, obsname FROM observations",
    ] {
        assert_eq!(site.texts(query), [""; 0]);
    }
}

#[test]
fn setups_again_and_at_once_change_nothing() {
    let site = Site::bare();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| site.run("setup", &[]).expect_code(0));
        }
    });
    site.write(BINTEL, text_log(1_711_149_255, 0, "a"));
    site.load(0);
    let before = (catalogue(&site), site.marks());
    site.run("setup", &[]).expect_code(0);
    assert_eq!((catalogue(&site), site.marks()), before);
}

/// Loads some, has the handbook's lines typed, and loads all of it again.
#[track_caller]
fn assert_all_is_loaded_again_after(typed: &str) {
    let site = Site::new();
    let binary = [
        text_log(1_711_149_255, 0, "a"),
        record(20_999, 1_711_149_255, 1, b"x"),
        text_log(1_711_149_255, 2, "b"),
    ];
    site.write(BINTEL, binary.concat());
    site.write(NDJSON, lines(0..5) + "no record\n" + &lines(5..6));
    assert_eq!(site.load(3).records(), [8, 0, 2]);
    site.database.client().batch_execute(typed).unwrap_or_else(|e| panic!("{typed}: {e}"));
    site.run("setup", &[]).expect_code(0);
    let new = 8 - site.number("SELECT count(*) FROM public.telem");
    let report = site.load(3);
    assert_eq!(report.records(), [new, 8 - new, 2], "{typed}");
    assert_eq!(stored(&site).len(), 8, "{typed}");
    assert_eq!(site.number("SELECT count(*) FROM public.file_ingest_times"), 2, "{typed}");
    site.assert_rejects_are_accounted_for();
    assert_eq!(site.load(0).count("files_read"), 0, "{typed}");
}

#[test]
fn what_was_emptied_by_hand_is_loaded_again() {
    for typed in [
        "TRUNCATE telem CASCADE",
        "TRUNCATE file_origins CASCADE",
        "TRUNCATE telem, file_origins CASCADE",
        "TRUNCATE TABLE telem; TRUNCATE TABLE file_origins CASCADE",
    ] {
        assert_all_is_loaded_again_after(typed);
    }
}

#[test]
fn what_was_dropped_by_hand_is_made_and_loaded_again() {
    for typed in [
        "DROP TABLE telem CASCADE",
        "DROP TABLE file_origins CASCADE",
        "DROP TABLE telem, file_origins, file_ingest_times, file_replicas CASCADE",
        "DROP SCHEMA xtelemdb CASCADE",
    ] {
        assert_all_is_loaded_again_after(typed);
    }
}

#[test]
fn nothing_is_loaded_between_a_drop_and_setup() {
    let site = Site::new();
    site.write(BINTEL, text_log(1_711_149_255, 0, "a"));
    site.load(0);
    for typed in ["DROP TABLE telem CASCADE", "DROP TABLE file_origins CASCADE"] {
        site.database.client().batch_execute(typed).expect(typed);
        let output = site.run("ingest", &[]).expect_code(1);
        assert!(output.stderr.contains("run `xtelemdb setup` first"), "{typed}: {}", output.stderr);
        site.run("setup", &[]).expect_code(0);
        assert_eq!(stored(&site).len(), 0, "{typed}");
        site.load(0);
        assert_eq!(stored(&site).len(), 1, "{typed}");
        if typed.contains("telem") {
            site.texts("SELECT 1 FROM public.observations");
        }
        site.database.client().batch_execute("TRUNCATE telem").expect("emptied");
    }
}

const PREDECESSORS: &str = "
CREATE TABLE telem (ts timestamptz, device varchar(50), msg jsonb, prio varchar(8), ec varchar(20), PRIMARY KEY (ts, device));
CREATE INDEX telem_device_ts ON telem (device, ts);
CREATE TABLE file_origins (origin_host varchar(50), origin_path varchar(1024), modification_time timestamptz,
    creation_time timestamptz, size_bytes bigint, PRIMARY KEY (origin_host, origin_path));
CREATE TABLE file_ingest_times (ts timestamptz, device varchar(50), ingested_at timestamptz, origin_host varchar(50),
    origin_path varchar(1024), FOREIGN KEY (origin_host, origin_path) REFERENCES file_origins, UNIQUE (ts, device));
CREATE TABLE file_replicas (hostname varchar(50), replica_path varchar(1024), origin_modification_time timestamptz,
    size_bytes bigint, origin_host varchar(50), origin_path varchar(1024),
    FOREIGN KEY (origin_host, origin_path) REFERENCES file_origins);
CREATE VIEW observations AS SELECT ts AS start_ts, ts AS end_ts, msg->>'email' AS email, msg->>'obsName' AS obsname FROM telem;
INSERT INTO telem VALUES (now(), 'dev', '{}', NULL, 'telem_x');
";

#[test]
fn a_database_of_the_predecessor_is_left_as_it_is() {
    let site = Site::bare();
    site.database.client().batch_execute(PREDECESSORS).expect("the predecessor's tables");
    let before = catalogue(&site);
    for command in ["setup", "inventory", "ingest"] {
        let output = site.run(command, &[]).expect_code(1);
        for part in ["public.telem", "public.file_origins", "Nothing was changed"] {
            assert!(output.stderr.contains(part), "{command}: {part}: {}", output.stderr);
        }
        assert_eq!(catalogue(&site), before, "{command}");
    }
    // One of its tables is enough.
    site.database
        .client()
        .batch_execute("DROP TABLE telem, file_ingest_times, file_replicas CASCADE")
        .expect("dropped");
    let before = catalogue(&site);
    site.run("setup", &[]).expect_code(1);
    assert_eq!(catalogue(&site), before);
}

#[test]
fn the_lines_that_a_missing_right_asks_for_give_it() {
    let site = Site::bare();
    let role = format!("plain_{}", site.database.name());
    site.database.client().batch_execute(&format!("CREATE ROLE {role} LOGIN")).expect("a role");
    let user = format!("database.user={role}");
    let output = site.run("setup", &[&user]).expect_code(1);
    assert_eq!(catalogue(&site), [""; 0]);
    let lines = |stderr: &str| -> String {
        stderr.lines().filter_map(|line| line.find("GRANT ").map(|at| format!("{}\n", &line[at..]))).collect()
    };
    let pasted = lines(&output.stderr);
    assert!(pasted.matches("GRANT ").count() >= 2, "{}", output.stderr);
    site.database.client().batch_execute(&pasted).expect("the lines can be pasted");
    site.run("setup", &[&user]).expect_code(0);
    site.write(BINTEL, text_log(1_711_149_255, 0, "a"));
    site.run("inventory", &[&user]).expect_code(0);
    assert_eq!(site.ingest_with(&[&user], 0).records(), [1, 0, 0]);
    // The role that owns the tables may do everything that its work needs, also the second time.
    site.run("setup", &[&user]).expect_code(0);
    site.database
        .client()
        .batch_execute(&format!("SET ROLE {role}; TRUNCATE telem, file_origins CASCADE"))
        .expect("emptied");
    site.run("inventory", &[&user]).expect_code(0);
    assert_eq!(site.ingest_with(&[&user], 0).records(), [1, 0, 0]);
}

#[test]
fn the_crews_role_may_read_everything_also_what_comes_later() {
    let server = Postgres::own();
    server.client().batch_execute("CREATE ROLE xsup LOGIN").expect("a role");
    let site = Site::bare_on(&server);
    site.run("setup", &[]).expect_code(0);
    let mut client = site.database.client();
    client
        .batch_execute("CREATE TABLE public.later (a int); CREATE TABLE xtelemdb.later (a int)")
        .expect("tables");
    client.batch_execute("SET ROLE xsup").expect("its rights");
    for name in ["telem", "file_origins", "file_ingest_times", "file_replicas", "observations", "later"] {
        client
            .batch_execute(&format!("SELECT * FROM public.{name}"))
            .unwrap_or_else(|e| panic!("{name}: {e:?}"));
    }
    for name in ["ledger", "rejects", "version", "later"] {
        client
            .batch_execute(&format!("SELECT * FROM xtelemdb.{name}"))
            .unwrap_or_else(|e| panic!("{name}: {e:?}"));
    }
    assert!(client.batch_execute("DELETE FROM public.telem").is_err());
    // Also what was dropped and made again.
    site.database.client().batch_execute("DROP TABLE telem CASCADE").expect("dropped");
    site.run("setup", &[]).expect_code(0);
    client.batch_execute("SELECT * FROM public.telem; SELECT * FROM public.observations").expect("readable");
}

#[test]
fn the_servers_digest_of_a_file_is_the_programs() {
    let site = Site::new();
    let odd = site.write("a\\b\nc'é_20240322231415000000000.bintel", text_log(1_711_149_255, 0, "a"));
    site.inventory();
    let text = xtelemdb::origin::path_to_text(&odd);
    let digest = xtelemdb::origin::origin_digest(super::support::site::HOST, &text);
    let row = "SELECT origin_digest FROM public.file_origins WHERE origin_path = $1";
    let found: Vec<u8> = site.database.client().query_one(row, &[&text]).expect("its row").get(0);
    assert_eq!(found, digest);
}

//! `doctor`: every fault is found, named and told how to mend, and none hides another.

mod support;

use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;
use support::make;
use support::program::Program;
use support::site::{HOST, Site};
use support::until;

/// Far from any real time.
const BOUND: Duration = Duration::from_secs(120);

/// The page as JSON, and its exit code.
struct Page(Value);

impl Page {
    #[track_caller]
    fn of(site: &Site, more: &[&str]) -> Self {
        let output = site.run("doctor", more);
        let page: Value = serde_json::from_str(&output.stdout).expect("one JSON object");
        assert_eq!(page["exit"], i64::from(output.code));
        assert_eq!(page["fail"].as_u64() > Some(0), output.code == 3, "{page}");
        Self(page)
    }

    fn checks(&self) -> impl Iterator<Item = &Value> {
        self.0["checks"].as_array().expect("a list").iter()
    }

    /// Names and states of those that are not as they should be. The tests' server forces nothing to disk.
    fn amiss(&self) -> Vec<String> {
        // ... and how large this machine's disk and kernel limits are is not theirs.
        let tests_own = ["fsync", "full_page_writes", "encryption", "inotify", "room"];
        self.checks()
            .filter(|check| check["state"] != "ok" && !tests_own.iter().any(|name| check["name"] == *name))
            .map(|check| format!("{} {}", check["state"].as_str().unwrap(), check["name"].as_str().unwrap()))
            .collect()
    }

    #[track_caller]
    fn found(&self, name: &str) -> String {
        let check = self
            .checks()
            .find(|check| check["name"] == name)
            .unwrap_or_else(|| panic!("no check {name}: {}", self.0));
        format!("{} → {}", check["found"].as_str().unwrap(), check["mend"].as_str().unwrap_or_default())
    }
}

/// Records, the first at this second.
fn bintel_from(second: u32, records: u32) -> Vec<u8> {
    (0..records).flat_map(|number| make::text_log(1_711_145_655 + second + number, 0, "hello")).collect()
}

fn bintel(records: u32) -> Vec<u8> {
    bintel_from(0, records)
}

/// A site with one sound file, loaded.
fn loaded() -> Site {
    let site = Site::new();
    site.write("camwfs_20240322231415161942076.bintel", bintel(3));
    site.load(0);
    site
}

#[test]
fn where_all_is_well_it_says_so_and_changes_nothing() {
    let site = loaded();
    let marks = site.marks();
    let page = Page::of(&site, &[]);
    assert_eq!(page.amiss(), Vec::<String>::new());
    assert!(
        page.found("ledger").starts_with(&format!("1 of 1 telemetry file of {HOST}")),
        "{}",
        page.found("ledger")
    );
    assert!(page.found("database.host").contains("line "), "where a value came from");
    assert_eq!(site.marks(), marks);
}

#[test]
fn the_settings_of_a_server_that_forces_nothing_to_disk_are_failures() {
    let page = Page::of(&loaded(), &[]);
    assert_eq!(page.0["exit"], 3);
    for name in ["fsync", "full_page_writes"] {
        assert!(page.found(name).contains(&format!("ALTER SYSTEM SET {name} = on")), "{}", page.found(name));
    }
}

#[test]
fn a_wrong_configuration_does_not_end_it() {
    let site = loaded();
    let page = Page::of(&site, &["frobnicate=1"]);
    assert!(page.found("configuration").contains("frobnicate"), "{}", page.found("configuration"));
    assert!(page.checks().any(|check| check["area"] == "network"), "it went on");
}

#[test]
fn a_server_that_is_not_there_is_found_at_the_socket_and_at_the_login() {
    let site = loaded();
    let elsewhere = format!("database.host={}", site.folder.path().display());
    let page = Page::of(&site, &[&elsewhere]);
    assert_eq!(page.amiss(), ["fail socket", "fail login"]);
    let page = Page::of(&site, &["database.host=nowhere.invalid", "database.connect_timeout_s=5"]);
    assert_eq!(page.amiss(), ["fail name", "fail login"]);
    // Port 1 of this machine: nobody listens.
    let page = Page::of(&site, &["database.host=127.0.0.1", "database.port=1"]);
    assert_eq!(page.amiss(), ["fail port", "fail login"]);
}

#[test]
fn a_database_without_tables_is_named_with_the_command_that_makes_them() {
    let page = Page::of(&Site::bare(), &[]);
    assert_eq!(page.amiss(), ["fail schema"]);
    assert!(page.found("schema").contains("xtelemdb setup"), "{}", page.found("schema"));
}

#[test]
fn a_password_that_everybody_may_read_is_a_warning_and_an_empty_one_a_failure() {
    let site = loaded();
    let path = site.folder.write("password", "secret\n");
    let key = format!("database.password_file={}", path.display());
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let page = Page::of(&site, &[&key]);
    assert_eq!(page.amiss(), ["warn password"]);
    assert!(page.found("password").contains("chmod o= "), "{}", page.found("password"));
    assert!(!page.0.to_string().contains("secret"));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(Page::of(&site, &[&key]).amiss(), Vec::<String>::new());
    fs::write(&path, "\n").unwrap();
    assert_eq!(Page::of(&site, &[&key]).amiss(), ["fail password"]);
}

#[test]
fn files_are_compared_with_the_disk() {
    let site = loaded();
    let lost = site.write("camtip_20240322231415161942076.bintel", bintel(2));
    site.write(
        "damaged_20240322231415161942076.bintel",
        [bintel(4), vec![0xff; 40], bintel_from(10, 4)].concat(),
    );
    site.inventory();
    assert_eq!(Page::of(&site, &[]).amiss(), ["warn pending"]);
    assert!(Page::of(&site, &[]).found("pending").starts_with("2 files with news → xtelemdb ingest"));
    fs::remove_file(lost).unwrap();
    site.ingest(3);
    let page = Page::of(&site, &[]);
    assert_eq!(page.amiss(), ["warn gone", "warn rejects"]);
    let missing = format!("data_dirs={}", site.folder.join("missing").display());
    assert!(Page::of(&site, &[&missing]).amiss()[0].starts_with("fail /"));
    let page = Page::of(&site, &["hostname=other"]);
    assert_eq!(page.amiss(), ["warn inventory"]);
}

#[test]
fn a_role_that_may_only_read_is_told_so() {
    let site = loaded();
    let name = format!("reader_{}", std::process::id());
    let mut client = site.database.client();
    client
        .batch_execute(&format!(
            "CREATE ROLE {name} LOGIN; GRANT USAGE ON SCHEMA xtelemdb TO {name};
             GRANT SELECT ON ALL TABLES IN SCHEMA public, xtelemdb TO {name}"
        ))
        .unwrap();
    let page = Page::of(&site, &[&format!("database.user={name}")]);
    assert_eq!(page.amiss(), ["warn rights"]);
    assert!(page.found("rights").contains("INSERT on public.telem"), "{}", page.found("rights"));
    client.batch_execute(&format!("REVOKE SELECT ON public.telem FROM {name}")).unwrap();
    let page = Page::of(&site, &[&format!("database.user={name}")]);
    assert_eq!(page.amiss(), ["fail rights"]);
    client.batch_execute(&format!("DROP OWNED BY {name}; DROP ROLE {name}")).unwrap();
}

/// With exactly the rights that docs/reliability.md names for loading, nothing is amiss.
#[test]
fn a_role_that_may_load_and_no_more_is_well() {
    let site = loaded();
    let name = format!("loader_{}", std::process::id());
    let page = include_str!("../docs/reliability.md");
    let grants = page.split("```sql\n").nth(1).and_then(|rest| rest.split("```").next()).expect("the grants");
    let grants = grants
        .replace("DATABASE xtelem", &format!("DATABASE {}", site.database.name()))
        .replace("TO loader", &format!("TO {name}"));
    let mut client = site.database.client();
    client.batch_execute(&format!("CREATE ROLE {name} LOGIN; {grants}")).unwrap();
    let user = format!("database.user={name}");
    let page = Page::of(&site, &[&user]);
    assert_eq!(page.amiss(), Vec::<String>::new());
    assert!(
        page.found("rights").contains("can read and load; to follow it lacks"),
        "{}",
        page.found("rights")
    );
    client.batch_execute(&format!("REVOKE SELECT ON xtelemdb.predecessor FROM {name}")).unwrap();
    assert_eq!(Page::of(&site, &[&user]).amiss(), ["warn rights"]);
    client.batch_execute(&format!("DROP OWNED BY {name}; DROP ROLE {name}")).unwrap();
}

#[test]
fn copies_of_an_earlier_state_are_a_warning() {
    let site = loaded();
    let copy = |hostname: &str, age: &str| {
        let query = format!(
            "INSERT INTO public.file_replicas (hostname, replica_path, origin_modification_time, size_bytes, origin_host, origin_path)
             SELECT '{hostname}', origin_path, modification_time - interval '{age}', size_bytes, origin_host, origin_path
             FROM public.file_origins"
        );
        site.database.client().batch_execute(&query).unwrap();
    };
    copy("backup1", "0");
    assert_eq!(Page::of(&site, &[]).amiss(), Vec::<String>::new());
    copy("backup2", "1 second");
    let page = Page::of(&site, &[]);
    assert_eq!(page.amiss(), ["warn replicas"]);
    assert!(page.0.to_string().contains("backup2: 1 copy, 1 older than the original"), "{}", page.0);
}

#[test]
fn a_follow_that_fell_silent_is_a_failure() {
    let site = loaded();
    let beat = |silent: &str, ended: &str| {
        let query = format!(
            "DELETE FROM xtelemdb.heartbeats;
             INSERT INTO xtelemdb.heartbeats (hostname, name, process_id, started, beat, ended, files_behind, bytes_behind,
                                              records_since_start, errors)
             VALUES ('{HOST}', 'dbIngestAOC', 4711, now() - interval '1 day', now() - interval '{silent}', {ended}, 2, 3, 4, 0)"
        );
        site.database.client().batch_execute(&query).unwrap();
        Page::of(&site, &[])
    };
    let page = beat("1 second", "NULL");
    assert_eq!(page.amiss(), Vec::<String>::new());
    assert!(
        page.found("follow").starts_with("dbIngestAOC (process 4711) runs, 2 files behind"),
        "{}",
        page.found("follow")
    );
    let page = beat("1 hour", "NULL");
    assert_eq!(page.amiss(), ["fail follow"]);
    assert!(page.found("follow").contains("silent for 1 h 00 min"), "{}", page.found("follow"));
    assert_eq!(beat("1 hour", "now()").amiss(), ["warn follow"]);
}

#[test]
fn the_page_for_people_is_plain_text_off_a_terminal() {
    let site = loaded();
    let config = site.config().to_str().unwrap();
    let output = Program::new(&["doctor", "-c", config, "hostname=a\x1b[31mb"]).run();
    assert_eq!(output.code, 3);
    assert!(!output.stdout.contains('\x1b'), "{}", output.stdout);
    for line in [
        "configuration\n",
        "  ok    schema: version ",
        "  fail  fsync: off: ",
        "        → ALTER SYSTEM SET fsync",
    ] {
        assert!(output.stdout.contains(line), "{line}\n{}", output.stdout);
    }
    assert!(output.stdout.lines().last().unwrap().contains(" checks: "), "{}", output.stdout);
}

/// Of a table that was filled just now the planner knows nothing.
#[test]
fn a_long_inventory_is_looked_through_once() {
    let site = Site::new();
    let files = 50_000;
    let fill = format!(
        "ALTER TABLE file_origins SET (autovacuum_enabled = off);
         INSERT INTO file_origins SELECT '{HOST}', '/gone/dev_' || n || '.bintel', now(), now() + n * interval '1 s', 1
         FROM generate_series(1, {files}) AS n"
    );
    site.database.client().batch_execute(&fill).unwrap();
    let page = Page::of(&site, &[]);
    assert!(page.found("gone").starts_with("50,000 files"), "{}", page.found("gone"));
    // The server counts what a session has read when that ends.
    let sessions = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    until("doctor's session ends", BOUND, || site.number(sessions) == 0);
    let read = "SELECT idx_tup_read FROM pg_stat_user_indexes WHERE indexrelname = 'file_origins_telemetry'";
    assert!(site.number(read) < 2 * files, "{} entries of the index", site.number(read));
}

//! `provision`: makes what is missing on servers as packages leave them, once, and leaves the rest alone.

mod support;

use postgres::NoTls;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use support::folder::Folder;
use support::postgres::Postgres;
use support::program::{Output, Program};
use support::provisioned;

/// As Debian and Ubuntu have it, but for the tests' own role.
const DEBIAN: &str = "# DO NOT DISABLE!
local   all             tester                                  trust
local   all             postgres                                peer
# TYPE  DATABASE        USER            ADDRESS                 METHOD
local   all             all                                     peer
host    all             all             127.0.0.1/32            scram-sha-256
host    all             all             ::1/128                 scram-sha-256
";

/// As Rocky has it.
const ROCKY: &str = "# TYPE  DATABASE        USER            ADDRESS                 METHOD
local   all             tester                                  trust
local   all             all                                     peer
host    all             all             127.0.0.1/32            ident
host    all             all             ::1/128                 ident
local   replication     all                                     peer
";

/// A server, and everything that belongs to it.
struct Instrument {
    server: Postgres,
    folder: Folder,
    hba: PathBuf,
    /// An address of this computer that no other test listens on.
    address: String,
}

impl Instrument {
    /// With `pg_hba.conf` in `etc/postgresql/15/main`, apart from the data.
    fn debian() -> Self {
        let this = Self::new(DEBIAN, "etc/postgresql/15/main/pg_hba.conf");
        let set = format!("ALTER SYSTEM SET hba_file = '{}'", this.hba.display());
        this.server.client().batch_execute(&set).expect("the file's place");
        this.server.stop_fast();
        this.server.start_again();
        this
    }

    /// With `pg_hba.conf` in the data folder.
    fn rocky() -> Self {
        let this = Self::new(ROCKY, "data/pg_hba.conf");
        this.server.client().batch_execute("SELECT pg_reload_conf()").expect("its lines");
        this
    }

    fn new(hba: &str, place: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let server = Postgres::own();
        provisioned::superuser(&server);
        let path = server.socket().join(place);
        let mut folder = server.socket().to_owned();
        for part in Path::new(place).parent().expect("a folder").components() {
            folder.push(part);
            if !folder.exists() {
                fs::create_dir(&folder).expect("a folder");
                provisioned::give(&server, &folder);
            }
        }
        fs::write(&path, hba).expect("access lines");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("permissions");
        provisioned::give(&server, &path);
        let pid = std::process::id();
        let address =
            format!("127.{}.{}.{}", 1 + pid / 256 % 250, pid % 256, NEXT.fetch_add(1, Ordering::Relaxed));
        Self { server, folder: Folder::new(), hba: path, address }
    }

    fn password_file(&self) -> PathBuf {
        self.folder.join("secrets/xtelemdb_password")
    }

    fn password(&self) -> String {
        fs::read_to_string(self.password_file()).expect("a password").trim_end().to_owned()
    }

    fn provision(&self, more: &[&str]) -> Output {
        let host = format!("database.host={}", self.server.socket().display());
        let file = format!("database.password_file={}", self.password_file().display());
        Program::new(&[&["provision", "--json", &host, &file], more].concat()).run()
    }

    /// Whether the role gets in over the network with this password.
    fn lets_in(&self, password: &str) -> bool {
        let mut config = postgres::Config::new();
        config.host(&self.address).port(5432).user("xtelem").dbname("xtelem").password(password);
        config.connect(NoTls).is_ok()
    }

    fn restart(&self) {
        self.server.stop_fast();
        self.server.start_again();
    }

    fn text(&self, query: &str) -> String {
        self.server.client().query_one(query, &[]).expect(query).get(0)
    }

    /// Every file below the configuration, the data folder's own settings and the password: what it holds and whose it is.
    fn state(&self) -> Vec<(PathBuf, String, u64, u32)> {
        let above = self.hba.parent().expect("a folder");
        let files = [
            self.hba.clone(),
            above.join("pg_hba.conf.d/xtelemdb.conf"),
            self.server.data().join("postgresql.auto.conf"),
            self.server.data().join("postgresql.conf"),
            self.password_file(),
        ];
        let there = files.into_iter().filter(|file| file.exists());
        there
            .map(|file| {
                let metadata = fs::metadata(&file).expect("a file");
                (file.clone(), fs::read_to_string(&file).expect("text"), metadata.ino(), metadata.mode())
            })
            .collect()
    }
}

fn changed(output: &Output) -> Vec<String> {
    let changed = output.json()["changed"].as_array().expect("changes").clone();
    changed.iter().map(|what| what.as_str().expect("words").to_owned()).collect()
}

#[track_caller]
fn assert_provisions(instrument: &Instrument, original: &str) {
    let tablespace = instrument.server.socket().join("array/postgres");
    let tablespace = tablespace.to_str().expect("UTF-8");
    let arguments = [
        "--network",
        "192.168.0.0/24",
        "--network",
        "fd00::/64",
        "--listen",
        &instrument.address,
        "--tablespace",
        tablespace,
    ];
    let before = instrument.state();
    let planned = instrument.provision(&[&arguments[..], &["--dry-run"]].concat()).expect_code(0);
    assert_eq!(instrument.state(), before, "a dry run changes nothing");
    for part in
        ["CREATE TABLESPACE", "CREATE DATABASE", "CREATE ROLE", "ALTER SYSTEM", "192.168.0.0/24", "mv "]
    {
        assert!(planned.stdout.contains(part), "{part}: {}", planned.stdout);
    }

    let output = instrument.provision(&arguments).expect_code(0);
    assert!(changed(&output).len() > 7, "{}", output.stdout);
    assert_eq!(output.json()["restart_needed"], true);
    assert!(output.stderr.contains("restart"), "{}", output.stderr);
    // The lines stand in front, the rest as it was; on a server that can include files in one of their own.
    let hba = fs::read_to_string(&instrument.hba).expect("access lines");
    assert!(hba.ends_with(original) && hba.len() > original.len(), "{hba}");
    let includes = instrument.text("SHOW server_version_num").parse::<u32>().expect("a number") >= 160_000;
    assert_eq!(hba.contains("include_if_exists pg_hba.conf.d/xtelemdb.conf"), includes, "{hba}");
    let rules = "SELECT string_agg(address || ' ' || auth_method, ', ' ORDER BY rule) FROM (SELECT row_number() OVER () AS rule, *
                 FROM pg_hba_file_rules) AS rules WHERE database = '{xtelem}' AND user_name = '{xtelem,xsup}'";
    assert_eq!(
        instrument.text(rules),
        "127.0.0.1 scram-sha-256, ::1 scram-sha-256, 192.168.0.0 scram-sha-256, fd00:: scram-sha-256"
    );
    assert_eq!(fs::metadata(&instrument.hba).expect("a file").mode() & 0o777, 0o640);
    // The password is nowhere but in its file, and the server keeps SCRAM.
    let password = instrument.password();
    assert_eq!(password.len(), 32);
    assert_eq!(fs::metadata(instrument.password_file()).expect("a file").mode() & 0o777, 0o600);
    assert!(
        instrument
            .text("SELECT rolpassword FROM pg_authid WHERE rolname = 'xtelem'")
            .starts_with("SCRAM-SHA-256$")
    );
    let log = fs::read_to_string(instrument.server.log()).unwrap_or_default();
    assert!(
        ![&output.stdout, &output.stderr, &planned.stdout, &log].iter().any(|text| text.contains(&password))
    );

    instrument.restart();
    assert!(instrument.lets_in(&password) && !instrument.lets_in("another"));
    assert_eq!(
        instrument.text("SELECT spcname::text FROM pg_tablespace WHERE pg_tablespace_location(oid) <> ''"),
        "data_array"
    );
    let place = "SELECT spcname::text FROM pg_database JOIN pg_tablespace t ON t.oid = dattablespace WHERE datname = 'xtelem'";
    assert_eq!(instrument.text(place), "data_array");

    // Everything that comes next works with it.
    let host = format!("database.host={}", instrument.address);
    let file = format!("database.password_file={}", instrument.password_file().display());
    Program::new(&["setup", &host, &file]).run().expect_code(0);
    let rights = "SELECT concat(has_table_privilege('xsup', 'public.telem', 'SELECT'),
                                has_table_privilege('xsup', 'public.telem', 'INSERT'))";
    let mut inside = postgres::Config::new();
    inside.host_path(instrument.server.socket()).user("tester").dbname("xtelem");
    let mut inside = inside.connect(NoTls).expect("inside");
    assert_eq!(inside.query_one(rights, &[]).expect("rights").get::<_, String>(0), "tf");

    // A second run changes nothing and says so, with and without the arguments of the first.
    let before = instrument.state();
    for arguments in [&arguments[..], &[]] {
        let again = instrument.provision(arguments).expect_code(0);
        assert_eq!(changed(&again), [""; 0], "{arguments:?}");
        assert!(again.stderr.contains("nothing was changed"), "{}", again.stderr);
        assert_eq!(again.json()["restart_needed"], false);
        assert_eq!(instrument.state(), before, "{arguments:?}");
    }
    // One more network is one more line.
    let more = instrument.provision(&["--network", "10.0.0.0/8"]).expect_code(0);
    assert_eq!(changed(&more).len(), 2, "{}", more.stdout);
    assert!(instrument.text(rules).ends_with("fd00:: scram-sha-256, 10.0.0.0 scram-sha-256"));
    assert!(fs::read_to_string(&instrument.hba).expect("access lines").ends_with(original));
}

#[test]
fn on_debian() {
    assert_provisions(&Instrument::debian(), DEBIAN);
}

#[test]
fn on_rocky() {
    assert_provisions(&Instrument::rocky(), ROCKY);
}

#[test]
fn what_was_written_and_not_taken_up_is_taken_up() {
    let instrument = Instrument::debian();
    let chosen = ["--listen", &instrument.address];
    instrument.provision(&chosen).expect_code(0);
    // The lines, as a run leaves them that is cut before the server is told.
    let written = [instrument.hba.clone(), instrument.hba.with_file_name("pg_hba.conf.d/xtelemdb.conf")];
    let written: Vec<(PathBuf, String)> = written
        .into_iter()
        .filter_map(|file| fs::read_to_string(&file).ok().map(|text| (file, text)))
        .collect();
    fs::write(&instrument.hba, DEBIAN.replace("scram-sha-256", "reject")).expect("other lines");
    instrument.restart();
    let password = instrument.password();
    assert!(!instrument.lets_in(&password));
    for (file, text) in written {
        fs::write(file, text).expect("its lines");
    }
    assert!(!instrument.lets_in(&password), "nobody has told the server");
    assert_eq!(changed(&instrument.provision(&chosen).expect_code(0)), ["the server takes up its files"]);
    assert!(instrument.lets_in(&password));
    assert_eq!(changed(&instrument.provision(&chosen).expect_code(0)), [""; 0]);
}

#[test]
fn a_password_is_rotated_on_both_sides() {
    let instrument = Instrument::debian();
    let listen = ["--listen", &instrument.address];
    instrument.provision(&listen).expect_code(0);
    instrument.restart();
    let old = instrument.password();
    assert!(instrument.lets_in(&old));
    // Whatever the server writes down of others' statements.
    let role = provisioned::account(&instrument.server);
    for setting in [
        "log_statement = 'all'",
        "log_min_duration_statement = 0",
        "log_min_duration_sample = 0",
        "log_statement_sample_rate = 1",
    ] {
        let alter = format!("ALTER ROLE \"{role}\" SET {setting}");
        instrument.server.client().batch_execute(&alter).expect("a curious server");
    }
    let output = instrument.provision(&["--rotate-password", "--mode", "0640"]).expect_code(0);
    let log = fs::read_to_string(instrument.server.log()).expect("what the server said");
    assert!(log.contains("SET log_min_duration_statement") && !log.contains("SCRAM-SHA-256$"), "{log}");
    assert_eq!(changed(&output).len(), 1, "{}", output.stdout);
    let new = instrument.password();
    assert!(old != new && instrument.lets_in(&new) && !instrument.lets_in(&old));
    assert_eq!(fs::metadata(instrument.password_file()).expect("a file").mode() & 0o777, 0o640);

    // The machine died when the server had the new one and the file was not in place.
    let file = instrument.password_file();
    let beside = file.with_file_name("xtelemdb_password.xtelemdb-new");
    fs::rename(&file, &beside).expect("as before its last step");
    fs::write(&file, "before\n").expect("the old file");
    let output = instrument.provision(&[]).expect_code(0);
    assert!(changed(&output)[0].contains("earlier run"), "{}", output.stdout);
    assert!(instrument.password() == new && !beside.exists());
    assert_eq!(changed(&instrument.provision(&[]).expect_code(0)), [""; 0]);

    // The same, and a new one is asked for.
    fs::rename(&file, &beside).expect("as before its last step");
    let output = instrument.provision(&["--rotate-password"]).expect_code(0);
    assert_eq!(changed(&output).len(), 2, "{}", output.stdout);
    assert!(instrument.lets_in(&instrument.password()) && instrument.password() != new && !beside.exists());

    // The two disagree: it is not for a program to say who is right.
    fs::write(&file, "mine\n").expect("another password");
    let output = instrument.provision(&[]).expect_code(1);
    assert!(
        output.stderr.contains("is not that of role xtelem") && output.stderr.contains("--rotate-password"),
        "{}",
        output.stderr
    );
    fs::remove_file(&file).expect("removed");
    let output = instrument.provision(&[]).expect_code(1);
    assert!(output.stderr.contains("is not there"), "{}", output.stderr);
    instrument.provision(&["--rotate-password"]).expect_code(0);
    assert!(instrument.lets_in(&instrument.password()));
}

#[test]
fn a_file_that_can_not_take_its_place_leaves_the_old_password() {
    let instrument = Instrument::debian();
    instrument.provision(&["--listen", &instrument.address]).expect_code(0);
    instrument.restart();
    let old = instrument.password();
    // A folder, which no file replaces, stands where the file is to be.
    let file = instrument.password_file();
    let verifier = "SELECT rolpassword FROM pg_authid WHERE rolname = 'xtelem'";
    let before = instrument.text(verifier);
    fs::remove_file(&file).expect("removed");
    fs::create_dir(&file).expect("a folder in its place");
    let tablespace = instrument.server.socket().join("array");
    let tablespace = format!("--tablespace={}", tablespace.display());
    let output = instrument.provision(&["--rotate-password", &tablespace]).expect_code(1);
    assert!(output.stderr.contains("can't replace"), "{}", output.stderr);
    // What only a person can do is said all the same.
    assert!(output.stderr.contains("is in tablespace pg_default and stays there"), "{}", output.stderr);
    assert!(output.stderr.contains("has its old password again"), "{}", output.stderr);
    assert_eq!(instrument.text(verifier), before);
    assert!(instrument.lets_in(&old));
}

#[test]
fn an_old_password_becomes_scram() {
    let instrument = Instrument::rocky();
    fs::create_dir_all(instrument.password_file().parent().expect("a folder")).expect("a folder");
    fs::write(instrument.password_file(), "from the script\n").expect("a password");
    let made = "CREATE ROLE xtelem LOGIN; SET password_encryption = 'md5'; ALTER ROLE xtelem PASSWORD 'from the script'";
    instrument.server.client().batch_execute(made).expect("as the scripts made it");
    instrument.server.client().batch_execute("CREATE DATABASE xtelem").expect("as the scripts made it");
    instrument.provision(&["--listen", &instrument.address]).expect_code(0);
    assert!(
        instrument
            .text("SELECT rolpassword FROM pg_authid WHERE rolname = 'xtelem'")
            .starts_with("SCRAM-SHA-256$")
    );
    instrument.restart();
    assert!(instrument.lets_in("from the script"));
    // The database was another's: the role got the rights that it lacks there.
    let host = format!("database.host={}", instrument.address);
    let file = format!("database.password_file={}", instrument.password_file().display());
    Program::new(&["setup", &host, &file]).run().expect_code(0);
    assert_eq!(changed(&instrument.provision(&[]).expect_code(0)), [""; 0]);
}

#[test]
fn what_somebody_chose_stays() {
    let instrument = Instrument::debian();
    let chosen = format!("ALTER SYSTEM SET listen_addresses = '{},localhost'", instrument.address);
    instrument.server.client().batch_execute(&chosen).expect("a choice");
    let output = instrument.provision(&["--network", "192.168.0.0/24"]).expect_code(0);
    assert!(!output.stdout.contains("listens"), "{}", output.stdout);
    // A tablespace of the name elsewhere, or a folder with something in it, is not ours to change.
    let place = instrument.server.socket().join("elsewhere");
    fs::create_dir(&place).expect("a folder");
    fs::write(place.join("x"), "").expect("a file");
    let output = instrument.provision(&["--tablespace", place.to_str().expect("UTF-8")]).expect_code(1);
    assert!(output.stderr.contains("is not empty"), "{}", output.stderr);
}

/// Files of the machine are root's to change, and the server may not do everything either.
#[test]
fn what_may_not_be_done_is_told_apart() {
    let instrument = Instrument::debian();
    let closed = instrument.server.socket().join("closed");
    fs::create_dir(&closed).expect("a folder");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).expect("permissions");
    let account = fs::metadata(instrument.server.data()).expect("the data folder");
    let is_root = fs::metadata("/proc/self").expect("this process").uid() == 0;
    // By what is open, as that account may not get to the program's folder.
    let mut command = Command::new("/proc/self/fd/0");
    command.stdin(fs::File::open(env!("CARGO_BIN_EXE_xtelemdb")).expect("the program"));
    command.arg("provision").arg(format!("database.host={}", instrument.server.socket().display()));
    command.arg(format!("database.password_file={}/secrets/password", closed.display())).current_dir("/");
    if is_root {
        command.uid(account.uid()).gid(account.gid());
    }
    let output = command.output().expect("the program ends");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(said.contains("Permission denied") && said.contains("as root"), "{said}");
    assert_eq!(output.status.code(), Some(1));
    if !is_root {
        return;
    }
    // A folder of the server's own, which it can't get to: no right in the database would mend that.
    let tablespace = closed.join("array");
    fs::create_dir(&tablespace).expect("a folder");
    fs::set_permissions(&tablespace, fs::Permissions::from_mode(0o700)).expect("permissions");
    provisioned::give(&instrument.server, &tablespace);
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).expect("permissions");
    let output = instrument.provision(&["--tablespace", tablespace.to_str().expect("UTF-8")]).expect_code(1);
    assert!(output.stderr.contains("CREATE TABLESPACE"), "{}", output.stderr);
    assert!(!output.stderr.contains("lacks a right"), "{}", output.stderr);
}

#[test]
fn for_ones_own_server_only_what_makes_sense() {
    let server = Postgres::own();
    let folder = Folder::new();
    let tablespace = server.socket().join("large");
    let arguments = [
        "provision".to_owned(),
        "--no-sudo".into(),
        "--json".into(),
        format!("--tablespace={}", tablespace.display()),
        format!("database.host={}", server.socket().display()),
        "database.user=tester".into(),
        format!("database.password_file={}", folder.join("none").display()),
    ];
    let hba = fs::read_to_string(server.data().join("pg_hba.conf")).expect("access lines");
    // The instrument's role is not there, and nobody asked for it.
    let unnamed: Vec<&String> = arguments.iter().filter(|argument| !argument.contains("user=")).collect();
    provisioned::superuser(&server);
    for more in [&[][..], &["--dry-run"]] {
        let unnamed = unnamed.iter().map(|argument| argument.as_str());
        let all: Vec<&str> = unnamed.chain(more.iter().copied()).collect();
        let output = Program::new(&all).run().expect_code(1);
        let named = format!("database.user={}", provisioned::account(&server));
        assert!(
            output.stderr.contains("no role xtelem") && output.stderr.contains(&named),
            "{}",
            output.stderr
        );
    }
    let output = Program::new(&arguments).run().expect_code(0);
    assert_eq!(changed(&output).len(), 3, "{}", output.stdout);
    assert_eq!(fs::read_to_string(server.data().join("pg_hba.conf")).expect("access lines"), hba);
    assert!(!folder.join("none").exists());
    assert_eq!(changed(&Program::new(&arguments).run().expect_code(0)), [""; 0]);
    Program::new(&[&["setup".to_owned()], &arguments[4..]].concat()).run().expect_code(0);
}

#[test]
fn without_a_server_it_says_how_to_get_one() {
    let folder = Folder::new();
    let host = format!("database.host={}", folder.path().display());
    let output = Program::new(&["provision", &host]).run().expect_code(1);
    for part in [".s.PGSQL.5432", "systemctl enable --now postgresql", "postgresql-setup --initdb"] {
        assert!(output.stderr.contains(part), "{part}: {}", output.stderr);
    }
}

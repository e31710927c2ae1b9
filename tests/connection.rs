//! What is said when the server can't be used, and where the password comes from and never goes.

mod support;

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener;
use std::sync::OnceLock;
use support::folder::Folder;
use support::postgres::{Database, Postgres};
use support::program::{Output, Program};

const PASSWORD: &str = "s3cret: wörd\\";

/// A server that asks the role `keyed` for its password, and has no place for `shut` and `unlisted`.
fn server() -> &'static Postgres {
    static SERVER: OnceLock<Postgres> = OnceLock::new();
    SERVER.get_or_init(|| {
        let hba = "local all tester,nobody,plain trust\nlocal all keyed scram-sha-256\nlocal all shut reject\n";
        let server = Postgres::own_with("password_encryption = 'scram-sha-256'\n", hba);
        let roles = format!(
            "CREATE ROLE keyed LOGIN SUPERUSER PASSWORD '{PASSWORD}'; CREATE ROLE shut LOGIN; CREATE ROLE unlisted LOGIN;
             CREATE ROLE plain LOGIN;"
        );
        server.client().batch_execute(&roles).expect("roles");
        server
    })
}

/// A database, a folder, and a configuration file for both.
struct Door {
    folder: Folder,
    database: Database,
    conf: String,
}

impl Door {
    fn new() -> Self {
        let (folder, database) = (Folder::new(), server().database());
        let conf = database.conf(folder.path(), &[folder.path()], "exao1");
        let conf = conf.to_str().expect("UTF-8").to_owned();
        Self { folder, database, conf }
    }

    /// `setup`, as verbose as it gets, with an empty home.
    fn setup(&self, overrides: &[&str]) -> Program {
        let nowhere = format!("database.password_file={}", self.folder.join("nowhere").display());
        Program::new(&[&["setup", "-v", "--json", "-c", &self.conf, &nowhere], overrides].concat())
            .env("HOME", self.folder.path())
            .dir(self.folder.path())
    }

    /// Fails unless it ends with code 1 and says all of this, in the log and in the summary.
    #[track_caller]
    fn assert_said(&self, overrides: &[&str], texts: &[&str]) {
        let output = self.setup(overrides).run().expect_code(1);
        let error = output.json()["error"].as_str().expect("an error").to_owned();
        for text in texts {
            assert!(
                output.stderr.contains(text) && error.contains(text),
                "{text:?} is missing in {}",
                output.stderr
            );
        }
        assert_silent(&output);
    }
}

#[track_caller]
fn assert_silent(output: &Output) {
    for text in [&output.stdout, &output.stderr] {
        assert!(!text.contains("s3cret"), "the password is in the output: {text}");
    }
}

#[test]
fn a_server_that_is_not_running() {
    let door = Door::new();
    let host = format!("database.host={}", door.folder.path().display());
    door.assert_said(
        &[&host],
        &["PostgreSQL is not running", "systemctl start postgresql", "xtelemdb personal start"],
    );
    // Nobody listens on the port of a listener that is gone.
    let port =
        TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
    let port_text = format!("database.port={port}");
    let place = format!("at 127.0.0.1:{port} as tester");
    door.assert_said(
        &["database.host=127.0.0.1", &port_text],
        &["PostgreSQL is not running", "refused", &place],
    );
}

#[test]
fn a_name_that_nobody_knows() {
    Door::new().assert_said(
        &["database.host=no-such-host.invalid"],
        &["no-such-host.invalid:5432", "does not know the name no-such-host.invalid"],
    );
}

#[test]
fn the_personal_database_to_start_is_named_if_the_socket_is_in_its_folder() {
    let door = Door::new();
    for (folder, start) in [("db/socket", "personal start /nowhere/db"), ("tmp.5432", "personal start DIR")] {
        door.assert_said(&[&format!("database.host=/nowhere/{folder}")], &[start]);
    }
}

#[test]
fn a_socket_that_may_not_be_used() {
    let door = Door::new();
    let closed = door.folder.join("closed");
    std::fs::create_dir(&closed).expect("a folder");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).expect("its mode");
    let program = door.setup(&[&format!("database.host={}", closed.display())]);
    // Root may use everything, unless it does without that right.
    let program = if rustix::process::geteuid().is_root() {
        program.through(&["setpriv", "--bounding-set=-dac_override,-dac_read_search"])
    } else {
        program
    };
    let said = program.run().expect_code(1).stderr;
    assert!(said.contains("Permission denied") && said.contains("may not use the server's socket"), "{said}");
    assert!(!said.contains("not running"), "{said}");
}

#[test]
fn something_that_is_not_postgresql() {
    let door = Door::new();
    let listener = UnixListener::bind(door.folder.join(".s.PGSQL.5432")).expect("a socket");
    let host = format!("database.host={}", door.folder.path().display());
    door.assert_said(&[&host, "database.connect_timeout_s=0.1"], &["no answer for 0.2 s"]);
    drop(listener);
}

#[test]
fn no_such_database() {
    let door = Door::new();
    let texts = ["no_such_database", "There is no such database", "createdb -O tester no_such_database"];
    door.assert_said(&["database.database=no_such_database"], &texts);
}

/// Whoever has a personal copy can't be `postgres`, and need not.
#[test]
fn what_a_personal_copy_lacks_is_not_to_be_made_by_an_administrator() {
    let door = Door::new();
    std::os::unix::fs::symlink(server().socket(), door.folder.join("socket")).expect("a link");
    let host = format!("database.host={}", door.folder.join("socket").display());
    for (wrong, text) in [
        ("database.database=no_such_database", "That of a personal copy is xtelem"),
        ("database.user=nobody", "the configuration that `xtelemdb personal init` wrote"),
    ] {
        door.assert_said(&[&host, wrong], &[text]);
        assert!(!door.setup(&[&host, wrong]).run().stderr.contains("sudo"));
    }
}

#[test]
fn no_such_role() {
    Door::new().assert_said(&["database.user=nobody"], &["There is no such role", "createuser nobody"]);
}

#[test]
fn refused_by_pg_hba() {
    for user in ["shut", "unlisted"] {
        let door = Door::new();
        let line = format!("`local {} {user} peer`", door.database.name());
        let texts = ["does not allow this connection", "pg_hba.conf", &line, "pg_reload_conf"];
        door.assert_said(&[&format!("database.user={user}")], &texts);
    }
}

#[test]
fn all_connections_taken() {
    let door = Door::new();
    let limit = format!("ALTER DATABASE {} CONNECTION LIMIT 1", door.database.name());
    server().client().batch_execute(&limit).expect("a limit");
    let mut plain = postgres::Config::new();
    plain.host_path(server().socket()).user("plain").dbname(door.database.name());
    let _taken = plain.connect(postgres::NoTls).expect("the only connection");
    door.assert_said(&["database.user=plain"], &["All connections are taken", "max_connections"]);
}

#[test]
fn a_missing_password() {
    let door = Door::new();
    let tried = format!("Tried to get password from {}", door.folder.join("nowhere").display());
    let texts =
        ["The server asks for a password and there is none", &tried, "No such file", "no line for it in"];
    door.assert_said(&["database.user=keyed"], &texts);
}

#[test]
fn a_password_file_that_cannot_be_read() {
    let door = Door::new();
    let file = format!("database.password_file={}", door.folder.path().display());
    let tried = format!("Tried to get password from {}: Is a directory", door.folder.path().display());
    door.assert_said(&["database.user=keyed", &file], &[&tried]);
    // Also where the server asks for none: the next one may.
    let output = door.setup(&[&file]).run().expect_code(0);
    assert!(output.stderr.contains(&format!("WARN {tried}")), "{}", output.stderr);
}

#[test]
fn a_wrong_password() {
    let door = Door::new();
    for (wrong, texts) in
        [("s3cret", "The role or its password is wrong"), ("", "The role or its password is wrong")]
    {
        let output =
            door.setup(&["database.user=keyed"]).env("XTELEMDB_PASSWORD", wrong).run().expect_code(1);
        assert!(output.stderr.contains(texts), "{}", output.stderr);
        assert!(output.stderr.contains("\\password keyed"), "{}", output.stderr);
        assert_silent(&output);
    }
}

#[test]
fn the_password_comes_from_three_places_in_order() {
    let door = Door::new();
    let user = "database.user=keyed";
    let setup = |overrides: &[&str]| door.setup(&[&[user], overrides].concat());
    // The variable wins over a wrong file.
    let wrong = format!("database.password_file={}", door.folder.write("wrong", "no\n").display());
    let output = setup(&[&wrong]).env("XTELEMDB_PASSWORD", PASSWORD).run().expect_code(0);
    assert_silent(&output);
    // The file, of which the first line counts, wins over ~/.pgpass.
    door.folder.write(".pgpass", "*:*:*:*:no\n");
    let right = format!(
        "database.password_file={}",
        door.folder.write("right", format!("{PASSWORD}\nmore\n")).display()
    );
    assert_silent(&setup(&[&right]).run().expect_code(0));
    setup(&[&wrong]).run().expect_code(1);
    // ~/.pgpass comes last; $PGPASSFILE stands for it.
    let escaped = PASSWORD.replace('\\', "\\\\").replace(':', "\\:");
    let pgpass = format!("other:5432:*:keyed:no\n*:5432:{}:keyed:{escaped}\n", door.database.name());
    door.folder.write(".pgpass", &pgpass);
    assert_silent(&setup(&[]).run().expect_code(0));
    door.folder.write(".pgpass", "");
    setup(&[]).run().expect_code(1);
    let elsewhere = door.folder.write("elsewhere", &pgpass);
    assert_silent(&setup(&[]).env("PGPASSFILE", elsewhere).run().expect_code(0));
}

#[test]
fn the_password_is_never_shown() {
    let door = Door::new();
    let right = format!("database.password_file={}", door.folder.write("right", PASSWORD).display());
    for command in ["setup", "inventory", "ingest"] {
        let program = |more: &[&str]| {
            let all = [&[command, "-v", "-c", &door.conf, "database.user=keyed", &right], more].concat();
            Program::new(&all).env("XTELEMDB_PASSWORD", PASSWORD).env("HOME", door.folder.path())
        };
        let output = program(&["--dump-config"]).run().expect_code(0);
        assert!(output.stdout.contains("password_file"), "{}", output.stdout);
        assert_silent(&output);
        assert_silent(&program(&["--json"]).run().expect_code(0));
        assert_silent(&program(&["database.database=nowhere"]).run().expect_code(1));
        // Where somebody takes it for a key.
        assert_silent(&program(&["database.password=s3cret"]).run().expect_code(2));
    }
    // A process that is connecting: what others see of it.
    let listener = UnixListener::bind(door.folder.join(".s.PGSQL.5432")).expect("a socket");
    let host = format!("database.host={}", door.folder.path().display());
    let running = door.setup(&["database.user=keyed", &host]).env("XTELEMDB_PASSWORD", PASSWORD).start();
    let _client = listener.accept().expect("the program connects");
    let command_line = std::fs::read(format!("/proc/{}/cmdline", running.pid())).expect("its command line");
    assert!(!String::from_utf8_lossy(&command_line).contains("s3cret"));
}

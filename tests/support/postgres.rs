//! A private PostgreSQL for tests: on a socket in a folder of its own, gone when the test process is gone.

use super::authority::Pair;
use super::program::signal;
use std::fs;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use xtelemdb::account::{self, Account};
use xtelemdb::personal::programs::{self, Programs};

/// The role that owns everything.
const USER: &str = "tester";
/// Number in the socket's name.
const PORT: u16 = 5432;

/// Nothing in a test outlives the machine, so nothing needs to be forced to disk. Killing the server loses nothing either way.
const SETTINGS: &str = "
    listen_addresses = ''
    fsync = off
    full_page_writes = off
    shared_buffers = 64MB
    max_connections = 200
    max_wal_size = 2GB
    timezone = 'UTC'
    log_checkpoints = off
";

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// The programs: those in `$PG_BIN`, else what the product itself would take.
pub fn server_programs() -> Programs {
    let pg_bin = std::env::var_os("PG_BIN").map(PathBuf::from);
    programs::newest(pg_bin.as_deref()).unwrap_or_else(|e| {
        panic!("these tests need PostgreSQL's server programs (or $PG_BIN naming their folder): {e}")
    })
}

/// A server.
pub struct Postgres {
    dir: PathBuf,
    programs: Programs,
    account: Account,
    /// The watchdog ends the server and removes the folder when this closes, however the test process ends.
    lifeline: Option<ChildStdin>,
}

impl Postgres {
    /// The server that all tests of this process share; each takes a [`Self::database`] of its own from it.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Postgres> = OnceLock::new();
        SHARED.get_or_init(Self::own)
    }

    /// A server for one test, that may stop and kill it.
    pub fn own() -> Self {
        Self::own_with("", "local all all trust\n")
    }

    /// A server for one test with more settings and with these lines as `pg_hba.conf`.
    pub fn own_with(settings: &str, hba: &str) -> Self {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let dir = std::env::temp_dir().join(format!("xt-{}-{number}", std::process::id()));
        let account = Account::for_new().unwrap_or_else(|e| panic!("{e}"));
        // Left by an earlier process that had our number.
        let _ = fs::remove_dir_all(&dir);
        fs::DirBuilder::new().mode(0o700).create(&dir).expect("a new folder for the test server");
        account.give(&dir).expect("the folder given to the server's account");
        let mut server = Self { dir, programs: server_programs(), account, lifeline: None };
        server.lifeline = Some(server.watchdog());
        server.initdb(settings, hba);
        server.start_again();
        server
    }

    fn initdb(&self, settings: &str, hba: &str) {
        let mut initdb = self.command("initdb");
        initdb.args(["--no-sync", "--no-instructions", "--encoding=UTF8", "--locale=C", "--auth=trust"]);
        initdb.arg(format!("--username={USER}"));
        run(&mut initdb);
        let conf = format!("{SETTINGS}unix_socket_directories = '{}'\n{settings}\n", self.dir.display());
        fs::write(self.data().join("postgresql.auto.conf"), conf).expect("settings written");
        fs::write(self.data().join("pg_hba.conf"), hba).expect("pg_hba.conf written");
    }

    /// Starts the server after it was stopped, and waits until it answers.
    pub fn start_again(&self) {
        let mut start = self.command("pg_ctl");
        start.args(["start", "--silent", "--wait", "--timeout=120", "--log"]).arg(self.log());
        if let Err(e) = account::run(&mut start) {
            panic!("{e}\n{}", fs::read_to_string(self.log()).unwrap_or_default());
        }
    }

    /// Ends the server at once, as a crash would: no checkpoint, connections cut.
    pub fn stop_immediate(&self) {
        self.stop("immediate");
    }

    /// Ends the server in order: connections are cut, transactions rolled back.
    pub fn stop_fast(&self) {
        self.stop("fast");
    }

    /// Starts it anew with this certificate: it offers TLS.
    pub fn show(&self, pair: &Pair) {
        self.stop_fast();
        for (from, to) in [(&pair.certificate, "server.crt"), (&pair.key, "server.key")] {
            let to = self.data().join(to);
            fs::copy(from, &to).expect("a copy");
            self.give(&to);
        }
        let settings = self.data().join("postgresql.auto.conf");
        let mut text = fs::read_to_string(&settings).expect("settings");
        if !text.contains("ssl = on") {
            text.push_str("ssl = on\n");
            fs::write(&settings, text).expect("settings");
        }
        self.start_again();
    }

    /// Has all its processes stand still: it accepts connections, and nothing is answered.
    pub fn freeze(&self) {
        let parent = self.parent();
        signal(parent, "STOP");
        // From now on none of them begins, and none is gone for good.
        children(parent).iter().for_each(|&pid| signal(pid, "STOP"));
    }

    /// Has them go on.
    pub fn thaw(&self) {
        let parent = self.parent();
        children(parent).iter().for_each(|&pid| signal(pid, "CONT"));
        signal(parent, "CONT");
    }

    /// The number of the process that starts the others.
    fn parent(&self) -> u32 {
        let pid_file = fs::read_to_string(self.data().join("postmaster.pid")).expect("it runs");
        pid_file.lines().next().and_then(|pid| pid.parse().ok()).expect("its number")
    }

    fn stop(&self, mode: &str) {
        run(self.command("pg_ctl").args(["stop", "--silent", "--wait", "--timeout=120", "--mode", mode]));
    }

    /// A fresh, empty database.
    pub fn database(&self) -> Database {
        let name = format!("test{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        self.client().batch_execute(&format!("CREATE DATABASE {name}")).expect("a new database");
        Database { name, socket: self.dir.clone() }
    }

    /// A connection to the database `postgres`, to look after the server itself.
    pub fn client(&self) -> postgres::Client {
        connect(&self.dir, "postgres")
    }

    /// Makes the server's account the owner of a file, which it may not share with others.
    pub fn give(&self, path: &Path) {
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).expect("a private file");
        self.account.give(path).expect("the file given to the server's account");
    }

    /// Makes the server's account the owner of a folder.
    pub fn give_folder(&self, path: &Path) {
        fs::set_permissions(path, fs::Permissions::from_mode(0o700)).expect("a private folder");
        self.account.give(path).expect("the folder given to the server's account");
    }

    /// The folder of the socket.
    pub fn socket(&self) -> &Path {
        &self.dir
    }

    /// What the server has said.
    pub fn log(&self) -> PathBuf {
        self.dir.join("log")
    }

    /// The data folder.
    pub fn data(&self) -> PathBuf {
        self.dir.join("data")
    }

    fn command(&self, program: &str) -> Command {
        let mut command = self.programs.command(program, &self.account, &self.dir);
        command.arg("-D").arg(self.data());
        command
    }

    /// A shell that waits for us to end. It is in a process group of its own, out of reach of Ctrl-C.
    fn watchdog(&self) -> ChildStdin {
        let script = r#"read -r line; "$1" stop -D "$2/data" --silent --mode=immediate; rm -rf "$2""#;
        let mut shell = self.account.command("/bin/sh", Path::new("/"));
        shell.args(["-c", script, "sh"]).arg(self.programs.path("pg_ctl")).arg(&self.dir);
        shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        // Nobody waits for it: it outlives us by design.
        shell.spawn().expect("the watchdog starts").stdin.expect("a pipe to it")
    }
}

/// A database on a test server.
pub struct Database {
    name: String,
    socket: PathBuf,
}

impl Database {
    /// A new connection.
    pub fn client(&self) -> postgres::Client {
        connect(&self.socket, &self.name)
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text of a configuration file for it.
    pub fn config_toml(&self, data_dirs: &[&Path], hostname: &str) -> String {
        let dirs = data_dirs.iter().map(|dir| toml::Value::String(dir.to_str().expect("UTF-8").into()));
        format!(
            "hostname = {}\ndata_dirs = {}\n[database]\nhost = {}\nport = {PORT}\nuser = \"{USER}\"\ndatabase = \"{}\"\n",
            toml::Value::String(hostname.into()),
            toml::Value::Array(dirs.collect()),
            toml::Value::String(self.socket.to_str().expect("UTF-8").into()),
            self.name
        )
    }

    /// Writes a configuration file for it into `folder`.
    pub fn conf(&self, folder: &Path, data_dirs: &[&Path], hostname: &str) -> PathBuf {
        let path = folder.join(format!("{}-{hostname}.conf.toml", self.name));
        fs::write(&path, self.config_toml(data_dirs, hostname)).expect("configuration written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("configuration made private");
        path
    }
}

/// A loopback address that is this process's own, so that the port can be the usual one. Each of the first eight is
/// another one.
pub fn loopback_address() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let [_, high, middle, low] = std::process::id().to_be_bytes();
    let number = NEXT.fetch_add(1, Ordering::Relaxed) as u8;
    format!("127.{}.{}.{}", 64 + (high << 3 | number & 7), middle, low.clamp(1, 254))
}

fn connect(socket: &Path, database: &str) -> postgres::Client {
    let mut config = postgres::Config::new();
    config.host_path(socket).port(PORT).user(USER).dbname(database);
    config.connect(postgres::NoTls).unwrap_or_else(|e| panic!("no connection to {database}: {e:?}"))
}

fn children(parent: u32) -> Vec<u32> {
    let children =
        fs::read_to_string(format!("/proc/{parent}/task/{parent}/children")).expect("its children");
    children.split_whitespace().filter_map(|pid| pid.parse().ok()).collect()
}

fn run(command: &mut Command) {
    account::run(command).unwrap_or_else(|e| panic!("{e}"));
}

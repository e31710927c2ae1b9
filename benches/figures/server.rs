//! A private PostgreSQL with PostgreSQL's own defaults, on a socket only; gone when the bench is gone.

use postgres::{Client, Config, NoTls};
use std::fs;
use std::ops::Range;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use xtelemdb::account::{self, Account};
use xtelemdb::error::{Error, Result};
use xtelemdb::personal::programs::{self, Programs};

const USER: &str = "bench";
/// Number in the socket's name.
const PORT: u16 = 5432;
/// Where the server of root stands: it runs as another account, which may not get to where we are.
const ROOTS_FOLDER: &str = "/var/lib/xtelemdb-bench";

/// Where fields stand in `/proc/PID/stat` behind the name: see proc(5). A tick is what the kernel shows to programs, and
/// always this long.
const PARENT: usize = 1;
const OWN_TICKS: Range<usize> = 11..13;
const TICKS_OF_ENDED_CHILDREN: Range<usize> = 13..15;
const TICKS_PER_SECOND: f64 = 100.0;

pub struct Server {
    /// Data folder and log.
    folder: PathBuf,
    /// A socket's path must be short, so it stands apart.
    socket: PathBuf,
    programs: Programs,
    account: Account,
    /// The watchdog ends the server and removes both folders when this closes, however we end.
    lifeline: Option<ChildStdin>,
}

impl Server {
    /// Starts one. `folder` is where its data goes, unless we are root.
    pub fn start(folder: &Path) -> Result<Self> {
        let account = Account::for_new()?;
        let programs = programs::newest(std::env::var_os("PG_BIN").map(PathBuf::from).as_deref())?;
        let name = format!("server-{}", std::process::id());
        let is_root = fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
        let above = if is_root { Path::new(ROOTS_FOLDER) } else { folder };
        fs::create_dir_all(above).map_err(Error::file("create", above))?;
        let socket = std::env::temp_dir().join(format!("xt-bench-{}", std::process::id()));
        let mut server = Self { folder: above.join(name), socket, programs, account, lifeline: None };
        for folder in [&server.folder, &server.socket] {
            // Left by an earlier process that had our number.
            let _ = fs::remove_dir_all(folder);
            fs::DirBuilder::new().mode(0o700).create(folder).map_err(Error::file("create", folder))?;
            server.account.give(folder)?;
            server.account.can_enter(folder)?;
        }
        server.lifeline = Some(server.watchdog()?);
        let mut initdb = server.command("initdb");
        initdb.args(["--no-instructions", "--encoding=UTF8", "--locale=C", "--auth=trust"]);
        account::run(initdb.arg(format!("--username={USER}")))?;
        let mut start = server.command("pg_ctl");
        start.args(["start", "--silent", "--wait", "--timeout=120", "--log"]).arg(server.folder.join("log"));
        start.arg("--options").arg(format!(
            "-c listen_addresses='' -c unix_socket_directories='{}' -c port={PORT}",
            server.socket.display()
        ));
        account::run(&mut start)?;
        Ok(server)
    }

    pub fn version(&self) -> &str {
        &self.programs.version
    }

    pub fn client(&self, database: &str) -> Result<Client> {
        let mut config = Config::new();
        config.host_path(&self.socket).port(PORT).user(USER).dbname(database);
        config.connect(NoTls).map_err(|error| failed(&error))
    }

    /// Runs statements in a database, each in a transaction of its own.
    pub fn sql(&self, database: &str, statements: &[&str]) -> Result<()> {
        let mut client = self.client(database)?;
        statements.iter().try_for_each(|sql| client.batch_execute(sql)).map_err(|error| failed(&error))
    }

    /// Whether there is a database of this name.
    pub fn has(&self, name: &str) -> Result<bool> {
        let found = self.client("postgres")?.query("SELECT FROM pg_database WHERE datname = $1", &[&name]);
        found.map(|rows| !rows.is_empty()).map_err(|error| failed(&error))
    }

    /// Makes `name` anew, as a copy of `template`, and has everything on disk before anything is measured.
    pub fn recreate(&self, name: &str, template: &str) -> Result<()> {
        self.sql(
            "postgres",
            &[
                &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
                &format!("CREATE DATABASE {name} TEMPLATE {template}"),
                "CHECKPOINT",
            ],
        )
    }

    /// The CPU time that the server has used so far, in seconds: of its processes, and of those that have ended.
    pub fn cpu_seconds(&self) -> Result<f64> {
        let path = self.folder.join("data/postmaster.pid");
        let pids = fs::read_to_string(&path).map_err(Error::file("read", &path))?;
        let postmaster = pids.lines().next().unwrap_or_default();
        let processes = fs::read_dir("/proc").map_err(Error::file("read", Path::new("/proc")))?;
        let mut ticks = 0;
        for process in processes.flatten() {
            // It may have ended since it was listed, and most are no processes.
            let stat = fs::read_to_string(process.path().join("stat")).unwrap_or_default();
            // The name in front, in brackets, may hold blanks. Behind it: state, parent, ...
            let fields: Vec<&str> =
                stat.rsplit(')').next().unwrap_or_default().split_ascii_whitespace().collect();
            let sum = |fields: Option<&[&str]>| -> u64 {
                fields.unwrap_or_default().iter().filter_map(|field| field.parse::<u64>().ok()).sum()
            };
            if process.file_name().to_str() == Some(postmaster) {
                ticks += sum(fields.get(OWN_TICKS)) + sum(fields.get(TICKS_OF_ENDED_CHILDREN));
            } else if fields.get(PARENT) == Some(&postmaster) {
                ticks += sum(fields.get(OWN_TICKS));
            }
        }
        Ok(ticks as f64 / TICKS_PER_SECOND)
    }

    /// Arguments of the program that lead it to a database.
    pub fn overrides(&self, database: &str) -> Vec<String> {
        vec![
            format!("database.host={}", self.socket.display()),
            format!("database.port={PORT}"),
            format!("database.user={USER}"),
            format!("database.database={database}"),
            "hostname=bench".to_owned(),
        ]
    }

    /// A psql that runs one statement.
    pub fn psql(&self, database: &str, statement: &str) -> Command {
        let beside = self.programs.path("psql");
        let mut psql = Command::new(if beside.exists() { beside } else { "psql".into() });
        psql.args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--host"]).arg(&self.socket);
        psql.arg(format!("--port={PORT}")).args(["--username", USER, "--dbname", database]);
        psql.args(["--command", statement]);
        psql
    }

    fn command(&self, program: &str) -> Command {
        let mut command = self.programs.command(program, &self.account, &self.folder);
        command.arg("-D").arg(self.folder.join("data"));
        command
    }

    /// A shell that waits for us to end. It is in a process group of its own, out of reach of Ctrl-C.
    fn watchdog(&self) -> Result<ChildStdin> {
        let script = r#"read -r line; "$1" stop -D "$2/data" --silent --mode=immediate; rm -rf "$2" "$3""#;
        let mut shell = self.account.command("/bin/sh", Path::new("/"));
        shell
            .args(["-c", script, "sh"])
            .arg(self.programs.path("pg_ctl"))
            .arg(&self.folder)
            .arg(&self.socket);
        shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        // Nobody waits for it: it outlives us by design.
        let mut child = shell.spawn().map_err(Error::file("run", Path::new("/bin/sh")))?;
        child.stdin.take().ok_or_else(|| Error::Failed("no pipe to the watchdog".into()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The watchdog may not remove what stands in a folder of root's, so what it can't is done here.
        let _ = self.command("pg_ctl").args(["stop", "--silent", "--mode=immediate"]).output();
        let _ = fs::remove_dir_all(&self.folder);
        let _ = fs::remove_dir_all(&self.socket);
    }
}

/// What the server said, with the detail.
pub fn failed(error: &postgres::Error) -> Error {
    let text = error.as_db_error().map_or_else(|| error.to_string(), |error| error.message().to_owned());
    Error::Failed(text)
}

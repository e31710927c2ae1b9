//! Starting and stopping the server, and talking to it.

use super::copying::Server;
use super::files::Folder;
use super::process::{self, Found, Postmaster};
use super::programs::Programs;
use super::{CLIENT_CONFIG, LOG, MARKER, OLD_LOG, Personal, RUNNING_ON, files, settings, socket};
use crate::account;
use crate::db::failure::describe;
use crate::error::{Error, Result};
use crate::limits::{
    SERVER_CONNECT_TIMEOUT, SERVER_LOG_BYTES, SERVER_LOG_BYTES_QUOTED, SERVER_LOG_LINES_QUOTED, SERVER_POLL,
    SERVER_REMNANTS_WAIT, SERVER_START_FIRST_WAIT_S, SERVER_START_WAIT, SERVER_STOP_WAIT_S,
};
use crate::stop;
use rustix::fs::OFlags;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What [`Personal::start`] found to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Started {
    /// The server was started and answers.
    Now,
    /// It ran already, and answers.
    Already,
}

/// What [`Personal::stop`] found to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// The server was stopped.
    Now,
    /// It did not run.
    Already,
}

impl Personal {
    /// Starts the server and waits until it answers.
    pub fn start(&self, pg_bin: Option<&Path>) -> Result<Started> {
        let _turn = self.take_turn();
        self.refuse_other_host("started")?;
        self.account.can_enter(&self.dir)?;
        self.settle_upgrade()?;
        if self.runs_or_is_gone()? {
            return Ok(Started::Already);
        }
        let programs = self.programs(pg_bin)?;
        self.place_socket()?;
        let log_start_bytes = self.open_log()?;
        self.claim_host()?;
        let started = self.launch(&programs, log_start_bytes);
        if started.is_err() && !matches!(process::look(&self.data()), Ok(Found::Server(_))) {
            self.release_host()?;
        }
        started.map(|()| Started::Now)
    }

    /// Whether a server runs and answers. If not, nothing stands in a new one's way when this returns.
    fn runs_or_is_gone(&self) -> Result<bool> {
        let data = self.data();
        loop {
            match process::look(&data)? {
                Found::Nothing => return Ok(false),
                Found::Remnants(_) => self.wait_for_remnants()?,
                Found::Reused(pid) => {
                    log::info!(
                        "an earlier server ended without notice; number {pid} in its pid file is no server's"
                    );
                    process::remove_stale_lock(&data)?;
                }
                Found::Server(_) => {
                    let answers = self.wait_until_it_answers(files::length_bytes(&self.dir.join(LOG)));
                    // It may have been on its way out just now, killed by someone.
                    if answers.is_ok() || matches!(process::look(&data)?, Found::Server(_)) {
                        return answers.map(|()| true);
                    }
                }
            }
        }
    }

    /// Stops the server: transactions under way are rolled back, everything committed is written to its files.
    pub fn stop(&self, pg_bin: Option<&Path>) -> Result<Stopped> {
        let _turn = self.take_turn();
        self.stop_in_turn(pg_bin)
    }

    /// Like [`Self::stop`], for who has [taken turn](Self::take_turn).
    pub(super) fn stop_in_turn(&self, pg_bin: Option<&Path>) -> Result<Stopped> {
        self.refuse_other_host("stopped")?;
        self.settle_upgrade()?;
        let stopped = match process::look(&self.data())? {
            Found::Server(server) => {
                self.stop_server(&server, pg_bin)?;
                Stopped::Now
            }
            Found::Remnants(_) => {
                self.wait_for_remnants()?;
                Stopped::Already
            }
            Found::Reused(_) | Found::Nothing => Stopped::Already,
        };
        self.release_host()?;
        Ok(stopped)
    }

    /// A connection to one of the server's databases.
    pub fn connect(&self, database: &str) -> std::result::Result<postgres::Client, postgres::Error> {
        let running = match process::look(&self.data()) {
            Ok(Found::Server(server)) => (server.socket, server.port),
            _ => (None, None),
        };
        let socket = running.0.unwrap_or_else(|| self.socket());
        let port = running.1.unwrap_or(settings::PORT);
        session(&socket, port, &self.marker.user, database)
            .application_name("xtelemdb personal")
            .connect(postgres::NoTls)
    }

    /// The programs of the server that runs.
    pub(super) fn running_programs(&self, pg_bin: Option<&Path>) -> Result<Programs> {
        let beside = match process::look(&self.data())? {
            Found::Server(server) if pg_bin.is_none() => process::folder_of_program(server.pid),
            _ => None,
        };
        self.programs(pg_bin.or(beside.as_deref()))
    }

    /// What client programs need to know of the usual server.
    pub(super) fn server<'a>(&'a self, programs: &'a Programs, socket: &'a Path) -> Server<'a> {
        Server { programs, socket, port: settings::PORT, user: &self.marker.user, account: &self.account }
    }

    /// The folder of the socket, as the last start chose it.
    pub fn socket(&self) -> PathBuf {
        let text = fs::read_to_string(self.data().join("xtelemdb-socket.conf")).unwrap_or_default();
        let [inside, _] = socket::places(&self.dir);
        settings::socket_written(&text).map_or(inside, Path::to_owned)
    }

    /// Waits while another `xtelemdb` starts, stops, restores or removes this database. It holds until the file is dropped;
    /// a file system that has no locks does without, and PostgreSQL's own lock file decides.
    pub(super) fn take_turn(&self) -> Option<File> {
        loop {
            let folder = Folder::enter(&self.dir, &self.account).ok()?;
            let file = folder.open(MARKER, OFlags::RDONLY).ok()?;
            file.lock().ok()?;
            // Whoever held it may have put a new marker in its place: then the next one waits at that.
            let there = folder.open(MARKER, OFlags::RDONLY).ok()?;
            if file.metadata().ok()?.ino() == there.metadata().ok()?.ino() {
                return Some(file);
            }
        }
    }

    /// The host that runs the server, according to the file that it leaves behind while it runs.
    pub(super) fn running_on(&self) -> Result<Option<String>> {
        let path = self.dir.join(RUNNING_ON);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text.trim().to_owned())),
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
            Err(e) => Err(Error::file("read", &path)(e)),
        }
    }

    /// On a shared file system another host may run the server. Two servers on one data folder destroy it.
    pub(super) fn refuse_other_host(&self, action: &str) -> Result<()> {
        let here = this_host()?;
        match self.running_on()? {
            Some(host) if host != here => Err(Error::Failed(format!(
                "the server of {dir} runs on host {host}; it can't be {action} from {here}. Stop it there first \
                 (xtelemdb personal stop {dir}), or use it there. If {host} has been shut down or is gone, so that the \
                 server surely does not run any more: rm {file}",
                dir = self.dir.display(),
                file = self.dir.join(RUNNING_ON).display()
            ))),
            _ => Ok(()),
        }
    }

    /// Leaves our host's name. Creating the file is what decides between two hosts that start at one time.
    pub(super) fn claim_host(&self) -> Result<()> {
        let path = self.dir.join(RUNNING_ON);
        if self.running_on()?.is_some() {
            return self.refuse_other_host("started");
        }
        match files::create(&path, &format!("{}\n", this_host()?), &self.account) {
            Err(Error::File { source, .. }) if source.kind() == ErrorKind::AlreadyExists => {
                self.refuse_other_host("started")
            }
            created => created,
        }
    }

    pub(super) fn release_host(&self) -> Result<()> {
        files::remove_if_there(&self.dir.join(RUNNING_ON))
    }

    /// Sees to the socket's folder: it may be gone from /tmp, and the database may have been moved.
    fn place_socket(&self) -> Result<()> {
        let before = self.socket();
        let folder = socket::prepare(&self.dir, &self.account)?;
        process::remove_stale_socket(&self.data(), &folder, settings::PORT)?;
        if folder == before {
            return Ok(());
        }
        let path = self.data().join("xtelemdb-socket.conf");
        files::replace(&path, &settings::socket(&folder), &self.account)?;
        log::warn!(
            "the socket is in {} now: write that as database.host into {}",
            folder.display(),
            self.dir.join(CLIENT_CONFIG).display()
        );
        Ok(())
    }

    /// Sees to the log file and returns its length.
    fn open_log(&self) -> Result<u64> {
        let log = self.dir.join(LOG);
        if files::length_bytes(&log) > SERVER_LOG_BYTES {
            fs::rename(&log, self.dir.join(OLD_LOG)).map_err(Error::file("rename", &log))?;
        }
        match files::create(&log, "", &self.account) {
            Err(Error::File { source, .. }) if source.kind() == ErrorKind::AlreadyExists => {
                Ok(files::length_bytes(&log))
            }
            created => created.map(|()| 0),
        }
    }

    fn launch(&self, programs: &Programs, log_start_bytes: u64) -> Result<()> {
        let mut start = programs.command("pg_ctl", &self.account, &self.dir);
        start.args(["start", "--silent", "--wait", &format!("--timeout={SERVER_START_FIRST_WAIT_S}")]);
        start.arg("-D").arg(self.data()).arg("--log").arg(self.dir.join(LOG));
        if let Err(e) = account::run(&mut start) {
            // It may have lost to another start, or still be replaying its log after a crash.
            if !matches!(process::look(&self.data())?, Found::Server(_)) {
                return Err(Error::Failed(format!("{e}{}", self.quote_log(log_start_bytes))));
            }
            log::info!("the server needs longer: after a crash it replays its log first");
        }
        self.wait_until_it_answers(log_start_bytes)
    }

    fn wait_until_it_answers(&self, log_start_bytes: u64) -> Result<()> {
        let begun = Instant::now();
        loop {
            stop::check()?;
            let Err(e) = self.connect("postgres") else { return Ok(()) };
            let gone = !matches!(process::look(&self.data())?, Found::Server(_));
            if gone || begun.elapsed() > SERVER_START_WAIT {
                let what = if gone { "ended by itself" } else { "runs, but does not answer" };
                let why = describe(&e);
                return Err(Error::Failed(format!(
                    "the server of {} {what}: {why}{}",
                    self.dir.display(),
                    self.quote_log(log_start_bytes)
                )));
            }
            stop::pause(SERVER_POLL)?;
        }
    }

    fn stop_server(&self, server: &Postmaster, pg_bin: Option<&Path>) -> Result<()> {
        let beside = process::folder_of_program(server.pid).map(|bin| bin.join("pg_ctl"));
        let pg_ctl = match beside.filter(|pg_ctl| pg_bin.is_none() && pg_ctl.is_file()) {
            Some(pg_ctl) => pg_ctl,
            None => self.programs(pg_bin)?.path("pg_ctl"),
        };
        let mut stop = self.account.command(pg_ctl, &self.dir);
        stop.args(["stop", "--silent", "--wait", "--mode=fast", &format!("--timeout={SERVER_STOP_WAIT_S}")]);
        stop.arg("-D").arg(self.data());
        account::run(&mut stop)?;
        self.wait_for_remnants()
    }

    fn wait_for_remnants(&self) -> Result<()> {
        self.wait_for_remnants_in(&self.data())
    }

    /// Waits until nothing runs in a data folder any more.
    pub(super) fn wait_for_remnants_in(&self, data: &Path) -> Result<()> {
        let left = process::wait_for_remnants(data, SERVER_REMNANTS_WAIT)?;
        if left.is_empty() {
            return Ok(());
        }
        let pids = left.iter().map(u32::to_string).collect::<Vec<_>>().join(" ");
        Err(Error::Failed(format!(
            "processes of an earlier server still work in {} and don't end; end them first: kill {pids}",
            data.display()
        )))
    }

    pub(super) fn quote_log(&self, from_bytes: u64) -> String {
        let log = self.dir.join(LOG);
        let lines = files::last_lines(&log, from_bytes, SERVER_LOG_BYTES_QUOTED, SERVER_LOG_LINES_QUOTED);
        if lines.is_empty() { String::new() } else { format!("\n{} ends with:\n{lines}", log.display()) }
    }
}

/// How all connections here begin, those of pg_dump too. No limit that was set for people's queries holds, not even while
/// one of them waits for another; and nothing outside `pg_catalog` is found unless its schema is named.
pub(super) const SESSION_OPTIONS: &str = "-c statement_timeout=0 -c lock_timeout=0 -c idle_session_timeout=0 \
     -c idle_in_transaction_session_timeout=0 -c search_path=pg_catalog,pg_temp";

/// A connection with these, not made yet.
pub(super) fn session(socket: &Path, port: u16, user: &str, database: &str) -> postgres::Config {
    let mut config = postgres::Config::new();
    config.host_path(socket).port(port).user(user).dbname(database).options(SESSION_OPTIONS);
    config.connect_timeout(SERVER_CONNECT_TIMEOUT);
    config
}

/// The name of this host.
pub(super) fn this_host() -> Result<String> {
    let path = Path::new("/proc/sys/kernel/hostname");
    Ok(fs::read_to_string(path).map_err(Error::file("read", path))?.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Account;
    use crate::personal::Marker;
    use std::time::Duration;

    /// Whether somebody waits for a lock on a file, as the kernel tells.
    fn is_waited_for(file: &File) -> bool {
        let inode = format!(":{} ", file.metadata().unwrap().ino());
        let locks = fs::read_to_string("/proc/locks").unwrap();
        locks.lines().any(|line| line.contains("-> ") && line.contains(&inode))
    }

    #[test]
    fn a_turn_is_waited_for_at_the_marker_that_is_there() {
        let dir = std::env::temp_dir().join(format!("xtelemdb-turn-{}", std::process::id()));
        let account = Account::for_new().unwrap();
        files::create_folder(&dir, &account).unwrap();
        let marker = Marker { user: "x".into(), complete: true, pg_bin: None };
        files::create(&dir.join(MARKER), "", &account).unwrap();
        let personal = Personal { dir: dir.clone(), account: account.clone(), marker };
        let first = personal.take_turn().unwrap();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| personal.take_turn().is_some());
            let wait_at = |file: &File| {
                while !is_waited_for(file) {
                    assert!(!waiting.is_finished(), "it did not wait");
                    std::thread::sleep(Duration::from_millis(2));
                }
            };
            wait_at(&first);
            files::replace(&dir.join(MARKER), "", &account).unwrap();
            let second = personal.take_turn().unwrap();
            drop(first);
            wait_at(&second);
            drop(second);
            assert!(waiting.join().unwrap());
        });
        fs::remove_dir_all(&dir).unwrap();
    }
}

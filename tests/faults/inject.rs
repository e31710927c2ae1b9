//! The faults: what is done to programs, server, connections and files while programs run.

use crate::fleet::Fleet;
use crate::support::postgres::Postgres;
use crate::support::program::signal;
use crate::support::proxy::{Deed, Proxy, Sent};
use crate::world::World;
use std::fs;
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    Kill,
    Terminate,
    Pause,
    StopImmediate,
    StopFast,
    InRecovery,
    TerminateBackends,
    CutInCopy,
    TruncateInCopy,
    DelayInCopy,
    HalfCloseInCopy,
    CommitUnsent,
    CommitHalfClosed,
    CommitAnswerLost,
    CutInTls,
    TruncateInTls,
    AnswerLostInTls,
    ReadOnly,
    ConnectionsUsedUp,
    StatementsCancelled,
    StatementTimeout,
    LockTimeout,
    ServerFull,
    FolderUnreadable,
    TruncateUnderReader,
}

use Fault::*;

pub const ALL: [Fault; 25] = [
    Kill,
    Terminate,
    Pause,
    StopImmediate,
    StopFast,
    InRecovery,
    TerminateBackends,
    CutInCopy,
    TruncateInCopy,
    DelayInCopy,
    HalfCloseInCopy,
    CommitUnsent,
    CommitHalfClosed,
    CommitAnswerLost,
    CutInTls,
    TruncateInTls,
    AnswerLostInTls,
    ReadOnly,
    ConnectionsUsedUp,
    StatementsCancelled,
    StatementTimeout,
    LockTimeout,
    ServerFull,
    FolderUnreadable,
    TruncateUnderReader,
];

impl Fault {
    pub fn name(self) -> &'static str {
        match self {
            Kill => "SIGKILL of a program",
            Terminate => "SIGTERM of a program",
            Pause => "SIGSTOP and SIGCONT of a program",
            StopImmediate => "pg_ctl stop -m immediate, start",
            StopFast => "pg_ctl stop -m fast, start",
            InRecovery => "server back in recovery, start",
            TerminateBackends => "pg_terminate_backend of all",
            CutInCopy => "connection cut in COPY",
            TruncateInCopy => "connection cut within a message of COPY",
            DelayInCopy => "COPY delayed",
            HalfCloseInCopy => "connection half-closed in COPY",
            CommitUnsent => "connection cut before COMMIT",
            CommitHalfClosed => "connection half-closed behind COMMIT",
            CommitAnswerLost => "answer to COMMIT lost",
            CutInTls => "encrypted connection cut",
            TruncateInTls => "encrypted connection cut within a record",
            AnswerLostInTls => "answer over an encrypted connection lost",
            ReadOnly => "server read-only for a while",
            ConnectionsUsedUp => "max_connections used up",
            StatementsCancelled => "pg_cancel_backend of all",
            StatementTimeout => "statements ended by statement_timeout",
            LockTimeout => "tables locked, waits ended by lock_timeout",
            ServerFull => "server's disk full",
            FolderUnreadable => "data folder unreadable",
            TruncateUnderReader => "file truncated under its reader",
        }
    }
}

/// What a trap waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Prey {
    Copy,
    Commit,
    /// The record of TLS before which so many more pass.
    Sealed(usize),
}

impl Prey {
    /// Whether this is it.
    fn is(&mut self, sent: &Sent<'_>) -> bool {
        match (self, sent) {
            (Self::Copy, Sent::CopyData(_)) | (Self::Commit, Sent::Commit(_)) => true,
            (Self::Sealed(before), Sent::Sealed) => {
                *before = before.saturating_sub(1);
                *before == 0
            }
            _ => false,
        }
    }
}

/// What the proxies are to do next.
#[derive(Clone, Default)]
pub struct Trap {
    armed: Arc<Mutex<Option<(Prey, Deed)>>>,
    /// Sessions that begin get this.
    change: Arc<Mutex<Option<Deed>>>,
}

impl Trap {
    /// Proxies on the server's socket and on a loopback address that do what they are told once and then pass everything
    /// on.
    pub fn proxies(&self, server: &Postgres, addresses: &[String; 2]) -> [Proxy; 2] {
        let [own, of_server] = addresses;
        let (on_socket, on_loopback) = (self.clone(), self.clone());
        [
            Proxy::start(server.socket(), move |sent| on_socket.judge(&sent)),
            Proxy::start_on_loopback(own, of_server, move |sent| on_loopback.judge(&sent)),
        ]
    }

    fn judge(&self, sent: &Sent<'_>) -> Deed {
        if let Sent::Statement(statement) = sent {
            return match &*self.change.lock().expect("nobody panics with it") {
                Some(change @ Deed::Change { from, .. }) if statement.contains(from) => change.clone(),
                _ => Deed::Pass,
            };
        }
        let mut armed = self.armed.lock().expect("nobody panics with it");
        if armed.as_mut().is_some_and(|(prey, _)| prey.is(sent)) {
            return armed.take().map_or(Deed::Pass, |(_, deed)| deed);
        }
        Deed::Pass
    }

    fn set(&self, trap: Option<(Prey, Deed)>) {
        *self.armed.lock().expect("nobody panics with it") = trap;
    }

    fn is_set(&self) -> bool {
        self.armed.lock().expect("nobody panics with it").is_some()
    }

    fn change(&self, change: Option<Deed>) {
        *self.change.lock().expect("nobody panics with it") = change;
    }
}

/// What faults are done with.
pub struct Injector<'a> {
    pub server: &'a Postgres,
    pub database: &'a str,
    pub trap: Trap,
    /// The small disk of the server, if there is one.
    pub disk: Option<&'a Path>,
}

/// What the server says when it may not write, has no connection left, and has no room left.
const READ_ONLY: &str = "25006";
const TOO_MANY_CONNECTIONS: &str = "53300";
const DISK_FULL: &str = "53100";
/// What it says when a statement took too long, and when a lock did.
const STATEMENT_TIMEOUT: &str = "57014 ERROR:  canceling statement due to statement timeout";
const LOCK_TIMEOUT: &str = "55P03";

/// Has the log begin each line with its SQLSTATE.
pub const LOG_SETTING: &str = "log_line_prefix = '%e '\n";

/// How long a trap waits for its prey.
const PATIENCE: Duration = Duration::from_secs(2);

impl Injector<'_> {
    /// Does a fault, and undoes it. False if it was not delivered while a program ran.
    pub fn inject(&self, fault: Fault, world: &mut World, fleet: &mut Fleet<'_>) -> bool {
        let hold = Duration::from_millis(world.random.between(20, 200) as u64);
        match fault {
            Kill => fleet.signal_one(&mut world.random, "KILL"),
            Terminate => fleet.signal_one(&mut world.random, "TERM"),
            Pause => {
                let Some(pid) = fleet.one(&mut world.random) else { return false };
                signal(pid, "STOP");
                hold_on(hold, world);
                // It may have ended before the signal came.
                let is_delivered = fleet.is_running(pid);
                if is_delivered {
                    signal(pid, "CONT");
                }
                is_delivered
            }
            StopImmediate | StopFast => {
                let is_delivered = fleet.any_is_running();
                if fault == StopFast {
                    self.server.stop_fast();
                } else {
                    self.server.stop_immediate();
                }
                let is_delivered = is_delivered && fleet.any_is_running();
                hold_on(hold, world);
                self.server.start_again();
                is_delivered
            }
            InRecovery => self.in_recovery(hold, world, fleet),
            TerminateBackends => self.tell("pg_terminate_backend", "true") > 0,
            StatementsCancelled => self.tell("pg_cancel_backend", "state = 'active'") > 0,
            CutInCopy => self.spring(Prey::Copy, Deed::Cut, world, fleet),
            TruncateInCopy => self.spring(Prey::Copy, Deed::CutWithin, world, fleet),
            DelayInCopy => self.spring(Prey::Copy, Deed::Delay(hold), world, fleet),
            HalfCloseInCopy => self.spring(Prey::Copy, Deed::HalfClose, world, fleet),
            CommitUnsent => self.spring(Prey::Commit, Deed::Cut, world, fleet),
            CommitHalfClosed => self.spring(Prey::Commit, Deed::HalfClose, world, fleet),
            CommitAnswerLost => self.spring(Prey::Commit, Deed::LoseAnswer, world, fleet),
            CutInTls => self.spring(sealed(world), Deed::Cut, world, fleet),
            TruncateInTls => self.spring(sealed(world), Deed::CutWithin, world, fleet),
            AnswerLostInTls => self.spring(sealed(world), Deed::LoseAnswer, world, fleet),
            ReadOnly => {
                let mut client = self.server.client();
                client.batch_execute("SET default_transaction_read_only = off").expect("a setting");
                client
                    .batch_execute("ALTER SYSTEM SET default_transaction_read_only = on")
                    .expect("a setting");
                client.batch_execute("SELECT pg_reload_conf()").expect("a setting");
                let is_delivered = self.refuses(READ_ONLY, world, fleet);
                hold_on(hold, world);
                client.batch_execute("ALTER SYSTEM RESET default_transaction_read_only").expect("a setting");
                client.batch_execute("SELECT pg_reload_conf()").expect("a setting");
                is_delivered
            }
            ConnectionsUsedUp => self.use_up(hold, world, fleet),
            StatementTimeout => {
                let change =
                    Deed::Change { from: "SET statement_timeout = 0;", to: "SET statement_timeout = 3;" };
                self.impatient(change, STATEMENT_TIMEOUT, world, fleet)
            }
            LockTimeout => {
                let mut client = self.client_of_database();
                let mut holder = client.transaction().expect("a transaction");
                holder.batch_execute("LOCK TABLE xtelemdb.ledger, public.file_origins").expect("a lock");
                let change = Deed::Change { from: "SET lock_timeout = 0;", to: "SET lock_timeout = 10;" };
                let is_delivered = self.impatient(change, LOCK_TIMEOUT, world, fleet);
                holder.rollback().expect("the lock given back");
                is_delivered
            }
            ServerFull => self.fill(hold, world, fleet),
            FolderUnreadable => {
                let since = Instant::now();
                let host = loop {
                    fleet.fill(world);
                    if let Some(host) = fleet.host_without_rights() {
                        break host;
                    }
                    if since.elapsed() > PATIENCE {
                        return false;
                    }
                    std::thread::sleep(Duration::from_millis(5));
                };
                let folder = world.folder.join(crate::world::HOSTS[host]).join("part1");
                if !folder.exists() {
                    return false;
                }
                fs::set_permissions(&folder, fs::Permissions::from_mode(0o000)).expect("a closed folder");
                let is_delivered = fleet.host_without_rights() == Some(host);
                fleet.fill(world);
                std::thread::sleep(hold);
                fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("an open folder");
                is_delivered
            }
            TruncateUnderReader => truncate_under_reader(world, fleet),
        }
    }

    /// Calls one of the server's functions for the programs' sessions; returns for how many.
    fn tell(&self, function: &str, condition: &str) -> i64 {
        let query = format!(
            "SELECT count({function}(pid)) FROM pg_stat_activity
             WHERE datname = $1 AND application_name = 'xtelemdb' AND {condition}"
        );
        self.server.client().query_one(&query, &[&self.database]).expect("a count").get(0)
    }

    fn client_of_database(&self) -> postgres::Client {
        let mut config = postgres::Config::new();
        config.host_path(self.server.socket()).port(5432).user("tester").dbname(self.database);
        config.connect(postgres::NoTls).expect("a connection")
    }

    /// Sessions through the proxies begin with another time-out than the program asks for, until the server has ended
    /// something for it.
    fn impatient(&self, change: Deed, said: &str, world: &mut World, fleet: &mut Fleet<'_>) -> bool {
        self.trap.change(Some(change));
        self.tell("pg_terminate_backend", "true");
        let is_delivered = self.refuses(said, world, fleet);
        self.trap.change(None);
        self.tell("pg_terminate_backend", "true");
        is_delivered
    }

    fn spring(&self, prey: Prey, deed: Deed, world: &mut World, fleet: &mut Fleet<'_>) -> bool {
        self.trap.set(Some((prey, deed)));
        let since = Instant::now();
        while self.trap.is_set() && since.elapsed() < PATIENCE {
            fleet.fill(world);
            hold_on(Duration::from_millis(5), world);
        }
        let is_delivered = !self.trap.is_set();
        self.trap.set(None);
        is_delivered
    }

    fn in_recovery(&self, hold: Duration, world: &mut World, fleet: &mut Fleet<'_>) -> bool {
        let mark = self.server.data().join("standby.signal");
        self.server.stop_fast();
        fs::write(&mark, "").expect("a mark");
        self.server.give(&mark);
        self.server.start_again();
        let is_delivered = self.refuses(READ_ONLY, world, fleet);
        hold_on(hold, world);
        self.server.stop_fast();
        fs::remove_file(&mark).expect("it is there");
        self.server.start_again();
        is_delivered
    }

    fn use_up(&self, hold: Duration, world: &mut World, fleet: &mut Fleet<'_>) -> bool {
        let mut config = postgres::Config::new();
        config.host_path(self.server.socket()).port(5432).user("tester").dbname("postgres");
        let mut taken = Vec::new();
        let mut first = self.server.client();
        let end =
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'xtelemdb'";
        // All that are left, and then those of the programs.
        for _ in 0..2 {
            while let Ok(client) = config.connect(postgres::NoTls) {
                taken.push(client);
            }
            fleet.fill(world);
            first.execute(end, &[]).expect("sessions less");
        }
        while let Ok(client) = config.connect(postgres::NoTls) {
            taken.push(client);
        }
        let is_delivered = self.refuses(TOO_MANY_CONNECTIONS, world, fleet);
        hold_on(hold, world);
        is_delivered
    }

    /// Waits until the server has refused something with this SQLSTATE, as its log says; more of the line may be asked
    /// for. Nobody but programs talks to it.
    fn refuses(&self, start_of_line: &str, world: &mut World, fleet: &mut Fleet<'_>) -> bool {
        let log = self.server.log();
        let start = fs::metadata(&log).expect("its log").len();
        let (since, mut said) = (Instant::now(), Vec::new());
        while since.elapsed() < PATIENCE {
            fleet.fill(world);
            hold_on(Duration::from_millis(5), world);
            let mut file = fs::File::open(&log).expect("its log");
            file.seek(SeekFrom::Start(start + said.len() as u64)).expect("where we were");
            file.read_to_end(&mut said).expect("its log");
            if String::from_utf8_lossy(&said).lines().any(|line| line.starts_with(start_of_line)) {
                return true;
            }
        }
        false
    }

    /// Fills the server's disk, and makes room again.
    fn fill(&self, hold: Duration, world: &mut World, fleet: &mut Fleet<'_>) -> bool {
        let Some(disk) = self.disk else { return false };
        let filler = disk.join("filler");
        let mut file = fs::File::create(&filler).expect("a file");
        let free = rustix::fs::statvfs(disk).expect("its room");
        fleet.fill(world);
        // Most of it at once, the rest piece by piece.
        let most = (free.f_bavail * free.f_frsize).saturating_sub(1 << 20).max(1);
        let _ = rustix::fs::fallocate(&file, rustix::fs::FallocateFlags::empty(), 0, most);
        file.seek(SeekFrom::End(0)).expect("its end");
        let is_full = (0..8 << 10).any(|_| file.write_all(&[0; 4096]).is_err());
        let is_delivered = is_full && self.refuses(DISK_FULL, world, fleet);
        hold_on(hold, world);
        fs::remove_file(filler).expect("it is there");
        is_delivered
    }
}

/// Lets time pass; files change meanwhile.
fn hold_on(hold: Duration, world: &mut World) {
    let since = Instant::now();
    while since.elapsed() < hold {
        world.change();
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// A connection begins with a few records, and each statement is one or more.
fn sealed(world: &mut World) -> Prey {
    Prey::Sealed(world.random.between(1, 60))
}

fn truncate_under_reader(world: &mut World, fleet: &mut Fleet<'_>) -> bool {
    let since = Instant::now();
    while since.elapsed() < PATIENCE {
        fleet.fill(world);
        for pid in fleet.pids() {
            for path in open_files(pid) {
                let is_plain = path.extension().is_some_and(|ending| ending != "gz");
                let index = world.files.iter().position(|file| file.path == path && is_plain);
                if let Some(index) = index.filter(|_| fleet.is_running(pid)) {
                    world.truncate(index);
                    return true;
                }
            }
        }
        world.change();
    }
    false
}

fn open_files(pid: u32) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(format!("/proc/{pid}/fd")) else { return Vec::new() };
    entries.flatten().filter_map(|entry| fs::read_link(entry.path()).ok()).collect()
}

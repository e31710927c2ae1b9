//! The programs that run at the same time.

use crate::random::Random;
use crate::support::program::{Output, Program, Running};
use crate::support::proxy::Proxy;
use crate::world::{HOSTS, World};
use std::path::{Path, PathBuf};

const AT_ONCE: usize = 4;

/// Root reads everything; without these rights it reads what others may.
const WITHOUT_RIGHTS: [&str; 3] =
    ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"];

/// How a `follow` ends when another one follows the same files.
const PLACE_TAKEN: i32 = 4;

/// Demands TLS.
const SEALED: &str = "database.sslmode=verify-full";

struct Ship {
    running: Running,
    host: usize,
    command: &'static str,
    obeys_rights: bool,
    /// Signals that end it at once; SIGTERM does until the program has taken over.
    fatal_signals: Vec<i32>,
}

/// The ways to the server.
pub struct Ways {
    /// On its socket, and on a loopback address.
    pub trapped: [Proxy; 2],
    /// The server's own loopback address, and the authority that vouches for both addresses.
    pub address: String,
    pub authority: PathBuf,
}

pub struct Fleet<'a> {
    ships: Vec<Ship>,
    ways: &'a Ways,
    /// Whether a host may be followed for a while.
    pub follows: bool,
    /// What a program should not have done.
    pub complaints: Vec<String>,
    is_root: bool,
    pub started: usize,
    /// So many of them were a `follow` that got its place, and so many spoke TLS.
    pub followed: usize,
    pub sealed: usize,
    pub told: Told,
}

/// What programs said of the rows that they loaded.
#[derive(Default)]
pub struct Told {
    pub rows_new: i64,
    /// So many can't have told everything: killed, stopped while they waited, or without an answer to a COMMIT.
    pub silent: usize,
}

impl Told {
    pub fn hear(&mut self, output: &Output) {
        let Ok(summary) = serde_json::from_str::<serde_json::Value>(&output.stdout) else {
            self.silent += 1;
            return;
        };
        let is_whole = summary["rows_new"].is_i64() && summary["records_unsure"] == 0;
        // One that failed before it began has loaded nothing.
        let has_loaded = summary["exit"] != 1 || summary["rows_new"].is_i64();
        self.silent += usize::from(!is_whole && has_loaded);
        self.rows_new += summary["rows_new"].as_i64().unwrap_or(0);
        self.rows_new += summary["recovered"]["rows_new"].as_i64().unwrap_or(0);
    }
}

impl<'a> Fleet<'a> {
    pub fn new(ways: &'a Ways) -> Self {
        let is_root =
            std::fs::metadata("/proc/self").is_ok_and(|meta| std::os::unix::fs::MetadataExt::uid(&meta) == 0);
        Self {
            ships: Vec::new(),
            ways,
            follows: false,
            complaints: Vec::new(),
            is_root,
            started: 0,
            followed: 0,
            sealed: 0,
            told: Told::default(),
        }
    }

    /// Starts as many as there should be.
    pub fn fill(&mut self, world: &mut World) {
        self.reap();
        while self.ships.len() < AT_ONCE {
            let host = world.random.below(HOSTS.len());
            let command = match world.random.below(8) {
                0 | 1 => "inventory",
                2 if self.follows => "follow",
                _ => "ingest",
            };
            let jobs = format!("parallel_jobs={}", world.random.between(1, 4));
            let (way, is_trapped) = self.way(&mut world.random);
            let mut words: Vec<&str> = way.iter().map(String::as_str).collect();
            words.extend([jobs.as_str(), "database.retry_for_s=20"]);
            if command == "follow" && world.random.one_in(2) {
                words.extend(["follow.watch=poll", "follow.poll_s=0.02"]);
            }
            let mut program = program(&world.configs[host], command, &words);
            if is_trapped && self.is_root {
                program = program.through(&WITHOUT_RIGHTS);
            }
            let obeys_rights = is_trapped || !self.is_root;
            self.ships.push(Ship {
                running: program.start(),
                host,
                command,
                obeys_rights,
                fatal_signals: Vec::new(),
            });
            self.started += 1;
            self.sealed += usize::from(words.contains(&SEALED));
        }
    }

    /// A way to the server, and whether it leads through a proxy.
    fn way(&self, random: &mut Random) -> (Vec<String>, bool) {
        let address = || format!("database.host={}", self.ways.address);
        let sealed = || {
            let authority = format!("database.sslrootcert={}", self.ways.authority.display());
            [SEALED.to_owned(), authority]
        };
        let [on_socket, on_loopback] = self.ways.trapped.each_ref().map(Proxy::host);
        match random.below(6) {
            0 => (Vec::new(), false),
            1 => ([vec![address()], sealed().into()].concat(), false),
            2 | 3 => (vec![on_socket], true),
            4 => (vec![on_loopback, "database.sslmode=disable".into()], true),
            _ => ([vec![on_loopback], sealed().into()].concat(), true),
        }
    }

    fn reap(&mut self) {
        for mut ship in std::mem::take(&mut self.ships) {
            if ship.running.is_running() {
                self.ships.push(ship);
            } else {
                self.judge(ship);
            }
        }
    }

    /// Waits for all; those that can't go on have given up by then.
    pub fn wait(&mut self) {
        self.reap();
        for ship in self.ships.iter_mut().filter(|ship| ship.command == "follow") {
            ship.running.signal("TERM");
            ship.fatal_signals.push(15);
        }
        for ship in std::mem::take(&mut self.ships) {
            self.judge(ship);
        }
    }

    fn judge(&mut self, ship: Ship) {
        let output = ship.running.wait();
        match ship.command {
            "ingest" => self.told.hear(&output),
            // It says how much it loaded or found.
            "follow" if output.code != PLACE_TAKEN => {
                self.told.silent += 1;
                self.followed += 1;
            }
            _ => {}
        }
        let is_expected = matches!(output.code, 0 | 1 | 3 | 130)
            || ship.command == "follow" && output.code == PLACE_TAKEN
            || ship.fatal_signals.contains(&-output.code);
        if !is_expected || output.stderr.contains("panicked") {
            self.complaints.push(format!("{} ended with {}: {}", ship.command, output.code, output.stderr));
        }
    }

    pub fn any_is_running(&mut self) -> bool {
        self.ships.iter_mut().any(|ship| ship.running.is_running())
    }

    pub fn is_running(&mut self, pid: u32) -> bool {
        self.ships.iter_mut().any(|ship| ship.running.pid() == pid && ship.running.is_running())
    }

    pub fn pids(&self) -> Vec<u32> {
        self.ships.iter().map(|ship| ship.running.pid()).collect()
    }

    /// Some program that runs.
    pub fn one(&mut self, random: &mut Random) -> Option<u32> {
        let running: Vec<u32> = self
            .ships
            .iter_mut()
            .filter_map(|ship| ship.running.is_running().then(|| ship.running.pid()))
            .collect();
        (!running.is_empty()).then(|| running[random.below(running.len())])
    }

    pub fn signal_one(&mut self, random: &mut Random, name: &str) -> bool {
        let Some(pid) = self.one(random) else { return false };
        for ship in self.ships.iter_mut().filter(|ship| ship.running.pid() == pid) {
            ship.running.signal(name);
            ship.fatal_signals.push(if name == "KILL" { 9 } else { 15 });
        }
        true
    }

    /// The host of a running program that can't read everything.
    pub fn host_without_rights(&mut self) -> Option<usize> {
        self.ships
            .iter_mut()
            .find_map(|ship| (ship.obeys_rights && ship.running.is_running()).then_some(ship.host))
    }
}

fn program(config: &Path, command: &str, overrides: &[&str]) -> Program {
    let config = config.to_str().expect("UTF-8");
    let pauses = ["database.retry_pause_s=0.02", "database.retry_pause_max_s=0.2"];
    Program::new(&[&[command, "--json", "-c", config], &pauses[..], overrides].concat())
}

/// Runs a command to its end, undisturbed.
pub fn run(config: &Path, command: &str) -> Output {
    program(config, command, &[]).run()
}

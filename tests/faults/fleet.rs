//! The programs that run at the same time.

use crate::random::Random;
use crate::support::program::{Output, Program, Running};
use crate::support::proxy::Proxy;
use crate::world::{HOSTS, World};
use std::path::Path;

const AT_ONCE: usize = 4;

/// Root reads everything; without these rights it reads what others may.
const WITHOUT_RIGHTS: [&str; 3] =
    ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"];

struct Ship {
    running: Running,
    host: usize,
    command: &'static str,
    obeys_rights: bool,
    /// Signals that end it at once; SIGTERM does until the program has taken over.
    fatal_signals: Vec<i32>,
}

pub struct Fleet {
    ships: Vec<Ship>,
    trapped: String,
    _trapped: Proxy,
    /// What a program should not have done.
    pub complaints: Vec<String>,
    is_root: bool,
    pub started: usize,
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

impl Fleet {
    pub fn new(trapped: Proxy) -> Self {
        let is_root =
            std::fs::metadata("/proc/self").is_ok_and(|meta| std::os::unix::fs::MetadataExt::uid(&meta) == 0);
        Self {
            ships: Vec::new(),
            trapped: trapped.host(),
            _trapped: trapped,
            complaints: Vec::new(),
            is_root,
            started: 0,
            told: Told::default(),
        }
    }

    /// Starts as many as there should be.
    pub fn fill(&mut self, world: &mut World) {
        self.reap();
        while self.ships.len() < AT_ONCE {
            let host = world.random.below(HOSTS.len());
            let command = if world.random.one_in(4) { "inventory" } else { "ingest" };
            let jobs = format!("parallel_jobs={}", world.random.between(1, 4));
            let is_trapped = !world.random.one_in(3);
            let mut program = program(&world.configs[host], command, &[&jobs, "database.retry_for_s=20"]);
            if is_trapped {
                program = self.with_trap(world, host, command, &jobs);
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
        }
    }

    fn with_trap(&self, world: &World, host: usize, command: &str, jobs: &str) -> Program {
        let overrides = [jobs, "database.retry_for_s=20", &self.trapped];
        let program = program(&world.configs[host], command, &overrides);
        if self.is_root { program.through(&WITHOUT_RIGHTS) } else { program }
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
        for ship in std::mem::take(&mut self.ships) {
            self.judge(ship);
        }
    }

    fn judge(&mut self, ship: Ship) {
        let output = ship.running.wait();
        if ship.command == "ingest" {
            self.told.hear(&output);
        }
        let is_expected =
            matches!(output.code, 0 | 1 | 3 | 130) || ship.fatal_signals.contains(&-output.code);
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

//! A campaign of faults: programs load files that change, while programs, server, connections and files are disturbed;
//! then everything must be there exactly once. `./build.sh faults` runs it for as long as you like.

#![allow(clippy::print_stdout, reason = "the seed and the table are its result")]

mod check;
mod content;
mod fleet;
mod inject;
mod random;
#[path = "../support/mod.rs"]
mod support;
mod world;

use fleet::{Fleet, Told, Ways};
use inject::{Fault, Injector, Trap};
use random::Random;
use std::collections::BTreeMap;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{ChildStdin, Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use support::authority::Office;
use support::postgres::{Database, Postgres, loopback_address};
use support::until;
use world::{HOSTS, World};

/// Faults of the form that runs with the other tests, for each of its two seeds.
const FEW: usize = 24;

/// Rounds with the same files and tables.
const ROUNDS: usize = 3;

/// Faults delivered between two checks.
const FAULTS_OF_ROUND: usize = 12;

/// So much is there for the tables.
const DISK: &str = "size=400m";

/// With a seed from the clock; or what `./build.sh faults` was told.
#[test]
fn everything_is_there_once_whatever_happens() {
    let number = |name: &str| {
        let text = std::env::var(name).ok()?;
        Some(text.parse::<u64>().unwrap_or_else(|e| panic!("{name}={text}: {e}")))
    };
    let faults = number("XTELEMDB_FAULTS");
    let minutes = number("XTELEMDB_FAULTS_MINUTES");
    let seed = number("XTELEMDB_FAULTS_SEED")
        .unwrap_or_else(|| SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs());
    let until = minutes.map(|minutes| Instant::now() + Duration::from_secs(60 * minutes));
    let faults = faults.map_or(if until.is_some() { usize::MAX } else { FEW }, |faults| faults as usize);
    Campaign::new().run(seed, faults, until);
}

/// The same faults on the same files in every run of the tests.
#[test]
fn a_seed_that_stays() {
    if std::env::var_os("XTELEMDB_FAULTS").is_none() && std::env::var_os("XTELEMDB_FAULTS_MINUTES").is_none()
    {
        Campaign::new().run(1, FEW, None);
    }
}

struct Campaign {
    /// Goes before the server, which removes its folder.
    disk: Option<Disk>,
    server: Postgres,
    trap: Trap,
    ways: Ways,
    _office: Office,
    delivered: BTreeMap<Fault, usize>,
    missed: usize,
    /// Kinds that are still to come before all come again.
    deck: Vec<Fault>,
    started: usize,
    followed: usize,
    sealed: usize,
    /// Gzip files that were cut off when all was compared.
    cut_off: usize,
    /// Rounds in which every program could tell how many rows it loaded.
    exact_sums: usize,
}

impl Campaign {
    fn new() -> Self {
        let addresses = [loopback_address(), loopback_address()];
        let [own, of_server] = &addresses;
        let server = Postgres::own_with(
            &format!("max_connections = 60\nlisten_addresses = '{of_server}'\n{}", inject::LOG_SETTING),
            "local all all trust\nhost all all 127.0.0.0/8 trust\n",
        );
        let office = Office::new();
        let authority = office.authority("authority", &[]);
        let names = format!("subjectAltName=IP:{own},IP:{of_server}");
        server.show(&office.certificate(&authority, "server", "x", &names, &[]));
        let trap = Trap::default();
        let ways = Ways {
            trapped: trap.proxies(&server, &addresses),
            address: of_server.clone(),
            authority: authority.certificate,
        };
        let disk = Disk::mount(&server);
        Self {
            server,
            trap,
            ways,
            _office: office,
            disk,
            delivered: BTreeMap::new(),
            missed: 0,
            deck: Vec::new(),
            started: 0,
            followed: 0,
            sealed: 0,
            cut_off: 0,
            exact_sums: 0,
        }
    }

    fn run(&mut self, seed: u64, faults: usize, deadline: Option<Instant>) {
        println!("seed {seed}");
        let since = Instant::now();
        let mut seeds = Random::new(seed);
        let mut checks = 0;
        while self.count() < faults && deadline.is_none_or(|deadline| Instant::now() < deadline) {
            checks += self.epoch(seed, seeds.next(), faults, deadline);
        }
        println!(
            "seed {seed}: {} faults, {checks} checks, {} of them with the sum of all summaries and {} gzip files cut off, {} \
             programs, {} of them a follow and {} over TLS, {} s, {} faults that met nobody",
            self.count(),
            self.exact_sums,
            self.cut_off,
            self.started,
            self.followed,
            self.sealed,
            since.elapsed().as_secs(),
            self.missed
        );
        for fault in inject::ALL {
            println!("{:>6}  {}", self.delivered.get(&fault).copied().unwrap_or(0), fault.name());
        }
    }

    fn count(&self) -> usize {
        self.delivered.values().sum()
    }

    /// Some rounds with new files and tables; returns how many there were.
    fn epoch(&mut self, seed: u64, own_seed: u64, faults: usize, deadline: Option<Instant>) -> usize {
        let database = self.server.database();
        let mut world = World::new(&database, Random::new(own_seed));
        fleet::run(&world.configs[0], "setup").expect_code(0);
        let mut fleet = Fleet::new(&self.ways);
        let (mut rounds, mut rows) = (0, 0);
        while rounds < ROUNDS && self.count() < faults && deadline.is_none_or(|d| Instant::now() < d) {
            rounds += 1;
            fleet.follows = world.random.one_in(2);
            let disk = self.disk.as_ref().map(|disk| &*disk.path);
            let injector =
                Injector { server: &self.server, database: database.name(), trap: self.trap.clone(), disk };
            let (mut delivered, mut tries) = (Vec::new(), 0);
            while delivered.len() < FAULTS_OF_ROUND.min(faults - self.count()) && tries < 5 * FAULTS_OF_ROUND
            {
                (0..world.random.between(1, 8)).for_each(|_| world.change());
                fleet.fill(&mut world);
                std::thread::sleep(Duration::from_millis(world.random.between(5, 80) as u64));
                fleet.fill(&mut world);
                let fault = draw(&mut self.deck, &mut world.random);
                tries += 1;
                if injector.inject(fault, &mut world, &mut fleet) {
                    delivered.push(fault);
                }
            }
            self.missed += tries - delivered.len();
            for fault in &delivered {
                *self.delivered.entry(*fault).or_default() += 1;
            }
            fleet.wait();
            world.thaw();
            self.cut_off += world.cut_off();
            let mut found = std::mem::take(&mut fleet.complaints);
            let mut told = std::mem::take(&mut fleet.told);
            load_in_peace(&world, &mut told, &mut found);
            let rows_now = rows_of(&database);
            let rows_new = rows_now - std::mem::replace(&mut rows, rows_now);
            if told.rows_new > rows_new || told.silent == 0 && told.rows_new < rows_new {
                let Told { rows_new: told, silent } = told;
                found.push(format!("summaries: {told} rows told, {rows_new} came; {silent} could not tell"));
            }
            self.exact_sums += usize::from(told.silent == 0);
            found.extend(check::differences(&world, &database));
            assert!(
                found.is_empty(),
                "seed {seed}, own seed {own_seed}, round {rounds}, behind {} faults, {delivered:?}:\n{}\n{}",
                self.count(),
                found.join("\n"),
                world.folder.path().display()
            );
        }
        println!("{} faults, no difference", self.count());
        self.started += fleet.started;
        self.followed += fleet.followed;
        self.sealed += fleet.sealed;
        let drop = format!("DROP DATABASE {} WITH (FORCE)", database.name());
        self.server.client().batch_execute(&drop).expect("a database less");
        rounds
    }
}

/// The next fault: every kind comes as often as every other.
fn draw(deck: &mut Vec<Fault>, random: &mut Random) -> Fault {
    if deck.is_empty() {
        deck.extend(inject::ALL);
    }
    deck.swap_remove(random.below(deck.len()))
}

/// What a user would do after such a night: take stock and load, until there is nothing left to do.
fn load_in_peace(world: &World, told: &mut Told, found: &mut Vec<String>) {
    for (host, config) in world.configs.iter().enumerate() {
        fleet::run(config, "inventory").expect_code(0);
        until("nobody else is at the files", Duration::from_secs(120), || {
            let output = fleet::run(config, "ingest").expect_code_of(&[0, 3]);
            told.hear(&output);
            output.json()["files_elsewhere"] == 0
        });
        // 3 if files vanished before they were loaded.
        let again = fleet::run(config, "ingest").expect_code_of(&[0, 3]).json();
        if again["rows_new"] != 0 || again["records_rejected"] != 0 {
            found.push(format!("{}: something was left to do: {again}", HOSTS[host]));
        }
    }
}

fn rows_of(database: &Database) -> i64 {
    database.client().query_one("SELECT count(*) FROM public.telem", &[]).expect("a count").get(0)
}

/// A small disk for the tables of all databases, if we may mount one.
struct Disk {
    path: PathBuf,
    /// A shell unmounts it when this closes, however we end. Lazily: the server may still be at it.
    _lifeline: ChildStdin,
}

impl Disk {
    fn mount(server: &Postgres) -> Option<Self> {
        let path = server.socket().join("disk");
        std::fs::create_dir(&path).expect("a folder");
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", DISK, "none"]).arg(&path).output();
        if !mount.is_ok_and(|output| output.status.success()) {
            println!("no disk may be mounted here: a full server is not tried");
            return None;
        }
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", r#"read -r line; umount --lazy "$1""#, "sh"]).arg(&path);
        // Out of reach of Ctrl-C.
        let shell = shell.stdin(Stdio::piped()).process_group(0).spawn();
        let lifeline = shell.expect("the shell starts").stdin.expect("a pipe to it");
        let disk = Self { path, _lifeline: lifeline };
        let tables = disk.path.join("tables");
        std::fs::create_dir(&tables).expect("a folder");
        server.give_folder(&tables);
        let mut client = server.client();
        let create = format!("CREATE TABLESPACE small LOCATION '{}'", tables.display());
        client.batch_execute(&create).expect("a tablespace");
        client.batch_execute("ALTER DATABASE template1 SET TABLESPACE small").expect("a place for databases");
        Some(disk)
    }
}

//! A writer that does everything that writers do, against a server that comes and goes: at the end the database and the
//! files agree to the record.

use super::{BOUND, append, end, follow};
use crate::support::make::{gzip, line, text_log};
use crate::support::postgres::Postgres;
use crate::support::program::Program;
use crate::support::rows::{Row, dumped, stored};
use crate::support::site::Site;
use crate::support::until;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

/// Numbers that look random and are the same in every run (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

/// A device: what it has in hand to be written, and where.
struct Device {
    name: String,
    is_binary: bool,
    path: PathBuf,
    /// Records that are not on disk yet; a write may end within one.
    waiting: Vec<u8>,
    records: u32,
    files: u32,
}

impl Device {
    fn new(site: &Site, number: usize) -> Self {
        let mut device = Self {
            name: format!("dev{number}"),
            is_binary: number.is_multiple_of(2),
            path: PathBuf::new(),
            waiting: Vec::new(),
            records: 0,
            files: 0,
        };
        device.rotate(site);
        device
    }

    fn make_records(&mut self, count: u64, chance: &mut Chance) {
        for _ in 0..count {
            self.records += 1;
            let padding = "x".repeat(chance.below(300) as usize);
            if self.is_binary {
                self.waiting.extend(text_log(
                    1_713_225_600 + self.records,
                    5,
                    &format!("{}{padding}", self.records),
                ));
            } else {
                let n = self.records;
                let ts =
                    format!("2024-04-16T{:02}:{:02}:{:02}.000000000", n / 3600 % 24, n / 60 % 60, n % 60);
                let msg = format!("{{\"n\": {n}, \"p\": \"{padding}\"}}");
                self.waiting.extend(line(&ts, "telem_x", &msg).into_bytes());
            }
        }
    }

    fn write(&mut self, most_bytes: usize) {
        let rest = self.waiting.split_off(most_bytes.min(self.waiting.len()));
        append(&self.path, &self.waiting);
        self.waiting = rest;
    }

    /// A new file, half of the time in a new folder.
    fn rotate(&mut self, site: &Site) {
        self.write_out();
        self.files += 1;
        let folder = if self.files.is_multiple_of(2) {
            format!("{}/{}", self.name, self.files)
        } else {
            self.name.clone()
        };
        let name = if self.is_binary {
            format!("{}_2024041600{:02}{:02}000000000.bintel", self.name, self.files / 60, self.files % 60)
        } else {
            format!("{}_2024-04-16T00{:02}{:02}.ndjson", self.name, self.files / 60, self.files % 60)
        };
        self.path = site.path(folder).join(name);
        fs::create_dir_all(self.path.parent().expect("a folder")).expect("a folder");
    }

    fn write_out(&mut self) {
        if !self.waiting.is_empty() {
            self.write(usize::MAX);
        }
    }

    /// Compresses the file that is complete, as a cleaner does, and begins another one.
    fn compress(&mut self, site: &Site) {
        self.write_out();
        let path = self.path.clone();
        self.rotate(site);
        if let Ok(content) = fs::read(&path)
            && !self.is_binary
        {
            let mut packed = path.clone().into_os_string();
            packed.push(".gz");
            fs::write(packed, gzip(&content)).expect("compressed");
            fs::remove_file(path).expect("removed");
        }
    }
}

/// What all files hold, as `dump` reads them.
fn on_disk(site: &Site) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut folders = vec![site.path("")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let output = Program::new(&[&"dump".into(), &path]).run().expect_code(0);
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            rows.extend(dumped(name.split('_').next().expect("a device"), &output.stdout));
        }
    }
    rows.sort();
    rows
}

fn run(seed: u64, more: &[&str]) {
    let server = Postgres::own();
    let site = Site::on(&server);
    let mut chance = Chance(seed);
    let mut devices: Vec<Device> = (0..8).map(|number| Device::new(&site, number)).collect();
    let mut running = follow(&site, more);
    for _ in 0..600 {
        let at = chance.below(8) as usize;
        let device = &mut devices[at];
        match chance.below(100) {
            0..60 => {
                let count = chance.below(20);
                device.make_records(count, &mut chance);
                device.write(chance.below(3_000) as usize);
            }
            60..75 => device.write(chance.below(40) as usize),
            75..82 => device.write_out(),
            82..88 => device.rotate(&site),
            88..92 => device.compress(&site),
            92..96 => std::thread::sleep(Duration::from_millis(chance.below(60))),
            96..98 => {
                // Somebody loads the same files by hand.
                site.inventory();
                site.run("ingest", &[]).expect_code_of(&[0, 3]);
            }
            98 => {
                if chance.below(2) == 0 {
                    server.stop_fast();
                } else {
                    server.stop_immediate();
                }
                std::thread::sleep(Duration::from_millis(chance.below(300)));
                server.start_again();
            }
            _ => {
                let signal = if chance.below(2) == 0 { "KILL" } else { "TERM" };
                running.signal(signal);
                running.wait();
                running = follow(&site, more);
            }
        }
    }
    devices.iter_mut().for_each(Device::write_out);
    let expected = on_disk(&site);
    assert!(expected.len() > 2_000, "{}", expected.len());
    until("every record is there", BOUND, || {
        site.number("SELECT count(*) FROM telem") >= expected.len() as i64
    });
    let found = stored(&site);
    assert_eq!(found.len(), expected.len());
    assert!(found == expected, "the database and the files differ");
    assert_eq!(site.number("SELECT count(*) FROM xtelemdb.rejects"), 0);
    // Compressed files settle a little later.
    let out_of_step = "SELECT count(*) FROM file_origins LEFT JOIN xtelemdb.ledger USING (origin_digest)
        WHERE origin_path LIKE '%.gz' AND size_bytes IS DISTINCT FROM size_bytes_seen";
    until("compressed files are in the ledger", BOUND, || site.number(out_of_step) == 0);
    let said = end(&site, running);
    // Files went only when compressed ones were there.
    assert!(!said.contains("is gone from disk"), "{said}");
    let report = site.load(0);
    assert_eq!(report.count("rows_new"), 0, "{}", report.summary);
}

#[test]
fn database_and_files_agree_to_the_record() {
    run(0x5eed_0001, &[]);
}

#[test]
fn database_and_files_agree_to_the_record_with_other_chances() {
    run(0x5eed_0002, &["follow.commit_every_s=0"]);
}

#[test]
fn database_and_files_agree_to_the_record_where_it_looks() {
    run(0x5eed_0003, &["follow.watch=poll", "follow.poll_s=0.02"]);
}

//! Hosts with their data folders, what becomes of the files there, and what has ever stood in them.

use crate::content::{Content, Format, Record, Sense, Unit};
use crate::random::Random;
use crate::support::folder::Folder;
use crate::support::make;
use crate::support::postgres::Database;
use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const DEVICES: usize = 12;
const FILES_OF_HOST: usize = 14;
pub const HOSTS: [&str; 3] = ["exao1", "exao2", "exao3"];

/// A file that is on disk.
pub struct File {
    pub host: usize,
    pub path: PathBuf,
    pub content: Content,
    /// What is missing of the last gzip member.
    rest: Option<Rest>,
    /// Cut while programs run. Who reads it would see old and new bytes side by side if it grew at once.
    is_frozen: bool,
    /// Its content was in another file before, or another one in it: the ledger may count less than it holds, or more.
    pub has_past: bool,
}

/// The end of a gzip member that is cut off.
struct Rest {
    packed: Vec<u8>,
    /// The units of the member that do not stand there whole.
    units: Vec<Arc<Unit>>,
}

/// A rejected span.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Damage {
    pub host: usize,
    /// Without `.gz`: both names have their rejects in common.
    pub path: PathBuf,
    pub offset: usize,
    pub span: Vec<u8>,
    pub reason: String,
    pub device: String,
}

impl Damage {
    pub fn of(host: usize, path: &Path, device: &str, offset: usize, unit: &Unit) -> Self {
        let (span, reason) = (unit.span().to_vec(), unit.reason().to_owned());
        Self { host, path: plain(path), offset, span, reason, device: device.to_owned() }
    }
}

pub struct World {
    pub folder: Folder,
    pub files: Vec<File>,
    pub ever_records: BTreeSet<Record>,
    pub ever_damage: BTreeSet<Damage>,
    pub ever_paths: BTreeSet<(usize, PathBuf)>,
    /// Files that vanished, to come back.
    vanished: Vec<(usize, PathBuf, Content)>,
    pub configs: Vec<PathBuf>,
    pub random: Random,
    serial: u64,
    names: usize,
}

impl World {
    pub fn new(database: &Database, random: Random) -> Self {
        let folder = Folder::new();
        let mut configs = Vec::new();
        for host in HOSTS {
            let data = folder.join(host);
            fs::create_dir(&data).expect("a data folder");
            configs.push(database.conf(folder.path(), &[&data], host));
        }
        let mut world = Self {
            folder,
            files: Vec::new(),
            ever_records: BTreeSet::new(),
            ever_damage: BTreeSet::new(),
            ever_paths: BTreeSet::new(),
            vanished: Vec::new(),
            configs,
            random,
            serial: 0,
            names: 0,
        };
        for host in 0..HOSTS.len() {
            for _ in 0..FILES_OF_HOST {
                world.create(host);
            }
        }
        world
    }

    /// A round is over: nobody reads.
    pub fn thaw(&mut self) {
        for index in 0..self.files.len() {
            self.files[index].is_frozen = false;
            while self.files[index].content.is_ambiguous() {
                self.complete(index);
            }
        }
    }

    /// How many gzip files are cut off.
    pub fn cut_off(&self) -> usize {
        self.files.iter().filter(|file| file.rest.is_some()).count()
    }

    /// One change of a file.
    pub fn change(&mut self) {
        let index = self.random.below(self.files.len());
        let (host, format) = (self.files[index].host, self.files[index].content.format);
        let is_packed = format == Format::NdjsonGz;
        match self.random.below(40) {
            0..3 => self.create(host),
            3 if self.files.len() > 20 => self.vanish(index),
            4 | 5 if !is_packed => self.truncate(index),
            6 | 7 => self.replace(index),
            8 | 9 => self.rename(index),
            10 | 11 if format == Format::Ndjson => self.pack(index),
            12 => self.copy(index),
            13 => self.come_back(),
            _ => self.grow(index),
        }
    }

    /// Notes what stands in a file now.
    fn note(&mut self, index: usize) {
        let file = &self.files[index];
        self.ever_paths.insert((file.host, file.path.clone()));
        let mut offset = 0;
        for unit in &file.content.units {
            match &unit.sense {
                Sense::Record(record) => {
                    if !self.ever_records.contains(record) {
                        self.ever_records.insert(record.clone());
                    }
                }
                _ => {
                    let device = &file.content.device;
                    self.ever_damage.insert(Damage::of(file.host, &file.path, device, offset, unit));
                }
            }
            offset += unit.bytes.len();
        }
    }

    fn add(&mut self, host: usize, path: PathBuf, content: Content, has_past: bool) {
        // Written elsewhere first: it appears as a whole.
        let aside = self.folder.join("aside");
        let bytes = content.bytes();
        let is_packed = content.format == Format::NdjsonGz;
        fs::write(&aside, if is_packed { make::gzip(&bytes) } else { bytes }).expect("a file");
        self.files.push(File { host, path: path.clone(), content, rest: None, is_frozen: false, has_past });
        self.note(self.files.len() - 1);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::rename(&aside, &path).expect("a file in its place");
    }

    fn new_path(&mut self, host: usize, device: &str, format: Format) -> PathBuf {
        self.names += 1;
        let second = self.names;
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        let name = match format {
            Format::Bintel => format!("{device}_20240416{hour:02}{minute:02}{second:02}{:09}.bintel", 0),
            Format::Ndjson => format!("{device}_2024-04-16T{hour:02}{minute:02}{second:02}.ndjson"),
            Format::NdjsonGz => format!("{device}_2024-04-16T{hour:02}{minute:02}{second:02}.ndjson.gz"),
        };
        let folder = format!("part{}", self.random.below(3));
        self.folder.join(HOSTS[host]).join(folder).join(name)
    }

    fn new_content(&mut self, device: String, format: Format) -> Content {
        let count = if self.random.one_in(4) { 1500 } else { 150 };
        let mut content = Content { device, format, units: Vec::new(), begun: None };
        for _ in 0..self.random.below(count) {
            let unit = content.next_unit(&mut self.random, &mut self.serial);
            content.units.push(unit);
        }
        content
    }

    fn create(&mut self, host: usize) {
        let device = format!("dev_{}-x", self.random.below(DEVICES));
        let format = [Format::Bintel, Format::Ndjson, Format::Bintel, Format::Ndjson, Format::NdjsonGz]
            [self.random.below(5)];
        let path = self.new_path(host, &device, format);
        let content = self.new_content(device, format);
        self.add(host, path, content, false);
    }

    /// Writes the rest of a record, or of a gzip member, that was begun.
    fn complete(&mut self, index: usize) {
        let file = &mut self.files[index];
        let begun = file.content.begun.take();
        if let Some(rest) = file.rest.take() {
            append(&file.path, &rest.packed);
            file.content.units.extend(rest.units);
        } else if let Some((unit, written)) = begun {
            let bytes = &unit.bytes[written..];
            let is_packed = file.content.format == Format::NdjsonGz;
            append(&file.path, &if is_packed { make::gzip(bytes) } else { bytes.to_vec() });
            file.content.units.push(unit);
        }
        self.note(index);
    }

    fn grow(&mut self, index: usize) {
        if self.files[index].is_frozen {
            return;
        }
        let mut units: Vec<Arc<Unit>> = Vec::new();
        let count = if self.random.one_in(3) { 600 } else { 60 };
        let count = self.random.between(1, count);
        let is_packed = self.files[index].content.format == Format::NdjsonGz;
        self.complete(index);
        let file = &mut self.files[index];
        let before = file.content.units.len();
        for _ in 0..count {
            let unit = file.content.next_unit(&mut self.random, &mut self.serial);
            file.content.units.push(unit.clone());
            units.push(unit);
        }
        let bytes: Vec<u8> = units.iter().flat_map(|unit| unit.bytes.iter().copied()).collect();
        // Noted before: who reads is quick.
        self.note(index);
        let file = &mut self.files[index];
        if is_packed {
            let mut packed = make::gzip(&bytes);
            if self.random.one_in(3) {
                let end = self.random.between(1, packed.len());
                let (end, whole, written) = cut(&packed, end, &units);
                let missing = units.split_off(whole);
                file.content.units.truncate(before + whole);
                file.content.begun =
                    missing.first().cloned().filter(|_| written > 0).map(|unit| (unit, written));
                file.rest = Some(Rest { packed: packed.split_off(end), units: missing });
            }
            append(&file.path, &packed);
            return;
        }
        append(&file.path, &bytes);
        if self.random.one_in(3) {
            let unit = file.content.next_unit(&mut self.random, &mut self.serial);
            let written = self.random.between(1, unit.bytes.len() - 1);
            append(&file.path, &unit.bytes[..written]);
            file.content.begun = Some((unit, written));
        }
    }

    fn vanish(&mut self, index: usize) {
        let file = self.files.swap_remove(index);
        fs::remove_file(&file.path).expect("it is there");
        self.vanished.push((file.host, file.path, file.content));
    }

    fn come_back(&mut self) {
        if let Some((host, path, content)) = self.vanished.pop()
            && !self.is_there(&path)
        {
            self.add(host, path, content, true);
        }
    }

    /// Shrinks a plain file in place.
    pub fn truncate(&mut self, index: usize) {
        let file = &mut self.files[index];
        let length = self.random.below(file.content.len() + 1);
        let stays = file.content.truncate(length);
        file.is_frozen = true;
        OpenOptions::new()
            .write(true)
            .open(&file.path)
            .and_then(|f| f.set_len(stays as u64))
            .expect("a shorter file");
    }

    /// Puts another file in its place.
    fn replace(&mut self, index: usize) {
        let old = self.files.swap_remove(index);
        let content = self.new_content(old.content.device.clone(), old.content.format);
        self.add(old.host, old.path, content, true);
    }

    fn rename(&mut self, index: usize) {
        let (host, device, format) = (
            self.files[index].host,
            self.files[index].content.device.clone(),
            self.files[index].content.format,
        );
        let to = self.new_path(host, &device, format);
        let from = std::mem::replace(&mut self.files[index].path, to.clone());
        self.note(index);
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        fs::rename(from, to).expect("renamed");
    }

    fn is_there(&self, path: &Path) -> bool {
        self.files.iter().any(|file| file.path == path)
    }

    /// Replaces a plain file by a compressed one with the same content. Who is interrupted leaves both.
    fn pack(&mut self, index: usize) {
        let mut path = self.files[index].path.clone().into_os_string();
        path.push(".gz");
        let path = PathBuf::from(path);
        if self.files[index].is_frozen || self.is_there(&path) {
            return;
        }
        self.complete(index);
        let file = &mut self.files[index];
        let (host, content) = (file.host, file.content.clone());
        if self.random.one_in(3) {
            (file.is_frozen, file.has_past) = (true, true);
            self.add(host, path, Content { format: Format::NdjsonGz, ..content }, true);
        } else {
            let old = self.files.swap_remove(index);
            self.add(host, path, Content { format: Format::NdjsonGz, ..content }, true);
            fs::remove_file(old.path).expect("it is there");
        }
    }

    /// The same records at another host.
    fn copy(&mut self, index: usize) {
        let content = self.files[index].content.clone();
        let host = (self.files[index].host + 1) % HOSTS.len();
        let path = self.new_path(host, &content.device, content.format);
        self.add(host, path, content, false);
    }
}

/// The path without `.gz`.
pub fn plain(path: &Path) -> PathBuf {
    if path.extension().is_some_and(|ending| ending == "gz") {
        path.with_extension("")
    } else {
        path.to_owned()
    }
}

/// Where to cut a gzip member off, at `end` or a little before; how many of its units stand there whole, and how much of
/// the next. Never right before a line's end: such a line counts as a whole one.
fn cut(packed: &[u8], mut end: usize, units: &[Arc<Unit>]) -> (usize, usize, usize) {
    loop {
        let mut left = make::gunzip_what_is_there(&packed[..end]).len();
        let fits = |unit: &&Arc<Unit>| {
            let is_whole = unit.bytes.len() <= left;
            left -= if is_whole { unit.bytes.len() } else { 0 };
            is_whole
        };
        let whole = units.iter().take_while(fits).count();
        if units.get(whole).is_none_or(|unit| left <= unit.bytes.len() - 2) {
            return (end, whole, left);
        }
        end -= 1;
    }
}

fn append(path: &Path, bytes: &[u8]) {
    OpenOptions::new()
        .append(true)
        .open(path)
        .and_then(|mut file| file.write_all(bytes))
        .expect("a longer file");
}

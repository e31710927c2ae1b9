//! What an inventory has done so far, from all threads, and the summary at its end.

use crate::error::Exit;
use crate::limits::PROBLEM_LINES;
use crate::walk::{Counts, Kind, Problem};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What an inventory did.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// Always `inventory`.
    pub command: &'static str,
    /// `origin_host` of the files.
    pub host: String,
    /// Files that were there.
    pub files: u64,
    /// Of these, files that had no row.
    pub new: u64,
    /// Of these, files whose row had another size or modification time.
    pub changed: u64,
    /// Of these, files whose row was right already.
    pub unchanged: u64,
    /// Their sizes together.
    pub bytes: u64,
    /// Folders read.
    pub folders: u64,
    /// Links to folders, which are not followed.
    pub linked_folders: u64,
    /// FIFOs, sockets and devices, which are not inventoried.
    pub special: u64,
    /// Problems by kind; each was named in the log.
    pub problems: BTreeMap<Kind, u64>,
    /// Seconds.
    pub elapsed_s: f64,
    /// The exit code.
    pub exit: u8,
}

impl Summary {
    /// How the run ended.
    pub fn exit(&self) -> Exit {
        if self.problems.is_empty() { Exit::Done } else { Exit::Partly }
    }
}

/// Counts of one run of files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub files: u64,
    pub new: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub bytes: u64,
}

/// The counts so far, shared by the threads.
pub(super) struct Report<'a> {
    progress: &'a (dyn Fn(u64) + Sync),
    level: log::Level,
    started: Instant,
    so_far: Mutex<SoFar>,
}

#[derive(Default)]
struct SoFar {
    tally: Tally,
    problems: BTreeMap<Kind, u64>,
    lines: u64,
}

impl<'a> Report<'a> {
    pub fn new(progress: &'a (dyn Fn(u64) + Sync), level: log::Level) -> Self {
        Self { progress, level, started: Instant::now(), so_far: Mutex::default() }
    }

    /// A run is done.
    pub fn add(&self, tally: &Tally) {
        let total = &mut self.locked().tally;
        total.files += tally.files;
        total.new += tally.new;
        total.changed += tally.changed;
        total.unchanged += tally.unchanged;
        total.bytes = total.bytes.saturating_add(tally.bytes);
        (self.progress)(tally.files);
    }

    /// Names a problem in the log.
    pub fn problem(&self, problem: &Problem) {
        let mut so_far = self.locked();
        *so_far.problems.entry(problem.kind).or_default() += 1;
        so_far.lines += 1;
        let line = so_far.lines;
        drop(so_far);
        if line <= PROBLEM_LINES {
            log::log!(self.level, "{problem}");
        }
    }

    pub fn summary(self, host: &str, counts: Counts) -> Summary {
        let so_far = self.locked();
        if so_far.lines > PROBLEM_LINES {
            log::log!(self.level, "{} more problems are counted only", so_far.lines - PROBLEM_LINES);
        }
        let Tally { files, new, changed, unchanged, bytes } = so_far.tally;
        let mut summary = Summary {
            command: "inventory",
            host: host.to_owned(),
            files,
            new,
            changed,
            unchanged,
            bytes,
            folders: counts.folders,
            linked_folders: counts.linked_folders,
            special: counts.special,
            problems: so_far.problems.clone(),
            elapsed_s: seconds(self.started.elapsed()),
            exit: 0,
        };
        summary.exit = summary.exit() as u8;
        summary
    }

    fn locked(&self) -> MutexGuard<'_, SoFar> {
        self.so_far.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn seconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e3).round() / 1e3
}

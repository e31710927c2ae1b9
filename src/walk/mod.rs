//! Folders in, entries out: every file below the data folders, streamed, by several threads.
//!
//! A folder is never held whole: its names come in chunks, and chunks of a huge folder go to walkers that would
//! have nothing to do. Folders that wait to be read are kept in a stack of bounded size (see `queue.rs`).

mod folder;
mod metadata;
mod names;
mod problem;
mod queue;
mod roots;
#[cfg(test)]
mod tests;

pub use problem::{Kind, Problem};

use crate::error::Result;
use crate::limits::{INVENTORY_BATCH, INVENTORY_BATCH_BYTES};
use crate::record::Time;
use crate::stop;
use crate::threads::{join_scoped, spawn_scoped};
use crossbeam_channel::{Receiver, Sender, select};
use metadata::Metadata;
use std::ffi::CString;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// What the walkers come across.
#[derive(Debug)]
pub enum Found {
    /// Files, in no order.
    Files(Batch),
    /// Something that can't be had, or is odd.
    Problem(Problem),
}

/// Some files. Their paths stand in one buffer, so that a file costs no allocation.
#[derive(Debug, Default)]
pub struct Batch {
    paths: Vec<u8>,
    files: Vec<File>,
}

/// A file of a batch.
#[derive(Clone, Copy, Debug)]
pub struct File {
    path_end: usize,
    /// Size as the file system tells it.
    pub size_bytes: u64,
    /// When its content was changed last.
    pub modified: Time,
    /// When it came to be, where the file system knows.
    pub born: Option<Time>,
}

impl File {
    pub(crate) fn new(size_bytes: u64, modified: Time, born: Option<Time>) -> Self {
        Self { path_end: 0, size_bytes, modified, born }
    }
}

impl Batch {
    /// Each file with its absolute path as raw bytes.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], &File)> {
        let mut start = 0;
        self.files.iter().map(move |file| {
            let path = &self.paths[start..file.path_end];
            start = file.path_end;
            (path, file)
        })
    }

    /// How many files these are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    fn push(&mut self, folder: &[u8], name: &[u8], metadata: &Metadata) {
        let &Metadata { kind: _, size_bytes, modified, born } = metadata;
        self.paths.extend_from_slice(folder);
        self.paths.extend_from_slice(name);
        self.files.push(File { path_end: self.paths.len(), size_bytes, modified, born });
    }

    /// Empties it, to be filled again.
    pub fn clear(&mut self) {
        self.paths.clear();
        self.files.clear();
    }

    fn is_full(&self) -> bool {
        self.files.len() >= INVENTORY_BATCH || self.paths.len() >= INVENTORY_BATCH_BYTES
    }
}

/// What was seen beside files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Folders read.
    pub folders: u64,
    /// Symbolic links to folders, which are not followed.
    pub linked_folders: u64,
    /// FIFOs, sockets and devices.
    pub special: u64,
}

/// The counts while they grow.
#[derive(Default)]
struct Counters {
    folders: AtomicU64,
    linked_folders: AtomicU64,
    special: AtomicU64,
}

fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

/// Nobody wants to know more: the receiver is gone, or the run is to stop.
struct Unwanted;

/// What a walker needs for every folder.
struct Walker<'a> {
    queue: &'a queue::Queue,
    counters: &'a Counters,
    out: Sender<Found>,
    /// Batches that were used up: giving their memory back and taking it anew costs more than filling it.
    used: &'a Receiver<Batch>,
    wake: Receiver<()>,
    batch: Batch,
    /// Memory for the entries of folders; one more only while a folder is set aside.
    blocks: Vec<Vec<u8>>,
}

/// The folders where walks of these begin, under the names that their files get; also those that are not there now.
pub fn roots(data_dirs: &[PathBuf]) -> Vec<PathBuf> {
    roots::resolve(data_dirs).into_iter().map(|root| root.unwrap_or_else(|problem| problem.path)).collect()
}

/// One file, as a walk would find it; none if it is no regular file. A link to a file is that file under another name.
pub fn look_at(path: &Path) -> io::Result<Option<File>> {
    let name = CString::new(path.as_os_str().as_bytes())?;
    let metadata = Metadata::of_target(rustix::fs::CWD, &name)?;
    let file = File::new(metadata.size_bytes, metadata.modified, metadata.born);
    Ok((metadata.kind == metadata::Kind::File).then_some(file))
}

/// Walks the folders on `walkers` threads and returns when everything is in `out`, or nobody wants it any more:
/// dropping all receivers of `out`, or a request to stop, ends it at once. Folders that lie in one another, or are
/// given twice, are walked once. Batches that come back through `used` are filled again.
pub fn walk(
    data_dirs: &[PathBuf],
    walkers: usize,
    out: &Sender<Found>,
    used: &Receiver<Batch>,
) -> Result<Counts> {
    let counters = Counters::default();
    let queue = queue::Queue::new(walkers);
    let mut unwanted = false;
    for root in roots::resolve(data_dirs) {
        match root {
            Ok(root) => queue.push(queue::Work::Folder(root)),
            Err(problem) => unwanted |= out.send(Found::Problem(problem)).is_err(),
        }
    }
    if unwanted {
        return Ok(Counts::default());
    }
    let ended: Result<()> = std::thread::scope(|scope| {
        let mut walkers_running = Vec::new();
        let mut failed = Ok(());
        for number in 0..walkers.max(1) {
            let (queue, counters, out) = (&queue, &counters, out.clone());
            let work = move || {
                // Whoever leaves early, by a panic too, takes the others along.
                let leaving_early = queue::CloseOnDrop(queue);
                let (wake, batch, blocks) = (stop::wake(), Batch::default(), Vec::new());
                let mut walker = Walker { queue, counters, out, used, wake, batch, blocks };
                if walker.run().is_ok() {
                    leaving_early.disarm();
                }
                Ok(())
            };
            match spawn_scoped(scope, format!("walker-{number}"), work) {
                Ok(thread) => walkers_running.push(thread),
                Err(error) => {
                    queue.close();
                    failed = Err(error);
                    break;
                }
            }
        }
        walkers_running.into_iter().map(join_scoped).fold(failed, Result::and)
    });
    ended?;
    Ok(Counts {
        folders: counters.folders.into_inner(),
        linked_folders: counters.linked_folders.into_inner(),
        special: counters.special.into_inner(),
    })
}

impl Walker<'_> {
    /// Works until there is nothing left anywhere.
    fn run(&mut self) -> std::result::Result<(), Unwanted> {
        while let Some(work) = self.queue.next() {
            let _done = queue::DoneOnDrop(self.queue);
            self.do_work(work, 0)?;
        }
        self.flush()
    }

    fn problem(&mut self, problem: Problem) -> std::result::Result<(), Unwanted> {
        self.send(Found::Problem(problem))
    }

    fn flush(&mut self) -> std::result::Result<(), Unwanted> {
        if self.batch.is_empty() {
            return self.check();
        }
        let mut empty = self.used.try_recv().unwrap_or_default();
        empty.clear();
        let files = std::mem::replace(&mut self.batch, empty);
        self.send(Found::Files(files))
    }

    fn send(&mut self, found: Found) -> std::result::Result<(), Unwanted> {
        self.check()?;
        select! {
            send(self.out, found) -> sent => sent.map_err(|_| Unwanted),
            recv(self.wake) -> _ => Err(Unwanted),
        }
    }

    fn check(&self) -> std::result::Result<(), Unwanted> {
        if stop::requested() || self.queue.is_closed() { Err(Unwanted) } else { Ok(()) }
    }
}

//! Changes under the data folders, as they happen: told by the kernel where it can, found by looking where it can't.
//!
//! A thread owns the watches. A folder is watched before it is listed, so what is written into it meanwhile is told or
//! listed, or both. What may have been missed is never guessed at: [`News::Missed`] has everything looked at.

mod folders;
mod inotify;
mod mounts;
mod polled;

use crate::error::{Error, Result};
use crate::limits::{DATA_FOLDERS_EVERY, NEWS_AHEAD, NEWS_FILES, OVERFLOW_PAUSE, WATCH_GATHER};
use crate::threads;
use crossbeam_channel::{Receiver, Sender, bounded};
use folders::Folders;
use inotify::Change;
use mounts::Mounts;
use rustix::event::{EventfdFlags, PollFd, PollFlags, Timespec, eventfd, poll};
use std::os::fd::{AsFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// What the watcher tells.
#[derive(Debug)]
pub(super) enum News {
    /// Files that were written, made, or moved here.
    Changed(Vec<PathBuf>),
    /// Files of a folder that is new, or of one that changed where the kernel does not tell what.
    Listed(Vec<PathBuf>),
    /// Whatever was written until now may be news. The first message, once everything is watched, is one of these.
    Missed(Missed),
    /// Something that the operator should know; said once.
    Warning(String),
}

/// Why everything has to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missed {
    /// It is the beginning.
    Start,
    /// The kernel had more events than it could keep.
    Overflow,
    /// A file system was mounted or unmounted, a data folder is there again, or folders were made that nobody told of.
    Folders,
    /// There was more news than is remembered file by file.
    TooMany,
    /// Somebody else has changed the ledger.
    Ledger,
}

/// How to watch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    /// Whether to ask the kernel for changes.
    pub asks_kernel: bool,
    /// How often to look where it does not tell.
    pub poll_every: Duration,
}

/// The running watcher.
pub(super) struct Watch {
    pub news: Receiver<News>,
    /// Whether there are folders of which the kernel tells nothing.
    pub polls: Arc<AtomicBool>,
    end: OwnedFd,
    thread: JoinHandle<Result<()>>,
}

impl Watch {
    /// Begins to watch everything below these folders.
    pub fn start(roots: &[PathBuf], manner: Manner) -> Result<Self> {
        let failed = |e: rustix::io::Errno| Error::Failed(format!("can't make an eventfd: {e}"));
        let end = eventfd(0, EventfdFlags::CLOEXEC).map_err(failed)?;
        let ended = end.try_clone().map_err(|e| Error::Failed(format!("can't copy an eventfd: {e}")))?;
        let (out, news) = bounded(NEWS_AHEAD);
        let polls = Arc::new(AtomicBool::new(false));
        let mut watcher = Watcher {
            folders: Folders::new(roots, manner),
            mounts: Mounts::look(roots),
            manner,
            out,
            polls: polls.clone(),
            ended,
        };
        let thread = threads::spawn("watcher", move || {
            // When nobody wants the news any more it is over.
            let _ = watcher.run();
            Ok(())
        })?;
        Ok(Self { news, polls, end, thread })
    }

    /// Ends it.
    pub fn end(self) -> Result<()> {
        drop(self.news);
        // It can't be full.
        let _ = rustix::io::write(&self.end, &1u64.to_ne_bytes());
        threads::join(self.thread)
    }
}

struct Watcher {
    folders: Folders,
    mounts: Mounts,
    manner: Manner,
    out: Sender<News>,
    polls: Arc<AtomicBool>,
    ended: OwnedFd,
}

/// Nobody listens any more.
struct Unwanted;

/// What a wait ended with.
#[derive(Default)]
struct Woken {
    has_events: bool,
    mounts_changed: bool,
    is_over: bool,
}

impl Watcher {
    fn run(&mut self) -> std::result::Result<(), Unwanted> {
        self.folders.watch_roots();
        self.tell_warnings()?;
        self.send(News::Missed(Missed::Start))?;
        let mut has_overflowed = false;
        let mut looked_at = Instant::now();
        let mut roots_looked_at = Instant::now();
        let mut watched_all = Instant::now();
        loop {
            self.polls.store(self.folders.polls(), Ordering::Relaxed);
            let woken = self.wait(has_overflowed);
            if woken.is_over {
                return Err(Unwanted);
            }
            if woken.has_events {
                // Most of what comes in the next moment says the same.
                std::thread::sleep(WATCH_GATHER);
                has_overflowed |= self.take_events()?;
            }
            // A folder that was made meanwhile is not watched yet.
            if has_overflowed && watched_all.elapsed() >= OVERFLOW_PAUSE {
                self.folders.watch_roots();
                (watched_all, has_overflowed) = (Instant::now(), false);
                self.send(News::Missed(Missed::Folders))?;
            }
            if woken.mounts_changed && self.mounts.have_changed() {
                self.folders.watch_roots();
                self.send(News::Missed(Missed::Folders))?;
            }
            if roots_looked_at.elapsed() >= DATA_FOLDERS_EVERY {
                roots_looked_at = Instant::now();
                if self.folders.has_new_root() {
                    self.folders.watch_roots();
                    self.send(News::Missed(Missed::Folders))?;
                }
            }
            if self.folders.polls() && looked_at.elapsed() >= self.manner.poll_every {
                looked_at = Instant::now();
                let mut found = Vec::new();
                let changed = self.folders.look_at_polled(&mut found);
                self.send_listed(found)?;
                if !changed.is_empty() {
                    self.send(News::Changed(changed))?;
                }
            }
            self.tell_warnings()?;
        }
    }

    fn wait(&self, has_overflowed: bool) -> Woken {
        let mut longest = DATA_FOLDERS_EVERY;
        for (is_needed, time) in
            [(self.folders.polls(), self.manner.poll_every), (has_overflowed, OVERFLOW_PAUSE)]
        {
            if is_needed {
                longest = longest.min(time);
            }
        }
        let timeout = Timespec { tv_sec: longest.as_secs() as i64, tv_nsec: longest.subsec_nanos().into() };
        let mut fds = vec![PollFd::new(&self.ended, PollFlags::IN)];
        let events_at = self.folders.inotify().map(|fd| {
            fds.push(PollFd::from_borrowed_fd(fd, PollFlags::IN));
            fds.len() - 1
        });
        let mounts_at = self.mounts.file().map(|file| {
            fds.push(PollFd::from_borrowed_fd(file.as_fd(), PollFlags::PRI));
            fds.len() - 1
        });
        if poll(&mut fds, Some(&timeout)).is_err() {
            // Interrupted by a signal: look again.
            return Woken::default();
        }
        let happened = |at: Option<usize>| at.is_some_and(|at| !fds[at].revents().is_empty());
        Woken {
            has_events: happened(events_at),
            mounts_changed: happened(mounts_at),
            is_over: happened(Some(0)),
        }
    }

    /// Whether the kernel had more than it could keep.
    fn take_events(&mut self) -> std::result::Result<bool, Unwanted> {
        let mut found = Vec::new();
        let changes = self.folders.take_events(&mut found);
        // What was listed first: where a folder was made, the files in it are told of in both ways.
        self.send_listed(found)?;
        let (mut changed, mut has_overflowed) = (Vec::new(), false);
        for change in changes {
            match change {
                Change::File(path) => changed.push(path),
                Change::Overflow => {
                    has_overflowed = true;
                    self.send(News::Missed(Missed::Overflow))?;
                }
                Change::Unmounted => self.send(News::Missed(Missed::Folders))?,
            }
            if changed.len() == NEWS_FILES {
                self.send(News::Changed(std::mem::take(&mut changed)))?;
            }
        }
        if !changed.is_empty() {
            self.send(News::Changed(changed))?;
        }
        Ok(has_overflowed)
    }

    fn send_listed(&self, found: Vec<PathBuf>) -> std::result::Result<(), Unwanted> {
        found.chunks(NEWS_FILES).try_for_each(|files| self.send(News::Listed(files.to_vec())))
    }

    fn tell_warnings(&mut self) -> std::result::Result<(), Unwanted> {
        let warnings = self.folders.take_warnings();
        warnings.into_iter().try_for_each(|warning| self.send(News::Warning(warning)))
    }

    fn send(&self, news: News) -> std::result::Result<(), Unwanted> {
        self.out.send(news).map_err(|_| Unwanted)
    }
}

/// Whether `path` is `folder` or lies in it.
fn is_within(path: &Path, folder: &Path) -> bool {
    path.starts_with(folder)
}

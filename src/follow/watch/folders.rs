//! The folders below the data folders: each is watched by the kernel, or looked at where that can't be.

use super::Manner;
use super::inotify::{Change, Inotify};
use super::polled::Polled;
use crate::volume::Volume;
use rustix::io::Errno;
use std::collections::BTreeSet;
use std::os::fd::BorrowedFd;
use std::path::{Path, PathBuf};

/// All folders that are watched, in one way or the other.
pub(super) struct Folders {
    roots: Vec<Root>,
    inotify: Option<Inotify>,
    polled: Polled,
    /// What was said already: once is enough.
    said: BTreeSet<String>,
    warnings: Vec<String>,
}

struct Root {
    path: PathBuf,
    is_there: bool,
}

impl Folders {
    /// Watches nothing yet.
    pub fn new(roots: &[PathBuf], manner: Manner) -> Self {
        let roots = roots.iter().map(|path| Root { path: path.clone(), is_there: false }).collect();
        let mut folders = Self {
            roots,
            inotify: None,
            polled: Polled::default(),
            said: BTreeSet::new(),
            warnings: Vec::new(),
        };
        if manner.asks_kernel {
            match Inotify::new() {
                Ok(inotify) => folders.inotify = Some(inotify),
                Err(Errno::MFILE) => folders.warn(
                    "the kernel allows no further watcher, so folders are looked at instead: changes are seen later, and \
                     at more cost. Raise it: sysctl fs.inotify.max_user_instances=512"
                        .into(),
                ),
                Err(error) => folders.warn(format!("the kernel can't watch folders ({error}); they are looked at")),
            }
        }
        folders
    }

    /// What to wait for.
    pub fn inotify(&self) -> Option<BorrowedFd<'_>> {
        self.inotify.as_ref().map(Inotify::fd)
    }

    /// Whether there are folders that have to be looked at.
    pub fn polls(&self) -> bool {
        !self.polled.is_empty()
    }

    /// Watches everything below the roots that are there. What is watched already stays so.
    pub fn watch_roots(&mut self) {
        for number in 0..self.roots.len() {
            let path = self.roots[number].path.clone();
            self.roots[number].is_there = path.is_dir();
            if self.roots[number].is_there {
                self.watch_below(path, &mut |_| {});
            }
        }
    }

    pub fn has_missing_root(&self) -> bool {
        self.roots.iter().any(|root| !root.is_there)
    }

    pub fn missing_root_is_back(&self) -> bool {
        self.roots.iter().any(|root| !root.is_there && root.path.is_dir())
    }

    /// Looks at the polled folders: the files in those that have changed are put into `found`. Returns the files that have
    /// changed themselves.
    pub fn look_at_polled(&mut self, found: &mut Vec<PathBuf>) -> Vec<PathBuf> {
        for folder in self.polled.changed_folders() {
            let mut new = Vec::new();
            list(&folder, &mut new, &mut |file| {
                self.polled.note(&file);
                found.push(file);
            });
            for folder in new {
                if !self.polled.contains(&folder) {
                    self.watch_below(folder, &mut |file| found.push(file));
                }
            }
        }
        for root in &mut self.roots {
            root.is_there = root.path.is_dir();
        }
        self.polled.changed_files()
    }

    /// What the kernel has to tell. Files of folders that are new are put into `found`.
    pub fn take_events(&mut self, found: &mut Vec<PathBuf>) -> Vec<Change> {
        let Some(inotify) = &mut self.inotify else { return Vec::new() };
        let events = inotify.take();
        for folder in events.folders_new {
            self.watch_below(folder, &mut |file| found.push(file));
        }
        for root in &mut self.roots {
            if events.folders_gone.contains(&root.path) {
                root.is_there = false;
            }
        }
        events.changes
    }

    pub fn take_warnings(&mut self) -> Vec<String> {
        std::mem::take(&mut self.warnings)
    }

    /// Watches a folder and all below it, each before it is listed.
    fn watch_below(&mut self, folder: PathBuf, found: &mut dyn FnMut(PathBuf)) {
        let mut waiting = vec![folder];
        while let Some(folder) = waiting.pop() {
            self.watch(&folder);
            let is_polled = self.polled.contains(&folder);
            list(&folder, &mut waiting, &mut |file| {
                if is_polled {
                    self.polled.note(&file);
                }
                found(file);
            });
        }
    }

    fn watch(&mut self, folder: &Path) {
        let Some(inotify) = &mut self.inotify else {
            self.polled.add(folder);
            return;
        };
        if let Some(kind) = Volume::of(folder).ok().and_then(|volume| volume.remote) {
            self.polled.add(folder);
            self.warn(format!(
                "changes on {kind} are not told by the kernel, so folders there are looked at (follow.poll_s); the first of \
                 them is {}",
                folder.display()
            ));
            return;
        }
        match inotify.watch(folder) {
            Ok(()) => {}
            Err(Errno::NOSPC) => {
                self.polled.add(folder);
                let limit =
                    std::fs::read_to_string("/proc/sys/fs/inotify/max_user_watches").unwrap_or_default();
                self.warn(format!(
                    "the kernel watches no more than {} folders for this user, so the others are looked at (follow.poll_s): \
                     changes are seen later, and at more cost. Raise it: sysctl fs.inotify.max_user_watches=1048576",
                    limit.trim()
                ));
            }
            // It was there a moment ago.
            Err(Errno::NOENT | Errno::NOTDIR) => {}
            Err(error) => {
                self.polled.add(folder);
                self.warn(format!(
                    "{}: the kernel can't watch it ({error}); it is looked at",
                    folder.display()
                ));
            }
        }
    }

    fn warn(&mut self, text: String) {
        // The kind of trouble is what stands before the first name or number.
        let kind: String = text.chars().take(40).collect();
        if self.said.insert(kind) {
            self.warnings.push(text);
        }
    }
}

/// What is in a folder. Links are files until somebody has looked where they lead.
fn list(folder: &Path, folders: &mut Vec<PathBuf>, found: &mut dyn FnMut(PathBuf)) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => folders.push(entry.path()),
            _ => found(entry.path()),
        }
    }
}

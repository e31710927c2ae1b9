//! The folders below the data folders: each is watched by the kernel, or looked at where that can't be.

use super::Manner;
use super::inotify::{Change, Inotify};
use super::polled::Polled;
use crate::volume::Volume;
use rustix::io::Errno;
use std::collections::BTreeSet;
use std::os::fd::BorrowedFd;
use std::os::unix::fs::MetadataExt;
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

/// A data folder.
struct Root {
    path: PathBuf,
    /// Which folder of this name is watched, with everything below it; none if it is not there.
    watched: Option<Identity>,
}

/// Tells a folder from another one that gets its name: device and inode.
type Identity = (u64, u64);

impl Folders {
    /// Watches nothing yet.
    pub fn new(roots: &[PathBuf], manner: Manner) -> Self {
        let roots = roots.iter().map(|path| Root { path: path.clone(), watched: None }).collect();
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
            self.roots[number].watched = identity(&path);
            if self.roots[number].watched.is_some() {
                self.watch_below(path, &mut |_| {});
            }
        }
    }

    /// Whether a data folder is there that is not watched: it has come, or taken the place of another one. Of a link that
    /// leads elsewhere now, or a folder above that was moved, the kernel tells nothing.
    pub fn has_new_root(&self) -> bool {
        self.roots.iter().any(|root| identity(&root.path).is_some_and(|now| root.watched != Some(now)))
    }

    /// Looks at the polled folders: the files in those that have changed are put into `found`. Returns the files that have
    /// changed themselves.
    pub fn look_at_polled(&mut self, found: &mut Vec<PathBuf>) -> Vec<PathBuf> {
        let changed = self.polled.changed_folders();
        for folder in &changed.gone {
            self.lose_root(folder);
        }
        for folder in changed.other {
            // Perhaps the kernel can by now.
            self.watch(&folder);
            let is_polled = self.polled.contains(&folder);
            let mut new = Vec::new();
            list(&folder, &mut new, &mut |file| {
                if is_polled {
                    self.polled.note(&file);
                }
                found.push(file);
            });
            for folder in new {
                if !self.polled.contains(&folder) {
                    self.watch_below(folder, &mut |file| found.push(file));
                }
            }
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
        for folder in &events.folders_gone {
            self.lose_root(folder);
        }
        events.changes
    }

    /// A folder is watched no longer. If it is a data folder, it is watched when it is there again.
    fn lose_root(&mut self, folder: &Path) {
        for root in self.roots.iter_mut().filter(|root| root.path == folder) {
            root.watched = None;
        }
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
            Ok(()) => self.polled.remove(folder),
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

/// Of a folder; none if there is none.
fn identity(path: &Path) -> Option<Identity> {
    let found = path.metadata().ok()?;
    found.is_dir().then(|| (found.dev(), found.ino()))
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::time::Duration;

    fn empty_folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtelemdb-folders-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn watched(roots: &[PathBuf], asks_kernel: bool) -> Folders {
        let mut folders = Folders::new(roots, Manner { asks_kernel, poll_every: Duration::from_secs(1) });
        folders.watch_roots();
        folders
    }

    #[test]
    fn a_data_folder_that_comes_is_new_until_it_is_watched() {
        let folder = empty_folder("come");
        let roots = ["there", "later"].map(|name| folder.join(name));
        fs::create_dir(&roots[0]).unwrap();
        for asks_kernel in [true, false] {
            let mut folders = watched(&roots, asks_kernel);
            assert!(!folders.has_new_root());
            fs::create_dir(&roots[1]).unwrap();
            folders.look_at_polled(&mut Vec::new());
            assert!(folders.has_new_root());
            folders.watch_roots();
            assert!(!folders.has_new_root());
            // It goes, and is back before somebody has looked for it.
            fs::rename(&roots[1], folder.join("away")).unwrap();
            folders.take_events(&mut Vec::new());
            folders.look_at_polled(&mut Vec::new());
            fs::rename(folder.join("away"), &roots[1]).unwrap();
            folders.look_at_polled(&mut Vec::new());
            assert!(folders.has_new_root());
            fs::remove_dir(&roots[1]).unwrap();
        }
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_folder_that_takes_the_place_of_a_data_folder_is_new() {
        let folder = empty_folder("place");
        let [first, second, root] = ["first", "second", "root"].map(|name| folder.join(name));
        fs::create_dir(&first).unwrap();
        fs::create_dir(&second).unwrap();
        symlink(&first, &root).unwrap();
        let mut folders = watched(std::slice::from_ref(&root), true);
        assert!(!folders.has_new_root());
        fs::remove_file(&root).unwrap();
        symlink(&second, &root).unwrap();
        folders.take_events(&mut Vec::new());
        assert!(folders.has_new_root());
        folders.watch_roots();
        assert!(!folders.has_new_root());
        fs::write(second.join("file"), "1").unwrap();
        assert_eq!(folders.take_events(&mut Vec::new()), [Change::File(root.join("file"))]);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_folder_that_the_kernel_can_watch_by_now_is_looked_at_no_longer() {
        let folder = empty_folder("able");
        let mut folders = watched(&[], true);
        folders.polled.add(&folder);
        fs::write(folder.join("file"), "1").unwrap();
        let mut found = Vec::new();
        folders.look_at_polled(&mut found);
        assert_eq!(found, [folder.join("file")]);
        assert!(!folders.polls());
        fs::remove_dir_all(&folder).unwrap();
    }
}

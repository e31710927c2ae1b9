//! The kernel's events: which folders it watches for us, and what it says about files in them.

use crate::limits::WATCH_BUFFER_BYTES;
use rustix::fs::inotify::{self, CreateFlags, ReadFlags, Reader, WatchFlags};
use rustix::io::{Errno, Result};
use std::collections::{HashMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// Something that happened.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// This file was written, made, or moved here.
    File(PathBuf),
    /// The kernel had more events than it could keep.
    Overflow,
    /// A file system with a folder that was watched is gone.
    Unmounted,
}

/// What happened, and which folders are concerned.
#[derive(Debug, Default)]
pub(super) struct Events {
    pub changes: Vec<Change>,
    /// Folders that were made or moved here: to be watched and listed.
    pub folders_new: Vec<PathBuf>,
    /// Folders that are watched no longer, because they are gone.
    pub folders_gone: Vec<PathBuf>,
}

/// Watches on folders.
pub(super) struct Inotify {
    fd: OwnedFd,
    folders: HashMap<i32, PathBuf>,
    buffer: Vec<MaybeUninit<u8>>,
}

const MASK: WatchFlags = WatchFlags::CREATE
    .union(WatchFlags::MODIFY)
    // Writing through a mapping shows only then.
    .union(WatchFlags::CLOSE_WRITE)
    // A file that could not be read may now be readable.
    .union(WatchFlags::ATTRIB)
    .union(WatchFlags::MOVED_TO)
    .union(WatchFlags::MOVED_FROM)
    .union(WatchFlags::DELETE_SELF)
    .union(WatchFlags::MOVE_SELF)
    .union(WatchFlags::ONLYDIR)
    .union(WatchFlags::EXCL_UNLINK);

impl Inotify {
    pub fn new() -> Result<Self> {
        let fd = inotify::init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC)?;
        Ok(Self { fd, folders: HashMap::new(), buffer: vec![MaybeUninit::uninit(); WATCH_BUFFER_BYTES] })
    }

    pub fn fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }

    /// Watches a folder. One that is watched already, under whatever name, is known by this name from now on.
    pub fn watch(&mut self, folder: &Path) -> Result<()> {
        let watch = inotify::add_watch(&self.fd, folder, MASK)?;
        self.folders.insert(watch, folder.to_owned());
        Ok(())
    }

    /// How many folders are watched.
    #[cfg(test)]
    pub fn count(&self) -> usize {
        self.folders.len()
    }

    /// What has happened until now. The same change of the same file counts once.
    pub fn take(&mut self) -> Events {
        let mut events = Events::default();
        let mut written: HashMap<i32, HashSet<OsString>> = HashMap::new();
        let mut moved_away = Vec::new();
        let mut ended = Vec::new();
        let mut reader = Reader::new(&self.fd, &mut self.buffer);
        loop {
            let event = match reader.next() {
                Ok(event) => event,
                Err(Errno::INTR) => continue,
                Err(_) => break,
            };
            let (watch, flags) = (event.wd(), event.events());
            if flags.contains(ReadFlags::QUEUE_OVERFLOW) {
                events.changes.push(Change::Overflow);
                continue;
            }
            if flags.contains(ReadFlags::UNMOUNT) {
                events.changes.push(Change::Unmounted);
            }
            if flags.intersects(ReadFlags::IGNORED | ReadFlags::MOVE_SELF) {
                ended.push((watch, flags.contains(ReadFlags::IGNORED)));
            }
            let Some(name) = event.file_name().map(|name| OsStr::from_bytes(name.to_bytes())) else {
                continue;
            };
            if flags.contains(ReadFlags::ISDIR) {
                let Some(folder) = self.folders.get(&watch) else { continue };
                if flags.contains(ReadFlags::MOVED_FROM) {
                    moved_away.push(folder.join(name));
                } else if flags.intersects(ReadFlags::CREATE | ReadFlags::MOVED_TO) {
                    events.folders_new.push(folder.join(name));
                }
            } else if !flags.contains(ReadFlags::MOVED_FROM) {
                let names = written.entry(watch).or_default();
                if !names.contains(name) {
                    names.insert(name.to_owned());
                }
            }
        }
        for (watch, names) in written {
            if let Some(folder) = self.folders.get(&watch) {
                events.changes.extend(names.iter().map(|name| Change::File(folder.join(name))));
            }
        }
        for (watch, is_ignored) in ended {
            let Some(folder) = self.folders.get(&watch) else { continue };
            events.folders_gone.push(folder.clone());
            if is_ignored {
                self.folders.remove(&watch);
            }
        }
        // Where they went they are found again, if that is ours.
        for path in moved_away {
            self.forget_below(&path);
        }
        events
    }

    /// Ends the watches on a folder and everything below it.
    fn forget_below(&mut self, path: &Path) {
        let below: Vec<i32> = self
            .folders
            .iter()
            .filter(|(_, folder)| folder.starts_with(path))
            .map(|(watch, _)| *watch)
            .collect();
        for watch in below {
            self.folders.remove(&watch);
            let _ = inotify::remove_watch(&self.fd, watch);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn files_and_folders_are_told_once_each() {
        let folder = std::env::temp_dir().join(format!("xtelemdb-inotify-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("old")).unwrap();
        let mut watches = Inotify::new().unwrap();
        watches.watch(&folder).unwrap();
        watches.watch(&folder.join("old")).unwrap();
        fs::write(folder.join("a"), "1").unwrap();
        fs::write(folder.join("a"), "22").unwrap();
        fs::create_dir(folder.join("sub")).unwrap();
        let events = watches.take();
        assert_eq!(events.changes, [Change::File(folder.join("a"))]);
        assert_eq!(events.folders_new, [folder.join("sub")]);
        assert!(watches.take().changes.is_empty());

        fs::rename(folder.join("old"), folder.join("new")).unwrap();
        let events = watches.take();
        assert_eq!(events.folders_new, [folder.join("new")]);
        assert_eq!(watches.count(), 1, "what is known by an old name is forgotten");
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(watches.take().folders_gone, [folder]);
    }
}

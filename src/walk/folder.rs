//! One folder: its names in chunks, and what the system tells of each.
//!
//! A folder is opened by its path and everything in it is reached through the open folder, so that the kernel resolves
//! a path once a folder and not once a file. Names are copied into a chunk, and from there into a batch: no file costs
//! an allocation.

use super::metadata::{Kind as FileKind, Metadata};
use super::names::{Folder, Names};
use super::problem::{Kind, Problem};
use super::queue::Work;
use super::{Unwanted, Walker, count};
use crate::limits::{FOLDER_BLOCK_BYTES, NAMES_AT_ONCE, SUSPENDED_FOLDERS};
use rustix::fs::{FileType, RawDir};
use rustix::io::Errno;
use std::ffi::CStr;
use std::sync::Arc;

type Wanted = Result<(), Unwanted>;

impl Walker<'_> {
    /// `suspended` counts the folders that this walker has begun and set aside.
    pub(super) fn do_work(&mut self, work: Work, suspended: usize) -> Wanted {
        self.check()?;
        match work {
            Work::Folder(path) => match Folder::open(&path) {
                Ok(folder) => {
                    count(&self.counters.folders);
                    self.read_folder(&Arc::new(folder), suspended)
                }
                Err(error) => self.problem(Problem::of_folder(&path, &error.into())),
            },
            Work::Names(folder, names) => self.look_at_all(&folder, &names),
        }
    }

    fn read_folder(&mut self, folder: &Arc<Folder>, suspended: usize) -> Wanted {
        let mut block = self.blocks.pop().unwrap_or_else(|| Vec::with_capacity(FOLDER_BLOCK_BYTES));
        let mut names = Names::default();
        let mut entries = RawDir::new(folder.fd(), block.spare_capacity_mut());
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                // The folder was removed while it was read; what was in it went before.
                Err(Errno::NOENT) => break,
                // Reading on would give the same error again.
                Err(error) => {
                    self.problem(Problem::of_folder(folder.path(), &error.into()))?;
                    break;
                }
            };
            let name = entry.file_name();
            match entry.file_type() {
                _ if matches!(name.to_bytes(), b"." | b"..") => {}
                FileType::Directory => self.add_folder(folder, name, suspended)?,
                _ => names.push(name),
            }
            if names.len() == NAMES_AT_ONCE {
                if self.queue.is_short() {
                    self.check()?;
                    self.queue.push(Work::Names(Arc::clone(folder), std::mem::take(&mut names)));
                } else {
                    self.look_at_all(folder, &names)?;
                    names.clear();
                }
            }
        }
        self.blocks.push(block);
        self.look_at_all(folder, &names)
    }

    fn add_folder(&mut self, folder: &Folder, name: &CStr, suspended: usize) -> Wanted {
        self.check_name(folder, name)?;
        self.queue.push(Work::Folder(folder.join(name)));
        if suspended < SUSPENDED_FOLDERS {
            while let Some(work) = self.queue.next_if_full() {
                self.do_work(work, suspended + 1)?;
            }
        }
        Ok(())
    }

    fn look_at_all(&mut self, folder: &Folder, names: &Names) -> Wanted {
        self.check()?;
        names.iter().try_for_each(|name| self.look_at(folder, name))
    }

    fn look_at(&mut self, folder: &Folder, name: &CStr) -> Wanted {
        let metadata = match Metadata::of(folder.fd(), name) {
            Ok(metadata) => metadata,
            Err(error) => return self.problem(Problem::of_file(&folder.join(name), &error.into())),
        };
        match metadata.kind {
            FileKind::Link => self.follow(folder, name),
            // The file system does not tell the kind with the name, or it was a file a moment ago.
            FileKind::Folder => self.add_folder(folder, name, SUSPENDED_FOLDERS),
            _ => self.take(folder, name, &metadata),
        }
    }

    /// A link to a file is that file under another name; a link to a folder is left alone.
    fn follow(&mut self, folder: &Folder, name: &CStr) -> Wanted {
        let metadata = match Metadata::of_target(folder.fd(), name) {
            Ok(metadata) => metadata,
            Err(error) => return self.problem(Problem::of_link(&folder.join(name), &error.into())),
        };
        if metadata.kind == FileKind::Folder {
            count(&self.counters.linked_folders);
            return Ok(());
        }
        self.take(folder, name, &metadata)
    }

    fn take(&mut self, folder: &Folder, name: &CStr, metadata: &Metadata) -> Wanted {
        if metadata.kind != FileKind::File {
            count(&self.counters.special);
            return Ok(());
        }
        self.check_name(folder, name)?;
        self.batch.push(folder.prefix(), name.to_bytes(), metadata);
        if self.batch.is_full() { self.flush() } else { Ok(()) }
    }

    fn check_name(&mut self, folder: &Folder, name: &CStr) -> Wanted {
        if name.to_str().is_ok() {
            return Ok(());
        }
        let path = folder.join(name);
        self.problem(Problem::new(Kind::NotUtf8, &path, "inventoried under this escaped name"))
    }
}

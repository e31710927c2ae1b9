//! Folders of which the kernel tells nothing: whether names were added, or it can be listed now, is seen by the folder's
//! times of change, and whether files grow by looking at those that were written not long ago.

use crate::limits::{FOLDER_TIME_GRAIN, MOST_POLLED_FILES, POLLED_FILE_AGE};
use crate::origin;
use std::collections::HashMap;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Folders, each with its times of change when it was listed last, and the files in them that may grow.
#[derive(Default)]
pub(super) struct Polled {
    folders: HashMap<PathBuf, Option<FolderTimes>>,
    /// Telemetry that was written not long ago, with its size and time when it was looked at last.
    files: HashMap<PathBuf, (u64, SystemTime)>,
}

/// When names were added or removed last, and when that or the rights of the folder changed, in nanoseconds.
type FolderTimes = (SystemTime, i128);

/// Folders that are not as they were.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ChangedFolders {
    /// They are folders no more, and not looked at any longer.
    pub gone: Vec<PathBuf>,
    /// They may hold other names than when they were listed last. The caller lists them.
    pub other: Vec<PathBuf>,
}

impl Polled {
    pub fn is_empty(&self) -> bool {
        self.folders.is_empty()
    }

    pub fn contains(&self, folder: &Path) -> bool {
        self.folders.contains_key(folder)
    }

    /// Adds a folder that is about to be listed.
    pub fn add(&mut self, folder: &Path) {
        self.folders.insert(folder.to_owned(), settled_times(folder));
    }

    /// The kernel tells of this one.
    pub fn remove(&mut self, folder: &Path) {
        self.folders.remove(folder);
    }

    /// A file that is in one of the folders.
    pub fn note(&mut self, file: &Path) {
        let is_telemetry = file.to_str().is_some_and(|name| origin::kind(name).is_some());
        if is_telemetry
            && self.files.len() < MOST_POLLED_FILES
            && let Some((size_bytes, changed)) = state(file)
            && is_recent(changed)
        {
            self.files.insert(file.to_owned(), (size_bytes, changed));
        }
    }

    /// Files that have changed since they were looked at last.
    pub fn changed_files(&mut self) -> Vec<PathBuf> {
        let mut changed = Vec::new();
        self.files.retain(|file, seen| {
            let Some(now) = state(file) else { return false };
            if now != *seen {
                *seen = now;
                changed.push(file.clone());
            }
            is_recent(now.1)
        });
        changed
    }

    /// Folders that have changed since they were looked at last.
    pub fn changed_folders(&mut self) -> ChangedFolders {
        let mut changed = ChangedFolders::default();
        self.folders.retain(|folder, listed| {
            if !folder.is_dir() {
                changed.gone.push(folder.clone());
                return false;
            }
            let now = settled_times(folder);
            if now.is_none() || now != *listed {
                changed.other.push(folder.clone());
                *listed = now;
            }
            true
        });
        changed
    }
}

/// Size and time of change of a file.
fn state(file: &Path) -> Option<(u64, SystemTime)> {
    let metadata = file.metadata().ok()?;
    Some((metadata.len(), metadata.modified().ok()?))
}

/// Whether a file may still be written. The clock of a file server may be ahead of ours.
fn is_recent(changed: SystemTime) -> bool {
    changed.elapsed().map_or(true, |age| age < POLLED_FILE_AGE)
}

/// The times of change, if the first is so far from now that another change would show.
fn settled_times(folder: &Path) -> Option<FolderTimes> {
    let found = folder.metadata().ok()?;
    let changed = found.modified().ok()?;
    let distance = changed.elapsed().unwrap_or_else(|ahead| ahead.duration());
    let in_any_way = i128::from(found.ctime()) * 1_000_000_000 + i128::from(found.ctime_nsec());
    (distance >= FOLDER_TIME_GRAIN).then_some((changed, in_any_way))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::time::Duration;

    #[test]
    fn a_folder_is_listed_until_its_time_has_settled_and_when_it_changes() {
        let folder = std::env::temp_dir().join(format!("xtelemdb-polled-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let set_age = |seconds| {
            let time = SystemTime::now() - Duration::from_secs(seconds);
            fs::File::open(&folder).unwrap().set_modified(time).unwrap();
        };
        let mut polled = Polled::default();
        polled.add(&folder);
        let is_other = ChangedFolders { other: vec![folder.clone()], ..ChangedFolders::default() };
        let is_gone = ChangedFolders { gone: vec![folder.clone()], ..ChangedFolders::default() };
        assert_eq!(polled.changed_folders(), is_other, "it was made just now");
        set_age(100);
        assert_eq!(polled.changed_folders(), is_other);
        assert_eq!(polled.changed_folders(), ChangedFolders::default());
        set_age(50);
        assert_eq!(polled.changed_folders(), is_other);
        assert_eq!(polled.changed_folders(), ChangedFolders::default());
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
        assert_eq!(polled.changed_folders(), is_other, "perhaps it could not be listed before");
        fs::remove_dir(&folder).unwrap();
        assert!(polled.changed_folders() == is_gone && polled.is_empty());
    }

    #[test]
    fn files_that_were_written_lately_are_looked_at() {
        let folder = std::env::temp_dir().join(format!("xtelemdb-polled-files-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let [new, old, other] = ["new_1.ndjson", "old_1.ndjson", "other.xrif"].map(|name| folder.join(name));
        for path in [&new, &old, &other] {
            fs::write(path, "1").unwrap();
        }
        let long_ago = SystemTime::now() - POLLED_FILE_AGE - Duration::from_secs(1);
        fs::File::options().write(true).open(&old).unwrap().set_modified(long_ago).unwrap();
        let mut polled = Polled::default();
        [&new, &old, &other].into_iter().for_each(|path| polled.note(path));
        assert!(polled.changed_files().is_empty());
        for path in [&new, &old, &other] {
            fs::write(path, "22").unwrap();
        }
        assert_eq!(polled.changed_files(), [new]);
        assert!(polled.changed_files().is_empty());
        fs::remove_dir_all(&folder).unwrap();
        assert!(polled.changed_files().is_empty() && polled.files.is_empty());
    }
}

//! Folders of which the kernel tells nothing: whether names were added is seen by the folder's time of change, and whether
//! files grow by looking at those that were written not long ago.

use crate::limits::{FOLDER_TIME_GRAIN, MOST_POLLED_FILES, POLLED_FILE_AGE};
use crate::origin;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Folders, each with its time of change when it was listed last, and the files in them that may grow.
#[derive(Default)]
pub(super) struct Polled {
    folders: HashMap<PathBuf, Option<SystemTime>>,
    /// Telemetry that was written not long ago, with its size and time when it was looked at last.
    files: HashMap<PathBuf, (u64, SystemTime)>,
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
        self.folders.insert(folder.to_owned(), settled_time(folder));
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

    /// Folders that may hold other names than when they were listed last. The caller lists them.
    pub fn changed_folders(&mut self) -> Vec<PathBuf> {
        let mut changed = Vec::new();
        self.folders.retain(|folder, listed| {
            if !folder.is_dir() {
                return false;
            }
            let now = settled_time(folder);
            if now.is_none() || now != *listed {
                changed.push(folder.clone());
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

/// The time of change, if it is so far from now that another change would show.
fn settled_time(folder: &Path) -> Option<SystemTime> {
    let changed = folder.metadata().and_then(|metadata| metadata.modified()).ok()?;
    let distance = changed.elapsed().unwrap_or_else(|ahead| ahead.duration());
    (distance >= FOLDER_TIME_GRAIN).then_some(changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
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
        assert_eq!(polled.changed_folders(), std::slice::from_ref(&folder), "it was made just now");
        set_age(100);
        assert_eq!(polled.changed_folders(), std::slice::from_ref(&folder));
        assert!(polled.changed_folders().is_empty());
        set_age(50);
        assert_eq!(polled.changed_folders(), std::slice::from_ref(&folder));
        fs::remove_dir(&folder).unwrap();
        assert!(polled.changed_folders().is_empty() && polled.is_empty());
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

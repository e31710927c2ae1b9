//! Files and folders of a personal database: private from the moment they exist.

use super::account::Account;
use crate::error::{Error, Result};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::Path;

/// Creates a file that only `account` can read; it must not exist.
pub fn create(path: &Path, text: &str, account: &Account) -> Result<()> {
    let mut file = private(path).create_new(true).open(path).map_err(Error::file("create", path))?;
    account.give(path)?;
    file.write_all(text.as_bytes()).map_err(Error::file("write", path))
}

/// Puts a file that only `account` can read in place of the one there, at once and in whole.
pub fn replace(path: &Path, text: &str, account: &Account) -> Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let new = Path::new(&name);
    remove_if_there(new)?;
    create(new, text, account)?;
    fs::rename(new, path).map_err(Error::file("replace", path))
}

/// Appends to a file that exists.
pub fn append(path: &Path, text: &str) -> Result<()> {
    let mut file = OpenOptions::new().append(true).open(path).map_err(Error::file("open", path))?;
    file.write_all(text.as_bytes()).map_err(Error::file("write", path))
}

/// Makes a folder that only `account` can enter; it must not exist.
pub fn create_folder(path: &Path, account: &Account) -> Result<()> {
    DirBuilder::new().mode(0o700).create(path).map_err(Error::file("create", path))?;
    account.give(path)
}

/// Removes a file or a folder with all in it, if it is there. Links are removed, not followed.
pub fn remove_if_there(path: &Path) -> Result<()> {
    let removed = match fs::symlink_metadata(path) {
        Ok(there) if there.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(e) => Err(e),
    };
    match removed {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(Error::file("remove", path)(e)),
        _ => Ok(()),
    }
}

/// Length of a file, 0 if there is none.
pub fn length_bytes(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |file| file.len())
}

/// The last lines of a file that stand behind `from_bytes`, of which at most the last `most_bytes` are read.
pub fn last_lines(path: &Path, from_bytes: u64, most_bytes: u64, lines: usize) -> String {
    let start = from_bytes.max(length_bytes(path).saturating_sub(most_bytes));
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|mut file| {
        file.seek(SeekFrom::Start(start))?;
        file.take(most_bytes).read_to_end(&mut bytes)
    });
    if read.is_err() {
        return String::new();
    }
    let text = String::from_utf8_lossy(&bytes);
    let all: Vec<&str> = text.lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

/// What a folder takes on disk, in bytes. What vanishes while we look, or can't be read, counts nothing.
pub fn space_bytes(folder: &Path) -> u64 {
    /// The unit of `st_blocks`, whatever the file system's blocks are.
    const BLOCK_BYTES: u64 = 512;
    let mut total = 0;
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let Ok(metadata) = entry.metadata() else { continue };
            total += metadata.blocks() * BLOCK_BYTES;
            if metadata.is_dir() {
                folders.push(entry.path());
            }
        }
    }
    total
}

fn private(path: &Path) -> OpenOptions {
    debug_assert!(path.is_absolute());
    let mut options = OpenOptions::new();
    options.write(true).mode(0o600);
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_new_lines_of_a_log_are_quoted() {
        let path = std::env::temp_dir().join(format!("xtelemdb-files-{}", std::process::id()));
        fs::write(&path, "old\n").unwrap();
        let before = length_bytes(&path);
        append(&path, "one\ntwo\nthree\n").unwrap();
        assert_eq!(last_lines(&path, before, 1000, 2), "two\nthree");
        assert_eq!(last_lines(&path, before, 1000, 9), "one\ntwo\nthree");
        fs::remove_file(&path).unwrap();
        assert_eq!(last_lines(&path, 0, 1000, 9), "");
    }
}

//! Removing a personal database, and nothing else.

use super::{CLIENT_CONFIG, DATA, LOG, MARKER, OLD_LOG, Personal, RUNNING_ON, files, socket};
use crate::account::Account;
use crate::error::{Error, Result};
use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// What [`Personal::remove`] left behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// Nothing: the folder is gone.
    Nothing,
    /// The folder, because files that are not ours are in it.
    Folder,
}

impl Personal {
    /// Stops the server and removes everything that `init` made and the server wrote.
    pub fn remove(self, pg_bin: Option<&Path>) -> Result<Left> {
        let _turn = self.take_turn();
        self.stop_in_turn(pg_bin)?;
        for path in self.parts()? {
            files::remove_if_there(&path)?;
        }
        match fs::remove_dir(&self.dir) {
            Ok(()) => Ok(Left::Nothing),
            Err(e) if e.kind() == ErrorKind::DirectoryNotEmpty => Ok(Left::Folder),
            Err(e) => Err(Error::file("remove", &self.dir)(e)),
        }
    }

    /// The files and folders that [`Self::remove`] removes, in its order.
    pub fn parts(&self) -> Result<Vec<PathBuf>> {
        let [inside, outside] = socket::places(&self.dir);
        let mut parts: Vec<PathBuf> =
            Some(outside).filter(|place| is_own(place, &self.account)).into_iter().collect();
        parts.push(inside);
        parts.extend(self.old_data()?);
        // The marker goes last: a removal that was cut short can be repeated.
        parts.extend([DATA, CLIENT_CONFIG, LOG, OLD_LOG, RUNNING_ON, MARKER].map(|name| self.dir.join(name)));
        parts.retain(|path| fs::symlink_metadata(path).is_ok());
        Ok(parts)
    }
}

/// Removes the socket's folder in /tmp, if it is there and `account`'s own.
pub(super) fn socket_folder(folder: &Path, account: &Account) -> Result<()> {
    if is_own(folder, account) { files::remove_if_there(folder) } else { Ok(()) }
}

fn is_own(folder: &Path, account: &Account) -> bool {
    fs::symlink_metadata(folder).is_ok_and(|there| there.is_dir() && there.uid() == account.uid)
}

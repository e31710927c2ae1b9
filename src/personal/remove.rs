//! Removing a personal database, and nothing else.

use super::{CLIENT_CONFIG, DATA, LOG, MARKER, OLD_LOG, Personal, RUNNING_ON, files, socket};
use crate::account::Account;
use crate::error::{Error, Result};
use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

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
        let [inside, outside] = socket::places(&self.dir);
        socket_folder(&outside, &self.account)?;
        files::remove_if_there(&inside)?;
        for folder in self.old_data()? {
            files::remove_if_there(&folder)?;
        }
        // The marker goes last: a removal that was cut short can be repeated.
        for name in [DATA, CLIENT_CONFIG, LOG, OLD_LOG, RUNNING_ON, MARKER] {
            files::remove_if_there(&self.dir.join(name))?;
        }
        match fs::remove_dir(&self.dir) {
            Ok(()) => Ok(Left::Nothing),
            Err(e) if e.kind() == ErrorKind::DirectoryNotEmpty => Ok(Left::Folder),
            Err(e) => Err(Error::file("remove", &self.dir)(e)),
        }
    }
}

/// Removes the socket's folder in /tmp, if it is there and `account`'s own.
pub(super) fn socket_folder(folder: &Path, account: &Account) -> Result<()> {
    match fs::symlink_metadata(folder) {
        Ok(there) if there.is_dir() && there.uid() == account.uid => files::remove_if_there(folder),
        _ => Ok(()),
    }
}

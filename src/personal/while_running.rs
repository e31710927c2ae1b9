//! Work that needs the server, by commands that start it for that and stop it again: none stops it under another.

use super::{Personal, Started};
use crate::error::Result;
use std::fs::{File, TryLockError};
use std::path::Path;

impl Personal {
    /// Does something while the server runs. If it did not run before, it is stopped again, once no other command works
    /// with it in this way.
    pub fn while_running<T>(&self, pg_bin: Option<&Path>, work: impl FnOnce() -> Result<T>) -> Result<T> {
        // Each holds the folder as one of several, and whoever stops the server alone. This is always taken before a
        // turn, so that nobody waits in a circle. A file system that has no locks does without.
        let folder = File::open(&self.dir).ok().filter(|folder| folder.lock_shared().is_ok());
        let started = self.start(pg_bin)?;
        let worked = work();
        if started == Started::Now {
            if let Some(folder) = folder.as_ref().filter(|folder| folder.unlock().is_ok())
                && let Err(TryLockError::WouldBlock) = folder.try_lock()
            {
                log::info!("another command works with the server; it is stopped when that ends");
                let _ = folder.lock();
            }
            self.stop(pg_bin)?;
        }
        worked
    }
}

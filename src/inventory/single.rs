//! The rows of single files, for whoever knows by other means than a walk that they are new or have changed.

use super::run::Run;
use super::writer::load;
use crate::db::failure::Outcome;
use crate::db::types::Micros;
use crate::walk;
use postgres::Client;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// Files whose rows are to be brought in step.
#[derive(Default)]
pub struct Rows {
    run: Run,
}

/// A file as it was when its row was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its size, in bytes.
    pub size_bytes: i64,
    /// When it was changed last.
    pub modified: Micros,
}

impl Rows {
    /// Looks at a file and takes it. None if it is gone, can't be looked at, or is no regular file: a walk names such.
    pub fn take(&mut self, host: &str, path: &Path) -> Option<Seen> {
        let file = match walk::look_at(path) {
            Ok(file) => file?,
            Err(error) => {
                log::debug!("{}: {error}", path.display());
                return None;
            }
        };
        if let Some(problem) = self.run.push(host, path.as_os_str().as_bytes(), &file) {
            log::debug!("{problem}");
        }
        Some(Seen {
            size_bytes: i64::try_from(file.size_bytes).unwrap_or(i64::MAX),
            modified: Micros::from(file.modified),
        })
    }

    /// Brings the rows in step: one transaction. Only rows that differ are written.
    pub fn write(&mut self, client: &mut Client, host: &str) -> Outcome<()> {
        if self.run.is_empty() {
            return Ok(());
        }
        for problem in self.run.sort() {
            log::warn!("{problem}");
        }
        for index in load(client, host, &self.run, &mut Some(false))?.collisions {
            log::warn!(
                "{}: another path has the same digest; it is not inventoried",
                self.run.row(index).path
            );
        }
        Ok(())
    }
}

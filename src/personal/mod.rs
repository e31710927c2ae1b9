//! A personal database: a private PostgreSQL in a folder of one's own, without root.
//!
//! ```text
//! DIR/personal.toml        marks the folder as ours; what later commands need to know
//! DIR/xtelemdb.conf.toml   configuration for every other command (`-c`); the user's to edit
//! DIR/data/                PostgreSQL's data folder
//! DIR/socket/              the server's socket, unless the path is too long (see `socket`)
//! DIR/server.log           what the server says
//! DIR/running-on           the host that runs the server, while it runs
//! DIR/data.upgrade/, DIR/data.old-15/, DIR/upgrading   see `upgrade`
//! ```
//!
//! Everything in it is private to the account that runs the server: the user's own, or `postgres` when root asks.

mod backup;
mod copying;
mod file_system;
pub(crate) mod files;
mod init;
mod process;
pub mod programs;
mod remove;
mod restore;
mod seal;
mod server;
mod settings;
mod socket;
mod status;
mod transfer;
mod upgrade;
mod while_running;

pub use backup::Backup;
pub use file_system::FileSystem;
pub use init::{Planned, init, plan};
pub use remove::Left;
pub use restore::BackupFile;
pub use server::{Started, Stopped};
pub use settings::server as server_settings;
pub use status::Status;
pub use upgrade::Upgrade;

use crate::account::Account;
use crate::error::{Error, Result};
use files::Folder;
use rustix::fs::OFlags;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

/// The file that marks a folder as a personal database.
const MARKER: &str = "personal.toml";
/// The configuration for the other commands.
const CLIENT_CONFIG: &str = "xtelemdb.conf.toml";
/// PostgreSQL's data folder.
const DATA: &str = "data";
/// The server's log.
const LOG: &str = "server.log";
/// The log before it, once it has grown long.
const OLD_LOG: &str = "server.log.old";
/// Holds the name of the host that runs the server: process ids mean nothing on another one.
const RUNNING_ON: &str = "running-on";

/// What the marker holds.
#[derive(Debug, Serialize, Deserialize)]
struct Marker {
    /// The database role that owns everything.
    user: String,
    /// Whether `init` came to its end.
    complete: bool,
    /// The folder of the server programs that were used last, which a search may not find.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pg_bin: Option<PathBuf>,
}

/// A personal database that exists.
#[derive(Debug)]
pub struct Personal {
    /// The folder, absolute and without links.
    dir: PathBuf,
    account: Account,
    marker: Marker,
}

impl Personal {
    /// The personal database in `dir`.
    pub fn open(dir: &Path) -> Result<Self> {
        let personal = Self::open_unfinished(dir)?;
        if !personal.marker.complete {
            return Err(Error::Failed(format!(
                "the `init` of {} did not come to its end. Remove it, then begin again:\n    \
                 xtelemdb personal remove {}",
                personal.dir.display(),
                personal.dir.display()
            )));
        }
        Ok(personal)
    }

    /// Like [`Self::open`], also when `init` was cut short.
    pub fn open_unfinished(dir: &Path) -> Result<Self> {
        let dir = fs::canonicalize(dir).map_err(|e| match e.kind() {
            ErrorKind::NotFound => Error::Failed(format!(
                "{dir} is not there. This makes a personal database in it: xtelemdb personal init {dir}",
                dir = dir.display()
            )),
            _ => Error::file("open", dir)(e),
        })?;
        let path = dir.join(MARKER);
        if let Err(e) = fs::symlink_metadata(&path) {
            return Err(match e.kind() {
                ErrorKind::NotFound => Error::Failed(format!(
                    "{} is no personal database (it has no {MARKER}). `xtelemdb personal init` makes one",
                    dir.display()
                )),
                _ => Error::file("read", &path)(e),
            });
        }
        let account = Account::owning(&path)?;
        let mut text = String::new();
        let mut file = Folder::enter(&dir, &account)?.open(MARKER, OFlags::RDONLY)?;
        file.read_to_string(&mut text).map_err(Error::file("read", &path))?;
        let marker = toml::from_str(&text)
            .map_err(|e| Error::Failed(format!("{} is damaged: {e}", path.display())))?;
        Ok(Self { account, dir, marker })
    }

    /// The folder, absolute and without links.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The configuration file for the other commands.
    pub fn config_file(&self) -> PathBuf {
        self.dir.join(CLIENT_CONFIG)
    }

    /// The account that runs the server.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// The server programs for the data folder: those in `pg_bin` when it is given.
    pub fn programs(&self, pg_bin: Option<&Path>) -> Result<programs::Programs> {
        programs::of_version(self.data_major()?, pg_bin, self.marker.pg_bin.as_deref())
    }

    fn data(&self) -> PathBuf {
        self.dir.join(DATA)
    }

    /// The major version of PostgreSQL that made the data folder.
    pub fn data_major(&self) -> Result<u32> {
        let path = self.data().join("PG_VERSION");
        let text = fs::read_to_string(&path).map_err(Error::file("read", &path))?;
        text.trim().parse().map_err(|_| {
            Error::Failed(format!("{} holds {:?} instead of a version number", path.display(), text.trim()))
        })
    }
}

//! Filling a personal database from a backup. The tables there stay as they are until those of the backup stand beside
//! them, complete; then one transaction exchanges the two.

use super::backup::{refused, show};
use super::copying::Worker;
use super::seal::{self, Seal};
use super::{Personal, settings};
use crate::db::sql::personal as sql;
use crate::error::{Error, Result};
use crate::limits::{DATABASE_SWAP_TRIES, SERVER_POLL};
use crate::report::progress::Progress;
use crate::stop;
use postgres::Client;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;
use std::process::Stdio;

/// The database that a backup is read into.
const RESTORING: &str = "xtelem_restoring";

/// The database that was there before, for the moment in which it has been replaced and not yet removed.
const REPLACED: &str = "xtelem_replaced";

/// What a backup of `pg_dump --format=custom` begins with.
const MAGIC: &[u8] = b"PGDMP";

/// A backup that is to be restored.
pub struct BackupFile {
    file: File,
    size_bytes: u64,
}

impl BackupFile {
    /// Opens it, and makes sure that it is one and undamaged; it is read once for that.
    pub fn open(path: &Path) -> Result<Self> {
        let mut file = File::open(path).map_err(Error::file("open", path))?;
        let mut magic = [0; MAGIC.len()];
        let begins = file.read_exact(&mut magic).is_ok() && magic == MAGIC;
        let metadata = file.metadata().map_err(Error::file("look at", path))?;
        if !metadata.is_file() || !begins {
            return Err(Error::Failed(format!(
                "{} is no backup that `xtelemdb personal backup` made",
                path.display()
            )));
        }
        match seal::check(&file, path)? {
            Seal::Whole => {}
            Seal::Broken => {
                return Err(Error::Failed(format!(
                    "{} is damaged: it is not as it was written",
                    path.display()
                )));
            }
            Seal::Missing => log::warn!(
                "{} has no checksum at its end: made by pg_dump alone, or cut short; what pg_restore notices ends this",
                path.display()
            ),
        }
        file.rewind().map_err(Error::file("read", path))?;
        Ok(Self { file, size_bytes: metadata.len() })
    }

    /// Its size.
    pub fn size_bytes(&self) -> u64 {
        self.size_bytes
    }
}

impl Personal {
    /// Rows of the tables that a restore would replace; the server must run.
    pub fn rows_there(&self) -> Result<u64> {
        let mut client = self.client("postgres")?;
        if !exists(&mut client, settings::DATABASE)? {
            return Ok(0);
        }
        super::backup::count_rows(&mut self.client(settings::DATABASE)?)
    }

    /// Puts what a backup holds in place of what is there, and returns how many rows that are. Unless it may `overwrite`,
    /// what is there must have no rows. The server must run.
    pub fn restore(&self, backup: &BackupFile, overwrite: bool, pg_bin: Option<&Path>) -> Result<u64> {
        // Another restore would fill the same database beside the one that is there, and remove ours.
        let _turn = self.take_turn();
        if !overwrite {
            self.refuse_rows()?;
        }
        let programs = self.running_programs(pg_bin)?;
        let socket = self.socket();
        let server = self.server(&programs, &socket);
        let mut client = self.client("postgres")?;
        // Left by one that was cut short.
        client.batch_execute(&sql::drop_database(RESTORING)).map_err(refused)?;
        client.batch_execute(&sql::drop_database(REPLACED)).map_err(refused)?;
        client.batch_execute(&sql::create_plain_database(RESTORING)).map_err(refused)?;
        let restored = self.fill(&server, backup, RESTORING);
        let rows = match restored {
            Ok(rows) => rows,
            Err(e) => {
                let _ = client.batch_execute(&sql::drop_database(RESTORING));
                return Err(e);
            }
        };
        if !overwrite {
            self.refuse_rows()?;
        }
        exchange(&mut client)?;
        client.batch_execute(&sql::drop_database(REPLACED)).map_err(refused)?;
        Ok(rows)
    }

    fn fill(&self, server: &super::copying::Server<'_>, backup: &BackupFile, database: &str) -> Result<u64> {
        let mut restore = server.client("pg_restore", database)?;
        // Whoever owned the tables: here they are those of the one user there is.
        restore.args(["--format=custom", "--exit-on-error", "--no-owner", "--no-privileges"]);
        let input = backup.file.try_clone().map_err(Error::file("open", Path::new("the backup")))?;
        restore.stdin(Stdio::from(input));
        let progress = Progress::start("MB restored", Some(backup.size_bytes / 1_000_000));
        let mut shown = 0;
        Worker::start(&mut restore)?.finish(|| {
            show(&progress, &mut shown, (&mut &backup.file).stream_position().unwrap_or(0));
        })?;
        progress.finish();
        let mut client = self.client(database)?;
        client.batch_execute(sql::ANALYZE).map_err(refused)?;
        super::backup::count_rows(&mut client)
    }

    fn refuse_rows(&self) -> Result<()> {
        match self.rows_there()? {
            0 => Ok(()),
            rows => Err(Error::Failed(format!(
                "the database in {} holds {} already, and a restore would replace them. Restore into a folder that \
                 does not exist yet, or say --overwrite",
                self.dir.display(),
                crate::report::summary::counted(rows, "row")
            ))),
        }
    }
}

fn exists(client: &mut Client, database: &str) -> Result<bool> {
    Ok(client.query_one(sql::DATABASE_EXISTS, &[&database]).map_err(refused)?.get(0))
}

/// Both names change in one transaction: there is always a database of the one name.
fn exchange(client: &mut Client) -> Result<()> {
    let is_there = exists(client, settings::DATABASE)?;
    let mut tries = 0;
    loop {
        stop::check()?;
        client.execute(sql::END_CONNECTIONS, &[&settings::DATABASE]).map_err(refused)?;
        let mut transaction = client.transaction().map_err(refused)?;
        let mut renamed = Ok(());
        if is_there {
            renamed = transaction.batch_execute(&sql::rename_database(settings::DATABASE, REPLACED));
        }
        let renamed = renamed
            .and_then(|()| transaction.batch_execute(&sql::rename_database(RESTORING, settings::DATABASE)))
            .and_then(|()| transaction.commit());
        match renamed {
            Ok(()) => return Ok(()),
            // Somebody has connected anew.
            Err(e)
                if e.code() == Some(&postgres::error::SqlState::OBJECT_IN_USE)
                    && tries < DATABASE_SWAP_TRIES =>
            {
                tries += 1;
                stop::pause(SERVER_POLL)?;
            }
            Err(e) => return Err(refused(e)),
        }
    }
}

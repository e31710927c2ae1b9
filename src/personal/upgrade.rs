//! From the data folder of an older PostgreSQL to one of a newer: both servers run beside each other, `pg_dump` of the
//! newer reads from the one, its `pg_restore` writes to the other, every row is compared, and two renames make the change.
//!
//! ```text
//! DIR/upgrading        is there while an upgrade is under way, or was cut short
//! DIR/data.upgrade/    the newer data folder, until everything is in it
//! DIR/data.old-15/     the older one, afterwards; the user's to delete
//! ```
//!
//! Cut short at any instant it leaves either the older data folder in its place, whole, or the newer one, whole;
//! [`Personal::settle_upgrade`] finds out which.

use super::copying::{Server, Worker};
use super::process::{self, Found};
use super::programs::{self, Programs};
use super::transfer::{self, Between};
use super::{LOG, Personal, Stopped, files, server, settings, socket};
use crate::account;
use crate::db::failure::describe;
use crate::error::{Error, Result};
use crate::limits::{SERVER_START_WAIT, SERVER_STOP_WAIT_S};
use crate::stop;
use crate::volume::Volume;
use postgres::Client;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Says that an upgrade is under way.
pub(super) const UPGRADING: &str = "upgrading";

/// The newer data folder before it is complete.
pub(super) const NEW_DATA: &str = "data.upgrade";

/// What the name of an older data folder begins with, when it has been replaced.
pub(super) const OLD_DATA: &str = "data.old-";

/// Numbers in the names of the two servers' sockets: nobody finds these by accident.
const OLD_PORT: u16 = settings::PORT + 1;
const NEW_PORT: u16 = settings::PORT + 2;

/// What an upgrade does, or has done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upgrade {
    /// The version of the data folder.
    pub from_major: u32,
    /// The version that it becomes.
    pub to_version: String,
    /// The folder of the newer programs.
    pub to_bin: PathBuf,
    /// What the older data folder takes on disk; the newer one takes about as much.
    pub size_bytes: u64,
    /// Free space on its file system.
    pub free_bytes: u64,
    /// Where the older data folder is afterwards.
    pub old_data: PathBuf,
    /// Rows that were transferred and compared.
    pub rows: u64,
}

impl Personal {
    /// What an upgrade to the newest programs that there are would do; `None` if the data folder is of their version.
    /// Programs of the older version must be there too.
    pub fn plan_upgrade(&self, pg_bin: Option<&Path>) -> Result<Option<Upgrade>> {
        let newer = programs::newest(pg_bin)?;
        let major = self.data_major()?;
        if major > newer.major {
            // Its own programs may be where no search finds them.
            if self.programs(None).is_ok() {
                return Ok(None);
            }
            return Err(Error::Failed(format!(
                "the data folder of {} was made by PostgreSQL {major}, and the newest programs found are {} in {}",
                self.dir.display(),
                newer.version,
                newer.bin.display()
            )));
        }
        if major == newer.major {
            return Ok(None);
        }
        self.programs(None)?;
        self.plan_to(&newer, major).map(Some)
    }

    fn plan_to(&self, newer: &Programs, from_major: u32) -> Result<Upgrade> {
        let volume = Volume::of(&self.dir).map_err(Error::file("look at the file system of", &self.dir))?;
        let old_data = self.dir.join(format!("{OLD_DATA}{from_major}"));
        if old_data.exists() {
            return Err(Error::Failed(format!(
                "{} is there, from an earlier upgrade. Delete or move it first",
                old_data.display()
            )));
        }
        Ok(Upgrade {
            from_major,
            to_version: newer.version.clone(),
            to_bin: newer.bin.clone(),
            size_bytes: files::space_bytes(&self.data()),
            free_bytes: volume.free_bytes,
            old_data,
            rows: 0,
        })
    }

    /// Brings the data folder to the version of `newer`, with the programs `older` for what is there. The server is
    /// stopped first; it does not run afterwards, unless it did before and the upgrade failed. Nobody can use the
    /// database meanwhile.
    pub fn upgrade(&mut self, older: &Programs, newer: &Programs) -> Result<Upgrade> {
        let mut stopped = Stopped::Already;
        let upgraded = self.upgrade_in_turn(older, newer, &mut stopped);
        if upgraded.is_err()
            && stopped == Stopped::Now
            && let Err(error) = self.start(Some(&older.bin))
        {
            log::warn!("the server was stopped for the upgrade, and does not start again: {error}");
        }
        upgraded
    }

    fn upgrade_in_turn(
        &mut self,
        older: &Programs,
        newer: &Programs,
        stopped: &mut Stopped,
    ) -> Result<Upgrade> {
        let _turn = self.take_turn();
        self.refuse_other_host("upgraded")?;
        self.account.can_enter(&self.dir)?;
        self.settle_upgrade()?;
        let mut upgrade = self.plan_to(newer, self.data_major()?)?;
        *stopped = self.stop_in_turn(None)?;
        self.claim_host()?;
        files::create(
            &self.dir.join(UPGRADING),
            "An upgrade is under way, or was cut short.\n",
            &self.account,
        )?;
        let done = self.transfer_and_swap(older, newer, &upgrade.old_data);
        let settled = self.settle_upgrade();
        self.release_host()?;
        upgrade.rows = done?;
        settled?;
        self.marker.pg_bin = Some(newer.bin.clone()).filter(|bin| bin.to_str().is_some());
        self.write_marker()?;
        Ok(upgrade)
    }

    /// Data folders that upgrades have replaced.
    pub(super) fn old_data(&self) -> Result<Vec<PathBuf>> {
        let entries = fs::read_dir(&self.dir).map_err(Error::file("read", &self.dir))?;
        let is_old = |path: &PathBuf| {
            path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(OLD_DATA.as_bytes()))
        };
        Ok(entries.flatten().map(|entry| entry.path()).filter(is_old).collect())
    }

    fn transfer_and_swap(&self, older: &Programs, newer: &Programs, old_data: &Path) -> Result<u64> {
        let new_data = self.dir.join(NEW_DATA);
        self.create_cluster(&new_data, newer)?;
        self.carry_settings(&new_data)?;
        let socket = socket::prepare(&self.dir, &self.account)?;
        files::replace(&self.data().join("xtelemdb-socket.conf"), &settings::socket(&socket), &self.account)?;
        files::create(&new_data.join("xtelemdb-socket.conf"), &settings::socket(&socket), &self.account)?;
        let old = Beside::start(
            self,
            older,
            self.data(),
            OLD_PORT,
            &socket,
            " -c default_transaction_read_only=on",
        )?;
        let new = Beside::start(self, newer, new_data.clone(), NEW_PORT, &socket, "")?;
        let rows = transfer::everything(&Between { old: &old, new: &new })?;
        new.stop()?;
        old.stop()?;
        stop::check()?;
        // From here on the newer folder is whole: `settle_upgrade` relies on it.
        rename(&self.data(), old_data)?;
        rename(&new_data, &self.data())?;
        sync_folder(&self.dir)?;
        Ok(rows)
    }

    /// The settings that the user has added behind ours, and those of ALTER SYSTEM.
    fn carry_settings(&self, new_data: &Path) -> Result<()> {
        let path = self.data().join("postgresql.conf");
        let text = fs::read_to_string(&path).map_err(Error::file("read", &path))?;
        match text.split_once(settings::INCLUDES) {
            Some((_, own)) => files::append(&new_data.join("postgresql.conf"), own, &self.account)?,
            None => log::warn!(
                "{} was changed; settings of your own in it have to be written into the new one",
                path.display()
            ),
        }
        let name = "postgresql.auto.conf";
        let path = self.data().join(name);
        let text = fs::read_to_string(&path).map_err(Error::file("read", &path))?;
        files::replace(&new_data.join(name), &text, &self.account)
    }

    /// Takes turn and sees to an upgrade that was cut short.
    pub fn settle(&self) -> Result<()> {
        let _turn = self.take_turn();
        self.refuse_other_host("upgraded")?;
        self.settle_upgrade()
    }

    /// Brings an upgrade that was cut short to its end or undoes it, whichever is near. Whoever starts, stops or removes the
    /// server does this first, having taken turn.
    pub(super) fn settle_upgrade(&self) -> Result<()> {
        let mark = self.dir.join(UPGRADING);
        if !mark.exists() {
            return Ok(());
        }
        let (data, new_data) = (self.data(), self.dir.join(NEW_DATA));
        for folder in [&data, &new_data] {
            if folder.exists() {
                self.end_server_in(folder)?;
            }
        }
        if !data.join("PG_VERSION").exists() && new_data.exists() {
            log::info!("an upgrade was cut short at its last step: doing that now");
            rename(&new_data, &data)?;
        }
        if new_data.exists() {
            log::info!("removing what an upgrade that was cut short has left: {}", new_data.display());
            files::remove_if_there(&new_data)?;
        }
        sync_folder(&self.dir)?;
        files::remove_if_there(&mark)
    }

    fn end_server_in(&self, data: &Path) -> Result<()> {
        if let Found::Server(server) = process::look(data)? {
            let pg_ctl = process::folder_of_program(server.pid).map(|bin| bin.join("pg_ctl"));
            let pg_ctl = pg_ctl.filter(|pg_ctl| pg_ctl.is_file()).ok_or_else(|| {
                Error::Failed(format!(
                    "a server runs in {}: end it first: kill {}",
                    data.display(),
                    server.pid
                ))
            })?;
            account::run(&mut stop_command(self.account.command(pg_ctl, &self.dir), data))?;
        }
        self.wait_for_remnants_in(data)
    }
}

/// A server that runs beside the usual one, for the time of an upgrade. It is stopped when this is dropped.
pub(super) struct Beside<'a> {
    personal: &'a Personal,
    programs: &'a Programs,
    data: PathBuf,
    port: u16,
    socket: PathBuf,
    stopped: bool,
}

impl<'a> Beside<'a> {
    fn start(
        personal: &'a Personal,
        programs: &'a Programs,
        data: PathBuf,
        port: u16,
        socket: &Path,
        more: &str,
    ) -> Result<Self> {
        stop::check()?;
        process::remove_stale_socket(&data, socket, port)?;
        if matches!(process::look(&data)?, Found::Reused(_)) {
            process::remove_stale_lock(&data)?;
        }
        let log = personal.dir.join(LOG);
        let mut start = programs.command("pg_ctl", &personal.account, &personal.dir);
        start.args(["start", "--silent", "--wait", &format!("--timeout={}", SERVER_START_WAIT.as_secs())]);
        start.arg("-D").arg(&data).arg("--log").arg(&log);
        // Autovacuum would only be in the way of the transfer.
        start.arg("-o").arg(format!("-c port={port} -c autovacuum=off{more}"));
        let before = files::length_bytes(&log);
        let server = Self { personal, programs, data, port, socket: socket.to_owned(), stopped: false };
        server.end_with_the_run();
        account::run(&mut start).map_err(|e| Error::Failed(format!("{e}{}", personal.quote_log(before))))?;
        Ok(server)
    }

    /// What client programs need to know.
    pub(super) fn server(&self) -> Server<'_> {
        Server {
            programs: self.programs,
            socket: &self.socket,
            port: self.port,
            user: &self.personal.marker.user,
            account: &self.personal.account,
        }
    }

    /// What its data folder takes on disk.
    pub(super) fn size_bytes(&self) -> u64 {
        files::space_bytes(&self.data)
    }

    /// A connection to one of its databases.
    pub(super) fn client(&self, database: &str) -> Result<Client> {
        server::session(&self.socket, self.port, &self.personal.marker.user, database)
            .application_name("xtelemdb personal upgrade")
            .connect(postgres::NoTls)
            .map_err(|e| Error::Database(format!("can't use database {database}: {}", describe(&e))))
    }

    fn stop(mut self) -> Result<()> {
        account::run(&mut self.stop_command())?;
        self.stopped = true;
        self.personal.wait_for_remnants_in(&self.data)
    }

    fn stop_command(&self) -> Command {
        stop_command(self.programs.command("pg_ctl", &self.personal.account, &self.personal.dir), &self.data)
    }

    /// The process leaves soon after a signal, whatever it waits for: the server is told at once.
    fn end_with_the_run(&self) {
        let (programs, account) = (self.programs.clone(), self.personal.account.clone());
        let (folder, data) = (self.personal.dir.clone(), self.data.clone());
        stop::on_request(move || {
            let mut stop = stop_command(programs.command("pg_ctl", &account, &folder), &data);
            let _ = stop.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        });
    }
}

impl Drop for Beside<'_> {
    fn drop(&mut self) {
        if !self.stopped {
            let _ = account::run(&mut self.stop_command());
        }
    }
}

fn stop_command(mut pg_ctl: Command, data: &Path) -> Command {
    pg_ctl.args(["stop", "--silent", "--wait", "--mode=fast", &format!("--timeout={SERVER_STOP_WAIT_S}")]);
    pg_ctl.arg("-D").arg(data);
    pg_ctl
}

fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).map_err(Error::file("rename", from))
}

fn sync_folder(folder: &Path) -> Result<()> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(Error::file("write", folder))
}

/// Starts `pg_dump` of one server and feeds what it says to `pg_restore` of the other.
pub(super) fn pipe(mut dump: Command, mut restore: Command, watch: impl FnMut()) -> Result<()> {
    let mut dump = Worker::start(dump.stdout(Stdio::piped()))?;
    if let Some(output) = dump.child.stdout.take() {
        restore.stdin(Stdio::from(output));
    }
    let worker = Worker::start(&mut restore)?;
    // It holds an end of the pipe, and pg_dump must notice when nobody reads any more.
    drop(restore);
    let restored = worker.finish(watch);
    // If one of them fails so does the other: the cause is with the first.
    match (restored, stop::check()) {
        (_, Err(interrupted)) => Err(interrupted),
        (Ok(()), _) => dump.finish(|| ()),
        (Err(restore), _) => match dump.finish(|| ()) {
            Ok(()) => Err(restore),
            Err(dump) => Err(Error::Failed(format!("{dump}\n{restore}"))),
        },
    }
}

//! Making a personal database.

use super::programs::{self, Programs};
use super::{
    CLIENT_CONFIG, DATA, FileSystem, LOG, MARKER, Marker, OLD_LOG, Personal, RUNNING_ON, files, settings,
    socket,
};
use crate::account::{self, Account};
use crate::db::failure::describe;
use crate::error::{Error, Result};
use crate::stop;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// A personal database that can be made, as far as that can be known without changing anything.
pub struct Planned {
    /// The folder, absolute; it does not exist or is empty.
    pub dir: PathBuf,
    /// What it will run on.
    pub programs: Programs,
    /// Who will run it.
    pub account: Account,
    /// The role that will own everything.
    pub user: String,
}

impl Planned {
    /// What will be in the folder, and what for.
    pub fn parts(&self) -> [(PathBuf, &'static str); 5] {
        let [socket, _] = socket::places(&self.dir);
        [
            (self.dir.join(MARKER), "marks the folder as a personal database"),
            (self.dir.join(DATA), "PostgreSQL's data folder"),
            (self.dir.join(CLIENT_CONFIG), "the configuration for the other commands"),
            (self.dir.join(LOG), "what the server says"),
            (socket, "where it is reached; in /tmp if its path would be too long, or can't hold one"),
        ]
    }
}

/// Looks whether a personal database can be made in `dir`, which must not exist or be empty. Warns of a file system that is
/// not fit for it.
pub fn plan(dir: &Path, pg_bin: Option<&Path>) -> Result<Planned> {
    let dir = absolute(dir)?;
    refuse_odd_names(&dir)?;
    refuse_what_is_there(&dir)?;
    let programs = programs::newest(pg_bin)?;
    for warning in FileSystem::of(&dir).iter().flat_map(FileSystem::warnings) {
        log::warn!("{warning}");
    }
    Ok(Planned { dir, programs, account: Account::for_new()?, user: account::own_name()? })
}

/// Makes a personal database in `dir` (see [`plan`]), and starts its server.
/// Its configuration for the other commands says that files are `hostname`'s. When it fails, what it has made so far is
/// removed again.
pub fn init(dir: &Path, pg_bin: Option<&Path>, hostname: &str) -> Result<Personal> {
    let Planned { dir, programs, account, user } = plan(dir, pg_bin)?;
    log::info!("PostgreSQL {} from {}", programs.version, programs.bin.display());

    let made = Made::begin(dir, &account)?;
    account.can_enter(&made.dir)?;
    // A path that is no text can't be written there; the programs are searched for then.
    let pg_bin = Some(programs.bin.clone()).filter(|bin| bin.to_str().is_some());
    let marker = Marker { user, complete: false, pg_bin };
    files::create(&made.dir.join(MARKER), &marker_text(&marker)?, &account)?;
    let mut personal = Personal { dir: made.dir.clone(), account, marker };
    personal.create_cluster(&personal.data(), &programs)?;
    stop::check()?;
    let socket = socket::prepare(&personal.dir, &personal.account)?;
    files::create(
        &personal.data().join("xtelemdb-socket.conf"),
        &settings::socket(&socket),
        &personal.account,
    )?;
    personal.start(Some(&programs.bin))?;
    stop::check()?;
    personal.create_database()?;
    let config = settings::client(&personal.dir, hostname, &personal.marker.user, &socket);
    files::create(&personal.config_file(), &config, &personal.account)?;
    stop::check()?;
    personal.marker.complete = true;
    personal.write_marker()?;
    made.keep();
    Ok(personal)
}

impl Personal {
    /// Writes down what later commands need to know.
    pub(super) fn write_marker(&self) -> Result<()> {
        files::replace(&self.dir.join(MARKER), &marker_text(&self.marker)?, &self.account)
    }

    /// Makes a data folder with our settings.
    pub(super) fn create_cluster(&self, data: &Path, programs: &Programs) -> Result<()> {
        files::create_folder(data, &self.account)?;
        let mut initdb = programs.command("initdb", &self.account, &self.dir);
        initdb.args(["--data-checksums", "--encoding=UTF8", "--locale=C", "--no-instructions"]);
        // Who gets to the socket is its owner already; nobody gets in another way.
        initdb.args(["--auth-local=trust", "--auth-host=reject"]);
        initdb.arg(format!("--username={}", self.marker.user)).arg("-D").arg(data);
        log::info!("making the data folder {}", data.display());
        account::run(&mut initdb)?;
        let file_system = FileSystem::of(&self.dir);
        let settings = settings::server(memory_bytes(), file_system.as_ref());
        files::create(&data.join("xtelemdb.conf"), &settings, &self.account)?;
        files::append(&data.join("postgresql.conf"), settings::INCLUDES, &self.account)
    }

    fn create_database(&self) -> Result<()> {
        let create = format!("CREATE DATABASE {}", settings::DATABASE);
        self.connect("postgres").and_then(|mut client| client.batch_execute(&create)).map_err(|e| {
            Error::Database(format!("can't create the database {}: {}", settings::DATABASE, describe(&e)))
        })
    }
}

fn marker_text(marker: &Marker) -> Result<String> {
    let lines = toml::to_string(marker).map_err(|e| Error::Failed(format!("can't write {MARKER}: {e}")))?;
    Ok(format!("# Marks this folder as a personal database of xtelemdb. Leave it as it is.\n{lines}"))
}

/// What `init` has made, removed when it fails.
struct Made {
    dir: PathBuf,
    made_dir: bool,
    kept: bool,
}

impl Made {
    fn begin(dir: PathBuf, account: &Account) -> Result<Self> {
        let made_dir = !dir.exists();
        if made_dir {
            files::create_folder(&dir, account)?;
        }
        let made = Self { dir, made_dir, kept: false };
        if !made_dir {
            files::take_folder(&made.dir, account)?;
        }
        Ok(made)
    }

    fn keep(mut self) {
        self.kept = true;
    }

    fn undo(&self) -> Result<()> {
        if let Ok(personal) = Personal::open_unfinished(&self.dir) {
            personal.stop(None)?;
            let [inside, outside] = socket::places(&self.dir);
            files::remove_if_there(&inside)?;
            super::remove::socket_folder(&outside, &personal.account)?;
        }
        for name in [DATA, CLIENT_CONFIG, LOG, OLD_LOG, RUNNING_ON, MARKER] {
            files::remove_if_there(&self.dir.join(name))?;
        }
        if self.made_dir {
            fs::remove_dir(&self.dir).map_err(Error::file("remove", &self.dir))?;
        }
        Ok(())
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        if self.kept {
            return;
        }
        if let Err(e) = self.undo() {
            log::warn!("could not remove all that was made in {}: {e}", self.dir.display());
        }
    }
}

/// `dir` as an absolute path without links; it need not exist, but the folder above it must.
fn absolute(dir: &Path) -> Result<PathBuf> {
    if dir.exists() {
        return fs::canonicalize(dir).map_err(Error::file("open", dir));
    }
    let above = dir.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = dir
        .file_name()
        .ok_or_else(|| Error::Usage(format!("{} names no folder that could be made", dir.display())))?;
    Ok(fs::canonicalize(above).map_err(Error::file("open", above))?.join(name))
}

/// PostgreSQL's programs start each other through a shell, between double quotes.
fn refuse_odd_names(dir: &Path) -> Result<()> {
    let odd = |byte: &u8| b"\"$`\\'".contains(byte) || byte.is_ascii_control();
    match dir.as_os_str().as_bytes().iter().find(|byte| odd(byte)) {
        None => Ok(()),
        Some(byte) => Err(Error::Usage(format!(
            "PostgreSQL's programs can't work in a folder with {:?} in its path: choose another than {:?}",
            char::from(*byte),
            dir
        ))),
    }
}

fn refuse_what_is_there(dir: &Path) -> Result<()> {
    if dir.join(MARKER).exists() {
        let there = Personal::open(dir)?;
        return Err(Error::Failed(format!(
            "there is a personal database in {dir} already; `xtelemdb personal start {dir}` starts it",
            dir = there.dir.display()
        )));
    }
    if !dir.exists() {
        return Ok(());
    }
    let mut entries = fs::read_dir(dir).map_err(Error::file("read", dir))?;
    match entries.next() {
        None => Ok(()),
        Some(_) => Err(Error::Failed(format!(
            "{} is not empty: name a folder that does not exist yet, or an empty one",
            dir.display()
        ))),
    }
}

/// The machine's memory; 0 if the system does not tell.
fn memory_bytes() -> u64 {
    let meminfo = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let total = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"));
    let kib = total.and_then(|rest| rest.split_whitespace().next()).and_then(|kib| kib.parse::<u64>().ok());
    kib.unwrap_or(0) << 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_a_shell_would_change_are_refused() {
        assert!(refuse_odd_names(Path::new("/home/a b/über,x")).is_ok());
        for odd in ["/a$b", "/a\"b", "/a`b", "/a\\b", "/a\nb"] {
            assert!(refuse_odd_names(Path::new(odd)).is_err(), "{odd:?}");
        }
    }

    #[test]
    fn a_missing_folder_above_is_named() {
        let error = absolute(Path::new("/nowhere/at/all")).unwrap_err().to_string();
        assert!(error.contains("/nowhere/at"), "{error}");
    }
}

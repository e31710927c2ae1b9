//! Backing up a personal database into one file, as `pg_dump` makes it: complete, read back and counted before it has
//! its name.

use super::copying::{Server, Worker};
use super::{Personal, seal, settings};
use crate::account;
use crate::db::failure::describe;
use crate::db::sql::personal as sql;
use crate::error::{Error, Result};
use crate::limits::{BACKUP_LINE_HEAD_BYTES, READ_BLOCK_BYTES};
use crate::report::clock::Clock;
use crate::report::progress::Progress;
use crate::stop;
use postgres::Client;
use rustix::fs::{CWD, OFlags, RenameFlags, renameat_with};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufReader, Read, Seek};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process::Stdio;

const MB: u64 = 1_000_000;

/// A backup that was made, or would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Its file.
    pub file: PathBuf,
    /// Size of the file; 0 if none was made.
    pub size_bytes: u64,
    /// Rows of all tables in it.
    pub rows: u64,
    /// What the database takes on disk.
    pub database_bytes: u64,
}

impl Personal {
    /// Where a backup for `target` goes: the file itself, or one named after the time in that folder. An error if it is
    /// there, unless it may be overwritten.
    pub fn backup_file(&self, target: &Path, overwrite: bool) -> Result<PathBuf> {
        let file = if target.is_dir() {
            let name = self.dir.file_name().unwrap_or_default().to_string_lossy();
            target.join(format!("{name}-{}.dump", Clock::now().to_string().replace([' ', ':'], "-")))
        } else {
            target.to_owned()
        };
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = fs::canonicalize(folder).map_err(Error::file("open", folder))?;
        let name =
            file.file_name().ok_or_else(|| Error::Usage(format!("{} names no file", file.display())))?;
        let file = folder.join(name);
        if !overwrite && fs::symlink_metadata(&file).is_ok() {
            return Err(exists(&file));
        }
        Ok(file)
    }

    /// How large the database is, in bytes; its server must run.
    pub fn database_bytes(&self) -> Result<u64> {
        let mut client = self.client(settings::DATABASE)?;
        let row = client.query_one(sql::DATABASE_BYTES, &[]).map_err(refused)?;
        Ok(row.get::<_, i64>(0).unsigned_abs())
    }

    /// Backs up into `file`, which [`Self::backup_file`] gave; the server must run, and may work meanwhile. The file is
    /// private, complete and read back before it has its name.
    pub fn backup(&self, file: &Path, overwrite: bool, pg_bin: Option<&Path>) -> Result<Backup> {
        let programs = self.running_programs(pg_bin)?;
        let socket = self.socket();
        let server = self.server(&programs, &socket);
        let part = Part::open(file)?;
        let database_bytes = self.database_bytes()?;

        let mut client = self.client(settings::DATABASE)?;
        let mut view = client
            .build_transaction()
            .isolation_level(postgres::IsolationLevel::RepeatableRead)
            .read_only(true)
            .start()
            .map_err(refused)?;
        let snapshot: String = view.query_one(sql::SHARE_SNAPSHOT, &[]).map_err(refused)?.get(0);
        let mut dump = server.client("pg_dump", settings::DATABASE)?;
        // Little work for the processor: messages compress well whatever the level.
        dump.args(["--format=custom", "--compress=1"]).arg(format!("--snapshot={snapshot}"));
        dump.stdout(Stdio::from(part.file.try_clone().map_err(Error::file("open", &part.path))?));
        let progress = Progress::start("MB written", None);
        let mut shown = 0;
        Worker::start(&mut dump)?.finish(|| {
            show(&progress, &mut shown, part.file.metadata().map_or(0, |file| file.len()));
        })?;
        progress.finish();

        seal::append(&part.file, &part.path)?;
        let expected = count_rows(&mut view)?;
        let found = rows_in(&server, &part.file, &part.path)?;
        if found != expected {
            return Err(Error::Failed(format!(
                "the backup holds {found} rows and the database had {expected}: it is not kept. Please report this"
            )));
        }
        let size_bytes = part.file.metadata().map_err(Error::file("look at", &part.path))?.len();
        part.name(file, overwrite)?;
        Ok(Backup { file: file.to_owned(), size_bytes, rows: found, database_bytes })
    }

    /// A connection whose failure ends the command.
    pub(super) fn client(&self, database: &str) -> Result<Client> {
        self.connect(database).map_err(|e| {
            Error::Database(format!(
                "can't use database {database} of {}: {}",
                self.dir.display(),
                describe(&e)
            ))
        })
    }
}

/// Rows of all tables that a transaction sees.
pub(super) fn count_rows(view: &mut impl postgres::GenericClient) -> Result<u64> {
    let mut rows = 0;
    for table in view.query(sql::TABLES, &[]).map_err(refused)? {
        stop::check()?;
        let count = view.query_one(&sql::count_rows(table.get(0)), &[]).map_err(refused)?;
        rows += count.get::<_, i64>(0).unsigned_abs();
    }
    Ok(rows)
}

/// Reads a whole backup, as a restore would, and counts its rows.
fn rows_in(server: &Server<'_>, file: &File, path: &Path) -> Result<u64> {
    let mut input = file.try_clone().map_err(Error::file("open", path))?;
    input.rewind().map_err(Error::file("read", path))?;
    let mut restore =
        server.account.command(super::programs::client("pg_restore", server.programs)?, Path::new("/"));
    restore.args(["--format=custom", "--file=-"]).stdout(Stdio::piped());
    restore.stdin(Stdio::from(input));
    let mut worker = Worker::start(&mut restore)?;
    let total = file.metadata().map_or(0, |file| file.len());
    let progress = Progress::start("MB read back", Some(total / MB));
    let mut lines = Lines::default();
    if let Some(output) = worker.child.stdout.take() {
        let mut output = BufReader::with_capacity(READ_BLOCK_BYTES, output);
        let mut block = vec![0; READ_BLOCK_BYTES];
        let mut shown = 0;
        loop {
            stop::check()?;
            match output.read(&mut block) {
                Ok(0) => break,
                Ok(length) => lines.take(&block[..length]),
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(Error::file("read back", path)(e)),
            }
            show(&progress, &mut shown, (&mut &*file).stream_position().unwrap_or(0));
        }
    }
    progress.finish();
    worker.finish(|| ())?;
    Ok(lines.rows)
}

/// Adds to a progress what has become of a number of bytes.
pub(super) fn show(progress: &Progress, shown: &mut u64, bytes: u64) {
    progress.add((bytes / MB).saturating_sub(*shown));
    *shown = (*shown).max(bytes / MB);
}

/// Counts the rows in the script that `pg_restore` makes: lines between `COPY ... FROM stdin;` and `\.`.
#[derive(Default)]
struct Lines {
    rows: u64,
    in_rows: bool,
    /// How the current line begins.
    head: Vec<u8>,
    /// How it ends, if it is longer.
    end: Vec<u8>,
}

const COPY_END: &[u8] = b" FROM stdin;";

impl Lines {
    fn take(&mut self, mut block: &[u8]) {
        while let Some(end) = memchr::memchr(b'\n', block) {
            self.extend(&block[..end]);
            self.line_ends();
            block = &block[end + 1..];
        }
        self.extend(block);
    }

    fn extend(&mut self, bytes: &[u8]) {
        let room = BACKUP_LINE_HEAD_BYTES - self.head.len();
        self.head.extend_from_slice(&bytes[..bytes.len().min(room)]);
        if !self.in_rows {
            let last = &bytes[bytes.len().saturating_sub(COPY_END.len())..];
            self.end.extend_from_slice(last);
            let excess = self.end.len().saturating_sub(COPY_END.len());
            self.end.drain(..excess);
        }
    }

    fn line_ends(&mut self) {
        if self.in_rows {
            if self.head == b"\\." {
                self.in_rows = false;
            } else {
                self.rows += 1;
            }
        } else if self.head.starts_with(b"COPY ") && self.end == COPY_END {
            self.in_rows = true;
        }
        self.head.clear();
        self.end.clear();
    }
}

/// The file of a backup that is being made, beside the place where it will be. It goes when the backup fails.
struct Part {
    path: PathBuf,
    file: File,
    named: bool,
}

impl Part {
    fn open(target: &Path) -> Result<Self> {
        let mut name = target.as_os_str().to_owned();
        name.push(".part");
        let path = PathBuf::from(name);
        let in_the_way = || Error::Failed(format!("{} is in the way: remove it first", path.display()));
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false).mode(0o600);
        // The folder may be one that others write to: through their link a file would be made or emptied elsewhere.
        let opened = options.custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits() as i32).open(&path);
        let file = match opened {
            Err(e) if e.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error()) => {
                return Err(in_the_way());
            }
            opened => opened.map_err(Error::file("create", &path))?,
        };
        // A backup that was killed leaves its file, and its pg_dump may still write to it: the lock is theirs together.
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                return Err(Error::Failed(format!(
                    "another backup is writing {}: wait for its end, or name another file",
                    path.display()
                )));
            }
            // A file system that has no locks does without.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        let held = file.metadata().map_err(Error::file("look at", &path))?;
        let same = fs::symlink_metadata(&path).is_ok_and(|there| there.ino() == held.ino());
        let is_own = held.is_file() && held.uid() == account::own_uid() && held.nlink() == 1;
        if !same || !is_own || held.mode() & 0o077 != 0 {
            return Err(in_the_way());
        }
        file.set_len(0).map_err(Error::file("empty", &path))?;
        Ok(Self { path, file, named: false })
    }

    /// Gives it its name, once it is on disk.
    fn name(mut self, target: &Path, overwrite: bool) -> Result<()> {
        self.file.sync_all().map_err(Error::file("write", &self.path))?;
        let renamed = if overwrite {
            fs::rename(&self.path, target)
        } else {
            match renameat_with(CWD, &self.path, CWD, target, RenameFlags::NOREPLACE) {
                // Some file systems can't do that in one step.
                Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) if !target.exists() => {
                    fs::rename(&self.path, target)
                }
                Err(rustix::io::Errno::EXIST | rustix::io::Errno::INVAL) => return Err(exists(target)),
                renamed => renamed.map_err(io::Error::from),
            }
        };
        renamed.map_err(Error::file("create", target))?;
        self.named = true;
        let folder = target.parent().unwrap_or(Path::new("/"));
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(Error::file("write", folder))
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.named {
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn exists(file: &Path) -> Error {
    Error::Failed(format!("{} exists already. Name another file, or say --overwrite", file.display()))
}

pub(super) fn refused(error: postgres::Error) -> Error {
    if stop::requested() { Error::Interrupted } else { Error::Database(describe(&error)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Others may have put something where the backup is to be written.
    #[test]
    fn a_part_is_not_written_through_a_link() {
        let base = std::env::temp_dir().join(format!("xtelemdb-part-{}", std::process::id()));
        let _ = fs::remove_dir_all(&base);
        fs::create_dir(&base).unwrap();
        let (target, part, victim) = (base.join("b.dump"), base.join("b.dump.part"), base.join("victim"));
        let assert_refused = || {
            let error = Part::open(&target).err().expect("refused").to_string();
            assert!(error.contains("in the way"), "{error}");
        };
        std::os::unix::fs::symlink(&victim, &part).unwrap();
        assert_refused();
        assert!(!victim.exists(), "nothing is made where the link points");
        fs::remove_file(&part).unwrap();
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(&victim).unwrap();
        fs::write(&victim, "precious").unwrap();
        fs::hard_link(&victim, &part).unwrap();
        assert_refused();
        assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
        fs::remove_file(&part).unwrap();
        // What was left over by oneself is taken.
        fs::rename(&victim, &part).unwrap();
        drop(Part::open(&target).unwrap());
        assert!(!part.exists());
        fs::remove_dir_all(&base).unwrap();
    }

    #[test]
    fn rows_are_lines_between_copy_and_the_mark() {
        let wide = "c, ".repeat(BACKUP_LINE_HEAD_BYTES);
        let long = "x".repeat(3 * BACKUP_LINE_HEAD_BYTES);
        let script = format!(
            "SET x;\nCOPY public.a ({wide}) FROM stdin;\n1\t2\n\n{long}\n\\.\n\nCOPY b FROM stdin;\n\\.\n-- COPY me;\n\
             COPY c (d) FROM stdin;\n\\\\.\n\\."
        );
        for piece in [1, 7, 1 << 20] {
            let mut lines = Lines::default();
            script.as_bytes().chunks(piece).for_each(|bytes| lines.take(bytes));
            assert_eq!(lines.rows, 4, "in pieces of {piece}");
        }
    }
}

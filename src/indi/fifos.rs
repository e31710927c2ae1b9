//! The three FIFOs by which the instrument's INDI driver talks with a device.
//!
//! The driver runs under `indiserver`; the FIFOs are named from the device's side. It reads `NAME.in`, writes
//! `NAME.out`, and writes a `1` to `NAME.ctrl` when it is ready, on which a driver that was there before begins anew.
//! Nothing here waits: a FIFO without anybody at its other end is opened again and again.

use crate::report::escape::Escaped;
use rustix::fs::{
    CWD, FileType, FlockOperation, Mode, OFlags, Stat, fchmod, flock, fstat, mknodat, open, stat,
};
use rustix::io::Errno;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

/// Read and written by the account of the instrument's programs and its group.
const FIFO_MODE: Mode = Mode::from_raw_mode(0o660);

/// The FIFOs of one device.
pub(super) struct Fifos {
    root: PathBuf,
    name: String,
    pub input: Option<OwnedFd>,
    pub output: Option<OwnedFd>,
    /// What the log was told last: why the FIFOs can't be used, or `None` inside if they can.
    said: Option<Option<String>>,
}

impl Fifos {
    /// Opens nothing yet.
    pub fn new(root: &Path, name: &str) -> Self {
        Self { root: root.to_owned(), name: name.to_owned(), input: None, output: None, said: None }
    }

    /// Makes and opens what is missing, and lets go of what was replaced. Says in the log what keeps it from that, once.
    pub fn tend(&mut self) {
        let outcome = self.open_missing().err();
        if self.said.as_ref() == Some(&outcome) {
            return;
        }
        match &outcome {
            None => {
                log::info!("INDI: device {} is on {}.{{in,out,ctrl}}", self.name, self.path("").display());
            }
            // A machine without the instrument's INDI.
            Some(why) if !self.root.exists() => log::info!("INDI: no device {}: {why}", self.name),
            Some(why) => log::warn!("INDI: no device {}: {why}", self.name),
        }
        self.said = Some(outcome);
    }

    fn open_missing(&mut self) -> Result<(), String> {
        for extension in [".in", ".out", ".ctrl"] {
            self.make(&self.path(extension))?;
        }
        if !is_at(self.input.as_ref(), &self.path(".in")) {
            self.input = None;
        }
        if !is_at(self.output.as_ref(), &self.path(".out")) {
            self.output = None;
        }
        let is_new = self.input.is_none();
        if is_new {
            // Open for writing as well, it has no end of file when the last writer leaves.
            let input = self.open(".in", OFlags::RDWR)?.ok_or("a FIFO without a reader")?;
            // A second process of this name must not take questions from the first, nor say goodbye for it.
            flock(&input, FlockOperation::NonBlockingLockExclusive).map_err(|error| match error {
                Errno::WOULDBLOCK => format!("another process is on {}", self.shown(".in")),
                error => said("lock", &self.path(".in"), error),
            })?;
            self.input = Some(input);
        }
        if self.output.is_none() {
            self.output = self.open(".out", OFlags::WRONLY)?;
        }
        if is_new && let Some(control) = self.open(".ctrl", OFlags::WRONLY)? {
            // A driver that does not read it needs no telling.
            let _ = rustix::io::write(control, b"1");
        }
        Ok(())
    }

    fn make(&self, path: &Path) -> Result<(), String> {
        let found = match stat(path) {
            Ok(found) => found,
            Err(Errno::NOENT) => make_fifo(path).map_err(|e| said("make", path, e))?,
            Err(error) => return Err(said("use", path, error)),
        };
        if FileType::from_raw_mode(found.st_mode) == FileType::Fifo {
            return Ok(());
        }
        Err(format!("{} is no FIFO; remove it", Escaped(&path.to_string_lossy())))
    }

    /// Opens a FIFO; `None` if it is to be written and nobody reads it.
    fn open(&self, extension: &str, flags: OFlags) -> Result<Option<OwnedFd>, String> {
        let path = self.path(extension);
        match open(&path, flags | OFlags::NONBLOCK | OFlags::CLOEXEC, Mode::empty()) {
            Ok(fd) => Ok(Some(fd)),
            Err(Errno::NXIO) => Ok(None),
            Err(error) => Err(said("open", &path, error)),
        }
    }

    fn shown(&self, extension: &str) -> String {
        Escaped(&self.path(extension).to_string_lossy()).to_string()
    }

    fn path(&self, extension: &str) -> PathBuf {
        self.root.join(format!("{}{extension}", self.name))
    }
}

/// Makes a FIFO with its mode, whatever the umask of this process is. What stands at the path afterwards may be another's:
/// the mode is given to a FIFO that is open, so that no link can lead it elsewhere.
fn make_fifo(path: &Path) -> rustix::io::Result<Stat> {
    mknodat(CWD, path, FileType::Fifo, FIFO_MODE, 0)?;
    let flags = OFlags::RDWR | OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let made = open(path, flags, Mode::empty())?;
    let found = fstat(&made)?;
    if FileType::from_raw_mode(found.st_mode) == FileType::Fifo {
        fchmod(&made, FIFO_MODE)?;
    }
    Ok(found)
}

/// Whether a FIFO that is open is still the one of this name. One that is not open is not.
fn is_at(fd: Option<&OwnedFd>, path: &Path) -> bool {
    let same = |open: Stat, named: Stat| (open.st_dev, open.st_ino) == (named.st_dev, named.st_ino);
    fd.is_some_and(|fd| matches!((fstat(fd), stat(path)), (Ok(open), Ok(named)) if same(open, named)))
}

fn said(action: &str, path: &Path, error: Errno) -> String {
    let path = path.to_string_lossy();
    let error = std::io::Error::from(error);
    format!("can't {action} {} (fifos_root): {error}", Escaped(&path))
}

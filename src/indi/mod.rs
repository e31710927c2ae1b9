//! The INDI 1.7 device of a running `follow`: tells what it is doing, on the instrument's FIFOs or on pipes.
//!
//! It has a thread of its own and holds nobody up: whoever does not read is told nothing more until they do, and what
//! is written to it is read at a bounded rate into a bounded buffer.

mod client;
mod device;
mod fifos;
mod link;
mod properties;
#[cfg(test)]
mod tests;
mod wire;

use crate::error::{Error, Result};
use crate::limits::{INDI_NAME_BYTES, INDI_WARNINGS_AHEAD};
use crate::threads;
use crossbeam_channel::{Receiver, Sender, bounded};
use rustix::event::{EventfdFlags, eventfd};
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;

/// What there is to tell, as it is now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// When a record was committed last, in seconds since 1970; `None` before the first one.
    pub last_update: Option<f64>,
    /// Records committed in the last second.
    pub records_per_sec: f64,
    /// Records committed since the program was started.
    pub records_since_startup: u64,
    /// Age of the oldest byte that is on disk and not in the database, in seconds; 0 if there is none.
    pub lag_s: f64,
    /// Bytes that are on disk and not in the database.
    pub lag_bytes: u64,
    /// How the database is.
    pub database: Light,
    /// The same in words, if there is more to say than the light does.
    pub database_text: String,
    /// Files and records that failed since the program was started.
    pub errors: u64,
}

/// A light of INDI.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Light {
    /// Not known yet.
    #[default]
    Idle,
    /// As it should be.
    Ok,
    /// Being waited for, or catching up.
    Busy,
    /// Somebody has to look.
    Alert,
}

/// Where the device talks.
#[derive(Debug)]
pub enum Transport {
    /// `NAME.in`, `NAME.out` and `NAME.ctrl` in this folder. Those that are missing are made.
    Fifos(PathBuf),
    /// Pipes or sockets that are open. When the other end closes one of them, the device ends.
    Pipes {
        /// What clients write.
        input: OwnedFd,
        /// What they read.
        output: OwnedFd,
    },
}

/// What a device needs.
pub struct Settings {
    /// Its name: letters, digits, `_` and `-`.
    pub name: String,
    /// Where it talks.
    pub transport: Transport,
    /// Asked about once a second, from the device's thread. Should not wait for anything.
    pub source: Box<dyn FnMut() -> Report + Send>,
    /// Called when the other end closed a pipe: `indiserver` is gone, and the programs that it started go too.
    pub hung_up: Box<dyn FnOnce() + Send>,
}

/// A device at work. Dropping it stops it, too.
pub struct Device {
    wake: Arc<OwnedFd>,
    warnings: Warnings,
    thread: Option<JoinHandle<Result<()>>>,
}

/// Passes warnings on to those who watch the device. Never waits.
#[derive(Clone)]
pub struct Warnings {
    queue: Sender<String>,
    dropped: Arc<AtomicU64>,
}

/// The other end of [`Warnings`].
struct WarningsOut {
    queue: Receiver<String>,
    dropped: Arc<AtomicU64>,
}

/// Starts a device. FIFOs that can't be used are no error: the log says why, and they are tried again each second.
pub fn start(settings: Settings) -> Result<Device> {
    check_name(&settings.name)?;
    let wake = eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK);
    let wake = Arc::new(wake.map_err(|e| Error::Failed(format!("can't make an eventfd: {e}")))?);
    let (queue, queued) = bounded(INDI_WARNINGS_AHEAD);
    let dropped = Arc::new(AtomicU64::new(0));
    let out = WarningsOut { queue: queued, dropped: Arc::clone(&dropped) };
    let woken = Arc::clone(&wake);
    let thread = threads::spawn("indi", move || device::run(settings, &woken, &out))?;
    Ok(Device { wake, warnings: Warnings { queue, dropped }, thread: Some(thread) })
}

/// An error if this can't be the name of a device: dots and spaces would take INDI's own names of properties apart,
/// slashes the names of the FIFOs.
pub fn check_name(name: &str) -> Result<()> {
    let is_fine = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if !name.is_empty() && name.len() <= INDI_NAME_BYTES && name.bytes().all(is_fine) {
        return Ok(());
    }
    Err(Error::Config(format!(
        "{name:?} can't be the name of an INDI device: it needs 1 to {INDI_NAME_BYTES} letters, digits, '_' or '-'"
    )))
}

impl Transport {
    /// stdin and stdout, as `indiserver` gives them to the programs that it starts. Nothing else may write to stdout.
    pub fn stdio() -> Result<Self> {
        let unusable = |e| Error::Failed(format!("can't use stdin and stdout for INDI: {e}"));
        let input = io::stdin().as_fd().try_clone_to_owned().map_err(unusable)?;
        let output = io::stdout().as_fd().try_clone_to_owned().map_err(unusable)?;
        Ok(Self::Pipes { input, output })
    }
}

impl Device {
    /// What passes warnings on.
    pub fn warnings(&self) -> Warnings {
        self.warnings.clone()
    }

    /// Has the device say goodbye and end, which takes `INDI_FAREWELL` at most.
    pub fn stop(mut self) -> Result<()> {
        self.end()
    }

    fn end(&mut self) -> Result<()> {
        let Some(thread) = self.thread.take() else { return Ok(()) };
        // An eventfd that holds less than its maximum always takes one more.
        let _ = rustix::io::write(&*self.wake, &1_u64.to_ne_bytes());
        threads::join(thread)
    }
}

impl Drop for Device {
    fn drop(&mut self) {
        if let Err(error) = self.end() {
            log::error!("{error}");
        }
    }
}

impl Warnings {
    /// Passes a warning on, or counts it if too many wait.
    pub fn send(&self, text: &str) {
        if self.queue.try_send(text.to_owned()).is_err() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl WarningsOut {
    /// All that have come since.
    fn take(&self) -> Vec<String> {
        // A bounded number: more may be coming while these are taken.
        let mut texts: Vec<String> = self.queue.try_iter().take(INDI_WARNINGS_AHEAD).collect();
        match self.dropped.swap(0, Ordering::Relaxed) {
            0 => {}
            count => texts.push(format!("{count} more warnings: see the log")),
        }
        texts
    }
}

impl Light {
    /// As INDI writes it.
    fn name(self) -> &'static str {
        match self {
            Self::Idle => "Idle",
            Self::Ok => "Ok",
            Self::Busy => "Busy",
            Self::Alert => "Alert",
        }
    }
}

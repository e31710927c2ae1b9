//! Looking at everything, as `inventory` and `ingest` do: at the start, and whenever something may have been missed.
//! What is not loaded comes out newest first; what loads it is the same as for files that are being written.

use crate::db::Connector;
use crate::db::live::{self, FileBehind};
use crate::decode::catalogue::Catalogue;
use crate::error::Result;
use crate::inventory::{self, Task};
use crate::limits::{FILES_PAGE, RESCAN_HELD_BYTES};
use crate::origin;
use crate::pipeline::recover;
use crate::pipeline::work::is_compressed_beside;
use crate::report::summary::{bytes, counted};
use crate::threads;
use crossbeam_channel::{Receiver, Sender, bounded};
use postgres::Client;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;

/// What to look at.
#[derive(Clone)]
pub(super) struct Scope {
    pub host: String,
    pub data_dirs: Vec<PathBuf>,
    /// Telemetry of these devices is to be loaded; of all if there are none.
    pub devices: Vec<String>,
    /// How many files were behind in the look before, if there was one. Only the first names what is odd about single files.
    pub before: Option<u64>,
    pub connector: Connector,
    pub catalogue: Arc<Catalogue>,
}

/// What was found.
pub(super) enum Found {
    /// So many files, with about so many bytes, are not loaded.
    Behind { files: u64, bytes: u64 },
    /// The next of them.
    Files(Vec<FileBehind>),
    /// These are gone from disk, and were not loaded in full.
    Gone(Vec<FileBehind>),
}

/// A look at everything, while it goes on.
pub(super) struct Scan {
    /// Disconnects when it is over.
    pub found: Receiver<Found>,
    thread: JoinHandle<Result<()>>,
}

impl Scan {
    /// Begins.
    pub fn start(scope: Scope) -> Result<Self> {
        let (out, found) = bounded(1);
        let thread = threads::spawn("scan", move || scan(&scope, &out))?;
        Ok(Self { found, thread })
    }

    /// Waits for its end, with what went wrong.
    pub fn finish(self) -> Result<()> {
        drop(self.found);
        threads::join(self.thread)
    }
}

fn scan(scope: &Scope, out: &Sender<Found>) -> Result<()> {
    let Scope { host, data_dirs, connector, catalogue, before, .. } = scope;
    let is_first = before.is_none();
    let problems_level = if is_first { log::Level::Warn } else { log::Level::Debug };
    let task = Task {
        held_bytes: RESCAN_HELD_BYTES,
        problems_level,
        ..Task::new(host.clone(), data_dirs.clone(), 1)
    };
    let summary = inventory::run(&task, connector, connector.connect()?, &|_| {})?;
    let mut client = connector.connect()?;
    if is_first {
        let recovered = recover::run(connector, &mut client, catalogue)?;
        if recovered.records > 0 {
            log::info!(
                "{} set aside earlier for an unknown event code: loaded now",
                counted(recovered.records, "record")
            );
        }
    }
    let (files, bytes_behind) = count(scope, &mut client)?;
    let level = if *before == Some(files) { log::Level::Debug } else { log::Level::Info };
    log::log!(
        level,
        "looked at {} ({} new, {} changed); {} not loaded to the end ({})",
        counted(summary.files, "file"),
        summary.new,
        summary.changed,
        counted(files, "telemetry file"),
        bytes(bytes_behind)
    );
    if out.send(Found::Behind { files, bytes: bytes_behind }).is_err() {
        return Ok(());
    }
    pages(scope, &mut client, |page| {
        let (mut gone, files): (Vec<_>, Vec<_>) = page.into_iter().partition(is_gone);
        gone.retain(|file| !file.is_loaded && !is_compressed_beside(&origin::text_to_path(&file.path)));
        let is_wanted = gone.is_empty() || out.send(Found::Gone(gone)).is_ok();
        is_wanted && (files.is_empty() || out.send(Found::Files(files)).is_ok())
    })
}

fn is_gone(file: &FileBehind) -> bool {
    let found = origin::text_to_path(&file.path).metadata();
    found.is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

/// How many files are behind, and about how many bytes.
fn count(scope: &Scope, client: &mut Client) -> Result<(u64, u64)> {
    if scope.devices.is_empty() {
        return scope.connector.insist(client, |client| live::behind(client, &scope.host));
    }
    let mut sum = (0, 0);
    pages(scope, client, |page| {
        sum.0 += page.len() as u64;
        sum.1 += page.iter().map(|file| file.bytes_behind).sum::<u64>();
        true
    })?;
    Ok(sum)
}

/// Gives the files that are behind to `each`, newest first, until it says that it wants no more.
fn pages(scope: &Scope, client: &mut Client, mut each: impl FnMut(Vec<FileBehind>) -> bool) -> Result<()> {
    let Scope { host, devices, connector, .. } = scope;
    let mut before = None;
    loop {
        let mut page =
            connector.insist(client, |client| live::files_behind(client, host, before, FILES_PAGE))?;
        let Some(last) = page.last() else { return Ok(()) };
        before = Some(last.key);
        page.retain(|file| is_wanted(devices, origin::device(&file.path)));
        if !page.is_empty() && !each(page) {
            return Ok(());
        }
    }
}

/// Whether telemetry of a device is to be loaded.
pub(super) fn is_wanted(devices: &[String], device: &str) -> bool {
    devices.is_empty() || devices.iter().any(|wanted| wanted == device)
}

//! Looking at everything, as `inventory` and `ingest` do: at the start, and whenever something may have been missed.
//! What is not loaded comes out newest first; what loads it is the same as for files that are being written.

use crate::db::Connector;
use crate::db::live::{self, FileBehind};
use crate::decode::catalogue::Catalogue;
use crate::error::Result;
use crate::inventory::{self, Task};
use crate::limits::{FILES_PAGE, RESCAN_HELD_BYTES};
use crate::pipeline::recover;
use crate::report::summary::{bytes, counted};
use crate::threads;
use crossbeam_channel::{Receiver, Sender, bounded};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;

/// What to look at.
#[derive(Clone)]
pub(super) struct Scope {
    pub host: String,
    pub data_dirs: Vec<PathBuf>,
    pub connector: Connector,
    pub catalogue: Arc<Catalogue>,
}

/// What was found.
pub(super) enum Found {
    /// So many files, with about so many bytes, are not loaded.
    Behind { files: u64, bytes: u64 },
    /// The next of them.
    Files(Vec<FileBehind>),
}

/// A look at everything, while it goes on.
pub(super) struct Scan {
    /// Disconnects when it is over.
    pub found: Receiver<Found>,
    thread: JoinHandle<Result<()>>,
}

impl Scan {
    /// Begins. Only the first names what is odd about single files.
    pub fn start(scope: &Scope, is_first: bool) -> Result<Self> {
        let (out, found) = bounded(1);
        let scope = scope.clone();
        let thread = threads::spawn("scan", move || scan(&scope, is_first, &out))?;
        Ok(Self { found, thread })
    }

    /// Waits for its end, with what went wrong.
    pub fn finish(self) -> Result<()> {
        drop(self.found);
        threads::join(self.thread)
    }
}

fn scan(scope: &Scope, is_first: bool, out: &Sender<Found>) -> Result<()> {
    let Scope { host, data_dirs, connector, catalogue } = scope;
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
    let (files, bytes_behind) = connector.insist(&mut client, |client| live::behind(client, host))?;
    let level = if is_first || files > 0 { log::Level::Info } else { log::Level::Debug };
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
    let mut before = None;
    loop {
        let page =
            connector.insist(&mut client, |client| live::files_behind(client, host, before, FILES_PAGE))?;
        let Some(last) = page.last() else { return Ok(()) };
        before = Some(last.key);
        if out.send(Found::Files(page)).is_err() {
            return Ok(());
        }
    }
}

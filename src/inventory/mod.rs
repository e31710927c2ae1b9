//! The inventory: walkers hand files to writers, which keep `file_origins` in step with what is on disk.
//!
//! ```text
//! walkers ─[bounded]─▶ writers, a connection each: sort a run by digest, compare with the table, write what differs
//! ```
//!
//! Memory is bounded by the channel and by the runs that the writers hold; it does not grow with the number of files.

mod report;
mod run;
pub mod single;
mod writer;

pub use report::Summary;

use crate::db::Connector;
use crate::error::{Error, Result};
use crate::limits::{INVENTORY_BATCHES_AHEAD, INVENTORY_HELD_BYTES};
use crate::threads::{join_scoped, spawn_scoped};
use crate::{stop, walk};
use crossbeam_channel::bounded;
use postgres::Client;
use report::Report;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use writer::Writer;

/// What to take stock of.
#[derive(Clone, Debug)]
pub struct Task {
    /// `origin_host` of the files.
    pub host: String,
    /// The folders.
    pub data_dirs: Vec<PathBuf>,
    /// Walkers, and writers.
    pub jobs: usize,
    /// Memory of the files that all writers hold together, in bytes.
    pub held_bytes: usize,
    /// At what level problems are named: some are named already when stock is taken again and again.
    pub problems_level: log::Level,
}

impl Task {
    /// As the command does it: everything odd is named, and memory is there for speed.
    pub fn new(host: String, data_dirs: Vec<PathBuf>, jobs: usize) -> Self {
        Self { host, data_dirs, jobs, held_bytes: INVENTORY_HELD_BYTES, problems_level: log::Level::Warn }
    }
}

/// Takes stock. `client` is a connection that is there already; `progress` hears of files as they are done.
/// Single files that can't be had are in the summary and in the log.
pub fn run(
    task: &Task,
    connector: &Connector,
    client: Client,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Summary> {
    let jobs = task.jobs.max(1);
    let mut clients = vec![client];
    while clients.len() < jobs {
        clients.push(connector.connect()?);
    }
    let report = Report::new(progress, task.problems_level);
    let failing = AtomicBool::new(false);
    let (found_out, found) = bounded(INVENTORY_BATCHES_AHEAD);
    let (used_out, used) = bounded(INVENTORY_BATCHES_AHEAD);
    let counts = std::thread::scope(|scope| {
        let walking =
            spawn_scoped(scope, "walk", move || walk::walk(&task.data_dirs, jobs, &found_out, &used))?;
        let mut writing = Vec::new();
        for (number, client) in clients.into_iter().enumerate() {
            let mut writer = Writer::new(task, connector, client, &report, &failing);
            let (found, used) = (found.clone(), used_out.clone());
            writing.push(spawn_scoped(scope, format!("file-writer-{number}"), move || {
                writer.work(&found, &used)
            })?);
        }
        // Only the writers hold this now: their going ends the walk.
        drop(found);
        let written = writing.into_iter().map(join_scoped).collect::<Vec<Result<()>>>();
        let walked = join_scoped(walking);
        // Interruption is what an error elsewhere may look like, so it counts last.
        let mut interrupted = false;
        for result in written {
            match result {
                Err(Error::Interrupted) => interrupted = true,
                other => other?,
            }
        }
        if interrupted { Err(Error::Interrupted) } else { walked }
    })?;
    stop::check()?;
    Ok(report.summary(&task.host, counts))
}

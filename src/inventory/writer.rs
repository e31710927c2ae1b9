//! A writer: gathers files into runs and brings the table in step with each run, in one transaction.

use super::Task;
use super::report::{Report, Tally};
use super::run::Run;
use crate::db::failure::Outcome;
use crate::db::files::{self, Standing, Written};
use crate::db::{Connector, Failure};
use crate::error::{Error, Result};
use crate::limits::INVENTORY_SAMPLE_FILES;
use crate::stop;
use crate::walk::{Batch, Found, Kind, Problem};
use crossbeam_channel::{Receiver, Sender, select};
use postgres::Client;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// One of several writers.
pub(super) struct Writer<'a> {
    host: &'a str,
    /// How much of the memory of all writers is for this one, in bytes.
    held_bytes: usize,
    connector: &'a Connector,
    client: Client,
    report: &'a Report<'a>,
    /// Set when one of the writers has failed: the others need not go on.
    failing: &'a AtomicBool,
    run: Run,
}

/// What became of a run: counts, and the files (by index) whose digest belongs to another path.
pub(super) struct Loaded {
    pub written: Written,
    pub collisions: Vec<usize>,
}

impl<'a> Writer<'a> {
    pub fn new(
        task: &'a Task,
        connector: &'a Connector,
        client: Client,
        report: &'a Report<'a>,
        failing: &'a AtomicBool,
    ) -> Self {
        let held_bytes = task.held_bytes / task.jobs.max(1);
        let host = &task.host;
        Self { host, held_bytes, connector, client, report, failing, run: Run::default() }
    }

    /// Takes what the walkers find until they are done, and gives the batches back to them.
    pub fn work(&mut self, found: &Receiver<Found>, used: &Sender<Batch>) -> Result<()> {
        let done = self.take_all(found, used);
        if done.is_err() {
            self.failing.store(true, Ordering::Relaxed);
        }
        done
    }

    fn take_all(&mut self, found: &Receiver<Found>, used: &Sender<Batch>) -> Result<()> {
        let wake = stop::wake();
        loop {
            if self.failing.load(Ordering::Relaxed) {
                return Ok(());
            }
            let next = select! {
                recv(found) -> next => next,
                recv(wake) -> _ => return Err(Error::Interrupted),
            };
            match next {
                Ok(Found::Problem(problem)) => self.report.problem(&problem),
                Ok(Found::Files(batch)) => {
                    for (path, file) in batch.iter() {
                        if let Some(problem) = self.run.push(self.host, path, file) {
                            self.report.problem(&problem);
                        }
                    }
                    // If there are plenty it is dropped.
                    let _ = used.try_send(batch);
                    if self.run.is_full(self.held_bytes) {
                        self.write()?;
                    }
                }
                // The walkers are done.
                Err(_) => return self.write(),
            }
        }
    }

    fn write(&mut self) -> Result<()> {
        stop::check()?;
        if self.run.is_empty() {
            return Ok(());
        }
        for problem in self.run.sort() {
            self.report.problem(&problem);
        }
        let (host, run) = (self.host, &self.run);
        let mut all_new = None;
        let Loaded { written, collisions } = self.connector.insist(&mut self.client, |client| {
            match load(client, host, run, &mut all_new) {
                // Not all were new after all: look at each.
                Err(Failure::Duplicate) if all_new == Some(true) => {
                    all_new = Some(false);
                    load(client, host, run, &mut all_new)
                }
                other => other,
            }
        })?;
        for &index in &collisions {
            let path = Path::new(run.row(index).path);
            self.report.problem(&Problem::new(Kind::Collision, path, "it is not inventoried"));
        }
        let files = (run.len() - collisions.len()) as u64;
        let Written { new, changed } = written;
        let unchanged = files.saturating_sub(new + changed);
        self.report.add(&Tally { files, new, changed, unchanged, bytes: run.bytes() });
        self.run.clear();
        Ok(())
    }
}

/// One transaction. `all_new` tells whether no file of the run is in the table, as far as a sample shows.
pub(super) fn load(
    client: &mut Client,
    host: &str,
    run: &Run,
    all_new: &mut Option<bool>,
) -> Outcome<Loaded> {
    let mut transaction = client.transaction()?;
    files::prepare(&mut transaction)?;
    let all_new = match *all_new {
        Some(known) => known,
        None => *all_new.insert(!files::any_known(&mut transaction, &run.sample(INVENTORY_SAMPLE_FILES))?),
    };
    let mut collisions = Vec::new();
    let written = if all_new {
        Written { new: files::add(&mut transaction, host, run.rows())?, changed: 0 }
    } else {
        let mut differing = Vec::new();
        for (index, standing) in files::compare(&mut transaction, host, run.rows())? {
            match standing {
                Standing::New | Standing::Changed => differing.push(index),
                Standing::Collision => collisions.push(index),
            }
        }
        if differing.is_empty() {
            Written::default()
        } else {
            files::add_or_update(&mut transaction, host, differing.iter().map(|&index| run.row(index)))?
        }
    };
    transaction.commit()?;
    Ok(Loaded { written, collisions })
}

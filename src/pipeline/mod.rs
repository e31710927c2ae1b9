//! Files in, rows and a ledger out: threads, and the bounded channels between them.
//!
//! A lane works on one file at a time and consists of three threads, so that reading, decoding and waiting for the
//! server go on side by side: `reader` → `parser` → `writer`. Lanes take their work from one channel. A lane that
//! fails for good halts the others; dropped channel ends do the rest.

mod batch;
mod gzip;
mod input;
mod parser;
pub mod read;
mod reader;
pub mod recover;

pub mod tally;
pub mod work;
mod writer;

use crate::db::Connector;
use crate::decode::catalogue::Catalogue;
use crate::error::{Error, Result};
use crate::limits::{
    BATCH_BYTES, BATCHES_AHEAD, BLOCKS_AHEAD, FILES_AHEAD, LEAST_TRANSACTION_BYTES, TRANSACTIONS_BYTES,
};
use crate::report::progress::Progress;
use crate::{stop, threads};
use crossbeam_channel::{Sender, bounded};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use tally::Tally;
use work::Work;

/// What all threads of a run share.
pub(crate) struct Shared {
    pub connector: Connector,
    pub catalogue: Arc<Catalogue>,
    /// Counts finished files.
    pub progress: Progress,
    /// Claims of files that are done with, to be released by whoever holds them.
    pub finished_claims: Mutex<Vec<i64>>,
    /// Counts of the writers that have ended.
    pub tally: Mutex<Tally>,
    halted: AtomicBool,
}

impl Shared {
    /// Whether the threads are to stop: the user said so, or a lane failed.
    pub fn is_halted(&self) -> bool {
        self.halted.load(Ordering::Relaxed) || stop::requested()
    }

    /// This claim is needed no longer.
    pub fn finish_claim(&self, key: i64) {
        if let Ok(mut finished) = self.finished_claims.lock() {
            finished.push(key);
        }
    }
}

/// The running lanes.
pub struct Lanes {
    work: Sender<Work>,
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<Result<()>>>,
}

impl Lanes {
    /// Connects and starts `count` lanes.
    pub fn start(
        count: usize,
        connector: &Connector,
        catalogue: &Arc<Catalogue>,
        progress: &Progress,
    ) -> Result<Self> {
        let (work, waiting) = bounded::<Work>(FILES_AHEAD);
        let shared = Arc::new(Shared {
            connector: connector.clone(),
            catalogue: catalogue.clone(),
            progress: progress.clone(),
            finished_claims: Mutex::default(),
            tally: Mutex::default(),
            halted: AtomicBool::new(false),
        });
        let mut lanes = Self { work, shared: shared.clone(), threads: Vec::new() };
        let transaction_bytes = (TRANSACTIONS_BYTES / count.max(1)).max(LEAST_TRANSACTION_BYTES);
        for lane in 0..count {
            let (block_out, block_in) = bounded(BLOCKS_AHEAD);
            let (spare_block_out, spare_block_in) = bounded(BLOCKS_AHEAD + 2);
            let (batch_out, batch_in) = bounded(BATCHES_AHEAD);
            let (room_out, room_in) = bounded(BATCHES_AHEAD);
            let batch_out = parser::Outlet { messages: batch_out, room: room_out };
            let batch_in = writer::Inlet { messages: batch_in, room: room_in };
            let (spare_batch_out, spare_batch_in) =
                bounded(BATCHES_AHEAD + transaction_bytes / BATCH_BYTES + 1);
            let writer = writer::Writer::connect(&shared, transaction_bytes, spare_batch_out)?;
            let waiting = waiting.clone();
            lanes.threads.push(spawn(&shared, format!("reader-{lane}"), move |shared| {
                reader::run(shared, &waiting, &block_out, &spare_block_in)
            })?);
            lanes.threads.push(spawn(&shared, format!("parser-{lane}"), move |shared| {
                parser::run(shared, &block_in, &spare_block_out, &batch_out, &spare_batch_in)
            })?);
            lanes.threads.push(spawn(&shared, format!("writer-{lane}"), move |_| writer.run(&batch_in))?);
        }
        Ok(lanes)
    }

    /// Hands a file to the next free lane; waits for one. False if the lanes have stopped.
    pub fn send(&self, work: Work) -> bool {
        if self.shared.is_halted() {
            return false;
        }
        crossbeam_channel::select! {
            send(self.work, work) -> sent => sent.is_ok(),
            recv(stop::wake()) -> _ => false,
        }
    }

    /// This claim is needed no longer: no lane has to do with it.
    pub fn finish_claim(&self, key: i64) {
        self.shared.finish_claim(key);
    }

    /// Claims that can be released by now.
    pub fn finished_claims(&self) -> Vec<i64> {
        self.shared.finished_claims.lock().map(|mut keys| std::mem::take(&mut *keys)).unwrap_or_default()
    }

    /// Waits until everything handed over is done. The counts of what was committed come with the first error, if any.
    pub fn finish(self) -> (Tally, Result<()>) {
        drop(self.work);
        let mut outcome = Ok(());
        for thread in self.threads {
            if let Err(error) = threads::join(thread) {
                outcome = first_cause(outcome, error);
            }
        }
        let tally = self.shared.tally.lock().map(|tally| tally.clone()).unwrap_or_default();
        (tally, outcome)
    }
}

/// An interruption is the consequence of everything else, so it gives way.
fn first_cause(outcome: Result<()>, error: Error) -> Result<()> {
    match outcome {
        Err(first) if !matches!(first, Error::Interrupted) => Err(first),
        _ => Err(error),
    }
}

/// A named thread; whatever ends it but success halts the others.
fn spawn(
    shared: &Arc<Shared>,
    name: String,
    run: impl FnOnce(&Shared) -> Result<()> + Send + 'static,
) -> Result<JoinHandle<Result<()>>> {
    struct HaltOnDrop<'a>(&'a Shared, bool);
    impl Drop for HaltOnDrop<'_> {
        fn drop(&mut self) {
            if self.1 {
                self.0.halted.store(true, Ordering::Relaxed);
            }
        }
    }
    let shared = shared.clone();
    threads::spawn(name, move || {
        let mut guard = HaltOnDrop(&shared, true);
        let outcome = run(&shared);
        guard.1 = outcome.is_err();
        outcome
    })
}

//! Files in, rows and a ledger out: threads, and the bounded channels between them.
//!
//! A lane works on one file at a time and consists of three threads, so that reading, decoding and waiting for the
//! server go on side by side: `reader` → `parser` → `writer`. Lanes take their work from one channel. A lane that
//! fails for good halts the others; dropped channel ends do the rest.

mod batch;
mod fate;
mod gzip;
mod input;
mod long;
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
    BATCH_BYTES, BATCHES_AHEAD, BLOCKS_AHEAD, BULK_COMMIT_EVERY, FILES_AHEAD, LEAST_TRANSACTION_BYTES,
    TRANSACTIONS_BYTES,
};
use crate::report::progress::Progress;
use crate::{stop, threads};
use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;
use tally::Tally;
use work::{Finished, Work};

/// What all threads of a run share.
pub(crate) struct Shared {
    pub connector: Connector,
    pub catalogue: Arc<Catalogue>,
    /// Counts finished files, for whoever waits for the end of a run.
    pub progress: Option<Progress>,
    /// Files that are done with. As many as were handed over and not taken back: whoever feeds the lanes bounds them.
    pub finished: Sender<Finished>,
    /// Counts of what was committed.
    pub tally: Mutex<Tally>,
    pub pace: Pace,
    halted: AtomicBool,
    /// Dropped when a lane has failed: nobody waits for the database then, in another lane or beside them.
    halter: Mutex<Option<Sender<()>>>,
    /// Who may hold long records.
    long: long::Office,
}

impl Shared {
    /// Whether the threads are to stop: the user said so, or a lane failed.
    pub fn is_halted(&self) -> bool {
        self.halted.load(Ordering::Relaxed) || stop::requested()
    }
}

/// How rows are gathered into transactions, and what happens when that fails.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// From so many bytes of rows on a transaction is full and is committed at once.
    pub transaction_bytes: usize,
    /// Else it is committed this time after the one before was begun. So rows that come alone wait for nothing, and
    /// rows that come all the time do not make a transaction each.
    pub commit_every: Duration,
    /// Whether somebody takes up a file again whose ledger changed while it was loaded: then that is no defect.
    pub takes_up_again: bool,
}

impl Pace {
    /// For loading as much as possible with so many lanes.
    pub fn bulk(lanes: usize) -> Self {
        Self {
            transaction_bytes: (TRANSACTIONS_BYTES / lanes.max(1)).max(LEAST_TRANSACTION_BYTES),
            commit_every: BULK_COMMIT_EVERY,
            takes_up_again: false,
        }
    }
}

/// The running lanes.
pub struct Lanes {
    work: Sender<Work>,
    finished: Receiver<Finished>,
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<Result<()>>>,
}

impl Lanes {
    /// Connects and starts `count` lanes.
    pub fn start(
        count: usize,
        pace: Pace,
        connector: &Connector,
        catalogue: &Arc<Catalogue>,
        progress: Option<&Progress>,
    ) -> Result<Self> {
        let (work, waiting) = bounded::<Work>(FILES_AHEAD);
        let (finished_out, finished) = unbounded();
        let (halter, halt) = bounded(0);
        let shared = Arc::new(Shared {
            connector: connector.until_halt(halt),
            catalogue: catalogue.clone(),
            progress: progress.cloned(),
            finished: finished_out,
            tally: Mutex::default(),
            pace,
            halted: AtomicBool::new(false),
            halter: Mutex::new(Some(halter)),
            long: long::Office::new(),
        });
        let mut lanes = Self { work, finished, shared: shared.clone(), threads: Vec::new() };
        for lane in 0..count {
            let (block_out, block_in) = bounded(BLOCKS_AHEAD);
            let (spare_block_out, spare_block_in) = bounded(BLOCKS_AHEAD + 2);
            let (batch_out, batch_in) = bounded(BATCHES_AHEAD);
            let (room_out, room_in) = bounded(BATCHES_AHEAD);
            let batch_out = parser::Outlet { messages: batch_out, room: room_out };
            let batch_in = writer::Inlet { messages: batch_in, room: room_in };
            let (spare_batch_out, spare_batch_in) =
                bounded(BATCHES_AHEAD + pace.transaction_bytes / BATCH_BYTES + 1);
            let writer = writer::Writer::connect(&shared, spare_batch_out)?;
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

    /// For work beside the lanes: it gives up when one of them has failed.
    pub fn connector(&self) -> Connector {
        self.shared.connector.clone()
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

    /// Hands a file over. False if there is no room, or the lanes have stopped.
    pub fn try_send(&self, work: Work) -> bool {
        self.work.try_send(work).is_ok()
    }

    /// Where files can be handed over, to wait for room.
    pub fn inlet(&self) -> &Sender<Work> {
        &self.work
    }

    /// Files that are done with. It disconnects when the lanes have ended.
    pub fn finished(&self) -> &Receiver<Finished> {
        &self.finished
    }

    /// Has them stop after the transactions that they are in. What they have not committed is left to others.
    pub fn halt(&self) {
        self.shared.halted.store(true, Ordering::Relaxed);
    }

    /// Whether they do nothing any more: one has failed, or the run is to stop.
    pub fn have_stopped(&self) -> bool {
        self.shared.is_halted()
    }

    /// Counts of what was committed since they were asked for last.
    pub fn take_tally(&self) -> Tally {
        self.shared.tally.lock().map(|mut tally| std::mem::take(&mut *tally)).unwrap_or_default()
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
        let tally = self.shared.tally.lock().map(|mut tally| std::mem::take(&mut *tally)).unwrap_or_default();
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
                if let Ok(mut halter) = self.0.halter.lock() {
                    *halter = None;
                }
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

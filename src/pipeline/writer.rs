//! The writer's thread: gathers batches into transactions. Rows, rejects and ledger are committed together, so a file's
//! bytes are loaded exactly once whatever dies when.

use super::Shared;
use super::batch::{Batch, Contents};
use super::fate;
use super::tally::{Namer, Tally};
use super::work::{Finished, Trouble, Unopened, Work};
use crate::db::failure::Outcome;
use crate::db::ledger::{self, Advance, Entry};
use crate::db::predecessor::Spans;
use crate::db::rejects::Found;
use crate::db::telem::Around;
use crate::db::types::OriginDigest;
use crate::db::{Connector, Failure, Patience, rejects, telem};
use crate::error::Result;
use crate::limits::TRANSACTION_FILES;
use crate::record::Reject;
use crate::stop;
use crossbeam_channel::{Receiver, Sender};
use postgres::{Client, Transaction};
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::sync::Arc;
use std::time::Instant;

/// What a parser hands to its writer.
pub(super) enum Message {
    Batch(Batch),
    /// A file that could not be opened.
    Failed(Unopened),
}

/// Where batches come from; see [`super::parser::Outlet`].
pub(super) struct Inlet {
    pub messages: Receiver<Message>,
    pub room: Receiver<()>,
}

/// How a transaction loads its rows; each way copes with more than the one before, and is slower.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Straight into the table: all rows are new.
    Straight,
    /// Through a temporary table: some rows may be there.
    Around,
    /// In ever smaller parts: the server refuses some row's value.
    Halving,
}

/// How a group is to be loaded.
#[derive(Clone, Copy)]
struct Manner {
    way: Way,
    /// Rows of the Python program may stand where these belong.
    replace: bool,
}

/// A lane's writer, with a connection of its own.
pub(super) struct Writer {
    shared: Arc<Shared>,
    connector: Connector,
    client: Client,
    spare: Sender<Contents>,
    /// What was committed and is not yet in the counts of all lanes.
    tally: Tally,
    namer: Namer,
    /// When the last transaction was begun.
    last_begun: Instant,
    /// Where rows of the Python program stand, which exact ones replace.
    predecessor: Spans,
    /// Rows were there already in the last transaction, so probably in the next one too.
    expects_rows_there: bool,
    /// Files whose ledger moved under us: what is still to come of them is dropped. By key.
    overtaken: HashSet<OriginDigest>,
}

/// What a transaction did, known for sure once it is committed.
#[derive(Default)]
struct Done {
    new: u64,
    already_there: u64,
    /// Rows of the Python program in whose place these stand.
    replaced: u64,
    /// Rows that the server refused: index of the batch, and the row as a reject.
    refused: Vec<(usize, Reject)>,
    /// Of every reject, in the order of [`rejects_of`], whether it was not set aside before.
    new_rejects: Vec<bool>,
}

/// How a transaction ended.
enum Attempt {
    Committed(Done),
    /// The ledger stands elsewhere than the batches think; nothing was committed.
    Overtaken,
    /// It failed before COMMIT was sent; nothing was committed.
    Failed(Failure),
    /// COMMIT was sent and not answered.
    Unsure(Failure, String, Done),
}

impl Writer {
    pub fn connect(shared: &Arc<Shared>, spare: Sender<Contents>) -> Result<Self> {
        let mut client = shared.connector.connect()?;
        let predecessor = shared.connector.insist(&mut client, Spans::load)?;
        Ok(Self {
            shared: shared.clone(),
            connector: shared.connector.clone(),
            client,
            predecessor,
            spare,
            tally: Tally::default(),
            namer: Namer::default(),
            last_begun: Instant::now(),
            expects_rows_there: false,
            overtaken: HashSet::new(),
        })
    }

    /// Runs until there are no more batches. What is counted is what was committed, also when it ends with an error.
    pub fn run(mut self, inlet: &Inlet) -> Result<()> {
        let outcome = self.write_all(inlet);
        self.publish();
        outcome
    }

    fn write_all(&mut self, inlet: &Inlet) -> Result<()> {
        loop {
            let group = self.gather(inlet);
            if group.is_empty() {
                return Ok(());
            }
            stop::check()?;
            if self.shared.is_halted() {
                return Ok(());
            }
            self.last_begun = Instant::now();
            self.write(group)?;
            self.publish();
        }
    }

    /// Adds to the counts of all lanes.
    fn publish(&mut self) {
        if let Ok(mut tally) = self.shared.tally.lock() {
            tally.add(std::mem::take(&mut self.tally));
        }
    }

    /// Waits for a batch, then takes what comes until a transaction is full, it is time for one, or there is no more.
    fn gather(&mut self, inlet: &Inlet) -> Vec<Batch> {
        let mut group: Vec<Batch> = Vec::new();
        let (mut size_bytes, mut files) = (0, 0);
        let pace = self.shared.pace;
        // Other lanes may wait for the leave that a batch of long records holds.
        let mut is_awaited = false;
        while size_bytes < pace.transaction_bytes && files < TRANSACTION_FILES {
            let message = match group.as_slice() {
                [] => inlet.messages.recv().ok(),
                _ if is_awaited => inlet.messages.try_recv().ok(),
                // What is there already is taken in any case.
                _ => inlet.messages.recv_deadline(self.last_begun + pace.commit_every).ok(),
            };
            let Some(message) = message else { break };
            match message {
                Message::Failed(Unopened { work, defect }) => {
                    if let Some((trouble, text)) = &defect {
                        self.tally.count_trouble(&mut self.namer, &work.name, *trouble, text);
                    }
                    self.finish_file(&work, None, defect.map(|(trouble, _)| trouble));
                    self.publish();
                }
                Message::Batch(batch) => {
                    // The parser has put in as many before.
                    inlet.room.try_iter().take(batch.room()).for_each(drop);
                    size_bytes += batch.contents.size_bytes();
                    files += usize::from(batch.end.is_some());
                    is_awaited |= batch.leave.is_some();
                    group.push(batch);
                }
            }
        }
        group
    }

    /// Brings batches into the database, whatever it takes.
    fn write(&mut self, mut group: Vec<Batch>) -> Result<()> {
        let touches =
            |batch: &Batch| self.predecessor.touch(&batch.file.work.device, batch.contents.rows.between_us());
        let replace = group.iter().any(touches);
        let mut way = if replace || self.expects_rows_there { Way::Around } else { Way::Straight };
        let mut patience = Patience::default();
        loop {
            self.drop_overtaken(&mut group);
            if group.is_empty() {
                return Ok(());
            }
            let done = match attempt(&mut self.client, &group, Manner { way, replace }) {
                Attempt::Committed(done) => done,
                Attempt::Overtaken => {
                    self.find_overtaken(&group)?;
                    continue;
                }
                Attempt::Unsure(failure, transaction_id, done) => {
                    match self.stands(failure, &transaction_id, &group, &done, &mut patience) {
                        Ok(true) => done,
                        Ok(false) => continue,
                        Err(error) => {
                            self.tally.records_unsure += records(&group);
                            return Err(error);
                        }
                    }
                }
                Attempt::Failed(Failure::Duplicate) if way == Way::Straight => {
                    way = Way::Around;
                    continue;
                }
                Attempt::Failed(Failure::Refused(text)) if way != Way::Halving => {
                    log::debug!("the server refuses a value, looking for the record: {text}");
                    way = Way::Halving;
                    continue;
                }
                Attempt::Failed(failure) => {
                    self.connector.recover(&mut self.client, failure, &mut patience)?;
                    continue;
                }
            };
            self.expects_rows_there = done.already_there > 0;
            self.count(group, &done);
            return Ok(());
        }
    }

    /// Whether a transaction whose COMMIT was not answered stands; an error if that can't be found out.
    fn stands(
        &mut self,
        failure: Failure,
        transaction_id: &str,
        group: &[Batch],
        done: &Done,
        patience: &mut Patience,
    ) -> Result<bool> {
        self.connector.recover(&mut self.client, failure, patience)?;
        let is_committed = fate::is_committed(&self.connector, &mut self.client, transaction_id, patience)?;
        Ok(is_committed && self.is_in_ledger(group, done)?)
    }

    /// Whether the ledger says what a transaction with this group made it say, or has moved on from there.
    fn is_in_ledger(&mut self, group: &[Batch], done: &Done) -> Result<bool> {
        let advances = advances(group, done);
        let digests: Vec<OriginDigest> = advances.iter().map(|advance| advance.digest).collect();
        let found: BTreeMap<OriginDigest, Entry> = self
            .connector
            .insist(&mut self.client, |client| ledger::entries(client, &digests))?
            .into_iter()
            .collect();
        Ok(advances.iter().all(|advance| {
            found.get(&advance.digest).is_some_and(|entry| {
                (entry.generation, entry.resume_bytes) >= (advance.to.generation, advance.to.resume_bytes)
            })
        }))
    }

    /// Finds out for which files the ledger stands elsewhere than their batches think.
    fn find_overtaken(&mut self, group: &[Batch]) -> Result<()> {
        let expected = ledger_stands(group);
        let digests: Vec<OriginDigest> = expected.keys().copied().collect();
        let found: BTreeMap<OriginDigest, (i32, i64)> = self
            .connector
            .insist(&mut self.client, |client| ledger::entries(client, &digests))?
            .into_iter()
            .map(|(digest, entry)| (digest, (entry.generation, entry.resume_bytes)))
            .collect();
        let before = self.overtaken.len();
        for (digest, stand) in expected {
            if found.get(&digest).copied() != stand {
                self.overtaken.insert(digest);
            }
        }
        if self.overtaken.len() == before {
            // Not in the ledger and not entered either: the inventory does not know some of these files any more.
            let stands = ledger_stands(group).into_iter();
            let unknown: Vec<OriginDigest> =
                stands.filter(|(_, stand)| stand.is_none()).map(|(digest, _)| digest).collect();
            let known =
                self.connector.insist(&mut self.client, |client| ledger::inventoried(client, &unknown))?;
            let is_gone = |digest: &OriginDigest| !known.contains(digest);
            if unknown.iter().any(is_gone) {
                self.overtaken.extend(unknown.into_iter().filter(is_gone));
            } else {
                // Whatever stood in the way is gone again; none of them is tried for ever.
                self.overtaken.extend(unknown);
            }
        }
        Ok(())
    }

    fn drop_overtaken(&mut self, group: &mut Vec<Batch>) {
        if self.overtaken.is_empty() {
            return;
        }
        for batch in std::mem::take(group) {
            let work = &batch.file.work;
            if !self.overtaken.contains(&work.digest) {
                group.push(batch);
            } else if batch.end.is_some() {
                if self.shared.pace.takes_up_again {
                    log::info!("{}: the ledger changed while it was loaded; taking it up again", work.name);
                } else {
                    let text =
                        "the ledger changed while it was loaded; what was committed stands, run ingest again";
                    self.tally.count_trouble(&mut self.namer, &work.name, Trouble::Overtaken, text);
                }
                self.overtaken.remove(&work.digest);
                self.finish_file(work, None, Some(Trouble::Overtaken));
            }
        }
    }

    /// Counts what was committed, and gives back what is needed no more.
    fn count(&mut self, group: Vec<Batch>, done: &Done) {
        self.tally.count_rows(done.new, done.already_there);
        self.tally.rows_replaced += done.replaced;
        for ((batch, reject), &is_new) in rejects_of(&group, done).zip(&done.new_rejects) {
            self.tally.count_reject(&mut self.namer, &batch.file.work.name, reject, is_new);
        }
        for batch in group {
            let work = &batch.file.work;
            self.tally.bytes_read += batch.to_bytes - batch.from_bytes;
            self.tally.newest = self.tally.newest.max(batch.contents.newest);
            self.tally.files_replaced += u64::from(batch.is_first && batch.file.is_replaced);
            if let Some(end) = &batch.end {
                self.tally.files_read += 1;
                self.tally.files_with_tail += u64::from(end.tail_bytes > 0 || end.is_cut_off);
                self.tally.tail_bytes += end.tail_bytes;
                if let Some((trouble, text)) = &end.trouble {
                    self.tally.count_trouble(&mut self.namer, &work.name, *trouble, text);
                }
                let trouble = end.trouble.as_ref().map(|(trouble, _)| *trouble);
                self.finish_file(work, Some(batch.entry()), trouble);
            }
            if !batch.contents.has_outgrown() {
                // Nobody misses it if the parser has spare ones enough.
                let _ = self.spare.try_send(batch.contents);
            }
            // From here on another lane may have long records.
            drop(batch.leave);
        }
    }

    fn finish_file(&self, work: &Work, entry: Option<Entry>, trouble: Option<Trouble>) {
        let finished = Finished { digest: work.digest, claim_key: work.claim_key, entry, trouble };
        // Nobody wants to know when all is over.
        let _ = self.shared.finished.send(finished);
        if let Some(progress) = &self.shared.progress {
            progress.add(1);
        }
    }
}

/// How many records a group holds, good and bad.
fn records(group: &[Batch]) -> u64 {
    group.iter().map(|batch| (batch.contents.rows.count() + batch.contents.rejects.len()) as u64).sum()
}

/// Where the ledger must stand for each file's first batch of a group.
fn ledger_stands(group: &[Batch]) -> BTreeMap<OriginDigest, Option<(i32, i64)>> {
    let mut stands = BTreeMap::new();
    for batch in group {
        stands.entry(batch.file.work.digest).or_insert_with(|| batch.ledger_stand());
    }
    stands
}

/// One transaction with all of a group in it.
fn attempt(client: &mut Client, group: &[Batch], manner: Manner) -> Attempt {
    match prepare(client, group, manner) {
        Ok(Some((transaction, done, transaction_id))) => match transaction.commit().map_err(Failure::from) {
            Ok(()) => Attempt::Committed(done),
            Err(lost @ Failure::Lost(_)) => Attempt::Unsure(lost, transaction_id, done),
            Err(failure) => Attempt::Failed(failure),
        },
        Ok(None) => Attempt::Overtaken,
        Err(failure) => Attempt::Failed(failure),
    }
}

/// Everything before COMMIT: rows, ledger, rejects. None if the ledger stands elsewhere than the group thinks.
fn prepare<'a>(
    client: &'a mut Client,
    group: &[Batch],
    manner: Manner,
) -> Outcome<Option<(Transaction<'a>, Done, String)>> {
    let mut transaction = client.transaction()?;
    let mut done = load(&mut transaction, group, manner)?;
    if !ledger::advance(&mut transaction, &advances(group, &done))? {
        return Ok(None);
    }
    let found: Vec<Found<'_>> = rejects_of(group, &done)
        .map(|(batch, reject)| {
            let work = &batch.file.work;
            Found { origin: work.digest, twin: work.twin, device: &work.device, reject }
        })
        .collect();
    done.new_rejects = rejects::add(&mut transaction, &found)?;
    let transaction_id = ledger::transaction_id(&mut transaction)?;
    Ok(Some((transaction, done, transaction_id)))
}

/// Loads the rows of a group.
fn load(transaction: &mut Transaction<'_>, group: &[Batch], manner: Manner) -> Outcome<Done> {
    let mut done = Done::default();
    let all: Vec<&[u8]> = group
        .iter()
        .filter(|batch| batch.contents.rows.count() > 0)
        .map(|batch| batch.contents.rows.bytes(0..batch.contents.rows.count()))
        .collect();
    let count: u64 = group.iter().map(|batch| batch.contents.rows.count() as u64).sum();
    if count == 0 {
        return Ok(done);
    }
    match manner.way {
        Way::Straight => done.new = telem::copy_straight(transaction, &all)?,
        Way::Around => {
            let around = telem::copy_around(transaction, &all, manner.replace)?;
            (done.new, done.replaced) = (around.new, around.replaced);
            done.already_there = count - done.new;
        }
        Way::Halving => {
            for (index, batch) in group.iter().enumerate() {
                let all = 0..batch.contents.rows.count();
                halve(transaction, (index, &batch.contents), all, manner.replace, &mut done)?;
            }
        }
    }
    Ok(done)
}

/// Loads a range of rows; if the server refuses it, its halves, down to the row that is to blame.
fn halve(
    transaction: &mut Transaction<'_>,
    (index, contents): (usize, &Contents),
    range: Range<usize>,
    replace: bool,
    done: &mut Done,
) -> Outcome<()> {
    if range.is_empty() {
        return Ok(());
    }
    let mut part = transaction.transaction()?;
    match telem::copy_around(&mut part, &[contents.rows.bytes(range.clone())], replace) {
        Ok(Around { new, replaced }) => {
            part.commit()?;
            done.new += new;
            done.replaced += replaced;
            done.already_there += range.len() as u64 - new;
            Ok(())
        }
        Err(Failure::Refused(text)) => {
            part.rollback()?;
            if range.len() == 1 {
                done.refused.push((index, contents.refused(range.start, text)));
                return Ok(());
            }
            let middle = range.start + range.len() / 2;
            halve(transaction, (index, contents), range.start..middle, replace, done)?;
            halve(transaction, (index, contents), middle..range.end, replace, done)
        }
        Err(failure) => Err(failure),
    }
}

/// Every reject of a transaction: those of the decoder and those of the server.
fn rejects_of<'a>(group: &'a [Batch], done: &'a Done) -> impl Iterator<Item = (&'a Batch, &'a Reject)> {
    let decoded =
        group.iter().flat_map(|batch| batch.contents.rejects.iter().map(move |reject| (batch, reject)));
    decoded.chain(done.refused.iter().map(|(index, reject)| (&group[*index], reject)))
}

/// What the ledger is to say of each file of a group: one line a file, from its first batch to its last.
fn advances(group: &[Batch], done: &Done) -> Vec<Advance> {
    let mut advances: BTreeMap<OriginDigest, Advance> = BTreeMap::new();
    for batch in group {
        let advance = advances.entry(batch.file.work.digest).or_insert_with(|| Advance {
            digest: batch.file.work.digest,
            device: batch.file.work.device.clone(),
            from: batch.ledger_stand(),
            to: batch.entry(),
            records_loaded: 0,
        });
        advance.to = batch.entry();
        advance.records_loaded += batch.contents.rows.count() as i64;
    }
    for (index, _) in &done.refused {
        if let Some(advance) = advances.get_mut(&group[*index].file.work.digest) {
            advance.records_loaded -= 1;
        }
    }
    advances.into_values().collect()
}

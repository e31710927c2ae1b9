//! Records that were set aside for a code that the catalogue did not know: loaded from their kept bytes, once, when it
//! has learned the code.

use super::batch::Contents;
use super::fate;
use crate::db::failure::Outcome;
use crate::db::ledger;
use crate::db::predecessor::Spans;
use crate::db::rejects::{self, Key};
use crate::db::telem::Around;
use crate::db::{Connector, Failure, Patience, telem};
use crate::decode::bintel::decode_one;
use crate::decode::catalogue::Catalogue;
use crate::error::Result;
use crate::limits::RECOVER_PAGE;
use crate::stop;
use postgres::{Client, Transaction};
use serde::Serialize;

/// What came of it.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Recovered {
    /// Records that are rejects no longer.
    pub records: u64,
    /// How many of them are new rows.
    pub rows_new: u64,
}

/// A page of kept records.
struct Page {
    recovered: Recovered,
    loaded: Vec<Key>,
    /// The last of them, if there may be more.
    last: Option<Key>,
}

/// How a page's transaction ended.
enum Attempt {
    Committed(Page),
    /// It failed before COMMIT was sent; nothing was committed.
    Failed(Failure),
    /// COMMIT was sent and not answered.
    Unsure(Failure, String, Page),
}

/// Takes up every kept record whose code is known by now and whose message verifies.
pub fn run(connector: &Connector, client: &mut Client, catalogue: &Catalogue) -> Result<Recovered> {
    let spans = connector.insist(client, Spans::load)?;
    let codes: Vec<i32> = catalogue.known_codes().map(i32::from).collect();
    let mut recovered = Recovered::default();
    let mut after = Some(Key::FIRST);
    let mut patience = Patience::default();
    while let Some(key) = after {
        stop::check()?;
        let page = match attempt(client, catalogue, &spans, &codes, key) {
            Attempt::Committed(page) => page,
            Attempt::Failed(failure) => {
                connector.recover(client, failure, &mut patience)?;
                continue;
            }
            Attempt::Unsure(failure, transaction_id, page) => {
                connector.recover(client, failure, &mut patience)?;
                let is_committed = fate::is_committed(connector, client, &transaction_id, &mut patience)?;
                // After a crash the number may be another transaction's.
                if !is_committed
                    || connector.insist(client, |client| rejects::any_kept(client, &page.loaded))?
                {
                    continue;
                }
                page
            }
        };
        patience = Patience::default();
        recovered.records += page.recovered.records;
        recovered.rows_new += page.recovered.rows_new;
        after = page.last;
    }
    Ok(recovered)
}

/// One transaction: a page of kept records behind `after`.
fn attempt(client: &mut Client, catalogue: &Catalogue, spans: &Spans, codes: &[i32], after: Key) -> Attempt {
    match prepare(client, catalogue, spans, codes, after) {
        Ok((transaction, page, transaction_id)) => match transaction.commit().map_err(Failure::from) {
            Ok(()) => Attempt::Committed(page),
            Err(lost @ Failure::Lost(_)) => match transaction_id {
                Some(transaction_id) => Attempt::Unsure(lost, transaction_id, page),
                None => Attempt::Failed(lost),
            },
            Err(failure) => Attempt::Failed(failure),
        },
        Err(failure) => Attempt::Failed(failure),
    }
}

/// Everything before COMMIT, and the transaction's number if it changes anything.
fn prepare<'a>(
    client: &'a mut Client,
    catalogue: &Catalogue,
    spans: &Spans,
    codes: &[i32],
    after: Key,
) -> Outcome<(Transaction<'a>, Page, Option<String>)> {
    let mut transaction = client.transaction()?;
    let keys = rejects::now_known(&mut transaction, codes, after, RECOVER_PAGE)?;
    let mut contents = Contents::default();
    let mut recovered = Recovered::default();
    let mut loaded = Vec::new();
    for &key in &keys {
        let record = rejects::kept(&mut transaction, key)?;
        contents.clear(&record.device);
        if !decode_one(catalogue, &record.raw, &mut contents) {
            continue;
        }
        let mut part = transaction.transaction()?;
        let replace = spans.touch(&record.device, contents.rows.between_us());
        match telem::copy_around(&mut part, &[contents.rows.bytes(0..1)], replace) {
            Ok(Around { new, .. }) => {
                part.commit()?;
                recovered.rows_new += new;
                loaded.push(key);
            }
            // It stays what it was: set aside.
            Err(Failure::Refused(text)) => log::warn!("a kept record is refused by the server: {text}"),
            Err(failure) => return Err(failure),
        }
    }
    let mut transaction_id = None;
    if !loaded.is_empty() {
        rejects::delete(&mut transaction, &loaded)?;
        transaction_id = Some(ledger::transaction_id(&mut transaction)?);
    }
    recovered.records = loaded.len() as u64;
    let last = keys.last().copied().filter(|_| keys.len() as i64 == RECOVER_PAGE);
    Ok((transaction, Page { recovered, loaded, last }, transaction_id))
}

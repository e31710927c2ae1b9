//! Records that were set aside for a code that the catalogue did not know: loaded from their kept bytes, once, when it
//! has learned the code.

use super::batch::Contents;
use crate::db::predecessor::Spans;
use crate::db::rejects::{self, Key};
use crate::db::telem::Around;
use crate::db::{Connector, Failure, telem};
use crate::decode::bintel::decode_one;
use crate::decode::catalogue::Catalogue;
use crate::error::Result;
use crate::limits::RECOVER_PAGE;
use postgres::Client;
use serde::Serialize;

/// What came of it.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Recovered {
    /// Records that are rejects no longer.
    pub records: u64,
    /// How many of them are new rows.
    pub rows_new: u64,
}

/// Takes up every kept record whose code is known by now and whose message verifies.
pub fn run(connector: &Connector, client: &mut Client, catalogue: &Catalogue) -> Result<Recovered> {
    let spans = connector.insist(client, Spans::load)?;
    let codes: Vec<i32> = catalogue.known_codes().map(i32::from).collect();
    let mut recovered = Recovered::default();
    let mut after = Some(Key::FIRST);
    while let Some(key) = after {
        let (page, last) =
            connector.insist(client, |client| take_up(client, catalogue, &spans, &codes, key))?;
        recovered.records += page.records;
        recovered.rows_new += page.rows_new;
        after = last;
    }
    Ok(recovered)
}

/// One transaction: a page of kept records behind `after`, and the last of them if there may be more.
fn take_up(
    client: &mut Client,
    catalogue: &Catalogue,
    spans: &Spans,
    codes: &[i32],
    after: Key,
) -> std::result::Result<(Recovered, Option<Key>), Failure> {
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
    if !loaded.is_empty() {
        rejects::delete(&mut transaction, &loaded)?;
    }
    transaction.commit()?;
    recovered.records = loaded.len() as u64;
    let last = keys.last().copied().filter(|_| keys.len() as i64 == RECOVER_PAGE);
    Ok((recovered, last))
}

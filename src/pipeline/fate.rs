//! What became of a transaction whose COMMIT was not answered.

use crate::db::ledger::{self, Fate};
use crate::db::{Connector, Patience};
use crate::error::Result;
use crate::stop;
use postgres::Client;
use std::time::Duration;

/// Between two questions.
const AGAIN_AFTER: Duration = Duration::from_millis(50);

/// Whether it stands. Waits until the server knows, for as long as the work may fail that `patience` is for: the server
/// still works for the connection that broke, and will notice soon.
pub(super) fn is_committed(
    connector: &Connector,
    client: &mut Client,
    transaction_id: &str,
    patience: &mut Patience,
) -> Result<bool> {
    loop {
        match connector.insist(client, |client| ledger::fate(client, transaction_id))? {
            Fate::Committed => return Ok(true),
            Fate::Aborted => return Ok(false),
            Fate::Running => {}
        }
        connector.check_patience(patience, "the server has not ended what a broken connection began")?;
        stop::pause(AGAIN_AFTER)?;
    }
}

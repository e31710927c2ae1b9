//! Upgrading in place what the Python program made: step by step, each of which can be cut at any instant and is done, or
//! not yet, when the next run looks. Readers are kept out only while the catalogue changes, for milliseconds.
//!
//! `telem` keeps its rows where they are: it gets two columns and, built beside the readers, today's indexes. The tables of
//! files, which are smaller, are copied into new ones. One transaction then changes types, puts the new tables in place
//! and applies `schema.sql`.

use super::Connector;
use super::failure::{Failure, Outcome, describe};
use super::schema::{self, SCHEMA, refused};
use super::sql::{ANALYZE, TABLES_NOT_OURS, quote, upgrade as sql};
use crate::error::{Error, Result};
use crate::limits::{UPGRADE_LOCK_PAUSE, UPGRADE_LOCK_WAIT, UPGRADE_POLL};
use crate::report::progress::Progress;
use crate::{stop, threads};
use crossbeam_channel::{RecvTimeoutError, bounded};
use postgres::error::SqlState;
use postgres::{Client, GenericClient, Transaction};
use std::time::{Duration, Instant};
use xxhash_rust::xxh3::xxh3_64;

/// One step: what it does in words, and in SQL.
pub struct Step {
    /// For people.
    pub what: &'static str,
    /// Every statement of it.
    pub sql: String,
    kind: Kind,
}

/// How a step is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Changes the catalogue in a moment, for which it needs the table for itself. The query says whether it is done.
    Short(Option<&'static str>),
    /// Takes its time beside readers and writers. The query says whether it is done.
    Beside(&'static str),
    /// Builds an index of this name beside readers and writers.
    Index(&'static str),
    /// The transaction that ends it.
    Swap,
}

/// What there is to upgrade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing: no tables, or today's.
    Nothing,
    /// The tables of the Python program.
    Predecessor,
    /// An upgrade that was cut.
    Begun,
}

/// What an upgrade came to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Upgraded {
    /// Rows of `telem`, as the planner estimates them.
    pub rows_estimated: i64,
    /// Rows of other tables that have no place in today's, kept in `xtelemdb.predecessor_rows`.
    pub rows_aside: i64,
}

/// Looks what there is to upgrade, and says why not if that is not possible.
pub fn look(client: &mut Client) -> Result<State> {
    schema::check_server(client)?;
    schema::check_version(client)?;
    if client.query_one(sql::IS_BEGUN, &[]).map_err(refused)?.get(0) {
        return Ok(State::Begun);
    }
    let old = texts(client, TABLES_NOT_OURS)?;
    if old.is_empty() {
        return Ok(State::Nothing);
    }
    if client.query_one(sql::HAS_COLUMNS, &[]).map(|row| row.get(0)).unwrap_or(false) {
        return Err(Error::Database(format!(
            "public.telem is this program's, but {} is not: this is no database of the Python program. Nothing was changed. \
             Drop or rename what is not wanted",
            old.join(", ")
        )));
    }
    Ok(State::Predecessor)
}

/// Every step that is not done yet, in order.
pub fn steps_left(client: &mut Client) -> Result<Vec<Step>> {
    let mut left = Vec::new();
    for step in steps() {
        let is_done = match step.kind {
            Kind::Short(None) | Kind::Swap => false,
            // Before the first step there may not even be a table to ask about.
            Kind::Short(Some(query)) | Kind::Beside(query) => {
                client.query_one(query, &[]).is_ok_and(|row| row.get(0))
            }
            Kind::Index(name) => index_state(client, name)? == Some(true),
        };
        if !is_done {
            left.push(step);
        }
    }
    Ok(left)
}

fn steps() -> Vec<Step> {
    let step = |what, sql: &str, kind| Step { what, sql: sql.to_owned(), kind };
    vec![
        step("marking the database as being upgraded", sql::BEGIN, Kind::Short(None)),
        step("adding today's columns to telem", sql::ADD_COLUMNS, Kind::Short(Some(sql::HAS_COLUMNS))),
        step("keeping nulls out of telem", sql::ADD_CHECK, Kind::Short(Some(sql::HAS_CHECK))),
        step("filling in nulls of telem", sql::FILL_NULLS, Kind::Beside(sql::IS_VALIDATED)),
        step("looking for nulls in telem", sql::VALIDATE_CHECK, Kind::Beside(sql::IS_VALIDATED)),
        step("building today's key of telem", sql::INDEX_KEY, Kind::Index("telem_device_ts_digest")),
        step("building today's index on times of telem", sql::INDEX_TIME, Kind::Index("telem_ts")),
        Step {
            what: "filling today's tables of files, and putting everything in place",
            sql: [
                "BEGIN;\n",
                &swap_fill(),
                "-- From here to COMMIT nobody reads.\n",
                &swap_end(),
                "COMMIT;\n",
            ]
            .concat(),
            kind: Kind::Swap,
        },
    ]
}

/// Makes today's tables in a schema of their own, by the statements that make them in `public`, and fills them.
fn swap_fill() -> String {
    let elsewhere = SCHEMA
        .replace("public.", &format!("{}.", sql::NEW_SCHEMA))
        .replace("'public'", &format!("'{}'", sql::NEW_SCHEMA))
        .replace("SCHEMA public", &format!("SCHEMA {}", sql::NEW_SCHEMA));
    let ledger = sql::FILL_LEDGER.replace(":EMPTY", &(xxh3_64(b"") as i64).to_string());
    [sql::SWAP_BEGIN, &elsewhere, sql::FILL_FILES, &ledger].concat()
}

fn swap_end() -> String {
    [sql::SWAP_LOCK, sql::SWAP, SCHEMA].concat()
}

/// Brings a database of the Python program to today's schema, or goes on with that. `patience` is for how long a reader
/// that never ends is waited for.
pub fn run(connector: &Connector, client: &mut Client, patience: Duration) -> Result<Upgraded> {
    client.batch_execute(sql::SESSION).map_err(refused)?;
    take_turn(client)?;
    if look(client)? == State::Nothing {
        // Somebody else has done it while we waited.
        return Ok(Upgraded::default());
    }
    check(client)?;
    carry_out(connector, client, patience).map_err(|error| match error {
        // What is done is done; nobody needs to know more to finish it.
        Error::Database(text) => {
            Error::Database(format!("{text}. `xtelemdb setup --upgrade` goes on where this ended"))
        }
        other => other,
    })
}

fn carry_out(connector: &Connector, client: &mut Client, patience: Duration) -> Result<Upgraded> {
    for step in steps_left(client)? {
        stop::check()?;
        log::info!("{}", step.what);
        match step.kind {
            Kind::Short(_) => insist(client, patience, |client| {
                let mut transaction = client.transaction()?;
                transaction.batch_execute(&lock_timeout(UPGRADE_LOCK_WAIT))?;
                transaction.batch_execute(&step.sql)?;
                Ok(transaction.commit()?)
            })?,
            Kind::Beside(_) => client.batch_execute(&step.sql).map_err(refused)?,
            Kind::Index(name) => build(connector, client, name, &step.sql)?,
            Kind::Swap => swap(client, patience)?,
        }
    }
    client.batch_execute(ANALYZE).map_err(refused)?;
    let (rows_estimated, _) = telem_size(client)?;
    let has_rows_aside: bool = client.query_one(sql::HAS_ROWS_ASIDE, &[]).map_err(refused)?.get(0);
    let rows_aside = match has_rows_aside {
        true => client.query_one(sql::ROWS_ASIDE, &[]).map_err(refused)?.get(0),
        false => 0,
    };
    Ok(Upgraded { rows_estimated, rows_aside })
}

/// One upgrade at a time. The session of one that was killed ends when the server notices.
fn take_turn(client: &mut Client) -> Result<()> {
    let mut said = false;
    while !client.query_one(sql::TRY_LOCK, &[]).map_err(refused)?.get::<_, bool>(0) {
        if !said {
            log::info!(
                "another upgrade of this database is at work, or was cut just now; waiting for its end"
            );
            said = true;
        }
        stop::pause(UPGRADE_POLL)?;
    }
    Ok(())
}

/// What would stop an upgrade in the middle is said before anything is changed.
pub fn check(client: &mut Client) -> Result<()> {
    let unlike = [texts(client, sql::COLUMNS_MISSING)?, texts(client, sql::COLUMNS_BEYOND)?].concat();
    if !unlike.is_empty() {
        return Err(Error::Database(format!(
            "these columns are not as the Python program made them: {}. Nothing was changed; the tables are those of \
             another program, or were changed by hand",
            unlike.join(", ")
        )));
    }
    let dependents = texts(client, sql::DEPENDENTS)?;
    if !dependents.is_empty() {
        return Err(Error::Database(format!(
            "these hold on to the tables, so that columns can't change their type: {}. Nothing was changed. Keep their \
             definitions (psql: \\d+ NAME), drop them, upgrade, and make them again",
            dependents.join(", ")
        )));
    }
    let Some(row) = client.query_opt(sql::OWNER, &[]).map_err(refused)? else { return Ok(()) };
    let (owner, is_owner, may_be_owner) =
        (row.get::<_, String>(0), row.get::<_, bool>(1), row.get::<_, bool>(2));
    if !may_be_owner || row.get::<_, i64>(5) > 1 {
        return Err(Error::Database(format!(
            "the tables belong to role {owner}, or to several. Nothing was changed. Run this as their owner \
             (database.user={owner}), or as superuser give them all to one role: ALTER TABLE ... OWNER TO {owner}"
        )));
    }
    if !row.get::<_, bool>(3) || !row.get::<_, bool>(4) {
        let text = format!("role {owner} lacks rights");
        return Err(schema::missing_grant_to(client, &text, &owner));
    }
    if !is_owner {
        log::info!("acting as role {owner}, which owns the tables");
        client.batch_execute(&format!("SET ROLE {}", quote(&owner))).map_err(refused)?;
    }
    Ok(())
}

/// Builds an index, and shows how far the server is with it.
fn build(connector: &Connector, client: &mut Client, name: &str, statement: &str) -> Result<()> {
    if index_state(client, name)? == Some(false) {
        log::info!("removing the index {name}, whose building was cut");
        client.batch_execute(&[sql::DROP_CUT_INDEX, name].concat()).map_err(refused)?;
    }
    let (_, pages) = telem_size(client)?;
    let progress = Progress::start("pages", Some(2 * pages as u64));
    let (stop_watching, watched_enough) = bounded::<()>(0);
    let mut watcher = connector.connect()?;
    let shown = progress.clone();
    let thread = threads::spawn("upgrade-progress", move || {
        let mut seen = 0;
        while watched_enough.recv_timeout(UPGRADE_POLL) == Err(RecvTimeoutError::Timeout) {
            // Without an answer there is nothing to show; whether the index gets built is not decided here.
            let Ok(Some(row)) = watcher.query_opt(sql::INDEX_PROGRESS, &[]) else { continue };
            let (phase, blocks): (String, i64) = (row.get(0), row.get(1));
            let is_second = phase.contains("validation") || phase.contains("snapshots");
            let done = if is_second { pages + blocks } else { blocks };
            shown.add(u64::try_from(done - seen).unwrap_or(0));
            seen = seen.max(done);
        }
        Ok(())
    })?;
    let built = client.batch_execute(statement);
    drop(stop_watching);
    threads::join(thread)?;
    progress.finish();
    built.map_err(|error| match error.code() {
        Some(&SqlState::UNIQUE_VIOLATION) => Error::Database(format!(
            "{}: telem holds rows of equal device and time, which the Python program's key does not allow",
            describe(&error)
        )),
        _ => refused(error),
    })
}

/// The last transaction. The new tables are filled while everybody reads on; then it waits for a moment in which nobody
/// does, without keeping anybody waiting behind it for long.
fn swap(client: &mut Client, patience: Duration) -> Result<()> {
    insist(client, patience, |client| {
        let mut transaction = client.transaction()?;
        transaction.batch_execute(&swap_fill())?;
        lock_alone(&mut transaction, patience)?;
        transaction.batch_execute(&swap_end())?;
        Ok(transaction.commit()?)
    })
}

/// Takes the tables for itself. Attempts are short, since whoever comes meanwhile has to wait for us.
fn lock_alone(transaction: &mut Transaction<'_>, patience: Duration) -> Outcome<()> {
    let since = Instant::now();
    let mut said = false;
    loop {
        let mut attempt = transaction.transaction()?;
        attempt.batch_execute(&lock_timeout(UPGRADE_LOCK_WAIT))?;
        match attempt.batch_execute(sql::SWAP_LOCK).map_err(Failure::from) {
            Ok(()) => return Ok(attempt.commit()?),
            Err(Failure::Contended(_)) if since.elapsed() < patience && !stop::requested() => {
                attempt.rollback()?;
                if !said {
                    say_who_holds(transaction)?;
                    said = true;
                }
            }
            Err(failure) => return Err(failure),
        }
        pause(UPGRADE_LOCK_PAUSE);
    }
}

/// Does something again and again until nobody is in its way.
fn insist(
    client: &mut Client,
    patience: Duration,
    mut work: impl FnMut(&mut Client) -> Outcome<()>,
) -> Result<()> {
    let since = Instant::now();
    let mut said = false;
    loop {
        stop::check()?;
        match work(client) {
            Ok(()) => return Ok(()),
            Err(Failure::Contended(_)) if since.elapsed() < patience => {
                if !said {
                    say_who_holds(client).map_err(refused)?;
                    said = true;
                }
                stop::pause(UPGRADE_LOCK_PAUSE)?;
            }
            Err(Failure::Contended(_)) => {
                stop::check()?;
                return Err(Error::Database(format!(
                    "gave up after {} s (database.retry_for_s): somebody always used the tables: {}. End that",
                    since.elapsed().as_secs(),
                    holders(client).map_err(refused)?
                )));
            }
            Err(failure) => return Err(Error::Database(failure.text().to_owned())),
        }
    }
}

/// Waits, but not beyond a request to stop, which whoever called notices.
fn pause(time: Duration) {
    let _ = stop::pause(time);
}

fn say_who_holds(client: &mut impl GenericClient) -> std::result::Result<(), postgres::Error> {
    log::info!("waiting for a moment in which nobody uses the tables: {}", holders(client)?);
    Ok(())
}

fn holders(client: &mut impl GenericClient) -> std::result::Result<String, postgres::Error> {
    let rows = client.query(sql::HOLDERS, &[])?;
    let each = rows.iter().map(|row| {
        let (pid, user, name): (i32, String, String) = (row.get(0), row.get(1), row.get(2));
        format!("process {pid} of {user} {name} for {} s", row.get::<_, i64>(3))
    });
    let all: Vec<String> = each.collect();
    Ok(if all.is_empty() { "nobody just now".into() } else { all.join(", ") })
}

fn lock_timeout(wait: Duration) -> String {
    format!("SET LOCAL lock_timeout = {};", wait.as_millis())
}

fn index_state(client: &mut Client, name: &str) -> Result<Option<bool>> {
    Ok(client.query_one(sql::INDEX_STATE, &[&name]).map_err(refused)?.get(0))
}

fn telem_size(client: &mut Client) -> Result<(i64, i64)> {
    let row = client.query_one(sql::TELEM_SIZE, &[]).map_err(refused)?;
    Ok((row.get(0), row.get(1)))
}

fn texts(client: &mut impl GenericClient, query: &str) -> Result<Vec<String>> {
    Ok(client.query(query, &[]).map_err(refused)?.iter().map(|row| row.get(0)).collect())
}

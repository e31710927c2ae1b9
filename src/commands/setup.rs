//! `xtelemdb setup`: makes the tables, mends what is missing of them, or brings those of the Python program up to date.

use super::Options;
use super::plan::{self, Planned};
use crate::args::Command;
use crate::args::upkeep::SetupArgs;
use crate::config::Config;
use crate::db::upgrade::{self, State, Upgraded};
use crate::db::{Connector, schema};
use crate::error::{Exit, Result};
use crate::report::summary::{counted, duration, print_json, seconds, thousands};
use postgres::Client;
use serde::Serialize;
use std::time::Instant;

#[derive(Serialize)]
struct Summary<'a> {
    command: &'static str,
    exit: i32,
    elapsed_s: f64,
    database: &'a str,
    schema_version: i32,
    /// Whether tables of the Python program were brought to today's form.
    upgraded: bool,
    rows_estimated: i64,
    rows_aside: i64,
}

/// Applies the schema, any number of times.
pub fn run(args: SetupArgs, config: &Config, options: &Options) -> Result<Exit> {
    let started = Instant::now();
    let connector = Connector::new(&config.database);
    connector.cancel_on_stop();
    let mut client = connector.connect()?;
    let state = if args.upgrade { upgrade::look(&mut client)? } else { State::Nothing };
    if args.dry_run {
        let planned = planned(&mut client, state)?;
        return plan::print(Command::Setup, &planned, options.json, started);
    }
    let mut upgraded = None;
    if state != State::Nothing {
        let done = upgrade::run(&connector, &mut client, config.database.retry_for)?;
        tell(&done, started);
        upgraded = Some(done);
    } else if args.upgrade {
        log::info!("there is nothing to upgrade");
        schema::forget_replaced(&mut client)?;
    }
    schema::apply(&mut client)?;
    log::info!("Success!");
    if options.json {
        let done = upgraded.unwrap_or_default();
        print_json(&Summary {
            command: "setup",
            exit: Exit::Done as i32,
            elapsed_s: seconds(started.elapsed()),
            database: &config.database.database,
            schema_version: schema::SCHEMA_VERSION,
            upgraded: upgraded.is_some(),
            rows_estimated: done.rows_estimated,
            rows_aside: done.rows_aside,
        })?;
    }
    Ok(Exit::Done)
}

fn tell(done: &Upgraded, started: Instant) {
    log::info!(
        "upgraded: some {} rows in telem are as they were, and exact ones take their place when `xtelemdb ingest` reads their \
         files again; {}",
        thousands(done.rows_estimated as u64),
        duration(started.elapsed())
    );
    if done.rows_aside > 0 {
        log::warn!(
            "{} of file_ingest_times or file_replicas that no file or a second one claims: kept in xtelemdb.predecessor_rows",
            counted(done.rows_aside as u64, "row")
        );
    }
}

fn planned(client: &mut Client, state: State) -> Result<Vec<Planned>> {
    if state != State::Nothing {
        upgrade::check(client)?;
        let steps = upgrade::steps_left(client)?;
        return Ok(steps
            .into_iter()
            .map(|step| Planned { what: step.what.to_owned(), change: step.sql })
            .collect());
    }
    schema::check(client)?;
    let change = format!("BEGIN;\n{}COMMIT;\n", schema::SCHEMA);
    Ok(vec![Planned { what: "making what is missing; what is there stays".to_owned(), change }])
}

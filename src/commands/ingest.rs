//! `xtelemdb ingest`: loads what the inventory has and the ledger has not.

use super::Options;
use crate::config::Config;
use crate::config::event_types::catalogue;
use crate::db::{Connector, ledger, schema, telem};
use crate::error::{Exit, Result};
use crate::pending::{Feeder, Looked};
use crate::pipeline::recover::{self, Recovered};
use crate::pipeline::tally::Tally;
use crate::pipeline::{Lanes, Pace};
use crate::report::progress::Progress;
use crate::report::summary::{bytes, counted, duration, print_json, seconds, thousands};
use crate::stop;
use postgres::Client;
use serde::Serialize;
use std::time::Instant;

#[derive(Serialize)]
struct Summary<'a> {
    command: &'static str,
    exit: i32,
    elapsed_s: f64,
    hostname: &'a str,
    #[serde(flatten)]
    looked: Looked,
    #[serde(flatten)]
    tally: Tally,
    /// Records set aside earlier whose event code the catalogue has learned.
    recovered: Recovered,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// Loads this host's pending files.
pub fn run(config: &Config, options: &Options) -> Result<Exit> {
    let started = Instant::now();
    let catalogue = catalogue(config.event_types.as_deref())?;
    let connector = Connector::new(&config.database);
    connector.cancel_on_stop();
    let mut client = connector.connect()?;
    schema::require(&mut client)?;

    let recovered = recover::run(&connector, &mut client, &catalogue)?;
    let total =
        connector.insist(&mut client, |client| ledger::count_telemetry_files(client, &config.hostname))?;
    if total == 0 {
        warn_of_other_hosts(&connector, &mut client, &config.hostname)?;
    }
    let progress = Progress::start("files", Some(total));
    let lanes = Lanes::start(
        config.parallel_jobs,
        Pace::bulk(config.parallel_jobs),
        &connector,
        &catalogue,
        Some(&progress),
    )?;
    let feeding = lanes.connector();
    let mut feeder = Feeder {
        connector: &feeding,
        client: &mut client,
        host: &config.hostname,
        limit: config.limit,
        progress: &progress,
        looked: Looked::default(),
        unneeded_claims: Vec::new(),
    };
    let fed = feeder.feed(&lanes);
    let looked = feeder.looked;
    let (tally, loaded) = lanes.finish();
    progress.finish();
    let outcome = loaded.and(fed).and_then(|()| stop::check());
    if outcome.is_ok() {
        connector.insist(&mut client, |client| telem::analyze_after(client, tally.rows_new))?;
    }

    let exit = match &outcome {
        Err(error) => error.exit(),
        Ok(()) if tally.is_clean() && looked.files_gone == 0 => Exit::Done,
        Ok(()) => Exit::Partly,
    };
    let elapsed = started.elapsed();
    tell(&config.hostname, &looked, &tally, &recovered, &duration(elapsed));
    let error = outcome.err().map(|error| error.to_string());
    if let Some(text) = &error {
        log::error!("{text}");
    }
    if options.json {
        print_json(&Summary {
            command: "ingest",
            exit: exit as i32,
            elapsed_s: seconds(elapsed),
            hostname: &config.hostname,
            looked,
            tally,
            recovered,
            error,
        })?;
    }
    Ok(exit)
}

/// On a cluster the host name differs by node: then the files of this database stand under another name.
fn warn_of_other_hosts(connector: &Connector, client: &mut Client, hostname: &str) -> Result<()> {
    let hosts = connector.insist(client, ledger::hosts)?;
    if hosts.is_empty() {
        log::warn!("the inventory is empty; run `xtelemdb inventory` first");
        return Ok(());
    }
    let others: Vec<String> = hosts
        .iter()
        .filter(|(host, _)| host != hostname)
        .map(|(host, files)| format!("{host} ({})", counted(*files as u64, "file")))
        .collect();
    if others.is_empty() {
        log::info!("the inventory has no telemetry files of {hostname}");
    } else {
        log::warn!(
            "the inventory has no telemetry files of {hostname}, but files of {}. If that is this machine under another \
             name, set hostname=NAME",
            others.join(", ")
        );
    }
    Ok(())
}

/// The summary for people.
fn tell(hostname: &str, looked: &Looked, tally: &Tally, recovered: &Recovered, elapsed: &str) {
    log::info!(
        "ingest of {hostname}: {} looked at, {} without news; {} read ({}): {}, of which {} new, {} already there, {} \
         rejected; {elapsed}",
        counted(looked.files_inventoried, "file"),
        thousands(looked.files_unchanged),
        counted(tally.files_read, "file"),
        bytes(tally.bytes_read),
        counted(tally.records_read, "record"),
        thousands(tally.rows_new),
        thousands(tally.rows_already_there),
        thousands(tally.records_rejected),
    );
    if tally.rows_replaced > 0 {
        log::info!(
            "{} that the Python program had loaded, cut and rounded: replaced by exact ones",
            counted(tally.rows_replaced, "row")
        );
    }
    if !tally.rejected_by_reason.is_empty() {
        log::warn!("rejected, kept in xtelemdb.rejects: {}", by_reason(tally.rejected_by_reason.iter()));
    }
    if !tally.files_failed.is_empty() {
        log::warn!("files not loaded, or not to their end: {}", by_reason(tally.files_failed.iter()));
    }
    if looked.files_gone > 0 {
        log::warn!(
            "{} gone from disk without having been loaded in full",
            counted(looked.files_gone, "file")
        );
    }
    if looked.files_elsewhere > 0 {
        log::info!("{} left to another ingest that is at it", counted(looked.files_elsewhere, "file"));
    }
    if tally.records_unsure > 0 {
        log::warn!(
            "the server did not say whether it has committed {}; what it has not, the next ingest loads",
            counted(tally.records_unsure, "more record")
        );
    }
    if tally.files_with_tail > 0 {
        log::info!(
            "{} in an unfinished record ({}); it is tried again when the file has changed",
            format_args!(
                "{} {}",
                counted(tally.files_with_tail, "file"),
                if tally.files_with_tail == 1 { "ends" } else { "end" }
            ),
            bytes(tally.tail_bytes)
        );
    }
    if recovered.records > 0 {
        log::info!(
            "{} set aside earlier for an unknown event code: loaded now, {} new",
            counted(recovered.records, "record"),
            thousands(recovered.rows_new)
        );
    }
}

fn by_reason<'a>(counts: impl Iterator<Item = (&'a &'static str, &'a u64)>) -> String {
    let texts: Vec<String> =
        counts.map(|(reason, count)| format!("{} {reason}", thousands(*count))).collect();
    texts.join(", ")
}

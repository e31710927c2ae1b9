//! `xtelemdb provision`: prepares PostgreSQL on the instrument, or what of that makes sense for one's own server.

use super::Options;
use super::plan::{self, Planned};
use crate::account;
use crate::args::Command;
use crate::args::upkeep::ProvisionArgs;
use crate::config::Config;
use crate::db::admin::Admin;
use crate::error::{Error, Exit, Result};
use crate::provision::{self, Plan};
use crate::report::summary::{print_json, seconds};
use serde::Serialize;
use std::io;
use std::time::Instant;

#[derive(Serialize)]
struct Summary {
    command: &'static str,
    exit: i32,
    elapsed_s: f64,
    /// What was changed, in words; nothing if all was there.
    changed: Vec<String>,
    restart_needed: bool,
}

/// Does what is missing.
pub fn run(args: &ProvisionArgs, config: &Config, options: &Options) -> Result<Exit> {
    let started = Instant::now();
    let admin = Admin::find(&config.database)?;
    let plan = provision::plan(&args.request, &config.database, &admin).map_err(who_may)?;
    if args.dry_run {
        let planned: Vec<Planned> = plan
            .changes
            .iter()
            .map(|change| Planned { what: change.what.clone(), change: change.text.clone() })
            .collect();
        tell_notes(&plan);
        tell_restart(&plan);
        return plan::print(Command::Provision, &planned, options.json, started);
    }
    let done = provision::carry_out(&plan, &config.database, &admin);
    // What only a person can do may be what was in the way.
    tell_notes(&plan);
    done.map_err(who_may)?;
    if plan.changes.is_empty() {
        log::info!("everything is there; nothing was changed");
    }
    tell_restart(&plan);
    log::info!("Success!");
    if options.json {
        print_json(&Summary {
            command: "provision",
            exit: Exit::Done as i32,
            elapsed_s: seconds(started.elapsed()),
            changed: plan.changes.into_iter().map(|change| change.what).collect(),
            restart_needed: plan.restart_needed,
        })?;
    }
    Ok(Exit::Done)
}

/// The server's account may not change every file that root may.
fn who_may(error: Error) -> Error {
    match error {
        Error::File { ref source, .. }
            if source.kind() == io::ErrorKind::PermissionDenied && !account::is_root() =>
        {
            Error::Failed(format!("{error}. Run this as root: what is done stays, and the rest follows"))
        }
        other => other,
    }
}

fn tell_notes(plan: &Plan) {
    for note in &plan.notes {
        log::warn!("{note}");
    }
}

fn tell_restart(plan: &Plan) {
    if plan.restart_needed {
        log::warn!("the server listens on its new addresses after a restart: systemctl restart postgresql");
    }
}

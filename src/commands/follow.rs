//! `xtelemdb follow`: keeps the database up to date with files as they are written.

use super::{Options, announce};
use crate::args::FollowArgs;
use crate::config::Config;
use crate::config::event_types::catalogue;
use crate::db::Connector;
use crate::error::{Error, Exit, Result};
use crate::follow::state::State;
use crate::follow::{self, Ending, Plan};
use crate::pipeline::Pace;
use crate::report::summary::{counted, duration, print_json, seconds};
use crate::stop::{self, Asked};
use crossbeam_channel::Receiver;
use serde::Serialize;
use std::os::unix::process::CommandExt;

/// The name of a follow that was given none.
const DEFAULT_NAME: &str = "dbIngest";

#[derive(Serialize)]
struct Summary<'a> {
    command: &'static str,
    exit: i32,
    elapsed_s: f64,
    hostname: &'a str,
    /// Loaded, or found there already.
    records: u64,
    files_behind: u64,
    bytes_behind: u64,
    errors: u64,
    last_error: Option<&'a str>,
}

/// Follows until it is told to stop. `may_reload` says whether there is a configuration to begin anew with.
pub fn run(
    config: &Config,
    args: &FollowArgs,
    options: &Options,
    asked: &Receiver<Asked>,
    may_reload: &dyn Fn() -> bool,
) -> Result<Exit> {
    let connector = Connector::new(&config.database).enduring();
    connector.cancel_on_stop();
    let state = State::new(connector.health());
    let plan = Plan {
        name: args.name.clone().unwrap_or_else(|| DEFAULT_NAME.to_owned()),
        host: config.hostname.clone(),
        data_dirs: config.data_dirs.clone(),
        devices: config.devices.clone(),
        process_list: config.proclist.clone(),
        catalogue: catalogue(config.event_types.as_deref())?,
        pace: Pace {
            transaction_bytes: config.follow.commit_bytes,
            commit_every: config.follow.commit_every,
            takes_up_again: true,
        },
        asks_kernel: config.follow.asks_kernel,
        poll_every: config.follow.poll,
        connector,
    };
    let device = announce::start(&plan.name, &config.fifos_root, args.indi_stdio, &state)?;
    let may_reload = || {
        let may = may_reload();
        if may {
            // A server that does not answer keeps the old configuration from its orderly end, not from its end.
            stop::set_successor(begin_anew);
        }
        may
    };
    let ending = follow::run(plan, &state, asked, &may_reload);
    // Also before this process begins anew: the clients are told that the device is gone, and then of the new one.
    device.stop()?;
    match ending? {
        Ending::Reload if !stop::is_told() => Err(begin_anew()),
        Ending::Stopped | Ending::Reload => {
            let now = state.snapshot();
            let elapsed = now.started.elapsed().unwrap_or_default();
            log::info!(
                "ended after {}; {} loaded since the start",
                duration(elapsed),
                counted(now.records_since_start, "record")
            );
            if options.json {
                print_json(&Summary {
                    command: "follow",
                    exit: Exit::Done as i32,
                    elapsed_s: seconds(elapsed),
                    hostname: &config.hostname,
                    records: now.records_since_start,
                    files_behind: now.files_behind,
                    bytes_behind: now.bytes_behind,
                    errors: now.errors,
                    last_error: now.last_error.as_deref(),
                })?;
            }
            Ok(Exit::Done)
        }
    }
}

/// Replaces this process by itself, begun anew with the same arguments and the same number. Comes back only if that fails.
fn begin_anew() -> Error {
    let mut arguments = std::env::args_os();
    let mut command = std::process::Command::new("/proc/self/exe");
    if let Some(name) = arguments.next() {
        command.arg0(name);
    }
    let error = command.args(arguments).exec();
    Error::Failed(format!("can't begin anew with the new configuration: {error}; start it by hand"))
}

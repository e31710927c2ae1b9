//! One file a command: ask the layers below, print what came of it. Here: from the command line to the exit code.

mod announce;
mod ask;
pub mod doctor;
pub mod dump;
pub mod follow;
pub mod ingest;
pub mod inventory;
pub mod personal;
mod plan;
pub mod provision;
pub mod reset;
pub mod setup;
pub mod status;

pub use crate::args::Options;

use crate::args::{self, Args, Command, Invocation, Task, Wrong, help};
use crate::config::{self, Request, Resolved, Surroundings, event_types};
use crate::error::{Error, Exit, Result};
use crate::limits::{FOLLOW_PATIENCE, STOP_GRACE};
use crate::report::{escape, log as log_lines, summary};
use crate::stop;
use rustix::process::{DumpableBehavior, set_dumpable_behavior};
use serde::Serialize;
use std::ffi::OsString;
use std::io::{self, Write};
use std::time::Instant;

/// Runs what the command line asks for.
pub fn main() -> Exit {
    // The password is in memory: no core dump, and no look into this process by others of the same user. A kernel that
    // knows no such thing is no reason to stop.
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    let arguments: Vec<OsString> = args::behind_name(std::env::args_os());
    // A command line that can't be understood may still ask for JSON.
    let json = arguments.iter().any(|argument| argument == "--json");
    match args::parse(arguments) {
        Ok(Invocation::Nothing) => {
            print_on_stderr(help::USAGE);
            // As scripts know it of the Python program.
            Exit::Failed
        }
        Ok(Invocation::Help(command)) => print(&help::text(command)),
        Ok(Invocation::Document(text)) => print(text),
        Ok(Invocation::Version) => print(concat!("xtelemdb ", env!("CARGO_PKG_VERSION"), "\n")),
        Ok(Invocation::Run(args)) => run(&args),
        Err(wrong) => report_usage(&wrong, json),
    }
}

/// Runs a command and reports how it ended.
fn run(args: &Args) -> Exit {
    let started = Instant::now();
    let command = args.task.command();
    if args.options.json {
        stop::set_last_words(move || print_failure(Some(command), &Error::Interrupted, started));
    }
    match prepare_and_dispatch(args) {
        Ok(exit) => exit,
        Err(error) => {
            match &error {
                Error::Usage(text) | Error::Config(text) => explain(Some(command), text),
                // A path may hold anything: it stays on its line.
                Error::File { .. } | Error::Interrupted => log::error!("{error}"),
                Error::Database(text) | Error::Failed(text) | Error::PlaceTaken(text) => {
                    for line in text.lines() {
                        log::error!("{line}");
                    }
                }
            }
            if args.options.json {
                stop::retract_last_words();
                print_failure(Some(command), &error, started);
            }
            error.exit()
        }
    }
}

fn prepare_and_dispatch(args: &Args) -> Result<Exit> {
    let command = args.task.command();
    let surroundings = Surroundings::look();
    let (resolved, wrong) = match resolve(args, &surroundings) {
        // Whoever looks for faults sees this one beside the others.
        Err(error) if command == Command::Doctor && !args.dump_config => {
            (Resolved::defaults(&surroundings), Some(error))
        }
        resolved => (resolved?, None),
    };
    if args.dump_config {
        return Ok(print(&resolved.to_toml()));
    }
    log_lines::start(command.name(), &surroundings.hostname, args.options.verbosity);
    let asked = match command {
        Command::Follow => Some(stop::listen_gently(FOLLOW_PATIENCE, STOP_GRACE)?),
        _ => {
            stop::listen(STOP_GRACE)?;
            None
        }
    };
    for (level, note) in &resolved.notes {
        log::log!(*level, "{note}");
    }
    let config = &resolved.config;
    if config.hostname.is_empty() && matches!(command, Command::Inventory | Command::Ingest | Command::Follow)
    {
        return Err(Error::Config("can't find out this machine's name: set hostname=NAME".into()));
    }
    // A personal database's configuration begins with none, and every other command works with it.
    if config.data_dirs.is_empty() && matches!(command, Command::Inventory | Command::Follow) {
        return Err(Error::Config(
            "data_dirs names no folder: write the folders of your files into it, in the configuration file or as \
             data_dirs=/a,/b"
                .into(),
        ));
    }
    let options = &args.options;
    match &args.task {
        Task::Setup(args) => setup::run(*args, config, options),
        Task::Inventory => inventory::run(config, options),
        Task::Ingest => ingest::run(config, options),
        Task::Follow(follow_args) => {
            let may_reload = || may_reload(args);
            follow::run(
                config,
                follow_args,
                options,
                &asked.unwrap_or_else(crossbeam_channel::never),
                &may_reload,
            )
        }
        Task::Status(args) => status::run(args, config, options),
        Task::Dump(args) => dump::run(args, config.event_types.as_deref(), options),
        Task::Personal(args) => personal::run(args, config, options),
        Task::Doctor => doctor::run(&resolved, wrong.as_ref(), options),
        Task::Reset(reset) => reset::run(*reset, config, &said_again(&resolved, args), options),
        Task::Provision(provision) => provision::run(provision, config, options),
    }
}

fn resolve(args: &Args, surroundings: &Surroundings) -> Result<Resolved> {
    let named = match &args.task {
        Task::Follow(follow) => follow.name.as_ref().map(|name| format!("/opt/MagAOX/config/{name}.conf")),
        _ => None,
    };
    let default_files: Vec<&str> =
        named.iter().map(String::as_str).chain(args.task.command().default_files().iter().copied()).collect();
    let request =
        Request { files: &args.config_files, default_files: &default_files, overrides: &args.overrides };
    config::resolve(&request, surroundings)
}

/// Whether there is a configuration to begin anew with; what is wrong with it is said.
fn may_reload(args: &Args) -> bool {
    let resolved = resolve(args, &Surroundings::look())
        .and_then(|resolved| event_types::catalogue(resolved.config.event_types.as_deref()));
    if let Err(error) = &resolved {
        log::error!("the configuration can't be read anew, so the old one stays: {error}");
    }
    resolved.is_ok()
}

/// The configuration as this command has it, to be typed behind another one, which may have other files by itself.
fn said_again(resolved: &Resolved, args: &Args) -> String {
    let quoted =
        |text: &str| match text.chars().all(|c| c.is_ascii_alphanumeric() || "-_./=,:@%+".contains(c)) {
            true => text.to_owned(),
            false => format!("'{}'", text.replace('\'', r"'\''")),
        };
    let files = resolved.files.iter().map(|file| format!(" -c {}", quoted(&file.to_string_lossy())));
    let overrides =
        args.overrides.iter().map(|(key, value)| format!(" {}", quoted(&format!("{key}={value}"))));
    escape::Escaped(&files.chain(overrides).collect::<String>()).to_string()
}

/// Prints text that was asked for. A reader that closes early has read enough.
fn print(text: &str) -> Exit {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => {
            print_on_stderr(&format!("xtelemdb: can't write to stdout: {e}\n"));
            Exit::Failed
        }
        _ => Exit::Done,
    }
}

/// Prints lines with names in them, which may hold anything.
fn print_lines(text: &str) -> Exit {
    print(&escape::lines(text).map(|line| format!("{line}\n")).collect::<String>())
}

fn print_on_stderr(text: &str) {
    // Nobody is left to tell that stderr is closed.
    let _ = io::stderr().write_all(text.as_bytes());
}

fn report_usage(wrong: &Wrong, json: bool) -> Exit {
    explain(wrong.command, &wrong.text);
    if json {
        print_failure(wrong.command, &Error::Usage(wrong.text.clone()), Instant::now());
    }
    Exit::Usage
}

/// Says what is wrong with the command line or the configuration, and where to read more.
fn explain(command: Option<Command>, text: &str) {
    let mut message = String::from("xtelemdb: ");
    for line in escape::lines(text) {
        message.push_str(&format!("{line}\n"));
    }
    let command = command.map(|command| format!("{} ", command.name())).unwrap_or_default();
    message.push_str(&format!("Try 'xtelemdb {command}--help'.\n"));
    print_on_stderr(&message);
}

/// The summary of a command that failed before it had one.
#[derive(Serialize)]
struct Failure<'a> {
    command: Option<&'a str>,
    exit: u8,
    elapsed_s: f64,
    error: String,
}

/// The caller has retracted the last words, or this is them.
fn print_failure(command: Option<Command>, error: &Error, started: Instant) {
    let lines: Vec<String> = escape::lines(&error.to_string()).map(|line| line.to_string()).collect();
    let failure = Failure {
        command: command.map(Command::name),
        exit: error.exit() as u8,
        elapsed_s: summary::seconds(started.elapsed()),
        error: lines.join("\n"),
    };
    let printed = match command {
        Some(Command::Dump) => summary::print_last_json_on_stderr(&failure),
        _ => summary::print_last_json(&failure),
    };
    if let Err(error) = printed {
        log::error!("{error}");
    }
}

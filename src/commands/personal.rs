//! `personal`: a private PostgreSQL in a folder of one's own.

mod copies;

use super::Options;
use crate::args::{PersonalAction, PersonalArgs};
use crate::config::Config;
use crate::error::{Error, Exit, Result};
use crate::personal::{self, Left, Personal, Started, Status, Stopped};
use crate::report::{escape, summary::bytes};
use serde_json::json;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

/// Does it. A new database is for the files of the configured host name.
pub fn run(args: &PersonalArgs, config: &Config, options: &Options) -> Result<Exit> {
    let (hostname, json) = (config.hostname.as_str(), options.json);
    let pg_bin = args.pg_bin.as_deref();
    match args.action {
        PersonalAction::Init => {
            let made = personal::init(&args.dir, pg_bin, hostname)?;
            print(json, "init", &made.status()?, None, || ready(&made))
        }
        PersonalAction::Start => {
            let personal = Personal::open(&args.dir)?;
            let started = personal.start(pg_bin)?;
            let status = personal.status()?;
            let changed = Some(started == Started::Now);
            print(json, "start", &status, changed, || match started {
                Started::Now => format!("The server runs; its socket is in {}.\n", status.socket),
                Started::Already => format!("The server runs already; its socket is in {}.\n", status.socket),
            })
        }
        PersonalAction::Stop => {
            let personal = Personal::open_unfinished(&args.dir)?;
            let stopped = personal.stop(pg_bin)?;
            print(json, "stop", &personal.status()?, Some(stopped == Stopped::Now), || match stopped {
                Stopped::Now => "The server is stopped.\n".into(),
                Stopped::Already => "The server does not run.\n".into(),
            })
        }
        PersonalAction::Status => {
            let status = Personal::open(&args.dir)?.status()?;
            print(json, "status", &status, None, || describe(&status))?;
            Ok(if status.running { Exit::Done } else { Exit::Partly })
        }
        PersonalAction::Backup => copies::backup(args, json),
        PersonalAction::Restore => copies::restore(args, hostname, json),
        PersonalAction::Upgrade => copies::upgrade(args, json),
        PersonalAction::Remove => remove(args, json),
    }
}

fn remove(args: &PersonalArgs, json: bool) -> Result<Exit> {
    let personal = Personal::open_unfinished(&args.dir)?;
    let status = personal.status()?;
    if !args.yes && !confirmed(&status)? {
        eprint_line("Nothing was removed.")?;
        return Ok(Exit::Failed);
    }
    let left = personal.remove(args.pg_bin.as_deref())?;
    if json {
        let removed = json!({ "command": "personal", "action": "remove", "dir": status.dir,
            "size_bytes": status.size_bytes, "folder_left": left == Left::Folder });
        return write_out(&format!("{removed}\n"));
    }
    write_out(&match left {
        Left::Nothing => format!("Removed {}.\n", status.dir),
        Left::Folder => {
            format!("Removed the database in {}; the folder stays: other files are in it.\n", status.dir)
        }
    })
}

/// Asks on the terminal. Where there is none, `--yes` has to be said.
fn confirmed(status: &Status) -> Result<bool> {
    if !io::stdin().is_terminal() {
        return Err(Error::Usage(format!(
            "this would remove the database in {} ({}) with everything in it; there is no terminal to ask on: say --yes",
            status.dir,
            bytes(status.size_bytes)
        )));
    }
    let running = if status.running { "\nIts server runs; it will be stopped." } else { "" };
    eprint_line(&format!(
        "This removes the database in {} ({}) with everything in it, telemetry and inventory. It can only be\n\
         made again from the telemetry files themselves, which stay.{running}",
        status.dir,
        bytes(status.size_bytes)
    ))?;
    let mut stderr = io::stderr().lock();
    write!(stderr, "Remove it? Type yes: ").and_then(|()| stderr.flush()).map_err(cannot_write)?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).map_err(Error::file("read", Path::new("the terminal")))?;
    Ok(answer.trim().eq_ignore_ascii_case("yes"))
}

fn ready(made: &Personal) -> String {
    let (dir, config) = (made.dir().display(), made.config_file());
    let config = config.display();
    format!(
        "A personal database is in {dir}; its server runs.\n\
         Write the folders of your files into data_dirs in\n    {config}\nand go on with\n    \
         xtelemdb setup -c {config}\n    \
         xtelemdb inventory -c {config}\n    \
         xtelemdb ingest -c {config}\n\
         The server stops with `xtelemdb personal stop {dir}` and starts with `xtelemdb personal start {dir}`.\n"
    )
}

fn describe(status: &Status) -> String {
    let state = match (status.pid, &status.host) {
        (Some(pid), _) => format!("runs, process {pid}"),
        (None, Some(host)) => format!("does not run here; it was left running on host {host}"),
        (None, None) => "does not run".into(),
    };
    let mut lines = vec![("server", state)];
    let old_data = status.old_data.join(", ");
    let mut add = |name, value: &Option<String>| {
        if let Some(value) = value {
            lines.push((name, value.clone()));
        }
    };
    add("problem", &status.problem);
    add("since", &status.since.as_ref().map(|since| format!("{since} UTC")));
    add("PostgreSQL", &status.version);
    add("file system", &status.file_system);
    add("older data", &Some(old_data).filter(|folders| !folders.is_empty()));
    lines.extend([
        ("folder", status.dir.clone()),
        ("size", format!("{} ({} bytes)", bytes(status.size_bytes), status.size_bytes)),
        ("socket", format!("{} (port {})", status.socket, status.port)),
        ("user", status.user.clone()),
        ("database", status.database.clone()),
        ("account", status.account.clone()),
        ("config", status.config.clone()),
    ]);
    lines.iter().map(|(name, value)| format!("{name:<13}{value}\n")).collect()
}

/// Prints the status as JSON, or what `text` makes.
fn print(
    json: bool,
    action: &str,
    status: &Status,
    changed: Option<bool>,
    text: impl FnOnce() -> String,
) -> Result<Exit> {
    if !json {
        return write_out(&text());
    }
    let mut object = json!(status);
    if let Some(object) = object.as_object_mut() {
        object.insert("command".into(), json!("personal"));
        object.insert("action".into(), json!(action));
        if let Some(changed) = changed {
            object.insert("changed".into(), json!(changed));
        }
    }
    let mut line = object.to_string().into_bytes();
    escape::in_json(&mut line, 0);
    write_out(&String::from_utf8_lossy(&line))
}

/// Prints lines on stdout. Names in them may hold anything.
fn write_out(text: &str) -> Result<Exit> {
    let mut out = io::stdout().lock();
    let written = escape::lines(text).try_for_each(|line| writeln!(out, "{line}"));
    match written.and_then(|()| out.flush()) {
        // Who reads may close early.
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::file("write", Path::new("standard output"))(e))
        }
        _ => Ok(Exit::Done),
    }
}

fn eprint_line(text: &str) -> Result<()> {
    let mut stderr = io::stderr().lock();
    escape::lines(text).try_for_each(|line| writeln!(stderr, "{line}")).map_err(cannot_write)
}

fn cannot_write(error: io::Error) -> Error {
    Error::file("write", Path::new("standard error"))(error)
}

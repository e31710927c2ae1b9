//! `personal`: a private PostgreSQL in a folder of one's own.

mod copies;

use super::{Options, ask};
use crate::args::{PersonalAction, PersonalArgs};
use crate::config::Config;
use crate::error::{Error, Exit, Result};
use crate::personal::{self, Left, Personal, Started, Status, Stopped};
use crate::report::summary::{bytes, print_json, seconds};
use serde::Serialize;
use serde_json::json;
use std::time::Instant;

/// Does it. A new database is for the files of the configured host name.
pub fn run(args: &PersonalArgs, config: &Config, options: &Options) -> Result<Exit> {
    let hostname = config.hostname.as_str();
    let telling = Telling { action: name_of(args.action), json: options.json, started: Instant::now() };
    let pg_bin = args.pg_bin.as_deref();
    match args.action {
        PersonalAction::Init if args.dry_run => would_init(args, &telling),
        PersonalAction::Init => {
            let made = personal::init(&args.dir, pg_bin, hostname)?;
            let status = made.status()?;
            let text = ready(&status);
            telling.tell(status, || text)
        }
        PersonalAction::Start => {
            let personal = Personal::open(&args.dir)?;
            let started = personal.start(pg_bin)?;
            let status = personal.status()?;
            let socket = status.socket.clone();
            telling.tell(Changed { status, changed: started == Started::Now }, || match started {
                Started::Now => format!("The server runs; its socket is in {socket}.\n"),
                Started::Already => format!("The server runs already; its socket is in {socket}.\n"),
            })
        }
        PersonalAction::Stop => {
            let personal = Personal::open_unfinished(&args.dir)?;
            let stopped = personal.stop(pg_bin)?;
            let status = personal.status()?;
            telling.tell(Changed { status, changed: stopped == Stopped::Now }, || match stopped {
                Stopped::Now => "The server is stopped.\n".into(),
                Stopped::Already => "The server does not run.\n".into(),
            })
        }
        PersonalAction::Status => {
            let status = Personal::open(&args.dir)?.status()?;
            let exit = if status.running { Exit::Done } else { Exit::Partly };
            telling.tell_with(exit, &status, || describe(&status))
        }
        PersonalAction::Backup => copies::backup(args, &telling),
        PersonalAction::Restore => copies::restore(args, hostname, &telling),
        PersonalAction::Upgrade => copies::upgrade(args, &telling),
        PersonalAction::Remove => remove(args, &telling),
    }
}

fn name_of(action: PersonalAction) -> &'static str {
    PersonalAction::NAMES.iter().find(|(_, known)| *known == action).map_or("", |(name, _)| name)
}

/// How an action tells what came of it.
struct Telling {
    action: &'static str,
    json: bool,
    started: Instant,
}

#[derive(Serialize)]
struct Summary<F: Serialize> {
    command: &'static str,
    action: &'static str,
    exit: i32,
    elapsed_s: f64,
    #[serde(flatten)]
    facts: F,
}

#[derive(Serialize)]
struct Changed {
    #[serde(flatten)]
    status: Status,
    changed: bool,
}

impl Telling {
    /// Of an action that is done: facts for scripts, or text for people.
    fn tell(&self, facts: impl Serialize, text: impl FnOnce() -> String) -> Result<Exit> {
        self.tell_with(Exit::Done, facts, text)
    }

    fn tell_with(&self, exit: Exit, facts: impl Serialize, text: impl FnOnce() -> String) -> Result<Exit> {
        if !self.json {
            return Ok(match super::print_lines(&text()) {
                Exit::Done => exit,
                failed => failed,
            });
        }
        let (action, elapsed_s) = (self.action, seconds(self.started.elapsed()));
        print_json(&Summary { command: "personal", action, exit: exit as i32, elapsed_s, facts })?;
        Ok(exit)
    }
}

fn remove(args: &PersonalArgs, telling: &Telling) -> Result<Exit> {
    let personal = Personal::open_unfinished(&args.dir)?;
    let status = personal.status()?;
    if args.dry_run {
        return would_remove(&personal, &status, telling);
    }
    if !args.yes && !confirmed(&status)? {
        return Err(Error::Failed("nothing was removed".into()));
    }
    let left = personal.remove(args.pg_bin.as_deref())?;
    let facts =
        json!({ "dir": status.dir, "size_bytes": status.size_bytes, "folder_left": left == Left::Folder });
    telling.tell(facts, || match left {
        Left::Nothing => format!("Removed {}.\n", status.dir),
        Left::Folder => {
            format!("Removed the database in {}; the folder stays: other files are in it.\n", status.dir)
        }
    })
}

fn would_init(args: &PersonalArgs, telling: &Telling) -> Result<Exit> {
    let planned = personal::plan(&args.dir, args.pg_bin.as_deref())?;
    let (dir, pg_bin) = (planned.dir.display().to_string(), planned.programs.bin.display().to_string());
    let (version, account, user) = (&planned.programs.version, &planned.account.name, &planned.user);
    let parts = planned.parts().map(|(path, what)| (path.display().to_string(), what));
    let paths = parts.each_ref().map(|(path, _)| path);
    let facts = json!({ "dir": dir, "version": version, "pg_bin": pg_bin, "account": account, "user": user,
        "parts": paths, "dry_run": true });
    telling.tell(&facts, || {
        let mut text = format!("Would make a personal database of the role {user} in {dir}:\n");
        for (path, what) in &parts {
            text += &format!("    {path}: {what}\n");
        }
        text + &format!(
            "and start its server, PostgreSQL {version} from {pg_bin}, as the account {account}.\n"
        )
    })
}

fn would_remove(personal: &Personal, status: &Status, telling: &Telling) -> Result<Exit> {
    let parts: Vec<String> = personal.parts()?.iter().map(|path| path.display().to_string()).collect();
    let facts = json!({ "dir": status.dir, "size_bytes": status.size_bytes, "running": status.running,
        "parts": parts, "dry_run": true });
    telling.tell(&facts, || {
        let stop = if status.running { "stop the server and " } else { "" };
        let size = bytes(status.size_bytes);
        let mut text = format!("Would {stop}remove the database in {} ({size}):\n", status.dir);
        for part in &parts {
            text += &format!("    {part}\n");
        }
        text + "and the folder, unless other files are in it.\n"
    })
}

/// Asks on the terminal. Where there is none, `--yes` has to be said.
fn confirmed(status: &Status) -> Result<bool> {
    if !ask::can_ask() {
        return Err(Error::Usage(format!(
            "this would remove the database in {} ({}) with everything in it; there is no terminal to ask on: say --yes",
            status.dir,
            bytes(status.size_bytes)
        )));
    }
    let mut lines = vec![
        format!(
            "This removes the database in {} ({}) with everything in it, telemetry and inventory. It can only be",
            status.dir,
            bytes(status.size_bytes)
        ),
        "made again from the telemetry files themselves, which stay.".to_owned(),
    ];
    if status.running {
        lines.push("Its server runs; it will be stopped.".to_owned());
    }
    ask::say(&lines)?;
    ask::confirmed("Remove it?")
}

fn ready(made: &Status) -> String {
    let Status { dir, config, socket, user, database, .. } = made;
    format!(
        "A personal database is in {dir}; its server runs.\n\
         Write the folders of your files into data_dirs in\n    {config}\nand go on with\n    \
         xtelemdb setup -c {config}\n    \
         xtelemdb inventory -c {config}\n    \
         xtelemdb ingest -c {config}\n\
         Then query it, with psql for example:\n    \
         psql -h {socket} -U {user} {database}\n\
         The server stops with `xtelemdb personal stop {dir}` and starts with `xtelemdb personal start {dir}`.\n"
    )
}

fn describe(status: &Status) -> String {
    let state = match (status.pid, &status.host) {
        (Some(pid), _) => format!("runs, process {pid}"),
        (None, Some(host)) if status.is_own_host => {
            format!("does not run; it ended on this host, {host}, without having been stopped")
        }
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

//! `xtelemdb reset`: shows what will go, asks, and lets it go.

use super::plan::{self, Planned};
use super::{Options, ask};
use crate::args::Command;
use crate::args::upkeep::{Level, ResetArgs};
use crate::config::Config;
use crate::db::Connector;
use crate::db::admin::Admin;
use crate::db::reset::{self, Stock, Table};
use crate::error::{Error, Exit, Result};
use crate::limits::GONE_FILES_NAMED;
use crate::origin;
use crate::report::log::Verbosity;
use crate::report::summary::{bytes, counted, print_json, seconds, thousands};
use postgres::Client;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The crew's read-only role.
const READER: &str = "xsup";

/// Tables that level 1 leaves as they are.
const KEPT: [&str; 3] = ["xtelemdb.version", "xtelemdb.heartbeats", "xtelemdb.predecessor_rows"];

/// The database to connect to for dropping another.
const MAINTENANCE: &str = "postgres";

#[derive(Serialize)]
struct Summary<'a> {
    command: &'static str,
    exit: i32,
    elapsed_s: f64,
    level: u8,
    database: &'a str,
    /// What has gone.
    #[serde(flatten)]
    stock: Stock,
    #[serde(flatten)]
    gone: Gone,
}

/// Telemetry files of this host that are in the inventory and not on disk.
#[derive(Debug, Default, Serialize)]
struct Gone {
    files_gone: u64,
    files_gone_bytes: u64,
    /// The first of them.
    #[serde(skip)]
    named: Vec<String>,
}

/// Does it. `rest` is how the configuration is named on a command line, for the commands that come next.
pub fn run(args: ResetArgs, config: &Config, rest: &str, options: &Options) -> Result<Exit> {
    let started = Instant::now();
    let database = &config.database.database;
    let mut way = Way::open(args, config)?;
    let (stock, gone) = match way.inside() {
        Some(client) => (reset::stock(client)?, gone(client, &config.hostname)?),
        None => Default::default(),
    };
    let statements = way.statements(args, config)?;
    let mut lines = describe(args.level, database, &stock, &gone, &config.hostname);
    if args.level == Level::Database {
        lines.extend(statements.iter().map(|statement| format!("  {statement}")));
    }
    // Whoever is asked has to see what about.
    if !args.yes || options.verbosity > Verbosity::Quiet {
        ask::say(&lines)?;
    }
    if args.dry_run {
        let what = format!("level {}", args.level as u8);
        let planned: Vec<Planned> =
            statements.iter().map(|sql| Planned { what: what.clone(), change: sql.clone() }).collect();
        return plan::print(Command::Reset, &planned, options.json, started);
    }
    if statements.is_empty() {
        log::info!("there is nothing to remove");
    }
    refuse_while_busy(&mut way, args, database)?;
    if !statements.is_empty() && !args.yes {
        if !ask::can_ask() {
            return Err(Error::Usage(format!(
                "this would remove what is shown above from database {database}; there is no terminal to ask on: say --yes"
            )));
        }
        if !ask::confirmed("Remove it?")? {
            return Err(Error::Failed("nothing was removed".into()));
        }
        // Somebody may have begun while the answer was thought over.
        refuse_while_busy(&mut way, args, database)?;
    }
    way.remove(args.level, &statements)?;
    log::info!("Success!");
    if options.json {
        print_json(&Summary {
            command: "reset",
            exit: Exit::Done as i32,
            elapsed_s: seconds(started.elapsed()),
            level: args.level as u8,
            database,
            stock,
            gone,
        })?;
        return Ok(Exit::Done);
    }
    let keeps_roles = !statements.iter().any(|statement| statement.starts_with("DROP ROLE"));
    Ok(super::print_lines(&next(args.level, keeps_roles, rest)))
}

/// The connections that a level needs.
enum Way {
    /// The tables' database.
    Tables(Box<Client>),
    /// The server's superuser, and the tables' database if it is there.
    Server { maintenance: Box<Client>, inside: Option<Box<Client>> },
}

impl Way {
    fn open(args: ResetArgs, config: &Config) -> Result<Self> {
        if args.level < Level::Database {
            let connector = Connector::new(&config.database);
            connector.cancel_on_stop();
            return Ok(Self::Tables(Box::new(connector.connect()?)));
        }
        let admin = Admin::find(&config.database)?;
        let mut maintenance = admin.connect(MAINTENANCE)?;
        let inside = match reset::database_exists(&mut maintenance, &config.database.database)? {
            true => Some(Box::new(admin.connect(&config.database.database)?)),
            false => None,
        };
        Ok(Self::Server { maintenance: Box::new(maintenance), inside })
    }

    fn inside(&mut self) -> Option<&mut Client> {
        match self {
            Self::Tables(client) => Some(client),
            Self::Server { inside, .. } => inside.as_deref_mut(),
        }
    }

    /// Who else works with the database by this program, in words.
    fn busy(&mut self, database: &str) -> Result<Vec<String>> {
        let mut busy = match self {
            Self::Tables(client) | Self::Server { maintenance: client, .. } => {
                reset::sessions(client, database)?
            }
        };
        if let Some(inside) = self.inside() {
            busy.extend(reset::following(inside)?);
        }
        Ok(busy)
    }

    fn statements(&mut self, args: ResetArgs, config: &Config) -> Result<Vec<String>> {
        match self {
            Self::Tables(_) => Ok(vec![reset::tables_sql(args.level == Level::Tables).to_owned()]),
            Self::Server { maintenance, .. } => {
                let roles = [config.database.user.as_str(), READER];
                reset::database_sql(maintenance, &config.database.database, &roles, args.force)
            }
        }
    }

    fn remove(&mut self, level: Level, statements: &[String]) -> Result<()> {
        match self {
            Self::Tables(client) => reset::run_tables(client, level == Level::Tables),
            Self::Server { maintenance, inside } => {
                // A database can't be dropped while we are in it ourselves.
                *inside = None;
                reset::run_each(maintenance, statements)
            }
        }
    }
}

fn refuse_while_busy(way: &mut Way, args: ResetArgs, database: &str) -> Result<()> {
    let busy = way.busy(database)?;
    if busy.is_empty() {
        return Ok(());
    }
    if args.force {
        log::warn!("going on, though xtelemdb works with the database: {}", busy.join("; "));
        return Ok(());
    }
    Err(Error::Failed(format!(
        "xtelemdb works with database {database}: {}. Nothing was removed. End that first (an ingest by Ctrl-C), or say --force",
        busy.join("; ")
    )))
}

/// Telemetry files of this host that are not on disk. The content of `X.ndjson` may stand in `X.ndjson.gz`.
fn gone(client: &mut Client, hostname: &str) -> Result<Gone> {
    let mut gone = Gone::default();
    if !reset::has_files(client)? {
        return Ok(gone);
    }
    let is_there = |path: &Path| {
        let mut packed = path.as_os_str().to_owned();
        packed.push(".gz");
        path.exists()
            || (path.extension().is_some_and(|end| end == "ndjson") && PathBuf::from(packed).exists())
    };
    reset::for_each_file(client, hostname, |path, size_bytes| {
        if is_there(&origin::text_to_path(path)) {
            return;
        }
        gone.files_gone += 1;
        gone.files_gone_bytes += u64::try_from(size_bytes).unwrap_or(0);
        if gone.named.len() < GONE_FILES_NAMED {
            gone.named.push(path.to_owned());
        } else {
            log::debug!("{path}: is no longer on this host");
        }
    })?;
    Ok(gone)
}

/// What will go, line by line, for a person.
fn describe(level: Level, database: &str, stock: &Stock, gone: &Gone, hostname: &str) -> Vec<String> {
    let mut lines = vec![match level {
        Level::Rows => format!("Level 1 empties the tables of database {database}:"),
        Level::Tables => {
            format!("Level 2 drops all tables and the view observations of database {database}:")
        }
        Level::Database => format!("Level 3 drops database {database} and its roles:"),
    }];
    // What stands in the schema of its own and does not speak of the tables stays at level 1.
    let goes = |table: &&Table| {
        level > Level::Rows
            || table.name.starts_with("public.")
            || (table.rows != 0 && !KEPT.contains(&table.name.as_str()))
    };
    for table in stock.tables.iter().filter(goes) {
        let about = if table.estimated { "some " } else { "" };
        let rows = counted(table.rows as u64, "row");
        lines.push(format!("  {}: {about}{rows}, {}", table.name, bytes(table.size_bytes as u64)));
    }
    if let Some(newest) = &stock.newest {
        let devices = counted(stock.devices as u64, "device");
        lines.push(format!("  records of {devices}; the newest is of {newest} UTC"));
    }
    for host in &stock.hosts {
        let unseen = "; whether they are still there can't be seen from here";
        lines.push(format!(
            "  files of {}: {}, {} of telemetry{}",
            host.name,
            thousands(host.files as u64),
            thousands(host.telemetry_files as u64),
            if host.name == hostname { "" } else { unseen }
        ));
    }
    if gone.files_gone > 0 {
        lines.push(format!(
            "{} of telemetry ({}) no longer on {hostname}; what was loaded from there can't be loaded again from here:",
            counted(gone.files_gone, "file"),
            bytes(gone.files_gone_bytes)
        ));
        lines.extend(gone.named.iter().map(|path| format!("  {path}")));
        match gone.files_gone - gone.named.len() as u64 {
            0 => {}
            more => lines.push(format!("  and {} more, named with -v", thousands(more))),
        }
    }
    lines
}

/// The commands that fill the tables again. Where level 3 has nobody's role to drop it is one's own server.
fn next(level: Level, keeps_roles: bool, rest: &str) -> String {
    let mut commands = Vec::new();
    if level == Level::Database {
        commands.push(if keeps_roles { "provision --no-sudo" } else { "provision" });
    }
    if level >= Level::Tables {
        commands.push("setup");
    }
    let mut text = String::from("Fill the tables again with\n");
    commands.iter().for_each(|command| text.push_str(&format!("    xtelemdb {command}{rest}\n")));
    if !commands.is_empty() {
        text.push_str("and then\n");
    }
    text.push_str(&format!(
        "    xtelemdb inventory{rest}\n    xtelemdb ingest{rest}\non every instrument computer.\n"
    ));
    text
}

//! The command line: what can be asked for, in types. `read` makes them of arguments; no file or environment is looked at.

pub mod documents;
pub mod help;
mod read;
pub mod upkeep;

pub use read::{OPTIONS, behind_name, parse};

use crate::report::log::Verbosity;
use std::path::PathBuf;
use upkeep::{ProvisionArgs, ResetArgs, SetupArgs};

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Invocation {
    /// Nothing at all.
    Nothing,
    /// The help of a command, or of the program.
    Help(Option<Command>),
    /// A document that comes with the program.
    Document(&'static str),
    /// The program's version.
    Version,
    /// A command.
    Run(Box<Args>),
}

/// A command line that asks for a command.
#[derive(Debug, PartialEq, Eq)]
pub struct Args {
    /// The command, with what only it takes.
    pub task: Task,
    /// Configuration files in the order in which they were given.
    pub config_files: Vec<PathBuf>,
    /// `key=value` pairs in the order in which they were given.
    pub overrides: Vec<(String, String)>,
    /// Whether to print the configuration instead of doing anything.
    pub dump_config: bool,
    /// What every command takes.
    pub options: Options,
}

/// Options that every command takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether to print a summary as JSON.
    pub json: bool,
    /// How much to say.
    pub verbosity: Verbosity,
}

/// The commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Command {
    Setup,
    Inventory,
    Ingest,
    Follow,
    Status,
    Dump,
    Personal,
    Doctor,
    Reset,
    Provision,
}

/// A command with what only it takes.
#[derive(Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Task {
    Setup(SetupArgs),
    Inventory,
    Ingest,
    Follow(FollowArgs),
    Status(StatusArgs),
    Dump(DumpArgs),
    Personal(PersonalArgs),
    Doctor,
    Reset(ResetArgs),
    Provision(ProvisionArgs),
}

/// What `follow` takes.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct FollowArgs {
    /// What the process goes by, in its heartbeat, its configuration file and its FIFOs.
    pub name: Option<String>,
    /// Whether the INDI device talks on stdin and stdout.
    pub indi_stdio: bool,
}

/// What `status` takes.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct StatusArgs {
    /// Whether to show it again and again.
    pub watch: bool,
}

/// What `dump` takes.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct DumpArgs {
    /// The files in order; `-` is stdin.
    pub files: Vec<PathBuf>,
    /// A file that adds or overrides event types; goes before the configuration's.
    pub event_types: Option<PathBuf>,
}

/// What `personal` takes.
#[derive(Debug, PartialEq, Eq)]
pub struct PersonalArgs {
    /// What to do.
    pub action: PersonalAction,
    /// The folder of the private PostgreSQL.
    pub dir: PathBuf,
    /// Where the server programs are, if not where they are usually found.
    pub pg_bin: Option<PathBuf>,
    /// Whether to remove without asking.
    pub yes: bool,
    /// The backup: where it goes, or what is restored.
    pub file: Option<PathBuf>,
    /// Whether what is there may be replaced.
    pub overwrite: bool,
    /// Whether to say what would be done, and do nothing.
    pub dry_run: bool,
}

/// What to do with a private PostgreSQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum PersonalAction {
    Init,
    Start,
    Stop,
    Status,
    Backup,
    Restore,
    Upgrade,
    Remove,
}

/// A command line that does not make sense.
#[derive(Debug)]
pub struct Wrong {
    /// The command whose help tells more.
    pub command: Option<Command>,
    /// What is wrong. Names in it are escaped.
    pub text: String,
}

impl Command {
    /// What can be typed, in the order in which it is shown.
    pub const NAMES: [(&'static str, Self); 11] = [
        ("setup", Self::Setup),
        ("inventory", Self::Inventory),
        ("ingest", Self::Ingest),
        ("backfill", Self::Ingest),
        ("follow", Self::Follow),
        ("status", Self::Status),
        ("dump", Self::Dump),
        ("personal", Self::Personal),
        ("doctor", Self::Doctor),
        ("reset", Self::Reset),
        ("provision", Self::Provision),
    ];

    /// The name, as in log lines and summaries.
    pub fn name(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Inventory => "inventory",
            Self::Ingest => "ingest",
            Self::Follow => "follow",
            Self::Status => "status",
            Self::Dump => "dump",
            Self::Personal => "personal",
            Self::Doctor => "doctor",
            Self::Reset => "reset",
            Self::Provision => "provision",
        }
    }

    /// The configuration files that are read from the current folder when none is named: the first that exists.
    pub fn default_files(self) -> &'static [&'static str] {
        match self {
            Self::Setup => &["setup.conf"],
            Self::Inventory => &["inventory.conf"],
            Self::Ingest => &["ingest.conf", "backfill.conf"],
            Self::Follow => &["follow.conf"],
            Self::Status => &["status.conf"],
            Self::Doctor => &["ingest.conf", "backfill.conf", "inventory.conf"],
            Self::Reset => &["reset.conf"],
            Self::Provision => &["provision.conf"],
            // These need no configuration, and a stray file must not keep them from working.
            Self::Dump | Self::Personal => &[],
        }
    }

    fn named(word: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(name, _)| *name == word).map(|(_, command)| *command)
    }
}

impl Task {
    /// Which command it is.
    pub fn command(&self) -> Command {
        match self {
            Self::Setup(_) => Command::Setup,
            Self::Inventory => Command::Inventory,
            Self::Ingest => Command::Ingest,
            Self::Follow(_) => Command::Follow,
            Self::Status(_) => Command::Status,
            Self::Dump(_) => Command::Dump,
            Self::Personal(_) => Command::Personal,
            Self::Doctor => Command::Doctor,
            Self::Reset(_) => Command::Reset,
            Self::Provision(_) => Command::Provision,
        }
    }
}

impl PersonalAction {
    /// What can be typed, in the order in which it is shown.
    pub const NAMES: [(&'static str, Self); 8] = [
        ("init", Self::Init),
        ("start", Self::Start),
        ("stop", Self::Stop),
        ("status", Self::Status),
        ("backup", Self::Backup),
        ("restore", Self::Restore),
        ("upgrade", Self::Upgrade),
        ("remove", Self::Remove),
    ];
}

#[cfg(test)]
mod tests;

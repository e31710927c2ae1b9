//! Arguments in, an invocation out: options and words as they are met, then what they mean for the command.

use super::upkeep::Given;
use super::{
    Args, Command, DumpArgs, FollowArgs, Invocation, Options, PersonalAction, PersonalArgs, StatusArgs, Task,
    Wrong, documents,
};
use crate::config::keys;
use crate::config::nearest::nearest;
use crate::report::escape::Escaped;
use crate::report::log::Verbosity;
use lexopt::Arg::{Long, Short, Value};
use std::ffi::OsString;
use std::path::PathBuf;

/// What the program is called by when it stands in for the instrument's process: links named so, or so with the
/// computer behind (`dbIngestAOC`), follow.
const FOLLOWER: &str = "dbIngest";

/// The arguments behind the program's name, as if the program had been called by its own. A name that stands for `follow`
/// is also that of the process, unless `-n` gives another.
pub fn behind_name(arguments: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments = arguments.into_iter();
    let called = arguments.next().unwrap_or_default();
    let name = std::path::Path::new(&called).file_name().and_then(std::ffi::OsStr::to_str);
    let mut behind: Vec<OsString> = Vec::new();
    if let Some(name) = name.filter(|name| name.starts_with(FOLLOWER)) {
        behind.extend(["follow".into(), "--name".into(), name.into()]);
    }
    behind.extend(arguments);
    behind
}

/// Reads the arguments behind the program's name.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Invocation, Wrong> {
    let mut reader = Reader::default();
    match reader.read(lexopt::Parser::from_args(arguments)).and_then(|()| reader.finish()) {
        Ok(invocation) => Ok(invocation),
        Err(text) => Err(Wrong { command: reader.command, text }),
    }
}

/// What has been seen so far.
#[derive(Default)]
struct Reader {
    seen_any: bool,
    command: Option<Command>,
    help: bool,
    /// The name of the document that help is to print.
    document: Option<&'static str>,
    version: bool,
    config_files: Vec<PathBuf>,
    dump_config: bool,
    options: Options,
    event_types: Option<PathBuf>,
    pg_bin: Option<PathBuf>,
    name: Option<OsString>,
    indi_stdio: bool,
    watch: bool,
    given: Given,
    overwrite: bool,
    /// What stands behind the command.
    words: Vec<OsString>,
}

/// Whether an option was given, its name, and the commands that take it.
pub(super) type Owned = (bool, &'static str, &'static [Command]);

/// Options with their dashes, for suggestions.
pub const OPTIONS: [&str; 28] = [
    "--config",
    "--verbose",
    "--quiet",
    "--json",
    "--dump-config",
    "--help",
    "--version",
    "--event-types",
    "--name",
    "--pg-bin",
    "--yes",
    "--indi-stdio",
    "--watch",
    "--upgrade",
    "--dry-run",
    "--level",
    "--force",
    "--network",
    "--listen",
    "--tablespace",
    "--tablespace-name",
    "--owner",
    "--group",
    "--mode",
    "--rotate-password",
    "--no-sudo",
    "--overwrite",
    "--",
];

impl Reader {
    fn read(&mut self, mut parser: lexopt::Parser) -> Result<(), String> {
        while let Some(argument) = parser.next().map_err(said_by_parser)? {
            self.seen_any = true;
            match argument {
                Short('h') | Long("help") => self.help = true,
                Short('V') | Long("version") => self.version = true,
                Short('v') | Long("verbose") => self.options.verbosity = Verbosity::Verbose,
                Short('q') | Long("quiet") => self.options.verbosity = Verbosity::Quiet,
                Long("json") => self.options.json = true,
                Long("dump-config") => self.dump_config = true,
                Long("indi-stdio") => self.indi_stdio = true,
                Long("watch") => self.watch = true,
                Short('y') => self.given.yes = true,
                Long("overwrite") => self.overwrite = true,
                Short('c') | Long("config") => self.config_files.push(file_behind(&mut parser)?),
                Short('n') | Long("name") => {
                    self.name = Some(parser.value().map_err(said_by_parser)?);
                }
                Long("event-types") => self.event_types = Some(file_behind(&mut parser)?),
                Long("pg-bin") => self.pg_bin = Some(file_behind(&mut parser)?),
                Short(char) => return Err(format!("there is no option -{}", Escaped(&char.to_string()))),
                Long(name) => {
                    let name = name.to_owned();
                    if !self.given.take(&name, &mut parser)? {
                        return Err(unknown_option(&name));
                    }
                }
                Value(word) if self.command.is_none() && self.document.is_none() => {
                    self.take_command(&word)?;
                }
                Value(word) => self.words.push(word),
            }
        }
        Ok(())
    }

    fn take_command(&mut self, word: &OsString) -> Result<(), String> {
        let word = word.to_string_lossy();
        match Command::named(&word) {
            Some(command) => self.command = Some(command),
            None if self.help && documents::named(&word).is_some() => self.document = documents::named(&word),
            None if word == "help" => self.help = true,
            None => {
                let names = Command::NAMES.map(|(name, _)| name);
                return Err(unknown("command", &word, &names));
            }
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<Invocation, String> {
        if !self.seen_any {
            return Ok(Invocation::Nothing);
        }
        if let Some(name) = self.document {
            return documents::find(name, &self.words).map(Invocation::Document);
        }
        if self.help {
            return Ok(Invocation::Help(self.command));
        }
        if self.version {
            return Ok(Invocation::Version);
        }
        let command = self.command.ok_or_else(|| {
            let names = Command::NAMES.map(|(name, _)| name);
            format!("which command?\nThere are: {}", names.join(", "))
        })?;
        self.check_options(command)?;
        let words = std::mem::take(&mut self.words);
        let mut overrides = Vec::new();
        let task = match command {
            Command::Dump => Task::Dump(self.dump_args(words, &mut overrides)?),
            Command::Personal => Task::Personal(self.personal_args(words, &mut overrides)?),
            _ => {
                overrides = words.iter().map(override_of).collect::<Result<_, _>>()?;
                match command {
                    Command::Setup => Task::Setup(self.given.setup()),
                    Command::Reset => Task::Reset(self.given.reset()?),
                    Command::Provision => Task::Provision(self.given.provision()?),
                    Command::Inventory => Task::Inventory,
                    Command::Follow => Task::Follow(self.follow_args()?),
                    Command::Status => Task::Status(StatusArgs { watch: self.watch }),
                    Command::Doctor => Task::Doctor,
                    _ => Task::Ingest,
                }
            }
        };
        Ok(Invocation::Run(Box::new(Args {
            task,
            config_files: std::mem::take(&mut self.config_files),
            overrides,
            dump_config: self.dump_config,
            options: self.options,
        })))
    }

    /// Options of one command are an error with another, not silence.
    fn check_options(&self, command: Command) -> Result<(), String> {
        let ours: [Owned; 6] = [
            (self.event_types.is_some(), "--event-types", &[Command::Dump]),
            (self.pg_bin.is_some(), "--pg-bin", &[Command::Personal]),
            (self.name.is_some(), "--name", &[Command::Follow]),
            (self.indi_stdio, "--indi-stdio", &[Command::Follow]),
            (self.watch, "--watch", &[Command::Status]),
            (self.overwrite, "--overwrite", &[Command::Personal]),
        ];
        for (given, option, owners) in ours.into_iter().chain(self.given.owned()) {
            if given && !owners.contains(&command) {
                let (owners, command) = (listed(owners), command.name());
                let instead = if option == "--event-types" { "; write event_types=FILE" } else { "" };
                return Err(format!("{option} is an option of {owners}, not of {command}{instead}"));
            }
        }
        Ok(())
    }

    fn follow_args(&mut self) -> Result<FollowArgs, String> {
        let indi_stdio = self.indi_stdio;
        if indi_stdio && self.options.json {
            return Err("--indi-stdio needs stdout for itself: --json can't print there".into());
        }
        let Some(name) = self.name.take() else { return Ok(FollowArgs { name: None, indi_stdio }) };
        // It becomes part of the names of files.
        let name = name
            .into_string()
            .ok()
            .filter(|name| !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\0']))
            .ok_or("--name needs the name of a device, such as dbIngestAOC")?;
        Ok(FollowArgs { name: Some(name), indi_stdio })
    }

    /// Files, and overrides that name a key exactly: a file of such a name is `./KEY=...`.
    fn dump_args(
        &mut self,
        words: Vec<OsString>,
        overrides: &mut Vec<(String, String)>,
    ) -> Result<DumpArgs, String> {
        let mut files = Vec::new();
        for word in words {
            match override_of(&word) {
                Ok(pair) if keys::find(&pair.0).is_some() => overrides.push(pair),
                _ => files.push(PathBuf::from(word)),
            }
        }
        if files.is_empty() && !self.dump_config {
            return Err("dump needs the name of a file, or - for stdin".into());
        }
        Ok(DumpArgs { files, event_types: self.event_types.take() })
    }

    fn personal_args(
        &mut self,
        words: Vec<OsString>,
        overrides: &mut Vec<(String, String)>,
    ) -> Result<PersonalArgs, String> {
        let names = PersonalAction::NAMES.map(|(name, _)| name);
        let mut words = words.into_iter();
        let word =
            words.next().ok_or_else(|| format!("personal needs to know what to do: {}", names.join(", ")))?;
        let action = PersonalAction::NAMES
            .iter()
            .find(|(name, _)| word == *name)
            .map(|(_, action)| *action)
            .ok_or_else(|| unknown("action", &word.to_string_lossy(), &names))?;
        let dir = words.next().filter(|dir| !dir.is_empty()).ok_or_else(|| {
            format!("personal {} needs the folder of the private database", word.to_string_lossy())
        })?;
        let mut file = None;
        if matches!(action, PersonalAction::Backup | PersonalAction::Restore) {
            file = words.next().filter(|file| !file.is_empty()).map(PathBuf::from);
            if file.is_none() {
                return Err(format!("personal {} needs the file of the backup", word.to_string_lossy()));
            }
        }
        self.check_personal_options(action, &word.to_string_lossy())?;
        *overrides = words.map(|word| override_of(&word)).collect::<Result<_, _>>()?;
        Ok(PersonalArgs {
            action,
            dir: dir.into(),
            pg_bin: self.pg_bin.take(),
            yes: self.given.yes,
            file,
            overwrite: self.overwrite,
            dry_run: self.given.dry_run,
        })
    }

    fn check_personal_options(&self, action: PersonalAction, word: &str) -> Result<(), String> {
        use PersonalAction::{Backup, Init, Remove, Restore, Start, Stop, Upgrade};
        for (given, option, actions) in [
            (self.pg_bin.is_some(), "--pg-bin", &[Init, Start, Stop, Backup, Restore, Upgrade, Remove][..]),
            (self.given.yes, "--yes", &[Remove]),
            (self.overwrite, "--overwrite", &[Backup, Restore]),
            (self.given.dry_run, "--dry-run", &[Init, Backup, Restore, Upgrade, Remove]),
        ] {
            if given && !actions.contains(&action) {
                return Err(format!("personal {word} has no {option}"));
            }
        }
        Ok(())
    }
}

pub(super) fn file_behind(parser: &mut lexopt::Parser) -> Result<PathBuf, String> {
    let value = parser.value().map_err(said_by_parser)?;
    if value.is_empty() { Err("the name of a file is empty".into()) } else { Ok(value.into()) }
}

pub(super) fn said_by_parser(error: lexopt::Error) -> String {
    Escaped(&error.to_string()).to_string()
}

fn override_of(word: &OsString) -> Result<(String, String), String> {
    let text = word.to_str().ok_or_else(|| {
        format!(
            "{} is not UTF-8: a configuration file can't hold it either",
            Escaped(&word.to_string_lossy())
        )
    })?;
    let (key, value) = text
        .split_once('=')
        .ok_or_else(|| format!("expected key=value, found {}{}", Escaped(text), as_key(text)))?;
    Ok((key.to_owned(), value.to_owned()))
}

/// What to write instead, if it is the name of a key.
fn as_key(name: &str) -> String {
    if keys::find(name).is_some() { format!("; write {name}=VALUE") } else { String::new() }
}

fn unknown_option(name: &str) -> String {
    let typed = format!("--{name}");
    match as_key(name) {
        instead if !instead.is_empty() => format!("there is no option {typed}{instead}"),
        _ => unknown_among("option", &typed, &OPTIONS),
    }
}

pub(super) fn unknown(kind: &str, word: &str, names: &[&'static str]) -> String {
    format!("{}\nThere are: {}", unknown_among(kind, word, names), names.join(", "))
}

fn unknown_among(kind: &str, word: &str, names: &[&'static str]) -> String {
    let suggestion = nearest(word, names.iter().copied());
    let suggestion = suggestion.map(|name| format!("; did you mean {name}?")).unwrap_or_default();
    format!("there is no {kind} {}{suggestion}", Escaped(word))
}

/// Names of commands as a sentence has them.
fn listed(commands: &[Command]) -> String {
    let names: Vec<&str> = commands.iter().map(|command| command.name()).collect();
    match names.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => names.concat(),
    }
}

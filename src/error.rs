//! What can go wrong, said for the person who reads it, and the one place that maps it to an exit code.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// How a run ended. The numbers are part of the interface: `--help` and the README list them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Everything asked for is done.
    Done = 0,
    /// It failed; what was committed before stands.
    Failed = 1,
    /// The command line or the configuration is wrong; nothing was tried.
    Usage = 2,
    /// Done, except for files or records that were named.
    Partly = 3,
    /// Another follow of this host runs, so this one left.
    PlaceTaken = 4,
    /// Stopped by Ctrl-C or SIGTERM; what was committed before stands.
    Interrupted = 130,
}

impl Exit {
    /// Every way to end.
    pub const ALL: [Self; 6] =
        [Self::Done, Self::Failed, Self::Usage, Self::Partly, Self::PlaceTaken, Self::Interrupted];
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// An error that ends a command. Defects of single files and records are no errors: they are reported and counted.
#[derive(Debug)]
pub enum Error {
    /// The command line does not make sense.
    Usage(String),
    /// A configuration file or an override does not make sense.
    Config(String),
    /// A file or folder that the command cannot do without.
    File {
        /// The file or folder.
        path: PathBuf,
        /// What was tried, as a verb: "read", "create".
        action: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// The server can't be reached, or refused something; the text names it and says what to do.
    Database(String),
    /// Anything else: what happened and what to do next.
    Failed(String),
    /// Another process does this work already; the text says which.
    PlaceTaken(String),
    /// SIGINT or SIGTERM came.
    Interrupted,
}

/// The result of everything that can end a command.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An [`Error::File`] for use in `map_err`.
    pub fn file(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::File { path: path.to_owned(), action, source }
    }

    /// The exit code that stands for this error.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) | Self::Config(_) => Exit::Usage,
            Self::File { .. } | Self::Database(_) | Self::Failed(_) => Exit::Failed,
            Self::PlaceTaken(_) => Exit::PlaceTaken,
            Self::Interrupted => Exit::Interrupted,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(text)
            | Self::Config(text)
            | Self::Database(text)
            | Self::Failed(text)
            | Self::PlaceTaken(text) => f.write_str(text),
            Self::File { path, action, source } => write!(f, "can't {action} {}: {source}", path.display()),
            Self::Interrupted => f.write_str("interrupted; what was committed before stands"),
        }
    }
}

impl std::error::Error for Error {}

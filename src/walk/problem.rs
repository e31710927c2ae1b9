//! What a walk can't have or finds odd, by name.

use crate::origin::path_to_text;
use serde::Serialize;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Kinds of problems. Their names stand in summaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A data folder that is not there.
    MissingDataFolder,
    /// A folder that can't be read, or not to its end.
    UnreadableFolder,
    /// A file or link that the system tells nothing about.
    UnreadableFile,
    /// A link to nothing.
    BrokenLink,
    /// A link that leads back to itself.
    LinkLoop,
    /// It was listed and then gone.
    Vanished,
    /// A path that is too long for the system.
    PathTooLong,
    /// A name that is not UTF-8; the file is inventoried under the escaped name.
    NotUtf8,
    /// A time that the database can't hold; the nearest one that it can stands there.
    OddTime,
    /// Two paths of one digest; the second is not inventoried.
    Collision,
}

/// One problem.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Of which kind.
    pub kind: Kind,
    /// With which file or folder.
    pub path: PathBuf,
    /// What the system said, or what there is to know.
    pub detail: String,
}

/// A path longer than this is shown without its middle, in characters.
const LONGEST_SHOWN: usize = 300;

impl Problem {
    pub(super) fn of_folder(path: &Path, error: &io::Error) -> Self {
        let kind = match error.kind() {
            io::ErrorKind::NotFound => Kind::Vanished,
            _ if is_too_long(error) => Kind::PathTooLong,
            _ => Kind::UnreadableFolder,
        };
        Self::new(kind, path, error.to_string())
    }

    pub(super) fn of_file(path: &Path, error: &io::Error) -> Self {
        let kind = match error.kind() {
            io::ErrorKind::NotFound => Kind::Vanished,
            _ if is_too_long(error) => Kind::PathTooLong,
            _ => Kind::UnreadableFile,
        };
        Self::new(kind, path, error.to_string())
    }

    pub(super) fn of_link(path: &Path, error: &io::Error) -> Self {
        let kind = match error.kind() {
            // What leads to nothing may be gone itself by now.
            io::ErrorKind::NotFound if path.symlink_metadata().is_ok() => Kind::BrokenLink,
            _ if is_loop(error) => Kind::LinkLoop,
            _ => return Self::of_file(path, error),
        };
        let target = std::fs::read_link(path).map(|target| path_to_text(&target)).unwrap_or_default();
        Self::new(kind, path, format!("it points to {}", shortened(&target)))
    }

    /// A problem of this kind.
    pub fn new(kind: Kind, path: &Path, detail: impl Into<String>) -> Self {
        Self { kind, path: path.to_owned(), detail: detail.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            Kind::MissingDataFolder => "data folder does not exist",
            Kind::UnreadableFolder => "can't read folder",
            Kind::UnreadableFile => "can't look at file",
            Kind::BrokenLink => "broken link",
            Kind::LinkLoop => "link loop",
            Kind::Vanished => "vanished while it was looked at",
            Kind::PathTooLong => "path too long for the system",
            Kind::NotUtf8 => "name is not UTF-8",
            Kind::OddTime => "time beyond what the database holds",
            Kind::Collision => "another path has the same digest",
        };
        let path = path_to_text(&self.path);
        write!(f, "{what}: {}", shortened(&path))?;
        if self.detail.is_empty() { Ok(()) } else { write!(f, " ({})", self.detail) }
    }
}

fn shortened(text: &str) -> String {
    let characters = text.chars().count();
    if characters <= LONGEST_SHOWN {
        return text.to_owned();
    }
    let half = LONGEST_SHOWN / 2;
    let head: String = text.chars().take(half).collect();
    let tail: String = text.chars().skip(characters - half).collect();
    format!("{head}[...]{tail}")
}

fn is_too_long(error: &io::Error) -> bool {
    // ENAMETOOLONG; its ErrorKind also stands for other things.
    error.raw_os_error() == Some(36)
}

fn is_loop(error: &io::Error) -> bool {
    // ELOOP; its ErrorKind is not stable yet.
    error.raw_os_error() == Some(40)
}

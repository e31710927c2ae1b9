//! What `--dry-run` prints: every statement and every change of a file, in the order in which they would be made.

use crate::args::Command;
use crate::error::{Exit, Result};
use crate::report::escape::Escaped;
use crate::report::summary::{print_json, seconds};
use serde::Serialize;
use std::time::Instant;

/// One thing that would be done.
#[derive(Debug, Serialize)]
pub struct Planned {
    /// In words.
    pub what: String,
    /// SQL, or what would change in a file.
    pub change: String,
}

#[derive(Serialize)]
struct Summary<'a> {
    command: &'static str,
    exit: i32,
    elapsed_s: f64,
    dry_run: bool,
    planned: &'a [Planned],
}

/// Prints what would be done, as text that psql takes (words are comments) or as JSON.
pub fn print(command: Command, planned: &[Planned], json: bool, started: Instant) -> Result<Exit> {
    if json {
        print_json(&Summary {
            command: command.name(),
            exit: Exit::Done as i32,
            elapsed_s: seconds(started.elapsed()),
            dry_run: true,
            planned,
        })?;
        return Ok(Exit::Done);
    }
    let mut text = String::new();
    for step in planned {
        // A name with a newline in it must not end the comment.
        text.push_str(&format!("-- {}\n{}\n\n", Escaped(&step.what), step.change.trim_end()));
    }
    if planned.is_empty() {
        text.push_str("-- nothing to do\n");
    }
    Ok(super::print_lines(&text))
}

//! `xtelemdb inventory`: which files there are.

use super::Options;
use crate::config::Config;
use crate::db::{Connector, schema};
use crate::error::{Exit, Result};
use crate::inventory::{self, Summary, Task};
use crate::report::progress::Progress;
use crate::report::summary::{bytes, counted, duration, print_json, thousands};
use std::time::Duration;

/// Runs the command.
pub fn run(config: &Config, options: &Options) -> Result<Exit> {
    let connector = Connector::new(&config.database);
    connector.cancel_on_stop();
    let mut client = connector.connect()?;
    schema::require(&mut client)?;
    let task = Task::new(config.hostname.clone(), config.data_dirs.clone(), config.parallel_jobs);
    let progress = Progress::start("files", None);
    let ended = inventory::run(&task, &connector, client, &|files| progress.add(files));
    progress.finish();
    let summary = ended?;
    log::info!("{}", in_words(&summary));
    if options.json {
        print_json(&summary)?;
    }
    Ok(summary.exit())
}

/// `inventory of exao1: 1,234 files (120 new, 3 changed), 4.5 GB in 12 folders, 0.3 s; 2 problems, named above`.
fn in_words(summary: &Summary) -> String {
    let mut text = format!(
        "inventory of {}: {} ({} new, {} changed), {} in {}, {}",
        summary.host,
        counted(summary.files, "file"),
        thousands(summary.new),
        thousands(summary.changed),
        bytes(summary.bytes),
        counted(summary.folders, "folder"),
        duration(Duration::from_secs_f64(summary.elapsed_s)),
    );
    if summary.linked_folders > 0 {
        text.push_str(&format!("; {} not followed", counted(summary.linked_folders, "linked folder")));
    }
    if summary.special > 0 {
        text.push_str(&format!("; {} passed over (FIFO, socket or device)", thousands(summary.special)));
    }
    let problems = summary.problems.values().sum();
    if problems > 0 {
        text.push_str(&format!("; {}, named above", counted(problems, "problem")));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closing_line_in_plain_words() {
        let mut summary = Summary {
            command: "inventory",
            host: "exao1".into(),
            files: 1234,
            new: 120,
            changed: 3,
            unchanged: 1111,
            bytes: 4_500_000_000,
            folders: 12,
            linked_folders: 0,
            special: 0,
            problems: [].into(),
            elapsed_s: 0.3,
            exit: 0,
        };
        let line = "inventory of exao1: 1,234 files (120 new, 3 changed), 4.5 GB in 12 folders, 0.3 s";
        assert_eq!(in_words(&summary), line);
        summary.linked_folders = 1;
        summary.special = 2;
        summary.problems = [(crate::walk::Kind::BrokenLink, 1)].into();
        let more =
            "; 1 linked folder not followed; 2 passed over (FIFO, socket or device); 1 problem, named above";
        assert_eq!(in_words(&summary), format!("{line}{more}"));
    }
}

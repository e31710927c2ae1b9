//! The figures of speed and memory, each beside the limit that it is measured against: `./build.sh bench`.
//!
//! Work and limit are measured in alternation, so that what else the machine does meets both. Nothing is asserted of
//! the figures; a run that did not do its work is an error.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "the output of the bench")]

mod bench;
mod data;
mod decode;
mod figure;
mod finished;
mod growth;
mod live;
mod machine;
mod memory;
mod night;
mod process;
mod records;
mod rows;
mod server;
mod table;
mod walk;

use bench::Bench;
use figure::Figure;
use machine::Machine;
use std::process::ExitCode;
use xtelemdb::error::{Error, Result};

/// What stands on the command line, whether it runs unasked, and what measures it.
type Row = (&'static str, bool, fn(&Bench) -> Result<Vec<Figure>>);

const ROWS: [Row; 12] = [
    ("night", true, night::night),
    ("again", true, night::again),
    ("conflict", true, night::conflict),
    ("decode", true, decode::decode),
    ("ndjson", true, decode::ndjson),
    ("walk", true, walk::walk),
    ("walk-again", true, walk::walk_again),
    ("folder", true, walk::folder),
    ("memory", true, memory::memory),
    ("start", true, memory::start),
    ("live", false, live::live),
    ("growth", false, growth::growth),
];

const DEFAULT_ROUNDS: usize = 5;

struct Wanted {
    rows: Vec<Row>,
    is_json: bool,
    is_quick: bool,
    rounds: usize,
}

fn main() -> ExitCode {
    match wanted().and_then(|wanted| run(&wanted)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            error.exit().into()
        }
    }
}

fn wanted() -> Result<Wanted> {
    use lexopt::prelude::*;
    let usage = |error: lexopt::Error| Error::Usage(error.to_string());
    let mut wanted = Wanted { rows: Vec::new(), is_json: false, is_quick: false, rounds: DEFAULT_ROUNDS };
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next().map_err(usage)? {
        match argument {
            // cargo's own word to every bench.
            Long("bench") => {}
            Long("json") => wanted.is_json = true,
            Long("quick") => wanted.is_quick = true,
            Long("rounds") => {
                let rounds: usize = parser.value().and_then(|value| value.parse()).map_err(usage)?;
                wanted.rounds = rounds.max(1);
            }
            Value(name) => {
                let row = ROWS.iter().find(|(row, ..)| name == *row).ok_or_else(|| {
                    let names: Vec<&str> = ROWS.iter().map(|(name, ..)| *name).collect();
                    Error::Usage(format!("no row {}; there are {}", name.display(), names.join(", ")))
                })?;
                wanted.rows.push(*row);
            }
            other => return Err(usage(other.unexpected())),
        }
    }
    if wanted.rows.is_empty() {
        wanted.rows = ROWS.into_iter().filter(|(_, is_unasked, _)| *is_unasked).collect();
    }
    Ok(wanted)
}

fn run(wanted: &Wanted) -> Result<()> {
    let bench = Bench::new(wanted.rounds, wanted.is_quick)?;
    let mut figures = Vec::new();
    let mut outcome = Ok(());
    for (name, _, measure) in &wanted.rows {
        say(&format!("measuring {name}"));
        match measure(&bench) {
            Ok(more) => figures.extend(more),
            // Minutes of measuring are not thrown away for it, and the other rows may do.
            Err(error) => {
                say(&format!("{name} has no figure: {error}"));
                outcome = Err(Error::Failed("not every row could be measured".into()));
            }
        }
    }
    let machine = Machine::look(bench.server_version());
    if wanted.is_json {
        println!("{:#}", table::json(&figures, &machine, wanted.rounds, wanted.is_quick));
    } else {
        print!("{}", table::text(&figures, &machine, wanted.rounds, wanted.is_quick));
    }
    outcome
}

/// Tells whoever waits what goes on.
fn say(text: &str) {
    eprintln!("{text}");
}

//! Log lines on stderr, in UTC: `2024-04-22 19:06:43 exao1 xtelemdb.setup[657990] INFO Success!`.

use super::clock::Clock;
use super::escape::Escaped;
use super::paint::{self, Paint};
use super::progress;
use log::{Level, LevelFilter};
use std::io::{self, Write};

/// How much is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// `-q`: warnings and errors, no progress.
    Quiet,
    /// What a person wants to know.
    #[default]
    Normal,
    /// `-v`: also what helps to find out why.
    Verbose,
}

/// Starts logging for a command on a host. Later calls change nothing.
pub fn start(command: &str, hostname: &str, verbosity: Verbosity) {
    let level = match verbosity {
        Verbosity::Quiet => LevelFilter::Warn,
        Verbosity::Normal => LevelFilter::Info,
        Verbosity::Verbose => LevelFilter::Debug,
    };
    let host = hostname.split('.').next().filter(|host| !host.is_empty()).unwrap_or("-");
    let origin = format!("{} xtelemdb.{command}[{}]", Escaped(host), std::process::id());
    let colour = paint::is_wanted(&io::stderr());
    let started = env_logger::Builder::new()
        .filter_level(LevelFilter::Warn)
        .filter_module(env!("CARGO_CRATE_NAME"), level)
        .format(move |line, record| {
            let message = record.args().to_string();
            let (on, off) = paint_of(record.level()).codes(colour);
            writeln!(line, "{} {origin} {on}{}{off} {}", Clock::now(), record.level(), Escaped(&message))
        })
        .target(env_logger::Target::Pipe(Box::new(Stderr)))
        .try_init();
    if started.is_ok() {
        progress::allow(verbosity > Verbosity::Quiet);
    }
}

fn paint_of(level: Level) -> Paint {
    match level {
        Level::Error => Paint::Bad,
        Level::Warn => Paint::Attention,
        Level::Info => Paint::Good,
        Level::Debug | Level::Trace => Paint::Faint,
    }
}

/// stderr, shared with the progress bar: the bar steps aside for a line.
struct Stderr;

impl Write for Stderr {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        progress::suspend(|| {
            // Nobody is left to tell that stderr is closed.
            let _ = io::stderr().write_all(bytes);
        });
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

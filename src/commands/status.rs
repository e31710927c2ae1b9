//! `xtelemdb status`: how everything is, at a glance.

use super::Options;
use crate::args::StatusArgs;
use crate::config::{Config, Database};
use crate::db::status::{self as stored};
use crate::db::{Connector, schema};
use crate::error::{Error, Exit, Result};
use crate::limits::STATUS_WATCH_EVERY;
use crate::report::paint;
use crate::report::summary::{json_line, print_json, seconds};
use crate::status::{self, Status, render};
use crate::stop;
use postgres::Client;
use std::io::{self, IsTerminal, Write};
use std::time::Instant;

/// Begins at the terminal's upper left corner.
const HOME: &str = "\x1b[H";
/// Empties the line behind the cursor.
const CLEAR_LINE: &str = "\x1b[K";
/// Empties everything behind the cursor.
const CLEAR_BELOW: &str = "\x1b[J";

/// Runs the command.
pub fn run(args: &StatusArgs, config: &Config, options: &Options) -> Result<Exit> {
    let connector = Connector::new(&config.database);
    connector.cancel_on_stop();
    if args.watch {
        return watch(&connector, config, options);
    }
    let mut client = connect(&connector)?;
    let status = look(&mut client, config)?;
    if options.json {
        print_json(&status)?;
    } else {
        show(&render::page(&status, paint::is_wanted(&io::stdout())))?;
    }
    Ok(Exit::Done)
}

/// Shows it again and again until Ctrl-C, which is how it ends and no failure.
fn watch(connector: &Connector, config: &Config, options: &Options) -> Result<Exit> {
    let on_screen = io::stdout().is_terminal() && !options.json;
    let mut client = Some(connect(connector)?);
    loop {
        let text = match look_again(&mut client, connector, config) {
            Ok(status) if options.json => json_line(&status)?,
            Ok(status) if on_screen => screen(&render::page(&status, paint::is_wanted(&io::stdout()))),
            Ok(status) => format!("{}\n", render::page(&status, false)),
            Err(_) if stop::requested() => return Ok(Exit::Done),
            // It may come back.
            Err(Error::Database(text)) if on_screen => screen(&render::message(&text)),
            Err(Error::Database(text)) => {
                log::warn!("{text}");
                String::new()
            }
            Err(error) => return Err(error),
        };
        if !show(&text)? || stop::pause(STATUS_WATCH_EVERY).is_err() {
            return Ok(Exit::Done);
        }
    }
}

fn look_again(client: &mut Option<Client>, connector: &Connector, config: &Config) -> Result<Status> {
    let connected = match client.take() {
        Some(connected) => connected,
        None => connect(connector)?,
    };
    let connected = client.insert(connected);
    let status = look(connected, config);
    if status.is_err() {
        *client = None;
    }
    status
}

fn connect(connector: &Connector) -> Result<Client> {
    let mut client = connector.connect()?;
    schema::require(&mut client)?;
    Ok(client)
}

fn look(client: &mut Client, config: &Config) -> Result<Status> {
    let started = Instant::now();
    let found = stored::look(client, &config.hostname)
        .map_err(|failure| Error::Database(failure.text().to_owned()))?;
    let Database { host, port, database, .. } = &config.database;
    let mut status = status::judge(&found, format!("{database} at {host}:{port}"), &config.hostname);
    status.elapsed_s = seconds(started.elapsed());
    Ok(status)
}

/// A text over what stands on the terminal.
fn screen(text: &str) -> String {
    let rows = rustix::termios::tcgetwinsize(io::stdout()).map_or(0, |size| usize::from(size.ws_row));
    // A terminal that does not say how large it is has the usual size.
    over(text, if rows < 2 { 24 } else { rows })
}

/// A text over what stands on a terminal of so many rows, of which the last stays free for the cursor.
fn over(text: &str, rows: usize) -> String {
    let all = text.lines().count();
    let mut drawn = String::from(HOME);
    let shown = if all < rows { all } else { rows - 2 };
    for line in text.lines().take(shown) {
        drawn.push_str(&format!("{line}{CLEAR_LINE}\n"));
    }
    if shown < all {
        drawn.push_str(&format!("... {} more lines: enlarge the window{CLEAR_LINE}\n", all - shown));
    }
    drawn + CLEAR_BELOW
}

/// Prints it. A reader that closes early has read enough: then this says `false`.
fn show(text: &str) -> Result<bool> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(e) => Err(Error::Failed(format!("can't write to stdout: {e}"))),
        Ok(()) => Ok(true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_takes_no_more_than_it_has_rows() {
        assert_eq!(over("a\nb\n", 3), "\x1b[Ha\x1b[K\nb\x1b[K\n\x1b[J");
        let cut = "\x1b[Ha\x1b[K\n... 3 more lines: enlarge the window\x1b[K\n\x1b[J";
        assert_eq!(over("a\nb\nc\nd\n", 3), cut);
        assert_eq!(over("", 2), "\x1b[H\x1b[J");
    }
}

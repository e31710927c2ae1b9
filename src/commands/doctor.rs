//! `xtelemdb doctor`: one page of checks, each with the command that mends it.

use super::Options;
use crate::config::Resolved;
use crate::doctor::{self, Check, State};
use crate::error::{Error, Exit, Result};
use crate::report::escape::{Escaped, lines};
use crate::report::paint::{self, Paint};
use crate::report::summary::{counted, print_json, seconds};
use crate::report::wrap;
use serde::Serialize;
use std::io::{self, Write};
use std::time::Instant;

/// Column in which what was found begins.
const INDENT: usize = 8;
/// Where lines are broken, in characters.
const WIDTH: usize = 100;

#[derive(Serialize)]
struct Summary<'a> {
    command: &'static str,
    exit: i32,
    elapsed_s: f64,
    ok: usize,
    warn: usize,
    fail: usize,
    checks: &'a [Check],
}

/// Examines; exit code 3 if a check fails. `wrong` is what was wrong with the configuration.
pub fn run(resolved: &Resolved, wrong: Option<&Error>, options: &Options) -> Result<Exit> {
    let started = Instant::now();
    let is_page = !options.json;
    let mut page = Ok(());
    let checks = doctor::examine(resolved, wrong, |area| {
        if is_page && page.is_ok() {
            page = write_area(area);
        }
    })?;
    let count = |state| checks.iter().filter(|check| check.state == state).count();
    let (ok, warn, fail) = (count(State::Ok), count(State::Warn), count(State::Fail));
    let exit = if fail > 0 { Exit::Partly } else { Exit::Done };
    if options.json {
        let elapsed_s = seconds(started.elapsed());
        print_json(&Summary {
            command: "doctor",
            exit: exit as i32,
            elapsed_s,
            ok,
            warn,
            fail,
            checks: &checks,
        })?;
    } else {
        let verdict =
            format!("{}: {ok} ok, {warn} warn, {fail} fail\n", counted(checks.len() as u64, "check"));
        page = page.and_then(|()| io::stdout().write_all(verdict.as_bytes()));
    }
    match page {
        // Who closed the pipe has read enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::Failed(format!("can't write to stdout: {error}")))
        }
        _ => Ok(exit),
    }
}

fn write_area(checks: &[Check]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let is_coloured = paint::is_wanted(&io::stdout());
    if let Some(first) = checks.first() {
        writeln!(out, "{}", Paint::Bold.text(first.area, is_coloured))?;
    }
    for check in checks {
        let word = format!("{:4}", check.state.name());
        let paint = match check.state {
            State::Ok => Paint::Good,
            State::Warn => Paint::Attention,
            State::Fail => Paint::Bad,
        };
        let word = paint.text(&word, is_coloured);
        let text = format!("{}: {}", Escaped(&check.name), harmless(&check.found));
        writeln!(out, "  {word}  {}", wrapped(&text))?;
        if let Some(mend) = &check.mend {
            writeln!(
                out,
                "{:INDENT$}{} {}",
                "",
                Paint::Bold.text("→", is_coloured),
                wrapped(&harmless(mend))
            )?;
        }
    }
    writeln!(out)
}

fn harmless(text: &str) -> String {
    lines(text).map(|line| line.to_string()).collect::<Vec<_>>().join(" ")
}

/// Broken between words; lines but the first are indented.
fn wrapped(text: &str) -> String {
    wrap::lines(text, WIDTH - INDENT, WIDTH - INDENT - 2).join(&format!("\n{:1$}", "", INDENT + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_broken_between_words() {
        let text = format!("{}{}", "word ".repeat(30), "x".repeat(200));
        let broken = wrapped(&text);
        let long = broken.lines().filter(|line| INDENT + line.chars().count() > WIDTH + INDENT + 2).count();
        assert_eq!(long, 1, "{broken}");
        assert_eq!(
            broken.split_whitespace().collect::<Vec<_>>(),
            text.split_whitespace().collect::<Vec<_>>()
        );
        assert_eq!(wrapped("a b"), "a b");
    }
}

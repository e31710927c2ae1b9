//! Asking a person before something goes for good.

use crate::error::{Error, Result};
use crate::report::escape::Escaped;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

/// Whether there is a terminal to ask on.
pub fn can_ask() -> bool {
    io::stdin().is_terminal()
}

/// Says what the question is about, on stderr.
pub fn say(lines: &[String]) -> Result<()> {
    let mut stderr = io::stderr().lock();
    lines
        .iter()
        .try_for_each(|line| writeln!(stderr, "{}", Escaped(line)))
        .map_err(Error::file("write", Path::new("standard error")))
}

/// Asks on the terminal; only `yes` is a yes.
pub fn confirmed(question: &str) -> Result<bool> {
    let mut stderr = io::stderr().lock();
    write!(stderr, "{question} Type yes: ")
        .and_then(|()| stderr.flush())
        .map_err(Error::file("write", Path::new("standard error")))?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).map_err(Error::file("read", Path::new("the terminal")))?;
    Ok(answer.trim().eq_ignore_ascii_case("yes"))
}

//! Summaries: one JSON object on one line for scripts, and numbers as people read them.

use super::escape;
use crate::error::{Error, Result};
use crate::stop;
use serde::Serialize;
use std::io::{self, Write};
use std::time::Duration;

/// Prints a summary on stdout as one line of JSON. Every summary has `command`, `exit` (the number) and `elapsed_s`.
pub fn print_json(summary: &impl Serialize) -> Result<()> {
    stop::retract_last_words();
    print_last_json(summary)
}

/// The same as the last words of a process that leaves (see [`stop::set_last_words`]).
pub fn print_last_json(summary: &impl Serialize) -> Result<()> {
    write_json(io::stdout().lock(), summary)
}

/// The same on stderr, for a command whose stdout is data.
pub fn print_json_on_stderr(summary: &impl Serialize) -> Result<()> {
    stop::retract_last_words();
    print_last_json_on_stderr(summary)
}

/// Both.
pub fn print_last_json_on_stderr(summary: &impl Serialize) -> Result<()> {
    write_json(io::stderr().lock(), summary)
}

fn write_json(mut out: impl Write, summary: &impl Serialize) -> Result<()> {
    let failed = |e: io::Error| match e.kind() {
        // Who closed the pipe does not want to know more.
        io::ErrorKind::BrokenPipe => Ok(()),
        _ => Err(Error::Failed(format!("can't write the summary: {e}"))),
    };
    let line = json_line(summary)?;
    out.write_all(line.as_bytes()).and_then(|()| out.flush()).or_else(failed)
}

/// One line of JSON, harmless for a terminal.
pub fn json_line(summary: &impl Serialize) -> Result<String> {
    let failed = |why: &dyn std::fmt::Display| Error::Failed(format!("can't make the summary: {why}"));
    let mut line = serde_json::to_vec(summary).map_err(|e| failed(&e))?;
    escape::in_json(&mut line, 0);
    line.push(b'\n');
    String::from_utf8(line).map_err(|e| failed(&e))
}

/// Seconds for a summary's `elapsed_s`, to the millisecond.
pub fn seconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e3).round() / 1e3
}

/// A count with commas: `2,000,000`.
pub fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count and its noun: `1 file`, `2,000 files`. Nouns with an irregular plural are not for this.
pub fn counted(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", thousands(count), if count == 1 { "" } else { "s" })
}

/// A size in decimal units: `999 B`, `1.5 kB`, `210 MB`.
pub fn bytes(size_bytes: u64) -> String {
    let mut size = size_bytes as f64;
    let mut units = ["B", "kB", "MB", "GB", "TB", "PB"].into_iter().peekable();
    let mut unit = units.next().unwrap_or_default();
    // 999.5 and more would be shown as 1000.
    while size >= 999.5 && units.peek().is_some() {
        size /= 1000.0;
        unit = units.next().unwrap_or(unit);
    }
    if unit == "B" || size >= 99.95 { format!("{size:.0} {unit}") } else { format!("{size:.1} {unit}") }
}

/// A time as people say it: `0.4 s`, `12.3 s`, `3 min 05 s`, `2 h 10 min`, `3 d 04 h`.
pub fn duration(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 59.95 {
        return format!("{seconds:.1} s");
    }
    let seconds = seconds.round() as u64;
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    match (days, hours) {
        (0, 0) => format!("{minutes} min {:02} s", seconds % 60),
        (0, _) => format!("{hours} h {:02} min", minutes % 60),
        _ => format!("{days} d {:02} h", hours % 24),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_for_people() {
        for (count, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(thousands(count), text);
        }
        assert_eq!((counted(1, "file"), counted(2000, "file")), ("1 file".into(), "2,000 files".into()));
        for (size, text) in [
            (0, "0 B"),
            (999, "999 B"),
            (1000, "1.0 kB"),
            (999_499, "999 kB"),
            (999_500, "1.0 MB"),
            (210_000_000, "210 MB"),
            (u64::MAX, "18447 PB"),
        ] {
            assert_eq!(bytes(size), text);
        }
        for (seconds, text) in [
            (0.04, "0.0 s"),
            (59.94, "59.9 s"),
            (59.96, "1 min 00 s"),
            (185.0, "3 min 05 s"),
            (7800.0, "2 h 10 min"),
            (273_600.0, "3 d 04 h"),
        ] {
            assert_eq!(duration(Duration::from_secs_f64(seconds)), text);
        }
    }

    #[test]
    fn a_summary_is_one_line() {
        let mut out = Vec::new();
        write_json(&mut out, &serde_json::json!({"text": "a\nb\u{9b}"})).unwrap();
        assert_eq!(out, b"{\"text\":\"a\\nb\\u009b\"}\n");
    }
}

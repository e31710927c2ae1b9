//! Names and values that try to be more than names and values: SQL, terminal escapes, COPY framing, paths, numbers and
//! nesting beyond every limit. Each stands beside sound ones, which are all loaded; it is loaded exactly or set aside with
//! its reason and its bytes, and a second run finds nothing to do.

#[path = "ingest_hostile/binary.rs"]
mod binary;
#[path = "ingest_hostile/names.rs"]
mod names;
mod support;
#[path = "ingest_hostile/values.rs"]
mod values;

use support::program::Output;

/// Texts that try something. None has a NUL, a newline or a slash, so that each can be a name, too.
const TRICKS: [&str; 12] = [
    "'; DROP TABLE telem; --",
    "\"; DROP SCHEMA xtelemdb CASCADE; COMMIT; --",
    "$$); TRUNCATE telem; SELECT ($$",
    "%s%n{}{0}$1$(reboot)`reboot`",
    "\x1b[2J\x1b[31mred\x1b]0;title\x07",
    "\u{9b}2J\u{9d}0;title\u{9c}\x7f\x08",
    "\u{202e}desrever\u{2066}\u{200f}\u{2028}",
    "\\.",
    "\\N",
    "PGCOPY\u{b}\u{ff}\r",
    "\\x41\\\\x42\\",
    "..\\..\\etc&passwd",
];

/// Fails if something is in it that a terminal would obey.
#[track_caller]
fn assert_harmless(output: &Output) {
    for text in [&output.stdout, &output.stderr] {
        let harmful = |char: char| {
            (char.is_control() && char != '\n')
                || matches!(char, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        if let Some(at) = text.find(harmful) {
            let from = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
            panic!("this would reach a terminal: {:?}", text[from..].lines().next());
        }
    }
}

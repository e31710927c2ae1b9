//! Text from files, names and servers, made harmless for a terminal: what would move its cursor or reorder its text is
//! shown as an escape.

use std::fmt::{self, Write};

/// Shows a text with its control and reordering characters as escapes (`\n`, `\x1b`, `\u{202e}`), on one line.
/// Backslashes stay as they are, so that ordinary text is never changed.
pub struct Escaped<'a>(pub &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(at) = rest.find(is_harmful) {
            let (harmless, from) = rest.split_at(at);
            f.write_str(harmless)?;
            let mut chars = from.chars();
            if let Some(harmful) = chars.next() {
                escape(f, harmful)?;
            }
            rest = chars.as_str();
        }
        f.write_str(rest)
    }
}

/// Makes a text harmless, but lets its lines be lines: for messages that were composed of lines on purpose.
pub fn lines(text: &str) -> impl Iterator<Item = Escaped<'_>> {
    text.lines().map(Escaped)
}

fn escape(out: &mut impl Write, harmful: char) -> fmt::Result {
    match harmful {
        '\n' => out.write_str("\\n"),
        '\r' => out.write_str("\\r"),
        '\t' => out.write_str("\\t"),
        _ if u32::from(harmful) < 0x100 => write!(out, "\\x{:02x}", u32::from(harmful)),
        _ => write!(out, "\\u{{{:x}}}", u32::from(harmful)),
    }
}

/// C0 and C1 controls, DEL, line and paragraph separators, and what changes the direction of text.
fn is_harmful(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harmful_characters_are_shown() {
        for (text, expected) in [
            ("", ""),
            ("plain C:\\x é 漢 ✓", "plain C:\\x é 漢 ✓"),
            ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
            ("a\nb\rc\td\0", "a\\nb\\rc\\td\\x00"),
            ("\u{9b}2J\x7f", "\\x9b2J\\x7f"),
            ("x\u{202e}y\u{2066}z\u{2028}", "x\\u{202e}y\\u{2066}z\\u{2028}"),
        ] {
            assert_eq!(Escaped(text).to_string(), expected);
        }
    }

    #[test]
    fn no_character_survives_that_is_not_shown() {
        for char in (0..=0x2fff).filter_map(char::from_u32) {
            let shown = Escaped(&char.to_string()).to_string();
            assert!(!shown.chars().any(char::is_control), "{char:?} became {shown:?}");
        }
    }
}

//! Text from files, names and servers, made harmless for a terminal: what would move its cursor or reorder its text is
//! shown as an escape.

use std::fmt::{self, Write};

/// The byte of DEL, the one harmful character of ASCII that may stand in JSON as it is.
const DEL: u8 = 0x7f;

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

/// Writes harmful characters in the JSON that stands behind `start` as JSON does it (`\u202e`): the same value for whoever
/// reads it, and nothing for a terminal to obey. What is no UTF-8 is left alone.
pub fn in_json(json: &mut Vec<u8>, start: usize) {
    let text = &json[start..];
    // Nearly all text ends here.
    if text.is_ascii() && memchr::memchr(DEL, text).is_none() {
        return;
    }
    let Ok(text) = std::str::from_utf8(text) else { return };
    let mut harmless = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(at) = rest.find(is_harmful) {
        let (before, from) = rest.split_at(at);
        harmless.push_str(before);
        let mut chars = from.chars();
        if let Some(harmful) = chars.next() {
            // All of them lie below U+10000. Writing into memory does not fail.
            let _ = write!(harmless, "\\u{:04x}", u32::from(harmful));
        }
        rest = chars.as_str();
    }
    harmless.push_str(rest);
    json.truncate(start);
    json.extend_from_slice(harmless.as_bytes());
}

/// A text as a string of JSON, quotes included, that is harmless for a terminal. TOML reads it too.
pub fn quoted(text: &str) -> String {
    let mut json = serde_json::to_vec(text).unwrap_or_default();
    in_json(&mut json, 0);
    String::from_utf8(json).unwrap_or_default()
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
    fn json_stays_the_same_value() {
        let text = "é \x7f\u{9b}2J\u{202e}\u{61c}\u{2069}\u{ffff}😀\\\"\n";
        let quoted = quoted(text);
        assert!(!quoted.contains(is_harmful), "{quoted:?}");
        assert!(quoted.starts_with("\"é \\u007f\\u009b2J\\u202e\\u061c\\u2069\u{ffff}😀"), "{quoted}");
        assert_eq!(serde_json::from_str::<String>(&quoted).unwrap(), text);
        let table: toml::Table = format!("a = {quoted}").parse().unwrap();
        assert_eq!(table["a"].as_str(), Some(text));
        for (before, after) in [("{\"a\":1}", "{\"a\":1}"), ("\x7f\"\u{9b}\"", "\x7f\"\\u009b\"")] {
            let mut json = before.as_bytes().to_vec();
            in_json(&mut json, 1);
            assert_eq!(json, after.as_bytes());
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

//! Compares decoded records with what the instrument's own dump printed for the same file.
//!
//! The dump rounds (f32 to 6 decimals, f64 to 12), prints bare nan and inf, cuts a line short at invalid UTF-8 and leaves
//! out records of priority 127. So a number agrees when it rounds to the printed one, of a line cut short only the start
//! is compared, and records of a priority without a name may be more than expected.

use std::collections::HashMap;

/// A decoded record.
pub struct Actual {
    pub ts: String,
    pub prio: String,
    pub ec: String,
    pub msg: String,
}

/// JSON whose objects keep their order and whose numbers keep their text.
#[derive(Debug, PartialEq)]
enum Json {
    /// `null`, `true`, `false`.
    Word(String),
    Number(String),
    String(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// Reads one value from the front of `text`; nothing if none stands there.
fn value(text: &mut &str) -> Option<Json> {
    let first = text.trim_start().chars().next()?;
    match first {
        '{' => list(text, '{', '}', |text| {
            let Json::String(name) = value(text)? else { return None };
            eat(text, ':')?;
            Some((name, value(text)?))
        })
        .map(Json::Object),
        '[' => list(text, '[', ']', value).map(Json::Array),
        '"' => {
            *text = text.trim_start();
            // The bytes of a quote and of a backslash are never part of another character.
            let mut escaped = true;
            let end = text.bytes().position(|byte| {
                let ends = byte == b'"' && !escaped;
                escaped = byte == b'\\' && !escaped;
                ends
            });
            let (string, rest) = text.split_at(end? + 1);
            *text = rest;
            serde_json::from_str(string).ok().map(Json::String)
        }
        _ => {
            *text = text.trim_start();
            let (word, rest) = text.split_at(text.find([',', ']', '}', ' ']).unwrap_or(text.len()));
            *text = rest;
            let is_word = ["null", "true", "false"].contains(&word);
            let number = word.parse::<f64>().ok().filter(|number| number.is_finite());
            match (is_word, number) {
                (true, _) => Some(Json::Word(word.to_owned())),
                (false, Some(_)) => Some(Json::Number(word.to_owned())),
                (false, None) => None,
            }
        }
    }
}

fn eat(text: &mut &str, expected: char) -> Option<()> {
    *text = text.trim_start().strip_prefix(expected)?;
    Some(())
}

fn list<T>(
    text: &mut &str,
    open: char,
    close: char,
    mut item: impl FnMut(&mut &str) -> Option<T>,
) -> Option<Vec<T>> {
    eat(text, open)?;
    let mut items = Vec::new();
    if eat(text, close).is_some() {
        return Some(items);
    }
    loop {
        items.push(item(text)?);
        if eat(text, close).is_some() {
            return Some(items);
        }
        eat(text, ',')?;
    }
}

/// Field names and types, of every event type and (as `table:NAME`) every sub-table.
pub struct Layouts(HashMap<String, Vec<(String, String)>>);

impl Layouts {
    /// From the catalogue's own data.
    pub fn new(events_toml: &str) -> Self {
        let file: toml::Table = events_toml.parse().expect("the event types are TOML");
        let fields = |table: &toml::Value| {
            let list = table.get("fields").and_then(|fields| fields.as_array()).cloned().unwrap_or_default();
            let text = |field: &toml::Value, key: &str| field[key].as_str().unwrap().to_owned();
            list.iter().map(|field| (text(field, "name"), text(field, "type"))).collect()
        };
        let events = file["event"].as_array().unwrap().iter();
        let events = events.map(|event| (event["ec"].as_str().unwrap().to_owned(), fields(event)));
        let tables = file["tables"].as_table().unwrap().iter();
        let tables = tables.map(|(name, table)| (format!("table:{name}"), fields(table)));
        Self(events.chain(tables).collect())
    }

    fn agree(&self, kind: &str, actual: &Json, expected: &Json) -> bool {
        if kind == "f32" || kind == "f64" {
            return rounds_to(kind, actual, expected);
        }
        if let Some(element) = kind.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            let (Json::Array(actual), Json::Array(expected)) = (actual, expected) else { return false };
            let mut pairs = actual.iter().zip(expected);
            return actual.len() == expected.len() && pairs.all(|(a, e)| self.agree(element, a, e));
        }
        match (actual, expected) {
            (Json::Object(_), _) => self.fields_agree(kind, actual, expected),
            (Json::String(actual), Json::String(expected)) => *actual == expected.replace('\0', "\u{fffd}"),
            _ => actual == expected,
        }
    }

    fn fields_agree(&self, layout: &str, actual: &Json, expected: &Json) -> bool {
        let (Json::Object(actual), Json::Object(expected)) = (actual, expected) else { return false };
        let fields = &self.0[layout];
        actual.len() == expected.len()
            && actual.iter().zip(expected).all(|((name, a), (expected_name, e))| {
                let kind = fields.iter().find(|(field, _)| field == name);
                name == expected_name && kind.is_some_and(|(_, kind)| self.agree(kind, a, e))
            })
    }

    /// Every difference between the records and the lines of the instrument's dump, in words.
    pub fn differences(&self, expected: &str, actual: &[Actual]) -> Vec<String> {
        let mut differences = Vec::new();
        let mut actual = actual.iter().peekable();
        for (index, line) in expected.lines().enumerate() {
            let start = |a: &Actual| {
                let text = format!(r#"{{"ts": "{}", "prio": "{}", "ec": "{}", "msg": "#, a.ts, a.prio, a.ec);
                line.starts_with(&text)
            };
            while actual.next_if(|a| a.prio == "UNK?" && !start(a)).is_some() {}
            let record = actual.next();
            let agrees = record.is_some_and(|a| start(a) && self.message_agrees(line, a));
            if !agrees {
                let msg = record.map_or("nothing", |record| &record.msg);
                differences.push(format!("line {}: expected {line}\n  actual {msg}", index + 1));
            }
        }
        differences.extend(actual.filter(|a| a.prio != "UNK?").map(|a| format!("too many: {}", a.msg)));
        differences
    }

    fn message_agrees(&self, line: &str, actual: &Actual) -> bool {
        let Some(Json::Object(members)) = value(&mut &*bare_words_to_null(line)) else {
            return !line.ends_with("}}");
        };
        let Some((_, expected)) = members.iter().find(|(name, _)| name == "msg") else { return false };
        let mut text = &*actual.msg;
        serde_json::from_str::<serde::de::IgnoredAny>(text).expect("what we write is JSON");
        value(&mut text).is_some_and(|msg| self.fields_agree(&actual.ec, &msg, expected))
    }
}

fn rounds_to(kind: &str, actual: &Json, expected: &Json) -> bool {
    let number = |json: &Json| match json {
        Json::Number(text) => text.parse::<f64>().ok(),
        _ => None,
    };
    let (actual, expected) = match (number(actual), number(expected)) {
        (Some(actual), Some(expected)) => (actual, expected),
        _ => return actual == expected,
    };
    let rounded = match kind {
        "f32" => format!("{:.6}", f64::from(actual as f32)),
        _ => format!("{actual:.12}"),
    };
    rounded.parse() == Ok(expected)
}

/// The dump's bare `nan`, `-nan`, `inf` and `-inf`, made null; what stands in strings stays.
fn bare_words_to_null(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    let mut in_string = false;
    while let Some(next) = rest.chars().next() {
        let bare = ["-nan", "-inf", "nan", "inf"].iter().find(|word| !in_string && rest.starts_with(**word));
        let length = match (bare, next) {
            (Some(word), _) => {
                text.push_str("null");
                rest = &rest[word.len()..];
                continue;
            }
            // A backslash takes the next character along.
            (None, '\\') => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            (None, _) => next.len_utf8(),
        };
        in_string ^= next == '"';
        text.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    text
}

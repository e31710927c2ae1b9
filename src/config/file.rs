//! Configuration as text: TOML files and `key=value` overrides become settings that remember where they stood.

use super::keys::{self, Form, Key};
use super::{Setting, Source};
use crate::error::{Error, Result};
use crate::limits::LONGEST_CONFIG_BYTES;
use crate::report::escape::Escaped;
use std::io::{self, Read};
use std::path::Path;
use toml::Value;
use toml::de::{DeTable, DeValue};

/// The settings of a file, in its order; `None` if it does not exist.
pub(super) fn read(path: &Path) -> Result<Option<Vec<Setting>>> {
    let wrong = |what: String| Error::Config(format!("{}: {what}", Escaped(&path.to_string_lossy())));
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path)
        .and_then(|file| file.take(LONGEST_CONFIG_BYTES + 1).read_to_end(&mut bytes));
    match read {
        Ok(_) => {}
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(wrong(format!("can't read this configuration file: {e}"))),
    }
    if bytes.len() as u64 > LONGEST_CONFIG_BYTES {
        return Err(wrong(format!(
            "longer than {LONGEST_CONFIG_BYTES} bytes: this is no configuration file"
        )));
    }
    let text = String::from_utf8(bytes).map_err(|e| {
        let at = Position::of(e.utf8_error().valid_up_to(), &String::from_utf8_lossy(e.as_bytes()));
        wrong(format!("line {}, column {}: not UTF-8", at.line, at.column))
    })?;
    settings(path, &text).map(Some)
}

/// The settings in a file's text.
pub(super) fn settings(path: &Path, text: &str) -> Result<Vec<Setting>> {
    let document = DeTable::parse(text).map_err(|e| {
        let at = Position::of(e.span().map_or(0, |span| span.start), text);
        let place = format!("line {}, column {}", at.line, at.column);
        let hint =
            if lacks_quotes(text, at.line) { "; a text stands in quotes: hostname = \"exao1\"" } else { "" };
        // The line itself is not shown: it may hold a password that was put there by mistake.
        Error::Config(format!(
            "{}: {place}: {}{hint}",
            Escaped(&path.to_string_lossy()),
            Escaped(e.message())
        ))
    })?;
    let mut settings = Vec::new();
    collect(path, text, "", document.get_ref(), &mut settings)?;
    settings.sort_by_key(|setting| match setting.source {
        Source::File { line, .. } => line,
        _ => 0,
    });
    Ok(settings)
}

fn collect(
    path: &Path,
    text: &str,
    prefix: &str,
    table: &DeTable<'_>,
    settings: &mut Vec<Setting>,
) -> Result<()> {
    for (name, value) in table {
        let source = Source::File { path: path.to_owned(), line: Position::of(name.span().start, text).line };
        let name = format!("{prefix}{}", name.get_ref());
        match (keys::find(&name), value.get_ref()) {
            (Some(key), value) => settings.push(Setting { key, value: plain(value), source }),
            (None, DeValue::Table(below)) if keys::is_table(&name) => {
                collect(path, text, &format!("{name}."), below, settings)?;
            }
            (None, _) if keys::is_table(&name) => {
                return Err(Error::Config(format!(
                    "{source}: {name} is a table: write [{name}], and its keys below"
                )));
            }
            (None, _) => return Err(unknown(&source, &name)),
        }
    }
    Ok(())
}

/// The setting that an override makes.
pub(super) fn from_override(name: &str, text: &str) -> Result<Setting> {
    let source = Source::CommandLine;
    let key = keys::find(name).ok_or_else(|| unknown(&source, name))?;
    Ok(Setting { key, value: override_value(key, text), source })
}

/// A value is TOML if it parses as what the key may hold, else the text as it stands: `hostname=123` names a host.
fn override_value(key: &Key, text: &str) -> Value {
    let parsed = DeValue::parse(text).ok().map(|value| plain(value.get_ref()));
    let as_it_stands = || Value::String(text.to_owned());
    match (key.form, parsed) {
        (_, Some(value @ Value::String(_))) => value,
        (Form::Paths, Some(value @ Value::Array(_))) => value,
        (Form::Paths, _) => Value::Array(text.split(',').map(|dir| Value::String(dir.to_owned())).collect()),
        (Form::Number, Some(value)) => value,
        (Form::Number | Form::Text, _) => as_it_stands(),
    }
}

fn unknown(source: &Source, name: &str) -> Error {
    Error::Config(format!("{source}: there is no key {}{}", Escaped(name), keys::advice(name)))
}

/// A value without its place in the text.
fn plain(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Integer(number),
            // Beyond 64 bits: no key expects this, and its text says why.
            Err(_) => Value::String(number.as_str().to_owned()),
        },
        DeValue::Float(number) => match number.as_str().parse() {
            Ok(number) => Value::Float(number),
            Err(_) => Value::String(number.as_str().to_owned()),
        },
        DeValue::Boolean(value) => Value::Boolean(*value),
        DeValue::Datetime(time) => Value::Datetime(*time),
        DeValue::Array(list) => Value::Array(list.iter().map(|value| plain(value.get_ref())).collect()),
        DeValue::Table(table) => Value::Table(
            table.iter().map(|(name, value)| (name.get_ref().to_string(), plain(value.get_ref()))).collect(),
        ),
    }
}

/// A place in a text, counted from 1, columns in characters.
struct Position {
    line: usize,
    column: usize,
}

/// Whether the value in a line begins as a text does that was left bare.
fn lacks_quotes(text: &str, line: usize) -> bool {
    let value =
        text.lines().nth(line - 1).and_then(|line| line.split_once('=')).map(|(_, value)| value.trim_start());
    value.is_some_and(|value| value.starts_with(|c: char| c.is_alphabetic() || "/~".contains(c)))
}

impl Position {
    fn of(offset: usize, text: &str) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
    }
}

//! The form in which event types are written down (TOML), and how that becomes plans.

use super::catalogue::{Era, EventType};
use super::emit::Json;
use super::flatbuf::{Emit, Kind, Plan, Scalar};
use super::time;
use crate::limits::{CATALOGUE_FIELDS, DEEPEST_TABLES, FIELD_NAME_BYTES, MOST_FIELDS};
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};

/// One file of event types, or several laid over each other.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Definitions {
    #[serde(default, rename = "event")]
    events: Vec<EventText>,
    #[serde(default, rename = "era")]
    eras: Vec<EraText>,
    #[serde(default)]
    tables: BTreeMap<String, TableText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EventText {
    code: u16,
    ec: String,
    fields: Option<Vec<FieldText>>,
    #[serde(default)]
    empty: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EraText {
    code: u16,
    ec: String,
    from: Option<String>,
    until: Option<String>,
    #[serde(default)]
    ambiguous: bool,
    fields: Option<Vec<FieldText>>,
    #[serde(default)]
    empty: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableText {
    fields: Vec<FieldText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldText {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    default: Option<toml::Value>,
}

/// What a code means.
pub(super) enum Meaning {
    Today(EventType),
    InEra(Era),
}

impl Definitions {
    /// Reads one file.
    pub fn parse(toml_text: &str) -> Result<Self, String> {
        let definitions: Self = toml::from_str(toml_text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            let line = toml_text.bytes().take(start).filter(|&byte| byte == b'\n').count() + 1;
            format!("line {line}: {}", error.message())
        })?;
        let mut codes = HashSet::new();
        match definitions.events.iter().find(|event| !codes.insert(event.code)) {
            Some(event) => Err(format!("event {} ({}): the code occurs twice", event.code, event.ec)),
            None => Ok(definitions),
        }
    }

    /// Lays `other` over this: its events and tables replace those of the same code or name, its eras go first.
    pub fn overlay(&mut self, mut other: Self) {
        let replaced: HashSet<u16> = other.events.iter().map(|event| event.code).collect();
        self.events.retain(|event| !replaced.contains(&event.code));
        self.events.append(&mut other.events);
        other.eras.append(&mut self.eras);
        self.eras = other.eras;
        self.tables.append(&mut other.tables);
    }

    /// Makes plans of everything and hands them over: first what codes mean today, then the eras, in order.
    pub fn compile(&self, mut give: impl FnMut(u16, Meaning)) -> Result<(), String> {
        let mut room = CATALOGUE_FIELDS;
        for text in &self.events {
            let place = format!("event {} ({})", text.code, text.ec);
            let event = self.event(&place, &text.ec, text.fields.as_deref(), text.empty, &mut room)?;
            give(text.code, Meaning::Today(event));
        }
        for text in &self.eras {
            let place = format!("era of code {} ({})", text.code, text.ec);
            let event = self.event(&place, &text.ec, text.fields.as_deref(), text.empty, &mut room)?;
            let date = |date: &Option<String>, open: i64| match date {
                None => Ok(open),
                Some(date) => midnight(date)
                    .ok_or_else(|| format!("{place}: \"{date}\" is no date in the form \"2024-03-22\"")),
            };
            let (from_seconds, until_seconds) = (date(&text.from, i64::MIN)?, date(&text.until, i64::MAX)?);
            if from_seconds >= until_seconds {
                return Err(format!("{place}: it ends before it begins"));
            }
            let ambiguous = text.ambiguous;
            give(text.code, Meaning::InEra(Era { from_seconds, until_seconds, ambiguous, event }));
        }
        // Tables that no event uses are checked all the same.
        self.tables.iter().try_for_each(|(name, table)| {
            self.plan(&format!("table {name}"), &table.fields, 1, &mut room).map(drop)
        })
    }

    fn event(
        &self,
        place: &str,
        ec: &str,
        fields: Option<&[FieldText]>,
        empty: bool,
        room: &mut usize,
    ) -> Result<EventType, String> {
        if ec.is_empty() || ec.chars().any(char::is_control) {
            return Err(format!("{place}: the name (ec) is empty or has control characters"));
        }
        let plan = match (fields, empty) {
            (Some(fields), false) => Some(self.plan(place, fields, 0, room)?),
            (None, true) => None,
            _ => return Err(format!("{place}: either `fields` or `empty = true` is needed")),
        };
        Ok(EventType { ec: ec.to_owned(), plan })
    }

    /// Makes a plan. A table is made anew wherever it is used; `room` is how many more fields there may be.
    fn plan(
        &self,
        place: &str,
        fields: &[FieldText],
        depth: usize,
        room: &mut usize,
    ) -> Result<Plan, String> {
        let left = room.checked_sub(fields.len());
        *room = left.ok_or_else(|| format!("{place}: more than {CATALOGUE_FIELDS} fields in all"))?;
        if fields.len() > MOST_FIELDS {
            return Err(format!("{place}: {} fields are too many, {MOST_FIELDS} fit", fields.len()));
        }
        if depth > DEEPEST_TABLES {
            return Err(format!("{place}: tables inside each other, more than {DEEPEST_TABLES} deep"));
        }
        let mut names = HashSet::new();
        let mut plan = Plan::default();
        for field in fields {
            let FieldText { name, kind, default } = field;
            let place = format!("{place}, field \"{name}\"");
            if name.len() > FIELD_NAME_BYTES {
                return Err(format!("{place}: the name has more than {FIELD_NAME_BYTES} bytes"));
            }
            if !names.insert(name) {
                return Err(format!("{place}: the name occurs twice"));
            }
            let kind = match kind.strip_prefix("table:") {
                Some(table) => {
                    let text = self.tables.get(table);
                    let text = text.ok_or_else(|| format!("{place}: there is no [tables.{table}]"))?;
                    let table = self.plan(&format!("table {table}"), &text.fields, depth + 1, room)?;
                    Kind::Table(plan.add_table(table))
                }
                None => kind_of(kind).ok_or_else(|| format!("{place}: there is no type \"{kind}\""))?,
            };
            let default = match (kind, default) {
                (Kind::Scalar(scalar), None) => default_text(scalar, &zero(scalar)),
                (Kind::Scalar(scalar), Some(value)) => default_text(scalar, value),
                (_, None) => Some(String::new()),
                (_, Some(_)) => return Err(format!("{place}: only a scalar can have a default")),
            };
            let default = default.ok_or_else(|| format!("{place}: the default is no value of that type"))?;
            plan.add_field(name, kind, &default);
        }
        Ok(plan)
    }
}

fn kind_of(text: &str) -> Option<Kind> {
    let element = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    match (text, element) {
        ("string", _) => Some(Kind::String),
        (_, Some("string")) => Some(Kind::Strings),
        (_, Some(element)) => scalar_of(element).map(Kind::Scalars),
        (scalar, None) => scalar_of(scalar).map(Kind::Scalar),
    }
}

fn scalar_of(text: &str) -> Option<Scalar> {
    Some(match text {
        "u8" => Scalar::U8,
        "i8" => Scalar::I8,
        "u16" => Scalar::U16,
        "i16" => Scalar::I16,
        "u32" => Scalar::U32,
        "i32" => Scalar::I32,
        "u64" => Scalar::U64,
        "i64" => Scalar::I64,
        "f32" => Scalar::F32,
        "f64" => Scalar::F64,
        "bool" => Scalar::Bool,
        _ => return None,
    })
}

fn zero(scalar: Scalar) -> toml::Value {
    if scalar == Scalar::Bool { toml::Value::Boolean(false) } else { toml::Value::Integer(0) }
}

/// A default as it stands in JSON, or nothing if the type has no such value.
fn default_text(scalar: Scalar, value: &toml::Value) -> Option<String> {
    let integer = value.as_integer();
    let float = value.as_float().or(integer.map(|integer| integer as f64));
    let bytes: Vec<u8> = match scalar {
        Scalar::U8 => u8::try_from(integer?).ok()?.to_le_bytes().into(),
        Scalar::I8 => i8::try_from(integer?).ok()?.to_le_bytes().into(),
        Scalar::U16 => u16::try_from(integer?).ok()?.to_le_bytes().into(),
        Scalar::I16 => i16::try_from(integer?).ok()?.to_le_bytes().into(),
        Scalar::U32 => u32::try_from(integer?).ok()?.to_le_bytes().into(),
        Scalar::I32 => i32::try_from(integer?).ok()?.to_le_bytes().into(),
        Scalar::U64 => u64::try_from(integer?).ok()?.to_le_bytes().into(),
        Scalar::I64 => integer?.to_le_bytes().into(),
        Scalar::F32 => (float? as f32).to_le_bytes().into(),
        Scalar::F64 => float?.to_le_bytes().into(),
        Scalar::Bool => vec![u8::from(value.as_bool()?)],
    };
    let mut text = Vec::new();
    Json(&mut text).scalar(scalar, &bytes);
    String::from_utf8(text).ok()
}

/// The first second of a date (`2024-03-22`, UTC), counted from 1970-01-01.
fn midnight(date: &str) -> Option<i64> {
    let is_day_alone = date.len() == "2024-03-22".len();
    time::parse(format!("{date}T00:00:00").as_bytes()).filter(|_| is_day_alone).map(|time| time.seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::catalogue::Catalogue;

    #[test]
    fn midnights_are_counted_from_1970() {
        for (date, days) in [
            ("1970-01-01", 0),
            ("1970-03-01", 59),
            ("2000-02-29", 11_016),
            ("2000-03-01", 11_017),
            ("2024-12-31", 20_088),
            ("2100-03-01", 47_541),
            ("0001-01-01", -719_162),
        ] {
            assert_eq!(midnight(date), Some(days * 86_400), "{date}");
        }
        for date in [
            "",
            "2024",
            "2024-1-1",
            "2024-00-01",
            "2024-13-01",
            "2023-02-29",
            "2024-01-32",
            "2024-01-01x",
            "2024-01-01T00:00:00",
        ] {
            assert_eq!(midnight(date), None, "{date}");
        }
    }

    #[test]
    fn tables_that_multiply_are_refused_before_they_fill_the_memory() {
        let mut text = String::new();
        for level in 0..DEEPEST_TABLES {
            let kind =
                if level + 1 < DEEPEST_TABLES { format!("table:T{}", level + 1) } else { "u8".to_owned() };
            let fields: Vec<String> =
                (0..30).map(|n| format!("{{ name = \"f{n}\", type = \"{kind}\" }}")).collect();
            text.push_str(&format!("[tables.T{level}]\nfields = [{}]\n", fields.join(", ")));
        }
        let error = Catalogue::with_additions(&text).err().expect("refused");
        assert!(error.contains("more than 100000 fields in all"), "{error}");
    }

    #[test]
    fn errors_name_what_is_wrong() {
        let event = |fields: &str| format!("[[event]]\ncode = 1\nec = \"x\"\nfields = [{fields}]");
        for (text, expected) in [
            ("[[event]]\ncode = 70000\nec = \"x\"".to_owned(), "line 2: "),
            ("[[evnt]]\ncode = 1".to_owned(), "evnt"),
            ("[[event]]\ncode = 1\nec = \"x\"".to_owned(), "event 1 (x): either `fields` or `empty = true`"),
            ("[[event]]\ncode = 1\nec = \"\"\nempty = true".to_owned(), "event 1 (): the name (ec) is empty"),
            (event(&format!("{{ name = \"{}\", type = \"u8\" }}", "n".repeat(256))), "more than 255 bytes"),
            (event(r#"{ name = "a", type = "f16" }"#), "event 1 (x), field \"a\": there is no type \"f16\""),
            (event(r#"{ name = "a", type = "[[u8]]" }"#), "there is no type \"[[u8]]\""),
            (event(r#"{ name = "a", type = "table:T" }"#), "there is no [tables.T]"),
            (event(r#"{ name = "a", type = "u8", default = 256 }"#), "the default is no value of that type"),
            (event(r#"{ name = "a", type = "string", default = 1 }"#), "only a scalar can have a default"),
            (event(r#"{ name = "a", type = "u8" }, { name = "a", type = "u8" }"#), "the name occurs twice"),
            (
                "[tables.T]\nfields = [{ name = \"t\", type = \"table:T\" }]".to_owned(),
                "table T: tables inside each other",
            ),
            (
                "[[era]]\ncode = 1\nec = \"x\"\nuntil = \"yesterday\"\nempty = true".to_owned(),
                "era of code 1 (x): \"yesterday\" is no date",
            ),
            (
                "[[era]]\ncode = 1\nec = \"x\"\nfrom = \"2020-01-02\"\nuntil = \"2020-01-02\"\nempty = true"
                    .to_owned(),
                "it ends before it begins",
            ),
            (event("").repeat(2), "event 1 (x): the code occurs twice"),
        ] {
            match Catalogue::with_additions(&text.replace("][[", "]\n[[")) {
                Ok(_) => panic!("accepted: {text}"),
                Err(error) => assert!(error.contains(expected), "{error:?} for {text}"),
            }
        }
    }
}

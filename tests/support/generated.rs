//! Random messages of the catalogue's event types, and what must become of them. Reads the catalogue's text by itself and
//! shares nothing with the decoder but the dates' parser.

use flatbuffers::{FlatBufferBuilder, TableFinishedWIPOffset, UnionWIPOffset, WIPOffset};
use toml::{Table, Value as Toml};
use xtelemdb::decode::time;

const EVENTS: &str = include_str!("../../src/decode/events.toml");
const ERAS: &str = include_str!("../../src/decode/eras.toml");

/// A second of today's layouts.
const TODAY: i64 = 1_750_000_000;

/// How an event type is laid out at some time.
#[derive(Clone, Debug)]
pub struct Layout {
    pub code: u16,
    pub ec: String,
    pub has_message: bool,
    pub is_era: bool,
    is_ambiguous: bool,
    from_seconds: i64,
    until_seconds: i64,
    fields: Vec<Field>,
}

#[derive(Clone, Debug)]
struct Field {
    name: String,
    kind: Kind,
    default: Option<Toml>,
}

#[derive(Clone, Debug)]
enum Kind {
    /// A scalar or `string`.
    One(String),
    /// A vector of these.
    Many(String),
    Table(Vec<Field>),
}

/// What is put into a field.
#[derive(Clone, Debug)]
pub enum Value {
    /// Integers of all sizes; how many bytes it has.
    Integer(i128, usize),
    F32(f32),
    F64(f64),
    /// As the byte that stands for it.
    Bool(u8),
    String(Vec<u8>),
    Many(Vec<Value>, String),
    Table(Vec<Option<Value>>),
}

/// Numbers from a seed (SplitMix64).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, count: usize) -> usize {
        (self.next() % count as u64) as usize
    }

    pub fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for index in (1..items.len()).rev() {
            items.swap(index, self.below(index + 1));
        }
    }
}

/// Every layout of the catalogue, today's and older ones.
pub fn layouts() -> Vec<Layout> {
    let events: Table = EVENTS.parse().expect("TOML");
    let eras: Table = ERAS.parse().expect("TOML");
    let tables = |name: &str| {
        let all = [&events, &eras].map(|file| file.get("tables").and_then(|tables| tables.get(name)));
        all.into_iter().flatten().next().unwrap_or_else(|| panic!("no table {name}")).clone()
    };
    let mut layouts: Vec<Layout> = Vec::new();
    for (list, is_era) in [(&events["event"], false), (&eras["era"], true)] {
        for entry in list.as_array().expect("a list") {
            let date = |key: &str, open: i64| match entry.get(key) {
                Some(date) => {
                    let text = format!("{}T00:00:00", date.as_str().expect("a date"));
                    time::parse(text.as_bytes()).expect("a date").seconds
                }
                None => open,
            };
            layouts.push(Layout {
                code: entry["code"].as_integer().expect("a code") as u16,
                ec: entry["ec"].as_str().expect("a name").to_owned(),
                has_message: entry.get("empty").is_none(),
                is_era,
                is_ambiguous: entry.get("ambiguous").is_some(),
                from_seconds: date("from", if is_era { 1 } else { TODAY }),
                until_seconds: date("until", i64::from(u32::MAX)),
                fields: entry.get("fields").map(|list| fields(list, &tables)).unwrap_or_default(),
            });
        }
    }
    layouts
}

fn fields(list: &Toml, tables: &impl Fn(&str) -> Toml) -> Vec<Field> {
    let field = |field: &Toml| {
        let text = field["type"].as_str().expect("a type");
        let kind = match (text.strip_prefix("table:"), text.strip_prefix('[')) {
            (Some(name), _) => Kind::Table(fields(&tables(name)["fields"], tables)),
            (_, Some(element)) => Kind::Many(element.trim_end_matches(']').to_owned()),
            _ => Kind::One(text.to_owned()),
        };
        let name = field["name"].as_str().expect("a name").to_owned();
        Field { name, kind, default: field.get("default").cloned() }
    };
    list.as_array().expect("fields").iter().map(field).collect()
}

impl Layout {
    /// A second at which the code has this layout.
    pub fn seconds(&self, random: &mut Random) -> i64 {
        self.from_seconds + (random.next() % (self.until_seconds - self.from_seconds) as u64) as i64
    }

    /// A value for every field, or none where it is left out.
    pub fn values(&self, random: &mut Random) -> Vec<Option<Value>> {
        let mut values = values(&self.fields, random);
        // A message without any field speaks for no layout, so in doubt it is taken for today's.
        while self.is_ambiguous && values.iter().all(Option::is_none) {
            values = self::values(&self.fields, random);
        }
        values
    }
}

fn values(fields: &[Field], random: &mut Random) -> Vec<Option<Value>> {
    let sparse = random.one_in(4);
    let value = |field: &Field| {
        if random.one_in(if sparse { 2 } else { 8 }) {
            return None;
        }
        Some(match &field.kind {
            Kind::One(kind) => one(kind, random),
            Kind::Many(kind) => {
                let count = [0, 1, 3, 20, 300][random.below(5)];
                Value::Many((0..count).map(|_| one(kind, random)).collect(), kind.clone())
            }
            Kind::Table(fields) => Value::Table(values(fields, random)),
        })
    };
    fields.iter().map(value).collect()
}

fn one(kind: &str, random: &mut Random) -> Value {
    let bits = match random.below(4) {
        0 => 0,
        1 => u64::MAX << random.below(64),
        2 => 1 << random.below(64),
        _ => random.next(),
    };
    match kind {
        "u8" => Value::Integer((bits as u8).into(), 1),
        "i8" => Value::Integer((bits as i8).into(), 1),
        "u16" => Value::Integer((bits as u16).into(), 2),
        "i16" => Value::Integer((bits as i16).into(), 2),
        "u32" => Value::Integer((bits as u32).into(), 4),
        "i32" => Value::Integer((bits as i32).into(), 4),
        "u64" => Value::Integer(bits.into(), 8),
        "i64" => Value::Integer((bits as i64).into(), 8),
        "f32" => Value::F32(match random.below(3) {
            0 => [0.0, -0.0, f32::NAN, f32::INFINITY, f32::MIN_POSITIVE, f32::MAX, 1e-45][random.below(7)],
            1 => random.below(100_000) as f32 / 1000.0,
            _ => f32::from_bits(bits as u32),
        }),
        "f64" => Value::F64(match random.below(3) {
            0 => {
                [0.0, -0.0, f64::NAN, f64::NEG_INFINITY, f64::MIN_POSITIVE, f64::MAX, 5e-324][random.below(7)]
            }
            1 => random.below(100_000) as f64 / 1000.0,
            _ => f64::from_bits(bits),
        }),
        "bool" => Value::Bool(bits as u8),
        "string" => Value::String(string(random)),
        other => panic!("no type {other}"),
    }
}

fn string(random: &mut Random) -> Vec<u8> {
    const PIECES: [&[u8]; 12] = [
        b"plain text ",
        b"\"",
        b"\\",
        b"\0",
        b"\n\t\x1b[2J",
        b"\x7f",
        "é漢😀".as_bytes(),
        b"\xff\xfe",
        b"\xe2\x82",
        b"\xed\xa0\x80",
        b"'; DROP TABLE telem; --",
        b"\\u0000",
    ];
    let count = [0, 1, 2, 5, 40][random.below(5)];
    (0..count).flat_map(|_| PIECES[random.below(PIECES.len())]).copied().collect()
}

/// Writes a table with these values.
pub fn build(
    builder: &mut FlatBufferBuilder<'_>,
    values: &[Option<Value>],
    random: &mut Random,
) -> WIPOffset<TableFinishedWIPOffset> {
    // What a field points to is written before its table.
    let offsets: Vec<Option<WIPOffset<UnionWIPOffset>>> =
        values.iter().map(|value| value.as_ref().and_then(|value| apart(builder, value, random))).collect();
    let table = builder.start_table();
    let mut order: Vec<usize> = (0..values.len()).collect();
    random.shuffle(&mut order);
    for index in order {
        let slot = 4 + 2 * index as u16;
        match (&values[index], offsets[index]) {
            (None, _) => {}
            (_, Some(offset)) => builder.push_slot_always(slot, offset),
            (Some(Value::Integer(value, 1)), _) => builder.push_slot_always(slot, *value as u8),
            (Some(Value::Integer(value, 2)), _) => builder.push_slot_always(slot, *value as u16),
            (Some(Value::Integer(value, 4)), _) => builder.push_slot_always(slot, *value as u32),
            (Some(Value::Integer(value, _)), _) => builder.push_slot_always(slot, *value as u64),
            (Some(Value::F32(value)), _) => builder.push_slot_always(slot, *value),
            (Some(Value::F64(value)), _) => builder.push_slot_always(slot, *value),
            (Some(Value::Bool(byte)), _) => builder.push_slot_always(slot, *byte),
            (Some(other), None) => panic!("{other:?} stands apart from its table"),
        }
    }
    // A newer writer may know one more.
    if random.one_in(4) {
        builder.push_slot_always(4 + 2 * values.len() as u16, 7u8);
    }
    builder.end_table(table)
}

/// Writes what stands outside of the table that names it.
fn apart(
    builder: &mut FlatBufferBuilder<'_>,
    value: &Value,
    random: &mut Random,
) -> Option<WIPOffset<UnionWIPOffset>> {
    Some(match value {
        Value::String(bytes) => builder.create_byte_string(bytes).as_union_value(),
        Value::Table(values) => build(builder, values, random).as_union_value(),
        Value::Many(list, kind) => {
            let integer = |value: &Value| if let Value::Integer(value, _) = value { *value } else { 0 };
            match kind.as_str() {
                "string" => {
                    let strings: Vec<_> = list
                        .iter()
                        .map(|value| match value {
                            Value::String(bytes) => builder.create_byte_string(bytes),
                            other => panic!("{other:?} is no string"),
                        })
                        .collect();
                    builder.create_vector(&strings).as_union_value()
                }
                "f32" => {
                    let floats =
                        list.iter().map(|value| if let Value::F32(value) = value { *value } else { 0.0 });
                    builder.create_vector(&floats.collect::<Vec<_>>()).as_union_value()
                }
                "bool" => {
                    let bytes =
                        list.iter().map(|value| if let Value::Bool(byte) = value { *byte } else { 0 });
                    builder.create_vector(&bytes.collect::<Vec<_>>()).as_union_value()
                }
                "u8" => {
                    let bytes: Vec<u8> = list.iter().map(|value| integer(value) as u8).collect();
                    builder.create_vector(&bytes).as_union_value()
                }
                "i64" => {
                    let integers: Vec<i64> = list.iter().map(|value| integer(value) as i64).collect();
                    builder.create_vector(&integers).as_union_value()
                }
                other => panic!("no vector of {other} is in the catalogue yet"),
            }
        }
        _ => return None,
    })
}

/// Where the JSON of a message is not what these values make, if it is not.
pub fn difference(layout: &Layout, values: &[Option<Value>], msg: &str) -> Option<String> {
    let mut cursor = Cursor { rest: msg };
    if !layout.has_message {
        return (msg != "{}").then(|| "not empty".to_owned());
    }
    let compared = cursor.table(&layout.fields, values);
    match compared {
        Err(what) => Some(what),
        Ok(()) if !cursor.rest.is_empty() => Some(format!("text behind it: {}", cursor.rest)),
        Ok(()) => None,
    }
}

struct Cursor<'a> {
    rest: &'a str,
}

impl Cursor<'_> {
    fn table(&mut self, fields: &[Field], values: &[Option<Value>]) -> Result<(), String> {
        self.token("{")?;
        let mut is_first = true;
        for (field, value) in fields.iter().zip(values) {
            let absent;
            let value = match (value, &field.kind) {
                (Some(value), _) => value,
                (None, Kind::One(kind)) if kind != "string" => {
                    absent = default(kind, field.default.as_ref());
                    &absent
                }
                (None, _) => continue,
            };
            if !std::mem::take(&mut is_first) {
                self.token(",")?;
            }
            self.token(&format!("\"{}\":", field.name))?;
            let sub = if let Kind::Table(fields) = &field.kind { fields.as_slice() } else { &[] };
            self.value(sub, value).map_err(|what| format!("{}: {what}", field.name))?;
        }
        self.token("}")
    }

    fn value(&mut self, fields: &[Field], value: &Value) -> Result<(), String> {
        match value {
            Value::Integer(number, _) => self.scalar(|text| text == number.to_string(), value),
            Value::F32(number) if !number.is_finite() => self.scalar(|text| text == "null", value),
            Value::F64(number) if !number.is_finite() => self.scalar(|text| text == "null", value),
            // To the bit, but for the sign of zero.
            Value::F32(number) => {
                let bits = (number + 0.0).to_bits();
                self.scalar(|text| text.parse::<f32>().is_ok_and(|read| read.to_bits() == bits), value)
            }
            Value::F64(number) => {
                let bits = (number + 0.0).to_bits();
                self.scalar(|text| text.parse::<f64>().is_ok_and(|read| read.to_bits() == bits), value)
            }
            Value::Bool(byte) => self.scalar(|text| text == (*byte != 0).to_string(), value),
            Value::String(bytes) => {
                let mut strings = serde_json::Deserializer::from_str(self.rest).into_iter::<String>();
                let read = strings.next().and_then(Result::ok).ok_or("no string")?;
                self.rest = &self.rest[strings.byte_offset()..];
                let expected = String::from_utf8_lossy(bytes).replace('\0', "\u{fffd}");
                if read == expected { Ok(()) } else { Err(format!("{read:?} instead of {expected:?}")) }
            }
            Value::Many(list, _) => {
                self.token("[")?;
                for (index, element) in list.iter().enumerate() {
                    if index > 0 {
                        self.token(",")?;
                    }
                    self.value(&[], element)?;
                }
                self.token("]")
            }
            Value::Table(values) => self.table(fields, values),
        }
    }

    fn scalar(&mut self, is_right: impl Fn(&str) -> bool, expected: &Value) -> Result<(), String> {
        let end = self.rest.find([',', '}', ']']).unwrap_or(self.rest.len());
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        if is_right(text) { Ok(()) } else { Err(format!("{text} instead of {expected:?}")) }
    }

    fn token(&mut self, token: &str) -> Result<(), String> {
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                Ok(())
            }
            None => {
                let found: String = self.rest.chars().take(40).collect();
                Err(format!("{found:?} where {token} should stand"))
            }
        }
    }
}

/// What a scalar reads as that was left out.
fn default(kind: &str, default: Option<&Toml>) -> Value {
    let integer = default.and_then(Toml::as_integer).unwrap_or_default();
    match kind {
        "f32" => Value::F32(default.and_then(Toml::as_float).unwrap_or(integer as f64) as f32),
        "f64" => Value::F64(default.and_then(Toml::as_float).unwrap_or(integer as f64)),
        "bool" => Value::Bool(default.and_then(Toml::as_bool).unwrap_or_default().into()),
        _ => Value::Integer(integer.into(), 0),
    }
}

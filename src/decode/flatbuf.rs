//! FlatBuffers: one walk over a message checks every byte before it is read and writes the message as JSON.
//!
//! Nothing in a message is trusted. Offsets, sizes and counts are checked against the message, alignment counts from
//! its start, and the bytes visited have a budget, so that naming one object a million times ends in linear time.
//! The walk is written once and is generic over [`Emit`]: scanning for records runs the very same checks as
//! decoding them, with output that goes nowhere.

use super::emit::Json;
use crate::limits::{EXACT_TABLE_BYTES, MESSAGE_WORK_FACTOR, MESSAGE_WORK_FLOOR};

/// A number or truth value of fixed size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Scalar {
    U8,
    I8,
    U16,
    I16,
    U32,
    I32,
    U64,
    I64,
    F32,
    F64,
    Bool,
}

impl Scalar {
    /// Size in bytes, which is its alignment too.
    pub fn size_bytes(self) -> usize {
        match self {
            Self::U8 | Self::I8 | Self::Bool => 1,
            Self::U16 | Self::I16 => 2,
            Self::U32 | Self::I32 | Self::F32 => 4,
            Self::U64 | Self::I64 | Self::F64 => 8,
        }
    }
}

/// What stands in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A scalar, in the table itself.
    Scalar(Scalar),
    /// A string.
    String,
    /// A vector of scalars.
    Scalars(Scalar),
    /// A vector of strings.
    Strings,
    /// A table, laid out as [`Plan::add_table`] said.
    Table(u16),
}

/// One field, ready to be written.
struct Field {
    kind: Kind,
    /// What it takes up in the table, which is its alignment too.
    size_bytes: u8,
    /// In the plan's text: `,"name":`, and behind it the default of a scalar.
    key_start: u32,
    key_end: u32,
    /// End of the text to write when the field is absent; `key_start` where that is nothing.
    absent_end: u32,
}

/// The layout of a table, compiled for the walk: fields in vtable order and all constant text in one piece.
#[derive(Default)]
pub struct Plan {
    fields: Vec<Field>,
    text: Vec<u8>,
    tables: Vec<Plan>,
}

impl Plan {
    /// Adds the next field. `default_json` is what an absent scalar is written as; other kinds have none.
    pub fn add_field(&mut self, name: &str, kind: Kind, default_json: &str) {
        let key_start = self.text.len() as u32;
        self.text.push(b',');
        Json(&mut self.text).string(name.as_bytes());
        self.text.push(b':');
        let key_end = self.text.len() as u32;
        self.text.extend_from_slice(default_json.as_bytes());
        let (size_bytes, absent_end) = match kind {
            Kind::Scalar(scalar) => (scalar.size_bytes() as u8, self.text.len() as u32),
            _ => (4, key_start),
        };
        self.fields.push(Field { kind, size_bytes, key_start, key_end, absent_end });
    }

    /// Adds the layout of a sub-table; the result goes into [`Kind::Table`].
    pub fn add_table(&mut self, plan: Plan) -> u16 {
        self.tables.push(plan);
        (self.tables.len() - 1) as u16
    }

    fn key(&self, field: &Field) -> &[u8] {
        &self.text[field.key_start as usize..field.key_end as usize]
    }

    fn absent(&self, field: &Field) -> &[u8] {
        &self.text[field.key_start as usize..field.absent_end as usize]
    }
}

/// Receives what the walk finds, in order.
///
/// Members and elements start with a comma; [`Emit::end`] turns the first one into the bracket.
pub trait Emit {
    /// Constant text: a key, or a key and a default.
    fn text(&mut self, text: &[u8]);
    /// A scalar; `bytes` has its size.
    fn scalar(&mut self, kind: Scalar, bytes: &[u8]);
    /// The elements of a vector of scalars.
    fn scalars(&mut self, kind: Scalar, bytes: &[u8]);
    /// A string.
    fn string(&mut self, bytes: &[u8]);
    /// An object or array begins; the result goes to [`Self::end`].
    fn begin(&self) -> usize;
    /// An object (`{}`) or array (`[]`) ends.
    fn end(&mut self, begin: usize, brackets: [u8; 2]);
}

/// Output that goes nowhere: verification alone.
pub struct Nowhere;

impl Emit for Nowhere {
    #[inline(always)]
    fn text(&mut self, _: &[u8]) {}
    #[inline(always)]
    fn scalar(&mut self, _: Scalar, _: &[u8]) {}
    #[inline(always)]
    fn scalars(&mut self, _: Scalar, _: &[u8]) {}
    #[inline(always)]
    fn string(&mut self, _: &[u8]) {}
    #[inline(always)]
    fn begin(&self) -> usize {
        0
    }
    #[inline(always)]
    fn end(&mut self, _: usize, _: [u8; 2]) {}
}

/// Why a message does not verify, in words.
pub type Defect = &'static str;

const OUTSIDE: Defect = "an offset, size or count points outside the message";
const MISALIGNED: Defect = "a field, table, string or vector is not aligned";
const BAD_VTABLE: Defect = "the sizes in a vtable make no sense";
const OUTSIDE_TABLE: Defect = "a field lies outside its table";
const OVERLAP: Defect = "two fields overlap";
const NO_FIELDS: Defect = "it has no fields";
const NO_NUL: Defect = "no NUL stands behind a string";
const TOO_MUCH: Defect = "it names the same bytes too many times";

/// What a walk found and what it cost.
pub struct Walked {
    /// How many bytes of the message the FlatBuffer uses; what follows is padding. Or why it is none.
    pub extent_bytes: Result<usize, Defect>,
    /// Bytes visited, some of them more than once.
    pub work: u64,
}

/// Walks `message` as a table laid out as in `plan`. `most_work` bounds the work beside the message's own budget.
/// `exact` also forbids fields that overlap, and wants one at least: a table without fields speaks for no layout.
pub fn walk(plan: &Plan, message: &[u8], exact: bool, most_work: u64, out: &mut impl Emit) -> Walked {
    let budget = MESSAGE_WORK_FLOOR + MESSAGE_WORK_FACTOR * message.len() as u64;
    let budget = budget.min(most_work);
    let mut walk = Walk { message, exact, work_left: budget, extent_bytes: 4 };
    let verdict = walk.root(plan, out);
    Walked { extent_bytes: verdict.map(|()| walk.extent_bytes), work: budget - walk.work_left }
}

struct Walk<'a> {
    message: &'a [u8],
    exact: bool,
    work_left: u64,
    extent_bytes: usize,
}

impl<'a> Walk<'a> {
    fn root(&mut self, plan: &Plan, out: &mut impl Emit) -> Result<(), Defect> {
        let table = self.follow(0)?;
        self.table(plan, table, out)
    }

    #[inline]
    fn table(&mut self, plan: &Plan, at: usize, out: &mut impl Emit) -> Result<(), Defect> {
        let distance = self.u32_at(at)? as i32;
        let vtable_at = usize::try_from(at as i64 - i64::from(distance)).map_err(|_| OUTSIDE)?;
        if !vtable_at.is_multiple_of(2) {
            return Err(MISALIGNED);
        }
        let sizes = self.slice(vtable_at, 4)?;
        let vtable_bytes = usize::from(u16_of(&sizes[..2]));
        let table_bytes = usize::from(u16_of(&sizes[2..]));
        if vtable_bytes < 4 || !vtable_bytes.is_multiple_of(2) || table_bytes < 4 {
            return Err(BAD_VTABLE);
        }
        let slots = &self.slice(vtable_at, vtable_bytes)?[4..];
        let table = self.slice(at, table_bytes)?;
        self.visit(vtable_at, vtable_bytes)?;
        self.visit(at, table_bytes)?;
        // The root alone tells layouts apart.
        if std::mem::take(&mut self.exact) {
            disjoint(plan, slots, table_bytes)?;
        }

        let begin = out.begin();
        let mut slots = slots.chunks_exact(2);
        for field in &plan.fields {
            let offset = slots.next().map_or(0, |slot| usize::from(u16_of(slot)));
            if offset == 0 {
                out.text(plan.absent(field));
                continue;
            }
            let size = usize::from(field.size_bytes);
            if offset < 4 || offset + size > table_bytes {
                return Err(OUTSIDE_TABLE);
            }
            let field_at = at + offset;
            if field_at & (size - 1) != 0 {
                return Err(MISALIGNED);
            }
            out.text(plan.key(field));
            match field.kind {
                Kind::Scalar(scalar) => out.scalar(scalar, &table[offset..offset + size]),
                Kind::String => out.string(self.string(field_at)?),
                Kind::Scalars(scalar) => {
                    let elements = self.vector(field_at, scalar.size_bytes())?.1;
                    let begin = out.begin();
                    out.scalars(scalar, elements);
                    out.end(begin, *b"[]");
                }
                Kind::Strings => {
                    let (first_at, elements) = self.vector(field_at, 4)?;
                    let begin = out.begin();
                    for index in 0..elements.len() / 4 {
                        out.text(b",");
                        out.string(self.string(first_at + 4 * index)?);
                    }
                    out.end(begin, *b"[]");
                }
                Kind::Table(index) => {
                    let table_at = self.follow(field_at)?;
                    self.table(&plan.tables[usize::from(index)], table_at, out)?;
                }
            }
        }
        out.end(begin, *b"{}");
        Ok(())
    }

    /// The string that the offset at `at` points to.
    #[inline]
    fn string(&mut self, at: usize) -> Result<&'a [u8], Defect> {
        let start = self.follow(at)?;
        let length = self.u32_at(start)? as usize;
        let with_nul = self.slice(start + 4, length.checked_add(1).ok_or(OUTSIDE)?)?;
        self.visit(start, length + 5)?;
        match with_nul.split_last() {
            Some((0, string)) => Ok(string),
            _ => Err(NO_NUL),
        }
    }

    /// The elements of the vector that the offset at `at` points to, and where they start.
    #[inline]
    fn vector(&mut self, at: usize, element_bytes: usize) -> Result<(usize, &'a [u8]), Defect> {
        let start = self.follow(at)?;
        let count = self.u32_at(start)? as usize;
        let length = count.checked_mul(element_bytes).ok_or(OUTSIDE)?;
        let elements = self.slice(start + 4, length)?;
        // The elements of an empty vector are nowhere, so nothing has to be aligned.
        if length > 0 && (start + 4) & (element_bytes - 1) != 0 {
            return Err(MISALIGNED);
        }
        self.visit(start, length + 4)?;
        Ok((start + 4, elements))
    }

    /// Where the offset at `at` points to: something inside the message that starts with four bytes.
    #[inline]
    fn follow(&self, at: usize) -> Result<usize, Defect> {
        let offset = self.u32_at(at)? as usize;
        if offset < 4 || offset > self.message.len() - at {
            return Err(OUTSIDE);
        }
        let target = at + offset;
        if target & 3 != 0 { Err(MISALIGNED) } else { Ok(target) }
    }

    #[inline]
    fn u32_at(&self, at: usize) -> Result<u32, Defect> {
        let bytes = self.message.get(at..).and_then(|rest| rest.first_chunk()).ok_or(OUTSIDE)?;
        Ok(u32::from_le_bytes(*bytes))
    }

    #[inline]
    fn slice(&self, at: usize, length: usize) -> Result<&'a [u8], Defect> {
        let rest = self.message.get(at..).ok_or(OUTSIDE)?;
        rest.get(..length).ok_or(OUTSIDE)
    }

    /// Counts a visit to bytes that are known to lie inside the message.
    #[inline]
    fn visit(&mut self, at: usize, length: usize) -> Result<(), Defect> {
        self.work_left = match self.work_left.checked_sub(length as u64) {
            Some(left) => left,
            None => {
                self.work_left = 0;
                return Err(TOO_MUCH);
            }
        };
        self.extent_bytes = self.extent_bytes.max(at + length);
        Ok(())
    }
}

/// Tables up to this size are usual, in bytes.
const SMALL_TABLE_BYTES: usize = 256;

/// Whether a table has fields and no two of them share a byte.
fn disjoint(plan: &Plan, slots: &[u8], table_bytes: usize) -> Result<(), Defect> {
    if table_bytes > EXACT_TABLE_BYTES {
        return Err(BAD_VTABLE);
    }
    // Most tables are small, and to clear the memory for the largest takes longer than to look at one of them.
    let (mut few, mut many);
    let taken: &mut [u64] = if table_bytes <= SMALL_TABLE_BYTES {
        few = [0; SMALL_TABLE_BYTES / 64];
        &mut few
    } else {
        many = [0; EXACT_TABLE_BYTES / 64];
        &mut many
    };
    let mut verdict = Err(NO_FIELDS);
    for (field, slot) in plan.fields.iter().zip(slots.chunks_exact(2)) {
        let offset = usize::from(u16_of(slot));
        if offset == 0 {
            continue;
        }
        for byte in offset..offset + usize::from(field.size_bytes) {
            let word = taken.get_mut(byte / 64).ok_or(OUTSIDE_TABLE)?;
            let bit = 1 << (byte % 64);
            if *word & bit != 0 {
                return Err(OVERLAP);
            }
            *word |= bit;
        }
        verdict = Ok(());
    }
    verdict
}

#[inline]
fn u16_of(bytes: &[u8]) -> u16 {
    bytes.first_chunk().map_or(0, |bytes| u16::from_le_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use flatbuffers::FlatBufferBuilder;
    use proptest::prelude::*;

    /// A plan with something of everything.
    fn plan() -> Plan {
        let mut sub = Plan::default();
        sub.add_field("x", Kind::Scalar(Scalar::F64), "0.0");
        let mut plan = Plan::default();
        plan.add_field("flag", Kind::Scalar(Scalar::Bool), "false");
        plan.add_field("say \"hi\"", Kind::Scalar(Scalar::I64), "-1");
        plan.add_field("text", Kind::String, "");
        plan.add_field("bytes", Kind::Scalars(Scalar::U8), "");
        plan.add_field("wide", Kind::Scalars(Scalar::F64), "");
        plan.add_field("names", Kind::Strings, "");
        let sub = plan.add_table(sub);
        plan.add_field("sub", Kind::Table(sub), "");
        plan
    }

    fn full() -> Vec<u8> {
        let mut builder = FlatBufferBuilder::new();
        let text = builder.create_string("some");
        let names = ["a", "", "b"].map(|name| builder.create_string(name));
        let names = builder.create_vector(&names);
        let bytes = builder.create_vector(&[1u8, 2, 255]);
        let wide = builder.create_vector(&[0.5f64, -0.0]);
        let sub = builder.start_table();
        builder.push_slot_always(4, 2.5f64);
        let sub = builder.end_table(sub);
        let table = builder.start_table();
        builder.push_slot_always(4, 7u8);
        builder.push_slot_always(6, i64::MIN);
        builder.push_slot_always(8, text);
        builder.push_slot_always(10, bytes);
        builder.push_slot_always(12, wide);
        builder.push_slot_always(14, names);
        builder.push_slot_always(16, sub);
        let table = builder.end_table(table);
        builder.finish_minimal(table);
        builder.finished_data().to_vec()
    }

    fn json(message: &[u8]) -> Result<String, Defect> {
        let mut buffer = Vec::new();
        let walked = walk(&plan(), message, false, u64::MAX, &mut Json(&mut buffer));
        walked.extent_bytes.map(|_| String::from_utf8(buffer).unwrap())
    }

    #[test]
    fn every_kind_of_field_is_written() {
        let expected = r#"{"flag":true,"say \"hi\"":-9223372036854775808,"text":"some","bytes":[1,2,255],"#
            .to_owned()
            + r#""wide":[0.5,0.0],"names":["a","","b"],"sub":{"x":2.5}}"#;
        assert_eq!(json(&full()), Ok(expected));
    }

    #[test]
    fn absent_scalars_have_defaults_and_the_rest_is_left_out() {
        let mut builder = FlatBufferBuilder::new();
        let table = builder.start_table();
        let table = builder.end_table(table);
        builder.finish_minimal(table);
        assert_eq!(json(builder.finished_data()).as_deref(), Ok(r#"{"flag":false,"say \"hi\"":-1}"#));
    }

    #[test]
    fn a_cut_message_never_verifies() {
        let message = full();
        let extent = walk(&plan(), &message, false, u64::MAX, &mut Nowhere).extent_bytes;
        let extent = extent.expect("it is sound");
        assert!(message.len() - extent < 8, "only padding is not used");
        assert!((0..extent).all(|length| json(&message[..length]).is_err()));
    }

    #[test]
    fn naming_one_string_a_million_times_is_refused_early() {
        let mut builder = FlatBufferBuilder::new();
        let one = builder.create_string(&"x".repeat(1000));
        let names = builder.create_vector(&vec![one; 1_000_000]);
        let table = builder.start_table();
        builder.push_slot_always(14, names);
        let table = builder.end_table(table);
        builder.finish_minimal(table);
        let message = builder.finished_data();
        let walked = walk(&plan(), message, false, u64::MAX, &mut Nowhere);
        assert_eq!(walked.extent_bytes, Err(TOO_MUCH));
        assert!(walked.work <= MESSAGE_WORK_FLOOR + MESSAGE_WORK_FACTOR * message.len() as u64);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn damaged_messages_give_json_or_a_defect_and_verify_as_they_are_written(
            flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
            exact: bool,
        ) {
            let mut message = full();
            for (at, value) in flips {
                let at = at.index(message.len());
                message[at] = value;
            }
            let mut buffer = Vec::new();
            let written = walk(&plan(), &message, exact, u64::MAX, &mut Json(&mut buffer));
            let verified = walk(&plan(), &message, exact, u64::MAX, &mut Nowhere);
            prop_assert_eq!(&written.extent_bytes, &verified.extent_bytes);
            prop_assert_eq!(written.work, verified.work);
            if let Ok(extent) = written.extent_bytes {
                prop_assert!(extent <= message.len());
                prop_assert!(serde_json::from_slice::<serde_json::Value>(&buffer).is_ok());
            }
        }

        #[test]
        fn noise_gives_no_panic(message in prop::collection::vec(0..20u8, 0..200)) {
            let _ = json(&message);
        }
    }
}

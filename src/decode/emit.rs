//! The values of a FlatBuffer as JSON: numbers as short as they can be exactly, strings as jsonb can hold them.

use super::flatbuf::{Emit, Scalar};
use super::text::push_json_string;

/// Appends JSON to a buffer that may hold other things.
pub struct Json<'a>(pub &'a mut Vec<u8>);

impl Emit for Json<'_> {
    #[inline]
    fn text(&mut self, text: &[u8]) {
        self.0.extend_from_slice(text);
    }

    #[inline]
    fn scalar(&mut self, kind: Scalar, bytes: &[u8]) {
        match kind {
            Scalar::U8 => self.integer(u8::from_le_bytes(array(bytes))),
            Scalar::I8 => self.integer(i8::from_le_bytes(array(bytes))),
            Scalar::U16 => self.integer(u16::from_le_bytes(array(bytes))),
            Scalar::I16 => self.integer(i16::from_le_bytes(array(bytes))),
            Scalar::U32 => self.integer(u32::from_le_bytes(array(bytes))),
            Scalar::I32 => self.integer(i32::from_le_bytes(array(bytes))),
            Scalar::U64 => self.integer(u64::from_le_bytes(array(bytes))),
            Scalar::I64 => self.integer(i64::from_le_bytes(array(bytes))),
            Scalar::F32 => self.float(f32::from_le_bytes(array(bytes))),
            Scalar::F64 => self.float(f64::from_le_bytes(array(bytes))),
            Scalar::Bool => self.boolean(array::<1>(bytes)[0] != 0),
        }
    }

    fn scalars(&mut self, kind: Scalar, bytes: &[u8]) {
        match kind {
            Scalar::U8 => self.elements(bytes, |out, one| out.integer(u8::from_le_bytes(one))),
            Scalar::I8 => self.elements(bytes, |out, one| out.integer(i8::from_le_bytes(one))),
            Scalar::U16 => self.elements(bytes, |out, one| out.integer(u16::from_le_bytes(one))),
            Scalar::I16 => self.elements(bytes, |out, one| out.integer(i16::from_le_bytes(one))),
            Scalar::U32 => self.elements(bytes, |out, one| out.integer(u32::from_le_bytes(one))),
            Scalar::I32 => self.elements(bytes, |out, one| out.integer(i32::from_le_bytes(one))),
            Scalar::U64 => self.elements(bytes, |out, one| out.integer(u64::from_le_bytes(one))),
            Scalar::I64 => self.elements(bytes, |out, one| out.integer(i64::from_le_bytes(one))),
            Scalar::F32 => self.elements(bytes, |out, one| out.float(f32::from_le_bytes(one))),
            Scalar::F64 => self.elements(bytes, |out, one| out.float(f64::from_le_bytes(one))),
            Scalar::Bool => self.elements(bytes, |out, one: [u8; 1]| out.boolean(one[0] != 0)),
        }
    }

    #[inline]
    fn string(&mut self, bytes: &[u8]) {
        push_json_string(self.0, bytes);
    }

    #[inline]
    fn begin(&self) -> usize {
        self.0.len()
    }

    #[inline]
    fn end(&mut self, begin: usize, [open, close]: [u8; 2]) {
        match self.0.get_mut(begin) {
            Some(comma) => *comma = open,
            None => self.0.push(open),
        }
        self.0.push(close);
    }
}

impl Json<'_> {
    /// An integer.
    #[inline]
    pub fn integer(&mut self, value: impl itoa::Integer) {
        self.0.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
    }

    /// A float: the shortest text that reads back to the same value. jsonb knows no -0, NaN or infinity.
    #[inline]
    pub fn float<F: zmij::Float + PartialEq + Default>(&mut self, value: F) {
        let mut buffer = zmij::Buffer::new();
        if value == F::default() {
            self.0.extend_from_slice(b"0.0");
            return;
        }
        // What is not finite is the only text that has letters other than the exponent's.
        let text = buffer.format(value).as_bytes();
        let is_finite = text.last().is_some_and(u8::is_ascii_digit);
        self.0.extend_from_slice(if is_finite { text } else { b"null" });
    }

    fn boolean(&mut self, value: bool) {
        self.0.extend_from_slice(if value { b"true" } else { b"false" });
    }

    #[inline]
    fn elements<const N: usize>(&mut self, bytes: &[u8], mut one: impl FnMut(&mut Self, [u8; N])) {
        for bytes in bytes.chunks_exact(N) {
            self.0.push(b',');
            one(self, array(bytes));
        }
    }
}

/// The first `N` bytes; the walk hands over slices that have them.
#[inline]
fn array<const N: usize>(bytes: &[u8]) -> [u8; N] {
    debug_assert_eq!(bytes.len(), N);
    bytes.first_chunk().copied().unwrap_or([0; N])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(write: impl FnOnce(&mut Json<'_>)) -> String {
        let mut buffer = Vec::new();
        write(&mut Json(&mut buffer));
        String::from_utf8(buffer).unwrap()
    }

    #[test]
    fn floats_are_short_exact_and_what_jsonb_knows() {
        for (value, expected) in [
            (1.0, "1.0"),
            (-0.0, "0.0"),
            (0.1, "0.1"),
            (1e-7, "1e-7"),
            (f32::MAX, "3.4028235e+38"),
            (f32::NAN, "null"),
            (-f32::NAN, "null"),
            (f32::INFINITY, "null"),
            (f32::NEG_INFINITY, "null"),
        ] {
            assert_eq!(text(|json| json.float(value)), expected);
        }
        assert_eq!(text(|json| json.float(f64::from(0.1f32))), "0.10000000149011612");
        assert_eq!(text(|json| json.float(5e-324)), "5e-324");
    }

    #[test]
    fn strings_keep_everything_that_jsonb_can_hold() {
        for (bytes, expected) in [
            (&b"plain"[..], r#""plain""#),
            (b"", r#""""#),
            (b"say \"a\\b\"", r#""say \"a\\b\"""#),
            (b"\x08\t\n\x0c\r\x01\x1f\x7f", "\"\\b\\t\\n\\f\\r\\u0001\\u001f\x7f\""),
            (b"nul\0mid", "\"nul\u{fffd}mid\""),
            ("天文\"é".as_bytes(), "\"天文\\\"é\""),
            (b"cut \xe2\x82", "\"cut \u{fffd}\""),
            (b"\xff\xfe!", "\"\u{fffd}\u{fffd}!\""),
        ] {
            assert_eq!(text(|json| json.string(bytes)), expected);
        }
    }
}

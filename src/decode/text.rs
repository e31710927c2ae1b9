//! Strings as canonical JSON: one way to write each, and nothing that PostgreSQL's `jsonb` refuses.

/// What stands for bytes that are no text: invalid UTF-8, NUL, half a surrogate pair.
pub(super) const REPLACEMENT: &str = "\u{fffd}";

const EVERY_BYTE: u64 = 0x0101_0101_0101_0101;
const HIGH_BITS: u64 = 0x8080_8080_8080_8080;

/// How many of these eight bytes stand before the first that can't be copied as it is: `"`, `\`, a control character or
/// a part of a character beyond ASCII.
#[inline(always)]
pub(super) fn plain_prefix(chunk: [u8; 8]) -> usize {
    // In each term the lowest marked byte is a true hit; a borrow can only mark bytes above it.
    let word = u64::from_le_bytes(chunk);
    let quote = word ^ (EVERY_BYTE * u64::from(b'"'));
    let backslash = word ^ (EVERY_BYTE * u64::from(b'\\'));
    let control = word.wrapping_sub(EVERY_BYTE * 0x20) & !word;
    let found = (quote.wrapping_sub(EVERY_BYTE) & !quote)
        | (backslash.wrapping_sub(EVERY_BYTE) & !backslash)
        | control
        | word;
    ((found & HIGH_BITS).trailing_zeros() / 8) as usize
}

/// Whether a byte is none of those that [`plain_prefix`] stops at.
#[inline(always)]
pub(super) fn is_plain(byte: u8) -> bool {
    (0x20..0x80).contains(&byte) && byte != b'"' && byte != b'\\'
}

/// The length of the longest prefix that can be copied as it is.
#[inline]
pub(super) fn plain_length(bytes: &[u8]) -> usize {
    let (chunks, rest) = bytes.as_chunks::<8>();
    for (index, chunk) in chunks.iter().enumerate() {
        let plain = plain_prefix(*chunk);
        if plain < 8 {
            return index * 8 + plain;
        }
    }
    bytes.len() - rest.len() + rest.iter().take_while(|byte| is_plain(**byte)).count()
}

/// How many bytes at their start two texts have in common.
#[inline]
pub(super) fn common_length(one: &[u8], other: &[u8]) -> usize {
    let mut same = 0;
    while let (Some(a), Some(b)) = (one[same..].first_chunk::<32>(), other[same..].first_chunk::<32>())
        && a == b
    {
        same += 32;
    }
    while let (Some(a), Some(b)) = (one[same..].first_chunk(), other[same..].first_chunk()) {
        let difference = u64::from_le_bytes(*a) ^ u64::from_le_bytes(*b);
        if difference != 0 {
            return same + (difference.trailing_zeros() / 8) as usize;
        }
        same += 8;
    }
    same + one[same..].iter().zip(&other[same..]).take_while(|(a, b)| a == b).count()
}

/// How many decimal digits there are at the start.
#[inline]
pub(super) fn digits(bytes: &[u8]) -> usize {
    let mut count = 0;
    while let Some(chunk) = bytes[count..].first_chunk() {
        let digits = digits_prefix(*chunk);
        count += digits;
        if digits < chunk.len() {
            return count;
        }
    }
    count + bytes[count..].iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// How many of these eight bytes are decimal digits before the first that is none.
#[inline(always)]
fn digits_prefix(chunk: [u8; 8]) -> usize {
    // A digit has 3 for its upper half, and still has it with six more. In each byte: is that so? No sum of bytes below
    // 0x80 carries into the next.
    let word = u64::from_le_bytes(chunk);
    let upper = |word: u64| (word & (EVERY_BYTE * 0xf0)) ^ (EVERY_BYTE * 0x30);
    let more = (word & !HIGH_BITS) + EVERY_BYTE * 6;
    let others = upper(word) | upper(more);
    (others.trailing_zeros() / 8) as usize
}

/// The length of the longest prefix of ASCII and other text, valid or not, up to the next `"`, `\` or control character.
pub(super) fn text_length(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| **byte >= 0x80 || is_plain(**byte)).count()
}

/// Gives the text of some bytes piece by piece, each invalid sequence replaced as `String::from_utf8_lossy` does.
pub(super) fn for_each_valid(bytes: &[u8], mut push: impl FnMut(&[u8])) {
    for chunk in bytes.utf8_chunks() {
        push(chunk.valid().as_bytes());
        if !chunk.invalid().is_empty() {
            push(REPLACEMENT.as_bytes());
        }
    }
}

/// How a `"`, a `\` or a control character is written; and how many bytes of the array that takes.
pub(super) fn escape(byte: u8) -> ([u8; 6], usize) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let short = match byte {
        0 => return ([0xef, 0xbf, 0xbd, 0, 0, 0], REPLACEMENT.len()),
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        0x08 => b'b',
        0x0c => b'f',
        b'"' | b'\\' => byte,
        _ => return ([b'\\', b'u', b'0', b'0', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]], 6),
    };
    ([b'\\', short, 0, 0, 0, 0], 2)
}

/// Appends `bytes` as a JSON string, quotes included. Invalid UTF-8 and NUL become U+FFFD.
pub(super) fn push_json_string(out: &mut Vec<u8>, mut bytes: &[u8]) {
    out.push(b'"');
    loop {
        let (plain, rest) = bytes.split_at(plain_length(bytes));
        out.extend_from_slice(plain);
        bytes = match rest {
            [] => break,
            [byte, ..] if *byte >= 0x80 => {
                let (text, rest) = rest.split_at(text_length(rest));
                for_each_valid(text, |piece| out.extend_from_slice(piece));
                rest
            }
            [byte, rest @ ..] => {
                let (escaped, length) = escape(*byte);
                out.extend_from_slice(&escaped[..length]);
                rest
            }
        };
    }
    out.push(b'"');
}

/// Reads back what [`push_json_string`] wrote: the text between the quotes of a canonical string.
pub(super) fn unescape(canonical: &str, out: &mut String) {
    let mut parts = canonical.split('\\');
    out.push_str(parts.next().unwrap_or_default());
    while let Some(part) = parts.next() {
        let mut rest = part.chars();
        match rest.next() {
            // An escaped backslash leaves an empty part, and what follows it is plain.
            None => {
                out.push('\\');
                out.push_str(parts.next().unwrap_or_default());
                continue;
            }
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some('b') => out.push('\u{8}'),
            Some('f') => out.push('\u{c}'),
            Some('u') => {
                let code = part.get(1..5).and_then(|hex| u8::from_str_radix(hex, 16).ok());
                out.push(char::from(code.unwrap_or_default()));
                rest = part.get(5..).unwrap_or_default().chars();
            }
            Some(itself) => out.push(itself),
        }
        out.push_str(rest.as_str());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(bytes: &[u8]) -> String {
        let mut out = Vec::new();
        push_json_string(&mut out, bytes);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn each_character_has_one_form() {
        assert_eq!(written(b""), r#""""#);
        assert_eq!(written(b"plain / text \x7f"), "\"plain / text \x7f\"");
        assert_eq!(written(b"\"\\\n\r\t\x08\x0c\x01\x1f"), r#""\"\\\n\r\t\b\f\u0001\u001f""#);
        assert_eq!(written("é😀".as_bytes()), "\"é😀\"");
        assert_eq!(written(b"a\0b\xffc\xe2\x82\xf0\x9f\x98"), "\"a\u{fffd}b\u{fffd}c\u{fffd}\u{fffd}\"");
    }

    #[test]
    fn every_byte_at_every_place_of_a_chunk() {
        for byte in 0..=255u8 {
            for place in 0..8 {
                let mut chunk = *b"aZ ~#]^!";
                chunk[place] = byte;
                let expected = if is_plain(byte) { 8 } else { place };
                assert_eq!(plain_prefix(chunk), expected, "{byte:#x} at {place}");
            }
        }
    }

    #[test]
    fn digits_end_at_every_other_byte_at_every_place_of_a_chunk() {
        for byte in 0..=255u8 {
            for place in 0..8 {
                let mut chunk = *b"09817263";
                chunk[place] = byte;
                let expected = if byte.is_ascii_digit() { 8 } else { place };
                assert_eq!(digits_prefix(chunk), expected, "{byte:#x} at {place}");
            }
        }
    }

    proptest! {
        #[test]
        fn digits_are_counted_to_the_first_other_byte(text in "[0-9]{0,30}[-0-9.e]{0,9}") {
            let expected = text.bytes().take_while(u8::is_ascii_digit).count();
            prop_assert_eq!(digits(text.as_bytes()), expected);
        }

        #[test]
        fn any_bytes_become_a_string_that_others_read(
            bytes in proptest::collection::vec(prop_oneof![any::<u8>(), Just(b'\\'), Just(b'a'), Just(b'"')], 0..60)
        ) {
            let text = written(&bytes);
            let expected = String::from_utf8_lossy(&bytes).replace('\0', REPLACEMENT);
            prop_assert_eq!(serde_json::from_str::<String>(&text).unwrap(), expected.as_str());
            let mut back = String::new();
            unescape(&text[1..text.len() - 1], &mut back);
            prop_assert_eq!(back, expected);
        }

        #[test]
        fn a_prefix_is_plain_up_to_the_first_special_byte(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            let expected = bytes.iter().take_while(|byte| is_plain(**byte)).count();
            prop_assert_eq!(plain_length(&bytes), expected);
        }
    }
}

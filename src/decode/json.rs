//! One JSON value as canonical text: compact, numbers as they were written, each string in its one form, and of equal
//! keys of an object only the last. Follows the rules of the `.ndjson` format rather than strict JSON: not-a-number and
//! the infinities are null, raw control characters and invalid UTF-8 in strings are mended.

use super::text;
use crate::limits::SCRATCH_BYTES_KEPT;

/// Room kept behind the text to be written, so that eight bytes can be stored at once.
const SLACK_BYTES: usize = 16;

/// Objects with more members than this are searched for equal keys by sorting.
const FEW_MEMBERS: usize = 16;

/// Words that stand for a value, and what is written for them.
const WORDS: [(&[u8], &[u8]); 10] = [
    (b"null", b"null"),
    (b"true", b"true"),
    (b"false", b"false"),
    (b"NaN", b"null"),
    (b"Infinity", b"null"),
    (b"-Infinity", b"null"),
    (b"nan", b"null"),
    (b"-nan", b"null"),
    (b"inf", b"null"),
    (b"-inf", b"null"),
];

/// What is wrong where the text ends within a value.
pub(super) const TOO_EARLY: &str = "the line ends too early";

/// Why some text is not JSON.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Index of the byte that is wrong.
    pub at: usize,
    /// What is wrong there.
    pub what: &'static str,
}

/// Writes values as canonical text. Holds nothing between two values but memory.
#[derive(Default)]
pub(super) struct Normaliser {
    /// Of every open object or array, from the outermost: whether it is an object.
    open: Vec<bool>,
    /// Of every open object: the index of its first member in `members`.
    firsts: Vec<u32>,
    /// Members of the open objects so far.
    members: Vec<Member>,
    /// Members of a large object, sorted by fingerprint.
    order: Vec<u64>,
    /// Where the earlier ones of members with equal keys stand. They are taken out all at once at the end:
    /// taking each out by itself would move the same text once for every object around it.
    dropped: Vec<(u32, u32)>,
}

/// A member of an object. Positions count from the start of the value's canonical text; a line's fit into 32 bits.
struct Member {
    start: u32,
    key_end: u32,
    fingerprint: u32,
}

impl Normaliser {
    /// Appends the value that starts at `text[at]`, behind white space, to `out`, and returns where it ends.
    /// If it is no value, `out` stays as it was.
    pub fn value(&mut self, text: &[u8], at: usize, out: &mut Vec<u8>) -> Result<usize, Fault> {
        self.clear();
        let base = out.len();
        out.resize(base + text.len().saturating_sub(at) + SLACK_BYTES, 0);
        let mut copy = Copy { text, at, out: std::mem::take(out), base, length: base };
        let result = self.copy_value(&mut copy);
        *out = copy.out;
        out.truncate(if result.is_ok() { copy.length } else { base });
        result?;
        if !self.dropped.is_empty() {
            self.take_out_dropped(base, out);
        }
        Ok(copy.at)
    }

    fn copy_value(&mut self, copy: &mut Copy<'_>) -> Result<(), Fault> {
        'value: loop {
            copy.skip_space();
            match copy.peek() {
                b'"' => copy.string()?,
                b'{' => {
                    copy.keep_byte();
                    copy.skip_space();
                    if copy.peek() == b'}' {
                        copy.keep_byte();
                    } else {
                        self.open.push(true);
                        self.firsts.push(self.members.len() as u32);
                        self.key(copy)?;
                        continue 'value;
                    }
                }
                b'[' => {
                    copy.keep_byte();
                    copy.skip_space();
                    if copy.peek() == b']' {
                        copy.keep_byte();
                    } else {
                        self.open.push(false);
                        continue 'value;
                    }
                }
                b'0'..=b'9' => copy.number()?,
                b'-' if matches!(copy.text.get(copy.at + 1), Some(b'0'..=b'9')) => copy.number()?,
                _ => copy.word()?,
            }
            // A value is complete: what follows belongs to the object or array around it, which it may complete too.
            while let Some(&in_object) = self.open.last() {
                copy.skip_space();
                match (copy.peek(), in_object) {
                    (b',', true) => {
                        copy.keep_byte();
                        copy.skip_space();
                        self.key(copy)?;
                        continue 'value;
                    }
                    (b',', false) => {
                        copy.keep_byte();
                        continue 'value;
                    }
                    (b'}', true) => {
                        copy.keep_byte();
                        self.close_object(copy);
                    }
                    (b']', false) => {
                        copy.keep_byte();
                        self.open.pop();
                    }
                    (_, true) => return Err(copy.fault("neither a comma nor a closing brace")),
                    (_, false) => return Err(copy.fault("neither a comma nor a closing bracket")),
                }
            }
            return Ok(());
        }
    }

    /// Copies a key and its colon.
    #[inline]
    fn key(&mut self, copy: &mut Copy<'_>) -> Result<(), Fault> {
        if copy.peek() != b'"' {
            return Err(copy.fault("no key"));
        }
        let start = copy.length;
        copy.string()?;
        let fingerprint = fingerprint(&copy.out, start + 1, copy.length - 1);
        self.members.push(Member {
            start: (start - copy.base) as u32,
            key_end: (copy.length - copy.base) as u32,
            fingerprint,
        });
        copy.skip_space();
        if copy.peek() != b':' {
            return Err(copy.fault("no colon behind a key"));
        }
        copy.keep_byte();
        Ok(())
    }

    /// Leaves an object, and finds those of its members whose key comes again.
    #[inline]
    fn close_object(&mut self, copy: &Copy<'_>) {
        self.open.pop();
        let first = self.firsts.pop().unwrap_or_default() as usize;
        let members = &self.members[first..];
        let key = |member: &Member| {
            &copy.out[copy.base + member.start as usize..copy.base + member.key_end as usize]
        };
        if members.len() <= FEW_MEMBERS {
            for (index, member) in members.iter().enumerate() {
                let mut later = members[index + 1..].iter();
                if later.any(|other| other.fingerprint == member.fingerprint && key(other) == key(member)) {
                    self.dropped.push((member.start, members[index + 1].start));
                }
            }
        } else {
            self.order.clear();
            self.order.extend((0..).zip(members).map(|(index, m)| u64::from(m.fingerprint) << 32 | index));
            self.order.sort_unstable();
            for same in self.order.chunk_by_mut(|a, b| a >> 32 == b >> 32).filter(|same| same.len() > 1) {
                let member = |entry: u64| &members[entry as u32 as usize];
                same.sort_unstable_by(|a, b| key(member(*a)).cmp(key(member(*b))).then(a.cmp(b)));
                for pair in same.windows(2) {
                    if key(member(pair[0])) == key(member(pair[1])) {
                        let index = pair[0] as u32 as usize;
                        self.dropped.push((members[index].start, members[index + 1].start));
                    }
                }
            }
        }
        self.members.truncate(first);
    }

    /// Closes the gaps in the text that starts at `out[base]`. Gaps lie apart or one within the other.
    fn take_out_dropped(&mut self, base: usize, out: &mut Vec<u8>) {
        self.dropped.sort_unstable();
        let (mut read, mut write) = (base, base);
        for (start, end) in self.dropped.drain(..) {
            let (start, end) = (base + start as usize, base + end as usize);
            if start >= read {
                out.copy_within(read..start, write);
                write += start - read;
                read = end;
            }
        }
        out.copy_within(read.., write);
        out.truncate(write + out.len() - read);
    }

    /// Forgets the value before, and memory that only a monster of a value needed.
    fn clear(&mut self) {
        fn clear<T>(scratch: &mut Vec<T>) {
            scratch.clear();
            scratch.shrink_to(SCRATCH_BYTES_KEPT / size_of::<T>());
        }
        clear(&mut self.open);
        clear(&mut self.firsts);
        clear(&mut self.members);
        clear(&mut self.order);
        clear(&mut self.dropped);
    }
}

/// A number that equal keys share and others rarely: of the first and the last eight bytes of `bytes[start..end]`.
#[inline]
fn fingerprint(bytes: &[u8], start: usize, end: usize) -> u32 {
    const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
    let word = |at: usize| bytes[at..].first_chunk::<8>().map_or(0, |chunk| u64::from_le_bytes(*chunk));
    let length = end - start;
    let mixed = if length >= 8 {
        word(start) ^ word(end - 8).rotate_left(29)
    } else {
        // Behind a short key stands what was written there before.
        word(start) & !(u64::MAX << (8 * length))
    };
    ((mixed ^ length as u64).wrapping_mul(SPREAD) >> 32) as u32
}

/// Copies from one place in a text to the end of another. `out` always has room for all that is left of the text, as
/// it stands, and [`SLACK_BYTES`].
struct Copy<'a> {
    text: &'a [u8],
    /// Index in `text` of the next byte.
    at: usize,
    out: Vec<u8>,
    /// Index in `out` at which the value starts.
    base: usize,
    /// How much of `out` is written.
    length: usize,
}

impl Copy<'_> {
    /// The next byte; NUL, which is an error wherever it stands outside a string, at the end.
    #[inline(always)]
    fn peek(&self) -> u8 {
        self.text.get(self.at).copied().unwrap_or(0)
    }

    #[inline(always)]
    fn skip_space(&mut self) {
        while is_space(self.peek()) {
            self.at += 1;
        }
    }

    /// Copies the byte that was peeked at.
    #[inline(always)]
    fn keep_byte(&mut self) {
        self.out[self.length] = self.text[self.at];
        self.length += 1;
        self.at += 1;
    }

    /// Copies everything up to `end`.
    #[inline]
    fn keep_to(&mut self, end: usize) {
        let count = end - self.at;
        let mut done = 0;
        while done < count
            && let Some(chunk) = self.text[self.at + done..].first_chunk::<8>()
        {
            self.out[self.length + done..][..8].copy_from_slice(chunk);
            done += 8;
        }
        if done < count {
            self.out[self.length + done..self.length + count]
                .copy_from_slice(&self.text[self.at + done..end]);
        }
        self.length += count;
        self.at = end;
    }

    /// Writes `bytes` for the next `consumed` bytes of the text.
    fn replace(&mut self, consumed: usize, bytes: &[u8]) {
        self.at += consumed;
        let left = self.text.len() - self.at;
        let end = self.length + bytes.len();
        if self.out.len() < end + left + SLACK_BYTES {
            // Room for as much again, so that this happens rarely however much the text grows.
            self.out.resize(end + 2 * left + 2 * SLACK_BYTES, 0);
        }
        self.out[self.length..end].copy_from_slice(bytes);
        self.length = end;
    }

    #[cold]
    fn fault(&self, what: &'static str) -> Fault {
        Fault { at: self.at, what: if self.at < self.text.len() { what } else { TOO_EARLY } }
    }

    #[inline]
    fn string(&mut self) -> Result<(), Fault> {
        self.keep_byte();
        loop {
            while let Some(chunk) = self.text[self.at..].first_chunk::<8>() {
                let plain = text::plain_prefix(*chunk);
                self.out[self.length..][..8].copy_from_slice(chunk);
                self.length += plain;
                self.at += plain;
                if plain < 8 {
                    break;
                }
            }
            match self.text.get(self.at) {
                Some(b'"') => {
                    self.keep_byte();
                    return Ok(());
                }
                Some(byte) if text::is_plain(*byte) => self.keep_byte(),
                _ => self.special()?,
            }
        }
    }

    /// Copies a part of a string that does not stay as it is, or has to be looked at.
    #[cold]
    fn special(&mut self) -> Result<(), Fault> {
        let text = self.text;
        match text.get(self.at) {
            None => return Err(self.fault("a string does not end")),
            Some(b'\\') => return self.escape(),
            Some(byte) if *byte >= 0x80 => {
                let run = &text[self.at..][..text::text_length(&text[self.at..])];
                // What is written may be longer than what was read: the run counts as read before it is written.
                self.at += run.len();
                text::for_each_valid(run, |piece| self.replace(0, piece));
            }
            Some(byte) => {
                let (escaped, length) = text::escape(*byte);
                self.replace(1, &escaped[..length]);
            }
        }
        Ok(())
    }

    fn escape(&mut self) -> Result<(), Fault> {
        match self.text.get(self.at + 1) {
            Some(b'"' | b'\\' | b'b' | b'f' | b'n' | b'r' | b't') => self.keep_to(self.at + 2),
            Some(b'/') => self.replace(2, b"/"),
            Some(b'u') => {
                let Some(unit) = self.code_unit(self.at) else {
                    return Err(self.fault("an escape without four hexadecimal digits"));
                };
                let low = self.code_unit(self.at + 6).filter(|low| (0xdc00..0xe000).contains(low));
                let (consumed, code) = match (unit, low) {
                    (0xd800..0xdc00, Some(low)) => (12, 0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00)),
                    _ => (6, unit),
                };
                match char::from_u32(code) {
                    None => self.replace(consumed, text::REPLACEMENT.as_bytes()),
                    Some(char) if char.is_ascii() && !text::is_plain(code as u8) => {
                        let (escaped, length) = text::escape(code as u8);
                        self.replace(consumed, &escaped[..length]);
                    }
                    Some(char) => self.replace(consumed, char.encode_utf8(&mut [0; 4]).as_bytes()),
                }
            }
            _ => return Err(self.fault("an escape that JSON does not have")),
        }
        Ok(())
    }

    /// The number in an escape like `\u00e9`, if one stands at `at`.
    fn code_unit(&self, at: usize) -> Option<u32> {
        let digits = self.text.get(at..at + 6)?.strip_prefix(b"\\u")?;
        digits.iter().try_fold(0, |sum, digit| Some(sum << 4 | char::from(*digit).to_digit(16)?))
    }

    #[inline]
    fn number(&mut self) -> Result<(), Fault> {
        let (end, written) = number(self.text, self.at)?;
        match written {
            None => self.keep_to(end),
            Some(written) => self.replace(end - self.at, written),
        }
        Ok(())
    }

    fn word(&mut self) -> Result<(), Fault> {
        match word(self.text, self.at) {
            Some((length, written)) => self.replace(length, written),
            None => return Err(self.fault("no value")),
        }
        Ok(())
    }
}

/// Appends the value that starts at `text[at]` to `out`, and returns where it ends; only if it is a number, a word, or a
/// string of nothing but plain ASCII.
#[inline]
pub(super) fn usual_value(text: &[u8], at: usize, out: &mut Vec<u8>) -> Option<usize> {
    let (end, written) = match text.get(at)? {
        b'"' => {
            let end = at + 1 + text::plain_length(&text[at + 1..]);
            (text.get(end) == Some(&b'"')).then_some((end + 1, None))?
        }
        b'0'..=b'9' => number(text, at).ok()?,
        b'-' if matches!(text.get(at + 1), Some(b'0'..=b'9')) => number(text, at).ok()?,
        _ => word(text, at).map(|(length, written)| (at + length, Some(written)))?,
    };
    out.extend_from_slice(written.unwrap_or(&text[at..end]));
    Some(end)
}

/// Where the number that starts at `text[at]` ends, and what is written for it if it does not stay as it is.
#[inline]
fn number(text: &[u8], at: usize) -> Result<(usize, Option<&'static [u8]>), Fault> {
    let byte = |at: usize| text.get(at).copied().unwrap_or(0);
    let negative = byte(at) == b'-';
    let first = at + usize::from(negative);
    // A leading zero stands alone: what follows it is no part of the number.
    let mut end = if byte(first) == b'0' { first + 1 } else { digits_end(text, first) };
    let mut is_float = false;
    if byte(end) == b'.' {
        let start = end + 1;
        end = digits_end(text, start);
        is_float = true;
        if end == start {
            return Err(Fault { at: end, what: "no digit behind a decimal point" });
        }
    }
    let mantissa_end = end;
    if matches!(byte(end), b'e' | b'E') {
        let start = end + 1 + usize::from(matches!(byte(end + 1), b'+' | b'-'));
        end = digits_end(text, start);
        is_float = true;
        if end == start {
            return Err(Fault { at: end, what: "no digit in an exponent" });
        }
    }
    let is_negative_zero = negative
        && byte(first) == b'0'
        && text[first..mantissa_end].iter().all(|byte| matches!(byte, b'0' | b'.'));
    let zero: &[u8] = if is_float { b"0.0" } else { b"0" };
    Ok((end, is_negative_zero.then_some(zero)))
}

#[inline]
fn digits_end(text: &[u8], start: usize) -> usize {
    start + text::digits(text.get(start..).unwrap_or_default())
}

/// The length of the word that starts at `text[at]`, and what is written for it.
fn word(text: &[u8], at: usize) -> Option<(usize, &'static [u8])> {
    let rest = text.get(at..).unwrap_or_default();
    let (word, written) = WORDS.iter().find(|(word, _)| rest.starts_with(word))?;
    Some((word.len(), written))
}

/// Whether a byte is white space of JSON. Lines have no newline.
#[inline(always)]
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

#[cfg(test)]
#[path = "json_tests.rs"]
mod tests;

//! Messages that are like an earlier one. A device writes the same keys in the same order again and again: most bytes of a
//! message were read before, at memory speed they are found to be the same, and what was written for them is written again.
//! Only values that differ are read.
//!
//! What comes out is what [`json`] makes of the message by itself. That rests on two things: equal text between two
//! values leads to equal text, since it decides about no key anew; and a template has no key twice.

use super::json::{self, Fault, Normaliser, is_space};
use super::text::common_length;
use crate::limits::{LONGEST_TEMPLATE_BYTES, TEMPLATE_MISSES, TEMPLATES};

/// By so many bytes at its start a message finds its template: enough for the name of an INDI property.
const SIGN_BYTES: usize = 32;

/// The templates of a file's messages, each found by how a message starts.
pub(super) struct Templates(Vec<Template>);

impl Default for Templates {
    fn default() -> Self {
        Self((0..TEMPLATES).map(|_| Template::default()).collect())
    }
}

impl Templates {
    /// Does what [`Normaliser::value`] does.
    pub fn value(
        &mut self,
        json: &mut Normaliser,
        text: &[u8],
        at: usize,
        out: &mut Vec<u8>,
    ) -> Result<usize, Fault> {
        let at = at + text[at..].iter().take_while(|byte| is_space(**byte)).count();
        let Some(sign) = text[at..].first_chunk() else {
            return json.value(text, at, out);
        };
        let template = &mut self.0[slot(sign)];
        let base = out.len();
        if let Some(end) = template.apply(json, text, at, out) {
            template.misses = 0;
            return Ok(end);
        }
        out.truncate(base);
        let end = json.value(text, at, out)?;
        template.misses += 1;
        if template.misses > TEMPLATE_MISSES || template.text.is_empty() {
            template.learn(&text[at..end], &out[base..]);
        }
        Ok(end)
    }
}

/// Which template a message has that starts like this.
fn slot(sign: &[u8; SIGN_BYTES]) -> usize {
    const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
    let (words, _) = sign.as_chunks::<8>();
    let mixed = words
        .iter()
        .fold(0u64, |sum, word| (sum.rotate_left(5) ^ u64::from_le_bytes(*word)).wrapping_mul(SPREAD));
    (mixed >> 32) as usize % TEMPLATES
}

/// An earlier message.
#[derive(Default)]
struct Template {
    /// As it stood in its line; an object or an array. Empty if there is none.
    text: Vec<u8>,
    /// What was written for it.
    canonical: Vec<u8>,
    /// Its strings, numbers and words, but not its keys.
    values: Vec<Value>,
    /// Messages since the last one that was like it.
    misses: u32,
}

/// Where a value stands in a template's text, and where in what was written. Narrow, since there may be many.
struct Value {
    start: u16,
    end: u16,
    canonical_start: u16,
    canonical_end: u16,
}

const _: () = assert!(LONGEST_TEMPLATE_BYTES <= u16::MAX as usize);

impl Template {
    /// Appends the value that starts at `text[at]` to `out`, and returns where it ends. If it is none, or not like this
    /// one, there may be a part of it in `out`.
    fn apply(&self, json: &mut Normaliser, text: &[u8], mut at: usize, out: &mut Vec<u8>) -> Option<usize> {
        // Up to where the template is done with, and what was written for it.
        let (mut done, mut written) = (0, 0);
        let mut values = self.values.iter();
        loop {
            let same = common_length(&self.text[done..], &text[at..]);
            let differs_at = done + same;
            if differs_at == self.text.len() {
                // The last byte closes an object or an array. An empty template is like nothing.
                out.extend_from_slice(&self.canonical[written..]);
                return (differs_at > 0).then_some(at + same);
            }
            // A byte behind a value is part of the difference: the value may be longer than it was.
            let value = values.find(|value| usize::from(value.end) >= differs_at)?;
            let start = usize::from(value.start);
            if start > differs_at {
                return None;
            }
            out.extend_from_slice(&self.canonical[written..usize::from(value.canonical_start)]);
            let value_at = at + (start - done);
            at = match json::usual_value(text, value_at, out) {
                Some(end) => end,
                None => json.value(text, value_at, out).ok()?,
            };
            (done, written) = (usize::from(value.end), usize::from(value.canonical_end));
        }
    }

    /// Takes a message, and what was written for it, as the template from now on.
    fn learn(&mut self, text: &[u8], canonical: &[u8]) {
        self.misses = 0;
        self.text.clear();
        self.canonical.clear();
        self.values.clear();
        let is_fit = matches!(text, [b'{' | b'[', ..])
            && text.len().max(canonical.len()) <= LONGEST_TEMPLATE_BYTES
            && self.find_values(text, canonical).is_some();
        if is_fit {
            self.text.extend_from_slice(text);
            self.canonical.extend_from_slice(canonical);
        }
    }

    /// Goes through both texts token by token. None if a key came twice: what was written has fewer tokens then.
    fn find_values(&mut self, text: &[u8], canonical: &[u8]) -> Option<()> {
        let (mut at, mut canonical_at) = (0, 0);
        while at < text.len() {
            if canonical_at == canonical.len() {
                return None;
            }
            let (end, canonical_end) = (token_end(text, at), token_end(canonical, canonical_at));
            if !is_structure(text[at]) && canonical.get(canonical_end) != Some(&b':') {
                self.values.push(Value {
                    start: at as u16,
                    end: end as u16,
                    canonical_start: canonical_at as u16,
                    canonical_end: canonical_end as u16,
                });
            }
            at = end + text[end..].iter().take_while(|byte| is_space(**byte)).count();
            canonical_at = canonical_end;
        }
        Some(())
    }
}

fn is_structure(byte: u8) -> bool {
    matches!(byte, b'{' | b'}' | b'[' | b']' | b':' | b',')
}

/// Where the token that starts at `text[at]` ends. The text is known to be JSON.
fn token_end(text: &[u8], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let length = match rest {
        [b'"', inner @ ..] => {
            let mut is_escaped = false;
            let inside = inner.iter().take_while(|byte| {
                let ends = **byte == b'"' && !is_escaped;
                is_escaped = **byte == b'\\' && !is_escaped;
                !ends
            });
            inside.count() + 2
        }
        [byte, ..] if is_structure(*byte) => 1,
        _ => rest.iter().take_while(|byte| !is_structure(**byte) && !is_space(**byte)).count(),
    };
    text.len().min(at + length)
}

#[cfg(test)]
#[path = "template_tests.rs"]
mod tests;

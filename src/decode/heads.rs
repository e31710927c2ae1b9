//! Heads of lines: what stands before the message. Of most lines it is the head of the line before but for the time, and is
//! known by that; else it is read piece by piece.

use super::cursor::Cursor;
use super::text::common_length;
use super::time;
use crate::limits::SCRATCH_BYTES_KEPT;
use crate::record::Head;
use std::ops::Range;

/// Reads heads, one after the other. Holds the last one, to know the next one by it.
#[derive(Default)]
pub(super) struct Heads {
    clock: time::Clock,
    /// As it stood in its line, up to the colon before the message. Empty if there is none.
    text: Vec<u8>,
    /// Where the time stands in it, without quotes.
    time: Range<usize>,
    prio: String,
    has_prio: bool,
    ec: String,
}

impl Heads {
    /// The head of a line whose members stand in the usual order and whose strings need no change, and where the text behind
    /// its last colon starts. None of any other.
    #[inline]
    pub fn read(&mut self, line: &[u8], offset_bytes: u64) -> Option<(Head<'_>, usize)> {
        if !self.is_like(line) {
            self.learn(line)?;
        }
        // A time has no byte that could end a string or change its meaning.
        let time = self.clock.parse(&line[self.time.clone()])?;
        let prio = self.has_prio.then_some(self.prio.as_str());
        Some((Head { offset_bytes, time, prio, ec: &self.ec }, self.text.len()))
    }

    /// Whether a line begins as the last one did, but for the time.
    #[inline]
    fn is_like(&self, line: &[u8]) -> bool {
        let (before, behind) = (&self.text[..self.time.start], &self.text[self.time.end..]);
        !behind.is_empty()
            && common_length(before, line) == before.len()
            && line.get(self.time.end..).is_some_and(|rest| common_length(behind, rest) == behind.len())
    }

    /// Reads a head piece by piece.
    fn learn(&mut self, line: &[u8]) -> Option<()> {
        (self.time, self.has_prio) = (0..0, false);
        self.text.clear();
        self.text.shrink_to(SCRATCH_BYTES_KEPT);
        let mut cursor = Cursor { line, at: 0 };
        cursor.member(b"{", b"\"ts\"")?;
        let time = cursor.plain_string()?.len();
        let time = cursor.at - 1 - time..cursor.at - 1;
        cursor.member(b",", b"\"prio\"")?;
        let prio = if cursor.token(b"null") { None } else { Some(cursor.plain_string()?) };
        cursor.member(b",", b"\"ec\"")?;
        let ec = cursor.plain_string()?;
        cursor.member(b",", b"\"msg\"")?;
        (self.time, self.has_prio) = (time, prio.is_some());
        for (kept, read) in [(&mut self.prio, prio.unwrap_or_default()), (&mut self.ec, ec)] {
            kept.clear();
            kept.shrink_to(SCRATCH_BYTES_KEPT);
            kept.push_str(read);
        }
        self.text.extend_from_slice(&line[..cursor.at]);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Everything that is read, so that it can be compared.
    fn read(heads: &mut Heads, line: &[u8]) -> Option<(i64, u32, Option<String>, String, usize)> {
        let (head, at) = heads.read(line, 0)?;
        Some((head.time.seconds, head.time.nanoseconds, head.prio.map(str::to_owned), head.ec.to_owned(), at))
    }

    #[test]
    fn what_stands_before_the_message() {
        let line = br#"{"ts": "1970-01-01T00:01:02.5", "prio": "TELM" ,"ec": "e", "msg": {}}"#;
        let expected = (62, 500_000_000, Some("TELM".to_owned()), "e".to_owned(), line.len() - 4);
        assert_eq!(read(&mut Heads::default(), line), Some(expected));
        let line = br#"{"ts":"1970-01-01T00:00:00","prio":null,"ec":"e","msg":1}"#;
        assert_eq!(read(&mut Heads::default(), line), Some((0, 0, None, "e".to_owned(), line.len() - 2)));
        let line = br#"{"ts":"1970-01-01T00:00:00","ec":"e","prio":null,"msg":1}"#;
        assert_eq!(read(&mut Heads::default(), line), None);
    }

    #[test]
    fn a_head_that_is_none_is_not_remembered() {
        let mut heads = Heads::default();
        let sound = br#"{"ts":"2024-04-16T00:38:20","prio":"TELM","ec":"e","msg":1}"#;
        for line in [&b""[..], b"{", b"\"", &sound[..30], br#"{"ts":"","prio":"","ec":"","msg":"#] {
            assert!(read(&mut heads, sound).is_some());
            assert_eq!(read(&mut heads, line), None, "{}", line.escape_ascii());
            assert_eq!(read(&mut heads, line), None, "{}", line.escape_ascii());
        }
        assert!(read(&mut heads, sound).is_some());
    }

    fn lines() -> impl Strategy<Value = Vec<u8>> {
        let time = prop_oneof![
            Just("2024-04-16T00:38:20.839563000"),
            Just("2024-04-16T00:38:60.000000001"),
            Just("2024-04-16T00:39:20.839563000"),
            Just("2024-04-16T00:38:61.839563000"),
            Just("2024-04-16T00:38:20000"),
            Just("2024-04-16T02:38:20+02:00"),
            Just("2024-04-16T00:38:2\\u0030.839563"),
        ];
        let prio = prop_oneof![Just("\"TELM\""), Just("\"INFO\""), Just("null"), Just("\"\"")];
        let ec = prop_oneof![Just("telem_a"), Just("telem_ab"), Just("")];
        let space = prop_oneof![Just(""), Just(" ")];
        let flip = proptest::option::weighted(0.3, (any::<prop::sample::Index>(), any::<u8>()));
        (time, prio, ec, space, flip).prop_map(|(time, prio, ec, space, flip)| {
            let line =
                format!("{{\"ts\":{space}\"{time}\", \"prio\": {prio}, \"ec\": \"{ec}\", \"msg\": {{}}}}");
            let mut line = line.into_bytes();
            if let Some((at, value)) = flip {
                let at = at.index(line.len());
                line[at] = value;
            }
            line
        })
    }

    proptest! {
        #[test]
        fn the_line_before_makes_no_difference(lines in proptest::collection::vec(lines(), 0..12)) {
            let mut heads = Heads::default();
            for line in lines {
                prop_assert_eq!(read(&mut heads, &line), read(&mut Heads::default(), &line));
            }
        }
    }
}

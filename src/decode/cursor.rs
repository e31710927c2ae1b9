//! A place in a line of JSON, and the steps from there over what is expected.

use super::{json, json::is_space, text};

/// A place in a line. Every step skips white space first.
pub(super) struct Cursor<'a> {
    pub line: &'a [u8],
    /// Index of the next byte.
    pub at: usize,
}

impl<'a> Cursor<'a> {
    #[inline]
    fn skip_space(&mut self) {
        while self.line.get(self.at).is_some_and(|byte| is_space(*byte)) {
            self.at += 1;
        }
    }

    /// Steps over `token`, if it comes next. Its length is known when this is compiled: a comparison is an instruction or two.
    #[inline]
    pub fn token<const LENGTH: usize>(&mut self, token: &[u8; LENGTH]) -> bool {
        self.skip_space();
        let found = self.line.get(self.at..).and_then(|rest| rest.first_chunk()) == Some(token);
        if found {
            self.at += LENGTH;
        }
        found
    }

    /// Steps over what stands before a key, the key and its colon.
    #[inline]
    pub fn member<const KEY: usize>(&mut self, before: &[u8; 1], key: &[u8; KEY]) -> Option<()> {
        (self.token(before) && self.token(key) && self.token(b":")).then_some(())
    }

    /// Steps over a string of ASCII without escapes, and returns its text.
    #[inline]
    pub fn plain_string(&mut self) -> Option<&'a str> {
        if !self.token(b"\"") {
            return None;
        }
        let rest = &self.line[self.at..];
        let length = text::plain_length(rest);
        if rest.get(length) != Some(&b'"') {
            return None;
        }
        self.at += length + 1;
        std::str::from_utf8(&rest[..length]).ok()
    }

    pub fn is_before(&mut self, byte: u8) -> bool {
        self.skip_space();
        self.line.get(self.at) == Some(&byte)
    }

    pub fn is_at_end(&mut self) -> bool {
        self.skip_space();
        self.at >= self.line.len()
    }

    pub fn fault(&self, what: &'static str) -> json::Fault {
        json::Fault { at: self.at, what: if self.at < self.line.len() { what } else { json::TOO_EARLY } }
    }
}

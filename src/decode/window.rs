//! The bytes that a decoder has been given and not yet consumed, with a little of what stood before them.

use crate::limits::{FINGERPRINT_BYTES, SCRATCH_BYTES_KEPT};

/// A sliding window over a file. Consumed bytes are kept as history, for the fingerprint.
pub(super) struct Window {
    bytes: Vec<u8>,
    /// Index in `bytes` of the first byte not consumed.
    start: usize,
    /// Offset in the file of `bytes[start]`.
    offset_bytes: u64,
}

impl Window {
    /// A window that starts at `offset_bytes`, behind `history`.
    pub fn new(offset_bytes: u64, history: &[u8]) -> Self {
        let history = &history[history.len().saturating_sub(FINGERPRINT_BYTES)..];
        Self { bytes: history.to_vec(), start: history.len(), offset_bytes }
    }

    /// Appends the next bytes of the file.
    pub fn push(&mut self, bytes: &[u8]) {
        let surplus = self.start.saturating_sub(FINGERPRINT_BYTES);
        // Moving bytes down is worth it once they are fewer than what it frees.
        if surplus > self.rest().len() {
            self.bytes.drain(..surplus);
            self.start -= surplus;
            if self.bytes.capacity() > SCRATCH_BYTES_KEPT {
                // Grown for a long record, which is rare.
                self.bytes.shrink_to(SCRATCH_BYTES_KEPT);
            }
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// Takes the next bytes of the file as consumed: they were read where they stood. Nothing may be left before them.
    pub fn pass(&mut self, bytes: &[u8]) {
        debug_assert!(self.rest().is_empty());
        if bytes.len() >= FINGERPRINT_BYTES {
            self.bytes.clear();
            self.start = 0;
            self.push(&bytes[bytes.len() - FINGERPRINT_BYTES..]);
        } else {
            self.push(bytes);
        }
        self.start = self.bytes.len();
        self.offset_bytes += bytes.len() as u64;
    }

    /// The bytes not consumed yet.
    pub fn rest(&self) -> &[u8] {
        &self.bytes[self.start..]
    }

    /// Marks the first `count` bytes of [`Self::rest`] as consumed.
    pub fn consume(&mut self, count: usize) {
        self.start += count;
        self.offset_bytes += count as u64;
        debug_assert!(self.start <= self.bytes.len());
    }

    /// Offset in the file of the first byte of [`Self::rest`].
    pub fn offset_bytes(&self) -> u64 {
        self.offset_bytes
    }

    /// Offset in the file behind the last byte of [`Self::rest`].
    pub fn end_offset(&self) -> u64 {
        self.offset_bytes + self.rest().len() as u64
    }

    /// The bytes before [`Self::rest`], up to [`FINGERPRINT_BYTES`] of them.
    pub fn history(&self) -> &[u8] {
        &self.bytes[self.start.saturating_sub(FINGERPRINT_BYTES)..self.start]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn history_and_rest_are_the_file_around_the_offset() {
        let file: Vec<u8> = (0..50_000u32).map(|n| (n % 253) as u8).collect();
        let mut window = Window::new(0, &[]);
        for (number, piece) in file.chunks(777).enumerate() {
            if number % 5 == 4 {
                window.consume(window.rest().len());
                window.pass(piece);
            } else {
                window.push(piece);
            }
            let (at, end) = (window.offset_bytes() as usize, window.end_offset() as usize);
            assert_eq!(window.rest(), &file[at..end]);
            assert_eq!(window.history(), &file[at.saturating_sub(FINGERPRINT_BYTES)..at]);
            window.consume(window.rest().len() * 2 / 3);
        }
        assert!(window.bytes.len() < 4 * FINGERPRINT_BYTES, "consumed bytes are let go");
    }

    #[test]
    fn bytes_that_are_passed_are_history_however_many() {
        let file: Vec<u8> = (0..5 * FINGERPRINT_BYTES).map(|n| (n % 253) as u8).collect();
        for count in
            [0, 1, FINGERPRINT_BYTES - 1, FINGERPRINT_BYTES, FINGERPRINT_BYTES + 1, 3 * FINGERPRINT_BYTES]
        {
            let (before, passed) = file.split_at(FINGERPRINT_BYTES + 7);
            let mut window = Window::new(before.len() as u64, before);
            window.pass(&passed[..count]);
            window.push(b"more");
            let at = before.len() + count;
            assert_eq!((window.offset_bytes(), window.rest()), (at as u64, &b"more"[..]));
            assert_eq!(window.history(), &file[at - FINGERPRINT_BYTES..at]);
        }
    }
}

//! `.ndjson` files: one record a line, whatever stands in the other lines.

use super::json::is_space;
use super::{Sink, line, window::Window};
use crate::limits::LONGEST_MESSAGE_BYTES;
use crate::record::{Reason, Reject, Span, SpanCollector};
use memchr::memchr;

/// Decodes the lines of a file. See [`super::Decoder`] for what the methods promise.
pub struct Decoder {
    window: Window,
    lines: line::Reader,
    /// The line at hand, once it is longer than the limit.
    too_long: Option<Box<TooLong>>,
}

/// A line that is not held any more, but counted. It is not final before its newline comes.
struct TooLong {
    offset_bytes: u64,
    history: Vec<u8>,
    span: SpanCollector,
}

impl Decoder {
    /// A decoder for the bytes from `offset_bytes` on, which stand behind `history`.
    pub fn new(offset_bytes: u64, history: &[u8]) -> Self {
        Self { window: Window::new(offset_bytes, history), lines: line::Reader::default(), too_long: None }
    }

    /// Takes the next bytes of the file.
    pub fn push(&mut self, mut bytes: &[u8], sink: &mut impl Sink) {
        // A line that was begun is completed in the window. Those behind it are read where they stand.
        if self.too_long.is_some() || !self.window.rest().is_empty() {
            let rest_of_line = memchr(b'\n', bytes).map_or(bytes.len(), |newline| newline + 1);
            self.window.push(&bytes[..rest_of_line]);
            self.settle(sink);
            bytes = &bytes[rest_of_line..];
        }
        let mut start = 0;
        while let Some(length) = memchr(b'\n', &bytes[start..]) {
            let offset_bytes = self.window.offset_bytes() + start as u64;
            take_line(&mut self.lines, offset_bytes, &bytes[start..start + length], sink);
            start += length + 1;
        }
        if start > 0 {
            self.window.pass(&bytes[..start]);
        }
        if start < bytes.len() {
            self.window.push(&bytes[start..]);
            self.settle(sink);
        }
    }

    /// Decides on the line in the window; there is one at most, and its newline comes last.
    fn settle(&mut self, sink: &mut impl Sink) {
        let rest = self.window.rest();
        let offset_bytes = self.window.offset_bytes();
        match (rest.strip_suffix(b"\n"), &mut self.too_long) {
            (None, None) if rest.len() <= LONGEST_MESSAGE_BYTES => return,
            (None, None) => {
                let mut span = SpanCollector::default();
                span.push(rest);
                let history = self.window.history().to_vec();
                self.too_long = Some(Box::new(TooLong { offset_bytes, history, span }));
            }
            (None, Some(too_long)) => too_long.span.push(rest),
            (Some(line), None) => take_line(&mut self.lines, offset_bytes, line, sink),
            (Some(line), Some(too_long)) => {
                too_long.span.push(line);
                reject_too_long(too_long.offset_bytes, too_long.span.take(), sink);
                self.too_long = None;
            }
        }
        self.window.consume(self.window.rest().len());
    }

    /// The file ends here. A last line without a newline is a record if it is a whole one: nothing can follow its
    /// closing brace. Else it is the tail.
    pub fn end(&mut self, sink: &mut impl Sink) {
        let rest = self.window.rest();
        if self.too_long.is_some() || rest.is_empty() {
            return;
        }
        let offset_bytes = self.window.offset_bytes();
        if is_blank(rest) || self.lines.record(rest, offset_bytes, sink).is_ok() {
            self.window.consume(rest.len());
        }
    }

    /// Everything before this offset is final.
    pub fn final_offset(&self) -> u64 {
        self.too_long.as_ref().map_or_else(|| self.window.offset_bytes(), |line| line.offset_bytes)
    }

    /// The end of what was taken.
    pub fn end_offset(&self) -> u64 {
        self.window.end_offset()
    }

    /// What stands before [`Self::final_offset`].
    pub fn history(&self) -> &[u8] {
        self.too_long.as_ref().map_or_else(|| self.window.history(), |line| &line.history)
    }
}

/// Gives a line, which stands without its newline, to the sink as what it is.
fn take_line(lines: &mut line::Reader, offset_bytes: u64, line: &[u8], sink: &mut impl Sink) {
    if line.len() > LONGEST_MESSAGE_BYTES {
        reject_too_long(offset_bytes, Span::from(line), sink);
    } else if !is_blank(line)
        && let Err(line::Fault { reason, detail }) = lines.record(line, offset_bytes, sink)
    {
        sink.reject(Reject { offset_bytes, reason, detail, span: Span::from(line) });
    }
}

fn reject_too_long(offset_bytes: u64, span: Span, sink: &mut impl Sink) {
    let detail = format!("a line of {} bytes, more than {LONGEST_MESSAGE_BYTES}", span.length_bytes);
    sink.reject(Reject { offset_bytes, reason: Reason::TooLong, detail, span });
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|byte| is_space(*byte))
}

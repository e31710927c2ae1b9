//! What `dump` prints: records on stdout through one buffer, everything else on stderr, a line each.

use crate::decode::{Sink, time};
use crate::error::{Error, Result};
use crate::limits::DUMP_BUFFER_BYTES;
use crate::record::{Head, Reject};
use crate::report::escape::{self, Escaped};
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::path::Path;

/// The sink of the decoders. Output errors are kept until somebody can return them.
pub(super) struct Output {
    /// Lines that are complete, and the one that is being made.
    lines: Vec<u8>,
    /// Where in `lines` the record opened last begins.
    opened_at: usize,
    /// Lines for stderr.
    notes: Vec<u8>,
    /// Name of the file, harmless for a terminal.
    file: String,
    /// Whether unfinished records are worth a line.
    tells_tails: bool,
    error: Option<io::Error>,
    pub records: u64,
    pub rejected: BTreeMap<&'static str, u64>,
    pub tail_bytes: u64,
}

impl Output {
    pub fn new(tells_tails: bool) -> Self {
        Self {
            lines: Vec::with_capacity(2 * DUMP_BUFFER_BYTES),
            opened_at: 0,
            notes: Vec::new(),
            file: String::new(),
            tells_tails,
            error: None,
            records: 0,
            rejected: BTreeMap::new(),
            tail_bytes: 0,
        }
    }

    /// What follows comes from this file.
    pub fn begin_file(&mut self, path: &Path) {
        let name = if path == Path::new("-") { "stdin".into() } else { path.to_string_lossy() };
        self.file = Escaped(&name).to_string();
    }

    /// A line on stderr about the file.
    pub fn note(&mut self, text: fmt::Arguments<'_>) {
        // Writing into memory does not fail.
        let _ = writeln!(self.notes, "{}: {text}", self.file);
    }

    /// What stands behind the last final byte: no error, but worth a word.
    pub fn tail(&mut self, final_offset: u64, end_offset: u64, cut_off: bool) {
        let count = end_offset - final_offset;
        self.tail_bytes += count;
        if !self.tells_tails {
            return;
        }
        if count > 0 {
            let (bytes, are) = if count == 1 { ("byte", "is") } else { ("bytes", "are") };
            self.note(format_args!(
                "{count} {bytes} at offset {final_offset} {are} an unfinished record (tail)"
            ));
        }
        if cut_off {
            self.note(format_args!("the gzip stream is cut off behind offset {end_offset} (tail)"));
        }
    }

    /// Counts a reject and names it.
    pub fn reject_line(&mut self, reject: &Reject) {
        *self.rejected.entry(reject.reason.name()).or_default() += 1;
        self.note(format_args!(
            "offset {}: {}: {} ({} bytes)",
            reject.offset_bytes,
            reject.reason,
            Escaped(&reject.detail),
            reject.span.length_bytes
        ));
        if self.notes.len() >= DUMP_BUFFER_BYTES {
            self.flush();
        }
    }

    /// Writes what is complete.
    pub fn flush(&mut self) {
        if self.error.is_none() {
            let mut out = io::stdout().lock();
            self.error = out.write_all(&self.lines).and_then(|()| out.flush()).err();
        }
        self.lines.clear();
        // Nobody is left to tell that stderr is closed.
        let _ = io::stderr().write_all(&self.notes);
        self.notes.clear();
    }

    /// Whether stdout takes nothing any more.
    pub fn is_broken(&self) -> bool {
        self.error.is_some()
    }

    /// Whether the reader of stdout has left; any other reason why it takes nothing is an error.
    pub fn is_closed(&self) -> Result<bool> {
        match &self.error {
            None => Ok(false),
            Some(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(true),
            Some(e) => Err(Error::Failed(format!("can't write to stdout: {e}"))),
        }
    }

    /// Appends a JSON string, quotes included.
    fn push_string(&mut self, text: &str) {
        // Writing a string into memory does not fail, and allocates nothing but room.
        let _ = serde_json::to_writer(&mut self.lines, text);
    }
}

impl Sink for Output {
    fn open(&mut self, head: &Head<'_>) -> &mut Vec<u8> {
        self.opened_at = self.lines.len();
        self.lines.extend_from_slice(b"{\"ts\":\"");
        time::write(head.time, &mut self.lines);
        self.lines.extend_from_slice(b"\",\"prio\":");
        match head.prio {
            Some(prio) => self.push_string(prio),
            None => self.lines.extend_from_slice(b"null"),
        }
        self.lines.extend_from_slice(b",\"ec\":");
        self.push_string(head.ec);
        self.lines.extend_from_slice(b",\"msg\":");
        &mut self.lines
    }

    fn close(&mut self, _head: &Head<'_>, _raw: &[u8]) {
        // What reads this next may be a terminal, if only by way of `head`.
        escape::in_json(&mut self.lines, self.opened_at);
        self.lines.extend_from_slice(b"}\n");
        self.records += 1;
        if self.lines.len() >= DUMP_BUFFER_BYTES {
            self.flush();
        }
    }

    fn cancel(&mut self) {
        self.lines.truncate(self.opened_at);
    }

    fn reject(&mut self, reject: Reject) {
        self.reject_line(&reject);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Reason, Span, Time};

    fn head<'a>(prio: Option<&'a str>, ec: &'a str) -> Head<'a> {
        Head { offset_bytes: 0, time: Time { seconds: 1_711_149_255, nanoseconds: 161_942_076 }, prio, ec }
    }

    #[test]
    fn records_are_lines_and_cancelled_ones_leave_no_trace() {
        let mut output = Output::new(true);
        for (prio, ec, sound) in
            [(Some("TELM"), "telem_x", true), (None, "gone", false), (None, "a\"b\u{9b}", true)]
        {
            let head = head(prio, ec);
            output.open(&head).extend_from_slice(b"{\"a\":1}");
            if sound { output.close(&head, &[]) } else { output.cancel() }
        }
        let expected = "{\"ts\":\"2024-03-22T23:14:15.161942076\",\"prio\":\"TELM\",\"ec\":\"telem_x\",\"msg\":{\"a\":1}}\n\
                        {\"ts\":\"2024-03-22T23:14:15.161942076\",\"prio\":null,\"ec\":\"a\\\"b\\u009b\",\"msg\":{\"a\":1}}\n";
        assert_eq!(String::from_utf8_lossy(&output.lines), expected);
        assert_eq!(output.records, 2);
    }

    #[test]
    fn rejects_and_tails_are_named_harmlessly() {
        let mut output = Output::new(true);
        output.begin_file(Path::new("a\x1b[2Jb"));
        output.reject(Reject {
            offset_bytes: 7,
            reason: Reason::NotJson,
            detail: "a\nb".into(),
            span: Span::from(&b"xyz"[..]),
        });
        output.tail(10, 10, false);
        output.tail(10, 15, true);
        let expected = "a\\x1b[2Jb: offset 7: not_json: a\\nb (3 bytes)\n\
                        a\\x1b[2Jb: 5 bytes at offset 10 are an unfinished record (tail)\n\
                        a\\x1b[2Jb: the gzip stream is cut off behind offset 15 (tail)\n";
        assert_eq!(String::from_utf8_lossy(&output.notes), expected);
        assert_eq!((output.tail_bytes, output.rejected.get("not_json")), (5, Some(&1)));
    }
}

//! One line of an `.ndjson` file: `{"ts": ..., "prio": ..., "ec": ..., "msg": ...}`.

use super::{Sink, cursor::Cursor, heads::Heads, json, template::Templates, text, time};
use crate::limits::{EXCERPT_BYTES, SCRATCH_BYTES_KEPT};
use crate::record::{Head, Reason};

/// Why a line is no record.
#[derive(Debug)]
pub(super) struct Fault {
    /// [`Reason::NotJson`] or [`Reason::NotARecord`].
    pub reason: Reason,
    /// What is wrong, in words.
    pub detail: String,
}

/// Reads lines, one after the other, reusing its memory.
#[derive(Default)]
pub(super) struct Reader {
    heads: Heads,
    json: json::Normaliser,
    templates: Templates,
    members: Members,
    texts: Texts,
}

/// Canonical text of what a line holds; empty where it does not.
#[derive(Default)]
struct Members {
    ts: Vec<u8>,
    prio: Vec<u8>,
    ec: Vec<u8>,
    msg: Vec<u8>,
    /// The key at hand.
    key: Vec<u8>,
    /// The value of a key that a record does not have.
    other: Vec<u8>,
}

/// The strings of a head without quotes and escapes.
#[derive(Default)]
struct Texts {
    ts: String,
    prio: String,
    ec: String,
}

impl Reader {
    /// Gives the record that stands in a line to the sink, or says why there is none.
    pub fn record(&mut self, line: &[u8], offset_bytes: u64, sink: &mut impl Sink) -> Result<(), Fault> {
        if self.usual(line, offset_bytes, sink) { Ok(()) } else { self.unusual(line, offset_bytes, sink) }
    }

    /// Reads a line that is as our devices write it, in one pass. Says no to every other, without having harmed.
    fn usual(&mut self, line: &[u8], offset_bytes: u64, sink: &mut impl Sink) -> bool {
        let Some((head, msg_start)) = self.heads.read(line, offset_bytes) else {
            return false;
        };
        let end = self.templates.value(&mut self.json, line, msg_start, sink.open(&head));
        let is_whole = end.is_ok_and(|end| {
            let mut cursor = Cursor { line, at: end };
            cursor.token(b"}") && cursor.is_at_end()
        });
        if is_whole {
            sink.close(&head, line);
        } else {
            sink.cancel();
        }
        is_whole
    }

    /// Reads any line: all of it first, to judge it then.
    fn unusual(&mut self, line: &[u8], offset_bytes: u64, sink: &mut impl Sink) -> Result<(), Fault> {
        self.members.clear();
        let unknown_key = self.members.read(line, &mut self.json).map_err(not_json)?;
        let head = self.members.head(offset_bytes, &mut self.texts)?;
        if let Some(key) = unknown_key {
            let expected = "a record has `ts`, `prio`, `ec` and `msg`";
            return Err(not_a_record(format!("the key {} is unknown; {expected}", excerpt(&key))));
        }
        sink.open(&head).extend_from_slice(&self.members.msg);
        sink.close(&head, line);
        Ok(())
    }
}

impl Members {
    fn clear(&mut self) {
        let Self { ts, prio, ec, msg, key, other } = self;
        for buffer in [ts, prio, ec, msg, key, other] {
            buffer.clear();
            buffer.shrink_to(SCRATCH_BYTES_KEPT);
        }
    }

    /// Reads the members of the object that is the line. Of equal keys the last one stands. Returns a key that a record
    /// does not have, if there is one.
    fn read(&mut self, line: &[u8], json: &mut json::Normaliser) -> Result<Option<Vec<u8>>, json::Fault> {
        let mut cursor = Cursor { line, at: 0 };
        if !cursor.token(b"{") {
            // Any other value is JSON and no record: it has none of the members.
            cursor.at = json.value(line, 0, &mut self.other)?;
            return if cursor.is_at_end() { Ok(None) } else { Err(cursor.fault("text behind a value")) };
        }
        let mut unknown_key = None;
        let mut is_first = true;
        while !(is_first && cursor.token(b"}")) {
            if !cursor.is_before(b'"') {
                return Err(cursor.fault("no key"));
            }
            self.key.clear();
            cursor.at = json.value(line, cursor.at, &mut self.key)?;
            if !cursor.token(b":") {
                return Err(cursor.fault("no colon behind a key"));
            }
            let value = match self.key.as_slice() {
                b"\"ts\"" => &mut self.ts,
                b"\"prio\"" => &mut self.prio,
                b"\"ec\"" => &mut self.ec,
                b"\"msg\"" => &mut self.msg,
                _ => {
                    unknown_key.get_or_insert_with(|| self.key.clone());
                    &mut self.other
                }
            };
            value.clear();
            cursor.at = json.value(line, cursor.at, value)?;
            if cursor.token(b"}") {
                break;
            }
            if !cursor.token(b",") {
                return Err(cursor.fault("neither a comma nor a closing brace"));
            }
            is_first = false;
        }
        if cursor.is_at_end() { Ok(unknown_key) } else { Err(cursor.fault("text behind the closing brace")) }
    }

    /// The head that the members make, if they make one.
    fn head<'a>(&self, offset_bytes: u64, texts: &'a mut Texts) -> Result<Head<'a>, Fault> {
        for (name, value) in [("ts", &self.ts), ("ec", &self.ec), ("msg", &self.msg)] {
            if value.is_empty() {
                return Err(not_a_record(format!("there is no `{name}`")));
            }
        }
        let is_string = string_text(&self.ts, &mut texts.ts);
        let Some(time) = time::parse(texts.ts.as_bytes()).filter(|_| is_string) else {
            return Err(not_a_record(format!("`ts` is no time: {}", excerpt(&self.ts))));
        };
        if !string_text(&self.ec, &mut texts.ec) {
            return Err(not_a_record(format!("`ec` is no string: {}", excerpt(&self.ec))));
        }
        let has_prio = string_text(&self.prio, &mut texts.prio);
        if !has_prio && !matches!(self.prio.as_slice(), b"" | b"null") {
            return Err(not_a_record(format!(
                "`prio` is neither a string nor null: {}",
                excerpt(&self.prio)
            )));
        }
        Ok(Head { offset_bytes, time, prio: has_prio.then_some(texts.prio.as_str()), ec: &texts.ec })
    }
}

/// Puts the text of a canonical string into `text`; says no to every other value.
fn string_text(canonical: &[u8], text: &mut String) -> bool {
    text.clear();
    text.shrink_to(SCRATCH_BYTES_KEPT);
    let inner = canonical.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\""));
    let inner = inner.and_then(|inner| std::str::from_utf8(inner).ok());
    if let Some(inner) = inner {
        text::unescape(inner, text);
    }
    inner.is_some()
}

/// The start of a canonical value, enough of it to know it again.
fn excerpt(canonical: &[u8]) -> String {
    let shown = &canonical[..canonical.len().min(EXCERPT_BYTES)];
    let dots = if shown.len() < canonical.len() { "..." } else { "" };
    let shown = String::from_utf8_lossy(shown);
    format!("{}{dots}", shown.trim_end_matches(char::REPLACEMENT_CHARACTER))
}

fn not_json(json::Fault { at, what }: json::Fault) -> Fault {
    Fault { reason: Reason::NotJson, detail: format!("{what}, at byte {at} of the line") }
}

fn not_a_record(detail: String) -> Fault {
    Fault { reason: Reason::NotARecord, detail }
}

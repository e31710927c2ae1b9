//! `.bintel` files: finding the records, deciding which bytes are final, and going on behind damage.
//!
//! A record whose length fits and whose message verifies is final. One that does not verify is a reject if a plausible
//! header or the end of the file stands behind it (see `Search::goes_on`). Otherwise its header is wrong, and the bytes
//! up to the next sound chain are one rejected span; as long as none comes they are the tail.
//!
//! A header is wrong, too, if a sound chain starts inside the record: in the padding of a message that verifies, or
//! anywhere in one that does not. In padding a single sound record is one, if its time fits. So a flipped length costs its
//! own record and not those that it covers, also if the next damage is near.
//!
//! What is final after [`Decoder::end`] stays so when the file has grown, but for what the rules tie to the end of the
//! file: a length that points past it, a record without a type that ends there, a chain of one or two that does. Decoding
//! the longer file at once can then put the border of a reject elsewhere. To keep that rare, a bad record stays in the tail
//! when the beginning of a record that fits the last one's time stands inside it. A new decoder knows no last one, and
//! has full credit (see `Credit`) where decoding at once has spent some; only files made on purpose spend it.

mod header;
mod search;
#[cfg(test)]
mod tests;

use super::catalogue::{Catalogue, EventType, Layouts};
use super::emit::Json;
use super::flatbuf::{Defect, walk};
use super::{Sink, window::Window};
use crate::record::{Head, Reason, Reject, Span, SpanCollector};
use header::{Header, SHORTEST_HEADER_BYTES, header_bytes, priority_name};
use search::{Credit, Found, Search, empty, is_dated_near};
use std::sync::Arc;

/// Takes a `.bintel` file in pieces; see [`super::Decoder`].
pub struct Decoder {
    catalogue: Arc<Catalogue>,
    window: Window,
    credit: Credit,
    state: State,
    /// The time of the last sound record, if one was read.
    last_seconds: Option<i64>,
    /// Nothing can be decided before the data reach this offset.
    wake_offset: u64,
}

/// What the first byte of the window is.
enum State {
    /// The start of a record.
    Record,
    /// The start of a record that is final unless a sound chain starts inside it; searched up to `searched_bytes`.
    Doubtful { verdict: Verdict, record_bytes: usize, searched_bytes: usize },
    /// Part of a span behind a wrong header; searched up to `searched_bytes`.
    Adrift { span: Box<PendingSpan>, searched_bytes: usize },
}

/// How a record's message was found.
enum Verdict {
    Sound,
    Bad { reason: Reason, detail: String },
}

/// A span that becomes a reject when a sound chain follows, and is the tail until then.
struct PendingSpan {
    offset_bytes: u64,
    /// The window's history at its start.
    history: Vec<u8>,
    collector: SpanCollector,
    detail: String,
}

/// Whether there may be more to do.
enum Step {
    /// The state has changed: look again.
    Again,
    /// Nothing before there are so many bytes in the window.
    Wait { need_bytes: usize },
}

impl Decoder {
    /// A decoder for the bytes from `offset_bytes` on; `history` is what stands before them.
    pub fn new(catalogue: &Arc<Catalogue>, offset_bytes: u64, history: &[u8]) -> Self {
        Self {
            catalogue: Arc::clone(catalogue),
            window: Window::new(offset_bytes, history),
            credit: Credit::new(),
            state: State::Record,
            last_seconds: None,
            wake_offset: 0,
        }
    }

    /// Takes the next bytes and gives `sink` everything that they make final.
    pub fn push(&mut self, bytes: &[u8], sink: &mut impl Sink) {
        self.window.push(bytes);
        if self.window.end_offset() >= self.wake_offset {
            self.run(false, sink);
        }
    }

    /// The file ends here (for now). What is left behind [`Self::final_offset`] is the tail.
    pub fn end(&mut self, sink: &mut impl Sink) {
        self.run(true, sink);
    }

    /// Everything before this offset has been given to the sink.
    pub fn final_offset(&self) -> u64 {
        match &self.state {
            State::Adrift { span, .. } => span.offset_bytes,
            _ => self.window.offset_bytes(),
        }
    }

    /// How many bytes were taken in all, counted from the start of the file.
    pub fn end_offset(&self) -> u64 {
        self.window.end_offset()
    }

    /// The bytes before [`Self::final_offset`], as many as a fingerprint takes.
    pub fn history(&self) -> &[u8] {
        match &self.state {
            State::Adrift { span, .. } => &span.history,
            _ => self.window.history(),
        }
    }

    fn run(&mut self, is_end: bool, sink: &mut impl Sink) {
        loop {
            let step = match self.state {
                State::Record => self.read_records(is_end, sink),
                State::Doubtful { .. } => self.settle_doubt(is_end, sink),
                State::Adrift { .. } => self.find_land(is_end, sink),
            };
            if let Step::Wait { need_bytes } = step {
                self.wake_offset = self.window.offset_bytes() + need_bytes as u64;
                return;
            }
        }
    }

    /// Reads sound records, as many as there are, one after the other.
    fn read_records(&mut self, is_end: bool, sink: &mut impl Sink) -> Step {
        let Self { catalogue, window, credit, last_seconds, .. } = self;
        let bytes = window.rest();
        let base_bytes = window.offset_bytes();
        let mut at = 0;
        let stop = loop {
            let rest = &bytes[at..];
            let Some(header) = Header::parse(rest) else {
                break Stop::Wait { need_bytes: header_bytes(rest) };
            };
            let Some(record_bytes) = header.record_bytes() else {
                let length = header.message_bytes;
                break Stop::Adrift(format!("a length of {length} bytes, longer than any message"));
            };
            let Some(record) = rest.get(..record_bytes) else {
                if is_end {
                    let length = header.message_bytes;
                    break Stop::Adrift(format!("a length of {length} bytes, which points past the end"));
                }
                break Stop::Wait { need_bytes: record_bytes };
            };
            let offset_bytes = base_bytes + at as u64;
            match read_record(catalogue, &header, record, offset_bytes, credit.left(), sink) {
                Read::Sound => {
                    at += record_bytes;
                    credit.earn(record_bytes);
                    *last_seconds = Some(header.time.seconds);
                }
                Read::Padded { from_bytes } => {
                    break Stop::Doubtful { verdict: Verdict::Sound, record_bytes, from_bytes };
                }
                Read::Bad { reason, detail, work } => {
                    let search = Search { catalogue, bytes, is_end };
                    let goes_on = match search.goes_on(&header, at + record_bytes, credit) {
                        Ok(goes_on) => goes_on,
                        Err(need_bytes) => break Stop::Wait { need_bytes: need_bytes - at },
                    };
                    // Charged when decided, not each time that it is looked at: pieces must not matter.
                    credit.charge(work);
                    if goes_on {
                        let verdict = Verdict::Bad { reason, detail };
                        break Stop::Doubtful { verdict, record_bytes, from_bytes: 1 };
                    }
                    break Stop::Adrift(format!("{detail}, and no record goes on behind it"));
                }
            }
        };
        window.consume(at);
        match stop {
            Stop::Wait { need_bytes } => Step::Wait { need_bytes },
            Stop::Doubtful { verdict, record_bytes, from_bytes } => {
                self.state = State::Doubtful { verdict, record_bytes, searched_bytes: from_bytes };
                Step::Again
            }
            Stop::Adrift(detail) => self.go_adrift(detail),
        }
    }

    /// Looks for a sound chain inside the record at hand. If there is none, the record is final.
    fn settle_doubt(&mut self, is_end: bool, sink: &mut impl Sink) -> Step {
        let Self { catalogue, window, credit, state, last_seconds, .. } = self;
        let State::Doubtful { verdict, record_bytes, searched_bytes } = state else { return Step::Again };
        let (bytes, record_bytes) = (window.rest(), *record_bytes);
        let search = Search { catalogue, bytes, is_end };
        let own_seconds = Header::parse(bytes).map(|header| header.time.seconds);
        let (until, near_seconds, near_alone) = match verdict {
            // A chain in the padding has to have at least a header there. Devices write no padding to speak of, so there
            // one record is enough: damage may stand right behind it.
            Verdict::Sound => (record_bytes - SHORTEST_HEADER_BYTES + 1, own_seconds, own_seconds),
            Verdict::Bad { .. } => (record_bytes, *last_seconds, None),
        };
        loop {
            match search.next_chain(*searched_bytes, until, near_alone, credit) {
                Found::Sound(at) => {
                    let detail = format!("a record of {record_bytes} bytes that covers sound ones");
                    self.give_span(at, detail, sink);
                    return Step::Again;
                }
                Found::Open { at, sound, need_bytes } => {
                    *searched_bytes = at;
                    // What is cut off now may be sound tomorrow: until then the record is part of the tail.
                    let is_beginning = sound > 0 || is_dated_near(&bytes[at..], near_seconds);
                    if !is_end || is_beginning {
                        return Step::Wait { need_bytes };
                    }
                    *searched_bytes = at + 1;
                }
                Found::Nothing => break,
            }
        }
        let record = &bytes[..record_bytes];
        let offset_bytes = window.offset_bytes();
        match std::mem::replace(state, State::Record) {
            State::Doubtful { verdict: Verdict::Bad { reason, detail }, .. } => {
                sink.reject(Reject { offset_bytes, reason, detail, span: Span::from(record) });
            }
            _ => {
                *last_seconds = own_seconds;
                give_record(catalogue, record, offset_bytes, sink);
            }
        }
        window.consume(record_bytes);
        credit.earn(record_bytes);
        Step::Again
    }

    /// Looks for the end of a span that is no record.
    fn find_land(&mut self, is_end: bool, sink: &mut impl Sink) -> Step {
        let Self { catalogue, window, credit, state, .. } = self;
        let State::Adrift { span, searched_bytes } = state else { return Step::Again };
        let bytes = window.rest();
        let search = Search { catalogue, bytes, is_end };
        let mut from = *searched_bytes;
        let (until, step) = loop {
            match search.next_chain(from, bytes.len(), None, credit) {
                Found::Sound(at) => break (at, Step::Again),
                Found::Open { at, need_bytes, .. } if !is_end => {
                    break (at, Step::Wait { need_bytes: need_bytes - at });
                }
                Found::Open { at, .. } => from = at + 1,
                Found::Nothing => break (bytes.len(), Step::Wait { need_bytes: 1 }),
            }
        };
        span.collector.push(&bytes[..until]);
        window.consume(until);
        credit.earn(until);
        *searched_bytes = 0;
        if matches!(step, Step::Again)
            && let State::Adrift { mut span, .. } = std::mem::replace(state, State::Record)
        {
            sink.reject(Reject {
                offset_bytes: span.offset_bytes,
                reason: Reason::NoRecord,
                detail: span.detail,
                span: span.collector.take(),
            });
        }
        step
    }

    fn go_adrift(&mut self, detail: String) -> Step {
        let span = PendingSpan {
            offset_bytes: self.window.offset_bytes(),
            history: self.window.history().to_vec(),
            collector: SpanCollector::default(),
            detail,
        };
        self.state = State::Adrift { span: Box::new(span), searched_bytes: 1 };
        Step::Again
    }

    /// Rejects the first `count` bytes of the window: no record starts there.
    fn give_span(&mut self, count: usize, detail: String, sink: &mut impl Sink) {
        let offset_bytes = self.window.offset_bytes();
        let span = Span::from(&self.window.rest()[..count]);
        sink.reject(Reject { offset_bytes, reason: Reason::NoRecord, detail, span });
        self.window.consume(count);
        self.credit.earn(count);
        self.state = State::Record;
    }
}

/// Why reading records one after the other came to a stop.
enum Stop {
    Wait { need_bytes: usize },
    Doubtful { verdict: Verdict, record_bytes: usize, from_bytes: usize },
    Adrift(String),
}

/// What a complete record was found to be.
enum Read {
    /// Sound; the sink has it.
    Sound,
    /// Sound, but with so much padding that the length may be wrong. It starts at `from_bytes` of the record.
    Padded { from_bytes: usize },
    /// Not sound; `work` is what finding out took.
    Bad { reason: Reason, detail: String, work: u64 },
}

/// Reads one record and gives it to the sink if it is sound without doubt.
#[inline]
fn read_record(
    catalogue: &Catalogue,
    header: &Header,
    record: &[u8],
    offset_bytes: u64,
    most_work: u64,
    sink: &mut impl Sink,
) -> Read {
    let layouts = catalogue.lookup(header.code, header.time.seconds);
    let mut work = 0;
    match open_record(layouts, header, record, offset_bytes, most_work, &mut work, sink) {
        Ok((extent_bytes, head)) => {
            let from_bytes = header.size_bytes + extent_bytes;
            if record.len() - from_bytes >= SHORTEST_HEADER_BYTES {
                sink.cancel();
                return Read::Padded { from_bytes };
            }
            sink.close(&head, record);
            Read::Sound
        }
        Err(defect) => bad(catalogue, layouts, header, defect, work),
    }
}

#[cold]
fn bad(catalogue: &Catalogue, layouts: Layouts<'_>, header: &Header, defect: Defect, work: u64) -> Read {
    let Some(event) = layouts.otherwise.or(layouts.if_exact) else {
        let code = header.code;
        let times = if catalogue.knows(code) { " at its time" } else { "" };
        let detail = format!("event code {code} is in no catalogue{times}");
        return Read::Bad { reason: Reason::UnknownCode(code), detail, work };
    };
    let detail = format!("its message is no {}: {defect}", event.ec);
    Read::Bad { reason: Reason::BadMessage, detail, work }
}

/// Writes a record's message into the sink by the first layout that fits. If one does, the record is left open;
/// its head comes back with the bytes of the message that are used.
#[inline]
fn open_record<'a>(
    layouts: Layouts<'a>,
    header: &Header,
    record: &[u8],
    offset_bytes: u64,
    most_work: u64,
    work: &mut u64,
    sink: &mut impl Sink,
) -> Result<(usize, Head<'a>), Defect> {
    let message = &record[header.size_bytes..];
    let mut attempt = |event: &'a EventType, exact: bool| {
        let prio = Some(priority_name(header.priority));
        let head = Head { offset_bytes, time: header.time, prio, ec: &event.ec };
        let out = sink.open(&head);
        let extent_bytes = match &event.plan {
            None => {
                out.extend_from_slice(b"{}");
                empty(message)
            }
            Some(plan) => {
                let walked = walk(plan, message, exact, most_work - *work, &mut Json(out));
                *work += walked.work;
                walked.extent_bytes
            }
        };
        if extent_bytes.is_err() {
            sink.cancel();
        }
        extent_bytes.map(|extent_bytes| (extent_bytes, head))
    };
    let mut verdict = Err("");
    if let Some(event) = layouts.if_exact {
        verdict = attempt(event, true);
    }
    match layouts.otherwise {
        Some(event) if verdict.is_err() => attempt(event, false),
        _ => verdict,
    }
}

/// Gives the sink a record that fills `record` exactly, if it is sound.
fn give_record(catalogue: &Catalogue, record: &[u8], offset_bytes: u64, sink: &mut impl Sink) -> bool {
    let Some(header) = Header::parse(record) else { return false };
    if header.record_bytes() != Some(record.len()) {
        return false;
    }
    let layouts = catalogue.lookup(header.code, header.time.seconds);
    match open_record(layouts, &header, record, offset_bytes, u64::MAX, &mut 0, sink) {
        Ok((_, head)) => {
            sink.close(&head, record);
            true
        }
        Err(_) => false,
    }
}

/// Decodes one record, header and message, that was set aside because its event code was unknown. Gives it to the sink,
/// with offset 0, if it is sound by now; says whether it was.
pub fn decode_one(catalogue: &Catalogue, raw: &[u8], sink: &mut impl Sink) -> bool {
    give_record(catalogue, raw, 0, sink)
}

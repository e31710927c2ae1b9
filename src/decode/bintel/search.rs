//! Looking for sound records among bytes that may be anything.
//!
//! Each answer is definite only if no bytes to come could change it; until the end of the file is known that often
//! means to wait. That is what makes decoding in pieces the same as decoding at once.

use super::header::{self, Header, has_priority, header_bytes};
use crate::decode::catalogue::{Catalogue, EventType};
use crate::decode::flatbuf::{Defect, Nowhere, walk};
use crate::limits::{CHAIN_RECORDS, NEIGHBOUR_SECONDS, SEARCH_WORK_FACTOR, SEARCH_WORK_START};

/// Bytes that the search may still visit. It earns some with each byte that is done with, so all the work together is
/// linear in the file. Sound records are not charged: their own length pays for them.
pub(super) struct Credit(u64);

impl Credit {
    pub fn new() -> Self {
        Self(SEARCH_WORK_START)
    }

    #[inline]
    pub fn left(&self) -> u64 {
        self.0
    }

    pub fn charge(&mut self, work: u64) {
        self.0 = self.0.saturating_sub(work);
    }

    /// `count` bytes are done with.
    #[inline]
    pub fn earn(&mut self, count: usize) {
        self.0 = (self.0 + SEARCH_WORK_FACTOR * count as u64).min(SEARCH_WORK_START);
    }
}

/// What starts at some place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chain {
    /// Three sound records in a row, or fewer that end exactly at the end of the file.
    Sound,
    /// Anything else; so many sound records are there.
    Broken { sound: usize },
    /// The data end before that can be said: after so many sound records. `need_bytes` says from where on it can.
    Open { sound: usize, need_bytes: usize },
}

/// What a search came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A sound chain starts there.
    Sound(usize),
    /// A chain that starts there is cut off by the end of the data.
    Open { at: usize, sound: usize, need_bytes: usize },
    /// None starts before the limit.
    Nothing,
}

/// What the bytes of a file are looked at with.
pub(super) struct Search<'a> {
    pub catalogue: &'a Catalogue,
    /// All bytes at hand.
    pub bytes: &'a [u8],
    /// Whether the file ends behind them.
    pub is_end: bool,
}

impl Search<'_> {
    /// The first place in `from..until` at which a chain starts that is sound or cut off. With `near_seconds` one record is
    /// a chain, if it is sound and dated near: for places where even one is not there by chance.
    pub fn next_chain(
        &self,
        from: usize,
        until: usize,
        near_seconds: Option<i64>,
        credit: &mut Credit,
    ) -> Found {
        for at in from..until.min(self.bytes.len()) {
            // Nearly all noise falls at these two hurdles.
            if !has_priority(self.bytes[at]) {
                continue;
            }
            if let Some(&[low, high]) = self.bytes.get(at + 1..at + 3).and_then(|code| code.first_chunk())
                && !self.catalogue.knows(u16::from_le_bytes([low, high]))
            {
                continue;
            }
            match self.chain(at, credit) {
                Chain::Sound => return Found::Sound(at),
                Chain::Open { sound, need_bytes } => return Found::Open { at, sound, need_bytes },
                Chain::Broken { sound: 1.. } if is_dated_near(&self.bytes[at..], near_seconds) => {
                    return Found::Sound(at);
                }
                Chain::Broken { .. } => (),
            }
        }
        Found::Nothing
    }

    /// What starts at `start`. Work is charged when the answer is definite, so that asking again costs nothing. Behind the
    /// end nobody asks again: there a chain that is cut off is one of any number, and costs what it costs.
    pub fn chain(&self, start: usize, credit: &mut Credit) -> Chain {
        let mut work = 0;
        let chain = self.chain_within(start, credit.left(), &mut work);
        if self.is_end || !matches!(chain, Chain::Open { .. }) {
            credit.charge(work);
        }
        chain
    }

    fn chain_within(&self, start: usize, most_work: u64, work: &mut u64) -> Chain {
        let mut at = start;
        for sound in 0..CHAIN_RECORDS {
            let rest = &self.bytes[at..];
            if rest.is_empty() && self.is_end && sound > 0 {
                return Chain::Sound;
            }
            if rest.first().is_some_and(|&byte| !has_priority(byte)) {
                return Chain::Broken { sound };
            }
            let Some(header) = Header::parse(rest) else {
                return Chain::Open { sound, need_bytes: at + header_bytes(rest) };
            };
            let layouts = self.catalogue.lookup(header.code, header.time.seconds);
            let Some(record_bytes) = header.record_bytes() else { return Chain::Broken { sound } };
            if !header.is_plausible() || layouts.is_empty() {
                return Chain::Broken { sound };
            }
            let Some(message) = rest.get(header.size_bytes..record_bytes) else {
                return Chain::Open { sound, need_bytes: at + record_bytes };
            };
            let sure = |event: Option<&EventType>, exact: bool, work: &mut u64| {
                event.is_some_and(|event| {
                    let (verdict, cost) = verify(event, message, exact, most_work - *work);
                    *work += cost;
                    verdict.is_ok()
                })
            };
            if !sure(layouts.if_exact, true, work) && !sure(layouts.otherwise, false, work) {
                return Chain::Broken { sound };
            }
            at += record_bytes;
        }
        Chain::Sound
    }

    /// Whether what stands at `at` confirms the record before it, which has that header and does not verify; or, if
    /// that can't be said yet, from how many bytes on it can. A plausible header does, and the exact end of the file.
    /// For a record whose own header is implausible a sound chain has to stand there: little else speaks for it, zeros
    /// inside a message look plausible often, and a file that is being written ends anywhere.
    pub fn goes_on(&self, before: &Header, at: usize, credit: &mut Credit) -> Result<bool, usize> {
        let rest = &self.bytes[at..];
        if !before.is_plausible() {
            return match self.chain(at, credit) {
                Chain::Open { need_bytes, .. } if !self.is_end => Err(need_bytes),
                chain => Ok(chain == Chain::Sound),
            };
        }
        if rest.is_empty() && self.is_end {
            return Ok(true);
        }
        let cut = |need_bytes: usize| if self.is_end { Ok(false) } else { Err(need_bytes) };
        let Some(header) = Header::parse(rest) else { return cut(at + header_bytes(rest)) };
        match header.record_bytes() {
            Some(record_bytes) if header.is_plausible() => {
                if rest.len() < record_bytes {
                    cut(at + record_bytes)
                } else {
                    Ok(true)
                }
            }
            _ => Ok(false),
        }
    }
}

/// Whether what starts there, if it is a record, is dated near that time. Many bytes look like a header (zeros do), so its
/// looks alone say nothing.
pub(super) fn is_dated_near(bytes: &[u8], near_seconds: Option<i64>) -> bool {
    let (Some(seconds), Some(near_seconds)) = (header::seconds(bytes), near_seconds) else { return false };
    seconds.abs_diff(near_seconds) <= NEIGHBOUR_SECONDS
}

/// Whether a message is sound as that event type, and the work of finding out.
fn verify(event: &EventType, message: &[u8], exact: bool, most_work: u64) -> (Result<usize, Defect>, u64) {
    match &event.plan {
        None => (empty(message), 0),
        Some(plan) => {
            let walked = walk(plan, message, exact, most_work, &mut Nowhere);
            (walked.extent_bytes, walked.work)
        }
    }
}

/// Checks the message of an event that has none. One that is there would be content dropped in silence.
pub(super) fn empty(message: &[u8]) -> Result<usize, Defect> {
    if message.is_empty() { Ok(0) } else { Err("it has a message where its type has none") }
}

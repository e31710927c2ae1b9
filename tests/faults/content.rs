//! What a file holds, known because it was written here: nothing of it is ever decoded.

use crate::random::Random;
use crate::support::make;
use std::sync::Arc;

/// What tells a record from every other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record {
    pub device: String,
    pub microseconds: i64,
    pub nanoseconds: i64,
    pub ec: &'static str,
    pub text: String,
}

/// What bytes of a file mean.
#[derive(Debug)]
pub enum Sense {
    Record(Record),
    /// A line that is none, or a binary record whose message is broken or of no known event: rejected for itself, for
    /// this reason.
    Broken(&'static str),
    /// Bytes between binary records: rejected once sound records stand behind.
    Noise,
}

/// Bytes that are written together, or in two parts.
#[derive(Debug)]
pub struct Unit {
    pub bytes: Vec<u8>,
    pub sense: Sense,
}

impl Unit {
    /// What is set aside of one that is damaged: a line without its end.
    pub fn span(&self) -> &[u8] {
        self.bytes.strip_suffix(b"\n").unwrap_or(&self.bytes)
    }

    /// Why it is rejected.
    pub fn reason(&self) -> &'static str {
        match self.sense {
            Sense::Record(_) => "",
            Sense::Broken(reason) => reason,
            Sense::Noise => "no_record",
        }
    }

    pub fn is_damage(&self) -> bool {
        !matches!(self.sense, Sense::Record(_))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Bintel,
    Ndjson,
    NdjsonGz,
}

/// The content of a telemetry file, inflated.
#[derive(Clone)]
pub struct Content {
    pub device: String,
    pub format: Format,
    /// Those that stand there whole.
    pub units: Vec<Arc<Unit>>,
    /// One of which only so many bytes are written.
    pub begun: Option<(Arc<Unit>, usize)>,
}

/// Sound records between two damages, so that what is rejected does not depend on when the file was read.
const SOUND_BETWEEN: usize = 4;

/// The day of all files and records, 2024-04-16, in seconds since 1970.
pub const DAY: i64 = 1_713_225_600;

/// An event code that no catalogue has.
pub const UNKNOWN_EVENT: u16 = 65_000;

/// One unit in so many is damaged.
const DAMAGE_EVERY: usize = 60;

impl Content {
    /// A unit that can stand next.
    pub fn next_unit(&self, random: &mut Random, serial: &mut u64) -> Arc<Unit> {
        *serial += 1;
        let (last, sound) = self.last_damage();
        let is_damage_due = (last.is_none() || sound >= SOUND_BETWEEN) && random.one_in(DAMAGE_EVERY);
        let unit = match (self.format, is_damage_due) {
            (Format::Bintel, true) if random.one_in(2) => {
                Unit { bytes: vec![0xff; random.between(13, 200)], sense: Sense::Noise }
            }
            (Format::Bintel, true) => {
                let message = vec![0xee; random.between(20, 400)];
                let (code, reason) = if random.one_in(2) {
                    (make::TEXT_LOG, "bad_message")
                } else {
                    (UNKNOWN_EVENT, "unknown_code")
                };
                let bytes = make::record(code, DAY as u32, *serial as u32, &message);
                Unit { bytes, sense: Sense::Broken(reason) }
            }
            (_, true) => {
                let bytes = format!("number {serial} is no record\n").into();
                Unit { bytes, sense: Sense::Broken("not_json") }
            }
            (format, false) => record(&self.device, format, random, *serial),
        };
        Arc::new(unit)
    }

    /// The last damage that stands there whole, and how many sound records stand behind it.
    fn last_damage(&self) -> (Option<&Unit>, usize) {
        let sound = self.units.iter().rev().take_while(|unit| !unit.is_damage()).count();
        let damage = (self.units.len() - sound).checked_sub(1).map(|index| &*self.units[index]);
        (damage, sound)
    }

    /// Whether what is final depends on when the file was read before: damage is final if the file ends right behind
    /// it or behind the first records after it, and not if part of a record stands there.
    pub fn is_ambiguous(&self) -> bool {
        let (damage, sound) = self.last_damage();
        self.format == Format::Bintel
            && self.begun.is_some()
            && match damage.map(|unit| &unit.sense) {
                Some(Sense::Noise) => (1..3).contains(&sound),
                Some(Sense::Broken(_)) => sound == 0,
                _ => false,
            }
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes: Vec<u8> = self.units.iter().flat_map(|unit| unit.bytes.iter().copied()).collect();
        if let Some((unit, written)) = &self.begun {
            bytes.extend_from_slice(&unit.bytes[..*written]);
        }
        bytes
    }

    pub fn len(&self) -> usize {
        let whole: usize = self.units.iter().map(|unit| unit.bytes.len()).sum();
        whole + self.begun.as_ref().map_or(0, |(_, written)| *written)
    }

    /// Up to where everything is a record or a reject.
    pub fn final_bytes(&self) -> usize {
        let whole: usize = self.units.iter().map(|unit| unit.bytes.len()).sum();
        match self.units.last() {
            Some(last) if matches!(last.sense, Sense::Noise) => whole - last.bytes.len(),
            _ => whole,
        }
    }

    /// Those that are final, with their offsets.
    pub fn final_units(&self) -> impl Iterator<Item = (usize, &Unit)> {
        let end = self.final_bytes();
        let mut offset = 0;
        let with_offset = self.units.iter().map(move |unit| {
            offset += unit.bytes.len();
            (offset - unit.bytes.len(), &**unit)
        });
        with_offset.take_while(move |(offset, _)| *offset < end)
    }

    /// Cuts off what stands behind `length` bytes; returns how many stay. Never right before a line's end: such a line
    /// counts as a whole one.
    pub fn truncate(&mut self, length: usize) -> usize {
        let mut units = std::mem::take(&mut self.units);
        units.extend(self.begun.take().map(|(unit, _)| unit));
        let mut end = 0;
        for unit in units {
            let left = length - end;
            if unit.bytes.len() <= left {
                end += unit.bytes.len();
                self.units.push(unit);
                continue;
            }
            let stays = left.min(unit.bytes.len() - 2);
            if stays > 0 {
                self.begun = Some((unit, stays));
            }
            return end + stays;
        }
        end
    }
}

fn record(device: &str, format: Format, random: &mut Random, serial: u64) -> Unit {
    let length = if random.one_in(8) { random.between(1000, 6000) } else { random.between(1, 900) };
    let letter = b"abcdef"[random.below(6)] as char;
    let text = format!("{serial} of {device} {}", letter.to_string().repeat(length));
    let (second, nanosecond) = (serial / 50 % 86_400, random.below(1_000_000_000));
    let seconds = DAY as u64 + second;
    let (bytes, ec) = if format == Format::Bintel {
        (make::text_log(seconds as u32, nanosecond as u32, &text), "text_log")
    } else {
        let (hour, minute) = (second / 3600, second / 60 % 60);
        let ts = format!("2024-04-16T{hour:02}:{minute:02}:{:02}.{nanosecond:09}", second % 60);
        (make::line(&ts, "telem_x", &format!("{{\"message\": \"{text}\"}}")).into_bytes(), "telem_x")
    };
    let microseconds = seconds as i64 * 1_000_000 + nanosecond as i64 / 1000;
    let device = device.to_owned();
    let record = Record { device, microseconds, nanoseconds: nanosecond as i64 % 1000, ec, text };
    Unit { bytes, sense: Sense::Record(record) }
}

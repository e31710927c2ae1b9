//! The header of a record: parsing it, and judging whether it can be one.

use crate::limits::LONGEST_MESSAGE_BYTES;
use crate::record::Time;

/// The shortest header, with a length of one byte. No record is shorter.
pub(super) const SHORTEST_HEADER_BYTES: usize = 12;

/// A header as it stands in the file; any 20 bytes are one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header {
    pub priority: u8,
    pub code: u16,
    pub time: Time,
    /// Size of the header itself.
    pub size_bytes: usize,
    /// What the message's length is claimed to be.
    pub message_bytes: u64,
}

impl Header {
    /// The header at the start of `bytes`; nothing if it is cut off.
    #[inline]
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let start: &[u8; SHORTEST_HEADER_BYTES] = bytes.first_chunk()?;
        let (size_bytes, message_bytes) = match start[11] {
            254 => (14, u64::from(u16::from_le_bytes(*bytes.get(12..14)?.first_chunk()?))),
            255 => (20, u64::from_le_bytes(*bytes.get(12..20)?.first_chunk()?)),
            length => (SHORTEST_HEADER_BYTES, u64::from(length)),
        };
        let u32_at = |at: usize| u32::from_le_bytes([start[at], start[at + 1], start[at + 2], start[at + 3]]);
        Some(Self {
            priority: start[0],
            code: u16::from_le_bytes([start[1], start[2]]),
            time: Time { seconds: i64::from(u32_at(3)), nanoseconds: u32_at(7) },
            size_bytes,
            message_bytes,
        })
    }

    /// Header and message in bytes, unless the message is longer than any.
    #[inline]
    pub fn record_bytes(&self) -> Option<usize> {
        let message_bytes = usize::try_from(self.message_bytes).ok()?;
        (message_bytes <= LONGEST_MESSAGE_BYTES).then(|| self.size_bytes + message_bytes)
    }

    /// Whether priority and time can be a record's. Whether the length fits is for the caller to say.
    pub fn is_plausible(&self) -> bool {
        has_priority(self.priority) && (self.time.seconds, self.time.nanoseconds) != (0, 0)
    }
}

/// The seconds in a header that may be cut off behind them.
pub(super) fn seconds(bytes: &[u8]) -> Option<i64> {
    bytes.get(3..7)?.first_chunk().map(|seconds| i64::from(u32::from_le_bytes(*seconds)))
}

/// How many bytes, counted from its start, make the header at the start of `bytes` complete, as far as they tell.
pub(super) fn header_bytes(bytes: &[u8]) -> usize {
    match bytes.get(11) {
        Some(254) => 14,
        Some(255) => 20,
        _ => SHORTEST_HEADER_BYTES,
    }
}

/// Whether a priority byte is one of the table's or 127.
#[inline]
pub(super) fn has_priority(byte: u8) -> bool {
    matches!(byte, 0..=8 | 64 | 126 | 127)
}

/// A priority as the instrument's dump prints it.
#[inline]
pub(super) fn priority_name(byte: u8) -> &'static str {
    match byte {
        0 => "EMER",
        1 => "ALRT",
        2 => "CRIT",
        3 => "ERR ",
        4 => "WARN",
        5 => "NOTE",
        6 => "INFO",
        7 => "DBG ",
        8 => "DBG2",
        64 => "TELM",
        126 => "DEF?",
        _ => "UNK?",
    }
}

//! gzip as files in the wild have it (RFC 1952): several members, a cut-off end, damage, garbage behind.

use super::input::Input;
use super::read::{Damage, Ending};
use crate::limits::READ_BLOCK_BYTES;
use flate2::{Crc, Decompress, FlushDecompress, Status};
use std::io;

/// How every member starts: two bytes of magic and the one compression method.
const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

/// The fixed part of a member's header.
const HEADER_BYTES: usize = 10;

/// CRC-32 and length of what a member holds.
const TRAILER_BYTES: usize = 8;

const FLAG_HEADER_CRC: u8 = 1 << 1;
const FLAG_EXTRA: u8 = 1 << 2;
const FLAG_NAME: u8 = 1 << 3;
const FLAG_COMMENT: u8 = 1 << 4;
const FLAGS_RESERVED: u8 = 0b1110_0000;

/// Inflates the members of a gzip stream one after the other.
pub(super) struct Gunzip {
    place: Place,
    inflate: Decompress,
    crc: Crc,
}

/// What comes next in the input.
enum Place {
    Header,
    Body,
    Trailer,
}

impl Gunzip {
    pub fn new() -> Self {
        Self { place: Place::Header, inflate: Decompress::new(false), crc: Crc::new() }
    }

    /// Fills `out` as far as it goes: how many bytes were written, and why no more if it is not full.
    pub fn read(&mut self, input: &mut Input, out: &mut [u8]) -> io::Result<(usize, Option<Ending>)> {
        let mut written = 0;
        while written < out.len() {
            let ending = match self.place {
                Place::Header => self.header(input)?,
                Place::Body => self.body(input, out, &mut written)?,
                Place::Trailer => self.trailer(input)?,
            };
            if ending.is_some() {
                return Ok((written, ending));
            }
        }
        Ok((written, None))
    }

    fn header(&mut self, input: &mut Input) -> io::Result<Option<Ending>> {
        match header(input.ahead()) {
            Header::Bytes(count) => {
                input.consume(count);
                self.inflate.reset(false);
                self.crc.reset();
                self.place = Place::Body;
                Ok(None)
            }
            Header::Bad(what) => damaged(what, input).map(Some),
            Header::Unfinished if input.ahead().len() == READ_BLOCK_BYTES => {
                damaged("an endless gzip header", input).map(Some)
            }
            Header::Unfinished if input.read_ahead()? => Ok(None),
            Header::Unfinished if input.ahead().is_empty() => Ok(Some(Ending::Clean)),
            Header::Unfinished => Ok(Some(Ending::CutOff)),
        }
    }

    fn body(&mut self, input: &mut Input, out: &mut [u8], written: &mut usize) -> io::Result<Option<Ending>> {
        let has_input = input.look_ahead(1)?;
        let (in_before, out_before) = (self.inflate.total_in(), self.inflate.total_out());
        let status = self.inflate.decompress(input.ahead(), &mut out[*written..], FlushDecompress::None);
        let consumed = (self.inflate.total_in() - in_before) as usize;
        let produced = (self.inflate.total_out() - out_before) as usize;
        input.consume(consumed);
        self.crc.update(&out[*written..*written + produced]);
        *written += produced;
        match status {
            Ok(Status::StreamEnd) => self.place = Place::Trailer,
            Ok(_) if consumed > 0 || produced > 0 => {}
            // Not before the inflater has given all that it had.
            Ok(_) if !has_input => return Ok(Some(Ending::CutOff)),
            Ok(_) => return damaged("a gzip stream that does not go on", input).map(Some),
            Err(_) => {
                if consumed > 0 {
                    input.unconsume_byte();
                }
                return damaged("a damaged gzip stream", input).map(Some);
            }
        }
        Ok(None)
    }

    fn trailer(&mut self, input: &mut Input) -> io::Result<Option<Ending>> {
        if !input.look_ahead(TRAILER_BYTES)? {
            return Ok(Some(Ending::CutOff));
        }
        let expected = [self.crc.sum().to_le_bytes(), self.crc.amount().to_le_bytes()].concat();
        if input.ahead()[..TRAILER_BYTES] != expected {
            return damaged("a gzip member whose checksum or length is wrong", input).map(Some);
        }
        input.consume(TRAILER_BYTES);
        self.place = Place::Header;
        Ok(None)
    }
}

/// Takes all that is left for damage.
fn damaged(what: &str, input: &mut Input) -> io::Result<Ending> {
    let offset_bytes = input.offset_bytes();
    let span = input.take_rest()?;
    let detail = format!("{what}, at byte {offset_bytes} of the compressed file");
    Ok(Ending::Damaged(Damage { detail, offset_bytes, span }))
}

/// What stands where a member should start.
#[derive(Debug, PartialEq, Eq)]
enum Header {
    /// A header of so many bytes.
    Bytes(usize),
    /// The start of a header, or nothing.
    Unfinished,
    /// No header, and why.
    Bad(&'static str),
}

fn header(bytes: &[u8]) -> Header {
    if bytes.iter().zip(MAGIC).any(|(byte, magic)| *byte != magic) {
        return Header::Bad("bytes that are no gzip member");
    }
    let Some(fixed) = bytes.first_chunk::<HEADER_BYTES>() else {
        return Header::Unfinished;
    };
    let flags = fixed[3];
    if flags & FLAGS_RESERVED != 0 {
        return Header::Bad("a gzip header with flags that mean nothing");
    }
    header_length(bytes, flags)
        .filter(|length| *length <= bytes.len())
        .map_or(Header::Unfinished, Header::Bytes)
}

fn header_length(bytes: &[u8], flags: u8) -> Option<usize> {
    let mut length = HEADER_BYTES;
    if flags & FLAG_EXTRA != 0 {
        let size = bytes.get(length..)?.first_chunk::<2>()?;
        length += size.len() + usize::from(u16::from_le_bytes(*size));
    }
    for flag in [FLAG_NAME, FLAG_COMMENT] {
        if flags & flag != 0 {
            length += memchr::memchr(0, bytes.get(length..)?)? + 1;
        }
    }
    Some(if flags & FLAG_HEADER_CRC != 0 { length + 2 } else { length })
}

/// Whether something starts as a gzip stream does.
pub(super) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_with_and_without_extras() {
        let with = |flags: u8, extras: &[u8]| [&[0x1f, 0x8b, 8, flags, 1, 2, 3, 4, 0, 3], extras].concat();
        for bytes in [
            with(0, b""),
            with(FLAG_NAME, b"x.ndjson\0"),
            with(FLAG_EXTRA | FLAG_HEADER_CRC, b"\x03\0abcCC"),
            with(FLAG_EXTRA | FLAG_NAME | FLAG_COMMENT | FLAG_HEADER_CRC | 1, b"\0\0name\0comment\0CC"),
        ] {
            for cut in 0..bytes.len() {
                assert_eq!(header(&bytes[..cut]), Header::Unfinished, "{cut} of {}", bytes.escape_ascii());
            }
            let followed = [bytes.as_slice(), b"body\0"].concat();
            assert_eq!(header(&followed), Header::Bytes(bytes.len()));
        }
        for bytes in [&b"\0"[..], b"\x1f\x8c", b"\x1f\x8b\x07", b"\x1e", b"garbage", &with(0x80, b"")] {
            assert!(matches!(header(bytes), Header::Bad(_)), "{}", bytes.escape_ascii());
        }
    }
}

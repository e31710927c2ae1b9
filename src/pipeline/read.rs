//! A file as a stream of blocks of its inflated bytes, of which one is held at a time.

use super::gzip::{self, Gunzip};
use super::input::{Input, Reader};
use crate::decode::Format;
use crate::limits::{FINGERPRINT_BYTES, READ_BLOCK_BYTES};
use crate::origin::Kind;
use crate::record::{Span, Time};
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Something that is being read. Offsets count inflated bytes, unless they are said to be compressed.
pub struct Source {
    input: Input,
    gunzip: Option<Gunzip>,
    offset_bytes: u64,
    /// The end that was found while the last bytes before it were still to be handed out.
    ending: Option<Ending>,
    size_bytes: u64,
    modified: Time,
}

/// What [`Source::read_block`] found.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// At least one byte.
    Block,
    /// Nothing more.
    End(Ending),
}

/// How a file ends.
#[derive(Debug, PartialEq, Eq)]
pub enum Ending {
    /// As it should.
    Clean,
    /// Within a gzip member or its header: the file may still be written.
    CutOff,
    /// With bytes that are no gzip.
    Damaged(Damage),
}

/// Bytes of a gzip file that can't be inflated, up to its end.
#[derive(Debug, PartialEq, Eq)]
pub struct Damage {
    /// What is wrong, in words.
    pub detail: String,
    /// Where they start in the compressed file, in bytes.
    pub offset_bytes: u64,
    /// The bytes, compressed.
    pub span: Span,
}

/// What stands in front of an offset: for the fingerprint, and for the decoder that goes on there.
#[derive(Debug, PartialEq, Eq)]
pub struct Resume {
    /// The first bytes of the content, up to [`FINGERPRINT_BYTES`] and the offset.
    pub head: Vec<u8>,
    /// The last bytes before the offset, up to [`FINGERPRINT_BYTES`].
    pub history: Vec<u8>,
}

impl From<Kind> for Format {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Bintel | Kind::BintelGz => Self::Bintel,
            Kind::Ndjson | Kind::NdjsonGz => Self::Ndjson,
        }
    }
}

/// What the first bytes of something without a name look like: the code of `{` is no priority of a binary record.
pub fn guess_format(content: &[u8]) -> Format {
    match content.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'{') => Format::Ndjson,
        _ => Format::Bintel,
    }
}

impl Source {
    /// Opens a file, and notes its size and time before anything is read: what is appended meanwhile is noticed later.
    pub fn open(path: &Path, kind: Kind) -> io::Result<Self> {
        let file = File::open(path)?;
        let metadata = file.metadata()?;
        let modified = Time { seconds: metadata.mtime(), nanoseconds: metadata.mtime_nsec() as u32 };
        let input = Input::new(Reader::File(file));
        Ok(Self { size_bytes: metadata.len(), modified, ..Self::new(input, kind.is_gzip()) })
    }

    /// Reads from anything. Without a kind the first bytes tell whether it is gzip.
    pub fn from_reader(reader: Box<dyn Read + Send>, kind: Option<Kind>) -> io::Result<Self> {
        let mut input = Input::new(Reader::Stream(reader));
        let is_gzip = match kind {
            Some(kind) => kind.is_gzip(),
            None => input.look_ahead(3)? && gzip::is_gzip(input.ahead()),
        };
        Ok(Self::new(input, is_gzip))
    }

    fn new(input: Input, is_gzip: bool) -> Self {
        let modified = Time { seconds: 0, nanoseconds: 0 };
        Self {
            input,
            gunzip: is_gzip.then(Gunzip::new),
            offset_bytes: 0,
            ending: None,
            size_bytes: 0,
            modified,
        }
    }

    /// The file's size on disk when it was opened, in bytes; 0 for what is no file.
    pub fn size_bytes(&self) -> u64 {
        self.size_bytes
    }

    /// When the file was changed last, as it was opened; 1970 for what is no file.
    pub fn modified(&self) -> Time {
        self.modified
    }

    /// How many inflated bytes stand before the next one.
    pub fn offset_bytes(&self) -> u64 {
        self.offset_bytes
    }

    /// Replaces what `block` holds by the next bytes, up to [`READ_BLOCK_BYTES`]. A buffer that is used again costs
    /// nothing. At the end it is empty. A file that grows goes on where it ended, unless it ended with damage.
    pub fn read_block(&mut self, block: &mut Vec<u8>) -> io::Result<Step> {
        self.read_up_to(READ_BLOCK_BYTES, block)
    }

    fn read_up_to(&mut self, limit: usize, block: &mut Vec<u8>) -> io::Result<Step> {
        block.resize(limit, 0);
        let (count, ending) = match (&mut self.gunzip, self.ending.take()) {
            (_, Some(ending)) => (0, Some(ending)),
            (Some(gunzip), None) => gunzip.read(&mut self.input, block)?,
            (None, None) => match self.input.read(block)? {
                0 => (0, Some(Ending::Clean)),
                count => (count, None),
            },
        };
        block.truncate(count);
        self.offset_bytes += count as u64;
        match ending {
            Some(ending) if count == 0 => Ok(Step::End(ending)),
            ending => {
                self.ending = ending;
                Ok(Step::Block)
            }
        }
    }

    /// Goes back to the start of a file.
    ///
    /// # Errors
    /// `Unsupported` for what is no file.
    pub fn rewind(&mut self) -> io::Result<()> {
        if !self.input.seek(0)? {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "a stream can't be read twice"));
        }
        self.gunzip = self.gunzip.as_ref().map(|_| Gunzip::new());
        self.ending = None;
        self.offset_bytes = 0;
        Ok(())
    }

    /// Goes forward to an offset: by a jump in a plain file, else by reading. `scratch` is a buffer. Says no if the
    /// content ends before, and then stands at its end.
    pub fn skip_to(&mut self, offset_bytes: u64, scratch: &mut Vec<u8>) -> io::Result<bool> {
        debug_assert!(offset_bytes >= self.offset_bytes, "forward only");
        // The last byte before the offset is read, not jumped over: it shows that the file is long enough.
        if self.gunzip.is_none()
            && offset_bytes > self.offset_bytes + 1
            && self.input.seek(offset_bytes - 1)?
        {
            self.offset_bytes = offset_bytes - 1;
        }
        while self.offset_bytes < offset_bytes {
            let left = (offset_bytes - self.offset_bytes).min(READ_BLOCK_BYTES as u64);
            if let Step::End(ending) = self.read_up_to(left as usize, scratch)? {
                self.ending = Some(ending);
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Goes from the start to an offset, and returns what stands at the start and before the offset; nothing if the
    /// content is shorter. `scratch` is a buffer.
    pub fn resume(&mut self, offset_bytes: u64, scratch: &mut Vec<u8>) -> io::Result<Option<Resume>> {
        debug_assert_eq!(self.offset_bytes, 0, "from the start");
        let mut head = Vec::new();
        let head_end = offset_bytes.min(FINGERPRINT_BYTES as u64);
        if !self.append_to(head_end, &mut head, scratch)? {
            return Ok(None);
        }
        let history_start = offset_bytes - head_end;
        let mut history = head.get(history_start as usize..).unwrap_or_default().to_vec();
        let is_there = self.skip_to(history_start.max(head_end), scratch)?
            && self.append_to(offset_bytes, &mut history, scratch)?;
        Ok(is_there.then_some(Resume { head, history }))
    }

    /// Appends everything up to an offset, unless the content ends before.
    fn append_to(&mut self, end: u64, bytes: &mut Vec<u8>, scratch: &mut Vec<u8>) -> io::Result<bool> {
        while self.offset_bytes < end {
            let left = (end - self.offset_bytes).min(READ_BLOCK_BYTES as u64);
            if let Step::End(ending) = self.read_up_to(left as usize, scratch)? {
                self.ending = Some(ending);
                return Ok(false);
            }
            bytes.extend_from_slice(scratch);
        }
        Ok(true)
    }
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;

//! The bytes of a file or stream as they are stored, with a look ahead.

use crate::limits::READ_BLOCK_BYTES;
use crate::record::{Span, SpanCollector};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

/// Where bytes come from.
pub(super) enum Reader {
    /// A file, in which one can go back and forth.
    File(File),
    /// Anything else, like standard input.
    Stream(Box<dyn Read + Send>),
}

/// A reader with a buffer of one block.
pub(super) struct Input {
    reader: Reader,
    /// Allocated when something is looked at for the first time.
    buffer: Vec<u8>,
    /// What of the buffer is read and not consumed: `buffer[start..end]`.
    start: usize,
    end: usize,
    /// How many bytes were consumed in all, counted from the start of the file.
    offset_bytes: u64,
}

impl Input {
    pub fn new(reader: Reader) -> Self {
        Self { reader, buffer: Vec::new(), start: 0, end: 0, offset_bytes: 0 }
    }

    /// What is read and not consumed.
    pub fn ahead(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    pub fn consume(&mut self, count: usize) {
        self.start += count;
        self.offset_bytes += count as u64;
        debug_assert!(self.start <= self.end);
    }

    /// Takes back the last byte that was consumed. Right after [`Self::consume`] it is still there.
    pub fn unconsume_byte(&mut self) {
        debug_assert!(self.start > 0);
        self.start -= 1;
        self.offset_bytes -= 1;
    }

    /// Reads once, behind what is there; says no at the end, and if a whole block lies ahead already.
    pub fn read_ahead(&mut self) -> io::Result<bool> {
        self.buffer.resize(READ_BLOCK_BYTES, 0);
        if self.start == self.end {
            (self.start, self.end) = (0, 0);
        } else if self.end == self.buffer.len() && self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
        }
        let count = read_once(&mut self.reader, &mut self.buffer[self.end..])?;
        self.end += count;
        Ok(count > 0)
    }

    /// Reads ahead until `count` bytes are there or the input ends, and says whether they are.
    pub fn look_ahead(&mut self, count: usize) -> io::Result<bool> {
        while self.ahead().len() < count {
            if !self.read_ahead()? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Consumes bytes into `out`, once; 0 at the end. What nobody looked at goes there without a detour.
    pub fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let ahead = self.ahead();
        if ahead.is_empty() {
            let count = read_once(&mut self.reader, out)?;
            self.offset_bytes += count as u64;
            return Ok(count);
        }
        let count = ahead.len().min(out.len());
        out[..count].copy_from_slice(&ahead[..count]);
        self.consume(count);
        Ok(count)
    }

    /// Consumes everything that is left, and keeps of it what a reject keeps.
    pub fn take_rest(&mut self) -> io::Result<Span> {
        let mut collector = SpanCollector::default();
        loop {
            collector.push(self.ahead());
            self.consume(self.ahead().len());
            if !self.read_ahead()? {
                return Ok(collector.take());
            }
        }
    }

    /// Goes to an offset of a file. A stream says no.
    pub fn seek(&mut self, offset_bytes: u64) -> io::Result<bool> {
        let Reader::File(file) = &mut self.reader else {
            return Ok(false);
        };
        file.seek(SeekFrom::Start(offset_bytes))?;
        (self.start, self.end) = (0, 0);
        self.offset_bytes = offset_bytes;
        Ok(true)
    }

    pub fn offset_bytes(&self) -> u64 {
        self.offset_bytes
    }
}

fn read_once(reader: &mut Reader, out: &mut [u8]) -> io::Result<usize> {
    loop {
        let result = match reader {
            Reader::File(file) => file.read(out),
            Reader::Stream(stream) => stream.read(out),
        };
        match result {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

//! What decoding yields, collected as the pipeline's batches collect it.

use std::io;
use std::sync::Arc;
use xtelemdb::db::telem::Rows;
use xtelemdb::decode::catalogue::Catalogue;
use xtelemdb::decode::{Decoder, Format, Sink};
use xtelemdb::limits::{BATCH_BYTES, READ_BLOCK_BYTES};
use xtelemdb::record::{Head, Reject};

pub struct Collected {
    pub rows: Rows,
    device: String,
    /// Kept as by the pipeline: each row's place, and its raw bytes.
    places: Vec<(u64, usize)>,
    raw: Vec<u8>,
    pub records: u64,
    pub rejects: u64,
}

impl Collected {
    pub fn new(device: &str) -> Self {
        Self {
            rows: Rows::default(),
            device: device.to_owned(),
            places: Vec::new(),
            raw: Vec::new(),
            records: 0,
            rejects: 0,
        }
    }

    /// Another file's records follow.
    pub fn set_device(&mut self, device: &str) {
        self.device.clear();
        self.device.push_str(device);
    }

    /// Empties a batch that is full; the memory is used again.
    pub fn recycle(&mut self) {
        self.rows.clear();
        self.places.clear();
        self.raw.clear();
    }

    pub fn is_full(&self) -> bool {
        self.rows.size_bytes() >= BATCH_BYTES
    }

    /// Decodes the content of a `.bintel` file in blocks as they are read, and gives each full batch away.
    pub fn decode_all(
        &mut self,
        catalogue: &Arc<Catalogue>,
        content: &[u8],
        mut give: impl FnMut(&[u8]) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut decoder = Decoder::new(Format::Bintel, catalogue, 0, &[]);
        for block in content.chunks(READ_BLOCK_BYTES) {
            decoder.push(block, self);
            if self.is_full() {
                give(self.rows.bytes(0..self.rows.count()))?;
                self.recycle();
            }
        }
        decoder.end(self);
        give(self.rows.bytes(0..self.rows.count()))?;
        self.recycle();
        Ok(())
    }
}

impl Sink for Collected {
    fn open(&mut self, head: &Head<'_>) -> &mut Vec<u8> {
        self.rows.open(&self.device, head)
    }

    fn close(&mut self, head: &Head<'_>, raw: &[u8]) {
        self.rows.close(head);
        self.raw.extend_from_slice(raw);
        self.places.push((head.offset_bytes, self.raw.len()));
        self.records += 1;
    }

    fn cancel(&mut self) {
        self.rows.cancel();
    }

    fn reject(&mut self, _: Reject) {
        self.rejects += 1;
    }
}

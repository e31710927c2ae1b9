//! The parser's thread: decodes a file's bytes and cuts what comes out into batches.

use super::Shared;
use super::batch::{Batch, Begun, Contents, FileEnd, Fingerprint};
use super::long::Holder;
use super::read::Ending;
use super::reader::{End, Piece};
use super::work::Trouble;
use super::writer::Message;
use crate::decode::{Decoder, Format, Sink};
use crate::error::Result;
use crate::limits::{DECODE_STEP_BYTES, FINGERPRINT_BYTES, LONG_BYTES};
use crate::record::{Reason, Reject};
use crossbeam_channel::{Receiver, Sender};
use std::sync::Arc;

/// Where batches go. A long record makes a large batch, so the batches on their way are bounded not only in number but
/// also in size: each puts as many tokens into `room` as it has the size of ordinary ones, and the writer takes them out.
pub(super) struct Outlet {
    pub messages: Sender<Message>,
    pub room: Sender<()>,
}

impl Outlet {
    /// False if nobody wants it.
    fn send(&self, batch: Batch) -> bool {
        (0..batch.room()).all(|_| self.room.send(()).is_ok())
            && self.messages.send(Message::Batch(batch)).is_ok()
    }
}

/// Runs until the reader has no more pieces, or nobody wants the batches.
pub(super) fn run(
    shared: &Shared,
    pieces: &Receiver<Piece>,
    spare_blocks: &Sender<Vec<u8>>,
    batches: &Outlet,
    spare_contents: &Receiver<Contents>,
) -> Result<()> {
    let mut file: Option<FileParser> = None;
    let mut long = Holder::default();
    for piece in pieces {
        if shared.is_halted() {
            break;
        }
        let is_wanted = match piece {
            Piece::Begin(begun) => {
                file = Some(FileParser::new(shared, begun, spare_contents));
                true
            }
            Piece::Bytes(block) => {
                let is_wanted = file.as_mut().is_none_or(|file| {
                    long.may_hold(file.held_bytes(), &shared.long)
                        && file.take(&block, batches, spare_contents, &mut long)
                });
                // Nobody misses a block that finds no room among the spare ones.
                let _ = spare_blocks.try_send(block);
                is_wanted
            }
            Piece::End(end) => {
                let is_wanted = file.take().is_none_or(|file| file.end(end, batches, &long));
                long.is_done();
                is_wanted
            }
            Piece::Failed(unopened) => batches.messages.send(Message::Failed(*unopened)).is_ok(),
        };
        if !is_wanted {
            break;
        }
    }
    Ok(())
}

/// The decoding of one file.
struct FileParser {
    begun: Arc<Begun>,
    decoder: Decoder,
    contents: Contents,
    /// The first bytes of the content.
    head: Vec<u8>,
    /// Where the open batch begins.
    from_bytes: u64,
    is_first: bool,
}

impl FileParser {
    fn new(shared: &Shared, begun: Arc<Begun>, spare: &Receiver<Contents>) -> Self {
        Self {
            decoder: Decoder::new(
                Format::from(begun.work.kind),
                &shared.catalogue,
                begun.offset_bytes,
                &begun.history,
            ),
            contents: empty(&begun, spare),
            head: begun.head.clone(),
            from_bytes: begun.offset_bytes,
            is_first: true,
            begun,
        }
    }

    /// Decodes the next bytes; sends what batches get full. False if nobody wants them.
    fn take(
        &mut self,
        block: &[u8],
        batches: &Outlet,
        spare: &Receiver<Contents>,
        long: &mut Holder,
    ) -> bool {
        let was_short = self.held_bytes() < LONG_BYTES;
        let missing = FINGERPRINT_BYTES.saturating_sub(self.head.len());
        self.head.extend_from_slice(&block[..missing.min(block.len())]);
        for piece in block.chunks(DECODE_STEP_BYTES) {
            self.decoder.push(piece, &mut self.contents);
            if was_short && self.held_bytes() < LONG_BYTES {
                // By now the decoder has given back what it had for a long one.
                long.is_done();
            }
            if self.contents.is_full() {
                let next = empty(&self.begun, spare);
                let contents = std::mem::replace(&mut self.contents, next);
                let batch = self.cut(contents, None, long);
                if !batches.send(batch) {
                    return false;
                }
            }
        }
        true
    }

    /// Sends the file's last batch.
    fn end(mut self, end: End, batches: &Outlet, long: &Holder) -> bool {
        let is_cut_off = matches!(end, End::Reached(Ending::CutOff));
        let trouble = match end {
            End::Reached(ending) => {
                self.decoder.end(&mut self.contents);
                if let Ending::Damaged(damage) = ending {
                    // The damage has no place in the inflated content but behind all of it.
                    self.contents.reject(Reject {
                        offset_bytes: self.decoder.end_offset(),
                        reason: Reason::BadGzip,
                        detail: format!("{} at compressed offset {}", damage.detail, damage.offset_bytes),
                        span: damage.span,
                    });
                }
                None
            }
            // Nothing is known of what stands behind, so nothing is decided about an unfinished record.
            End::Failed(text) => Some((Trouble::Unreadable, format!("reading stopped: {text}"))),
        };
        let tail_bytes = self.decoder.end_offset() - self.decoder.final_offset();
        let contents = std::mem::take(&mut self.contents);
        let batch = self.cut(contents, Some(FileEnd { tail_bytes, is_cut_off, trouble }), long);
        batches.send(batch)
    }

    /// What is held of the file: bytes that are not decided on, and what became of others and is not sent.
    fn held_bytes(&self) -> u64 {
        self.decoder.end_offset() - self.decoder.final_offset() + self.contents.size_bytes() as u64
    }

    fn cut(&mut self, mut contents: Contents, end: Option<FileEnd>, long: &Holder) -> Batch {
        contents.trim();
        let to_bytes = self.decoder.final_offset();
        let batch = Batch {
            file: self.begun.clone(),
            contents,
            from_bytes: self.from_bytes,
            to_bytes,
            fingerprint: Fingerprint::at(to_bytes, &self.head, self.decoder.history()),
            end,
            is_first: self.is_first,
            leave: long.leave(),
        };
        self.from_bytes = to_bytes;
        self.is_first = false;
        batch
    }
}

fn empty(begun: &Begun, spare: &Receiver<Contents>) -> Contents {
    let mut contents = spare.try_recv().unwrap_or_default();
    contents.clear(&begun.work.device);
    contents
}

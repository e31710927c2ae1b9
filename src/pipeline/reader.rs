//! The reader's thread: opens files, finds out where to go on in them, and reads their bytes ahead of the parser.

use super::Shared;
use super::batch::{Begun, Fingerprint};
use super::read::{Ending, Resume, Source, Step};
use super::work::{Trouble, Unopened, Work, is_compressed_beside};
use crate::db::types::Micros;
use crate::error::Result;
use crossbeam_channel::{Receiver, Sender};
use std::io;
use std::path::Path;
use std::sync::Arc;

/// What a reader hands to its parser: for each file a `Begin`, its bytes, and an `End`; or a `Failed` alone.
pub(super) enum Piece {
    Begin(Arc<Begun>),
    Bytes(Vec<u8>),
    End(End),
    /// The file could not even be opened.
    Failed(Box<Unopened>),
}

/// How reading a file ended.
pub(super) enum End {
    /// At its end, in whatever state that is.
    Reached(Ending),
    /// With an error; what was read before counts.
    Failed(String),
}

/// Runs until there is no more work, or nobody who wants the pieces.
pub(super) fn run(
    shared: &Shared,
    work: &Receiver<Work>,
    pieces: &Sender<Piece>,
    spare: &Receiver<Vec<u8>>,
) -> Result<()> {
    for work in work {
        if shared.is_halted() {
            break;
        }
        if !read(shared, work, pieces, spare) {
            break;
        }
    }
    Ok(())
}

/// Reads one file; false if nobody wants its pieces any more.
fn read(shared: &Shared, work: Work, pieces: &Sender<Piece>, spare: &Receiver<Vec<u8>>) -> bool {
    let (mut source, begun) = match begin(work) {
        Ok(begun) => begun,
        Err(unopened) => return pieces.send(Piece::Failed(unopened)).is_ok(),
    };
    if pieces.send(Piece::Begin(Arc::new(begun))).is_err() {
        return false;
    }
    loop {
        if shared.is_halted() {
            return false;
        }
        let mut block = spare.try_recv().unwrap_or_default();
        let piece = match source.read_block(&mut block) {
            Ok(Step::Block) => Piece::Bytes(block),
            Ok(Step::End(ending)) => Piece::End(End::Reached(ending)),
            Err(error) => Piece::End(End::Failed(error.to_string())),
        };
        let was_last = matches!(piece, Piece::End(_));
        if pieces.send(piece).is_err() {
            return false;
        }
        if was_last {
            return true;
        }
    }
}

/// Opens a file and puts it where reading has to go on: behind what is loaded, if the bytes there are still the same.
fn begin(work: Work) -> std::result::Result<(Source, Begun), Box<Unopened>> {
    let opened = is_regular(&work.path)
        .and_then(|()| Source::open(&work.path, work.kind))
        .and_then(|source| place(&work, source));
    match opened {
        Ok((source, placed)) => {
            let begun = Begun {
                size_bytes_seen: source.size_bytes() as i64,
                modification_time_seen: Micros::from(source.modified()),
                generation: placed.generation,
                offset_bytes: placed.offset_bytes,
                head: placed.resume.head,
                history: placed.resume.history,
                is_replaced: placed.is_replaced,
                work,
            };
            Ok((source, begun))
        }
        Err(error) => {
            let defect = defect(&work, &error);
            Err(Box::new(Unopened { work, defect }))
        }
    }
}

/// What is lost with a file that can't be opened. It may have waited long, and its content stand in a compressed one by
/// now, which is a file of its own.
fn defect(work: &Work, error: &io::Error) -> Option<(Trouble, String)> {
    match error.kind() {
        io::ErrorKind::NotFound if is_compressed_beside(&work.path) => None,
        io::ErrorKind::NotFound => {
            Some((Trouble::Gone, "is gone from disk and was not loaded in full".to_owned()))
        }
        _ => Some((Trouble::Unreadable, format!("can't be read: {error}"))),
    }
}

/// Opening a pipe would wait for its writer, and a device may never end.
fn is_regular(path: &Path) -> io::Result<()> {
    if std::fs::metadata(path)?.is_file() { Ok(()) } else { Err(io::Error::other("it is no regular file")) }
}

struct Placed {
    generation: i32,
    offset_bytes: u64,
    resume: Resume,
    is_replaced: bool,
}

fn place(work: &Work, mut source: Source) -> io::Result<(Source, Placed)> {
    let known = work.entry.as_ref().or(work.forerunner.as_ref());
    let generation = work.entry.as_ref().map_or(1, |entry| entry.generation);
    let from_start = |generation, is_replaced| {
        let resume = Resume { head: Vec::new(), history: Vec::new() };
        Placed { generation, offset_bytes: 0, resume, is_replaced }
    };
    let Some(known) = known.filter(|known| known.resume_bytes > 0) else {
        return Ok((source, from_start(generation, false)));
    };
    let offset_bytes = known.resume_bytes as u64;
    if let Some(resume) = source.resume(offset_bytes, &mut Vec::new())? {
        let found = Fingerprint::of(&resume.head, &resume.history);
        if (found.head_hash, found.history_hash) == (known.head_hash, known.history_hash) {
            return Ok((source, Placed { generation, offset_bytes, resume, is_replaced: false }));
        }
    }
    // Other content than what was loaded: all of it is read, and rows that are there already are found out.
    let is_replaced = work.entry.is_some();
    if is_replaced {
        log::info!("{}: its content was replaced since it was loaded; reading it anew", work.name);
    }
    source.rewind()?;
    Ok((source, from_start(generation + i32::from(is_replaced), is_replaced)))
}

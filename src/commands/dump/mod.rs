//! `xtelemdb dump`: files in, records as JSON out, one a line. Needs no database.

mod output;

use super::Options;
use crate::args::DumpArgs;
use crate::config::event_types::catalogue;
use crate::decode::catalogue::Catalogue;
use crate::decode::{Decoder, Format};
use crate::error::{Error, Exit, Result};
use crate::origin::dump_kind;
use crate::pipeline::read::{Damage, Ending, Source, Step, guess_format};
use crate::record::{Reason, Reject};
use crate::report::log::Verbosity;
use crate::report::summary;
use crate::stop;
use output::Output;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

/// What came of it, for scripts.
#[derive(Serialize)]
struct Summary {
    command: &'static str,
    exit: u8,
    elapsed_s: f64,
    /// Files that were read to their end.
    files: u64,
    files_failed: u64,
    /// Bytes of these files; of compressed ones, inflated.
    bytes: u64,
    records: u64,
    rejected: BTreeMap<&'static str, u64>,
    tail_bytes: u64,
}

/// Runs the command.
pub fn run(args: &DumpArgs, event_types: Option<&Path>, options: &Options) -> Result<Exit> {
    let started = Instant::now();
    let event_types = args.event_types.as_deref().or(event_types);
    let mut dump = Dump {
        catalogue: catalogue(event_types)?,
        output: Output::new(options.verbosity > Verbosity::Quiet),
        block: Vec::new(),
        files: 0,
        files_failed: 0,
        bytes: 0,
    };
    for path in &args.files {
        dump.output.begin_file(path);
        let read = dump.file(path);
        dump.output.flush();
        match read {
            Ok(()) => dump.files += 1,
            Err(Stop::File(error)) => {
                dump.output.note(format_args!("can't read this file: {error}"));
                dump.output.flush();
                dump.files_failed += 1;
            }
            Err(Stop::Run(error)) => return Err(error),
        }
        // A reader that closes early has read enough.
        if dump.output.is_closed()? {
            break;
        }
    }
    let exit = dump.exit();
    if options.json {
        summary::print_json_on_stderr(&dump.summary(exit, started))?;
    }
    Ok(exit)
}

/// One run over all files.
struct Dump {
    catalogue: Arc<Catalogue>,
    output: Output,
    /// Recycled from block to block.
    block: Vec<u8>,
    files: u64,
    files_failed: u64,
    bytes: u64,
}

/// Why a file was not read to its end.
enum Stop {
    /// The file's fault; the others are read.
    File(io::Error),
    /// The run is over.
    Run(Error),
}

impl Dump {
    fn file(&mut self, path: &Path) -> std::result::Result<(), Stop> {
        let (mut source, known_format) = open(path).map_err(Stop::File)?;
        let mut decoder = None;
        let ending = loop {
            self.block.clear();
            let step = source.read_block(&mut self.block).map_err(Stop::File)?;
            // An input that ends with Ctrl-C has not ended.
            stop::check().map_err(Stop::Run)?;
            match step {
                Step::End(ending) => break ending,
                Step::Block => {}
            }
            let decoder = decoder.get_or_insert_with(|| {
                let format = known_format.unwrap_or_else(|| guess_format(&self.block));
                Decoder::new(format, &self.catalogue, 0, &[])
            });
            decoder.push(&self.block, &mut self.output);
            self.bytes += self.block.len() as u64;
            self.output.flush();
            if self.output.is_broken() {
                return Ok(());
            }
        };
        let (mut final_offset, mut end_offset) = (0, 0);
        if let Some(decoder) = &mut decoder {
            decoder.end(&mut self.output);
            (final_offset, end_offset) = (decoder.final_offset(), decoder.end_offset());
        }
        self.output.tail(final_offset, end_offset, matches!(ending, Ending::CutOff));
        if let Ending::Damaged(Damage { detail, span, .. }) = ending {
            let reject = Reject { offset_bytes: end_offset, reason: Reason::BadGzip, detail, span };
            self.output.reject_line(&reject);
        }
        Ok(())
    }

    fn exit(&self) -> Exit {
        match self.files_failed {
            0 if self.output.rejected.is_empty() => Exit::Done,
            0 => Exit::Partly,
            // A file that failed half way has still given its bytes.
            _ if self.files == 0 && self.bytes == 0 => Exit::Failed,
            _ => Exit::Partly,
        }
    }

    fn summary(&self, exit: Exit, started: Instant) -> Summary {
        Summary {
            command: "dump",
            exit: exit as u8,
            elapsed_s: summary::seconds(started.elapsed()),
            files: self.files,
            files_failed: self.files_failed,
            bytes: self.bytes,
            records: self.output.records,
            rejected: self.output.rejected.clone(),
            tail_bytes: self.output.tail_bytes,
        }
    }
}

/// Opens a file, or stdin. Where the name does not tell the format, the first bytes will.
fn open(path: &Path) -> io::Result<(Source, Option<Format>)> {
    if path == Path::new("-") {
        return Ok((Source::from_reader(Box::new(io::stdin()), None)?, None));
    }
    match dump_kind(&path.file_name().unwrap_or_default().to_string_lossy()) {
        Some(kind) => Ok((Source::open(path, kind)?, Some(kind.into()))),
        None => Ok((Source::from_reader(Box::new(File::open(path)?), None)?, None)),
    }
}

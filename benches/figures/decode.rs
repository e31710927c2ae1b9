//! Decoding without a database: `.bintel` to rows on one thread, and `.ndjson.gz` on two against inflating alone.

use crate::bench::Bench;
use crate::figure::Figure;
use crate::rows::Collected;
use crossbeam_channel::bounded;
use flate2::{Decompress, FlushDecompress, Status};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};
use xtelemdb::decode::catalogue::Catalogue;
use xtelemdb::decode::{Decoder, Format};
use xtelemdb::error::{Error, Result};
use xtelemdb::limits::{BLOCKS_AHEAD, READ_BLOCK_BYTES};
use xtelemdb::origin::{self, Kind};
use xtelemdb::pipeline::read::{Source, Step};

/// `decode`
pub fn decode(bench: &Bench) -> Result<Vec<Figure>> {
    let night = bench.data.night()?;
    let files = night.in_order()?;
    let catalogue = Arc::new(Catalogue::builtin());
    let work = format!("decode {:.2} M .bintel records, 1 thread", night.records as f64 / 1e6);
    let mut figure = Figure::new(work, "records/s", ">= 2,000,000 records/s");
    let mut rows = Collected::new("");
    for _ in 0..bench.rounds {
        let before = rows.records;
        let mut elapsed = Duration::ZERO;
        for file in &files {
            let content = fs::read(file).map_err(Error::file("read", file))?;
            rows.set_device(origin::device(&file.to_string_lossy()));
            let started = Instant::now();
            rows.decode_all(&catalogue, &content, |_| Ok(())).map_err(Error::file("decode", file))?;
            elapsed += started.elapsed();
        }
        let records = rows.records - before;
        if records != night.records || rows.rejects > 0 {
            return Err(Error::Failed(format!("{records} records instead of {}", night.records)));
        }
        figure.add((records as f64 / elapsed.as_secs_f64()).into());
    }
    Ok(vec![figure])
}

/// `ndjson`
pub fn ndjson(bench: &Bench) -> Result<Vec<Figure>> {
    let path = bench.data.ndjson()?;
    let packed = fs::read(&path).map_err(Error::file("read", &path))?;
    let megabytes = inflate(&packed)? as f64 / 1e6;
    let work = format!("read .ndjson.gz, {megabytes:.0} MB inflated, 2 threads");
    let mut figure = Figure::new(work, "MB/s", ">= 0.8 of the limit").against("zlib-rs only inflating");
    figure.alternate(
        bench.rounds,
        &mut (),
        |()| {
            let started = Instant::now();
            read_and_parse(&path)?;
            Ok((megabytes / started.elapsed().as_secs_f64()).into())
        },
        |()| {
            let started = Instant::now();
            inflate(&packed)?;
            Ok(megabytes / started.elapsed().as_secs_f64())
        },
    )?;
    Ok(vec![figure])
}

/// A reader's and a parser's thread as a lane has them, with as many blocks on the way.
fn read_and_parse(path: &Path) -> Result<()> {
    let mut source = Source::open(path, Kind::NdjsonGz).map_err(Error::file("open", path))?;
    let (block_out, block_in) = bounded::<Vec<u8>>(BLOCKS_AHEAD);
    let (spare_out, spare_in) = bounded::<Vec<u8>>(BLOCKS_AHEAD + 2);
    let parser = thread::spawn(move || {
        let mut decoder = Decoder::new(Format::Ndjson, &Arc::new(Catalogue::builtin()), 0, &[]);
        let mut rows = Collected::new("all");
        for block in block_in {
            decoder.push(&block, &mut rows);
            // Nobody misses a block that finds no room among the spare ones.
            let _ = spare_out.try_send(block);
            if rows.is_full() {
                rows.recycle();
            }
        }
        decoder.end(&mut rows);
        (rows.records, rows.rejects)
    });
    loop {
        let mut block = spare_in.try_recv().unwrap_or_default();
        match source.read_block(&mut block).map_err(Error::file("read", path))? {
            Step::End(_) => break,
            Step::Block if block_out.send(block).is_err() => break,
            Step::Block => {}
        }
    }
    drop(block_out);
    match parser.join() {
        Ok((records, 0)) if records > 0 => Ok(()),
        Ok((records, rejects)) => Err(Error::Failed(format!("{records} records, {rejects} rejects"))),
        Err(_) => Err(Error::Failed("the parser panicked".into())),
    }
}

/// Inflates all members and does nothing else, not even the checksum; the number of bytes that come out.
fn inflate(packed: &[u8]) -> Result<u64> {
    const TRAILER_BYTES: usize = 8;
    let damaged = || Error::Failed("the .ndjson.gz of the bench is damaged: remove it".into());
    let mut out = vec![0; READ_BLOCK_BYTES];
    let mut inflated_bytes = 0;
    let mut at = 0;
    while at < packed.len() {
        at += header_length(&packed[at..]).ok_or_else(damaged)?;
        let mut inflate = Decompress::new(false);
        loop {
            let before = inflate.total_in();
            let ahead = &packed[at..packed.len().min(at + READ_BLOCK_BYTES)];
            let status = inflate.decompress(ahead, &mut out, FlushDecompress::None).map_err(|_| damaged())?;
            at += (inflate.total_in() - before) as usize;
            if status == Status::StreamEnd {
                break;
            }
            if ahead.is_empty() {
                return Err(damaged());
            }
        }
        inflated_bytes += inflate.total_out();
        at += TRAILER_BYTES;
    }
    Ok(inflated_bytes)
}

/// Of a gzip header that has a name at most.
fn header_length(bytes: &[u8]) -> Option<usize> {
    const FIXED_BYTES: usize = 10;
    const HAS_NAME: u8 = 8;
    match *bytes.get(3)? {
        0 => Some(FIXED_BYTES),
        HAS_NAME => Some(FIXED_BYTES + memchr::memchr(0, bytes.get(FIXED_BYTES..)?)? + 1),
        _ => None,
    }
}

//! A night into an empty database, again, and where all its rows are: against psql's COPY of the finished rows.

use crate::bench::{Bench, EMPTY};
use crate::data::Night;
use crate::figure::{Figure, Sample};
use crate::process::together;
use crate::rows::Collected;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::sync::Arc;
use xtelemdb::decode::catalogue::Catalogue;
use xtelemdb::error::{Error, Result};
use xtelemdb::origin;

/// The inventory of the night, and no row.
const READY: &str = "ready";
/// What a round works on.
const ROUND: &str = "round";
/// The night loaded.
const LOADED: &str = "loaded";

/// As many as the limit has, and as ingest has on two cores.
const CONNECTIONS: usize = 2;
const COPY_HEADER: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
const COPY_TRAILER: &[u8] = &(-1i16).to_be_bytes();
const LIMIT: &str = "psql \\copy of the finished rows, 2 connections";

/// `night`
pub fn night(bench: &Bench) -> Result<Vec<Figure>> {
    let night = bench.data.night()?;
    let finished = finished_rows(bench, &night)?;
    ready(bench, &night)?;
    let mut figure = Figure::new(label("night", &night), "rows/s", ">= 0.95 of the limit").against(LIMIT);
    let load = |(): &mut ()| {
        bench.server()?.recreate(ROUND, READY)?;
        let run = bench.ingest(ROUND)?;
        run.expect("rows_new", night.records)?;
        Ok(Sample { value: night.records as f64 / run.elapsed.as_secs_f64(), peak_bytes: run.peak_bytes })
    };
    figure.alternate(bench.rounds, &mut (), load, |()| copy(bench, &night, &finished))?;
    Ok(vec![figure])
}

/// `again`
pub fn again(bench: &Bench) -> Result<Vec<Figure>> {
    let night = bench.data.night()?;
    loaded(bench, &night)?;
    let mut figure = Figure::new(label("the same night again", &night), "s", "< 0.3 s");
    for _ in 0..bench.rounds {
        let run = bench.ingest(LOADED)?;
        run.expect("files_unchanged", night.files)?;
        figure.add(Sample { value: run.elapsed.as_secs_f64(), peak_bytes: run.peak_bytes });
    }
    Ok(vec![figure])
}

/// `conflict`
pub fn conflict(bench: &Bench) -> Result<Vec<Figure>> {
    let night = bench.data.night()?;
    let finished = finished_rows(bench, &night)?;
    loaded(bench, &night)?;
    ready(bench, &night)?;
    let mut figure = Figure::new(label("all rows there, no ledger", &night), "rows/s", ">= 0.8 of the limit")
        .against(LIMIT);
    let load = |(): &mut ()| {
        let forget = "TRUNCATE xtelemdb.ledger, xtelemdb.rejects, public.file_ingest_times";
        bench.server()?.sql(LOADED, &[forget, "CHECKPOINT"])?;
        let run = bench.ingest(LOADED)?;
        run.expect("rows_already_there", night.records)?;
        Ok(Sample { value: night.records as f64 / run.elapsed.as_secs_f64(), peak_bytes: run.peak_bytes })
    };
    figure.alternate(bench.rounds, &mut (), load, |()| copy(bench, &night, &finished))?;
    Ok(vec![figure])
}

fn label(work: &str, night: &Night) -> String {
    format!("{work}: {} files, {:.2} M records", night.files, night.records as f64 / 1e6)
}

/// Makes the database that knows the files, unless another row did.
fn ready(bench: &Bench, night: &Night) -> Result<()> {
    let server = bench.server()?;
    if server.has(READY)? {
        return Ok(());
    }
    server.recreate(READY, EMPTY)?;
    bench.inventory(READY, &night.folder)?.expect("new", night.files)
}

/// Makes the database that has the night, unless another row did. Vacuumed, as it would be the day after.
fn loaded(bench: &Bench, night: &Night) -> Result<()> {
    let server = bench.server()?;
    if server.has(LOADED)? {
        return Ok(());
    }
    ready(bench, night)?;
    server.recreate(LOADED, READY)?;
    bench.ingest(LOADED)?.expect("rows_new", night.records)?;
    server.sql(LOADED, &["VACUUM ANALYZE", "CHECKPOINT"])
}

/// The limit: rows a second of as many psql side by side as there are files of rows.
fn copy(bench: &Bench, night: &Night, finished: &[PathBuf]) -> Result<f64> {
    let server = bench.server()?;
    server.recreate(ROUND, READY)?;
    let commands = finished.iter().map(|path| {
        let columns = "ts, ts_ns, digest, device, prio, ec, msg";
        let path = path.display().to_string().replace('\'', "''");
        server.psql(ROUND, &format!("\\copy public.telem ({columns}) from '{path}' with (format binary)"))
    });
    Ok(night.records as f64 / together(commands.collect())?.as_secs_f64())
}

/// Files of finished rows in COPY's binary form, one for each connection. As in ingest, files are taken in order of
/// time, each by whoever is free next: here by who has fewest bytes.
fn finished_rows(bench: &Bench, night: &Night) -> Result<Vec<PathBuf>> {
    let scratch = bench.data.scratch()?;
    let paths: Vec<PathBuf> = (0..CONNECTIONS).map(|number| scratch.join(format!("rows-{number}"))).collect();
    let mut outs = Vec::new();
    for path in &paths {
        let mut out = BufWriter::new(File::create(path).map_err(Error::file("create", path))?);
        out.write_all(COPY_HEADER).map_err(Error::file("write", path))?;
        outs.push((out, 0, path));
    }
    let catalogue = Arc::new(Catalogue::builtin());
    for file in night.in_order()? {
        let content = fs::read(&file).map_err(Error::file("read", &file))?;
        let device = origin::device(&file.to_string_lossy()).to_owned();
        let Some((out, bytes, path)) = outs.iter_mut().min_by_key(|(_, bytes, _)| *bytes) else { break };
        let mut rows = Collected::new(&device);
        rows.decode_all(&catalogue, &content, |rows| {
            *bytes += rows.len();
            out.write_all(rows)
        })
        .map_err(Error::file("write", path))?;
    }
    for (mut out, _, path) in outs {
        out.write_all(COPY_TRAILER).and_then(|()| out.flush()).map_err(Error::file("write", path))?;
    }
    Ok(paths)
}

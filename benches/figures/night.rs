//! A night into an empty database, again, and where all its rows are: against psql's COPY of the finished rows.

use crate::bench::{Bench, EMPTY};
use crate::data::Night;
use crate::figure::{Figure, Sample};
use crate::finished::{self, LIMIT};
use crate::process::together;
use std::path::PathBuf;
use xtelemdb::error::Result;

/// The inventory of the night, and no row.
const READY: &str = "ready";
/// What a round works on.
const ROUND: &str = "round";
/// The night loaded.
const LOADED: &str = "loaded";

/// `night`
pub fn night(bench: &Bench) -> Result<Vec<Figure>> {
    let night = bench.data.night()?;
    let finished = finished::write(&night.in_order()?, &bench.data.scratch()?)?;
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
    let finished = finished::write(&night.in_order()?, &bench.data.scratch()?)?;
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
    let elapsed = together(finished::copies(server, ROUND, finished))?;
    Ok(night.records as f64 / elapsed.as_secs_f64())
}

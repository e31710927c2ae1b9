//! How loading and queries fare in a table of 50 million rows, which grew in order of time or out of order, beside a table
//! without any; and how the server alone fares, where psql copies finished rows.

use crate::bench::{Bench, EMPTY};
use crate::data::{in_order, write_hours};
use crate::figure::{Figure, Sample};
use crate::finished;
use crate::process::together;
use crate::records::{Device, Stream};
use crate::server::failed;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;
use xtelemdb::error::{Error, Result};
use xtelemdb::report::summary::counted;

/// Hours of all devices that make a million records.
const STEP_HOURS: u64 = 5;
/// Has no divisor in common with any number of steps that is used, so counting by it visits each step once.
const STRIDE: u64 = 17;
/// Devices and hours that are asked for.
const QUERIES: usize = 42;
const QUERY: &str = "
SELECT ts, msg -> $4::text FROM public.telem
WHERE device = $1 AND ts >= $2::text::timestamptz AND ts < $3::text::timestamptz
ORDER BY ts";

/// `growth`: takes long, so it runs only when it is asked for.
pub fn growth(bench: &Bench) -> Result<Vec<Figure>> {
    let steps = bench.data.size(50, 5);
    let devices = bench.data.devices()?;
    let mut figures = order(bench, &devices, "in order of time", "in_order", (0..steps).collect())?;
    let shuffled = (0..steps).map(|step| (step * STRIDE + steps / 2) % steps).collect();
    figures.extend(order(bench, &devices, "out of order", "out_of_order", shuffled)?);
    Ok(figures)
}

/// Who loads, and where to.
#[derive(Clone, Copy)]
enum Loader {
    Ingest,
    Psql,
}

const LOADERS: [(Loader, &str, &str); 2] =
    [(Loader::Ingest, "ingest", ">= 0.9 of the first"), (Loader::Psql, "psql \\copy", "")];

/// The database in which a loader finds no row.
const FRESH: &str = "fresh";

/// A million records, ready to be loaded.
struct Million {
    folder: PathBuf,
    records: u64,
    /// As rows, for psql.
    finished: Vec<PathBuf>,
}

/// What loading them took.
struct Taken {
    rows_per_second: f64,
    /// CPU time of the server.
    server_seconds: f64,
    peak_bytes: Option<u64>,
}

/// Loads the steps in this order, a million records each: by ingest into one database, and by psql into another that grows
/// alike. The last fifth is loaded into databases without a row as well, by turns: so the machine is the same for the
/// first million and for the last.
fn order(
    bench: &Bench,
    devices: &[Device],
    name: &str,
    database: &str,
    steps: Vec<u64>,
) -> Result<Vec<Figure>> {
    let server = bench.server()?;
    let beside = format!("{database}_psql");
    let grown = |loader| if matches!(loader, Loader::Ingest) { database } else { &beside };
    server.recreate(database, EMPTY)?;
    server.recreate(&beside, EMPTY)?;
    let compared = steps.len().div_ceil(5);
    let mut figures: Vec<[Figure; 2]> =
        LOADERS.iter().map(|entry| loading(entry, name, steps.len())).collect();
    for (number, step) in steps.iter().enumerate() {
        let million = million(bench, devices, *step)?;
        let is_compared = number + compared >= steps.len();
        for (&(loader, ..), [speed, work]) in LOADERS.iter().zip(&mut figures) {
            for turn in 0..2 {
                if (number + turn) % 2 == 0 {
                    let taken = load(bench, loader, grown(loader), &million)?;
                    if is_compared {
                        speed.add(Sample { value: taken.rows_per_second, peak_bytes: taken.peak_bytes });
                        work.add(taken.server_seconds.into());
                    }
                } else if is_compared {
                    server.recreate(FRESH, EMPTY)?;
                    let taken = load(bench, loader, FRESH, &million)?;
                    speed.add_limit(taken.rows_per_second);
                    work.add_limit(taken.server_seconds);
                }
            }
        }
        crate::say(&format!("{name}: {} of {} million", number + 1, steps.len()));
        // What is loaded is not needed on disk any more.
        fs::remove_dir_all(&million.folder).map_err(Error::file("remove", &million.folder))?;
    }
    let mut figures: Vec<Figure> = figures.into_iter().flatten().collect();
    figures.extend(ask(bench, devices, database, &format!("of {} M rows, {name}", steps.len()))?);
    // Both orders at once would take twice the disk.
    for database in [database, &beside, FRESH] {
        server.sql("postgres", &[&format!("DROP DATABASE {database} WITH (FORCE)")])?;
    }
    Ok(figures)
}

/// How fast a loader is, and what the server works for it.
fn loading((_, loader, target): &(Loader, &str, &'static str), name: &str, millions: usize) -> [Figure; 2] {
    let size = format!("the last of {millions} M rows, {name}");
    let first = "the same as the first";
    let speed = Figure::new(format!("{loader}: rows/s of {size}"), "rows/s", target).against(first);
    let work =
        Figure::new(format!("{loader}: the server's CPU for a million, {size}"), "s", "").against(first);
    [speed, work]
}

/// Makes the records of a step.
fn million(bench: &Bench, devices: &[Device], step: u64) -> Result<Million> {
    let folder = bench.data.scratch()?.join("growth");
    if folder.exists() {
        // Left by a bench that was ended.
        fs::remove_dir_all(&folder).map_err(Error::file("remove", &folder))?;
    }
    let mut streams: Vec<Stream<'_>> =
        devices.iter().map(|device| device.stream(step * STEP_HOURS)).collect();
    let (_, records, _) = write_hours(&mut streams, STEP_HOURS, &folder)?;
    let finished = finished::write(&in_order(&folder)?, &bench.data.scratch()?)?;
    Ok(Million { folder, records, finished })
}

/// Loads a million records.
fn load(bench: &Bench, loader: Loader, database: &str, million: &Million) -> Result<Taken> {
    let server = bench.server()?;
    if matches!(loader, Loader::Ingest) {
        bench.inventory(database, &million.folder)?;
    }
    server.sql("postgres", &["CHECKPOINT"])?;
    let before_seconds = server.cpu_seconds()?;
    let (elapsed, peak_bytes) = match loader {
        Loader::Ingest => {
            let run = bench.ingest(database)?;
            run.expect("rows_new", million.records)?;
            (run.elapsed, run.peak_bytes)
        }
        Loader::Psql => (together(finished::copies(server, database, &million.finished))?, None),
    };
    Ok(Taken {
        rows_per_second: million.records as f64 / elapsed.as_secs_f64(),
        server_seconds: server.cpu_seconds()? - before_seconds,
        peak_bytes,
    })
}

/// Asks for hours all over the table, a device at a time; each answer is fetched to its end. Each is asked for twice: the
/// first time what it takes may have to come from disk. The slowest is named, since answers differ much in size.
fn ask(bench: &Bench, devices: &[Device], database: &str, of: &str) -> Result<[Figure; 2]> {
    let mut figures = ["", "asked again, "].map(|which| {
        Figure::new(format!("one key of one device over one hour, {which}{of}"), "ms", "< 20 ms")
    });
    let mut slowest = [const { (0.0, String::new()) }; 2];
    let mut client = bench.server()?.client(database)?;
    let spans = "SELECT device, min(ts)::text, (max(ts) - interval '1 hour')::text, extract(epoch FROM max(ts) - min(ts)) \
                 FROM public.telem WHERE device = $1 GROUP BY device";
    let key = "SELECT k FROM (SELECT msg FROM public.telem WHERE device = $1 LIMIT 1) AS t, jsonb_object_keys(msg) AS k \
               LIMIT 1";
    let statement = client.prepare(QUERY).map_err(|error| failed(&error))?;
    for number in 0..QUERIES {
        let device = &devices[number % devices.len()].name;
        let key: String = client.query_one(key, &[device]).map_err(|error| failed(&error))?.get(0);
        let span = client.query_one(spans, &[device]).map_err(|error| failed(&error))?;
        let first: String = span.get(1);
        // Spread evenly from the first hour to the last.
        let place = number as f64 / QUERIES as f64;
        let bounds = "SELECT ($1::text::timestamptz + ($2::text::timestamptz - $1::text::timestamptz) * $3)::text, \
                      ($1::text::timestamptz + ($2::text::timestamptz - $1::text::timestamptz) * $3 \
                       + interval '1 hour')::text";
        let last: String = span.get(2);
        let bounds = client.query_one(bounds, &[&first, &last, &place]).map_err(|error| failed(&error))?;
        let (from, to): (String, String) = (bounds.get(0), bounds.get(1));
        for (figure, slowest) in figures.iter_mut().zip(&mut slowest) {
            let started = Instant::now();
            let rows =
                client.query(&statement, &[device, &from, &to, &key]).map_err(|error| failed(&error))?;
            let milliseconds = started.elapsed().as_secs_f64() * 1e3;
            figure.add(milliseconds.into());
            if rows.is_empty() {
                return Err(Error::Failed(format!("no rows of {device} from {from} to {to}")));
            }
            if milliseconds > slowest.0 {
                *slowest =
                    (milliseconds, format!("{key} of {device}, {}", counted(rows.len() as u64, "row")));
            }
        }
    }
    for (figure, (_, which)) in figures.iter_mut().zip(slowest) {
        figure.work.push_str(&format!("; slowest: {which}"));
    }
    Ok(figures)
}

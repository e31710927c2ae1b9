//! How loading and queries fare while the table grows to 50 million rows, in order of time and out of order; and how the
//! server alone fares, where psql copies finished rows into a table that grows alike.

use crate::bench::{Bench, EMPTY};
use crate::data::{in_order, write_hours};
use crate::figure::{Figure, Limit};
use crate::finished;
use crate::process::together;
use crate::records::{Device, Stream};
use crate::server::failed;
use std::fs;
use std::time::Instant;
use xtelemdb::error::{Error, Result};

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

/// What loading a million records took.
struct Step {
    rows_per_second: f64,
    /// CPU time of the server.
    server_seconds: f64,
    peak_bytes: Option<u64>,
}

/// Loads the steps in this order, a million records each: by ingest into one database, and by psql, as finished rows, into
/// another that grows alike. What is compared is a tenth of them at either end.
fn order(
    bench: &Bench,
    devices: &[Device],
    name: &str,
    database: &str,
    steps: Vec<u64>,
) -> Result<Vec<Figure>> {
    let server = bench.server()?;
    let beside = format!("{database}_psql");
    server.recreate(database, EMPTY)?;
    server.recreate(&beside, EMPTY)?;
    let folder = bench.data.scratch()?.join("growth");
    let (mut ingested, mut copied) = (Vec::new(), Vec::new());
    for (number, step) in steps.iter().enumerate() {
        // What is loaded is not needed on disk any more.
        let _ = fs::remove_dir_all(&folder);
        let mut streams: Vec<Stream<'_>> =
            devices.iter().map(|device| device.stream(step * STEP_HOURS)).collect();
        let (_, records, _) = write_hours(&mut streams, STEP_HOURS, &folder)?;
        bench.inventory(database, &folder)?;
        let finished = finished::write(&in_order(&folder)?, &bench.data.scratch()?)?;
        for turn in 0..2 {
            server.sql("postgres", &["CHECKPOINT"])?;
            let before_seconds = server.cpu_seconds()?;
            let is_ingest = (number + turn) % 2 == 0;
            let (elapsed, peak_bytes) = if is_ingest {
                let run = bench.ingest(database)?;
                run.expect("rows_new", records)?;
                (run.elapsed, run.peak_bytes)
            } else {
                (together(finished::copies(server, &beside, &finished))?, None)
            };
            let samples = if is_ingest { &mut ingested } else { &mut copied };
            samples.push(Step {
                rows_per_second: records as f64 / elapsed.as_secs_f64(),
                server_seconds: server.cpu_seconds()? - before_seconds,
                peak_bytes,
            });
        }
        crate::say(&format!("{name}: {} of {} million", number + 1, steps.len()));
    }
    let compared = steps.len().div_ceil(10);
    let size = format!("of {} M rows, {name}", steps.len());
    let (last, first) = (format!("the last {compared} {size}"), format!("the first {compared} M"));
    let (early, late) = (0..compared, steps.len() - compared..steps.len());

    let mut figures = Vec::new();
    for (loader, steps, target) in
        [("ingest", &ingested, ">= 0.9 of the first"), ("psql \\copy", &copied, "")]
    {
        let mut loading = Figure::new(format!("{loader}: rows/s of {last}"), "rows/s", target);
        loading.measured = steps[late.clone()].iter().map(|step| step.rows_per_second).collect();
        let measured = steps[early.clone()].iter().map(|step| step.rows_per_second).collect();
        loading.limit = Some(Limit { work: first.clone(), measured });
        loading.peak_bytes = steps.iter().filter_map(|step| step.peak_bytes).max();
        let mut working = Figure::new(format!("{loader}: the server's CPU, a million of {last}"), "s", "");
        working.measured = steps[late.clone()].iter().map(|step| step.server_seconds).collect();
        let measured = steps[early.clone()].iter().map(|step| step.server_seconds).collect();
        working.limit = Some(Limit { work: first.clone(), measured });
        figures.extend([loading, working]);
    }

    let mut asking = Figure::new(format!("one key of one device over one hour, {size}"), "ms", "< 20 ms");
    ask(bench, devices, database, &mut asking)?;
    figures.push(asking);
    let _ = fs::remove_dir_all(&folder);
    // Both orders at once would take twice the disk.
    for database in [database, &beside] {
        server.sql("postgres", &[&format!("DROP DATABASE {database} WITH (FORCE)")])?;
    }
    Ok(figures)
}

/// Asks for hours all over the table, a device at a time; each answer is fetched to its end.
fn ask(bench: &Bench, devices: &[Device], database: &str, figure: &mut Figure) -> Result<()> {
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
        let started = Instant::now();
        let rows = client.query(&statement, &[device, &from, &to, &key]).map_err(|error| failed(&error))?;
        figure.add((started.elapsed().as_secs_f64() * 1e3).into());
        if rows.is_empty() {
            return Err(Error::Failed(format!("no rows of {device} from {from} to {to}")));
        }
    }
    Ok(())
}

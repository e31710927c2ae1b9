//! Peak memory of `ingest` on files that are hard on it, and how long the program takes to start.

use crate::bench::{Bench, EMPTY};
use crate::figure::{Figure, Sample};
use crate::process::together;
use std::path::Path;
use std::process::Command;
use xtelemdb::error::{Error, Result};
use xtelemdb::report::summary::bytes;

/// What a file is loaded into.
const ROUND: &str = "memory";
const STARTS: usize = 50;

/// `memory`: once each, since the peak depends little on chance.
pub fn memory(bench: &Bench) -> Result<Vec<Figure>> {
    let data = &bench.data;
    let mut figures = Vec::new();
    for (name, folder) in [
        ("one huge .bintel", data.huge_bintel()?),
        ("one huge line in an .ndjson", data.huge_line()?),
        ("a 1,000:1 .ndjson.gz", data.huge_gzip()?),
    ] {
        bench.server()?.recreate(ROUND, EMPTY)?;
        bench.inventory(ROUND, &folder)?;
        let run = bench.ingest(ROUND)?;
        let read_bytes = run.count("bytes_read")?;
        if run.count("files_read")? != 1 || read_bytes == 0 {
            return Err(Error::Failed(format!("{} was not read: {}", folder.display(), run.summary)));
        }
        let work = format!("{name}, {}, {} on disk, once", bytes(read_bytes), bytes(size_bytes(&folder)?));
        let mut figure = Figure::new(work, "s", "< 64 MB");
        figure.add(Sample { value: run.elapsed.as_secs_f64(), peak_bytes: run.peak_bytes });
        figures.push(figure);
    }
    Ok(figures)
}

/// `start`
pub fn start(bench: &Bench) -> Result<Vec<Figure>> {
    let milliseconds = |command: Command| Ok(together(vec![command])?.as_secs_f64() * 1e3);
    let mut figure =
        Figure::new(format!("xtelemdb --version, {STARTS} times"), "ms", "< 3 ms").against("/bin/true");
    let version = |(): &mut ()| {
        let mut command = Command::new(bench.program.path());
        command.arg("--version");
        Ok(Sample::from(milliseconds(command)?))
    };
    figure.alternate(STARTS, &mut (), version, |()| milliseconds(Command::new("/bin/true")))?;
    Ok(vec![figure])
}

/// The bytes of all files in a folder.
fn size_bytes(folder: &Path) -> Result<u64> {
    let files = crate::records::entries(folder)?;
    Ok(files.iter().filter_map(|file| file.metadata().ok()).map(|file| file.len()).sum())
}

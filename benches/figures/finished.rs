//! What loading is measured against: `psql` that copies finished rows, decoded and encoded before the clock starts.

use crate::rows::Collected;
use crate::server::Server;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use xtelemdb::decode::catalogue::Catalogue;
use xtelemdb::error::{Error, Result};
use xtelemdb::origin;

/// As many as the limit has, and as ingest has on two cores.
const CONNECTIONS: usize = 2;
const HEADER: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
const TRAILER: &[u8] = &(-1i16).to_be_bytes();
pub const LIMIT: &str = "psql \\copy of the finished rows, 2 connections";

/// Writes the rows of telemetry files in COPY's binary form, a file for each connection. As in ingest, files are taken
/// in order of time, each by whoever is free next: here by who has fewest bytes.
pub fn write(files: &[PathBuf], scratch: &Path) -> Result<Vec<PathBuf>> {
    let paths: Vec<PathBuf> = (0..CONNECTIONS).map(|number| scratch.join(format!("rows-{number}"))).collect();
    let mut outs = Vec::new();
    for path in &paths {
        let mut out = BufWriter::new(File::create(path).map_err(Error::file("create", path))?);
        out.write_all(HEADER).map_err(Error::file("write", path))?;
        outs.push((out, 0, path));
    }
    let catalogue = Arc::new(Catalogue::builtin());
    for file in files {
        let content = fs::read(file).map_err(Error::file("read", file))?;
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
        out.write_all(TRAILER).and_then(|()| out.flush()).map_err(Error::file("write", path))?;
    }
    Ok(paths)
}

/// A `psql` for each file of rows.
pub fn copies(server: &Server, database: &str, finished: &[PathBuf]) -> Vec<Command> {
    let copy = |path: &PathBuf| {
        let columns = "ts, ts_ns, digest, device, prio, ec, msg";
        let path = path.display().to_string().replace('\'', "''");
        server.psql(database, &format!("\\copy public.telem ({columns}) from '{path}' with (format binary)"))
    };
    finished.iter().map(copy).collect()
}

//! The last line of a backup: a checksum of everything before it. `pg_restore` never reads that far, and checks its data but
//! not its definitions.

use crate::error::{Error, Result};
use crate::limits::READ_BLOCK_BYTES;
use crate::stop;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use xxhash_rust::xxh3::Xxh3;

const BEFORE: &str = "\nxtelemdb backup, XXH3-128 ";

/// A checksum in hexadecimal digits.
const DIGITS: usize = 32;

/// The length of the whole line, in bytes.
const SEAL_BYTES: usize = BEFORE.len() + DIGITS + 1;

/// What a backup's last line says of the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seal {
    /// It is as it was written.
    Whole,
    /// It is not.
    Broken,
    /// There is no such line: `pg_dump` alone made the file, or its end is missing.
    Missing,
}

/// Appends the line. The file is read once for it.
pub(super) fn append(mut file: &File, path: &Path) -> Result<()> {
    let length = file.metadata().map_err(Error::file("look at", path))?.len();
    let line = line(checksum(file, length, path)?);
    file.seek(SeekFrom::Start(length)).map_err(Error::file("write", path))?;
    file.write_all(line.as_bytes()).map_err(Error::file("write", path))
}

/// Compares the line with the rest.
pub(super) fn check(mut file: &File, path: &Path) -> Result<Seal> {
    let length = file.metadata().map_err(Error::file("look at", path))?.len();
    let Some(sealed) = length.checked_sub(SEAL_BYTES as u64) else { return Ok(Seal::Missing) };
    let mut there = [0; SEAL_BYTES];
    file.seek(SeekFrom::Start(sealed))
        .and_then(|_| file.read_exact(&mut there))
        .map_err(Error::file("read", path))?;
    if !there.starts_with(BEFORE.as_bytes()) {
        return Ok(Seal::Missing);
    }
    let is_whole = there == line(checksum(file, sealed, path)?).as_bytes();
    Ok(if is_whole { Seal::Whole } else { Seal::Broken })
}

fn line(checksum: u128) -> String {
    format!("{BEFORE}{checksum:032x}\n")
}

fn checksum(mut file: &File, length: u64, path: &Path) -> Result<u128> {
    file.rewind().map_err(Error::file("read", path))?;
    let mut input = file.take(length);
    let (mut hasher, mut block) = (Xxh3::new(), vec![0; READ_BLOCK_BYTES]);
    loop {
        stop::check()?;
        match input.read(&mut block).map_err(Error::file("read", path))? {
            0 => return Ok(hasher.digest128()),
            read => hasher.update(&block[..read]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn every_changed_byte_and_a_missing_end_are_noticed() {
        let path = std::env::temp_dir().join(format!("xtelemdb-seal-{}", std::process::id()));
        let state = |bytes: &[u8]| {
            fs::write(&path, bytes).unwrap();
            check(&File::open(&path).unwrap(), &path).unwrap()
        };
        assert_eq!(state(b"short"), Seal::Missing);
        fs::write(&path, [7; 1000]).unwrap();
        append(&fs::OpenOptions::new().read(true).write(true).open(&path).unwrap(), &path).unwrap();
        let whole = fs::read(&path).unwrap();
        assert_eq!(state(&whole), Seal::Whole);
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            assert_ne!(state(&changed), Seal::Whole, "byte {at}");
            assert_ne!(state(&whole[..at]), Seal::Whole, "cut at {at}");
        }
        fs::remove_file(&path).unwrap();
    }
}

//! The data of the bench: made once from what is in the repository, kept under target/bench.

use crate::records::{self, Device, Stream};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use xtelemdb::error::{Error, Result};

/// Stands in a folder that is complete, and holds what there is to know of it.
const MARKER: &str = "complete";
const MIB: usize = 1 << 20;

/// Where the data is, and how much of it there is to be.
pub struct Data {
    root: PathBuf,
    is_quick: bool,
}

/// Files of telemetry.
pub struct Night {
    /// The folder to be inventoried.
    pub folder: PathBuf,
    pub files: u64,
    pub records: u64,
}

/// Empty files.
pub struct Tree {
    pub folder: PathBuf,
    pub files: u64,
}

impl Night {
    /// Its files as ingest takes them.
    pub fn in_order(&self) -> Result<Vec<PathBuf>> {
        in_order(&self.folder)
    }
}

impl Data {
    pub fn new(root: &Path, is_quick: bool) -> Result<Self> {
        fs::create_dir_all(root).map_err(Error::file("create", root))?;
        Ok(Self { root: root.to_owned(), is_quick })
    }

    /// A folder for things of one run.
    pub fn scratch(&self) -> Result<PathBuf> {
        let folder = self.root.join("scratch");
        fs::create_dir_all(&folder).map_err(Error::file("create", &folder))?;
        Ok(folder)
    }

    /// One of two sizes.
    pub fn size<T>(&self, full: T, quick: T) -> T {
        if self.is_quick { quick } else { full }
    }

    pub fn devices(&self) -> Result<Vec<Device>> {
        records::devices(&self.root.join("source"))
    }

    /// 42 devices with a file an hour, ten hours long: 420 files with 2.0 M records, at the rates of a real night.
    pub fn night(&self) -> Result<Night> {
        let hours = self.size(10, 1);
        let folder = self.folder("night", |folder| {
            let devices = self.devices()?;
            let mut streams: Vec<Stream<'_>> = devices.iter().map(|device| device.stream(0)).collect();
            let (files, records, _) = write_hours(&mut streams, hours, &folder.join("telem"))?;
            Ok(format!("{files} {records}"))
        })?;
        let counts = fs::read_to_string(folder.join(MARKER)).map_err(Error::file("read", &folder))?;
        let counts: Vec<u64> = counts.split_whitespace().filter_map(|number| number.parse().ok()).collect();
        match counts[..] {
            [files, records] => Ok(Night { folder: folder.join("telem"), files, records }),
            _ => Err(Error::Failed(format!("remove {}: its marker is damaged", folder.display()))),
        }
    }

    /// One `.ndjson.gz` of the Python devices' files, one member behind the other, over and over.
    pub fn ndjson(&self) -> Result<PathBuf> {
        let repeats = self.size(40, 4);
        let folder = self.folder("ndjson", |folder| {
            let path = folder.join("all_2024-04-15T223000.ndjson.gz");
            let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/ndjson");
            let mut out = create(&path)?;
            for _ in 0..repeats {
                for file in records::entries(&source)? {
                    let bytes = fs::read(&file).map_err(Error::file("read", &file))?;
                    out.write_all(&bytes).map_err(Error::file("write", &path))?;
                }
            }
            finish(out, &path)
        })?;
        Ok(folder.join("all_2024-04-15T223000.ndjson.gz"))
    }

    /// 1,000 folders with 1,000 empty files each.
    pub fn tree(&self) -> Result<Tree> {
        let each = self.size(1_000, 100);
        let folder = self.folder("tree", |folder| {
            for number in 0..1_000 {
                empty_files(&folder.join(format!("device{number:03}")), each)?;
            }
            Ok(String::new())
        })?;
        // The marker is a file as well.
        Ok(Tree { folder, files: 1_000 * each + 1 })
    }

    /// One folder with 500,000 empty files.
    pub fn huge_folder(&self) -> Result<Tree> {
        let files = self.size(500_000, 50_000);
        let folder = self.folder("huge", |folder| {
            empty_files(&folder.join("device"), files)?;
            Ok(String::new())
        })?;
        Ok(Tree { folder: folder.join("device"), files })
    }

    /// A `.bintel` of 4 GB. The same records again and again, so that the database stays small.
    pub fn huge_bintel(&self) -> Result<PathBuf> {
        let size_bytes = self.size(4_000 * MIB, 400 * MIB);
        self.folder("huge-bintel", |folder| {
            let devices = self.devices()?;
            let longest =
                devices.iter().map(Device::longest).max_by_key(|record| record.len()).unwrap_or_default();
            let path = folder.join("huge_20240322231415000000000.bintel");
            let mut out = create(&path)?;
            write_repeated(&longest.repeat(1_000), size_bytes, &mut out, &path)?;
            finish(out, &path)
        })
    }

    /// An `.ndjson` whose one line has 2 GB.
    pub fn huge_line(&self) -> Result<PathBuf> {
        let size_bytes = self.size(2_000 * MIB, 200 * MIB);
        self.folder("huge-line", |folder| {
            let path = folder.join("huge_2024-03-22T231415.ndjson");
            let mut out = create(&path)?;
            out.write_all(br#"{"ts":"2024-03-22T23:14:15.000000000","prio":"TELM","ec":"e","msg":""#)
                .map_err(Error::file("write", &path))?;
            write_repeated(&b"a".repeat(MIB), size_bytes, &mut out, &path)?;
            // A line without an end would be a tail.
            out.write_all(b"\"}\n").map_err(Error::file("write", &path))?;
            finish(out, &path)
        })
    }

    /// An `.ndjson.gz` that inflates to a thousand times its size: records, each behind a megabyte of blanks.
    pub fn huge_gzip(&self) -> Result<PathBuf> {
        let lines = self.size(2_000, 200);
        self.folder("huge-gzip", |folder| {
            let path = folder.join("huge_2024-03-22T231415.ndjson.gz");
            let mut out = GzEncoder::new(create(&path)?, Compression::best());
            let record = br#"{"ts":"2024-03-22T23:14:15.000000000","prio":"TELM","ec":"e","msg":{}}"#;
            let line = [&b" ".repeat(MIB), &record[..], b"\n"].concat();
            (0..lines).try_for_each(|_| out.write_all(&line)).map_err(Error::file("write", &path))?;
            finish(out.finish().map_err(Error::file("write", &path))?, &path)
        })
    }

    /// A folder that holds what `make` puts there; made when it is not there complete.
    fn folder(&self, name: &str, make: impl FnOnce(&Path) -> Result<String>) -> Result<PathBuf> {
        let folder = self.root.join(if self.is_quick { format!("{name}-quick") } else { name.to_owned() });
        let marker = folder.join(MARKER);
        if !marker.exists() {
            crate::say(&format!("making {}", folder.display()));
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(&folder).map_err(Error::file("create", &folder))?;
            let note = make(&folder)?;
            fs::write(&marker, note).map_err(Error::file("write", &marker))?;
        }
        Ok(folder)
    }
}

/// Writes the next hours of devices into a folder; the numbers of files and records, and their bytes.
pub fn write_hours(streams: &mut [Stream<'_>], hours: u64, folder: &Path) -> Result<(u64, u64, u64)> {
    let (mut files, mut records, mut bytes) = (0, 0, 0);
    for stream in streams {
        for _ in 0..hours {
            let (more_records, more_bytes) = stream.write_hour(folder)?;
            (files, records, bytes) = (files + 1, records + more_records, bytes + more_bytes);
        }
    }
    Ok((files, records, bytes))
}

/// The files in the folders of a folder, in order of the time in their names.
pub fn in_order(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for folder in records::entries(folder)? {
        files.extend(records::entries(&folder)?);
    }
    files.sort_by_cached_key(|path| {
        path.file_stem().and_then(|stem| stem.to_string_lossy().rsplit('_').next().map(str::to_owned))
    });
    Ok(files)
}

fn empty_files(folder: &Path, count: u64) -> Result<()> {
    fs::create_dir_all(folder).map_err(Error::file("create", folder))?;
    let device = folder.file_name().unwrap_or_default().to_string_lossy();
    for number in 0..count {
        let path = folder.join(format!("{device}_20240322{number:015}.xrif"));
        File::create(&path).map_err(Error::file("create", &path))?;
    }
    Ok(())
}

fn create(path: &Path) -> Result<BufWriter<File>> {
    Ok(BufWriter::with_capacity(MIB, File::create(path).map_err(Error::file("create", path))?))
}

/// Writes a piece again and again until there are so many bytes.
fn write_repeated(piece: &[u8], size_bytes: usize, out: &mut impl Write, path: &Path) -> Result<()> {
    let times = size_bytes.div_ceil(piece.len().max(1));
    (0..times).try_for_each(|_| out.write_all(piece)).map_err(Error::file("write", path))
}

fn finish(mut out: BufWriter<File>, path: &Path) -> Result<String> {
    out.flush().map_err(Error::file("write", path))?;
    Ok(String::new())
}

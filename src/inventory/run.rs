//! A run: the files that a writer holds until it compares and writes them at once.

use crate::db::files::FileRow;
use crate::db::types::Micros;
use crate::limits::INVENTORY_RUN_FILES;
use crate::origin::{name_time, origin_digest, path_to_text};
use crate::walk::{File, Kind, Problem};
use std::borrow::Cow;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// Files with their digests. The texts of the paths stand in one buffer.
#[derive(Default)]
pub(super) struct Run {
    paths: String,
    files: Vec<Entry>,
}

#[derive(Clone, Copy)]
struct Entry {
    digest: [u8; 16],
    path_start: u32,
    path_length: u32,
    size_bytes: i64,
    modified_us: i64,
    created_us: i64,
}

impl Run {
    /// Takes a file. A problem does not mean that it was not taken.
    pub fn push(&mut self, host: &str, path: &[u8], file: &File) -> Option<Problem> {
        let text = match std::str::from_utf8(path) {
            Ok(text) if memchr::memchr(b'\\', path).is_none() => Cow::Borrowed(text),
            _ => Cow::Owned(path_to_text(as_path(path))),
        };
        let (modified, fits) = Micros::nearest(file.modified);
        self.files.push(Entry {
            digest: origin_digest(host, &text),
            // A run is full long before 4 GiB.
            path_start: self.paths.len() as u32,
            path_length: text.len() as u32,
            size_bytes: i64::try_from(file.size_bytes).unwrap_or(i64::MAX),
            modified_us: modified.0,
            created_us: created_us(&text, file).unwrap_or(modified.0),
        });
        self.paths.push_str(&text);
        let detail = || format!("modified {} s after 1970", file.modified.seconds);
        (!fits).then(|| Problem::new(Kind::OddTime, as_path(path), detail()))
    }

    /// Whether it is time to write it, if it may take so much memory.
    pub fn is_full(&self, most_bytes: usize) -> bool {
        let held_bytes = self.paths.len() + self.files.len() * size_of::<Entry>();
        self.files.len() >= INVENTORY_RUN_FILES || held_bytes >= most_bytes
    }

    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    pub fn len(&self) -> usize {
        self.files.len()
    }

    pub fn clear(&mut self) {
        self.paths.clear();
        self.files.clear();
    }

    pub fn bytes(&self) -> u64 {
        self.files.iter().fold(0, |sum, file| sum.saturating_add(file.size_bytes as u64))
    }

    /// Sorts by digest and leaves one of each. A file that was renamed while its folder was read may be listed
    /// twice; two paths of one digest are problems.
    pub fn sort(&mut self) -> Vec<Problem> {
        self.files.sort_unstable_by_key(|file| (file.digest, file.path_start));
        let mut problems = Vec::new();
        let paths = &self.paths;
        self.files.dedup_by(|later, earlier| {
            if later.digest != earlier.digest {
                return false;
            }
            if later.path(paths) == earlier.path(paths) {
                *earlier = *later;
            } else {
                let detail = format!("as {}", earlier.path(paths));
                problems.push(Problem::new(Kind::Collision, Path::new(later.path(paths)), detail));
            }
            true
        });
        problems
    }

    /// The files as rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = FileRow<'_>> {
        self.files.iter().map(|file| file.row(&self.paths))
    }

    /// One of them.
    pub fn row(&self, index: usize) -> FileRow<'_> {
        self.files[index].row(&self.paths)
    }

    /// Digests of at most so many files, from all over the run.
    pub fn sample(&self, count: usize) -> Vec<&[u8]> {
        let step = self.files.len().div_ceil(count).max(1);
        self.files.iter().step_by(step).map(|file| file.digest.as_slice()).collect()
    }
}

impl Entry {
    fn path<'a>(&self, paths: &'a str) -> &'a str {
        let start = self.path_start as usize;
        &paths[start..start + self.path_length as usize]
    }

    fn row<'a>(&'a self, paths: &'a str) -> FileRow<'a> {
        FileRow {
            digest: &self.digest,
            path: self.path(paths),
            size_bytes: self.size_bytes,
            modified_us: self.modified_us,
            created_us: self.created_us,
        }
    }
}

/// When the file came to be: what its name says, else what the file system knows.
fn created_us(path: &str, file: &File) -> Option<i64> {
    let (_, name) = path.rsplit_once('/')?;
    Some(Micros::from(name_time(name).or(file.born)?).0)
}

fn as_path(bytes: &[u8]) -> &Path {
    Path::new(OsStr::from_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::INVENTORY_HELD_BYTES;
    use crate::record::Time;

    fn file(size_bytes: u64, seconds: i64) -> File {
        File::new(size_bytes, Time { seconds, nanoseconds: 1999 }, None)
    }

    #[test]
    fn a_file_listed_twice_is_one_and_a_collision_is_told() {
        let mut run = Run::default();
        assert!(run.push("host", b"/data/b", &file(1, 0)).is_none());
        assert!(run.push("host", b"/data/a", &file(2, 0)).is_none());
        assert!(run.push("host", b"/data/b", &file(3, 0)).is_none());
        assert_eq!(run.sort().len(), 0);
        let mut sizes: Vec<_> = run.rows().map(|row| (row.path.to_owned(), row.size_bytes)).collect();
        sizes.sort();
        assert_eq!(sizes, [("/data/a".into(), 2), ("/data/b".into(), 3)]);

        let digest = run.files[0].digest;
        run.files[1].digest = digest;
        let problems = run.sort();
        assert_eq!((problems.len(), problems[0].kind, run.len()), (1, Kind::Collision, 1));
    }

    #[test]
    fn times_beyond_the_database_are_cut_and_told() {
        for (seconds, expected_us) in [
            (i64::MAX, Micros::LATEST.0),
            (i64::MIN, Micros::EARLIEST.0),
            (-300_000_000_000, Micros::EARLIEST.0),
        ] {
            let mut run = Run::default();
            let problem = run.push("host", b"/data/a", &file(1, seconds)).unwrap();
            assert_eq!((problem.kind, run.row(0).modified_us), (Kind::OddTime, expected_us));
        }
        let mut run = Run::default();
        assert!(run.push("host", b"/data/a", &file(1, 946_684_801)).is_none());
        assert_eq!(run.row(0).modified_us, 1_000_001);
    }

    #[test]
    fn bytes_that_are_not_utf8_and_backslashes_are_written_out() {
        let mut run = Run::default();
        run.push("host", b"/data/\xff\\x", &file(1, 0));
        assert_eq!(run.row(0).path, r"/data/\xff\\x");
    }

    #[test]
    fn it_is_full_when_it_holds_so_many_bytes() {
        let mut run = Run::default();
        let path = vec![b'p'; 4000];
        while !run.is_full(INVENTORY_HELD_BYTES / 10) {
            run.push("host", &path, &file(1, 0));
        }
        assert!(!run.is_full(INVENTORY_HELD_BYTES / 2));
        assert!(run.paths.len() <= INVENTORY_HELD_BYTES / 10 + path.len());
    }
}

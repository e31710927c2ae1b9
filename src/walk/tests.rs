//! The walker against real folders with every odd thing in them.

use super::*;
use crossbeam_channel::{bounded, never, unbounded};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;

/// A folder of one test.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("xtelemdb-walk-{}-{test}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, size_bytes: usize) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, vec![b'x'; size_bytes]).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

struct Seen {
    /// Sizes by path.
    files: BTreeMap<PathBuf, u64>,
    problems: Vec<(Kind, PathBuf)>,
    counts: Counts,
}

fn see(dirs: &[PathBuf], walkers: usize) -> Seen {
    let (out, found) = unbounded();
    let counts = walk(dirs, walkers, &out, &never()).unwrap();
    drop(out);
    let mut seen = Seen { files: BTreeMap::new(), problems: Vec::new(), counts };
    for found in found {
        match found {
            Found::Files(batch) => {
                for (path, file) in batch.iter() {
                    let path = Path::new(OsStr::from_bytes(path)).to_owned();
                    let twice = seen.files.insert(path.clone(), file.size_bytes);
                    assert_eq!(twice, None, "{} came twice", path.display());
                }
            }
            Found::Problem(problem) => seen.problems.push((problem.kind, problem.path)),
        }
    }
    seen.problems.sort();
    seen
}

#[test]
fn everything_odd_is_told() {
    let base = Folder::new("odd");
    let dir = base.0.join("data");
    fs::create_dir_all(&dir).unwrap();
    base.file("elsewhere/target", 7);
    base.file("data/plain", 3);
    base.file("data/deep/er/file", 1);
    symlink(base.0.join("elsewhere/target"), dir.join("to_file")).unwrap();
    symlink(base.0.join("elsewhere"), dir.join("to_folder")).unwrap();
    symlink("nothing", dir.join("broken")).unwrap();
    symlink("loop_b", dir.join("loop_a")).unwrap();
    symlink("loop_a", dir.join("loop_b")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(dir.join("socket")).unwrap();
    let odd_file = dir.join(OsStr::from_bytes(b"odd\xff.bintel"));
    fs::write(&odd_file, b"12").unwrap();
    let odd_folder = dir.join(OsStr::from_bytes(b"folder\xfe"));
    fs::create_dir(&odd_folder).unwrap();
    fs::write(odd_folder.join("inside"), b"1").unwrap();
    let link = base.0.join("link");
    symlink(&dir, &link).unwrap();

    for walkers in [1, 2, 5] {
        let seen = see(&[link.clone(), dir.clone(), base.0.join("missing"), dir.join("plain")], walkers);
        let under = |name: &[u8]| link.join(OsStr::from_bytes(name));
        let files = [
            (under(b"plain"), 3),
            (under(b"deep/er/file"), 1),
            (under(b"to_file"), 7),
            (under(b"odd\xff.bintel"), 2),
            (under(b"folder\xfe/inside"), 1),
        ];
        assert_eq!(seen.files, BTreeMap::from(files));
        let problems = [
            (Kind::MissingDataFolder, base.0.join("missing")),
            (Kind::BrokenLink, under(b"broken")),
            (Kind::LinkLoop, under(b"loop_a")),
            (Kind::LinkLoop, under(b"loop_b")),
            (Kind::NotUtf8, under(b"folder\xfe")),
            (Kind::NotUtf8, under(b"odd\xff.bintel")),
        ];
        assert_eq!(seen.problems, problems);
        assert_eq!(seen.counts, Counts { folders: 4, linked_folders: 1, special: 1 });
    }
}

#[test]
fn a_data_folder_that_is_a_file_is_a_problem() {
    let base = Folder::new("file");
    base.file("plain", 3);
    let seen = see(&[base.0.join("plain")], 1);
    assert_eq!((seen.files.len(), seen.problems), (0, vec![(Kind::UnreadableFolder, base.0.join("plain"))]));
}

#[test]
fn many_names_and_many_folders() {
    let base = Folder::new("many");
    for folder in 0..300 {
        base.file(&format!("d{folder}/inner/file"), 1);
    }
    for file in 0..3 * crate::limits::NAMES_AT_ONCE + 1 {
        base.file(&format!("huge/{file}"), 0);
    }
    for walkers in [1, 4] {
        let seen = see(std::slice::from_ref(&base.0), walkers);
        assert_eq!(seen.files.len(), 300 + 3 * crate::limits::NAMES_AT_ONCE + 1);
        assert_eq!((seen.counts.folders, seen.problems), (602, vec![]));
    }
}

/// Names of 200 characters until a path is as long as wanted.
fn deep(base: &Path, length: usize) -> PathBuf {
    let mut path = base.to_owned();
    while path.as_os_str().len() + 202 < length {
        path.push(format!("{:0200}", path.as_os_str().len()));
    }
    let left = length - path.as_os_str().len() - 1;
    path.join("n".repeat(left))
}

#[test]
fn paths_of_4000_bytes_are_fine_and_longer_ones_are_named() {
    let base = Folder::new("deep");
    let file = deep(&base.0, 4000);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, b"12345").unwrap();
    // A folder whose path is as long as the system takes, and one inside that only its parent can reach.
    let longest = deep(&base.0, 4080);
    fs::create_dir_all(&longest).unwrap();
    let status = std::process::Command::new("mkdir").arg("x".repeat(100)).current_dir(&longest).status();
    assert!(status.unwrap().success());
    let seen = see(std::slice::from_ref(&base.0), 2);
    assert_eq!(seen.files, BTreeMap::from([(file, 5)]));
    assert_eq!(seen.problems, [(Kind::PathTooLong, longest.join("x".repeat(100)))]);
    let shown = Problem::new(Kind::PathTooLong, &longest, "").to_string();
    assert!(shown.len() < 400 && shown.contains("[...]"), "{shown}");
    let status = std::process::Command::new("rm").arg("-rf").arg(&base.0).status();
    assert!(status.unwrap().success());
}

#[test]
fn a_dropped_receiver_ends_the_walk() {
    let base = Folder::new("dropped");
    for file in 0..5 * INVENTORY_BATCH {
        base.file(&format!("d{}/{file}", file % 50), 0);
    }
    let (out, found) = bounded(1);
    let dirs = [base.0.clone()];
    let walking = std::thread::spawn(move || walk(&dirs, 3, &out, &never()));
    assert!(matches!(found.recv(), Ok(Found::Files(_))));
    drop(found);
    walking.join().unwrap().unwrap();
}

#[test]
fn what_vanishes_is_named() {
    let gone = std::io::Error::from_raw_os_error(2);
    let path = Path::new("/nowhere/at/all");
    for problem in
        [Problem::of_file(path, &gone), Problem::of_folder(path, &gone), Problem::of_link(path, &gone)]
    {
        assert_eq!(problem.kind, Kind::Vanished);
        assert!(problem.to_string().contains("/nowhere/at/all"), "{problem}");
    }
}

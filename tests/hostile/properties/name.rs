//! Names of files: what they say, how they are shown, and that the walk hands them over as they are.

use super::is_harmful;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use xtelemdb::origin;
use xtelemdb::report::escape::Escaped;
use xtelemdb::walk::{self, Found};

/// The longest name of a file system, in bytes.
const LONGEST_NAME: usize = 255;

/// A name or path of any bytes.
pub fn holds(input: &[u8]) {
    let path = Path::new(OsStr::from_bytes(input));
    let text = origin::path_to_text(path);
    assert_eq!(origin::text_to_path(&text), path, "a path is not the one that it was");
    assert!(text.len() <= 4 * input.len());
    assert!(!Escaped(&text).to_string().contains(is_harmful));
    let _ = origin::text_to_path(&String::from_utf8_lossy(input));

    let device = origin::device(&text);
    assert!(text.contains(device) && !device.contains('/'), "{device:?} of {text:?}");
    assert!(!device.is_empty() || text.is_empty() || text.ends_with('/'), "no device in {text:?}");
    if let Some(time) = origin::name_time(&text) {
        assert!((-62_167_219_200..253_402_300_800).contains(&time.seconds), "{time:?}");
        assert!(time.nanoseconds < 1_000_000_000, "{time:?}");
    }
    if let Some(kind) = origin::kind(&text) {
        assert_eq!(origin::dump_kind(&text), Some(kind));
    }
    assert_ne!(origin::origin_digest("host", &text), origin::origin_digest("hos", &format!("t{text}")));

    let is_name = !input.is_empty() && input.len() <= LONGEST_NAME && !input.contains(&0);
    if is_name && !input.contains(&b'/') && input != b"." && input != b".." {
        assert_walked(path);
    }
}

/// A file of this name is found under this name, to the byte.
fn assert_walked(name: &Path) {
    let folder = folder();
    let path = folder.join(name);
    std::fs::write(&path, b"x").expect("a file");
    let (out, found) = crossbeam_channel::unbounded();
    let (_used_out, used) = crossbeam_channel::bounded(0);
    let counts = walk::walk(std::slice::from_ref(folder), 1, &out, &used).expect("a walk");
    assert_eq!((counts.folders, counts.special), (1, 0));
    drop(out);
    let mut files = 0;
    for found in found {
        match found {
            Found::Files(batch) => {
                for (walked, file) in batch.iter() {
                    assert_eq!((walked, file.size_bytes), (path.as_os_str().as_bytes(), 1));
                    files += 1;
                }
            }
            Found::Problem(problem) => {
                assert!(name.to_str().is_none(), "a problem of a name in UTF-8");
                assert!(!Escaped(&problem.to_string()).to_string().contains(is_harmful));
            }
        }
    }
    std::fs::remove_file(&path).expect("removed");
    assert_eq!(files, 1);
}

/// A folder of this process, in memory where there is such a place.
fn folder() -> &'static PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let folder = parent.join(format!("xtelemdb-names-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir(&folder).expect("a folder for names");
        folder
    })
}

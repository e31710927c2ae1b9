//! Why files are not loaded: tried here, since the database knows only that they are not.

use super::FailedFile;
use crate::db::status::FileBehind;
use crate::origin::text_to_path;
use crate::pending::is_accounted_for;
use std::fs::File;
use std::io::Read;

/// Those of these files that can't be read, and are not loaded in full.
pub(super) fn failed(behind: &[FileBehind]) -> Vec<FailedFile> {
    let failed = |file: &FileBehind| {
        let reason = reason(file)?;
        Some(FailedFile { path: file.path.clone(), reason })
    };
    behind.iter().filter_map(failed).collect()
}

/// What keeps a file from being read, if anything does.
fn reason(file: &FileBehind) -> Option<String> {
    let path = text_to_path(&file.path);
    // Opening a FIFO would wait for its writer.
    let outcome = std::fs::metadata(&path).and_then(|found| {
        if found.is_file() { File::open(&path)?.read(&mut [0]).map(|_| true) } else { Ok(false) }
    });
    match outcome {
        Ok(true) => None,
        Ok(false) => Some("is no file any more".into()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            if is_accounted_for(&path, file.size_bytes, file.seen) {
                return None;
            }
            Some("is gone from disk and was not loaded in full".into())
        }
        Err(error) => Some(format!("can't be read: {error}")),
    }
}

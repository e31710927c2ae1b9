//! Why files are not loaded: tried here, since the database knows only that they are not.

use super::FailedFile;
use crate::origin::text_to_path;
use std::fs::File;
use std::io::Read;

/// Those of these files that can't be read.
pub(super) fn failed(behind: &[String]) -> Vec<FailedFile> {
    let failed = |path: &String| {
        let reason = reason(path)?;
        Some(FailedFile { path: path.clone(), reason })
    };
    behind.iter().filter_map(failed).collect()
}

/// What keeps a file from being read, if anything does.
fn reason(path: &str) -> Option<String> {
    let path = text_to_path(path);
    // Opening a FIFO would wait for its writer.
    let outcome = std::fs::metadata(&path).and_then(|found| {
        if found.is_file() { File::open(&path)?.read(&mut [0]).map(|_| true) } else { Ok(false) }
    });
    match outcome {
        Ok(true) => None,
        Ok(false) => Some("is no file any more".into()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Some("is gone from disk and was not loaded in full".into())
        }
        Err(error) => Some(format!("can't be read: {error}")),
    }
}

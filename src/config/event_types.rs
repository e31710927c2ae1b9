//! The event types: those that the program knows, and those of a file that adds to them.

use crate::decode::catalogue::Catalogue;
use crate::error::{Error, Result};
use crate::limits::LONGEST_CONFIG_BYTES;
use crate::report::escape::Escaped;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

/// The built-in event types, with those of the file that `event_types` names.
pub fn catalogue(event_types: Option<&Path>) -> Result<Arc<Catalogue>> {
    let Some(path) = event_types else { return Ok(Arc::new(Catalogue::builtin())) };
    let wrong =
        |what: String| Error::Config(format!("event_types: {}: {what}", Escaped(&path.to_string_lossy())));
    let mut text = String::new();
    File::open(path)
        .and_then(|file| file.take(LONGEST_CONFIG_BYTES + 1).read_to_string(&mut text))
        .map_err(|e| wrong(format!("can't read this file: {e}")))?;
    if text.len() as u64 > LONGEST_CONFIG_BYTES {
        return Err(wrong(format!(
            "longer than {LONGEST_CONFIG_BYTES} bytes: this is no file of event types"
        )));
    }
    Catalogue::with_additions(&text).map(Arc::new).map_err(|e| wrong(e.to_string()))
}

//! The disks of this machine: data folders, free space, file systems, and how many folders can be watched.

use super::Area;
use crate::limits::{WATCHES_ADVISED, WATCHES_WANTED};
use crate::report::summary::thousands;
use crate::volume::Volume;
use std::path::{Path, PathBuf};

pub(super) fn check(data_dirs: &[PathBuf]) -> Area {
    let mut area = Area::new("disk");
    if data_dirs.is_empty() {
        area.warn("data folders", "data_dirs names none: there is nothing to inventory", "set data_dirs");
    }
    for dir in data_dirs {
        folder(&mut area, dir);
    }
    watches(&mut area);
    area
}

fn folder(area: &mut Area, dir: &Path) {
    let name = dir.display().to_string();
    if let Err(error) = std::fs::read_dir(dir) {
        area.fail(name, error.to_string(), "mount it, chmod it, or take it out of data_dirs");
        return;
    }
    match Volume::of(dir) {
        Err(error) => area.fail(name, format!("can't look at its file system: {error}"), "mount"),
        Ok(volume) if volume.is_nearly_full() => {
            area.warn(
                name,
                format!("nearly full: {}", volume.text()),
                "make room; what is loaded may be archived",
            );
        }
        Ok(volume) => {
            let polled = volume.remote.map(|kind| format!("; on {kind}, so changes are found by polling"));
            area.ok(name, format!("{}{}", volume.text(), polled.unwrap_or_default()));
        }
    }
}

/// Following takes one watch a folder.
fn watches(area: &mut Area) {
    let path = "/proc/sys/fs/inotify/max_user_watches";
    let limit = std::fs::read_to_string(path).ok().and_then(|text| text.trim().parse::<u64>().ok());
    match limit {
        None => area.warn("inotify", format!("{path} can't be read"), "changes will be found by polling"),
        Some(limit) if limit < WATCHES_WANTED => area.warn(
            "inotify",
            format!("only {} folders can be watched; others are polled", thousands(limit)),
            format!("sysctl fs.inotify.max_user_watches={WATCHES_ADVISED}  (and a file in /etc/sysctl.d)"),
        ),
        Some(limit) => area.ok("inotify", format!("{} folders can be watched", thousands(limit))),
    }
}

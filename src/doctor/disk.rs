//! The disks of this machine: data folders, free space, file systems, and how many folders can be watched.

use super::Area;
use crate::limits::{FULL_DISK_PERCENT, WATCHES_WANTED};
use crate::report::summary::{bytes, thousands};
use rustix::fs::{FsWord, statfs};
use std::path::{Path, PathBuf};

/// A mounted file system.
pub(super) struct Volume {
    pub free_bytes: u64,
    pub total_bytes: u64,
    /// What it is called, where that matters here.
    pub kind: Option<&'static str>,
}

/// File systems that other machines write to as well, by the numbers of statfs(2): those do not announce changes.
const SHARED: &[(FsWord, &str)] = &[
    (0x6969, "NFS"),
    (0x0BD0_0BD0, "Lustre"),
    (0x00C3_6400, "Ceph"),
    (0x4750_4653, "GPFS"),
    (0x6573_5546, "FUSE"),
    (0xFE53_4D42, "SMB"),
    (0x517B, "SMB"),
    (0x1983_0326, "BeeGFS"),
];

impl Volume {
    /// The one that holds a path.
    pub fn of(path: &Path) -> std::io::Result<Self> {
        let told = statfs(path)?;
        let block_bytes = u64::try_from(told.f_bsize).unwrap_or(0);
        let kind = SHARED.iter().find(|(number, _)| *number == told.f_type).map(|(_, name)| *name);
        Ok(Self { free_bytes: told.f_bavail * block_bytes, total_bytes: told.f_blocks * block_bytes, kind })
    }

    /// Whether so little is free that somebody should know.
    pub fn is_nearly_full(&self) -> bool {
        self.free_bytes < self.total_bytes / 100 * (100 - FULL_DISK_PERCENT)
    }

    /// `34 GB of 1.0 TB free`.
    pub fn text(&self) -> String {
        format!("{} of {} free", bytes(self.free_bytes), bytes(self.total_bytes))
    }
}

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
            let polled = volume.kind.map(|kind| format!("; on {kind}, so changes are found by polling"));
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
            format!("sysctl fs.inotify.max_user_watches={WATCHES_WANTED}  (and a file in /etc/sysctl.d)"),
        ),
        Some(limit) => area.ok("inotify", format!("{} folders can be watched", thousands(limit))),
    }
}

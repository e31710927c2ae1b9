//! The file system that a folder is on: its room, and whether other machines write to it as well.

use crate::limits::FULL_DISK_PERCENT;
use crate::report::summary::bytes;
use rustix::fs::statfs;
use std::io;
use std::path::Path;

/// File systems in which changes that another machine makes are not told here, by the numbers of statfs(2), which are
/// from linux/magic.h and the file systems' own sources.
const REMOTE: [(u32, &str); 13] = [
    (0x6969, "NFS"),
    (0x517b, "SMB"),
    (0xfe53_4d42, "SMB2"),
    (0xff53_4d42, "CIFS"),
    (0x00c3_6400, "Ceph"),
    (0x0bd0_0bd0, "Lustre"),
    (0x6573_5546, "FUSE"),
    (0x0102_1997, "9P"),
    (0x5346_414f, "AFS"),
    (0x0116_1970, "GFS2"),
    (0x7461_636f, "OCFS2"),
    (0x1983_0326, "BeeGFS"),
    (0x4750_4653, "GPFS"),
];

/// A mounted file system.
#[derive(Clone, Copy, Debug)]
pub struct Volume {
    /// What may still be written to it, in bytes.
    pub free_bytes: u64,
    /// Its size, in bytes.
    pub total_bytes: u64,
    /// Its kind, if changes that another machine makes in it are not told here.
    pub remote: Option<&'static str>,
}

impl Volume {
    /// The one that holds a path.
    pub fn of(path: &Path) -> io::Result<Self> {
        let told = statfs(path)?;
        // Blocks are counted in fragments; f_bsize is what is best read at once, which on network file systems is more.
        let block_bytes =
            u64::try_from(if told.f_frsize > 0 { told.f_frsize } else { told.f_bsize }).unwrap_or(0);
        let magic = told.f_type as u32;
        Ok(Self {
            free_bytes: told.f_bavail.saturating_mul(block_bytes),
            total_bytes: told.f_blocks.saturating_mul(block_bytes),
            remote: REMOTE.iter().find(|(known, _)| *known == magic).map(|(_, name)| *name),
        })
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

#[cfg(test)]
mod tests {
    use super::Volume;
    use std::path::Path;

    #[test]
    fn a_file_system_of_this_machine_is_not_remote() {
        assert_eq!(Volume::of(Path::new("/proc")).unwrap().remote, None);
        assert!(Volume::of(Path::new("/nowhere/at/all")).is_err());
    }

    #[test]
    fn nearly_full_is_more_than_95_percent() {
        let volume = |free_bytes| Volume { free_bytes, total_bytes: 100_000, remote: None };
        assert!(volume(4_999).is_nearly_full() && !volume(5_000).is_nearly_full());
        assert_eq!(volume(5_000).text(), "5.0 kB of 100 kB free");
    }
}

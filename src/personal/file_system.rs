//! What kind of file system a folder is on: those of clusters want other settings, and some will not do at all.
//!
//! The kinds are those of `/proc/self/mountinfo`; a folder is on the file system whose mount point is the longest that
//! it begins with, the last one if there are several.

use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

/// A file system, as far as it matters for a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSystem {
    /// The kernel's name for it: "ext4", "nfs4", "lustre".
    pub kind: String,
    /// Options of the mount: "rw,noatime,vers=3,soft".
    options: String,
}

/// File systems that many machines share, over a network.
const SHARED: [&str; 11] = [
    "nfs",
    "nfs4",
    "lustre",
    "gpfs",
    "beegfs",
    "ceph",
    "panfs",
    "glusterfs",
    "fuse.glusterfs",
    "wekafs",
    "orangefs",
];

/// File systems that do not promise what PostgreSQL relies on: that what was written stays, and is seen in order.
const UNFIT: [&str; 8] = ["cifs", "smb3", "smbfs", "9p", "afs", "fuse.sshfs", "fuse.rclone", "fuse.s3fs"];

/// File systems in memory.
const MEMORY: [&str; 2] = ["tmpfs", "ramfs"];

/// File systems that write changed blocks to a new place each time.
const COPY_ON_WRITE: [&str; 3] = ["btrfs", "zfs", "bcachefs"];

impl FileSystem {
    /// One of a kind, mounted without options.
    pub fn named(kind: &str) -> Self {
        Self { kind: kind.to_owned(), options: String::new() }
    }

    /// That of a folder, an absolute path without links; `None` if the system does not tell.
    pub fn of(folder: &Path) -> Option<Self> {
        Self::in_table(folder, &std::fs::read("/proc/self/mountinfo").ok()?)
    }

    fn in_table(folder: &Path, mountinfo: &[u8]) -> Option<Self> {
        let mounts = mountinfo.split(|byte| *byte == b'\n').filter_map(parse_mount);
        let around = mounts.filter(|(point, _)| folder.starts_with(point));
        around.max_by_key(|(point, _)| point.as_os_str().len()).map(|(_, file_system)| file_system)
    }

    /// Whether many machines share it, over a network.
    pub fn is_shared(&self) -> bool {
        SHARED.contains(&self.kind.as_str())
    }

    /// Whether a changed block goes to a new place each time.
    pub fn copies_on_write(&self) -> bool {
        COPY_ON_WRITE.contains(&self.kind.as_str())
    }

    /// What there is to know before a database is put there.
    pub fn warnings(&self) -> Vec<String> {
        let kind = &self.kind;
        let mut warnings = Vec::new();
        if UNFIT.contains(&kind.as_str()) {
            warnings.push(format!(
                "this folder is on {kind}, which does not promise what PostgreSQL relies on: after a crash the database may be \
                 damaged. Choose a folder on a disk of this machine, or on the cluster's own file system"
            ));
        }
        if MEMORY.contains(&kind.as_str()) {
            warnings.push(format!(
                "this folder is in memory ({kind}): the database is gone when the machine restarts or the job ends"
            ));
        }
        if self.is_shared() {
            warnings.push(format!(
                "this folder is on {kind}, which other machines see too: run the server on one machine at a time. Loading is \
                 faster on a disk of the machine itself (often $TMPDIR); `personal backup` and `restore` move a database \
                 between the two"
            ));
            let options: Vec<&str> = self.options.split(',').collect();
            if kind.starts_with("nfs") && (options.contains(&"soft") || options.contains(&"softerr")) {
                warnings.push(
                    "this NFS is mounted `soft`: an outage of its server can damage the database. Have it mounted `hard`".into(),
                );
            }
            if kind == "lustre" && !options.contains(&"flock") {
                warnings.push(
                    "this Lustre is mounted without `flock`: two `xtelemdb personal` at once are not kept apart. Run one at a \
                     time"
                        .into(),
                );
            }
        }
        warnings
    }
}

/// `36 35 98:0 / /mnt rw,noatime shared:1 - ext3 /dev/root rw,errors=continue`, with octal escapes in paths.
fn parse_mount(line: &[u8]) -> Option<(PathBuf, FileSystem)> {
    let line = String::from_utf8_lossy(line).into_owned();
    let (before, behind) = line.split_once(" - ")?;
    let mut before = before.split(' ');
    let (point, options) = (before.nth(4)?, before.next()?);
    let mut behind = behind.split(' ');
    let (kind, _source, own) = (behind.next()?, behind.next()?, behind.next().unwrap_or_default());
    let file_system = FileSystem { kind: kind.to_owned(), options: format!("{options},{own}") };
    Some((unescape(point), file_system))
}

fn unescape(point: &str) -> PathBuf {
    let bytes = std::ffi::OsStr::new(point).as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let octal = bytes.get(at + 1..at + 4).filter(|_| bytes[at] == b'\\');
        let code = octal.and_then(|digits| std::str::from_utf8(digits).ok());
        match code.and_then(|digits| u8::from_str_radix(digits, 8).ok()) {
            Some(byte) => {
                plain.push(byte);
                at += 4;
            }
            None => {
                plain.push(bytes[at]);
                at += 1;
            }
        }
    }
    OsString::from_vec(plain).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &[u8] = b"22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:40 / /home rw,nosuid - nfs4 server:/home rw,vers=4.2,hard
31 22 0:41 / /scratch rw,flock - lustre 10.0.0.1@o2ib:/s rw,lazystatfs
32 22 0:42 / /with\\040space rw - nfs old:/x rw,vers=3,soft
33 22 0:43 / /plain rw - lustre x@tcp:/s rw
34 33 0:44 / /plain/over rw - ext4 /dev/a rw
35 34 0:45 / /plain/over rw - tmpfs none rw
36 22 0:46 / /share rw - cifs //a/b rw
";

    fn of(folder: &str) -> FileSystem {
        FileSystem::in_table(Path::new(folder), TABLE).expect("a file system")
    }

    #[test]
    fn the_innermost_mount_counts() {
        for (folder, kind) in [
            ("/var/lib", "ext4"),
            ("/homes/x", "ext4"),
            ("/home/x", "nfs4"),
            ("/scratch", "lustre"),
            ("/with space/db", "nfs"),
            ("/plain/x", "lustre"),
            ("/plain/over/x", "tmpfs"),
        ] {
            assert_eq!(of(folder).kind, kind, "{folder}");
        }
        assert_eq!(FileSystem::in_table(Path::new("/x"), b"nonsense\n"), None);
        assert!(FileSystem::of(Path::new("/proc")).is_some_and(|found| found.kind == "proc"));
    }

    #[test]
    fn each_kind_has_its_warnings() {
        for (folder, parts) in [
            ("/var", vec![]),
            ("/home", vec!["one machine at a time"]),
            ("/scratch", vec!["one machine at a time"]),
            ("/with space", vec!["one machine at a time", "`hard`"]),
            ("/plain", vec!["one machine at a time", "flock"]),
            ("/plain/over", vec!["in memory"]),
            ("/share", vec!["damaged"]),
        ] {
            let warnings = of(folder).warnings();
            assert_eq!(warnings.len(), parts.len(), "{folder}: {warnings:?}");
            assert!(
                warnings.iter().zip(&parts).all(|(warning, part)| warning.contains(part)),
                "{warnings:?}"
            );
        }
    }
}

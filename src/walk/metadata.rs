//! What the system tells of a file: kind, size and times, and nothing that costs more.

use crate::record::Time;
use rustix::fs::{AtFlags, FileType, StatxFlags, StatxTimestamp, statat, statx};
use rustix::io::{Errno, Result};
use std::ffi::CStr;
use std::os::fd::BorrowedFd;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    Link,
    /// A FIFO, socket or device.
    Special,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Metadata {
    pub kind: Kind,
    pub size_bytes: u64,
    pub modified: Time,
    /// When the file was born, where the system knows.
    pub born: Option<Time>,
}

impl Metadata {
    /// Of what has this name in the open folder; of a link itself.
    pub fn of(folder: BorrowedFd<'_>, name: &CStr) -> Result<Self> {
        Self::ask(folder, name, AtFlags::NO_AUTOMOUNT | AtFlags::SYMLINK_NOFOLLOW)
    }

    /// The same, but of what a link leads to.
    pub fn of_target(folder: BorrowedFd<'_>, name: &CStr) -> Result<Self> {
        Self::ask(folder, name, AtFlags::NO_AUTOMOUNT)
    }

    fn ask(folder: BorrowedFd<'_>, name: &CStr, flags: AtFlags) -> Result<Self> {
        let wanted = StatxFlags::TYPE | StatxFlags::SIZE | StatxFlags::MTIME | StatxFlags::BTIME;
        let told = match statx(folder, name, flags, wanted) {
            // Before Linux 4.11, and in some containers.
            Err(Errno::NOSYS) => return Self::ask_for_less(folder, name, flags),
            told => told?,
        };
        let knows_birth = StatxFlags::from_bits_retain(told.stx_mask).contains(StatxFlags::BTIME);
        // Some file systems say 1970 instead of nothing.
        let born = time(&told.stx_btime);
        Ok(Self {
            kind: kind(u32::from(told.stx_mode)),
            size_bytes: told.stx_size,
            modified: time(&told.stx_mtime),
            born: (knows_birth && born.seconds > 0).then_some(born),
        })
    }

    fn ask_for_less(folder: BorrowedFd<'_>, name: &CStr, flags: AtFlags) -> Result<Self> {
        let told = statat(folder, name, flags)?;
        Ok(Self {
            kind: kind(told.st_mode),
            size_bytes: u64::try_from(told.st_size).unwrap_or(0),
            // Below 1e9.
            modified: Time { seconds: told.st_mtime, nanoseconds: told.st_mtime_nsec as u32 },
            born: None,
        })
    }
}

fn kind(mode: u32) -> Kind {
    match FileType::from_raw_mode(mode) {
        FileType::RegularFile => Kind::File,
        FileType::Directory => Kind::Folder,
        FileType::Symlink => Kind::Link,
        _ => Kind::Special,
    }
}

fn time(told: &StatxTimestamp) -> Time {
    Time { seconds: told.tv_sec, nanoseconds: told.tv_nsec }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::walk::names::Folder;
    use std::path::Path;
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn both_ways_tell_the_same() {
        let path = std::env::temp_dir().join(format!("xtelemdb-metadata-{}", std::process::id()));
        std::fs::write(&path, b"12345").unwrap();
        let modified = UNIX_EPOCH - Duration::new(5, 250_000_000);
        std::fs::File::options().write(true).open(&path).unwrap().set_modified(modified).unwrap();
        let folder = Folder::open(path.parent().unwrap()).unwrap();
        let name = std::ffi::CString::new(path.file_name().unwrap().as_encoded_bytes()).unwrap();
        for told in [
            Metadata::of(folder.fd(), &name).unwrap(),
            Metadata::ask_for_less(folder.fd(), &name, AtFlags::SYMLINK_NOFOLLOW).unwrap(),
        ] {
            let modified = Time { seconds: -6, nanoseconds: 750_000_000 };
            assert_eq!((told.kind, told.size_bytes, told.modified), (Kind::File, 5, modified));
        }
        // Std does not know it in every build.
        if let Ok(born) = std::fs::metadata(&path).unwrap().created() {
            let since_1970 = born.duration_since(UNIX_EPOCH).unwrap();
            let told = Metadata::of(folder.fd(), &name).unwrap().born.unwrap();
            assert_eq!(
                (told.seconds as u64, told.nanoseconds),
                (since_1970.as_secs(), since_1970.subsec_nanos())
            );
        }
        let _ = std::fs::remove_file(&path);
        let root = Folder::open(Path::new("/")).unwrap();
        assert_eq!(Metadata::of(root.fd(), c"proc").unwrap().kind, Kind::Folder);
        assert_eq!(Metadata::of(root.fd(), c"proc/self").unwrap().kind, Kind::Link);
        assert_eq!(Metadata::of_target(root.fd(), c"proc/self").unwrap().kind, Kind::Folder);
        assert_eq!(Metadata::of(root.fd(), c"dev/null").unwrap().kind, Kind::Special);
    }
}

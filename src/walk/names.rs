//! An open folder and names in it, as they wait to be looked at.

use rustix::fs::{CWD, Mode, OFlags, openat};
use std::ffi::{CStr, OsStr, OsString};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

/// A folder that is open, so that what is in it can be reached by its name alone.
pub(super) struct Folder {
    fd: OwnedFd,
    /// Its path, with a slash behind it.
    prefix: Vec<u8>,
}

impl Folder {
    pub fn open(path: &Path) -> rustix::io::Result<Self> {
        let fd = openat(CWD, path, OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
        let mut prefix = path.as_os_str().as_bytes().to_vec();
        if prefix.last() != Some(&b'/') {
            prefix.push(b'/');
        }
        Ok(Self { fd, prefix })
    }

    pub fn fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }

    /// What stands before a name in the path of a file.
    pub fn prefix(&self) -> &[u8] {
        &self.prefix
    }

    pub fn path(&self) -> &Path {
        let length = (self.prefix.len() - 1).max(1);
        Path::new(OsStr::from_bytes(&self.prefix[..length]))
    }

    /// The path of what has this name.
    pub fn join(&self, name: &CStr) -> PathBuf {
        PathBuf::from(OsString::from_vec([&self.prefix, name.to_bytes()].concat()))
    }
}

/// Names, each with the NUL behind it that the kernel wants.
#[derive(Default)]
pub(super) struct Names {
    bytes: Vec<u8>,
    count: usize,
}

impl Names {
    pub fn push(&mut self, name: &CStr) {
        self.bytes.extend_from_slice(name.to_bytes_with_nul());
        self.count += 1;
    }

    pub fn len(&self) -> usize {
        self.count
    }

    /// How much memory they take.
    pub fn size_bytes(&self) -> usize {
        self.bytes.capacity()
    }

    pub fn clear(&mut self) {
        self.bytes.clear();
        self.count = 0;
    }

    pub fn iter(&self) -> impl Iterator<Item = &CStr> {
        let mut rest = self.bytes.as_slice();
        std::iter::from_fn(move || {
            let name = CStr::from_bytes_until_nul(rest).ok()?;
            rest = &rest[name.to_bytes_with_nul().len()..];
            Some(name)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_in_order() {
        let mut names = Names::default();
        for name in [c"a", c"b\xff c", c"..."] {
            names.push(name);
        }
        assert_eq!(names.iter().collect::<Vec<_>>(), [c"a", c"b\xff c", c"..."]);
        assert_eq!(names.len(), 3);
        names.clear();
        assert_eq!((names.len(), names.iter().count()), (0, 0));
    }

    #[test]
    fn paths_have_one_slash_between() {
        let root = Folder::open(Path::new("/")).unwrap();
        assert_eq!((root.path(), root.join(c"etc")), (Path::new("/"), PathBuf::from("/etc")));
        let proc = Folder::open(Path::new("/proc")).unwrap();
        assert_eq!((proc.path(), proc.join(c"self")), (Path::new("/proc"), PathBuf::from("/proc/self")));
    }
}

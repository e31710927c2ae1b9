//! Files of others that `provision` changes: whole at every instant, with the owner and the permissions that they had.

use crate::error::{Error, Result};
use crate::personal::files::{open_folder, open_plain};
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Whose a file is and who may read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// User id.
    pub uid: u32,
    /// Group id.
    pub gid: u32,
    /// Permissions.
    pub mode: u32,
}

impl Access {
    /// That of a file or folder that is there.
    pub fn of(path: &Path) -> Result<Self> {
        let metadata = fs::metadata(path).map_err(Error::file("look at", path))?;
        Ok(Self { uid: metadata.uid(), gid: metadata.gid(), mode: metadata.mode() & 0o7777 })
    }

    /// What is open gets it, whatever has become of its name: others may own the folder.
    fn give(self, file: &File, path: &Path) -> Result<()> {
        let there = file.metadata().map_err(Error::file("look at", path))?;
        if (there.uid(), there.gid()) != (self.uid, self.gid) {
            fchown(file, Some(self.uid), Some(self.gid)).map_err(Error::file("change the owner of", path))?;
        }
        file.set_permissions(fs::Permissions::from_mode(self.mode))
            .map_err(Error::file("change the permissions of", path))
    }
}

/// The text of a file; none if there is no such file.
pub fn text(path: &Path) -> Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(Error::file("read", path)(e)),
    }
}

/// Whether a file that is there was written after this.
pub fn is_newer(path: &Path, than: SystemTime) -> Result<bool> {
    match fs::metadata(path).and_then(|metadata| metadata.modified()) {
        Ok(written) => Ok(written > than),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(false),
        Err(e) => Err(Error::file("look at", path)(e)),
    }
}

/// Writes a file that must not be seen half written: under another name first. What is there under that name is ours.
pub fn write_new(path: &Path, text: &str, access: Access) -> Result<()> {
    remove(path)?;
    let mut options = OpenOptions::new();
    let mut file =
        options.write(true).create_new(true).mode(0o600).open(path).map_err(Error::file("create", path))?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    written.map_err(Error::file("write", path)).and_then(|()| access.give(&file, path)).inspect_err(|_| {
        // Half a file is of no use; the error says why there is none.
        let _ = fs::remove_file(path);
    })
}

/// Puts a file in place of another at once, and sees to it that this survives a crash.
pub fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).map_err(Error::file("replace", to))?;
    let folder = to.parent().unwrap_or(Path::new("/"));
    fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(Error::file("write", folder))
}

/// Writes a file in whole, in place of one that may be there.
pub fn replace(path: &Path, text: &str, access: Access) -> Result<()> {
    let new = beside(path);
    write_new(&new, text, access)?;
    rename(&new, path)
}

/// The name under which a file is written before it takes its place.
pub fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".xtelemdb-new");
    name.into()
}

/// Removes a file if it is there.
pub fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(Error::file("remove", path)(e)),
        _ => Ok(()),
    }
}

/// Makes a folder and those above it that are missing. Only the last one gets its owner and permissions.
pub fn create_folder(path: &Path, access: Access) -> Result<()> {
    if let Some(above) = path.parent() {
        fs::create_dir_all(above).map_err(Error::file("create", above))?;
    }
    match fs::DirBuilder::new().mode(0o700).create(path) {
        Err(e) if e.kind() != ErrorKind::AlreadyExists => return Err(Error::file("create", path)(e)),
        _ => {}
    }
    access.give(&open_folder(path).map_err(Error::file("open", path))?, path)
}

/// Changes whose a file is; links are not followed.
pub fn give(path: &Path, access: Access) -> Result<()> {
    access.give(&open_plain(path)?, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    /// Whoever owns the folder may put a link into it, to a file that he may not read.
    #[test]
    fn links_are_not_followed() {
        let base = std::env::temp_dir().join(format!("xtelemdb-provision-{}", std::process::id()));
        let (victim, folder) = (base.join("victim"), base.join("folder"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(&victim, "secret").unwrap();
        let (before, folder_before) = (Access::of(&victim).unwrap(), Access::of(&folder).unwrap());
        let access = Access { mode: 0o604, ..before };
        symlink(&victim, base.join("link")).unwrap();
        fs::hard_link(&victim, base.join("name")).unwrap();
        symlink(&folder, base.join("way")).unwrap();
        for name in ["link", "name"] {
            assert!(give(&base.join(name), access).is_err(), "{name}");
        }
        assert!(create_folder(&base.join("way"), access).is_err());
        replace(&base.join("link"), "new", access).unwrap();
        assert_eq!(Access::of(&base.join("link")).unwrap(), access);
        assert_eq!(Access::of(&victim).unwrap(), before);
        assert_eq!(Access::of(&folder).unwrap(), folder_before);
        fs::remove_dir_all(&base).unwrap();
    }
}

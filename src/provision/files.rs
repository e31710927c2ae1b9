//! Files of others that `provision` changes: whole at every instant, with the owner and the permissions that they had.

use crate::error::{Error, Result};
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};

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

    fn give(self, path: &Path) -> Result<()> {
        let there = Self::of(path)?;
        if (there.uid, there.gid) != (self.uid, self.gid) {
            chown(path, Some(self.uid), Some(self.gid)).map_err(Error::file("change the owner of", path))?;
        }
        fs::set_permissions(path, fs::Permissions::from_mode(self.mode))
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

/// Writes a file that must not be seen half written: under another name first. What is there under that name is ours.
pub fn write_new(path: &Path, text: &str, access: Access) -> Result<()> {
    remove(path)?;
    let mut options = OpenOptions::new();
    let mut file =
        options.write(true).create_new(true).mode(0o600).open(path).map_err(Error::file("create", path))?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    written.map_err(Error::file("write", path)).and_then(|()| access.give(path)).inspect_err(|_| {
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
    access.give(path)
}

/// Changes whose a file is.
pub fn give(path: &Path, access: Access) -> Result<()> {
    access.give(path)
}

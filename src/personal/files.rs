//! Files and folders of a personal database: private from the moment they exist.
//!
//! Root works here in folders that belong to another account, and anybody in folders below ones that others may write to.
//! So a folder is opened once, without following a link, and looked at; what is made in it is made through what was opened.
//! Whoever puts something else in its place meanwhile changes nothing.

use crate::account::{self, Account};
use crate::error::{Error, Result};
use rustix::fs::{AtFlags, Mode, OFlags};
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// Bits of a mode that let others than the owner write.
const WRITABLE_BY_OTHERS: u32 = 0o022;

/// A folder that is open, belongs to the account and that nobody else may write to.
#[derive(Debug)]
pub struct Folder<'a> {
    file: File,
    path: &'a Path,
    account: &'a Account,
}

impl<'a> Folder<'a> {
    /// Opens a folder; an error if it is a link, somebody else's, or open to others' writing.
    pub fn enter(path: &'a Path, account: &'a Account) -> Result<Self> {
        let file = open_folder(path).map_err(Error::file("open", path))?;
        let there = file.metadata().map_err(Error::file("look at", path))?;
        if there.uid() != account.uid {
            return Err(unsafe_folder(path, &format!("it does not belong to {}", account.name)));
        }
        if there.mode() & WRITABLE_BY_OTHERS != 0 {
            return Err(unsafe_folder(
                path,
                &format!("others may write to it (chmod go-w {})", path.display()),
            ));
        }
        Ok(Self { file, path, account })
    }

    /// Opens a file in it that is there, is the account's own, and known by this name alone. Links are not followed.
    pub fn open(&self, name: &str, flags: OFlags) -> Result<File> {
        let path = self.path.join(name);
        // Opening a pipe must not wait for whoever writes to it.
        let file = self
            .open_at(name, flags | OFlags::NONBLOCK, Mode::empty())
            .map_err(Error::file("open", &path))?;
        let there = file.metadata().map_err(Error::file("look at", &path))?;
        if there.is_file() && there.uid() == self.account.uid && there.nlink() == 1 {
            return Ok(file);
        }
        Err(Error::Failed(format!(
            "{} is no plain file of {}'s own under one name: somebody has put it there; remove it",
            path.display(),
            self.account.name
        )))
    }

    fn create(&self, name: &str, text: &str) -> Result<()> {
        let path = self.path.join(name);
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL;
        let mut file =
            self.open_at(name, flags, Mode::RUSR | Mode::WUSR).map_err(Error::file("create", &path))?;
        self.account.give_open(&file).map_err(Error::file("change the owner of", &path))?;
        file.write_all(text.as_bytes()).map_err(Error::file("write", &path))
    }

    fn replace(&self, name: &str, text: &str) -> Result<()> {
        let new = format!("{name}.new");
        match rustix::fs::unlinkat(&self.file, &*new, AtFlags::empty()) {
            Err(e) if e != rustix::io::Errno::NOENT => {
                return Err(Error::file("remove", &self.path.join(new))(e.into()));
            }
            _ => {}
        }
        self.create(&new, text)?;
        rustix::fs::renameat(&self.file, &*new, &self.file, name)
            .map_err(|e| Error::file("replace", &self.path.join(name))(e.into()))
    }

    fn open_at(&self, name: &str, flags: OFlags, mode: Mode) -> io::Result<File> {
        let flags = flags | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok(rustix::fs::openat(&self.file, name, flags, mode)?.into())
    }
}

/// Creates a file that only `account` can read; it must not exist.
pub fn create(path: &Path, text: &str, account: &Account) -> Result<()> {
    let (folder, name) = parts(path)?;
    Folder::enter(folder, account)?.create(name, text)
}

/// Puts a file that only `account` can read in place of the one there, at once and in whole.
pub fn replace(path: &Path, text: &str, account: &Account) -> Result<()> {
    let (folder, name) = parts(path)?;
    Folder::enter(folder, account)?.replace(name, text)
}

/// Appends to a file of `account`'s that exists.
pub fn append(path: &Path, text: &str, account: &Account) -> Result<()> {
    let (folder, name) = parts(path)?;
    let mut file = Folder::enter(folder, account)?.open(name, OFlags::WRONLY | OFlags::APPEND)?;
    file.write_all(text.as_bytes()).map_err(Error::file("write", path))
}

/// Makes a folder that only `account` can enter; it must not exist.
pub fn create_folder(path: &Path, account: &Account) -> Result<()> {
    DirBuilder::new().mode(0o700).create(path).map_err(Error::file("create", path))?;
    take_folder(path, account)
}

/// Makes a folder that is there, and is our own or `account`'s, private to `account`.
pub fn take_folder(path: &Path, account: &Account) -> Result<()> {
    let file = open_folder(path).map_err(Error::file("open", path))?;
    let owner = file.metadata().map_err(Error::file("look at", path))?.uid();
    if owner != account.uid && owner != account::own_uid() {
        return Err(unsafe_folder(path, "it belongs to somebody else"));
    }
    file.set_permissions(Permissions::from_mode(0o700)).map_err(Error::file("make private", path))?;
    account.give_open(&file).map_err(Error::file("change the owner of", path))
}

/// Opens a folder, unless the name is that of a link.
pub fn open_folder(path: &Path) -> io::Result<File> {
    let flags = OFlags::DIRECTORY | OFlags::NOFOLLOW;
    OpenOptions::new().read(true).custom_flags(flags.bits() as i32).open(path)
}

/// Opens a file that is known by this name alone; links are not followed.
pub fn open_plain(path: &Path) -> Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let mut options = OpenOptions::new();
    let opened = options.read(true).custom_flags(flags.bits() as i32).open(path);
    let file = match opened {
        Err(e) if e.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error()) => {
            return Err(not_plain(path));
        }
        opened => opened.map_err(Error::file("open", path))?,
    };
    let there = file.metadata().map_err(Error::file("look at", path))?;
    if there.is_file() && there.nlink() == 1 { Ok(file) } else { Err(not_plain(path)) }
}

fn not_plain(path: &Path) -> Error {
    Error::Failed(format!(
        "{} is a link, or no plain file under one name: its owner is not changed. Put the file itself there",
        path.display()
    ))
}

fn unsafe_folder(path: &Path, fault: &str) -> Error {
    Error::Failed(format!("{} can't be used: {fault}. Mend that, or choose another folder", path.display()))
}

/// Folder and name of a file of ours: the names are constants.
fn parts(path: &Path) -> Result<(&Path, &str)> {
    debug_assert!(path.is_absolute());
    match (path.parent(), path.file_name().and_then(|name| name.to_str())) {
        (Some(folder), Some(name)) => Ok((folder, name)),
        _ => Err(Error::Failed(format!("{} names no file", path.display()))),
    }
}

/// Removes a file or a folder with all in it, if it is there. Links are removed, not followed.
pub fn remove_if_there(path: &Path) -> Result<()> {
    let removed = match fs::symlink_metadata(path) {
        Ok(there) if there.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(e) => Err(e),
    };
    match removed {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(Error::file("remove", path)(e)),
        _ => Ok(()),
    }
}

/// Length of a file, 0 if there is none.
pub fn length_bytes(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |file| file.len())
}

/// The last lines of a file that stand behind `from_bytes`, of which at most the last `most_bytes` are read.
pub fn last_lines(path: &Path, from_bytes: u64, most_bytes: u64, lines: usize) -> String {
    let start = from_bytes.max(length_bytes(path).saturating_sub(most_bytes));
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|mut file| {
        file.seek(SeekFrom::Start(start))?;
        file.take(most_bytes).read_to_end(&mut bytes)
    });
    if read.is_err() {
        return String::new();
    }
    let text = String::from_utf8_lossy(&bytes);
    let all: Vec<&str> = text.lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

/// What a folder takes on disk, in bytes. What vanishes while we look, or can't be read, counts nothing.
pub fn space_bytes(folder: &Path) -> u64 {
    /// The unit of `st_blocks`, whatever the file system's blocks are.
    const BLOCK_BYTES: u64 = 512;
    let mut total = 0;
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let Ok(metadata) = entry.metadata() else { continue };
            total += metadata.blocks() * BLOCK_BYTES;
            if metadata.is_dir() {
                folders.push(entry.path());
            }
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    /// A folder of the account that runs servers here.
    fn place(name: &str) -> (std::path::PathBuf, Account) {
        let base = std::env::temp_dir().join(format!("xtelemdb-{name}-{}", std::process::id()));
        let account = Account::for_new().unwrap();
        create_folder(&base, &account).unwrap();
        (base, account)
    }

    #[test]
    fn what_is_made_is_private() {
        let (base, account) = place("private");
        create(&base.join("file"), "text", &account).unwrap();
        replace(&base.join("file"), "other", &account).unwrap();
        append(&base.join("file"), " text", &account).unwrap();
        create_folder(&base.join("folder"), &account).unwrap();
        assert_eq!(fs::read_to_string(base.join("file")).unwrap(), "other text");
        for (name, mode) in [("", 0o700), ("folder", 0o700), ("file", 0o600)] {
            let made = fs::metadata(base.join(name)).unwrap();
            assert_eq!((made.mode() & 0o7777, made.uid()), (mode, account.uid), "{name}");
        }
        fs::remove_dir_all(&base).unwrap();
    }

    /// Whoever owns the folder may put links into it, to files that we may write to and he may not.
    #[test]
    fn links_are_not_followed() {
        let (base, account) = place("links");
        let victim = std::env::temp_dir().join(format!("xtelemdb-victim-{}", std::process::id()));
        fs::write(&victim, "victim").unwrap();
        symlink(&victim, base.join("link")).unwrap();
        fs::hard_link(&victim, base.join("name")).unwrap();
        symlink(&victim, base.join("file.new")).unwrap();
        symlink(&base, base.join("folder")).unwrap();
        for result in [
            create(&base.join("link"), "ours", &account),
            append(&base.join("link"), "ours", &account),
            append(&base.join("name"), "ours", &account),
            create(&base.join("folder/file"), "ours", &account),
            create_folder(&base.join("folder"), &account),
            take_folder(&base.join("folder"), &account),
        ] {
            assert!(result.is_err());
        }
        replace(&base.join("file"), "ours", &account).unwrap();
        replace(&base.join("link"), "ours", &account).unwrap();
        assert_eq!(fs::read_to_string(&victim).unwrap(), "victim");
        assert!(fs::symlink_metadata(base.join("link")).unwrap().is_file(), "the link itself is replaced");
        fs::remove_file(&victim).unwrap();
        fs::remove_dir_all(&base).unwrap();
    }

    #[test]
    fn folders_that_others_may_write_to_are_refused() {
        let (base, account) = place("open");
        for mode in [0o770, 0o702] {
            fs::set_permissions(&base, Permissions::from_mode(mode)).unwrap();
            let error = create(&base.join("file"), "", &account).unwrap_err().to_string();
            assert!(error.contains("chmod go-w"), "{error}");
        }
        let stranger = create(Path::new("/usr/file"), "", &account).unwrap_err();
        assert!(stranger.to_string().contains("does not belong"), "{stranger}");
        fs::remove_dir_all(&base).unwrap();
    }

    #[test]
    fn only_the_new_lines_of_a_log_are_quoted() {
        let path = std::env::temp_dir().join(format!("xtelemdb-files-{}", std::process::id()));
        fs::write(&path, "old\n").unwrap();
        let before = length_bytes(&path);
        fs::write(&path, "old\none\ntwo\nthree\n").unwrap();
        assert_eq!(last_lines(&path, before, 1000, 2), "two\nthree");
        assert_eq!(last_lines(&path, before, 1000, 9), "one\ntwo\nthree");
        fs::remove_file(&path).unwrap();
        assert_eq!(last_lines(&path, 0, 1000, 9), "");
    }
}

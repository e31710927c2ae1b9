//! The folder of the server's socket: private, and short enough for the kernel however deep the database lies.

use super::files;
use crate::account::Account;
use crate::error::{Error, Result};
use crate::limits::SOCKET_FOLDER_BYTES;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::fs::{self, DirBuilder};
use std::io::ErrorKind;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};

/// Finds the place for the socket of the database in `dir` and makes the folder there, private to `account`.
/// It is `dir/socket`; where that path is too long or odd, or its file system has no sockets, a folder in /tmp.
pub fn prepare(dir: &Path, account: &Account) -> Result<PathBuf> {
    let inside = inside(dir);
    if can_be_named(&inside) {
        make_private(&inside, account)?;
        if holds_sockets(&inside) {
            return Ok(inside);
        }
    }
    let outside = outside(dir);
    make_private(&outside, account)?;
    Ok(outside)
}

/// The folders that [`prepare`] may make for `dir`.
pub fn places(dir: &Path) -> [PathBuf; 2] {
    [inside(dir), outside(dir)]
}

fn inside(dir: &Path) -> PathBuf {
    dir.join("socket")
}

fn outside(dir: &Path) -> PathBuf {
    let mut name = String::from("/tmp/xtelemdb-");
    for byte in Sha256::digest(dir.as_os_str().as_bytes()).iter().take(8) {
        let _ = write!(name, "{byte:02x}");
    }
    name.into()
}

/// Short enough for the kernel, and without characters that mean something in a list of folders.
fn can_be_named(folder: &Path) -> bool {
    let bytes = folder.as_os_str().as_bytes();
    bytes.len() <= SOCKET_FOLDER_BYTES
        && bytes.iter().all(|b| b.is_ascii_alphanumeric() || b"/._-+@".contains(b))
}

/// Makes the folder, or makes sure that the one there is `account`'s own and closed to others: whoever owns the
/// folder of a socket can put a false server there.
fn make_private(folder: &Path, account: &Account) -> Result<()> {
    match DirBuilder::new().mode(0o700).create(folder) {
        // What was made is looked at as well: it may be gone again, and something else in its place.
        Ok(()) => files::take_folder(folder, account)?,
        Err(e) if e.kind() == ErrorKind::AlreadyExists => {}
        Err(e) => return Err(Error::file("create", folder)(e)),
    }
    let there = fs::symlink_metadata(folder).map_err(Error::file("look at", folder))?;
    let fault = if !there.is_dir() {
        "it is not a folder"
    } else if there.uid() != account.uid {
        "it belongs to somebody else"
    } else if there.mode() & 0o077 != 0 {
        "others can enter it"
    } else {
        return Ok(());
    };
    Err(Error::Failed(format!(
        "{} can't hold the server's socket: {fault}. Remove it, or have its owner remove it",
        folder.display()
    )))
}

/// Whether the folder's file system has sockets, by trying: some of clusters and containers have not.
fn holds_sockets(folder: &Path) -> bool {
    let probe = folder.join(".probe");
    let _ = fs::remove_file(&probe);
    let bound = UnixListener::bind(&probe).is_ok();
    let _ = fs::remove_file(&probe);
    bound
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn long_and_odd_paths_go_to_tmp() {
        assert!(can_be_named(Path::new("/home/someone/postgres/socket")));
        assert!(!can_be_named(Path::new(&format!("/{}/socket", "d".repeat(SOCKET_FOLDER_BYTES)))));
        assert!(!can_be_named(Path::new("/home/a,b/socket")), "a comma ends a folder in PostgreSQL's list");
        let [_, one] = places(Path::new("/a"));
        let [_, other] = places(Path::new("/b"));
        assert_ne!(one, other);
        assert!(can_be_named(&one) && one.as_os_str().len() == "/tmp/xtelemdb-".len() + 16);
    }

    #[test]
    fn only_a_private_folder_of_the_own_user_will_do() {
        let base = std::env::temp_dir().join(format!("xtelemdb-socket-{}", std::process::id()));
        fs::create_dir(&base).unwrap();
        let account = Account::owning(&base);
        // As root, the folder is given to somebody who may run a server.
        let account = account.or_else(|_| Account::for_new()).unwrap();
        let folder = base.join("socket");
        make_private(&folder, &account).unwrap();
        make_private(&folder, &account).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o750)).unwrap();
        assert!(make_private(&folder, &account).unwrap_err().to_string().contains("others can enter"));
        symlink(&folder, base.join("link")).unwrap();
        assert!(make_private(&base.join("link"), &account).unwrap_err().to_string().contains("not a folder"));
        assert!(make_private(Path::new("/usr"), &account).unwrap_err().to_string().contains("somebody else"));
        fs::remove_dir_all(&base).unwrap();
    }
}

//! Who runs the server: the operating-system user, and how to start programs as another one.
//!
//! `/etc/passwd` and `/proc` are read as files: a static binary can't ask a cluster's LDAP.

use crate::error::{Error, Result};
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::{MetadataExt, fchown, lchown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

/// The account that runs servers which root asks for: packages of PostgreSQL create it.
pub const SERVER_ACCOUNT: &str = "postgres";

/// The account that owns a personal database and runs its server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its name, for messages.
    pub name: String,
    /// User id.
    pub uid: u32,
    /// Primary group; `None` when programs run as the user that we are already.
    switch_to_gid: Option<u32>,
}

impl Account {
    /// The account for a new personal database: our own, but `postgres` when we are root.
    pub fn for_new() -> Result<Self> {
        let uid = own_uid();
        if uid != 0 {
            return Ok(Self { name: own_name()?, uid, switch_to_gid: None });
        }
        passwd_entry(|entry| entry.name == SERVER_ACCOUNT).map(Self::switched).ok_or_else(|| {
            Error::Failed(format!(
                "PostgreSQL refuses to run as root, and there is no account `{SERVER_ACCOUNT}` in /etc/passwd to \
                 run it as. Run this as an ordinary user, or create the account first:\n    \
                 useradd --system --user-group --no-create-home --shell /usr/sbin/nologin {SERVER_ACCOUNT}"
            ))
        })
    }

    /// The account that owns `path`, part of a personal database that exists.
    pub fn owning(path: &Path) -> Result<Self> {
        let owner = fs::symlink_metadata(path).map_err(Error::file("look at", path))?;
        let own_uid = own_uid();
        let known = passwd_entry(|entry| entry.uid == owner.uid());
        let name =
            known.as_ref().map_or_else(|| format!("number {}", owner.uid()), |entry| entry.name.clone());
        if owner.uid() == own_uid && own_uid != 0 {
            return Ok(Self { name, uid: own_uid, switch_to_gid: None });
        }
        if own_uid != 0 {
            return Err(Error::Failed(format!(
                "{} belongs to user {name}: run this as that user",
                path.display()
            )));
        }
        if owner.uid() == 0 {
            return Err(Error::Failed(format!(
                "{} belongs to root, and PostgreSQL refuses to run as root: give the whole folder to the account \
                 that is to run the server (chown -R {SERVER_ACCOUNT}: ...)",
                path.display()
            )));
        }
        Ok(Self { name, uid: owner.uid(), switch_to_gid: Some(known.map_or(owner.gid(), |entry| entry.gid)) })
    }

    fn switched(entry: PasswdEntry) -> Self {
        Self { name: entry.name, uid: entry.uid, switch_to_gid: Some(entry.gid) }
    }

    /// A command that runs as this account, away from our terminal, our folder and our PostgreSQL settings.
    pub fn command(&self, program: impl AsRef<OsStr>, folder: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(folder).stdin(Stdio::null()).env("LC_ALL", "C");
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"PG")) {
            command.env_remove(name);
        }
        if let Some(gid) = self.switch_to_gid {
            command.uid(self.uid).gid(gid);
        }
        command
    }

    /// Its primary group.
    pub fn gid(&self) -> u32 {
        self.switch_to_gid.unwrap_or_else(|| own_ids().1)
    }

    /// Makes the calling thread act as this account for the rest of its life, if root asks for another's. Only a thread
    /// that ends soon may do that: it can't go back.
    pub fn take_identity_in_thread(&self) -> Result<()> {
        use rustix::process::{Gid, Uid};
        use rustix::thread::{set_thread_gid, set_thread_groups, set_thread_uid};
        let Some(gid) = self.switch_to_gid else { return Ok(()) };
        let (uid, gid) = (Uid::from_raw(self.uid), Gid::from_raw(gid));
        set_thread_groups(&[]).and_then(|()| set_thread_gid(gid)).and_then(|()| set_thread_uid(uid)).map_err(
            |e| Error::Failed(format!("can't act as account {}: {}", self.name, std::io::Error::from(e))),
        )
    }

    /// Makes this account the owner of `path`, which we have just created.
    pub fn give(&self, path: &Path) -> Result<()> {
        match self.switch_to_gid {
            None => Ok(()),
            Some(gid) => {
                lchown(path, Some(self.uid), Some(gid)).map_err(Error::file("change the owner of", path))
            }
        }
    }

    /// Makes this account the owner of a file or folder that is open, whatever has become of its name.
    pub fn give_open(&self, file: &fs::File) -> std::io::Result<()> {
        match self.switch_to_gid {
            None => Ok(()),
            Some(gid) => fchown(file, Some(self.uid), Some(gid)),
        }
    }

    /// Makes sure that the account can enter `folder`, by trying; says which folder on the way stops it if not.
    pub fn can_enter(&self, folder: &Path) -> Result<()> {
        if self.switch_to_gid.is_none() {
            return Ok(());
        }
        let enters = |folder: &Path| {
            let mut shell = self.command("/bin/sh", Path::new("/"));
            shell.args(["-c", "cd -- \"$1\"", "sh"]).arg(folder).stderr(Stdio::null());
            shell.status().map_err(Error::file("run", Path::new("/bin/sh"))).map(|status| status.success())
        };
        if enters(folder)? {
            return Ok(());
        }
        let mut from_the_root: Vec<&Path> = folder.ancestors().collect();
        from_the_root.reverse();
        for step in from_the_root {
            if !enters(step)? {
                return Err(Error::Failed(format!(
                    "root's server runs as account `{}`, which can't enter {}. Choose a folder elsewhere \
                     (below /var/lib or /srv, say), or let it pass: chmod o+x {}",
                    self.name,
                    step.display(),
                    step.display()
                )));
            }
        }
        Ok(())
    }
}

/// Runs a command to its end and returns its standard output; a failure carries what it wrote.
pub fn run(command: &mut Command) -> Result<String> {
    let program = Path::new(command.get_program()).to_owned();
    let output = command.output().map_err(Error::file("run", &program))?;
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if output.status.success() {
        return Ok(out.into_owned());
    }
    let said =
        [err.trim(), out.trim()].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
    Err(Error::Failed(format!("{} failed ({}):\n{said}", program.display(), output.status)))
}

/// Our effective user id.
pub fn own_uid() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// The name of the user who runs this program: `$USER`, else what `id -un` says.
pub fn own_name() -> Result<String> {
    if let Some(name) = std::env::var("USER").ok().filter(|name| !name.is_empty()) {
        return Ok(name);
    }
    let unknown = |why: String| {
        Error::Failed(format!(
            "$USER is not set and `id -un` does not help ({why}): set USER to your user name"
        ))
    };
    let name = run(Command::new("id").arg("-un").stdin(Stdio::null())).map_err(|e| unknown(e.to_string()))?;
    let name = name.trim();
    if name.is_empty() { Err(unknown("it printed nothing".into())) } else { Ok(name.to_owned()) }
}

/// User and primary group of an account, by its name.
pub fn ids(name: &str) -> Option<(u32, u32)> {
    passwd_entry(|entry| entry.name == name).map(|entry| (entry.uid, entry.gid))
}

/// The number of a group, by its name.
pub fn group_id(name: &str) -> Option<u32> {
    let groups = fs::read("/etc/group").ok()?;
    let groups = String::from_utf8_lossy(&groups);
    let mut fields = groups.lines().map(|line| line.split(':'));
    fields.find_map(|mut fields| (fields.next()? == name).then(|| fields.nth(1)?.parse().ok())?)
}

/// Whether we are root.
pub fn is_root() -> bool {
    own_uid() == 0
}

/// Our own effective user and group.
pub fn own_ids() -> (u32, u32) {
    (own_uid(), rustix::process::getegid().as_raw())
}

struct PasswdEntry {
    name: String,
    uid: u32,
    gid: u32,
}

fn passwd_entry(wanted: impl Fn(&PasswdEntry) -> bool) -> Option<PasswdEntry> {
    let passwd = fs::read("/etc/passwd").ok()?;
    String::from_utf8_lossy(&passwd).lines().filter_map(parse_passwd_line).find(wanted)
}

fn parse_passwd_line(line: &str) -> Option<PasswdEntry> {
    let mut fields = line.split(':');
    let (name, _password) = (fields.next()?.to_owned(), fields.next()?);
    Some(PasswdEntry { name, uid: fields.next()?.parse().ok()?, gid: fields.next()?.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwd_lines_give_name_and_numbers() {
        let entry =
            parse_passwd_line("postgres:x:101:104:PostgreSQL,,,:/var/lib/postgresql:/bin/bash").unwrap();
        assert_eq!((entry.name.as_str(), entry.uid, entry.gid), ("postgres", 101, 104));
        assert!(parse_passwd_line("# comment").is_none());
        assert!(parse_passwd_line("+@ldap::::::").is_none(), "a NIS line has no numbers");
    }

    #[test]
    fn a_failed_program_is_quoted() {
        let error =
            run(Command::new("/bin/sh").args(["-c", "echo no room >&2; exit 7"])).unwrap_err().to_string();
        assert!(error.contains("no room") && error.contains('7'), "{error}");
    }
}

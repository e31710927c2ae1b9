//! Connecting as the server's superuser, over its socket: the account that runs the server is let in by its name.
//!
//! The server asks the kernel who is at the other end of its socket, so root connects in a thread that has taken that
//! account's identity for as long as this takes. No password is needed, and none is there yet.

use super::schema::refused;
use super::sql;
use crate::account::{self, Account, SERVER_ACCOUNT};
use crate::config::Database;
use crate::error::{Error, Result};
use crate::threads;
use postgres::{Client, NoTls};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// Where packages put the socket, when the configuration names no folder.
const SOCKET_FOLDERS: [&str; 3] = ["/run/postgresql", "/var/run/postgresql", "/tmp"];

/// The way to a server as its superuser.
#[derive(Clone, Debug)]
pub struct Admin {
    folder: PathBuf,
    port: u16,
    /// Who runs the server.
    pub account: Account,
    /// Whom to connect as: the account's name, else the configured role, as in a personal copy.
    roles: [String; 2],
}

impl Admin {
    /// Finds the server's socket, and who runs it.
    pub fn find(settings: &Database) -> Result<Self> {
        let name = format!(".s.PGSQL.{}", settings.port);
        let is_named = settings.host.starts_with('/');
        let folders: Vec<PathBuf> = match is_named {
            true => vec![settings.host.clone().into()],
            false => SOCKET_FOLDERS.iter().map(PathBuf::from).collect(),
        };
        // Anybody may put a socket into /tmp, and wait there for a superuser.
        let trusted_uid = match is_named || !account::is_root() {
            true => None,
            false => account::ids(SERVER_ACCOUNT).map(|(uid, _)| uid).or(Some(0)),
        };
        let folder = find_socket(&folders, &name, trusted_uid)?;
        let account = Account::owning(&folder.join(&name))
            .map_err(|error| Error::Failed(format!("{error}, or as root")))?;
        let roles = [account.name.clone(), settings.user.clone()];
        Ok(Self { folder: folder.to_owned(), port: settings.port, account, roles })
    }

    /// The folder of the socket.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A connection to one of the server's databases.
    pub fn connect(&self, database: &str) -> Result<Client> {
        let mut first = None;
        for role in &self.roles {
            match self.connect_as(role, database) {
                Ok(mut client) => {
                    client.batch_execute(sql::SESSION).map_err(refused)?;
                    if client.query_one(sql::IS_SUPERUSER, &[]).map_err(refused)?.get(0) {
                        return Ok(client);
                    }
                    first.get_or_insert_with(|| format!("role {role} is no superuser"));
                }
                Err(error) => {
                    first.get_or_insert_with(|| error.to_string());
                }
            }
        }
        Err(Error::Database(format!(
            "can't use database {database} over the socket in {} as superuser: {}",
            self.folder.display(),
            first.unwrap_or_default()
        )))
    }

    fn connect_as(&self, role: &str, database: &str) -> Result<Client> {
        let mut config = postgres::Config::new();
        config
            .host_path(&self.folder)
            .port(self.port)
            .user(role)
            .dbname(database)
            .application_name("xtelemdb-admin")
            .connect_timeout(crate::limits::SERVER_CONNECT_TIMEOUT);
        let account = self.account.clone();
        let thread = threads::spawn("connect-as-account", move || {
            account.take_identity_in_thread()?;
            config.connect(NoTls).map_err(|error| Error::Database(super::failure::describe(&error)))
        })?;
        threads::join(thread)
    }
}

/// The first of the folders that has the socket: one of the trusted user's own, if there is one to be trusted.
fn find_socket<'a>(folders: &'a [PathBuf], name: &str, trusted_uid: Option<u32>) -> Result<&'a Path> {
    let mut distrusted = None;
    for folder in folders {
        let Ok(there) = fs::symlink_metadata(folder.join(name)) else { continue };
        if trusted_uid.is_none_or(|uid| uid == there.uid()) {
            return Ok(folder);
        }
        distrusted.get_or_insert(folder);
    }
    if let Some(folder) = distrusted {
        return Err(Error::Failed(format!(
            "the socket {name} in {folder} is not that of account {SERVER_ACCOUNT}: anybody could have put it there. If it is \
             the server's, say so: database.host={folder}",
            folder = folder.display()
        )));
    }
    let looked: Vec<String> = folders.iter().map(|folder| folder.display().to_string()).collect();
    Err(Error::Failed(format!(
        "there is no socket {name} of a PostgreSQL server in {}. This has to run on the server's computer, while the \
         server runs: systemctl enable --now postgresql (Rocky: postgresql-setup --initdb before). Another folder: \
         database.host=DIR",
        looked.join(", ")
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_of_somebody_else_is_not_trusted() {
        let base = std::env::temp_dir().join(format!("xtelemdb-admin-{}", std::process::id()));
        let folders = ["empty", "there"].map(|name| base.join(name));
        folders.iter().for_each(|folder| fs::create_dir_all(folder).unwrap());
        let _socket = std::os::unix::net::UnixListener::bind(folders[1].join("s")).unwrap();
        let own_uid = fs::metadata(&base).unwrap().uid();
        for trusted_uid in [None, Some(own_uid)] {
            assert_eq!(find_socket(&folders, "s", trusted_uid).unwrap(), folders[1]);
        }
        let error = find_socket(&folders, "s", Some(own_uid + 1)).unwrap_err().to_string();
        assert!(error.contains(&format!("database.host={}", folders[1].display())), "{error}");
        assert!(
            find_socket(&folders[..1], "s", None).unwrap_err().to_string().contains("there is no socket")
        );
        fs::remove_dir_all(&base).unwrap();
    }
}

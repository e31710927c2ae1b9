//! Connecting as the server's superuser, over its socket: the account that runs the server is let in by its name.
//!
//! The server asks the kernel who is at the other end of its socket, so root connects in a thread that has taken that
//! account's identity for as long as this takes. No password is needed, and none is there yet.

use super::schema::refused;
use super::sql;
use crate::config::Database;
use crate::error::{Error, Result};
use crate::personal::account::Account;
use crate::threads;
use postgres::{Client, NoTls};
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
        let folders: Vec<PathBuf> = match settings.host.starts_with('/') {
            true => vec![settings.host.clone().into()],
            false => SOCKET_FOLDERS.iter().map(PathBuf::from).collect(),
        };
        let Some(folder) = folders.iter().find(|folder| folder.join(&name).exists()) else {
            let looked: Vec<String> = folders.iter().map(|folder| folder.display().to_string()).collect();
            return Err(Error::Failed(format!(
                "there is no socket {name} of a PostgreSQL server in {}. This has to run on the server's computer, while the \
                 server runs: systemctl enable --now postgresql (Rocky: postgresql-setup --initdb before). Another folder: \
                 database.host=DIR",
                looked.join(", ")
            )));
        };
        let account = Account::owning(&folder.join(&name))
            .map_err(|error| Error::Failed(format!("{error}, or as root")))?;
        let roles = [account.name.clone(), settings.user.clone()];
        Ok(Self { folder: folder.clone(), port: settings.port, account, roles })
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

//! What there is to say about a personal database.

use super::process::{self, Found};
use super::server::this_host;
use super::{CLIENT_CONFIG, FileSystem, Personal, files, settings};
use crate::db::failure::describe;
use crate::error::Result;
use serde::Serialize;

/// The state of a personal database.
#[derive(Debug, Serialize)]
pub struct Status {
    /// The folder.
    pub dir: String,
    /// Whether the server runs on this host.
    pub running: bool,
    /// Process id of the server.
    pub pid: Option<u32>,
    /// The host that runs the server, or did when it ended without notice.
    pub host: Option<String>,
    /// Whether that is this host.
    #[serde(skip)]
    pub is_own_host: bool,
    /// Why a server that runs does not answer.
    pub problem: Option<String>,
    /// PostgreSQL's version: in full from a server that answers, else the major version of the data.
    pub version: Option<String>,
    /// When the server was started, in UTC.
    pub since: Option<String>,
    /// Folder of the socket.
    pub socket: String,
    /// Number in the socket's name.
    pub port: u16,
    /// Role that owns everything.
    pub user: String,
    /// Name of the database.
    pub database: String,
    /// The kind of file system that the folder is on.
    pub file_system: Option<String>,
    /// Data folders that upgrades have replaced, which may be deleted.
    pub old_data: Vec<String>,
    /// What the data folder takes on disk.
    pub size_bytes: u64,
    /// Configuration file for the other commands.
    pub config: String,
    /// The operating-system account that runs the server.
    pub account: String,
}

impl Personal {
    /// Looks at everything; a server that runs is asked.
    pub fn status(&self) -> Result<Status> {
        let host = self.running_on()?;
        let mut status = Status {
            dir: self.dir.display().to_string(),
            running: false,
            pid: None,
            is_own_host: host == Some(this_host()?),
            host,
            problem: None,
            version: self.data_major().ok().map(|major| major.to_string()),
            since: None,
            socket: self.socket().display().to_string(),
            port: settings::PORT,
            user: self.marker.user.clone(),
            database: settings::DATABASE.into(),
            file_system: FileSystem::of(&self.dir).map(|found| found.kind),
            old_data: self.old_data()?.iter().map(|folder| folder.display().to_string()).collect(),
            size_bytes: files::space_bytes(&self.data()),
            config: self.dir.join(CLIENT_CONFIG).display().to_string(),
            account: self.account.name.clone(),
        };
        if let Found::Server(found) = process::look(&self.data())? {
            status.running = true;
            status.pid = Some(found.pid);
            if let Some(socket) = found.socket {
                status.socket = socket.display().to_string();
            }
            status.port = found.port.unwrap_or(status.port);
            match self.ask() {
                Ok((version, since)) => (status.version, status.since) = (Some(version), Some(since)),
                Err(e) => status.problem = Some(describe(&e)),
            }
        }
        Ok(status)
    }

    /// The server's version and when it was started.
    fn ask(&self) -> std::result::Result<(String, String), postgres::Error> {
        let row = self.connect("postgres")?.query_one(
            "SELECT split_part(current_setting('server_version'), ' ', 1),
                    to_char(pg_postmaster_start_time() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')",
            &[],
        )?;
        Ok((row.try_get(0)?, row.try_get(1)?))
    }
}

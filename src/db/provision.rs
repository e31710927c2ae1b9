//! What `provision` asks the server and tells it, as its superuser.

use super::failure::describe;
use super::schema::refused;
use super::sql::{HBA_ERRORS, literal, provision as sql, quote};
use crate::error::{Error, Result};
use postgres::Client;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What there is on the server's side.
#[derive(Debug)]
pub struct Server {
    /// The file of access lines.
    pub hba_file: PathBuf,
    /// Whether it can include others.
    pub hba_includes: bool,
    /// What the server listens on.
    pub listens_on: String,
    /// What it will listen on after a restart.
    pub will_listen_on: String,
    /// When it read its files last.
    pub files_read_at: SystemTime,
}

/// What there is of a role.
#[derive(Debug, Default)]
pub struct Role {
    /// Whether it is there.
    pub exists: bool,
    /// Whether it may log in.
    pub can_login: bool,
    /// What the server keeps of its password.
    pub verifier: Option<String>,
}

/// Asks for the server's files and settings.
pub fn server(client: &mut Client) -> Result<Server> {
    let row = client.query_one(sql::SERVER, &[]).map_err(refused)?;
    let listens_on: String = row.get(2);
    Ok(Server {
        hba_file: row.get::<_, String>(1).into(),
        hba_includes: row.get::<_, i32>(0) >= sql::INCLUDES_FROM,
        will_listen_on: row.get::<_, Option<String>>(3).unwrap_or_else(|| listens_on.clone()),
        listens_on,
        files_read_at: UNIX_EPOCH + Duration::try_from_secs_f64(row.get(4)).unwrap_or_default(),
    })
}

/// Asks for a role.
pub fn role(client: &mut Client, name: &str) -> Result<Role> {
    let row = client.query_opt(sql::ROLE, &[&name]).map_err(refused)?;
    Ok(row.map_or_else(Role::default, |row| Role {
        exists: true,
        can_login: row.get(0),
        verifier: row.get(1),
    }))
}

/// Where a tablespace is, if it is there.
pub fn tablespace(client: &mut Client, name: &str) -> Result<Option<PathBuf>> {
    let row = client.query_opt(sql::TABLESPACE, &[&name]).map_err(refused)?;
    Ok(row.map(|row| row.get::<_, String>(0).into()))
}

/// The tablespace of a database, if that is there.
pub fn database(client: &mut Client, name: &str) -> Result<Option<String>> {
    Ok(client.query_opt(sql::DATABASE, &[&name]).map_err(refused)?.map(|row| row.get(0)))
}

/// The lines that give the roles what they lack in the database of this connection.
pub fn rights_missing(client: &mut Client, writer: &str, reader: &str) -> Result<Vec<String>> {
    let rows = client.query(sql::RIGHTS_MISSING, &[&writer, &reader]).map_err(refused)?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// What the server does not understand of its file of access lines.
pub fn hba_errors(client: &mut Client) -> Result<Vec<String>> {
    Ok(client.query(HBA_ERRORS, &[]).map_err(refused)?.iter().map(|row| row.get(0)).collect())
}

/// Has the server read its files again.
pub fn reload(client: &mut Client) -> Result<()> {
    client.execute(sql::RELOAD, &[]).map(drop).map_err(refused)
}

/// Runs a statement; an error names it. A superuser lacks no right: it is the server that may not do something to a file.
pub fn run(client: &mut Client, statement: &str) -> Result<()> {
    client
        .batch_execute(statement)
        .map_err(|error| Error::Database(format!("{statement} {}", describe(&error))))
}

/// The statement that makes a tablespace.
pub fn create_tablespace(name: &str, folder: &Path) -> String {
    format!("CREATE TABLESPACE {} LOCATION {};", quote(name), literal(&folder.to_string_lossy()))
}

/// The statement that makes a role, or lets it log in.
pub fn create_role(name: &str, exists: bool) -> String {
    format!("{} ROLE {} LOGIN;", if exists { "ALTER" } else { "CREATE" }, quote(name))
}

/// The statement that makes a database for text in UTF-8, whatever the server's default is.
pub fn create_database(name: &str, owner: &str, tablespace: Option<&str>) -> String {
    let tablespace = tablespace.map(|name| format!(" TABLESPACE {}", quote(name))).unwrap_or_default();
    format!(
        "CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0{tablespace};",
        quote(name),
        quote(owner)
    )
}

/// The statement that sets what the server listens on.
pub fn set_listen(addresses: &str) -> String {
    format!("ALTER SYSTEM SET listen_addresses = {};", literal(addresses))
}

/// The statement that sets what the server keeps of a password.
pub fn set_verifier(role: &str, verifier: &str) -> String {
    format!("ALTER ROLE {} PASSWORD {};", quote(role), literal(verifier))
}

/// The statement that takes a role's password away.
pub fn unset_verifier(role: &str) -> String {
    format!("ALTER ROLE {} PASSWORD NULL;", quote(role))
}

/// Runs a statement that an error must not name, nor the server's log.
pub fn run_secret(client: &mut Client, statement: &str) -> Result<()> {
    client.batch_execute(sql::SAY_NOTHING).map_err(refused)?;
    client.batch_execute(statement).map_err(refused)
}

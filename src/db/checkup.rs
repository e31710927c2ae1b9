//! Questions about the server and the database as a whole, for those who look after them. Nothing is changed.

use super::failure::Failure;
use super::sql::{HBA_ERRORS, checkup as sql};
use crate::error::{Error, Result};
use postgres::{Client, Row};
use std::time::Duration;

/// This connection, and the server at its other end.
#[derive(Debug)]
pub struct Session {
    /// The role.
    pub user: String,
    /// The database.
    pub database: String,
    /// `150018` is 15.18.
    pub version_number: i32,
    /// The same for people.
    pub version: String,
    /// When the server was started, in UTC.
    pub started: String,
    /// Whether it is a standby.
    pub in_recovery: bool,
    /// Whether a network is in between.
    pub is_remote: bool,
    /// Protocol and cipher of an encrypted connection.
    pub tls: Option<String>,
    /// Connections to the server, this one too.
    pub connections: i64,
}

/// A setting of the server.
#[derive(Debug)]
pub struct Setting {
    /// Its name.
    pub name: String,
    /// Its value in its own unit.
    pub value: String,
    /// The same as people write it.
    pub shown: String,
}

/// A right that some command needs.
#[derive(Debug)]
pub struct Right {
    /// `SELECT`, `INSERT`, ...
    pub right: String,
    /// A table, or the database.
    pub of: String,
    /// What needs it: "read", "load" or "follow".
    pub purpose: String,
    /// Whether this role has it.
    pub is_given: bool,
}

/// What a table takes.
#[derive(Debug)]
pub struct Size {
    /// Its name.
    pub name: String,
    /// Rows as the planner estimates them; none before the first ANALYZE.
    pub rows: Option<u64>,
    /// With its indexes.
    pub size_bytes: u64,
}

/// Where the database is.
#[derive(Debug)]
pub struct Place {
    /// The tablespace.
    pub tablespace: String,
    /// Size of the database.
    pub size_bytes: u64,
    /// The folder on the server's machine; none if this role may not know.
    pub path: Option<String>,
    /// Whether the server's machine is this one.
    pub is_here: bool,
}

/// Copies of a host's files at one place.
#[derive(Debug)]
pub struct Copies {
    /// Where.
    pub hostname: String,
    /// How many.
    pub files: u64,
    /// Those of an earlier state of the file.
    pub outdated: u64,
}

/// The last sign of life of a host's follow.
#[derive(Debug)]
pub struct Heartbeat {
    /// Its name as a device.
    pub name: String,
    /// Its process.
    pub process_id: i32,
    /// Since the last sign.
    pub age: Duration,
    /// Whether it ended in order.
    pub has_ended: bool,
    /// Files with news.
    pub files_behind: u64,
    /// What went wrong last.
    pub last_error: Option<String>,
}

/// Who and where we are.
pub fn session(client: &mut Client) -> Result<Session> {
    let row = one(client, sql::CONNECTION)?;
    Ok(Session {
        user: row.get(0),
        database: row.get(1),
        version_number: row.get(2),
        version: row.get(3),
        started: row.get(4),
        in_recovery: row.get(5),
        is_remote: row.get(6),
        tls: row.get(7),
        connections: row.get(8),
    })
}

/// The server's clock, in seconds since 1970.
pub fn clock_s(client: &mut Client) -> Result<f64> {
    Ok(one(client, sql::CLOCK)?.get(0))
}

/// Settings that matter to loading.
pub fn settings(client: &mut Client) -> Result<Vec<Setting>> {
    let setting = |row: &Row| Setting { name: row.get(0), value: row.get(1), shown: row.get(2) };
    Ok(all(client, sql::SETTINGS)?.iter().map(setting).collect())
}

/// Lines of pg_hba.conf that can't be read; `None` if this role may not see them.
pub fn hba_errors(client: &mut Client) -> Result<Option<Vec<String>>> {
    if !one(client, sql::MAY_READ_HBA)?.get::<_, bool>(0) {
        return Ok(None);
    }
    Ok(Some(all(client, HBA_ERRORS)?.iter().map(|row| row.get(0)).collect()))
}

/// What this role may do.
pub fn rights(client: &mut Client) -> Result<Vec<Right>> {
    let right =
        |row: &Row| Right { right: row.get(0), of: row.get(1), purpose: row.get(2), is_given: row.get(3) };
    Ok(all(client, sql::RIGHTS)?.iter().map(right).collect())
}

/// Whether this role may read a table.
pub fn may_read(client: &mut Client, table: &str) -> Result<bool> {
    Ok(client.query_one(sql::MAY_READ, &[&table]).map_err(refused)?.get(0))
}

/// How large the tables are.
pub fn sizes(client: &mut Client) -> Result<Vec<Size>> {
    let size = |row: &Row| Size {
        name: row.get(0),
        rows: u64::try_from(row.get::<_, i64>(1)).ok(),
        size_bytes: row.get::<_, i64>(2) as u64,
    };
    Ok(all(client, sql::SIZES)?.iter().map(size).collect())
}

/// Where the database is, as far as this role may know.
pub fn place(client: &mut Client) -> Result<Place> {
    let row = one(client, sql::PLACE)?;
    let mut place = Place {
        tablespace: row.get(0),
        path: row.get::<_, Option<String>>(1).filter(|path| !path.is_empty()),
        size_bytes: row.get::<_, i64>(2) as u64,
        is_here: !row.get::<_, bool>(3),
    };
    // The tablespaces that every server has stand in its data folder.
    if place.path.is_none() && row.get(4) {
        place.path = Some(one(client, sql::DATA_DIRECTORY)?.get(0));
    }
    Ok(place)
}

/// Records of a host that are set aside, by reason.
pub fn rejects(client: &mut Client, host: &str) -> Result<Vec<(String, u64)>> {
    let rows = client.query(sql::REJECTS_BY_REASON, &[&host]).map_err(refused)?;
    Ok(rows.iter().map(|row| (row.get(0), row.get::<_, i64>(1) as u64)).collect())
}

/// Copies of a host's files.
pub fn replicas(client: &mut Client, host: &str) -> Result<Vec<Copies>> {
    let rows = client.query(sql::REPLICAS, &[&host]).map_err(refused)?;
    let copies = |row: &Row| Copies {
        hostname: row.get(0),
        files: row.get::<_, i64>(1) as u64,
        outdated: row.get::<_, i64>(2) as u64,
    };
    Ok(rows.iter().map(copies).collect())
}

/// The follow of a host, if one has ever run.
pub fn heartbeat(client: &mut Client, host: &str) -> Result<Option<Heartbeat>> {
    let row = client.query_opt(sql::HEARTBEAT, &[&host]).map_err(refused)?;
    Ok(row.map(|row| Heartbeat {
        name: row.get(0),
        process_id: row.get(1),
        age: Duration::try_from_secs_f64(row.get(2)).unwrap_or_default(),
        has_ended: row.get(3),
        files_behind: row.get::<_, i64>(4) as u64,
        last_error: row.get(5),
    }))
}

fn one(client: &mut Client, statement: &str) -> Result<Row> {
    client.query_one(statement, &[]).map_err(refused)
}

fn all(client: &mut Client, statement: &str) -> Result<Vec<Row>> {
    client.query(statement, &[]).map_err(refused)
}

fn refused(error: postgres::Error) -> Error {
    Error::Database(Failure::from(error).text().to_owned())
}

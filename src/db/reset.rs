//! What is in the database, who works with it, and removing it: the three levels of `reset`.

use super::failure::{Failure, describe};
use super::schema::refused;
use super::sql::{DATABASE_EXISTS, HAS_HEARTBEATS, SESSION, quote, reset as sql};
use crate::error::{Error, Result};
use crate::limits::{COUNT_EXACTLY_ROWS, RESET_LOCK_WAIT};
use fallible_iterator::FallibleIterator;
use postgres::Client;
use postgres::error::SqlState;
use serde::Serialize;

/// What is in the database.
#[derive(Debug, Default, Serialize)]
pub struct Stock {
    /// Every table with its rows and size.
    pub tables: Vec<Table>,
    /// Devices that have records.
    pub devices: i64,
    /// When the newest record was written, UTC; none if there is no record.
    pub newest: Option<String>,
    /// Hosts whose files are known.
    pub hosts: Vec<Host>,
}

/// A table.
#[derive(Debug, Serialize)]
pub struct Table {
    /// Its name with its schema.
    pub name: String,
    /// Its rows.
    pub rows: i64,
    /// Whether these are as the planner estimates them.
    pub estimated: bool,
    /// With indexes.
    pub size_bytes: i64,
}

/// A host whose files are known.
#[derive(Debug, Serialize)]
pub struct Host {
    /// Its name.
    pub name: String,
    /// Its files.
    pub files: i64,
    /// Those of them that may hold telemetry.
    pub telemetry_files: i64,
}

/// Looks what there is. Tables that are missing are no error.
pub fn stock(client: &mut Client) -> Result<Stock> {
    let mut stock = Stock::default();
    for row in client.query(sql::RELATIONS, &[]).map_err(refused)? {
        let (name, estimate, size_bytes): (String, i64, i64) = (row.get(0), row.get(1), row.get(2));
        // Never analyzed: not worth the name of an estimate, and young.
        let estimated = estimate > COUNT_EXACTLY_ROWS;
        let rows = match estimated {
            true => estimate,
            false => {
                let (schema, table) = name.split_once('.').unwrap_or(("public", &name));
                let count = format!("{}{}.{}", sql::COUNT, quote(schema), quote(table));
                client.query_one(&count, &[]).map_err(refused)?.get(0)
            }
        };
        stock.tables.push(Table { name, rows, estimated, size_bytes });
    }
    if stock.has("public.telem") {
        let row = client.query_one(sql::NEWEST, &[]).map_err(refused)?;
        (stock.newest, stock.devices) = (row.get(0), row.get(1));
    }
    if stock.has("public.file_origins") {
        let rows = client.query(sql::HOSTS, &[]).map_err(refused)?;
        let host =
            |row: &postgres::Row| Host { name: row.get(0), files: row.get(1), telemetry_files: row.get(2) };
        stock.hosts = rows.iter().map(host).collect();
    }
    Ok(stock)
}

impl Stock {
    /// Whether there is a table of this name.
    pub fn has(&self, name: &str) -> bool {
        self.tables.iter().any(|table| table.name == name)
    }
}

/// Whether there is an inventory.
pub fn has_files(client: &mut Client) -> Result<bool> {
    Ok(client.query_one(sql::HAS_FILES, &[]).map_err(refused)?.get(0))
}

/// Whether the server has this database.
pub fn database_exists(client: &mut Client, database: &str) -> Result<bool> {
    Ok(client.query_one(DATABASE_EXISTS, &[&database]).map_err(refused)?.get(0))
}

/// Gives every telemetry file of a host that holds something, with its size.
pub fn for_each_file(client: &mut Client, host: &str, mut take: impl FnMut(&str, i64)) -> Result<()> {
    let mut rows = client.query_raw(sql::FILES, [host]).map_err(refused)?;
    while let Some(row) = rows.next().map_err(refused)? {
        take(row.get(0), row.get(1));
    }
    Ok(())
}

/// Who else works with the database by this program, in words, as the sessions of the server tell.
pub fn sessions(client: &mut Client, database: &str) -> Result<Vec<String>> {
    let rows = client.query(sql::BUSY, &[&database]).map_err(refused)?;
    let session = |row: &postgres::Row| {
        let (pid, user, host): (i32, String, String) = (row.get(0), row.get(1), row.get(2));
        let since: String = row.get(3);
        format!("role {user} from {host} since {since} UTC (server process {pid})")
    };
    Ok(rows.iter().map(session).collect())
}

/// Which `follow` has told of itself just now, whether it has a session or not. `inside` is connected to the database.
pub fn following(inside: &mut Client) -> Result<Vec<String>> {
    if !inside.query_one(HAS_HEARTBEATS, &[]).map_err(refused)?.get::<_, bool>(0) {
        return Ok(Vec::new());
    }
    Ok(inside.query(sql::HEARTBEATS, &[]).map_err(refused)?.iter().map(|row| row.get(0)).collect())
}

/// The statements of level 1 or 2.
pub fn tables_sql(drop: bool) -> &'static str {
    if drop { sql::LEVEL_2 } else { sql::LEVEL_1 }
}

/// Empties the tables, or drops them. Waits for readers, but not for ever.
pub fn run_tables(client: &mut Client, drop: bool) -> Result<()> {
    let wait = format!("SET lock_timeout = {}", RESET_LOCK_WAIT.as_millis());
    client.batch_execute(&wait).map_err(refused)?;
    client.batch_execute(tables_sql(drop)).map_err(|error| {
        let failure = Failure::from(error);
        // The transaction that failed is still open.
        let _ = client.batch_execute("ROLLBACK");
        let hint = match failure {
            Failure::Contended(_) => {
                ". Somebody reads or writes the tables just now: end that first (psql: SELECT pid, usename, query FROM \
                 pg_stat_activity)"
            }
            _ => "",
        };
        Error::Database(format!("{}. Nothing was changed{hint}", failure.text()))
    })
}

/// The statements of level 3, each to be run by itself: the database if it is there, and those of `roles` that may go.
pub fn database_sql(client: &mut Client, database: &str, roles: &[&str], force: bool) -> Result<Vec<String>> {
    let mut statements = Vec::new();
    if database_exists(client, database)? {
        let force = if force { " WITH (FORCE)" } else { "" };
        statements.push(format!("DROP DATABASE {}{force};", quote(database)));
    }
    let rows = client.query(sql::ROLES, &[&roles]).map_err(refused)?;
    statements.extend(rows.iter().map(|row| format!("DROP ROLE {};", quote(row.get(0)))));
    Ok(statements)
}

/// Runs statements one by one. What is done is done when one fails, and a second run finds the rest.
pub fn run_each(client: &mut Client, statements: &[String]) -> Result<()> {
    client.batch_execute(SESSION).map_err(refused)?;
    for (number, statement) in statements.iter().enumerate() {
        client.batch_execute(statement).map_err(|error| {
            let before = if number == 0 {
                "Nothing was changed".to_owned()
            } else {
                format!("Done before: {}", statements[..number].join(" "))
            };
            let hint = match error.code() {
                Some(&SqlState::OBJECT_IN_USE) => {
                    ". Somebody is connected: end that first (psql: SELECT datname, pid, usename, query FROM \
                     pg_stat_activity), or say --force"
                }
                Some(&SqlState::DEPENDENT_OBJECTS_STILL_EXIST) => {
                    ". In the database that holds these: REASSIGN OWNED BY the role TO another, DROP OWNED BY the role; \
                     then the same command again"
                }
                _ => "",
            };
            Error::Database(format!("{statement} {}. {before}{hint}", describe(&error)))
        })?;
    }
    Ok(())
}

//! Setting up: schema.sql in one transaction, any number of times, and the checks that come before.

use super::failure::{Failure, describe};
use super::sql;
use crate::error::{Error, Result};
use crate::limits::OLDEST_SERVER_MAJOR;
use postgres::error::SqlState;
use postgres::{Client, GenericClient};

/// The statements that `setup` applies.
pub const SCHEMA: &str = include_str!("../../schema.sql");

/// The version of the schema that this program knows.
pub const SCHEMA_VERSION: i32 = 1;

/// Applies the schema, or says why not and changes nothing. Waits for another setup that is at it.
pub fn apply(client: &mut Client) -> Result<()> {
    check_server(client)?;
    let mut transaction = client.transaction().map_err(refused)?;
    transaction.execute(sql::SETUP_LOCK, &[]).map_err(refused)?;
    check_tables(&mut transaction)?;
    check_version(&mut transaction)?;
    if let Err(error) = transaction.batch_execute(SCHEMA) {
        let lacks_right = error.code() == Some(&SqlState::INSUFFICIENT_PRIVILEGE);
        let text = describe(&error);
        drop(transaction);
        return Err(if lacks_right { missing_grant(client, &text) } else { Error::Database(text) });
    }
    transaction.commit().map_err(refused)
}

/// An error if the database has not been set up, or not by this version, so that nothing is tried in vain.
pub fn require(client: &mut Client) -> Result<()> {
    check_server(client)?;
    check_tables(client)?;
    check_version(client)?;
    let set_up: bool = client.query_one(sql::IS_SET_UP, &[]).map_err(refused)?.get(0);
    if set_up {
        Ok(())
    } else {
        Err(Error::Database(
            "the database's tables are not there, or not complete; run `xtelemdb setup` first".into(),
        ))
    }
}

fn check_server(client: &mut impl GenericClient) -> Result<()> {
    let row = client.query_one(sql::SERVER_VERSION, &[]).map_err(refused)?;
    let (number, text): (i32, String) = (row.get(0), row.get(1));
    // 150004 is 15.4.
    if number / 10_000 >= OLDEST_SERVER_MAJOR as i32 {
        return Ok(());
    }
    Err(Error::Database(format!(
        "the server is PostgreSQL {text}; version {OLDEST_SERVER_MAJOR} or newer is needed. Nothing was changed"
    )))
}

fn check_tables(client: &mut impl GenericClient) -> Result<()> {
    let rows = client.query(sql::TABLES_OF_STRANGERS, &[]).map_err(refused)?;
    if !rows.is_empty() {
        let names: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
        return Err(Error::Database(format!(
            "other roles own tables of the names that this program uses: {}. Nothing was done: what they do would be done \
             with your rights. Drop them, or, if they are yours in truth: ALTER TABLE ... OWNER TO the role that runs setup",
            names.join(", ")
        )));
    }
    let rows = client.query(sql::TABLES_NOT_OURS, &[]).map_err(refused)?;
    if rows.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = rows.iter().map(|row| format!("public.{}", row.get::<_, String>(0))).collect();
    Err(Error::Database(format!(
        "the database holds tables that an earlier xtelemdb (the Python program) or something else made: {}. Nothing was \
         changed. Use another database (database.database=NAME), or drop these tables if their content can be loaded again",
        names.join(", ")
    )))
}

fn check_version(client: &mut impl GenericClient) -> Result<()> {
    if !client.query_one(sql::HAS_VERSION, &[]).map_err(refused)?.get::<_, bool>(0) {
        return Ok(());
    }
    let version: Option<i32> = client.query_one(sql::VERSION, &[]).map_err(refused)?.get(0);
    match version {
        Some(version) if version > SCHEMA_VERSION => Err(Error::Database(format!(
            "the database was set up by a newer xtelemdb (schema {version}, this one knows {SCHEMA_VERSION}). Nothing was \
             changed. Use the newer program"
        ))),
        _ => Ok(()),
    }
}

/// The lines that whoever may grant has to paste.
fn missing_grant(client: &mut Client, text: &str) -> Error {
    let (user, database) = match client.query_one(sql::WHO_AND_WHERE, &[]) {
        Ok(row) => (row.get::<_, String>(0), row.get::<_, String>(1)),
        Err(error) => return Error::Database(describe(&error)),
    };
    let (role, name) = (quote(&user), quote(&database));
    Error::Database(format!(
        "{text}. Nothing was changed. As superuser (sudo -u postgres psql {database}) paste:\n\
         GRANT CREATE, CONNECT, TEMPORARY ON DATABASE {name} TO {role};\n\
         GRANT CREATE, USAGE ON SCHEMA public TO {role};\n\
         or, if the tables belong to another role, run setup as that role"
    ))
}

fn quote(identifier: &str) -> String {
    format!("\"{}\"", identifier.replace('"', "\"\""))
}

fn refused(error: postgres::Error) -> Error {
    Error::Database(Failure::from(error).text().to_owned())
}

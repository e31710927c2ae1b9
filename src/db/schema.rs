//! Setting up: schema.sql in one transaction, any number of times, and the checks that come before.

use super::failure::{Failure, describe};
use super::sql::{self, quote, upgrade};
use crate::error::{Error, Result};
use crate::limits::OLDEST_SERVER_MAJOR;
use postgres::error::SqlState;
use postgres::{Client, GenericClient};

/// The statements that `setup` applies.
pub const SCHEMA: &str = include_str!("../../schema.sql");

/// The version of the schema that this program knows.
pub const SCHEMA_VERSION: i32 = 2;

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

/// The checks of [`apply`] alone.
pub fn check(client: &mut Client) -> Result<()> {
    check_server(client)?;
    check_tables(client)?;
    check_version(client)
}

/// Forgets where rows of the Python program stood if none of them is left there.
pub fn forget_replaced(client: &mut Client) -> Result<()> {
    if client.query_one(sql::HAS_VERSION, &[]).map_err(refused)?.get(0)
        && version(client)? == Some(SCHEMA_VERSION)
    {
        client.execute(upgrade::FORGET_SPANS, &[]).map_err(refused)?;
    }
    Ok(())
}

/// An error if the database has not been set up, or not by this version, so that nothing is tried in vain.
pub fn require(client: &mut Client) -> Result<()> {
    check_server(client)?;
    check_tables(client)?;
    check_version(client)?;
    let is_older = client.query_one(sql::HAS_VERSION, &[]).map_err(refused)?.get(0)
        && version(client)?.is_some_and(|version| version < SCHEMA_VERSION);
    if is_older {
        return Err(Error::Database(
            "the database's tables are of an earlier xtelemdb; run `xtelemdb setup` first".into(),
        ));
    }
    let set_up: bool = client.query_one(sql::IS_SET_UP, &[]).map_err(refused)?.get(0);
    if set_up {
        Ok(())
    } else {
        Err(Error::Database(
            "the database's tables are not there, or not complete; run `xtelemdb setup` first".into(),
        ))
    }
}

pub(super) fn check_server(client: &mut impl GenericClient) -> Result<()> {
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
    if client.query_one(upgrade::IS_BEGUN, &[]).map_err(refused)?.get(0) {
        return Err(Error::Database(
            "an upgrade of the database was begun and did not come to its end; `xtelemdb setup --upgrade` goes on with it"
                .into(),
        ));
    }
    let rows = client.query(sql::TABLES_NOT_OURS, &[]).map_err(refused)?;
    if rows.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = rows.iter().map(|row| format!("public.{}", row.get::<_, String>(0))).collect();
    Err(Error::Database(format!(
        "the database holds tables that an earlier xtelemdb (the Python program) or something else made: {}. Nothing was \
         changed. `xtelemdb setup --upgrade` brings those of the Python program to today's form with all their rows; or use \
         another database (database.database=NAME)",
        names.join(", ")
    )))
}

pub(super) fn check_version(client: &mut impl GenericClient) -> Result<()> {
    if !client.query_one(sql::HAS_VERSION, &[]).map_err(refused)?.get::<_, bool>(0) {
        return Ok(());
    }
    match version(client)? {
        Some(version) if version > SCHEMA_VERSION => Err(Error::Database(format!(
            "the database was set up by a newer xtelemdb (schema {version}, this one knows {SCHEMA_VERSION}). Nothing was \
             changed. Use the newer program"
        ))),
        _ => Ok(()),
    }
}

fn version(client: &mut impl GenericClient) -> Result<Option<i32>> {
    Ok(client.query_one(sql::VERSION, &[]).map_err(refused)?.get(0))
}

fn missing_grant(client: &mut Client, text: &str) -> Error {
    match client.query_one(sql::WHO_AND_WHERE, &[]) {
        Ok(row) => missing_grant_to(client, text, row.get(0)),
        Err(error) => Error::Database(describe(&error)),
    }
}

/// The lines that whoever may grant has to paste.
pub(super) fn missing_grant_to(client: &mut Client, text: &str, user: &str) -> Error {
    let database: String = match client.query_one(sql::WHO_AND_WHERE, &[]) {
        Ok(row) => row.get(1),
        Err(error) => return Error::Database(describe(&error)),
    };
    let (role, name) = (quote(user), quote(&database));
    Error::Database(format!(
        "{text}. Nothing was changed. As superuser (sudo -u postgres psql {database}) paste:\n\
         GRANT CREATE, CONNECT, TEMPORARY ON DATABASE {name} TO {role};\n\
         GRANT CREATE, USAGE ON SCHEMA public TO {role};\n\
         or, if the tables belong to another role, run setup as that role"
    ))
}

pub(super) fn refused(error: postgres::Error) -> Error {
    Error::Database(Failure::from(error).text().to_owned())
}

//! Transferring roles and databases from one server to another, and comparing every row of both.

use super::backup::{refused, show};
use super::upgrade::{Beside, pipe};
use crate::db::sql::personal as sql;
use crate::error::{Error, Result};
use crate::limits::PROGRESS_BAR_EVERY;
use crate::report::progress::Progress;
use crate::stop;
use postgres::Client;
use std::collections::BTreeMap;
use std::time::Instant;

/// Two servers.
pub(super) struct Between<'a> {
    pub old: &'a Beside<'a>,
    pub new: &'a Beside<'a>,
}

/// For each table how many rows it has, and a sum over them.
type Content = BTreeMap<String, (i64, String)>;

/// Transfers everything and returns how many rows that are. An error if a row differs afterwards.
pub(super) fn everything(between: &Between<'_>) -> Result<u64> {
    let mut old = between.old.client("postgres")?;
    let mut new = between.new.client("postgres")?;
    roles(&mut old, &mut new)?;
    let databases = old.query(sql::DATABASES, &[]).map_err(refused)?;
    let mut rows = 0;
    for database in &databases {
        let name: String = database.get(0);
        stop::check()?;
        log::info!("transferring database {name}");
        let exists: bool = new.query_one(sql::DATABASE_EXISTS, &[&name]).map_err(refused)?.get(0);
        if !exists {
            let create = sql::create_database(&name, database.get(1), database.get(2), database.get(3));
            new.batch_execute(&create).map_err(refused)?;
        }
        one(between, &name)?;
        log::info!("comparing every row of {name}");
        rows += compare(between, &name)?;
    }
    Ok(rows)
}

fn roles(old: &mut Client, new: &mut Client) -> Result<()> {
    for query in [sql::ROLES, sql::MEMBERSHIPS] {
        for row in old.query(query, &[]).map_err(refused)? {
            new.batch_execute(row.get(0)).map_err(refused)?;
        }
    }
    let settings: i64 = old.query_one(sql::KEPT_SETTINGS, &[]).map_err(refused)?.get(0);
    if settings > 0 {
        log::warn!(
            "settings of single roles or databases (ALTER ROLE ... SET, ALTER DATABASE ... SET) are not transferred: {settings}"
        );
    }
    Ok(())
}

fn one(between: &Between<'_>, database: &str) -> Result<()> {
    let (old, new) = (between.old.server(), between.new.server());
    // PostgreSQL's advice: the dump is made by the newer version's program, which knows both.
    let newer_for_old = super::copying::Server { programs: new.programs, ..old };
    let mut dump = newer_for_old.client("pg_dump", database)?;
    dump.args(["--format=custom", "--compress=0"]);
    let mut restore = new.client("pg_restore", database)?;
    restore.args(["--format=custom", "--exit-on-error"]);
    let progress = Progress::start("MB on disk", None);
    let (mut shown, mut looked) = (0, Instant::now());
    pipe(dump, restore, || {
        if looked.elapsed() > PROGRESS_BAR_EVERY {
            show(&progress, &mut shown, between.new.size_bytes());
            looked = Instant::now();
        }
    })?;
    progress.finish();
    new_statistics(between, database)
}

fn new_statistics(between: &Between<'_>, database: &str) -> Result<()> {
    between.new.client(database)?.batch_execute(sql::ANALYZE).map_err(refused)
}

fn compare(between: &Between<'_>, database: &str) -> Result<u64> {
    let (old, new) = std::thread::scope(|scope| {
        let old = scope.spawn(|| content(between.old.client(database)?));
        let new = content(between.new.client(database)?);
        let panicked = || Err(Error::Failed("the comparison ended by itself".into()));
        Ok::<_, Error>((old.join().unwrap_or_else(|_| panicked())?, new?))
    })?;
    if old != new {
        let differs = old.keys().chain(new.keys()).find(|table| old.get(*table) != new.get(*table));
        return Err(Error::Failed(format!(
            "table {} of database {database} is not the same in both data folders: the upgrade is not made, the older data \
             folder stays in its place. Please report this",
            differs.map_or("?", String::as_str)
        )));
    }
    Ok(old.values().map(|(rows, _)| rows.unsigned_abs()).sum())
}

fn content(mut client: Client) -> Result<Content> {
    client.batch_execute(sql::TEXT_SETTINGS).map_err(refused)?;
    let mut content = Content::new();
    for row in client.query(sql::TABLES, &[]).map_err(refused)? {
        stop::check()?;
        let table: String = row.get(0);
        let found = client.query_one(&sql::table_content(&table), &[]).map_err(refused)?;
        content.insert(table, (found.get(0), found.get(1)));
    }
    Ok(content)
}

//! `xtelemdb setup`: makes the tables, or mends what is missing of them.

use super::Options;
use crate::config::Config;
use crate::db::{Connector, schema};
use crate::error::{Exit, Result};
use crate::report::summary::{print_json, seconds};
use serde::Serialize;
use std::time::Instant;

#[derive(Serialize)]
struct Summary<'a> {
    command: &'static str,
    exit: i32,
    elapsed_s: f64,
    database: &'a str,
    schema_version: i32,
}

/// Applies the schema, any number of times.
pub fn run(config: &Config, options: &Options) -> Result<Exit> {
    let started = Instant::now();
    let connector = Connector::new(&config.database);
    schema::apply(&mut connector.connect()?)?;
    log::info!("Success!");
    if options.json {
        print_json(&Summary {
            command: "setup",
            exit: Exit::Done as i32,
            elapsed_s: seconds(started.elapsed()),
            database: &config.database.database,
            schema_version: schema::SCHEMA_VERSION,
        })?;
    }
    Ok(Exit::Done)
}

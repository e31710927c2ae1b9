//! setup, inventory and ingest, driving the program against a private PostgreSQL.

mod again;
mod choice;
mod compressed;
mod content;
mod faults;
mod observations;
mod refused;
mod setup;
#[path = "../support/mod.rs"]
mod support;

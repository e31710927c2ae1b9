//! The database: connecting to it, what its errors mean, and every statement. Nothing here knows the pipeline.

pub mod admin;
pub mod checkup;
pub mod connect;
pub mod copy;
pub mod failure;
pub mod files;
pub mod health;
pub mod ledger;
pub mod live;
pub mod password;
pub mod predecessor;
pub mod provision;
mod provision_sql;
pub mod rejects;
pub mod reset;
mod reset_sql;
pub mod schema;
mod sql;
pub(crate) mod sql_personal;
pub mod status;
mod status_sql;
pub mod telem;
pub mod tls;
pub mod types;
pub mod upgrade;
mod upgrade_sql;

pub use connect::{Connector, Patience};
pub use failure::Failure;
pub use health::Health;

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
pub mod rejects;
pub mod reset;
pub mod schema;
pub(crate) mod sql;
pub mod status;
pub mod telem;
pub mod tls;
pub mod types;
pub mod upgrade;

pub use connect::{Connector, Patience};
pub use failure::Failure;
pub use health::Health;

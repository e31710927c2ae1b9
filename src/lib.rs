//! The parts of `xtelemdb`, in the order in which data passes through them.
//!
//! ```text
//! walk ─▶ inventory ─▶ file_origins             every file, with size and times
//! changes ─▶ follow ─▶ file_origins, pipeline    the same without an end
//! file_origins, ledger ─▶ pending ─▶ pipeline   a lane works on one file at a time:
//!     reader ─▶ parser (decode, batch) ─▶ writer: BEGIN, COPY, ledger, COMMIT
//! ```
//!
//! Dependencies point one way: `commands` use `walk`, `inventory`, `pending` and `pipeline`, these use `decode` and `db`,
//! all use `record`, `origin`, `limits` and `error`. `decode` never sees a file or SQL; `db` never sees the pipeline.
//! `docs/architecture.md` says more.

pub mod account;
pub mod args;
pub mod civil;
pub mod commands;
pub mod config;
pub mod db;
pub mod decode;
pub mod doctor;
pub mod error;
pub mod follow;
pub mod indi;
pub mod inventory;
pub mod limits;
mod memory;
pub mod origin;
pub mod pending;
pub mod personal;
pub mod pipeline;
pub mod provision;
pub mod record;
pub mod report;
pub mod status;
pub mod stop;
pub mod threads;
pub mod volume;
pub mod walk;

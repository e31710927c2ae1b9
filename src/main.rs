//! `xtelemdb`: brings the telemetry of an instrument into PostgreSQL. See `lib.rs` for the parts.

use std::process::ExitCode;

fn main() -> ExitCode {
    xtelemdb::commands::main().into()
}

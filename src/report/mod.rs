//! What a person or a script sees: log lines, progress, summaries. Nothing unescaped reaches a terminal.

pub mod clock;
pub mod escape;
pub mod log;
pub mod paint;
pub mod progress;
pub mod summary;
pub mod wrap;

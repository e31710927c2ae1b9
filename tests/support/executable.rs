//! Files that tests execute, written by a process of their own.
//!
//! What this process has open for writing is open for a moment, too, in every program that another thread starts just then,
//! and the kernel executes nothing that is open for writing ("Text file busy").

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// A program with this content that everybody may execute.
pub fn write(path: &Path, content: &str) {
    let mut install = Command::new("install");
    install.args(["-m", "755", "/dev/stdin"]).arg(path).stdin(Stdio::piped());
    let mut child = install.spawn().expect("install, of the coreutils");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(content.as_bytes()).expect("install reads it");
    drop(stdin);
    assert!(child.wait().expect("install ends").success(), "{} is written", path.display());
}

/// A copy of the program under test that everybody may execute.
pub fn copy_of_program(path: &Path) {
    let mut install = Command::new("install");
    install.args(["-m", "755", env!("CARGO_BIN_EXE_xtelemdb")]).arg(path);
    assert!(install.status().expect("install, of the coreutils").success(), "{} is written", path.display());
}

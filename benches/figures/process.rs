//! Runs whole processes, with their time and the memory that they took.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use xtelemdb::error::{Error, Result};

/// GNU time reports what the kernel counted for the process.
const GNU_TIME: &str = "/usr/bin/time";
/// Between two looks at the memory of a process where there is no GNU time. The kernel keeps the peak, so only what
/// the process takes within the last moment of its life can be missed.
const LOOK_EVERY: Duration = Duration::from_millis(2);

/// The program as users run it.
pub struct Program {
    path: PathBuf,
    scratch: PathBuf,
}

/// What a run of the program came to.
pub struct Run {
    pub elapsed: Duration,
    pub peak_bytes: Option<u64>,
    /// Its `--json` summary.
    pub summary: Value,
}

impl Program {
    pub fn new(path: &Path, scratch: &Path) -> Result<Self> {
        if !path.exists() {
            return Err(Error::Failed(format!("{} is missing: run ./build.sh first", path.display())));
        }
        Ok(Self { path: path.to_owned(), scratch: scratch.to_owned() })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Runs a command quietly and reads its summary. An exit code that says "failed" is an error of the bench.
    pub fn run(&self, command: &str, arguments: &[String]) -> Result<Run> {
        let report = self.scratch.join("peak");
        let has_gnu_time = Path::new(GNU_TIME).exists();
        let mut process = if has_gnu_time {
            let mut time = Command::new(GNU_TIME);
            time.args(["--quiet", "--format=%M", "--output"]).arg(&report).arg(&self.path);
            time
        } else {
            Command::new(&self.path)
        };
        process.args([command, "--json", "--quiet"]).args(arguments);
        without_settings(&mut process);
        process.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let started = Instant::now();
        let child = process.spawn().map_err(Error::file("run", &self.path))?;
        let (output, seen_bytes) = if has_gnu_time { (wait(child)?, None) } else { watch(child)? };
        let elapsed = started.elapsed();
        if !matches!(output.status.code(), Some(0 | 3)) {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(Error::Failed(format!("xtelemdb {command} failed ({}):\n{said}", output.status)));
        }
        let summary = serde_json::from_slice(&output.stdout)
            .map_err(|error| Error::Failed(format!("xtelemdb {command} --json: {error}")))?;
        let counted_bytes =
            || fs::read_to_string(&report).ok()?.trim().parse::<u64>().ok().map(|kib| kib << 10);
        Ok(Run { elapsed, peak_bytes: seen_bytes.or_else(counted_bytes), summary })
    }
}

impl Run {
    /// A count of the summary.
    pub fn count(&self, name: &str) -> Result<u64> {
        self.summary[name]
            .as_u64()
            .ok_or_else(|| Error::Failed(format!("no count `{name}` in {}", self.summary)))
    }

    /// Makes sure that it did what it was to do: the time of anything else means nothing.
    pub fn expect(&self, name: &str, expected: u64) -> Result<()> {
        let found = self.count(name)?;
        if found == expected {
            return Ok(());
        }
        Err(Error::Failed(format!("{name} is {found} instead of {expected}: {}", self.summary)))
    }
}

/// Runs processes side by side; the time until all are done.
pub fn together(commands: Vec<Command>) -> Result<Duration> {
    let started = Instant::now();
    let mut children = Vec::new();
    for mut command in commands {
        without_settings(&mut command);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let program = PathBuf::from(command.get_program());
        children.push((command.spawn().map_err(Error::file("run", &program))?, program));
    }
    let mut outcome = Ok(());
    for (child, program) in children {
        let output = wait(child)?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            outcome =
                Err(Error::Failed(format!("{} failed ({}):\n{said}", program.display(), output.status)));
        }
    }
    outcome.map(|()| started.elapsed())
}

/// Nothing may lead a process to another database or another configuration.
fn without_settings(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("PG") || text.starts_with("XTELEMDB") {
            command.env_remove(&name);
        }
    }
}

fn wait(child: Child) -> Result<Output> {
    child.wait_with_output().map_err(|error| Error::Failed(format!("waiting for a process: {error}")))
}

/// Waits and looks at the peak of its memory meanwhile.
fn watch(mut child: Child) -> Result<(Output, Option<u64>)> {
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak_kib = None;
    while let Ok(None) = child.try_wait() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak_kib = peak_kib.max(line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()));
        std::thread::sleep(LOOK_EVERY);
    }
    Ok((wait(child)?, peak_kib.map(|kib| kib << 10)))
}

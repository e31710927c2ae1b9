//! Runs the real program.
#![allow(clippy::print_stdout, reason = "shown when a test fails")]

use super::until;
use std::ffi::OsStr;
use std::io::{Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// The program with arguments, in an environment without anything that would lead it to a database of the machine.
pub struct Program {
    command: Command,
    input: Vec<u8>,
}

/// What the program left.
#[derive(Debug)]
pub struct Output {
    /// The exit code; negative if a signal ended it.
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Program {
    pub fn new<S: AsRef<OsStr>>(arguments: &[S]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtelemdb"));
        command.args(arguments).current_dir(env!("CARGO_TARGET_TMPDIR")).env_remove("NO_COLOR");
        for (name, _) in std::env::vars_os() {
            let name_text = name.to_string_lossy();
            if name_text.starts_with("PG") || name_text.starts_with("XTELEMDB") {
                command.env_remove(&name);
            }
        }
        Self { command, input: Vec::new() }
    }

    /// Has another program start it in its own place.
    pub fn through(mut self, starter: &[&str]) -> Self {
        let mut command = Command::new(starter[0]);
        command.args(&starter[1..]).arg(self.command.get_program()).args(self.command.get_args());
        command.current_dir(env!("CARGO_TARGET_TMPDIR"));
        for (name, value) in self.command.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        self.command = command;
        self
    }

    pub fn dir(mut self, path: impl AsRef<Path>) -> Self {
        self.command.current_dir(path);
        self
    }

    pub fn env(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// What it reads on stdin; nothing unless this is said.
    pub fn input(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.input = bytes.into();
        self
    }

    /// Runs it to its end.
    pub fn run(self) -> Output {
        let Self { mut command, input } = self;
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("a pipe to stdin");
        // A program that does not read its input to the end is a matter for the test, not for this thread.
        let feeder = thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().expect("the program ends");
        feeder.join().expect("stdin was written");
        Output {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
        }
    }

    /// Starts it, for a test that does something to it while it runs.
    pub fn start(self) -> Running {
        let mut command = self.command;
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let stdout = collect(child.stdout.take().expect("a pipe from stdout"));
        let stderr = collect(child.stderr.take().expect("a pipe from stderr"));
        Running { child, collected: Some((stdout, stderr)) }
    }

    /// Any command, run as the program is.
    pub fn of(command: Command) -> Self {
        Self { command, input: Vec::new() }
    }

    /// The command itself, for a test that wants to talk to the process while it runs.
    pub fn into_command(self) -> Command {
        self.command
    }
}

/// The program while it runs. It is killed if the test does not wait for its end.
pub struct Running {
    child: Child,
    collected: Option<(Collected, Collected)>,
}

impl Running {
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal: "KILL", "STOP", "CONT", "INT", "TERM".
    pub fn signal(&self, name: &str) {
        signal(self.child.id(), name);
    }

    /// How many folders and files the kernel watches for it.
    pub fn inotify_watches(&self) -> usize {
        let infos = std::fs::read_dir(format!("/proc/{}/fdinfo", self.pid())).expect("its descriptors");
        let watches = |info: std::fs::DirEntry| {
            let text = std::fs::read_to_string(info.path()).unwrap_or_default();
            text.lines().filter(|line| line.starts_with("inotify wd:")).count()
        };
        infos.flatten().map(watches).sum()
    }

    /// How many of its threads have this name.
    pub fn threads(&self, name: &str) -> usize {
        let threads = std::fs::read_dir(format!("/proc/{}/task", self.pid())).expect("its threads");
        let names = threads.flatten().map(|thread| std::fs::read_to_string(thread.path().join("comm")));
        names.flatten().filter(|found| found.trim_end() == name).count()
    }

    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("the program's state").is_none()
    }

    /// Waits until it has said something so many times on stderr.
    #[track_caller]
    pub fn until_said(&self, text: &str, times: usize) {
        let (_, stderr) = self.collected.as_ref().expect("it was not waited for");
        until(&format!("it says {times} times: {text}"), Duration::from_secs(120), || {
            stderr.so_far().matches(text).count() >= times
        });
    }

    /// Waits for its end; fails the test if that does not come, with a bound that is far from any real time.
    #[track_caller]
    pub fn wait(self) -> Output {
        self.wait_within(Duration::from_secs(120))
    }

    /// The same with another bound.
    #[track_caller]
    pub fn wait_within(mut self, bound: Duration) -> Output {
        let mut status: Option<ExitStatus> = None;
        until("the program ends", bound, || {
            status = self.child.try_wait().expect("the program's state");
            status.is_some()
        });
        let status = status.expect("it ended");
        let (stdout, stderr) = self.collected.take().expect("only once");
        Output {
            code: status.code().unwrap_or_else(|| -status.signal().unwrap_or(1)),
            stdout: stdout.all(),
            stderr: stderr.all(),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if thread::panicking()
            && let Some((_, stderr)) = self.collected.take()
        {
            println!("the program said:\n{}", stderr.so_far());
        }
    }
}

/// Sends a signal to a process.
pub fn signal(pid: u32, name: &str) {
    let status =
        Command::new("/bin/sh").args(["-c", r#"kill -s "$1" "$2""#, "sh", name, &pid.to_string()]).status();
    assert!(status.expect("a shell").success(), "SIG{name} to {pid}");
}

/// Runs a command line on a terminal of its own, where somebody types an answer; returns what stands on the terminal.
pub fn on_terminal(typed: &str, answer: &str) -> (String, Option<i32>) {
    let mut script = Command::new("script")
        .args(["--quiet", "--return", "--echo", "never", "--command", typed, "/dev/null"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("script (of util-linux) is needed");
    script.stdin.take().expect("a pipe").write_all(answer.as_bytes()).expect("typed");
    let output = script.wait_with_output().expect("it ends");
    (String::from_utf8_lossy(&output.stdout).into_owned(), output.status.code())
}

/// What a pipe has brought, while it goes on.
struct Collected {
    bytes: Arc<Mutex<Vec<u8>>>,
    reader: JoinHandle<()>,
}

fn collect(mut pipe: impl Read + Send + 'static) -> Collected {
    let bytes = Arc::new(Mutex::new(Vec::new()));
    let kept = bytes.clone();
    let reader = thread::spawn(move || {
        let mut block = [0; 4096];
        loop {
            match pipe.read(&mut block).expect("output of the program") {
                0 => break,
                count => kept.lock().expect("the output so far").extend_from_slice(&block[..count]),
            }
        }
    });
    Collected { bytes, reader }
}

impl Collected {
    fn so_far(&self) -> String {
        String::from_utf8_lossy(&self.bytes.lock().expect("the output so far")).into_owned()
    }

    fn all(self) -> String {
        self.reader.join().expect("the output was read");
        let bytes = std::mem::take(&mut *self.bytes.lock().expect("all output"));
        String::from_utf8(bytes).expect("output is UTF-8")
    }
}

impl Output {
    /// The summary that `--json` made it print.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|e| {
            panic!("no summary ({e})\nstdout:\n{}\nstderr:\n{}", self.stdout, self.stderr)
        })
    }

    /// Fails with everything that the program said if the exit code is none of these.
    #[track_caller]
    pub fn expect_code_of(self, codes: &[i32]) -> Self {
        let code = self.code;
        if codes.contains(&code) { self } else { self.expect_code(codes[0]) }
    }

    /// Fails with everything that the program said if the exit code is another one.
    #[track_caller]
    pub fn expect_code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "exit code\nstdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }
}

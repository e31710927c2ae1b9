//! Running `pg_dump` and `pg_restore`: watched while they work, and ended when the run is to stop.

use super::programs;
use super::programs::Programs;
use super::server::SESSION_OPTIONS;
use crate::account::Account;
use crate::error::{Error, Result};
use crate::limits::{SERVER_POLL, TOOL_COMPLAINT_BYTES};
use crate::stop;
use std::io::Read;
use std::path::Path;
use std::process::{Child, ChildStderr, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;

/// A server that takes connections, for the programs that connect to it.
pub struct Server<'a> {
    /// Its programs.
    pub programs: &'a Programs,
    /// The folder of its socket.
    pub socket: &'a Path,
    /// Number in the socket's name.
    pub port: u16,
    /// The role that owns everything.
    pub user: &'a str,
    /// The account that runs it.
    pub account: &'a Account,
}

impl Server<'_> {
    /// A command that runs a client program for one of the server's databases.
    pub fn client(&self, program: &str, database: &str) -> Result<Command> {
        let mut command = self.account.command(programs::client(program, self.programs)?, Path::new("/"));
        command.arg("--no-password").arg("-h").arg(self.socket).arg("-p").arg(self.port.to_string());
        command.env("PGOPTIONS", SESSION_OPTIONS);
        command.arg("-U").arg(self.user).arg(format!("--dbname={database}"));
        Ok(command)
    }
}

/// A program at work. It is ended when this is dropped before its end.
pub struct Worker {
    name: String,
    /// The process; whoever takes its output reads from here.
    pub child: Child,
    complaints: Option<JoinHandle<String>>,
}

impl Worker {
    /// Starts it.
    pub fn start(command: &mut Command) -> Result<Self> {
        let path = Path::new(command.get_program()).to_owned();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut child = command.stderr(Stdio::piped()).spawn().map_err(Error::file("run", &path))?;
        let complaints = child.stderr.take().map(|pipe| std::thread::spawn(move || read_complaints(pipe)));
        Ok(Self { name, child, complaints })
    }

    /// Waits for its end, looking at `watch` now and then; an error if it fails or the run is to stop.
    pub fn finish(mut self, mut watch: impl FnMut()) -> Result<()> {
        let status = loop {
            stop::check()?;
            watch();
            if let Some(status) =
                self.child.try_wait().map_err(Error::file("wait for", Path::new(&self.name)))?
            {
                break status;
            }
            stop::pause(SERVER_POLL)?;
        };
        watch();
        self.judge(status)
    }

    fn judge(&mut self, status: ExitStatus) -> Result<()> {
        let said = self.complaints.take().and_then(|thread| thread.join().ok()).unwrap_or_default();
        let said = said.trim();
        if status.success() {
            for line in said.lines() {
                log::warn!("{line}");
            }
            return Ok(());
        }
        Err(Error::Failed(format!("{} failed ({status}):\n{said}", self.name)))
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What it says on stderr: the first of it, and the rest is read and forgotten, so that it never waits for us.
fn read_complaints(mut pipe: ChildStderr) -> String {
    let mut said = Vec::new();
    let _ = pipe.by_ref().take(TOOL_COMPLAINT_BYTES).read_to_end(&mut said);
    let _ = std::io::copy(&mut pipe, &mut std::io::sink());
    String::from_utf8_lossy(&said).into_owned()
}

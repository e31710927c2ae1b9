//! Whether a data folder's server runs: its lock file, compared with the processes that really are there.

use crate::error::{Error, Result};
use crate::limits::SERVER_POLL;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The file in which a server keeps its process id.
const LOCK_FILE: &str = "postmaster.pid";

/// What the lock file of a running server says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Postmaster {
    /// Process id.
    pub pid: u32,
    /// Number in the socket's name.
    pub port: Option<u16>,
    /// Folder of the socket.
    pub socket: Option<PathBuf>,
    /// Whether it serves one user, at the other end of its pipe: `initdb` at work.
    is_single_user: bool,
}

/// What runs in a data folder on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A server.
    Server(Postmaster),
    /// Its server is gone, but these processes of it are still there, or `initdb` is at work. Starting another would harm
    /// the data, and `pg_ctl` stops none of them.
    Remnants(Vec<u32>),
    /// Nothing. The lock file of an earlier server may be there, holding the id of a process that does not exist
    /// any more: the next server sees to it.
    Nothing,
    /// Nothing, but the lock file holds the id of some other program, or of a dead server that nobody has reaped (as in
    /// containers): a new server would take that for another one and refuse to start.
    Reused(u32),
}

/// Looks at `data`, an absolute path without links.
pub fn look(data: &Path) -> Result<Found> {
    let lock = match fs::read_to_string(data.join(LOCK_FILE)) {
        Ok(text) => parse_lock(&text),
        Err(e) if e.kind() == ErrorKind::NotFound => None,
        Err(e) => return Err(Error::file("read", &data.join(LOCK_FILE))(e)),
    };
    let processes = servers_in(data)?;
    Ok(match lock {
        Some(lock) if processes.contains(&lock.pid) && !lock.is_single_user => Found::Server(lock),
        _ if !processes.is_empty() => Found::Remnants(processes),
        Some(lock) if Path::new("/proc").join(lock.pid.to_string()).exists() => Found::Reused(lock.pid),
        _ => Found::Nothing,
    })
}

/// Deletes the lock file of a server that is gone, after [`Found::Reused`].
pub fn remove_stale_lock(data: &Path) -> Result<()> {
    let path = data.join(LOCK_FILE);
    fs::remove_file(&path).map_err(Error::file("remove", &path))
}

/// Removes a socket in `folder`, which serves `data` alone, whose server is gone. Its lock file may hold an id that a new
/// server would take for another's, as with [`Found::Reused`].
pub fn remove_stale_socket(data: &Path, folder: &Path, port: u16) -> Result<()> {
    let socket = folder.join(format!(".s.PGSQL.{port}"));
    let lock = folder.join(format!(".s.PGSQL.{port}.lock"));
    let Ok(text) = fs::read_to_string(&lock) else { return Ok(()) };
    let live =
        parse_lock(&text).map(|lock| servers_in(data).map(|pids| pids.contains(&lock.pid))).transpose()?;
    if live == Some(true) {
        return Ok(());
    }
    super::files::remove_if_there(&socket)?;
    super::files::remove_if_there(&lock)
}

/// Waits until nothing runs in `data` any more; what is left after `patience` comes back.
pub fn wait_for_remnants(data: &Path, patience: Duration) -> Result<Vec<u32>> {
    let deadline = Instant::now() + patience;
    loop {
        let left = servers_in(data)?;
        if left.is_empty() || Instant::now() > deadline {
            return Ok(left);
        }
        crate::stop::pause(SERVER_POLL)?;
    }
}

/// The folder that holds the program of a running process, if that can be seen and is still there.
pub fn folder_of_program(pid: u32) -> Option<PathBuf> {
    let program = fs::read_link(format!("/proc/{pid}/exe")).ok()?;
    program.parent().map(Path::to_owned)
}

fn parse_lock(text: &str) -> Option<Postmaster> {
    let lines: Vec<&str> = text.lines().collect();
    let line = |number: usize| lines.get(number - 1).map(|line| line.trim()).filter(|line| !line.is_empty());
    // A server started in single-user mode writes its id as a negative number.
    let pid: i64 = line(1)?.parse().ok()?;
    Some(Postmaster {
        pid: pid.unsigned_abs().try_into().ok()?,
        is_single_user: pid < 0,
        port: line(4).and_then(|port| port.parse().ok()),
        socket: line(5).map(PathBuf::from),
    })
}

/// The processes of servers that work in `data`. Every process of a server has its data folder as current folder.
fn servers_in(data: &Path) -> Result<Vec<u32>> {
    let proc = Path::new("/proc");
    let entries = fs::read_dir(proc).map_err(Error::file("read", proc))?;
    let mut found: Vec<u32> = entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|pid: &u32| {
            let folder = proc.join(pid.to_string());
            fs::read_link(folder.join("cwd")).is_ok_and(|cwd| cwd == data)
                && fs::read_to_string(folder.join("comm"))
                    .is_ok_and(|name| name.contains("postgres") || name.contains("postmaster"))
        })
        .collect();
    found.sort_unstable();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lock_files_are_read_at_any_stage() {
        let full = "4711\n/x/data\n1700000000\n5432\n/x/socket\n\n  1234  5\nready   \n";
        let begun = Postmaster { pid: 4711, port: None, socket: None, is_single_user: false };
        let expected = Postmaster { port: Some(5432), socket: Some("/x/socket".into()), ..begun.clone() };
        assert_eq!(parse_lock(full), Some(expected));
        assert_eq!(parse_lock("4711\n"), Some(begun.clone()));
        assert_eq!(parse_lock("-4711\n"), Some(Postmaster { is_single_user: true, ..begun }));
        assert_eq!(parse_lock(""), None);
    }

    /// As after an `init` that was killed: its `initdb` goes on.
    #[test]
    fn a_server_of_one_user_is_waited_for_and_not_stopped() {
        let data = std::env::temp_dir().join(format!("xtelemdb-single-{}", std::process::id()));
        fs::create_dir(&data).unwrap();
        let data = fs::canonicalize(&data).unwrap();
        // What counts is the name that it was started under, and its current folder.
        let stand_in = data.join("postgres");
        std::os::unix::fs::symlink("/bin/sh", &stand_in).unwrap();
        let mut command = std::process::Command::new(&stand_in);
        command.args(["-c", "read line"]).current_dir(&data).stdin(std::process::Stdio::piped());
        let mut server = command.spawn().unwrap();
        fs::write(data.join(LOCK_FILE), format!("-{}\n", server.id())).unwrap();
        let found = look(&data).unwrap();
        fs::write(data.join(LOCK_FILE), format!("{}\n", server.id())).unwrap();
        let ordinary = look(&data).unwrap();
        server.kill().unwrap();
        server.wait().unwrap();
        fs::remove_dir_all(&data).unwrap();
        assert_eq!(found, Found::Remnants(vec![server.id()]));
        assert!(matches!(ordinary, Found::Server(_)), "{ordinary:?}");
    }

    #[test]
    fn a_reused_process_id_is_no_server() {
        let data = std::env::temp_dir().join(format!("xtelemdb-process-{}", std::process::id()));
        fs::create_dir(&data).unwrap();
        assert_eq!(look(&data).unwrap(), Found::Nothing);
        fs::write(data.join(LOCK_FILE), format!("{}\n", std::process::id())).unwrap();
        assert_eq!(look(&data).unwrap(), Found::Reused(std::process::id()));
        // Above the largest process id that Linux gives out.
        fs::write(data.join(LOCK_FILE), "4194305\n").unwrap();
        assert_eq!(look(&data).unwrap(), Found::Nothing);
        fs::remove_dir_all(&data).unwrap();
    }
}

//! Finding PostgreSQL's server programs, newest version first.

use crate::account::Account;
use crate::error::{Error, Result};
use crate::limits::OLDEST_SERVER_MAJOR;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a folder must hold to be of use.
const NEEDED: [&str; 3] = ["postgres", "initdb", "pg_ctl"];

/// A folder that holds the server programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programs {
    /// The folder.
    pub bin: PathBuf,
    /// Major version: data folders of another one can't be used.
    pub major: u32,
    /// The version as the program gives it: "15.8".
    pub version: String,
}

impl Programs {
    /// The path of one of the programs.
    pub fn path(&self, program: &str) -> PathBuf {
        self.bin.join(program)
    }

    /// A command that runs one of the programs as `account`, in `folder`.
    pub fn command(&self, program: &str, account: &Account, folder: &Path) -> Command {
        account.command(self.path(program), folder)
    }
}

/// The newest server programs that there are; only those in `pg_bin` when it is given.
pub fn newest(pg_bin: Option<&Path>) -> Result<Programs> {
    let search = Search::run(pg_bin);
    match search.found.first() {
        Some(programs) if programs.major >= OLDEST_SERVER_MAJOR => Ok(programs.clone()),
        Some(_) => Err(Error::Failed(format!(
            "PostgreSQL {OLDEST_SERVER_MAJOR} or newer is needed; found {}. {}",
            search.list(),
            how_to_install(&OLDEST_SERVER_MAJOR.to_string())
        ))),
        None => Err(search.nothing_found(pg_bin)),
    }
}

/// The server programs that can work on a data folder made by `major`: those in `pg_bin` when it is given, else those in
/// the folder that was `used` before, if they are still there, else the newest of that version.
pub fn of_version(major: u32, pg_bin: Option<&Path>, used: Option<&Path>) -> Result<Programs> {
    let mut search = Search::run(pg_bin);
    if let Some(used) = used.filter(|_| pg_bin.is_none()) {
        let mut found = Search::run(Some(used)).found;
        found.append(&mut search.found);
        search.found = found;
    }
    if search.found.is_empty() {
        return Err(search.nothing_found(pg_bin));
    }
    search.found.iter().find(|programs| programs.major == major).cloned().ok_or_else(|| {
        Error::Failed(format!(
            "this database was made by PostgreSQL {major}, and only {major} can run it; found {}. \
             Name the folder of its programs with --pg-bin, or install them: {}",
            search.list(),
            how_to_install(&major.to_string())
        ))
    })
}

/// A client program ("pg_dump") that can work with a server of `major`: beside the server's own programs, else of the
/// same version elsewhere, else of the next newer one. Some packages of the server come without it.
pub fn client(name: &str, server: &Programs) -> Result<PathBuf> {
    if is_program(&server.path(name)) {
        return Ok(server.path(name));
    }
    let mut others = Search::run(None).found;
    others.retain(|other| other.major >= server.major && is_program(&other.path(name)));
    others.sort_by_key(|other| other.major);
    others.first().map(|other| other.path(name)).ok_or_else(|| {
        Error::Failed(format!(
            "{} has no {name}, and nor has any PostgreSQL {} or newer here. {}",
            server.bin.display(),
            server.major,
            how_to_install(&server.major.to_string())
        ))
    })
}

/// Where was looked, and what was there.
struct Search {
    /// Newest first; those of one version in the order of the search.
    found: Vec<Programs>,
    /// Programs that are there but don't run, and why.
    broken: Vec<String>,
}

impl Search {
    fn run(pg_bin: Option<&Path>) -> Self {
        let mut search = Self { found: Vec::new(), broken: Vec::new() };
        let folders = pg_bin.map_or_else(places, |folder| vec![folder.to_owned()]);
        let mut seen = Vec::new();
        for folder in folders {
            // Folders of $PATH often hold links; the programs find their own files beside the real ones.
            let Ok(server) = fs::canonicalize(folder.join("postgres")) else { continue };
            let Some(bin) = server.parent().filter(|bin| !seen.contains(&bin.to_path_buf())) else {
                continue;
            };
            seen.push(bin.to_owned());
            if let Some(missing) = NEEDED.iter().find(|program| !is_program(&bin.join(program))) {
                search.broken.push(format!("{} (no {missing} there)", bin.display()));
                continue;
            }
            match version_of(bin) {
                Ok(programs) => search.found.push(programs),
                Err(why) => search.broken.push(format!("{} ({why})", bin.display())),
            }
        }
        search.found.sort_by_key(|programs| std::cmp::Reverse(version_key(&programs.version)));
        search
    }

    fn list(&self) -> String {
        let each = self.found.iter().map(|found| format!("{} in {}", found.version, found.bin.display()));
        each.collect::<Vec<_>>().join(", ")
    }

    fn nothing_found(&self, pg_bin: Option<&Path>) -> Error {
        let looked = match pg_bin {
            Some(folder) => format!("in {}", folder.display()),
            None => {
                "in $PATH, pgsql/bin beside this program, /usr/lib/postgresql/*/bin, /usr/pgsql-*/bin and \
                     $CONDA_PREFIX/bin"
                    .into()
            }
        };
        let broken = match self.broken.as_slice() {
            [] => String::new(),
            broken => format!(" Not usable: {}.", broken.join(", ")),
        };
        Error::Failed(format!(
            "found no PostgreSQL server programs ({}), looked {looked}.{broken} {}",
            NEEDED.join(", "),
            how_to_install(&OLDEST_SERVER_MAJOR.to_string())
        ))
    }
}

fn how_to_install(version: &str) -> String {
    format!(
        "Any of these brings them (version {version} or what fits):\n    \
         conda create -n db -c conda-forge 'postgresql>={version}' && conda activate db     (no root needed)\n    \
         apt-get install postgresql                  (Debian, Ubuntu)\n    \
         dnf install postgresql-server               (Fedora, Rocky, Alma)\n\
         A folder elsewhere is named with --pg-bin."
    )
}

/// Every folder that may hold the programs, in order of preference among equal versions.
fn places() -> Vec<PathBuf> {
    let mut places: Vec<PathBuf> =
        std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default();
    // An empty entry means the current folder: no place to take a server from.
    places.retain(|folder| folder.is_absolute());
    if let Some(beside) = std::env::current_exe().ok().as_deref().and_then(Path::parent) {
        places.push(beside.join("pgsql/bin"));
    }
    places.extend(children("/usr/lib/postgresql", |_| true));
    places.extend(children("/usr", |name| name.starts_with("pgsql-")));
    if let Some(conda) = std::env::var_os("CONDA_PREFIX") {
        places.push(Path::new(&conda).join("bin"));
    }
    places
}

/// `FOLDER/NAME/bin` for the names that `wanted` accepts.
fn children(folder: &str, wanted: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries
        .filter(|entry| entry.file_name().to_str().is_some_and(&wanted))
        .map(|entry| entry.path().join("bin"))
        .collect();
    found.sort();
    found
}

fn is_program(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

fn version_of(bin: &Path) -> std::result::Result<Programs, String> {
    let mut command = Command::new(bin.join("postgres"));
    command.arg("--version").stdin(std::process::Stdio::null());
    let said = crate::account::run(&mut command).map_err(|e| e.to_string())?;
    let version =
        parse_version(&said).ok_or_else(|| format!("`postgres --version` says {:?}", said.trim()))?;
    let major = version_key(&version).0;
    Ok(Programs { bin: bin.to_owned(), major, version })
}

/// "15.8" of "postgres (PostgreSQL) 15.8 (Debian 15.8-1)"; "18beta1" stays as it is.
fn parse_version(said: &str) -> Option<String> {
    let (_, behind) = said.split_once("(PostgreSQL) ")?;
    let version = behind.split_whitespace().next()?;
    version.starts_with(|first: char| first.is_ascii_digit()).then(|| version.to_owned())
}

/// Major and minor number; a version without a minor number ("18beta1") is older than its first release.
fn version_key(version: &str) -> (u32, i64) {
    let digits = |text: &str| -> String { text.chars().take_while(char::is_ascii_digit).collect() };
    let major = digits(version);
    let minor = version[major.len()..].strip_prefix('.').map_or(-1, |rest| digits(rest).parse().unwrap_or(0));
    (major.parse().unwrap_or(0), minor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_and_ordered() {
        let read = |said| parse_version(said).map(|version| version_key(&version));
        assert_eq!(read("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some((15, 18)));
        assert_eq!(read("postgres (PostgreSQL) 18beta1\n"), Some((18, -1)));
        assert_eq!(read("postgres (PostgreSQL) 9.6.24\n"), Some((9, 6)));
        assert_eq!(read("something else 15.2"), None);
        assert!(version_key("18.0") > version_key("18devel") && version_key("16.10") > version_key("16.9"));
    }

    /// A folder with stand-ins for the three programs.
    fn stand_ins(folder: &Path, version: &str) {
        fs::create_dir_all(folder).unwrap();
        // Written by another process: what we have open for writing is open, too, in whatever another test starts just
        // then, and nothing is executed meanwhile.
        let script = r#"printf '#!/bin/sh\necho "postgres (PostgreSQL) %s"\n' "$1" >"$0" && chmod 755 "$0""#;
        for program in NEEDED {
            let mut shell = Command::new("/bin/sh");
            shell.args(["-c", script]).arg(folder.join(program)).arg(version);
            assert!(shell.status().unwrap().success());
        }
    }

    #[test]
    fn what_does_not_fit_is_refused_in_words() {
        let folder = std::env::temp_dir().join(format!("xtelemdb-programs-{}", std::process::id()));
        stand_ins(&folder, "13.4");
        let old = newest(Some(&folder)).unwrap_err().to_string();
        assert!(old.contains("14 or newer") && old.contains("13.4"), "{old}");
        assert_eq!(of_version(13, Some(&folder), None).unwrap().major, 13);
        let other = of_version(15, Some(&folder), None).unwrap_err().to_string();
        assert_eq!(of_version(13, None, Some(&folder)).unwrap().bin, fs::canonicalize(&folder).unwrap());
        assert!(other.contains("made by PostgreSQL 15") && other.contains("13.4"), "{other}");

        fs::remove_file(folder.join("initdb")).unwrap();
        let partial = newest(Some(&folder)).unwrap_err().to_string();
        assert!(
            partial.contains("no initdb there") && partial.contains("apt-get install postgresql"),
            "{partial}"
        );
        fs::remove_dir_all(&folder).unwrap();
    }
}

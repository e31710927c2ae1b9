//! What the program is to work on: defaults, configuration files and overrides, resolved once and in one place.

pub mod event_types;
mod file;
pub mod keys;
pub mod nearest;
mod show;
pub mod sslmode;

use crate::error::{Error, Result};
use crate::report::escape::Escaped;
use keys::Key;
use sslmode::SslMode;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

/// Everything that can be configured, resolved. Layers below get values of it, never the whole.
#[derive(Clone, Debug)]
pub struct Config {
    /// Whose files these are: `origin_host` in the database.
    pub hostname: String,
    /// The folders to inventory, absolute.
    pub data_dirs: Vec<PathBuf>,
    /// How to reach the server.
    pub database: Database,
    /// Lanes of `ingest` and walkers of `inventory`: files worked on at a time.
    pub parallel_jobs: usize,
    /// At most so many files in one `ingest`.
    pub limit: Option<u64>,
    /// A file in the form of the built-in catalogue that adds or overrides event types.
    pub event_types: Option<PathBuf>,
    /// Only telemetry of these devices is followed; of all if there are none.
    pub devices: Vec<String>,
    /// The list of the instrument's processes on this computer.
    pub proclist: Option<PathBuf>,
    /// The folder of the FIFOs of follow's INDI device.
    pub fifos_root: PathBuf,
    /// How `follow` works.
    pub follow: Follow,
}

/// How `follow` works.
#[derive(Clone, Debug)]
pub struct Follow {
    /// From one commit of what is being written to the next, at least.
    pub commit_every: Duration,
    /// Rows that are committed earlier, in bytes.
    pub commit_bytes: usize,
    /// Whether the kernel is asked for changes.
    pub asks_kernel: bool,
    /// How often to look for changes where the kernel does not tell.
    pub poll: Duration,
}

/// How to reach the server.
#[derive(Clone, Debug)]
pub struct Database {
    /// A name, an address, or the folder of a socket.
    pub host: String,
    /// TCP port, or the number in the socket's name.
    pub port: u16,
    /// Role.
    pub user: String,
    /// Database.
    pub database: String,
    /// File whose first line is the password; only read when the server may ask for one.
    pub password_file: PathBuf,
    /// Whether the connection is encrypted, and what is checked of the server's certificate.
    pub sslmode: SslMode,
    /// A file with the certificates of trusted authorities; without one `~/.postgresql/root.crt`, if that is there.
    pub sslrootcert: Option<PathBuf>,
    /// How long one attempt to connect may take.
    pub connect_timeout: Duration,
    /// How long to go on trying after the connection broke, before giving up.
    pub retry_for: Duration,
    /// The first pause between two attempts; it doubles up to `retry_pause_max`.
    pub retry_pause: Duration,
    /// The longest pause between two attempts.
    pub retry_pause_max: Duration,
}

/// What the command line says about the configuration.
#[derive(Debug, Default)]
pub struct Request<'a> {
    /// Files that must exist; what a later one says wins.
    pub files: &'a [PathBuf],
    /// Without `files`: the first of these that exists is read.
    pub default_files: &'a [&'a str],
    /// `key=value`: these win over files, later ones over earlier ones.
    pub overrides: &'a [(String, String)],
}

/// What the defaults depend on: the machine and the place in it.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// Where relative paths start.
    pub current_dir: PathBuf,
    /// What `~/` stands for.
    pub home: Option<PathBuf>,
    /// This machine's name; empty if it can't be found out.
    pub hostname: String,
    /// How many cores there are to use.
    pub cores: usize,
    /// Which of the instrument's computers this is: AOC, RTC, ICC. Empty elsewhere.
    pub role: String,
}

/// A configuration, and how it came to be.
#[derive(Debug)]
pub struct Resolved {
    /// The values.
    pub config: Config,
    /// Where the values of these keys came from; the others are defaults.
    pub sources: BTreeMap<&'static str, Source>,
    /// The files that were read, in order.
    pub files: Vec<PathBuf>,
    /// What to log once logging has started.
    pub notes: Vec<(log::Level, String)>,
}

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Nobody set it.
    Default,
    /// A configuration file.
    File {
        /// The file as it was named.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
    },
    /// A `key=value` override.
    CommandLine,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File { path, line } => write!(f, "{} line {line}", Escaped(&path.to_string_lossy())),
            Self::CommandLine => f.write_str("command line"),
        }
    }
}

/// A key with the value that a file or an override gives it.
struct Setting {
    key: &'static Key,
    value: toml::Value,
    source: Source,
}

impl Surroundings {
    /// Looks around.
    pub fn look() -> Self {
        let kernel_name = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
        let hostname = match kernel_name.trim() {
            "" => std::env::var("HOSTNAME").unwrap_or_default().trim().to_owned(),
            name => name.to_owned(),
        };
        Self {
            // In a folder that was removed relative paths lead nowhere, whatever they start from.
            current_dir: std::env::current_dir().unwrap_or_else(|_| PathBuf::from("/")),
            home: std::env::var_os("HOME").filter(|home| !home.is_empty()).map(PathBuf::from),
            hostname,
            cores: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            role: std::env::var("MAGAOX_ROLE").unwrap_or_default().trim().to_owned(),
        }
    }

    /// A path of a configuration, in which no shell has seen to the `~`.
    fn without_tilde(&self, path: &Path) -> PathBuf {
        match (path.strip_prefix("~"), &self.home) {
            (Ok(below), Some(home)) => home.join(below),
            _ => path.to_owned(),
        }
    }
}

impl Config {
    /// What holds where nobody says otherwise.
    pub fn defaults(surroundings: &Surroundings) -> Self {
        Self {
            hostname: surroundings.hostname.clone(),
            data_dirs: ["logs", "rawimages", "telem", "cacao"]
                .map(|dir| Path::new("/opt/MagAOX").join(dir))
                .to_vec(),
            database: Database {
                host: "localhost".into(),
                port: 5432,
                user: "xtelem".into(),
                database: "xtelem".into(),
                password_file: "/opt/MagAOX/secrets/xtelemdb_password".into(),
                sslmode: SslMode::default(),
                sslrootcert: None,
                connect_timeout: Duration::from_secs(10),
                retry_for: Duration::from_secs(600),
                retry_pause: Duration::from_millis(500),
                retry_pause_max: Duration::from_secs(30),
            },
            parallel_jobs: surroundings.cores.clamp(1, crate::limits::MOST_JOBS),
            limit: None,
            event_types: None,
            devices: Vec::new(),
            proclist: (!surroundings.role.is_empty()).then(|| "/opt/MagAOX/config/proclist_%s.txt".into()),
            fifos_root: "/opt/MagAOX/drivers/fifos".into(),
            follow: Follow {
                commit_every: Duration::from_millis(20),
                commit_bytes: 1 << 20,
                asks_kernel: true,
                poll: Duration::from_secs(1),
            },
        }
    }
}

/// Resolves the configuration: defaults, then files key by key, then overrides.
pub fn resolve(request: &Request<'_>, surroundings: &Surroundings) -> Result<Resolved> {
    let mut resolved = Resolved::defaults(surroundings);
    for path in request.files {
        let settings = file::read(path)?.ok_or_else(|| {
            let path = path.to_string_lossy();
            Error::Config(format!("{}: this configuration file does not exist", Escaped(&path)))
        })?;
        resolved.apply(settings)?;
        resolved.note_read(path);
    }
    if request.files.is_empty() {
        for name in request.default_files {
            let path = Path::new(".").join(name);
            if let Some(settings) = file::read(&path)? {
                resolved.apply(settings)?;
                resolved.note_read(&path);
                break;
            }
        }
    }
    let overrides = request.overrides.iter().map(|(name, text)| file::from_override(name, text));
    resolved.apply(overrides.collect::<Result<_>>()?)?;

    let config = &mut resolved.config;
    let place = |path: &Path| absolute(&surroundings.current_dir, &surroundings.without_tilde(path));
    for path in
        config.data_dirs.iter_mut().chain([&mut config.database.password_file, &mut config.fifos_root])
    {
        *path = place(path);
    }
    for path in [&mut config.event_types, &mut config.database.sslrootcert] {
        *path = path.take().map(|path| place(&path));
    }
    config.proclist = config.proclist.take().map(|path| {
        let name = path.to_string_lossy().replace("%s", &surroundings.role);
        place(Path::new(&name))
    });
    if let Some(source) = resolved.sources.get("logdump_exe") {
        let note = format!("logdump_exe ({source}) is ignored: this program decodes by itself");
        resolved.notes.push((log::Level::Info, note));
    }
    Ok(resolved)
}

impl Resolved {
    /// What holds where nobody says otherwise.
    pub fn defaults(surroundings: &Surroundings) -> Self {
        Self {
            config: Config::defaults(surroundings),
            sources: BTreeMap::new(),
            files: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn apply(&mut self, settings: Vec<Setting>) -> Result<()> {
        for Setting { key, value, source } in settings {
            if (key.set)(&mut self.config, &value).is_none() {
                // A value of many lines would hide what is expected.
                let value: String = Escaped(&value.to_string()).to_string().chars().take(200).collect();
                return Err(Error::Config(format!(
                    "{source}: {} = {value}: expected {}",
                    key.name, key.expects
                )));
            }
            self.sources.insert(key.name, source);
        }
        Ok(())
    }

    fn note_read(&mut self, path: &Path) {
        self.files.push(path.to_owned());
        self.notes.push((log::Level::Debug, format!("read the configuration file {}", path.display())));
    }
}

/// The absolute form of a path, without `.`, `..`, doubled or trailing slashes. The file system is not asked, so a
/// symbolic link keeps the name under which people know it.
pub fn absolute(here: &Path, path: &Path) -> PathBuf {
    let mut absolute = PathBuf::from("/");
    for component in here.join(path).components() {
        match component {
            Component::ParentDir => {
                absolute.pop();
            }
            Component::Normal(name) => absolute.push(name),
            Component::RootDir | Component::CurDir | Component::Prefix(_) => {}
        }
    }
    absolute
}

#[cfg(test)]
mod tests;

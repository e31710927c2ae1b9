//! Every configuration key, in one table: it checks values, makes `--dump-config`, and is the list in `--help`.

use super::Config;
use super::nearest::{distance, nearest};
use super::sslmode::SslMode;
use crate::limits::{LONGEST_WAIT_S, MOST_COMMIT_BYTES, MOST_JOBS};
use std::path::{Path, PathBuf};
use std::time::Duration;
use toml::Value;

/// One key of the configuration.
pub struct Key {
    /// The name with dots, as in `database.host=aoc`.
    pub name: &'static str,
    /// What a value has to be.
    pub expects: &'static str,
    /// The default as TOML, or in words where it depends on the machine.
    pub default: &'static str,
    /// What it is for.
    pub doc: &'static str,
    /// How the text of a `key=value` override is read.
    pub(super) form: Form,
    /// Puts a value into a configuration; `None` if it is not what the key expects.
    pub(super) set: fn(&mut Config, &Value) -> Option<()>,
    /// The value in a configuration; `None` if there is none.
    pub(super) get: fn(&Config) -> Option<Value>,
}

/// How the text behind `key=` is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A string in quotes, or the text as it stands.
    Text,
    /// A TOML array, or folders with commas between them.
    Paths,
    /// A TOML value.
    Number,
}

/// All keys, in the order in which they are shown.
pub static KEYS: &[Key] = &[
    Key {
        name: "hostname",
        expects: "the name of a host",
        default: "this machine's name",
        doc: "whose files these are: origin_host in the database",
        form: Form::Text,
        set: |config, value| text(value).map(|name| config.hostname = name),
        get: |config| Some(Value::String(config.hostname.clone())),
    },
    Key {
        name: "data_dirs",
        expects: "a list of folders, such as [\"/opt/MagAOX/logs\", \"/opt/MagAOX/telem\"]",
        default: "[\"/opt/MagAOX/logs\", \"/opt/MagAOX/rawimages\", \"/opt/MagAOX/telem\", \"/opt/MagAOX/cacao\"]",
        doc: "the folders to inventory",
        form: Form::Paths,
        set: |config, value| paths(value).map(|dirs| config.data_dirs = dirs),
        get: |config| Some(Value::Array(config.data_dirs.iter().map(|dir| path_value(dir)).collect())),
    },
    Key {
        name: "parallel_jobs",
        expects: "a number from 1 to 256",
        default: "as many as this machine has cores",
        doc: "files worked on at a time; each takes a connection",
        form: Form::Number,
        set: |config, value| {
            let jobs = usize::try_from(value.as_integer()?).ok()?;
            (1..=MOST_JOBS).contains(&jobs).then(|| config.parallel_jobs = jobs)
        },
        get: |config| i64::try_from(config.parallel_jobs).ok().map(Value::Integer),
    },
    Key {
        name: "limit",
        expects: "a number of files, at least 1",
        default: "no limit",
        doc: "at most so many files in one ingest",
        form: Form::Number,
        set: |config, value| {
            let files = u64::try_from(value.as_integer()?).ok()?;
            (files > 0).then(|| config.limit = Some(files))
        },
        get: |config| config.limit.and_then(|files| i64::try_from(files).ok()).map(Value::Integer),
    },
    Key {
        name: "logdump_exe",
        expects: "a path",
        default: "none",
        doc: "accepted and ignored: no other program is needed to decode",
        form: Form::Text,
        set: |_, value| text(value).map(drop),
        get: |_| None,
    },
    Key {
        name: "event_types",
        expects: "the path of a file",
        default: "none",
        doc: "a file that adds or overrides event types",
        form: Form::Text,
        set: |config, value| text(value).map(|path| config.event_types = Some(path.into())),
        get: |config| config.event_types.as_deref().map(path_value),
    },
    Key {
        name: "devices",
        expects: "a list of devices, such as [\"camwfs\", \"fwtelsim\"]",
        default: "all",
        doc: "follow: load telemetry of these devices only",
        form: Form::Paths,
        set: |config, value| texts(value).map(|devices| config.devices = devices),
        get: |config| {
            let devices: Vec<Value> = config.devices.iter().cloned().map(Value::String).collect();
            (!devices.is_empty()).then_some(Value::Array(devices))
        },
    },
    Key {
        name: "proclist",
        expects: "the path of a file",
        default: "/opt/MagAOX/config/proclist_$MAGAOX_ROLE.txt, if that is set",
        doc: "follow: the list of processes; names devices in it that write nothing",
        form: Form::Text,
        set: |config, value| text(value).map(|path| config.proclist = Some(path.into())),
        get: |config| config.proclist.as_deref().map(path_value),
    },
    Key {
        name: "fifos_root",
        expects: "the path of a folder",
        default: "\"/opt/MagAOX/drivers/fifos\"",
        doc: "follow: the folder of the FIFOs of its INDI device",
        form: Form::Text,
        set: |config, value| text(value).map(|path| config.fifos_root = path.into()),
        get: |config| Some(path_value(&config.fifos_root)),
    },
    Key {
        name: "database.host",
        expects: "a name, an address, or the folder of a socket",
        default: "\"localhost\"",
        doc: "PostgreSQL's machine: a name, an address, or the folder of a socket",
        form: Form::Text,
        set: |config, value| text(value).map(|host| config.database.host = host),
        get: |config| Some(Value::String(config.database.host.clone())),
    },
    Key {
        name: "database.port",
        expects: "a port number from 1 to 65535",
        default: "5432",
        doc: "its port; for a socket, the number in its name",
        form: Form::Number,
        set: |config, value| {
            let port = u16::try_from(value.as_integer()?).ok()?;
            (port > 0).then(|| config.database.port = port)
        },
        get: |config| Some(Value::Integer(config.database.port.into())),
    },
    Key {
        name: "database.user",
        expects: "the name of a role",
        default: "\"xtelem\"",
        doc: "the role to connect as",
        form: Form::Text,
        set: |config, value| text(value).map(|user| config.database.user = user),
        get: |config| Some(Value::String(config.database.user.clone())),
    },
    Key {
        name: "database.database",
        expects: "the name of a database",
        default: "\"xtelem\"",
        doc: "the database to use",
        form: Form::Text,
        set: |config, value| text(value).map(|name| config.database.database = name),
        get: |config| Some(Value::String(config.database.database.clone())),
    },
    Key {
        name: "database.password_file",
        expects: "the path of a file",
        default: "\"/opt/MagAOX/secrets/xtelemdb_password\"",
        doc: "where the password is, unless $XTELEMDB_PASSWORD has it; else ~/.pgpass",
        form: Form::Text,
        set: |config, value| text(value).map(|path| config.database.password_file = path.into()),
        get: |config| Some(path_value(&config.database.password_file)),
    },
    Key {
        name: "database.sslmode",
        expects: "disable, prefer, require, verify-ca or verify-full",
        default: "\"prefer\"",
        doc: "TLS to the server, as psql means it; not over a socket",
        form: Form::Text,
        set: |config, value| SslMode::named(&text(value)?).map(|mode| config.database.sslmode = mode),
        get: |config| Some(Value::String(config.database.sslmode.name().into())),
    },
    Key {
        name: "database.sslrootcert",
        expects: "the path of a file; the system's authorities are in /etc/ssl/certs/ca-certificates.crt, or \
                  /etc/pki/tls/certs/ca-bundle.crt",
        default: "~/.postgresql/root.crt, if it is there",
        doc: "certificates of the authorities that may vouch for the server",
        form: Form::Text,
        // `system` means more than a file to psql.
        set: |config, value| {
            text(value)
                .filter(|path| path != "system")
                .map(|path| config.database.sslrootcert = Some(path.into()))
        },
        get: |config| config.database.sslrootcert.as_deref().map(path_value),
    },
    Key {
        name: "database.connect_timeout_s",
        expects: "seconds, from 0.1 to 1000000",
        default: "10",
        doc: "how long one attempt to connect may take, in seconds",
        form: Form::Number,
        set: |config, value| seconds(value, 0.1).map(|time| config.database.connect_timeout = time),
        get: |config| Some(seconds_value(config.database.connect_timeout)),
    },
    Key {
        name: "database.retry_for_s",
        expects: "seconds, from 0 to 1000000",
        default: "600",
        doc: "how long to go on trying when the connection breaks, in seconds",
        form: Form::Number,
        set: |config, value| seconds(value, 0.0).map(|time| config.database.retry_for = time),
        get: |config| Some(seconds_value(config.database.retry_for)),
    },
    Key {
        name: "database.retry_pause_s",
        expects: "seconds, from 0.01 to 1000000",
        default: "0.5",
        doc: "the first pause between two attempts, in seconds; it doubles each time",
        form: Form::Number,
        set: |config, value| seconds(value, 0.01).map(|time| config.database.retry_pause = time),
        get: |config| Some(seconds_value(config.database.retry_pause)),
    },
    Key {
        name: "database.retry_pause_max_s",
        expects: "seconds, from 0.01 to 1000000",
        default: "30",
        doc: "the longest pause between two attempts, in seconds",
        form: Form::Number,
        set: |config, value| seconds(value, 0.01).map(|time| config.database.retry_pause_max = time),
        get: |config| Some(seconds_value(config.database.retry_pause_max)),
    },
    Key {
        name: "follow.commit_every_s",
        expects: "seconds, from 0 to 1000000",
        default: "0.02",
        doc: "follow: from one commit of new records to the next, in seconds",
        form: Form::Number,
        set: |config, value| seconds(value, 0.0).map(|time| config.follow.commit_every = time),
        get: |config| Some(seconds_value(config.follow.commit_every)),
    },
    Key {
        name: "follow.commit_bytes",
        expects: "a number of bytes from 1 to 16777216",
        default: "1048576",
        doc: "follow: so many bytes of new rows are committed earlier",
        form: Form::Number,
        set: |config, value| {
            let bytes = usize::try_from(value.as_integer()?).ok()?;
            (1..=MOST_COMMIT_BYTES).contains(&bytes).then(|| config.follow.commit_bytes = bytes)
        },
        get: |config| i64::try_from(config.follow.commit_bytes).ok().map(Value::Integer),
    },
    Key {
        name: "follow.watch",
        expects: "\"auto\" or \"poll\"",
        default: "\"auto\"",
        doc: "follow: auto asks the kernel for changes where it can, poll looks",
        form: Form::Text,
        set: |config, value| {
            config.follow.asks_kernel = match value.as_str()? {
                "auto" => true,
                "poll" => false,
                _ => return None,
            };
            Some(())
        },
        get: |config| Some(Value::String(if config.follow.asks_kernel { "auto" } else { "poll" }.into())),
    },
    Key {
        name: "follow.poll_s",
        expects: "seconds, from 0.01 to 1000000",
        default: "1",
        doc: "follow: how often to look where the kernel can't tell, in seconds",
        form: Form::Number,
        set: |config, value| seconds(value, 0.01).map(|time| config.follow.poll = time),
        get: |config| Some(seconds_value(config.follow.poll)),
    },
];

/// The key of this name.
pub fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// Whether keys stand below this name (`database`).
pub(super) fn is_table(name: &str) -> bool {
    KEYS.iter().any(|key| key.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
}

/// What to say about a name that is no key: the nearest key, and all of them. `name` is not shown, nor is its value.
pub(super) fn advice(name: &str) -> String {
    let mut advice = String::new();
    if last_part(name) == "password" {
        advice.push_str("; a password goes into $XTELEMDB_PASSWORD or the file database.password_file");
    } else if let Some(key) = suggest(name) {
        advice.push_str(&format!("; did you mean {key}?"));
    }
    advice.push_str("\nThe keys are: ");
    let names: Vec<&str> = KEYS.iter().map(|key| key.name).collect();
    advice.push_str(&names.join(", "));
    advice
}

/// The key nearest to a name, also when only its last part was typed or the table's name is wrong.
fn suggest(name: &str) -> Option<&'static str> {
    let names = || KEYS.iter().map(|key| key.name);
    let by_last_part = || {
        names()
            .map(|candidate| (distance(last_part(name), last_part(candidate)), candidate))
            .min()
            .filter(|(distance, _)| *distance <= 1)
            .map(|(_, candidate)| candidate)
    };
    nearest(name, names()).or_else(by_last_part)
}

fn last_part(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// A string that PostgreSQL and the file system can take.
fn text(value: &Value) -> Option<String> {
    value.as_str().filter(|text| !text.is_empty() && !text.contains('\0')).map(str::to_owned)
}

/// A folder, or a list of them.
fn paths(value: &Value) -> Option<Vec<PathBuf>> {
    let list = match value {
        Value::Array(list) => list.as_slice(),
        Value::String(_) => std::slice::from_ref(value),
        _ => return None,
    };
    list.iter().map(|value| text(value).map(PathBuf::from)).collect()
}

/// A text, or a list of them.
fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Array(list) => list.iter().map(text).collect(),
        _ => Some(vec![text(value)?]),
    }
}

fn path_value(path: &Path) -> Value {
    Value::String(path.to_string_lossy().into_owned())
}

fn seconds(value: &Value, least: f64) -> Option<Duration> {
    let seconds = match value {
        Value::Integer(whole) => *whole as f64,
        Value::Float(seconds) => *seconds,
        _ => return None,
    };
    // NaN is in no range.
    (least..=LONGEST_WAIT_S).contains(&seconds).then(|| Duration::from_secs_f64(seconds))
}

fn seconds_value(time: Duration) -> Value {
    match i64::try_from(time.as_secs()) {
        Ok(whole) if time.subsec_nanos() == 0 => Value::Integer(whole),
        _ => Value::Float(time.as_secs_f64()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_the_texts_are_those_of_the_limits() {
        assert!(find("parallel_jobs").is_some_and(|key| key.expects.contains(&MOST_JOBS.to_string())));
        for key in KEYS.iter().filter(|key| key.name.ends_with("_s")) {
            assert!(key.expects.contains(&format!("{LONGEST_WAIT_S}")), "{}", key.name);
        }
    }

    #[test]
    fn advice_names_what_was_meant() {
        for (typed, meant) in [
            ("hostnam", "hostname"),
            ("database.prot", "database.port"),
            ("port", "database.port"),
            ("db.host", "database.host"),
            ("datadirs", "data_dirs"),
            ("Limit", "limit"),
        ] {
            assert!(advice(typed).contains(&format!("did you mean {meant}?")), "{typed}: {}", advice(typed));
        }
        assert!(!advice("frobnicate").contains("did you mean"));
        assert!(advice("database.password").contains("$XTELEMDB_PASSWORD"));
        for key in KEYS {
            assert!(advice("frobnicate").contains(key.name));
        }
    }

    #[test]
    fn tables() {
        assert!(is_table("database"));
        assert!(!is_table("data"));
        assert!(!is_table("hostname"));
    }
}

//! Configurations, resolved and refused.

use super::*;

fn surroundings() -> Surroundings {
    Surroundings {
        current_dir: "/home/me".into(),
        home: Some("/home/me".into()),
        hostname: "exao1".into(),
        cores: 6,
        role: "AOC".into(),
    }
}

fn with(overrides: &[&str]) -> Result<Resolved> {
    let overrides: Vec<(String, String)> = overrides
        .iter()
        .map(|text| text.split_once('=').map(|(key, value)| (key.into(), value.into())).expect("key=value"))
        .collect();
    resolve(&Request { overrides: &overrides, ..Request::default() }, &surroundings())
}

/// Resolves the texts of configuration files as if they were given by `-c` one after the other.
fn from_files(texts: &[&str]) -> Result<Config> {
    let mut resolved = Resolved {
        config: Config::defaults(&surroundings()),
        sources: BTreeMap::new(),
        files: Vec::new(),
        notes: Vec::new(),
    };
    for (number, text) in texts.iter().enumerate() {
        resolved.apply(file::settings(Path::new(&format!("{number}.conf")), text)?)?;
    }
    Ok(resolved.config)
}

fn message(result: Result<impl fmt::Debug>) -> String {
    let error = result.expect_err("it must not resolve");
    assert_eq!(error.exit(), crate::error::Exit::Usage);
    error.to_string()
}

#[test]
fn defaults_are_those_of_the_table() {
    let config = Config::defaults(&surroundings());
    for key in keys::KEYS {
        let value = (key.get)(&config);
        match key.name {
            "hostname" => assert_eq!(config.hostname, "exao1"),
            "parallel_jobs" => assert_eq!(config.parallel_jobs, 6),
            "limit" | "logdump_exe" | "event_types" | "devices" | "database.sslrootcert" => {
                assert_eq!(value, None, "{}", key.name);
            }
            "proclist" => {
                assert_eq!(config.proclist.as_deref(), Some(Path::new("/opt/MagAOX/config/proclist_%s.txt")));
            }
            name => assert_eq!(value.map(|value| value.to_string()).as_deref(), Some(key.default), "{name}"),
        }
    }
}

#[test]
fn every_key_takes_back_what_it_shows() {
    let mut config =
        with(&["limit=7", "event_types=/x", "devices=a,b", "database.sslrootcert=/y"]).unwrap().config;
    for key in keys::KEYS.iter().filter(|key| key.name != "logdump_exe") {
        let value = (key.get)(&config).expect(key.name);
        assert!((key.set)(&mut config, &value).is_some(), "{} = {value}", key.name);
        assert_eq!((key.get)(&config), Some(value));
    }
}

#[test]
fn overrides_are_toml_or_plain_text() {
    let config = with(&[
        "hostname=123",
        "database.host=aoc",
        "database.user=\"with space\"",
        "database.database=a=b",
        "database.port=0x1538",
        "database.connect_timeout_s=2",
        "database.retry_pause_s=0.25",
        "limit=1_000",
        "parallel_jobs=3",
        "event_types=types.toml",
        "database.sslmode=verify-full",
        "database.sslrootcert=ca.crt",
    ])
    .unwrap()
    .config;
    assert_eq!(config.hostname, "123");
    assert_eq!(config.database.host, "aoc");
    assert_eq!(config.database.user, "with space");
    assert_eq!(config.database.database, "a=b");
    assert_eq!(config.database.port, 5432);
    assert_eq!(config.database.connect_timeout, Duration::from_secs(2));
    assert_eq!(config.database.retry_pause, Duration::from_millis(250));
    assert_eq!(config.limit, Some(1000));
    assert_eq!(config.parallel_jobs, 3);
    assert_eq!(config.event_types.as_deref(), Some(Path::new("/home/me/types.toml")));
    assert_eq!(config.database.sslmode, SslMode::VerifyFull);
    assert_eq!(config.database.sslrootcert.as_deref(), Some(Path::new("/home/me/ca.crt")));
}

#[test]
fn data_dirs_are_lists_and_absolute() {
    for (text, expected) in [
        ("/a", vec!["/a"]),
        ("/a,/b", vec!["/a", "/b"]),
        ("[\"/a,b\", \"c\"]", vec!["/a,b", "/home/me/c"]),
        ("\"/a,b\"", vec!["/a,b"]),
        ("./x/../y//z/", vec!["/home/me/y/z"]),
        ("../..", vec!["/"]),
        ("/../a", vec!["/a"]),
    ] {
        let config = with(&[&format!("data_dirs={text}")]).unwrap().config;
        assert_eq!(config.data_dirs, expected.iter().map(PathBuf::from).collect::<Vec<_>>(), "{text}");
    }
}

#[test]
fn bad_values_name_key_value_and_what_is_expected() {
    for (text, parts) in [
        ("database.port=70000", ["database.port = 70000", "1 to 65535"]),
        ("database.port=0", ["database.port = 0", "1 to 65535"]),
        ("database.port=99999999999999999999", ["99999999999999999999", "1 to 65535"]),
        ("database.port=five", ["database.port = \"five\"", "1 to 65535"]),
        ("database.port=\"5432\"", ["database.port = \"5432\"", "1 to 65535"]),
        ("parallel_jobs=0", ["parallel_jobs = 0", "1 to 256"]),
        ("parallel_jobs=2.5", ["parallel_jobs = 2.5", "1 to 256"]),
        ("limit=-1", ["limit = -1", "at least 1"]),
        ("hostname=", ["hostname = \"\"", "name of a host"]),
        ("data_dirs=/a,,/b", ["data_dirs = ", "a list of folders"]),
        ("data_dirs=[1]", ["data_dirs = [1]", "a list of folders"]),
        ("database.sslmode=allow", ["database.sslmode = \"allow\"", "verify-ca or verify-full"]),
        ("database.sslrootcert=system", ["database.sslrootcert = \"system\"", "ca-certificates.crt"]),
        ("database.retry_for_s=nan", ["database.retry_for_s = nan", "seconds"]),
        ("database.retry_for_s=-1", ["database.retry_for_s = -1", "seconds"]),
        ("database.retry_for_s=1e300", ["database.retry_for_s = ", "seconds"]),
        ("database.retry_pause_s=0", ["database.retry_pause_s = 0", "0.01"]),
    ] {
        let message = message(with(&[text]));
        assert!(message.starts_with("command line: "), "{message}");
        assert!(parts.iter().all(|part| message.contains(part)), "{text}: {message}");
    }
}

#[test]
fn tables_merge_key_by_key() {
    let config = from_files(&[
        "hostname = 'a'\n[database]\nhost = 'one'\nport = 1\n",
        "[database]\nport = 2\nuser = 'u'\n",
        "database.user = 'v'\n",
    ])
    .unwrap();
    assert_eq!(config.hostname, "a");
    assert_eq!(config.database.host, "one");
    assert_eq!(config.database.port, 2);
    assert_eq!(config.database.user, "v");
    assert_eq!(config.database.database, "xtelem");
}

#[test]
fn a_tilde_is_the_home_folder_where_no_shell_has_seen_it() {
    let config = with(&["data_dirs=~/telem,./~/b,/c/~,~d", "event_types=~/e.toml"]).unwrap().config;
    let expected = ["/home/me/telem", "/home/me/~/b", "/c/~", "/home/me/~d"];
    assert_eq!(config.data_dirs, expected.map(PathBuf::from));
    assert_eq!(config.event_types, Some("/home/me/e.toml".into()));
}

#[test]
fn errors_in_files_name_file_and_line() {
    for (text, parts) in [
        ("hostname = 'a'\nhostnam = 'b'\n", ["0.conf line 2", "did you mean hostname"]),
        ("[database]\n\nport = 'x'\n", ["0.conf line 3: database.port = \"x\"", "expected a port"]),
        ("hostname = 5\n", ["0.conf line 1: hostname = 5", "expected the name of a host"]),
        ("database = 5\n", ["0.conf line 1", "[database]"]),
        ("hostname = 'a'\nlimit = = 3\n", ["0.conf: line 2, column 9", ""]),
        ("hostname = foo\n", ["0.conf: line 1, column 12", "a text stands in quotes"]),
        ("hostname = 'a'\ndata_dirs = /a,/b\n", ["0.conf: line 2, ", "a text stands in quotes"]),
        ("[database]\npassword = 'hush'\n", ["0.conf line 2", "$XTELEMDB_PASSWORD"]),
        ("[databse]\nport = 5\n", ["0.conf line 1", "databse"]),
    ] {
        let message = message(from_files(&[text]));
        assert!(parts.iter().all(|part| message.contains(part)), "{text:?}: {message}");
        assert!(!message.contains("hush"), "{message}");
    }
}

#[test]
fn what_is_shown_reads_back_the_same() {
    let first = with(&[
        "hostname=tab\there",
        "data_dirs=[\"/a'b\", \"/c\\\"d\\ne\"]",
        "database.retry_pause_s=0.125",
        "limit=3",
        "logdump_exe=/x",
    ])
    .unwrap();
    let text = first.to_toml();
    let config = from_files(&[&text]).unwrap();
    assert_eq!(format!("{:?}", first.config), format!("{config:?}"), "{text}");
    assert!(text.contains("limit = 3  # command line\n"), "{text}");
    assert!(text.contains("port = 5432  # default\n"), "{text}");
    assert_eq!(first.notes.len(), 1, "the notice about logdump_exe: {:?}", first.notes);
}

#[test]
fn the_example_names_every_key_and_is_all_defaults() {
    let text = include_str!("../../docs/xtelemdb.conf.toml");
    let active: String =
        text.lines().map(|line| line.strip_prefix("#= ").unwrap_or(line).to_owned() + "\n").collect();
    let settings = file::settings(Path::new("xtelemdb.conf.toml"), &active).unwrap();
    for key in keys::KEYS {
        assert!(settings.iter().any(|setting| setting.key.name == key.name), "{} is missing", key.name);
    }
    let defaults = Config::defaults(&surroundings());
    for setting in file::settings(Path::new("xtelemdb.conf.toml"), text).unwrap() {
        assert_eq!((setting.key.get)(&defaults), Some(setting.value), "{}", setting.key.name);
    }
}

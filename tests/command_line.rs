//! The outside of the program: what can be typed, what comes back, and the exit codes.

mod support;

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;
use support::folder::Folder;
use support::program::{Output, Program};
use xtelemdb::args::Command;

fn run(arguments: &[&str]) -> Output {
    Program::new(arguments).run()
}

/// What `--dump-config` prints in a folder.
fn config(folder: &Folder, arguments: &[&str]) -> String {
    let arguments = [arguments, &["--dump-config"]].concat();
    let output = Program::new(&arguments).dir(folder.path()).run().expect_code(0);
    assert_eq!(output.stderr, "");
    output.stdout
}

/// The value of a key in a configuration that was printed; keys are unique without their table.
fn value<'a>(config: &'a str, key: &str) -> &'a str {
    let line = config.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
    line.unwrap_or_else(|| panic!("no {key} in {config}"))
}

#[test]
fn no_arguments_show_the_usage_on_stderr() {
    let output = run(&[]).expect_code(1);
    assert_eq!(output.stdout, "");
    assert!(output.stderr.starts_with("usage: xtelemdb COMMAND [-c FILE]"));
}

#[test]
fn help_and_version_are_everywhere() {
    for (command, _) in Command::NAMES {
        let help = run(&[command, "--help"]).expect_code(0);
        assert_eq!(help.stderr, "");
        let name = command.replace("backfill", "ingest");
        assert!(help.stdout.starts_with(&format!("xtelemdb {name} - ")), "{}", help.stdout);
        assert_eq!(run(&["help", command]).expect_code(0).stdout, help.stdout);
        assert_eq!(run(&["-h", command]).expect_code(0).stdout, help.stdout);
        let version = run(&[command, "--version"]).expect_code(0);
        assert_eq!(version.stdout, concat!("xtelemdb ", env!("CARGO_PKG_VERSION"), "\n"));
    }
    assert!(run(&["--help"]).expect_code(0).stdout.contains("usage: xtelemdb COMMAND"));
    assert!(run(&["inventory", "-h"]).stdout.contains("Symlinked folders are not followed"));
    assert!(run(&["ingest", "-h"]).stdout.contains("is not noticed"));
}

#[test]
fn what_is_mistyped_is_met_with_a_suggestion() {
    for (arguments, parts) in [
        (vec!["ingset"], ["there is no command ingset; did you mean ingest?", "Try 'xtelemdb --help'"]),
        (vec!["setup", "--jsno"], ["did you mean --json?", "Try 'xtelemdb setup --help'"]),
        (
            vec!["setup", "database.prot=1"],
            ["did you mean database.port?", "The keys are: hostname, data_dirs"],
        ),
        (vec!["setup", "database.port=x"], ["database.port = \"x\": expected a port", "1 to 65535"]),
        (vec!["setup", "port"], ["expected key=value, found port", "Try"]),
        (vec!["setup", "-c", "gone.toml"], ["gone.toml: this configuration file does not exist", "Try"]),
        (vec!["setup", "-c", "."], [".: can't read this configuration file", "directory"]),
    ] {
        let output = run(&arguments).expect_code(2);
        assert_eq!(output.stdout, "");
        assert!(output.stderr.starts_with("xtelemdb: "), "{}", output.stderr);
        assert!(parts.iter().all(|part| output.stderr.contains(part)), "{arguments:?}: {}", output.stderr);
    }
}

#[test]
fn names_do_not_reach_the_terminal_as_they_are() {
    let evil = "a\x1b[2J\n\u{202e}b";
    for arguments in [
        vec![evil],
        vec!["setup", evil],
        vec!["setup", "-c", evil],
        vec!["setup", "a\x1b[2J\n\u{202e}b=1"],
        vec!["setup", "database.port=a\x1b[2J\n\u{202e}b"],
        vec!["dump", evil],
    ] {
        let output = run(&arguments);
        assert_ne!(output.code, 0);
        let harmful = |char: char| char != '\n' && (char.is_control() || char == '\u{202e}');
        assert!(!output.stderr.contains(harmful), "{arguments:?}: {:?}", output.stderr);
        assert!(output.stderr.contains("[2J"), "{arguments:?}: {:?}", output.stderr);
    }
}

#[test]
fn the_configuration_that_is_printed_reads_back() {
    let folder = Folder::new();
    let first =
        config(&folder, &["setup", "hostname=a b", "data_dirs=/x,y", "limit=3", "database.retry_for_s=1.5"]);
    assert_eq!(value(&first, "hostname"), "\"a b\"  # command line");
    assert_eq!(value(&first, "port"), "5432  # default");
    assert!(first.contains(&format!("    \"{}\",\n", folder.join("y").display())), "{first}");
    folder.write("again.toml", &first);
    let second = config(&folder, &["ingest", "-c", "again.toml"]);
    assert_eq!(value(&second, "hostname"), "\"a b\"  # again.toml line 2");
    let values = |config: &str| -> Vec<String> {
        config
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split("  # ").next().unwrap().to_owned())
            .collect()
    };
    assert_eq!(values(&first), values(&second));
}

#[test]
fn a_configuration_may_name_no_folder_but_inventory_needs_one() {
    let folder = Folder::new();
    folder.write("c.toml", "data_dirs = []\n");
    let named = config(&folder, &["inventory", "-c", "c.toml", "data_dirs=/a"]);
    assert!(named.contains("\n    \"/a\",\n]\n"), "{named}");
    let output = Program::new(&["inventory", "-c", "c.toml"]).dir(folder.path()).run().expect_code(2);
    assert!(output.stderr.contains("data_dirs names no folder"), "{}", output.stderr);
    // Refused by the server that is not there, not by the configuration.
    let setup = ["setup", "-c", "c.toml", "database.host=/nowhere/at/all"];
    let output = Program::new(&setup).dir(folder.path()).run().expect_code(1);
    assert!(output.stderr.contains("not running"), "{}", output.stderr);
}

#[test]
fn a_password_is_never_printed() {
    let folder = Folder::new();
    folder.write("pw", "hush-hush\n");
    let program = Program::new(&["setup", "--dump-config", "database.password_file=pw"]).dir(folder.path());
    let output = program.env("XTELEMDB_PASSWORD", "hush-hush").run().expect_code(0);
    assert!(!output.stdout.contains("hush"), "{}", output.stdout);
    let output = run(&["setup", "database.password=hush-hush"]).expect_code(2);
    assert!(
        output.stderr.contains("$XTELEMDB_PASSWORD") && !output.stderr.contains("hush"),
        "{}",
        output.stderr
    );
    folder.write("wrong.toml", "[database]\npassword = 'hush-hush' oops\n");
    let output = Program::new(&["setup", "-c", "wrong.toml"]).dir(folder.path()).run().expect_code(2);
    assert!(output.stderr.contains("wrong.toml: line 2, column"), "{}", output.stderr);
    assert!(!output.stderr.contains("hush"), "{}", output.stderr);
}

#[test]
fn files_merge_and_overrides_win() {
    let folder = Folder::new();
    folder.write("a.toml", "limit = 1\nhostname = 'a'\n[database]\nhost = 'aoc'\nport = 1\n");
    folder.write("b.toml", "limit = 2\n[database]\nport = 2\nuser = 'b'\n");
    let arguments = ["inventory", "-c", "a.toml", "database.user=me", "-c", "b.toml", "database.user=you"];
    let config = config(&folder, &arguments);
    for (key, expected) in [
        ("hostname", "\"a\"  # a.toml line 2"),
        ("host", "\"aoc\"  # a.toml line 4"),
        ("limit", "2  # b.toml line 1"),
        ("port", "2  # b.toml line 3"),
        ("user", "\"you\"  # command line"),
        ("database", "\"xtelem\"  # default"),
    ] {
        assert_eq!(value(&config, key), expected);
    }
}

#[test]
fn a_file_in_the_folder_is_read_unless_others_are_named() {
    let folder = Folder::new();
    let limit = |arguments: &[&str]| {
        let config = config(&folder, arguments);
        config.lines().find_map(|line| line.strip_prefix("limit = ")).map(str::to_owned)
    };
    folder.write("backfill.conf", "limit = 1\n");
    assert_eq!(limit(&["ingest"]).as_deref(), Some("1  # ./backfill.conf line 1"));
    folder.write("ingest.conf", "\nlimit = 2\n");
    assert_eq!(limit(&["ingest"]).as_deref(), Some("2  # ./ingest.conf line 2"));
    assert_eq!(limit(&["backfill"]).as_deref(), Some("2  # ./ingest.conf line 2"));
    assert_eq!(limit(&["setup"]), None);
    folder.write("setup.conf", "limit = 3\n");
    assert_eq!(limit(&["setup"]).as_deref(), Some("3  # ./setup.conf line 1"));
    folder.write("none.toml", "");
    assert_eq!(limit(&["setup", "-c", "none.toml"]), None);
    folder.write("dump.conf", "not = 'read'\n");
    assert_eq!(limit(&["dump"]), None);
    folder.write("inventory.conf", "limit = 'x'\n");
    let output = Program::new(&["inventory"]).dir(folder.path()).run().expect_code(2);
    assert!(output.stderr.contains("./inventory.conf line 1: limit = \"x\""), "{}", output.stderr);
}

#[test]
fn every_command_knows_every_key() {
    let folder = Folder::new();
    let all = include_str!("../docs/xtelemdb.conf.toml").replace("#= ", "");
    folder.write("all.toml", all);
    for (command, _) in Command::NAMES {
        let more: &[&str] = match command {
            "personal" => &["status", "db"],
            "reset" => &["--level", "1"],
            _ => &[],
        };
        let text = config(&folder, &[&[command], more, &["-c", "all.toml"]].concat());
        assert_eq!(value(&text, "hostname").split(' ').next(), Some("\"exao1\""), "{command}");
    }
}

#[test]
fn failures_are_json_where_that_is_wanted() {
    for (arguments, command) in
        [(vec!["setup", "limit=x", "--json"], "setup"), (vec!["--json", "ingest", "--jsno"], "ingest")]
    {
        let output = run(&arguments).expect_code(2);
        let lines: Vec<&str> = output.stdout.lines().collect();
        assert_eq!(lines.len(), 1, "{}", output.stdout);
        let summary: serde_json::Value = serde_json::from_str(lines[0]).expect("JSON");
        assert_eq!(summary["command"], command);
        assert_eq!(summary["exit"], 2);
        assert!(summary["elapsed_s"].is_number());
        assert!(summary["error"].as_str().is_some_and(|error| !error.is_empty()));
    }
}

#[test]
fn log_lines_have_the_form_of_the_handbook() {
    let folder = Folder::new();
    folder.write("t.ndjson", "");
    let arguments = ["dump", "-c", "c.toml", "-v", "t.ndjson"];
    folder.write("c.toml", "logdump_exe = '/usr/bin/logdump'\n");
    let output = Program::new(&arguments).dir(folder.path()).run().expect_code(0);
    let lines: Vec<&str> = output.stderr.lines().collect();
    assert_eq!(lines.len(), 2, "{}", output.stderr);
    for (line, level, message) in [
        (lines[0], "DEBUG", "read the configuration file c.toml"),
        (lines[1], "INFO", "logdump_exe (c.toml line 1) is ignored"),
    ] {
        let words: Vec<&str> = line.splitn(6, ' ').collect();
        let shape = |text: &str| -> String {
            text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
        };
        assert_eq!(
            (shape(words[0]).as_str(), shape(words[1]).as_str()),
            ("0000-00-00", "00:00:00"),
            "{line}"
        );
        assert!(!words[2].is_empty() && !words[2].contains('.'), "{line}");
        let number = words[3].strip_prefix("xtelemdb.dump[").and_then(|rest| rest.strip_suffix(']'));
        assert!(number.is_some_and(|number| number.parse::<u32>().is_ok()), "{line}");
        assert_eq!(words[4], level, "{line}");
        assert!(words[5].starts_with(message), "{line}");
    }
    let quiet = ["dump", "-c", "c.toml", "-q", "t.ndjson"];
    assert_eq!(Program::new(&quiet).dir(folder.path()).run().expect_code(0).stderr, "");
}

#[test]
fn a_reader_that_has_left_is_no_error() {
    let folder = Folder::new();
    let line = "{\"ts\":\"2024-04-16T00:38:20.000000000\",\"prio\":\"INFO\",\"ec\":\"telem_x\",\"msg\":{}}\n";
    folder.write("t.ndjson", line.repeat(20_000));
    for arguments in
        [vec!["--help"], vec!["--version"], vec!["setup", "--dump-config"], vec!["dump", "t.ndjson"]]
    {
        let mut command = Program::new(&arguments).dir(folder.path()).into_command();
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("the program ends");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    }
    // As `| head -c 100` does: the first bytes are read, then nobody reads any more.
    let mut command = Program::new(&["dump", "t.ndjson"]).dir(folder.path()).into_command();
    let mut child = command.stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut first = [0; 100];
    child.stdout.take().expect("a pipe").read_exact(&mut first).expect("the first bytes");
    assert!(first.starts_with(b"{\"ts\":\"2024-04-16T00:38:20.000000000\",\"prio\":\"INFO\""));
    assert_eq!(child.wait().expect("the program ends").code(), Some(0));
}

#[test]
fn a_full_disk_is_an_error() {
    for arguments in [vec!["--help"], vec!["setup", "--dump-config"]] {
        let full = std::fs::File::create("/dev/full").expect("/dev/full");
        let mut command = Program::new(&arguments).into_command();
        let output = command.stdout(full).stderr(Stdio::piped()).output().expect("the program runs");
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("can't write to stdout"), "{arguments:?}");
    }
}

#[test]
fn signals_stop_it_with_130() {
    let folder = Folder::new();
    folder.write("c.toml", "logdump_exe = '/x'\n");
    for signal in ["INT", "TERM"] {
        let mut command = Program::new(&["dump", "-c", "c.toml", "-"]).dir(folder.path()).into_command();
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let _stdin = child.stdin.take();
        // Its first word says that it listens; then it waits for an input that never comes.
        let mut first = String::new();
        let mut stderr = BufReader::new(child.stderr.take().expect("a pipe"));
        stderr.read_line(&mut first).expect("its first word");
        assert!(first.contains("logdump_exe"), "{first}");
        let kill = std::process::Command::new("kill").args(["-s", signal, &child.id().to_string()]).status();
        assert!(kill.is_ok_and(|status| status.success()));
        assert_eq!(child.wait().expect("the program ends").code(), Some(130), "{signal}");
    }
}

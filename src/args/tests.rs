//! Command lines, understood and refused.

use super::*;
use crate::config::keys;
use std::ffi::OsString;

fn parsed(line: &str) -> Result<Invocation, Wrong> {
    parse(line.split_whitespace().map(OsString::from))
}

fn args(line: &str) -> Args {
    match parsed(line) {
        Ok(Invocation::Run(args)) => *args,
        other => panic!("{line}: {other:?}"),
    }
}

fn wrong(line: &str) -> String {
    parsed(line).expect_err(line).text
}

#[test]
fn options_stand_before_and_behind() {
    let expected = Args {
        task: Task::Ingest,
        config_files: vec!["a".into(), "b".into()],
        overrides: vec![("limit".into(), "3".into()), ("hostname".into(), "x=y".into())],
        dump_config: false,
        options: Options { json: true, verbosity: Verbosity::Verbose },
    };
    for line in [
        "-v --json -c a -c b ingest limit=3 hostname=x=y",
        "ingest limit=3 hostname=x=y -v -ca --config=b --json",
        "backfill limit=3 -c a hostname=x=y --config b --verbose --json",
    ] {
        assert_eq!(args(line), expected, "{line}");
    }
}

#[test]
fn follow_takes_a_name_and_a_link_gives_one() {
    let behind =
        |line: &str| behind_name(line.split(' ').map(OsString::from)).join(std::ffi::OsStr::new(" "));
    assert_eq!(behind("/opt/bin/xtelemdb ingest -v"), "ingest -v");
    assert_eq!(behind("./dbIngest -n dbIngestAOC"), "follow --name dbIngest -n dbIngestAOC");
    assert_eq!(behind("dbIngestRTC"), "follow --name dbIngestRTC");
    let named = |name: &str| Task::Follow(FollowArgs { name: Some(name.into()), indi_stdio: false });
    assert_eq!(args("follow --name dbIngest -n dbIngestAOC limit=3").task, named("dbIngestAOC"));
    assert_eq!(args("follow").task, Task::Follow(FollowArgs::default()));
    for bad in ["follow -n a/b", "follow -n ..", "follow --name="] {
        assert!(wrong(bad).contains("needs the name of a device"), "{bad}");
    }
    assert!(wrong("ingest -n x").contains("--name is an option of follow"));
}

#[test]
fn help_and_version_are_everywhere() {
    for (line, expected) in [
        ("", Invocation::Nothing),
        ("-h", Invocation::Help(None)),
        ("help", Invocation::Help(None)),
        ("help backfill", Invocation::Help(Some(Command::Ingest))),
        ("--help dump", Invocation::Help(Some(Command::Dump))),
        ("dump --help", Invocation::Help(Some(Command::Dump))),
        ("personal init --help", Invocation::Help(Some(Command::Personal))),
        ("setup not-a-pair -h", Invocation::Help(Some(Command::Setup))),
        ("help man", Invocation::Document(documents::MAN)),
        ("help completions bash", Invocation::Document(documents::COMPLETIONS[0].1)),
        ("help completions fish", Invocation::Document(documents::COMPLETIONS[2].1)),
        ("-V", Invocation::Version),
        ("inventory --version", Invocation::Version),
    ] {
        assert_eq!(parsed(line).expect(line), expected, "{line}");
    }
}

#[test]
fn status_takes_watch_and_keys() {
    assert_eq!(args("status").task, Task::Status(StatusArgs { watch: false }));
    let args = args("status --watch --json database.host=aoc");
    assert_eq!(args.task, Task::Status(StatusArgs { watch: true }));
    assert_eq!((args.overrides.len(), args.options.json), (1, true));
}

#[test]
fn dump_takes_files_and_the_keys_of_the_configuration() {
    let args = args("dump --event-types t.toml a=b - limit=3 -c f");
    assert_eq!(args.config_files, [PathBuf::from("f")]);
    assert_eq!(args.overrides, [("limit".into(), "3".into())]);
    let expected = DumpArgs { files: vec!["a=b".into(), "-".into()], event_types: Some("t.toml".into()) };
    assert_eq!(args.task, Task::Dump(expected));
}

#[test]
fn dump_takes_names_that_are_no_text() {
    use std::os::unix::ffi::OsStringExt;
    let name = OsString::from_vec(b"x\xff=1".to_vec());
    let Ok(Invocation::Run(args)) = parse(["dump".into(), name.clone()]) else { panic!("it must parse") };
    assert_eq!(args.task, Task::Dump(DumpArgs { files: vec![name.clone().into()], event_types: None }));
    assert!(parse(["ingest".into(), name]).is_err_and(|wrong| wrong.text.contains("not UTF-8")));
}

#[test]
fn personal() {
    let expected = PersonalArgs {
        action: PersonalAction::Remove,
        dir: "d".into(),
        pg_bin: Some("/pg/bin".into()),
        yes: true,
        file: None,
        overwrite: false,
        dry_run: false,
    };
    let args = args("personal remove --yes d --pg-bin /pg/bin hostname=h");
    assert_eq!(args.task, Task::Personal(expected));
    assert_eq!(args.overrides, [("hostname".into(), "h".into())]);
    let Task::Personal(args) = self::args("personal restore --overwrite d f=1 --dry-run").task else {
        panic!("it must be personal")
    };
    assert_eq!((args.action, args.file), (PersonalAction::Restore, Some("f=1".into())));
    assert!(args.overwrite && args.dry_run);
}

#[test]
fn what_is_wrong_is_said() {
    for (line, parts) in [
        ("ingset", ["no command ingset; did you mean ingest?", "There are: setup"]),
        ("frobnicate", ["no command frobnicate\nThere are: setup", "personal"]),
        ("-v", ["which command?", "There are: setup"]),
        ("ingest limit 3", ["expected key=value, found limit", "write limit=VALUE"]),
        ("ingest --jsno", ["no option --jsno", "did you mean --json?"]),
        ("ingest --limit 3", ["no option --limit", "write limit=VALUE"]),
        ("ingest -x", ["no option -x", ""]),
        ("ingest -c", ["missing argument", "-c"]),
        ("ingest --json=1", ["--json", "1"]),
        ("reset", ["reset needs --level", "3 drops the database"]),
        ("reset --level 4", ["--level is 1, 2 or 3", "not 4"]),
        ("ingest --upgrade", ["--upgrade is an option of setup", "not of ingest"]),
        ("inventory --dry-run", ["option of setup, reset, provision and personal", "not of inventory"]),
        ("provision --no-sudo --network 10.0.0.0/8", ["--network makes no sense", "--no-sudo"]),
        ("provision --tablespace-name x", ["--tablespace-name needs --tablespace", "folder"]),
        ("provision --network aoc", ["aoc is no network", "192.168.0.0/24"]),
        ("provision --mode 0644", ["--mode 0644", "everybody could read"]),
        ("ingest --yes", ["--yes is an option of personal and reset", "not of ingest"]),
        ("ingest --watch", ["--watch is an option of status", "not of ingest"]),
        ("ingest --event-types f", ["option of dump", "event_types=FILE"]),
        ("dump", ["name of a file", "stdin"]),
        ("personal", ["init, start, stop, status, backup, restore, upgrade, remove", ""]),
        ("personal backup d", ["personal backup needs the file", ""]),
        ("personal stop d --dry-run", ["personal stop has no --dry-run", ""]),
        (
            "ingest --dry-run",
            ["--dry-run is an option of setup, reset, provision and personal", "not of ingest"],
        ),
        ("personal strat d", ["no action strat", "did you mean start?"]),
        ("personal init", ["personal init needs the folder", ""]),
        ("personal start d --yes", ["personal start has no --yes", ""]),
        ("personal status d --pg-bin x", ["personal status has no --pg-bin", ""]),
        ("personal init d e", ["expected key=value", "e"]),
        ("help completions", ["which shell", "bash, zsh, fish"]),
        ("help completions zhs", ["no shell zhs; did you mean zsh?", "bash, zsh, fish"]),
        ("help completions zsh x", ["takes no x", "completions"]),
        ("help man ingest", ["help man takes no ingest", ""]),
        ("man", ["no command man", "There are: setup"]),
    ] {
        let text = wrong(line);
        assert!(parts.iter().all(|part| text.contains(part)), "{line}: {text}");
    }
    assert_eq!(parsed("ingest --jsno").unwrap_err().command, Some(Command::Ingest));
}

#[test]
fn every_option_that_is_suggested_exists() {
    for option in OPTIONS.iter().filter(|option| **option != "--") {
        for line in [format!("dump {option} -"), format!("personal {option}"), (*option).to_owned()] {
            if let Err(wrong) = parsed(&line) {
                assert!(!wrong.text.contains("there is no option"), "{line}: {}", wrong.text);
            }
        }
    }
}

#[test]
fn help_names_every_option_key_and_exit_code() {
    for command in
        [None, Some(Command::Setup), Some(Command::Inventory), Some(Command::Ingest), Some(Command::Status)]
    {
        let text = help::text(command);
        for option in
            ["-c", "--config", "-v", "-q", "--json", "--dump-config", "-h", "--help", "-V", "--version"]
        {
            assert!(text.contains(option), "{command:?}: {option}");
        }
        for key in keys::KEYS {
            assert!(command.is_none() || text.contains(key.name), "{command:?}: {}", key.name);
        }
    }
    for (_, command) in Command::NAMES {
        let text = help::text(Some(command));
        for code in ["  0 ", "  1 ", "  2 ", "  3 ", "  4 ", "130 "] {
            assert!(text.contains(&format!("\n{code}")), "{command:?}: {code}");
        }
        assert!(text.contains("Example:\n"), "{command:?}");
        let first = text.lines().next().unwrap_or_default();
        assert!(first.starts_with(&format!("xtelemdb {} - ", command.name())), "{first}");
        // A terminal is no wider.
        let long = text.lines().find(|line| line.len() > 100);
        assert_eq!(long, None, "{command:?}");
    }
}

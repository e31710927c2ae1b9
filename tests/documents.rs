//! The documents: they name every command, option, key and exit code that there is and none that there is not, their links
//! lead somewhere, their queries run, and the completions complete.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command as Process;
use support::folder::Folder;
use support::postgres::Postgres;
use support::program::Program;
use xtelemdb::args::{self, Command, OPTIONS, PersonalAction, documents};
use xtelemdb::config::keys::KEYS;
use xtelemdb::error::Exit;
use xtelemdb::limits;

type Names = BTreeSet<String>;

fn text(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn names<T: ToString>(words: impl IntoIterator<Item = T>) -> Names {
    words.into_iter().map(|word| word.to_string()).collect()
}

fn commands() -> Names {
    names(Command::NAMES.map(|(name, _)| name).into_iter().chain(["help"]))
}

fn actions() -> Names {
    names(PersonalAction::NAMES.map(|(name, _)| name))
}

fn keys() -> Names {
    names(KEYS.iter().map(|key| key.name))
}

fn exit_codes() -> Names {
    names(Exit::ALL.map(|exit| exit as i32))
}

fn long_options() -> Names {
    names(OPTIONS.into_iter().filter(|option| *option != "--"))
}

/// The one-letter options that the program knows, found by trying all.
fn short_options() -> Names {
    let letters = ('a'..='z').chain('A'..='Z');
    let is_known = |letter: &char| match args::parse(["dump".into(), format!("-{letter}").into(), "-".into()])
    {
        Ok(_) => true,
        Err(wrong) => !wrong.text.contains("there is no option"),
    };
    names(letters.filter(is_known).map(|letter| format!("-{letter}")))
}

/// Every maximal run of `part` characters in a text that begins with `prefix`, which nothing of a word stands before.
fn words_with(text: &str, prefix: &str, part: impl Fn(char) -> bool) -> Names {
    let mut found = Names::new();
    for (start, _) in text.match_indices(prefix) {
        let before = text[..start].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || "-_./".contains(c)) {
            continue;
        }
        let rest = &text[start + prefix.len()..];
        let length = rest.find(|c| !part(c)).unwrap_or(rest.len());
        if length > 0 {
            found.insert(format!("{prefix}{}", &rest[..length]));
        }
    }
    found
}

/// `--words` in a text, but those of tables drawn with dashes.
fn options_in(text: &str) -> Names {
    words_with(text, "--", |c| c.is_ascii_lowercase() || c == '-')
        .into_iter()
        .filter(|word| word.bytes().any(|byte| byte != b'-'))
        .collect()
}

/// `database.words` and `follow.words` in a text, but names of columns and the like.
fn dotted_keys_in(text: &str) -> Names {
    let part = |c: char| c.is_ascii_lowercase() || c == '_';
    let mut found = words_with(text, "database.", part);
    found.extend(words_with(text, "follow.", part).into_iter().filter(|word| word != "follow.conf"));
    found
}

/// First cells of the rows of the table whose header begins with `header`.
fn first_cells(markdown: &str, header: &str) -> Vec<String> {
    let mut lines = markdown.lines().skip_while(|line| !line.starts_with(&format!("| {header} |")));
    assert!(lines.next().is_some(), "no table with {header}");
    let rows = lines.skip(1).take_while(|line| line.starts_with("| "));
    rows.map(|row| row[2..].split(" |").next().unwrap_or_default().to_owned()).collect()
}

/// What the items of a section of the manual page are.
fn items(section: &str) -> Vec<String> {
    let head = format!(".Sh {section}\n");
    let behind = documents::MAN.split_once(&head).unwrap_or_else(|| panic!("no section {section}")).1;
    let section = behind.split("\n.Sh ").next().unwrap_or_default();
    section.lines().filter_map(|line| line.strip_prefix(".It ").map(str::to_owned)).collect()
}

#[test]
fn the_manual_page_names_what_there_is() {
    let word = |item: &String| item.split(' ').nth(1).unwrap_or_default().to_owned();
    assert_eq!(names(items("COMMANDS").iter().map(word)), commands());
    assert_eq!(names(items("CONFIGURATION").iter().map(word)), keys());
    assert_eq!(names(items("EXIT STATUS")), exit_codes());
    let mut options = Names::new();
    for item in items("OPTIONS") {
        let words =
            item.split(' ').take_while(|word| *word != "Ar").filter(|word| !["Fl", ","].contains(word));
        options.extend(words.map(|word| format!("-{word}")));
    }
    assert_eq!(options, long_options().union(&short_options()).cloned().collect());
    for action in actions() {
        assert!(
            documents::MAN.contains(&format!(".Cm {action}\n"))
                || documents::MAN.contains(&format!("{action} |"))
        );
    }
    for (shell, _) in documents::COMPLETIONS {
        assert!(documents::MAN.contains(shell), "{shell}");
    }
}

#[test]
fn every_command_begins_a_line_of_the_synopsis() {
    let synopsis = documents::MAN.split(".Sh ").find(|section| section.starts_with("SYNOPSIS")).unwrap();
    let firsts = synopsis.split(".Nm\n").skip(1).filter_map(|usage| usage.lines().next());
    let begun: Names = names(firsts.flat_map(|line| line.split(' ')));
    let missing: Names = commands().difference(&begun).cloned().collect();
    assert_eq!(missing, Names::new());
}

#[test]
fn the_manual_page_renders_without_warnings() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/xtelemdb.1");
    let rendered = Process::new("groff").args(["-mandoc", "-Tutf8", "-ww"]).arg(page).output();
    let rendered = rendered.expect("groff is needed: apt-get install groff, or dnf install groff-base");
    assert!(rendered.status.success());
    assert_eq!(String::from_utf8_lossy(&rendered.stderr), "");
}

#[test]
fn the_readme_names_what_there_is() {
    let readme = text("README.md");
    let cells = first_cells(&readme, "command");
    let command =
        |cell: &String| cell.trim_matches('`').split([' ', '`']).next().unwrap_or_default().to_owned();
    let mut listed = names(cells.iter().map(command));
    listed.extend(
        cells.iter().filter(|cell| cell.contains("(also `backfill`)")).map(|_| "backfill".to_owned()),
    );
    assert_eq!(listed, commands());
    assert_eq!(names(first_cells(&readme, "exit code")), exit_codes());
    for action in actions() {
        assert!(readme.contains(&action), "{action}");
    }
}

#[test]
fn no_document_names_an_option_or_key_that_is_not() {
    let documents = [
        "README.md",
        "docs/administration.md",
        "docs/architecture.md",
        "docs/database.md",
        "docs/install.md",
        "docs/operating.md",
        "docs/xtelemdb.1",
        "docs/xtelemdb.conf.toml",
        "contrib/completions/xtelemdb.bash",
        "contrib/completions/_xtelemdb",
    ];
    for path in documents {
        // What other programs take is theirs.
        let others = [
            "postgresql-setup --initdb",
            "systemctl enable --now",
            "sha256sum --check --quiet",
            "bundle --with-postgres",
        ];
        let text = others.iter().fold(text(path), |text, command| text.replace(command, ""));
        let unknown: Names = options_in(&text).difference(&long_options()).cloned().collect();
        assert_eq!(unknown, Names::new(), "{path}");
        let unknown: Names = dotted_keys_in(&text).difference(&keys()).cloned().collect();
        assert_eq!(unknown, Names::new(), "{path}");
    }
}

/// Which files a command reads where none is named stands in three places.
#[test]
fn the_documents_name_every_default_file() {
    for path in ["docs/xtelemdb.1", "docs/xtelemdb.conf.toml"] {
        let text = text(path);
        for (name, command) in Command::NAMES {
            for file in command.default_files() {
                assert!(text.contains(file), "{path}: {name} reads {file}");
            }
        }
    }
}

#[test]
fn the_example_configuration_names_every_key() {
    let example = text("docs/xtelemdb.conf.toml");
    let active: String =
        example.lines().map(|line| line.strip_prefix("#= ").unwrap_or(line).to_owned() + "\n").collect();
    let table: toml::Table = toml::from_str(&active).expect("TOML");
    let mut found = Names::new();
    for (name, value) in &table {
        match value.as_table() {
            Some(below) => found.extend(below.keys().map(|key| format!("{name}.{key}"))),
            None => drop(found.insert(name.clone())),
        }
    }
    assert_eq!(found, keys());
}

#[test]
fn the_numbers_of_the_architecture_are_those_of_the_limits() {
    let architecture = text("docs/architecture.md");
    let size = |bytes: usize| {
        if bytes.is_multiple_of(1 << 20) {
            format!("{} MiB", bytes >> 20)
        } else {
            format!("{} KiB", bytes >> 10)
        }
    };
    let expected = [
        ("FILES_AHEAD", limits::FILES_AHEAD.to_string()),
        ("READ_BLOCK_BYTES", size(limits::READ_BLOCK_BYTES)),
        ("DECODE_STEP_BYTES", size(limits::DECODE_STEP_BYTES)),
        ("BLOCKS_AHEAD", limits::BLOCKS_AHEAD.to_string()),
        ("BATCH_BYTES", size(limits::BATCH_BYTES)),
        ("BATCHES_AHEAD", limits::BATCHES_AHEAD.to_string()),
        ("TRANSACTIONS_BYTES", size(limits::TRANSACTIONS_BYTES)),
        ("LEAST_TRANSACTION_BYTES", size(limits::LEAST_TRANSACTION_BYTES)),
        ("LONG_BYTES", size(limits::LONG_BYTES as usize)),
        ("LONGEST_MESSAGE_BYTES", size(limits::LONGEST_MESSAGE_BYTES)),
        ("CHAIN_RECORDS", limits::CHAIN_RECORDS.to_string()),
        ("INVENTORY_HELD_BYTES", size(limits::INVENTORY_HELD_BYTES)),
        ("FOLDERS_AHEAD_BYTES", size(limits::FOLDERS_AHEAD_BYTES)),
        ("TEMPLATES", limits::TEMPLATES.to_string()),
        ("LONGEST_TEMPLATE_BYTES", size(limits::LONGEST_TEMPLATE_BYTES)),
    ];
    assert_eq!(first_cells(&architecture, "constant").len(), expected.len());
    for (name, value) in expected {
        let row = format!("| `{name}` | {value} |\n");
        assert!(architecture.contains(&row), "{row}");
    }
    let blocks = 2 * limits::BLOCKS_AHEAD + 4;
    let held = format!("one in each hand), {},", size(blocks * limits::READ_BLOCK_BYTES));
    assert!(architecture.contains(&held), "{held}");
    let batches = limits::BATCHES_AHEAD + limits::TRANSACTIONS_BYTES / 2 / limits::BATCH_BYTES + 1;
    let mebibytes = (batches * limits::BATCH_BYTES) as f64 / f64::from(1 << 20);
    let held = format!("{batches} times `BATCH_BYTES` or {mebibytes} MiB of rows a lane");
    assert!(architecture.contains(&held), "{held}");
}

fn markdown_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            let is_ours = !name.starts_with('.') && !["target", "vendor", "dist"].contains(&name.as_str());
            if is_ours {
                markdown_files(&path, found);
            }
        } else if name.ends_with(".md") {
            found.push(path);
        }
    }
}

#[test]
fn links_lead_to_files() {
    let mut files = Vec::new();
    markdown_files(Path::new(env!("CARGO_MANIFEST_DIR")), &mut files);
    let mut count = 0;
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        for rest in text.split("](").skip(1) {
            let link = rest.split(')').next().unwrap();
            if !link.contains("://") && !link.starts_with('#') {
                let path = link.split('#').next().unwrap();
                assert!(file.parent().unwrap().join(path).exists(), "{}: {link}", file.display());
                count += 1;
            }
        }
    }
    assert!(count >= 4, "the README has links");
}

#[test]
fn modules_that_the_architecture_names_exist() {
    let architecture = text("docs/architecture.md");
    let paths = words_with(&architecture, "src/", |c| c.is_alphanumeric() || "_./".contains(c));
    assert!(paths.len() > 10);
    for path in paths {
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(path.trim_end_matches('.')).exists(), "{path}");
    }
}

/// The module at the top that a path or a name in the architecture stands for: `src/db/sql.rs`, `config::keys`.
fn module(name: &str) -> String {
    let name = name.trim_start_matches("src/");
    name.split(['/', ':']).next().unwrap_or_default().trim_end_matches(".rs").to_owned()
}

/// What stands between backquotes in a cell of a table.
fn modules(cell: &str) -> Names {
    names(cell.split('`').skip(1).step_by(2).map(module))
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn modules_use_what_the_architecture_says_and_nothing_else() {
    let architecture = text("docs/architecture.md");
    let rows: Vec<Vec<&str>> = architecture
        .lines()
        .skip_while(|line| !line.starts_with("| where |"))
        .skip(2)
        .take_while(|line| line.starts_with("| "))
        .map(|line| line.split(" |").map(|cell| cell.trim_start_matches('|').trim()).collect())
        .collect();
    let of_all = modules(rows.last().expect("a table")[0]);
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&src, &mut files);
    let mut checked = 0;
    for file in files {
        let inside = file.strip_prefix(&src).unwrap().to_string_lossy().into_owned();
        let own = module(&inside);
        if ["lib", "main"].contains(&own.as_str()) {
            continue;
        }
        let row = rows.iter().find(|row| modules(row[0]).contains(&own));
        let row = row.unwrap_or_else(|| panic!("{inside} is in no folder that the architecture names"));
        if row[2] == "everything" {
            continue;
        }
        let may_use = modules(row[2]);
        let content = fs::read_to_string(&file).unwrap();
        let mut used = words_with(&content, "crate::", |c| c.is_ascii_lowercase() || c == '_');
        for group in content.split("crate::{").skip(1) {
            let inside = group.split('}').next().unwrap_or_default();
            used.extend(inside.split(',').map(|name| format!("crate::{}", name.trim())));
        }
        for name in &used {
            let name = module(&name["crate::".len()..]);
            assert!(
                name == own || of_all.contains(&name) || may_use.contains(&name),
                "{inside} uses {name}, which the architecture does not name"
            );
            checked += 1;
        }
    }
    assert!(checked > 100, "{checked}");
}

#[test]
fn every_query_of_the_database_page_runs() {
    let (folder, database) = (Folder::new(), Postgres::shared().database());
    let archive = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/demo/telem.tar.gz");
    let unpacked =
        Process::new("tar").arg("-xzf").arg(archive).arg("-C").arg(folder.path()).status().unwrap();
    assert!(unpacked.success());
    let conf = database.conf(folder.path(), &[&folder.join("telem")], "exao1");
    for command in ["setup", "inventory", "ingest"] {
        Program::new(&[command, "-q", "-c", conf.to_str().unwrap()]).run().expect_code(0);
    }
    let page = text("docs/database.md");
    let mut client = database.client();
    let queries: Vec<&str> =
        page.split("```sql\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert!(queries.len() > 10, "{}", queries.len());
    for query in queries {
        let messages = client.simple_query(query).unwrap_or_else(|e| panic!("{query}\n{e:?}"));
        let rows = messages.iter().filter(|message| matches!(message, postgres::SimpleQueryMessage::Row(_)));
        // Nothing is rejected or left over in sound files.
        // Nor did another program load anything.
        let is_empty =
            ["rejects", "IS NULL", "predecessor", "heartbeats"].iter().any(|part| query.contains(part));
        assert_eq!(rows.count() == 0, is_empty, "{query}");
    }
}

/// What bash offers for a command line, with the cursor at its end.
fn completed(line: &str, wordbreaks: &str) -> Names {
    let script = r#"
        source "$1"
        COMP_WORDBREAKS=$3 COMP_LINE=$2 COMP_POINT=${#2}
        read -ra COMP_WORDS <<<"$2"
        if [[ $2 == *' ' ]]; then COMP_WORDS+=(''); fi
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _xtelemdb
        printf '%s\n' "${COMPREPLY[@]}"
    "#;
    let output = Process::new("bash")
        .args(["--norc", "-c", script, "bash", "contrib/completions/xtelemdb.bash", line, wordbreaks])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("bash starts");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{line}");
    names(String::from_utf8(output.stdout).unwrap().lines().filter(|line| !line.is_empty()))
}

#[test]
fn bash_completes() {
    let offered = |line: &str| completed(line, " \t\n\"'><=;|&(:");
    let keys_with_equals = names(keys().iter().map(|key| format!("{key}=")));
    let common: Names = long_options().union(&short_options()).cloned().collect();
    let own = |options: &[&str]| names(options.iter());
    let of_one: Names =
        OPTIONS.into_iter().skip_while(|option| *option != "--event-types").map(str::to_owned).collect();
    let shared: Names = common
        .difference(&of_one)
        .filter(|option| !["-y", "-n"].contains(&option.as_str()))
        .cloned()
        .collect();
    assert_eq!(offered("xtelemdb "), commands());
    assert_eq!(offered("/opt/bin/xtelemdb i"), own(&["inventory", "ingest"]));
    for command in ["setup", "inventory", "ingest", "backfill", "doctor", "reset", "provision"] {
        assert_eq!(offered(&format!("xtelemdb {command} ")), keys_with_equals, "{command}");
    }
    for command in ["inventory", "ingest", "backfill"] {
        assert_eq!(offered(&format!("xtelemdb {command} limit=3 -")), shared, "{command}");
    }
    let with = |more: &[&str]| -> Names { shared.union(&own(more)).cloned().collect() };
    assert_eq!(offered("xtelemdb status -"), with(&["--watch"]));
    assert_eq!(offered("xtelemdb status "), keys_with_equals);
    assert_eq!(offered("xtelemdb dump -"), with(&["--event-types"]));
    assert_eq!(offered("xtelemdb follow -"), with(&["-n", "--name", "--indi-stdio"]));
    assert_eq!(offered("xtelemdb follow -n dbIngestAOC "), keys_with_equals);
    assert_eq!(offered("xtelemdb setup -"), with(&["--upgrade", "--dry-run"]));
    assert_eq!(offered("xtelemdb reset -"), with(&["--level", "--yes", "-y", "--force", "--dry-run"]));
    let provision = [
        "--network",
        "--listen",
        "--tablespace",
        "--tablespace-name",
        "--owner",
        "--group",
        "--mode",
        "--rotate-password",
        "--no-sudo",
        "--dry-run",
    ];
    assert_eq!(offered("xtelemdb provision --network 10.0.0.0/8 -"), with(&provision));
    assert_eq!(offered("xtelemdb reset --level "), own(&["1", "2", "3"]));
    assert_eq!(offered("xtelemdb provision --network "), Names::new());
    assert_eq!(
        offered("xtelemdb personal -"),
        with(&["--pg-bin", "--yes", "-y", "--overwrite", "--dry-run"])
    );
    assert_eq!(offered("xtelemdb -c x personal "), actions());
    assert_eq!(offered("xtelemdb personal init docs"), own(&["docs"]));
    assert_eq!(offered("xtelemdb personal init docs "), own(&["hostname="]));
    assert_eq!(offered("xtelemdb personal stop docs "), Names::new());
    assert_eq!(offered("xtelemdb personal backup docs README"), own(&["README.md"]));
    assert_eq!(offered("xtelemdb personal restore docs x host"), own(&["hostname="]));
    assert_eq!(offered("xtelemdb setup -c docs/xtelemdb.c"), own(&["docs/xtelemdb.conf.toml"]));
    assert_eq!(offered("xtelemdb dump README"), own(&["README.md"]));
    assert_eq!(offered("xtelemdb setup database.ho"), own(&["database.host="]));
    assert_eq!(offered("xtelemdb setup limit="), Names::new());
    assert_eq!(offered("xtelemdb setup database.sslmode=ver"), own(&["verify-ca", "verify-full"]));
    assert_eq!(offered("xtelemdb setup database.sslrootcert=READ"), own(&["README.md"]));
    assert_eq!(offered("xtelemdb inventory data_dirs=sr"), own(&["src"]));
    assert_eq!(offered("xtelemdb inventory data_dirs=/a,sr"), own(&["/a,src"]));
    assert_eq!(completed("xtelemdb inventory data_dirs=sr", " \t\n"), own(&["data_dirs=src"]));
    assert_eq!(offered("xtelemdb help completions "), names(documents::COMPLETIONS.map(|(shell, _)| shell)));
    let helps: Names =
        commands().into_iter().filter(|name| name != "help").chain(names(documents::NAMES)).collect();
    assert_eq!(offered("xtelemdb help "), helps);
}

#[test]
fn the_other_shells_know_the_same_words() {
    for (shell, text) in documents::COMPLETIONS {
        for key in keys() {
            let forms = [format!("{key}="), format!("'{key}[")];
            assert!(forms.iter().any(|form| text.contains(form)), "{shell}: {key}");
        }
        for option in long_options() {
            let forms = [option.clone(), format!("-l {} ", &option[2..])];
            assert!(forms.iter().any(|form| text.contains(form)), "{shell}: {option}");
        }
        for option in short_options() {
            let forms = [format!("{option} "), format!("{{{option},"), format!("-s {} ", &option[1..])];
            assert!(forms.iter().any(|form| text.contains(form)), "{shell}: {option}");
        }
        for name in commands().union(&actions()) {
            assert!(text.contains(name.as_str()), "{shell}: {name}");
        }
        let unknown: Names = dotted_keys_in(text).difference(&keys()).cloned().collect();
        assert_eq!(unknown, Names::new(), "{shell}");
    }
    let fish = documents::COMPLETIONS[2].1.lines().filter(|line| line.starts_with("complete "));
    let long: Names = fish
        .filter_map(|line| line.split(" -l ").nth(1))
        .map(|rest| format!("--{}", rest.split(' ').next().unwrap()))
        .collect();
    assert_eq!(long, long_options());
}

#[test]
fn the_program_prints_its_documents() {
    let printed = Program::new(&["help", "man"]).run().expect_code(0);
    assert_eq!((printed.stdout.as_str(), printed.stderr.as_str()), (documents::MAN, ""));
    for (shell, text) in documents::COMPLETIONS {
        let printed = Program::new(&["help", "completions", shell]).run().expect_code(0);
        assert_eq!(printed.stdout, text);
        let help = Program::new(&["--help"]).run().expect_code(0);
        assert!(help.stdout.contains("xtelemdb help completions") && help.stdout.contains(shell));
    }
    let wrong = Program::new(&["help", "completions", "csh"]).run().expect_code(2);
    assert!(wrong.stderr.contains("there is no shell csh"), "{}", wrong.stderr);
}

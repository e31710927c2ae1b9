//! Every command line of `docs/administration.md`, in order, on a server of Debian's layout. What stands for the machine:
//! `./COMMAND.conf` says where the server and the files are, `systemctl` restarts the test's server, `/data/` is a folder.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use support::folder::Folder;
use support::make::{lines, text_log};
use support::postgres::Postgres;
use support::predecessor;
use support::program::Program;
use support::provisioned;

/// A command line of the page, and the heading above it.
struct Line {
    heading: String,
    line: String,
}

fn lines_of_page() -> Vec<Line> {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/administration.md"))
        .expect("the page");
    let (mut heading, mut is_console) = (String::new(), false);
    let mut found = Vec::new();
    for line in page.lines() {
        match line.strip_prefix("## ") {
            Some(title) if !is_console => title.clone_into(&mut heading),
            _ if line.starts_with("```") => is_console = line == "```console",
            _ if is_console => {
                let command = line.strip_prefix("# ").or_else(|| line.strip_prefix("$ "));
                let command = command.unwrap_or_else(|| panic!("no command: {line}"));
                found.push(Line { heading: heading.clone(), line: command.to_owned() });
            }
            _ => {}
        }
    }
    found
}

struct Aoc {
    server: Postgres,
    folder: Folder,
    address: String,
}

impl Aoc {
    fn new() -> Self {
        let server = Postgres::own_with("", "local all tester trust\nlocal all all peer\n");
        provisioned::superuser(&server);
        let pid = std::process::id();
        let aoc = Self {
            server,
            folder: Folder::new(),
            address: format!("127.{}.{}.250", 1 + pid / 256 % 250, pid % 256),
        };
        aoc.folder.write("data/dev_20240322231415000000000.bintel", text_log(1_711_149_255, 0, "a"));
        aoc.folder.write("data/other_2024-04-16T000000.ndjson", lines(0..5));
        // A configuration of the server that the page's reader has, where this is the machine's only one.
        let socket = aoc.server.socket().to_str().expect("UTF-8").to_owned();
        for (command, host) in [
            ("provision", &socket),
            ("reset", &socket),
            ("setup", &aoc.address),
            ("inventory", &aoc.address),
            ("ingest", &aoc.address),
        ] {
            let text = format!(
                "hostname = \"exao1\"\ndata_dirs = [\"{}\"]\n[database]\nhost = \"{host}\"\npassword_file = \"{}\"\n",
                aoc.folder.join("data").display(),
                aoc.folder.join("secrets/xtelemdb_password").display(),
            );
            aoc.folder.write(format!("{command}.conf"), text);
        }
        let listen = format!("ALTER SYSTEM SET listen_addresses = '{}'", aoc.address);
        aoc.server.client().batch_execute(&listen).expect("an address of this test's own");
        aoc
    }

    fn tablespace(&self) -> PathBuf {
        self.server.socket().join("array")
    }

    fn inside(&self) -> postgres::Client {
        let mut config = postgres::Config::new();
        config.host_path(self.server.socket()).user("tester").dbname("xtelem");
        config.connect(postgres::NoTls).expect("the database")
    }

    fn run(&self, line: &str) {
        let line = line.replace("/data/", &format!("{}/", self.tablespace().display()));
        let words: Vec<&str> = line.split(' ').collect();
        match words[0] {
            "systemctl" => {
                self.server.stop_fast();
                self.server.start_again();
            }
            "xtelemdb" => {
                let mut arguments = words[1..].to_vec();
                // As the role of the page, over the network; reset's tables too.
                let host = format!("database.host={}", self.address);
                if line.contains("reset") && !line.contains("--level 3") {
                    arguments.push(&host);
                }
                let output = Program::new(&arguments).dir(self.folder.path()).run();
                assert_eq!(output.code, 0, "{line}\n{}\n{}", output.stdout, output.stderr);
            }
            other => panic!("the test does not know {other}"),
        }
    }

    fn rows(&self) -> i64 {
        self.inside().query_one("SELECT count(*) FROM telem", &[]).expect("rows").get(0)
    }
}

#[test]
fn every_command_line_of_the_page_works() {
    let aoc = Aoc::new();
    let page = lines_of_page();
    assert!(page.len() > 20, "{}", page.len());
    let mut heading = "";
    for Line { heading: new, line } in &page {
        if new != heading && new == "From the Python program" {
            // What that program would have left.
            let tables = format!(
                "DROP VIEW public.observations; DROP TABLE telem, file_origins, file_ingest_times, file_replicas CASCADE;
                 DROP SCHEMA xtelemdb CASCADE; SET ROLE xtelem; {}
                 INSERT INTO telem VALUES ('2024-04-16', 'other', '{{\"n\": 0}}', NULL, 'telem_x'), ('2024-04-16', 'gone', '{{}}', NULL, 'x')",
                predecessor::TABLES
            );
            aoc.inside().batch_execute(&tables).expect("its tables");
        }
        heading = new;
        aoc.run(line);
        let rows = match (heading, line.as_str()) {
            ("From the Python program", "xtelemdb ingest") => 7,
            (_, "xtelemdb ingest") => 6,
            (_, "xtelemdb reset --level 1 --yes") => 0,
            _ => continue,
        };
        assert_eq!(aoc.rows(), rows, "{heading}: {line}");
    }
}

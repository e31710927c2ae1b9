//! Every command line of `docs/install.md` is run, in the order in which it stands there, with the archives that it speaks of.

mod support;

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use support::executable;
use support::postgres::{Database, Postgres, server_programs};
use xtelemdb::personal::{Personal, programs};

const NAME: &str = concat!("xtelemdb-", env!("CARGO_PKG_VERSION"), "-x86_64-linux");

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The command lines of a section, those of its subsections too.
fn commands_of(section: &str) -> Vec<String> {
    let page = fs::read_to_string(repository().join("docs/install.md")).unwrap();
    let text = format!("\n{page}");
    let text = text.split("\n## ").find(|text| text.starts_with(section));
    let text = text.unwrap_or_else(|| panic!("no section {section}"));
    let blocks = text.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    blocks.flat_map(str::lines).map(str::to_owned).collect()
}

/// Where a section is tried: a home with the archives and some files in it, and stand-ins for what a test can't have.
struct Machine(PathBuf);

impl Machine {
    fn new(name: &str) -> Self {
        let base = std::env::temp_dir().join(format!("xi-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&base);
        let machine = Self(base);
        for folder in ["home", "scratch", "tmp", "bin", "usr/local/bin"] {
            fs::create_dir_all(machine.join(folder)).unwrap();
        }
        machine.open_to_all(Path::new(""));
        // The administrator's rights are not needed here, nor is a queue.
        machine.program("bin/sudo", "#!/bin/sh\nexec \"$@\"\n");
        machine.program("bin/sbatch", "#!/bin/sh\nexec bash \"$@\"\n");
        run(Command::new("tar")
            .args(["-xzf", "tests/data/demo/telem.tar.gz", "--no-same-owner", "-C"])
            .arg(machine.join("home"))
            .current_dir(repository()));
        machine
    }

    fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn open_to_all(&self, name: &Path) {
        let path = self.0.join(name);
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn program(&self, name: &str, text: &str) {
        executable::write(&self.join(name), text);
    }

    /// The archive, with the program under test.
    fn archive(&self) -> PathBuf {
        let out = self.join("home");
        run(Command::new(repository().join("build.sh"))
            .args(["bundle", "--program", env!("CARGO_BIN_EXE_xtelemdb"), "--out"])
            .arg(&out));
        out.join(format!("{NAME}.tar.gz"))
    }

    /// The archive with PostgreSQL: the server programs of the tests stand for the bundled ones.
    fn archive_with_postgres(&self) {
        let (home, plain) = (self.join("home"), self.archive());
        run(Command::new("tar").arg("-xzf").arg(&plain).arg("-C").arg(&home));
        let (name, with) = (home.join(NAME), home.join(format!("{NAME}-postgresql")));
        fs::rename(name, &with).unwrap();
        fs::create_dir_all(with.join("pgsql/bin")).unwrap();
        let bin = server_programs().bin;
        // Some packages of the server have no psql.
        let psql = programs::client("psql", &server_programs()).unwrap_or_else(|e| panic!("{e}"));
        for name in ["initdb", "pg_ctl", "postgres"] {
            symlink(bin.join(name), with.join("pgsql/bin").join(name)).unwrap();
        }
        symlink(psql, with.join("pgsql/bin/psql")).unwrap();
        run(Command::new("tar")
            .arg("-czf")
            .arg(format!("{}.tar.gz", with.display()))
            .arg("-C")
            .arg(&home)
            .arg(format!("{NAME}-postgresql")));
        fs::remove_dir_all(with).unwrap();
        fs::remove_file(plain).unwrap();
    }

    /// Runs lines as one script; a line that fails ends it, and the test.
    fn run(&self, lines: &[String]) -> String {
        assert!(!lines.is_empty());
        let path =
            ["home/.local/bin", "usr/local/bin", "bin"].map(|name| self.join(name).display().to_string());
        let mut command = Command::new("bash");
        command.args(["--norc", "-euxc", &lines.join("\n")]).current_dir(self.join("home"));
        let user = Command::new("id").arg("-un").output().unwrap().stdout;
        command.env("USER", String::from_utf8(user).unwrap().trim()).env("HOME", self.join("home"));
        command.env("SCRATCH", self.join("scratch")).env("TMPDIR", self.join("tmp"));
        command.env("PATH", format!("{}:{}", path.join(":"), std::env::var("PATH").unwrap()));
        run(&mut command)
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        for name in ["home/telem-db", "scratch/telem-db", "tmp/telem-db"] {
            if let Ok(db) = Personal::open_unfinished(&self.join(name)) {
                let _ = db.remove(None);
            }
        }
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Runs it and returns what it prints; everything is shown if it fails.
#[track_caller]
fn run(command: &mut Command) -> String {
    let output = command.output().expect("it starts");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?}\n{out}\n{err}");
    out.into_owned()
}

#[test]
fn the_archive_is_the_same_each_time_and_whole() {
    let machine = Machine::new("archive");
    let first = fs::read(machine.archive()).unwrap();
    let archive = machine.archive();
    assert!(first == fs::read(&archive).unwrap(), "two archives of the same content differ");
    let listed = run(Command::new("tar").arg("-tvzf").arg(&archive));
    for name in [
        "dbIngest -> xtelemdb",
        "man/man1/xtelemdb.1",
        "completions/xtelemdb.fish",
        "docs/install.md",
        "contrib/slurm/load-telemetry.sbatch",
        "LICENSE",
        "SHA256SUMS",
    ] {
        assert!(listed.contains(&format!("{NAME}/{name}\n")), "{name}\n{listed}");
    }
    assert!(listed.lines().all(|line| line.contains(" 0/0 ")), "{listed}");
}

#[test]
fn what_is_built_is_built_by_ci() {
    let ci = fs::read_to_string(repository().join(".ci/run")).unwrap();
    let page = fs::read_to_string(repository().join("docs/install.md")).unwrap();
    let built: Vec<&str> = page.lines().filter(|line| line.starts_with("./build.sh")).collect();
    assert_eq!(built.len(), 2);
    assert!(built.iter().all(|line| ci.contains(line)), "{built:?}");
}

#[test]
fn on_a_laptop() {
    let machine = Machine::new("laptop");
    machine.archive();
    let mut lines = commands_of("On a laptop");
    // The database is of the tests' version, whatever else is on this machine.
    let bin = server_programs().bin;
    for line in &mut lines {
        *line = line.replace("personal init ", &format!("personal init --pg-bin {} ", bin.display()));
    }
    let said = machine.run(&lines);
    assert!(said.contains("audibleAlerts") && said.contains("The server is stopped."), "{said}");
    assert!(!machine.join("home/telem-db").exists());
}

#[test]
fn on_a_cluster() {
    let machine = Machine::new("cluster");
    machine.archive_with_postgres();
    let mut lines = commands_of("On a cluster");
    let write_folders =
        "sed -i \"s|^data_dirs = .*|data_dirs = ['$HOME/telem']|\" $SCRATCH/telem-db/xtelemdb.conf.toml";
    let at = lines.iter().position(|line| line.starts_with("sbatch")).expect("a job");
    lines.insert(at, write_folders.into());
    let said = machine.run(&lines);
    assert!(said.contains(" 22199\n"), "{said}");
    assert!(said.contains("22,335 rows") && said.contains("read back"), "{said}");
    assert!(!machine.join("scratch/telem-db").exists() && !machine.join("tmp/telem-db").exists());
}

#[test]
fn on_the_instrument() {
    let machine = Machine::new("instrument");
    machine.archive();
    let database: Database = Postgres::shared().database();
    let conf = database.conf(&machine.join("home"), &[&machine.join("home/telem")], "exao1");
    // The instrument's folders and its database are elsewhere here.
    let mut lines = commands_of("On the instrument");
    for line in &mut lines {
        *line = line.replace("/usr/local/", &format!("{}/", machine.join("usr/local").display()));
        if ["setup", "inventory", "ingest"].iter().any(|name| line.starts_with(&format!("xtelemdb {name}"))) {
            *line = format!("{} -c {}", line.replace(" database.host=aoc", ""), conf.display());
        }
    }
    machine.run(&lines);
    let rows: i64 = database.client().query_one("SELECT count(*) FROM telem", &[]).unwrap().get(0);
    assert_eq!(rows, 22_199);
}

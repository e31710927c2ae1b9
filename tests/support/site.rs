//! A host with a data folder and a database of its own, and the program's commands on them.

use super::folder::Folder;
use super::postgres::{Database, Postgres};
use super::program::{Output, Program};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The host's name.
pub const HOST: &str = "exao1";

/// A data folder, a database, and a configuration that joins them.
pub struct Site {
    pub folder: Folder,
    pub database: Database,
    config: PathBuf,
}

/// What a command left, its summary parsed.
pub struct Report {
    pub summary: Value,
    pub stderr: String,
}

impl Site {
    /// With the tables made, on the server that all tests share.
    pub fn new() -> Self {
        Self::on(Postgres::shared())
    }

    /// With the tables made, on a server of the test's own.
    pub fn on(server: &Postgres) -> Self {
        let site = Self::bare_on(server);
        site.run("setup", &[]).expect_code(0);
        site
    }

    /// With an empty database.
    pub fn bare() -> Self {
        Self::bare_on(Postgres::shared())
    }

    /// With an empty database on a server whose roles are the test's own.
    pub fn bare_on(server: &Postgres) -> Self {
        let folder = Folder::new();
        let data = folder.join("data");
        std::fs::create_dir(&data).expect("a data folder");
        let database = server.database();
        let config = database.conf(folder.path(), &[&data], HOST);
        Self { folder, database, config }
    }

    /// The same data folder with another database of the shared server, empty.
    pub fn twin(&self) -> Self {
        let database = Postgres::shared().database();
        let folder = Folder::new();
        let config = database.conf(folder.path(), &[&self.path("")], HOST);
        Self { folder, database, config }
    }

    /// The configuration file.
    pub fn config(&self) -> &Path {
        &self.config
    }

    /// The path of something in the data folder.
    pub fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.join("data").join(name)
    }

    /// Writes a file into the data folder.
    pub fn write(&self, name: impl AsRef<Path>, content: impl AsRef<[u8]>) -> PathBuf {
        self.folder.write(Path::new("data").join(name), content)
    }

    /// A command with `key=value` overrides or options, not yet started; it prints its summary as JSON.
    pub fn program(&self, command: &str, more: &[&str]) -> Program {
        let config = self.config.to_str().expect("UTF-8");
        // Pauses that suit a test.
        let pauses = ["database.retry_pause_s=0.02", "database.retry_pause_max_s=0.2"];
        Program::new(&[&[command, "--json", "-c", config], &pauses[..], more].concat())
    }

    /// Runs a command to its end.
    pub fn run(&self, command: &str, more: &[&str]) -> Output {
        self.program(command, more).run()
    }

    /// Takes stock; its exit code is the test's matter where names are odd.
    pub fn inventory(&self) -> Report {
        Report::of(self.run("inventory", &[]))
    }

    /// Loads, and fails if the exit code is another one.
    #[track_caller]
    pub fn ingest(&self, code: i32) -> Report {
        self.ingest_with(&[], code)
    }

    /// The same with overrides.
    #[track_caller]
    pub fn ingest_with(&self, overrides: &[&str], code: i32) -> Report {
        let report = Report::of(self.run("ingest", overrides).expect_code(code));
        report.assert_adds_up();
        assert_eq!(report.count("exit"), i64::from(code));
        report
    }

    /// Takes stock and loads.
    #[track_caller]
    pub fn load(&self, code: i32) -> Report {
        self.inventory();
        self.ingest(code)
    }

    /// A number from the database.
    #[track_caller]
    pub fn number(&self, query: &str) -> i64 {
        self.database.client().query_one(&format!("SELECT ({query})::bigint"), &[]).expect(query).get(0)
    }

    /// Rows of text from the database, columns joined by `|`.
    #[track_caller]
    pub fn texts(&self, query: &str) -> Vec<String> {
        use postgres::SimpleQueryMessage::Row;
        let mut client = self.database.client();
        client.batch_execute("SET TimeZone = 'UTC'").expect("a time zone");
        let rows = client.simple_query(query).expect(query);
        let text = |row: &postgres::SimpleQueryRow| {
            let columns = (0..row.len()).map(|column| row.get(column).unwrap_or("null"));
            columns.collect::<Vec<_>>().join("|")
        };
        rows.iter().filter_map(|row| if let Row(row) = row { Some(text(row)) } else { None }).collect()
    }

    /// What changes when any row of the program's tables is written.
    pub fn marks(&self) -> Vec<String> {
        let tables = ["public.telem", "public.file_ingest_times", "xtelemdb.ledger", "xtelemdb.rejects"];
        let query = |table| format!("SELECT xmin, ctid FROM {table} ORDER BY ctid");
        tables.iter().flat_map(|table| self.texts(&query(table))).collect()
    }

    /// The ledger is true to the rejects that are kept.
    #[track_caller]
    pub fn assert_rejects_are_accounted_for(&self) {
        let disagreeing = "SELECT l.device, l.records_rejected, l.bytes_rejected, r.records, r.bytes
            FROM xtelemdb.ledger AS l
            LEFT JOIN (SELECT origin_digest, count(*) AS records, sum(length_bytes)::bigint AS bytes
                       FROM xtelemdb.rejects GROUP BY origin_digest) AS r USING (origin_digest)
            WHERE (l.records_rejected, l.bytes_rejected) <> (coalesce(r.records, 0), coalesce(r.bytes, 0))";
        assert_eq!(self.texts(disagreeing), [""; 0]);
    }
}

impl Report {
    /// Of a command whose exit code is not what the test is about.
    pub fn of(output: Output) -> Self {
        let summary = serde_json::from_str(&output.stdout)
            .unwrap_or_else(|e| panic!("{e}: {}\n{}", output.stdout, output.stderr));
        Self { summary, stderr: output.stderr }
    }

    /// A number of the summary by its path (`/rejected_by_reason/not_json`); 0 if it is not there.
    pub fn count(&self, name: &str) -> i64 {
        let path = if name.starts_with('/') { name.to_owned() } else { format!("/{name}") };
        self.summary.pointer(&path).map_or(0, |value| value.as_i64().expect("a number"))
    }

    /// Rows new, rows already there, records rejected.
    pub fn records(&self) -> [i64; 3] {
        ["rows_new", "rows_already_there", "records_rejected"].map(|name| self.count(name))
    }

    /// Every record that was read is in exactly one count.
    #[track_caller]
    fn assert_adds_up(&self) {
        let counted = self.records().iter().sum::<i64>() + self.count("rejects_already_there");
        assert_eq!(counted, self.count("records_read"), "{}", self.summary);
        let reasons = self.summary["rejected_by_reason"].as_object().expect("reasons");
        let by_reason: i64 = reasons.values().map(|count| count.as_i64().expect("a count")).sum();
        assert_eq!(by_reason, self.count("records_rejected"), "{}", self.summary);
    }
}

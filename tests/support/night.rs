//! A load of files large enough for several transactions, and whether it arrived in the database exactly once.

use super::site::{HOST, Site};
use super::until;
use flate2::{Compression, write::GzEncoder};
use std::fmt::Write as _;
use std::io::Write as _;
use std::time::Duration;

/// One line in so many is no record.
const BAD_LINE_EVERY: usize = 499;

/// What a record carries besides its number: about a kilobyte, so that transactions fill without too many rows.
const PADDING_BYTES: usize = 1000;

/// What the files hold in all.
pub struct Night {
    large_files: usize,
    small_files: usize,
    lines_of_large: usize,
}

const LINES_OF_SMALL: usize = 5;

impl Night {
    /// Some 40 MB: ten transactions and more.
    pub const LONG: Self = Self { large_files: 5, small_files: 60, lines_of_large: 7000 };

    /// Several transactions even for one lane.
    pub const LONGER: Self = Self { lines_of_large: 60_000, ..Self::LONG };

    /// Writes its files, the last of the large ones compressed, and runs the inventory.
    pub fn write(self, site: &Site) -> Self {
        for number in 0..self.large_files {
            let lines = lines(self.lines_of_large);
            let name = format!("large{number}_2024-04-16T000000.ndjson");
            if number + 1 < self.large_files {
                site.write(name, lines);
            } else {
                let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
                gzip.write_all(lines.as_bytes()).expect("into memory");
                site.write(format!("{name}.gz"), gzip.finish().expect("into memory"));
            }
        }
        for number in 0..self.small_files {
            site.write(
                format!("small{number}_2024-04-16T0100{:02}.ndjson", number % 60),
                lines(LINES_OF_SMALL),
            );
        }
        site.run("inventory", &[]).expect_code(0);
        self
    }

    /// How many files there are.
    pub fn files(&self) -> i64 {
        (self.large_files + self.small_files) as i64
    }

    /// How many rows they make.
    pub fn rows(&self) -> i64 {
        (self.large_files * good(self.lines_of_large) + self.small_files * good(LINES_OF_SMALL)) as i64
    }

    /// How many rejects they make.
    pub fn rejects(&self) -> i64 {
        (self.large_files * bad(self.lines_of_large) + self.small_files * bad(LINES_OF_SMALL)) as i64
    }

    /// Fails unless every record is there once, every reject too, the ledger equals the files, and nobody holds a claim.
    #[track_caller]
    pub fn assert_there_once(&self, site: &Site) {
        self.assert_there_once_of(site, HOST);
    }

    /// The same for the files of some host.
    #[track_caller]
    pub fn assert_there_once_of(&self, site: &Site, host: &str) {
        assert_eq!(site.number("SELECT count(*) FROM telem"), self.rows(), "rows");
        let distinct = "SELECT count(*) FROM (SELECT DISTINCT device, msg ->> 'n' FROM telem) AS records";
        assert_eq!(site.number(distinct), self.rows(), "distinct records");
        let of_host = |select: &str| {
            let query =
                format!("{select} JOIN file_origins USING (origin_digest) WHERE origin_host = '{host}'");
            site.number(&query)
        };
        assert_eq!(of_host("SELECT count(*) FROM xtelemdb.rejects"), self.rejects(), "rejects");
        assert_eq!(of_host("SELECT count(*) FROM xtelemdb.ledger"), self.files(), "files in the ledger");
        let sum = |column: &str| of_host(&format!("SELECT sum({column})::bigint FROM xtelemdb.ledger"));
        assert_eq!(sum("records_loaded"), self.rows(), "rows in the ledger");
        assert_eq!(sum("records_rejected"), self.rejects(), "rejects in the ledger");
        assert_eq!(sum("tail_bytes"), 0, "tails");
        assert_eq!(sum("resume_bytes"), self.content_bytes(), "bytes in the ledger");
        assert_eq!(sum("size_bytes_seen"), sum("size_bytes"), "sizes in the ledger and the inventory");
        until("the claims are free", Duration::from_secs(30), || claims(site) == 0);
    }

    fn content_bytes(&self) -> i64 {
        let sum = self.large_files * lines(self.lines_of_large).len()
            + self.small_files * lines(LINES_OF_SMALL).len();
        sum as i64
    }
}

/// How many files are claimed.
pub fn claims(site: &Site) -> i64 {
    let of_database = "database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    site.number(&format!("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND {of_database}"))
}

fn is_bad(number: usize) -> bool {
    number % BAD_LINE_EVERY == BAD_LINE_EVERY - 1
}

fn bad(lines: usize) -> usize {
    lines / BAD_LINE_EVERY
}

fn good(lines: usize) -> usize {
    lines - bad(lines)
}

/// The content of a file: numbered records, and bad lines.
fn lines(count: usize) -> String {
    let padding = "p".repeat(PADDING_BYTES);
    let mut text = String::with_capacity(count * (PADDING_BYTES + 100));
    for number in 0..count {
        let written = if is_bad(number) {
            writeln!(text, "line {number} is no record")
        } else {
            writeln!(
                text,
                r#"{{"ts":"2024-04-16T00:00:00.{number:09}","prio":"INFO","ec":"x","msg":{{"n":{number},"p":"{padding}"}}}}"#
            )
        };
        written.expect("into memory");
    }
    text
}

//! `xtelemdb dump`: files and stdin in, records out, defects on stderr, exit codes.

mod support;

use flate2::{Compression, write::GzEncoder};
use std::io::Write;
use support::folder::Folder;
use support::program::{Output, Program};

const LINE: &str =
    "{\"ts\":\"2024-04-16T00:38:20.000000001\",\"prio\":\"INFO\",\"ec\":\"telem_x\",\"msg\":{\"a\":1}}\n";

fn dump(folder: &Folder, arguments: &[&str]) -> Output {
    Program::new(&[&["dump"], arguments].concat()).dir(folder.path()).run()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("into memory");
    encoder.finish().expect("into memory")
}

#[test]
fn lines_come_back_from_every_kind_of_name() {
    let folder = Folder::new();
    folder.write("a.ndjson", LINE);
    folder.write("a.ndjson.gz", gzip(LINE.as_bytes()));
    folder.write("a.gz", gzip(LINE.as_bytes()));
    folder.write("plain", format!("\n{LINE}"));
    folder.write("packed", gzip(LINE.as_bytes()));
    folder.write("limit=3", LINE);
    let output =
        dump(&folder, &["a.ndjson", "a.ndjson.gz", "a.gz", "plain", "packed", "./limit=3"]).expect_code(0);
    assert_eq!(output.stdout, LINE.repeat(6));
    assert_eq!(output.stderr, "");
}

#[test]
fn stdin_is_judged_by_its_first_bytes() {
    for input in [LINE.as_bytes().to_vec(), gzip(LINE.as_bytes())] {
        let output = Program::new(&["dump", "-"]).input(input).run().expect_code(0);
        assert_eq!(output.stdout, LINE);
        assert_eq!(output.stderr, "");
    }
    assert_eq!(Program::new(&["dump", "-"]).run().expect_code(0).stdout, "");
}

#[test]
fn what_is_no_record_is_named_and_the_rest_goes_on() {
    let folder = Folder::new();
    folder.write("a.ndjson", format!("{LINE}oops\n{LINE}"));
    let output = dump(&folder, &["a.ndjson", "--json"]).expect_code(3);
    assert_eq!(output.stdout, LINE.repeat(2));
    let (reject, summary) = output.stderr.split_once('\n').expect("two lines");
    assert!(reject.starts_with(&format!("a.ndjson: offset {}: not_json: ", LINE.len())), "{reject}");
    let summary: serde_json::Value = serde_json::from_str(summary).expect("JSON");
    assert_eq!(summary["command"], "dump");
    assert_eq!(summary["exit"], 3);
    assert_eq!(summary["records"], 2);
    assert_eq!(summary["rejected"]["not_json"], 1);
    assert_eq!(summary["bytes"], 2 * LINE.len() + 5);
}

#[test]
fn an_unfinished_record_is_no_error() {
    let folder = Folder::new();
    folder.write("a.ndjson", format!("{LINE}{{\"ts\""));
    let output = dump(&folder, &["a.ndjson"]).expect_code(0);
    assert_eq!(output.stdout, LINE);
    let at = LINE.len();
    assert_eq!(output.stderr, format!("a.ndjson: 5 bytes at offset {at} are an unfinished record (tail)\n"));
    let packed = gzip(LINE.repeat(100).as_bytes());
    folder.write("cut.ndjson.gz", &packed[..packed.len() - 8]);
    let output = dump(&folder, &["cut.ndjson.gz"]).expect_code(0);
    assert!(output.stderr.contains("cut.ndjson.gz: the gzip stream is cut off"), "{}", output.stderr);
    assert_eq!(dump(&folder, &["-q", "cut.ndjson.gz"]).expect_code(0).stderr, "");
}

#[test]
fn damage_behind_a_gzip_stream_is_a_reject() {
    let folder = Folder::new();
    folder.write("a.ndjson.gz", [gzip(LINE.as_bytes()), b"garbage garbage".to_vec()].concat());
    let output = dump(&folder, &["a.ndjson.gz"]).expect_code(3);
    assert_eq!(output.stdout, LINE);
    let expected = format!("a.ndjson.gz: offset {}: bad_gzip: ", LINE.len());
    assert!(output.stderr.starts_with(&expected), "{}", output.stderr);
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let folder = Folder::new();
    folder.write("a.ndjson", LINE);
    let output = dump(&folder, &["gone.bintel", ".", "a.ndjson"]).expect_code(3);
    assert_eq!(output.stdout, LINE);
    assert!(output.stderr.contains("gone.bintel: can't read this file: No such file"), "{}", output.stderr);
    assert!(output.stderr.contains(".: can't read this file: Is a directory"), "{}", output.stderr);
    assert_eq!(dump(&folder, &["gone.bintel"]).expect_code(1).stdout, "");
    let output = dump(&folder, &["--event-types", "gone.toml", "a.ndjson"]);
    assert_eq!(output.stdout, "");
    assert!(output.stderr.contains("gone.toml"), "{}", output.stderr);
    assert!(matches!(output.code, 1 | 2), "{}", output.code);
}

#[test]
fn a_full_disk_is_an_error() {
    let folder = Folder::new();
    folder.write("a.ndjson", LINE);
    let full = std::fs::File::create("/dev/full").expect("/dev/full");
    let mut command = Program::new(&["dump", "a.ndjson"]).dir(folder.path()).into_command();
    let output = command.stdout(full).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("ERROR can't write to stdout"));
}

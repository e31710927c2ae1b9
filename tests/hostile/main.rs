//! What must hold for any input, held against the short corpus that the fuzz targets started from and what they found:
//! `./build.sh fuzz` looks for more.

mod properties;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// What the corpus may take in the repository.
const MOST_CORPUS_BYTES: u64 = 1_000_000;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/fuzz")
}

/// The corpus of a target, by name.
fn inputs(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = corpus().join(target);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut inputs: Vec<(String, Vec<u8>)> = entries
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read(&path).expect("a file of the corpus"))
        })
        .collect();
    inputs.sort();
    inputs
}

#[track_caller]
fn replay(target: &str) {
    let inputs = inputs(target);
    assert!(inputs.len() >= 5, "{} inputs for {target}", inputs.len());
    for (name, input) in inputs {
        let held = catch_unwind(AssertUnwindSafe(|| properties::run(target, &input)));
        assert!(held.is_ok(), "tests/data/fuzz/{target}/{name}: see above");
    }
}

#[test]
fn bintel_files() {
    replay("bintel");
}

#[test]
fn configuration_files() {
    replay("config");
}

#[test]
fn gzip_streams() {
    replay("gzip");
}

#[test]
fn messages() {
    replay("message");
}

#[test]
fn file_names() {
    replay("name");
}

#[test]
fn ndjson_lines() {
    replay("ndjson");
}

#[test]
fn time_stamps() {
    replay("time");
}

#[test]
fn every_target_has_its_corpus_and_all_are_small() {
    let names = |path: &Path, ending: &str| {
        let entries = fs::read_dir(path).expect("a folder").map(|entry| entry.expect("an entry").file_name());
        let mut names: Vec<String> =
            entries.map(|name| name.to_string_lossy().trim_end_matches(ending).to_owned()).collect();
        names.sort();
        names
    };
    let targets: Vec<&str> = properties::TARGETS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names(&corpus(), ""), targets);
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/fuzz_targets");
    assert_eq!(names(&fuzz, ".rs"), targets, "a file in fuzz/fuzz_targets for each");
    let sizes = targets.iter().flat_map(|target| inputs(target)).map(|(_, input)| input.len() as u64);
    assert!(sizes.sum::<u64>() < MOST_CORPUS_BYTES);
}

//! The configuration file, overrides, and the file of event types: what people write by hand.

use super::is_harmful;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use xtelemdb::config::{self, Request, Surroundings};
use xtelemdb::decode::catalogue::Catalogue;
use xtelemdb::error::Error;
use xtelemdb::report::escape;

/// A configuration file; each of its lines is also an override where it has a `=`, and the whole a file of event types.
pub fn holds(input: &[u8]) {
    let file = place("in");
    std::fs::write(file, input).expect("a file");
    match resolve(&[file.to_owned()], &[]) {
        Ok(text) => assert_reads_back(&text),
        Err(text) => assert_names(&text, file),
    }
    let text = String::from_utf8_lossy(input);
    let overrides = text.lines().filter_map(|line| line.split_once('='));
    let overrides: Vec<(String, String)> =
        overrides.map(|(key, value)| (key.trim().to_owned(), value.to_owned())).collect();
    if let Ok(text) = resolve(&[], &overrides) {
        assert_reads_back(&text);
    }
    // Making a catalogue takes a while, so only of what may be one.
    if ["[event", "[era", "[tables"].iter().any(|table| text.contains(table))
        && let Err(what) = Catalogue::with_additions(&text)
    {
        assert!(!what.is_empty());
    }
}

/// The configuration as it is printed, or what is wrong as it is shown.
fn resolve(files: &[PathBuf], overrides: &[(String, String)]) -> Result<String, String> {
    let surroundings = Surroundings {
        current_dir: "/here".into(),
        home: None,
        hostname: "host".into(),
        cores: 2,
        role: String::new(),
    };
    let request = Request { files, default_files: &[], overrides };
    match config::resolve(&request, &surroundings) {
        Ok(resolved) => Ok(resolved.to_toml()),
        Err(Error::Config(text)) => {
            let lines: Vec<String> = escape::lines(&text).map(|line| line.to_string()).collect();
            Err(lines.join("\n"))
        }
        Err(other) => panic!("another error: {other}"),
    }
}

fn assert_reads_back(printed: &str) {
    assert!(!printed.contains(|char| char != '\n' && is_harmful(char)), "{printed:?}");
    let again = place("again");
    std::fs::write(again, printed).expect("a file");
    let values = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        lines.map(|line| line.split("  # ").next().unwrap_or_default().to_owned()).collect()
    };
    let second = resolve(&[again.to_owned()], &[]).unwrap_or_else(|error| panic!("{error}:\n{printed}"));
    assert_eq!(values(&second), values(printed));
}

fn assert_names(text: &str, file: &Path) {
    assert!(text.contains(file.to_str().expect("UTF-8")), "it does not name the file: {text}");
    assert!(!text.contains(|char| char != '\n' && is_harmful(char)), "{text:?}");
}

/// A file of this process, in memory where there is such a place.
fn place(name: &'static str) -> &'static Path {
    static PLACES: OnceLock<[PathBuf; 2]> = OnceLock::new();
    let [first, second] = PLACES.get_or_init(|| {
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        ["in", "again"].map(|name| parent.join(format!("xtelemdb-config-{}-{name}", std::process::id())))
    });
    if name == "in" { first } else { second }
}

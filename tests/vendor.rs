//! `vendor/` is what `Cargo.lock` names, and nothing else: every file as its crate's list of digests says.

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// The list of digests in every folder.
const LIST: &str = ".cargo-checksum.json";

/// A crate in `vendor/`.
struct Vendored {
    folder: PathBuf,
    /// Paths of its files and their SHA-256.
    files: BTreeMap<String, String>,
    /// SHA-256 of the crate as published.
    package: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn sha256(path: &Path) -> String {
    let bytes = fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    Sha256::digest(&bytes).iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a string");
        hex
    })
}

/// Name and version to the digest that `Cargo.lock` has for it.
fn locked() -> BTreeMap<(String, String), String> {
    let lock: toml::Table = toml::from_str(&text(&root().join("Cargo.lock"))).expect("TOML");
    let packages = lock["package"].as_array().expect("packages");
    let mut locked = BTreeMap::new();
    for package in packages {
        let field = |name: &str| package.get(name).and_then(toml::Value::as_str).map(str::to_owned);
        let name = field("name").expect("a name");
        if name == env!("CARGO_PKG_NAME") {
            continue;
        }
        let source = field("source");
        assert_eq!(
            source.as_deref(),
            Some("registry+https://github.com/rust-lang/crates.io-index"),
            "{name}"
        );
        locked.insert((name, field("version").expect("a version")), field("checksum").expect("a digest"));
    }
    locked
}

/// Name and version to what is in `vendor/`.
fn vendored() -> BTreeMap<(String, String), Vendored> {
    let mut vendored = BTreeMap::new();
    for entry in fs::read_dir(root().join("vendor")).expect("vendor/") {
        let folder = entry.expect("an entry").path();
        let manifest: toml::Table = toml::from_str(&text(&folder.join("Cargo.toml"))).expect("TOML");
        let field = |name: &str| manifest["package"][name].as_str().expect("a text").to_owned();
        let list: serde_json::Value = serde_json::from_str(&text(&folder.join(LIST))).expect("JSON");
        let files = list["files"].as_object().expect("files").iter();
        let files = files.map(|(path, digest)| (path.clone(), digest.as_str().expect("a digest").to_owned()));
        let package = list["package"].as_str().expect("a digest").to_owned();
        let known = Vendored { folder: folder.clone(), files: files.collect(), package };
        let before = vendored.insert((field("name"), field("version")), known);
        assert!(before.is_none(), "{} is there twice", folder.display());
    }
    vendored
}

/// Paths of all files below a folder, without [`LIST`].
fn files_below(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(&at).expect("a folder") {
            let entry = entry.expect("an entry");
            let kind = entry.file_type().expect("a type");
            let path = entry.path();
            if kind.is_dir() {
                folders.push(path);
                continue;
            }
            assert!(kind.is_file(), "{} is no plain file", path.display());
            let name = path.strip_prefix(folder).expect("below it").to_str().expect("UTF-8").to_owned();
            if name != LIST {
                found.push(name);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn vendor_holds_what_the_lock_names() {
    let (locked, vendored) = (locked(), vendored());
    assert!(locked.len() > 50);
    let names = |missing: Vec<&(String, String)>| format!("{missing:?}");
    let absent: Vec<_> = locked.keys().filter(|key| !vendored.contains_key(key)).collect();
    assert!(absent.is_empty(), "in Cargo.lock, not in vendor/: {}", names(absent));
    let extra: Vec<_> = vendored.keys().filter(|key| !locked.contains_key(key)).collect();
    assert!(extra.is_empty(), "in vendor/, not in Cargo.lock: {}", names(extra));
    for (key, known) in &vendored {
        assert_eq!(known.package, locked[key], "{key:?}: another crate than Cargo.lock means");
    }
}

#[test]
fn every_file_has_its_digest() {
    for known in vendored().values() {
        let folder = known.folder.display();
        assert_eq!(files_below(&known.folder), known.files.keys().cloned().collect::<Vec<_>>(), "{folder}");
        for (name, digest) in &known.files {
            assert_eq!(&sha256(&known.folder.join(name)), digest, "{folder}/{name} was changed");
        }
    }
}

/// With `$PUBLISHED` naming a folder in which cargo has unpacked the crates, having checked them against `Cargo.lock`:
/// `./build.sh vendor --fetch`. The lists above prove nothing against somebody who changes them too.
#[test]
#[ignore = "needs the network: ./build.sh vendor --fetch"]
fn every_file_is_as_published() {
    let published = PathBuf::from(std::env::var_os("PUBLISHED").expect("$PUBLISHED"));
    let (mut files, mut stubs) = (0, 0);
    for ((name, version), known) in vendored() {
        let original = published.join(format!("{name}-{version}"));
        let mine = files_below(&known.folder);
        // Of a crate for other systems only an empty one is kept, so that cargo finds what the lock names.
        if mine == ["Cargo.toml", "src/lib.rs"]
            && fs::read(known.folder.join("src/lib.rs")).is_ok_and(|text| text.is_empty())
        {
            stubs += 1;
            continue;
        }
        for file in mine {
            assert_eq!(sha256(&known.folder.join(&file)), sha256(&original.join(&file)), "{name}/{file}");
            files += 1;
        }
    }
    assert!(files > 1000 && stubs > 10, "{files} files, {stubs} empty crates");
}

//! The data folders: absolute, each once, none inside another.

use super::problem::{Kind, Problem};
use std::io;
use std::path::{Component, Path, PathBuf};

/// The folders to begin with, under the names they were given, or what is wrong with one.
pub(super) fn resolve(data_dirs: &[PathBuf]) -> Vec<Result<PathBuf, Problem>> {
    let mut problems = Vec::new();
    let mut roots: Vec<Root> = Vec::new();
    for given in data_dirs {
        let root = match Root::new(given) {
            Ok(root) => root,
            Err(error) => {
                let kind = match error.kind() {
                    io::ErrorKind::NotFound => Kind::MissingDataFolder,
                    _ => Problem::of_link(given, &error).kind,
                };
                problems.push(Err(Problem::new(kind, given, error.to_string())));
                continue;
            }
        };
        if roots.iter().any(|other| root.real.starts_with(&other.real)) {
            log::debug!("{} lies in another data folder; it is walked once", given.display());
            continue;
        }
        roots.retain(|other| !other.real.starts_with(&root.real));
        roots.push(root);
    }
    problems.extend(roots.into_iter().map(|root| Ok(root.path)));
    problems
}

struct Root {
    /// Absolute, as it was given.
    path: PathBuf,
    /// Without links: what tells whether two are the same.
    real: PathBuf,
}

impl Root {
    fn new(given: &Path) -> io::Result<Self> {
        let real = given.canonicalize()?;
        // Links in a path stay, since people know their folders by them, but `a/link/..` is not `a`.
        let path = if given.components().any(|part| part == Component::ParentDir) {
            real.clone()
        } else {
            std::path::absolute(given)?.components().collect()
        };
        Ok(Self { path, real })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_folder_once() {
        let base = std::env::temp_dir().join(format!("xtelemdb-roots-{}", std::process::id()));
        std::fs::create_dir_all(base.join("a/b")).unwrap();
        std::fs::create_dir_all(base.join("ab")).unwrap();
        std::os::unix::fs::symlink(base.join("a/b"), base.join("link")).unwrap();
        let resolved = |names: &[&str]| -> Vec<String> {
            let given: Vec<PathBuf> = names.iter().map(|name| base.join(name)).collect();
            let shown = |path: &Path| path.strip_prefix(&base).unwrap().display().to_string();
            resolve(&given)
                .iter()
                .map(|root| match root {
                    Ok(path) => shown(path),
                    Err(problem) => format!("{:?} {}", problem.kind, shown(&problem.path)),
                })
                .collect()
        };
        assert_eq!(resolved(&["a/b", "a", "a/", "./a/./b"]), ["a"]);
        assert_eq!(resolved(&["a", "ab"]), ["a", "ab"]);
        assert_eq!(resolved(&["link", "a/b"]), ["link"]);
        assert_eq!(resolved(&["link", "a"]), ["a"]);
        assert_eq!(resolved(&["link/../b"]), ["a/b"]);
        assert_eq!(resolved(&["none", "ab//"]), ["MissingDataFolder none", "ab"]);
        std::fs::remove_dir_all(&base).unwrap();
    }
}

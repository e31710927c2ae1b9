//! Documents that travel inside the program, since it is copied as a single file: `xtelemdb help man`.

use super::read::unknown;
use std::ffi::OsString;

/// The manual page, in the form that `man -l` reads.
pub const MAN: &str = include_str!("../../docs/xtelemdb.1");

/// For each shell what makes it complete our command lines.
pub const COMPLETIONS: [(&str, &str); 3] = [
    ("bash", include_str!("../../contrib/completions/xtelemdb.bash")),
    ("zsh", include_str!("../../contrib/completions/_xtelemdb")),
    ("fish", include_str!("../../contrib/completions/xtelemdb.fish")),
];

/// What can stand behind `help` beside the commands.
pub const NAMES: [&str; 2] = ["man", "completions"];

/// The name of a document that somebody has typed.
pub(super) fn named(word: &str) -> Option<&'static str> {
    NAMES.into_iter().find(|name| *name == word)
}

/// The document of a name, with the words that stand behind it.
pub(super) fn find(name: &str, words: &[OsString]) -> Result<&'static str, String> {
    let shells = COMPLETIONS.map(|(shell, _)| shell);
    match (name, words) {
        ("completions", [shell]) => COMPLETIONS
            .iter()
            .find(|(known, _)| shell == known)
            .map(|(_, text)| *text)
            .ok_or_else(|| unknown("shell", &shell.to_string_lossy(), &shells)),
        ("completions", []) => Err(format!("for which shell? There are: {}", shells.join(", "))),
        ("man", []) => Ok(MAN),
        (_, words) => {
            let last = words.last().map(|word| word.to_string_lossy()).unwrap_or_default();
            Err(format!("help {name} takes no {}", crate::report::escape::Escaped(&last)))
        }
    }
}

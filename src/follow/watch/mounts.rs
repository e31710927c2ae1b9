//! The mounts that the data folders depend on: the kernel tells when any mount of the system changes.

use super::is_within;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};

/// What the kernel tells about mounts.
const TABLE: &str = "/proc/self/mountinfo";

/// The mounts above and below some folders.
pub(super) struct Mounts {
    roots: Vec<PathBuf>,
    /// Open all the time, since it is what can be waited for. None where there is no `/proc`.
    table: Option<File>,
    seen: Vec<String>,
}

impl Mounts {
    /// Looks at them.
    pub fn look(roots: &[PathBuf]) -> Self {
        let mut mounts = Self { roots: roots.to_vec(), table: File::open(TABLE).ok(), seen: Vec::new() };
        mounts.have_changed();
        mounts
    }

    /// What to wait for.
    pub fn file(&self) -> Option<&File> {
        self.table.as_ref()
    }

    /// Whether they are other ones than at the last look.
    pub fn have_changed(&mut self) -> bool {
        let mut text = Vec::new();
        let read = self.table.as_mut().map(|table| {
            table.seek(SeekFrom::Start(0))?;
            table.read_to_end(&mut text)
        });
        if !matches!(read, Some(Ok(_))) {
            return false;
        }
        let text = String::from_utf8_lossy(&text);
        let now: Vec<String> =
            text.lines().filter(|line| self.concerns_us(line)).map(str::to_owned).collect();
        let has_changed = now != self.seen;
        self.seen = now;
        has_changed
    }

    fn concerns_us(&self, line: &str) -> bool {
        // 36 35 98:0 / /mnt/telem rw,noatime ...
        let Some(point) = line.split(' ').nth(4).map(unescaped) else { return false };
        self.roots.iter().any(|root| is_within(root, &point) || is_within(&point, root))
    }
}

/// The table writes a blank, a tab, a newline and a backslash as three octal digits.
fn unescaped(text: &str) -> PathBuf {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        let code = behind.get(..3).and_then(|digits| {
            digits.iter().try_fold(0u32, |code, digit| Some(code * 8 + char::from(*digit).to_digit(8)?))
        });
        match (first, code.and_then(|code| u8::try_from(code).ok())) {
            (b'\\', Some(code)) => {
                bytes.push(code);
                rest = &behind[3..];
            }
            _ => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    Path::new(&std::ffi::OsString::from_vec(bytes)).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mounts_above_and_below_the_folders_count() {
        let mounts = Mounts { roots: vec!["/data/te lem".into()], table: None, seen: Vec::new() };
        for (point, concerns) in [
            ("/", true),
            ("/data", true),
            ("/data/te\\040lem", true),
            ("/data/te\\040lem/cam", true),
            ("/data/te", false),
            ("/home", false),
        ] {
            let line = format!("36 35 98:0 / {point} rw,noatime master:1 - ext3 /dev/root rw");
            assert_eq!(mounts.concerns_us(&line), concerns, "{point}");
        }
    }
}

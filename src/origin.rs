//! A file as the database knows it: host, path as text, and what its name says.

use crate::civil;
use crate::record::Time;
use sha2::{Digest, Sha256};
use std::ffi::OsString;
use std::fmt::Write as _;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

/// What stands in a name for the time looks like one when it has at least so many digits: a date.
const DATE_DIGITS: usize = 8;

/// The first half of the SHA-256 of host, newline and path: what stands in indexes instead of names without bounds.
/// The schema computes the same in SQL.
pub fn origin_digest(host: &str, path_text: &str) -> [u8; 16] {
    let hash = Sha256::new().chain_update(host).chain_update(b"\n").chain_update(path_text).finalize();
    std::array::from_fn(|index| hash[index])
}

/// A path as text: UTF-8 as it is, but a backslash doubled; every byte that is no UTF-8 as `\xNN`.
/// Paths that differ stay different.
pub fn path_to_text(path: &Path) -> String {
    let bytes = path.as_os_str().as_bytes();
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for (index, piece) in chunk.valid().split('\\').enumerate() {
            text.push_str(if index > 0 { r"\\" } else { "" });
            text.push_str(piece);
        }
        for byte in chunk.invalid() {
            let _ = write!(text, "\\x{byte:02x}");
        }
    }
    text
}

/// The path that [`path_to_text`] was given. A backslash that it can't have written stands for itself.
pub fn text_to_path(text: &str) -> PathBuf {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, behind @ ..] = rest {
        let (byte, behind) = match escaped(rest) {
            Some((byte, length)) => (byte, &rest[length..]),
            None => (*byte, behind),
        };
        bytes.push(byte);
        rest = behind;
    }
    PathBuf::from(OsString::from_vec(bytes))
}

/// The byte that an escape at the start of `text` stands for, and the length of the escape.
fn escaped(text: &[u8]) -> Option<(u8, usize)> {
    match *text {
        [b'\\', b'\\', ..] => Some((b'\\', 2)),
        [b'\\', b'x', high, low, ..] => {
            let digit = |byte: u8| char::from(byte).to_digit(16);
            Some(((digit(high)? << 4 | digit(low)?) as u8, 4))
        }
        _ => None,
    }
}

/// What a file holds, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Binary records.
    Bintel,
    /// Binary records, gzipped. Nobody writes such files; `dump` reads them.
    BintelGz,
    /// One JSON object a line.
    Ndjson,
    /// One JSON object a line, gzipped.
    NdjsonGz,
}

impl Kind {
    /// Whether the bytes have to be inflated first.
    pub fn is_gzip(self) -> bool {
        matches!(self, Self::BintelGz | Self::NdjsonGz)
    }
}

/// The kind of a telemetry file: what `ingest` loads. Every other file is only inventoried.
pub fn kind(name: &str) -> Option<Kind> {
    if name.ends_with(".bintel") {
        Some(Kind::Bintel)
    } else if name.ends_with(".ndjson") {
        Some(Kind::Ndjson)
    } else if name.ends_with(".ndjson.gz") {
        Some(Kind::NdjsonGz)
    } else {
        None
    }
}

/// The kind of a file that `dump` is asked to print: also logs, and binary records that someone has gzipped.
pub fn dump_kind(name: &str) -> Option<Kind> {
    let is_log = name.ends_with(".binlog");
    let is_zipped = name.ends_with(".bintel.gz") || name.ends_with(".binlog.gz");
    kind(name).or(is_log.then_some(Kind::Bintel)).or(is_zipped.then_some(Kind::BintelGz))
}

/// The device that wrote a file, by its name or path: what stands before the last `_` if a time stands behind, else the
/// whole name without its extension.
pub fn device(name: &str) -> &str {
    let stem = stem(name);
    match stem.rsplit_once('_') {
        Some((device, time)) if !device.is_empty() && looks_like_time(time) => device,
        _ => stem,
    }
}

/// The time of creation that stands in a file's name or path, whatever its extension: `YYYYMMDDHHMMSS` and up to nine
/// digits of a second's fraction, or `YYYY-MM-DDTHHMMSS`.
pub fn name_time(name: &str) -> Option<Time> {
    let (device, time) = stem(name).rsplit_once('_')?;
    // YYYYMMDDHHMMSS and the nanoseconds, filled up with zeros.
    let mut digits = [b'0'; 23];
    match time.as_bytes() {
        [year @ .., b'-', m0, m1, b'-', d0, d1, b'T', h0, h1, n0, n1, s0, s1] if year.len() == 4 => {
            digits[..4].copy_from_slice(year);
            digits[4..14].copy_from_slice(&[*m0, *m1, *d0, *d1, *h0, *h1, *n0, *n1, *s0, *s1]);
        }
        given if (14..=23).contains(&given.len()) => digits[..given.len()].copy_from_slice(given),
        _ => return None,
    }
    if device.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let field = |range: std::ops::Range<usize>| {
        digits[range].iter().fold(0, |value, digit| value * 10 + u32::from(digit - b'0'))
    };
    let second = field(12..14);
    if second > 59 {
        return None;
    }
    let year = i64::from(field(0..4));
    let seconds = civil::seconds(year, field(4..6), field(6..8), field(8..10), field(10..12), second)?;
    Some(Time { seconds, nanoseconds: field(14..23) })
}

/// A file's name without folder, `.gz` and extension; the whole name if nothing would be left.
fn stem(name: &str) -> &str {
    let name = name.rsplit('/').next().unwrap_or(name);
    let unzipped = name.strip_suffix(".gz").unwrap_or(name);
    match unzipped.rsplit_once('.') {
        Some(("", _)) => name,
        Some((stem, _)) => stem,
        None if unzipped.is_empty() => name,
        None => unzipped,
    }
}

/// Whether some text is a time or was meant to be one: clocks and names go wrong, the device is right all the same.
fn looks_like_time(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits >= DATE_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit() || b"-:.TZ".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::ffi::OsStr;

    #[test]
    fn paths_as_text() {
        for (path, text) in [
            (&b"/opt/MagAOX/telem/a b.bintel"[..], "/opt/MagAOX/telem/a b.bintel"),
            ("/é/😀".as_bytes(), "/é/😀"),
            (b"/a\\b", r"/a\\b"),
            (b"/a\\xff", r"/a\\xff"),
            (b"/a\xff\xe2\x82z\n", "/a\\xff\\xe2\\x82z\n"),
            (b"\\\xff\\", r"\\\xff\\"),
        ] {
            let path = Path::new(OsStr::from_bytes(path));
            assert_eq!(path_to_text(path), text);
            assert_eq!(text_to_path(text), path);
        }
        for odd in [r"\", r"\n", r"\x", r"\x4", r"\xg0", r"a\"] {
            assert_eq!(text_to_path(odd), Path::new(odd), "no escape, so it stands for itself");
        }
    }

    #[test]
    fn devices() {
        for (name, expected) in [
            ("camsci1_20240322231415161942076.bintel", "camsci1"),
            ("/opt/a_20240101/dm-ncpc_wfs_20240322231415161942076.bintel", "dm-ncpc_wfs"),
            ("audibleAlerts_2024-04-15T223000.ndjson", "audibleAlerts"),
            ("audibleAlerts_2024-04-15T223000.ndjson.gz", "audibleAlerts"),
            ("fsm_20241399999999000000000.bintel", "fsm"),
            ("fsm_20240322.bintel", "fsm"),
            ("noundersc.bintel", "noundersc"),
            ("x_.bintel", "x_"),
            ("_20240322231415161942076.bintel", "_20240322231415161942076"),
            ("two_words.ndjson.gz", "two_words"),
            ("shutter_2.bintel", "shutter_2"),
            (".bintel", ".bintel"),
            (".gz", ".gz"),
            ("a.b_2024-04-15T223000.ndjson.gz", "a.b"),
            ("plain", "plain"),
            ("", ""),
        ] {
            assert_eq!(device(name), expected, "{name}");
        }
    }

    #[test]
    fn times_in_names() {
        let seconds = 1_711_149_255;
        for (name, nanoseconds) in [
            ("a_20240322231415161942076.bintel", 161_942_076),
            ("/b_1/a_20240322231415161942076.xrif", 161_942_076),
            ("a_b-c_20240322231415161942076.binlog", 161_942_076),
            ("a_20240322231415000000001.anything", 1),
            ("a_20240322231415.bintel", 0),
            ("a_202403222314155.bintel", 500_000_000),
            ("a_2024-03-22T231415.ndjson", 0),
            ("a_2024-03-22T231415.ndjson.gz", 0),
            ("a_20240322231415161942076", 161_942_076),
        ] {
            assert_eq!(name_time(name), Some(Time { seconds, nanoseconds }), "{name}");
        }
        for name in [
            "noundersc.bintel",
            "x_.bintel",
            "_20240322231415161942076.bintel",
            "a_20240322.bintel",
            "a_202403222314151619420760.bintel",
            "a_20240230231415161942076.bintel",
            "a_20240322241415161942076.bintel",
            "a_20240322231460161942076.bintel",
            "a_20240022231415161942076.bintel",
            "a_2024032223141516194207x.bintel",
            "a_2024-03-22T23141.ndjson",
            "a_2024-03-22T231415Z.ndjson",
            "a_2024-03-22-231415.ndjson",
            "a_2024-03-22T+31415.ndjson",
            "a_2024-0T-22T231415.ndjson",
            "a_２024-03-22T2314.ndjson",
            "",
        ] {
            assert_eq!(name_time(name), None, "{name}");
        }
    }

    #[test]
    fn kinds() {
        for (name, loaded, dumped) in [
            ("a.bintel", Some(Kind::Bintel), Some(Kind::Bintel)),
            ("a.ndjson", Some(Kind::Ndjson), Some(Kind::Ndjson)),
            ("a.ndjson.gz", Some(Kind::NdjsonGz), Some(Kind::NdjsonGz)),
            ("a.binlog", None, Some(Kind::Bintel)),
            ("a.bintel.gz", None, Some(Kind::BintelGz)),
            ("a.xrif", None, None),
            ("a.gz", None, None),
            ("bintel", None, None),
            ("a.bintel.tmp", None, None),
        ] {
            assert_eq!((kind(name), dump_kind(name)), (loaded, dumped), "{name}");
        }
    }

    #[test]
    fn the_digest_is_the_one_that_sql_computes() {
        // printf 'exao1\n/opt/MagAOX/telem/\\\\é_20240322231415161942076.bintel' | sha256sum
        let digest = origin_digest("exao1", r"/opt/MagAOX/telem/\\é_20240322231415161942076.bintel");
        let text: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(text, "e22c4c643fe11bc7e2516c3c56b045c8");
        assert_ne!(origin_digest("a", "b\n"), origin_digest("a\n", "b"));
    }

    proptest! {
        #[test]
        fn every_path_comes_back(
            bytes in proptest::collection::vec(prop_oneof![any::<u8>(), proptest::sample::select(b"\\x0f/".to_vec())], 0..40)
        ) {
            let path = Path::new(OsStr::from_bytes(&bytes));
            let text = path_to_text(path);
            prop_assert_eq!(text_to_path(&text), path);
        }

        #[test]
        fn no_name_makes_it_panic(name in "[a_é0-9TZ./-]{0,30}") {
            let _ = (device(&name), name_time(&name), kind(&name), dump_kind(&name));
        }
    }
}

//! Tests of reading files, whole and damaged.

use super::*;
use flate2::{Compression, write::GzEncoder};
use proptest::prelude::*;
use std::io::Write;
use std::path::PathBuf;

/// A file that goes when the test ends.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, bytes: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("xtelemdb-read-{}-{name}", std::process::id()));
        std::fs::write(&path, bytes).unwrap();
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Bytes that do not compress to nothing.
fn content(count: usize) -> Vec<u8> {
    let mut state = 1u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        b'a' + (state >> 28) as u8
    };
    (0..count).map(|_| next()).collect()
}

fn read_all(source: &mut Source) -> (Vec<u8>, Ending) {
    let (mut all, mut block) = (Vec::new(), Vec::new());
    loop {
        match source.read_block(&mut block).unwrap() {
            Step::End(ending) => {
                assert!(block.is_empty());
                return (all, ending);
            }
            Step::Block => assert!((1..=READ_BLOCK_BYTES).contains(&block.len())),
        }
        all.extend_from_slice(&block);
        assert_eq!(source.offset_bytes(), all.len() as u64);
    }
}

/// A stream that gives a few bytes at a time and is interrupted in between.
struct Stuttering {
    bytes: io::Cursor<Vec<u8>>,
    calls: usize,
}

impl Read for Stuttering {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.calls += 1;
        if self.calls.is_multiple_of(3) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let count = out.len().min(1 + self.calls * 31 % 5000);
        self.bytes.read(&mut out[..count])
    }
}

fn stream(bytes: &[u8], kind: Option<Kind>) -> Source {
    let bytes = io::Cursor::new(bytes.to_vec());
    Source::from_reader(Box::new(Stuttering { bytes, calls: 0 }), kind).unwrap()
}

fn gunzip(bytes: &[u8]) -> (Vec<u8>, Ending) {
    read_all(
        &mut Source::from_reader(Box::new(io::Cursor::new(bytes.to_vec())), Some(Kind::NdjsonGz)).unwrap(),
    )
}

#[track_caller]
fn is_damaged(bytes: &[u8], expected: &[u8], damage_from: usize) -> Damage {
    let (text, ending) = gunzip(bytes);
    assert!(text == expected, "{} bytes", text.len());
    let Ending::Damaged(damage) = ending else { panic!("{ending:?}") };
    assert_eq!(damage.offset_bytes, damage_from as u64);
    assert_eq!(damage.span, Span::from(&bytes[damage_from..]));
    damage
}

#[test]
fn plain_and_zipped_files_are_their_content() {
    for count in [0, 1, READ_BLOCK_BYTES - 1, READ_BLOCK_BYTES, 3 * READ_BLOCK_BYTES + 5] {
        let text = content(count);
        for (bytes, kind) in [(text.clone(), Kind::Ndjson), (gzip(&text), Kind::NdjsonGz)] {
            let file = Scratch::new(&format!("content-{count}-{kind:?}"), &bytes);
            let mut source = Source::open(&file.0, kind).unwrap();
            assert_eq!(source.size_bytes(), bytes.len() as u64);
            assert!(read_all(&mut source) == (text.clone(), Ending::Clean));
            source.rewind().unwrap();
            assert!(read_all(&mut source) == (text.clone(), Ending::Clean), "a second time");
            assert!(read_all(&mut stream(&bytes, None)) == (text.clone(), Ending::Clean), "as a stream");
        }
    }
    assert_eq!(gunzip(b""), (Vec::new(), Ending::Clean));
}

#[test]
fn size_and_time_are_those_at_opening() {
    let file = Scratch::new("stat", b"one");
    let time = std::time::UNIX_EPOCH + std::time::Duration::new(1_711_149_255, 161_942_076);
    File::options().write(true).open(&file.0).unwrap().set_modified(time).unwrap();
    let mut source = Source::open(&file.0, Kind::Bintel).unwrap();
    std::fs::write(&file.0, b"one and two").unwrap();
    assert_eq!(source.size_bytes(), 3);
    assert_eq!(source.modified(), Time { seconds: 1_711_149_255, nanoseconds: 161_942_076 });
    assert_eq!(read_all(&mut source).0, b"one and two");
}

#[test]
fn a_file_that_grows_goes_on() {
    let text = content(50_000);
    let zipped = gzip(&text);
    for (bytes, kind) in [(&text, Kind::Bintel), (&zipped, Kind::NdjsonGz)] {
        for cut in [0, 5, bytes.len() / 2, bytes.len() - 3] {
            let file = Scratch::new(&format!("grows-{kind:?}-{cut}"), &bytes[..cut]);
            let mut source = Source::open(&file.0, kind).unwrap();
            let mut block = Vec::new();
            let mut all = Vec::new();
            for piece in [&b""[..], &bytes[cut..]] {
                File::options().append(true).open(&file.0).unwrap().write_all(piece).unwrap();
                while source.read_block(&mut block).unwrap() == Step::Block {
                    all.extend_from_slice(&block);
                }
            }
            assert!(all == text, "{kind:?} cut at {cut}");
        }
    }
}

#[test]
fn gzip_cut_off_anywhere_gives_what_stands_before() {
    let text = content(2000);
    let zipped = [gzip(&text), gzip(b"second member")].concat();
    let first = gzip(&text).len();
    let mut longest = 0;
    for cut in 0..=zipped.len() {
        let (start, ending) = gunzip(&zipped[..cut]);
        let all = [text.as_slice(), b"second member"].concat();
        assert!(all.starts_with(&start), "cut at {cut}");
        assert!(start.len() >= longest, "no less than before");
        longest = start.len();
        let is_between = cut == 0 || cut == first || cut == zipped.len();
        assert_eq!(ending, if is_between { Ending::Clean } else { Ending::CutOff }, "cut at {cut}");
    }
    assert_eq!(longest, text.len() + 13);
}

#[test]
fn garbage_behind_a_member_is_damage() {
    let text = content(3000);
    let zipped = gzip(&text);
    for garbage in [&b"garbage"[..], b"\0", b"\x1f\x8bx", b"\x1f\x8b\x08\xff______", &content(300_000)] {
        let bytes = [&zipped, garbage].concat();
        is_damaged(&bytes, &text, zipped.len());
    }
    for prefix in [&b"\x1f"[..], b"\x1f\x8b", b"\x1f\x8b\x08", b"\x1f\x8b\x08\0\0\0\0\0\0"] {
        let bytes = [&zipped, prefix].concat();
        assert!(gunzip(&bytes) == (text.clone(), Ending::CutOff), "may become a member");
    }
    is_damaged(b"{\"ts\": 1}", b"", 0);
}

#[test]
fn a_wrong_checksum_or_length_is_damage_behind_the_content() {
    let text = content(3000);
    let (zipped, next) = (gzip(&text), gzip(b"next"));
    for place in 1..=8 {
        let mut bytes = [zipped.as_slice(), &next].concat();
        bytes[zipped.len() - place] ^= 4;
        let damage = is_damaged(&bytes, &text, zipped.len() - 8);
        assert!(damage.detail.starts_with("a gzip member whose checksum or length is wrong, at byte "));
    }
}

#[test]
fn damage_within_a_member_keeps_what_stands_before() {
    let text = content(400_000);
    let zipped = gzip(&text);
    let mut bytes = zipped.clone();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 2000].fill(0xff);
    let (start, ending) = gunzip(&bytes);
    let Ending::Damaged(damage) = ending else { panic!("{ending:?}") };
    assert!(start.len() > text.len() / 3, "{} bytes", start.len());
    assert!(text.starts_with(&start[..text.len() / 3]));
    assert!(damage.span.length_bytes > 0);
    assert_eq!(damage.span, Span::from(&bytes[damage.offset_bytes as usize..]));
    let stuttering = read_all(&mut stream(&bytes, Some(Kind::NdjsonGz)));
    assert!(stuttering == (start, Ending::Damaged(damage)), "however it is read");
}

#[test]
fn a_bomb_is_read_block_by_block() {
    let zeros = vec![0; 1 << 20];
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..64 {
        encoder.write_all(&zeros).unwrap();
    }
    let bytes = encoder.finish().unwrap();
    assert!(bytes.len() < (64 << 20) / 1000);
    let mut source = stream(&bytes, None);
    let (mut block, mut count) = (Vec::new(), 0);
    while source.read_block(&mut block).unwrap() == Step::Block {
        assert!(block.capacity() <= READ_BLOCK_BYTES && block.iter().all(|byte| *byte == 0));
        count += block.len();
    }
    assert_eq!(count, 64 << 20);
}

#[test]
fn an_endless_header_is_damage() {
    let mut bytes = b"\x1f\x8b\x08\x08\0\0\0\0\0\x03".to_vec();
    bytes.resize(READ_BLOCK_BYTES - 1, b'n');
    assert_eq!(gunzip(&bytes).1, Ending::CutOff);
    bytes.resize(READ_BLOCK_BYTES + 1, b'n');
    assert_eq!(is_damaged(&bytes, b"", 0).detail, "an endless gzip header, at byte 0 of the compressed file");
}

#[test]
fn errors_of_reading_are_errors() {
    struct Broken(usize);
    impl Read for Broken {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            self.0 += 1;
            let zipped = gzip(&content(1000));
            if self.0 > 1 {
                return Err(io::ErrorKind::InvalidInput.into());
            }
            out[..100].copy_from_slice(&zipped[..100]);
            Ok(100)
        }
    }
    for kind in [Kind::Bintel, Kind::NdjsonGz] {
        let mut source = Source::from_reader(Box::new(Broken(0)), Some(kind)).unwrap();
        let mut block = Vec::new();
        let error = loop {
            match source.read_block(&mut block) {
                Ok(step) => assert_eq!(step, Step::Block),
                Err(error) => break error,
            }
        };
        assert_eq!(error.kind(), io::ErrorKind::InvalidInput);
    }
    assert!(stream(b"", None).rewind().is_err());
    assert!(Source::open(Path::new("/nonexistent/x.bintel"), Kind::Bintel).is_err());
}

#[test]
fn resuming_gives_head_and_history_and_the_rest() {
    let text = content(300_000);
    let zipped = gzip(&text);
    let mut scratch = Vec::new();
    for (bytes, kind) in [(&text, Kind::Bintel), (&zipped, Kind::NdjsonGz)] {
        let file = Scratch::new(&format!("resume-{kind:?}"), bytes);
        for at in [0, 1, 4095, 4096, 4097, 8191, 8192, 8193, 200_000, 300_000] {
            let expected = Resume {
                head: text[..at.min(FINGERPRINT_BYTES)].to_vec(),
                history: text[at.saturating_sub(FINGERPRINT_BYTES)..at].to_vec(),
            };
            for mut source in [Source::open(&file.0, kind).unwrap(), stream(bytes, Some(kind))] {
                let resume = source.resume(at as u64, &mut scratch).unwrap();
                assert!(resume.as_ref() == Some(&expected), "{kind:?} at {at}");
                assert_eq!(source.offset_bytes(), at as u64);
                let mut rest = Vec::new();
                while source.read_block(&mut scratch).unwrap() == Step::Block {
                    rest.extend_from_slice(&scratch);
                }
                assert!(rest == text[at..], "{kind:?} at {at}");
            }
        }
        for at in [300_001, 1 << 40] {
            let mut source = Source::open(&file.0, kind).unwrap();
            assert_eq!(source.resume(at, &mut scratch).unwrap(), None);
            source.rewind().unwrap();
            assert!(read_all(&mut source) == (text.clone(), Ending::Clean), "read anew");
        }
    }
}

#[test]
fn skipping_stops_where_it_is_told() {
    let text = content(300_000);
    let zipped = gzip(&text);
    let mut scratch = Vec::new();
    for (bytes, kind) in [(&text, Kind::Bintel), (&zipped, Kind::NdjsonGz)] {
        let file = Scratch::new(&format!("skip-{kind:?}"), bytes);
        let mut source = Source::open(&file.0, kind).unwrap();
        for at in [0, 1, 2, 70_000, 299_999] {
            assert!(source.skip_to(at as u64, &mut scratch).unwrap());
            assert_eq!(source.offset_bytes(), at as u64);
        }
        assert_eq!(source.read_block(&mut scratch).unwrap(), Step::Block);
        assert_eq!(scratch, &text[299_999..]);
        assert!(source.skip_to(300_000, &mut scratch).unwrap());
        assert!(!source.skip_to(300_001, &mut scratch).unwrap());
        assert_eq!(source.read_block(&mut scratch).unwrap(), Step::End(Ending::Clean));
    }
}

#[test]
fn guessing_without_a_name() {
    assert_eq!(guess_format(b" \n{\"ts\""), Format::Ndjson);
    assert_eq!(guess_format(b"\x40\x00\x00"), Format::Bintel);
    assert_eq!(guess_format(b""), Format::Bintel);
    assert_eq!(Format::from(Kind::NdjsonGz), Format::Ndjson);
}

proptest! {
    #[test]
    fn members_of_any_size_read_in_any_way(
        sizes in proptest::collection::vec(0usize..70_000, 1..5), cut in 0usize..200_000,
    ) {
        let texts: Vec<_> = sizes.iter().map(|size| content(*size)).collect();
        let zipped: Vec<u8> = texts.iter().flat_map(|text| gzip(text)).collect();
        let whole = gunzip(&zipped);
        prop_assert!(whole == (texts.concat(), Ending::Clean));
        let cut = cut.min(zipped.len());
        prop_assert!(read_all(&mut stream(&zipped[..cut], Some(Kind::NdjsonGz))) == gunzip(&zipped[..cut]));
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), at in 0usize..400, flips in 0u8..255) {
        let _ = gunzip(&bytes);
        let mut zipped = gzip(&content(2000));
        let at = at % zipped.len();
        zipped[at] ^= flips;
        zipped.extend_from_slice(&bytes);
        let (text, ending) = gunzip(&zipped);
        if let Ending::Damaged(damage) = ending {
            prop_assert_eq!(damage.span, Span::from(&zipped[damage.offset_bytes as usize..]));
        }
        prop_assert!(text.len() <= 1100 * zipped.len());
    }
}

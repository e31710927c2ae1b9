//! gzip streams, through the pipeline's reading.

use super::{pieces, steer};
use flate2::{Compression, write::GzEncoder};
use std::io::{self, Read, Write};
use xtelemdb::limits::{FINGERPRINT_BYTES, READ_BLOCK_BYTES};
use xtelemdb::origin::Kind;
use xtelemdb::pipeline::read::{Ending, Source, Step};

/// What deflate can make of a byte, at most.
const MOST_INFLATED: usize = 1032;

/// Gives bytes in pieces, as a slow pipe does.
struct Pieces {
    bytes: io::Cursor<Vec<u8>>,
    sizes: Box<dyn Iterator<Item = usize> + Send>,
}

impl Read for Pieces {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let size = self.sizes.next().unwrap_or(1).min(out.len());
        self.bytes.read(&mut out[..size])
    }
}

/// Three bytes for the pieces, five for the damage, then a stream; or, by the first of the five, content to be compressed,
/// in two members, and damaged: the fuzzer makes up no checksum.
pub fn holds(input: &[u8]) {
    let ([a, b, c, manner, at_low, at_high, value, resume], content) = steer(input);
    let at = usize::from(u16::from_le_bytes([at_low, at_high]));
    let stream = match manner % 4 {
        0 => content.to_vec(),
        how => damaged(content, how, at, value),
    };
    let (inflated, ending) = read(source(&stream, std::iter::repeat(usize::MAX)));
    let (in_pieces, same_ending) = read(source(&stream, pieces([a, b, c])));
    assert!(in_pieces == inflated, "other pieces, other content");
    assert_eq!(same_ending, ending);
    assert!(inflated.len() <= MOST_INFLATED * (stream.len() + 1), "{} of {}", inflated.len(), stream.len());
    match &ending {
        Ending::Damaged(damage) => {
            let end = damage.offset_bytes + damage.span.length_bytes;
            assert_eq!(end, stream.len() as u64, "every byte is inflated or set aside");
            assert_eq!(damage.span.head, stream[damage.offset_bytes as usize..]);
        }
        Ending::Clean | Ending::CutOff => {}
    }
    assert_another_reader_agrees(&stream, &inflated, &ending);

    // Going to an offset and on from there gives what stands behind it.
    let offset = inflated.len() * usize::from(resume) / 250;
    let mut source = source(&stream, pieces([a, b, c]));
    let mut scratch = Vec::new();
    let resumed = source.resume(offset as u64, &mut scratch).expect("reading memory");
    assert_eq!(resumed.is_some(), offset <= inflated.len());
    if let Some(resumed) = resumed {
        assert!(resumed.head == inflated[..offset.min(FINGERPRINT_BYTES)]);
        assert!(resumed.history == inflated[offset.saturating_sub(FINGERPRINT_BYTES)..offset]);
        assert!(read(source).0 == inflated[offset..]);
    }
}

/// Two members of some content: whole, cut off, or with a byte changed.
fn damaged(content: &[u8], how: u8, at: usize, value: u8) -> Vec<u8> {
    let (first, second) = content.split_at(content.len() / 2);
    let mut stream = Vec::new();
    for member in [first, second] {
        let mut encoder = GzEncoder::new(&mut stream, Compression::fast());
        encoder.write_all(member).and_then(|()| encoder.try_finish()).expect("into memory");
    }
    let at = at % (stream.len() + 1);
    match how {
        1 => stream.truncate(at),
        2 => stream.iter_mut().skip(at).take(1).for_each(|byte| *byte = value),
        _ => stream.extend_from_slice(&content[content.len() - at.min(content.len())..]),
    }
    stream
}

fn source(stream: &[u8], sizes: impl Iterator<Item = usize> + Send + 'static) -> Source {
    let reader = Pieces { bytes: io::Cursor::new(stream.to_vec()), sizes: Box::new(sizes) };
    Source::from_reader(Box::new(reader), Some(Kind::NdjsonGz)).expect("memory opens")
}

/// Everything that a source gives.
fn read(mut source: Source) -> (Vec<u8>, Ending) {
    let (mut content, mut block) = (Vec::new(), Vec::new());
    loop {
        match source.read_block(&mut block).expect("reading memory") {
            Step::Block => {
                assert!((1..=READ_BLOCK_BYTES).contains(&block.len()), "a block of {}", block.len());
                content.extend_from_slice(&block);
            }
            Step::End(ending) => {
                assert!(block.is_empty());
                return (content, ending);
            }
        }
    }
}

/// What another reader takes for a whole stream is one, with the same content.
fn assert_another_reader_agrees(stream: &[u8], inflated: &[u8], ending: &Ending) {
    let mut theirs = Vec::new();
    let is_whole = flate2::read::MultiGzDecoder::new(stream).read_to_end(&mut theirs).is_ok();
    if is_whole && !stream.is_empty() {
        assert_eq!(*ending, Ending::Clean, "{:?}", stream.escape_ascii().to_string());
        assert!(theirs == inflated);
    }
}

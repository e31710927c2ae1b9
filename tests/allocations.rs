//! Decoding takes no memory for a record once its buffers have grown.
#![allow(unsafe_code, reason = "only an allocator can count allocations, and its trait is unsafe")]

use flate2::read::GzDecoder;
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::fs::File;
use std::io::Read;
use std::sync::Arc;
use xtelemdb::db::telem::Rows;
use xtelemdb::decode::catalogue::Catalogue;
use xtelemdb::decode::{Decoder, Format, Sink};
use xtelemdb::limits::{BATCH_BYTES, READ_BLOCK_BYTES};
use xtelemdb::record::{Head, Reject};

mod support;

use support::folder::Folder;

/// The system's allocator, which counts how often a thread asked it for memory.
struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<u64> = const { Cell::new(0) };
}

fn count() {
    ALLOCATIONS.set(ALLOCATIONS.get() + 1);
}

// SAFETY: everything is the system's allocator's doing; counting touches a number and allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count();
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, old: *mut u8, layout: Layout, size_bytes: usize) -> *mut u8 {
        count();
        unsafe { System.realloc(old, layout, size_bytes) }
    }

    unsafe fn dealloc(&self, old: *mut u8, layout: Layout) {
        unsafe { System.dealloc(old, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// Rows as the pipeline keeps them.
#[derive(Default)]
struct Collected {
    rows: Rows,
    raw: Vec<u8>,
    places: Vec<(u64, usize)>,
    records: u64,
    is_wasteful: bool,
}

impl Collected {
    fn clear(&mut self) {
        self.rows.clear();
        self.raw.clear();
        self.places.clear();
    }
}

impl Sink for Collected {
    fn open(&mut self, head: &Head<'_>) -> &mut Vec<u8> {
        self.rows.open("device", head)
    }

    fn close(&mut self, head: &Head<'_>, raw: &[u8]) {
        self.rows.close(head);
        self.raw.extend_from_slice(raw);
        self.places.push((head.offset_bytes, self.raw.len()));
        self.records += 1;
        if self.is_wasteful {
            std::hint::black_box(raw.to_vec());
        }
    }

    fn cancel(&mut self) {
        self.rows.cancel();
    }

    fn reject(&mut self, reject: Reject) {
        panic!("the demonstration holds no rejects: {}", reject.detail);
    }
}

/// Decodes the content, block by block, and says how many records it holds and how often memory was asked for.
fn pass(decoder: &mut Decoder, content: &[u8], sink: &mut Collected) -> (u64, u64) {
    let before = (sink.records, ALLOCATIONS.get());
    for block in content.chunks(READ_BLOCK_BYTES) {
        decoder.push(block, sink);
        if sink.rows.size_bytes() >= BATCH_BYTES {
            sink.clear();
        }
    }
    sink.clear();
    (sink.records - before.0, ALLOCATIONS.get() - before.1)
}

#[track_caller]
fn assert_takes_no_memory(format: Format, content: &[u8]) {
    let catalogue = Arc::new(Catalogue::builtin());
    let mut sink = Collected::default();
    let mut decoder = Decoder::new(format, &catalogue, 0, &[]);
    // Grows the buffers.
    let (records, allocations) = pass(&mut decoder, content, &mut sink);
    assert!(records > 2_000 && allocations > 0, "{records} records, {allocations} allocations");
    assert_eq!(pass(&mut decoder, content, &mut sink), (records, 0));
    // What counts is able to see them.
    sink.is_wasteful = true;
    assert_eq!(pass(&mut decoder, content, &mut sink), (records, records));
    decoder.end(&mut sink);
    assert_eq!(decoder.final_offset(), 3 * content.len() as u64);
}

#[test]
fn a_binary_record_takes_no_memory() {
    assert_takes_no_memory(Format::Bintel, &demonstration(".bintel"));
}

#[test]
fn a_line_takes_no_memory() {
    assert_takes_no_memory(Format::Ndjson, &demonstration(".ndjson.gz"));
}

/// The demonstration's files with this ending, inflated, one behind the other.
fn demonstration(ending: &str) -> Vec<u8> {
    let folder = Folder::new();
    let archive = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/demo/telem.tar.gz");
    let mut tar = std::process::Command::new("tar");
    tar.args(["-xzf", archive, "--no-same-owner", "-C"]).arg(folder.path());
    assert!(tar.status().expect("tar runs").success());
    let mut paths = Vec::new();
    for device in std::fs::read_dir(folder.join("telem")).expect("devices").flatten() {
        let files = std::fs::read_dir(device.path()).expect("files").flatten();
        paths.extend(files.map(|file| file.path()).filter(|path| path.to_string_lossy().ends_with(ending)));
    }
    paths.sort();
    let mut content = Vec::new();
    for path in paths {
        let mut file = File::open(path).expect("a file");
        let is_read = if ending.ends_with(".gz") {
            GzDecoder::new(file).read_to_end(&mut content)
        } else {
            file.read_to_end(&mut content)
        };
        is_read.expect("read");
    }
    content
}

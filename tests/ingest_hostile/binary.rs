//! What stands in binary records.

use super::support::make::{record, text_log, text_message};
use super::support::site::{Report, Site};
use super::{TRICKS, assert_harmless};
use flatbuffers::{FlatBufferBuilder, UnionWIPOffset, WIPOffset};
use xtelemdb::limits::LONGEST_MESSAGE_BYTES;

const SECOND: u32 = 1_711_149_255;
const BINTEL: &str = "dev_20240322231415000000000.bintel";

/// Event codes with a vector of strings, and with three of bytes among others.
const DRIVETEMPS: u16 = 20_827;
const BLOCKGAINS: u16 = 20_920;

/// Loads records with sound ones between them; all sound ones are there.
#[track_caller]
fn load(site: &Site, hostile: &[Vec<u8>]) -> Report {
    let mut content = text_log(SECOND, 0, "sound");
    for (number, bytes) in (1..).zip(hostile) {
        content.extend_from_slice(bytes);
        content.extend(text_log(SECOND, number, "sound"));
    }
    site.write(BINTEL, content);
    site.inventory();
    let output = site.run("ingest", &["-v"]).expect_code_of(&[0, 3]);
    assert_harmless(&output);
    let report = Report::of(output);
    let sound = "SELECT count(*) FROM public.telem WHERE msg ->> 'message' = 'sound'";
    assert_eq!(site.number(sound), hostile.len() as i64 + 1, "{}", report.stderr);
    assert_eq!(site.number("SELECT tail_bytes FROM xtelemdb.ledger"), 0);
    site.assert_rejects_are_accounted_for();
    assert_eq!(site.ingest(0).count("files_read"), 0);
    report
}

#[test]
fn tricks_and_times() {
    let site = Site::new();
    let mut hostile: Vec<Vec<u8>> = TRICKS.iter().map(|trick| text_log(SECOND + 1, 0, trick)).collect();
    hostile.push(text_log(u32::MAX, u32::MAX, "the last"));
    hostile.push(text_log(1, 0, "the first"));
    hostile.push(record(10, SECOND, 0, &text_message("sound")[..20]));
    let report = load(&site, &hostile);
    assert_eq!((report.count("records_rejected"), report.count("/rejected_by_reason/bad_message")), (1, 1));
    let mut client = site.database.client();
    for trick in TRICKS {
        let query = "SELECT count(*) FROM public.telem WHERE msg ->> 'message' = $1";
        assert_eq!(client.query_one(query, &[&trick]).expect(trick).get::<_, i64>(0), 1, "{trick:?}");
    }
    let ends = "SELECT ts, ts_ns FROM public.telem WHERE msg ->> 'message' LIKE 'the %' ORDER BY ts";
    assert_eq!(site.texts(ends), ["1970-01-01 00:00:01+00|0", "2106-02-07 06:28:19.294967+00|295"]);
}

/// A message with these fields, each of them something that stands apart.
fn fields(builder: &mut FlatBufferBuilder<'_>, fields: &[(u16, WIPOffset<UnionWIPOffset>)]) -> Vec<u8> {
    let table = builder.start_table();
    for (index, offset) in fields {
        builder.push_slot_always(4 + 2 * index, *offset);
    }
    let table = builder.end_table(table);
    builder.finish_minimal(table);
    builder.finished_data().to_vec()
}

#[test]
fn messages_that_become_too_much() {
    let site = Site::new();
    let mut builder = FlatBufferBuilder::new();
    // One string, a million times.
    let one = builder.create_string("once more");
    let names = builder.create_vector(&vec![one; 1_000_000]);
    let million = fields(&mut builder, &[(0, names.as_union_value())]);
    // Three vectors that are the same eight million bytes: more than a value of jsonb can hold.
    let mut builder = FlatBufferBuilder::new();
    let bytes = builder.create_vector(&vec![255u8; LONGEST_MESSAGE_BYTES - 100]).as_union_value();
    let thrice = fields(&mut builder, &[(1, bytes), (3, bytes), (5, bytes)]);
    // A string of eight million bytes that take six each.
    let widest = text_message(&"\u{1}".repeat(LONGEST_MESSAGE_BYTES - 100));
    let hostile = [
        record(DRIVETEMPS, SECOND, 500, &million),
        record(BLOCKGAINS, SECOND, 600, &thrice),
        record(10, SECOND, 700, &widest),
    ];
    let report = load(&site, &hostile);
    let reasons = &report.summary["rejected_by_reason"];
    assert_eq!(*reasons, serde_json::json!({"bad_message": 1, "refused": 1}), "{}", report.stderr);
    let lengths = "SELECT length(msg ->> 'message') FROM public.telem WHERE ts_ns = 700";
    assert_eq!(site.number(lengths), (LONGEST_MESSAGE_BYTES - 100) as i64);
}

//! Records that can't be loaded: each is set aside alone, with its bytes, and taken up again when that becomes possible.

use super::support::make::{line, lines, record, text_log, text_message};
use super::support::postgres::Postgres;
use super::support::proxy::{Deed, Proxy, Sent};
use super::support::rows::stored;
use super::support::site::Site;
use xtelemdb::limits::RECOVER_PAGE;

const SECOND: u32 = 1_711_149_255;
const NDJSON: &str = "dev_2024-04-16T000000.ndjson";
const BINTEL: &str = "dev_20240322231415000000000.bintel";

/// An event type that the program does not know.
const UNKNOWN: u16 = 20_999;

/// Writes a catalogue that knows it; the setting that names that.
fn knowing(site: &Site) -> String {
    let types = format!(
        "[[event]]\ncode = {UNKNOWN}\nec = \"sibling_log\"\nfields = [{{ name = \"said\", type = \"string\" }}]\n"
    );
    format!("event_types={}", site.folder.write("types.toml", types).display())
}

fn at(second: u32, msg: &str) -> String {
    line(&format!("2024-04-16T12:00:{second:02}.000000000"), "telem_x", msg)
}

#[test]
fn what_the_server_refuses_costs_one_record_and_nothing_of_other_files() {
    let site = Site::new();
    let many_digits = at(1, &format!("{{\"n\": {}}}", "7".repeat(200_000)));
    let deep = at(2, &format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)));
    let huge_exponent = at(3, "1e200000");
    let content =
        format!("{}{many_digits}{}{deep}{huge_exponent}{}", lines(0..40), lines(40..90), lines(90..100));
    site.write(NDJSON, &content);
    // Of these both share its transaction.
    for n in 0..20 {
        site.write(format!("other{n}_2024-04-16T000000.ndjson"), lines(0..10));
    }
    let report = site.load(3);
    assert_eq!(report.records(), [300, 0, 3], "{}", report.summary);
    assert_eq!(report.count("/rejected_by_reason/refused"), 3);
    let rejects = site.texts(
        "SELECT offset_bytes, convert_from(span, 'UTF8'), detail LIKE '%SQLSTATE 22003%' OR detail LIKE '%SQLSTATE 54001%'
         FROM xtelemdb.rejects ORDER BY offset_bytes",
    );
    let expected = [many_digits, deep, huge_exponent]
        .map(|line| format!("{}|{}|t", content.find(&line).expect("it is there"), line.trim_end()));
    assert!(rejects == expected, "offsets, bytes or words of the rejects are others");
    let others = "SELECT count(*) FROM xtelemdb.ledger WHERE records_loaded = 10 AND records_rejected = 0";
    assert_eq!(site.number(others), 20);
    let own = "SELECT records_loaded, records_rejected FROM xtelemdb.ledger WHERE device = 'dev'";
    assert_eq!(site.texts(own), ["100|3"]);
    site.assert_rejects_are_accounted_for();
    // It is not tried again, and what follows is loaded.
    assert_eq!(site.ingest(0).count("files_read"), 0);
    site.write(NDJSON, content + &at(9, "1"));
    assert_eq!(site.ingest(0).records(), [1, 0, 0]);
}

#[test]
fn rows_that_are_there_are_counted_so_also_beside_one_that_is_refused() {
    let site = Site::new();
    site.write(NDJSON, lines(0..50));
    site.load(0);
    site.write(NDJSON, format!("{}{}{}", lines(20..60), at(1, "1e200000"), lines(50..65)));
    assert_eq!(site.ingest(3).records(), [15, 40, 1]);
}

#[test]
fn every_reason_has_its_count_and_its_bytes() {
    let site = Site::new();
    let bad = ["no json", "{\"ts\": \"yesterday\", \"ec\": \"e\", \"msg\": 1}", "[1]", "{\"a\": \u{7f}"];
    site.write(NDJSON, format!("{}{}\n{}", lines(0..2), bad.join("\n"), lines(2..4)));
    site.write(
        BINTEL,
        [text_log(SECOND, 0, "a"), record(UNKNOWN, SECOND, 1, b"xyz"), text_log(SECOND, 2, "b")].concat(),
    );
    let report = site.load(3);
    assert_eq!(report.records(), [6, 0, 5]);
    for (reason, count) in [("not_json", 2), ("not_a_record", 2), ("unknown_code", 1)] {
        assert_eq!(report.count(&format!("/rejected_by_reason/{reason}")), count, "{reason}");
    }
    let spans =
        "SELECT convert_from(span, 'UTF8') FROM xtelemdb.rejects WHERE device = 'dev' AND event_code IS NULL
                 ORDER BY offset_bytes";
    assert_eq!(site.texts(spans), bad);
    let unknown =
        "SELECT event_code, offset_bytes, length_bytes, length(span), span_end IS NULL FROM xtelemdb.rejects
                   WHERE reason = 'unknown_code'";
    let offset = text_log(SECOND, 0, "a").len();
    assert_eq!(site.texts(unknown), [format!("{UNKNOWN}|{offset}|15|15|t")]);
    // Each is named, with its file and place.
    assert_eq!(report.stderr.matches("rejected").count(), 5 + 2, "{}", report.stderr);
    assert!(
        report.stderr.contains(&format!("{BINTEL}: rejected 15 bytes at offset {offset}")),
        "{}",
        report.stderr
    );
}

#[test]
fn a_line_beyond_the_limit_keeps_its_ends_and_the_next_is_loaded() {
    let site = Site::new();
    let long = format!("[{}]", "1,".repeat(5 << 20));
    site.write(NDJSON, format!("{}{long}\n{}", lines(0..1), lines(1..2)));
    let report = site.load(3);
    assert_eq!((report.records(), report.count("/rejected_by_reason/too_long")), ([2, 0, 1], 1));
    let kept = "SELECT length_bytes, length(span), length(span_end) FROM xtelemdb.rejects";
    assert_eq!(site.texts(kept), [format!("{}|4096|4096", long.len())]);
    site.assert_rejects_are_accounted_for();
}

#[test]
fn kept_records_are_loaded_once_when_their_code_becomes_known() {
    let site = Site::new();
    let unknown = |n| record(UNKNOWN, SECOND, n, &text_message(&format!("unknown {n}")));
    let first = [
        text_log(SECOND, 0, "a"),
        unknown(1),
        text_log(SECOND, 2, "b"),
        unknown(3),
        text_log(SECOND, 4, "c"),
    ];
    // One of the rejects stands in a second file too; another does not verify as what the code turns out to be.
    let unsound = record(UNKNOWN, SECOND, 9, &[0xff; 20]);
    let second = [unknown(3), unsound, text_log(SECOND, 5, "d")];
    site.write(BINTEL, first.concat());
    site.write("dev_20240322231416000000000.bintel", second.concat());
    assert_eq!(site.load(3).records(), [4, 0, 4]);
    assert_eq!(site.ingest(0).count("/recovered/records"), 0);

    let knowing = knowing(&site);
    let report = site.ingest_with(&[&knowing], 0);
    assert_eq!((report.count("/recovered/records"), report.count("/recovered/rows_new")), (3, 2));
    assert_eq!(report.records(), [0, 0, 0]);
    let rows = "SELECT ts_ns, msg FROM public.telem WHERE ec = 'sibling_log' ORDER BY ts, ts_ns";
    assert_eq!(site.texts(rows), [r#"1|{"said": "unknown 1"}"#, r#"3|{"said": "unknown 3"}"#]);
    assert_eq!(
        site.texts("SELECT records_loaded, records_rejected FROM xtelemdb.ledger ORDER BY records_loaded"),
        ["2|1", "5|0"]
    );
    assert_eq!(site.texts("SELECT event_code FROM xtelemdb.rejects"), [UNKNOWN.to_string()]);
    site.assert_rejects_are_accounted_for();

    let before = site.marks();
    let report = site.ingest_with(&[&knowing], 0);
    assert_eq!((report.count("/recovered/records"), report.count("/recovered/rows_new")), (0, 0));
    assert_eq!(site.marks(), before);
    // From now on it is a record like any other.
    site.write("dev_20240322231417000000000.bintel", unknown(7));
    site.inventory();
    assert_eq!(site.ingest_with(&[&knowing], 0).records(), [1, 0, 0]);
    assert_eq!(stored(&site).len(), 7);
}

/// Their COMMIT stands; only its answer was lost.
#[test]
fn kept_records_are_counted_though_the_answer_is_lost() {
    let site = Site::new();
    let count = 2 * RECOVER_PAGE + 1;
    let unknown = |n| record(UNKNOWN, SECOND, n, &text_message(&n.to_string()));
    site.write(BINTEL, (0..count as u32).flat_map(unknown).collect::<Vec<_>>());
    assert_eq!(site.load(3).records(), [0, 0, count]);
    let proxy = Proxy::start(Postgres::shared().socket(), |sent| match sent {
        Sent::Commit(2) => Deed::LoseAnswer,
        _ => Deed::Pass,
    });
    let report = site.ingest_with(&[&knowing(&site), &proxy.host()], 0);
    assert_eq!((report.count("/recovered/records"), report.count("/recovered/rows_new")), (count, count));
    assert_eq!(stored(&site).len() as i64, count);
    site.assert_rejects_are_accounted_for();
}

#[test]
fn more_kept_records_than_a_page_are_taken_up() {
    let site = Site::new();
    let count = 2 * RECOVER_PAGE + 1;
    let unknown = |n| record(UNKNOWN, SECOND, n, &text_message(&n.to_string()));
    site.write(BINTEL, (0..count as u32).flat_map(unknown).collect::<Vec<_>>());
    assert_eq!(site.load(3).records(), [0, 0, count]);
    let report = site.ingest_with(&[&knowing(&site)], 0);
    assert_eq!((report.count("/recovered/records"), report.count("/recovered/rows_new")), (count, count));
    assert_eq!(stored(&site).len() as i64, count);
    site.assert_rejects_are_accounted_for();
}

//! `.ndjson` from bytes to records and rejects, through the library alone.

use proptest::prelude::*;
use serde_json::Value;
use std::io::Read;
use std::path::Path;
use xtelemdb::decode::ndjson::Decoder;
use xtelemdb::decode::{Sink, time};
use xtelemdb::limits::{FINGERPRINT_BYTES, LONGEST_MESSAGE_BYTES, REJECT_END_BYTES};
use xtelemdb::record::{Head, Reason, Reject, Span, Time};

#[derive(Clone, Debug, PartialEq)]
struct Record {
    offset_bytes: u64,
    time: Time,
    prio: Option<String>,
    ec: String,
    msg: String,
    raw: Vec<u8>,
}

/// Keeps everything, and checks that the decoder keeps its contract.
#[derive(Debug, Default, PartialEq)]
struct Kept {
    records: Vec<Record>,
    rejects: Vec<Reject>,
    text: Vec<u8>,
    opened: Option<usize>,
}

impl Sink for Kept {
    fn open(&mut self, _: &Head<'_>) -> &mut Vec<u8> {
        assert!(self.opened.is_none(), "one record at a time");
        self.text.push(b'|');
        self.opened = Some(self.text.len());
        &mut self.text
    }

    fn close(&mut self, head: &Head<'_>, raw: &[u8]) {
        let start = self.opened.take().expect("an open record");
        self.records.push(Record {
            offset_bytes: head.offset_bytes,
            time: head.time,
            prio: head.prio.map(str::to_owned),
            ec: head.ec.to_owned(),
            msg: String::from_utf8(self.text[start..].to_vec()).expect("text"),
            raw: raw.to_vec(),
        });
    }

    fn cancel(&mut self) {
        let start = self.opened.take().expect("an open record");
        self.text.truncate(start);
    }

    fn reject(&mut self, reject: Reject) {
        assert!(self.opened.is_none(), "rejects stand between records");
        self.rejects.push(reject);
    }
}

/// What decoding gives, and the three things that a decoder says about its state.
#[derive(Debug, PartialEq)]
struct Outcome {
    kept: Kept,
    final_offset: u64,
    end_offset: u64,
    history: Vec<u8>,
}

fn decode(bytes: &[u8], piece_bytes: usize) -> Outcome {
    let mut kept = Kept::default();
    let mut decoder = Decoder::new(0, &[]);
    for piece in bytes.chunks(piece_bytes.max(1)) {
        decoder.push(piece, &mut kept);
        let end = decoder.final_offset() as usize;
        assert_eq!(decoder.history(), &bytes[end.saturating_sub(FINGERPRINT_BYTES)..end]);
    }
    decoder.end(&mut kept);
    assert!(kept.opened.is_none());
    kept.text.clear();
    let (final_offset, end_offset) = (decoder.final_offset(), decoder.end_offset());
    assert_eq!(end_offset, bytes.len() as u64);
    let end = final_offset as usize;
    assert_eq!(decoder.history(), &bytes[end.saturating_sub(FINGERPRINT_BYTES)..end]);
    Outcome { kept, final_offset, end_offset, history: decoder.history().to_vec() }
}

fn line(msg: &str) -> String {
    format!(r#"{{"ts": "2024-04-16T00:38:20.5", "prio": "TELM", "ec": "telem_x", "msg": {msg}}}"#)
}

/// The one record of a file.
#[track_caller]
fn only_record(text: impl AsRef<[u8]>) -> Record {
    let text = text.as_ref();
    let outcome = decode(text, usize::MAX);
    assert_eq!(outcome.kept.rejects, [], "{}", text.escape_ascii());
    assert_eq!(outcome.kept.records.len(), 1, "{}", text.escape_ascii());
    outcome.kept.records.into_iter().next().unwrap()
}

#[track_caller]
fn only_reject(text: impl AsRef<[u8]>) -> Reject {
    let mut text = text.as_ref().to_vec();
    let unfinished = decode(&text, usize::MAX);
    assert_eq!(unfinished.kept, Kept::default(), "without its newline it is the tail");
    assert_eq!(unfinished.final_offset, 0);
    text.push(b'\n');
    let outcome = decode(&text, usize::MAX);
    assert_eq!(outcome.final_offset, text.len() as u64);
    assert_eq!(outcome.kept.records, []);
    assert_eq!(outcome.kept.rejects.len(), 1, "{}", text.escape_ascii());
    let reject = outcome.kept.rejects.into_iter().next().unwrap();
    assert_eq!(reject.span, Span::from(&text[..text.len() - 1]));
    reject
}

fn inflated(path: &Path) -> Vec<u8> {
    let file = std::fs::File::open(path).unwrap();
    let mut text = Vec::new();
    flate2::read::MultiGzDecoder::new(file).read_to_end(&mut text).unwrap();
    text
}

#[test]
fn every_record_of_python_devices() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/ndjson");
    let mut records = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = inflated(&path);
        let outcome = decode(&text, 128 << 10);
        assert_eq!(outcome.kept.rejects, [], "{}", path.display());
        assert_eq!(outcome.final_offset, text.len() as u64);
        let mut offset_bytes = 0;
        let lines = text.split(|byte| *byte == b'\n');
        for (record, line) in outcome.kept.records.iter().zip(lines) {
            // The slow way: the only quirks in these files are NaN and a fraction that is missing.
            let text = std::str::from_utf8(line).unwrap().replace(": NaN", ": null");
            let expected: Value = serde_json::from_str(&text).unwrap();
            let ts = expected["ts"].as_str().unwrap();
            let ts = if ts.len() == 22 { format!("{}.000000000", &ts[..19]) } else { ts.to_owned() };
            let mut written = Vec::new();
            time::write(record.time, &mut written);
            assert_eq!(std::str::from_utf8(&written), Ok(ts.as_str()));
            assert_eq!(record.prio.as_deref(), expected["prio"].as_str());
            assert_eq!(Some(record.ec.as_str()), expected["ec"].as_str());
            assert_eq!(serde_json::from_str::<Value>(&record.msg).unwrap(), expected["msg"]);
            assert_eq!(record.raw, line);
            assert_eq!(record.offset_bytes, offset_bytes);
            offset_bytes += line.len() as u64 + 1;
        }
        records += outcome.kept.records.len();
    }
    assert_eq!(records, 20_000);
}

#[test]
fn a_record_in_full() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/ndjson/audibleAlerts_2024-04-15T223000.ndjson.gz");
    let records = decode(&inflated(&path), 1000).kept.records;
    let first = &records[0];
    assert_eq!(
        first.msg,
        concat!(
            r#"{"_name":"fsm","_device":"audibleAlerts","_kind":"Number","_state":"Ok","#,
            r#""timestamp":"2024-04-15T22:30:00.839563+00:00","message":null,"_elements":{"current":{"#,
            r#""name":"current","label":null,"value":null,"format":"%f","min":-1000000.0,"max":1000000.0,"#,
            r#""step":0.01},"target":{"name":"target","label":null,"value":null,"format":"%f","#,
            r#""min":-1000000.0,"max":1000000.0,"step":0.01}}}"#
        )
    );
    assert_eq!(first.time, Time { seconds: 1_713_220_200, nanoseconds: 839_563_000 });
    assert_eq!((first.prio.as_deref(), first.ec.as_str()), (Some("TELM"), "telem_indi_set"));
    assert!(records[1].msg.contains(r#""value":17.709944512239165,"#), "digits stay: {}", records[1].msg);
    let whole =
        records.iter().find(|record| record.raw.starts_with(b"{\"ts\": \"2024-04-15T22:38:21000\"")).unwrap();
    assert_eq!(whole.time, Time { seconds: 1_713_220_701, nanoseconds: 0 });
}

#[test]
fn any_value_is_a_message() {
    for msg in ["null", "1", "-1.5e300", "\"text\"", "[]", "{}", "[1,[2]]", "true", "\"\""] {
        let record = only_record(line(msg));
        assert_eq!(record.msg, msg);
        assert_eq!(record.time, Time { seconds: 1_713_227_900, nanoseconds: 500_000_000 });
    }
    let record = only_record(line(r#"{"a": [NaN, -0.0, 1e400], "b": "\u0041\ud800", "a": -Infinity}"#));
    assert_eq!(record.msg, "{\"b\":\"A\u{fffd}\",\"a\":null}");
}

#[test]
fn members_in_any_order_and_form() {
    for text in [
        r#"{"msg":{"a":1},"ec":"x","prio":"TELM","ts":"2024-04-16T00:38:20Z"}"#,
        r#" {  "ts" : "2024-04-16T00:38:20" ,	"prio" : "TELM" , "ec" : "x" , "msg" : { "a" : 1 } } "#,
        r#"{"\u0074s":"2024-04-16T02:38:20+02:00","prio":"TEL\u004d","ec":"\u0078","msg":{"a":1}}"#,
        r#"{"ts":"2024-04-16T00:38:20","prio":"TELM","ec":"x","msg":{"a":2},"msg":{"a":1}}"#,
        r#"{"ts":1,"ts":"2024-04-16T00:38:20","prio":5,"prio":"TELM","ec":null,"ec":"x","msg":{"a":1}}"#,
        "{\"ts\":\"2024-04-16T00:38:20\",\"prio\":\"TELM\",\"ec\":\"x\",\"msg\":{\"a\":1}}\r\n\r\n \t\r\n\n",
    ] {
        let record = only_record(text);
        assert_eq!(record.msg, r#"{"a":1}"#, "{text}");
        assert_eq!((record.prio.as_deref(), record.ec.as_str()), (Some("TELM"), "x"), "{text}");
        assert_eq!(record.time, Time { seconds: 1_713_227_900, nanoseconds: 0 }, "{text}");
    }
}

#[test]
fn strings_of_the_head_are_plain_text() {
    let text = r#"{"ts":"2024-04-16T00:38:20","prio":"\"\\\n","ec":"é\u0000\u0001\\n\/","msg":0}"#;
    let record = only_record(text);
    assert_eq!((record.prio.as_deref(), record.ec.as_str()), (Some("\"\\\n"), "é\u{fffd}\u{1}\\n/"));
    assert_eq!(only_record(r#"{"ts":"2024-04-16T00:38:20","prio":null,"ec":"","msg":0}"#).prio, None);
    assert_eq!(only_record(r#"{"ts":"2024-04-16T00:38:20","ec":"x","msg":0}"#).prio, None);
    let long = "e".repeat(1 << 20);
    assert_eq!(only_record(format!(r#"{{"ts":"2024-04-16T00:38:20","ec":"{long}","msg":0}}"#)).ec, long);
}

#[test]
fn lines_that_are_no_json() {
    for (text, detail) in [
        ("hello", "no value, at byte 0 of the line"),
        ("\0\0\0\0", "no value, at byte 0 of the line"),
        ("{\"ts\": ", "the line ends too early, at byte 7 of the line"),
        ("{} {}", "text behind the closing brace, at byte 3 of the line"),
        ("1 2", "text behind a value, at byte 2 of the line"),
        ("{\"ec\" 1}", "no colon behind a key, at byte 6 of the line"),
        ("{\"ec\":1 2}", "neither a comma nor a closing brace, at byte 8 of the line"),
        ("{\"ec\":1,}", "no key, at byte 8 of the line"),
        ("{\"ec\":\"\\q\"}", "an escape that JSON does not have, at byte 7 of the line"),
    ] {
        let reject = only_reject(text);
        assert_eq!((reject.reason, reject.detail.as_str()), (Reason::NotJson, detail), "{text}");
    }
    for msg in ["", "01", "{", "nope", "{\"a\":1]", "1}", "1 ] ", "{\"a\" \"b\"}"] {
        assert_eq!(only_reject(line(msg)).reason, Reason::NotJson, "{msg}");
    }
}

#[test]
fn json_that_is_no_record() {
    let long = format!(r#"{{"ts":"{}","ec":"x","msg":0}}"#, "é".repeat(500));
    let shown = format!("`ts` is no time: \"{}...", "é".repeat(39));
    for (text, detail) in [
        ("{}", "there is no `ts`"),
        ("[]", "there is no `ts`"),
        ("null", "there is no `ts`"),
        (r#"{"ec":"x","msg":1}"#, "there is no `ts`"),
        (r#"{"ts":"2024-04-16T00:38:20","msg":1}"#, "there is no `ec`"),
        (r#"{"ts":"2024-04-16T00:38:20","prio":"TELM","ec":"x"}"#, "there is no `msg`"),
        (r#"{"ts":1713227900,"prio":"TELM","ec":"x","msg":1}"#, "`ts` is no time: 1713227900"),
        (r#"{"ts":null,"prio":"TELM","ec":"x","msg":1}"#, "`ts` is no time: null"),
        (
            r#"{"ts":"2024-02-30T00:00:00","prio":"T","ec":"x","msg":1}"#,
            "`ts` is no time: \"2024-02-30T00:00:00\"",
        ),
        (r#"{"ts":"2024-04-16T00:38:20","prio":"TELM","ec":[1, 2],"msg":1}"#, "`ec` is no string: [1,2]"),
        (
            r#"{"ts":"2024-04-16T00:38:20","prio":6,"ec":"x","msg":1}"#,
            "`prio` is neither a string nor null: 6",
        ),
        (
            r#"{"ts":"2024-04-16T00:38:20","prio":"TELM","ec":"x","msg":1,"unit":"mm"}"#,
            "the key \"unit\" is unknown; a record has `ts`, `prio`, `ec` and `msg`",
        ),
        (long.as_str(), shown.as_str()),
    ] {
        let reject = only_reject(text);
        assert_eq!((reject.reason, reject.detail.as_str()), (Reason::NotARecord, detail), "{text}");
    }
}

#[test]
fn a_bad_line_costs_that_line() {
    let good = line("1");
    let text = format!("{good}\nrubbish\n\n{good}\n{{\n{good}");
    let outcome = decode(text.as_bytes(), 7);
    let offsets: Vec<_> = outcome.kept.records.iter().map(|record| record.offset_bytes as usize).collect();
    assert_eq!(offsets, [0, good.len() + 10, 2 * good.len() + 13]);
    let rejects: Vec<_> = outcome.kept.rejects.iter().map(|reject| reject.offset_bytes as usize).collect();
    assert_eq!(rejects, [good.len() + 1, 2 * good.len() + 11]);
    assert_eq!(outcome.final_offset, text.len() as u64, "a whole record needs no newline at the end");
}

#[test]
fn a_tail_is_final_once_it_is_whole() {
    let (first, second) = (line("1") + "\n", line("{\"a\": \"}\"}"));
    for cut in 0..=second.len() {
        let mut kept = Kept::default();
        let mut decoder = Decoder::new(0, &[]);
        decoder.push(first.as_bytes(), &mut kept);
        decoder.push(&second.as_bytes()[..cut], &mut kept);
        decoder.end(&mut kept);
        let is_whole = cut == second.len();
        assert_eq!(kept.records.len(), 1 + usize::from(is_whole), "cut at {cut}");
        let expected = first.len() + if is_whole { cut } else { 0 };
        assert_eq!(decoder.final_offset(), expected as u64);
        // The file grows: by the same decoder, or by one that resumes.
        let mut resumed = Decoder::new(decoder.final_offset(), decoder.history());
        let start = expected - first.len();
        let mut kept_resumed = Kept { records: kept.records.clone(), ..Kept::default() };
        let rest = second.clone() + "\nx\n";
        resumed.push(&rest.as_bytes()[start..], &mut kept_resumed);
        decoder.push(&rest.as_bytes()[cut..], &mut kept);
        for (kept, decoder) in [(kept, decoder), (kept_resumed, resumed)] {
            assert_eq!((kept.records.len(), kept.rejects.len()), (2, 1), "cut at {cut}");
            assert_eq!(decoder.final_offset(), (first.len() + rest.len()) as u64);
        }
    }
}

#[test]
fn a_line_beyond_the_limit_is_one_reject() {
    let good = line("1") + "\n";
    let monster = format!("{{\"ts\":\"{}", "0123456789".repeat(2_000_000));
    let text = format!("{good}{monster}\n{good}");
    for piece_bytes in [128 << 10, 1_000_003, usize::MAX] {
        let outcome = decode(text.as_bytes(), piece_bytes);
        assert_eq!(outcome.kept.records.len(), 2);
        let [reject] = outcome.kept.rejects.as_slice() else { panic!("one reject") };
        assert_eq!((reject.reason, reject.offset_bytes), (Reason::TooLong, good.len() as u64));
        assert_eq!(reject.span, Span::from(monster.as_bytes()));
        assert_eq!(reject.span.head.len(), REJECT_END_BYTES);
    }
    // Without its newline it is a tail, however long.
    let outcome = decode(&text.as_bytes()[..good.len() + monster.len()], 100_000);
    assert_eq!(outcome.kept.rejects, []);
    assert_eq!(outcome.final_offset, good.len() as u64);
    assert_eq!(outcome.history, good.as_bytes());
}

#[test]
fn the_longest_line_is_a_record() {
    let mut text = line(&format!("\"{}\"", "x".repeat(LONGEST_MESSAGE_BYTES)));
    let surplus = text.len() - LONGEST_MESSAGE_BYTES;
    text.replace_range(text.len() - 3 - surplus..text.len() - 3, "");
    assert_eq!(text.len(), LONGEST_MESSAGE_BYTES);
    for end in ["", "\n"] {
        let outcome = decode(format!("{text}{end}").as_bytes(), 128 << 10);
        assert_eq!((outcome.kept.records.len(), outcome.kept.rejects.len()), (1, 0));
        let longer = format!(" {text}{end}");
        let outcome = decode(longer.as_bytes(), 128 << 10);
        assert_eq!((outcome.kept.records.len(), outcome.kept.rejects.len()), (0, end.len()));
        assert_eq!(decode(longer.as_bytes(), usize::MAX), outcome);
    }
}

#[test]
fn nesting_a_hundred_thousand_deep() {
    let msg = "[".repeat(100_000) + &"]".repeat(100_000);
    assert_eq!(only_record(line(&msg)).msg, msg);
}

/// Lines good, bad and blank, with every kind of ending.
fn any_file() -> impl Strategy<Value = Vec<u8>> {
    let msg = prop_oneof![
        Just("{\"a\": [1, NaN], \"a\": \"\\u0041\"}".to_owned()),
        "[0-9]{1,4}",
        "\"[a-z]{0,30}\"",
        "[{}\\[\\]\",:a1]{0,6}",
    ];
    let good = msg.prop_map(|msg| line(&msg).into_bytes());
    let shuffled = Just(br#"{"msg":1,"ec":"x","ts":"2024-04-16T00:38:20000"}"#.to_vec());
    let noise = proptest::collection::vec(any::<u8>(), 0..20);
    let lines = prop_oneof![4 => good, 1 => shuffled, 1 => noise, 1 => Just(b" \r".to_vec())];
    let ended = (lines, prop_oneof![6 => Just("\n"), 1 => Just("\r\n"), 1 => Just("")])
        .prop_map(|(line, end)| [line.as_slice(), end.as_bytes()].concat());
    proptest::collection::vec(ended, 0..8).prop_map(|lines| lines.concat())
}

proptest! {
    #[test]
    fn pieces_of_any_size_give_what_the_whole_gives(file in any_file(), piece_bytes in 1usize..200) {
        prop_assert_eq!(decode(&file, piece_bytes), decode(&file, usize::MAX));
    }

    #[test]
    fn every_byte_is_accounted_for(file in any_file()) {
        let outcome = decode(&file, usize::MAX);
        let mut spans: Vec<_> = outcome.kept.records.iter().map(|r| (r.offset_bytes, r.raw.clone())).collect();
        spans.extend(outcome.kept.rejects.iter().map(|r| (r.offset_bytes, r.span.head.clone())));
        spans.sort();
        let mut at = 0;
        for (offset, raw) in spans {
            let start = offset as usize;
            prop_assert!(file[at..start].iter().all(u8::is_ascii_whitespace));
            prop_assert_eq!(&file[start..start + raw.len()], raw.as_slice());
            at = start + raw.len();
        }
        let end = outcome.final_offset as usize;
        prop_assert!(file[at..end].iter().all(u8::is_ascii_whitespace));
        prop_assert!(!file[end..].contains(&b'\n'), "the tail is one line");
    }

    #[test]
    fn resuming_anywhere_final_gives_the_rest(file in any_file(), cut in 0usize..400) {
        let cut = cut.min(file.len());
        let mut kept = Kept::default();
        let mut decoder = Decoder::new(0, &[]);
        decoder.push(&file[..cut], &mut kept);
        let start = decoder.final_offset();
        let mut resumed = Decoder::new(start, decoder.history());
        resumed.push(&file[start as usize..], &mut kept);
        resumed.end(&mut kept);
        kept.text.clear();
        prop_assert_eq!(kept, decode(&file, usize::MAX).kept);
    }
}

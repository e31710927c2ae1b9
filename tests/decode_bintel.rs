//! `.bintel` files made by the instrument's own code, whole, old, damaged and growing, through the library.

#[path = "support/check_dump.rs"]
mod check_dump;
#[path = "support/decoded.rs"]
mod decoded;

use check_dump::{Actual, Layouts};
use decoded::{Decoded, Event, corpus, decode, read, resume, ts};
use std::ops::RangeInclusive;
use std::sync::{Arc, LazyLock};
use xtelemdb::decode::catalogue::Catalogue;
use xtelemdb::record::Reason;

const EVENTS: &str = include_str!("../src/decode/events.toml");

fn catalogue() -> &'static Arc<Catalogue> {
    static CATALOGUE: LazyLock<Arc<Catalogue>> = LazyLock::new(|| Arc::new(Catalogue::builtin()));
    &CATALOGUE
}

/// Names of the corpus's `.bintel` files in a folder, without what follows the first dot.
fn names(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(corpus(folder)).expect("a folder of the corpus");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a plain name"))
        .filter(|name| name.contains(".bintel"))
        .map(|name| format!("{folder}/{}", name.split('.').next().unwrap_or_default()))
        .collect();
    names.sort();
    names
}

fn hostile(name: &str) -> Vec<u8> {
    read(&format!("hostile/{name}.bintel"))
}

/// Sound records that all have a plausible header.
fn sound_records(count: usize) -> Vec<Vec<u8>> {
    let events = decode(catalogue(), &read("mixed.bintel"), &[]).events;
    let plausible = |raw: &[u8]| matches!(raw[0], 0..=8 | 64) && raw.len() < 250;
    let records = events.into_iter().filter_map(|event| match event {
        Event::Record { raw, time, .. } if plausible(&raw) && time.seconds > 0 => Some(raw),
        _ => None,
    });
    let records: Vec<_> = records.take(count).collect();
    assert_eq!(records.len(), count);
    records
}

#[test]
fn every_type_agrees_with_the_instruments_own_dump() {
    let layouts = Layouts::new(EVENTS);
    let mut files = names("types");
    assert_eq!(files.len(), 51);
    files.push("mixed".to_owned());
    for name in files {
        let decoded = decode(catalogue(), &read(&format!("{name}.bintel")), &[]);
        let expected = String::from_utf8(read(&format!("{name}.jsonl"))).expect("UTF-8");
        assert_eq!((decoded.rejected(), decoded.tail_bytes), (0, 0), "{name}");
        let actual = decoded.events.into_iter().filter_map(|event| match event {
            Event::Record { time, prio, ec, msg, .. } => Some(Actual { ts: ts(time), prio, ec, msg }),
            Event::Reject { .. } => None,
        });
        let actual: Vec<Actual> = actual.collect();
        assert!(actual.len() >= expected.lines().count());
        let differences = layouts.differences(&expected, &actual);
        assert!(differences.is_empty(), "{name}: {}", differences.join("\n"));
    }
}

#[test]
fn the_comparison_itself_can_fail() {
    let layouts = Layouts::new(EVENTS);
    let line = r#"{"ts": "T", "prio": "TELM", "ec": "telem_position", "msg": {"pos": 0.000001}}"#;
    let differ = |msg: &str, ts: &str| {
        let (prio, ec) = ("TELM".to_owned(), "telem_position".to_owned());
        layouts.differences(line, &[Actual { ts: ts.to_owned(), prio, ec, msg: msg.to_owned() }]).len()
    };
    assert_eq!(differ(r#"{"pos":9.999999e-7}"#, "T"), 0);
    assert_eq!(differ(r#"{"pos":2e-7}"#, "T"), 1);
    assert_eq!(differ(r#"{"pos":null}"#, "T"), 1);
    assert_eq!(differ(r#"{}"#, "T"), 1);
    assert_eq!(differ(r#"{"pos":1e-6}"#, "U"), 1);
    assert_eq!(layouts.differences(line, &[]).len(), 1);
}

#[test]
fn older_layouts_decode_exactly() {
    let files = names("legacy");
    assert_eq!(files.len(), 12);
    for name in files {
        let decoded = decode(catalogue(), &read(&format!("{name}.bintel")), &[]);
        assert_eq!((decoded.rejected(), decoded.tail_bytes), (0, 0), "{name}");
        let lines = decoded.events.iter().map(|event| match event {
            Event::Record { time, prio, ec, msg, .. } => {
                format!("{{\"ts\":\"{}\",\"prio\":\"{prio}\",\"ec\":\"{ec}\",\"msg\":{msg}}}\n", ts(*time))
            }
            Event::Reject { .. } => "reject\n".to_owned(),
        });
        let expected = String::from_utf8(read(&format!("{name}.exact.ndjson"))).expect("UTF-8");
        assert_eq!(lines.collect::<String>(), expected, "{name}");
    }
}

#[test]
fn in_an_ambiguous_era_the_layout_tells_itself() {
    // Records in today's layout, dated into the window in which the older one occurs beside it.
    for (name, second) in [("types/telem_fxngen", 1_672_531_200u32), ("types/telem_loopgain", 1_669_720_000)]
    {
        let mut file = read(&format!("{name}.bintel"));
        let today = decode(catalogue(), &file, &[]);
        for event in &today.events {
            let at = event.span().0 as usize;
            file[at + 3..at + 7].copy_from_slice(&second.to_le_bytes());
        }
        let dated = decode(catalogue(), &file, &[]);
        assert_eq!((dated.good(), dated.rejected()), (40, 0), "{name}");
        let texts = |decoded: &Decoded| -> Vec<_> {
            let text = |event: &Event| match event {
                Event::Record { ec, msg, .. } => (ec.clone(), msg.clone()),
                Event::Reject { .. } => Default::default(),
            };
            decoded.events.iter().map(text).collect()
        };
        assert!(texts(&dated) == texts(&today), "{name}");
    }
}

/// File, records recovered, spans set aside, and whether the file ends inside a record.
type Row = (&'static str, RangeInclusive<usize>, RangeInclusive<usize>, Option<bool>);

const ANY: RangeInclusive<usize> = 0..=usize::MAX;
const CUT: Option<bool> = Some(true);
const WHOLE: Option<bool> = Some(false);

const HOSTILE: &[Row] = &[
    ("empty", 0..=0, 0..=0, WHOLE),
    ("trunc_first_header", 0..=0, 0..=0, CUT),
    ("trunc_header_1byte", 6..=6, 0..=0, CUT),
    ("trunc_mid_header", 6..=6, 0..=0, CUT),
    ("trunc_only_header", 6..=6, 0..=0, CUT),
    ("trunc_mid_message", 6..=6, 0..=0, CUT),
    ("trunc_mid_message_254", 6..=6, 0..=0, CUT),
    ("trunc_in_len1", 6..=6, 0..=0, CUT),
    ("trunc_mid_message_short", 4..=4, 0..=0, CUT),
    ("unknown_code_mid", 12..=12, 1..=1, WHOLE),
    ("unknown_code_removed_826", 6..=6, 1..=1, WHOLE),
    ("fb_bad_root", 11..=11, 1..=1, WHOLE),
    ("fb_bad_vtable_soffset", 11..=11, 1..=1, WHOLE),
    ("fb_bad_field_offset", 11..=11, 1..=1, WHOLE),
    ("fb_bad_vtable_size", 11..=11, 1..=1, WHOLE),
    ("fb_bad_string_offset", 11..=11, 1..=1, WHOLE),
    ("fb_bad_string_len", 11..=11, 1..=1, WHOLE),
    ("fb_misaligned_field", 11..=11, 1..=1, WHOLE),
    ("fb_string_no_nul", 11..=11, 1..=1, WHOLE),
    ("fb_zero_len", 6..=6, 1..=1, WHOLE),
    ("empty_log_with_body", 6..=6, 1..=1, WHOLE),
    ("user_log_msg_bad_offset", 4..=4, 1..=1, WHOLE),
    ("user_log_msg_shortlen", 4..=4, 1..=1, WHOLE),
    ("observer_nonprintable", 7..=7, 0..=0, WHOLE),
    ("len_huge_u64", 6..=6, 1..=1, WHOLE),
    ("len_1TiB", 6..=6, 1..=1, WHOLE),
    ("len_2p62", 6..=6, 1..=1, WHOLE),
    ("len_past_eof", 6..=6, 1..=1, WHOLE),
    ("garbage_mid", 12..=12, 1..=1, WHOLE),
    ("garbage", 0..=0, ANY, None),
    ("garbage_text", 0..=0, ANY, None),
    ("zeros", 0..=0, ANY, None),
    ("ok_len_boundaries", 10..=10, 0..=0, WHOLE),
    ("ok_noncanonical_len", 6..=6, 0..=0, WHOLE),
    ("ok_ns_odd", 10..=10, 0..=0, WHOLE),
    ("ok_prio127_bad_body", 4..=4, 1..=1, WHOLE),
    ("ok_prio127_skipped", 19..=19, 0..=0, WHOLE),
    ("ok_unknown_extra_fields_trailing", 5..=5, 0..=0, WHOLE),
    ("ok_wrong_type_same_layout", 5..=5, 0..=0, WHOLE),
];

#[test]
fn damage_costs_what_the_table_says() {
    let mut files: Vec<_> = HOSTILE.iter().map(|row| format!("hostile/{}", row.0)).collect();
    files.sort();
    assert_eq!(files, names("hostile"), "the table names every file");
    for (name, good, rejected, tail) in HOSTILE {
        let file = hostile(name);
        let decoded = decode(catalogue(), &file, &[]);
        decoded.assert_covers(&file);
        let (g, r, t) = (decoded.good(), decoded.rejected(), decoded.tail_bytes);
        assert!(good.contains(&g) && rejected.contains(&r), "{name}: {g} good, {r} rejected");
        assert!(tail.is_none_or(|tail| tail == (t > 0)), "{name}: a tail of {t} bytes");
    }
}

#[test]
fn pieces_of_any_size_give_what_decoding_at_once_gives() {
    for (name, ..) in HOSTILE.iter().filter(|row| row.0 != "ok_len_boundaries") {
        let file = hostile(name);
        let at_once = decode(catalogue(), &file, &[]);
        for size in (1..40).chain([61, 251, 1021]) {
            assert!(decode(catalogue(), &file, &[size]) == at_once, "{name} in pieces of {size}");
        }
    }
}

#[test]
fn a_file_that_grew_after_it_was_loaded_ends_as_if_loaded_at_once() {
    for (name, ..) in HOSTILE.iter().filter(|row| row.0 != "ok_len_boundaries") {
        let file = hostile(name);
        let at_once = decode(catalogue(), &file, &[]);
        let mut step_by_step = Decoded::default();
        for length in 0..=file.len() {
            let grown = &file[..length];
            step_by_step = resume(catalogue(), step_by_step, grown, &[]);
            step_by_step.assert_covers(grown);
            let at_prefix = decode(catalogue(), grown, &[]);
            let resumed = resume(catalogue(), at_prefix, &file, &[]);
            assert!(resumed == at_once, "{name} after {length} bytes: {resumed:?} instead of {at_once:?}");
        }
        assert!(step_by_step == at_once, "{name} byte by byte");
    }
}

#[test]
fn a_long_record_that_is_being_written_waits_in_the_tail() {
    // Its length points past the end for a long time, exactly as a damaged one does.
    let file = hostile("ok_len_boundaries");
    let at_once = decode(catalogue(), &file, &[]);
    let mut growing = Decoded::default();
    for length in (0..file.len()).step_by(4093).chain([file.len()]) {
        growing = resume(catalogue(), growing, &file[..length], &[]);
        assert_eq!(growing.rejected(), 0, "at {length} bytes");
        assert!(at_once.events.starts_with(&growing.events), "at {length} bytes");
    }
    assert!(growing == at_once);
}

#[test]
fn a_flipped_length_costs_no_more_than_the_record_and_what_it_cuts() {
    let records = sound_records(24);
    let sound: Vec<u8> = records.concat();
    let all = decode(catalogue(), &sound, &[]);
    assert_eq!(all.good(), records.len());
    for victim in 0..records.len() {
        let at = all.events[victim].span().0 as usize;
        for length in 0..254 {
            let mut file = sound.clone();
            file[at + 11] = length;
            let decoded = decode(catalogue(), &file, &[]);
            decoded.assert_covers(&file);
            let lost = all.events.iter().enumerate();
            let lost: Vec<usize> =
                lost.filter(|(_, e)| !decoded.events.contains(e)).map(|(index, _)| index).collect();
            // A few bytes too many pass for padding and take the start of the next record with them.
            let allowed = [victim, victim + 1];
            let in_tail = decoded.tail_bytes > 0 && victim + 4 > records.len();
            assert!(
                lost.iter().all(|index| allowed.contains(index)) || in_tail,
                "record {victim} with a length of {length}: lost {lost:?}, tail {}",
                decoded.tail_bytes
            );
        }
    }
}

#[test]
fn zeros_behind_sound_records_are_a_tail_until_records_follow() {
    let records = sound_records(6);
    let mut file = records[..3].concat();
    let sound_bytes = file.len() as u64;
    file.extend_from_slice(&[0; 5000]);
    let before = decode(catalogue(), &file, &[512]);
    assert_eq!((before.good(), before.rejected(), before.tail_bytes), (3, 0, 5000));
    assert_eq!(before.final_offset, sound_bytes);

    file.extend_from_slice(&records[3..].concat());
    let after = resume(catalogue(), before, &file, &[512]);
    after.assert_covers(&file);
    assert_eq!((after.good(), after.rejected(), after.tail_bytes), (6, 1, 0));
    let span = Event::Reject { offset_bytes: sound_bytes, length_bytes: 5000, reason: Reason::NoRecord };
    assert!(after.events.contains(&span));
}

#[test]
fn a_file_of_nothing_but_one_unknown_code_is_all_rejects_and_loads_once_the_code_is_known() {
    let mut file = Vec::new();
    for mut record in sound_records(9) {
        record[1..3].copy_from_slice(&20_999u16.to_le_bytes());
        file.extend_from_slice(&record);
    }
    let decoded = decode(catalogue(), &file, &[]);
    decoded.assert_covers(&file);
    assert_eq!((decoded.good(), decoded.rejected(), decoded.tail_bytes), (0, 9, 0));
    let is_unknown =
        |event: &Event| matches!(event, Event::Reject { reason: Reason::UnknownCode(20_999), .. });
    assert!(decoded.events.iter().all(is_unknown));

    let now =
        Catalogue::with_additions("[[event]]\ncode = 20999\nec = \"new \\\"one\\\"\"\nfields = []").unwrap();
    let mut sink = decoded::Keep::default();
    for event in &decoded.events {
        let (start, end) = event.span();
        let raw = &file[start as usize..end as usize];
        // Events without a message stay what they are: no FlatBuffer.
        let expected = raw.len() > 12;
        assert_eq!(xtelemdb::decode::bintel::decode_one(&now, raw, &mut sink), expected);
        assert!(!xtelemdb::decode::bintel::decode_one(&now, &raw[..raw.len() - 1], &mut sink));
        assert!(!xtelemdb::decode::bintel::decode_one(&Catalogue::builtin(), raw, &mut sink));
    }
    assert!(sink.events.iter().any(|event| matches!(event, Event::Record { msg, .. } if msg == "{}")));
}

use super::client::{Inbox, Query};
use super::properties::vectors;
use super::wire::Wire;
use super::*;
use crate::limits::{INDI_ELEMENT_BYTES, INDI_READ_BYTES};
use proptest::prelude::*;
use std::time::{Duration, UNIX_EPOCH};

fn query(device: &str, name: &str) -> Query {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Query { device: some(device), name: some(name) }
}

fn asked(text: &str) -> Vec<Query> {
    Inbox::default().push(text.as_bytes())
}

#[test]
fn questions_are_understood() {
    for (text, queries) in [
        ("<getProperties version=\"1.7\"/>", vec![query("", "")]),
        ("<getProperties version='1.7' device='a' />\n", vec![query("a", "")]),
        ("<getProperties device=\"a\" name='b'></getProperties>", vec![query("a", "b")]),
        ("<?xml version='1.0'?> <!-- hi --> <getProperties device='a&amp;&lt;b'/>", vec![query("a&<b", "")]),
        ("<getProperties device='a'/><getProperties device='b'/>", vec![query("a", ""), query("b", "")]),
        (
            "<newNumberVector device='a' name='n'><oneNumber name='x'>1</oneNumber></newNumberVector>\
             <enableBLOB>Never</enableBLOB><getProperties device='c'/>",
            vec![query("c", "")],
        ),
        ("<getPropertiesX device='a'/><getproperties/>", vec![]),
        ("", vec![]),
    ] {
        assert_eq!(asked(text), queries, "{text}");
    }
}

#[test]
fn what_is_broken_costs_nothing_behind_it() {
    for broken in [
        "<",
        "<<<<<",
        "</getProperties>",
        "<getProperties version=\"1.7",
        "<getProperties device='a' device='b'/>",
        "<getProperties device='&nonsense;'/>",
        "<getProperties device=>",
        "<newTextVector device='a'><oneText name='b'>never closed",
        "<newTextVector device='a'></oneText></newTextVector>",
        "<newTextVector><![CDATA[",
        "<!-- never closed ",
        "<!DOCTYPE x [ <!ENTITY y 'z'> ",
        "\0\x01\x7f binary \u{feff}",
        "<newBLOBVector",
    ] {
        let text = format!("{broken}<getProperties device='a' name='b'/>");
        assert_eq!(asked(&text).last(), Some(&query("a", "b")), "{broken}");
        let mut inbox = Inbox::default();
        let one_by_one: Vec<Query> = text.bytes().flat_map(|byte| inbox.push(&[byte])).collect();
        assert_eq!(one_by_one.last(), Some(&query("a", "b")), "{broken}, byte by byte");
        assert_eq!(inbox.held_bytes(), 0, "{broken}");
    }
}

#[test]
fn what_never_ends_is_held_up_to_a_bound() {
    for (start, more) in [
        ("<newTextVector device='a'>", "<oneText name='b'>x</oneText>"),
        ("<getProperties device='", "x"),
        ("", "no element at all "),
        ("", "<unknown>"),
        ("", "<newTextVector><oneText>"),
        ("", "<"),
    ] {
        let mut inbox = Inbox::default();
        inbox.push(start.as_bytes());
        let more = more.repeat(INDI_READ_BYTES / more.len());
        for _ in 0..200 {
            assert_eq!(inbox.push(more.as_bytes()), []);
            let held_bytes = inbox.held_bytes();
            assert!(held_bytes <= INDI_ELEMENT_BYTES, "{start}{}: {held_bytes}", &more[..9]);
        }
        let queries = inbox.push(b"'>\"><getProperties name='n'/>");
        assert_eq!(queries.last(), Some(&query("", "n")), "{start}{}", &more[..9]);
    }
}

proptest! {
    #[test]
    fn any_bytes_are_borne(pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 0..20)) {
        let mut inbox = Inbox::default();
        for piece in &pieces {
            inbox.push(piece);
            prop_assert!(inbox.held_bytes() <= INDI_ELEMENT_BYTES);
        }
    }

    #[test]
    fn pieces_of_any_size_mean_the_same(cuts in prop::collection::vec(1_usize..40, 1..20)) {
        let text = "<getProperties version='1.7'/><newSwitchVector device='x' name='y'><oneSwitch name='z'>On\
                    </oneSwitch></newSwitchVector> <getProperties device='a' name='b'/><bro<ken <getProperties name='c'/>";
        let mut inbox = Inbox::default();
        let mut found = Vec::new();
        let mut rest = text.as_bytes();
        for cut in cuts.into_iter().cycle() {
            let (piece, behind) = rest.split_at(cut.min(rest.len()));
            found.extend(inbox.push(piece));
            rest = behind;
            if rest.is_empty() {
                break;
            }
        }
        prop_assert_eq!(found, vec![query("", ""), query("a", "b"), query("", "c")]);
    }
}

fn report() -> Report {
    Report {
        last_update: Some(1_713_812_803.25),
        records_per_sec: 2000.04,
        records_since_startup: 123_456_789_012,
        lag_s: 0.0312,
        lag_bytes: 42,
        database: Light::Busy,
        database_text: "waits for \"aoc\"\n& <more>".into(),
        errors: 3,
    }
}

#[test]
fn properties_are_written_as_indi_wants_them() {
    let wire = Wire { device: "dbIngestAOC".into() };
    let now = UNIX_EPOCH + Duration::from_millis(1_713_812_803_250);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let all = vectors(&report());
    assert_eq!(
        text(wire.define(&all[0], now)),
        "<defNumberVector device=\"dbIngestAOC\" name=\"last_update\" state=\"Ok\" label=\"Last record committed\" \
         group=\"Ingest\" perm=\"ro\" timeout=\"0\" timestamp=\"2024-04-22T19:06:43.250\">\
         <defNumber name=\"timestamp\" label=\"Seconds since 1970 UTC\" format=\"%.3f\" min=\"0\" max=\"0\" step=\"0\">\
         1713812803.250</defNumber></defNumberVector>\n"
    );
    assert_eq!(
        text(wire.set(&all[1], now)),
        "<setNumberVector device=\"dbIngestAOC\" name=\"records\" state=\"Ok\" timestamp=\"2024-04-22T19:06:43.250\">\
         <oneNumber name=\"per_sec\">2000.0</oneNumber><oneNumber name=\"since_startup\">123456789012</oneNumber>\
         </setNumberVector>\n"
    );
    assert_eq!(
        text(wire.define(&all[3], now)),
        "<defLightVector device=\"dbIngestAOC\" name=\"database\" state=\"Busy\" label=\"Database\" group=\"Ingest\" \
         timestamp=\"2024-04-22T19:06:43.250\" message=\"waits for &quot;aoc&quot;\\n&amp; &lt;more&gt;\">\
         <defLight name=\"status\" label=\"Status\">Busy</defLight></defLightVector>\n"
    );
    assert_eq!(
        text(wire.farewell(now)),
        "<delProperty device=\"dbIngestAOC\" timestamp=\"2024-04-22T19:06:43.250\"/>\n"
    );
    let long = text(wire.message(&"é".repeat(2000), now));
    assert!(long.len() < 1200 && long.ends_with("é...\"/>\n"), "{long}");
    // What was told before looks the same when nothing has changed.
    assert_eq!(vectors(&report()), all);
}

#[test]
fn numbers_that_are_none_do_not_get_out() {
    let odd = Report { lag_s: f64::INFINITY, records_per_sec: f64::NAN, ..Report::default() };
    let values: Vec<String> =
        vectors(&odd).into_iter().flat_map(|vector| vector.elements).map(|element| element.value).collect();
    assert_eq!(values, ["0.000", "0.0", "0", "0.000", "0", "Idle", "0"]);
}

#[test]
fn names_of_devices() {
    for fine in ["dbIngestAOC", "a", "A_b-9", &"n".repeat(64)] {
        assert!(check_name(fine).is_ok(), "{fine}");
    }
    for odd in ["", "a/b", "../a", "a.b", "a b", "é", "a\n", &"n".repeat(65)] {
        assert!(check_name(odd).is_err(), "{odd}");
    }
}

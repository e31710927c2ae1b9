//! What stands in lines.

use super::support::make::lines;
use super::support::rows::value;
use super::support::site::{Report, Site};
use super::{TRICKS, assert_harmless};

const NDJSON: &str = "dev_2024-04-16T000000.ndjson";

/// A line with these members, all of them JSON.
fn line(ts: &str, prio: &str, ec: &str, msg: &str) -> Vec<u8> {
    format!("{{\"ts\": {ts}, \"prio\": {prio}, \"ec\": {ec}, \"msg\": {msg}}}").into_bytes()
}

/// A line with a message, at a second of its own.
fn message(number: usize, msg: &[u8]) -> Vec<u8> {
    let start = format!("{{\"ts\": \"2024-04-17T00:00:00.{number:09}\", \"ec\": \"hostile\", \"msg\": ");
    [start.as_bytes(), msg, b"}"].concat()
}

fn text(text: &str) -> String {
    serde_json::to_string(text).expect("JSON")
}

/// Loads sound records with these lines between them. All sound ones are there, each other is a row or a reject with its
/// bytes, and a second run does nothing. Returns what was rejected, by reason and index.
#[track_caller]
fn load(site: &Site, hostile: &[Vec<u8>]) -> Vec<(String, usize)> {
    let mut content = lines(0..1).into_bytes();
    for (index, line) in hostile.iter().enumerate() {
        content.extend_from_slice(line);
        content.push(b'\n');
        let number = index as u32 + 1;
        content.extend_from_slice(lines(number..number + 1).as_bytes());
    }
    site.write(NDJSON, content);
    site.inventory();
    let output = site.run("ingest", &["-v"]).expect_code_of(&[0, 3]);
    assert_harmless(&output);
    let is_partly = output.code == 3;
    let report = Report::of(output);
    let count = hostile.len() as i64;
    assert_eq!(
        site.number("SELECT count(*) FROM public.telem WHERE ec = 'telem_x'"),
        count + 1,
        "sound ones"
    );
    assert_eq!(report.count("records_read"), 2 * count + 1, "{}", report.summary);
    assert_eq!(report.count("records_rejected") > 0, is_partly);
    assert_eq!(site.number("SELECT count(*) FROM xtelemdb.rejects"), report.count("records_rejected"));
    assert_eq!(site.number("SELECT tail_bytes FROM xtelemdb.ledger"), 0);
    site.assert_rejects_are_accounted_for();
    assert_eq!(site.ingest(0).count("files_read"), 0);
    let kept = "SELECT reason, detail, span FROM xtelemdb.rejects ORDER BY offset_bytes";
    let rows = site.database.client().query(kept, &[]).expect("rejects");
    let place = |span: Vec<u8>| hostile.iter().position(|line| *line == span).expect("the bytes of a line");
    rows.iter()
        .map(|row| {
            assert!(!row.get::<_, String>(1).is_empty(), "in words");
            (row.get(0), place(row.get(2)))
        })
        .collect()
}

#[test]
fn tricks_in_every_member() {
    let site = Site::new();
    let ts = |n: usize| format!("\"2024-04-17T00:00:00.{n:09}\"");
    let mut hostile = Vec::new();
    for (n, trick) in TRICKS.iter().enumerate() {
        let trick = text(trick);
        hostile.push(line(&ts(n), "null", "\"e\"", &trick));
        hostile.push(line(&ts(n), &trick, &trick, &format!("{{{trick}: {trick}}}")));
    }
    assert_eq!(load(&site, &hostile), []);
    let mut client = site.database.client();
    for trick in TRICKS {
        // As a value, and in all places at once.
        let found = "SELECT (SELECT count(*) FROM public.telem WHERE ec = 'e' AND msg #>> '{}' = $1)
            + (SELECT count(*) FROM public.telem WHERE ec = $1 AND prio = $1 AND msg ->> $1 = $1)";
        assert_eq!(client.query_one(found, &[&trick]).expect(trick).get::<_, i64>(0), 2, "{trick:?}");
    }
    // As times, keys and lines they are no records.
    let site = Site::new();
    let mut hostile = Vec::new();
    for trick in TRICKS {
        hostile.push(line(&text(trick), "null", "\"e\"", "1"));
        hostile.push(
            format!("{{{}: 1, \"ts\": \"2024-04-17T00:00:00\", \"ec\": \"e\", \"msg\": 1}}", text(trick))
                .into(),
        );
        hostile.push(trick.as_bytes().to_vec());
    }
    let rejected = load(&site, &hostile);
    let expected =
        (0..hostile.len()).map(|n| (["not_a_record", "not_a_record", "not_json"][n % 3].to_owned(), n));
    assert_eq!(rejected, expected.collect::<Vec<_>>());
}

#[test]
fn dates_at_and_beyond_every_border() {
    let site = Site::new();
    let loaded = [
        ("2106-02-07T06:28:15.999999999", "2106-02-07 06:28:15.999999+00|999"),
        ("9999-12-31T23:59:59.999999999-23:59", "10000-01-01 23:58:59.999999+00|999"),
        ("0001-01-01T00:00:00+23:59", "0001-12-31 00:01:00+00 BC|0"),
        ("0000-01-01T00:00:00+00:01", "0002-12-31 23:59:00+00 BC|0"),
        ("1969-12-31T23:59:60", "1970-01-01 00:00:00+00|0"),
    ];
    let rejected = [
        "294277-01-09T04:00:54.775807",
        "10000-01-01T00:00:00",
        "-4713-11-24T00:00:00",
        "4714-11-24T00:00:00 BC",
        "99999999999999999999-01-01T00:00:00",
        "infinity",
        "-infinity",
        "epoch",
        "now",
        "2024-02-30T00:00:00",
        "2024-04-17T00:00:00.4294967295",
        "2024-04-17T00:00:00+167:59",
        "1713312000",
        "",
    ];
    let dates = loaded.iter().map(|(ts, _)| *ts).chain(rejected);
    let mut hostile: Vec<Vec<u8>> = dates.map(|ts| line(&text(ts), "null", "\"e\"", "1")).collect();
    for ts in ["1713312000", "1e300", "null", "[]", "{}", "true"] {
        hostile.push(line(ts, "null", "\"e\"", "1"));
    }
    let found = load(&site, &hostile);
    let expected: Vec<_> = (loaded.len()..hostile.len()).map(|n| ("not_a_record".to_owned(), n)).collect();
    assert_eq!(found, expected);
    let mut rows: Vec<&str> = loaded.iter().map(|(_, row)| *row).collect();
    rows.sort_unstable();
    let query =
        "SELECT ts, ts_ns FROM public.telem WHERE ec = 'e' ORDER BY (ts::text || '|' || ts_ns) COLLATE \"C\"";
    assert_eq!(site.texts(query), rows);
}

#[test]
fn numbers_beyond_every_border_are_exact_or_set_aside() {
    let site = Site::new();
    let numbers = [
        "7".repeat(100_000),
        format!("-{}", "7".repeat(131_072)),
        "7".repeat(131_073),
        format!("0.{}", "7".repeat(16_383)),
        format!("0.{}", "7".repeat(16_384)),
        format!("0.{}", "7".repeat(100_000)),
        format!("{}.{}", "7".repeat(100_000), "7".repeat(10_000)),
        "1e131071".to_owned(),
        "1e131072".to_owned(),
        "1e-16383".to_owned(),
        "1e-16384".to_owned(),
        "1e99999999999999999999".to_owned(),
        "-1e-99999999999999999999".to_owned(),
        format!("1e{}", "9".repeat(100_000)),
        format!("0e{}", "9".repeat(100_000)),
        format!("1{}e-100000", "0".repeat(100_000)),
        "-0".to_owned(),
        "9007199254740993".to_owned(),
        "18446744073709551616".to_owned(),
    ];
    let hostile: Vec<Vec<u8>> =
        numbers.iter().enumerate().map(|(n, number)| message(n, number.as_bytes())).collect();
    let rejected = load(&site, &hostile);
    assert!(rejected.iter().all(|(reason, _)| reason == "refused"), "{rejected:?}");
    let indices: Vec<usize> = rejected.iter().map(|(_, index)| *index).collect();
    let loaded =
        "SELECT (extract(microseconds FROM ts)::int * 1000 + ts_ns)::int, msg::text FROM public.telem
        WHERE ec = 'hostile'";
    let rows = site.database.client().query(loaded, &[]).expect("rows");
    assert_eq!(rows.len() + rejected.len(), numbers.len());
    for row in rows {
        let (index, stored): (i32, String) = (row.get(0), row.get(1));
        let put_in = &numbers[index as usize];
        assert!(value(&stored) == value(put_in), "number {index}: {put_in:.60} became {stored:.60}");
    }
    // The server's numbers have at most 131,072 digits before the point and 16,383 behind it.
    assert_eq!(indices, [2, 4, 5, 8, 10, 11, 12, 13, 14, 15]);
}

#[test]
fn strings_that_are_no_text() {
    let site = Site::new();
    let strings: [(&[u8], &str); 9] = [
        (br#""\u0000a\u0000""#, "\u{fffd}a\u{fffd}"),
        (b"\"raw \0 and \x01\"", "raw \u{fffd} and \x01"),
        (br#""\ud800""#, "\u{fffd}"),
        (br#""\udc00\ud800""#, "\u{fffd}\u{fffd}"),
        (br#""\ud83d\ude00\ud83d""#, "\u{1f600}\u{fffd}"),
        (b"\"\xff\xfe\"", "\u{fffd}\u{fffd}"),
        (b"\"\xed\xa0\x80\"", "\u{fffd}\u{fffd}\u{fffd}"),
        (b"\"\xf4\x90\x80\x80 \xc0\xaf\"", "\u{fffd}\u{fffd}\u{fffd}\u{fffd} \u{fffd}\u{fffd}"),
        (br#""\\u0000 \\x00""#, r"\u0000 \x00"),
    ];
    let hostile: Vec<Vec<u8>> = strings
        .iter()
        .enumerate()
        .map(|(n, (json, _))| message(n, &[b"[", *json, b", {", *json, b": 1}]"].concat()))
        .collect();
    assert_eq!(load(&site, &hostile), []);
    let stored = "SELECT msg ->> 0, (SELECT jsonb_object_keys(msg -> 1)) FROM public.telem WHERE ec = 'hostile' ORDER BY ts, ts_ns";
    let rows = site.database.client().query(stored, &[]).expect("rows");
    for (row, (json, expected)) in rows.iter().zip(strings) {
        let found: (String, String) = (row.get(0), row.get(1));
        assert_eq!(found, (expected.to_owned(), expected.to_owned()), "{}", json.escape_ascii());
    }
}

#[test]
fn depths_and_sizes_that_strain_the_server() {
    let site = Site::new();
    let nested = |open: &str, close: &str, depth: usize| open.repeat(depth) + "1" + &close.repeat(depth);
    let members = |count: usize| {
        let members: Vec<String> = (0..count).map(|n| format!("\"{n}\":{n}")).collect();
        format!("{{{}}}", members.join(","))
    };
    let million = 1 << 20;
    let messages = [
        nested("[", "]", 1000),
        nested("[", "]", 100_000),
        nested("{\"a\":", "}", 100_000),
        nested("[", "]", 2 * million),
        format!("[{}1]", "1,".repeat(3 * million)),
        format!("[{}[]]", "[],".repeat(2 * million)),
        members(400_000),
        format!("{{{}\"b\": 2}}", "\"a\": 1,".repeat(million)),
        format!("\"{}\"", "x".repeat(8_000_000)),
        format!("{{\"{}\": 1}}", "k".repeat(8_000_000)),
        format!("\"{}\"", "\\u0000".repeat(million)),
        format!("\"{}\"", "\u{1}".repeat(8_000_000)),
    ];
    let hostile: Vec<Vec<u8>> =
        messages.iter().enumerate().map(|(n, msg)| message(n, msg.as_bytes())).collect();
    let rejected = load(&site, &hostile);
    // Only what is nested deeper than the server's stack.
    let expected: Vec<_> = [1, 2, 3].map(|index| ("refused".to_owned(), index)).into();
    assert_eq!(rejected, expected);
    let lengths = "SELECT CASE jsonb_typeof(msg) WHEN 'array' THEN jsonb_array_length(msg)
            WHEN 'string' THEN length(msg #>> '{}') ELSE (SELECT count(*) FROM jsonb_object_keys(msg)) END
        FROM public.telem WHERE ec = 'hostile' ORDER BY ts, ts_ns";
    let found: Vec<i64> = site.texts(lengths).iter().map(|text| text.parse().expect("a number")).collect();
    let million = i64::from(million as i32);
    assert_eq!(found, [1, 3 * million + 1, 2 * million + 1, 400_000, 2, 8_000_000, 1, million, 8_000_000]);
}

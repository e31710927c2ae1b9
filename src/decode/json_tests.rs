//! Tests of the JSON normaliser.

use super::*;
use proptest::prelude::*;
use serde_json::Value;

fn canonical(text: impl AsRef<[u8]>) -> Result<String, Fault> {
    let text = text.as_ref();
    let mut out = b"before".to_vec();
    let result = Normaliser::default().value(text, 0, &mut out);
    let written = String::from_utf8(out).unwrap();
    let written = written.strip_prefix("before").unwrap();
    match result {
        Ok(end) => {
            assert!(text[end..].iter().all(|byte| is_space(*byte)), "{end} of {}", text.escape_ascii());
            Ok(written.to_owned())
        }
        Err(fault) => {
            assert_eq!(written, "", "nothing is left of a value that is none");
            Err(fault)
        }
    }
}

#[track_caller]
fn becomes(text: &str, expected: &str) {
    assert_eq!(canonical(text).as_deref(), Ok(expected), "{text}");
    assert_eq!(canonical(expected).as_deref(), Ok(expected), "canonical text stays as it is");
}

#[track_caller]
fn stays(text: &str) {
    becomes(text, text);
}

#[track_caller]
fn is_refused(text: &str, at: usize) {
    assert_eq!(canonical(text).map_err(|fault| fault.at), Err(at), "{text}");
}

#[test]
fn white_space_goes() {
    becomes(" { \"a\" : [ 1 , 2 ,\t{ } , [ ] ] , \"b\" : null } ", r#"{"a":[1,2,{},[]],"b":null}"#);
    becomes("\"  \"\r", "\"  \"");
}

#[test]
fn numbers_stay_as_they_were_written() {
    for text in
        ["0", "-1", "10", "1e400", "1E+5", "1.50", "-0.1", "0e0", "-1e-400", "0.000", "1e-0", "-0.0000001"]
    {
        stays(text);
    }
    stays(&"123456789012345678901234567890".repeat(4000));
    stays("[0.01,-1000000.0,17.709944512239165,18446744073709551616]");
}

#[test]
fn negative_zero_loses_its_sign() {
    becomes("-0", "0");
    for text in ["-0.0", "-0.000", "-0e5", "-0.0E-12", "-0e0"] {
        becomes(text, "0.0");
    }
    becomes("[-0.0,-0,-0.00]", "[0.0,0,0.0]");
}

#[test]
fn what_is_no_number_is_null() {
    for word in ["NaN", "Infinity", "-Infinity", "nan", "-nan", "inf", "-inf", "null"] {
        becomes(word, "null");
        becomes(&format!("{{\"a\":{word},\"b\":[{word} , {word}]}}"), r#"{"a":null,"b":[null,null]}"#);
    }
    stays("[true,false]");
    let many = format!("[{}0]", "nan,".repeat(10_000));
    becomes(&many, &many.replace("nan", "null"));
}

#[test]
fn strings_have_one_form() {
    becomes(r#""\u0041\/\u00e9\ud83d\ude00\u007f""#, "\"A/é😀\x7f\"");
    becomes(r#""\u0022\u005c\u000a\u000d\u0009\u0008\u000c\u0001""#, r#""\"\\\n\r\t\b\f\u0001""#);
    becomes("\"\t\x01\r\x1f\"", r#""\t\u0001\r\u001f""#);
    becomes(r#""\u0000 \ud800 \udc00 \ud800\ud800 \ud800\u0041 \udc00\ud800""#, "\"� � � �� �A ��\"");
    becomes("\"\0\"", "\"�\"");
    is_refused(r#""\ud83d\ude0""#, 7);
    assert_eq!(
        canonical(b"\"a\xff\xe2\x82\"").as_deref(),
        Ok("\"a\u{fffd}\u{fffd}\""),
        "invalid UTF-8 as from_utf8_lossy has it"
    );
}

#[test]
fn text_that_grows_has_room() {
    for (byte, written) in [(0x01, "\\u0001"), (0x00, "\u{fffd}"), (0xff, "\u{fffd}"), (b'\t', "\\t")] {
        for count in [1, 7, 8, 9, 100, 30_000] {
            let mut text = b"{\"key\":\"".to_vec();
            text.extend(std::iter::repeat_n(byte, count));
            text.extend_from_slice(b"\"}");
            assert_eq!(canonical(&text), Ok(format!("{{\"key\":\"{}\"}}", written.repeat(count))));
        }
    }
}

#[test]
fn the_last_of_equal_keys_stands() {
    becomes(r#"{"a":1,"a":2}"#, r#"{"a":2}"#);
    becomes(r#"{"a":1,"b":2,"a":3,"c":4,"a":5}"#, r#"{"b":2,"c":4,"a":5}"#);
    becomes(r#"{"a":{"x":1,"x":2},"b":[{"y":1,"y":2}],"a":{"x":3,"x":4}}"#, r#"{"b":[{"y":2}],"a":{"x":4}}"#);
    becomes(r#"{"a":1,"\u0061":2}"#, r#"{"a":2}"#);
    becomes(r#"{"":1,"":{"":2,"":[3]}}"#, r#"{"":{"":[3]}}"#);
    becomes(
        r#"{"ab":1,"a":2,"abcdefgh1":3,"abcdefgh2":4,"abcdefgh1":5}"#,
        r#"{"ab":1,"a":2,"abcdefgh2":4,"abcdefgh1":5}"#,
    );
    stays(r#"{"a":{"a":{"a":1}},"b":{"a":1}}"#);
}

#[test]
fn what_is_no_json() {
    for (text, at) in [
        ("", 0),
        ("  ", 2),
        ("{", 1),
        ("[", 1),
        ("{\"a\"", 4),
        ("{\"a\":", 5),
        ("{\"a\":1", 6),
        ("{\"a\":1,", 7),
        ("{\"a\":1,}", 7),
        ("{,}", 1),
        ("{a:1}", 1),
        ("{1:1}", 1),
        ("{\"a\" 1}", 5),
        ("{\"a\":1 \"b\":2}", 7),
        ("{\"a\":1]", 6),
        ("[1,]", 3),
        ("[1 2]", 3),
        ("[1}", 2),
        ("[01]", 2),
        ("[1.]", 3),
        ("[.5]", 1),
        ("[-]", 1),
        ("[+1]", 1),
        ("[--1]", 1),
        ("[1e]", 3),
        ("[1e+]", 4),
        ("[0x10]", 2),
        ("[nanx]", 4),
        ("[nul]", 1),
        ("[True]", 1),
        ("[-nul]", 1),
        ("\"abc", 4),
        ("\"abcdefghijkl", 13),
        ("\"\\", 1),
        ("\"\\x\"", 1),
        ("\"\\u12\"", 1),
        ("\"\\u12g4\"", 1),
        ("\"\\u+123\"", 1),
        ("'a'", 0),
        ("[\0]", 1),
    ] {
        is_refused(text, at);
    }
}

#[test]
fn depth_costs_no_stack() {
    let depth = 100_000;
    stays(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
    stays(&format!("{}1{}", "{\"a\":[".repeat(depth), "]}".repeat(depth)));
    is_refused(&"[".repeat(depth), depth);
    becomes(
        &format!("{}1{}", "{\"a\":0,\"a\":".repeat(depth), "}".repeat(depth)),
        &format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth)),
    );
}

#[test]
fn many_equal_keys_and_many_alike() {
    let equal: String = (0..200_000).map(|n| format!("\"k\":{n},")).collect();
    becomes(&format!("{{{equal}\"k\":-1}}"), "{\"k\":-1}");
    // Nothing tells these apart but the middle, which fingerprints leave out.
    let alike: String = (0..100_000).map(|n| format!("\"prefixes{n:06}suffixes\":{n},")).collect();
    let first = "\"prefixes000000suffixes\":0,";
    becomes(
        &format!("{{{alike}\"prefixes000000suffixes\":7}}"),
        &format!("{{{}\"prefixes000000suffixes\":7}}", alike.strip_prefix(first).unwrap()),
    );
}

#[test]
fn memory_that_a_monster_needed_is_given_back() {
    let mut normaliser = Normaliser::default();
    let mut out = Vec::new();
    let deep = "[".repeat(1 << 20);
    assert!(normaliser.value(deep.as_bytes(), 0, &mut out).is_err());
    assert!(normaliser.open.capacity() >= 1 << 20);
    assert_eq!(normaliser.value(b"1", 0, &mut out), Ok(1));
    assert!(normaliser.open.capacity() <= SCRATCH_BYTES_KEPT);
}

/// Values in which keys come twice, as text with white space, and what they mean.
fn any_value() -> impl Strategy<Value = (String, Value)> {
    let string =
        "[ -~é😀\u{1}\t\"\\\\]{0,12}".prop_map(|s| (serde_json::to_string(&s).unwrap(), Value::from(s)));
    let number = any::<i64>().prop_map(|n| (n.to_string(), Value::from(n)));
    let word = prop_oneof![
        Just((" null".to_owned(), Value::Null)),
        Just(("true ".to_owned(), Value::from(true))),
        Just(("NaN".to_owned(), Value::Null)),
    ];
    prop_oneof![string, number, word].prop_recursive(5, 60, 25, |inner| {
        let array = proptest::collection::vec(inner.clone(), 0..5).prop_map(|values| {
            let texts: Vec<_> = values.iter().map(|(text, _)| text.as_str()).collect();
            (
                format!("[ {} ]", texts.join(" ,")),
                Value::from_iter(values.iter().map(|(_, value)| value.clone())),
            )
        });
        let object =
            proptest::collection::vec(("[ab]{0,3}|prefixes[ab]suffixes", inner), 0..25).prop_map(|members| {
                let texts: Vec<_> =
                    members.iter().map(|(key, (text, _))| format!("\"{key}\" :{text}")).collect();
                let values = members.iter().map(|(key, (_, value))| (key.clone(), value.clone()));
                (format!("{{\t{}}}", texts.join(", ")), Value::Object(values.collect()))
            });
        prop_oneof![array, object]
    })
}

proptest! {
    #[test]
    fn a_value_means_the_same_afterwards((text, value) in any_value()) {
        let written = canonical(&text).unwrap();
        prop_assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), value.clone());
        // Equal length means that no earlier member of an equal key is left.
        prop_assert_eq!(written.len(), value.to_string().len());
        prop_assert_eq!(canonical(&written).unwrap(), written);
    }

    #[test]
    fn it_takes_what_serde_json_takes(text in "[\\[\\]{}\",:0-2.eE+\\- \\\\ua-]{0,12}") {
        let mut out = Vec::new();
        let end = Normaliser::default().value(text.as_bytes(), 0, &mut out);
        let is_whole = end.is_ok_and(|end| text[end..].trim().is_empty());
        match serde_json::from_str::<Value>(&text) {
            Ok(value) => {
                prop_assert!(is_whole, "{text}");
                if !text.contains("-0") {
                    prop_assert_eq!(serde_json::from_slice::<Value>(&out).unwrap(), value);
                }
            }
            // Numbers beyond f64 and half surrogate pairs are fine here.
            Err(_) if text.contains(['e', 'E', 'u']) => {}
            Err(_) => prop_assert!(!is_whole, "{text}"),
        }
    }

    #[test]
    fn no_bytes_make_it_panic(text in proptest::collection::vec(
        prop_oneof![any::<u8>(), proptest::sample::select(b"{}[]\",:\\u-0.e".to_vec())], 0..60,
    )) {
        let mut out = Vec::new();
        if let Ok(end) = Normaliser::default().value(&text, 0, &mut out) {
            prop_assert!(end <= text.len());
            prop_assert!(serde_json::from_slice::<serde::de::IgnoredAny>(&out).is_ok());
        }
    }
}

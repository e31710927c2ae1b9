//! Tests of the templates: nothing comes out other than without them.

use super::*;
use proptest::prelude::*;

/// What a message becomes; and where it ends.
type Outcome = Result<(String, usize), Fault>;

fn alone(text: &[u8]) -> Outcome {
    let mut out = Vec::new();
    let end = Normaliser::default().value(text, 0, &mut out)?;
    Ok((String::from_utf8(out).unwrap(), end))
}

fn with(templates: &mut Templates, text: &[u8]) -> Outcome {
    let mut out = b"before".to_vec();
    let end = templates.value(&mut Normaliser::default(), text, 0, &mut out);
    let written = String::from_utf8(out).unwrap().strip_prefix("before").unwrap().to_owned();
    assert!(end.is_ok() || written.is_empty(), "nothing is left of a value that is none");
    Ok((written, end?))
}

/// Whether a message is like the one before, which is known.
fn is_like(known: &str, text: &str) -> bool {
    let mut template = Template::default();
    template.learn(known.as_bytes(), alone(known.as_bytes()).unwrap().0.as_bytes());
    let mut out = Vec::new();
    let end = template.apply(&mut Normaliser::default(), text.as_bytes(), 0, &mut out);
    if let Some(end) = end {
        assert_eq!(alone(text.as_bytes()), Ok((String::from_utf8(out).unwrap(), end)));
    }
    end.is_some()
}

#[test]
fn only_values_may_differ() {
    let known = r#"{"n": 12, "s": "abc", "o": {"w": null, "e": []}, "l": [1.5, "x"]}"#;
    for text in [
        known,
        r#"{"n": 1, "s": "abc", "o": {"w": null, "e": []}, "l": [1.5, "x"]}"#,
        r#"{"n": 123, "s": "", "o": {"w": true, "e": []}, "l": [1.5, "xyz"]}"#,
        r#"{"n": -0.0, "s": NaN, "o": {"w": "null", "e": []}, "l": [1, "\u0041é\"\\"]}"#,
        r#"{"n": {"a": 1, "a": 2}, "s": "abc", "o": {"w": [ ], "e": []}, "l": [1.5, "x"]} behind"#,
    ] {
        assert!(is_like(known, text), "{text}");
    }
    for text in [
        "",
        r#"{"n": 12, "s": "abc", "o": {"w": null, "e": []}, "l": [1.5, "x"]"#,
        r#"{"m": 12, "s": "abc", "o": {"w": null, "e": []}, "l": [1.5, "x"]}"#,
        r#"{"n": 12 , "s": "abc", "o": {"w": null, "e": []}, "l": [1.5, "x"]}"#,
        r#"{"n": 12, "s": "abc", "o": {"w": null, "e": []}, "l": [1.5]}"#,
        r#"{"n": 12, "s": "abc", "o": {"w": null, "e": [0]}, "l": [1.5, "x"]}"#,
        r#"{"n": 12, "s": "abc", "o": {"w": null, "e": []}, "l": [1.5, "x", 2]}"#,
        r#"{"n": 12, "s": "abc", "o": {"w": null, "e": []}, "l": [01.5, "x"]}"#,
        r#"{"n": nul, "s": "abc", "o": {"w": null, "e": []}, "l": [1.5, "x"]}"#,
    ] {
        assert!(!is_like(known, text), "{text}");
    }
}

#[test]
fn what_is_no_template() {
    for known in [r#"{"a": 1, "a": 2}"#, r#"{"a": {"b": 1, "b": 1}, "c": 3}"#, "12", "\"text\"", "null"] {
        assert!(!is_like(known, known), "{known}");
    }
    let long = format!("[{}0]", "1, ".repeat(LONGEST_TEMPLATE_BYTES));
    assert!(!is_like(&long, &long));
}

#[test]
fn a_template_of_no_use_gives_way() {
    // Both start alike, so they share a template.
    let start = "same".repeat(SIGN_BYTES);
    let (first, second) = (format!("[\"{start}\", 1]"), format!("[\"{start}\", 1, 2]"));
    let mut templates = Templates::default();
    for (text, known) in [(&first, &first), (&first, &first)]
        .into_iter()
        .chain([(&second, &first); TEMPLATE_MISSES as usize])
        .chain([(&first, &first)])
        .chain([(&second, &first); TEMPLATE_MISSES as usize])
        .chain([(&second, &second), (&first, &second)])
    {
        with(&mut templates, text.as_bytes()).unwrap();
        let held: Vec<_> = templates.0.iter().filter(|template| !template.text.is_empty()).collect();
        assert_eq!(held.len(), 1);
        assert_eq!(held[0].text, known.as_bytes());
    }
}

/// Messages of a few kinds, whole and damaged.
fn any_message() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        8 => "-?(0|[1-9][0-9]{0,3})(\\.[0-9]{1,3})?([eE]-?[0-9])?",
        6 => "\"[a-z ,:{}\\[\\]]{0,12}\"",
        2 => "\"([a-z]|\\\\u00e9|\\\\\"|\\\\\\\\|é|\t){0,4}\"",
        2 => "(null|true|NaN|-inf)",
        1 => Just("{\"k\": 1, \"k\": 2}".to_owned()),
        1 => "[0-9,:\"{}\\[\\] ]{0,3}",
    ];
    let kind = prop_oneof![
        3 => Just("{\"_name\": \"a\", \"value\": @, \"of\": {\"min\": @, \"max\": @}, \"list\": [@, @]}"),
        3 => Just("{\"_name\": \"a\", \"value\": @, \"of\": {\"min\": @, \"max\": @}, \"list\": [@]}"),
        1 => Just("{\"twice\": @, \"of\": @, \"twice\": @, \"and much more behind\": [[], {}, @]}"),
        1 => Just("[@, \"eight of these and thirty-two bytes\", @, {\"@\": @}]"),
        1 => Just("@"),
    ];
    (kind, proptest::collection::vec(value, 6), any::<proptest::sample::Index>(), 0..10u8).prop_map(
        |(kind, values, place, damage)| {
            let mut values = values.iter();
            let parts: Vec<&str> = kind.split('@').collect();
            let mut text = parts[0].to_owned();
            for part in &parts[1..] {
                text += values.next().unwrap();
                text += part;
            }
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            match damage {
                0 => text.truncate(*place.get(&places)),
                1 => text.insert(*place.get(&places), ' '),
                2 => text.insert(*place.get(&places), ','),
                _ => {}
            }
            text
        },
    )
}

proptest! {
    #[test]
    fn every_message_becomes_what_it_becomes_alone(messages in proptest::collection::vec(any_message(), 1..30)) {
        let mut templates = Templates::default();
        for text in &messages {
            match (with(&mut templates, text.as_bytes()), alone(text.as_bytes())) {
                (Err(_), Err(_)) => {}
                (found, expected) => prop_assert_eq!(found, expected, "{}", text),
            }
        }
    }

    #[test]
    fn texts_are_alike_up_to_the_first_difference(
        mut one in proptest::collection::vec(any::<u8>(), 0..100), at in 0usize..100, cut in 0usize..100,
    ) {
        let other = one.clone();
        one.truncate(cut);
        if let Some(byte) = one.get_mut(at) {
            *byte ^= 1;
        }
        prop_assert_eq!(common_length(&one, &other), at.min(one.len()));
    }
}

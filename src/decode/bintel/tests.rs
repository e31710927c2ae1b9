//! Properties of the decoder over files put together from sound records and damage.

use super::*;
use crate::limits::{
    FINGERPRINT_BYTES, LONGEST_MESSAGE_BYTES, LONGEST_REJECT_BYTES, SEARCH_WORK_FACTOR, SEARCH_WORK_START,
};
use proptest::prelude::*;
use std::sync::LazyLock;

static CATALOGUE: LazyLock<Arc<Catalogue>> = LazyLock::new(|| Arc::new(Catalogue::builtin()));

/// Where each record and each reject lies, and the records' JSON.
#[derive(Default)]
struct Places {
    events: Vec<(u64, u64, Option<String>)>,
    buffer: Vec<u8>,
}

impl Sink for Places {
    fn open(&mut self, _: &Head<'_>) -> &mut Vec<u8> {
        self.buffer.clear();
        &mut self.buffer
    }
    fn close(&mut self, head: &Head<'_>, raw: &[u8]) {
        let text = String::from_utf8(self.buffer.clone()).unwrap();
        serde_json::from_str::<serde::de::IgnoredAny>(&text).unwrap();
        self.events.push((head.offset_bytes, raw.len() as u64, Some(text)));
    }
    fn cancel(&mut self) {}
    fn reject(&mut self, reject: Reject) {
        self.events.push((reject.offset_bytes, reject.span.length_bytes, None));
    }
}

impl Places {
    fn records(&self) -> Vec<&str> {
        self.events.iter().filter_map(|(_, _, text)| text.as_deref()).collect()
    }

    fn rejects(&self) -> Vec<(u64, u64)> {
        self.events.iter().filter(|event| event.2.is_none()).map(|event| (event.0, event.1)).collect()
    }
}

fn decode(file: &[u8], pieces: &[usize]) -> (Places, Decoder) {
    let mut places = Places::default();
    let mut decoder = Decoder::new(&CATALOGUE, 0, &[]);
    let mut rest = file;
    for &size in pieces {
        let (piece, behind) = rest.split_at(size.min(rest.len()));
        decoder.push(piece, &mut places);
        rest = behind;
    }
    decoder.push(rest, &mut places);
    decoder.end(&mut places);
    (places, decoder)
}

/// A record dated within a minute in 2024.
fn record(code: u16, second: u32, message: &[u8]) -> Vec<u8> {
    let mut bytes = vec![64];
    bytes.extend_from_slice(&code.to_le_bytes());
    bytes.extend_from_slice(&(1_711_149_254 + second).to_le_bytes());
    bytes.extend_from_slice(&7u32.to_le_bytes());
    match message.len() {
        length @ 0..254 => bytes.push(length as u8),
        length @ 254..65_535 => {
            bytes.push(254);
            bytes.extend_from_slice(&(length as u16).to_le_bytes());
        }
        length => {
            bytes.push(255);
            bytes.extend_from_slice(&(length as u64).to_le_bytes());
        }
    }
    bytes.extend_from_slice(message);
    bytes
}

fn text_log(second: u32, text: &str) -> Vec<u8> {
    let mut builder = flatbuffers::FlatBufferBuilder::new();
    let text = builder.create_string(text);
    let table = builder.start_table();
    builder.push_slot_always(4, text);
    let table = builder.end_table(table);
    builder.finish_minimal(table);
    record(10, second, builder.finished_data())
}

fn position(second: u32) -> Vec<u8> {
    let mut builder = flatbuffers::FlatBufferBuilder::new();
    let table = builder.start_table();
    builder.push_slot_always(4, second as f32 / 8.0);
    let table = builder.end_table(table);
    builder.finish_minimal(table);
    record(20065, second, builder.finished_data())
}

/// Part of a file: sound records, and damage of every kind.
fn part() -> impl Strategy<Value = Vec<u8>> {
    let second = 0..60u32;
    let sound = prop_oneof![
        second.clone().prop_map(position),
        (second.clone(), "[a-z\"é]{0,300}").prop_map(|(second, text)| text_log(second, &text)),
        second.clone().prop_map(|second| record(1001, second, &[])),
    ];
    let damaged = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..60),
        (0..80usize).prop_map(|length| vec![0; length]),
        (second.clone(), prop::collection::vec(any::<u8>(), 0..40)).prop_map(|(s, m)| record(20999, s, &m)),
        (second.clone(), prop::collection::vec(any::<u8>(), 0..40)).prop_map(|(s, m)| record(10, s, &m)),
        (second.clone(), any::<u8>()).prop_map(|(second, length)| {
            let mut bytes = position(second);
            bytes[11] = length;
            bytes
        }),
        (second, 0..40usize).prop_map(|(second, length)| {
            let mut bytes = position(second);
            bytes.truncate(length);
            bytes
        }),
    ];
    prop_oneof![4 => sound, 1 => damaged]
}

fn file() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(part(), 0..14).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pieces_of_any_size_make_no_difference(
        file in file(),
        pieces in prop::collection::vec(0..70usize, 0..60),
    ) {
        let (at_once, whole) = decode(&file, &[]);
        let (places, decoder) = decode(&file, &pieces);
        prop_assert_eq!(&places.events, &at_once.events);
        prop_assert_eq!(decoder.final_offset(), whole.final_offset());
        prop_assert_eq!(decoder.history(), whole.history());
    }

    #[test]
    fn every_byte_is_accounted_for(file in file(), cut in any::<prop::sample::Index>()) {
        let file = &file[..cut.index(file.len() + 1)];
        let (places, decoder) = decode(file, &[]);
        let mut at = 0;
        for (offset_bytes, length_bytes, _) in &places.events {
            prop_assert_eq!(*offset_bytes, at);
            at += length_bytes;
        }
        prop_assert_eq!((decoder.final_offset(), decoder.end_offset()), (at, file.len() as u64));
        let at = at as usize;
        prop_assert_eq!(decoder.history(), &file[at.saturating_sub(FINGERPRINT_BYTES)..at]);
    }

    #[test]
    fn a_sound_file_loses_nothing_wherever_it_is_cut(
        seconds in prop::collection::vec(0..60u32, 1..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let file: Vec<u8> = seconds.iter().flat_map(|&s| if s < 30 { position(s) } else { text_log(s, "x") }).collect();
        let cut = cut.index(file.len() + 1);
        let (mut places, decoder) = decode(&file[..cut], &[]);
        let mut again = Decoder::new(&CATALOGUE, decoder.final_offset(), decoder.history());
        again.push(&file[decoder.final_offset() as usize..], &mut places);
        again.end(&mut places);
        prop_assert_eq!(places.rejects(), vec![]);
        prop_assert_eq!(places.records().len(), seconds.len());
    }

    #[test]
    fn noise_makes_no_record(file in prop::collection::vec(any::<u8>(), 0..3000)) {
        let (places, _) = decode(&file, &[]);
        prop_assert_eq!(places.records(), Vec::<&str>::new());
    }
}

#[test]
fn a_length_that_swallows_the_next_records_costs_one() {
    let (first, behind) = (position(0), [position(1), text_log(2, "two"), position(3), position(4)].concat());
    for swallowed in 0..=behind.len() - 12 {
        // One record behind is covered only in part where the length cuts it; all that are whole are found.
        let mut file = [first.clone(), behind.clone()].concat();
        file[11] = (first.len() - 12 + swallowed) as u8;
        let (places, decoder) = decode(&file, &[]);
        let lost = 5 - places.records().len();
        assert!(lost <= 1, "{swallowed} bytes too many: {:?}", places.events);
        assert_eq!(decoder.final_offset(), file.len() as u64);
    }
}

#[test]
fn a_length_that_swallows_records_up_to_the_next_damage_costs_one() {
    for damage in [vec![0xee; 30], vec![0; 64], position(9)[..20].to_vec(), record(10, 9, &[7; 40])] {
        for covered in 1..4 {
            let sound: Vec<Vec<u8>> = (1..=covered).map(position).collect();
            let behind = [position(20), text_log(21, "x"), position(22), position(23)].concat();
            let mut file = [position(0), sound.concat(), damage.clone(), behind].concat();
            // It ends with the last record before the damage, inside of that one, or inside of the damage.
            for end in [0, -5, 5] {
                file[11] = (20 + 32 * covered as i32 + end) as u8;
                let (places, decoder) = decode(&file, &[]);
                let found = places.records().len();
                assert_eq!(found, covered as usize + 4, "{covered} covered, {end}: {:?}", places.events);
                assert_eq!(decoder.final_offset(), file.len() as u64);
            }
        }
    }
}

#[test]
fn padding_is_no_damage() {
    for padding in [vec![0; 100], vec![0xff; 100], b"some words that nobody expects here".to_vec()] {
        let mut message = position(1)[12..].to_vec();
        message.extend_from_slice(&padding);
        let file = [record(20065, 1, &message), position(2)].concat();
        assert_eq!(decode(&file, &[]).0.records(), [r#"{"pos":0.125}"#, r#"{"pos":0.25}"#]);
        let at_end = [position(2), record(20065, 1, &message)].concat();
        assert_eq!(decode(&at_end, &[]).0.records().len(), 2);
    }
}

#[test]
fn a_record_that_covers_one_being_written_waits() {
    let mut file = [position(1), position(2), position(3), position(4)].concat();
    file[11] += 26;
    // So far the file ends inside the record that is covered, exactly where the flipped length says.
    let (places, decoder) = decode(&file[..32 + 26], &[]);
    assert_eq!((places.events.len(), decoder.final_offset()), (0, 0));
    let (places, _) = decode(&file, &[]);
    assert_eq!((places.rejects(), places.records().len()), (vec![(0, 32)], 3));
}

#[test]
fn a_long_span_of_noise_is_one_reject_and_takes_no_memory() {
    let mut places = Places::default();
    let mut decoder = Decoder::new(&CATALOGUE, 0, &[]);
    decoder.push(&position(1), &mut places);
    let noise = [b'#'; 1 << 16];
    let noise_bytes = 3 * LONGEST_REJECT_BYTES as u64;
    for _ in 0..noise_bytes / noise.len() as u64 {
        decoder.push(&noise, &mut places);
        // A length that could be there has to be waited for; nothing is kept beyond that.
        let held_bytes = decoder.end_offset() - decoder.window.offset_bytes();
        assert!(held_bytes <= (LONGEST_MESSAGE_BYTES + 20 + noise.len()) as u64);
    }
    assert_eq!((decoder.final_offset(), decoder.history()), (32, &position(1)[..]));
    (2..5).for_each(|second| decoder.push(&position(second), &mut places));
    decoder.end(&mut places);
    assert_eq!((places.rejects(), places.records().len()), (vec![(32, noise_bytes)], 4));
    assert_eq!(decoder.final_offset(), decoder.end_offset());
}

#[test]
fn the_search_stops_visiting_when_it_has_no_credit() {
    let file = [position(1), position(2), position(3)].concat();
    let search = Search { catalogue: &CATALOGUE, bytes: &file, is_end: true };
    let mut credit = Credit::new();
    assert_eq!(search.chain(0, &mut credit), search::Chain::Sound);
    let cost = SEARCH_WORK_START - credit.left();
    assert!(cost > 0 && cost <= file.len() as u64, "{cost}");
    credit.charge(SEARCH_WORK_START - 2 * cost + 1);
    assert_eq!(search.chain(0, &mut credit), search::Chain::Broken { sound: 2 });
    assert_eq!(credit.left(), 0);
    credit.earn(file.len());
    assert_eq!(search.chain(0, &mut credit), search::Chain::Sound);
}

#[test]
fn many_records_that_share_one_dear_message_and_are_cut_off_behind_it_take_bounded_work() {
    // Every header begins a record that ends where all of them end, and is sound: a vector names one string many times.
    // Behind it a record is cut off, so none of them can be told to be a chain, or not to be one.
    const HEADERS: usize = 2000;
    const STRINGS: usize = 20_000;
    let spacing = 24;
    let mut builder = flatbuffers::FlatBufferBuilder::new();
    let none = builder.create_string("");
    let names = builder.create_vector(&vec![none; STRINGS]);
    let table = builder.start_table();
    builder.push_slot_always(4, names);
    let table = builder.end_table(table);
    builder.finish_minimal(table);
    let shared = builder.finished_data();
    let root_bytes = u32::from_le_bytes(*shared.first_chunk().unwrap()) as usize;

    let past_the_end = |code| [&record(code, 0, &[])[..11], &[255], &7_000_000u64.to_le_bytes()].concat();
    let mut file = past_the_end(10);
    for number in 0..HEADERS {
        let between = (HEADERS - 1 - number) * spacing;
        file.extend_from_slice(&record(20827, 1, &[])[..11]);
        file.push(255);
        file.extend_from_slice(&((between + shared.len()) as u64).to_le_bytes());
        if number + 1 < HEADERS {
            file.extend_from_slice(&((between + root_bytes) as u32).to_le_bytes());
        }
    }
    file.extend_from_slice(shared);
    file.extend(past_the_end(20827));

    let search = Search { catalogue: &CATALOGUE, bytes: &file, is_end: true };
    for at in [20, 20 + spacing, 20 + (HEADERS - 1) * spacing] {
        let chain = search.chain(at, &mut Credit::new());
        assert!(matches!(chain, search::Chain::Open { sound: 1, .. }), "{chain:?} at {at}");
    }
    let (places, decoder) = decode(&file, &[]);
    assert_eq!((places.events.len(), decoder.final_offset()), (0, 0));
    // All that may be spent was spent, long before the last of the headers; what is left was earned by their bytes since.
    let (left, earned) = (decoder.credit.left(), SEARCH_WORK_FACTOR * file.len() as u64);
    assert!(left <= earned && earned < SEARCH_WORK_START / 4, "{left} left, {earned} earned");
}

#[test]
fn priorities_are_named_as_in_the_dump() {
    let names: Vec<&str> = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 64, 126, 127, 255].map(priority_name).to_vec();
    let expected = ["EMER", "ALRT", "CRIT", "ERR ", "WARN", "NOTE", "INFO", "DBG ", "DBG2"];
    assert_eq!(names, [&expected[..], &["UNK?", "TELM", "DEF?", "UNK?", "UNK?"]].concat());
}

#[test]
fn the_end_of_a_growing_file_does_not_split_a_record_behind_noise() {
    // Zeros look like the header of a record of no known type; with some lengths it ends where the file ends for now.
    for zeros in 1..60 {
        let sound = [position(1), vec![0; zeros], position(2), position(3), position(4)].concat();
        let noise_end = 32 + zeros;
        for cut in noise_end..noise_end + 32 {
            let (places, decoder) = decode(&sound[..cut], &[]);
            assert_eq!((places.events.len(), decoder.final_offset()), (1, 32), "{zeros} zeros, {cut} bytes");
        }
        let (places, _) = decode(&sound, &[]);
        assert_eq!((places.rejects(), places.records().len()), (vec![(32, zeros as u64)], 4));
    }
}

//! Files that are looked at again: unchanged, grown, cut, replaced, renamed, gone.

use super::support::make::{line, lines, record, text_log};
use super::support::rows::stored;
use super::support::site::Site;
use std::fs;
use std::path::Path;

const BINTEL: &str = "dev_20240322231415000000000.bintel";
const NDJSON: &str = "dev_2024-04-16T000000.ndjson";
const SECOND: u32 = 1_711_149_255;

fn binary(numbers: std::ops::Range<u32>) -> Vec<u8> {
    numbers.flat_map(|n| text_log(SECOND + n, n, &format!("record {n}"))).collect()
}

/// Changes a file's content, but neither its size nor its time.
fn overwrite_unnoticed(path: &Path, content: &[u8]) {
    let before = fs::metadata(path).expect("a file");
    assert_eq!(before.len(), content.len() as u64);
    fs::write(path, content).expect("written");
    let file = fs::File::options().write(true).open(path).expect("opened");
    file.set_modified(before.modified().expect("a time")).expect("its time set");
}

#[test]
fn a_second_run_finds_nothing_and_writes_nothing() {
    let site = Site::new();
    site.write(BINTEL, [binary(0..9), b"half a record".to_vec()].concat());
    site.write(NDJSON, lines(0..5) + "no record\n" + &lines(5..6));
    site.write("empty_20240322231415000000000.bintel", "");
    assert_eq!(site.load(3).records(), [15, 0, 1]);
    let before = site.marks();
    let report = site.load(0);
    assert_eq!(report.records(), [0, 0, 0]);
    let counts = ["files_inventoried", "files_unchanged", "files_pending", "files_read"];
    assert_eq!(counts.map(|name| report.count(name)), [3, 3, 0, 0]);
    assert_eq!(site.marks(), before);
}

#[test]
fn a_touched_file_is_recognised() {
    let site = Site::new();
    let path = site.write(BINTEL, binary(0..9));
    site.load(0);
    let file = fs::File::options().write(true).open(&path).expect("opened");
    file.set_modified(std::time::UNIX_EPOCH).expect("its time set");
    let report = site.ingest(0);
    assert_eq!((report.count("files_read"), report.count("bytes_read"), report.records()), (1, 0, [0, 0, 0]));
    assert_eq!(site.ingest(0).count("files_read"), 0);
}

/// Grows a file through all the cuts; after each, what is whole is loaded, and once.
fn grow(name: &str, content: &[u8], ends: &[usize], cuts: impl Iterator<Item = usize>) {
    let site = Site::new();
    let path = site.write(name, "");
    site.inventory();
    let mut loaded = 0;
    for cut in cuts.chain([content.len()]) {
        fs::write(&path, &content[..cut]).expect("written");
        // Only the first of all these sizes was ever inventoried.
        let report = site.ingest(0);
        let whole = ends.iter().filter(|end| **end <= cut).count() as i64;
        assert_eq!(report.records(), [whole - loaded, 0, 0], "{name} at {cut}");
        let tail = cut - ends.iter().rev().find(|end| **end <= cut).unwrap_or(&0);
        assert_eq!(report.count("tail_bytes"), tail as i64, "{name} at {cut}");
        assert_eq!(report.count("files_with_tail"), i64::from(tail > 0), "{name} at {cut}");
        loaded = whole;
    }
    assert_eq!(loaded, ends.len() as i64);
    assert_eq!(site.number("SELECT count(*) FROM public.telem"), loaded);
    assert_eq!(site.texts("SELECT generation, records_loaded FROM xtelemdb.ledger"), [format!("1|{loaded}")]);
}

#[test]
fn a_file_that_grew_after_it_was_inventoried_is_loaded_to_its_new_end() {
    let mut content = Vec::new();
    let mut ends = Vec::new();
    for (n, text) in ["short", &"x".repeat(300), &"y".repeat(70_000), "last"].iter().enumerate() {
        content.extend(text_log(SECOND + n as u32, 7, text));
        ends.push(content.len());
    }
    // Inside the time, before and inside the length in each of its forms, inside the message, at its end.
    let cuts = ends
        .iter()
        .zip([0].iter().chain(&ends))
        .flat_map(|(end, start)| [start + 5, start + 11, start + 12, start + 14, start + 20, end - 1, *end]);
    grow(BINTEL, &content, &ends, cuts.collect::<Vec<_>>().into_iter());
}

#[test]
fn a_line_is_loaded_when_it_is_whole() {
    let content = lines(0..3);
    // A line is whole with its closing brace, before its newline.
    let ends: Vec<usize> = content.match_indices('\n').map(|(at, _)| at).collect();
    let cuts = [1, ends[0] - 1, ends[0], ends[0] + 1, ends[0] + 30, ends[1], ends[2] - 1, ends[2]];
    let whole = &content[..ends[2]];
    let site = Site::new();
    let path = site.write(NDJSON, "");
    site.inventory();
    let mut loaded = 0;
    for cut in cuts {
        fs::write(&path, &whole[..cut]).expect("written");
        let now = ends.iter().filter(|end| **end <= cut).count() as i64;
        assert_eq!(site.ingest(0).records(), [now - loaded, 0, 0], "at {cut}");
        loaded = now;
    }
    assert_eq!(loaded, 3);
}

#[test]
fn a_tail_that_turns_out_to_be_noise_is_rejected_once() {
    let site = Site::new();
    let mut content = binary(0..4);
    content.extend([0; 500]);
    let path = site.write(BINTEL, &content);
    let report = site.load(0);
    assert_eq!((report.records(), report.count("tail_bytes")), ([4, 0, 0], 500));
    content.extend(binary(4..9));
    fs::write(&path, &content).expect("written");
    assert_eq!(site.ingest(3).records(), [5, 0, 1]);
    assert_eq!(
        site.texts(
            "SELECT reason, length_bytes, span = decode(repeat('00', 500), 'hex') FROM xtelemdb.rejects"
        ),
        ["no_record|500|t"]
    );
    assert_eq!(site.ingest(0).count("files_read"), 0);
}

#[test]
fn a_truncated_file_keeps_its_rows_and_is_read_anew() {
    let site = Site::new();
    let path = site.write(BINTEL, binary(0..9));
    site.load(0);
    // Cut at a record, inside one, to nothing; then it grows again with other content.
    for (content, read) in [(binary(0..6), 6), (binary(0..6)[..70].to_vec(), 1), (Vec::new(), 0)] {
        fs::write(&path, &content).expect("written");
        let report = site.ingest(0);
        assert_eq!(
            (report.count("files_replaced"), report.records()),
            (1, [0, read, 0]),
            "{}",
            content.len()
        );
    }
    fs::write(&path, binary(8..12)).expect("written");
    assert_eq!(site.ingest(0).records(), [3, 1, 0]);
    assert_eq!(site.number("SELECT count(*) FROM public.telem"), 12);
    assert_eq!(site.number("SELECT generation FROM xtelemdb.ledger"), 4);
}

#[test]
fn a_tail_that_was_cut_off_is_no_replacement() {
    let site = Site::new();
    let sound = binary(0..4);
    let path = site.write(BINTEL, [&sound[..], b"@half"].concat());
    assert_eq!(site.load(0).count("tail_bytes"), 5);
    fs::write(&path, &sound).expect("written");
    let report = site.ingest(0);
    assert_eq!((report.count("files_replaced"), report.count("tail_bytes")), (0, 0));
    assert_eq!(site.texts("SELECT generation, tail_bytes FROM xtelemdb.ledger"), ["1|0"]);
}

#[test]
fn a_replaced_file_is_read_anew_and_earlier_rows_and_rejects_stay() {
    let site = Site::new();
    let path = site.write(NDJSON, lines(0..3) + "no record\n");
    assert_eq!(site.load(3).records(), [3, 0, 1]);
    // As long, with one line in common; then shorter.
    fs::write(&path, lines(2..5) + "no rocerd\n").expect("written");
    let report = site.ingest(3);
    assert_eq!((report.count("files_replaced"), report.records()), (1, [2, 1, 1]));
    fs::write(&path, lines(5..6)).expect("written");
    let report = site.ingest(0);
    assert_eq!((report.count("files_replaced"), report.records()), (1, [1, 0, 0]));
    assert_eq!(site.number("SELECT count(*) FROM public.telem"), 6);
    assert_eq!(site.number("SELECT count(*) FROM xtelemdb.rejects"), 2);
    assert_eq!(site.texts("SELECT generation FROM xtelemdb.ledger"), ["3"]);
    site.assert_rejects_are_accounted_for();
}

#[test]
fn content_that_was_there_before_is_rejected_once_however_often_it_comes_back() {
    let site = Site::new();
    let contents = [lines(0..3) + "no record\n", lines(3..4)];
    let path = site.write(NDJSON, &contents[0]);
    site.load(3);
    for content in contents.iter().rev().cycle().take(4) {
        fs::write(&path, content).expect("written");
        site.run("ingest", &[]);
    }
    assert_eq!(site.number("SELECT count(*) FROM xtelemdb.rejects"), 1);
    assert_eq!(site.number("SELECT count(*) FROM public.telem"), 4);
    site.assert_rejects_are_accounted_for();
}

#[test]
fn a_change_in_the_first_or_the_last_bytes_is_noticed_although_size_and_time_are_the_same_once_it_grows() {
    let site = Site::new();
    let path = site.write(NDJSON, lines(0..200));
    site.load(0);
    overwrite_unnoticed(
        &path,
        lines(1..201).replace("200", "000").as_bytes()[..lines(0..200).len()].as_ref(),
    );
    assert_eq!(site.ingest(0).count("files_read"), 0, "size and time say that nothing changed");
    fs::write(&path, lines(300..700)).expect("written");
    let report = site.ingest(0);
    assert_eq!((report.count("files_replaced"), report.records()), (1, [400, 0, 0]));
}

#[test]
fn a_renamed_file_costs_no_row_and_nothing_is_missed() {
    let site = Site::new();
    let path = site.write(BINTEL, binary(0..9));
    site.load(0);
    fs::create_dir(site.path("old")).expect("a folder");
    fs::rename(&path, site.path("old").join(BINTEL)).expect("renamed");
    let report = site.load(0);
    assert_eq!((report.records(), report.count("files_gone")), ([0, 9, 0], 0));
    assert_eq!(site.number("SELECT count(*) FROM public.telem"), 9);
    assert_eq!(site.number("SELECT count(*) FROM xtelemdb.ledger"), 2);
}

#[test]
fn files_that_are_gone_are_missed_only_if_something_of_them_is() {
    let site = Site::new();
    let loaded = site.write(BINTEL, binary(0..9));
    let with_tail =
        site.write("tail_20240322231415000000000.bintel", [binary(0..2), b"@half".to_vec()].concat());
    let grown = site.write("grown_20240322231415000000000.bintel", binary(0..2));
    site.load(0);
    let never = site.write("never_20240322231415000000000.bintel", binary(0..2));
    let empty = site.write("empty_20240322231415000000000.bintel", "");
    fs::write(&grown, binary(0..5)).expect("written");
    site.inventory();
    for path in [&loaded, &with_tail, &grown, &never, &empty] {
        fs::remove_file(path).expect("removed");
    }
    let report = site.ingest(3);
    assert_eq!(report.count("files_gone"), 3, "{}", report.stderr);
    for (path, is_missed) in
        [(loaded, false), (with_tail, true), (grown, true), (never, true), (empty, false)]
    {
        assert_eq!(report.stderr.contains(path.to_str().expect("UTF-8")), is_missed, "{}", path.display());
    }
    assert_eq!(stored(&site).len(), 13);
}

#[test]
fn a_file_that_can_not_be_read_is_named_and_the_others_are_loaded() {
    let site = Site::new();
    site.write(BINTEL, binary(0..9));
    let odd = site.write("odd_20240322231415000000000.bintel", binary(0..1));
    site.inventory();
    // A folder in its place: root may read everything else.
    fs::remove_file(&odd).expect("removed");
    fs::create_dir(&odd).expect("a folder");
    let report = site.ingest(3);
    assert_eq!((report.count("/files_failed/unreadable"), report.records()), (1, [9, 0, 0]));
    assert!(report.stderr.contains(odd.to_str().expect("UTF-8")), "{}", report.stderr);
}

#[test]
fn records_that_stand_in_two_files_are_there_once() {
    let site = Site::new();
    site.write(BINTEL, binary(0..6));
    site.write(Path::new("copy").join(BINTEL), binary(3..9));
    assert_eq!(site.load(0).records(), [9, 3, 0]);
    assert_eq!(site.ingest(0).count("files_read"), 0);
    // Unknown codes and lines alike: a record that is there is no obstacle to those around it.
    site.write(NDJSON, lines(0..2) + &lines(0..2) + &line("2024-04-16T00:00:01", "telem_x", "{\"n\": 1}"));
    assert_eq!(site.load(0).records(), [2, 3, 0]);
    site.write("dev_20240322231416000000000.bintel", record(20_999, SECOND, 0, b""));
    assert_eq!(site.load(3).records(), [0, 0, 1]);
}

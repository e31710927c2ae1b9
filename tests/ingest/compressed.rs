//! `X.ndjson` becomes `X.ndjson.gz`, and gzip files that are cut off or damaged.

use super::support::make::{gzip, lines};
use super::support::site::Site;
use std::fs;

const PLAIN: &str = "dev_2024-04-16T000000.ndjson";
const PACKED: &str = "dev_2024-04-16T000000.ndjson.gz";

/// Long enough that the two ends of the fingerprint do not overlap; with a reject near each end.
fn content() -> String {
    format!("{}no record\n{}nor this\n{}", lines(0..50), lines(50..350), lines(350..400))
}

#[test]
fn a_file_that_was_compressed_is_silent() {
    let site = Site::new();
    let plain = site.write(PLAIN, content());
    assert_eq!(site.load(3).records(), [400, 0, 2]);
    fs::remove_file(plain).expect("removed");
    site.write(PACKED, gzip(content().as_bytes()));
    let report = site.load(0);
    assert_eq!((report.records(), report.count("files_gone")), ([0, 0, 0], 0));
    assert_eq!(site.number("SELECT count(*) FROM xtelemdb.rejects"), 2);
    assert_eq!(site.ingest(0).count("files_read"), 0);
}

#[test]
fn a_file_that_was_compressed_after_it_was_loaded_in_part_goes_on_where_it_was() {
    let content = content();
    let second_reject = content.find("nor this").expect("it is there");
    for loaded_bytes in [1, 100, 4000, 5000, second_reject + 3, second_reject + 9, content.len() - 10] {
        let site = Site::new();
        let plain = site.write(PLAIN, &content[..loaded_bytes]);
        site.inventory();
        let first = super::support::site::Report::of(site.run("ingest", &[]));
        fs::remove_file(plain).expect("removed");
        site.write(PACKED, gzip(content.as_bytes()));
        site.inventory();
        let second = super::support::site::Report::of(site.run("ingest", &[]));
        assert_eq!(second.count("files_gone"), 0, "after {loaded_bytes} bytes");
        let [new, there, rejected] = second.records();
        let [new_before, _, rejected_before] = first.records();
        assert_eq!(
            (new + new_before, there, rejected + rejected_before),
            (400, 0, 2),
            "after {loaded_bytes} bytes"
        );
        assert_eq!(site.number("SELECT count(*) FROM public.telem"), 400);
        assert_eq!(site.number("SELECT count(*) FROM xtelemdb.rejects"), 2);
        site.assert_rejects_are_accounted_for();
    }
}

#[test]
fn a_compressed_file_with_other_content_is_read_from_its_start() {
    let site = Site::new();
    let plain = site.write(PLAIN, lines(0..5));
    site.load(0);
    fs::remove_file(plain).expect("removed");
    site.write(PACKED, gzip(lines(3..9).as_bytes()));
    assert_eq!(site.load(0).records(), [4, 2, 0]);
}

#[test]
fn a_compressed_file_whose_writing_is_not_finished_waits_for_the_rest() {
    let site = Site::new();
    let plain = site.write(PLAIN, content());
    assert_eq!(site.load(3).records(), [400, 0, 2]);
    fs::remove_file(plain).expect("removed");
    // Less of it is there than was loaded from the plain file.
    let packed = gzip(content().as_bytes());
    for bytes in [0, 5, packed.len() / 2, packed.len()] {
        site.write(PACKED, &packed[..bytes]);
        site.inventory();
        let report = super::support::site::Report::of(site.run("ingest", &[]));
        // What can be read of it is there already, records and rejects.
        let [new, _, rejected] = report.records();
        assert_eq!((new, rejected), (0, 0), "{bytes} of {} bytes: {}", packed.len(), report.stderr);
    }
    assert_eq!(site.number("SELECT count(*) FROM xtelemdb.rejects"), 2);
}

#[test]
fn a_gzip_file_that_is_cut_off_is_loaded_as_far_as_it_goes_and_then_to_its_end() {
    let site = Site::new();
    let members = [gzip(lines(0..100).as_bytes()), gzip(lines(100..400).as_bytes())];
    let whole = members.concat();
    let path = site.write(PACKED, &whole[..whole.len() - 30]);
    let report = site.load(0);
    let [new, _, _] = report.records();
    assert!((100..400).contains(&new), "{new} of the records stand before the cut");
    assert_eq!(report.count("files_with_tail"), 1);
    // At the end of a member nothing is missing.
    fs::write(&path, &whole).expect("written");
    assert_eq!(site.load(0).records(), [400 - new, 0, 0]);
    assert_eq!(site.texts("SELECT generation, records_loaded, tail_bytes FROM xtelemdb.ledger"), ["1|400|0"]);
}

#[test]
fn garbage_behind_a_gzip_file_is_one_reject_however_often_it_is_read() {
    let site = Site::new();
    let path = site.write(PACKED, [&gzip(lines(0..10).as_bytes())[..], b"garbage"].concat());
    let report = site.load(3);
    assert_eq!((report.records(), report.count("/rejected_by_reason/bad_gzip")), ([10, 0, 1], 1));
    assert_eq!(site.texts("SELECT convert_from(span, 'UTF8') FROM xtelemdb.rejects"), ["garbage"]);
    let file = fs::File::options().write(true).open(path).expect("opened");
    file.set_modified(std::time::UNIX_EPOCH).expect("its time set");
    let report = site.ingest(0);
    assert_eq!((report.records(), report.count("rejects_already_there")), ([0, 0, 0], 1));
    site.assert_rejects_are_accounted_for();
}

/// A crash between packing and removing leaves both.
#[test]
fn plain_and_compressed_in_one_run_make_one_reject() {
    for jobs in ["parallel_jobs=1", "parallel_jobs=2"] {
        let site = Site::new();
        site.write(PLAIN, content());
        site.write(PACKED, gzip(content().as_bytes()));
        // Nothing else that one would wait for the other with.
        site.write("other_2024-04-16T000000.ndjson", "no record\n");
        site.write("other_2024-04-16T000000.ndjson.gz", gzip(b"no record\n"));
        site.inventory();
        let report = site.ingest_with(&[jobs], 3);
        assert_eq!((report.records(), report.count("rejects_already_there")), ([400, 400, 3], 3), "{jobs}");
        assert_eq!(site.number("SELECT count(*) FROM xtelemdb.rejects"), 3, "{jobs}");
        site.assert_rejects_are_accounted_for();
    }
}

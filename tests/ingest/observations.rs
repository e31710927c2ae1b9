//! The view `observations`: who observed what, and when.

use super::support::make::line;
use super::support::site::Site;

/// A report of the device `observers` at a minute of 2024-04-16.
fn report(minute: u32, email: &str, name: &str, observing: bool) -> String {
    let msg = format!("{{\"email\": \"{email}\", \"obsName\": \"{name}\", \"observing\": {observing}}}");
    line(&format!("2024-04-16T00:{minute:02}:00.000000000"), "telem_observer", &msg)
}

fn load(site: &Site, file: u32, reports: &[String]) {
    site.write(format!("observers_2024-04-16T0000{file:02}.ndjson"), reports.concat());
    site.load(0);
}

/// Minutes of start and end, and who and what.
fn spans(site: &Site) -> Vec<String> {
    site.texts(
        "SELECT extract(minute FROM start_ts), extract(minute FROM end_ts), email, obsname
         FROM public.observations ORDER BY start_ts",
    )
}

#[test]
fn a_span_that_has_not_ended_has_no_end() {
    let site = Site::new();
    load(
        &site,
        0,
        &[report(0, "a@x", "", false), report(1, "a@x", "night", true), report(2, "a@x", "night", true)],
    );
    assert_eq!(spans(&site), ["1|null|a@x|night"]);
    load(&site, 1, &[report(5, "a@x", "night", false), report(6, "a@x", "night", false)]);
    assert_eq!(spans(&site), ["1|5|a@x|night"]);
}

#[test]
fn two_spans_in_a_row_are_two() {
    let site = Site::new();
    load(
        &site,
        0,
        &[
            report(0, "a@x", "one", true),
            // Another person, then another name, without a pause.
            report(2, "b@x", "one", true),
            report(3, "b@x", "one", true),
            report(4, "b@x", "two", true),
            report(6, "b@x", "two", false),
            // The same as before, after a pause.
            report(8, "b@x", "two", true),
            report(9, "", "", false),
        ],
    );
    assert_eq!(spans(&site), ["0|2|a@x|one", "2|4|b@x|one", "4|6|b@x|two", "8|9|b@x|two"]);
}

#[test]
fn without_a_name_nobody_observes() {
    let site = Site::new();
    load(
        &site,
        0,
        &[report(0, "a@x", "", true), report(1, "a@x", "night", true), report(2, "a@x", "", true)],
    );
    assert_eq!(spans(&site), ["1|2|a@x|night"]);
}

#[test]
fn the_order_of_arrival_does_not_matter() {
    let reports = [
        report(0, "a@x", "one", true),
        report(1, "a@x", "one", true),
        report(2, "b@x", "one", true),
        report(3, "b@x", "one", false),
        report(4, "a@x", "two", true),
    ];
    for order in [[4, 3, 2, 1, 0], [2, 0, 4, 1, 3], [1, 4, 0, 3, 2]] {
        let site = Site::new();
        for index in order {
            load(&site, index as u32, &reports[index..=index]);
        }
        assert_eq!(spans(&site), ["0|2|a@x|one", "2|3|b@x|one", "4|null|a@x|two"]);
    }
}

#[test]
fn only_the_observers_and_only_their_reports_count() {
    let site = Site::new();
    site.write("other_2024-04-16T000000.ndjson", report(0, "a@x", "night", true));
    let state = line("2024-04-16T00:02:00.000000000", "state_change", "{\"from\": 1, \"to\": 2}");
    let odd = line("2024-04-16T00:03:00.000000000", "telem_observer", "[1]");
    load(&site, 0, &[report(1, "a@x", "night", true), state, odd, report(4, "a@x", "night", false)]);
    assert_eq!(spans(&site), ["1|4|a@x|night"]);
}

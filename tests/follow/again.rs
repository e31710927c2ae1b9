//! Beside `ingest`: whoever loads a file, each record is there once.

use super::{BOUND, append, assert_nothing_left, end, follow, until_rows};
use crate::support::make::lines;
use crate::support::site::Site;
use crate::support::until;

#[test]
fn ingest_and_follow_at_once_load_everything_once() {
    let site = Site::new();
    let paths: Vec<_> =
        (0..10).map(|n| site.write(format!("dev{n}_2024-04-16T000000.ndjson"), lines(0..100))).collect();
    let running = follow(&site, &[]);
    for round in 1..20 {
        for path in &paths {
            append(path, lines(round * 100..round * 100 + 100));
        }
        site.inventory();
        site.run("ingest", &[]).expect_code_of(&[0, 3]);
    }
    until_rows(&site, 20_000);
    let counted = "SELECT sum(records_loaded) FROM xtelemdb.ledger";
    until("the ledger has counted them", BOUND, || site.number(counted) == 20_000);
    end(&site, running);
    assert_nothing_left(&site);
}

#[test]
fn what_was_written_while_it_was_away_is_caught_up_with() {
    let site = Site::new();
    let path = site.write("dev_2024-04-16T000000.ndjson", lines(0..3));
    for rows in [10, 20, 30] {
        append(&path, if rows == 10 { lines(3..10) } else { lines(rows as u32 - 10..rows as u32) });
        let running = follow(&site, &[]);
        until_rows(&site, rows);
        end(&site, running);
    }
    assert_nothing_left(&site);
}

//! What the tables say of this host's files, against the disk: the ledger, what was set aside, replicas, a running follow.

use super::{Area, State};
use crate::db::checkup;
use crate::db::ledger;
use crate::error::{Error, Result};
use crate::limits::FILES_PAGE;
use crate::pending::{News, news};
use crate::report::summary::{counted, duration, thousands};
use crate::stop;
use postgres::Client;

/// Fails only when it is interrupted.
pub(super) fn check(client: &mut Client, host: &str) -> Result<Area> {
    let mut area = Area::new("files");
    match against_disk(client, host) {
        Err(Error::Interrupted) => return Err(Error::Interrupted),
        Err(error) => area.failed("ledger", &error),
        Ok(counts) => counts.tell(&mut area, host),
    }
    rejected(&mut area, client, host);
    replicas(&mut area, client, host);
    follow(&mut area, client, host);
    Ok(area)
}

#[derive(Default)]
struct Counts {
    files: u64,
    without_news: u64,
    with_news: u64,
    gone: u64,
    unreadable: u64,
    in_a_tail: u64,
}

/// Every telemetry file of this host in the inventory, looked at on disk.
fn against_disk(client: &mut Client, host: &str) -> Result<Counts> {
    let mut counts = Counts::default();
    let mut after = None;
    loop {
        stop::check()?;
        let page = ledger::telemetry_files(client, host, after, FILES_PAGE)
            .map_err(|failure| Error::Database(failure.text().to_owned()))?;
        let Some(last) = page.last() else { return Ok(counts) };
        after = Some((last.creation_time, last.digest));
        for file in &page {
            counts.files += 1;
            counts.in_a_tail += u64::from(file.entry.as_ref().is_some_and(|entry| entry.tail_bytes > 0));
            match news(file) {
                News::None | News::AccountedFor => counts.without_news += 1,
                News::Some => counts.with_news += 1,
                News::Gone => counts.gone += 1,
                News::Unreadable => counts.unreadable += 1,
            }
        }
    }
}

impl Counts {
    fn tell(&self, area: &mut Area, host: &str) {
        if self.files == 0 {
            area.warn(
                "inventory",
                format!("no telemetry file of {host}"),
                "xtelemdb inventory; if this machine goes by another name in the database: hostname=NAME",
            );
            return;
        }
        area.ok(
            "ledger",
            format!(
                "{} of {} of {host} loaded as far as they go",
                thousands(self.without_news),
                counted(self.files, "telemetry file")
            ),
        );
        if self.with_news > 0 {
            area.warn("pending", format!("{} with news", counted(self.with_news, "file")), "xtelemdb ingest");
        }
        if self.unreadable > 0 {
            area.fail(
                "unreadable",
                format!("{} can't be looked at", counted(self.unreadable, "file")),
                "xtelemdb ingest names them",
            );
        }
        if self.gone > 0 {
            area.warn(
                "gone",
                format!("{} gone from disk before being loaded in full", counted(self.gone, "file")),
                "bring them back from a replica, then: xtelemdb ingest (-v names them)",
            );
        }
        if self.in_a_tail > 0 {
            area.ok(
                "tails",
                format!("{} ended in an unfinished record when last read", counted(self.in_a_tail, "file")),
            );
        }
    }
}

fn rejected(area: &mut Area, client: &mut Client, host: &str) {
    let Some(reasons) = area.asked("rejects", checkup::rejects(client, host)) else { return };
    if reasons.is_empty() {
        area.ok("rejects", format!("no record of {host} is set aside"));
        return;
    }
    let texts: Vec<String> =
        reasons.iter().map(|(reason, count)| format!("{} {reason}", thousands(*count))).collect();
    area.warn(
        "rejects",
        format!("set aside, with their bytes: {}", texts.join(", ")),
        "SELECT * FROM xtelemdb.rejects; an unknown_code is loaded once event_types knows it",
    );
}

/// Whether this role may see a table that only the operator's checks read.
fn may_see(area: &mut Area, client: &mut Client, name: &'static str, table: &str) -> bool {
    let may_read = area.asked(name, checkup::may_read(client, table));
    if may_read == Some(false) {
        area.ok(name, format!("this role may not read {table}"));
    }
    may_read == Some(true)
}

fn replicas(area: &mut Area, client: &mut Client, host: &str) {
    if !may_see(area, client, "replicas", "public.file_replicas") {
        return;
    }
    let Some(places) = area.asked("replicas", checkup::replicas(client, host)) else { return };
    if places.is_empty() {
        area.ok("replicas", "none is recorded");
    }
    for place in places {
        let found =
            format!("{}: {}", place.hostname, counted(place.files, "copy").replace("copys", "copies"));
        let name = "replicas";
        if place.outdated > 0 {
            let outdated = format!("{found}, {} older than the original", thousands(place.outdated));
            area.add(State::Warn, name, outdated, Some(format!("copy anew to {}", place.hostname)));
        } else {
            area.ok(name, format!("{found}, as new as the originals"));
        }
    }
}

fn follow(area: &mut Area, client: &mut Client, host: &str) {
    if !may_see(area, client, "follow", "xtelemdb.heartbeats") {
        return;
    }
    let Some(beat) = area.asked("follow", checkup::heartbeat(client, host)) else { return };
    let start = "systemctl start xtelemdb-follow, or by hand: xtelemdb follow -n NAME";
    match beat {
        None => area.ok("follow", format!("none has run on {host}")),
        Some(beat) if beat.has_ended => {
            area.warn("follow", format!("{} was stopped {} ago", beat.name, duration(beat.age)), start);
        }
        Some(beat) if beat.age > crate::limits::HEARTBEAT_LATE => area.fail(
            "follow",
            format!("{} (process {}) has been silent for {}", beat.name, beat.process_id, duration(beat.age)),
            start,
        ),
        Some(beat) => {
            let error = beat.last_error.map(|text| format!("; last error: {text}")).unwrap_or_default();
            area.ok(
                "follow",
                format!(
                    "{} (process {}) runs, {} behind{error}",
                    beat.name,
                    beat.process_id,
                    counted(beat.files_behind, "file")
                ),
            );
        }
    }
}

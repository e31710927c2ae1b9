//! What the main loop does by the clock: counts, rows of growing files, heartbeats, looks at everything.

use super::Follower;
use super::registrar::{Registrar, Request};
use super::scan::{Scan, Scope};
use super::state::State;
use super::watch::{Missed, Watch};
use crate::db::types::OriginDigest;
use crate::error::Result;
use crate::limits::{
    CLAIMED_AGAIN_AFTER, FOLLOW_TICK, HEARTBEAT_EVERY, MOST_FILES_GONE, RESCAN_EVERY, RESCAN_LEAST_PAUSE,
    RESCAN_PAUSE_FACTOR, RESCAN_POLLED_EVERY, TAKE_FILES,
};
use crate::pipeline::tally::Tally;
use crate::record::Time;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// A record from further in the future does not count as the newest: some clock is wrong, not necessarily ours.
const FUTURE: Duration = Duration::from_secs(60);

/// When things are due, and what is gathered until then.
pub(super) struct Tasks {
    next_tick: Instant,
    next_beat: Instant,
    next_claims: Instant,
    claims_to_release: HashSet<i64>,
    records: u64,
    records_at_tick: u64,
    errors: u64,
    last_error: Option<String>,
    /// The same, until whoever shows the state was told of it.
    error_to_tell: Option<String>,
    newest: Option<Time>,
    /// How many files were behind when everything was looked at.
    found_behind: Option<u64>,
    /// Files that were named because they are gone.
    gone: HashSet<OriginDigest>,
    scan_started: Instant,
    /// No look at everything before this.
    scan_not_before: Instant,
    /// When the next one is due though nothing was missed.
    next_scan: Instant,
    has_said_overflow: bool,
}

impl Default for Tasks {
    fn default() -> Self {
        let now = Instant::now();
        Self {
            next_tick: now + FOLLOW_TICK,
            next_beat: now,
            next_claims: now,
            claims_to_release: HashSet::new(),
            records: 0,
            records_at_tick: 0,
            errors: 0,
            last_error: None,
            error_to_tell: None,
            newest: None,
            found_behind: None,
            gone: HashSet::new(),
            scan_started: now,
            scan_not_before: now,
            next_scan: now + RESCAN_EVERY,
            has_said_overflow: false,
        }
    }
}

impl Tasks {
    /// When something is due.
    pub fn next(&self) -> Instant {
        self.next_tick
    }

    /// This claim is needed no longer.
    pub fn unclaim(&mut self, claim_key: i64) {
        self.claims_to_release.insert(claim_key);
    }

    /// This claim is needed, perhaps again before it was given back.
    pub fn claim_again(&mut self, claim_key: i64) {
        self.claims_to_release.remove(&claim_key);
    }

    /// Counts a file that could not be loaded, and names it.
    pub fn count_defect(&mut self, text: String) {
        log::warn!("{text}");
        self.errors += 1;
        self.note_error(text);
    }

    fn note_error(&mut self, text: String) {
        self.error_to_tell = Some(text.clone());
        self.last_error = Some(text);
    }

    /// Names a file that is gone from disk and was not loaded in full, once.
    pub fn count_gone(&mut self, digest: OriginDigest, name: &str) {
        if self.gone.len() < MOST_FILES_GONE {
            if self.gone.insert(digest) {
                self.count_defect(format!("{name}: is gone from disk and was not loaded in full"));
            }
            if self.gone.len() == MOST_FILES_GONE {
                log::warn!("more such files are not named here; `xtelemdb ingest` names all of them");
            }
        }
    }

    /// So many files are behind, now that everything was looked at.
    pub fn found_behind(&mut self, files: u64) {
        self.found_behind = Some(files);
    }

    /// Says, once, that the kernel had more events than it could keep.
    pub fn say_overflow(&mut self, state: &State) {
        if std::mem::replace(&mut self.has_said_overflow, true) {
            log::debug!("the kernel's queue of events has overflowed again");
            return;
        }
        let limit = std::fs::read_to_string("/proc/sys/fs/inotify/max_queued_events").unwrap_or_default();
        state.warn(format!(
            "the kernel had more news of files than the {} that it keeps, so everything is looked at again; nothing is lost. If \
             this happens often, raise it: sysctl fs.inotify.max_queued_events=262144",
            limit.trim()
        ));
    }

    /// A look at everything is over.
    pub fn scan_ended(&mut self) {
        let now = Instant::now();
        self.scan_not_before =
            now + RESCAN_LEAST_PAUSE.max(self.scan_started.elapsed().min(RESCAN_EVERY) * RESCAN_PAUSE_FACTOR);
    }

    /// Adds what lanes have done.
    pub fn count(&mut self, tally: Tally) {
        self.records += tally.rows_new + tally.rows_already_there;
        self.errors += tally.records_rejected + tally.files_failed.values().sum::<u64>();
        if let Some(text) = tally.last_defect {
            self.note_error(text);
        }
        let latest = (SystemTime::now() + FUTURE).duration_since(UNIX_EPOCH).unwrap_or_default();
        let is_possible = |time: &Time| time.seconds <= latest.as_secs() as i64;
        self.newest = self.newest.max(tally.newest.filter(is_possible));
    }
}

impl Follower<'_> {
    /// Does what is due.
    pub(super) fn do_tasks(&mut self, watch: &Watch, registrar: &Registrar) -> Result<()> {
        let now = Instant::now();
        self.scan_if_due(now, watch.polls.load(Ordering::Relaxed))?;
        if now < self.tasks.next_tick {
            return Ok(());
        }
        self.tasks.next_tick = now + FOLLOW_TICK;
        self.files.release_held(now);
        self.count();
        if self.lanes.is_some() {
            self.write_rows(registrar);
            self.give_back(now, registrar);
            if now >= self.tasks.next_beat && registrar.requests.is_empty() {
                self.tasks.next_beat = now + HEARTBEAT_EVERY;
                let beat = Request::Beat(Box::new(self.heartbeat(false)));
                let _ = registrar.requests.try_send(beat);
            }
        }
        if let Some(warning) = self.roster.look(now) {
            self.state.warn(warning);
        }
        Ok(())
    }

    /// Brings the state up to date.
    pub(super) fn count(&mut self) {
        if let Some((live, behind)) = &self.lanes {
            for lanes in [live, behind] {
                self.tasks.count(lanes.take_tally());
            }
        }
        let behind = self.behind();
        let tasks = &mut self.tasks;
        let since_tick = tasks.records - tasks.records_at_tick;
        tasks.records_at_tick = tasks.records;
        self.state.update(|now| {
            now.newest_record = tasks.newest;
            now.records_since_start = tasks.records;
            now.records_last_second = since_tick;
            now.lag_s = (behind.lag.as_secs_f64() * 1e3).round() / 1e3;
            now.bytes_behind = behind.bytes;
            now.files_behind = behind.files;
            now.errors = tasks.errors;
            now.last_error.clone_from(&tasks.last_error);
        });
        // Of a damaged file there may be thousands in a second: the last of them will do.
        if let Some(text) = tasks.error_to_tell.take() {
            self.state.tell(text);
        }
    }

    fn scan_if_due(&mut self, now: Instant, polls: bool) -> Result<()> {
        if self.lanes.is_none() {
            return Ok(());
        }
        let every = if polls { RESCAN_POLLED_EVERY } else { RESCAN_EVERY };
        let is_due = now >= self.tasks.next_scan || (polls && now >= self.tasks.scan_started + every);
        let is_wanted = self.missed.is_some() || is_due;
        if self.scan.is_some() || !is_wanted || now < self.tasks.scan_not_before {
            return Ok(());
        }
        let scope = Scope {
            host: self.plan.host.clone(),
            data_dirs: self.plan.data_dirs.clone(),
            connector: self.plan.connector.clone(),
            catalogue: self.plan.catalogue.clone(),
            devices: self.plan.devices.clone(),
            before: self.tasks.found_behind,
        };
        // From here on what is missed is missed by this look.
        self.missed = None;
        self.tasks.scan_started = now;
        self.tasks.next_scan = now + every;
        self.scan = Some(Scan::start(scope)?);
        Ok(())
    }

    fn write_rows(&mut self, registrar: &Registrar) {
        self.touched.extend(self.files.take_stale_rows());
        if self.writes_rows || self.touched.is_empty() {
            return;
        }
        let paths: Vec<PathBuf> = self.touched.iter().take(4 * TAKE_FILES).cloned().collect();
        for path in &paths {
            self.touched.remove(path);
        }
        if registrar.requests.try_send(Request::Rows(paths)).is_ok() {
            self.writes_rows = true;
        } else {
            self.miss(Missed::TooMany);
        }
    }

    /// Gives claims back, and tries again to get those that others had.
    fn give_back(&mut self, now: Instant, registrar: &Registrar) {
        self.tasks.claims_to_release.extend(self.files.forget_quiet(now));
        // Of a file that is being looked up the claim may be needed in a moment.
        if !self.tasks.claims_to_release.is_empty() && !self.lookups.is_under_way() {
            let claims = self.tasks.claims_to_release.iter().copied().collect();
            if registrar.requests.try_send(Request::Release(claims)).is_ok() {
                self.tasks.claims_to_release.clear();
            }
        }
        if now >= self.tasks.next_claims {
            self.tasks.next_claims = now + CLAIMED_AGAIN_AFTER;
            self.lookups.try_again_elsewhere();
        }
    }
}

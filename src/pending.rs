//! Work for the lanes out of the inventory: this host's telemetry files that have bytes the ledger does not have.

use crate::db::ledger::{self, Entry, Seen, TelemetryFile};
use crate::db::types::{Micros, OriginDigest};
use crate::db::{Connector, Failure};
use crate::error::Result;
use crate::limits::{FILES_AHEAD, FILES_PAGE};
use crate::origin;
use crate::pipeline::Lanes;
use crate::pipeline::work::{Work, is_compressed_beside};
use crate::report::progress::Progress;
use crate::stop;
use postgres::Client;
use serde::Serialize;
use std::collections::HashMap;
use std::io;
use std::path::Path;

/// What looking through the inventory came to.
#[derive(Debug, Default, Serialize)]
pub struct Looked {
    /// Telemetry files of this host in the inventory.
    pub files_inventoried: u64,
    /// Those that had nothing new.
    pub files_unchanged: u64,
    /// Those handed to a lane.
    pub files_pending: u64,
    /// Those that another ingest is at; it loads them.
    pub files_elsewhere: u64,
    /// Those that are gone from disk without having been loaded in full.
    pub files_gone: u64,
}

/// Looks through the inventory of `host` and hands what is pending to the lanes, up to `limit` files.
pub struct Feeder<'a> {
    /// To connect again when the connection broke.
    pub connector: &'a Connector,
    /// Holds the claims, so it must live until the lanes are done.
    pub client: &'a mut Client,
    /// Whose files.
    pub host: &'a str,
    /// At most so many files go to the lanes.
    pub limit: Option<u64>,
    /// Counts files that need no lane.
    pub progress: &'a Progress,
    /// What was found so far.
    pub looked: Looked,
    /// Claims that turned out not to be needed.
    pub unneeded_claims: Vec<i64>,
}

/// What a file has on disk that the ledger does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// Nothing.
    None,
    /// It has changed since it was loaded, or never was.
    Some,
    /// It is gone, and nothing is lost with it.
    AccountedFor,
    /// It is gone, and was not loaded in full.
    Gone,
    /// It can't be looked at.
    Unreadable,
}

/// Compares what the ledger saw of a file with its size and time on disk.
pub fn news(file: &TelemetryFile) -> News {
    let path = origin::text_to_path(&file.path);
    match std::fs::metadata(&path) {
        Ok(on_disk) => {
            let is_as_seen = file.entry.as_ref().is_some_and(|entry| {
                entry.size_bytes_seen == on_disk.len() as i64
                    && on_disk.modified().is_ok_and(|time| Micros::from(time) == entry.modification_time_seen)
            });
            if is_as_seen { News::None } else { News::Some }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if is_accounted_for(&path, file.size_bytes, file.seen()) {
                News::AccountedFor
            } else {
                News::Gone
            }
        }
        Err(_) => News::Unreadable,
    }
}

/// A pending file that somebody else had claimed.
type Elsewhere = Vec<TelemetryFile>;

impl Feeder<'_> {
    /// Does it. Returns early when the lanes have stopped.
    pub fn feed(&mut self, lanes: &Lanes) -> Result<()> {
        let mut elsewhere = Elsewhere::new();
        let mut after: Option<(Micros, OriginDigest)> = None;
        loop {
            let host = self.host;
            let page = self
                .connector
                .insist(self.client, |client| ledger::telemetry_files(client, host, after, FILES_PAGE))?;
            let Some(last) = page.last() else { break };
            after = Some((last.creation_time, last.digest));
            self.looked.files_inventoried += page.len() as u64;
            let pending: Vec<TelemetryFile> = page.into_iter().filter(|file| self.is_pending(file)).collect();
            if !self.hand_over(lanes, pending, &mut elsewhere)? || self.is_at_limit() {
                break;
            }
        }
        self.look_again(lanes, elsewhere)
    }

    /// What another ingest had claimed may be free by now: it has ended, or it died.
    fn look_again(&mut self, lanes: &Lanes, elsewhere: Elsewhere) -> Result<()> {
        let mut still_elsewhere = Elsewhere::new();
        if !elsewhere.is_empty() && !self.is_at_limit() {
            self.hand_over(lanes, elsewhere, &mut still_elsewhere)?;
        }
        for file in &still_elsewhere {
            log::debug!("{}: another ingest is at it", file.path);
        }
        self.looked.files_elsewhere = still_elsewhere.len() as u64;
        self.progress.add(self.looked.files_elsewhere);
        Ok(())
    }

    fn is_at_limit(&self) -> bool {
        self.limit.is_some_and(|limit| self.looked.files_pending >= limit)
    }

    /// Whether a file is to be loaded; counts it if not.
    fn is_pending(&mut self, file: &TelemetryFile) -> bool {
        match news(file) {
            // The lane will say what is wrong with one that can't be looked at.
            News::Some | News::Unreadable => return true,
            News::None | News::AccountedFor => self.looked.files_unchanged += 1,
            News::Gone => {
                self.looked.files_gone += 1;
                log::warn!("{}: is gone from disk and was not loaded in full", file.path);
            }
        }
        self.progress.add(1);
        false
    }

    /// Claims files and gives those that nobody else holds to the lanes. False when there is no use in going on.
    fn hand_over(
        &mut self,
        lanes: &Lanes,
        files: Vec<TelemetryFile>,
        elsewhere: &mut Elsewhere,
    ) -> Result<bool> {
        let mut files = files.into_iter().peekable();
        while files.peek().is_some() {
            stop::check()?;
            let room = self.limit.map_or(u64::MAX, |limit| limit.saturating_sub(self.looked.files_pending));
            let count = FILES_AHEAD.min(usize::try_from(room).unwrap_or(usize::MAX));
            if count == 0 {
                return Ok(false);
            }
            let group: Vec<TelemetryFile> = files.by_ref().take(count).collect();
            let mut finished = std::mem::take(&mut self.unneeded_claims);
            finished.extend(lanes.finished().try_iter().map(|file| file.claim_key));
            let (claimed, entries) =
                self.connector.insist(self.client, |client| claim(client, self.host, &finished, &group))?;
            for mut file in group {
                if !claimed.contains(&file.claim_key()) {
                    elsewhere.push(file);
                    continue;
                }
                let entry = entries.get(&file.digest).cloned();
                if file.entry != entry {
                    // Another ingest has moved it on since the page was read, perhaps to its end.
                    file.entry = entry;
                    if !self.is_pending(&file) {
                        self.unneeded_claims.push(file.claim_key());
                        continue;
                    }
                }
                let forerunner = match file.entry {
                    None => forerunner_digest(self.host, &file.path)
                        .and_then(|digest| entries.get(&digest).cloned()),
                    Some(_) => None,
                };
                let twin = twin_digest(self.host, &file.path);
                let Some(work) = Work::new(file, forerunner, twin) else { continue };
                self.looked.files_pending += 1;
                if !lanes.send(work) {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }
}

/// Releases claims that are done with, takes new ones, and reads what the ledger says of those files and of the plain
/// files whose content compressed ones among them may continue.
fn claim(
    client: &mut Client,
    host: &str,
    finished: &[i64],
    group: &[TelemetryFile],
) -> std::result::Result<(Vec<i64>, HashMap<OriginDigest, Entry>), Failure> {
    if !finished.is_empty() {
        ledger::release(client, finished)?;
    }
    let keys: Vec<i64> = group.iter().map(TelemetryFile::claim_key).collect();
    let claimed = ledger::claim(client, &keys)?;
    let mut digests: Vec<OriginDigest> = group.iter().map(|file| file.digest).collect();
    digests.extend(group.iter().filter_map(|file| forerunner_digest(host, &file.path)));
    let entries = ledger::entries(client, &digests)?.into_iter().collect();
    Ok((claimed, entries))
}

/// The key of the `X.ndjson` that an `X.ndjson.gz` may have replaced.
pub(crate) fn forerunner_digest(host: &str, path: &str) -> Option<OriginDigest> {
    let plain = path.strip_suffix(".gz").filter(|plain| plain.ends_with(".ndjson"))?;
    Some(OriginDigest(origin::origin_digest(host, plain)))
}

/// The key of the `X.ndjson` beside an `X.ndjson.gz`, or the other way round.
pub(crate) fn twin_digest(host: &str, path: &str) -> Option<OriginDigest> {
    let packed = || {
        path.ends_with(".ndjson").then(|| OriginDigest(origin::origin_digest(host, &format!("{path}.gz"))))
    };
    forerunner_digest(host, path).or_else(packed)
}

/// Whether nothing is lost with a file that is gone from disk: it was empty or loaded in full, or its content stands in
/// a compressed file beside it.
pub fn is_accounted_for(path: &Path, size_bytes: i64, seen: Option<Seen>) -> bool {
    let loaded_in_full = seen.is_some_and(|seen| seen.tail_bytes == 0 && seen.size_bytes >= size_bytes);
    size_bytes == 0 || loaded_in_full || is_compressed_beside(path)
}

//! Telemetry files that are being written, or that are behind: what is loaded of each, and what is to be done with it.
//! Files that are quiet are not known here but in the database, so their number costs no memory.

use super::registrar::Taken;
use crate::db::ledger::Entry;
use crate::db::types::{Micros, OriginDigest};
use crate::limits::{FILE_FORGOTTEN_AFTER, GZIP_SETTLES, LARGE_STRETCH_BYTES, UNREADABLE_AGAIN_AFTER};
use crate::origin::{self, Kind};
use crate::pending::is_accounted_for;
use crate::pipeline::work::{Finished, Trouble, Work};
use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime};

/// Which lane a file goes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lane {
    /// Short stretches of what is being written: nothing long may stand in their way.
    Live,
    /// Everything else.
    Behind,
}

/// Where a file stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Nothing to be done, as far as is known.
    Idle,
    /// In one of the queues.
    Queued,
    /// A lane has it.
    Loading,
}

struct File {
    path: PathBuf,
    name: String,
    device: String,
    kind: Kind,
    claim_key: i64,
    /// As it was seen last.
    size_bytes: i64,
    twin: Option<OriginDigest>,
    entry: Option<Entry>,
    forerunner: Option<Entry>,
    stage: Stage,
    /// Since when there is news that no lane has seen.
    news_since: Option<SystemTime>,
    /// The same of what the lane is loading.
    loading_since: Option<SystemTime>,
    /// The same of what it could not read.
    unreadable_since: Option<SystemTime>,
    /// It is left alone until then.
    not_before: Option<Instant>,
    last_news: Instant,
    /// Whether there was news of it since it is known here.
    is_written: bool,
    /// Whether its row tells another size than it has.
    row_is_stale: bool,
    lane: Lane,
}

/// What is not loaded, as far as it is known here.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Behind {
    pub files: u64,
    pub bytes: u64,
    pub lag: Duration,
}

/// What became of a file that a lane has given back.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum After {
    /// It goes on.
    Kept,
    /// It is not known here any more: it came out of a look at everything and is loaded. Its claim.
    Done(i64),
    /// It has to be looked up again: the ledger stands elsewhere than we thought. With its claim.
    LookUp { path: PathBuf, claim_key: i64 },
}

/// What comes next out of a queue.
pub(super) enum Next {
    /// A file with news.
    Work(Box<Work>),
    /// There is nothing to be done with this file, and it is not known here any more. Its claim.
    Done { claim_key: i64 },
    /// This file is gone from disk, perhaps with something that was not loaded. With its claim.
    Gone { digest: OriginDigest, name: String, claim_key: i64, is_lost: bool },
}

/// The files, and the queues of those that have news.
#[derive(Default)]
pub(super) struct Files {
    known: HashMap<OriginDigest, File>,
    live: VecDeque<OriginDigest>,
    behind: VecDeque<OriginDigest>,
    /// How many of the known ones are in the lane that catches up, or wait for it.
    count_behind: usize,
}

impl Files {
    /// Takes up a file that has news.
    pub fn add(&mut self, taken: Taken, lane: Lane) {
        let Some(kind) = origin::kind(&taken.name) else { return };
        let now = SystemTime::now();
        let since = match lane {
            Lane::Live => now,
            // Its last byte has waited since then; the first that is not loaded, for longer.
            Lane::Behind => system_time(taken.seen.modified).min(now),
        };
        let file = File {
            device: origin::device(&taken.name).to_owned(),
            kind,
            path: taken.path,
            name: taken.name,
            claim_key: taken.claim_key,
            size_bytes: taken.seen.size_bytes,
            twin: taken.twin,
            entry: taken.entry,
            forerunner: taken.forerunner,
            stage: Stage::Idle,
            news_since: Some(since),
            loading_since: None,
            unreadable_since: None,
            not_before: None,
            last_news: Instant::now(),
            is_written: lane == Lane::Live,
            row_is_stale: false,
            lane,
        };
        self.forget(taken.digest);
        self.count_behind += usize::from(lane == Lane::Behind);
        self.known.insert(taken.digest, file);
        self.settle(taken.digest);
    }

    fn forget(&mut self, digest: OriginDigest) -> Option<File> {
        let file = self.known.remove(&digest)?;
        self.count_behind -= usize::from(file.lane == Lane::Behind);
        Some(file)
    }

    /// There is news of a file. False if it is not known here.
    pub fn note(&mut self, digest: OriginDigest) -> bool {
        if let Some(file) = self.known.get_mut(&digest) {
            file.is_written = true;
        }
        self.suspect(digest)
    }

    /// There may be news of a file. False if it is not known here.
    pub fn suspect(&mut self, digest: OriginDigest) -> bool {
        let Some(file) = self.known.get_mut(&digest) else { return false };
        file.last_news = Instant::now();
        file.row_is_stale = true;
        file.news_since.get_or_insert_with(SystemTime::now);
        self.settle(digest);
        true
    }

    /// There may be news of any file.
    pub fn note_all(&mut self) {
        let digests: Vec<OriginDigest> = self.known.keys().copied().collect();
        for digest in digests {
            self.suspect(digest);
        }
    }

    /// Queues a file that has news, unless a lane has it or it is to be left alone.
    fn settle(&mut self, digest: OriginDigest) {
        let Some(file) = self.known.get_mut(&digest) else { return };
        if file.kind.is_gzip() && file.lane == Lane::Live && file.not_before.is_none() {
            file.not_before = Some(Instant::now() + GZIP_SETTLES);
        }
        if file.stage == Stage::Idle && file.news_since.is_some() && file.not_before.is_none() {
            file.stage = Stage::Queued;
            match file.lane {
                Lane::Live => self.live.push_back(digest),
                Lane::Behind => self.behind.push_back(digest),
            }
        }
    }

    /// Queues what was left alone and need not be any more.
    pub fn release_held(&mut self, now: Instant) {
        let due = |(digest, file): (&OriginDigest, &mut File)| {
            let is_due = file.not_before.is_some_and(|until| until <= now)
                // Its writer is still at it.
                && !(file.kind.is_gzip() && now.duration_since(file.last_news) < GZIP_SETTLES);
            (is_due && file.stage == Stage::Idle && file.news_since.is_some()).then(|| {
                file.not_before = None;
                file.stage = Stage::Queued;
                (*digest, file.lane)
            })
        };
        for (digest, lane) in self.known.iter_mut().filter_map(due).collect::<Vec<_>>() {
            match lane {
                Lane::Live => self.live.push_back(digest),
                Lane::Behind => self.behind.push_back(digest),
            }
        }
    }

    /// The next file for a lane; none if there is nothing to be done. A file whose news turn out to be none is passed over.
    pub fn next(&mut self, lane: Lane) -> Option<Next> {
        loop {
            let digest = match lane {
                Lane::Live => self.live.pop_front()?,
                Lane::Behind => self.behind.pop_front()?,
            };
            // It may have been forgotten since, and taken up again.
            let Some(file) = self.known.get_mut(&digest).filter(|file| file.stage == Stage::Queued) else {
                continue;
            };
            let (size_bytes, modified) = match std::fs::metadata(&file.path) {
                Ok(on_disk) => {
                    file.size_bytes = i64::try_from(on_disk.len()).unwrap_or(i64::MAX);
                    (on_disk.len(), on_disk.modified().ok())
                }
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    let file = self.forget(digest)?;
                    let is_lost =
                        !is_accounted_for(&file.path, file.size_bytes, file.entry.as_ref().map(Entry::seen));
                    let File { name, claim_key, .. } = file;
                    return Some(Next::Gone { digest, name, claim_key, is_lost });
                }
                // The lane says what is wrong.
                Err(_) => (0, None),
            };
            if is_seen(file.entry.as_ref(), size_bytes, modified) {
                if !file.is_written {
                    let claim_key = file.claim_key;
                    self.forget(digest);
                    return Some(Next::Done { claim_key });
                }
                // Kept for a while, since there may be more news soon.
                file.stage = Stage::Idle;
                file.news_since = None;
                file.move_to(Lane::Live, &mut self.count_behind);
                continue;
            }
            if lane == Lane::Live && file.stretch_bytes(size_bytes) > LARGE_STRETCH_BYTES {
                file.move_to(Lane::Behind, &mut self.count_behind);
                self.behind.push_front(digest);
                continue;
            }
            file.stage = Stage::Loading;
            file.loading_since = file.news_since.take();
            return Some(Next::Work(Box::new(file.work(digest))));
        }
    }

    /// Takes back what a lane had no room for.
    pub fn put_back(&mut self, lane: Lane, digest: OriginDigest) {
        let Some(file) = self.known.get_mut(&digest) else { return };
        file.stage = Stage::Queued;
        file.news_since = file.loading_since.take();
        match lane {
            Lane::Live => self.live.push_front(digest),
            Lane::Behind => self.behind.push_front(digest),
        }
    }

    /// A lane is done with a file.
    pub fn finished(&mut self, finished: Finished) -> After {
        let digest = finished.digest;
        let Some(file) = self.known.get_mut(&digest) else { return After::Kept };
        file.stage = Stage::Idle;
        let since = file.loading_since.take();
        let unreadable_since = file.unreadable_since.take();
        let was_behind = file.move_to(Lane::Live, &mut self.count_behind) == Lane::Behind;
        if let Some(entry) = finished.entry {
            file.entry = Some(entry);
            file.forerunner = None;
        }
        match finished.trouble {
            Some(Trouble::Overtaken) => {
                let (path, claim_key) = (file.path.clone(), file.claim_key);
                self.forget(digest);
                return After::LookUp { path, claim_key };
            }
            Some(trouble @ (Trouble::Unreadable | Trouble::Gone)) => {
                if trouble == Trouble::Unreadable {
                    file.unreadable_since = unreadable_since.or(since);
                }
                file.not_before = Some(Instant::now() + UNREADABLE_AGAIN_AFTER);
            }
            None if was_behind && file.news_since.is_none() && !file.is_written => {
                let claim_key = file.claim_key;
                self.forget(digest);
                return After::Done(claim_key);
            }
            None => {}
        }
        self.settle(digest);
        After::Kept
    }

    /// Whether a queue has something.
    pub fn has_next(&self, lane: Lane) -> bool {
        match lane {
            Lane::Live => !self.live.is_empty(),
            Lane::Behind => !self.behind.is_empty(),
        }
    }

    /// How many came out of a look at everything and are not loaded.
    pub fn count_behind(&self) -> usize {
        self.count_behind
    }

    /// What is not loaded.
    pub fn behind(&self) -> Behind {
        let now = SystemTime::now();
        let mut behind = Behind::default();
        for file in self.known.values() {
            let waits = file.unreadable_since.or(file.loading_since).or(file.news_since);
            let Some(since) = waits else { continue };
            let size_bytes = std::fs::metadata(&file.path).map_or(0, |on_disk| on_disk.len());
            behind.files += 1;
            behind.bytes += file.stretch_bytes(size_bytes);
            // Clocks are set back.
            behind.lag = behind.lag.max(now.duration_since(since).unwrap_or_default());
        }
        behind
    }

    /// Files whose rows are to be brought in step.
    pub fn take_stale_rows(&mut self) -> Vec<PathBuf> {
        let stale = self
            .known
            .values_mut()
            .filter_map(|file| std::mem::take(&mut file.row_is_stale).then(|| file.path.clone()));
        stale.collect()
    }

    /// Forgets files without news, and returns their claims.
    pub fn forget_quiet(&mut self, now: Instant) -> Vec<i64> {
        let mut claims = Vec::new();
        self.known.retain(|_, file| {
            let is_quiet = file.stage == Stage::Idle
                && file.news_since.is_none()
                && now.duration_since(file.last_news) >= FILE_FORGOTTEN_AFTER;
            if is_quiet {
                self.count_behind -= usize::from(file.lane == Lane::Behind);
                claims.push(file.claim_key);
            }
            !is_quiet
        });
        claims
    }
}

impl File {
    /// Has it go through another lane from now on; the one before.
    fn move_to(&mut self, lane: Lane, count_behind: &mut usize) -> Lane {
        *count_behind -= usize::from(self.lane == Lane::Behind);
        *count_behind += usize::from(lane == Lane::Behind);
        std::mem::replace(&mut self.lane, lane)
    }

    /// How much of it is not loaded, about.
    fn stretch_bytes(&self, size_bytes: u64) -> u64 {
        match &self.entry {
            Some(entry) if self.kind.is_gzip() && entry.size_bytes_seen >= 0 => {
                size_bytes.saturating_sub(entry.size_bytes_seen as u64)
            }
            Some(entry) if !self.kind.is_gzip() => size_bytes.saturating_sub(entry.resume_bytes as u64),
            _ => size_bytes,
        }
    }

    fn work(&self, digest: OriginDigest) -> Work {
        Work {
            digest,
            name: self.name.clone(),
            path: self.path.clone(),
            device: self.device.clone(),
            kind: self.kind,
            entry: self.entry.clone(),
            forerunner: self.forerunner.clone(),
            twin: self.twin,
            claim_key: self.claim_key,
        }
    }
}

/// Whether the ledger knows the file in this state.
fn is_seen(entry: Option<&Entry>, size_bytes: u64, modified: Option<SystemTime>) -> bool {
    entry.is_some_and(|entry| {
        entry.size_bytes_seen == size_bytes as i64
            && modified.is_some_and(|time| Micros::from(time) == entry.modification_time_seen)
    })
}

fn system_time(time: Micros) -> SystemTime {
    /// Seconds from 1970 to 2000.
    const EPOCH: Duration = Duration::from_secs(946_684_800);
    let since_1970 = u64::try_from(time.0).map(Duration::from_micros).unwrap_or_default() + EPOCH;
    SystemTime::UNIX_EPOCH.checked_add(since_1970).unwrap_or(SystemTime::UNIX_EPOCH)
}

//! Telemetry files that are to be looked up in the database, since nothing is known of them here: which of them next, and
//! for which lane.

use super::files::{Files, Lane};
use crate::db::types::OriginDigest;
use crate::limits::{MOST_FILES_BEHIND, MOST_WANTED_FILES, TAKE_FILES};
use crate::origin;
use std::collections::{HashMap, HashSet, VecDeque};
use std::path::{Path, PathBuf};

/// What waits to be looked up.
#[derive(Default)]
pub(super) struct Lookups {
    /// Files with news.
    wanted: HashSet<PathBuf>,
    /// Files of a new folder.
    listed: VecDeque<PathBuf>,
    /// Files that a look at everything has found, in its order.
    found: VecDeque<PathBuf>,
    /// Files that another process is loading.
    elsewhere: HashMap<PathBuf, Lane>,
    /// What the registrar is looking up.
    under_way: Option<Lane>,
}

impl Lookups {
    /// There is news of a file. False if there are so many that none of them is remembered.
    #[must_use]
    pub fn want(&mut self, path: PathBuf) -> bool {
        self.wanted.insert(path);
        let is_too_many = self.wanted.len() > MOST_WANTED_FILES;
        if is_too_many {
            self.wanted.clear();
        }
        !is_too_many
    }

    /// These were listed in a new folder. False if there are so many that none of them is remembered.
    #[must_use]
    pub fn list(&mut self, paths: impl IntoIterator<Item = PathBuf>) -> bool {
        self.listed.extend(paths);
        let is_too_many = self.listed.len() > MOST_WANTED_FILES;
        if is_too_many {
            self.listed.clear();
        }
        !is_too_many
    }

    /// A look at everything has found these.
    pub fn find(&mut self, paths: impl IntoIterator<Item = PathBuf>) {
        self.found.extend(paths);
    }

    /// Whether a look at everything may go on.
    pub fn has_room(&self, files: &Files) -> bool {
        self.found.len() < TAKE_FILES && files.count_behind() < MOST_FILES_BEHIND
    }

    /// The next files to be looked up together, which are under way from then on. Files that are known by now are not: they
    /// are looked at again.
    pub fn next(&mut self, host: &str, files: &mut Files) -> Option<(Vec<PathBuf>, Lane)> {
        if self.under_way.is_some() {
            return None;
        }
        let mut paths = Vec::new();
        // A file may be wanted and listed.
        let mut digests = HashSet::new();
        for path in std::mem::take(&mut self.wanted) {
            let digest = digest(host, &path);
            if paths.len() == TAKE_FILES {
                self.wanted.insert(path);
            } else if !files.note(digest) && digests.insert(digest) {
                paths.push(path);
            }
        }
        let room = MOST_FILES_BEHIND.saturating_sub(files.count_behind());
        let mut take = |queue: &mut VecDeque<PathBuf>, most: usize, paths: &mut Vec<PathBuf>| {
            while paths.len() < most
                && let Some(path) = queue.pop_front()
            {
                let digest = digest(host, &path);
                if !files.suspect(digest) && digests.insert(digest) {
                    paths.push(path);
                }
            }
        };
        take(&mut self.listed, TAKE_FILES, &mut paths);
        let mut lane = Lane::Live;
        if paths.is_empty() {
            lane = Lane::Behind;
            take(&mut self.found, TAKE_FILES.min(room), &mut paths);
        }
        if paths.is_empty() {
            return None;
        }
        self.under_way = Some(lane);
        Some((paths, lane))
    }

    /// The registrar has looked up what was under way, and others are loading these; the lane that it was for.
    pub fn answered(&mut self, elsewhere: Vec<PathBuf>) -> Lane {
        let lane = self.under_way.take().unwrap_or(Lane::Live);
        for path in elsewhere {
            let known = self.elsewhere.entry(path).or_insert(lane);
            if lane == Lane::Live {
                *known = lane;
            }
        }
        lane
    }

    /// Whether the registrar is at it.
    pub fn is_under_way(&self) -> bool {
        self.under_way.is_some()
    }

    /// Has those looked up again that others were loading.
    pub fn try_again_elsewhere(&mut self) {
        for (path, lane) in self.elsewhere.drain() {
            match lane {
                Lane::Live => self.listed.push_back(path),
                Lane::Behind => self.found.push_back(path),
            }
        }
    }

    /// Keeps only files with news.
    pub fn keep_wanted(&mut self) {
        self.listed.clear();
        self.found.clear();
        self.elsewhere.clear();
    }

    /// Whether files with news wait, or the registrar is at it.
    pub fn has_wanted(&self) -> bool {
        !self.wanted.is_empty() || self.under_way.is_some()
    }

    /// How many are not loaded, as far as is known.
    pub fn count_behind(&self) -> u64 {
        (self.wanted.len() + self.found.len()) as u64
    }
}

fn digest(host: &str, path: &Path) -> OriginDigest {
    OriginDigest(origin::origin_digest(host, &origin::path_to_text(path)))
}

//! How a follow fares, for whoever wants to show it: one writer, any number of readers, nobody waits for long.

use crate::db::Health;
use crate::db::health::Fault;
use crate::limits::{AWAY_IS_ALERT_AFTER, WARNINGS_KEPT};
use crate::record::Time;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// The database as a light.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Light {
    /// It does what it is asked.
    #[default]
    Ok,
    /// It can't be reached, which may end by itself.
    Busy,
    /// It refuses to go on, or has been away for long: somebody should look.
    Alert,
}

/// How things are at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// When the follow was started.
    pub started: SystemTime,
    /// The latest time of a record that was loaded.
    pub newest_record: Option<Time>,
    /// Records loaded since the start.
    pub records_since_start: u64,
    /// Records loaded in the last whole second.
    pub records_last_second: u64,
    /// How long the oldest byte that is not loaded has waited, in seconds; 0 if there is none.
    pub lag_s: f64,
    /// About how many bytes are not loaded.
    pub bytes_behind: u64,
    /// Files that are not loaded to their end.
    pub files_behind: u64,
    /// How the database is.
    pub database: Light,
    /// The same in words; empty if it is well.
    pub database_text: String,
    /// Records set aside and files that could not be loaded, since the start.
    pub errors: u64,
    /// The last of these.
    pub last_error: Option<String>,
    /// The last warnings, oldest first, each with its number: one that was seen is not shown again.
    pub warnings: VecDeque<(u64, String)>,
    /// Set when the follow is about to end.
    pub is_ending: bool,
}

/// The shared state. Clones are the same.
#[derive(Clone, Debug)]
pub struct State {
    health: Health,
    now: Arc<Mutex<Snapshot>>,
}

impl State {
    /// At the start. What `health` says is the light.
    pub fn new(health: &Health) -> Self {
        let now = Snapshot {
            started: SystemTime::now(),
            newest_record: None,
            records_since_start: 0,
            records_last_second: 0,
            lag_s: 0.0,
            bytes_behind: 0,
            files_behind: 0,
            database: Light::Ok,
            database_text: String::new(),
            errors: 0,
            last_error: None,
            warnings: VecDeque::new(),
            is_ending: false,
        };
        Self { health: health.clone(), now: Arc::new(Mutex::new(now)) }
    }

    /// How things are.
    pub fn snapshot(&self) -> Snapshot {
        let mut snapshot = self.locked().clone();
        (snapshot.database, snapshot.database_text) = match self.health.worst() {
            None => (Light::Ok, String::new()),
            Some((Fault::Away, text, since)) if since < AWAY_IS_ALERT_AFTER => (Light::Busy, text),
            Some((_, text, _)) => (Light::Alert, text),
        };
        snapshot
    }

    /// Says that something is amiss: in the log, and to whoever shows the state.
    pub fn warn(&self, text: String) {
        log::warn!("{text}");
        self.tell(text);
    }

    /// Says to whoever shows the state what the log knows already.
    pub(super) fn tell(&self, text: String) {
        let mut now = self.locked();
        let number = now.warnings.back().map_or(1, |(last, _)| last + 1);
        if now.warnings.len() == WARNINGS_KEPT {
            now.warnings.pop_front();
        }
        now.warnings.push_back((number, text));
    }

    /// Changes it.
    pub(super) fn update(&self, change: impl FnOnce(&mut Snapshot)) {
        change(&mut self.locked());
    }

    fn locked(&self) -> MutexGuard<'_, Snapshot> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_light_is_that_of_the_database() {
        let health = Health::default();
        let state = State::new(&health);
        assert_eq!(state.snapshot().database, Light::Ok);
        let away = health.complain(Fault::Away, "away");
        assert_eq!((state.snapshot().database, state.snapshot().database_text), (Light::Busy, "away".into()));
        let full = health.complain(Fault::Refusing, "disk full");
        assert_eq!(state.snapshot().database, Light::Alert);
        drop((full, away));
        assert_eq!(state.snapshot().database, Light::Ok);
    }

    #[test]
    fn the_last_warnings_are_kept_with_their_numbers() {
        let state = State::new(&Health::default());
        for number in 1..=WARNINGS_KEPT + 2 {
            state.warn(format!("warning {number}"));
        }
        let warnings = state.snapshot().warnings;
        assert_eq!(warnings.len(), WARNINGS_KEPT);
        assert_eq!(warnings.front(), Some(&(3, "warning 3".into())));
    }
}

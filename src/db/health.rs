//! How the database is, as all connections of a process see it: what is amiss is said once, and once when it is over.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What is amiss, by what it takes to mend it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The server can't be reached; that may end by itself.
    Away,
    /// The server refuses to go on until somebody has mended something.
    Refusing,
}

/// What the connections of a process complain of. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Health {
    complaints: Arc<Mutex<Complaints>>,
}

#[derive(Debug, Default)]
struct Complaints {
    open: Vec<Open>,
    next_number: u64,
    /// Since when something has been amiss.
    since: Option<Instant>,
    /// What was said since then, by its kind.
    said: BTreeSet<String>,
}

#[derive(Debug)]
struct Open {
    number: u64,
    fault: Fault,
    text: String,
}

/// Something that is amiss, for as long as this lives.
#[derive(Debug)]
pub struct Complaint {
    health: Health,
    number: u64,
}

impl Health {
    /// Something is amiss, until the result is dropped. It is said unless the same was said since all was well.
    pub fn complain(&self, fault: Fault, text: &str) -> Complaint {
        let mut complaints = self.locked();
        let number = complaints.next_number;
        complaints.next_number += 1;
        complaints.open.push(Open { number, fault, text: text.to_owned() });
        let is_first = complaints.since.is_none();
        complaints.since.get_or_insert_with(Instant::now);
        // Of several connections that break together one is enough, but no kind of refusal is ever hidden.
        let is_news = is_first || fault == Fault::Refusing;
        let is_news = is_news && complaints.said.insert(kind(text));
        drop(complaints);
        match fault {
            _ if !is_news => log::debug!("{text}"),
            Fault::Away => log::warn!("{text}"),
            Fault::Refusing => log::error!("{text}"),
        }
        Complaint { health: self.clone(), number }
    }

    /// The worst of what is amiss, and since when anything has been.
    pub fn worst(&self) -> Option<(Fault, String, Duration)> {
        let complaints = self.locked();
        let worst = complaints.open.iter().max_by_key(|open| open.fault)?;
        let for_time = complaints.since.map(|since| since.elapsed()).unwrap_or_default();
        Some((worst.fault, worst.text.clone(), for_time))
    }

    fn withdraw(&self, number: u64) {
        let mut complaints = self.locked();
        complaints.open.retain(|open| open.number != number);
        if !complaints.open.is_empty() {
            return;
        }
        complaints.said.clear();
        let since = complaints.since.take();
        drop(complaints);
        if let Some(since) = since
            && !crate::stop::requested()
        {
            log::info!("the database is back after {} s", since.elapsed().as_secs());
        }
    }

    fn locked(&self) -> MutexGuard<'_, Complaints> {
        self.complaints.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is the same each time that something is refused: not the number of a block or of a temporary table.
fn kind(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_ascii_digit()).collect()
}

impl Drop for Complaint {
    fn drop(&mut self) {
        self.health.withdraw(self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_well_again_when_the_last_complaint_is_withdrawn() {
        let health = Health::default();
        let away = health.complain(Fault::Away, "away");
        let full = health.complain(Fault::Refusing, "full");
        let worst = |health: &Health| health.worst().map(|(fault, text, _)| (fault, text));
        assert_eq!(worst(&health), Some((Fault::Refusing, "full".into())));
        drop(full);
        assert_eq!(worst(&health), Some((Fault::Away, "away".into())));
        drop(away);
        assert_eq!(worst(&health), None);
    }

    #[test]
    fn of_refusals_that_take_turns_each_is_said_once() {
        let health = Health::default();
        let _away = health.complain(Fault::Away, "away");
        let said = |health: &Health| health.locked().said.len();
        for number in 0..10 {
            drop(health.complain(Fault::Refusing, &format!("full at block {number}")));
            drop(health.complain(Fault::Refusing, &format!("no right for table t_{number}")));
        }
        assert_eq!(said(&health), 3);
    }
}

//! The process list of the instrument: which devices there should be. It only adds warnings; what is written by a device
//! that is not listed is loaded all the same.

use super::state::State;
use crate::limits::DEVICE_SILENT_AFTER;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

/// Devices that are expected to write, with when they did so last; none since the start.
#[derive(Debug)]
pub(super) struct Roster {
    last_written: BTreeMap<String, Option<Instant>>,
    started: Instant,
    silent: BTreeSet<String>,
}

impl Roster {
    /// Reads a process list. One that is not there lists nobody.
    pub fn read(path: &Path, own_name: &str, state: &State) -> Self {
        let text = match std::fs::read(path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) => {
                state.warn(format!(
                    "can't read the process list {}: {error}; no silent device is named. Mend proclist, then send SIGHUP",
                    path.display()
                ));
                String::new()
            }
        };
        Self::of(&text, own_name)
    }

    /// Without a list.
    pub fn empty() -> Self {
        Self::of("", "")
    }

    fn of(text: &str, own_name: &str) -> Self {
        let last_written =
            devices(text).filter(|device| *device != own_name).map(|device| (device.to_owned(), None));
        Self { last_written: last_written.collect(), started: Instant::now(), silent: BTreeSet::new() }
    }

    /// A device has written.
    pub fn heard(&mut self, device: &str) {
        if let Some(last) = self.last_written.get_mut(device) {
            *last = Some(Instant::now());
        }
    }

    /// A warning if other devices are silent than at the last look.
    pub fn look(&mut self, now: Instant) -> Option<String> {
        let is_silent = |last: &Option<Instant>| {
            now.saturating_duration_since(last.unwrap_or(self.started)) >= DEVICE_SILENT_AFTER
        };
        let silent: BTreeSet<String> = self
            .last_written
            .iter()
            .filter(|(_, last)| is_silent(last))
            .map(|(device, _)| device.clone())
            .collect();
        let has_more = !silent.is_subset(&self.silent);
        self.silent = silent;
        has_more.then(|| {
            let names: Vec<&str> = self.silent.iter().map(String::as_str).collect();
            format!(
                "in the process list, but have written no telemetry for {} minutes: {}",
                DEVICE_SILENT_AFTER.as_secs() / 60,
                names.join(", ")
            )
        })
    }
}

/// A device a line: its name, white space, its program. What follows a `#` is for people. Processes of this program write
/// no telemetry.
fn devices(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let line = line.split('#').next().unwrap_or_default();
        let mut words = line.split_whitespace();
        let device = words.next()?;
        let program = words.next().unwrap_or_default();
        (!program.ends_with("dbIngest")).then_some(device)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_list_is_read_as_it_is_written() {
        let text = "# AOC\ncamsci1   picamCtrl\n\n  fwtelsim\tzaberCtrl # wheel\n#camsci2 picamCtrl\ndbIngestAOC dbIngest\n";
        assert_eq!(devices(text).collect::<Vec<_>>(), ["camsci1", "fwtelsim"]);
    }

    #[test]
    fn silent_devices_are_named_once() {
        let mut roster = Roster::of("a x\nb x\nme follow\n", "me");
        let now = Instant::now();
        assert_eq!(roster.look(now), None);
        let later = now + DEVICE_SILENT_AFTER + Duration::from_secs(1);
        roster.heard("unlisted");
        assert!(roster.look(later).is_some_and(|text| text.ends_with(": a, b")));
        assert_eq!(roster.look(later), None);
        roster.last_written.insert("a".into(), Some(later));
        assert_eq!(roster.look(later), None);
        let still_later = later + DEVICE_SILENT_AFTER;
        assert!(roster.look(still_later).is_some_and(|text| text.ends_with(": a, b")), "a is silent again");
    }
}

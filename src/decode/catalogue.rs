//! Event types: what each event code's messages hold, now and in older archives, ready for the walk.

use super::definition::{Definitions, Meaning};
use super::flatbuf::Plan;

const EVENTS: &str = include_str!("events.toml");
const ERAS: &str = include_str!("eras.toml");

/// Every known event code with its layouts.
pub struct Catalogue {
    /// For each of the 65,536 codes: 0, or one more than its index in `entries`.
    index: Vec<u32>,
    entries: Vec<Entry>,
}

/// What one event code means.
#[derive(Default)]
struct Entry {
    today: Option<EventType>,
    /// The first that holds for a time counts.
    eras: Vec<Era>,
}

/// A layout that holds for some time only.
pub(super) struct Era {
    /// First second since 1970-01-01 UTC.
    pub from_seconds: i64,
    /// First second that it holds no longer.
    pub until_seconds: i64,
    /// Whether today's layout occurs at that time too.
    pub ambiguous: bool,
    pub event: EventType,
}

/// One event type: its name and the layout of its messages.
pub struct EventType {
    /// Name (`telem_stdcam`).
    pub ec: String,
    /// Layout; none for events that have no message.
    pub plan: Option<Plan>,
}

/// The layouts to try for one record.
#[derive(Clone, Copy, Default)]
pub struct Layouts<'a> {
    /// To be tried first, and taken only if no two fields overlap.
    pub if_exact: Option<&'a EventType>,
    /// To be taken otherwise.
    pub otherwise: Option<&'a EventType>,
}

impl Layouts<'_> {
    /// Whether there is none: the code is unknown at that time.
    pub fn is_empty(&self) -> bool {
        self.if_exact.is_none() && self.otherwise.is_none()
    }
}

impl Catalogue {
    /// The event types that the program knows by itself.
    ///
    /// # Panics
    /// If the built-in files are wrong, which a test rules out.
    pub fn builtin() -> Self {
        Self::with_additions("").expect("the built-in event types are sound")
    }

    /// The built-in event types, and over them those of a file in the same form.
    ///
    /// # Errors
    /// In words: what is wrong with `toml_text`, and where.
    pub fn with_additions(toml_text: &str) -> Result<Self, String> {
        let mut definitions = Definitions::parse(EVENTS)?;
        definitions.overlay(Definitions::parse(ERAS)?);
        definitions.overlay(Definitions::parse(toml_text)?);
        let mut catalogue = Self { index: vec![0; 1 << 16], entries: Vec::new() };
        definitions.compile(|code, meaning| {
            let entry = catalogue.entry(code);
            match meaning {
                Meaning::Today(event) => entry.today = Some(event),
                Meaning::InEra(era) => entry.eras.push(era),
            }
        })?;
        Ok(catalogue)
    }

    /// The layouts that a message with this event code and time can have.
    #[inline]
    pub fn lookup(&self, code: u16, seconds: i64) -> Layouts<'_> {
        let place = self.index[usize::from(code)] as usize;
        let Some(entry) = place.checked_sub(1).and_then(|place| self.entries.get(place)) else {
            return Layouts::default();
        };
        let today = entry.today.as_ref();
        match entry.eras.iter().find(|era| (era.from_seconds..era.until_seconds).contains(&seconds)) {
            None => Layouts { if_exact: None, otherwise: today },
            Some(era) if era.ambiguous => Layouts { if_exact: Some(&era.event), otherwise: today },
            Some(era) => Layouts { if_exact: None, otherwise: Some(&era.event) },
        }
    }

    /// Whether the code means anything at any time.
    #[inline]
    pub fn knows(&self, code: u16) -> bool {
        self.index[usize::from(code)] != 0
    }

    /// Every code that means something at some time, in ascending order.
    pub fn known_codes(&self) -> impl Iterator<Item = u16> {
        (0..=u16::MAX).filter(|&code| self.knows(code))
    }

    fn entry(&mut self, code: u16) -> &mut Entry {
        let place = &mut self.index[usize::from(code)];
        if *place == 0 {
            self.entries.push(Entry::default());
            *place = self.entries.len() as u32;
        }
        &mut self.entries[*place as usize - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400;
    /// 2022-12-04.
    const FXNGEN_ERA: i64 = 19_330 * DAY;

    fn names(layouts: Layouts<'_>) -> (Option<&str>, Option<&str>) {
        (layouts.if_exact.map(|event| event.ec.as_str()), layouts.otherwise.map(|event| event.ec.as_str()))
    }

    #[test]
    fn the_built_in_types_and_their_eras_are_found() {
        let catalogue = Catalogue::builtin();
        assert_eq!(names(catalogue.lookup(20050, i64::MAX)), (None, Some("telem_stage")));
        assert!(catalogue.lookup(20999, 0).is_empty());
        assert!(catalogue.lookup(826, 1_700_000_000).is_empty(), "core_mon ended in 2019");
        assert_eq!(names(catalogue.lookup(826, 1_543_633_200)), (None, Some("core_mon")));
        let codes: Vec<u16> = catalogue.known_codes().collect();
        assert!(codes.is_sorted() && [0, 11, 826, 827, 865, 20930].iter().all(|code| codes.contains(code)));
        assert_eq!(codes.len(), 51 + 4);
    }

    #[test]
    fn an_era_starts_and_ends_at_midnight_utc() {
        let catalogue = Catalogue::builtin();
        let (fxngen, gains) = ("telem_fxngen", "telem_blockgains");
        assert_eq!(names(catalogue.lookup(12100, FXNGEN_ERA - 1)), (None, Some(fxngen)));
        assert_eq!(names(catalogue.lookup(12100, FXNGEN_ERA)), (Some(fxngen), Some(fxngen)));
        assert_eq!(names(catalogue.lookup(12100, FXNGEN_ERA + 211 * DAY - 1)), (Some(fxngen), Some(fxngen)));
        assert_eq!(names(catalogue.lookup(12100, FXNGEN_ERA + 211 * DAY)), (None, Some(fxngen)));
        assert_eq!(
            names(catalogue.lookup(20915, FXNGEN_ERA - 5 * DAY)),
            (Some(gains), Some("telem_loopgain"))
        );
    }

    #[test]
    fn additions_add_and_override() {
        let catalogue = Catalogue::with_additions(
            r#"
            [[event]]
            code = 65535
            ec = "sibling"
            fields = [{ name = "one", type = "table:Sub" }]
            [[event]]
            code = 20050
            ec = "telem_stage2"
            empty = true
            [[era]]
            code = 20050
            ec = "telem_stage1"
            until = "2019-11-18"
            fields = []
            [tables.Sub]
            fields = [{ name = "x", type = "f64", default = 1 }]
            "#,
        )
        .unwrap();
        assert_eq!(names(catalogue.lookup(65535, 0)), (None, Some("sibling")));
        assert_eq!(names(catalogue.lookup(20050, i64::MAX)), (None, Some("telem_stage2")));
        assert_eq!(names(catalogue.lookup(20050, 0)), (None, Some("telem_stage1")), "its era goes first");
        assert_eq!(names(catalogue.lookup(10, 0)), (None, Some("text_log")), "others stay");
    }
}

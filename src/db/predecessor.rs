//! Rows of `telem` that the Python program loaded: times cut to the microsecond, floats rounded, nanoseconds unknown.
//! The exact row of the same record takes the place of such a row when its file is read again.

use super::failure::Outcome;
use super::sql;
use super::types::Micros;
use postgres::Client;
use std::collections::HashMap;

/// Where such rows stand: outside of these spans rows are loaded as if there were none.
#[derive(Debug, Default)]
pub struct Spans {
    /// First and last time of a device, in microseconds since 2000-01-01 UTC.
    by_device: HashMap<String, (i64, i64)>,
}

impl Spans {
    /// Asks the database.
    pub fn load(client: &mut Client) -> Outcome<Self> {
        let rows = client.query(sql::PREDECESSOR_SPANS, &[])?;
        let by_device = rows
            .iter()
            .map(|row| (row.get(0), (row.get::<_, Micros>(1).0, row.get::<_, Micros>(2).0)))
            .collect();
        Ok(Self { by_device })
    }

    /// Whether rows of a device between these times, in microseconds since 2000, may have cut ones to replace.
    pub fn touch(&self, device: &str, between_us: Option<(i64, i64)>) -> bool {
        let (Some((first, last)), Some((from, to))) = (self.by_device.get(device), between_us) else {
            return false;
        };
        from <= *last && to >= *first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_overlaps_is_looked_for() {
        let spans = Spans { by_device: HashMap::from([("a".to_owned(), (10, 20))]) };
        assert!(
            spans.touch("a", Some((20, 30)))
                && spans.touch("a", Some((0, 10)))
                && spans.touch("a", Some((12, 13)))
        );
        assert!(!spans.touch("a", Some((21, 30))) && !spans.touch("a", Some((0, 9))));
        assert!(!spans.touch("b", Some((12, 13))) && !spans.touch("a", None));
    }
}

//! The time of a log line.

use crate::civil;
use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

/// A moment, shown in UTC to the second: `2024-04-22 19:06:43`.
pub struct Clock {
    unix_seconds: i64,
}

impl Clock {
    /// This moment. A clock before 1970 shows 1970.
    pub fn now() -> Self {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
        Self { unix_seconds: i64::try_from(seconds).unwrap_or(0) }
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (day_seconds, unix_seconds) = (civil::DAY_SECONDS, self.unix_seconds);
        let (year, month, day) = civil::civil_from_days(unix_seconds.div_euclid(day_seconds));
        let second = unix_seconds.rem_euclid(day_seconds);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        write!(f, "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for (unix_seconds, expected) in [
            (0, "1970-01-01 00:00:00"),
            (951_782_399, "2000-02-28 23:59:59"),
            (951_782_400, "2000-02-29 00:00:00"),
            (951_868_800, "2000-03-01 00:00:00"),
            (1_713_812_803, "2024-04-22 19:06:43"),
            (1_735_689_599, "2024-12-31 23:59:59"),
            (4_107_542_400, "2100-03-01 00:00:00"),
        ] {
            assert_eq!(Clock { unix_seconds }.to_string(), expected);
        }
    }
}

//! Days, dates and seconds of the Gregorian calendar, UTC, without time zones or leap seconds.

/// Seconds of a day.
pub const DAY_SECONDS: i64 = 86_400;

/// Days of 400 years, after which the calendar repeats.
const ERA_DAYS: i64 = 146_097;

/// Days from 0000-03-01, where counting leap days is easiest, to 1970-01-01.
const EPOCH_DAYS: i64 = 719_468;

/// Days since 1970-01-01 of a date that exists. January is month 1.
fn days_from_civil(year: i64, month: u32, day: u32) -> i64 {
    // Years begin in March: the leap day is the last day of its year.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year =
        (153 * (i64::from(month) + if month > 2 { -3 } else { 9 }) + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * ERA_DAYS + day_of_era - EPOCH_DAYS
}

/// Year, month and day of a number of days since 1970-01-01.
pub fn civil_from_days(days: i64) -> (i64, u32, u32) {
    let days = days + EPOCH_DAYS;
    let era = days.div_euclid(ERA_DAYS);
    let day_of_era = days.rem_euclid(ERA_DAYS);
    // Takes out the leap days of every 4, 100 and 400 years, so that all years have 365 days.
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month as u32, day as u32)
}

/// Days of a month, 0 if there is no such month.
fn days_of_month(year: i64, month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 0,
    }
}

/// Seconds since 1970-01-01 of a date and a time of day, if both exist; the second 60 is the next minute's first.
pub fn seconds(year: i64, month: u32, day: u32, hour: u32, minute: u32, second: u32) -> Option<i64> {
    let exists = (1..=days_of_month(year, month)).contains(&day) && hour < 24 && minute < 60 && second <= 60;
    let of_day = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
    exists.then(|| days_from_civil(year, month, day) * DAY_SECONDS + of_day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_a_thousand_years_follows_the_one_before() {
        // The slow way: count days one by one, from a date whose number is known.
        let (mut year, mut month, mut day) = (1599, 12, 31);
        let mut days = -135_141;
        assert_eq!(days_from_civil(1970, 1, 1), 0);
        while year < 2600 {
            day += 1;
            days += 1;
            if day > days_of_month(year, month) {
                (day, month) = (1, month + 1);
            }
            if month > 12 {
                (month, year) = (1, year + 1);
            }
            assert_eq!(days_from_civil(year, month, day), days, "{year}-{month}-{day}");
            assert_eq!(civil_from_days(days), (year, month, day), "{days}");
        }
    }

    #[test]
    fn known_instants() {
        assert_eq!(seconds(2000, 1, 1, 0, 0, 0), Some(946_684_800));
        assert_eq!(seconds(1, 1, 1, 0, 0, 0), Some(-62_135_596_800));
        assert_eq!(seconds(9999, 12, 31, 23, 59, 59), Some(253_402_300_799));
        assert_eq!(seconds(2106, 2, 7, 6, 28, 15), Some(i64::from(u32::MAX)));
        assert_eq!(seconds(2016, 12, 31, 23, 59, 60), seconds(2017, 1, 1, 0, 0, 0));
    }

    #[test]
    fn what_does_not_exist() {
        assert_eq!(seconds(2023, 2, 29, 0, 0, 0), None);
        assert_eq!(seconds(1900, 2, 29, 0, 0, 0), None);
        assert!(seconds(2000, 2, 29, 0, 0, 0).is_some());
        assert_eq!(seconds(2024, 13, 1, 0, 0, 0), None);
        assert_eq!(seconds(2024, 0, 1, 0, 0, 0), None);
        assert_eq!(seconds(2024, 4, 0, 0, 0, 0), None);
        assert_eq!(seconds(2024, 4, 31, 0, 0, 0), None);
        assert_eq!(seconds(2024, 4, 1, 24, 0, 0), None);
        assert_eq!(seconds(2024, 4, 1, 0, 60, 0), None);
        assert_eq!(seconds(2024, 4, 1, 0, 0, 61), None);
    }
}

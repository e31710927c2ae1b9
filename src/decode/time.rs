//! Times as text: what devices write, and what we write.

use super::text;
use crate::civil;
use crate::record::Time;

/// What Python devices add behind `isoformat()`, to make nanoseconds of microseconds.
const ADDED_ZEROS: &[u8] = b"000";

/// Reads a time as devices write it, or says that it is none: a date and a time of day with `T`, `t` or a space between
/// them, then a fraction of 1 to 9 digits or none, then an offset from UTC (`Z`, `+02:00`, `+0200`) or none. Where
/// Python's `isoformat()` leaves the fraction out, the `000` that devices add stands behind the seconds, or behind the
/// offset.
pub fn parse(text: &[u8]) -> Option<Time> {
    Clock::default().parse(text)
}

/// Reads times one after the other: most of them are of the same minute as the one before.
#[derive(Default)]
pub struct Clock {
    /// The minute of the last time, as it was written, up to the colon before the seconds; and when it began by the clock
    /// that was written, in seconds since 1970-01-01.
    last: Option<([u8; MINUTE_BYTES], i64)>,
}

/// Length of `2024-04-16T00:38:`.
const MINUTE_BYTES: usize = 17;

impl Clock {
    /// See [`parse`].
    #[inline]
    pub fn parse(&mut self, text: &[u8]) -> Option<Time> {
        let (minute, rest) = text.split_first_chunk()?;
        let began = match self.last {
            Some((last, began)) if last == *minute => began,
            _ => {
                let began = minute_seconds(minute)?;
                self.last = Some((*minute, began));
                began
            }
        };
        let (second, rest) = rest.split_first_chunk::<2>()?;
        // The second 60 is the next minute's first.
        let second = number(second).filter(|second| *second <= 60)?;
        let (nanoseconds, rest) = match rest {
            [b'.', rest @ ..] => fraction(rest)?,
            rest => (0, rest.strip_prefix(ADDED_ZEROS).unwrap_or(rest)),
        };
        let seconds = began + i64::from(second) - offset_seconds(rest)?;
        Some(Time { seconds, nanoseconds })
    }
}

/// When a minute began, if there was such a minute.
fn minute_seconds(text: &[u8; MINUTE_BYTES]) -> Option<i64> {
    let separators = [text[4], text[7], text[10], text[13], text[16]];
    if !matches!(separators, [b'-', b'-', b'T' | b't' | b' ', b':', b':']) {
        return None;
    }
    let field = |range: std::ops::Range<usize>| number(&text[range]);
    civil::seconds(i64::from(field(0..4)?), field(5..7)?, field(8..10)?, field(11..13)?, field(14..16)?, 0)
}

/// Nanoseconds of 1 to 9 digits, and what stands behind them.
#[inline]
fn fraction(text: &[u8]) -> Option<(u32, &[u8])> {
    let count = text::digits(text);
    if !(1..=9).contains(&count) {
        return None;
    }
    let (digits, rest) = text.split_at(count);
    Some((number(digits)? * 10u32.pow(9 - count as u32), rest))
}

/// Seconds east of UTC; nothing at all is UTC.
fn offset_seconds(text: &[u8]) -> Option<i64> {
    let (sign, hours, minutes) = match *text {
        [] | [b'Z' | b'z'] => return Some(0),
        [sign @ (b'+' | b'-'), h1, h2, m1, m2] => (sign, [h1, h2], [m1, m2]),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => (sign, [h1, h2], [m1, m2]),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2, b'0', b'0', b'0'] => (sign, [h1, h2], [m1, m2]),
        _ => return None,
    };
    let (hours, minutes) = (number(&hours)?, number(&minutes)?);
    if hours > 23 || minutes > 59 {
        return None;
    }
    let seconds = i64::from(hours * 3600 + minutes * 60);
    Some(if sign == b'-' { -seconds } else { seconds })
}

/// The value of up to nine digits and nothing else.
fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0')))
}

/// Writes `2024-03-22T23:14:15.161942076`: at least nine digits after the point, ten where the nanoseconds, which are
/// written as they are, have ten.
pub fn write(time: Time, out: &mut Vec<u8>) {
    let (year, month, day) = civil::civil_from_days(time.seconds.div_euclid(civil::DAY_SECONDS));
    let of_day = time.seconds.rem_euclid(civil::DAY_SECONDS) as u32;
    if year < 0 {
        out.push(b'-');
    }
    push_padded(year.unsigned_abs(), 4, out);
    for (separator, value) in
        [(b'-', month), (b'-', day), (b'T', of_day / 3600), (b':', of_day / 60 % 60), (b':', of_day % 60)]
    {
        out.extend_from_slice(&[separator, b'0' + (value / 10) as u8, b'0' + (value % 10) as u8]);
    }
    out.push(b'.');
    push_padded(u64::from(time.nanoseconds), 9, out);
}

/// Appends a number with zeros before it up to a width.
fn push_padded(value: u64, width: usize, out: &mut Vec<u8>) {
    let mut buffer = itoa::Buffer::new();
    let digits = buffer.format(value);
    out.extend(std::iter::repeat_n(b'0', width.saturating_sub(digits.len())));
    out.extend_from_slice(digits.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn time(text: &str) -> Option<(i64, u32)> {
        parse(text.as_bytes()).map(|time| (time.seconds, time.nanoseconds))
    }

    /// 2024-04-16T00:38:20Z
    const INSTANT: i64 = 1_713_227_900;

    #[test]
    fn every_form_that_occurs() {
        for (text, expected) in [
            ("2024-04-16T00:38:20000", (INSTANT, 0)),
            ("2024-04-16T00:38:20", (INSTANT, 0)),
            ("2024-04-16 00:38:20", (INSTANT, 0)),
            ("2024-04-16t00:38:20z", (INSTANT, 0)),
            ("2024-04-16T00:38:20Z", (INSTANT, 0)),
            ("2024-04-16T00:38:20000Z", (INSTANT, 0)),
            ("2024-04-16T00:38:20.5", (INSTANT, 500_000_000)),
            ("2024-04-16T00:38:20.839563000", (INSTANT, 839_563_000)),
            ("2024-04-16T00:38:20.000000001Z", (INSTANT, 1)),
            ("2024-04-16T02:38:20+02:00", (INSTANT, 0)),
            ("2024-04-16T02:38:20+0200", (INSTANT, 0)),
            ("2024-04-15T20:08:20.25-04:30", (INSTANT, 250_000_000)),
            ("2024-04-16T00:38:20+00:00000", (INSTANT, 0)),
            ("2024-04-16T00:38:20.839563+00:00000", (INSTANT, 839_563_000)),
            ("2024-04-16T02:38:20.839563+02:00000", (INSTANT, 839_563_000)),
            ("2024-04-16T00:37:60", (INSTANT - 20, 0)),
            ("1969-12-31T23:59:59.999999999", (-1, 999_999_999)),
            ("0001-01-01T00:00:00", (-62_135_596_800, 0)),
        ] {
            assert_eq!(time(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_time() {
        for text in [
            "",
            "2024-04-16",
            "2024-04-16T00:38",
            "2024-04-16T00:38:2",
            "2024-04-16T00:38:20.",
            "2024-04-16T00:38:20.Z",
            "2024-04-16T00:38:20.1234567890",
            "2024-04-16T00:38:2000",
            "2024-04-16T00:38:20001",
            "2024-04-16T00:38:200000",
            "2024-04-16T00:38:20 ",
            " 2024-04-16T00:38:20",
            "2024-04-16X00:38:20",
            "2024/04/16T00:38:20",
            "2024-04-16T00:38:20+02",
            "2024-04-16T00:38:20+24:00",
            "2024-04-16T00:38:20+02:60",
            "2024-04-16T00:38:20+02:000",
            "2024-04-16T00:38:20+0200000",
            "2024-04-16T24:00:00",
            "2024-04-16T00:60:00",
            "2024-04-16T00:00:61",
            "2024-02-30T00:00:00",
            "2023-02-29T00:00:00",
            "2024-00-10T00:00:00",
            "2024-13-10T00:00:00",
            "2024-+4-16T00:38:20",
            "-024-04-16T00:38:20",
            "２０２４-04-16T00:38:20",
            "now",
        ] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn written_times() {
        for (seconds, nanoseconds, expected) in [
            (1_711_149_255, 161_942_076, "2024-03-22T23:14:15.161942076"),
            (0, 0, "1970-01-01T00:00:00.000000000"),
            (INSTANT, 999_999_999, "2024-04-16T00:38:20.999999999"),
            (INSTANT, 1_000_000_000, "2024-04-16T00:38:20.1000000000"),
            (i64::from(u32::MAX), u32::MAX, "2106-02-07T06:28:15.4294967295"),
            (-1, 7, "1969-12-31T23:59:59.000000007"),
            (-62_167_219_201, 0, "-0001-12-31T23:59:59.000000000"),
        ] {
            let mut out = b"x".to_vec();
            write(Time { seconds, nanoseconds }, &mut out);
            assert_eq!(std::str::from_utf8(&out), Ok(format!("x{expected}").as_str()));
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(seconds in -62_135_596_800i64..253_402_300_800, nanoseconds in 0u32..1_000_000_000) {
            let time = Time { seconds, nanoseconds };
            let mut out = Vec::new();
            write(time, &mut out);
            prop_assert_eq!(out.len(), 29);
            prop_assert_eq!(parse(&out), Some(time));
        }

        #[test]
        fn a_fraction_is_the_decimal_it_looks_like(digits in "[0-9]{1,9}", minutes in -1439i64..1440) {
            let sign = if minutes < 0 { '-' } else { '+' };
            let (hour, minute) = (minutes.abs() / 60, minutes.abs() % 60);
            let text = format!("2024-04-16T00:38:20.{digits}{sign}{hour:02}:{minute:02}");
            let nanoseconds = format!("{digits:0<9}").parse().unwrap();
            prop_assert_eq!(time(&text), Some((INSTANT - minutes * 60, nanoseconds)));
        }

        #[test]
        fn no_bytes_make_it_panic(mut text in proptest::collection::vec(any::<u8>(), 0..40), at in 0usize..30) {
            let _ = parse(&text);
            let sound = b"2024-04-16T00:38:20.839563+02:00";
            let room = text.len().min(sound.len() - at);
            text.truncate(room);
            let mut changed = sound.to_vec();
            changed[at..at + room].copy_from_slice(&text);
            let _ = parse(&changed);
        }
    }
}

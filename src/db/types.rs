//! Values on their way to and from the server, without a detour through calendars.

use crate::record::Time;
use postgres::types::{FromSql, IsNull, ToSql, Type, accepts, private::BytesMut, to_sql_checked};
use std::error::Error;
use std::time::{SystemTime, UNIX_EPOCH};

/// A `timestamptz`: microseconds since 2000-01-01 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Micros(pub i64);

impl Micros {
    /// The earliest `timestamptz` but `-infinity`: 4713 BC.
    pub const EARLIEST: Self = Self(-211_813_488_000_000_000);

    /// The latest `timestamptz` but `infinity`: the end of 294276 AD.
    pub const LATEST: Self = Self(9_223_371_331_199_999_999);

    /// A time, cut towards the past, as everywhere; and whether it is that. Some file systems hold times that
    /// `timestamptz` does not: the nearest it has.
    pub fn nearest(time: Time) -> (Self, bool) {
        // Beyond what the database holds at both ends, and still to be counted in microseconds since 2000.
        let seconds = time.seconds.clamp(-9_000_000_000_000, 9_224_318_600_000);
        let micros = Self(Time { seconds, ..time }.postgres_micros());
        let nearest = micros.clamp(Self::EARLIEST, Self::LATEST);
        (nearest, nearest == micros)
    }
}

impl From<Time> for Micros {
    /// See [`Micros::nearest`].
    fn from(time: Time) -> Self {
        Self::nearest(time).0
    }
}

impl From<SystemTime> for Micros {
    fn from(time: SystemTime) -> Self {
        let (seconds, nanoseconds) = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => (after.as_secs() as i64, after.subsec_nanos()),
            Err(before) => match (before.duration().as_secs() as i64, before.duration().subsec_nanos()) {
                (seconds, 0) => (-seconds, 0),
                (seconds, nanoseconds) => (-seconds - 1, 1_000_000_000 - nanoseconds),
            },
        };
        Self::from(Time { seconds, nanoseconds })
    }
}

impl ToSql for Micros {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        out.extend_from_slice(&self.0.to_be_bytes());
        Ok(IsNull::No)
    }

    accepts!(TIMESTAMPTZ);
    to_sql_checked!();
}

impl<'a> FromSql<'a> for Micros {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(i64::from_be_bytes(raw.try_into()?)))
    }

    accepts!(TIMESTAMPTZ);
}

/// What stands for a file in keys: see `schema.sql`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OriginDigest(pub [u8; 16]);

impl ToSql for OriginDigest {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        out.extend_from_slice(&self.0);
        Ok(IsNull::No)
    }

    accepts!(BYTEA);
    to_sql_checked!();
}

impl<'a> FromSql<'a> for OriginDigest {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(raw.try_into()?))
    }

    accepts!(BYTEA);
}

#[cfg(test)]
mod tests {
    use super::Micros;
    use crate::record::Time;
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn file_times_are_cut_towards_the_past() {
        let epoch = -946_684_800_000_000;
        assert_eq!(Micros::from(UNIX_EPOCH + Duration::from_nanos(1999)), Micros(epoch + 1));
        assert_eq!(Micros::from(UNIX_EPOCH - Duration::from_nanos(1)), Micros(epoch - 1));
        assert_eq!(Micros::from(UNIX_EPOCH - Duration::from_micros(3)), Micros(epoch - 3));
        assert_eq!(Micros::from(Time { seconds: -1, nanoseconds: 999_999_999 }), Micros(epoch - 1));
    }

    #[test]
    fn times_beyond_the_database_are_the_nearest_it_has() {
        for (seconds, nearest) in [(i64::MAX, Micros::LATEST), (i64::MIN, Micros::EARLIEST)] {
            assert_eq!(Micros::from(Time { seconds, nanoseconds: 0 }), nearest);
        }
        assert_eq!(Micros::from(UNIX_EPOCH + Duration::from_secs(1 << 62)), Micros::LATEST);
        assert_eq!(Micros::from(UNIX_EPOCH - Duration::from_secs(1 << 62)), Micros::EARLIEST);
    }
}

//! What the device tells, as INDI properties: a report to vectors of elements.

use super::{Light, Report};

/// A property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Vector {
    pub name: &'static str,
    pub label: &'static str,
    pub kind: Kind,
    pub state: Light,
    /// Said along with it; may be empty.
    pub message: String,
    pub elements: Vec<Element>,
}

/// What the elements of a property are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// With the printf format by which clients show it, which each element has.
    Number,
    Light,
}

/// One value of a property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub name: &'static str,
    pub label: &'static str,
    pub format: &'static str,
    pub value: String,
}

/// All properties, in the order in which they are told.
pub(super) fn vectors(report: &Report) -> [Vector; 5] {
    let Report { records_per_sec, records_since_startup, lag_s, lag_bytes, errors, .. } = *report;
    let known = if report.last_update.is_some() { Light::Ok } else { Light::Idle };
    let clean = if errors == 0 { Light::Ok } else { Light::Alert };
    [
        numbers(
            ("last_update", "Last record committed"),
            known,
            [("timestamp", "Seconds since 1970 UTC", Form::Thousandths, report.last_update.unwrap_or(0.0))],
        ),
        numbers(
            ("records", "Records"),
            Light::Ok,
            [
                ("per_sec", "per second", Form::Tenths, records_per_sec),
                ("since_startup", "since startup", Form::Whole, records_since_startup as f64),
            ],
        ),
        numbers(
            ("lag", "Not yet in the database"),
            Light::Ok,
            [
                ("seconds", "Seconds behind", Form::Thousandths, lag_s),
                ("bytes", "Bytes behind", Form::Whole, lag_bytes as f64),
            ],
        ),
        Vector {
            name: "database",
            label: "Database",
            kind: Kind::Light,
            state: report.database,
            message: report.database_text.clone(),
            elements: vec![Element {
                name: "status",
                label: "Status",
                format: "",
                value: report.database.name().to_owned(),
            }],
        },
        numbers(
            ("errors", "Errors"),
            clean,
            [("since_startup", "since startup", Form::Whole, errors as f64)],
        ),
    ]
}

/// How many decimals a number has, in its text and on a client's screen.
#[derive(Clone, Copy)]
enum Form {
    Whole,
    Tenths,
    Thousandths,
}

fn numbers<const COUNT: usize>(
    (name, label): (&'static str, &'static str),
    state: Light,
    values: [(&'static str, &'static str, Form, f64); COUNT],
) -> Vector {
    let element = |(name, label, form, value): (&'static str, &'static str, Form, f64)| {
        // INDI has no text for infinity or for no number.
        let value = if value.is_finite() { value } else { 0.0 };
        let (format, value) = match form {
            Form::Whole => ("%.0f", format!("{value:.0}")),
            Form::Tenths => ("%.1f", format!("{value:.1}")),
            Form::Thousandths => ("%.3f", format!("{value:.3}")),
        };
        Element { name, label, format, value }
    };
    let elements = values.into_iter().map(element).collect();
    Vector { name, label, kind: Kind::Number, state, message: String::new(), elements }
}

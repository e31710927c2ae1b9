//! What must hold for any input, as functions that panic where it does not. The fuzz targets (`fuzz/`) and the ordinary
//! tests (`tests/hostile`) call the same ones: the former with what the fuzzer makes up, the latter with what is kept of
//! that in `tests/data/fuzz`.
//!
//! Time is bounded by counting: bytes given out, blocks, visits, each against the length of the input. Never by a clock.

mod bintel;
mod config;
mod gzip;
mod message;
mod name;
mod ndjson;
mod outcome;
mod time;

/// A fuzz target: its name, which is its corpus's folder too, and what holds for every input.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: &[Target] = &[
    ("bintel", bintel::holds),
    ("config", config::holds),
    ("gzip", gzip::holds),
    ("message", message::holds),
    ("name", name::holds),
    ("ndjson", ndjson::holds),
    ("time", time::holds),
];

/// Runs the target of a name.
pub fn run(name: &str, input: &[u8]) {
    let (_, holds) = TARGETS.iter().find(|(target, _)| *target == name).expect("a target of this name");
    holds(input);
}

/// Takes the first bytes of the input, which steer the test; what is missing is 0.
fn steer<const N: usize>(input: &[u8]) -> ([u8; N], &[u8]) {
    let (first, rest) = input.split_at(N.min(input.len()));
    let mut steering = [0; N];
    steering[..first.len()].copy_from_slice(first);
    (steering, rest)
}

/// Sizes of pieces from three bytes, over and over: small ones, so that every border is met, and one long one.
fn pieces([a, b, c]: [u8; 3]) -> impl Iterator<Item = usize> {
    [usize::from(a) % 32 + 1, usize::from(b) + 1, usize::from(c) * 16 + 1].into_iter().cycle()
}

/// Whether a character must never reach a terminal as it is.
fn is_harmful(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

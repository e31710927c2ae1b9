//! See `tests/hostile/properties/gzip.rs`.
#![no_main]

#[path = "../../tests/hostile/properties/mod.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|input: &[u8]| properties::run("gzip", input));

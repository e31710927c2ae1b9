//! What tests need around them.
#![allow(dead_code, missing_docs, reason = "every test file uses a part of it")]

pub mod authority;
pub mod executable;
pub mod folder;
pub mod make;
pub mod night;
pub mod postgres;
pub mod predecessor;
pub mod program;
pub mod provisioned;
pub mod proxy;
pub mod rows;
pub mod site;

use std::time::{Duration, Instant};

/// Looks again and again until `happened` says yes. The bound only guards against hanging for ever.
#[track_caller]
pub fn until(what: &str, bound: Duration, mut happened: impl FnMut() -> bool) {
    let since = Instant::now();
    while !happened() {
        assert!(since.elapsed() < bound, "in vain for {bound:?}: {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

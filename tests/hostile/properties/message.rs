//! FlatBuffers messages.

use super::outcome::{CATALOGUE, most_output_bytes};
use super::steer;
use serde::de::IgnoredAny;
use std::sync::LazyLock;
use xtelemdb::decode::emit::Json;
use xtelemdb::decode::flatbuf::{Nowhere, Plan, walk};
use xtelemdb::limits::{MESSAGE_WORK_FACTOR, MESSAGE_WORK_FLOOR};

/// A second in each of the eras, and today.
const SECONDS: [i64; 5] = [1_500_000_000, 1_572_000_000, 1_669_720_000, 1_672_531_200, 1_711_149_255];

/// Every event code that has a meaning.
static CODES: LazyLock<Vec<u16>> = LazyLock::new(|| CATALOGUE.known_codes().collect());

/// Two bytes of event code, one for how strict and how patient the walk is and when it happens, then the message.
pub fn holds(input: &[u8]) {
    let ([low, high, manner], message) = steer(input);
    let code = u16::from_le_bytes([low, high]);
    let code = if CATALOGUE.knows(code) { code } else { CODES[usize::from(code) % CODES.len()] };
    let layouts = CATALOGUE.lookup(code, SECONDS[usize::from(manner >> 2) % SECONDS.len()]);
    for event in [layouts.if_exact, layouts.otherwise].into_iter().flatten() {
        if let Some(plan) = &event.plan {
            assert_walk(plan, message, manner);
        }
    }
}

fn assert_walk(plan: &Plan, message: &[u8], manner: u8) {
    let exact = manner & 1 != 0;
    let most_work = if manner & 2 != 0 { u64::from(manner) * 16 } else { u64::MAX };

    let mut json = Vec::new();
    let written = walk(plan, message, exact, most_work, &mut Json(&mut json));
    let verified = walk(plan, message, exact, most_work, &mut Nowhere);
    assert_eq!(written.extent_bytes, verified.extent_bytes, "written and verified differ");
    assert_eq!(written.work, verified.work);
    assert!(written.work <= MESSAGE_WORK_FLOOR + MESSAGE_WORK_FACTOR * message.len() as u64);
    assert!(written.work <= most_work);
    assert!(json.len() <= most_output_bytes(message.len(), 1), "{} of {}", json.len(), message.len());
    if let Ok(extent_bytes) = written.extent_bytes {
        assert!(extent_bytes <= message.len());
        serde_json::from_slice::<IgnoredAny>(&json).expect("a message is JSON");
        // What is written of a message depends on nothing behind it but the patience that its length buys.
        let mut again = Vec::new();
        let longer = [message, &[0xaa; 64]].concat();
        let walked = walk(plan, &longer, exact, most_work, &mut Json(&mut again));
        assert_eq!((walked.extent_bytes, again), (Ok(extent_bytes), json));
    }
}

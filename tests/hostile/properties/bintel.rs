//! Whole `.bintel` files.

use super::outcome::{CATALOGUE, Event, decode, most_output_bytes};
use super::steer;
use serde::de::IgnoredAny;
use xtelemdb::decode::{Format, bintel::decode_one};
use xtelemdb::record::{Head, Reason, Reject};

/// A sink that only takes what comes.
struct Take(Vec<u8>);

impl xtelemdb::decode::Sink for Take {
    fn open(&mut self, _: &Head<'_>) -> &mut Vec<u8> {
        self.0.clear();
        &mut self.0
    }
    fn close(&mut self, _: &Head<'_>, _: &[u8]) {}
    fn cancel(&mut self) {}
    fn reject(&mut self, reject: Reject) {
        panic!("a single record gives no {reject:?}");
    }
}

/// Three bytes for the pieces, then the file.
pub fn holds(input: &[u8]) {
    let (steering, file) = steer(input);
    let outcome = decode(Format::Bintel, file, steering);
    for event in &outcome.events {
        match event {
            Event::Record { msg, raw, .. } => {
                serde_json::from_slice::<IgnoredAny>(msg).expect("a message is JSON");
                assert!(msg.len() <= most_output_bytes(raw.len(), 1), "{} from {}", msg.len(), raw.len());
                // A record is one by itself, too, and the same.
                let mut alone = Take(Vec::new());
                assert!(decode_one(&CATALOGUE, raw, &mut alone), "sound in the file and not alone");
                assert_eq!(&alone.0, msg);
            }
            Event::Reject(reject) => {
                let reason = reject.reason;
                let is_own = matches!(reason, Reason::UnknownCode(_) | Reason::BadMessage | Reason::NoRecord);
                assert!(is_own, "{reason:?} in a .bintel file");
            }
        }
    }
}

//! Leave to hold long records: of all lanes one has it at a time, so that memory does not grow with their number.
//!
//! Real records are short, and a lane that meets only such never asks. One that holds more than [`LONG_BYTES`] waits until
//! it is the only one. Whoever has leave needs nobody who waits for it: its own writer commits what it has made, and then
//! the leave is free.

use crate::limits::LONG_BYTES;
use crate::stop;
use crossbeam_channel::{Receiver, Sender, bounded, select};
use std::sync::{Arc, Weak};

/// The one leave there is, while nobody has it.
pub(super) struct Office {
    give: Sender<()>,
    take: Receiver<()>,
}

/// Leave to hold long records. It is free again when the last batch that was made with it is gone.
pub(super) struct Leave(Sender<()>);

impl Office {
    pub fn new() -> Self {
        let (give, take) = bounded(1);
        // There is room for it.
        let _ = give.try_send(());
        Self { give, take }
    }

    /// Waits for leave; none if the run is to stop.
    fn ask(&self) -> Option<Arc<Leave>> {
        select! {
            recv(self.take) -> token => token.ok().map(|()| Arc::new(Leave(self.give.clone()))),
            recv(stop::wake()) -> _ => None,
        }
    }
}

impl Drop for Leave {
    fn drop(&mut self) {
        // There is room: it was taken out before.
        let _ = self.0.try_send(());
    }
}

/// A parser's view of it.
#[derive(Default)]
pub(super) struct Holder {
    leave: Option<Arc<Leave>>,
    /// What batches of this lane may still be on their way with: the lane has leave as long as they are.
    last: Weak<Leave>,
}

impl Holder {
    /// To be called before more is taken, with how many bytes are held. False if the run is to stop.
    pub fn may_hold(&mut self, held_bytes: u64, office: &Office) -> bool {
        if held_bytes < LONG_BYTES || self.leave.is_some() {
            return true;
        }
        self.leave = self.last.upgrade().or_else(|| office.ask());
        self.last = self.leave.as_ref().map(Arc::downgrade).unwrap_or_default();
        self.leave.is_some()
    }

    /// Only short records are held from here on.
    pub fn is_done(&mut self) {
        self.leave = None;
    }

    /// For a batch, to be kept as long as it is.
    pub fn leave(&self) -> Option<Arc<Leave>> {
        self.leave.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_lane_has_leave_until_its_last_batch_is_gone() {
        let office = Office::new();
        let (mut first, mut second) = (Holder::default(), Holder::default());
        assert!(second.may_hold(LONG_BYTES - 1, &office) && second.leave().is_none(), "short ones need none");
        assert!(first.may_hold(LONG_BYTES, &office));
        let batch = first.leave();
        assert!(batch.is_some() && office.take.is_empty());
        first.is_done();
        assert!(office.take.is_empty(), "the batch is on its way");
        // The same lane goes on without waiting for its own writer.
        assert!(first.may_hold(u64::MAX, &office) && first.leave().is_some());
        first.is_done();
        drop(batch);
        assert!(second.may_hold(LONG_BYTES, &office) && office.take.is_empty());
        drop(second);
        assert_eq!(office.take.len(), 1);
    }
}

//! What is left to walk, shared by the walkers: a stack, so that one branch is finished before the next is begun.

use super::names::{Folder, Names};
use crate::limits::FOLDERS_AHEAD_BYTES;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// A piece of work for one walker.
pub(super) enum Work {
    /// A folder to read.
    Folder(PathBuf),
    /// Names read from a folder that are still to be looked at.
    Names(Arc<Folder>, Names),
}

impl Work {
    fn held_bytes(&self) -> usize {
        match self {
            Self::Folder(path) => path.as_os_str().len() + size_of::<Self>(),
            // Only as many of these as there are idle walkers.
            Self::Names(..) => 0,
        }
    }
}

/// The stack, and who is at work. It is over when it is empty and nobody works who could add to it.
#[derive(Default)]
pub(super) struct Queue {
    state: Mutex<State>,
    changed: Condvar,
    closed: AtomicBool,
    /// Walkers that wait, less the pieces of work there are for them. Only a hint.
    idle: AtomicUsize,
}

#[derive(Default)]
struct State {
    stack: Vec<Work>,
    held_bytes: usize,
    working: usize,
    waiting: usize,
}

impl Queue {
    pub fn push(&self, work: Work) {
        let mut state = self.locked();
        state.held_bytes += work.held_bytes();
        state.stack.push(work);
        self.publish(&state);
        drop(state);
        self.changed.notify_one();
    }

    /// The next piece of work, waiting for it; none when all is done. Must be followed by a [`DoneOnDrop`].
    pub fn next(&self) -> Option<Work> {
        let mut state = self.locked();
        loop {
            if self.is_closed() {
                return None;
            }
            if let Some(work) = self.pop(&mut state) {
                state.working += 1;
                return Some(work);
            }
            if state.working == 0 {
                self.changed.notify_all();
                return None;
            }
            state.waiting += 1;
            self.publish(&state);
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.waiting -= 1;
        }
    }

    /// The next piece of work if the stack holds more than it should: whoever adds to it helps first.
    pub fn next_if_full(&self) -> Option<Work> {
        let mut state = self.locked();
        if state.held_bytes < FOLDERS_AHEAD_BYTES { None } else { self.pop(&mut state) }
    }

    /// Whether a walker has nothing to do.
    pub fn has_idle(&self) -> bool {
        self.idle.load(Ordering::Relaxed) > 0
    }

    pub fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
        // The lock, so that nobody is between looking and waiting.
        drop(self.locked());
        self.changed.notify_all();
    }

    pub fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }

    fn pop(&self, state: &mut State) -> Option<Work> {
        let work = state.stack.pop()?;
        state.held_bytes -= work.held_bytes();
        self.publish(state);
        Some(work)
    }

    fn publish(&self, state: &State) {
        self.idle.store(state.waiting.saturating_sub(state.stack.len()), Ordering::Relaxed);
    }

    fn locked(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells the queue that a piece of work is done.
pub(super) struct DoneOnDrop<'a>(pub &'a Queue);

impl Drop for DoneOnDrop<'_> {
    fn drop(&mut self) {
        let mut state = self.0.locked();
        state.working -= 1;
        if state.working == 0 && state.stack.is_empty() {
            self.0.changed.notify_all();
        }
    }
}

/// Closes the queue: who leaves it before all is done ends the walk.
pub(super) struct CloseOnDrop<'a>(pub &'a Queue);

impl CloseOnDrop<'_> {
    /// All is done: nothing is to be closed.
    pub fn disarm(self) {
        std::mem::forget(self);
    }
}

impl Drop for CloseOnDrop<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

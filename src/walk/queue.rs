//! What is left to walk, shared by the walkers: a stack, so that one branch is finished before the next is begun.

use super::names::{Folder, Names};
use crate::limits::{FOLDERS_AHEAD_BYTES, NAMES_AHEAD};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
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
            Self::Names(_, names) => names.size_bytes() + size_of::<Self>(),
        }
    }
}

/// The stack, and who is at work. It is over when it is empty and nobody works who could add to it.
pub(super) struct Queue {
    state: Mutex<State>,
    changed: Condvar,
    closed: AtomicBool,
    /// With fewer pieces of work than this another walker may soon have nothing to do.
    few: usize,
    /// Whether there are so few. Only a hint.
    is_short: AtomicBool,
}

#[derive(Default)]
struct State {
    stack: Vec<Work>,
    held_bytes: usize,
    working: usize,
}

impl Queue {
    pub fn new(walkers: usize) -> Self {
        Self {
            state: Mutex::default(),
            changed: Condvar::new(),
            closed: AtomicBool::new(false),
            few: NAMES_AHEAD * walkers.saturating_sub(1),
            is_short: AtomicBool::new(false),
        }
    }

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
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The next piece of work if the stack holds more than it should: whoever adds to it helps first.
    pub fn next_if_full(&self) -> Option<Work> {
        let mut state = self.locked();
        if state.held_bytes < FOLDERS_AHEAD_BYTES { None } else { self.pop(&mut state) }
    }

    /// Whether another walker has nothing to do, or will have before long. What it is then given has to be ahead of it:
    /// whoever reads a folder is busy with names of its own for as long as the other with those that it was given.
    pub fn is_short(&self) -> bool {
        self.is_short.load(Ordering::Relaxed)
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
        let is_short = state.stack.len() < self.few && state.held_bytes < FOLDERS_AHEAD_BYTES;
        self.is_short.store(is_short, Ordering::Relaxed);
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

//! Threads with names, and joining them so that a panic becomes an error.

use crate::error::{Error, Result};
use std::any::Any;
use std::thread::{Builder, JoinHandle, Scope, ScopedJoinHandle};

/// A named thread.
pub fn spawn<T: Send + 'static>(
    name: impl Into<String>,
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<JoinHandle<Result<T>>> {
    Builder::new().name(name.into()).spawn(work).map_err(not_started)
}

/// Waits for a thread's result.
pub fn join<T>(thread: JoinHandle<Result<T>>) -> Result<T> {
    let name = thread.thread().name().unwrap_or_default().to_owned();
    thread.join().unwrap_or_else(|panic| Err(panicked(&name, &panic)))
}

/// A named thread that may borrow.
pub fn spawn_scoped<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    name: impl Into<String>,
    work: impl FnOnce() -> Result<T> + Send + 'scope,
) -> Result<ScopedJoinHandle<'scope, Result<T>>> {
    Builder::new().name(name.into()).spawn_scoped(scope, work).map_err(not_started)
}

/// Waits for the result of a thread that may borrow.
pub fn join_scoped<T>(thread: ScopedJoinHandle<'_, Result<T>>) -> Result<T> {
    let name = thread.thread().name().unwrap_or_default().to_owned();
    thread.join().unwrap_or_else(|panic| Err(panicked(&name, &panic)))
}

fn not_started(error: std::io::Error) -> Error {
    Error::Failed(format!("can't start a thread: {error}"))
}

fn panicked(name: &str, panic: &Box<dyn Any + Send>) -> Error {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    Error::Failed(format!("a defect in the program: thread {name} panicked: {text}; please report it"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_that_names_the_thread() {
        let thread = spawn::<()>("odd-one", || panic!("no {}", "way")).unwrap();
        let text = join(thread).unwrap_err().to_string();
        assert!(text.contains("odd-one") && text.contains("no way"), "{text}");
    }
}

//! Stopping at once: SIGINT and SIGTERM set a flag that every long loop looks at, and wake who waits for it.

use crate::error::{Error, Result};
use crate::threads;
use crossbeam_channel::{Receiver, bounded};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::Duration;

static REQUESTED: AtomicBool = AtomicBool::new(false);
static WAKE: OnceLock<Receiver<()>> = OnceLock::new();
static HOOKS: Mutex<Vec<Box<dyn Fn() + Send>>> = Mutex::new(Vec::new());

/// Begins to listen for SIGINT and SIGTERM. `grace` after the first signal the process leaves with code 130 whatever
/// its threads wait for; a second signal leaves at once. The server rolls back what was not committed.
pub fn listen(grace: Duration) -> Result<()> {
    use signal_hook::consts::{SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM])
        .map_err(|e| Error::Failed(format!("can't listen for signals: {e}")))?;
    let (waker, wake) = bounded::<()>(0);
    WAKE.get_or_init(|| wake);
    let (expire, expired) = bounded::<()>(1);
    // These two are never joined: they end with the process.
    threads::spawn("stop-signals", move || {
        let mut waker = Some(waker);
        for _ in signals.forever() {
            if REQUESTED.swap(true, Ordering::SeqCst) {
                leave();
            }
            waker = None;
            let _ = expire.try_send(());
            if let Ok(hooks) = HOOKS.lock() {
                hooks.iter().for_each(|hook| hook());
            }
        }
        drop(waker);
        Ok(())
    })?;
    threads::spawn("stop-grace", move || {
        if expired.recv().is_ok() {
            std::thread::sleep(grace);
            leave();
        }
        Ok(())
    })?;
    Ok(())
}

fn leave() -> ! {
    std::process::exit(crate::error::Exit::Interrupted as i32)
}

/// Has `hook` called, once, when the run is to stop: to end what a thread waits for outside of this program.
pub fn on_request(hook: impl Fn() + Send + 'static) {
    if let Ok(mut hooks) = HOOKS.lock() {
        hooks.push(Box::new(hook));
    }
}

/// Whether the run is to stop.
pub fn requested() -> bool {
    REQUESTED.load(Ordering::Relaxed)
}

/// An [`Error::Interrupted`] if the run is to stop, for use with `?` in loops.
pub fn check() -> Result<()> {
    if requested() { Err(Error::Interrupted) } else { Ok(()) }
}

/// A channel that disconnects when the run is to stop, for use in `select!`. Without [`listen`] it never does.
pub fn wake() -> Receiver<()> {
    WAKE.get().cloned().unwrap_or_else(crossbeam_channel::never)
}

/// Waits, but no longer than until the run is to stop.
pub fn pause(time: Duration) -> Result<()> {
    let _ = wake().recv_timeout(time);
    check()
}

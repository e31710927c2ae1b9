//! Stopping: SIGINT and SIGTERM set a flag that every long loop looks at, and wake who waits for it. A run that ends what
//! it has begun is told first, and stopped so only if it takes too long.

use crate::error::{Error, Result};
use crate::limits::LAST_WORDS_WAIT;
use crate::threads;
use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::os::raw::c_int;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::Duration;

static REQUESTED: AtomicBool = AtomicBool::new(false);
static WAKE: OnceLock<Receiver<()>> = OnceLock::new();
/// Held until the run is to stop: [`wake`] disconnects when it is dropped.
static WAKER: Mutex<Option<Sender<()>>> = Mutex::new(None);
/// Starts the time after which the process leaves.
static EXPIRE: OnceLock<Sender<()>> = OnceLock::new();
/// Whether SIGINT or SIGTERM came.
static TOLD: AtomicBool = AtomicBool::new(false);
/// What takes this process's place if it does not end by itself.
static SUCCESSOR: Mutex<Option<fn() -> Error>> = Mutex::new(None);
static LAST_WORDS: Mutex<Option<LastWords>> = Mutex::new(None);
static HOOKS: Mutex<Vec<Box<dyn Fn() + Send>>> = Mutex::new(Vec::new());

/// What is to be said if the process leaves before its summary.
type LastWords = Box<dyn FnOnce() + Send>;

/// What a run without an end is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// To end what it has begun, and then itself.
    Stop,
    /// To read its configuration anew.
    Reload,
}

/// Begins to listen for SIGINT and SIGTERM. `grace` after the first signal the process leaves with code 130 whatever
/// its threads wait for; a second signal leaves at once. The server rolls back what was not committed.
pub fn listen(grace: Duration) -> Result<()> {
    let mut signals = signals(&[SIGINT, SIGTERM])?;
    arm(grace)?;
    // Never joined: it ends with the process.
    threads::spawn("stop-signals", move || {
        for _ in signals.forever() {
            TOLD.store(true, Ordering::SeqCst);
            if requested() {
                leave();
            }
            request();
        }
        Ok(())
    })?;
    Ok(())
}

/// The same for a run that ends what it has begun: the first SIGINT or SIGTERM is only told, through the channel, as is
/// SIGHUP. `patience` later, or with the second signal, it is as if [`listen`] had heard it.
pub fn listen_gently(patience: Duration, grace: Duration) -> Result<Receiver<Asked>> {
    let mut signals = signals(&[SIGINT, SIGTERM, SIGHUP])?;
    arm(grace)?;
    let (tell, told) = bounded(2);
    let (begin, begun) = bounded::<()>(1);
    // These two are never joined: they end with the process.
    threads::spawn("stop-signals", move || {
        let mut is_told = false;
        for signal in signals.forever() {
            if signal != SIGHUP {
                TOLD.store(true, Ordering::SeqCst);
            }
            match signal {
                // More than one that is not yet answered is as good as one.
                SIGHUP => drop(tell.try_send(Asked::Reload)),
                _ if requested() => leave(),
                _ if is_told => request(),
                _ => {
                    is_told = true;
                    let _ = begin.try_send(());
                    if let Err(TrySendError::Full(_)) = tell.try_send(Asked::Stop) {
                        request();
                    }
                }
            }
        }
        Ok(())
    })?;
    threads::spawn("stop-patience", move || {
        if begun.recv().is_ok() {
            std::thread::sleep(patience);
            request();
        }
        Ok(())
    })?;
    Ok(told)
}

fn signals(which: &[c_int]) -> Result<Signals> {
    Signals::new(which).map_err(|e| Error::Failed(format!("can't listen for signals: {e}")))
}

/// Makes [`wake`] and the end after `grace` work.
fn arm(grace: Duration) -> Result<()> {
    let (waker, wake) = bounded::<()>(0);
    WAKE.get_or_init(|| wake);
    if let Ok(mut held) = WAKER.lock() {
        *held = Some(waker);
    }
    let (expire, expired) = bounded::<()>(1);
    EXPIRE.get_or_init(|| expire);
    threads::spawn("stop-grace", move || {
        if expired.recv().is_ok() {
            std::thread::sleep(grace);
            match SUCCESSOR.lock().ok().and_then(|successor| *successor) {
                Some(begin) if !is_told() => give_way(begin),
                _ => leave(),
            }
        }
        Ok(())
    })?;
    Ok(())
}

/// The run is to stop now.
pub fn request() {
    if REQUESTED.swap(true, Ordering::SeqCst) {
        return;
    }
    if let Ok(mut waker) = WAKER.lock() {
        *waker = None;
    }
    if let Some(expire) = EXPIRE.get() {
        let _ = expire.try_send(());
    }
    let hooks = HOOKS.lock().map(|mut hooks| std::mem::take(&mut *hooks)).unwrap_or_default();
    for hook in hooks {
        // Never joined: it may wait for somebody for whom nobody else waits any more.
        let _ = threads::spawn("stop-hook", move || {
            hook();
            Ok(())
        });
    }
}

/// The same in so much time, if it has not ended by then.
pub fn request_after(time: Duration) {
    // Never joined: it ends with the process. Without it the run ends when it has done everything.
    let _ = threads::spawn("stop-later", move || {
        std::thread::sleep(time);
        request();
        Ok(())
    });
}

/// From now on a run that does not end in time is not left: `begin` puts another one in its place, unless SIGINT or SIGTERM
/// came. `begin` comes back only if it can't.
pub fn set_successor(begin: fn() -> Error) {
    if let Ok(mut successor) = SUCCESSOR.lock() {
        *successor = Some(begin);
    }
}

/// Whether SIGINT or SIGTERM came.
pub fn is_told() -> bool {
    TOLD.load(Ordering::SeqCst)
}

fn give_way(begin: fn() -> Error) -> ! {
    log::info!("the database does not answer: beginning anew without it");
    let error = begin();
    log::error!("{error}");
    std::process::exit(error.exit() as i32)
}

fn leave() -> ! {
    let (done, is_done) = bounded::<()>(0);
    // In a thread of its own: whoever reads what we print may have stopped reading.
    let _ = threads::spawn("stop-words", move || {
        // Held until the process is gone, so that nobody else begins to print a summary.
        if let Ok(mut words) = LAST_WORDS.lock()
            && let Some(say) = words.take()
        {
            say();
            drop(done);
            std::thread::park();
        }
        Ok(())
    });
    let _ = is_done.recv_timeout(LAST_WORDS_WAIT);
    std::process::exit(crate::error::Exit::Interrupted as i32)
}

/// Has `say` called if the process leaves without having ended in order, unless [`retract_last_words`] came before.
pub fn set_last_words(say: impl FnOnce() + Send + 'static) {
    if let Ok(mut words) = LAST_WORDS.lock() {
        *words = Some(Box::new(say));
    }
}

/// A summary is about to be printed, which is to be the only one. Does not return if the last words are being said.
pub fn retract_last_words() {
    if let Ok(mut words) = LAST_WORDS.lock() {
        *words = None;
    }
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

//! Progress of a long command: a bar where stderr is a terminal, a log line now and then where it is not.

use super::summary::{duration, thousands};
use crate::limits::{PROGRESS_BAR_EVERY, PROGRESS_LINE_EVERY};
use crossbeam_channel::{RecvTimeoutError, Sender, bounded};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Whether progress is shown at all.
static ALLOWED: AtomicBool = AtomicBool::new(false);
/// The bar on the terminal, if there is one.
static BAR: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// A handle to what a command has done so far. Cheap to clone and to add to, from any thread.
/// It ends with [`Self::finish`], or when the last handle is dropped.
#[derive(Clone)]
pub struct Progress {
    shown: Arc<Shown>,
}

/// The counters, and the thread that shows them.
struct Shown {
    counters: Arc<Counters>,
    thread: Mutex<Option<(Sender<()>, JoinHandle<()>)>>,
}

struct Counters {
    what: &'static str,
    started: Instant,
    done: AtomicU64,
    total: Option<u64>,
}

impl Progress {
    /// Begins to show how many of `what` ("files") are done.
    pub fn start(what: &'static str, total: Option<u64>) -> Self {
        let counters = Arc::new(Counters { what, started: Instant::now(), done: AtomicU64::new(0), total });
        let thread = ALLOWED.load(Ordering::Relaxed).then(|| spawn(Arc::clone(&counters))).flatten();
        Self { shown: Arc::new(Shown { counters, thread: Mutex::new(thread) }) }
    }

    /// So many more are done.
    pub fn add(&self, count: u64) {
        self.shown.counters.done.fetch_add(count, Ordering::Relaxed);
    }

    /// It is over: the bar goes away.
    pub fn finish(&self) {
        self.shown.finish();
    }
}

impl Shown {
    fn finish(&self) {
        let thread = locked(&self.thread).take();
        if let Some((stop, thread)) = thread {
            drop(stop);
            // A panic there would only have cost the display.
            let _ = thread.join();
        }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.finish();
    }
}

/// Whether progress is to be shown; it is not before somebody says so.
pub(super) fn allow(allowed: bool) {
    ALLOWED.store(allowed, Ordering::Relaxed);
}

/// Does something to stderr while the bar is away.
pub(super) fn suspend(write: impl FnOnce()) {
    let bar = locked(&BAR);
    match &*bar {
        Some(bar) => bar.suspend(write),
        None => write(),
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts the thread that shows the counters. Without one the command works all the same, unseen.
fn spawn(counters: Arc<Counters>) -> Option<(Sender<()>, JoinHandle<()>)> {
    let (stop, stopped) = bounded::<()>(0);
    let terminal = io::stderr().is_terminal();
    let every = if terminal { PROGRESS_BAR_EVERY } else { PROGRESS_LINE_EVERY };
    let show = move || {
        while stopped.recv_timeout(every) == Err(RecvTimeoutError::Timeout) {
            if terminal {
                draw(&counters);
            } else {
                log::info!("{}", counters.line(counters.started.elapsed()));
            }
        }
        if let Some(bar) = locked(&BAR).take() {
            bar.finish_and_clear();
        }
    };
    let thread = std::thread::Builder::new().name("progress".into()).spawn(show).ok()?;
    Some((stop, thread))
}

fn draw(counters: &Counters) {
    let mut bar = locked(&BAR);
    let bar = bar.get_or_insert_with(|| ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()));
    if let Some(total) = counters.total
        && bar.length() != Some(total)
    {
        bar.set_style(style("{wide_bar} {msg}"));
        bar.set_length(total);
    } else if bar.length().is_none() {
        bar.set_style(style("{spinner} {msg}"));
    }
    bar.set_position(counters.done.load(Ordering::Relaxed));
    // This draws it.
    bar.set_message(counters.line(counters.started.elapsed()));
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

impl Counters {
    /// The state in words: `1,200 of 4,000 files (30 %), 120 files/s, 23.3 s left`.
    fn line(&self, elapsed: Duration) -> String {
        let done = self.done.load(Ordering::Relaxed);
        let rate = done as f64 / elapsed.as_secs_f64().max(1e-3);
        let (what, rate_text) = (self.what, thousands(rate.round() as u64));
        match self.total {
            None => format!("{} {what}, {rate_text} {what}/s", thousands(done)),
            Some(total) => {
                let percent = (u128::from(done.min(total)) * 100).checked_div(total.into()).unwrap_or(100);
                let (done_text, total_text) = (thousands(done), thousands(total));
                let mut line =
                    format!("{done_text} of {total_text} {what} ({percent} %), {rate_text} {what}/s");
                if done > 0 && done < total {
                    let left =
                        Duration::try_from_secs_f64((total - done) as f64 / rate).unwrap_or(Duration::MAX);
                    line.push_str(&format!(", {} left", duration(left)));
                }
                line
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_say_count_rate_and_time_left() {
        let line = |progress: &Progress| progress.shown.counters.line(Duration::from_secs(10));
        let progress = Progress::start("files", None);
        assert_eq!(line(&progress), "0 files, 0 files/s");
        progress.add(1200);
        assert_eq!(line(&progress), "1,200 files, 120 files/s");
        progress.finish();

        let progress = Progress::start("files", Some(4000));
        progress.add(1200);
        assert_eq!(line(&progress), "1,200 of 4,000 files (30 %), 120 files/s, 23.3 s left");
        progress.add(2800);
        assert_eq!(line(&progress), "4,000 of 4,000 files (100 %), 400 files/s");
        progress.add(1);
        assert_eq!(line(&progress), "4,001 of 4,000 files (100 %), 400 files/s");

        let progress = Progress::start("files", Some(0));
        assert_eq!(line(&progress), "0 of 0 files (100 %), 0 files/s");
    }
}

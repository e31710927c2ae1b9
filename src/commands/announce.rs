//! The INDI device of a follow: what it tells is the follow's state.

use crate::error::Result;
use crate::follow::state::{self, Snapshot, State};
use crate::indi::{self, Device, Light, Report, Settings, Transport, Warnings};
use crossbeam_channel::bounded;
use rustix::process::{Signal, getpid, kill_process};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// Starts the device: on stdin and stdout, or else on the FIFOs of its name in `fifos_root`.
pub fn start(name: &str, fifos_root: &Path, on_stdio: bool, state: &State) -> Result<Device> {
    let transport = if on_stdio { Transport::stdio()? } else { Transport::Fifos(fifos_root.to_owned()) };
    let (hand_over, handed_over) = bounded(1);
    let mut teller = Teller { state: state.clone(), records_told: 0, last_update: None, warning_told: 0 };
    let mut warnings: Option<Warnings> = None;
    let source = move || {
        // The queue of warnings exists only once the device does.
        warnings = warnings.take().or_else(|| handed_over.try_recv().ok());
        teller.tell(warnings.as_ref())
    };
    let device = indi::start(Settings {
        name: name.to_owned(),
        transport,
        source: Box::new(source),
        hung_up: Box::new(end_in_order),
    })?;
    let _ = hand_over.send(device.warnings());
    Ok(device)
}

/// As if whoever hung up had sent SIGTERM: what is begun is committed. Otherwise the process that a new `indiserver`
/// starts would find its place taken.
fn end_in_order() {
    log::info!("indiserver is gone");
    // A process may always signal itself.
    let _ = kill_process(getpid(), Signal::TERM);
}

/// What was told so far, so that what is new can be told.
struct Teller {
    state: State,
    records_told: u64,
    last_update: Option<f64>,
    /// The number of the last one.
    warning_told: u64,
}

impl Teller {
    fn tell(&mut self, warnings: Option<&Warnings>) -> Report {
        let now = self.state.snapshot();
        if let Some(warnings) = warnings {
            self.pass_on(&now, warnings);
        }
        if now.records_since_start > self.records_told {
            self.records_told = now.records_since_start;
            self.last_update =
                SystemTime::now().duration_since(UNIX_EPOCH).ok().map(|time| time.as_secs_f64());
        }
        Report {
            last_update: self.last_update,
            records_per_sec: now.records_last_second as f64,
            records_since_startup: now.records_since_start,
            lag_s: now.lag_s,
            lag_bytes: now.bytes_behind,
            database: match now.database {
                state::Light::Ok => Light::Ok,
                state::Light::Busy => Light::Busy,
                state::Light::Alert => Light::Alert,
            },
            database_text: now.database_text,
            errors: now.errors,
        }
    }

    fn pass_on(&mut self, now: &Snapshot, warnings: &Warnings) {
        for (number, text) in &now.warnings {
            if *number > self.warning_told {
                self.warning_told = *number;
                warnings.send(text);
            }
        }
    }
}

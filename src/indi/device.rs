//! The device's thread: answers, tells what changed once a second, and says goodbye.

use super::client::{Inbox, Query};
use super::link::Link;
use super::properties::{Vector, vectors};
use super::wire::Wire;
use super::{Report, Settings, WarningsOut};
use crate::error::Result;
use crate::limits::{INDI_FAREWELL, INDI_INPUT_BYTES, INDI_TICK};
use std::os::fd::OwnedFd;
use std::time::{Duration, Instant, SystemTime};

/// A device at work.
struct Running {
    wire: Wire,
    link: Link,
    source: Box<dyn FnMut() -> Report + Send>,
    /// The properties as they were told last.
    told: Vec<Vector>,
}

/// Runs the device until `wake` can be read, or the other end closes a pipe.
pub(super) fn run(settings: Settings, wake: &OwnedFd, warnings: &WarningsOut) -> Result<()> {
    let Settings { name, transport, source, hung_up } = settings;
    let link = Link::new(transport, &name);
    let mut device = Running { wire: Wire { device: name }, link, source, told: Vec::new() };
    let mut inbox = Inbox::default();
    let mut next_tick = Instant::now();
    let mut input_bytes_left = 0;
    loop {
        let now = Instant::now();
        if now >= next_tick {
            next_tick = now + INDI_TICK;
            input_bytes_left = INDI_INPUT_BYTES;
            device.link.tend();
            device.tell_news(warnings);
        }
        if device.link.take_behind() {
            device.tell_everything();
        }
        let woken = device.link.wait(wake, input_bytes_left > 0, next_tick.saturating_duration_since(now))?;
        if woken.stop {
            return device.say_goodbye(wake);
        }
        if woken.input {
            let bytes = device.link.read();
            input_bytes_left = input_bytes_left.saturating_sub(bytes.len());
            let queries = inbox.push(&bytes);
            if !queries.is_empty() {
                // Whoever asks may be reading since a moment ago.
                device.link.tend();
            }
            for query in queries {
                device.answer(&query);
            }
        }
        if device.link.hung_up() {
            log::info!("INDI: the other end closed the connection");
            hung_up();
            return Ok(());
        }
    }
}

impl Running {
    /// Defines what a client asked for, if it asked this device.
    fn answer(&mut self, query: &Query) {
        if query.device.as_ref().is_some_and(|device| *device != self.wire.device) {
            return;
        }
        if self.link.take_behind() {
            self.tell_everything();
            return;
        }
        let now = SystemTime::now();
        for vector in vectors(&(self.source)()) {
            if query.name.as_ref().is_none_or(|name| name == vector.name) {
                self.link.send(&self.wire.define(&vector, now));
                self.remember(vector);
            }
        }
    }

    fn tell_everything(&mut self) {
        self.answer(&Query::default());
    }

    /// Tells what has changed, and the warnings that have come.
    fn tell_news(&mut self, warnings: &WarningsOut) {
        let now = SystemTime::now();
        for vector in vectors(&(self.source)()) {
            if !self.told.contains(&vector) {
                self.link.send(&self.wire.set(&vector, now));
                self.remember(vector);
            }
        }
        for text in warnings.take() {
            self.link.send(&self.wire.message(&text, now));
        }
    }

    fn remember(&mut self, vector: Vector) {
        self.told.retain(|told| told.name != vector.name);
        self.told.push(vector);
    }

    /// The other end gets a moment to take it.
    fn say_goodbye(&mut self, wake: &OwnedFd) -> Result<()> {
        // It has told what will not be read any more.
        let mut token = [0; 8];
        let _ = rustix::io::read(wake, &mut token);
        self.link.send(&self.wire.farewell(SystemTime::now()));
        let until = Instant::now() + INDI_FAREWELL;
        while !self.link.is_flushed() {
            let left = until.saturating_duration_since(Instant::now());
            if left == Duration::ZERO {
                break;
            }
            self.link.wait(wake, false, left)?;
        }
        Ok(())
    }
}

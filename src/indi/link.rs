//! Bytes to and from the other end, without waiting for it: what it does not take is dropped beyond a bound, and the
//! device is told to begin anew when it takes something again.
//!
//! stdin and stdout may be shared with other programs (a terminal is), so they stay as they are: nothing is read or
//! written before the kernel says that it can be, and no more at a time than is sure not to wait then.

use super::Transport;
use super::fifos::Fifos;
use crate::error::{Error, Result};
use crate::limits::{INDI_READ_BYTES, INDI_UNSENT_BYTES};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::Duration;

/// A pipe that is ready takes at least so many bytes (PIPE_BUF), all or none of them; so does a socket.
const SURE_BYTES: usize = 4096;

/// What closes or fails when the other end is gone.
const GONE: PollFlags = PollFlags::ERR.union(PollFlags::HUP);

/// A device's connection.
pub(super) struct Link {
    ends: Ends,
    /// What the other end has not taken yet.
    unsent: Vec<u8>,
    /// Whether the other end has to be told everything: it is new, or something was dropped.
    is_behind: bool,
    /// Whether the other end closed a pipe.
    hung_up: bool,
}

enum Ends {
    Fifos(Fifos),
    Pipes { input: OwnedFd, output: OwnedFd },
}

/// What a wait ended with.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Woken {
    /// The device is to end.
    pub stop: bool,
    /// There is something to read.
    pub input: bool,
}

impl Link {
    /// Leaves opening FIFOs to [`Self::tend`].
    pub fn new(transport: Transport, name: &str) -> Self {
        let ends = match transport {
            Transport::Fifos(root) => Ends::Fifos(Fifos::new(&root, name)),
            Transport::Pipes { input, output } => Ends::Pipes { input, output },
        };
        Self { ends, unsent: Vec::new(), is_behind: true, hung_up: false }
    }

    /// Opens FIFOs that are missing or have got a reader.
    pub fn tend(&mut self) {
        let Ends::Fifos(fifos) = &mut self.ends else { return };
        fifos.tend();
        if fifos.output.is_none() {
            self.begin_anew();
        }
    }

    /// What was not taken is for somebody who is gone.
    fn begin_anew(&mut self) {
        self.unsent.clear();
        self.is_behind = true;
    }

    /// Whether the other end is there, takes something, and has to be told everything. The answer is "no" from then on.
    pub fn take_behind(&mut self) -> bool {
        let due = self.is_behind && self.unsent.is_empty() && self.output().is_some_and(is_writable);
        self.is_behind &= !due;
        due
    }

    /// Whether the other end closed a pipe.
    pub fn hung_up(&self) -> bool {
        self.hung_up
    }

    /// Whether everything was taken, or there is nobody to take it.
    pub fn is_flushed(&self) -> bool {
        self.unsent.is_empty() || self.output().is_none()
    }

    /// Sends an element, or drops it if the other end has not taken those before it.
    pub fn send(&mut self, element: &[u8]) {
        if self.is_behind || self.output().is_none() {
            return;
        }
        if self.unsent.len() + element.len() > INDI_UNSENT_BYTES {
            self.is_behind = true;
            return;
        }
        self.unsent.extend_from_slice(element);
        self.flush();
    }

    /// Waits until there is something to read or room to write, the device is to end, or the time is over. What has not
    /// been taken yet goes out meanwhile.
    pub fn wait(&mut self, wake: &OwnedFd, listen: bool, time: Duration) -> Result<Woken> {
        let wants_room = self.is_behind || !self.unsent.is_empty();
        let mut fds = vec![PollFd::new(wake, PollFlags::IN)];
        let input = self.input().filter(|_| listen).map(|fd| place(&mut fds, fd, PollFlags::IN));
        let room = if wants_room { PollFlags::OUT } else { PollFlags::empty() };
        let output = self.output().map(|fd| place(&mut fds, fd, room));
        let timeout =
            Timespec::try_from(time).map_err(|_| Error::Failed("a defect: a wait too long".into()))?;
        match poll(&mut fds, Some(&timeout)) {
            Ok(_) => {}
            Err(Errno::INTR) => return Ok(Woken::default()),
            Err(error) => return Err(Error::Failed(format!("can't wait for INDI: {error}"))),
        }
        let seen = |at: Option<usize>| at.map_or(PollFlags::empty(), |at| fds[at].revents());
        let (stop, input, output) = (!fds[0].revents().is_empty(), seen(input), seen(output));
        if output.intersects(GONE) {
            self.lose_output();
        } else if output.contains(PollFlags::OUT) {
            self.flush();
        }
        Ok(Woken { stop, input: !input.is_empty() })
    }

    /// Reads what is there: nothing if that is not so any more.
    pub fn read(&mut self) -> Vec<u8> {
        let mut bytes = vec![0; INDI_READ_BYTES];
        let Some(input) = self.input() else { return Vec::new() };
        let count = match rustix::io::read(input, &mut bytes) {
            Ok(0) => {
                self.lose_input();
                0
            }
            Ok(count) => count,
            Err(Errno::AGAIN | Errno::INTR) => 0,
            Err(_) => {
                self.lose_input();
                0
            }
        };
        bytes.truncate(count);
        bytes
    }

    /// Writes what the other end takes now.
    fn flush(&mut self) {
        let mut written = 0;
        while written < self.unsent.len() {
            let Some(output) = self.output().filter(|fd| is_writable(*fd)) else { break };
            let end = self.unsent.len().min(written + SURE_BYTES);
            match rustix::io::write(output, &self.unsent[written..end]) {
                Ok(count) => written += count,
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => break,
                Err(_) => return self.lose_output(),
            }
        }
        self.unsent.drain(..written);
    }

    fn lose_output(&mut self) {
        self.begin_anew();
        match &mut self.ends {
            Ends::Fifos(fifos) => fifos.output = None,
            Ends::Pipes { .. } => self.hung_up = true,
        }
    }

    fn lose_input(&mut self) {
        match &mut self.ends {
            Ends::Fifos(fifos) => fifos.input = None,
            Ends::Pipes { .. } => self.hung_up = true,
        }
    }

    fn input(&self) -> Option<BorrowedFd<'_>> {
        match &self.ends {
            Ends::Fifos(fifos) => fifos.input.as_ref().map(AsFd::as_fd),
            Ends::Pipes { input, .. } => Some(input.as_fd()),
        }
    }

    fn output(&self) -> Option<BorrowedFd<'_>> {
        match &self.ends {
            Ends::Fifos(fifos) => fifos.output.as_ref().map(AsFd::as_fd),
            Ends::Pipes { output, .. } => Some(output.as_fd()),
        }
    }
}

/// Adds something to wait for, and says where it stands.
fn place<'fd>(fds: &mut Vec<PollFd<'fd>>, fd: BorrowedFd<'fd>, flags: PollFlags) -> usize {
    fds.push(PollFd::from_borrowed_fd(fd, flags));
    fds.len() - 1
}

/// Whether [`SURE_BYTES`] can be written without waiting, or would fail at once.
fn is_writable(fd: BorrowedFd<'_>) -> bool {
    let mut fds = [PollFd::from_borrowed_fd(fd, PollFlags::OUT)];
    poll(&mut fds, Some(&Timespec::default())).is_ok_and(|ready| ready > 0)
}

//! Checks of everything that `xtelemdb` stands on, from the configuration to the copies on backup volumes.
//!
//! Each area looks at one thing and says what it found; none ends the examination, so that whoever mends the first fault
//! sees the others at once. Nothing is changed.

mod configuration;
mod disk;
mod files;
mod network;
mod server;
mod tables;

use crate::config::Resolved;
use crate::db::Connector;
use crate::error::{Error, Result};
use crate::stop;
use serde::Serialize;

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// As it should be.
    Ok,
    /// It works, and somebody should know.
    Warn,
    /// Something does not work.
    Fail,
}

impl State {
    /// The word in front of the line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Fail => "fail",
        }
    }
}

/// One line of the page.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    /// The part of the page it stands in.
    pub area: &'static str,
    /// What was looked at.
    pub name: String,
    /// How it came out.
    pub state: State,
    /// What was found.
    pub found: String,
    /// The command that mends it, or what to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mend: Option<String>,
}

/// The checks of one area, as they are made.
struct Area {
    name: &'static str,
    checks: Vec<Check>,
}

impl Area {
    fn new(name: &'static str) -> Self {
        Self { name, checks: Vec::new() }
    }

    fn add(&mut self, state: State, name: impl Into<String>, found: impl Into<String>, mend: Option<String>) {
        self.checks.push(Check { area: self.name, name: name.into(), state, found: found.into(), mend });
    }

    fn ok(&mut self, name: impl Into<String>, found: impl Into<String>) {
        self.add(State::Ok, name, found, None);
    }

    fn warn(&mut self, name: impl Into<String>, found: impl Into<String>, mend: impl Into<String>) {
        self.add(State::Warn, name, found, Some(mend.into()));
    }

    fn fail(&mut self, name: impl Into<String>, found: impl Into<String>, mend: impl Into<String>) {
        self.add(State::Fail, name, found, Some(mend.into()));
    }

    /// An error is a failed check whose text says what to do.
    fn failed(&mut self, name: impl Into<String>, error: &Error) {
        self.add(State::Fail, name, error.to_string(), None);
    }

    /// What could be asked, or a failed check in its place.
    fn asked<T>(&mut self, name: &'static str, answer: Result<T>) -> Option<T> {
        answer.map_err(|error| self.failed(name, &error)).ok()
    }
}

/// Looks at everything, as far as it can be reached. `wrong` is what was wrong with the configuration, which then is the
/// defaults. `tell` gets each area as soon as it is done.
pub fn examine(
    resolved: &Resolved,
    wrong: Option<&Error>,
    mut tell: impl FnMut(&[Check]),
) -> Result<Vec<Check>> {
    let config = &resolved.config;
    let mut checks = Vec::new();
    let mut done = |area: Area| {
        tell(&area.checks);
        checks.extend(area.checks);
        stop::check()
    };
    done(configuration::check(resolved, wrong))?;
    done(disk::check(&config.data_dirs))?;
    done(network::check(&config.database))?;
    let connector = Connector::new(&config.database);
    connector.cancel_on_stop();
    let mut area = Area::new("server");
    match connector.connect() {
        Err(Error::Interrupted) => return Err(Error::Interrupted),
        Err(error) => {
            area.failed("login", &error);
            done(area)?;
        }
        Ok(mut client) => {
            server::check(&mut area, &mut client, config);
            done(area)?;
            let mut area = Area::new("database");
            let is_usable = tables::check(&mut area, &mut client);
            done(area)?;
            if is_usable {
                done(files::check(&mut client, &config.hostname)?)?;
            }
        }
    }
    Ok(checks)
}

//! Connecting: once at the start, where an error is explained, and again with growing pauses when the connection broke.

mod explain;

use super::failure::{Failure, Outcome};
use super::health::{Complaint, Fault, Health};
use super::tls::{self, Opened, Refused, Tls};
use super::{password, sql};
use crate::config::Database;
use crate::error::{Error, Result};
use crate::limits::{KEEPALIVE_IDLE, KEEPALIVE_INTERVAL, KEEPALIVE_RETRIES};
use crate::{stop, threads};
use crossbeam_channel::{Receiver, TryRecvError, bounded};
use postgres::{CancelToken, Client};
use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, Instant};

/// Makes connections to one database, and can cancel what they wait for. Clones share what there is to cancel.
#[derive(Clone)]
pub struct Connector {
    settings: Database,
    postgres: postgres::Config,
    /// Set when no password was found: where it was looked for.
    password_tried: Option<String>,
    /// The connections that there are.
    open: Arc<Mutex<Vec<Cancel>>>,
    health: Health,
    endures: bool,
    /// Disconnects when waiting for the database is of no use any more.
    halt: Receiver<()>,
}

/// How to cancel what a connection waits for.
struct Cancel {
    token: CancelToken,
    tls: Tls,
    /// Gone when the connection is.
    connection: Weak<()>,
}

/// An attempt to connect that has not ended.
type Attempt = Receiver<std::result::Result<(Opened, Weak<()>), Refused>>;

/// For how long some piece of work has been failing. A new one for each piece; when the work is done it is dropped, and
/// with it what it complained of.
#[derive(Debug, Default)]
pub struct Patience {
    first_failure: Option<Instant>,
    has_tried_again: bool,
    complaint: Option<Complaint>,
    /// The next pause before another attempt at what the server refuses.
    pause: Option<Duration>,
}

impl Patience {
    fn failing_for(&mut self) -> Duration {
        self.first_failure.get_or_insert_with(Instant::now).elapsed()
    }

    fn complain(&mut self, health: &Health, fault: Fault, text: &str) {
        // The new one first, so that it does not look as if all were well between the two.
        let complaint = health.complain(fault, text);
        self.complaint = Some(complaint);
    }

    /// Pauses that grow as those between attempts to connect do.
    fn next_pause(&mut self, settings: &Database) -> Duration {
        let pause = self.pause.unwrap_or(settings.retry_pause);
        self.pause = Some((pause * 2).min(settings.retry_pause_max));
        pause
    }
}

/// Why there is no connection.
enum NoConnection {
    /// The server can't be reached or does not want us.
    Refused(Refused),
    /// It is reached and says nothing, for so long.
    Silent(Duration),
    /// There is no use in another attempt.
    Ended(Error),
}

impl Connector {
    /// Looks up the password; does not connect yet.
    pub fn new(settings: &Database) -> Self {
        let mut postgres = postgres::Config::new();
        postgres
            .host(&settings.host)
            .port(settings.port)
            .user(&settings.user)
            .dbname(&settings.database)
            .application_name("xtelemdb")
            .connect_timeout(settings.connect_timeout)
            .keepalives_idle(KEEPALIVE_IDLE)
            .keepalives_interval(KEEPALIVE_INTERVAL)
            .keepalives_retries(KEEPALIVE_RETRIES)
            .tcp_user_timeout(KEEPALIVE_IDLE + KEEPALIVE_INTERVAL * KEEPALIVE_RETRIES);
        let found = password::find(settings);
        if let Some(password) = &found.password {
            postgres.password(password);
        }
        let password_tried = found.password.is_none().then_some(found.tried);
        Self {
            settings: settings.clone(),
            postgres,
            password_tried,
            open: Arc::default(),
            health: Health::default(),
            endures: false,
            halt: crossbeam_channel::never(),
        }
    }

    /// Gives up, as if the run were to stop, when this channel disconnects.
    pub fn until_halt(&self, halt: Receiver<()>) -> Self {
        Self { halt, ..self.clone() }
    }

    /// Never gives up: what can't be reached, and what the server refuses, is tried again and again. For a run without
    /// an end, whose work waits safely where it is.
    pub fn enduring(self) -> Self {
        Self { endures: true, ..self }
    }

    /// How the database is, as the connections made here see it.
    pub fn health(&self) -> &Health {
        &self.health
    }

    /// Connects for the first time. An error says which of the usual causes it looks like and what mends it.
    pub fn connect(&self) -> Result<Client> {
        let mut attempt = None;
        match self.try_connect(&mut attempt) {
            Ok(client) => Ok(client),
            Err(why @ (NoConnection::Refused(_) | NoConnection::Silent(_))) if self.endures => {
                let text = self.explain(why).to_string();
                let mut patience = Patience::default();
                patience.complain(
                    &self.health,
                    Fault::Away,
                    &format!("{text}. Waiting for it; until then the files keep everything"),
                );
                self.try_again(attempt)
            }
            Err(why) => Err(self.explain(why)),
        }
    }

    /// Connects after the connection broke.
    fn reconnect(&self, because: &str, patience: &mut Patience, attempt: Option<Attempt>) -> Result<Client> {
        let text = if self.endures {
            format!("lost the database: {because}. Waiting for it; until then the files keep everything")
        } else {
            let retry_for = self.settings.retry_for.as_secs();
            format!("lost the database: {because}; trying again for {retry_for} s")
        };
        patience.complain(&self.health, Fault::Away, &text);
        self.try_again(attempt)
    }

    /// Tries to connect, with growing pauses, until the configured time is over.
    fn try_again(&self, mut attempt: Option<Attempt>) -> Result<Client> {
        let Database { retry_for, retry_pause, retry_pause_max, .. } = self.settings;
        let since = Instant::now();
        let mut wait = retry_pause;
        loop {
            self.pause(wait)?;
            match self.try_connect(&mut attempt) {
                Ok(client) => return Ok(client),
                Err(NoConnection::Ended(error)) => return Err(error),
                Err(why) if !self.endures && since.elapsed() + wait >= retry_for => {
                    return Err(Error::Database(format!(
                        "gave up on the database after {} s (database.retry_for_s): {}",
                        since.elapsed().as_secs(),
                        self.explain(why)
                    )));
                }
                Err(why) => log::debug!("still no database: {}", self.explain(why)),
            }
            wait = (wait * 2).min(retry_pause_max);
        }
    }

    /// Does `work` on the connection, again and again if that breaks or another transaction is in the way.
    /// `work` must be a transaction, or harmless when done twice.
    pub fn insist<T>(
        &self,
        client: &mut Client,
        mut work: impl FnMut(&mut Client) -> Outcome<T>,
    ) -> Result<T> {
        let mut patience = Patience::default();
        loop {
            self.check()?;
            match work(client) {
                Ok(done) => return Ok(done),
                Err(failure) => self.recover(client, failure, &mut patience)?,
            }
        }
    }

    /// An error if work has been failing for the configured time; `text` says what it waits for.
    pub fn check_patience(&self, patience: &mut Patience, text: &str) -> Result<()> {
        if self.endures || patience.failing_for() < self.settings.retry_for {
            return Ok(());
        }
        Err(Error::Database(format!(
            "gave up after {} s (database.retry_for_s): {text}",
            patience.failing_for().as_secs()
        )))
    }

    /// Makes `client` fit for another try after `failure`, or says why there is none: nothing would mend it, or the same
    /// work has failed for the configured time.
    pub fn recover(&self, client: &mut Client, failure: Failure, patience: &mut Patience) -> Result<()> {
        self.check()?;
        let is_over =
            !self.endures && patience.failing_for() >= self.settings.retry_for && patience.has_tried_again;
        let is_first = !std::mem::replace(&mut patience.has_tried_again, true);
        match failure {
            Failure::Lost(text) | Failure::Contended(text) if is_over => {
                return Err(Error::Database(format!(
                    "gave up after {} s in which it failed again and again (database.retry_for_s): {text}",
                    patience.failing_for().as_secs()
                )));
            }
            Failure::Lost(text) => {
                // A connection that nobody used for long may have broken long ago, and the server be there.
                let mut attempt = None;
                let at_once =
                    (self.endures && is_first).then(|| self.try_connect(&mut attempt).ok()).flatten();
                *client = match at_once {
                    Some(client) => client,
                    None => self.reconnect(&text, patience, attempt)?,
                };
            }
            Failure::Contended(text) => {
                log::debug!("another transaction was in the way: {text}");
                self.pause(self.settings.retry_pause / 10)?;
            }
            other if self.endures => {
                let text = format!("{}. Trying again; until then the files keep everything", other.text());
                patience.complain(&self.health, Fault::Refusing, &text);
                self.pause(patience.next_pause(&self.settings))?;
            }
            other => return Err(Error::Database(other.text().to_owned())),
        }
        Ok(())
    }

    /// An [`Error::Interrupted`] if the run is to stop, or nobody waits for the database any more.
    fn check(&self) -> Result<()> {
        stop::check()?;
        if self.halt.try_recv() == Err(TryRecvError::Disconnected) { Err(Error::Interrupted) } else { Ok(()) }
    }

    /// Waits, but no longer than [`Self::check`] allows.
    fn pause(&self, time: Duration) -> Result<()> {
        crossbeam_channel::select! {
            recv(stop::wake()) -> _ => {}
            recv(self.halt) -> _ => {}
            default(time) => {}
        }
        self.check()
    }

    /// Has the server cancel whatever these connections wait for when the run is to stop.
    pub fn cancel_on_stop(&self) {
        let connector = self.clone();
        stop::on_request(move || connector.cancel_all());
    }

    fn cancel_all(&self) {
        let open: Vec<Cancel> = match self.open.lock() {
            Ok(mut open) => open.drain(..).collect(),
            Err(_) => return,
        };
        for cancel in open.into_iter().filter(Cancel::is_of_use) {
            // The server may be gone; then there is nothing to cancel.
            if let Err(error) = cancel.token.cancel_query(cancel.tls) {
                log::debug!("can't cancel a statement: {error}");
            }
        }
    }

    /// One attempt, or more of one that has not ended; if this has not ended either it is left in `attempt`, so that a
    /// server that never answers costs one thread and one socket, however often it is tried.
    fn try_connect(&self, attempt: &mut Option<Attempt>) -> std::result::Result<Client, NoConnection> {
        let answered = match attempt.take() {
            Some(answered) => answered,
            None => self.begin_to_connect().map_err(NoConnection::Ended)?,
        };
        // Once for reaching the server, once for its greeting.
        let wait = 2 * self.settings.connect_timeout;
        let (Opened { client, tls }, connection) = crossbeam_channel::select! {
            recv(answered) -> connected => match connected {
                Ok(connected) => connected.map_err(NoConnection::Refused)?,
                Err(_) => return Err(NoConnection::Ended(Error::Failed("a defect: no attempt to connect".into()))),
            },
            recv(stop::wake()) -> _ => return Err(NoConnection::Ended(Error::Interrupted)),
            recv(self.halt) -> _ => return Err(NoConnection::Ended(Error::Interrupted)),
            default(wait) => {
                *attempt = Some(answered);
                return Err(NoConnection::Silent(wait));
            }
        };
        if let Ok(mut open) = self.open.lock() {
            open.retain(Cancel::is_of_use);
            open.push(Cancel { token: client.cancel_token(), tls, connection });
            log::debug!("connected; open connections: {}", open.len());
        }
        Ok(client)
    }

    /// In a thread of its own: the client library bounds the time in which the server is reached, but not the time in
    /// which it greets, and can't be interrupted.
    fn begin_to_connect(&self) -> Result<Attempt> {
        let (answer, answered) = bounded(1);
        let (mut postgres, settings) = (self.postgres.clone(), self.settings.clone());
        // The library keeps this as long as it keeps the connection, and so what it holds.
        let alive = Arc::new(());
        let connection = Arc::downgrade(&alive);
        postgres.notice_callback(move |notice| {
            let _ = &alive;
            log::debug!("the server says: {}", notice.message());
        });
        threads::spawn("connect", move || {
            let connected = tls::connect(&postgres, &settings).and_then(|mut opened| {
                opened.client.batch_execute(sql::SESSION).map_err(Refused::Server)?;
                Ok((opened, connection))
            });
            drop(postgres);
            // Whoever gave up waiting does not want it any more.
            let _ = answer.send(connected);
            Ok(())
        })?;
        Ok(answered)
    }
}

impl Cancel {
    fn is_of_use(&self) -> bool {
        self.connection.strong_count() > 0
    }
}

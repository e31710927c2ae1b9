//! The session that keeps the books: it holds the place of the host, keeps `file_origins` in step with files that are
//! written, says where loading has to go on in them, claims them, and leaves heartbeats.

use super::files::Lane;
use super::state::State;
use crate::db::failure::Outcome;
use crate::db::ledger::{self, Entry, TelemetryFile};
use crate::db::live::{self, Heartbeat, Holder, Storage};
use crate::db::types::{Micros, OriginDigest};
use crate::db::{Connector, Failure, Patience, schema};
use crate::decode::catalogue::Catalogue;
use crate::error::{Error, Result};
use crate::inventory::single::{Rows, Seen};
use crate::limits::{
    CATCH_UP_COMMIT_EVERY, CATCH_UP_TRANSACTION_BYTES, FOLLOW_TICK, MOST_CLAIMS, MOST_FILES_BEHIND,
    PLACE_SILENT, PLACE_TRY_EVERY, PLACE_WAIT,
};
use crate::origin::{self, path_to_text};
use crate::pending::{forerunner_digest, twin_digest};
use crate::pipeline::{Lanes, Pace};
use crate::{stop, threads};
use crossbeam_channel::{Receiver, Sender, bounded};
use postgres::Client;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Instant;

/// What the main loop asks for. Of each kind one at a time, so nobody ever waits to hand one over.
pub(super) enum Request {
    /// Bring the rows of these files in step, and say which of them are telemetry that has news.
    Take { paths: Vec<PathBuf>, lane: Lane },
    /// Bring the rows of these files in step.
    Rows(Vec<PathBuf>),
    /// These claims are needed no longer.
    Release(Vec<i64>),
    /// A sign of life.
    Beat(Box<Heartbeat>),
}

/// What it answers.
pub(super) enum Reply {
    /// The place is taken and the lanes run: the one of what is being written, and the one that catches up.
    Ready { live: Box<Lanes>, behind: Box<Lanes> },
    /// Of a `Take`: files with news, and files that another process is loading.
    Taken { files: Vec<Taken>, elsewhere: Vec<PathBuf> },
    /// Of a `Rows`.
    RowsDone,
    /// Somebody has emptied the tables, so everything is to be loaded again; or they are stored anew with all they held.
    Emptied,
}

/// A telemetry file that has news, claimed.
pub(super) struct Taken {
    pub path: PathBuf,
    pub name: String,
    pub digest: OriginDigest,
    pub claim_key: i64,
    pub seen: Seen,
    pub entry: Option<Entry>,
    pub forerunner: Option<Entry>,
    pub twin: Option<OriginDigest>,
}

/// What the session needs to know.
pub(super) struct Office {
    pub host: String,
    pub connector: Connector,
    pub catalogue: Arc<Catalogue>,
    /// How what is being written is committed.
    pub pace: Pace,
    /// Where warnings go.
    pub state: State,
}

/// The running session.
pub(super) struct Registrar {
    pub requests: Sender<Request>,
    pub replies: Receiver<Reply>,
    thread: JoinHandle<Result<()>>,
}

/// Kinds of requests.
const KINDS: usize = 4;

impl Registrar {
    pub fn start(office: Office) -> Result<Self> {
        let (requests, asked) = bounded(2 * KINDS);
        let (answers, replies) = bounded(2 * KINDS);
        let thread = threads::spawn("registrar", move || {
            let client = office.connector.connect()?;
            let mut session =
                Session { office, client, has_place: false, claims: HashSet::new(), storage: None };
            session.run(&asked, &answers)
        })?;
        Ok(Self { requests, replies, thread })
    }

    /// Has it end when it has done what it was asked, and waits for that.
    pub fn finish(self) -> Result<()> {
        drop(self.requests);
        // It may wait to answer.
        while self.replies.recv().is_ok() {}
        threads::join(self.thread)
    }
}

struct Session {
    office: Office,
    client: Client,
    has_place: bool,
    /// What this session has claimed.
    claims: HashSet<i64>,
    /// Where the tables were stored at the last heartbeat.
    storage: Option<Storage>,
}

impl Session {
    fn run(&mut self, asked: &Receiver<Request>, answers: &Sender<Reply>) -> Result<()> {
        self.require_schema()?;
        self.insist(|_, _| Ok(()))?;
        let Office { connector, catalogue, pace, .. } = &self.office;
        let live = Lanes::start(1, *pace, connector, catalogue, None)?;
        let catching_up = Pace {
            transaction_bytes: CATCH_UP_TRANSACTION_BYTES,
            commit_every: CATCH_UP_COMMIT_EVERY,
            takes_up_again: true,
        };
        let behind = Lanes::start(1, catching_up, connector, catalogue, None)?;
        let mut is_wanted =
            answers.send(Reply::Ready { live: Box::new(live), behind: Box::new(behind) }).is_ok();
        for request in asked {
            if !is_wanted {
                break;
            }
            is_wanted = match request {
                Request::Take { paths, lane } => answers.send(self.take(&paths, lane)?).is_ok(),
                Request::Rows(paths) => {
                    self.insist(|client, host| {
                        let mut rows = Rows::default();
                        for path in &paths {
                            rows.take(host, path);
                        }
                        rows.write(client, host)
                    })?;
                    answers.send(Reply::RowsDone).is_ok()
                }
                Request::Release(keys) => {
                    self.release(&keys)?;
                    true
                }
                Request::Beat(beat) => {
                    let storage = self.insist(|client, host| {
                        live::beat(client, host, &beat)?;
                        live::storage(client)
                    })?;
                    let was_emptied = self.storage.replace(storage).is_some_and(|before| before != storage);
                    !was_emptied || answers.send(Reply::Emptied).is_ok()
                }
            };
        }
        self.insist(live::leave_place)
    }

    /// Waits until the tables are there.
    fn require_schema(&mut self) -> Result<()> {
        let mut patience = Patience::default();
        loop {
            match schema::require(&mut self.client) {
                Err(Error::Database(text)) => {
                    self.office.connector.recover(&mut self.client, Failure::Fatal(text), &mut patience)?;
                    if self.client.is_closed() {
                        self.client = self.office.connector.connect()?;
                    }
                }
                other => return other,
            }
        }
    }

    /// Does something while it holds the place; again and again if the database can't.
    fn insist<T>(&mut self, mut work: impl FnMut(&mut Client, &str) -> Outcome<T>) -> Result<T> {
        let mut patience = Patience::default();
        loop {
            stop::check()?;
            let outcome = match self.hold_place() {
                Ok(Ok(())) => work(&mut self.client, &self.office.host),
                Ok(Err(failure)) => Err(failure),
                Err(error) => return Err(error),
            };
            match outcome {
                Ok(done) => return Ok(done),
                Err(failure) => {
                    // With the session its locks went.
                    if matches!(failure, Failure::Lost(_)) {
                        self.has_place = false;
                        self.claims.clear();
                    }
                    self.office.connector.recover(&mut self.client, failure, &mut patience)?;
                }
            }
        }
    }

    /// Takes the place. Who has it lives if it is heard of again; else it is gone, and its session ends when the server
    /// notices, which is waited for: perhaps it was our own, before the network broke.
    fn hold_place(&mut self) -> Result<Outcome<()>> {
        let since = Instant::now();
        let mut first_seen: Option<Option<Holder>> = None;
        let mut has_warned = false;
        while !self.has_place {
            let host = &self.office.host;
            match live::take_place(&mut self.client, host) {
                Ok(is_ours) => self.has_place = is_ours,
                Err(failure) => return Ok(Err(failure)),
            }
            if self.has_place {
                break;
            }
            let holder = match live::place_holder(&mut self.client, host) {
                Ok(holder) => holder,
                Err(failure) => return Ok(Err(failure)),
            };
            let waited = since.elapsed();
            match &first_seen {
                None => {
                    log::info!(
                        "a follow has the place of {host}: {}. Waiting to see whether it lives",
                        describe(holder.as_ref())
                    );
                    first_seen = Some(holder);
                }
                Some(first) => {
                    let is_alive = holder.is_some() && beat_of(&holder) != beat_of(first);
                    if is_alive && waited >= PLACE_WAIT {
                        return Err(place_is_taken(host, holder.as_ref()));
                    }
                    if waited >= PLACE_SILENT && !has_warned {
                        has_warned = true;
                        self.office.state.warn(format!(
                            "the place of {host} is not free, and its holder is silent: {}. Waiting until its session \
                             ends; if it hangs, end it",
                            describe(holder.as_ref())
                        ));
                    }
                }
            }
            stop::pause(if waited < PLACE_WAIT { PLACE_TRY_EVERY } else { FOLLOW_TICK })?;
        }
        Ok(Ok(()))
    }

    fn take(&mut self, paths: &[PathBuf], lane: Lane) -> Result<Reply> {
        let taken = self.insist(|client, host| take(client, host, paths))?;
        // Beyond the bound they are loaded without a claim. The last places are kept for what is being written.
        let most = if lane == Lane::Behind { MOST_FILES_BEHIND } else { MOST_CLAIMS };
        let room = most.saturating_sub(self.claims.len());
        let not_held = |file: &&Taken| !self.claims.contains(&file.claim_key);
        let keys: Vec<i64> = taken.iter().filter(not_held).map(|file| file.claim_key).take(room).collect();
        let mut refused: HashSet<i64> = keys.iter().copied().collect();
        if !keys.is_empty() {
            for key in self.insist(|client, _| ledger::claim(client, &keys))? {
                refused.remove(&key);
                self.claims.insert(key);
            }
        }
        let (elsewhere, files): (Vec<Taken>, Vec<Taken>) =
            taken.into_iter().partition(|file| refused.contains(&file.claim_key));
        let elsewhere = elsewhere.into_iter().map(|file| file.path).collect();
        Ok(Reply::Taken { files, elsewhere })
    }

    fn release(&mut self, keys: &[i64]) -> Result<()> {
        let held: Vec<i64> = keys.iter().copied().filter(|key| self.claims.remove(key)).collect();
        if held.is_empty() { Ok(()) } else { self.insist(|client, _| ledger::release(client, &held)) }
    }
}

fn beat_of(holder: &Option<Holder>) -> Option<Micros> {
    holder.as_ref().map(|holder| holder.beat_time)
}

fn describe(holder: Option<&Holder>) -> String {
    holder.map_or_else(
        || "it has not said which process it is".to_owned(),
        |holder| {
            format!(
                "{}, process {} on that computer, started {} UTC, heard of last {} UTC",
                holder.name, holder.process_id, holder.started, holder.beat
            )
        },
    )
}

fn place_is_taken(host: &str, holder: Option<&Holder>) -> Error {
    Error::PlaceTaken(format!(
        "another follow keeps the files of {host} up to date: {}. One a host is enough, so this one leaves. If the other one \
         is on another computer, one of the two needs another hostname=NAME",
        describe(holder)
    ))
}

/// Rows first, since the ledger refers to them; then what the ledger says. The telemetry among the files that has news.
fn take(client: &mut Client, host: &str, paths: &[PathBuf]) -> Outcome<Vec<Taken>> {
    let mut rows = Rows::default();
    let mut files = Vec::new();
    for path in paths {
        let Some(seen) = rows.take(host, path) else { continue };
        let name = path_to_text(path);
        if origin::kind(&name).is_some() {
            let digest = OriginDigest(origin::origin_digest(host, &name));
            files.push((path, name, digest, seen));
        }
    }
    rows.write(client, host)?;
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let mut digests: Vec<OriginDigest> = files.iter().map(|(_, _, digest, _)| *digest).collect();
    digests.extend(files.iter().filter_map(|(_, name, _, _)| forerunner_digest(host, name)));
    let entries: HashMap<OriginDigest, Entry> = ledger::entries(client, &digests)?.into_iter().collect();
    files.retain(|(_, _, digest, seen)| {
        !entries.get(digest).is_some_and(|entry| {
            (entry.size_bytes_seen, entry.modification_time_seen) == (seen.size_bytes, seen.modified)
        })
    });
    let taken = files.into_iter().map(|(path, name, digest, seen)| {
        let entry = entries.get(&digest).cloned();
        let forerunner = match entry {
            None => forerunner_digest(host, &name).and_then(|digest| entries.get(&digest).cloned()),
            Some(_) => None,
        };
        let claim_key = TelemetryFile::claim_key_of(digest);
        Taken {
            path: path.clone(),
            digest,
            claim_key,
            seen,
            entry,
            forerunner,
            twin: twin_digest(host, &name),
            name,
        }
    });
    Ok(taken.collect())
}

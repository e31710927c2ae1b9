//! Following: `inventory` and `ingest` without an end, through the same lanes and the same ledger.
//!
//! ```text
//! watch ─news─┐                ┌─▶ lane of what is being written ─┐
//!             ├─▶ main loop ───┤                                  ├─finished─▶ main loop
//! scan ─found─┘    ▲     │     └─▶ lane that catches up ──────────┘
//!                  └─────┴── registrar: rows of file_origins, ledger, claims, place, heartbeats
//! ```
//!
//! The main loop alone knows which file is where; it asks the file system for sizes and never waits for the database. While
//! that is away the lanes and the registrar wait, news gather, and the files keep everything.

mod files;
mod lookups;
mod registrar;
mod roster;
mod scan;
pub mod state;
mod tasks;
mod watch;

use crate::db::Connector;
use crate::db::live::{FileBehind, Heartbeat};
use crate::db::types::{Micros, OriginDigest};
use crate::decode::catalogue::Catalogue;
use crate::error::{Error, Result};
use crate::limits::{FOLLOW_PATIENCE, FOLLOW_TICK, MOST_WANTED_FILES, NEWS_AHEAD};
use crate::origin;
use crate::pipeline::work::Finished;
use crate::pipeline::{Lanes, Pace};
use crate::stop::{self, Asked};
use crate::walk;
use crossbeam_channel::{Receiver, Select};
use files::{After, Files, Lane, Next};
use lookups::Lookups;
use registrar::{Office, Registrar, Reply, Request};
use roster::Roster;
use scan::{Found, Scan};
use state::State;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tasks::Tasks;
use watch::{Manner, Missed, News, Watch};

/// What to follow, and how.
pub struct Plan {
    /// The name that this process goes by: dbIngestAOC.
    pub name: String,
    /// Whose files these are.
    pub host: String,
    /// The folders.
    pub data_dirs: Vec<PathBuf>,
    /// Only telemetry of these devices is loaded; of all if there are none.
    pub devices: Vec<String>,
    /// The instrument's list of processes.
    pub process_list: Option<PathBuf>,
    /// To a database that is waited for however long it takes.
    pub connector: Connector,
    /// Event types.
    pub catalogue: Arc<Catalogue>,
    /// How rows of what is being written are committed.
    pub pace: Pace,
    /// Whether the kernel is asked for changes.
    pub asks_kernel: bool,
    /// How often to look where the kernel does not tell.
    pub poll_every: Duration,
}

/// Why a follow has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It was told to stop.
    Stopped,
    /// It is to begin anew, with another configuration.
    Reload,
}

/// Follows until it is told to stop, or finds that it can't. `may_reload` says whether there is a configuration to go on
/// with.
pub fn run(
    plan: Plan,
    state: &State,
    asked: &Receiver<Asked>,
    may_reload: &dyn Fn() -> bool,
) -> Result<Ending> {
    let manner = Manner { asks_kernel: plan.asks_kernel, poll_every: plan.poll_every };
    let watch = Watch::start(&walk::roots(&plan.data_dirs), manner)?;
    let office = Office {
        host: plan.host.clone(),
        connector: plan.connector.clone(),
        catalogue: plan.catalogue.clone(),
        pace: plan.pace,
        state: state.clone(),
    };
    let registrar = match Registrar::start(office) {
        Ok(registrar) => registrar,
        Err(error) => return watch.end().and(Err(error)),
    };
    let mut follower = Follower::new(&plan, state);
    let ending = follower.follow(&watch, &registrar, asked, may_reload);
    // Whatever waits for the server or a file system does so no longer than this.
    stop::request_after(FOLLOW_PATIENCE);
    let mut ended: Vec<Result<()>> = Vec::new();
    if ending.is_ok() {
        ended.extend(follower.drain(&registrar));
    } else {
        stop::request();
    }
    state.update(|now| now.is_ending = true);
    let beat = Request::Beat(Box::new(follower.heartbeat(true)));
    let _ = registrar.requests.try_send(beat);
    if plan.connector.health().worst().is_some() {
        // It would be waited for in vain.
        stop::request();
    }
    ended.push(registrar.finish());
    // What still runs only looks.
    stop::request();
    ended.extend(follower.scan.take().map(Scan::finish));
    ended.push(watch.end());
    let is_defect =
        |result: &Result<()>| matches!(result, Err(error) if !matches!(error, Error::Interrupted));
    match ended.into_iter().find(is_defect) {
        Some(Err(error)) => Err(error),
        _ => ending,
    }
}

/// The main loop, and all that it knows.
struct Follower<'a> {
    plan: &'a Plan,
    state: &'a State,
    files: Files,
    lookups: Lookups,
    /// Other files with news; their rows are brought in step.
    touched: HashSet<PathBuf>,
    /// Whether the registrar is at it.
    writes_rows: bool,
    lanes: Option<(Box<Lanes>, Box<Lanes>)>,
    /// Why everything has to be looked at.
    missed: Option<Missed>,
    scan: Option<Scan>,
    /// What the scan has found and not handed out yet: files and bytes.
    unseen: (u64, u64),
    roster: Roster,
    tasks: Tasks,
}

/// What the main loop goes on with.
enum Turn {
    GoOn,
    End(Ending),
}

impl<'a> Follower<'a> {
    fn new(plan: &'a Plan, state: &'a State) -> Self {
        let read = |path| Roster::read(path, &plan.name, state);
        let roster = plan.process_list.as_deref().map_or_else(Roster::empty, read);
        Self {
            plan,
            state,
            files: Files::default(),
            lookups: Lookups::default(),
            touched: HashSet::new(),
            writes_rows: false,
            lanes: None,
            missed: None,
            scan: None,
            unseen: (0, 0),
            roster,
            tasks: Tasks::default(),
        }
    }

    fn follow(
        &mut self,
        watch: &Watch,
        registrar: &Registrar,
        asked: &Receiver<Asked>,
        may_reload: &dyn Fn() -> bool,
    ) -> Result<Ending> {
        loop {
            self.hand_out();
            self.ask(registrar);
            self.wait(watch, registrar, asked);
            for _ in 0..NEWS_AHEAD {
                match watch.news.try_recv() {
                    Ok(news) => self.take_news(news),
                    Err(_) => break,
                }
            }
            self.take_scan()?;
            if let Turn::End(ending) = self.take_answers(registrar)? {
                return Ok(ending);
            }
            match asked.try_recv() {
                Ok(Asked::Stop) => {
                    log::info!("told to stop: committing what is known to be written");
                    return Ok(Ending::Stopped);
                }
                Ok(Asked::Reload) if may_reload() => {
                    log::info!(
                        "told to read the configuration anew: committing what is known to be written first"
                    );
                    return Ok(Ending::Reload);
                }
                _ if stop::requested() => return Ok(Ending::Stopped),
                _ => {}
            }
            self.do_tasks(watch, registrar)?;
        }
    }

    /// Commits what is known to be written; how the lanes have ended.
    fn drain(&mut self, registrar: &Registrar) -> Vec<Result<()>> {
        self.lookups.keep_wanted();
        while !stop::requested() && self.lanes.is_some() && !self.have_lanes_stopped() {
            self.hand_out_of(Lane::Live);
            self.ask(registrar);
            if !self.files.has_next(Lane::Live) && !self.lookups.has_wanted() {
                break;
            }
            if self.plan.connector.health().worst().is_some() {
                // It would be waited for in vain.
                stop::request();
            }
            self.wait_for_answers(registrar);
            if !matches!(self.take_answers(registrar), Ok(Turn::GoOn)) {
                break;
            }
        }
        let Some((live, behind)) = self.lanes.take() else { return Vec::new() };
        // What catches up goes on where it was committed last.
        behind.halt();
        let mut outcomes = Vec::new();
        for lanes in [live, behind] {
            let finished = lanes.finished().clone();
            // Without more to come they commit what they have at once.
            let (tally, outcome) = lanes.finish();
            self.tasks.count(tally);
            outcomes.push(outcome);
            for file in finished.try_iter() {
                self.files.finished(file);
            }
        }
        self.count();
        let behind = self.behind();
        if behind.files > 0 {
            log::info!(
                "{} not loaded to the end; the next follow goes on with what there is",
                crate::report::summary::counted(behind.files, "file")
            );
        }
        outcomes
    }

    /// Waits until something has happened, or it is time for something.
    fn wait(&self, watch: &Watch, registrar: &Registrar, asked: &Receiver<Asked>) {
        let mut select = Select::new();
        let wake = stop::wake();
        select.recv(&wake);
        select.recv(&watch.news);
        select.recv(&registrar.replies);
        select.recv(asked);
        if let Some(scan) = self.scan.as_ref().filter(|_| self.lookups.has_room(&self.files)) {
            select.recv(&scan.found);
        }
        if let Some((live, behind)) = &self.lanes {
            for (lanes, lane) in [(live, Lane::Live), (behind, Lane::Behind)] {
                select.recv(lanes.finished());
                if self.files.has_next(lane) {
                    select.send(lanes.inlet());
                }
            }
        }
        let _ = select.ready_deadline(self.tasks.next());
    }

    fn wait_for_answers(&self, registrar: &Registrar) {
        let mut select = Select::new();
        let wake = stop::wake();
        select.recv(&wake);
        select.recv(&registrar.replies);
        if let Some((live, behind)) = &self.lanes {
            select.recv(live.finished());
            select.recv(behind.finished());
        }
        let _ = select.ready_timeout(FOLLOW_TICK);
    }

    // --- what comes in ---------------------------------------------------------------------------------------------

    fn take_news(&mut self, news: News) {
        match news {
            News::Changed(paths) => {
                for path in paths {
                    self.take_change(path);
                }
            }
            News::Listed(paths) => {
                let mut listed = Vec::new();
                for path in paths {
                    if self.telemetry_digest(&path).is_some() {
                        listed.push(path);
                    } else {
                        self.touch(path);
                    }
                }
                if !self.lookups.list(listed) {
                    self.miss(Missed::TooMany);
                }
            }
            News::Missed(missed) => {
                if missed == Missed::Overflow {
                    self.tasks.say_overflow(self.state);
                }
                // Those that are being written need not wait until everything was looked at.
                self.files.note_all();
                self.miss(missed);
            }
            News::Warning(text) => self.state.warn(text),
        }
    }

    fn take_change(&mut self, path: PathBuf) {
        let Some(digest) = self.telemetry_digest(&path) else { return self.touch(path) };
        if !self.files.note(digest) && !self.lookups.want(path) {
            self.miss(Missed::TooMany);
        }
    }

    /// The key of a telemetry file that is followed; none of any other file.
    fn telemetry_digest(&mut self, path: &std::path::Path) -> Option<OriginDigest> {
        let name = origin::path_to_text(path);
        origin::kind(&name)?;
        let device = origin::device(&name);
        self.roster.heard(device);
        scan::is_wanted(&self.plan.devices, device)
            .then(|| OriginDigest(origin::origin_digest(&self.plan.host, &name)))
    }

    fn touch(&mut self, path: PathBuf) {
        self.touched.insert(path);
        if self.touched.len() > MOST_WANTED_FILES {
            self.touched.clear();
            self.miss(Missed::TooMany);
        }
    }

    fn miss(&mut self, missed: Missed) {
        self.missed.get_or_insert(missed);
    }

    fn take_scan(&mut self) -> Result<()> {
        while self.lookups.has_room(&self.files) {
            let Some(scan) = &self.scan else { return Ok(()) };
            match scan.found.try_recv() {
                Ok(Found::Behind { files, bytes }) => {
                    self.unseen = (files, bytes);
                    self.tasks.found_behind(files);
                }
                Ok(Found::Gone(files)) => {
                    self.seen(&files);
                    for file in files {
                        self.tasks.count_gone(file.key.1, &file.path);
                    }
                }
                Ok(Found::Files(files)) => {
                    self.seen(&files);
                    self.lookups.find(files.iter().map(|file| origin::text_to_path(&file.path)));
                }
                Err(crossbeam_channel::TryRecvError::Empty) => return Ok(()),
                Err(crossbeam_channel::TryRecvError::Disconnected) => {
                    self.unseen = (0, 0);
                    self.tasks.scan_ended();
                    match self.scan.take().map_or(Ok(()), Scan::finish) {
                        Err(Error::Interrupted) | Ok(()) => {}
                        Err(error) => {
                            self.state.warn(format!("can't look at everything: {error}; trying again later"));
                            self.miss(Missed::Start);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// These are handed out.
    fn seen(&mut self, files: &[FileBehind]) {
        let bytes: u64 = files.iter().map(|file| file.bytes_behind).sum();
        self.unseen.0 = self.unseen.0.saturating_sub(files.len() as u64);
        self.unseen.1 = self.unseen.1.saturating_sub(bytes);
    }

    fn take_answers(&mut self, registrar: &Registrar) -> Result<Turn> {
        loop {
            match registrar.replies.try_recv() {
                Ok(Reply::Ready { live, behind }) => {
                    log::info!("following the files of {}", self.plan.host);
                    self.lanes = Some((live, behind));
                }
                Ok(Reply::Taken { files, elsewhere }) => {
                    let lane = self.lookups.answered(elsewhere);
                    for file in files {
                        self.tasks.claim_again(file.claim_key);
                        self.files.add(file, lane);
                    }
                }
                Ok(Reply::RowsDone) => self.writes_rows = false,
                Ok(Reply::Emptied) => {
                    self.state.warn("the tables were emptied, or stored anew (VACUUM FULL, CLUSTER, another tablespace); everything is looked \
                         at, and what is missing is loaded again"
                            .into(),
                   );
                    self.miss(Missed::Ledger);
                }
                Err(crossbeam_channel::TryRecvError::Empty) => break,
                // It says why when it is joined.
                Err(crossbeam_channel::TryRecvError::Disconnected) => return Ok(Turn::End(Ending::Stopped)),
            }
        }
        if self.have_lanes_stopped() {
            return Ok(Turn::End(Ending::Stopped));
        }
        let Some((live, behind)) = &self.lanes else { return Ok(Turn::GoOn) };
        let finished: Vec<Finished> =
            live.finished().try_iter().chain(behind.finished().try_iter()).collect();
        for file in finished {
            match self.files.finished(file) {
                After::Kept => {}
                After::Done(claim_key) => self.tasks.unclaim(claim_key),
                After::LookUp { path, claim_key } => {
                    self.tasks.unclaim(claim_key);
                    // Perhaps also of files that are quiet: everything is looked at, whether this one is remembered or not.
                    let _ = self.lookups.want(path);
                    self.miss(Missed::Ledger);
                }
            }
        }
        Ok(Turn::GoOn)
    }

    /// Whether a lane has failed for good.
    fn have_lanes_stopped(&self) -> bool {
        self.lanes.as_ref().is_some_and(|(live, behind)| live.have_stopped() || behind.have_stopped())
    }

    // --- what goes out ---------------------------------------------------------------------------------------------

    fn hand_out(&mut self) {
        self.hand_out_of(Lane::Live);
        self.hand_out_of(Lane::Behind);
    }

    /// Hands files to a lane while it has room.
    fn hand_out_of(&mut self, lane: Lane) {
        let Some((live, behind)) = &self.lanes else { return };
        let lanes = if lane == Lane::Live { live } else { behind };
        while let Some(next) = self.files.next(lane) {
            match next {
                Next::Done { claim_key } => self.tasks.unclaim(claim_key),
                Next::Gone { digest, name, claim_key, is_lost } => {
                    self.tasks.unclaim(claim_key);
                    if is_lost {
                        self.tasks.count_gone(digest, &name);
                    }
                }
                Next::Work(work) => {
                    let digest = work.digest;
                    if !lanes.try_send(*work) {
                        self.files.put_back(lane, digest);
                        return;
                    }
                }
            }
        }
    }

    /// Has the registrar look up files that are not known yet.
    fn ask(&mut self, registrar: &Registrar) {
        if self.lanes.is_none() {
            return;
        }
        if let Some((paths, lane)) = self.lookups.next(&self.plan.host, &mut self.files) {
            // It takes one at a time, unless it has ended; then so does this.
            let _ = registrar.requests.try_send(Request::Take { paths, lane });
        }
    }

    // --- what is told ----------------------------------------------------------------------------------------------

    fn behind(&self) -> files::Behind {
        let mut behind = self.files.behind();
        behind.files += self.unseen.0 + self.lookups.count_behind();
        behind.bytes += self.unseen.1;
        behind
    }

    fn heartbeat(&self, is_last: bool) -> Heartbeat {
        let now = self.state.snapshot();
        Heartbeat {
            name: self.plan.name.clone(),
            started: Micros::from(now.started),
            is_last,
            files_behind: now.files_behind as i64,
            bytes_behind: now.bytes_behind as i64,
            lag_s: now.lag_s,
            newest_record: now.newest_record.map(Micros::from),
            records: now.records_since_start as i64,
            errors: now.errors as i64,
            last_error: now.last_error,
        }
    }
}

//! `follow`: how long a record takes from its last byte on disk to the row that others see, and what following costs.

use crate::bench::{Bench, EMPTY};
use crate::figure::{Figure, Sample, median};
use crate::records::Device;
use crate::server::failed;
use postgres::Client;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use xtelemdb::error::{Error, Result};

const DATABASE: &str = "live";
const DEVICES: usize = 40;
const STEADY_RECORDS_PER_S: u64 = 2_000;
const BURST_RECORDS_PER_S: u64 = 200_000;
/// Writes of a burst: every device once in so much time.
const BURST_STEP: Duration = Duration::from_millis(10);
/// The device whose rows are waited for.
const PROBE: &str = "live00";
/// Clock ticks of /proc/PID/stat in a second, on every Linux that this runs on.
const TICKS_PER_S: f64 = 100.0;
/// Until the program follows, and until it has caught up: far beyond what either takes.
const BOUND: Duration = Duration::from_secs(900);

/// `live`
pub fn live(bench: &Bench) -> Result<Vec<Figure>> {
    let devices = bench.data.devices()?;
    let folder = fresh_folder(bench, "live")?;
    bench.server()?.recreate(DATABASE, EMPTY)?;
    let mut writer = Writer::new(&folder, &devices)?;
    writer.write_all_once()?;
    let mut follow = Follow::start(bench, &folder)?;
    let mut watcher = Watcher::new(bench)?;
    let mut figures = Vec::new();
    figures.extend(steady(bench, &mut writer, &mut follow, &mut watcher)?);
    figures.extend(idle(bench, &follow, &mut watcher)?);
    figures.extend(burst(bench, &mut writer, &follow, &mut watcher)?);
    follow.end()?;
    figures.extend(memory(bench, &devices)?);
    Ok(figures)
}

/// Delay and CPU while records come at the rate of the instrument.
fn steady(
    bench: &Bench,
    writer: &mut Writer<'_>,
    follow: &mut Follow,
    watcher: &mut Watcher,
) -> Result<Vec<Figure>> {
    let seconds = bench.data.size(30, 5);
    watcher.until_rows(writer.written)?;
    watcher.forget()?;
    let (cpu_before, since) = (follow.cpu_seconds()?, Instant::now());
    let delays = std::thread::scope(|scope| -> Result<Vec<f64>> {
        let (stop, stopped) = std::sync::mpsc::channel::<()>();
        let watching = scope.spawn(move || watcher.watch(&stopped));
        writer.write_steadily(seconds)?;
        // The last of them are on their way.
        std::thread::sleep(Duration::from_secs(1));
        drop(stop);
        watching.join().map_err(|_| Error::Failed("the watcher panicked".into()))?
    })?;
    let cpu = (follow.cpu_seconds()? - cpu_before) / since.elapsed().as_secs_f64() * 100.0;
    if delays.len() as u64 != STEADY_RECORDS_PER_S * seconds / DEVICES as u64 {
        return Err(Error::Failed(format!("{} records of {PROBE} were seen", delays.len())));
    }
    let work = format!("delay at {STEADY_RECORDS_PER_S} records/s of {DEVICES} devices");
    Ok(vec![
        single(format!("{work}, median"), "ms", "< 50 ms", median(&delays).unwrap_or(f64::NAN)),
        single(format!("{work}, 99th percentile"), "ms", "< 200 ms", percentile(&delays, 0.99)),
        single(format!("{work}, longest"), "ms", "", percentile(&delays, 1.0)),
        single("follow at this rate, of a core".into(), "%", "", cpu),
    ])
}

/// CPU and commits while nothing is written.
fn idle(bench: &Bench, follow: &Follow, watcher: &mut Watcher) -> Result<Vec<Figure>> {
    let seconds = bench.data.size(60, 10);
    std::thread::sleep(Duration::from_secs(3));
    let (cpu, numbers) = (follow.cpu_seconds()?, watcher.transactions()?);
    std::thread::sleep(Duration::from_secs(seconds));
    let used = (follow.cpu_seconds()? - cpu) / seconds as f64 * 100.0;
    let commits = (watcher.transactions()? - numbers) as f64 / seconds as f64;
    Ok(vec![
        single("follow when nothing is written, of a core".into(), "%", "< 0.5 %", used),
        single("its commits when nothing is written".into(), "/s", "<= 1/s", commits),
    ])
}

/// How far behind a burst leaves it, and for how long.
fn burst(
    bench: &Bench,
    writer: &mut Writer<'_>,
    follow: &Follow,
    watcher: &mut Watcher,
) -> Result<Vec<Figure>> {
    let seconds = bench.data.size(5, 1);
    let late = writer.write_burst(seconds)?;
    let since = Instant::now();
    watcher.until_rows(writer.written)?;
    let behind = since.elapsed().as_secs_f64();
    let work = format!("burst of {BURST_RECORDS_PER_S} records/s for {seconds} s");
    let mut caught_up = single(format!("{work}: all there so long after it"), "s", "nothing lost", behind);
    caught_up.peak_bytes = follow.peak_bytes();
    Ok(vec![caught_up, single(format!("{work}: the writer itself was late by"), "s", "0 s", late)])
}

/// Peak memory with many files that grow and many more that do not.
fn memory(bench: &Bench, devices: &[Device]) -> Result<Vec<Figure>> {
    let (known, growing) = (bench.data.size(200_000, 20_000), 1_000);
    let folder = fresh_folder(bench, "live-memory")?;
    bench.server()?.recreate(DATABASE, EMPTY)?;
    let now_ns = now_ns();
    for number in 0..known {
        let folder = folder.join(format!("device{:03}", number / 1_000));
        if number % 1_000 == 0 {
            make(&folder)?;
        }
        // Their times differ, so that their records do.
        let bytes = devices[0].stamped(0, now_ns - 1_000_000_000 * (number + 1));
        let path = folder.join(format!("device{:03}_{:014}.bintel", number / 1_000, number));
        fs::write(&path, bytes).map_err(Error::file("write", &path))?;
    }
    let since = Instant::now();
    let mut follow = Follow::start(bench, &folder)?;
    let mut watcher = Watcher::new(bench)?;
    watcher.until_rows(known)?;
    let caught_up = since.elapsed().as_secs_f64();
    let mut files = Vec::new();
    for number in 0..growing {
        let path = folder.join(format!("device000/growing{number:04}_20240322231415.bintel"));
        files.push((open(&path)?, path));
    }
    let rounds = bench.data.size(20, 5);
    for _ in 0..rounds {
        let round = Instant::now();
        for (file, path) in &mut files {
            let bytes = devices[0].stamped(0, self::now_ns());
            file.write_all(&bytes).map_err(Error::file("write", path))?;
        }
        std::thread::sleep(Duration::from_secs(1).saturating_sub(round.elapsed()));
    }
    watcher.until_rows(known + growing * rounds)?;
    let mut figure = single(
        format!("{known} new files with a record each, then {growing} that grow: the first are there after"),
        "s",
        "< 64 MB",
        caught_up,
    );
    figure.peak_bytes = follow.peak_bytes();
    follow.end()?;
    let _ = fs::remove_dir_all(&folder);
    Ok(vec![figure])
}

fn single(work: String, unit: &'static str, target: &'static str, value: f64) -> Figure {
    let mut figure = Figure::new(work, unit, target);
    figure.add(Sample::from(value));
    figure
}

fn percentile(values: &[f64], part: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = (sorted.len() as f64 * part).ceil() as usize;
    sorted.get(at.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}

fn now_ns() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos() as u64
}

fn fresh_folder(bench: &Bench, name: &str) -> Result<PathBuf> {
    let folder = bench.data.scratch()?.join(name);
    let _ = fs::remove_dir_all(&folder);
    make(&folder)?;
    Ok(folder)
}

fn make(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).map_err(Error::file("create", folder))
}

fn open(path: &Path) -> Result<File> {
    OpenOptions::new().create(true).append(true).open(path).map_err(Error::file("open", path))
}

/// Writes as devices do: each record with the time at which it is written.
struct Writer<'a> {
    devices: &'a [Device],
    files: Vec<(File, PathBuf)>,
    written: u64,
}

impl<'a> Writer<'a> {
    fn new(folder: &Path, devices: &'a [Device]) -> Result<Self> {
        let mut files = Vec::new();
        for number in 0..DEVICES {
            let folder = folder.join(format!("live{number:02}"));
            make(&folder)?;
            let path = folder.join(format!("live{number:02}_20240322231415000000000.bintel"));
            files.push((open(&path)?, path));
        }
        Ok(Self { devices, files, written: 0 })
    }

    /// `count` records of one device in one write.
    fn write(&mut self, device: usize, count: u64) -> Result<()> {
        let source = &self.devices[device % self.devices.len()];
        let mut bytes = Vec::new();
        for _ in 0..count {
            let number = self.written as usize / DEVICES;
            bytes.extend_from_slice(&source.stamped(number, now_ns()));
            self.written += 1;
        }
        let (file, path) = &mut self.files[device];
        file.write_all(&bytes).map_err(Error::file("write", path))
    }

    fn write_all_once(&mut self) -> Result<()> {
        (0..DEVICES).try_for_each(|device| self.write(device, 1))
    }

    fn write_steadily(&mut self, seconds: u64) -> Result<()> {
        let since = Instant::now();
        for number in 0..STEADY_RECORDS_PER_S * seconds {
            let due = Duration::from_nanos(number * 1_000_000_000 / STEADY_RECORDS_PER_S);
            std::thread::sleep(due.saturating_sub(since.elapsed()));
            self.write(number as usize % DEVICES, 1)?;
        }
        Ok(())
    }

    /// How much longer it took than it should, in seconds.
    fn write_burst(&mut self, seconds: u64) -> Result<f64> {
        let since = Instant::now();
        let steps = Duration::from_secs(seconds).as_nanos() / BURST_STEP.as_nanos();
        let each = BURST_RECORDS_PER_S * BURST_STEP.as_millis() as u64 / 1_000 / DEVICES as u64;
        for step in 0..steps as u32 {
            std::thread::sleep((BURST_STEP * step).saturating_sub(since.elapsed()));
            (0..DEVICES).try_for_each(|device| self.write(device, each))?;
        }
        Ok((since.elapsed().as_secs_f64() - seconds as f64).max(0.0))
    }
}

/// The program while it follows.
struct Follow {
    child: Child,
    log: PathBuf,
}

impl Follow {
    fn start(bench: &Bench, folder: &Path) -> Result<Self> {
        let log = bench.data.scratch()?.join("follow.log");
        let out = File::create(&log).map_err(Error::file("create", &log))?;
        let mut command = Command::new(bench.program.path());
        command.arg("follow").args(bench.server()?.overrides(DATABASE));
        command.arg(format!("data_dirs={}", folder.display()));
        command.env_remove("MAGAOX_ROLE").env_remove("XTELEMDB_PASSWORD").current_dir("/");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(out);
        let child = command.spawn().map_err(Error::file("run", bench.program.path()))?;
        Ok(Self { child, log })
    }

    fn cpu_seconds(&self) -> Result<f64> {
        let path = PathBuf::from(format!("/proc/{}/stat", self.child.id()));
        let text = fs::read_to_string(&path).map_err(Error::file("read", &path))?;
        // Behind the name, which may hold blanks: state is field 3, user and system time are 14 and 15.
        let behind = text.rsplit(')').next().unwrap_or_default();
        let ticks = behind.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok());
        Ok(ticks.sum::<f64>() / TICKS_PER_S)
    }

    fn peak_bytes(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib << 10)
    }

    fn end(&mut self) -> Result<()> {
        let signalled = Command::new("kill").arg(self.child.id().to_string()).status();
        let ended = self.child.wait();
        match (signalled, ended) {
            (Ok(_), Ok(status)) if status.success() => Ok(()),
            (_, status) => {
                let said = fs::read_to_string(&self.log).unwrap_or_default();
                Err(Error::Failed(format!("follow ended badly ({status:?}):\n{said}")))
            }
        }
    }
}

impl Drop for Follow {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Looks at the table from another connection.
struct Watcher {
    client: Client,
    /// The last record of the probe that was seen, in microseconds since 1970.
    last_us: i64,
}

const NEW_OF_PROBE: &str = "
SELECT (extract(epoch FROM ts) * 1000000)::bigint
FROM public.telem
WHERE device = $1 AND ts > to_timestamp(0) + $2 * interval '1 microsecond'
ORDER BY ts";

impl Watcher {
    fn new(bench: &Bench) -> Result<Self> {
        Ok(Self { client: bench.server()?.client(DATABASE)?, last_us: 0 })
    }

    fn until_rows(&mut self, rows: u64) -> Result<()> {
        let since = Instant::now();
        loop {
            let row = self.client.query_one("SELECT count(*) FROM public.telem", &[]);
            let found = row.map_err(|error| failed(&error))?.get::<_, i64>(0) as u64;
            if found == rows {
                return Ok(());
            }
            if found > rows || since.elapsed() > BOUND {
                return Err(Error::Failed(format!("{found} rows instead of {rows}")));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// What is there is not news.
    fn forget(&mut self) -> Result<()> {
        self.last_us = 0;
        let rows = self.client.query(NEW_OF_PROBE, &[&PROBE, &0.0]).map_err(|error| failed(&error))?;
        self.last_us = rows.last().map_or(0, |row| row.get(0));
        Ok(())
    }

    /// How long each new record of the probe took, in milliseconds.
    fn watch(&mut self, stopped: &std::sync::mpsc::Receiver<()>) -> Result<Vec<f64>> {
        let statement = self.client.prepare(NEW_OF_PROBE).map_err(|error| failed(&error))?;
        let mut delays = Vec::new();
        while stopped.try_recv() == Err(std::sync::mpsc::TryRecvError::Empty) {
            let rows = self
                .client
                .query(&statement, &[&PROBE, &(self.last_us as f64)])
                .map_err(|error| failed(&error))?;
            let now_us = now_ns() as i64 / 1_000;
            for row in &rows {
                self.last_us = row.get(0);
                delays.push((now_us - self.last_us) as f64 / 1e3);
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(delays)
    }

    /// How many transactions that write there have been on the server.
    fn transactions(&mut self) -> Result<i64> {
        let query = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint";
        Ok(self.client.query_one(query, &[]).map_err(|error| failed(&error))?.get(0))
    }
}

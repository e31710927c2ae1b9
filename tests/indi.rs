//! The INDI device: over FIFOs whose other end comes, goes, stalls and talks nonsense, and with real INDI programs.

mod support;

use rustix::process::{Pid, Signal, kill_process_group};
use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::os::fd::OwnedFd;
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt, PermissionsExt};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;
use support::executable;
use support::folder::Folder;
use support::until;
use xtelemdb::indi::{self, Device, Light, Report, Settings, Transport};

const NAME: &str = "dbIngestTest";
const QUESTION: &[u8] = b"<getProperties version=\"1.7\"/>\n";
const PROPERTIES: [&str; 5] = ["last_update", "records", "lag", "database", "errors"];

/// A device in a folder of FIFOs, and what it has to tell.
struct Stage {
    folder: Folder,
    report: Arc<Mutex<Report>>,
    device: Option<Device>,
}

fn start(
    transport: Transport,
    report: &Arc<Mutex<Report>>,
    hung_up: impl FnOnce() + Send + 'static,
) -> Device {
    let report = Arc::clone(report);
    let source = Box::new(move || report.lock().unwrap().clone());
    indi::start(Settings { name: NAME.into(), transport, source, hung_up: Box::new(hung_up) }).unwrap()
}

impl Stage {
    fn prepare() -> Self {
        let report = Report { last_update: Some(1000.5), database: Light::Ok, ..Report::default() };
        Self { folder: Folder::new(), report: Arc::new(Mutex::new(report)), device: None }
    }

    fn start(mut self) -> Self {
        let transport = Transport::Fifos(self.folder.path().to_owned());
        self.device = Some(start(transport, &self.report, || panic!("FIFOs do not hang up")));
        for name in ["in", "out", "ctrl"] {
            self.await_fifo(name);
        }
        self
    }

    fn await_fifo(&self, name: &str) {
        let is_fifo = || fs::metadata(self.path(name)).is_ok_and(|found| found.file_type().is_fifo());
        until("the FIFO is there", Duration::from_secs(20), is_fifo);
    }

    /// Waits until the device has noticed that nobody reads. A pipe does not tell one reader from another that came in
    /// the same instant.
    fn await_no_reader(&self) {
        let output = self.path("out");
        until("the device has seen its reader go", Duration::from_secs(20), || {
            let fds = fs::read_dir("/proc/self/fd").unwrap();
            !fds.filter_map(|fd| fs::read_link(fd.ok()?.path()).ok()).any(|path| path == output)
        });
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{NAME}.{name}"))
    }

    fn set(&self, change: impl FnOnce(&mut Report)) {
        change(&mut self.report.lock().unwrap());
    }

    /// Waits until the device writes.
    fn reader(&self) -> BufReader<File> {
        BufReader::new(File::open(self.path("out")).unwrap())
    }

    fn writer(&self) -> File {
        OpenOptions::new().write(true).open(self.path("in")).unwrap()
    }

    fn stop(&mut self) {
        self.device.take().unwrap().stop().unwrap();
    }
}

/// The next element.
fn element(reader: &mut impl BufRead) -> String {
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    line
}

/// Reads definitions of all properties, and fails at anything else.
#[track_caller]
fn expect_everything(reader: &mut impl BufRead) -> String {
    let mut all = String::new();
    for name in PROPERTIES {
        let line = element(reader);
        assert!(line.starts_with("<def") && line.contains(&format!(" name=\"{name}\" ")), "{name}: {line}");
        all.push_str(&line);
    }
    all
}

#[test]
fn it_makes_its_fifos_says_that_it_is_ready_and_tells_everything() {
    let stage = Stage::prepare();
    // The driver waits at the FIFO of control from before.
    assert!(Command::new("mkfifo").arg(stage.path("ctrl")).status().unwrap().success());
    let mut control = OpenOptions::new().read(true).custom_flags(0o4000).open(stage.path("ctrl")).unwrap();
    let mut stage = stage.start();
    let mut ready = Vec::new();
    until("the device is ready", Duration::from_secs(20), || {
        let _ = control.read_to_end(&mut ready);
        !ready.is_empty()
    });
    assert_eq!(ready, b"1");
    assert_eq!(fs::metadata(stage.path("in")).unwrap().permissions().mode() & 0o7777, 0o660);

    let mut reader = stage.reader();
    let all = expect_everything(&mut reader);
    assert!(all.contains(">1000.500</defNumber>") && all.contains(">Ok</defLight>"), "{all}");

    // Changes, and only they, are told.
    stage.set(|report| report.lag_bytes = 77);
    let line = element(&mut reader);
    assert!(line.starts_with("<setNumberVector device=\"dbIngestTest\" name=\"lag\" "), "{line}");
    assert!(line.contains("<oneNumber name=\"bytes\">77</oneNumber>"), "{line}");
    stage.device.as_ref().unwrap().warnings().send("the disk is \"full\"");
    let line = element(&mut reader);
    assert!(line.starts_with("<message ") && line.contains("the disk is &quot;full&quot;"), "{line}");

    stage.stop();
    let mut rest = String::new();
    reader.read_to_string(&mut rest).unwrap();
    assert!(rest.starts_with("<delProperty device=\"dbIngestTest\" ") && rest.lines().count() == 1, "{rest}");
    assert!(stage.path("in").exists());
}

#[test]
fn it_answers_what_it_is_asked() {
    let stage = Stage::prepare().start();
    let mut reader = stage.reader();
    expect_everything(&mut reader);
    let mut writer = stage.writer();
    writer.write_all(QUESTION).unwrap();
    expect_everything(&mut reader);
    writer.write_all(b"<getProperties version='1.7' device='dbIngestTest'/>").unwrap();
    expect_everything(&mut reader);
    // Of these only the last is for it.
    for question in [
        "<getProperties device='other'/>",
        "<getProperties device='dbIngestTest' name='none'/>",
        "<newNumberVector device='dbIngestTest' name='lag'><oneNumber name='bytes'>1</oneNumber></newNumberVector>",
        "<getProperties device='dbIngestTest' name='errors'/>",
    ] {
        writer.write_all(question.as_bytes()).unwrap();
    }
    assert!(element(&mut reader).contains(" name=\"errors\" "));
    // A client that leaves is not the end.
    drop(writer);
    let mut writer = stage.writer();
    writer
        .write_all(
            &[&vec![b'<'; 300_000][..], b"\0\xff<newTextVector><a><getProperties name='lag'/>"].concat(),
        )
        .unwrap();
    assert!(element(&mut reader).contains(" name=\"lag\" "));
}

#[test]
fn a_reader_that_is_new_is_told_everything() {
    let stage = Stage::prepare().start();
    for timestamp in 1..=3 {
        stage.set(|report| report.last_update = Some(f64::from(timestamp)));
        let mut reader = stage.reader();
        let all = expect_everything(&mut reader);
        assert!(all.contains(&format!(">{timestamp}.000<")), "{all}");
        drop(reader);
        stage.await_no_reader();
    }
}

#[test]
fn a_reader_that_stalls_is_told_everything_when_it_reads_again() {
    let mut stage = Stage::prepare().start();
    let mut reader = stage.reader();
    let mut writer = stage.writer();
    expect_everything(&mut reader);
    // Answers to a thousand questions are megabytes, which nobody takes.
    writer.write_all(&QUESTION.repeat(1000)).unwrap();
    // It reads on all the same, a bounded amount each second: the FIFO takes more than it holds.
    let mut go_on = || (0..3).for_each(|_| writer.write_all(&[b' '; 65_536]).unwrap());
    go_on();
    stage.set(|report| report.errors = 1234);
    go_on();
    // What was dropped is made up for, with the values of now, and no element was torn.
    let mut answers = 0;
    loop {
        let line = element(&mut reader);
        assert!(line.starts_with('<') && line.ends_with("Vector>\n"), "{line}");
        answers += 1;
        if line.contains(">1234</") {
            assert!(line.starts_with("<defNumberVector "), "{line}");
            break;
        }
    }
    assert!(answers < 500, "{answers}");

    // With a stalled reader it also ends in time.
    writer.write_all(&QUESTION.repeat(1000)).unwrap();
    stage.stop();
}

#[test]
fn fifos_that_are_not_are_waited_for() {
    let mut stage = Stage::prepare();
    let root = stage.folder.join("not/there/yet");
    let (transport, report) = (Transport::Fifos(root.clone()), Arc::clone(&stage.report));
    stage.device = Some(start(transport, &report, || ()));
    fs::create_dir_all(&root).unwrap();
    let output = root.join(format!("{NAME}.out"));
    until("the FIFO is made", Duration::from_secs(20), || output.exists());
    expect_everything(&mut BufReader::new(File::open(&output).unwrap()));

    // Somebody puts a file in its place, then a FIFO.
    fs::remove_file(&output).unwrap();
    fs::write(&output, "a file").unwrap();
    let input = root.join(format!("{NAME}.in"));
    fs::remove_file(&input).unwrap();
    fs::remove_file(&output).unwrap();
    assert!(Command::new("mkfifo").arg(&output).status().unwrap().success());
    expect_everything(&mut BufReader::new(File::open(&output).unwrap()));
    until("the other one is made anew", Duration::from_secs(20), || input.exists());
    stage.stop();
    assert_eq!(fs::read_dir(&root).unwrap().count(), 3);
}

#[test]
fn pipes_that_are_closed_are_the_end() {
    let stage = Stage::prepare();
    let (ours, theirs) = UnixStream::pair().unwrap();
    let theirs = OwnedFd::from(theirs);
    let transport = Transport::Pipes { input: theirs.try_clone().unwrap(), output: theirs };
    let (tell, told) = mpsc::channel();
    let device = start(transport, &stage.report, move || tell.send(()).unwrap());
    let mut reader = BufReader::new(ours);
    expect_everything(&mut reader);
    reader.get_mut().write_all(QUESTION).unwrap();
    expect_everything(&mut reader);
    drop(reader);
    told.recv_timeout(Duration::from_secs(20)).unwrap();
    device.stop().unwrap();
}

/// A real INDI server whose driver passes on what the FIFOs hold, as the instrument's does. It leads a process group, so that
/// its drivers end with it: one that it has started anew may wait for a FIFO that nobody opens any more.
struct Server {
    child: Child,
    port: String,
}

impl Server {
    fn start(stage: &Stage) -> Self {
        let driver = stage.folder.join("driver");
        // It ends when the server is gone, and what it reads with ends, too.
        let script = format!(
            "#!/bin/sh\ncat '{}' &\nreader=$!\ncat >'{}'\nkill $reader\n",
            stage.path("out").display(),
            stage.path("in").display()
        );
        executable::write(&driver, &script);
        // A port that is free now.
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
        let mut server = Command::new("indiserver");
        server.args(["-p", &port, "-u"]).arg(stage.folder.join("indi.socket")).arg(&driver);
        server.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        let child = server.spawn().expect("indiserver is needed: apt-get install indi-bin");
        Self { child, port }
    }

    fn ask(&self, program: &str, arguments: &[&str]) -> (Option<i32>, String) {
        let output = Command::new(program).args(["-p", &self.port]).args(arguments).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let group = Pid::from_child(&self.child);
        let _ = kill_process_group(group, Signal::KILL);
        let _ = self.child.wait();
    }
}

#[test]
fn real_indi_programs_read_it() {
    let mut stage = Stage::prepare().start();
    stage.set(|report| {
        report.records_since_startup = 42;
        report.lag_s = 0.25;
    });
    let server = Server::start(&stage);
    let mut found = String::new();
    until("the server has the device", Duration::from_secs(60), || {
        let (code, text) = server.ask("indi_getprop", &["-t", "2", "dbIngestTest.*.*"]);
        found = text;
        code == Some(0)
    });
    let mut lines: Vec<&str> = found.lines().collect();
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(
        lines,
        [
            "dbIngestTest.database.status=Ok",
            "dbIngestTest.errors.since_startup=0",
            "dbIngestTest.lag.bytes=0",
            "dbIngestTest.lag.seconds=0.250",
            "dbIngestTest.last_update.timestamp=1000.500",
            "dbIngestTest.records.per_sec=0.0",
            "dbIngestTest.records.since_startup=42",
        ]
    );
    // One that waits sees the change, though the server's own children are the only readers.
    let is_true = |expression: &str| server.ask("indi_eval", &["-w", "-t", "30", expression]).0;
    assert_eq!(is_true("\"dbIngestTest.database._STATE\"==1"), Some(0));
    stage.set(|report| {
        report.database = Light::Alert;
        report.last_update = Some(2000.0);
    });
    assert_eq!(is_true("\"dbIngestTest.database._STATE\"==3"), Some(0));
    assert_eq!(is_true("\"dbIngestTest.last_update.timestamp\">1999"), Some(0));

    // A client that sends rubbish to the server is nothing to the device; and a server that is restarted finds it.
    let mut rubbish = std::net::TcpStream::connect(format!("127.0.0.1:{}", server.port)).unwrap();
    rubbish
        .write_all(b"<newTextVector device='dbIngestTest' name='x'><oneText name='y'>&&</newTextVector>")
        .unwrap();
    assert_eq!(is_true("\"dbIngestTest.database._STATE\"==3"), Some(0));
    drop(server);
    stage.await_no_reader();
    let server = Server::start(&stage);
    until("the new server has the device", Duration::from_secs(60), || {
        server
            .ask("indi_getprop", &["-t", "2", "dbIngestTest.last_update.timestamp"])
            .1
            .ends_with("=2000.000\n")
    });
    stage.stop();
    until("the device is gone", Duration::from_secs(60), || {
        server.ask("indi_getprop", &["-t", "1", "dbIngestTest.last_update.timestamp"]).0 != Some(0)
    });
}

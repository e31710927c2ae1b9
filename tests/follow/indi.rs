//! The INDI device of a follow, asked by real INDI programs and over its FIFOs.

use super::{BOUND, append, beats, end, follow, until_rows};
use crate::support::executable;
use crate::support::make;
use crate::support::program::{Program, Running};
use crate::support::site::Site;
use crate::support::until;
use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::Receiver;

const NAME: &str = "dbIngestTest";
const FILE: &str = "cam_2024-04-15T223000.ndjson";

/// Ends `indiserver` with the test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// `indiserver` with a driver that begins as its drivers do: without arguments, so it is a script.
fn indiserver(site: &Site, port: &str) -> Server {
    let driver = site.folder.join("driver");
    let program = site.program("follow", &["-n", NAME, "--indi-stdio"]).into_command();
    let words: Vec<String> = std::iter::once(program.get_program())
        .chain(program.get_args().filter(|word| *word != "--json"))
        .map(|word| format!("'{}'", word.to_str().unwrap()))
        .collect();
    executable::write(&driver, &format!("#!/bin/sh\nexec {}\n", words.join(" ")));
    let mut server = Command::new("indiserver");
    server.args(["-p", port, "-u"]).arg(site.folder.join("indi.socket")).arg(&driver);
    server.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    Server(server.spawn().expect("indiserver is needed: apt-get install indi-bin"))
}

fn ask(program: &str, port: &str, words: &[&str]) -> (bool, String) {
    let output = Command::new(program).args(["-p", port, "-t", "2"]).args(words).output().unwrap();
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn indiserver_starts_it_and_indi_programs_read_it() {
    let site = Site::new();
    append(&site.path(FILE), make::lines(0..3));
    // A port that is free now.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
    let server = indiserver(&site, &port);
    until_rows(&site, 3);
    until("a client reads the count", BOUND, || {
        ask("indi_getprop", &port, &["dbIngestTest.records.since_startup"]).1
            == "dbIngestTest.records.since_startup=3\n"
    });
    append(&site.path(FILE), make::lines(3..5));
    until("a client waits for the count", BOUND, || {
        ask("indi_eval", &port, &["\"dbIngestTest.records.since_startup\"==5"]).0
    });
    assert!(ask("indi_getprop", &port, &["dbIngestTest.database.status"]).1.contains("=Ok"));
    drop(server);
    // Its driver does not live on without it, and ends in order.
    until("the follow has ended", BOUND, || beats(&site, "ended IS NOT NULL") == 1);
    until_rows(&site, 5);
}

/// A follow with FIFOs, which are there.
fn on_fifos() -> (Site, Running) {
    let site = Site::new();
    fs::create_dir(site.folder.join("fifos")).unwrap();
    let running = follow(&site, &["-n", NAME, &root(&site)]);
    let is_there = |end: &&str| fifo(&site, end).exists();
    until("the FIFOs are there", BOUND, || ["in", "out", "ctrl"].iter().all(is_there));
    (site, running)
}

fn root(site: &Site) -> String {
    format!("fifos_root={}", site.folder.join("fifos").display())
}

fn fifo(site: &Site, end: &str) -> PathBuf {
    site.folder.join("fifos").join(format!("{NAME}.{end}"))
}

/// What it tells, a line each, until it is gone.
fn told(site: &Site) -> Receiver<String> {
    let output = BufReader::new(File::open(fifo(site, "out")).unwrap());
    let (send, lines) = std::sync::mpsc::channel();
    std::thread::spawn(move || output.lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
    lines
}

/// Waits for a line with all of these in it.
#[track_caller]
fn until_told(told: &Receiver<String>, parts: &[&str]) {
    let is_it = |line: String| parts.iter().all(|part| line.contains(part));
    until(&format!("it tells {parts:?}"), BOUND, || told.try_iter().any(is_it));
}

#[test]
fn its_fifos_tell_what_it_does_and_that_it_is_gone() {
    let (site, running) = on_fifos();
    let told = told(&site);
    let mut input = OpenOptions::new().write(true).open(fifo(&site, "in")).unwrap();
    input.write_all(b"nonsense <getProperties version=\"1.7\"/>\n").unwrap();
    until_told(&told, &["defNumberVector", "records"]);
    append(&site.path(FILE), make::lines(0..3));
    until_rows(&site, 3);
    until_told(&told, &["setNumberVector", "records"]);
    end(&site, running);
    until_told(&told, &["delProperty"]);
}

/// What the log warns of, they who watch the device are told, too.
#[test]
fn its_messages_name_what_could_not_be_loaded() {
    let (site, running) = on_fifos();
    let told = told(&site);
    append(&site.path(FILE), format!("nonsense\n{}", make::lines(0..1)));
    until_rows(&site, 1);
    until_told(&told, &["<message", FILE, "rejected"]);
    end(&site, running);
}

/// The second one, which finds its place taken, must not speak for the first.
#[test]
fn a_second_follow_of_the_name_leaves_the_fifos_alone() {
    let (site, running) = on_fifos();
    let told = told(&site);
    let second = site.program("follow", &["-n", NAME, &root(&site)]).start();
    second.until_said("another process is on", 1);
    second.wait().expect_code(4);
    end(&site, running);
    let goodbyes = told.iter().filter(|line| line.contains("delProperty")).count();
    assert_eq!(goodbyes, 1, "one device, which was gone once");
}

/// A FIFO that is full, since whoever opened it does not read, keeps nothing from being loaded.
#[test]
fn fifos_that_nobody_reads_hold_nothing_up() {
    let (site, running) = on_fifos();
    let path = |end: &str| fifo(&site, end);
    let unread = OpenOptions::new().read(true).write(true).open(path("out")).unwrap();
    let mut filler = OpenOptions::new()
        .write(true)
        .custom_flags(rustix::fs::OFlags::NONBLOCK.bits() as i32)
        .open(path("out"))
        .unwrap();
    while filler.write(&[b' '; 4096]).is_ok() {}
    let mut input = OpenOptions::new().write(true).open(path("in")).unwrap();
    for number in 0..20 {
        input.write_all(b"<getProperties version=\"1.7\"/>\n").unwrap();
        append(&site.path(FILE), make::lines(number..number + 1));
        until_rows(&site, i64::from(number) + 1);
    }
    end(&site, running);
    drop(unread);
}

#[test]
fn a_summary_and_indi_do_not_share_stdout() {
    let output = Program::new(&["follow", "--indi-stdio", "--json"]).run().expect_code(2);
    assert!(output.stderr.contains("--indi-stdio needs stdout"), "{}", output.stderr);
}

//! A proxy between the program and the server that breaks connections at a chosen message.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

/// What the program sends, as far as tests care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent<'a> {
    /// A statement other than COMMIT, whole: to be executed, or to be prepared.
    Statement(&'a str),
    /// The n-th COMMIT of all connections, from 1.
    Commit(u64),
    /// Data of a COPY; so many bytes of it passed before, over all connections.
    CopyData(u64),
    /// A record of TLS; what is in it nobody knows.
    Sealed,
}

/// What the proxy does with a message.
#[derive(Clone, Debug)]
pub enum Deed {
    /// Passes it on.
    Pass,
    /// Cuts the connection; the server does not get the message.
    Cut,
    /// Cuts the connection in the middle of the message.
    CutWithin,
    /// Passes it on, and cuts the connection when the server has answered: the answer is lost.
    LoseAnswer,
    /// Passes it on later.
    Delay(Duration),
    /// Passes it on with a text in place of another.
    Change { from: &'static str, to: &'static str },
    /// Passes it on, and tells the server that nothing more comes; its answers still pass.
    HalfClose,
    /// Cuts the program off; to the server the connection stands, without the message, until the test lets go of the sender.
    Strand(Arc<Mutex<mpsc::Receiver<()>>>),
    /// Keeps everything to itself from now on, until the test lets go of the sender; then cuts.
    Swallow(Held),
    /// Passes it on, and keeps the answer and everything after it to itself in the same way: the server has done it.
    KeepAnswer(Held),
}

/// How long something is held: until the sender is gone.
pub type Held = Arc<Mutex<mpsc::Receiver<()>>>;

type Rule = Box<dyn Fn(Sent<'_>) -> Deed + Send + Sync>;

/// What the server ends its answers with, but for one byte that tells of the transaction.
const READY: &[u8] = b"Z\0\0\0\x05";

/// How a client asks for TLS.
const TLS_WANTED: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];

/// What a client says first if it got it. Without TLS the length of its message stands there, which is never that large.
const TLS_HANDSHAKE: u8 = 22;

/// PostgreSQL's port, on every loopback address.
const PORT: u16 = 5432;

/// The proxy. It has a socket folder or a loopback address of its own and serves for ever.
pub struct Proxy {
    host: String,
    folder: Option<PathBuf>,
    commits: Arc<AtomicU64>,
    copied_bytes: Arc<AtomicU64>,
    holds: Arc<AtomicU64>,
}

impl Proxy {
    /// A proxy in front of a server's socket. `rule` decides what becomes of each message.
    pub fn start(server: &Path, rule: impl Fn(Sent<'_>) -> Deed + Send + Sync + 'static) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        // A socket's path must be short.
        let folder = std::env::temp_dir().join(format!("xt-proxy-{}-{number}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir(&folder).expect("the proxy's folder");
        let listener = UnixListener::bind(socket_in(&folder)).expect("the proxy's socket");
        let server = socket_in(server);
        let mut proxy = Self::serve(
            folder.display().to_string(),
            move || listener.accept().map(|(client, _)| client),
            move || UnixStream::connect(&server),
            rule,
        );
        proxy.folder = Some(folder);
        proxy
    }

    /// A proxy on one loopback address in front of a server on another. Connections may be encrypted.
    pub fn start_on_loopback(
        address: &str,
        server: &str,
        rule: impl Fn(Sent<'_>) -> Deed + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind((address, PORT)).expect("the proxy's port");
        let server = server.to_owned();
        // A stream is a stream: all that is done with it is the same for both families.
        let stream = |stream: TcpStream| UnixStream::from(OwnedFd::from(stream));
        Self::serve(
            address.to_owned(),
            move || listener.accept().map(|(client, _)| stream(client)),
            move || TcpStream::connect((&*server, PORT)).map(stream),
            rule,
        )
    }

    fn serve(
        host: String,
        accept: impl Fn() -> io::Result<UnixStream> + Send + 'static,
        connect: impl Fn() -> io::Result<UnixStream> + Send + 'static,
        rule: impl Fn(Sent<'_>) -> Deed + Send + Sync + 'static,
    ) -> Self {
        let proxy = Self {
            host,
            folder: None,
            commits: Arc::default(),
            copied_bytes: Arc::default(),
            holds: Arc::default(),
        };
        let rule: Arc<Rule> = Arc::new(Box::new(rule));
        let (commits, copied_bytes) = (proxy.commits.clone(), proxy.copied_bytes.clone());
        let holds = proxy.holds.clone();
        thread::spawn(move || {
            loop {
                let Ok(client) = accept() else { continue };
                // A server that is away refuses; dropping the client's end tells the program so.
                let Ok(server) = connect() else { continue };
                let link = Link {
                    client: Arc::new(client),
                    server: Arc::new(server),
                    is_mute: Arc::default(),
                    is_held: Arc::default(),
                    is_keeping: Arc::default(),
                    rule: rule.clone(),
                    commits: commits.clone(),
                    copied_bytes: copied_bytes.clone(),
                    holds: holds.clone(),
                };
                link.serve();
            }
        });
        proxy
    }

    /// The override that leads the program to the proxy.
    pub fn host(&self) -> String {
        format!("database.host={}", self.host)
    }

    /// How many COMMITs came by.
    pub fn commits(&self) -> u64 {
        self.commits.load(Ordering::SeqCst)
    }

    /// How many bytes of COPY data came by.
    pub fn copied_bytes(&self) -> u64 {
        self.copied_bytes.load(Ordering::SeqCst)
    }

    /// How many messages, or answers that are complete, are held back or were.
    pub fn holds(&self) -> u64 {
        self.holds.load(Ordering::SeqCst)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

fn socket_in(folder: &Path) -> PathBuf {
    folder.join(format!(".s.PGSQL.{PORT}"))
}

/// One connection through the proxy.
#[derive(Clone)]
struct Link {
    client: Arc<UnixStream>,
    server: Arc<UnixStream>,
    /// The server's next answer is to be lost.
    is_mute: Arc<AtomicBool>,
    /// Nothing passes any more in either direction.
    is_held: Arc<AtomicBool>,
    /// The server's answers are kept.
    is_keeping: Arc<AtomicBool>,
    rule: Arc<Rule>,
    commits: Arc<AtomicU64>,
    copied_bytes: Arc<AtomicU64>,
    holds: Arc<AtomicU64>,
}

impl Link {
    fn serve(self) {
        let up = self.clone();
        // Whatever ends one direction ends the connection.
        thread::spawn(move || {
            let _ = up.pass_up();
            up.cut();
        });
        thread::spawn(move || {
            let _ = self.pass_down();
            if !self.is_held.load(Ordering::SeqCst) {
                self.cut();
            }
        });
    }

    fn cut(&self) {
        let _ = self.client.shutdown(Shutdown::Both);
        let _ = self.server.shutdown(Shutdown::Both);
    }

    fn pass_down(&self) -> io::Result<()> {
        let (mut server, mut client) = (&*self.server, &*self.client);
        let mut buffer = vec![0; 64 << 10];
        loop {
            let count = server.read(&mut buffer)?;
            if count == 0 || self.is_mute.load(Ordering::SeqCst) || self.is_held.load(Ordering::SeqCst) {
                return Ok(());
            }
            if self.is_keeping.load(Ordering::SeqCst) {
                return self.keep(&buffer[..count]);
            }
            client.write_all(&buffer[..count])?;
        }
    }

    /// Reads what the server says, of which `begun` is the beginning, and tells when the answer is complete.
    fn keep(&self, begun: &[u8]) -> io::Result<()> {
        let mut answer = begun.to_vec();
        let is_complete =
            |answer: &[u8]| answer.len() > READY.len() && answer[..answer.len() - 1].ends_with(READY);
        let mut block = [0; 4096];
        while !is_complete(&answer) {
            let count = (&*self.server).read(&mut block)?;
            if count == 0 {
                return Ok(());
            }
            answer.extend_from_slice(&block[..count]);
        }
        self.holds.fetch_add(1, Ordering::SeqCst);
        self.is_held.store(true, Ordering::SeqCst);
        Ok(())
    }

    /// Passes the program's messages on, each as a whole.
    fn pass_up(&self) -> io::Result<()> {
        let mut server = &*self.server;
        // The first messages have no type.
        let mut first = self.message(&[])?;
        server.write_all(&first)?;
        let mut is_sealed = false;
        if first == TLS_WANTED {
            let mut byte = [0];
            (&*self.client).read_exact(&mut byte)?;
            is_sealed = byte[0] == TLS_HANDSHAKE;
            first = if is_sealed { self.sealed(&byte)? } else { self.message(&byte)? };
            server.write_all(&first)?;
        }
        loop {
            let message = if is_sealed { self.sealed(&[])? } else { self.typed_message()? };
            match self.judge(&message, is_sealed) {
                Deed::Pass => server.write_all(&message)?,
                Deed::Delay(wait) => {
                    thread::sleep(wait);
                    server.write_all(&message)?;
                }
                Deed::Change { from, to } => server.write_all(&changed(&message, from, to))?,
                Deed::HalfClose => {
                    server.write_all(&message)?;
                    server.shutdown(Shutdown::Write)?;
                    // Until the server has ended the connection.
                    io::copy(&mut &*self.client, &mut io::sink())?;
                    return Ok(());
                }
                Deed::Cut => return Ok(()),
                Deed::CutWithin => return server.write_all(&message[..message.len() / 2]),
                Deed::LoseAnswer => {
                    self.is_mute.store(true, Ordering::SeqCst);
                    server.write_all(&message)?;
                }
                Deed::Strand(let_go) => {
                    self.is_held.store(true, Ordering::SeqCst);
                    self.client.shutdown(Shutdown::Both)?;
                    let _ = let_go.lock().expect("no test panics with it").recv();
                    return Ok(());
                }
                Deed::Swallow(let_go) => {
                    self.is_held.store(true, Ordering::SeqCst);
                    self.holds.fetch_add(1, Ordering::SeqCst);
                    // An error is the sender's end.
                    let _ = let_go.lock().expect("no test panics with it").recv();
                    return Ok(());
                }
                Deed::KeepAnswer(let_go) => {
                    self.is_keeping.store(true, Ordering::SeqCst);
                    server.write_all(&message)?;
                    // An error is the sender's end.
                    let _ = let_go.lock().expect("no test panics with it").recv();
                    return Ok(());
                }
            }
        }
    }

    fn judge(&self, message: &[u8], is_sealed: bool) -> Deed {
        if is_sealed {
            (self.rule)(Sent::Sealed)
        } else if message.starts_with(b"Q") && message.ends_with(b"COMMIT\0") {
            (self.rule)(Sent::Commit(self.commits.fetch_add(1, Ordering::SeqCst) + 1))
        } else if message.starts_with(b"d") {
            (self.rule)(Sent::CopyData(self.copied_bytes.fetch_add(message.len() as u64, Ordering::SeqCst)))
        } else if let Some(statement) = statement_in(message) {
            (self.rule)(Sent::Statement(statement))
        } else {
            Deed::Pass
        }
    }

    /// A message without a type, of which `begun` was read.
    fn message(&self, begun: &[u8]) -> io::Result<Vec<u8>> {
        let head = self.read_on(begun.to_vec(), 4)?;
        let length = u32::from_be_bytes(head[..4].try_into().expect("four bytes")) as usize;
        self.read_on(head, length)
    }

    fn typed_message(&self) -> io::Result<Vec<u8>> {
        let mut message = self.read_on(Vec::new(), 1)?;
        message.extend(self.message(&[])?);
        Ok(message)
    }

    /// A record of TLS: type, version, length, content.
    fn sealed(&self, begun: &[u8]) -> io::Result<Vec<u8>> {
        let head = self.read_on(begun.to_vec(), 5)?;
        let length = usize::from(u16::from_be_bytes([head[3], head[4]]));
        self.read_on(head, 5 + length)
    }

    /// Reads until so many bytes are there.
    fn read_on(&self, mut bytes: Vec<u8>, length: usize) -> io::Result<Vec<u8>> {
        let begun = bytes.len();
        bytes.resize(length, 0);
        (&*self.client).read_exact(&mut bytes[begun..])?;
        Ok(bytes)
    }
}

/// A message with a text in place of another: type, length, the rest.
fn changed(message: &[u8], from: &str, to: &str) -> Vec<u8> {
    let body = String::from_utf8_lossy(&message[5..]).replace(from, to);
    let length = (body.len() + 4) as u32;
    [&message[..1], &length.to_be_bytes(), body.as_bytes()].concat()
}

/// The statement that a message is about: `Q`, length, text; or `P`, length, name, text.
fn statement_in(message: &[u8]) -> Option<&str> {
    let body = message.get(5..)?;
    let text = match message[0] {
        b'Q' => body,
        b'P' => &body[body.iter().position(|byte| *byte == 0)? + 1..],
        _ => return None,
    };
    std::str::from_utf8(text.split(|byte| *byte == 0).next()?).ok()
}

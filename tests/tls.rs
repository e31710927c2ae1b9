//! TLS to a real server: what each mode does with each certificate, also as psql does it.

mod support;

use postgres::config::ChannelBinding;
use postgres::error::SqlState;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;
use support::authority::{AUTHORITY, Office, Pair};
use support::folder::Folder;
use support::postgres::{Postgres, loopback_address, server_programs};
use support::program::Program;
use support::until;
use xtelemdb::config::sslmode::SslMode;
use xtelemdb::config::{Config, Database, Surroundings};
use xtelemdb::db::tls::{self, Opened, Refused};

/// The name by which clients call the server.
const NAME: &str = "aoc.example";

/// A server on a loopback address of its own, so that its port can be the usual one.
struct Server {
    postgres: Postgres,
    address: String,
}

/// What came of an attempt to connect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Came {
    Encrypted,
    Plain,
    Nothing,
}

impl Server {
    fn new() -> Self {
        let address = loopback_address();
        let settings = format!("listen_addresses = '{address}'\npassword_encryption = 'scram-sha-256'\n");
        let hba = "local all all trust\nhost all keyed 127.0.0.0/8 scram-sha-256\n\
                   hostnossl all open 127.0.0.0/8 trust\nhost all tester 127.0.0.0/8 trust\n";
        let postgres = Postgres::own_with(&settings, hba);
        postgres
            .client()
            .batch_execute("CREATE ROLE keyed LOGIN SUPERUSER PASSWORD 'key'; CREATE ROLE open LOGIN")
            .expect("roles");
        Self { postgres, address }
    }

    fn show(&self, pair: &Pair) {
        self.postgres.show(pair);
    }

    fn config(&self, host: &str) -> postgres::Config {
        let mut config = postgres::Config::new();
        config.host(host).port(5432).user("tester").dbname("postgres");
        config.hostaddr(self.address.parse().expect("an address"));
        config
    }

    fn connect(&self, mode: SslMode, roots: Option<&Path>) -> Result<Opened, Refused> {
        tls::connect(&self.config(NAME), &database(NAME, mode, roots))
    }

    fn came(&self, mode: SslMode, roots: Option<&Path>) -> Came {
        match self.connect(mode, roots) {
            Ok(mut opened) => {
                if is_encrypted(&mut opened.client) {
                    Came::Encrypted
                } else {
                    Came::Plain
                }
            }
            Err(Refused::Server(error)) => panic!("{error:?}"),
            Err(_) => Came::Nothing,
        }
    }

    /// The same by psql.
    fn came_to_psql(&self, mode: SslMode, roots: Option<&Path>, home: &Path) -> Came {
        let mut words = format!(
            "host={NAME} hostaddr={} user=tester dbname=postgres gssencmode=disable sslmode={}",
            self.address,
            mode.name()
        );
        if let Some(roots) = roots {
            write!(words, " sslrootcert={}", roots.display()).expect("a string");
        }
        // Some packages of the server come without psql; that of the system knows TLS, which not every psql does.
        let beside = server_programs().path("psql");
        let mut psql = Command::new(if beside.exists() { beside } else { "psql".into() });
        psql.args(["-XAtc", "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", &words]);
        let output = psql
            .env("HOME", home)
            .output()
            .expect("psql is needed, beside the server's programs or in $PATH");
        match String::from_utf8_lossy(&output.stdout).trim() {
            "t" => Came::Encrypted,
            "f" => Came::Plain,
            _ => Came::Nothing,
        }
    }
}

fn database(host: &str, mode: SslMode, roots: Option<&Path>) -> Database {
    let database = Config::defaults(&Surroundings::default()).database;
    // A path that nobody has stands for none, whatever is in the home of who runs the test.
    let sslrootcert = Some(roots.unwrap_or(Path::new("/nowhere/root.crt")).to_owned());
    Database { host: host.into(), sslmode: mode, sslrootcert, ..database }
}

fn is_encrypted(client: &mut postgres::Client) -> bool {
    let query = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    client.query_one(query, &[]).expect("a row").get(0)
}

fn text(refused: Refused) -> String {
    match refused {
        Refused::Handshake(text) | Refused::NotTried(text) => text,
        Refused::NoTlsOffered => "no TLS offered".into(),
        Refused::Server(error) => error.to_string(),
    }
}

fn refusal(result: Result<Opened, Refused>) -> String {
    text(result.err().expect("no connection"))
}

#[test]
fn every_mode_with_every_certificate() {
    let (office, home, server) = (Office::new(), Folder::new(), Server::new());
    let authority = office.authority("authority", &[]);
    let other = office.authority("other", &[]);
    let impostor = office.impostor("impostor", "authority", &[]);
    let middle = office.certificate(&authority, "middle", "middle", AUTHORITY, &[]);
    let for_name = format!("subjectAltName=DNS:{NAME}");
    let chained = office.certificate(&middle, "chained", "x", &for_name, &[]);
    office.append(&chained, &middle);
    let unchained = office.certificate(&middle, "unchained", "x", &for_name, &[]);
    let client_only = format!("{for_name}\nextendedKeyUsage=clientAuth");
    // Disabled, preferred, required; with a root: preferred, required, verify-ca, verify-full.
    let (e, p, n) = (Came::Encrypted, Came::Plain, Came::Nothing);
    let sound = [p, e, e, e, e, e, e];
    let wrong_name = [p, e, e, e, e, e, n];
    let untrusted = [p, e, e, e, n, n, n];
    let cases: Vec<(&str, Option<Pair>, [Came; 7])> = vec![
        ("none", None, [p, p, n, p, n, n, n]),
        ("good", Some(office.certificate(&authority, "good", "x", &for_name, &[])), sound),
        (
            "any case",
            Some(office.certificate(&authority, "case", "x", "subjectAltName=DNS:AOC.Example", &[])),
            sound,
        ),
        (
            "wildcard",
            Some(office.certificate(&authority, "wild", "x", "subjectAltName=DNS:*.example", &[])),
            sound,
        ),
        (
            "expired",
            Some(office.certificate(&authority, "expired", "x", &for_name, &["-days", "-1"])),
            untrusted,
        ),
        (
            "wrong name",
            Some(office.certificate(&authority, "wrong", NAME, "subjectAltName=DNS:rtc.example", &[])),
            wrong_name,
        ),
        (
            "common name",
            Some(office.certificate(&authority, "cn", NAME, "basicConstraints=CA:FALSE", &[])),
            sound,
        ),
        (
            "common name beside an address",
            Some(office.certificate(&authority, "ip", NAME, "subjectAltName=IP:192.0.2.1", &[])),
            sound,
        ),
        (
            "wrong common name",
            Some(office.certificate(&authority, "badcn", "rtc", "basicConstraints=CA:FALSE", &[])),
            wrong_name,
        ),
        ("version 1", Some(office.certificate(&authority, "v1", NAME, "", &[])), sound),
        (
            "version 1, expired",
            Some(office.certificate(&authority, "v1old", NAME, "", &["-days", "-1"])),
            untrusted,
        ),
        ("version 1 of another", Some(office.certificate(&other, "v1other", NAME, "", &[])), untrusted),
        (
            "version 1 of an impostor",
            Some(office.certificate(&impostor, "v1impostor", NAME, "", &[])),
            untrusted,
        ),
        ("of an impostor", Some(office.certificate(&impostor, "v3impostor", "x", &for_name, &[])), untrusted),
        ("self-signed", Some(office.self_signed("self", NAME)), untrusted),
        (
            "of another authority",
            Some(office.certificate(&other, "stranger", "x", &for_name, &[])),
            untrusted,
        ),
        ("chain", Some(chained), sound),
        ("chain with a gap", Some(unchained), untrusted),
        (
            "for clients only",
            Some(office.certificate(&authority, "client", "x", &client_only, &[])),
            untrusted,
        ),
    ];
    let mut wrong = String::new();
    for (name, pair, expected) in cases {
        if let Some(pair) = &pair {
            server.show(pair);
        }
        let roots = Some(authority.certificate.as_path());
        let attempts = [
            (SslMode::Disable, None),
            (SslMode::Prefer, None),
            (SslMode::Require, None),
            (SslMode::Prefer, roots),
            (SslMode::Require, roots),
            (SslMode::VerifyCa, roots),
            (SslMode::VerifyFull, roots),
        ];
        for ((mode, roots), expected) in attempts.into_iter().zip(expected) {
            let came = server.came(mode, roots);
            let place = format!("{name}, {}, root {}", mode.name(), roots.is_some());
            if came != expected {
                writeln!(wrong, "{place}: {came:?}, not {expected:?}").expect("a string");
            }
            let psql = server.came_to_psql(mode, roots, home.path());
            // psql judges a certificate with `prefer` too if there is a root, and gives up encryption if it won't do.
            let is_known = mode == SslMode::Prefer && roots.is_some() && psql == Came::Plain;
            if psql != expected && !is_known {
                writeln!(wrong, "{place}: {psql:?} to psql, not {expected:?}").expect("a string");
            }
        }
        for mode in [SslMode::VerifyCa, SslMode::VerifyFull] {
            assert_eq!(server.came(mode, None), Came::Nothing, "{name}: {mode:?} without a root");
        }
    }
    assert_eq!(wrong, "");
}

#[test]
fn what_is_said_of_a_certificate_that_will_not_do() {
    let (office, server) = (Office::new(), Server::new());
    let authority = office.authority("authority", &[]);
    let roots = Some(authority.certificate.as_path());
    assert_eq!(refusal(server.connect(SslMode::Require, None)), "no TLS offered");
    let missing = refusal(server.connect(SslMode::VerifyCa, None));
    assert!(missing.contains("there is no /nowhere/root.crt"), "{missing}");

    server.show(&office.certificate(&authority, "old", NAME, "", &["-days", "-1"]));
    let expired = refusal(server.connect(SslMode::VerifyCa, roots));
    assert!(expired.contains("the server's certificate expired on 20"), "{expired}");

    server.show(&office.certificate(&authority, "other", "x", "subjectAltName=DNS:rtc,IP:192.0.2.1", &[]));
    let name = refusal(server.connect(SslMode::VerifyFull, roots));
    assert!(name.contains("is for rtc, 192.0.2.1, not for aoc.example"), "{name}");

    let own = office.self_signed("self", NAME);
    server.show(&own);
    let stranger = refusal(server.connect(SslMode::VerifyFull, roots));
    assert!(stranger.contains("no authority in") && stranger.contains("authority.crt"), "{stranger}");
    // Who names the certificate itself trusts it.
    assert_eq!(server.came(SslMode::VerifyFull, Some(&own.certificate)), Came::Encrypted);
    // A file without a certificate, and one with a chain that ends nowhere.
    let folder = Folder::new();
    let empty = refusal(server.connect(SslMode::VerifyCa, Some(&folder.write("empty", "no PEM\n"))));
    assert!(empty.contains("holds no certificate of an authority"), "{empty}");
    let middle = office.certificate(&authority, "middle", "m", AUTHORITY, &[]);
    let endless = refusal(server.connect(SslMode::VerifyCa, Some(&middle.certificate)));
    assert!(endless.contains("holds no certificate of an authority"), "{endless}");
}

/// An authority whose certificate has expired vouches for nobody, as for psql.
#[test]
fn an_authority_that_expired() {
    let (office, home, server) = (Office::new(), Folder::new(), Server::new());
    let root = office.authority("root", &[]);
    let old = office.expired(&root);
    server.show(&office.certificate(&root, "leaf", NAME, "", &[]));
    for mode in [SslMode::VerifyCa, SslMode::VerifyFull] {
        assert_eq!(server.came(mode, Some(&root.certificate)), Came::Encrypted);
        assert_eq!(server.came(mode, Some(&old.certificate)), Came::Nothing);
        assert_eq!(server.came_to_psql(mode, Some(&old.certificate), home.path()), Came::Nothing);
    }
}

/// Handshakes that can't come about: `prefer` does without, the others say why.
#[test]
fn prefer_falls_back() {
    let (office, server) = (Office::new(), Server::new());
    let authority = office.authority("authority", &[]);
    // A curve that this program does not know.
    let curve = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"];
    server.show(&office.certificate_with_key(&authority, "curve", NAME, "", &[], &curve));
    assert_eq!(server.came(SslMode::Prefer, None), Came::Plain);
    let why = refusal(server.connect(SslMode::Require, None));
    assert!(why.contains("HandshakeFailure"), "{why}");
    let said = Program::new(&[
        "setup",
        "-v",
        &format!("database.host={}", server.address),
        "database.user=tester",
        "database.database=postgres",
        "database.password_file=/nowhere",
    ])
    .run()
    .expect_code(0);
    assert_eq!(said.stderr.matches("WARN the connection is not encrypted: ").count(), 1, "{}", said.stderr);

    // A role that may only come without.
    server.show(&office.certificate(&authority, "good", NAME, "", &[]));
    let mut config = server.config(NAME);
    config.user("open");
    let opened = tls::connect(&config, &database(NAME, SslMode::Prefer, None));
    assert!(!is_encrypted(&mut opened.map_err(text).expect("a connection").client));
    let refused = refusal(tls::connect(&config, &database(NAME, SslMode::Require, None)));
    assert!(!refused.is_empty());
    // A role that may not come at all: the first answer is told, the one about the encrypted connection.
    config.user("nobody");
    match tls::connect(&config, &database(NAME, SslMode::Prefer, None)) {
        Err(Refused::Server(error)) => {
            let message = error.as_db_error().expect("an answer").message();
            assert!(message.contains("SSL encryption"), "{message}");
        }
        _ => panic!("a connection"),
    }
}

/// A login that is bound to the connection: the server would notice anybody in between.
#[test]
fn logins_are_bound_to_the_certificate() {
    let (office, server) = (Office::new(), Server::new());
    let authority = office.authority("authority", &[]);
    let rsa = ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"];
    let rsa_authority = office.authority("rsa", &rsa);
    let pss = ["-sha512", "-sigopt", "rsa_padding_mode:pss"];
    let p384 = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"];
    for pair in [
        office.certificate(&authority, "sha256", NAME, "", &["-sha256"]),
        office.certificate(&authority, "sha384", NAME, "", &["-sha384"]),
        office.certificate(&rsa_authority, "rsa-sha512", NAME, "", &["-sha512"]),
        office.certificate(&rsa_authority, "rsa-sha224", NAME, "", &["-sha224"]),
        office.certificate(&rsa_authority, "rsa-pss", NAME, "", &pss),
        office.certificate_with_key(&authority, "rsa-key", NAME, "", &[], &rsa),
        office.certificate_with_key(&authority, "p384-key", NAME, "", &[], &p384),
    ] {
        server.show(&pair);
        let mut config = server.config(NAME);
        config.user("keyed").password("key").channel_binding(ChannelBinding::Require);
        let opened = tls::connect(&config, &database(NAME, SslMode::Require, None));
        let mut client = opened.map_err(text).unwrap_or_else(|why| panic!("{pair:?}: {why}")).client;
        assert!(is_encrypted(&mut client));
    }
}

#[test]
fn requests_to_cancel_are_encrypted_too() {
    let (office, server) = (Office::new(), Server::new());
    let authority = office.authority("authority", &[]);
    server.show(&office.certificate(&authority, "good", NAME, "", &[]));
    let roots = Some(authority.certificate.as_path());
    let Opened { mut client, tls } =
        server.connect(SslMode::VerifyFull, roots).map_err(text).expect("a connection");
    let pid: i32 = client.query_one("SELECT pg_backend_pid()", &[]).expect("a row").get(0);
    let token = client.cancel_token();
    let sleeping = std::thread::spawn(move || client.batch_execute("SELECT pg_sleep(600)"));
    let mut looking = server.postgres.client();
    let query = "SELECT count(*) FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'";
    until("it sleeps", Duration::from_secs(60), || {
        looking.query_one(query, &[&pid]).expect("a row").get::<_, i64>(0) == 1
    });
    // The token asks for TLS: a request without would not be sent.
    assert!(token.cancel_query(postgres::NoTls).is_err());
    token.cancel_query(tls).expect("the server is reached");
    let ended = sleeping.join().expect("no panic").expect_err("it is cancelled");
    assert_eq!(ended.code(), Some(&SqlState::QUERY_CANCELED));
}

/// Every command over TLS, with an address in the certificate, and with the root where psql has it.
#[test]
fn the_program_speaks_tls() {
    let (office, folder, server) = (Office::new(), Folder::new(), Server::new());
    let authority = office.authority("authority", &[]);
    let names = format!("subjectAltName=IP:{}", server.address);
    server.show(&office.certificate(&authority, "good", "x", &names, &[]));
    let host = format!("database.host={}", server.address);
    let database = server.postgres.database();
    let conf = database.conf(folder.path(), &[folder.path()], "exao1");
    let program = |command: &str, mode: &str, home: PathBuf| {
        let mode = format!("database.sslmode={mode}");
        let conf = conf.to_str().expect("UTF-8");
        Program::new(&[command, "-v", "-c", conf, &host, &mode, "database.password_file=/nowhere"])
            .env("HOME", home)
            .run()
    };
    std::fs::create_dir(folder.join(".postgresql")).expect("a folder");
    std::fs::copy(&authority.certificate, folder.join(".postgresql/root.crt")).expect("a copy");
    for command in ["setup", "inventory", "ingest"] {
        let output = program(command, "verify-full", folder.path().to_owned()).expect_code(0);
        assert!(output.stderr.contains("the connection is encrypted: TLSv1_3"), "{}", output.stderr);
    }
    let refused = program("setup", "verify-full", folder.join("nowhere")).expect_code(1);
    assert!(refused.stderr.contains("nowhere/.postgresql/root.crt"), "{}", refused.stderr);
    // `require` checks as well when there is a root.
    server.show(&office.self_signed("self", "x"));
    let refused = program("setup", "require", folder.path().to_owned()).expect_code(1);
    assert!(refused.stderr.contains("no authority in"), "{}", refused.stderr);
    program("setup", "require", folder.join("nowhere")).expect_code(0);
    program("setup", "prefer", folder.path().to_owned()).expect_code(0);
}

/// Shows a certificate, without its key.
#[derive(Debug)]
struct Pretender(Arc<CertifiedKey>);

impl ResolvesServerCert for Pretender {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.clone())
    }
}

/// A server that has a good certificate but not its key is noticed in every mode, or a bound login would be worth nothing.
#[test]
fn a_server_without_the_key_of_its_certificate() {
    let office = Office::new();
    let authority = office.authority("authority", &[]);
    let real = office.certificate(&authority, "real", NAME, "", &[]);
    let other = office.certificate(&authority, "other", NAME, "", &[]);
    for (key, is_sound) in [(&real.key, true), (&other.key, false)] {
        for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
            let provider = Arc::new(rustls_graviola::default_provider());
            let key = PrivateKeyDer::from_pem_file(key).expect("a key");
            let key = provider.key_provider.load_private_key(key).expect("a key");
            let certificate = CertificateDer::from_pem_file(&real.certificate).expect("a certificate");
            let shown = Arc::new(CertifiedKey::new(vec![certificate], key));
            let config = rustls::ServerConfig::builder_with_provider(provider)
                .with_protocol_versions(&[version])
                .expect("a version")
                .with_no_client_auth()
                .with_cert_resolver(Arc::new(Pretender(shown)));
            let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
            let port = listener.local_addr().expect("an address").port();
            let serving = std::thread::spawn(move || {
                let (mut socket, _) = listener.accept().expect("a client");
                let mut request = [0; 8];
                socket.read_exact(&mut request).expect("a request for TLS");
                socket.write_all(b"S").expect("an answer");
                let mut session = rustls::ServerConnection::new(Arc::new(config)).expect("a session");
                // The client's last word is an alert, or its first message to the database.
                while session.is_handshaking() && session.complete_io(&mut socket).is_ok() {}
            });
            let mut config = postgres::Config::new();
            config.host(NAME).hostaddr([127, 0, 0, 1].into()).port(port).user("x");
            let why =
                tls::connect(&config, &database(NAME, SslMode::Require, None)).err().expect("no database");
            assert_eq!(matches!(why, Refused::Server(_)), is_sound, "{version:?}: {}", text(why));
            serving.join().expect("no panic");
        }
    }
}

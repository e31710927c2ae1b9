//! From the configuration and this machine to how hands are shaken, or why that can't be.

use super::roots::Roots;
use super::stream::Tls;
use super::verify::{Verifier, Wanted};
use crate::config::Database;
use crate::config::sslmode::SslMode;
use rustls::ClientConfig;
use rustls::client::Resumption;
use rustls::crypto::{CryptoProvider, KeyProvider};
use rustls::pki_types::PrivateKeyDer;
use rustls::sign::SigningKey;
use rustls_graviola::kx;
use std::path::PathBuf;
use std::sync::Arc;

/// What to do about TLS with one server.
pub enum Settings {
    /// None.
    Plain {
        /// Why not, where it might have been expected.
        because: Option<String>,
    },
    /// TLS.
    Encrypted {
        /// How.
        tls: Tls,
        /// Whether a connection without TLS will do.
        may_be_plain: bool,
    },
}

/// Whether this CPU has what the cryptography needs, which is written in its instructions.
pub enum Cpu {
    /// It has.
    Suits,
    /// It has not: the names of what is missing.
    Lacks(String),
}

impl Cpu {
    /// The one that this program runs on.
    pub fn this() -> Self {
        #[cfg(target_arch = "x86_64")]
        let features = [
            ("aes", is_x86_feature_detected!("aes")),
            ("pclmulqdq", is_x86_feature_detected!("pclmulqdq")),
            ("ssse3", is_x86_feature_detected!("ssse3")),
            ("avx", is_x86_feature_detected!("avx")),
            ("avx2", is_x86_feature_detected!("avx2")),
            ("bmi1", is_x86_feature_detected!("bmi1")),
            ("bmi2", is_x86_feature_detected!("bmi2")),
            ("adx", is_x86_feature_detected!("adx")),
        ];
        #[cfg(target_arch = "aarch64")]
        let features = [
            ("neon", std::arch::is_aarch64_feature_detected!("neon")),
            ("aes", std::arch::is_aarch64_feature_detected!("aes")),
            ("pmull", std::arch::is_aarch64_feature_detected!("pmull")),
            ("sha2", std::arch::is_aarch64_feature_detected!("sha2")),
        ];
        let missing: Vec<&str> =
            features.iter().filter(|(_, is_there)| !is_there).map(|(name, _)| *name).collect();
        match (missing.is_empty(), graviola::util::is_cpu_supported()) {
            (true, true) => Self::Suits,
            (true, false) => Self::Lacks("something".into()),
            (false, _) => Self::Lacks(missing.join(", ")),
        }
    }
}

impl Settings {
    /// For the configured server. An error says what is missing and what to do.
    pub fn of(database: &Database, cpu: &Cpu) -> Result<Self, String> {
        let mode = database.sslmode;
        // A socket does not leave the machine; servers offer no TLS on it.
        if mode == SslMode::Disable || database.host.starts_with('/') {
            return Ok(Self::Plain { because: None });
        }
        if let Cpu::Lacks(missing) = cpu {
            let because = format!("this machine's CPU lacks {missing}, which TLS needs here");
            return match mode {
                SslMode::Prefer => Ok(Self::Plain { because: Some(because) }),
                _ => Err(format!(
                    "{because} (database.sslmode={}). Use a newer machine, or, where the network is trusted, \
                     database.sslmode=disable",
                    mode.name()
                )),
            };
        }
        let provider = provider();
        let algorithms = provider.signature_verification_algorithms;
        let verifier = Verifier { wanted: wanted(database)?, algorithms };
        let mut config = ClientConfig::builder_with_provider(Arc::new(provider))
            .with_safe_default_protocol_versions()
            .map_err(|e| format!("a defect: no version of TLS: {e}"))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        // Connections are few and long.
        config.resumption = Resumption::disabled();
        Ok(Self::Encrypted { tls: Tls::new(config), may_be_plain: mode == SslMode::Prefer })
    }
}

/// The cryptography, without keys of our own, which servers of telemetry do not ask for, and without key exchange against
/// quantum computers, which their OpenSSL does not know yet: both would be a tenth of the program.
fn provider() -> CryptoProvider {
    CryptoProvider {
        kx_groups: vec![&kx::X25519, &kx::P256, &kx::P384],
        key_provider: &NoKeys,
        ..rustls_graviola::default_provider()
    }
}

#[derive(Debug)]
struct NoKeys;

impl KeyProvider for NoKeys {
    fn load_private_key(&self, _: PrivateKeyDer<'static>) -> Result<Arc<dyn SigningKey>, rustls::Error> {
        Err(rustls::Error::General("keys of clients are not supported".into()))
    }
}

/// What is asked of the certificate.
fn wanted(database: &Database) -> Result<Wanted, String> {
    let mode = database.sslmode;
    if mode == SslMode::Prefer {
        return Ok(Wanted::Anything);
    }
    let by_default = || Some(PathBuf::from(std::env::var_os("HOME")?).join(".postgresql/root.crt"));
    let path = database.sslrootcert.clone().or_else(by_default);
    let roots = match &path {
        Some(path) => Roots::read(path)?,
        None => None,
    };
    let missing = match &path {
        Some(path) => format!("there is no {}", path.display()),
        None => "neither database.sslrootcert nor $HOME is set".into(),
    };
    match (mode, roots) {
        (SslMode::VerifyFull, Some(roots)) => Ok(Wanted::ChainAndName(roots, database.host.clone())),
        (_, Some(roots)) => Ok(Wanted::Chain(roots)),
        (SslMode::Require, None) => {
            if database.sslrootcert.is_some() {
                log::warn!("{missing} (database.sslrootcert): the server's certificate is not checked");
            }
            Ok(Wanted::Anything)
        }
        (_, None) => Err(format!(
            "{missing}, and database.sslmode={} needs the certificates of trusted authorities. Name their file: \
             database.sslrootcert=FILE (the system's are in /etc/ssl/certs/ca-certificates.crt or \
             /etc/pki/tls/certs/ca-bundle.crt)",
            mode.name()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Surroundings};

    fn database(mode: SslMode, host: &str) -> Database {
        let database = Config::defaults(&Surroundings::default()).database;
        Database { sslmode: mode, host: host.into(), ..database }
    }

    #[test]
    fn a_cpu_that_lacks_something_is_no_reason_to_stop_but_where_tls_is_a_must() {
        let lacking = || Cpu::Lacks("adx".into());
        for mode in SslMode::ALL {
            match (mode, Settings::of(&database(mode, "aoc"), &lacking())) {
                (SslMode::Disable, Ok(Settings::Plain { because: None })) => {}
                (SslMode::Prefer, Ok(Settings::Plain { because: Some(why) })) => {
                    assert!(why.contains("CPU lacks adx"), "{why}");
                }
                (SslMode::Require | SslMode::VerifyCa | SslMode::VerifyFull, Err(why)) => {
                    assert!(why.contains("CPU lacks adx") && why.contains(mode.name()), "{why}");
                }
                _ => panic!("{mode:?}"),
            }
            // A socket needs none.
            let over_socket = Settings::of(&database(mode, "/run/postgresql"), &lacking());
            assert!(matches!(over_socket, Ok(Settings::Plain { because: None })), "{mode:?}");
        }
    }
}

//! One attempt to connect: with TLS, and once more without where `prefer` allows it.

use super::settings::{Cpu, Settings};
use super::stream::{HandshakeFailed, Tls};
use crate::config::Database;
use postgres::Client;
use postgres::config::SslMode;
use postgres::error::SqlState;
use std::error::Error;
use std::io;
use std::sync::Once;

/// A connection.
pub struct Opened {
    /// It.
    pub client: Client,
    /// How to cancel what it waits for: requests to cancel go the same way.
    pub tls: Tls,
}

/// Why there is no connection.
pub enum Refused {
    /// The server can't be reached or does not want us.
    Server(postgres::Error),
    /// The server offers no TLS, and the mode wants it.
    NoTlsOffered,
    /// The server offers TLS, and it did not come about.
    Handshake(String),
    /// It was not tried: something is missing here.
    NotTried(String),
}

/// Connects once.
pub fn connect(postgres: &postgres::Config, database: &Database) -> Result<Opened, Refused> {
    static SAID_ONCE: Once = Once::new();
    match Settings::of(database, &Cpu::this()).map_err(Refused::NotTried)? {
        Settings::Plain { because } => {
            if let Some(because) = because {
                SAID_ONCE.call_once(|| log::info!("the connection is not encrypted: {because}"));
            }
            plain(postgres)
        }
        Settings::Encrypted { tls, may_be_plain: false } => encrypted(postgres, tls, SslMode::Require),
        Settings::Encrypted { tls, may_be_plain: true } => match encrypted(postgres, tls, SslMode::Prefer) {
            Err(Refused::Handshake(why)) => {
                SAID_ONCE.call_once(|| log::warn!("the connection is not encrypted: {why}"));
                plain(postgres)
            }
            // A line in pg_hba.conf may let connections in that are not encrypted, and only those.
            Err(Refused::Server(error))
                if error.code() == Some(&SqlState::INVALID_AUTHORIZATION_SPECIFICATION) =>
            {
                plain(postgres).map_err(|_| Refused::Server(error))
            }
            opened => opened,
        },
    }
}

fn plain(postgres: &postgres::Config) -> Result<Opened, Refused> {
    let tls = Tls::none();
    let client = postgres.clone().ssl_mode(SslMode::Disable).connect(tls.clone()).map_err(Refused::Server)?;
    Ok(Opened { client, tls })
}

fn encrypted(postgres: &postgres::Config, tls: Tls, mode: SslMode) -> Result<Opened, Refused> {
    match postgres.clone().ssl_mode(mode).connect(tls.clone()) {
        Ok(client) => {
            if !tls.has_begun() {
                log::debug!("the connection is not encrypted: the server offers no TLS");
            }
            Ok(Opened { client, tls })
        }
        Err(error) => {
            if let Some(failed) = cause::<HandshakeFailed>(&error) {
                return Err(Refused::Handshake(failed.to_string()));
            }
            let is_ours = error.as_db_error().is_none() && cause::<io::Error>(&error).is_none();
            // The only complaint of the client library itself before hands are shaken.
            if mode == SslMode::Require && is_ours && !tls.has_begun() {
                return Err(Refused::NoTlsOffered);
            }
            Err(Refused::Server(error))
        }
    }
}

/// The cause of this type, if there is one.
pub(in crate::db) fn cause<E: Error + 'static>(error: &postgres::Error) -> Option<&E> {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if let Some(found) = inner.downcast_ref() {
            return Some(found);
        }
        cause = inner.source();
    }
    None
}

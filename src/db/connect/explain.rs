//! Why there is no connection, for the person who reads it: which of the usual causes it looks like, and what mends it.

use super::{Connector, NoConnection};
use crate::config::Database;
use crate::db::failure::describe;
use crate::db::tls::{self, Refused};
use crate::error::Error;
use postgres::error::SqlState;
use std::io;

impl Connector {
    /// What it looks like, and what mends it.
    pub(super) fn explain(&self, why: NoConnection) -> Error {
        match why {
            NoConnection::Ended(error) => error,
            NoConnection::Refused(refused) => Error::Database(self.explain_refusal(refused)),
            NoConnection::Silent(wait) => {
                let Database { host, port, user, database, .. } = &self.settings;
                Error::Database(format!(
                    "can't use database {database} at {host}:{port} as {user}: no answer for {} s. Something listens there \
                     but does not answer: PostgreSQL is overloaded or suspended, or it is another program",
                    wait.as_secs_f64()
                ))
            }
        }
    }

    fn explain_refusal(&self, refused: Refused) -> String {
        let Database { host, port, user, database, sslmode, .. } = &self.settings;
        let what = format!("can't use database {database} at {host}:{port} as {user}");
        let mode = sslmode.name();
        match refused {
            Refused::Server(error) => self.explain_answer(&what, &error),
            Refused::NotTried(why) => format!("{what}: {why}"),
            Refused::NoTlsOffered => format!(
                "{what}: the server offers no TLS, and database.sslmode={mode} wants it. Turn it on in the server's \
                 postgresql.conf (ssl = on, ssl_cert_file, ssl_key_file) or, where the network is trusted, set \
                 database.sslmode=prefer"
            ),
            Refused::Handshake(why) => format!(
                "{what}: no TLS with the server: {why}. database.sslmode={mode} does without no more than that: have it \
                 mended on the server, see to database.sslrootcert and the name in database.host, or choose a mode that \
                 asks for less"
            ),
        }
    }

    /// What the server's answer, or the lack of one, looks like.
    fn explain_answer(&self, what: &str, error: &postgres::Error) -> String {
        let Database { host, user, database, .. } = &self.settings;
        let what = format!("{what}: {}", describe(error));
        let personal = personal_folder(host);
        let missing_password = self.password_tried.as_deref().unwrap_or("a password was found and sent");
        let advice = match error.as_db_error() {
            Some(db) => match (db.code(), db.routine()) {
                (&SqlState::INVALID_CATALOG_NAME, _) if personal.is_some() => {
                    "There is no such database. That of a personal copy is xtelem: see to database.database".to_owned()
                }
                (&SqlState::INVALID_CATALOG_NAME, _) => format!(
                    "There is no such database. Create it: sudo -u postgres createdb -O {user} {database}"
                ),
                // One SQLSTATE stands for a missing role and for a missing line in pg_hba.conf.
                (&SqlState::INVALID_AUTHORIZATION_SPECIFICATION, Some("InitializeSessionUserId"))
                    if personal.is_some() =>
                {
                    "There is no such role. That of a personal copy is named in the configuration that `xtelemdb personal \
                     init` wrote: see to database.user"
                        .to_owned()
                }
                (&SqlState::INVALID_AUTHORIZATION_SPECIFICATION, Some("InitializeSessionUserId")) => {
                    format!("There is no such role. Create it: sudo -u postgres createuser {user} --pwprompt")
                }
                (&SqlState::INVALID_AUTHORIZATION_SPECIFICATION, _) => {
                    let line = if host.starts_with('/') {
                        format!(
                            "`local {database} {user} peer` (scram-sha-256 if your account is not named {user})"
                        )
                    } else {
                        format!("`host {database} {user} 192.168.0.0/24 scram-sha-256`")
                    };
                    format!(
                        "The server does not allow this connection. Allow it by a line in pg_hba.conf, for example \
                         {line}, then: sudo -u postgres psql -c 'SELECT pg_reload_conf()'"
                    )
                }
                (&SqlState::INVALID_PASSWORD, _) => format!(
                    "The role or its password is wrong ({missing_password}). Set it: sudo -u postgres psql -c '\\password \
                     {user}'"
                ),
                (&SqlState::TOO_MANY_CONNECTIONS, _) => {
                    "All connections are taken; try again later, or raise \
                    max_connections in postgresql.conf"
                        .to_owned()
                }
                (&SqlState::CANNOT_CONNECT_NOW, _) => {
                    "The server is starting up or shutting down; try again".to_owned()
                }
                _ => "The server refused it".to_owned(),
            },
            None if io_kind(error) == Some(io::ErrorKind::PermissionDenied) && host.starts_with('/') => {
                "This account may not use the server's socket. Be the account that may (the instrument's is xsup; of a \
                 personal copy its owner), or set database.host to a name, not a folder"
                    .to_owned()
            }
            None if is_io(error) && host.starts_with('/') => format!(
                "It looks as if PostgreSQL is not running. Start it: systemctl start postgresql, or, for a personal copy, \
                 xtelemdb personal start {}",
                personal.unwrap_or("DIR")
            ),
            None if is_name_unknown(error) => format!(
                "This machine does not know the name {host}: see to its spelling, or set database.host to an address, or \
                 put the name into /etc/hosts"
            ),
            None if is_io(error) => format!(
                "It looks as if PostgreSQL is not running there, or not listening on that address, or a firewall is in \
                 between. On {host}: systemctl start postgresql"
            ),
            None if self.password_tried.is_some() => {
                format!("The server asks for a password and there is none ({missing_password})")
            }
            None => "Check database.host, database.port, database.user and database.database".to_owned(),
        };
        format!("{what}. {advice}")
    }
}

/// The folder of a personal database whose socket is in `host`. That of a database with a long path is elsewhere and is not
/// known again.
fn personal_folder(host: &str) -> Option<&str> {
    host.strip_suffix("/socket").filter(|folder| !folder.is_empty())
}

/// Whether the name of the server has no address. The system gives no number for it, and the standard library no kind
/// that can be named; every other error without a number has one.
fn is_name_unknown(error: &postgres::Error) -> bool {
    use io::ErrorKind::{
        ConnectionAborted, ConnectionReset, InvalidData, InvalidInput, TimedOut, UnexpectedEof,
    };
    let named = [
        ConnectionAborted,
        ConnectionReset,
        InvalidData,
        InvalidInput,
        TimedOut,
        UnexpectedEof,
        io::ErrorKind::Other,
    ];
    tls::cause::<io::Error>(error)
        .is_some_and(|error| error.raw_os_error().is_none() && !named.contains(&error.kind()))
}

fn is_io(error: &postgres::Error) -> bool {
    io_kind(error).is_some()
}

fn io_kind(error: &postgres::Error) -> Option<io::ErrorKind> {
    tls::cause::<io::Error>(error).map(io::Error::kind)
}

//! What an error of the server means for the one who has to go on. Told by SQLSTATE, never by text.

use postgres::error::SqlState;

/// What to do about a statement that failed.
#[derive(Debug)]
pub enum Failure {
    /// The connection or the server is gone, or not ready for work: connect anew and do the same again.
    Lost(String),
    /// Another transaction was in the way: do the same again.
    Contended(String),
    /// A row that is to be new is there already.
    Duplicate,
    /// The server refuses a row's value: the others may be fine.
    Refused(String),
    /// Nothing that trying again would mend; the text says what to do.
    Fatal(String),
}

/// The result of talking to the server.
pub type Outcome<T> = std::result::Result<T, Failure>;

impl From<postgres::Error> for Failure {
    fn from(error: postgres::Error) -> Self {
        let Some(db) = error.as_db_error() else {
            // No answer from the server but an error of the connection itself.
            return Self::Lost(describe(&error));
        };
        let text = describe(&error);
        match db.code() {
            &SqlState::UNIQUE_VIOLATION => Self::Duplicate,
            &SqlState::T_R_SERIALIZATION_FAILURE
            | &SqlState::T_R_DEADLOCK_DETECTED
            | &SqlState::LOCK_NOT_AVAILABLE
            | &SqlState::QUERY_CANCELED => Self::Contended(text),
            &SqlState::ADMIN_SHUTDOWN
            | &SqlState::CRASH_SHUTDOWN
            | &SqlState::CANNOT_CONNECT_NOW
            | &SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT
            | &SqlState::READ_ONLY_SQL_TRANSACTION
            | &SqlState::TOO_MANY_CONNECTIONS => Self::Lost(text),
            &SqlState::INSUFFICIENT_PRIVILEGE => Self::Fatal(format!(
                "{text}; the role lacks a right: run `xtelemdb setup` as the owner of the database, which grants it or \
                 prints the lines to paste"
            )),
            &SqlState::DISK_FULL => Self::Fatal(format!(
                "{text}; a disk of the server is full: make room on it, or move the database"
            )),
            &SqlState::UNDEFINED_TABLE | &SqlState::UNDEFINED_COLUMN | &SqlState::INVALID_SCHEMA_NAME => {
                Self::Fatal(format!("{text}; run `xtelemdb setup` first"))
            }
            &SqlState::CHECK_VIOLATION | &SqlState::NOT_NULL_VIOLATION => Self::Refused(text),
            code => match code.code().get(..2) {
                Some("08") => Self::Lost(text),
                Some("22" | "54") => Self::Refused(text),
                Some("57") => Self::Lost(text),
                _ => Self::Fatal(text),
            },
        }
    }
}

impl Failure {
    /// The server's words.
    pub fn text(&self) -> &str {
        match self {
            Self::Lost(text) | Self::Contended(text) | Self::Refused(text) | Self::Fatal(text) => text,
            Self::Duplicate => "a row of this key is there already",
        }
    }
}

/// An error as one line: the server's message with its detail and SQLSTATE, or the chain of causes.
pub fn describe(error: &postgres::Error) -> String {
    if let Some(db) = error.as_db_error() {
        let detail = db.detail().map(|detail| format!(" ({detail})")).unwrap_or_default();
        return format!("{}{detail} [SQLSTATE {}]", db.message(), db.code().code());
    }
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let inner_text = inner.to_string();
        if !text.contains(&inner_text) {
            text = format!("{text}: {inner_text}");
        }
        cause = inner.source();
    }
    text
}

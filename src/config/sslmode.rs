//! The words for TLS to the server. They are libpq's, and mean the same.

/// How a connection is protected. A socket of this machine needs no protection and gets none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SslMode {
    /// No TLS.
    Disable,
    /// TLS if it can be had, else none; any certificate will do.
    #[default]
    Prefer,
    /// TLS or nothing; any certificate will do, unless there are trusted authorities: then as `verify-ca`.
    Require,
    /// TLS or nothing, and a trusted authority vouches for the server.
    VerifyCa,
    /// The same, and the certificate is for the name by which the server is called.
    VerifyFull,
}

impl SslMode {
    /// Every mode, the strictest last.
    pub const ALL: [Self; 5] = [Self::Disable, Self::Prefer, Self::Require, Self::VerifyCa, Self::VerifyFull];

    /// Its word in a configuration.
    pub fn name(self) -> &'static str {
        match self {
            Self::Disable => "disable",
            Self::Prefer => "prefer",
            Self::Require => "require",
            Self::VerifyCa => "verify-ca",
            Self::VerifyFull => "verify-full",
        }
    }

    /// The mode of this word.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.name() == name)
    }
}

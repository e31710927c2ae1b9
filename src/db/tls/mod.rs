//! TLS to the server, as libpq's `sslmode` and `sslrootcert` mean it: the one place where connections are made.
//!
//! ```text
//! connect       attempt with TLS, and without when `prefer` allows it
//! settings      mode, trusted authorities, this CPU -> how to shake hands, or why not
//! stream        TLS for the client library
//! verify        judging the server's certificate
//! names         is the certificate for this host?
//! certificate   what is read of a certificate
//! ```

mod certificate;
mod connect;
mod names;
mod roots;
mod settings;
mod stream;
mod verify;

pub(super) use connect::cause;
pub use connect::{Opened, Refused, connect};
pub use settings::{Cpu, Settings};
pub use stream::{HandshakeFailed, Tls};

//! TLS for the client library: its traits, over tokio-rustls.

use super::certificate;
use super::verify::Refusal;
use postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream};
use rustls::pki_types::ServerName;
use rustls::{CertificateError, ClientConfig, OtherError};
use std::fmt;
use std::future::Future;
use std::io::{self, IoSlice};
use std::net::{IpAddr, Ipv4Addr};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream as RustlsStream;

/// How to shake hands with one server. Clones share what is known of the attempt.
#[derive(Clone)]
pub struct Tls {
    /// None if it is never to be done.
    config: Option<Arc<ClientConfig>>,
    has_begun: Arc<AtomicBool>,
}

/// Why there is no TLS with a server that offers it.
#[derive(Debug)]
pub struct HandshakeFailed(String);

impl fmt::Display for HandshakeFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for HandshakeFailed {}

impl Tls {
    /// With these settings.
    pub(super) fn new(config: ClientConfig) -> Self {
        Self { config: Some(Arc::new(config)), has_begun: Arc::default() }
    }

    /// For connections without TLS.
    pub(super) fn none() -> Self {
        Self { config: None, has_begun: Arc::default() }
    }

    /// Whether the server has agreed to speak TLS.
    pub(super) fn has_begun(&self) -> bool {
        self.has_begun.load(Ordering::Relaxed)
    }
}

impl<S> MakeTlsConnect<S> for Tls
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    type Stream = Encrypted<S>;
    type TlsConnect = Handshake;
    type Error = HandshakeFailed;

    fn make_tls_connect(&mut self, host: &str) -> Result<Handshake, HandshakeFailed> {
        // The name is told to the server, which may have several certificates. An address is not, and so stands for
        // names that can't be told; who the server has to be, the verifier knows.
        let name = ServerName::try_from(host.to_owned());
        let unnamed = || ServerName::IpAddress(IpAddr::V4(Ipv4Addr::UNSPECIFIED).into());
        Ok(Handshake { tls: self.clone(), name: name.unwrap_or_else(|_| unnamed()) })
    }
}

/// A handshake that is still to be done.
pub struct Handshake {
    tls: Tls,
    name: ServerName<'static>,
}

impl<S> TlsConnect<S> for Handshake
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    type Stream = Encrypted<S>;
    type Error = HandshakeFailed;
    type Future = Pin<Box<dyn Future<Output = Result<Encrypted<S>, HandshakeFailed>> + Send>>;

    fn connect(self, stream: S) -> Self::Future {
        Box::pin(async move {
            let config = self.tls.config.ok_or_else(|| HandshakeFailed("TLS is not wanted".into()))?;
            self.tls.has_begun.store(true, Ordering::Relaxed);
            let connected = TlsConnector::from(config).connect(self.name, stream).await;
            let stream = Encrypted(connected.map_err(|error| HandshakeFailed(reason(&error)))?);
            stream.describe();
            Ok(stream)
        })
    }
}

/// What the TLS library says, for people.
fn reason(error: &io::Error) -> String {
    let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) else {
        return format!("the server ended the handshake: {error}");
    };
    match error {
        rustls::Error::InvalidCertificate(CertificateError::Other(OtherError(other)))
            if other.is::<Refusal>() =>
        {
            other.to_string()
        }
        rustls::Error::AlertReceived(alert) => {
            format!("the server refused the handshake with the alert {alert:?}")
        }
        other => other.to_string(),
    }
}

/// An encrypted connection.
pub struct Encrypted<S>(RustlsStream<S>);

impl<S> Encrypted<S> {
    fn describe(&self) {
        let session = self.0.get_ref().1;
        let version = session.protocol_version().and_then(|version| version.as_str()).unwrap_or("TLS");
        let suite = session.negotiated_cipher_suite().and_then(|suite| suite.suite().as_str()).unwrap_or("");
        log::debug!("the connection is encrypted: {version}, {suite}");
    }
}

impl<S> TlsStream for Encrypted<S>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    fn channel_binding(&self) -> ChannelBinding {
        let certificates = self.0.get_ref().1.peer_certificates().unwrap_or_default();
        match certificates.first().and_then(|leaf| certificate::end_point_hash(leaf)) {
            Some(hash) => ChannelBinding::tls_server_end_point(hash),
            None => ChannelBinding::none(),
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Encrypted<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Encrypted<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.0.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}

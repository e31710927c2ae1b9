//! Judging the server's certificate: as much as the mode asks for, and never less than that the server has its key.

use super::certificate::Certificate;
use super::names;
use super::roots::Roots;
use crate::civil;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_cert_signed_by_trust_anchor;
use rustls::crypto::WebPkiSupportedAlgorithms;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{
    CertificateError, DigitallySignedStruct, Error, OtherError, PeerMisbehaved, RootCertStore,
    SignatureScheme,
};
use std::fmt;
use std::sync::Arc;

/// What is asked of a certificate.
#[derive(Debug)]
pub enum Wanted {
    /// Nothing.
    Anything,
    /// A trusted authority vouches for it.
    Chain(Roots),
    /// The same, and it is for this host.
    ChainAndName(Roots, String),
}

/// Judges certificates for the TLS library.
#[derive(Debug)]
pub struct Verifier {
    /// What is asked for.
    pub wanted: Wanted,
    /// The algorithms that this program knows.
    pub algorithms: WebPkiSupportedAlgorithms,
}

/// Why a certificate won't do, in words for people.
#[derive(Debug)]
pub struct Refusal(String);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

fn refusal(text: String) -> Error {
    Error::InvalidCertificate(CertificateError::Other(OtherError(Arc::new(Refusal(text)))))
}

impl Verifier {
    fn chain(
        &self,
        roots: &Roots,
        leaf: &CertificateDer<'_>,
        sent: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<(), Error> {
        let parsed = parse(leaf)?;
        let now_s = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
        if let Some(fault) = date_fault(&parsed, now_s) {
            return Err(refusal(format!("the server's certificate {fault}")));
        }
        // Who trusts the very certificate needs nobody to vouch for it.
        if roots.trusted.iter().any(|trusted| **trusted == **leaf) {
            return Ok(());
        }
        let holding = |certificate: &&CertificateDer<'_>| {
            Certificate::parse(certificate).is_some_and(|parsed| date_fault(&parsed, now_s).is_none())
        };
        let trusted: Vec<_> = roots.trusted.iter().filter(holding).collect();
        let nobody = || {
            let expired =
                if trusted.len() < roots.trusted.len() { "; some in there have expired" } else { "" };
            refusal(format!(
                "no authority in {} vouches for the server's certificate{expired}",
                roots.path.display()
            ))
        };
        if parsed.is_self_issued() {
            return Err(nobody());
        }
        // `openssl x509 -req` makes certificates of version 1 unless told otherwise; webpki does not know them. They have
        // no extensions, so a signature by a trusted authority is all there is to see.
        if parsed.version == 1 {
            let vouches = |trusted: &&CertificateDer<'_>| {
                Certificate::parse(trusted).is_some_and(|authority| {
                    authority.subject == parsed.issuer && parsed.is_signed_by(&authority, self.algorithms.all)
                })
            };
            return if trusted.iter().any(vouches) { Ok(()) } else { Err(nobody()) };
        }
        let mut store = RootCertStore::empty();
        store.add_parsable_certificates(trusted.iter().map(|trusted| (*trusted).clone()));
        let between: Vec<CertificateDer<'_>> = sent.iter().chain(&roots.between).cloned().collect();
        let judged = verify_server_cert_signed_by_trust_anchor(
            &ParsedCertificate::try_from(leaf)?,
            &store,
            &between,
            now,
            self.algorithms.all,
        );
        judged.map_err(|error| match error {
            Error::InvalidCertificate(CertificateError::UnknownIssuer) => nobody(),
            other => refusal(format!("the chain of the server's certificate is not sound: {other}")),
        })
    }

    /// Whether the server has the certificate's key. Certificates of any version and date will do.
    fn has_key(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
        most_algorithms: usize,
    ) -> Result<HandshakeSignatureValid, Error> {
        let parsed = parse(certificate)?;
        let algorithms = self.algorithms.mapping.iter().find(|(scheme, _)| *scheme == signed.scheme);
        let algorithms = algorithms.map_or(&[][..], |(_, algorithms)| algorithms);
        let made = algorithms
            .iter()
            .take(most_algorithms)
            .any(|algorithm| parsed.key_made(*algorithm, message, signed.signature()));
        if made {
            return Ok(HandshakeSignatureValid::assertion());
        }
        Err(Error::InvalidCertificate(CertificateError::BadSignature))
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        sent: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        match &self.wanted {
            Wanted::Anything => {}
            Wanted::Chain(roots) => self.chain(roots, leaf, sent, now)?,
            Wanted::ChainAndName(roots, host) => {
                self.chain(roots, leaf, sent, now)?;
                names::check(&parse(leaf)?, host).map_err(|names| {
                    refusal(format!("the server's certificate is for {names}, not for {host}"))
                })?;
            }
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        // A scheme of TLS 1.2 does not name the curve, so each is tried.
        self.has_key(message, certificate, signed, usize::MAX)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        // TLS 1.3 has done away with this padding.
        let is_old = matches!(
            signed.scheme,
            SignatureScheme::RSA_PKCS1_SHA256
                | SignatureScheme::RSA_PKCS1_SHA384
                | SignatureScheme::RSA_PKCS1_SHA512
        );
        if is_old {
            return Err(PeerMisbehaved::SignedHandshakeWithUnadvertisedSigScheme.into());
        }
        self.has_key(message, certificate, signed, 1)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

fn parse<'a>(certificate: &'a CertificateDer<'_>) -> Result<Certificate<'a>, Error> {
    Certificate::parse(certificate).ok_or(Error::InvalidCertificate(CertificateError::BadEncoding))
}

/// What is wrong with a certificate's dates.
fn date_fault(certificate: &Certificate<'_>, now_s: i64) -> Option<String> {
    if now_s > certificate.not_after_s {
        return Some(format!("expired on {}", date(certificate.not_after_s)));
    }
    (now_s < certificate.not_before_s).then(|| {
        format!("holds from {} only; is this machine's clock right?", date(certificate.not_before_s))
    })
}

fn date(seconds: i64) -> String {
    let (year, month, day) = civil::civil_from_days(seconds.div_euclid(civil::DAY_SECONDS));
    format!("{year:04}-{month:02}-{day:02}")
}

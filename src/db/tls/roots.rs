//! The authorities that are trusted, from a file of PEM certificates.

use super::certificate::Certificate;
use crate::limits::LONGEST_ROOTS_BYTES;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

/// Trusted authorities.
#[derive(Debug)]
pub struct Roots {
    /// Where they stood.
    pub path: PathBuf,
    /// Certificates that vouch for themselves: where a chain may end.
    pub trusted: Vec<CertificateDer<'static>>,
    /// Others, that may stand between them and the server's.
    pub between: Vec<CertificateDer<'static>>,
}

impl Roots {
    /// Reads a file; `None` if there is none.
    pub fn read(path: &Path) -> Result<Option<Self>, String> {
        let wrong = |what: &str| format!("{}: {what}", path.display());
        let mut bytes = Vec::new();
        let read =
            File::open(path).and_then(|file| file.take(LONGEST_ROOTS_BYTES + 1).read_to_end(&mut bytes));
        match read {
            Ok(_) => {}
            // As libpq: what can't be looked at is not there.
            Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
            Err(e) => return Err(wrong(&format!("can't read the trusted certificates: {e}"))),
        }
        if bytes.len() as u64 > LONGEST_ROOTS_BYTES {
            return Err(wrong(&format!("longer than {LONGEST_ROOTS_BYTES} bytes: no list of certificates")));
        }
        let mut roots = Self { path: path.to_owned(), trusted: Vec::new(), between: Vec::new() };
        for certificate in CertificateDer::pem_slice_iter(&bytes) {
            let certificate = certificate.map_err(|e| wrong(&format!("not PEM: {e:?}")))?;
            // What can't be read would never match anything; the others count.
            match Certificate::parse(&certificate).map(|parsed| parsed.is_self_issued()) {
                Some(true) => roots.trusted.push(certificate),
                Some(false) => roots.between.push(certificate),
                None => {}
            }
        }
        if roots.trusted.is_empty() {
            return Err(wrong("holds no certificate of an authority that vouches for itself (PEM)"));
        }
        Ok(Some(roots))
    }
}

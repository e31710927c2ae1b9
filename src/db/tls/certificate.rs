//! What has to be known of a certificate beyond what the TLS library tells: names, dates, algorithms. No trust is decided
//! here; what can't be read is no certificate.

use crate::civil;
use rustls::pki_types::SignatureVerificationAlgorithm;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};

/// Tags of DER, as far as certificates need them.
mod tag {
    pub const BOOLEAN: u8 = 0x01;
    pub const INTEGER: u8 = 0x02;
    pub const BIT_STRING: u8 = 0x03;
    pub const OCTET_STRING: u8 = 0x04;
    pub const OBJECT_ID: u8 = 0x06;
    pub const UTF8_STRING: u8 = 0x0c;
    pub const PRINTABLE_STRING: u8 = 0x13;
    pub const T61_STRING: u8 = 0x14;
    pub const IA5_STRING: u8 = 0x16;
    pub const UTC_TIME: u8 = 0x17;
    pub const GENERALIZED_TIME: u8 = 0x18;
    pub const SEQUENCE: u8 = 0x30;
    pub const SET: u8 = 0x31;
    pub const VERSION: u8 = 0xa0;
    pub const EXTENSIONS: u8 = 0xa3;
    /// subjectAltName: dNSName and iPAddress.
    pub const DNS_NAME: u8 = 0x82;
    pub const IP_ADDRESS: u8 = 0x87;
}

/// 2.5.4.3
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
/// 2.5.29.17
const SUBJECT_ALT_NAME: &[u8] = &[0x55, 0x1d, 0x11];

/// A certificate, taken apart.
pub struct Certificate<'a> {
    /// 1 or 3.
    pub version: u8,
    /// The name of who signed it, as DER.
    pub issuer: &'a [u8],
    /// The name of its owner, as DER.
    pub subject: &'a [u8],
    /// Seconds since 1970 from which it holds.
    pub not_before_s: i64,
    /// Seconds since 1970 until which it holds.
    pub not_after_s: i64,
    /// What is signed.
    signed: &'a [u8],
    /// The content of the AlgorithmIdentifier of the signature.
    signature_algorithm: &'a [u8],
    signature: &'a [u8],
    /// The content of the AlgorithmIdentifier of the key.
    key_algorithm: &'a [u8],
    key: &'a [u8],
    extensions: &'a [u8],
}

/// A name in subjectAltName.
#[derive(Debug, PartialEq, Eq)]
pub enum Alternative<'a> {
    /// dNSName
    Dns(&'a [u8]),
    /// iPAddress, 4 or 16 bytes
    Ip(&'a [u8]),
}

impl<'a> Certificate<'a> {
    /// Takes a certificate apart.
    pub fn parse(der: &'a [u8]) -> Option<Self> {
        let mut outer = Reader(Reader(der).expect(tag::SEQUENCE)?.content);
        let signed = outer.expect(tag::SEQUENCE)?;
        let signature_algorithm = outer.expect(tag::SEQUENCE)?.content;
        let signature = bits(outer.expect(tag::BIT_STRING)?.content)?;

        let mut inner = Reader(signed.content);
        let version = match inner.optional(tag::VERSION) {
            Some(version) => Reader(version.content).expect(tag::INTEGER)?.content.last()?.checked_add(1)?,
            None => 1,
        };
        inner.expect(tag::INTEGER)?; // serial number
        inner.expect(tag::SEQUENCE)?; // the algorithm once more
        let issuer = inner.expect(tag::SEQUENCE)?.whole;
        let mut validity = Reader(inner.expect(tag::SEQUENCE)?.content);
        let not_before_s = time(validity.next()?)?;
        let not_after_s = time(validity.next()?)?;
        let subject = inner.expect(tag::SEQUENCE)?.whole;
        let mut key_info = Reader(inner.expect(tag::SEQUENCE)?.content);
        let key_algorithm = key_info.expect(tag::SEQUENCE)?.content;
        let key = bits(key_info.expect(tag::BIT_STRING)?.content)?;
        let mut extensions: &[u8] = &[];
        while let Some(more) = inner.next() {
            if more.tag == tag::EXTENSIONS {
                extensions = Reader(more.content).expect(tag::SEQUENCE)?.content;
            }
        }
        Some(Self {
            version,
            issuer,
            subject,
            not_before_s,
            not_after_s,
            signed: signed.whole,
            signature_algorithm,
            signature,
            key_algorithm,
            key,
            extensions,
        })
    }

    /// Whether its owner signed it: a root, or a certificate on its own.
    pub fn is_self_issued(&self) -> bool {
        self.issuer == self.subject
    }

    /// Whether its key made `signature` over `message` with `algorithm`.
    pub fn key_made(
        &self,
        algorithm: &dyn SignatureVerificationAlgorithm,
        message: &[u8],
        signature: &[u8],
    ) -> bool {
        *algorithm.public_key_alg_id() == *self.key_algorithm
            && algorithm.verify_signature(self.key, message, signature).is_ok()
    }

    /// Whether `signer` signed it, with one of these algorithms.
    pub fn is_signed_by(
        &self,
        signer: &Certificate<'_>,
        algorithms: &[&dyn SignatureVerificationAlgorithm],
    ) -> bool {
        algorithms
            .iter()
            .filter(|algorithm| *algorithm.signature_alg_id() == *self.signature_algorithm)
            .any(|algorithm| signer.key_made(*algorithm, self.signed, self.signature))
    }

    /// The names in subjectAltName; none if there is no such extension.
    pub fn alternatives(&self) -> Vec<Alternative<'a>> {
        let names = self.extension(SUBJECT_ALT_NAME).and_then(|value| Reader(value).expect(tag::SEQUENCE));
        let mut names = Reader(names.map_or(&[], |names| names.content));
        std::iter::from_fn(|| names.next())
            .filter_map(|name| match name.tag {
                tag::DNS_NAME => Some(Alternative::Dns(name.content)),
                tag::IP_ADDRESS => Some(Alternative::Ip(name.content)),
                _ => None,
            })
            .collect()
    }

    /// The first common name of the subject.
    pub fn common_name(&self) -> Option<&'a [u8]> {
        let mut parts = Reader(Reader(self.subject).expect(tag::SEQUENCE)?.content);
        while let Some(part) = parts.optional(tag::SET) {
            let mut attributes = Reader(part.content);
            while let Some(attribute) = attributes.optional(tag::SEQUENCE) {
                let mut attribute = Reader(attribute.content);
                if attribute.expect(tag::OBJECT_ID)?.content == COMMON_NAME {
                    let value = attribute.next()?;
                    let is_text = [tag::UTF8_STRING, tag::PRINTABLE_STRING, tag::IA5_STRING, tag::T61_STRING]
                        .contains(&value.tag);
                    return is_text.then_some(value.content);
                }
            }
        }
        None
    }

    fn extension(&self, wanted: &[u8]) -> Option<&'a [u8]> {
        let mut extensions = Reader(self.extensions);
        while let Some(extension) = extensions.optional(tag::SEQUENCE) {
            let mut extension = Reader(extension.content);
            let id = extension.expect(tag::OBJECT_ID)?.content;
            extension.optional(tag::BOOLEAN); // critical
            let value = extension.expect(tag::OCTET_STRING)?.content;
            if id == wanted {
                return Some(value);
            }
        }
        None
    }
}

/// The hash of a certificate that binds a login to this very connection (`tls-server-end-point`, RFC 5929): with the hash
/// function of its signature, but SHA-256 instead of MD5 and SHA-1. None where the RFC knows none, as for Ed25519.
pub fn end_point_hash(der: &[u8]) -> Option<Vec<u8>> {
    let certificate = Certificate::parse(der)?;
    let mut algorithm = Reader(certificate.signature_algorithm);
    let id = algorithm.expect(tag::OBJECT_ID)?.content;
    let hash = match id {
        // 1.2.840.113549.1.1.10 RSASSA-PSS names its hash function in parameters, of which the default is SHA-1.
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a] => {
            const HASH_ALGORITHM: u8 = 0xa0;
            let mut parameters = Reader(algorithm.expect(tag::SEQUENCE)?.content);
            match parameters.optional(HASH_ALGORITHM) {
                None => Hash::Sha256,
                Some(hash) => {
                    let mut hash = Reader(Reader(hash.content).expect(tag::SEQUENCE)?.content);
                    Hash::named(hash.expect(tag::OBJECT_ID)?.content)?
                }
            }
        }
        // 1.2.840.113549.1.1.n: RSA, PKCS #1
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, which] => match which {
            4 | 5 | 11 => Hash::Sha256,
            12 => Hash::Sha384,
            13 => Hash::Sha512,
            14 => Hash::Sha224,
            _ => return None,
        },
        // 1.2.840.10045.4.1: ECDSA with SHA-1; 1.2.840.10045.4.3.n: with SHA-2
        [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x01] => Hash::Sha256,
        [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, which] => match which {
            1 => Hash::Sha224,
            2 => Hash::Sha256,
            3 => Hash::Sha384,
            4 => Hash::Sha512,
            _ => return None,
        },
        _ => return None,
    };
    Some(match hash {
        Hash::Sha224 => Sha224::digest(der).to_vec(),
        Hash::Sha256 => Sha256::digest(der).to_vec(),
        Hash::Sha384 => Sha384::digest(der).to_vec(),
        Hash::Sha512 => Sha512::digest(der).to_vec(),
    })
}

enum Hash {
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    /// By object identifier; SHA-1 counts as SHA-256, see above.
    fn named(id: &[u8]) -> Option<Self> {
        match id {
            [0x2b, 0x0e, 0x03, 0x02, 0x1a] => Some(Self::Sha256),
            [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, which] => match which {
                1 => Some(Self::Sha256),
                2 => Some(Self::Sha384),
                3 => Some(Self::Sha512),
                4 => Some(Self::Sha224),
                _ => None,
            },
            _ => None,
        }
    }
}

/// An element of DER.
#[derive(Clone, Copy)]
struct Element<'a> {
    tag: u8,
    content: &'a [u8],
    /// With tag and length.
    whole: &'a [u8],
}

/// What is left to read.
#[derive(Clone, Copy)]
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<Element<'a>> {
        let all = self.0;
        let (&[tag, first], rest) = all.split_first_chunk::<2>()?;
        // Lengths below 128 stand in one byte; above, it tells how many follow.
        let (length, rest) = match first {
            0..=0x7f => (usize::from(first), rest),
            0x81..=0x83 => {
                let (length, rest) = rest.split_at_checked(usize::from(first - 0x80))?;
                (length.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)), rest)
            }
            _ => return None,
        };
        let (content, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some(Element { tag, content, whole: &all[..all.len() - rest.len()] })
    }

    fn expect(&mut self, tag: u8) -> Option<Element<'a>> {
        self.next().filter(|element| element.tag == tag)
    }

    /// The next element if it has this tag.
    fn optional(&mut self, tag: u8) -> Option<Element<'a>> {
        let mut ahead = *self;
        let found = ahead.expect(tag)?;
        *self = ahead;
        Some(found)
    }
}

/// The content of a BIT STRING of whole bytes.
fn bits(content: &[u8]) -> Option<&[u8]> {
    content.split_first().filter(|(unused, _)| **unused == 0).map(|(_, bytes)| bytes)
}

/// Seconds since 1970: `YYMMDDhhmmssZ` from 1950 to 2049, or `YYYYMMDDhhmmssZ`.
fn time(element: Element<'_>) -> Option<i64> {
    let digits = element.content.strip_suffix(b"Z")?;
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number = |at: usize, length: usize| -> Option<u32> {
        Some(digits.get(at..at + length)?.iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0')))
    };
    let (year, rest) = match (element.tag, digits.len()) {
        (tag::UTC_TIME, 12) => (number(0, 2)? + if number(0, 2)? < 50 { 2000 } else { 1900 }, 2),
        (tag::GENERALIZED_TIME, 14) => (number(0, 4)?, 4),
        _ => return None,
    };
    let part = |index: usize| number(rest + 2 * index, 2);
    civil::seconds(i64::from(year), part(0)?, part(1)?, part(2)?, part(3)?, part(4)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time_of(tag: u8, content: &[u8]) -> Option<i64> {
        time(Element { tag, content, whole: content })
    }

    #[test]
    fn times() {
        assert_eq!(time_of(tag::UTC_TIME, b"700101000000Z"), Some(0));
        assert_eq!(time_of(tag::UTC_TIME, b"491231235959Z"), civil::seconds(2049, 12, 31, 23, 59, 59));
        assert_eq!(time_of(tag::GENERALIZED_TIME, b"20500101000000Z"), civil::seconds(2050, 1, 1, 0, 0, 0));
        for wrong in ["700101000000", "7001010000Z", "70-101000000Z", "701301000000Z", ""] {
            assert_eq!(time_of(tag::UTC_TIME, wrong.as_bytes()), None, "{wrong}");
        }
    }

    #[test]
    fn lengths() {
        let mut long = vec![tag::SEQUENCE, 0x82, 0x01, 0x00];
        long.extend([7; 256]);
        assert_eq!(Reader(&long).next().map(|element| element.content.len()), Some(256));
        long.pop();
        assert!(Reader(&long).next().is_none(), "cut short");
        assert!(Reader(&[tag::SEQUENCE, 0x80]).next().is_none(), "DER has no open ends");
        assert!(Reader(&[tag::SEQUENCE]).next().is_none());
    }

    #[test]
    fn what_is_no_certificate() {
        const VERSION_256: &[u8] = b"\x30\x0c\x30\x05\xa0\x03\x02\x01\xff\x30\x00\x03\x01\x00";
        for bytes in [&b""[..], b"\x30\x00", b"\x30\x03\x30\x01\x00", &[0x30; 64], VERSION_256] {
            assert!(Certificate::parse(bytes).is_none());
            assert!(end_point_hash(bytes).is_none());
        }
    }
}

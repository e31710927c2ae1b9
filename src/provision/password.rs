//! The password: made at random, kept by the server as SCRAM and in clear in one file only.

use crate::error::{Error, Result};
use crate::limits::PASSWORD_CHARACTERS;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// What a password is made of: nothing that a shell, a file or a person could misread. As many as a power of two.
const ALPHABET: &[u8; 32] = b"23456789abcdefghijkmnpqrstuvwxyz";

/// A new password.
pub fn random() -> Result<String> {
    let path = Path::new("/dev/urandom");
    let mut bytes = [0; PASSWORD_CHARACTERS];
    File::open(path).and_then(|mut file| file.read_exact(&mut bytes)).map_err(Error::file("read", path))?;
    Ok(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect())
}

/// What the server is to keep of a password.
pub fn verifier(password: &str) -> String {
    postgres_protocol::password::scram_sha_256(password.as_bytes())
}

/// Whether the server keeps it as SCRAM.
pub fn is_scram(verifier: &str) -> bool {
    verifier.starts_with("SCRAM-SHA-256$")
}

/// Whether what the server keeps is of this password and role.
pub fn fits(verifier: &str, password: &str, role: &str) -> bool {
    if is_scram(verifier) {
        fits_scram(verifier, password).unwrap_or(false)
    } else {
        postgres_protocol::password::md5(password.as_bytes(), role) == verifier
    }
}

/// `SCRAM-SHA-256$ITERATIONS:SALT$STORED_KEY:SERVER_KEY`, as in RFC 5803. None if it is not.
fn fits_scram(verifier: &str, password: &str) -> Option<bool> {
    let (parameters, keys) = verifier.strip_prefix("SCRAM-SHA-256$")?.split_once('$')?;
    let (iterations, salt) = parameters.split_once(':')?;
    let (stored_key, _) = keys.split_once(':')?;
    let mut block = BASE64.decode(salt).ok()?;
    block.extend([0, 0, 0, 1]);
    // As the server and its clients do, which take what can't be prepared as it is.
    let password = stringprep::saslprep(password).unwrap_or(Cow::Borrowed(password));
    let mut round = sign(password.as_bytes(), &block)?;
    let mut salted = round;
    for _ in 1..iterations.parse::<u32>().ok()? {
        round = sign(password.as_bytes(), &round)?;
        salted.iter_mut().zip(round).for_each(|(all, one)| *all ^= one);
    }
    let client_key = sign(&salted, b"Client Key")?;
    Some(BASE64.encode(Sha256::digest(client_key)) == stored_key)
}

fn sign(key: &[u8], text: &[u8]) -> Option<[u8; 32]> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).ok()?;
    mac.update(text);
    Some(mac.finalize().into_bytes().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verifier_fits_its_password_only() {
        let verifier = verifier("a password");
        assert!(is_scram(&verifier) && fits(&verifier, "a password", "xtelem"));
        // A soft hyphen counts nothing, a ligature is its letters.
        let prepared = super::verifier("of\u{ad}\u{fb01}ce");
        assert!(fits(&prepared, "of\u{ad}\u{fb01}ce", "xtelem") && fits(&prepared, "office", "xtelem"));
        assert!(!fits(&verifier, "another", "xtelem") && !fits("SCRAM-SHA-256$x", "a", "xtelem"));
        // md5('secret' || 'xtelem'), as older servers keep it.
        let md5 = postgres_protocol::password::md5(b"secret", "xtelem");
        assert!(fits(&md5, "secret", "xtelem") && !fits(&md5, "secret", "other"));
    }

    #[test]
    fn passwords_are_long_plain_and_never_the_same() {
        let (one, other) = (random().unwrap(), random().unwrap());
        assert!(one != other && one.len() == PASSWORD_CHARACTERS);
        assert!(one.bytes().all(|byte| ALPHABET.contains(&byte)));
    }
}

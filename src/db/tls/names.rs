//! Whether a certificate is for the host that was asked for. The rules are libpq's (documentation of PostgreSQL 15,
//! section 34.19.1).

use super::certificate::{Alternative, Certificate};
use std::net::IpAddr;

/// An error that tells the certificate's names if none of them is `host`.
pub fn check(certificate: &Certificate<'_>, host: &str) -> Result<(), String> {
    let address: Option<IpAddr> = host.parse().ok();
    let alternatives = certificate.alternatives();
    let common_name = certificate.common_name().filter(|_| {
        // A subjectAltName of the host's kind makes the common name count no more.
        !alternatives.iter().any(|name| match name {
            Alternative::Dns(_) => address.is_none(),
            Alternative::Ip(_) => address.is_some(),
        })
    });
    let is_for_host = |name: &Alternative<'_>| match name {
        Alternative::Dns(name) => matches(name, host, address.is_some()),
        Alternative::Ip(bytes) => address.is_some_and(|address| match address {
            IpAddr::V4(address) => *bytes == address.octets(),
            IpAddr::V6(address) => *bytes == address.octets(),
        }),
    };
    if alternatives.iter().any(is_for_host)
        || common_name.is_some_and(|name| matches(name, host, address.is_some()))
    {
        return Ok(());
    }
    let mut names: Vec<String> = alternatives.iter().map(shown).collect();
    names.extend(common_name.map(|name| String::from_utf8_lossy(name).into_owned()));
    Err(if names.is_empty() { "no host".into() } else { names.join(", ") })
}

/// Letters of either case; `*.` at the start stands for one part of the name, but of no address.
fn matches(pattern: &[u8], host: &str, is_address: bool) -> bool {
    if pattern.contains(&0) {
        return false;
    }
    if pattern.eq_ignore_ascii_case(host.as_bytes()) {
        return true;
    }
    let (Some(pattern), Some((first, rest))) = (pattern.strip_prefix(b"*."), host.split_once('.')) else {
        return false;
    };
    !is_address && !pattern.is_empty() && !first.is_empty() && pattern.eq_ignore_ascii_case(rest.as_bytes())
}

fn shown(name: &Alternative<'_>) -> String {
    match name {
        Alternative::Dns(name) => String::from_utf8_lossy(name).into_owned(),
        Alternative::Ip(bytes) => match (<[u8; 4]>::try_from(*bytes), <[u8; 16]>::try_from(*bytes)) {
            (Ok(bytes), _) => IpAddr::from(bytes).to_string(),
            (_, Ok(bytes)) => IpAddr::from(bytes).to_string(),
            _ => "a broken address".into(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn names_and_wildcards() {
        for (pattern, host, fits) in [
            ("aoc", "aoc", true),
            ("AOC.example", "aoc.Example", true),
            ("*.example", "aoc.example", true),
            ("*.example", "a.b.example", false),
            ("*.example", "example", false),
            ("*.example", ".example", false),
            ("*.", "aoc.", false),
            ("*", "aoc", false),
            ("a*.example", "aoc.example", false),
            ("aoc", "aoc.example", false),
            ("aoc\0.evil", "aoc", false),
            ("aoc\0", "aoc\0", false),
        ] {
            assert_eq!(matches(pattern.as_bytes(), host, false), fits, "{pattern} {host}");
        }
        assert!(matches(b"127.0.0.1", "127.0.0.1", true));
        assert!(!matches(b"*.0.0.1", "127.0.0.1", true));
    }
}

//! Certificates for tests, made by the `openssl` program: an authority, and what it vouches for.

use super::folder::Folder;
use std::path::PathBuf;
use std::process::Command;

/// A certificate and its key, as PEM files.
#[derive(Clone, Debug)]
pub struct Pair {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

/// A folder of certificates.
pub struct Office {
    folder: Folder,
}

/// An extension of certificates of authorities.
pub const AUTHORITY: &str = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n";

const ELLIPTIC: &[&str] = &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];

impl Office {
    pub fn new() -> Self {
        Self { folder: Folder::new() }
    }

    /// An authority with a key like this, or on the curve P-256.
    pub fn authority(&self, name: &str, key: &[&str]) -> Pair {
        self.impostor(name, name, key)
    }

    /// An authority that calls itself like another one, in files of a name of its own.
    pub fn impostor(&self, file: &str, name: &str, key: &[&str]) -> Pair {
        let pair = self.key(file, key);
        self.openssl(
            &["req", "-x509", "-days", "30", "-subj", &format!("/CN={name}"), "-extensions", "ext"],
            &pair,
            &format!("[req]\ndistinguished_name=dn\n[dn]\n[ext]\n{AUTHORITY}"),
            "-config",
        );
        pair
    }

    /// The same authority as it was, with a certificate that is no longer valid.
    pub fn expired(&self, pair: &Pair) -> Pair {
        let certificate = self.folder.join("expired-authority.crt");
        let mut sign = Command::new("openssl");
        sign.args(["x509", "-days", "-1", "-in"]).arg(&pair.certificate).arg("-signkey").arg(&pair.key);
        run(sign.arg("-out").arg(&certificate));
        Pair { certificate, key: pair.key.clone() }
    }

    /// A certificate on its own, as `openssl req -x509` makes it.
    pub fn self_signed(&self, name: &str, host: &str) -> Pair {
        let pair = self.key(name, ELLIPTIC);
        let config = format!("[req]\ndistinguished_name=dn\n[dn]\n[ext]\n{AUTHORITY}");
        let subject = format!("/CN={host}");
        self.openssl(
            &["req", "-x509", "-days", "30", "-subj", &subject, "-extensions", "ext"],
            &pair,
            &config,
            "-config",
        );
        pair
    }

    /// A certificate for a common name with extensions in OpenSSL's words; version 1 without any. `more` are options of
    /// `openssl x509 -req`.
    pub fn certificate(
        &self,
        issuer: &Pair,
        name: &str,
        common_name: &str,
        extensions: &str,
        more: &[&str],
    ) -> Pair {
        self.certificate_with_key(issuer, name, common_name, extensions, more, ELLIPTIC)
    }

    /// The same with another key.
    pub fn certificate_with_key(
        &self,
        issuer: &Pair,
        name: &str,
        common_name: &str,
        extensions: &str,
        more: &[&str],
        key: &[&str],
    ) -> Pair {
        let pair = self.key(name, key);
        let request = self.folder.join(format!("{name}.csr"));
        let config = self.folder.write("request.conf", "[req]\ndistinguished_name=dn\n[dn]\n");
        run(Command::new("openssl")
            .args(["req", "-new", "-subj", &format!("/CN={common_name}"), "-config"])
            .arg(config)
            .arg("-key")
            .arg(&pair.key)
            .arg("-out")
            .arg(&request));
        let mut sign = Command::new("openssl");
        sign.args(["x509", "-req", "-set_serial", "7", "-in"]).arg(&request);
        sign.arg("-CA").arg(&issuer.certificate).arg("-CAkey").arg(&issuer.key);
        sign.arg("-out").arg(&pair.certificate).args(more);
        if !more.contains(&"-days") {
            sign.args(["-days", "30"]);
        }
        if !extensions.is_empty() {
            sign.arg("-extfile").arg(self.folder.write("extensions.conf", extensions));
        }
        run(&mut sign);
        pair
    }

    /// Puts a certificate behind another one's in its file: what a server sends as its chain.
    pub fn append(&self, pair: &Pair, behind: &Pair) {
        let mut chain = std::fs::read(&pair.certificate).expect("a certificate");
        chain.extend(std::fs::read(&behind.certificate).expect("a certificate"));
        std::fs::write(&pair.certificate, chain).expect("a chain");
    }

    fn key(&self, name: &str, options: &[&str]) -> Pair {
        let options = if options.is_empty() { ELLIPTIC } else { options };
        let pair = Pair {
            certificate: self.folder.join(format!("{name}.crt")),
            key: self.folder.join(format!("{name}.key")),
        };
        run(Command::new("openssl").arg("genpkey").args(options).arg("-out").arg(&pair.key));
        pair
    }

    fn openssl(&self, arguments: &[&str], pair: &Pair, config: &str, config_option: &str) {
        let config = self.folder.write("openssl.conf", config);
        run(Command::new("openssl")
            .args(arguments)
            .arg(config_option)
            .arg(config)
            .arg("-key")
            .arg(&pair.key)
            .arg("-out")
            .arg(&pair.certificate));
    }
}

fn run(command: &mut Command) {
    let output =
        command.output().expect("openssl is needed: apt-get install openssl, or dnf install openssl");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

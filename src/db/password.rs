//! Where the password comes from: `$XTELEMDB_PASSWORD`, else the password file, else `~/.pgpass`.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// A password if one was found, and what was tried in vain, for the message when the server asks for one.
pub(super) struct Found {
    pub password: Option<String>,
    pub tried: String,
}

/// Looks for the password of this role at this server.
pub(super) fn find(settings: &crate::config::Database) -> Found {
    if let Ok(password) = std::env::var("XTELEMDB_PASSWORD") {
        return Found { password: Some(password), tried: String::new() };
    }
    let file = &settings.password_file;
    // The handbook's words, so that what it says about this message can be found.
    let mut tried = format!("Tried to get password from {}", file.display());
    match std::fs::read_to_string(file) {
        Ok(text) => {
            warn_if(is_shared, file, "o=");
            let line = text.lines().next().unwrap_or_default().to_owned();
            return Found { password: Some(line), tried: String::new() };
        }
        Err(e) => {
            tried = format!("{tried}: {e}");
            if e.kind() != std::io::ErrorKind::NotFound {
                log::warn!("{tried}");
            }
        }
    }
    let pgpass = pgpass_path();
    if let Some(path) = &pgpass {
        // As the client programs of PostgreSQL want it.
        warn_if(|mode| mode & 0o077 != 0, path, "600");
    }
    let password = pgpass.as_deref().and_then(|path| std::fs::read_to_string(path).ok()).and_then(|text| {
        in_pgpass(&text, &[&settings.host, &settings.port.to_string(), &settings.database, &settings.user])
    });
    if let (None, Some(path)) = (&password, pgpass) {
        tried = format!("{tried}; no line for it in {}", path.display());
    }
    Found { password, tried }
}

/// Whether everybody on the machine can read a password file of these permissions. Its group may: it is given one on
/// purpose (`provision --group`).
pub fn is_shared(mode: u32) -> bool {
    mode & 0o007 != 0
}

/// Says so if more people than should be can read a file of passwords.
fn warn_if(is_shared: impl Fn(u32) -> bool, path: &Path, mend: &str) {
    let Ok(there) = std::fs::metadata(path) else { return };
    if there.is_file() && is_shared(there.mode()) {
        let path = path.display();
        log::warn!("others can read the password in {path}: chmod {mend} {path}");
    }
}

fn pgpass_path() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("PGPASSFILE") {
        return Some(path.into());
    }
    Some(Path::new(&std::env::var_os("HOME")?).join(".pgpass"))
}

/// The password of the first line whose four fields are `*` or the ones wanted. A socket folder also goes by `localhost`.
fn in_pgpass(text: &str, wanted: &[&str; 4]) -> Option<String> {
    text.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let fields = split_fields(line);
        let [host, port, database, user, password] = <[String; 5]>::try_from(fields).ok()?;
        let host_fits =
            host == "*" || host == wanted[0] || (wanted[0].starts_with('/') && host == "localhost");
        let fits = |field: &str, wanted: &str| field == "*" || field == wanted;
        (host_fits && fits(&port, wanted[1]) && fits(&database, wanted[2]) && fits(&user, wanted[3]))
            .then_some(password)
    })
}

/// Splits at colons; a backslash takes the next character as it is. The password is what stands behind the fourth colon.
fn split_fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        let taken = match character {
            ':' if fields.len() < 5 => {
                fields.push(String::new());
                continue;
            }
            '\\' => characters.next(),
            other => Some(other),
        };
        if let (Some(field), Some(taken)) = (fields.last_mut(), taken) {
            field.push(taken);
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::in_pgpass;

    #[test]
    fn the_first_line_that_fits_counts() {
        let text = "# comment\naoc:5432:xtelem:other:no\naoc:*:xtelem:xtelem:a\\:b\\\\c\n*:*:*:*:last\n";
        assert_eq!(in_pgpass(text, &["aoc", "5432", "xtelem", "xtelem"]).as_deref(), Some("a:b\\c"));
        assert_eq!(in_pgpass(text, &["rtc", "5432", "xtelem", "xtelem"]).as_deref(), Some("last"));
        assert_eq!(in_pgpass("localhost:5432:d:u:p", &["/run/x", "5432", "d", "u"]).as_deref(), Some("p"));
        assert_eq!(in_pgpass("short:line", &["short", "line", "", ""]), None);
    }
}

//! Servers as packages of Debian and Rocky leave them, for `provision`.

use super::postgres::Postgres;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// The name of the account that runs a test's server.
pub fn account(server: &Postgres) -> String {
    let uid = std::fs::metadata(server.data()).expect("the data folder").uid();
    let passwd = std::fs::read_to_string("/etc/passwd").expect("accounts");
    let entry = passwd.lines().map(|line| line.split(':').collect::<Vec<_>>());
    entry.into_iter().find(|fields| fields[2] == uid.to_string()).expect("the account")[0].to_owned()
}

/// Makes the role that packages give the account; returns its name.
pub fn superuser(server: &Postgres) -> String {
    let account = account(server);
    server
        .client()
        .batch_execute(&format!("CREATE ROLE \"{account}\" SUPERUSER LOGIN"))
        .expect("a superuser");
    account
}

/// Gives a file or folder to the account that runs a server.
pub fn give(server: &Postgres, path: &Path) {
    let owner = std::fs::metadata(server.data()).expect("the data folder");
    std::os::unix::fs::chown(path, Some(owner.uid()), Some(owner.gid())).expect("given");
}

//! What `setup`, `reset` and `provision` take on the command line.

use super::Command;
use super::read::{Owned, file_behind, said_by_parser};
use crate::provision::Request;
use crate::report::escape::Escaped;

/// What `setup` takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SetupArgs {
    /// Whether to bring the tables of the Python program to today's form.
    pub upgrade: bool,
    /// Whether to print the SQL instead of doing anything.
    pub dry_run: bool,
}

/// What `reset` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResetArgs {
    /// How much goes.
    pub level: Level,
    /// Whether to go on without asking.
    pub yes: bool,
    /// Whether to go on while something loads.
    pub force: bool,
    /// Whether to print the SQL instead of doing anything.
    pub dry_run: bool,
}

/// How much a reset removes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The rows.
    Rows = 1,
    /// The tables and the view.
    Tables = 2,
    /// The database and its roles.
    Database = 3,
}

/// What `provision` takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProvisionArgs {
    /// What is to be there.
    pub request: Request,
    /// Whether to print what would be done.
    pub dry_run: bool,
}

/// The options of these commands as they are met.
#[derive(Default)]
pub(super) struct Given {
    pub yes: bool,
    upgrade: bool,
    pub dry_run: bool,
    force: bool,
    level: Option<Level>,
    provision: Request,
}

impl Given {
    /// Takes an option if it is one of these.
    pub fn take(&mut self, name: &str, parser: &mut lexopt::Parser) -> Result<bool, String> {
        let mut text = |what: &str| -> Result<String, String> {
            let value = parser.value().map_err(said_by_parser)?;
            value.into_string().ok().filter(|text| !text.is_empty()).ok_or(format!("--{name} needs {what}"))
        };
        let provision = &mut self.provision;
        match name {
            "upgrade" => self.upgrade = true,
            "dry-run" => self.dry_run = true,
            "force" => self.force = true,
            "yes" => self.yes = true,
            "level" => self.level = Some(level(&text("1, 2 or 3")?)?),
            "network" => provision.networks.push(network(&text("a network as 192.168.0.0/24")?)?),
            "listen" => provision.listen = Some(text("addresses, or *")?),
            "tablespace" => provision.tablespace = Some(file_behind(parser)?),
            "tablespace-name" => provision.tablespace_name = Some(text("a name")?),
            "owner" => provision.owner = Some(text("the name of a user")?),
            "group" => provision.group = Some(text("the name of a group")?),
            "mode" => provision.mode = Some(mode(&text("permissions as 0640")?)?),
            "rotate-password" => provision.rotate_password = true,
            "no-sudo" => provision.no_sudo = true,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// What of these was given, and whose it is.
    pub fn owned(&self) -> [Owned; 14] {
        use Command::{Personal, Provision, Reset, Setup};
        let provision = &self.provision;
        [
            (self.yes, "--yes", &[Personal, Reset]),
            (self.upgrade, "--upgrade", &[Setup]),
            (self.dry_run, "--dry-run", &[Setup, Reset, Provision, Personal]),
            (self.force, "--force", &[Reset]),
            (self.level.is_some(), "--level", &[Reset]),
            (!provision.networks.is_empty(), "--network", &[Provision]),
            (provision.listen.is_some(), "--listen", &[Provision]),
            (provision.tablespace.is_some(), "--tablespace", &[Provision]),
            (provision.tablespace_name.is_some(), "--tablespace-name", &[Provision]),
            (provision.owner.is_some(), "--owner", &[Provision]),
            (provision.group.is_some(), "--group", &[Provision]),
            (provision.mode.is_some(), "--mode", &[Provision]),
            (provision.rotate_password, "--rotate-password", &[Provision]),
            (provision.no_sudo, "--no-sudo", &[Provision]),
        ]
    }

    pub fn setup(&self) -> SetupArgs {
        SetupArgs { upgrade: self.upgrade, dry_run: self.dry_run }
    }

    pub fn reset(&self) -> Result<ResetArgs, String> {
        let level = self.level.ok_or(
            "reset needs --level: 1 empties the tables, 2 drops them, 3 drops the database and its roles",
        )?;
        Ok(ResetArgs { level, yes: self.yes, force: self.force, dry_run: self.dry_run })
    }

    pub fn provision(&mut self) -> Result<ProvisionArgs, String> {
        let request = std::mem::take(&mut self.provision);
        let for_all = [
            (!request.networks.is_empty(), "--network"),
            (request.listen.is_some(), "--listen"),
            (request.owner.is_some(), "--owner"),
            (request.group.is_some(), "--group"),
            (request.mode.is_some(), "--mode"),
            (request.rotate_password, "--rotate-password"),
        ];
        if let Some((_, option)) = for_all.iter().find(|(given, _)| *given && request.no_sudo) {
            return Err(format!(
                "{option} makes no sense with --no-sudo: one's own server is reached over its socket, without a password"
            ));
        }
        if request.tablespace_name.is_some() && request.tablespace.is_none() {
            return Err("--tablespace-name needs --tablespace, its folder".into());
        }
        Ok(ProvisionArgs { request, dry_run: self.dry_run })
    }
}

fn level(text: &str) -> Result<Level, String> {
    match text {
        "1" => Ok(Level::Rows),
        "2" => Ok(Level::Tables),
        "3" => Ok(Level::Database),
        _ => Err(format!("--level is 1, 2 or 3, not {}", Escaped(text))),
    }
}

/// An address with the length of its prefix. What stands in `pg_hba.conf` comes from here, so nothing else gets through.
fn network(text: &str) -> Result<String, String> {
    let parts = text.split_once('/').and_then(|(address, length)| {
        Some((address.parse::<std::net::IpAddr>().ok()?, length.parse::<u8>().ok()?))
    });
    match parts {
        Some((address, length)) if length <= if address.is_ipv4() { 32 } else { 128 } => {
            Ok(format!("{address}/{length}"))
        }
        _ => Err(format!("--network: {} is no network as 192.168.0.0/24 or fd00::/64", Escaped(text))),
    }
}

fn mode(text: &str) -> Result<u32, String> {
    let digits = text.strip_prefix("0o").unwrap_or(text);
    match u32::from_str_radix(digits, 8) {
        Ok(mode) if mode & 0o400 != 0 && mode & !0o660 == 0 => Ok(mode),
        Ok(mode) if mode & 0o007 != 0 => {
            Err(format!("--mode {}: everybody could read the password", Escaped(text)))
        }
        _ => Err(format!("--mode: {} is no mode as 0600 or 0640", Escaped(text))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_networks() {
        assert_eq!(network("192.168.0.0/24").unwrap(), "192.168.0.0/24");
        assert_eq!(network("fd00::0/64").unwrap(), "fd00::/64");
        for wrong in ["192.168.0.0", "aoc", "10.0.0.0/33", "10.0.0.0/8 trust", "all", "::/129"] {
            assert!(network(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_password_is_for_its_owner_and_perhaps_a_group() {
        assert_eq!((mode("0640").unwrap(), mode("600").unwrap()), (0o640, 0o600));
        for wrong in ["0644", "640x", "0200", "0770", ""] {
            assert!(mode(wrong).is_err(), "{wrong}");
        }
    }
}

//! The password in the server and in its file: made, rotated, or brought together again.
//!
//! The new file is complete, under another name, before the server learns the password; the file takes its place right
//! after. When that fails the server gets back what it had. When the machine dies in between, the next run finds the
//! file that fits, and finishes.

use super::Request;
use super::files::{self, Access};
use super::password;
use crate::account;
use crate::config::Database;
use crate::db::provision as server;
use crate::error::{Error, Result};
use postgres::Client;
use std::path::{Path, PathBuf};

/// The account that reads the password file, where there is one.
const READING_ACCOUNT: &str = "xsup";

/// What is to be done about the password.
#[derive(Debug)]
pub(super) struct Plan {
    /// In words.
    pub what: String,
    file: PathBuf,
    access: Access,
    step: Step,
    /// What the server keeps now.
    verifier_before: Option<String>,
}

#[derive(Debug)]
enum Step {
    /// A new one, for both.
    New,
    /// The server gets that of the file, as SCRAM.
    FromFile(String),
    /// The file that was left beside takes its place: the server knows its password already.
    Finish,
    /// Only owner, group or permissions of the file.
    Access,
}

/// Looks at both sides. Nothing if they agree.
pub(super) fn plans(request: &Request, settings: &Database, verifier: Option<&str>) -> Result<Vec<Plan>> {
    let file = settings.password_file.clone();
    let access = access(request, &file)?;
    let first_line = |path: &Path| match files::text(path) {
        Ok(text) => Ok(text.map(|text| text.lines().next().unwrap_or_default().to_owned())),
        // What is to be replaced need not be readable.
        Err(_) if request.rotate_password => Ok(None),
        Err(error) => Err(error),
    };
    let (there, beside) = (first_line(&file)?, first_line(&files::beside(&file))?);
    let fits = |password: &Option<String>| match (password, verifier) {
        (Some(password), Some(verifier)) => password::fits(verifier, password, &settings.user),
        _ => false,
    };
    let mut steps = Vec::new();
    if fits(&there) {
        match (verifier.is_some_and(password::is_scram), Access::of(&file)? == access) {
            (true, true) => {}
            (true, false) => steps.push(Step::Access),
            (false, _) => steps.push(Step::FromFile(there.unwrap_or_default())),
        }
    } else if fits(&beside) {
        // Also before a new one is made: if that fails, this is the only place where the password stands.
        steps.push(Step::Finish);
    } else if !request.rotate_password {
        match (verifier, there) {
            (None, Some(password)) if !password.is_empty() => steps.push(Step::FromFile(password)),
            (None, _) => steps.push(Step::New),
            (Some(_), there) => return Err(disagree(settings, there.is_some())),
        }
    }
    if request.rotate_password {
        steps.retain(|step| matches!(step, Step::Finish));
        steps.push(Step::New);
    }
    let plan = |step: Step| Plan {
        what: format!("{}: role {}, {}", step.what(), settings.user, file.display()),
        file: file.clone(),
        access,
        step,
        verifier_before: verifier.map(str::to_owned),
    };
    Ok(steps.into_iter().map(plan).collect())
}

impl Step {
    /// In words.
    fn what(&self) -> &'static str {
        match self {
            Self::New => "a random password, in the server and in the file",
            Self::FromFile(_) => "the file's password in the server, as SCRAM",
            Self::Finish => "the new password's file, which an earlier run left beside its place",
            Self::Access => "owner, group and permissions of the password file",
        }
    }
}

fn disagree(settings: &Database, has_file: bool) -> Error {
    let (user, file) = (&settings.user, settings.password_file.display());
    let found = match has_file {
        true => format!("the password in {file} is not that of role {user}"),
        false => format!("role {user} has a password, and {file} is not there"),
    };
    Error::Failed(format!(
        "{found}. Put the right one there (from another instrument computer), or make a new one for both with \
         --rotate-password; the other computers then need the new file. Nothing was changed"
    ))
}

/// Whose the file is to be: as asked for, else as it is, else the reading account's.
fn access(request: &Request, file: &Path) -> Result<Access> {
    let there = if file.exists() { Some(Access::of(file)?) } else { None };
    let owner = match &request.owner {
        Some(name) => Some(
            account::ids(name)
                .ok_or_else(|| Error::Usage(format!("--owner {name}: there is no such account")))?,
        ),
        None if there.is_none() && account::is_root() => account::ids(READING_ACCOUNT),
        None => None,
    };
    let (uid, gid) = match (owner, there) {
        (Some(ids), _) => ids,
        (None, Some(there)) => (there.uid, there.gid),
        (None, None) => account::own_ids(),
    };
    let gid = match &request.group {
        Some(name) => account::group_id(name)
            .ok_or_else(|| Error::Usage(format!("--group {name}: there is no such group")))?,
        None => gid,
    };
    let mode = request.mode.or(there.map(|there| there.mode)).unwrap_or(0o600);
    Ok(Access { uid, gid, mode })
}

impl Plan {
    /// The changes without the password.
    pub fn text(&self, role: &str) -> String {
        let statement = server::set_verifier(role, "SCRAM-SHA-256$...");
        let (file, beside) = (self.file.display(), files::beside(&self.file));
        let Access { uid, gid, mode } = self.access;
        match &self.step {
            Step::New => format!(
                "write {beside} (user {uid}, group {gid}, mode {mode:04o})\n{statement}\nmv {beside} {file}",
                beside = beside.display()
            ),
            Step::FromFile(_) => statement,
            Step::Finish => format!("mv {} {file}", beside.display()),
            Step::Access => format!("chown {uid}:{gid} {file} && chmod {mode:04o} {file}"),
        }
    }

    pub fn carry_out(&self, client: &mut Client, role: &str) -> Result<()> {
        let beside = files::beside(&self.file);
        match &self.step {
            Step::Access => files::give(&self.file, self.access),
            Step::Finish => {
                files::give(&beside, self.access)?;
                files::rename(&beside, &self.file)
            }
            Step::FromFile(password) => {
                server::run_secret(client, &server::set_verifier(role, &password::verifier(password)))?;
                files::give(&self.file, self.access)
            }
            Step::New => {
                let password = password::random()?;
                if let Some(folder) = self.file.parent().filter(|folder| !folder.exists()) {
                    files::create_folder(folder, Access { mode: 0o755, ..self.access })?;
                }
                files::write_new(&beside, &format!("{password}\n"), self.access)?;
                let set = server::set_verifier(role, &password::verifier(&password));
                if let Err(error) = server::run_secret(client, &set) {
                    files::remove(&beside)?;
                    return Err(error);
                }
                files::rename(&beside, &self.file).inspect_err(|_| self.take_back(client, role))
            }
        }
    }

    /// The file can't be put in place: the old password holds again.
    fn take_back(&self, client: &mut Client, role: &str) {
        let before = match &self.verifier_before {
            Some(verifier) => server::set_verifier(role, verifier),
            None => server::unset_verifier(role),
        };
        match server::run_secret(client, &before) {
            Ok(()) => {
                log::warn!("the server has its old password again");
                let _ = files::remove(&files::beside(&self.file));
            }
            Err(error) => log::warn!(
                "the server has the new password, which is in {}: {error}",
                files::beside(&self.file).display()
            ),
        }
    }
}

//! Preparing PostgreSQL on the instrument: what is there is looked at, what is missing is planned, the plan is printed or
//! carried out. A second run finds nothing to plan.

mod files;
mod hba;
pub mod password;
mod secret;

use crate::account::Account;
use crate::config::Database;
use crate::db::admin::Admin;
use crate::db::provision as server;
use crate::error::{Error, Result};
use files::Access;
use postgres::Client;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// The crew's read-only role.
const READER: &str = "xsup";

/// The tablespace's name unless another one is asked for.
const TABLESPACE: &str = "data_array";

/// The database that every server has.
const MAINTENANCE: &str = "postgres";

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// Networks from which the roles may connect: `192.168.0.0/24`.
    pub networks: Vec<String>,
    /// What the server is to listen on; every address if there are networks and nothing is said.
    pub listen: Option<String>,
    /// The folder of the tablespace.
    pub tablespace: Option<PathBuf>,
    /// Its name.
    pub tablespace_name: Option<String>,
    /// Owner of the password file, by name.
    pub owner: Option<String>,
    /// Group of the password file, by name.
    pub group: Option<String>,
    /// Permissions of the password file.
    pub mode: Option<u32>,
    /// Whether to make a new password, in the server and in the file.
    pub rotate_password: bool,
    /// Whether it is one's own server: only what makes sense there, as oneself.
    pub no_sudo: bool,
}

/// One change.
#[derive(Debug)]
pub struct Change {
    /// In words.
    pub what: String,
    /// SQL, or what changes in a file; no password in clear.
    pub text: String,
    deed: Deed,
}

#[derive(Debug)]
enum Deed {
    /// A statement in the maintenance database.
    Statement(String),
    /// A statement in the telemetry database.
    StatementInside(String),
    /// A folder for the server.
    Folder(PathBuf, Access),
    /// A file of access lines, which the server is asked about before it takes it.
    AccessLines { path: PathBuf, text: String, before: Option<String>, access: Access },
    /// Takes up changed files.
    Reload,
    /// The password, in the server and in its file.
    Secret(secret::Plan),
}

/// What is to be done, and what a person should know besides.
#[derive(Debug, Default)]
pub struct Plan {
    /// In order.
    pub changes: Vec<Change>,
    /// What only a person can do.
    pub notes: Vec<String>,
    /// Whether the server has to be started anew before all of it holds.
    pub restart_needed: bool,
}

impl Plan {
    fn add(&mut self, what: impl Into<String>, text: impl Into<String>, deed: Deed) {
        self.changes.push(Change { what: what.into(), text: text.into(), deed });
    }

    fn statement(&mut self, what: impl Into<String>, statement: String) {
        self.add(what, statement.clone(), Deed::Statement(statement));
    }
}

/// Looks what is missing.
pub fn plan(request: &Request, settings: &Database, admin: &Admin) -> Result<Plan> {
    let mut client = admin.connect(MAINTENANCE)?;
    let mut plan = Plan::default();
    let tablespace = plan_tablespace(&mut plan, &mut client, request, &admin.account)?;
    if !request.no_sudo {
        for role in [settings.user.as_str(), READER] {
            let there = server::role(&mut client, role)?;
            if !there.can_login {
                plan.statement(
                    format!("role {role}, which may log in"),
                    server::create_role(role, there.exists),
                );
            }
        }
    }
    plan_database(&mut plan, &mut client, settings, tablespace.as_deref(), admin, request.no_sudo)?;
    if !request.no_sudo {
        plan_access(&mut plan, &mut client, settings, request)?;
        let there = server::role(&mut client, &settings.user)?;
        for secret in secret::plans(request, settings, there.verifier.as_deref())? {
            plan.add(secret.what.clone(), secret.text(&settings.user), Deed::Secret(secret));
        }
    }
    Ok(plan)
}

/// Carries a plan out. What is done is done when something fails, and a second run finds the rest.
pub fn carry_out(plan: &Plan, settings: &Database, admin: &Admin) -> Result<()> {
    let mut client = admin.connect(MAINTENANCE)?;
    for change in &plan.changes {
        log::info!("{}", change.what);
        match &change.deed {
            Deed::Statement(statement) => server::run(&mut client, statement)?,
            Deed::StatementInside(statement) => {
                server::run(&mut admin.connect(&settings.database)?, statement)?;
            }
            Deed::Folder(path, access) => {
                files::create_folder(path, *access)?;
                if let Some(above) = path.parent() {
                    admin.account.can_enter(above)?;
                }
            }
            Deed::AccessLines { path, text, before, access } => {
                write_access_lines(&mut client, path, text, before.as_deref(), *access)?;
            }
            Deed::Reload => server::reload(&mut client)?,
            Deed::Secret(secret) => secret.carry_out(&mut client, &settings.user)?,
        }
    }
    Ok(())
}

fn plan_tablespace(
    plan: &mut Plan,
    client: &mut Client,
    request: &Request,
    account: &Account,
) -> Result<Option<String>> {
    let Some(folder) = &request.tablespace else { return Ok(None) };
    if !folder.is_absolute() {
        return Err(Error::Usage(format!(
            "--tablespace {}: the server needs an absolute path",
            folder.display()
        )));
    }
    let name = request.tablespace_name.as_deref().unwrap_or(TABLESPACE);
    match server::tablespace(client, name)? {
        Some(place) if place == *folder => return Ok(Some(name.to_owned())),
        Some(place) => {
            return Err(Error::Failed(format!(
                "there is a tablespace {name} already, in {}. Name that folder, or choose another name: --tablespace-name",
                place.display()
            )));
        }
        None => {}
    }
    let access = Access { uid: account.uid, gid: account.gid(), mode: 0o700 };
    let is_there = folder.exists();
    if is_there && std::fs::read_dir(folder).map_err(Error::file("read", folder))?.next().is_some() {
        return Err(Error::Failed(format!(
            "{} is not empty: a tablespace needs a folder of its own, which may be missing",
            folder.display()
        )));
    }
    if !is_there || Access::of(folder)? != access {
        let text = format!("mkdir -p {0} && chown {1} {0} && chmod 0700 {0}", folder.display(), account.name);
        plan.add(
            format!("folder {} of {}", folder.display(), account.name),
            text,
            Deed::Folder(folder.clone(), access),
        );
    }
    plan.statement(
        format!("tablespace {name} in {}", folder.display()),
        server::create_tablespace(name, folder),
    );
    if Path::new("/sys/fs/selinux/enforce").exists() {
        plan.notes.push(format!(
            "SELinux is on, and keeps the server out of folders without its label. These lines give it (not tried by the \
             authors): semanage fcontext -a -t postgresql_db_t '{0}(/.*)?' && restorecon -R {0}. If the tablespace could \
             not be made, run provision again then",
            folder.display()
        ));
    }
    Ok(Some(name.to_owned()))
}

fn plan_database(
    plan: &mut Plan,
    client: &mut Client,
    settings: &Database,
    tablespace: Option<&str>,
    admin: &Admin,
    no_sudo: bool,
) -> Result<()> {
    let name = &settings.database;
    match server::database(client, name)? {
        None if no_sudo && !server::role(client, &settings.user)?.exists => {
            return Err(Error::Failed(format!(
                "there is no role {}, whose the database {name} would be. On one's own server that is oneself: \
                 database.user={}. Nothing was changed",
                settings.user, admin.account.name
            )));
        }
        None => {
            let statement = server::create_database(name, &settings.user, tablespace);
            plan.statement(format!("database {name} of {}", settings.user), statement);
        }
        Some(place) => {
            if let Some(wanted) = tablespace.filter(|wanted| *wanted != place) {
                plan.notes.push(format!(
                    "database {name} is in tablespace {place} and stays there. To move it, while nobody uses it: ALTER \
                     DATABASE {name} SET TABLESPACE {wanted}"
                ));
            }
            if !no_sudo {
                for line in server::rights_missing(&mut admin.connect(name)?, &settings.user, READER)? {
                    plan.add(format!("a right in {name}"), line.clone(), Deed::StatementInside(line));
                }
            }
        }
    }
    Ok(())
}

/// Access lines, and what the server listens on. Networks that were given to an earlier run stay.
fn plan_access(plan: &mut Plan, client: &mut Client, settings: &Database, request: &Request) -> Result<()> {
    let there = server::server(client)?;
    let main = std::fs::canonicalize(&there.hba_file).map_err(Error::file("open", &there.hba_file))?;
    let access = Access::of(&main)?;
    let main_text = files::text(&main)?.unwrap_or_default();
    let included = main.with_file_name("").join(hba::INCLUDED);
    let included_text = if there.hba_includes { files::text(&included)? } else { None };

    let known = included_text.as_deref().or_else(|| hba::block(&main_text)).unwrap_or_default();
    let mut networks = hba::networks(known);
    networks.extend(request.networks.iter().cloned());
    let mut known_networks = HashSet::new();
    networks.retain(|network| known_networks.insert(network.clone()));
    let lines = hba::lines(&settings.database, [&settings.user, READER], &networks);

    let before_access = plan.changes.len();
    if there.hba_includes && included_text.as_deref() != Some(lines.as_str()) {
        let folder = included.with_file_name("");
        if !folder.exists() {
            let of_folder = Access { mode: access.mode | (access.mode >> 2 & 0o111), ..access };
            plan.add(
                format!("folder {}", folder.display()),
                format!("mkdir {}", folder.display()),
                Deed::Folder(folder, of_folder),
            );
        }
        let text = lines.clone();
        let deed = Deed::AccessLines { path: included.clone(), text, before: included_text, access };
        plan.add(format!("access lines in {}", included.display()), added(&lines), deed);
    }
    let front = hba::front(there.hba_includes, &lines);
    let wanted = hba::with_front(&main_text, &front);
    if wanted != main_text {
        let deed = Deed::AccessLines { path: main.clone(), text: wanted, before: Some(main_text), access };
        plan.add(format!("access lines in front of the others in {}", main.display()), added(&front), deed);
    }
    // A run that was cut may have written the lines and not come to this.
    let is_behind = files::is_newer(&main, there.files_read_at)?
        || there.hba_includes && files::is_newer(&included, there.files_read_at)?;
    if plan.changes.len() > before_access || is_behind {
        plan.add("the server takes up its files", "SELECT pg_reload_conf();", Deed::Reload);
    }

    // What somebody has chosen stays unless something else is asked for.
    let is_as_installed = ["localhost", "", "127.0.0.1"].contains(&there.will_listen_on.as_str());
    let listen =
        request.listen.clone().or_else(|| (is_as_installed && !networks.is_empty()).then(|| "*".to_owned()));
    let listen = listen.unwrap_or_else(|| there.will_listen_on.clone());
    if listen != there.will_listen_on {
        plan.statement(format!("the server listens on {listen}"), server::set_listen(&listen));
    }
    if listen != there.listens_on {
        plan.restart_needed = true;
    }
    Ok(())
}

fn added(lines: &str) -> String {
    lines.lines().map(|line| format!("+ {line}\n")).collect()
}

/// Writes the lines, and takes them back if the server does not understand them.
fn write_access_lines(
    client: &mut Client,
    path: &Path,
    text: &str,
    before: Option<&str>,
    access: Access,
) -> Result<()> {
    let errors_before = server::hba_errors(client)?.len();
    files::replace(path, text, access)?;
    let errors = server::hba_errors(client)?;
    if errors.len() <= errors_before {
        return Ok(());
    }
    match before {
        Some(before) => files::replace(path, before, access)?,
        None => files::remove(path)?,
    }
    Err(Error::Failed(format!(
        "the server does not understand the new access lines in {}, so they were taken back: {}",
        path.display(),
        errors.join("; ")
    )))
}

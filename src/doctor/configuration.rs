//! The configuration: which values were set and where, and whether the secrets are kept.

use super::Area;
use crate::config::event_types::catalogue;
use crate::config::{Database, Resolved};
use crate::db::password;
use crate::error::Error;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;

pub(super) fn check(resolved: &Resolved, wrong: Option<&Error>) -> Area {
    let mut area = Area::new("configuration");
    if let Some(error) = wrong {
        area.add(
            super::State::Fail,
            "configuration",
            error.to_string(),
            Some("mend it as said; what follows is about the defaults".into()),
        );
    } else if resolved.sources.is_empty() {
        area.ok("configuration", "nothing is set: all values are defaults. A file is named by -c FILE");
    }
    for (key, value, source) in resolved.settings() {
        area.ok(key, format!("{value}  ({source})"));
    }
    if resolved.config.hostname.is_empty() {
        area.fail("hostname", "this machine's name can't be found out", "set hostname=NAME");
    } else if !resolved.sources.contains_key("hostname") {
        area.ok("hostname", format!("{}  (this machine's name)", resolved.config.hostname));
    }
    event_types(&mut area, resolved);
    password(&mut area, &resolved.config.database);
    area
}

fn event_types(area: &mut Area, resolved: &Resolved) {
    let Some(path) = &resolved.config.event_types else { return };
    if area.asked("event types", catalogue(Some(path))).is_some() {
        area.ok("event types", format!("{} can be used", path.display()));
    }
}

fn password(area: &mut Area, database: &Database) {
    let name = "password";
    if std::env::var_os("XTELEMDB_PASSWORD").is_some() {
        area.ok(name, "from $XTELEMDB_PASSWORD");
        return;
    }
    let path = &database.password_file;
    let shown = path.display();
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            area.ok(name, format!("{shown} is not there: ~/.pgpass is looked at, or none is needed"));
        }
        Err(error) => area.fail(name, format!("can't look at {shown}: {error}"), format!("ls -l {shown}")),
        Ok(file) if password::is_shared(file.mode()) => {
            area.warn(
                name,
                format!("everybody on this machine may open {shown}"),
                format!("chmod o= {shown}"),
            );
        }
        Ok(_) => match fs::read_to_string(path) {
            Err(error) => {
                area.fail(name, format!("can't read {shown}: {error}"), format!("chmod or chgrp {shown}"));
            }
            Ok(text) if text.lines().next().is_none_or(str::is_empty) => {
                area.fail(name, format!("the first line of {shown} is empty"), "write the password into it");
            }
            Ok(_) => area.ok(name, format!("in {shown}")),
        },
    }
}

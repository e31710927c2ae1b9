//! The server that answered: who we are there, its version, its clock, and its settings that matter.

use super::{Area, State};
use crate::config::Config;
use crate::db::checkup::{self, Session, Setting};
use crate::limits::{CLOCK_TOLERANCE, CONNECTIONS_BESIDE_LANES, OLDEST_SERVER_MAJOR};
use crate::report::summary::duration;
use postgres::Client;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A setting that has to have a value, what it means if it has not, and the state that makes.
const SETTINGS: &[(&str, &str, State, &str)] = &[
    ("server_encoding", "UTF8", State::Fail, "not every name and message can be stored"),
    ("default_transaction_read_only", "off", State::Fail, "nothing can be written"),
    ("fsync", "on", State::Fail, "a power cut can destroy the whole database"),
    ("full_page_writes", "on", State::Fail, "a power cut can destroy pages of the database"),
    ("autovacuum", "on", State::Warn, "tables are not kept in shape and queries get slow"),
    ("track_counts", "on", State::Warn, "autovacuum does not work without it"),
    (
        "synchronous_commit",
        "on",
        State::Warn,
        "a power cut can undo the last commits; files are then loaded again",
    ),
];

pub(super) fn check(area: &mut Area, client: &mut Client, config: &Config) {
    let Some(session) = area.asked("login", checkup::session(client)) else { return };
    area.ok("login", format!("as {} to database {}", session.user, session.database));
    encryption(area, &session);
    version(area, &session);
    clock(area, client);
    access(area, client);
    let Some(settings) = area.asked("settings", checkup::settings(client)) else { return };
    values(area, &settings);
    connections(area, &session, &settings, config.parallel_jobs);
}

fn encryption(area: &mut Area, session: &Session) {
    match (&session.tls, session.is_remote) {
        (Some(tls), _) => area.ok("encryption", tls.as_str()),
        (None, false) => area.ok("encryption", "none needed: the server is on this machine"),
        (None, true) => area.warn(
            "encryption",
            "none: whoever is on the network can read the telemetry",
            "ssl = on in the server's postgresql.conf, with a certificate",
        ),
    }
}

fn version(area: &mut Area, session: &Session) {
    let found = format!("PostgreSQL {}, running since {}", session.version, session.started);
    if session.version_number / 10_000 < OLDEST_SERVER_MAJOR as i32 {
        area.fail("version", found, format!("upgrade it: {OLDEST_SERVER_MAJOR} or newer is needed"));
    } else if session.in_recovery {
        area.fail(
            "version",
            format!("{found}; it is a standby and can't be written to"),
            "name the primary server",
        );
    } else {
        area.ok("version", found);
    }
}

/// Half of the time that the question took is taken for the way.
fn clock(area: &mut Area, client: &mut Client) {
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let asked_at = now();
    let Some(server_s) = area.asked("clock", checkup::clock_s(client)) else { return };
    let answered_at = now();
    let here_s = (asked_at + answered_at.saturating_sub(asked_at) / 2).as_secs_f64();
    let apart = Duration::try_from_secs_f64((server_s - here_s).abs()).unwrap_or(Duration::MAX);
    let order = if server_s > here_s { "ahead of" } else { "behind" };
    let way = answered_at.saturating_sub(asked_at);
    if apart > CLOCK_TOLERANCE + way {
        area.warn(
            "clock",
            format!("the server's is {} {order} this machine's", duration(apart)),
            "on both: chronyc tracking, or timedatectl",
        );
    } else {
        area.ok("clock", format!("within {:.3} s of this machine's", (apart.max(way)).as_secs_f64()));
    }
}

/// Lines of pg_hba.conf that the server could not read. Who may not see them is let in all the same.
fn access(area: &mut Area, client: &mut Client) {
    match checkup::hba_errors(client) {
        Err(error) => area.failed("pg_hba.conf", &error),
        Ok(None) => area.ok("pg_hba.conf", "lets this role in (its lines are for superusers to see)"),
        Ok(Some(wrong)) if wrong.is_empty() => {
            area.ok("pg_hba.conf", "lets this role in; every line can be read");
        }
        Ok(Some(wrong)) => {
            area.warn("pg_hba.conf", wrong.join("; "), "mend the file, then: SELECT pg_reload_conf()");
        }
    }
}

fn values(area: &mut Area, settings: &[Setting]) {
    let mut sound = Vec::new();
    for (name, wanted, state, consequence) in SETTINGS {
        let Some(setting) = settings.iter().find(|setting| setting.name == *name) else { continue };
        if setting.value == *wanted {
            sound.push(*name);
            continue;
        }
        let mend = if *name == "server_encoding" {
            "CREATE DATABASE NAME ENCODING 'UTF8' TEMPLATE template0".to_owned()
        } else {
            format!("ALTER SYSTEM SET {name} = {wanted}; SELECT pg_reload_conf()")
        };
        area.add(*state, *name, format!("{}: {consequence}", setting.value), Some(mend));
    }
    area.ok("settings", format!("as they should be: {}", sound.join(", ")));
    let sizes = ["shared_buffers", "max_wal_size", "checkpoint_timeout"];
    let shown: Vec<String> = settings
        .iter()
        .filter(|setting| sizes.contains(&setting.name.as_str()))
        .map(|setting| format!("{} {}", setting.name, setting.shown))
        .collect();
    area.ok("sizes", shown.join(", "));
}

fn connections(area: &mut Area, session: &Session, settings: &[Setting], lanes: usize) {
    let number = |name: &str| -> Option<i64> {
        settings.iter().find(|setting| setting.name == name)?.value.parse().ok()
    };
    let (Some(most), Some(reserved)) = (number("max_connections"), number("superuser_reserved_connections"))
    else {
        return;
    };
    let free = (most - reserved - session.connections).max(0);
    let wanted = lanes as i64 + CONNECTIONS_BESIDE_LANES;
    let found = format!("{} of {most} are in use; a run takes up to {wanted}", session.connections);
    if free < wanted {
        area.warn("connections", found, "raise max_connections in postgresql.conf, or lower parallel_jobs");
    } else {
        area.ok("connections", found);
    }
}

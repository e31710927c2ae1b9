//! The database: its tables, what this role may do with them, and the room they have.

use super::Area;
use crate::db::{checkup, schema};
use crate::report::summary::{bytes, thousands};
use crate::volume::Volume;
use postgres::Client;
use std::path::Path;

/// Says whether the tables are there and can be read, so that there is a point in looking at what they hold.
pub(super) fn check(area: &mut Area, client: &mut Client) -> bool {
    match schema::require(client) {
        Ok(()) => area.ok("schema", format!("version {}, complete", schema::SCHEMA_VERSION)),
        Err(error) => {
            area.failed("schema", &error);
            room(area, client);
            return false;
        }
    }
    let can_read = rights(area, client);
    if can_read {
        sizes(area, client);
    }
    room(area, client);
    can_read
}

fn rights(area: &mut Area, client: &mut Client) -> bool {
    let Some(rights) = area.asked("rights", checkup::rights(client)) else { return false };
    let missing = |purpose: &str| -> Vec<String> {
        let missing = rights.iter().filter(|right| !right.is_given && right.purpose == purpose);
        missing.map(|right| format!("{} on {}", right.right, right.of)).collect()
    };
    let (reading, writing, following) = (missing("read"), missing("load"), missing("follow"));
    let mend = "run `xtelemdb setup` as the owner of the database, or GRANT what is missing";
    if !reading.is_empty() {
        area.fail("rights", format!("this role lacks {}", reading.join(", ")), mend);
    } else if !writing.is_empty() {
        area.warn(
            "rights",
            format!("this role can read and not load; it lacks {}", writing.join(", ")),
            format!("right for a read-only role, else: {mend}"),
        );
    } else if !following.is_empty() {
        area.ok(
            "rights",
            format!("this role can read and load; to follow it lacks {}", following.join(", ")),
        );
    } else {
        area.ok("rights", "this role can read, load and follow");
    }
    reading.is_empty()
}

fn sizes(area: &mut Area, client: &mut Client) {
    let Some(sizes) = area.asked("tables", checkup::sizes(client)) else { return };
    let texts: Vec<String> = sizes
        .iter()
        .map(|table| {
            let rows = table.rows.map(|rows| format!("about {} rows, ", thousands(rows))).unwrap_or_default();
            format!("{} ({rows}{})", table.name, bytes(table.size_bytes))
        })
        .collect();
    area.ok("tables", texts.join(", "));
}

/// A server says where its files are only to some roles, and only on its own machine can their disk be looked at.
fn room(area: &mut Area, client: &mut Client) {
    let Some(place) = area.asked("room", checkup::place(client)) else { return };
    let held = format!("the database takes {} in tablespace {}", bytes(place.size_bytes), place.tablespace);
    let Some(path) = place.path else {
        area.ok("room", format!("{held}; where that is only a superuser sees: df -h there"));
        return;
    };
    let volume = if place.is_here { Volume::of(Path::new(&path)).ok() } else { None };
    match volume {
        None => area.ok("room", format!("{held} at {path}, which can't be looked at from here: df -h there")),
        Some(volume) if volume.is_nearly_full() => area.warn(
            "room",
            format!("{held} at {path}: {}", volume.text()),
            "make room there, or ALTER DATABASE ... SET TABLESPACE; loading stops when it is full",
        ),
        Some(volume) => area.ok("room", format!("{held} at {path}: {}", volume.text())),
    }
}

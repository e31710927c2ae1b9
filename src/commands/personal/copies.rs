//! `personal backup`, `restore` and `upgrade`: what is said before and after.

use super::Telling;
use crate::args::PersonalArgs;
use crate::error::{Error, Exit, Result};
use crate::personal::{self, BackupFile, Personal, Upgrade, programs};
use crate::report::summary::{bytes, counted, duration};
use serde_json::{Value, json};
use std::path::Path;

/// Writes the database into a file.
pub fn backup(args: &PersonalArgs, telling: &Telling) -> Result<Exit> {
    let personal = Personal::open(&args.dir)?;
    let file = personal.backup_file(file_of(args)?, args.overwrite)?;
    if args.dry_run {
        let size_bytes = personal.status()?.size_bytes;
        let facts = json!({ "file": file.display().to_string(), "data_bytes": size_bytes, "dry_run": true });
        return say(telling, &personal, facts, || {
            format!(
                "Would write the tables of {} ({} on disk) into {}.\n",
                personal.dir().display(),
                bytes(size_bytes),
                file.display()
            )
        });
    }
    let made = personal.while_running(args.pg_bin.as_deref(), || {
        personal.backup(&file, args.overwrite, args.pg_bin.as_deref())
    })?;
    let facts = json!({ "file": made.file.display().to_string(), "size_bytes": made.size_bytes,
        "rows": made.rows, "database_bytes": made.database_bytes });
    say(telling, &personal, facts, || {
        format!(
            "{} in {} ({}; the database has {}), read back; {}.\n",
            counted(made.rows, "row"),
            made.file.display(),
            bytes(made.size_bytes),
            bytes(made.database_bytes),
            duration(telling.started.elapsed())
        )
    })
}

/// Fills a database from a file.
pub fn restore(args: &PersonalArgs, hostname: &str, telling: &Telling) -> Result<Exit> {
    let path = file_of(args)?;
    let backup = BackupFile::open(path)?;
    let pg_bin = args.pg_bin.as_deref();
    let is_new = is_absent_or_empty(&args.dir);
    if args.dry_run {
        return would_restore(args, &backup, is_new, telling);
    }
    let personal =
        if is_new { personal::init(&args.dir, pg_bin, hostname)? } else { Personal::open(&args.dir)? };
    let restored = personal.while_running(pg_bin, || personal.restore(&backup, args.overwrite, pg_bin));
    let rows = match restored {
        Err(e) if is_new => {
            // What was made for it goes again, as with a failed `init`.
            if let Err(left) = personal.remove(pg_bin) {
                log::warn!("could not remove what was made in {}: {left}", args.dir.display());
            }
            return Err(e);
        }
        restored => restored?,
    };
    let facts = json!({ "file": path.display().to_string(), "rows": rows, "made": is_new });
    say(telling, &personal, facts, || {
        let made = if is_new { "A personal database was made; its server runs.\n" } else { "" };
        format!(
            "{made}{} of {} in {}; {}.\nGo on with -c {}\n",
            counted(rows, "row"),
            path.display(),
            personal.dir().display(),
            duration(telling.started.elapsed()),
            personal.config_file().display()
        )
    })
}

fn would_restore(args: &PersonalArgs, backup: &BackupFile, is_new: bool, telling: &Telling) -> Result<Exit> {
    let dir = args.dir.display();
    let mut text = format!("Would restore {} ({})", file_of(args)?.display(), bytes(backup.size_bytes()));
    let mut facts = json!({ "made": is_new, "dry_run": true, "size_bytes": backup.size_bytes() });
    if is_new {
        text.push_str(&format!(" into a new personal database in {dir}.\n"));
    } else {
        let personal = Personal::open(&args.dir)?;
        if personal.status()?.running {
            let rows = personal.rows_there()?;
            facts["rows_there"] = json!(rows);
            text.push_str(&format!(" into {dir}, which holds {}", counted(rows, "row")));
            if rows > 0 && !args.overwrite {
                text.push_str(", and be refused without --overwrite");
            }
            text.push_str(".\n");
        } else {
            text.push_str(&format!(" into {dir}, whose server does not run: what it holds can't be told.\n"));
        }
    }
    facts["dir"] = json!(dir.to_string());
    telling.tell(facts, || text)
}

/// Brings the data to a newer PostgreSQL.
pub fn upgrade(args: &PersonalArgs, telling: &Telling) -> Result<Exit> {
    let mut personal = Personal::open(&args.dir)?;
    if !args.dry_run {
        // One that was cut short is brought to its end, or undone, before anything is planned.
        personal.settle()?;
    }
    let Some(plan) = personal.plan_upgrade(args.pg_bin.as_deref())? else {
        let major = personal.data_major()?;
        let facts = json!({ "changed": false, "version": major });
        return say(telling, &personal, facts, || {
            format!("The data folder is PostgreSQL {major}'s, the newest that was found.\n")
        });
    };
    if args.dry_run {
        let mut facts = upgrade_facts(&plan);
        facts["dry_run"] = json!(true);
        return say(telling, &personal, facts, || describe(&personal, &plan));
    }
    if plan.free_bytes < plan.size_bytes {
        log::warn!(
            "the older data folder takes {}, and {} are free: that may not be enough for the newer one",
            bytes(plan.size_bytes),
            bytes(plan.free_bytes)
        );
    }
    let was_running = personal.status()?.running;
    let older = personal.programs(None)?;
    let newer = programs::newest(args.pg_bin.as_deref())?;
    log::info!("PostgreSQL {} from {}", newer.version, newer.bin.display());
    let done = personal.upgrade(&older, &newer)?;
    if was_running {
        personal.start(args.pg_bin.as_deref())?;
    }
    let mut facts = upgrade_facts(&done);
    facts["changed"] = json!(true);
    facts["rows"] = json!(done.rows);
    say(telling, &personal, facts, || {
        format!(
            "The database is PostgreSQL {}'s now: {}, each the same as before; {}.\n\
             The older data folder is still there. When you are content: rm -r {}\n{}",
            done.to_version,
            counted(done.rows, "row"),
            duration(telling.started.elapsed()),
            done.old_data.display(),
            if was_running {
                String::new()
            } else {
                format!("The server does not run: xtelemdb personal start {}\n", personal.dir().display())
            }
        )
    })
}

fn upgrade_facts(upgrade: &Upgrade) -> Value {
    json!({
        "from_major": upgrade.from_major,
        "to_version": upgrade.to_version,
        "to_bin": upgrade.to_bin.display().to_string(),
        "size_bytes": upgrade.size_bytes,
        "free_bytes": upgrade.free_bytes,
        "old_data": upgrade.old_data.display().to_string(),
    })
}

fn describe(personal: &Personal, plan: &Upgrade) -> String {
    format!(
        "Would upgrade {} from PostgreSQL {} to {} ({}):\n  \
         stop its server\n  \
         make a new data folder and transfer every database into it; about {} are needed, {} are free\n  \
         compare every row of both\n  \
         put the new one in its place; the older one stays as {}\n",
        personal.dir().display(),
        plan.from_major,
        plan.to_version,
        plan.to_bin.display(),
        bytes(plan.size_bytes),
        bytes(plan.free_bytes),
        plan.old_data.display()
    )
}

fn is_absent_or_empty(dir: &Path) -> bool {
    match std::fs::read_dir(dir) {
        Ok(mut entries) => entries.next().is_none(),
        Err(_) => !dir.exists(),
    }
}

fn file_of(args: &PersonalArgs) -> Result<&Path> {
    args.file.as_deref().ok_or_else(|| Error::Usage("which file?".into()))
}

fn say(
    telling: &Telling,
    personal: &Personal,
    mut facts: Value,
    text: impl FnOnce() -> String,
) -> Result<Exit> {
    facts["dir"] = json!(personal.dir().display().to_string());
    telling.tell(facts, text)
}

//! A database as the Python program left it: its tables and its view, its times cut to the microsecond, its floats rounded.

use super::postgres::Database;
use super::site::{HOST, Site};
use postgres::Client;
use serde_json::Value;
use std::collections::BTreeSet;

/// Its tables, as an existing database has them.
pub const TABLES: &str = "
CREATE TABLE telem (ts timestamptz, device varchar(50), msg jsonb, prio varchar(8), ec varchar(20), PRIMARY KEY (ts, device));
CREATE INDEX telem_device_ts ON telem (device, ts);
CREATE INDEX observation_spans_fixup ON telem (ts, (msg->>'obsName')) WHERE device = 'observers' AND msg->>'obsName' <> '';
CREATE TABLE file_origins (origin_host varchar(50), origin_path varchar(1024), modification_time timestamptz,
    creation_time timestamptz, size_bytes bigint, PRIMARY KEY (origin_host, origin_path));
CREATE TABLE file_ingest_times (ts timestamptz, device varchar(50), ingested_at timestamptz, origin_host varchar(50),
    origin_path varchar(1024), FOREIGN KEY (origin_host, origin_path) REFERENCES file_origins, UNIQUE (ts, device));
CREATE TABLE file_replicas (hostname varchar(50), replica_path varchar(1024), origin_modification_time timestamptz,
    size_bytes bigint, origin_host varchar(50), origin_path varchar(1024),
    FOREIGN KEY (origin_host, origin_path) REFERENCES file_origins);
CREATE VIEW observations AS
    SELECT ts AS start_ts, lead(ts) OVER (ORDER BY ts) AS end_ts, msg->>'email' AS email, msg->>'obsName' AS obsname
    FROM telem WHERE device = 'observers' AND msg->>'obsName' <> '';
";

/// What people had written against these tables.
pub const QUERIES: [&str; 6] = [
    "SELECT ts, device, msg, prio, ec FROM telem WHERE device = 'camwfs' AND ts > '2024-03-22' ORDER BY ts LIMIT 3",
    "SELECT DISTINCT device FROM telem ORDER BY device",
    "SELECT origin_host, origin_path, modification_time, creation_time, size_bytes FROM file_origins LIMIT 3",
    "SELECT f.origin_path FROM file_origins f LEFT JOIN file_ingest_times i
     ON f.origin_host = i.origin_host AND f.origin_path = i.origin_path WHERE i.ingested_at IS NULL",
    "SELECT hostname, replica_path, origin_modification_time, size_bytes, origin_host, origin_path FROM file_replicas",
    "SELECT start_ts, end_ts, email, obsname FROM observations",
];

/// Fills such tables with what the Python program had made of the rows and files of `exact`: of records of one device
/// and microsecond it kept one.
pub fn fill(old: &Database, exact: &Database) {
    let (mut old, mut exact) = (old.client(), exact.client());
    old.batch_execute(TABLES).expect("the predecessor's tables");
    let rows = exact
        .query("SELECT (extract(epoch FROM ts) * 1000000)::bigint, device, msg::text, ec FROM telem ORDER BY ts, ts_ns", &[])
        .expect("exact rows");
    let rounded = |row: &postgres::Row| {
        let mut value: Value = serde_json::from_str(row.get(2)).expect("JSON");
        round(&mut value);
        value.to_string()
    };
    let times: Vec<i64> = rows.iter().map(|row| row.get(0)).collect();
    let devices: Vec<&str> = rows.iter().map(|row| row.get(1)).collect();
    let messages: Vec<String> = rows.iter().map(rounded).collect();
    let events: Vec<&str> = rows.iter().map(|row| row.get(3)).collect();
    let insert = "INSERT INTO telem (ts, device, msg, ec)
        SELECT 'epoch'::timestamptz + t * interval '1 microsecond', d, m::jsonb, e
        FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) AS r (t, d, m, e) ON CONFLICT DO NOTHING";
    old.execute(insert, &[&times, &devices, &messages, &events]).expect("cut rows");
    copy_files(&mut old, &mut exact);
}

fn copy_files(old: &mut Client, exact: &mut Client) {
    let files = exact
        .query(
            "SELECT o.origin_path, o.creation_time::text, o.size_bytes, i.device
                FROM file_origins AS o LEFT JOIN file_ingest_times AS i USING (origin_digest)",
            &[],
        )
        .expect("files");
    for row in &files {
        let (path, created, size): (&str, &str, i64) = (row.get(0), row.get(1), row.get(2));
        // Off by the time zone.
        old.execute("INSERT INTO file_origins VALUES ($1, $2, $3::text::timestamptz - interval '3 hours', $3::text::timestamptz, $4)",
                    &[&HOST, &path, &created, &size]).expect("a file");
        if let Some(device) = row.get::<_, Option<&str>>(3) {
            old.execute("INSERT INTO file_ingest_times VALUES ($1::text::timestamptz, $2, now(), $3, $4) ON CONFLICT DO NOTHING",
                        &[&created, &device, &HOST, &path]).expect("a loaded file");
        }
    }
}

/// As it rounded 32-bit floats.
fn round(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(round),
        Value::Object(members) => members.values_mut().for_each(round),
        Value::Number(number) if number.is_f64() => {
            let rounded = (number.as_f64().expect("a float") * 1e6).round() / 1e6;
            *value = serde_json::json!(rounded);
        }
        _ => {}
    }
}

/// Rows of a device whose files are nowhere any more.
pub fn add_rows(old: &Database, device: &str, rows: i64) {
    let insert = "INSERT INTO telem SELECT timestamptz '2023-01-01' + n * interval '1 millisecond', $1::text,
        jsonb_build_object('n', n, 'x', n / 7.0), NULL, 'telem_x' FROM generate_series(1, $2::bigint) AS n";
    old.client().execute(insert, &[&device, &rows]).expect("rows");
}

/// Every table, column, index, constraint, trigger and view, without what is the upgrade's own.
pub fn shape(site: &Site) -> BTreeSet<String> {
    let mut lines = site.texts(
        "SELECT 'column', c.oid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                coalesce(l.collname, '-'), a.attgenerated, pg_get_expr(d.adbin, d.adrelid), a.attnum, a.attstattarget
         FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
         LEFT JOIN pg_collation AS l ON l.oid = a.attcollation
         LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
         WHERE c.relnamespace::regnamespace::text IN ('public', 'xtelemdb')",
    );
    lines.extend(site.texts(
        "SELECT 'index', replace(pg_get_indexdef(indexrelid), ' COLLATE \"C\"', ''), indisvalid FROM pg_index AS i
         JOIN pg_class AS c ON c.oid = i.indrelid WHERE c.relnamespace::regnamespace::text IN ('public', 'xtelemdb')",
    ));
    lines.extend(site.texts(
        "SELECT 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint
         WHERE connamespace::regnamespace::text IN ('public', 'xtelemdb')",
    ));
    lines.extend(site.texts(
        "SELECT 'trigger', tgrelid::regclass, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    ));
    lines.extend(site.texts(
        "SELECT 'view', c.oid::regclass, pg_get_viewdef(c.oid) FROM pg_class AS c
         WHERE relkind = 'v' AND relnamespace::regnamespace::text IN ('public', 'xtelemdb')",
    ));
    lines.extend(site.texts(
        "SELECT 'function', oid::regprocedure, prosrc FROM pg_proc WHERE pronamespace::regnamespace::text = 'xtelemdb'",
    ));
    lines.extend(site.texts("SELECT 'schema', nspname FROM pg_namespace WHERE nspname ~ 'xtelemdb'"));
    lines.into_iter().collect()
}

//! Every statement of the program but those of schema.sql, whole, so that it can be pasted into psql. Here: those of
//! loading, and what several commands use; each of the modules below has those of one command.

pub(super) mod checkup;
pub(crate) mod personal;
pub(super) mod provision;
pub(super) mod reset;
pub(super) mod status;
pub(super) mod upgrade;

/// A name as it may stand in a statement.
pub(super) fn quote(identifier: &str) -> String {
    format!("\"{}\"", identifier.replace('"', "\"\""))
}

/// A text as a value in a statement.
pub(super) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Whether there is a database of this name.
pub(crate) const DATABASE_EXISTS: &str = "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)";

/// A database that was set up by an earlier version has no such table.
pub(super) const HAS_HEARTBEATS: &str = "SELECT to_regclass('xtelemdb.heartbeats') IS NOT NULL";

/// Lines of pg_hba.conf that the server does not understand, read from the file as it is now.
pub(super) const HBA_ERRORS: &str = "
SELECT 'line ' || line_number || ': ' || error FROM pg_hba_file_rules WHERE error IS NOT NULL ORDER BY line_number
";

/// For every session. Nothing outside pg_catalog is found unless its schema is named, so that no function or view
/// that somebody left in `public` is ever called. The server notices a client that vanished within a minute. A limit
/// that was set for people's queries does not hold here: a transaction that it cuts would be done again, and cut again.
/// Servers before 17 have no `transaction_timeout`.
pub(super) const SESSION: &str = "
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_session_timeout = 0;
SET search_path = pg_catalog, pg_temp;
SET TimeZone = 'UTC';
SET DateStyle = 'ISO';
SET standard_conforming_strings = on;
SET tcp_keepalives_idle = 20;
SET tcp_keepalives_interval = 5;
SET tcp_keepalives_count = 4;
SET tcp_user_timeout = 40000;
SET idle_in_transaction_session_timeout = 45000;
SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'transaction_timeout';
";

// --- setup ------------------------------------------------------------------------------------------------------

/// One setup at a time. The key is 'xtelemdb' in ASCII.
pub(super) const SETUP_LOCK: &str = "SELECT pg_advisory_xact_lock(x'7874656c656d6462'::bigint)";

pub(super) const SERVER_VERSION: &str =
    "SELECT current_setting('server_version_num')::int, current_setting('server_version')";

/// Tables of the names that we use, and whether they have the column by which ours are known.
pub(super) const TABLES_NOT_OURS: &str = "
SELECT wanted.name
FROM (VALUES ('telem', 'digest'), ('file_origins', 'origin_digest'),
             ('file_ingest_times', 'origin_digest'), ('file_replicas', 'replica_digest')) AS wanted (name, marker)
JOIN pg_class AS c ON c.relname = wanted.name AND c.relnamespace = 'public'::regnamespace
WHERE NOT EXISTS (SELECT FROM pg_attribute AS a
                  WHERE a.attrelid = c.oid AND a.attname = wanted.marker AND NOT a.attisdropped)
ORDER BY wanted.name
";

/// Relations of the names that we use which belong neither to us nor to whoever set the database up, nor to a superuser or
/// the owner of the database: their triggers and rules would do as somebody else pleases, with our rights.
pub(super) const TABLES_OF_STRANGERS: &str = "
SELECT format('%I.%I of %I', n.nspname, c.relname, r.rolname)
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_roles AS r ON r.oid = c.relowner
WHERE (n.nspname = 'xtelemdb' AND c.relkind IN ('r', 'v', 'm', 'f', 'p')
       OR n.nspname = 'public'
          AND c.relname IN ('telem', 'file_origins', 'file_ingest_times', 'file_replicas', 'observations'))
  AND NOT r.rolsuper
  AND r.rolname <> current_user
  AND c.relowner IS DISTINCT FROM (SELECT nspowner FROM pg_namespace WHERE nspname = 'xtelemdb')
  AND c.relowner IS DISTINCT FROM (SELECT datdba FROM pg_database WHERE datname = current_database())
ORDER BY 1
";

pub(super) const HAS_VERSION: &str = "SELECT to_regclass('xtelemdb.version') IS NOT NULL";

pub(super) const VERSION: &str = "SELECT max(version) FROM xtelemdb.version";

/// Whether setup has nothing to mend: both triggers that guard the ledger stand on their tables.
pub(super) const IS_SET_UP: &str = "
SELECT count(*) = 2
FROM pg_trigger
WHERE tgname = 'void_ledger'
  AND tgrelid IN (to_regclass('public.telem'), to_regclass('public.file_origins'))
";

pub(super) const IS_SUPERUSER: &str = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user";

pub(super) const WHO_AND_WHERE: &str = "SELECT current_user::text, current_database()::text";

// --- telem ------------------------------------------------------------------------------------------------------

pub(super) const COPY_TELEM: &str =
    "COPY public.telem (ts, ts_ns, digest, device, prio, ec, msg) FROM STDIN (FORMAT binary)";

/// Where rows stand that may be in telem already. Empty at the start of every use.
pub(super) const ARRIVING: &str = "
CREATE TEMPORARY TABLE IF NOT EXISTS arriving (
    ts timestamptz NOT NULL, ts_ns smallint NOT NULL, digest bigint NOT NULL, device text COLLATE \"C\" NOT NULL,
    prio text COLLATE \"C\", ec text COLLATE \"C\" NOT NULL, msg jsonb NOT NULL
) ON COMMIT DELETE ROWS;
TRUNCATE pg_temp.arriving;
";

pub(super) const COPY_ARRIVING: &str =
    "COPY pg_temp.arriving (ts, ts_ns, digest, device, prio, ec, msg) FROM STDIN (FORMAT binary)";

pub(super) const INSERT_ARRIVING: &str = "
INSERT INTO public.telem (ts, ts_ns, digest, device, prio, ec, msg)
SELECT ts, ts_ns, digest, device, prio, ec, msg FROM pg_temp.arriving
ON CONFLICT (device, ts, digest) DO NOTHING
";

pub(super) const PREDECESSOR_SPANS: &str = "SELECT device, first_ts, last_ts FROM xtelemdb.predecessor";

/// Before its first ANALYZE the planner takes `arriving` for anything, and would read all of telem for it.
pub(super) const REPLACE_PLANS: &str = "
SET LOCAL enable_hashjoin = off;
SET LOCAL enable_mergejoin = off;
SET LOCAL jit = off;
";

/// Rows that the Python program loaded of the records that arrive. It kept one row of a device and microsecond, with
/// digest 0 and without nanoseconds; of another event type it is another record.
pub(super) const DELETE_REPLACED: &str = "
DELETE FROM public.telem AS t
USING pg_temp.arriving AS a
WHERE t.device = a.device AND t.ts = a.ts AND t.digest = 0 AND t.ts_ns IS NULL AND t.ec = a.ec
";

/// As the planner saw the table last; -1 if it never did.
pub(super) const ROWS_ESTIMATED: &str =
    "SELECT reltuples::bigint FROM pg_class WHERE oid = 'public.telem'::regclass";

/// From a small sample, 6,000 rows: enough to plan by until the server's own ANALYZE comes, and five times as cheap.
/// When that is at it already there is no need to wait for it.
pub(super) const ANALYZE: &str = "
SET default_statistics_target = 20;
ANALYZE (SKIP_LOCKED) public.telem;
RESET default_statistics_target;
";

// --- ledger -----------------------------------------------------------------------------------------------------

/// The rows of a page come in order from the index. Before the first ANALYZE of a table the planner takes it for nearly
/// empty, and would collect and sort all that is left of it for every page.
pub(super) const PAGE_PLANS: &str = "SET LOCAL enable_sort = off";

/// Telemetry files of a host, a page at a time in order of their creation, with what the ledger knows of them.
pub(super) const TELEMETRY_FILES: &str = "
SELECT o.origin_digest, o.origin_path, o.creation_time, o.size_bytes,
       l.generation, l.resume_bytes, l.tail_bytes, l.head_hash, l.history_hash, l.size_bytes_seen,
       l.modification_time_seen
FROM public.file_origins AS o
LEFT JOIN xtelemdb.ledger AS l USING (origin_digest)
WHERE o.origin_host = $1
  AND (o.creation_time, o.origin_digest) > ($2::timestamptz, $3::bytea)
  AND (o.origin_path LIKE '%.bintel' OR o.origin_path LIKE '%.ndjson' OR o.origin_path LIKE '%.ndjson.gz')
ORDER BY o.creation_time, o.origin_digest
LIMIT $4
";

pub(super) const COUNT_TELEMETRY_FILES: &str = "
SELECT count(*)
FROM public.file_origins
WHERE origin_host = $1
  AND (origin_path LIKE '%.bintel' OR origin_path LIKE '%.ndjson' OR origin_path LIKE '%.ndjson.gz')
";

pub(super) const HOSTS: &str =
    "SELECT origin_host, count(*) FROM public.file_origins GROUP BY origin_host ORDER BY origin_host";

/// Claims files for this session, so that two ingests do not both read the same one. Freed when the session ends.
pub(super) const CLAIM: &str = "
SELECT key, pg_try_advisory_lock(key) FROM unnest($1::bigint[]) AS keys (key)
";

pub(super) const RELEASE: &str = "SELECT pg_advisory_unlock(key) FROM unnest($1::bigint[]) AS keys (key)";

pub(super) const LEDGER_ENTRIES: &str = "
SELECT origin_digest, generation, resume_bytes, tail_bytes, head_hash, history_hash, size_bytes_seen,
       modification_time_seen
FROM xtelemdb.ledger
WHERE origin_digest = ANY ($1::bytea[])
";

pub(super) const INVENTORIED: &str =
    "SELECT origin_digest FROM public.file_origins WHERE origin_digest = ANY ($1::bytea[])";

/// Files that the ledger does not know yet. One that another transaction entered meanwhile is left out, as is one that
/// is no longer in the inventory; the count tells.
pub(super) const LEDGER_ENTER: &str = "
INSERT INTO xtelemdb.ledger (origin_digest, device, generation, resume_bytes, tail_bytes, records_loaded,
                             records_rejected, bytes_rejected, head_hash, history_hash, size_bytes_seen,
                             modification_time_seen)
SELECT f.origin_digest, f.device, f.generation, f.resume_bytes, f.tail_bytes, f.records_loaded,
       0, 0, f.head_hash, f.history_hash, f.size_bytes_seen, f.modification_time_seen
FROM unnest($1::bytea[], $2::text[], $3::int[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
            $9::bigint[], $10::timestamptz[])
     AS f (origin_digest, device, generation, resume_bytes, tail_bytes, records_loaded, head_hash, history_hash,
           size_bytes_seen, modification_time_seen)
JOIN public.file_origins AS o USING (origin_digest)
ON CONFLICT (origin_digest) DO NOTHING
";

/// Files that the ledger knows. One that is not where this transaction began with it is left out; the count tells.
pub(super) const LEDGER_ADVANCE: &str = "
UPDATE xtelemdb.ledger AS l
SET generation = f.generation, resume_bytes = f.resume_bytes, tail_bytes = f.tail_bytes,
    records_loaded = l.records_loaded + f.records_loaded,
    head_hash = f.head_hash, history_hash = f.history_hash,
    size_bytes_seen = f.size_bytes_seen, modification_time_seen = f.modification_time_seen, updated_at = now()
FROM unnest($1::bytea[], $2::text[], $3::int[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
            $9::bigint[], $10::timestamptz[], $11::int[], $12::bigint[])
     AS f (origin_digest, device, generation, resume_bytes, tail_bytes, records_loaded, head_hash, history_hash,
           size_bytes_seen, modification_time_seen, from_generation, from_bytes)
WHERE l.origin_digest = f.origin_digest AND l.generation = f.from_generation AND l.resume_bytes = f.from_bytes
";

pub(super) const INGEST_TIMES: &str = "
INSERT INTO public.file_ingest_times (ts, device, ingested_at, origin_host, origin_path)
SELECT o.creation_time, f.device, now(), o.origin_host, o.origin_path
FROM unnest($1::bytea[], $2::text[]) AS f (origin_digest, device)
JOIN public.file_origins AS o USING (origin_digest)
ON CONFLICT (origin_digest) DO UPDATE SET ingested_at = EXCLUDED.ingested_at
";

/// The transaction's number, by which its fate can be asked for when the answer to COMMIT got lost.
pub(super) const TRANSACTION_ID: &str = "SELECT pg_current_xact_id()::text";

pub(super) const TRANSACTION_STATUS: &str = "SELECT pg_xact_status($1::text::xid8)";

// --- follow -----------------------------------------------------------------------------------------------------

/// One follow a host. Held by its session.
pub(super) const PLACE_TAKE: &str = "SELECT pg_try_advisory_lock($1)";

pub(super) const PLACE_LEAVE: &str = "SELECT pg_advisory_unlock($1)";

/// Who holds the place of a host, as far as it has said so.
pub(super) const PLACE_HOLDER: &str = "
SELECT name, process_id, to_char(started, 'YYYY-MM-DD HH24:MI:SS'), to_char(beat, 'YYYY-MM-DD HH24:MI:SS'),
       beat
FROM xtelemdb.heartbeats
WHERE hostname = $1 AND ended IS NULL
";

pub(super) const HEARTBEAT: &str = "
INSERT INTO xtelemdb.heartbeats (hostname, name, process_id, started, beat, ended, files_behind, bytes_behind, lag_s,
                                 newest_record, records_since_start, errors, last_error)
VALUES ($1, $2, $3, $4, now(), CASE WHEN $5 THEN now() END, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT (hostname) DO UPDATE
SET name = excluded.name, process_id = excluded.process_id, started = excluded.started, beat = excluded.beat,
    ended = excluded.ended, files_behind = excluded.files_behind, bytes_behind = excluded.bytes_behind,
    lag_s = excluded.lag_s, newest_record = excluded.newest_record,
    records_since_start = excluded.records_since_start, errors = excluded.errors, last_error = excluded.last_error
";

/// Where the tables are stored: elsewhere after they were emptied, or dropped and made anew.
pub(super) const TABLES_STORED: &str = "
SELECT pg_relation_filenode(to_regclass('public.telem'))::bigint,
       pg_relation_filenode(to_regclass('public.file_origins'))::bigint
";

/// Whether more may have to be read of a telemetry file: the inventory saw it last (`o`) otherwise than the ledger (`l`)
/// has it. A file that the Python program loaded has no time in the ledger; it is behind if it has grown. One that is
/// empty lacks nothing, nor does an `.ndjson` whose compressed successor is in the ledger.
macro_rules! is_behind {
    () => {
        "(l.size_bytes_seen, l.modification_time_seen) IS DISTINCT FROM
      (o.size_bytes, CASE l.modification_time_seen WHEN '-infinity' THEN '-infinity' ELSE o.modification_time END)
  AND (o.size_bytes > 0 OR l.origin_digest IS NOT NULL)
  AND NOT (o.origin_path LIKE '%.ndjson' AND EXISTS (
          SELECT FROM xtelemdb.ledger AS packed
          WHERE packed.origin_digest = substring(sha256(decode(replace(
                o.origin_host || E'\\n' || o.origin_path || '.gz', '\\', '\\\\'), 'escape')) FOR 16)))"
    };
}
pub(super) use is_behind;

/// About how many bytes of it: what stands behind the last record that was read. Of a compressed file, all of it.
macro_rules! bytes_behind {
    () => {
        "o.size_bytes - least(o.size_bytes, CASE WHEN o.origin_path LIKE '%.gz' THEN 0 ELSE coalesce(l.resume_bytes, 0) END)"
    };
}
pub(super) use bytes_behind;

/// Telemetry files of a host that are behind: how many, and about how many bytes.
pub(super) const BEHIND: &str = concat!(
    "
SELECT count(*), coalesce(sum(",
    bytes_behind!(),
    "), 0)::bigint
FROM public.file_origins AS o
LEFT JOIN xtelemdb.ledger AS l USING (origin_digest)
WHERE o.origin_host = $1
  AND (o.origin_path LIKE '%.bintel' OR o.origin_path LIKE '%.ndjson' OR o.origin_path LIKE '%.ndjson.gz')
  AND ",
    is_behind!(),
    "
"
);

/// Telemetry files of a host that are not loaded as the inventory saw them last, newest first, a page at a time. What the
/// Python program loaded is among them, since it is read again while it is on disk.
pub(super) const FILES_BEHIND: &str = "
SELECT o.creation_time, o.origin_digest, o.origin_path,
       o.size_bytes - least(o.size_bytes, CASE WHEN o.origin_path LIKE '%.gz' THEN 0 ELSE coalesce(l.resume_bytes, 0) END),
       o.size_bytes = 0 OR coalesce(l.tail_bytes = 0 AND l.size_bytes_seen >= o.size_bytes, false)
FROM public.file_origins AS o
LEFT JOIN xtelemdb.ledger AS l USING (origin_digest)
WHERE o.origin_host = $1
  AND (o.creation_time, o.origin_digest) < ($2::timestamptz, $3::bytea)
  AND (o.origin_path LIKE '%.bintel' OR o.origin_path LIKE '%.ndjson' OR o.origin_path LIKE '%.ndjson.gz')
  AND (l.size_bytes_seen, l.modification_time_seen) IS DISTINCT FROM (o.size_bytes, o.modification_time)
ORDER BY o.creation_time DESC, o.origin_digest DESC
LIMIT $4
";

// --- rejects ----------------------------------------------------------------------------------------------------

/// One transaction at a time sets aside what stands in an `X.ndjson` and in its `X.ndjson.gz`: the later one sees what the
/// earlier one did. Keys of two numbers are others than those of one, by which files are claimed.
pub(super) const LOCK_TWINS: &str =
    "SELECT pg_advisory_xact_lock(first, second) FROM unnest($1::int[], $2::int[]) AS pairs (first, second)";

/// Sets aside what is not set aside yet, of this file or of the one that holds the same content, and counts it in the
/// ledger, which must know the files already. Gives the numbers of those that are new.
pub(super) const ADD_REJECTS: &str = "
WITH found AS (
    SELECT *
    FROM unnest($1::bytea[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::int[], $7::text[], $8::text[],
                $9::bytea[], $10::bytea[], $11::bytea[]) WITH ORDINALITY
         AS f (origin_digest, offset_bytes, length_bytes, span_hash, reason, event_code, detail, device, span, span_end,
               twin_digest, number)
), added AS (
    INSERT INTO xtelemdb.rejects (origin_digest, offset_bytes, length_bytes, span_hash, reason, event_code, detail,
                                  device, span, span_end)
    SELECT f.origin_digest, f.offset_bytes, f.length_bytes, f.span_hash, f.reason, f.event_code, f.detail,
           f.device, f.span, f.span_end
    FROM found AS f
    WHERE NOT EXISTS (SELECT FROM xtelemdb.rejects AS r
                      WHERE r.origin_digest = f.twin_digest AND r.offset_bytes = f.offset_bytes
                        AND r.length_bytes = f.length_bytes AND r.span_hash = f.span_hash)
      AND NOT EXISTS (SELECT FROM found AS g
                      WHERE g.origin_digest = f.twin_digest AND g.offset_bytes = f.offset_bytes
                        AND g.length_bytes = f.length_bytes AND g.span_hash = f.span_hash AND g.number < f.number)
    ON CONFLICT DO NOTHING
    RETURNING origin_digest, offset_bytes, length_bytes, span_hash
), sums AS (
    SELECT origin_digest, count(*) AS records, sum(length_bytes)::bigint AS bytes FROM added GROUP BY origin_digest
), counted AS (
    UPDATE xtelemdb.ledger AS l
    SET records_rejected = l.records_rejected + s.records, bytes_rejected = l.bytes_rejected + s.bytes
    FROM sums AS s
    WHERE l.origin_digest = s.origin_digest
)
SELECT f.number FROM found AS f JOIN added AS a USING (origin_digest, offset_bytes, length_bytes, span_hash)
";

/// Records that were set aside for a code that the catalogue did not know and knows now, a page at a time. Those that
/// another ingest is at are left to it.
pub(super) const REJECTS_NOW_KNOWN: &str = "
SELECT origin_digest, offset_bytes, length_bytes, span_hash
FROM xtelemdb.rejects
WHERE reason = 'unknown_code' AND event_code = ANY ($1::int[]) AND span_end IS NULL
  AND (origin_digest, offset_bytes, length_bytes, span_hash) > ($2::bytea, $3::bigint, $4::bigint, $5::bigint)
ORDER BY origin_digest, offset_bytes, length_bytes, span_hash
LIMIT $6
FOR UPDATE SKIP LOCKED
";

pub(super) const REJECT_KEPT: &str = "
SELECT device, span
FROM xtelemdb.rejects
WHERE (origin_digest, offset_bytes, length_bytes, span_hash) = ($1::bytea, $2::bigint, $3::bigint, $4::bigint)
";

/// Whether any of these is still set aside.
pub(super) const REJECTS_ANY_KEPT: &str = "
SELECT EXISTS (
    SELECT FROM xtelemdb.rejects
    JOIN unnest($1::bytea[], $2::bigint[], $3::bigint[], $4::bigint[])
         AS k (origin_digest, offset_bytes, length_bytes, span_hash)
    USING (origin_digest, offset_bytes, length_bytes, span_hash)
)
";

pub(super) const DELETE_REJECTS: &str = "
WITH gone AS (
    DELETE FROM xtelemdb.rejects AS r
    USING unnest($1::bytea[], $2::bigint[], $3::bigint[], $4::bigint[])
          AS f (origin_digest, offset_bytes, length_bytes, span_hash)
    WHERE r.origin_digest = f.origin_digest AND r.offset_bytes = f.offset_bytes
      AND r.length_bytes = f.length_bytes AND r.span_hash = f.span_hash
    RETURNING r.origin_digest, r.length_bytes
), sums AS (
    SELECT origin_digest, count(*) AS records, sum(length_bytes)::bigint AS bytes FROM gone GROUP BY origin_digest
)
UPDATE xtelemdb.ledger AS l
SET records_loaded = l.records_loaded + s.records, records_rejected = l.records_rejected - s.records,
    bytes_rejected = l.bytes_rejected - s.bytes
FROM sums AS s
WHERE l.origin_digest = s.origin_digest
";

// --- inventory --------------------------------------------------------------------------------------------------

/// Some thousand files at a time are looked up by their digests. Before the table's first ANALYZE the planner takes
/// it for tiny and would read it whole, for each batch; and compiling a statement takes longer than running it.
pub(super) const FILES_PLANS: &str = "
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
SET LOCAL enable_hashjoin = off;
SET LOCAL enable_mergejoin = off;
SET LOCAL jit = off;
";

pub(super) const FILES_ANY_KNOWN: &str =
    "SELECT EXISTS (SELECT FROM public.file_origins WHERE origin_digest = ANY ($1::bytea[]))";

/// The files that are not there unchanged; `same_file` is null for a new one, false for a collision of digests.
pub(super) const FILES_COMPARE: &str = "
SELECT seen.number, (f.origin_host = $1::text AND f.origin_path = seen.path) AS same_file
FROM unnest($2::bytea[], $3::text[], $4::bigint[], $5::timestamptz[]) WITH ORDINALITY
     AS seen (digest, path, size_bytes, modification_time, number)
LEFT JOIN public.file_origins AS f ON f.origin_digest = seen.digest
WHERE f.size_bytes IS DISTINCT FROM seen.size_bytes
   OR f.modification_time IS DISTINCT FROM seen.modification_time
   OR f.origin_path IS DISTINCT FROM seen.path
   OR f.origin_host IS DISTINCT FROM $1::text
";

pub(super) const FILES_COPY: &str = "
COPY public.file_origins (origin_host, origin_path, modification_time, creation_time, size_bytes)
FROM STDIN (FORMAT binary)
";

/// One for each session that needs it.
pub(super) const FILES_STAGE: &str = "
CREATE TEMPORARY TABLE IF NOT EXISTS staged_files (
    origin_digest     bytea NOT NULL,
    origin_path       text COLLATE \"C\" NOT NULL,
    modification_time timestamptz NOT NULL,
    creation_time     timestamptz NOT NULL,
    size_bytes        bigint NOT NULL
) ON COMMIT DELETE ROWS
";

pub(super) const FILES_STAGE_COPY: &str = "
COPY pg_temp.staged_files (origin_digest, origin_path, modification_time, creation_time, size_bytes)
FROM STDIN (FORMAT binary)
";

/// A row that was inserted has no xmax.
pub(super) const FILES_UPSERT: &str = "
WITH written AS (
    INSERT INTO public.file_origins AS f (origin_host, origin_path, modification_time, creation_time, size_bytes)
    SELECT $1::text, origin_path, modification_time, creation_time, size_bytes
    FROM pg_temp.staged_files
    ORDER BY origin_digest
    ON CONFLICT (origin_digest) DO UPDATE
    SET modification_time = excluded.modification_time,
        creation_time = excluded.creation_time,
        size_bytes = excluded.size_bytes
    WHERE f.origin_host = excluded.origin_host
      AND f.origin_path = excluded.origin_path
      AND (f.size_bytes, f.modification_time) IS DISTINCT FROM (excluded.size_bytes, excluded.modification_time)
    RETURNING xmax = 0 AS is_new
)
SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written
";

#[cfg(test)]
mod tests {
    use crate::limits::{KEEPALIVE_IDLE, KEEPALIVE_INTERVAL, KEEPALIVE_RETRIES};

    #[test]
    fn the_server_probes_as_the_client_does() {
        let dead_after = KEEPALIVE_IDLE + KEEPALIVE_INTERVAL * KEEPALIVE_RETRIES;
        for setting in [
            format!("SET tcp_keepalives_idle = {};", KEEPALIVE_IDLE.as_secs()),
            format!("SET tcp_keepalives_interval = {};", KEEPALIVE_INTERVAL.as_secs()),
            format!("SET tcp_keepalives_count = {KEEPALIVE_RETRIES};"),
            format!("SET tcp_user_timeout = {};", dead_after.as_millis()),
        ] {
            assert!(super::SESSION.contains(&setting), "{setting}");
        }
    }
}

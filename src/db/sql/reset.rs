//! The statements of `reset`, and of looking what would go. They also work on the tables of the Python program, and on
//! those of which some are missing.

/// The tables and the view with their rows, as estimated, and their sizes with indexes.
pub(in crate::db) const RELATIONS: &str = "
SELECT n.nspname || '.' || c.relname, greatest(c.reltuples, -1)::bigint, pg_total_relation_size(c.oid)
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind = 'r'
  AND (n.nspname = 'xtelemdb'
       OR n.nspname = 'public' AND c.relname IN ('telem', 'file_origins', 'file_ingest_times', 'file_replicas'))
ORDER BY 1
";

/// Rows of a table to the last, where that takes a moment only.
pub(in crate::db) const COUNT: &str = "SELECT count(*) FROM ";

/// The newest record, found device by device along the index.
pub(in crate::db) const NEWEST: &str = "
WITH RECURSIVE devices AS (
    (SELECT device FROM public.telem ORDER BY device LIMIT 1)
    UNION ALL
    SELECT (SELECT t.device FROM public.telem AS t WHERE t.device > d.device ORDER BY t.device LIMIT 1)
    FROM devices AS d WHERE d.device IS NOT NULL
)
SELECT to_char(max(newest.ts) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'), count(*)
FROM devices AS d
CROSS JOIN LATERAL (SELECT t.ts FROM public.telem AS t WHERE t.device = d.device ORDER BY t.ts DESC LIMIT 1) AS newest
";

pub(in crate::db) const HOSTS: &str = "
SELECT origin_host, count(*), count(*) FILTER (
           WHERE origin_path LIKE '%.bintel' OR origin_path LIKE '%.ndjson' OR origin_path LIKE '%.ndjson.gz')
FROM public.file_origins GROUP BY origin_host ORDER BY origin_host
";

pub(in crate::db) const HAS_FILES: &str = "SELECT to_regclass('public.file_origins') IS NOT NULL";

/// Telemetry files of a host that hold something.
pub(in crate::db) const FILES: &str = "
SELECT origin_path, size_bytes
FROM public.file_origins
WHERE origin_host = $1 AND size_bytes > 0
  AND (origin_path LIKE '%.bintel' OR origin_path LIKE '%.ndjson' OR origin_path LIKE '%.ndjson.gz')
ORDER BY origin_path
";

/// Others that work with this database by this program, or hold one of its locks.
pub(in crate::db) const BUSY: &str = "
SELECT DISTINCT a.pid, coalesce(a.usename, '?'), coalesce(host(a.client_addr), 'this computer'),
       to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')
FROM pg_stat_activity AS a
LEFT JOIN pg_locks AS l ON l.pid = a.pid AND l.locktype = 'advisory' AND l.granted
WHERE a.datname = $1 AND a.pid <> pg_backend_pid()
  AND (l.pid IS NOT NULL OR a.application_name LIKE 'xtelemdb%')
  AND a.application_name NOT IN ('xtelemdb-admin', 'xtelemdb personal')
ORDER BY 1
";

/// A `follow` that lost its connection for a moment is still there.
pub(in crate::db) const HEARTBEATS: &str = "
SELECT name || ' on ' || hostname FROM xtelemdb.heartbeats
WHERE ended IS NULL AND beat > now() - interval '1 minute'
ORDER BY 1
";

/// Level 1, as in the handbook. What counts the files of these tables goes along, by its references and by a trigger.
pub(in crate::db) const LEVEL_1: &str = "\
BEGIN;
TRUNCATE TABLE public.telem CASCADE;
TRUNCATE TABLE public.file_origins CASCADE;
COMMIT;
";

/// Level 2: also the two tables that the handbook leaves, and what this program keeps count in.
pub(in crate::db) const LEVEL_2: &str = "\
BEGIN;
DROP VIEW IF EXISTS public.observations CASCADE;
DROP TABLE IF EXISTS public.telem, public.file_ingest_times, public.file_replicas, public.file_origins CASCADE;
DROP SCHEMA IF EXISTS xtelemdb CASCADE;
COMMIT;
";

/// Roles that level 3 may drop: not the one that we are, nor one that may everything.
pub(in crate::db) const ROLES: &str = "
SELECT rolname FROM pg_roles
WHERE rolname = ANY ($1::text[]) AND NOT rolsuper AND rolname <> current_user
ORDER BY rolname DESC
";

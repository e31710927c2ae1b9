//! The statements of `setup --upgrade`, from the tables of the Python program to today's. Whole, as in `sql.rs`.

/// The server notices a client that vanished while it builds an index, and stops building.
pub(in crate::db) const SESSION: &str = "SET client_connection_check_interval = '1s'";

/// Held by the session that upgrades. Nobody may wait for it: a waiting statement would itself keep the server from
/// finishing an index. The key is 'xtelemup' in ASCII.
pub(in crate::db) const TRY_LOCK: &str = "SELECT pg_try_advisory_lock(x'7874656c656d7570'::bigint)";

/// Whether an upgrade was begun and has not come to its end.
pub(in crate::db) const IS_BEGUN: &str = "SELECT to_regclass('xtelemdb.upgrade') IS NOT NULL";

/// The columns of the Python program's tables that are not there as they should be.
pub(in crate::db) const COLUMNS_MISSING: &str = "
SELECT wanted.name || '.' || wanted.attribute
FROM (VALUES ('telem', 'ts', 'timestamptz'), ('telem', 'device', 'varchar'), ('telem', 'msg', 'jsonb'),
             ('telem', 'prio', 'varchar'), ('telem', 'ec', 'varchar'),
             ('file_origins', 'origin_host', 'varchar'), ('file_origins', 'origin_path', 'varchar'),
             ('file_origins', 'modification_time', 'timestamptz'), ('file_origins', 'creation_time', 'timestamptz'),
             ('file_origins', 'size_bytes', 'int8'),
             ('file_ingest_times', 'ts', 'timestamptz'), ('file_ingest_times', 'device', 'varchar'),
             ('file_ingest_times', 'ingested_at', 'timestamptz'), ('file_ingest_times', 'origin_host', 'varchar'),
             ('file_ingest_times', 'origin_path', 'varchar'),
             ('file_replicas', 'hostname', 'varchar'), ('file_replicas', 'replica_path', 'varchar'),
             ('file_replicas', 'origin_modification_time', 'timestamptz'), ('file_replicas', 'size_bytes', 'int8'),
             ('file_replicas', 'origin_host', 'varchar'), ('file_replicas', 'origin_path', 'varchar'))
     AS wanted (name, attribute, type)
JOIN pg_class AS c ON c.relname = wanted.name AND c.relnamespace = 'public'::regnamespace
LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = wanted.attribute AND NOT a.attisdropped
LEFT JOIN pg_type AS t ON t.oid = a.atttypid
WHERE t.typname IS DISTINCT FROM wanted.type AND t.typname IS DISTINCT FROM replace(wanted.type, 'varchar', 'text')
ORDER BY 1
";

/// Columns behind the known ones, which nobody would carry along.
pub(in crate::db) const COLUMNS_BEYOND: &str = "
SELECT c.relname || '.' || a.attname
FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace
  AND (c.relname = 'file_origins' AND a.attname <> ALL (ARRAY['origin_host', 'origin_path', 'modification_time',
                                                              'creation_time', 'size_bytes'])
       OR c.relname = 'file_ingest_times' AND a.attname <> ALL (ARRAY['ts', 'device', 'ingested_at', 'origin_host',
                                                                      'origin_path'])
       OR c.relname = 'file_replicas' AND a.attname <> ALL (ARRAY['hostname', 'replica_path',
              'origin_modification_time', 'size_bytes', 'origin_host', 'origin_path']))
ORDER BY 1
";

/// Views and foreign keys of others that hold on to the tables, so that these can't be changed.
pub(in crate::db) const DEPENDENTS: &str = "
WITH tables AS (
    SELECT to_regclass('public.' || name) AS oid
    FROM unnest(ARRAY['telem', 'file_origins', 'file_ingest_times', 'file_replicas', 'observations']) AS names (name)
)
SELECT DISTINCT 'view ' || r.ev_class::regclass::text
FROM pg_depend AS d JOIN pg_rewrite AS r ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid IN (SELECT oid FROM tables)
  AND r.ev_class NOT IN (SELECT oid FROM tables WHERE oid IS NOT NULL)
UNION ALL
SELECT 'foreign key ' || conname || ' of ' || conrelid::regclass::text
FROM pg_constraint
WHERE contype = 'f' AND confrelid IN (SELECT oid FROM tables)
  AND conrelid NOT IN (SELECT oid FROM tables WHERE oid IS NOT NULL)
ORDER BY 1
";

/// Who owns the tables, whether we may act as that role, and whether that role may make what is needed.
pub(in crate::db) const OWNER: &str = "
SELECT r.rolname, current_user = r.rolname, pg_has_role(current_user, r.oid, 'MEMBER'),
       has_database_privilege(r.oid, current_database(), 'CREATE'),
       has_schema_privilege(r.oid, 'public', 'CREATE'),
       (SELECT count(DISTINCT c.relowner) FROM pg_class AS c
        WHERE c.relnamespace = 'public'::regnamespace
          AND c.relname IN ('telem', 'file_origins', 'file_ingest_times', 'file_replicas', 'observations'))
FROM pg_class AS t JOIN pg_roles AS r ON r.oid = t.relowner
WHERE t.oid = to_regclass('public.telem')
";

/// Rows as the planner saw them last, and pages.
pub(in crate::db) const TELEM_SIZE: &str = "
SELECT greatest(c.reltuples, 0)::bigint, pg_relation_size(c.oid) / current_setting('block_size')::bigint
FROM pg_class AS c
WHERE c.oid = 'public.telem'::regclass
";

/// Marks the database as being upgraded: no other command works with it meanwhile. Of the four tables those that are
/// missing, dropped by hand perhaps, are made as they were.
pub(in crate::db) const BEGIN: &str = "\
CREATE SCHEMA IF NOT EXISTS xtelemdb;
CREATE TABLE IF NOT EXISTS xtelemdb.upgrade (started_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE IF NOT EXISTS public.telem
    (ts timestamptz, device varchar(50), msg jsonb, prio varchar(8), ec varchar(20), PRIMARY KEY (ts, device));
CREATE TABLE IF NOT EXISTS public.file_origins
    (origin_host varchar(50), origin_path varchar(1024), modification_time timestamptz, creation_time timestamptz,
     size_bytes bigint);
CREATE TABLE IF NOT EXISTS public.file_ingest_times
    (ts timestamptz, device varchar(50), ingested_at timestamptz, origin_host varchar(50), origin_path varchar(1024));
CREATE TABLE IF NOT EXISTS public.file_replicas
    (hostname varchar(50), replica_path varchar(1024), origin_modification_time timestamptz, size_bytes bigint,
     origin_host varchar(50), origin_path varchar(1024));
";

/// Changes the catalogue only. Rows that are there, and rows that the Python program may still write, are marked by
/// having no nanoseconds; the old key tells them apart, so their digest is all the same.
pub(in crate::db) const ADD_COLUMNS: &str = "\
ALTER TABLE public.telem
    ADD COLUMN IF NOT EXISTS ts_ns smallint,
    ADD COLUMN IF NOT EXISTS digest bigint NOT NULL DEFAULT 0;
";

pub(in crate::db) const HAS_COLUMNS: &str = "
SELECT count(*) = 2 FROM pg_attribute
WHERE attrelid = 'public.telem'::regclass AND attname IN ('ts_ns', 'digest') AND NOT attisdropped
";

/// A constraint that holds for new rows at once, and for old ones once they are looked through: then the columns can be
/// made NOT NULL without looking again.
pub(in crate::db) const ADD_CHECK: &str = "\
ALTER TABLE public.telem ADD CONSTRAINT xtelemdb_complete CHECK (msg IS NOT NULL AND ec IS NOT NULL) NOT VALID;
";

pub(in crate::db) const HAS_CHECK: &str = "
SELECT EXISTS (SELECT FROM pg_constraint WHERE conrelid = 'public.telem'::regclass AND conname = 'xtelemdb_complete')
";

/// Readers and writers go on meanwhile.
pub(in crate::db) const FILL_NULLS: &str = "\
UPDATE public.telem SET msg = coalesce(msg, 'null'), ec = coalesce(ec, '') WHERE msg IS NULL OR ec IS NULL;
";

pub(in crate::db) const VALIDATE_CHECK: &str = "\
ALTER TABLE public.telem VALIDATE CONSTRAINT xtelemdb_complete;
";

pub(in crate::db) const IS_VALIDATED: &str = "
SELECT EXISTS (SELECT FROM pg_constraint
               WHERE conrelid = 'public.telem'::regclass AND conname = 'xtelemdb_complete' AND convalidated)
";

/// Sorts as today's column will, so that it stays when the column's type changes.
pub(in crate::db) const INDEX_KEY: &str = "\
CREATE UNIQUE INDEX CONCURRENTLY telem_device_ts_digest ON public.telem (device COLLATE \"C\", ts, digest);
";

pub(in crate::db) const INDEX_TIME: &str = "\
CREATE INDEX CONCURRENTLY telem_ts ON public.telem USING brin (ts) WITH (autosummarize = on);
";

/// Null if there is no such index, false if its building was cut.
pub(in crate::db) const INDEX_STATE: &str = "
SELECT (SELECT i.indisvalid FROM pg_index AS i WHERE i.indexrelid = to_regclass('public.' || $1::text))
";

pub(in crate::db) const DROP_CUT_INDEX: &str = "DROP INDEX CONCURRENTLY IF EXISTS public.";

/// How far the server is with an index, in pages of the table that it has read: of its first look and of its second.
pub(in crate::db) const INDEX_PROGRESS: &str = "
SELECT phase, blocks_done
FROM pg_stat_progress_create_index
WHERE datname = current_database() AND relid = 'public.telem'::regclass
";

/// From here to COMMIT nobody else writes the tables of files; everybody may read them.
pub(in crate::db) const SWAP_BEGIN: &str = "\
SET LOCAL xtelemdb.upgrading = 'on';
SELECT pg_advisory_xact_lock(x'7874656c656d6462'::bigint);
LOCK TABLE public.file_origins, public.file_ingest_times, public.file_replicas IN SHARE ROW EXCLUSIVE MODE;
CREATE SCHEMA xtelemdb_new;
";

/// The schema in which today's tables are filled before they take the place of the old ones.
pub(in crate::db) const NEW_SCHEMA: &str = "xtelemdb_new";

/// Fills the new tables of files. What has no place in them, which no known database holds, is kept as it was.
/// A file that was loaded is in the ledger with nothing read of it: while it is on disk it is read again, exactly; when it is gone
/// it counts as loaded.
pub(in crate::db) const FILL_FILES: &str = "\
CREATE TABLE IF NOT EXISTS xtelemdb.predecessor_rows (table_name text NOT NULL, old_row jsonb NOT NULL);
INSERT INTO xtelemdb_new.file_origins (origin_host, origin_path, modification_time, creation_time, size_bytes)
SELECT origin_host, replace(origin_path, '\\', '\\\\'), coalesce(modification_time, 'epoch'),
       coalesce(creation_time, modification_time, 'epoch'), coalesce(size_bytes, 0)
FROM public.file_origins;
WITH numbered AS (
    SELECT i AS old_row, o.origin_digest,
           row_number() OVER (PARTITION BY o.origin_digest ORDER BY i.ingested_at DESC NULLS LAST, i.ts DESC) AS number
    FROM public.file_ingest_times AS i
    LEFT JOIN xtelemdb_new.file_origins AS o
           ON o.origin_host = i.origin_host AND o.origin_path = replace(i.origin_path, '\\', '\\\\')
          AND i.ts IS NOT NULL AND i.device IS NOT NULL
), kept AS (
    INSERT INTO xtelemdb_new.file_ingest_times (ts, device, ingested_at, origin_host, origin_path)
    SELECT (old_row).ts, (old_row).device, coalesce((old_row).ingested_at, 'epoch'), (old_row).origin_host,
           replace((old_row).origin_path, '\\', '\\\\')
    FROM numbered
    WHERE number = 1 AND origin_digest IS NOT NULL
)
INSERT INTO xtelemdb.predecessor_rows (table_name, old_row)
SELECT 'file_ingest_times', to_jsonb(old_row) FROM numbered WHERE number > 1 OR origin_digest IS NULL;
WITH numbered AS (
    SELECT r AS old_row, o.origin_digest,
           row_number() OVER (PARTITION BY r.hostname, r.replica_path ORDER BY r.origin_modification_time DESC NULLS LAST)
               AS number
    FROM public.file_replicas AS r
    LEFT JOIN xtelemdb_new.file_origins AS o
           ON o.origin_host = r.origin_host AND o.origin_path = replace(r.origin_path, '\\', '\\\\')
          AND r.hostname IS NOT NULL AND r.replica_path IS NOT NULL
), kept AS (
    INSERT INTO xtelemdb_new.file_replicas (hostname, replica_path, origin_modification_time, size_bytes, origin_host,
                                            origin_path)
    SELECT (old_row).hostname, replace((old_row).replica_path, '\\', '\\\\'),
           coalesce((old_row).origin_modification_time, 'epoch'), coalesce((old_row).size_bytes, 0),
           (old_row).origin_host, replace((old_row).origin_path, '\\', '\\\\')
    FROM numbered
    WHERE number = 1 AND origin_digest IS NOT NULL
)
INSERT INTO xtelemdb.predecessor_rows (table_name, old_row)
SELECT 'file_replicas', to_jsonb(old_row) FROM numbered WHERE number > 1 OR origin_digest IS NULL;
";

/// The hash is that of no bytes: what the fingerprints of a file are of which nothing was read.
pub(in crate::db) const FILL_LEDGER: &str = "\
INSERT INTO xtelemdb.ledger (origin_digest, device, generation, resume_bytes, tail_bytes, records_loaded,
                             records_rejected, bytes_rejected, head_hash, history_hash, size_bytes_seen,
                             modification_time_seen)
SELECT o.origin_digest, i.device, 1, 0, 0, 0, 0, 0, :EMPTY, :EMPTY, o.size_bytes, '-infinity'
FROM xtelemdb_new.file_ingest_times AS i JOIN xtelemdb_new.file_origins AS o USING (origin_digest)
WHERE o.origin_path LIKE '%.bintel' OR o.origin_path LIKE '%.ndjson' OR o.origin_path LIKE '%.ndjson.gz';
";

/// Nobody reads from here to COMMIT, which is some ten milliseconds: only the catalogue changes.
pub(in crate::db) const SWAP_LOCK: &str = "\
LOCK TABLE public.telem, public.file_origins, public.file_ingest_times, public.file_replicas IN ACCESS EXCLUSIVE MODE;
";

pub(in crate::db) const SWAP: &str = "\
DROP VIEW IF EXISTS public.observations;
ALTER TABLE public.telem ALTER COLUMN ts SET NOT NULL, ALTER COLUMN device SET NOT NULL,
    ALTER COLUMN msg SET NOT NULL, ALTER COLUMN ec SET NOT NULL;
DO $$
DECLARE
    old record;
BEGIN
    FOR old IN SELECT conname FROM pg_catalog.pg_constraint
               WHERE conrelid = 'public.telem'::regclass AND contype IN ('p', 'u', 'c') LOOP
        EXECUTE format('ALTER TABLE public.telem DROP CONSTRAINT %I', old.conname);
    END LOOP;
    FOR old IN SELECT indexrelid::regclass AS name FROM pg_catalog.pg_index
               WHERE indrelid = 'public.telem'::regclass
                 AND indexrelid NOT IN ('public.telem_device_ts_digest'::regclass, 'public.telem_ts'::regclass) LOOP
        EXECUTE format('DROP INDEX %s', old.name);
    END LOOP;
END
$$;
ALTER TABLE public.telem ALTER COLUMN device TYPE text COLLATE \"C\", ALTER COLUMN prio TYPE text COLLATE \"C\",
    ALTER COLUMN ec TYPE text COLLATE \"C\", ALTER COLUMN digest DROP DEFAULT;
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
INSERT INTO xtelemdb.predecessor (device, first_ts, last_ts)
WITH RECURSIVE devices AS (
    (SELECT device FROM public.telem ORDER BY device LIMIT 1)
    UNION ALL
    SELECT (SELECT t.device FROM public.telem AS t WHERE t.device > d.device ORDER BY t.device LIMIT 1)
    FROM devices AS d WHERE d.device IS NOT NULL
)
SELECT d.device, (SELECT min(ts) FROM public.telem AS t WHERE t.device = d.device),
       (SELECT max(ts) FROM public.telem AS t WHERE t.device = d.device)
FROM devices AS d WHERE d.device IS NOT NULL;
DO $$
DECLARE
    given record;
BEGIN
    FOR given IN SELECT c.relname, a.privilege_type, a.is_grantable, a.grantee
                 FROM pg_catalog.pg_class AS c, pg_catalog.aclexplode(c.relacl) AS a
                 WHERE c.relnamespace = 'public'::regnamespace AND a.grantee <> c.relowner
                   AND c.relname IN ('file_origins', 'file_ingest_times', 'file_replicas') LOOP
        EXECUTE format('GRANT %s ON xtelemdb_new.%I TO %s%s', given.privilege_type, given.relname,
                       CASE given.grantee WHEN 0 THEN 'PUBLIC' ELSE given.grantee::regrole::text END,
                       CASE WHEN given.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END);
    END LOOP;
    IF NOT EXISTS (SELECT FROM xtelemdb.predecessor_rows) THEN
        DROP TABLE xtelemdb.predecessor_rows;
    END IF;
END
$$;
DROP TABLE public.file_replicas, public.file_ingest_times, public.file_origins;
ALTER TABLE xtelemdb_new.file_origins SET SCHEMA public;
ALTER TABLE xtelemdb_new.file_ingest_times SET SCHEMA public;
ALTER TABLE xtelemdb_new.file_replicas SET SCHEMA public;
DROP SCHEMA xtelemdb_new CASCADE;
DROP TABLE xtelemdb.upgrade;
";

/// Sessions that hold on to a table, as long as that may be.
pub(in crate::db) const HOLDERS: &str = "
SELECT DISTINCT a.pid, coalesce(a.usename, '?'), coalesce(a.application_name, ''),
       coalesce(extract(epoch FROM clock_timestamp() - a.xact_start), 0)::bigint
FROM pg_locks AS l JOIN pg_stat_activity AS a USING (pid)
WHERE l.locktype = 'relation' AND l.granted AND l.pid <> pg_backend_pid()
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND l.relation IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace
                     AND relname IN ('telem', 'file_origins', 'file_ingest_times', 'file_replicas'))
ORDER BY 1
";

pub(in crate::db) const HAS_ROWS_ASIDE: &str = "SELECT to_regclass('xtelemdb.predecessor_rows') IS NOT NULL";

pub(in crate::db) const ROWS_ASIDE: &str = "SELECT count(*) FROM xtelemdb.predecessor_rows";

/// After all rows of a device have been replaced, nothing has to be looked up for it any more.
pub(in crate::db) const FORGET_SPANS: &str = "
DELETE FROM xtelemdb.predecessor AS p
WHERE NOT EXISTS (SELECT FROM public.telem AS t
                  WHERE t.device = p.device AND t.ts BETWEEN p.first_ts AND p.last_ts AND t.digest = 0
                    AND t.ts_ns IS NULL)
";

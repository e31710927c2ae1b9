//! Questions about the server and the database as a whole.

pub(in crate::db) const CONNECTION: &str = "
SELECT current_user::text, current_database()::text,
       current_setting('server_version_num')::int, current_setting('server_version'),
       to_char(pg_postmaster_start_time() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS UTC'),
       pg_is_in_recovery(),
       coalesce(inet_server_addr() <> inet_client_addr(), false),
       (SELECT s.version || ', ' || s.cipher FROM pg_stat_ssl AS s WHERE s.pid = pg_backend_pid() AND s.ssl),
       (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')
";

pub(in crate::db) const CLOCK: &str = "SELECT extract(epoch FROM clock_timestamp())::float8";

/// `value` in the setting's own unit.
pub(in crate::db) const SETTINGS: &str = "
SELECT name, setting, current_setting(name)
FROM pg_settings
WHERE name IN ('server_encoding', 'default_transaction_read_only', 'fsync', 'full_page_writes', 'autovacuum',
               'track_counts', 'synchronous_commit', 'max_connections', 'superuser_reserved_connections',
               'shared_buffers', 'max_wal_size', 'checkpoint_timeout')
ORDER BY name
";

pub(in crate::db) const MAY_READ_HBA: &str = "
SELECT has_table_privilege('pg_hba_file_rules', 'SELECT')
   AND has_function_privilege('pg_hba_file_rules()', 'EXECUTE')
";

/// What commands need that read, what those that load need beside it, and `follow` beside that.
pub(in crate::db) const RIGHTS: &str = "
SELECT needed.privilege, needed.name, needed.purpose, has_table_privilege(needed.name, needed.privilege)
FROM (VALUES ('SELECT', 'public.telem', 'read'), ('SELECT', 'public.file_origins', 'read'),
             ('SELECT', 'xtelemdb.version', 'read'), ('SELECT', 'xtelemdb.ledger', 'read'),
             ('SELECT', 'xtelemdb.rejects', 'read'),
             ('SELECT', 'xtelemdb.predecessor', 'load'), ('INSERT', 'public.telem', 'load'),
             ('INSERT', 'public.file_origins', 'load'), ('UPDATE', 'public.file_origins', 'load'),
             ('SELECT', 'public.file_ingest_times', 'load'), ('INSERT', 'public.file_ingest_times', 'load'),
             ('UPDATE', 'public.file_ingest_times', 'load'),
             ('INSERT', 'xtelemdb.ledger', 'load'), ('UPDATE', 'xtelemdb.ledger', 'load'),
             ('INSERT', 'xtelemdb.rejects', 'load'), ('UPDATE', 'xtelemdb.rejects', 'load'),
             ('DELETE', 'xtelemdb.rejects', 'load'),
             ('SELECT', 'xtelemdb.heartbeats', 'follow'), ('INSERT', 'xtelemdb.heartbeats', 'follow'),
             ('UPDATE', 'xtelemdb.heartbeats', 'follow')
     ) AS needed (privilege, name, purpose)
WHERE has_schema_privilege(split_part(needed.name, '.', 1), 'USAGE')
UNION ALL
SELECT 'USAGE', 'schema ' || spaces.name, 'read', has_schema_privilege(spaces.name, 'USAGE')
FROM (VALUES ('public'), ('xtelemdb')) AS spaces (name)
UNION ALL
SELECT 'TEMPORARY', 'the database', 'load', has_database_privilege(current_database(), 'TEMPORARY')
";

pub(in crate::db) const MAY_READ: &str = "SELECT has_table_privilege($1::text, 'SELECT')";

pub(in crate::db) const SIZES: &str = "
SELECT c.relname::text, c.reltuples::bigint, pg_total_relation_size(c.oid)
FROM pg_class AS c
WHERE c.oid IN ('public.telem'::regclass, 'public.file_origins'::regclass)
ORDER BY c.relname DESC
";

pub(in crate::db) const PLACE: &str = "
SELECT t.spcname::text, pg_tablespace_location(t.oid), pg_database_size(d.oid),
       coalesce(inet_server_addr() <> inet_client_addr(), false),
       pg_has_role('pg_read_all_settings', 'USAGE')
FROM pg_database AS d
JOIN pg_tablespace AS t ON t.oid = d.dattablespace
WHERE d.datname = current_database()
";

/// For superusers and members of pg_read_all_settings.
pub(in crate::db) const DATA_DIRECTORY: &str = "SELECT current_setting('data_directory')";

pub(in crate::db) const REJECTS_BY_REASON: &str = "
SELECT r.reason, count(*)
FROM xtelemdb.rejects AS r
JOIN public.file_origins AS o USING (origin_digest)
WHERE o.origin_host = $1
GROUP BY r.reason
ORDER BY count(*) DESC, r.reason
";

pub(in crate::db) const REPLICAS: &str = "
SELECT r.hostname, count(*), count(*) FILTER (WHERE r.origin_modification_time < o.modification_time)
FROM public.file_replicas AS r
JOIN public.file_origins AS o USING (origin_digest)
WHERE o.origin_host = $1
GROUP BY r.hostname
ORDER BY r.hostname
";

pub(in crate::db) const HEARTBEAT: &str = "
SELECT name, process_id, extract(epoch FROM clock_timestamp() - beat)::float8, ended IS NOT NULL, files_behind, last_error
FROM xtelemdb.heartbeats
WHERE hostname = $1
";

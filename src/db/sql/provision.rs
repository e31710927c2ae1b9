//! The statements of `provision`.

/// The files and settings that matter, the server's version, and when it read its files last, in seconds since 1970.
pub(in crate::db) const SERVER: &str = "
SELECT current_setting('server_version_num')::int, current_setting('hba_file'), current_setting('listen_addresses'),
       (SELECT setting FROM pg_file_settings WHERE name = 'listen_addresses' ORDER BY seqno DESC LIMIT 1),
       extract(epoch FROM pg_conf_load_time())::float8
";

/// Of a role: whether it may log in, and what the server keeps of its password.
pub(in crate::db) const ROLE: &str = "SELECT rolcanlogin, rolpassword FROM pg_authid WHERE rolname = $1";

pub(in crate::db) const TABLESPACE: &str =
    "SELECT pg_tablespace_location(oid) FROM pg_tablespace WHERE spcname = $1";

/// The tablespace of a database.
pub(in crate::db) const DATABASE: &str = "
SELECT t.spcname FROM pg_database AS d JOIN pg_tablespace AS t ON t.oid = d.dattablespace WHERE d.datname = $1
";

/// Which rights the two roles lack in this database, as lines that give them. A role that is not there lacks all.
pub(in crate::db) const RIGHTS_MISSING: &str = "
SELECT format(wanted.line, quote_ident(current_database()), quote_ident(wanted.role))
FROM (VALUES
    ($1::text, 'CREATE', NULL, 'GRANT CREATE, CONNECT, TEMPORARY ON DATABASE %1$s TO %2$s;'),
    ($1::text, NULL, 'CREATE', 'GRANT CREATE, USAGE ON SCHEMA public TO %2$s;'),
    ($2::text, 'CONNECT', NULL, 'GRANT CONNECT ON DATABASE %1$s TO %2$s;'),
    ($2::text, NULL, 'USAGE', 'GRANT USAGE ON SCHEMA public TO %2$s;'))
    AS wanted (role, on_database, on_schema, line)
LEFT JOIN pg_roles AS r ON r.rolname = wanted.role
WHERE NOT coalesce(CASE WHEN wanted.on_database IS NOT NULL
                        THEN has_database_privilege(r.oid, current_database(), wanted.on_database)
                        ELSE has_schema_privilege(r.oid, 'public', wanted.on_schema) END, false)
";

/// A superuser may keep his statements out of the server's log.
pub(in crate::db) const SAY_NOTHING: &str = "
SET log_statement = 'none';
SET log_min_error_statement = 'panic';
SET log_min_duration_statement = -1;
SET log_min_duration_sample = -1;
";

pub(in crate::db) const RELOAD: &str = "SELECT pg_reload_conf()";

/// From this version on files can be included in pg_hba.conf.
pub(in crate::db) const INCLUDES_FROM: i32 = 160_000;

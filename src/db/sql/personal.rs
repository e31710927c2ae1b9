//! Statements about whole databases: backing up, restoring and upgrading a personal one. Like those in `sql`, each is
//! whole, and those with `{}` are templates for names that can't be parameters, filled with quoted ones.

pub(crate) use super::DATABASE_EXISTS;
use super::{literal, quote};

/// A view of the database that `pg_dump` can share, held as long as the transaction.
pub const SHARE_SNAPSHOT: &str = "SELECT pg_export_snapshot()";

/// Every table that holds rows of users, in the order of names: schema and name, quoted.
pub const TABLES: &str = "
SELECT format('%I.%I', n.nspname, c.relname)
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
  AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY 1";

/// How many rows a table has.
pub fn count_rows(table: &str) -> String {
    format!("SELECT count(*) FROM ONLY {table}")
}

/// How many rows a table has, and a sum over the text of all of them, which their order does not change.
pub fn table_content(table: &str) -> String {
    format!(
        "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text FROM ONLY {table} AS t"
    )
}

/// How values are written as text, the same whatever the settings of a server and a database.
pub const TEXT_SETTINGS: &str = "
SET TimeZone = 'UTC';
SET DateStyle = 'ISO, YMD';
SET IntervalStyle = 'postgres';
SET extra_float_digits = 1;
SET bytea_output = 'hex'";

/// Databases that can be entered, with what a new one must be like: name, encoding, collation, character types.
pub const DATABASES: &str = "
SELECT datname, pg_encoding_to_char(encoding), datcollate, datctype
FROM pg_database
WHERE datallowconn AND NOT datistemplate
ORDER BY datname";

/// Makes a database from nothing.
pub fn create_database(name: &str, encoding: &str, collation: &str, character_type: &str) -> String {
    format!(
        "CREATE DATABASE {} TEMPLATE template0 ENCODING {} LC_COLLATE {} LC_CTYPE {}",
        quote(name),
        literal(encoding),
        literal(collation),
        literal(character_type)
    )
}

/// Makes a database like the server's own ones.
pub fn create_plain_database(name: &str) -> String {
    format!("CREATE DATABASE {}", quote(name))
}

/// Removes a database, if it is there, whoever is connected to it.
pub fn drop_database(name: &str) -> String {
    format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", quote(name))
}

/// Gives a database another name; nobody may be connected to it.
pub fn rename_database(name: &str, new_name: &str) -> String {
    format!("ALTER DATABASE {} RENAME TO {}", quote(name), quote(new_name))
}

/// Ends the other connections to a database.
pub const END_CONNECTIONS: &str = "
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()";

/// How much a database takes, in bytes.
pub const DATABASE_BYTES: &str = "SELECT pg_database_size(current_database())";

/// Refreshes the planner's statistics.
pub const ANALYZE: &str = "ANALYZE";

/// For each role but our own and the server's the statement that makes it again, password included.
pub const ROLES: &str = "
SELECT format('CREATE ROLE %I %s %s %s %s %s %s %s CONNECTION LIMIT %s', rolname,
              CASE WHEN rolsuper THEN 'SUPERUSER' ELSE 'NOSUPERUSER' END,
              CASE WHEN rolinherit THEN 'INHERIT' ELSE 'NOINHERIT' END,
              CASE WHEN rolcreaterole THEN 'CREATEROLE' ELSE 'NOCREATEROLE' END,
              CASE WHEN rolcreatedb THEN 'CREATEDB' ELSE 'NOCREATEDB' END,
              CASE WHEN rolcanlogin THEN 'LOGIN' ELSE 'NOLOGIN' END,
              CASE WHEN rolreplication THEN 'REPLICATION' ELSE 'NOREPLICATION' END,
              CASE WHEN rolbypassrls THEN 'BYPASSRLS' ELSE 'NOBYPASSRLS' END,
              rolconnlimit)
       || coalesce(' PASSWORD ' || quote_literal(rolpassword), '')
       || coalesce(' VALID UNTIL ' || quote_literal(rolvaliduntil::text), '')
FROM pg_authid
WHERE rolname !~ '^pg_' AND rolname <> current_user
ORDER BY rolname";

/// For each membership of a role in another the statement that makes it again.
pub const MEMBERSHIPS: &str = "
SELECT DISTINCT format('GRANT %I TO %I', of.rolname, member.rolname)
                || CASE WHEN bool_or(m.admin_option) THEN ' WITH ADMIN OPTION' ELSE '' END
FROM pg_auth_members AS m JOIN pg_roles AS of ON of.oid = m.roleid JOIN pg_roles AS member ON member.oid = m.member
WHERE member.rolname !~ '^pg_'
GROUP BY of.rolname, member.rolname
ORDER BY 1";

/// How many settings of roles and databases there are, which a dump of a database does not hold.
pub const KEPT_SETTINGS: &str = "SELECT count(*) FROM pg_db_role_setting";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quote() {
        assert_eq!(rename_database("a\"b", "c d"), "ALTER DATABASE \"a\"\"b\" RENAME TO \"c d\"");
        assert!(create_database("x", "UTF8", "C", "it's").ends_with("LC_CTYPE 'it''s'"));
    }
}

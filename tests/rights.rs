//! Who may do what: loading needs few rights, reading gives none to write, and nothing that others left is ever called.

mod support;

use postgres::error::SqlState;
use std::fs;
use std::path::Path;
use std::time::Duration;
use support::postgres::Postgres;
use support::program::Program;
use support::site::Site;
use support::until;

/// The lines of `docs/reliability.md` that make a role for loading, for this role.
fn grants(role: &str) -> String {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reliability.md"));
    let page = page.expect("the page");
    let block = page.split("```sql\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default());
    let block = block.into_iter().find(|block| block.contains("TO loader")).expect("the block of grants");
    block.replace("loader", role)
}

/// Two good files, and one with something to reject.
fn fill(site: &Site) {
    let line = |second: u32| {
        format!(
            "{{\"ts\":\"2024-04-15T22:30:{second:02}.123456789\",\"prio\":\"TELM\",\"ec\":\"telem_x\",\"msg\":{{\"n\":{second}}}}}\n"
        )
    };
    site.write("a_2024-04-15T223000.ndjson", (0..50).map(line).collect::<String>());
    site.write("b_2024-04-15T223000.ndjson", line(7) + "no record\n" + &line(8));
}

/// What exists, temporary tables aside.
fn objects(site: &Site) -> Vec<String> {
    site.texts(
        "SELECT c.oid, c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
         WHERE n.nspname !~ '^pg_(temp|toast_temp)' ORDER BY 1",
    )
}

#[test]
fn loading_creates_and_drops_nothing() {
    let server = Postgres::own();
    let site = Site::on(&server);
    let mut owner = site.database.client();
    owner
        .batch_execute(
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC; REVOKE ALL ON DATABASE postgres FROM PUBLIC",
        )
        .expect("revoked");
    let database = site.database.name();
    owner.batch_execute(&format!("REVOKE ALL ON DATABASE {database} FROM PUBLIC")).expect("revoked");
    owner.batch_execute("CREATE ROLE modest LOGIN").expect("a role");
    owner
        .batch_execute(&grants("modest").replace("DATABASE xtelem", &format!("DATABASE {database}")))
        .expect("grants");
    fill(&site);
    let before = objects(&site);
    let user = ["database.user=modest"];
    site.run("inventory", &user).expect_code(0);
    let loaded = site.ingest_with(&user, 3);
    assert_eq!(loaded.records(), [52, 0, 1]);
    // Files that grow, and files that are read again, take other ways.
    site.write(
        "a_2024-04-15T223000.ndjson",
        fs::read_to_string(site.path("b_2024-04-15T223000.ndjson")).expect("a file"),
    );
    site.run("inventory", &user).expect_code(0);
    site.ingest_with(&user, 3);
    assert_eq!(objects(&site), before, "nothing is created or dropped");
    let mut modest = postgres::Config::new();
    modest.host_path(server.socket()).user("modest").dbname(database);
    let mut modest = modest.connect(postgres::NoTls).expect("a connection");
    for statement in [
        "CREATE TABLE public.x ()",
        "CREATE TABLE xtelemdb.x ()",
        "CREATE SCHEMA x",
        "DROP TABLE public.telem",
        "TRUNCATE public.telem",
        "DELETE FROM public.telem",
        "UPDATE public.telem SET device = ''",
        "DELETE FROM public.file_origins",
        "DELETE FROM xtelemdb.ledger",
        "INSERT INTO xtelemdb.version VALUES (9)",
    ] {
        let error = modest.batch_execute(statement).expect_err(statement);
        assert_eq!(error.code(), Some(&SqlState::INSUFFICIENT_PRIVILEGE), "{statement}: {error}");
    }
}

/// Without one of the rights it fails, and says what is missing: the list is no longer than it has to be.
#[test]
fn every_right_is_needed() {
    let server = Postgres::own();
    let site = Site::on(&server);
    let mut owner = site.database.client();
    let database = site.database.name();
    owner
        .batch_execute(&format!("REVOKE ALL ON DATABASE {database} FROM PUBLIC; CREATE ROLE modest LOGIN"))
        .expect("a role");
    let all = grants("modest").replace("DATABASE xtelem", &format!("DATABASE {database}"));
    let count = all.lines().filter(|line| line.starts_with("GRANT ")).count();
    assert!(count >= 7, "{all}");
    for line in all.lines().filter(|line| line.starts_with("GRANT ")) {
        owner.batch_execute(&all).expect("grants");
        owner.batch_execute(&line.replace("GRANT ", "REVOKE ").replace(" TO ", " FROM ")).expect(line);
        owner.batch_execute("TRUNCATE public.file_origins CASCADE; TRUNCATE public.telem").expect("emptied");
        fill(&site);
        let user = ["database.user=modest"];
        let failed = ["inventory", "ingest"].map(|command| site.run(command, &user));
        let failed =
            failed.iter().find(|output| output.code == 1).unwrap_or_else(|| panic!("{line}: not needed"));
        let (_, objects) = line.split_once(" ON ").expect("what it is about");
        let (objects, _) = objects.split_once(" TO ").expect("whom it is for");
        let named = |object: &str| {
            let name = object.rsplit([' ', '.']).next().unwrap_or_default();
            let said = failed.stderr.lines().find(|line| line.contains("permission denied for "));
            said.is_some_and(|said| {
                said.contains(&format!(" {name} ")) || said.contains(&format!("\"{name}\""))
            })
        };
        assert!(objects.split(", ").any(named), "{line}: {}", failed.stderr);
    }
}

#[test]
fn who_may_read_may_not_write() {
    let server = Postgres::own();
    server.client().batch_execute("CREATE ROLE xsup LOGIN").expect("a role");
    let site = Site::on(&server);
    fill(&site);
    site.load(3);
    let mut reader = postgres::Config::new();
    reader.host_path(server.socket()).user("xsup").dbname(site.database.name());
    let mut reader = reader.connect(postgres::NoTls).expect("a connection");
    // Of every schema, those of the system too.
    let tables = site.texts(
        "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND n.nspname !~ '^pg_(temp|toast)'
           AND format('%I.%I', n.nspname, c.relname) <> 'pg_catalog.pg_settings' ORDER BY 1",
    );
    // These only look.
    for (command, codes) in [("status", &[0][..]), ("doctor", &[0, 3])] {
        let output = site.run(command, &["database.user=xsup"]).expect_code_of(codes);
        assert!(!output.stderr.contains("permission denied"), "{command}: {}", output.stderr);
    }
    assert!(tables.len() > 100 && tables.contains(&"xtelemdb.ledger".to_owned()), "{tables:?}");
    for table in &tables {
        for statement in [
            format!("INSERT INTO {table} DEFAULT VALUES"),
            format!("DELETE FROM {table}"),
            format!("TRUNCATE {table}"),
        ] {
            let error = reader.batch_execute(&statement).expect_err(&statement);
            // Views of the system can't be written to by anybody.
            let codes = [
                Some(&SqlState::INSUFFICIENT_PRIVILEGE),
                Some(&SqlState::OBJECT_NOT_IN_PREREQUISITE_STATE),
                Some(&SqlState::WRONG_OBJECT_TYPE),
            ];
            let is_ours = !table.starts_with("pg_catalog.") && !table.starts_with("information_schema.");
            let allowed = if is_ours && !table.ends_with("observations") { &codes[..1] } else { &codes[..] };
            assert!(allowed.contains(&error.code()), "{statement}: {error:?}");
        }
        let update = "SELECT has_any_column_privilege('xsup', $1::text::regclass, 'UPDATE, INSERT')";
        assert!(!reader.query_one(update, &[table]).expect("a row").get::<_, bool>(0), "{table}");
    }
    let schemas = "SELECT count(*) FROM pg_namespace WHERE nspname !~ '^pg_temp' AND nspname <> 'public'
                   AND has_schema_privilege('xsup', oid, 'CREATE')";
    assert_eq!(reader.query_one(schemas, &[]).expect("a row").get::<_, i64>(0), 0);
    // It may have temporary tables, and must not hang our function behind one.
    reader.batch_execute("CREATE TEMPORARY TABLE bait ()").expect("a temporary table");
    let hook = "CREATE TRIGGER hook AFTER TRUNCATE ON bait EXECUTE FUNCTION xtelemdb.void_ledger()";
    let error = reader.batch_execute(hook).expect_err("a trigger");
    assert_eq!(error.code(), Some(&SqlState::INSUFFICIENT_PRIVILEGE), "{error}");
    assert_eq!(site.number("SELECT count(*) FROM xtelemdb.ledger"), 2);
}

/// Functions and operators like those of the system that the program uses, in `public` and in a schema named like the role,
/// better suited and first in the database's search path. Whoever calls one fails.
const TRAPS: &str = r#"
CREATE SCHEMA tester;
GRANT ALL ON SCHEMA tester, public TO mallory;
SET ROLE mallory;
DO $traps$
DECLARE
    place text;
    f record;
BEGIN
    FOREACH place IN ARRAY ARRAY['public', 'tester'] LOOP
        FOR f IN SELECT p.oid, p.proname, pg_get_function_identity_arguments(p.oid) AS arguments,
                        pg_get_function_result(p.oid) AS result
                 FROM pg_proc AS p
                 WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f'
                   AND p.proname IN ('now', 'format', 'set_config', 'unnest', 'sha256', 'decode', 'replace', 'substring', 'to_regclass',
                       'current_setting', 'current_database', 'jsonb_exists', 'pg_try_advisory_lock',
                       'pg_advisory_unlock', 'pg_advisory_xact_lock', 'pg_current_xact_id', 'pg_xact_status', 'to_char', 'host',
                       'regexp_replace', 'split_part', 'clock_timestamp', 'make_interval', 'generate_series',
                       'pg_total_relation_size', 'pg_relation_filenode', 'has_table_privilege', 'pg_is_in_recovery')
                   AND NOT EXISTS (SELECT FROM pg_type AS t WHERE t.oid = ANY (p.proargtypes) AND t.typtype = 'p')
        LOOP
            EXECUTE format('CREATE FUNCTION %I.%I(%s) RETURNS %s LANGUAGE plpgsql AS $f$ BEGIN RAISE ''trap %s''; END $f$',
                           place, f.proname, f.arguments, f.result, f.proname);
        END LOOP;
        FOR f IN SELECT o.oprname, o.oprleft::regtype AS l, o.oprright::regtype AS r, o.oprresult::regtype AS result, o.oid
                 FROM pg_operator AS o
                 WHERE o.oprnamespace = 'pg_catalog'::regnamespace AND o.oprkind = 'b'
                   AND o.oprname IN ('=', '<>', '<', '>', '>=', '<=', '+', '-', '||', '->>', '~~')
                   AND o.oprleft::regtype::text IN ('text', 'bytea', 'bigint', 'integer', 'name', 'oid', 'jsonb',
                                                    '"char"', 'timestamp with time zone', 'smallint')
                   AND NOT EXISTS (SELECT FROM pg_type AS t WHERE t.oid IN (o.oprright, o.oprresult) AND t.typtype = 'p')
        LOOP
            EXECUTE format('CREATE FUNCTION %I.%I(%s, %s) RETURNS %s LANGUAGE plpgsql AS '
                           '$f$ BEGIN RAISE ''trap''; END $f$', place, 'op' || f.oid, f.l, f.r, f.result);
            EXECUTE format('CREATE OPERATOR %I.%s (FUNCTION = %I.%I, LEFTARG = %s, RIGHTARG = %s)',
                           place, f.oprname, place, 'op' || f.oid, f.l, f.r);
        END LOOP;
        EXECUTE format('CREATE TABLE %I.arriving (trap int)', place);
        EXECUTE format('CREATE TABLE %I.staged_files (trap int)', place);
        EXECUTE format('CREATE VIEW %I.ledger AS SELECT 1 / 0 AS trap', place);
        EXECUTE format('CREATE VIEW %I.pg_class AS SELECT 1 / 0 AS trap', place);
        EXECUTE format('CREATE VIEW %I.pg_trigger AS SELECT 1 / 0 AS trap', place);
    END LOOP;
END
$traps$;
CREATE VIEW tester.telem AS SELECT 1 / 0 AS trap;
CREATE VIEW tester.file_origins AS SELECT 1 / 0 AS trap;
RESET ROLE;
"#;

#[test]
fn what_others_left_is_never_called() {
    let server = Postgres::own();
    let site = Site::bare_on(&server);
    let mut owner = site.database.client();
    owner.batch_execute("CREATE ROLE mallory").expect("a role");
    owner.batch_execute(TRAPS).expect("traps");
    let path =
        format!("ALTER DATABASE {} SET search_path = tester, public, pg_catalog", site.database.name());
    owner.batch_execute(&path).expect("a search path");
    // The traps work.
    let caught = site.database.client().simple_query("SELECT now()").expect_err("a trap");
    assert!(format!("{caught:?}").contains("trap now"), "{caught:?}");
    let caught = site.database.client().simple_query("SELECT 1::bigint = 1::bigint").expect_err("a trap");
    assert!(format!("{caught:?}").contains("trap"), "{caught:?}");
    fill(&site);
    for _ in 0..2 {
        site.run("setup", &[]).expect_code(0);
        site.run("inventory", &[]).expect_code(0);
        site.run("ingest", &[]).expect_code_of(&[3, 0]);
        site.write(
            "c_2024-04-15T223000.ndjson",
            fs::read(site.path("a_2024-04-15T223000.ndjson")).expect("a file"),
        );
    }
    owner.batch_execute("SET search_path = pg_catalog").expect("a search path");
    let mut rows =
        || -> i64 { owner.query_one("SELECT count(*) FROM public.telem", &[]).expect("a row").get(0) };
    assert_eq!(rows(), 102);
    let looks = [
        ("status", &[][..]),
        ("doctor", &[]),
        ("reset", &["--level", "1", "--dry-run"]),
        ("setup", &["--dry-run"]),
    ];
    for (command, more) in looks {
        let output = site.run(command, more).expect_code_of(&[0, 3]);
        for said in [&output.stdout, &output.stderr] {
            assert!(!said.contains("trap"), "{command}: {said}");
        }
    }
    let following = site.program("follow", &[]).start();
    site.write(
        "d_2024-04-15T223000.ndjson",
        fs::read(site.path("a_2024-04-15T223000.ndjson")).expect("a file"),
    );
    until("follow has loaded", Duration::from_secs(120), || rows() == 152);
    following.signal("TERM");
    let ended = following.wait().expect_code(0);
    assert!(!ended.stderr.contains("trap"), "{}", ended.stderr);
    let seen = owner.query("SELECT * FROM public.observations", &[]);
    assert!(seen.is_ok(), "the view is bound to the system's functions: {seen:?}");
}

#[test]
fn tables_that_others_left_in_our_place_are_refused() {
    let server = Postgres::own();
    let made = Site::on(&server);
    let site = Site::bare_on(&server);
    // A table that looks like ours, with a trigger that runs as whoever loads.
    let mut owner = site.database.client();
    owner
        .batch_execute(
            "CREATE ROLE mallory; GRANT ALL ON SCHEMA public TO mallory; SET ROLE mallory;
             CREATE TABLE public.telem (ts timestamptz NOT NULL, device text COLLATE \"C\" NOT NULL, msg jsonb NOT NULL,
                 prio text COLLATE \"C\", ec text COLLATE \"C\" NOT NULL, ts_ns smallint NOT NULL, digest bigint NOT NULL)",
        )
        .expect("a table");
    let refused = site.run("setup", &[]).expect_code(1);
    assert!(refused.stderr.contains("public.telem of mallory"), "{}", refused.stderr);
    // One that took the place of ours later.
    made.database.client().batch_execute("ALTER TABLE public.telem OWNER TO mallory").expect("another owner");
    for command in ["setup", "inventory", "ingest"] {
        let refused = made.run(command, &[]).expect_code(1);
        assert!(refused.stderr.contains("public.telem of mallory"), "{command}: {}", refused.stderr);
    }
}

#[test]
fn every_command_says_what_it_needs() {
    for command in [
        "setup",
        "inventory",
        "ingest",
        "follow",
        "status",
        "dump",
        "doctor",
        "personal",
        "provision",
        "reset",
    ] {
        let help = Program::new(&[command, "--help"]).run().expect_code(0);
        assert!(help.stdout.contains("\nRights: "), "{command}");
    }
}

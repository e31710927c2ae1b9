//! `xtelemdb inventory`: what it prints, its exit codes, and how it stops.

mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Command, Stdio};
use support::executable;
use support::folder::Folder;
use support::postgres::{Database, Postgres};
use support::program::Program;
use xtelemdb::account::Account;
use xtelemdb::db::schema;

fn set_up() -> Database {
    let database = Postgres::shared().database();
    schema::apply(&mut database.client()).unwrap();
    database
}

fn summary(stdout: &str) -> serde_json::Value {
    assert_eq!(stdout.lines().count(), 1, "{stdout}");
    serde_json::from_str(stdout).unwrap()
}

#[test]
fn it_says_what_it_found() {
    let (folder, database) = (Folder::new(), set_up());
    folder.write("data/a.bintel", "12345");
    folder.write("data/inner/b.bintel", "123");
    let conf = database.conf(folder.path(), &[&folder.join("data")], "exao1");
    let conf = conf.to_str().unwrap();
    let output = Program::new(&["inventory", "-c", conf, "--json"]).run().expect_code(0);
    let found = summary(&output.stdout);
    assert_eq!((&found["command"], &found["exit"]), (&"inventory".into(), &0.into()));
    assert_eq!((&found["files"], &found["new"], &found["bytes"]), (&2.into(), &2.into(), &8.into()));
    assert_eq!(found["problems"], serde_json::json!({}));
    let line = "INFO inventory of exao1: 2 files (2 new, 0 changed), 8 B in 2 folders, ";
    assert!(output.stderr.contains(line), "{}", output.stderr);
    let output = Program::new(&["inventory", "-c", conf]).run().expect_code(0);
    assert!(output.stderr.contains("2 files (0 new, 0 changed)"), "{}", output.stderr);
    assert_eq!(output.stdout, "");
}

#[test]
fn problems_are_named_and_make_exit_3() {
    let (folder, database) = (Folder::new(), set_up());
    folder.write("data/fine", "1");
    std::os::unix::fs::symlink("nowhere", folder.join("data/red\x1b[31m")).unwrap();
    let missing = folder.join("missing");
    let conf = database.conf(folder.path(), &[&folder.join("data"), &missing], "exao1");
    let output = Program::new(&["inventory", "--json", "-c", conf.to_str().unwrap()]).run().expect_code(3);
    assert_eq!(
        summary(&output.stdout)["problems"],
        serde_json::json!({"broken_link": 1, "missing_data_folder": 1})
    );
    let named = format!("WARN data folder does not exist: {}", missing.display());
    assert!(output.stderr.contains(&named), "{}", output.stderr);
    assert!(output.stderr.contains(r"red\x1b[31m (it points to nowhere)"), "{}", output.stderr);
    assert!(output.stderr.contains("2 problems, named above"), "{}", output.stderr);
}

#[test]
fn without_setup_it_says_so() {
    let (folder, database) = (Folder::new(), Postgres::shared().database());
    let conf = database.conf(folder.path(), &[folder.path()], "exao1");
    let output = Program::new(&["inventory", "-c", conf.to_str().unwrap()]).run().expect_code(1);
    assert!(output.stderr.contains("run `xtelemdb setup` first"), "{}", output.stderr);
}

/// Whether we are root, whom no permission keeps out.
fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout == b"0\n"
}

#[test]
fn a_folder_that_cannot_be_read_is_named_and_the_rest_goes_on() {
    // The program must be reachable for the account that we drop to, so everything lies in the system's temporary folder.
    let base = std::env::temp_dir().join(format!("xtelemdb-unreadable-{}", std::process::id()));
    let _ = fs::remove_dir_all(&base);
    fs::create_dir_all(base.join("data/closed")).unwrap();
    fs::create_dir_all(base.join("data/open")).unwrap();
    fs::write(base.join("data/open/file"), "1").unwrap();
    fs::write(base.join("data/closed/file"), "1").unwrap();
    let database = set_up();
    let conf = database.conf(&base, &[&base.join("data")], "exao1");
    fs::set_permissions(&conf, fs::Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(base.join("data/closed"), fs::Permissions::from_mode(0o0)).unwrap();
    let program = base.join("xtelemdb");
    executable::copy_of_program(&program);
    let mut command = if is_root() {
        // The account that owns the test server's socket.
        Account::for_new().unwrap().command(&program, Path::new("/"))
    } else {
        Command::new(&program)
    };
    let output = command.args(["inventory", "--json", "-c"]).arg(&conf).output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{stderr}");
    let found = summary(&String::from_utf8(output.stdout).unwrap());
    assert_eq!(
        (&found["files"], &found["problems"]),
        (&1.into(), &serde_json::json!({"unreadable_folder": 1}))
    );
    let named = format!("can't read folder: {}", base.join("data/closed").display());
    assert!(stderr.contains(&named), "{stderr}");
    fs::set_permissions(base.join("data/closed"), fs::Permissions::from_mode(0o700)).unwrap();
    fs::remove_dir_all(&base).unwrap();
}

#[test]
fn a_signal_stops_it_while_it_waits_for_the_server() {
    let (folder, database) = (Folder::new(), set_up());
    folder.write("data/file", "1");
    let conf = database.conf(folder.path(), &[&folder.join("data")], "exao1");
    for signal in ["-INT", "-TERM"] {
        let mut blocker = database.client();
        let mut blocking = blocker.transaction().unwrap();
        blocking.execute("LOCK TABLE public.file_origins IN SHARE MODE", &[]).unwrap();
        let mut command = Program::new(&["inventory", "-c", conf.to_str().unwrap()]).into_command();
        let mut child = command.stderr(Stdio::null()).process_group(0).spawn().unwrap();
        let waiting =
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'public.file_origins'::regclass";
        while blocking.query_one(waiting, &[]).unwrap().get::<_, i64>(0) == 0 {
            assert_eq!(child.try_wait().unwrap(), None, "it ended before it was stopped");
            std::thread::yield_now();
        }
        let sent = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        let status = child.wait().unwrap();
        assert_eq!((status.code(), status.signal()), (Some(130), None));
        drop(blocking);
        let count = "SELECT count(*) FROM public.file_origins";
        assert_eq!(blocker.query_one(count, &[]).unwrap().get::<_, i64>(0), 0);
    }
}

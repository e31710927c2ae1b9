//! Where passwords are not: in files that others can read without a warning, in a process that can be looked into.

mod support;

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::process::Command;
use support::executable;
use support::folder::Folder;
use support::program::Program;

/// A program that tries to connect to a listener that says nothing.
fn connecting(folder: &Folder, listener: &TcpListener) -> Program {
    let address = listener.local_addr().expect("an address");
    Program::new(&[
        "setup",
        &format!("database.host={}", address.ip()),
        &format!("database.port={}", address.port()),
        "database.sslmode=disable",
        "database.connect_timeout_s=1000",
        "database.password_file=password",
    ])
    .dir(folder.path())
    .env("HOME", folder.path())
}

#[test]
fn a_password_file_that_others_can_read_is_a_warning() {
    let folder = Folder::new();
    let path = folder.write("password", "hush\n");
    let pgpass = folder.write(".pgpass", "*:*:*:*:hush\n");
    let setup = |file: &str| {
        let file = format!("database.password_file={}", folder.join(file).display());
        let host = format!("database.host={}", folder.path().display());
        Program::new(&["setup", "-q", &host, &file]).env("HOME", folder.path()).run().expect_code(1).stderr
    };
    // The password file may have a group; ~/.pgpass may not, for the client programs of PostgreSQL neither.
    for (mode, is_shared) in
        [(0o600, [false; 2]), (0o400, [false; 2]), (0o640, [false, true]), (0o604, [true; 2])]
    {
        let files = [(&path, "password", "o="), (&pgpass, "nowhere", "600")];
        for ((file, asked, mend), is_shared) in files.into_iter().zip(is_shared) {
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("private");
            fs::set_permissions(&pgpass, fs::Permissions::from_mode(0o600)).expect("private");
            fs::set_permissions(file, fs::Permissions::from_mode(mode)).expect("a mode");
            let said = setup(asked);
            let warning = format!(
                "WARN others can read the password in {}: chmod {mend} {}\n",
                file.display(),
                file.display()
            );
            assert_eq!(said.contains(&warning), is_shared, "{mode:o} {said}");
            assert!(!said.contains("hush"), "{said}");
        }
    }
}

/// The kernel gives the files of a process that must not be dumped to root, and lets nobody but root look into it.
#[test]
fn the_process_can_not_be_looked_into() {
    let folder = Folder::new();
    folder.write("password", "hush\n");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let is_root = fs::metadata("/proc/self").expect("this process").uid() == 0;
    let mut command = connecting(&folder, &listener).into_command();
    if is_root {
        // As another user: all of root's processes belong to root.
        let program = folder.join("xtelemdb");
        executable::copy_of_program(&program);
        let mut other = Command::new("/proc/self/fd/0");
        other.args(command.get_args()).env_clear().uid(65534).gid(65534).current_dir("/");
        other.stdin(fs::File::open(&program).expect("the program"));
        command = other;
    }
    let mut child = command.spawn().expect("the program starts");
    // It has read its password by the time it connects.
    let _client = listener.accept().expect("it connects");
    let environment = fs::metadata(format!("/proc/{}/environ", child.id())).expect("its environment");
    let limits = fs::read_to_string(format!("/proc/{}/status", child.id())).expect("its status");
    child.kill().expect("it runs");
    child.wait().expect("it ends");
    let uid = limits.lines().find(|line| line.starts_with("Uid:")).expect("a user");
    assert!(!uid.contains("\t0\t"), "it runs as somebody else than root: {uid}");
    assert_eq!(environment.uid(), 0, "its memory and environment are root's to read");
}

#[test]
fn there_is_no_argument_for_a_password() {
    for argument in ["database.password=hush", "password=hush", "--password=hush"] {
        let refused = Program::new(&["setup", argument]).run().expect_code(2);
        assert!(!refused.stderr.contains("hush"), "{}", refused.stderr);
    }
    let refused = Program::new(&["setup", "database.password=hush"]).run().expect_code(2);
    assert!(refused.stderr.contains("$XTELEMDB_PASSWORD"), "{}", refused.stderr);
}

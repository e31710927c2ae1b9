//! The texts that `init` writes: settings of the server, and a configuration for every other command.

use super::file_system::FileSystem;
use std::path::Path;

/// The port: only a number in the socket's name, as nothing listens on TCP.
pub const PORT: u16 = 5432;

/// The database that `init` creates.
pub const DATABASE: &str = "xtelem";

const MIB: u64 = 1 << 20;

/// Lines behind the server's own `postgresql.conf`; the last of two settings counts.
pub const INCLUDES: &str = "\n# Settings of this personal database, each with its reason.\n\
                            include 'xtelemdb.conf'\ninclude 'xtelemdb-socket.conf'\n";

/// `xtelemdb.conf` in the data folder, for a machine with so much memory and a data folder on this file system.
pub fn server(memory_bytes: u64, file_system: Option<&FileSystem>) -> String {
    let mut settings = everywhere(memory_bytes);
    if let Some(file_system) = file_system {
        if file_system.is_shared() {
            settings.push_str(&shared(memory_bytes, &file_system.kind));
        }
        if file_system.copies_on_write() {
            settings.push_str(&format!(
                "\n# {} writes every block to a new place: filling and reusing files of the log beforehand gains nothing.\n\
                 wal_init_zero = off\nwal_recycle = off\n",
                file_system.kind
            ));
        }
    }
    settings
}

/// Where every look at a file and every wait for the disk goes over a network: fewer and larger ones. The last of two
/// settings counts.
fn shared(memory_bytes: u64, kind: &str) -> String {
    let shared_buffers_mib = (memory_bytes / 4 / MIB).clamp(128, 4096);
    format!(
        "\n# The data folder is on {kind}, over a network, so fewer and larger writes. What makes committed data safe stays on.\n\
         # A quarter of the memory, at most 4 GB: what the system caches of shared files has to be checked again and again.\n\
         shared_buffers = {shared_buffers_mib}MB\n\
         # Still fewer checkpoints; after a crash the server reads up to so much of its log again.\n\
         max_wal_size = 16GB\n\
         min_wal_size = 2GB\n\
         checkpoint_timeout = 30min\n\
         # More of the log in one write.\n\
         wal_buffers = 64MB\n\
         # Asking the system to begin writing early is for disks; over a network it only makes the writes smaller.\n\
         checkpoint_flush_after = 0\n\
         backend_flush_after = 0\n\
         bgwriter_flush_after = 0\n"
    )
}

fn everywhere(memory_bytes: u64) -> String {
    let shared_buffers_mib = (memory_bytes / 8 / MIB).clamp(128, 1024);
    format!(
        "# Settings of this personal database. Yours go behind the last line of postgresql.conf.\n\
         # What makes committed data safe (fsync, full_page_writes, synchronous_commit) is as PostgreSQL has it: on.\n\
         \n\
         # Nothing listens on the network; the socket's folder lets only its owner in.\n\
         listen_addresses = ''\n\
         port = {PORT}\n\
         unix_socket_permissions = 0700\n\
         \n\
         # An eighth of the memory, at most 1 GB: the machine has other work, and the system caches files as well.\n\
         shared_buffers = {shared_buffers_mib}MB\n\
         # The rows of a device's hour lie together, so an index is followed from page to page, in order and without sorting.\n\
         random_page_cost = 1.1\n\
         # Building an index and VACUUM.\n\
         maintenance_work_mem = 128MB\n\
         \n\
         # Loading writes much: few checkpoints mean few whole pages in the log. Recovery after a crash takes longer.\n\
         max_wal_size = 4GB\n\
         checkpoint_timeout = 15min\n\
         # Those whole pages compress well.\n\
         wal_compression = on\n\
         \n\
         # A load takes one connection a core, and nodes of clusters have many.\n\
         max_connections = 300\n\
         \n\
         # Telemetry is in UTC, and so is what the server prints.\n\
         timezone = 'UTC'\n\
         log_timezone = 'UTC'\n\
         # The log is for trouble; checkpoints of a running load are none.\n\
         log_checkpoints = off\n"
    )
}

/// `xtelemdb-socket.conf` in the data folder; rewritten at every start, since the folder may have been moved.
pub fn socket(folder: &Path) -> String {
    format!(
        "# Written by `xtelemdb personal start`.\n{}{}'\n",
        SOCKET_SETTING,
        // The name holds no quotes: see `socket::prepare`.
        folder.display()
    )
}

/// The folder that [`socket`] wrote down.
pub fn socket_written(text: &str) -> Option<&Path> {
    let value = text.lines().find_map(|line| line.strip_prefix(SOCKET_SETTING))?;
    value.strip_suffix('\'').map(Path::new)
}

const SOCKET_SETTING: &str = "unix_socket_directories = '";

/// `xtelemdb.conf.toml`: what the other commands need to know.
pub fn client(dir: &Path, hostname: &str, user: &str, socket: &Path) -> String {
    let quote = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let (hostname, user, socket) = (quote(hostname), quote(user), quote(&socket.to_string_lossy()));
    // A comment is one line, whatever the folder is called.
    let file: String = dir.join(super::CLIENT_CONFIG).to_string_lossy().replace(char::is_control, "?");
    format!(
        "# For every command of xtelemdb: xtelemdb COMMAND -c {file}\n\
         \n\
         # Whose files these are. On a cluster every node has a name of its own: this one stands for all of them,\n\
         # so that a file is known again wherever the command runs.\n\
         hostname = {hostname}\n\
         \n\
         # The folders that hold the files, for example:\n\
         # data_dirs = [\"/data/instrument/telem\", \"/data/instrument/logs\"]\n\
         data_dirs = []\n\
         \n\
         [database]\n\
         # The folder of the server's socket; only its owner can enter, so there is no password.\n\
         host = {socket}\n\
         port = {PORT}\n\
         user = {user}\n\
         database = \"{DATABASE}\"\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_buffers_follow_memory_within_bounds() {
        assert!(server(512 * MIB, None).contains("shared_buffers = 128MB\n"));
        assert!(server(4096 * MIB, None).contains("shared_buffers = 512MB\n"));
        assert!(server(1 << 40, None).contains("shared_buffers = 1024MB\n"));
        let lustre = FileSystem::named("lustre");
        assert!(server(1 << 40, Some(&lustre)).contains("\nshared_buffers = 4096MB\n"));
        assert!(server(1 << 40, Some(&FileSystem::named("zfs"))).ends_with("wal_recycle = off\n"));
        assert_eq!(server(1 << 40, Some(&FileSystem::named("ext4"))), server(1 << 40, None));
    }

    #[test]
    fn nothing_makes_commits_unsafe() {
        let kinds = ["nfs4", "zfs"].map(FileSystem::named);
        let settings: String = kinds.iter().map(|kind| server(4096 * MIB, Some(kind))).collect();
        let set = settings.lines().filter(|line| !line.starts_with('#'));
        for line in set {
            let name = line.split(' ').next().unwrap_or_default();
            assert!(!["fsync", "full_page_writes", "synchronous_commit"].contains(&name), "{line}");
        }
    }

    #[test]
    fn the_client_configuration_survives_odd_names() {
        let text = client(Path::new("/a\nb"), "ho\"st", "o'brien\\", Path::new("/tmp/x"));
        let read: toml::Table = toml::from_str(&text).expect("valid TOML");
        assert_eq!(read["hostname"].as_str(), Some("ho\"st"));
        assert_eq!(read["database"]["user"].as_str(), Some("o'brien\\"));
        assert_eq!(read["database"]["host"].as_str(), Some("/tmp/x"));
        assert_eq!(read["data_dirs"].as_array().map(Vec::len), Some(0));
    }

    #[test]
    fn the_socket_folder_is_found_again() {
        assert_eq!(socket_written(&socket(Path::new("/a/b"))), Some(Path::new("/a/b")));
    }
}

//! Help of `reset` and `provision`.

const RESET: &str = "\
xtelemdb reset - empties or drops the tables, or drops the database

usage: xtelemdb reset --level {1,2,3} [--yes] [--force] [--dry-run] [-c FILE]... [key=value ...]

Shows what will go: rows, sizes, hosts, the newest record, and the telemetry files that are no
longer on this host, so that they could not be loaded again. Then it asks; where there is no
terminal, --yes has to be said. While something loads it refuses, unless --force is said. Ends with
the commands that fill the tables again.

Rights: level 1 and 2 to be the owner of the tables; level 3 a superuser, over the socket.
";

const RESET_OPTIONS: &str =
    "      --level LEVEL  1: empty the tables of telemetry and files, 2: drop all tables and the view,
                     3: drop the database and the roles; as root or the account of the server
  -y, --yes          do not ask
      --force        also while something loads
      --dry-run      show what would go and print the SQL, and do nothing
";

const RESET_EXAMPLE: &str = "
Example:
  xtelemdb reset --level 1 --dry-run
";

const PROVISION: &str = "\
xtelemdb provision - prepares PostgreSQL on the instrument: access, tablespace, database, password

usage: xtelemdb provision [--network NET]... [--listen ADDRESSES] [--tablespace DIR]
                          [--owner USER] [--group GROUP] [--mode MODE] [--rotate-password]
                          [--dry-run] [-c FILE]... [key=value ...]
       xtelemdb provision --no-sudo [--tablespace DIR] [--dry-run] [-c FILE]... [key=value ...]

To be run on the computer of the server, as root or as the account that runs it (postgres). The
server is reached over its socket: in database.host if that is a folder, else where packages put it.
It makes what is missing and leaves the rest alone; run again it changes nothing and says so:
- lines for database.user and xsup from this computer and from each network, in front of all others:
  in pg_hba.conf.d/xtelemdb.conf, or before PostgreSQL 16 in a marked block of pg_hba.conf
- the addresses on which the server listens
- the tablespace, the database database.database, the roles database.user (reads and writes) and
  xsup (reads)
- a random password for database.user, in the server as SCRAM and in database.password_file

With --no-sudo only tablespace and database, as oneself, for one's own server.

Rights: a superuser, over the socket; without --no-sudo also to write pg_hba.conf and the password
file.
";

const PROVISION_OPTIONS: &str =
    "      --network NET  the roles may connect from there: 192.168.0.0/24; may be repeated
      --listen ADDRESSES     what the server listens on; default: * if there is a network
      --tablespace DIR       where the database is put; the folder is made if it is missing
      --tablespace-name NAME default: data_array
      --owner USER   owner of the password file; default: xsup if there is that account
      --group GROUP  group of the password file; default: the owner's
      --mode MODE    permissions of the password file; default: 0600
      --rotate-password      a new password, in the server and in the file
      --no-sudo      only what makes sense for one's own server, as oneself
      --dry-run      print the SQL and the changes of files, and do nothing
";

const PROVISION_EXAMPLE: &str = "
Example:
  xtelemdb provision --network 192.168.0.0/24 --tablespace /data/postgres --dry-run
";

/// The help of `reset`.
pub(super) fn reset(options: &str, keys: &str, exit_codes: &str) -> String {
    [RESET, options, RESET_OPTIONS, keys, exit_codes, RESET_EXAMPLE].concat()
}

/// The help of `provision`.
pub(super) fn provision(options: &str, keys: &str, exit_codes: &str) -> String {
    [PROVISION, options, PROVISION_OPTIONS, keys, exit_codes, PROVISION_EXAMPLE].concat()
}

//! Help texts. They are part of the interface: what they promise holds.

mod upkeep;

use super::Command;
use crate::config::keys;

/// The one line that `xtelemdb` without arguments begins with, and the commands.
pub const USAGE: &str = "\
usage: xtelemdb COMMAND [-c FILE]... [key=value ...]

  setup      make the tables in the database
  inventory  list the files under data_dirs in the database
  ingest     load what the inventoried files hold (also: backfill)
  follow     inventory and ingest without an end, as files are written
  status     show what is loaded, what is behind, and who is silent
  dump       print the records of files; needs no database
  personal   a private PostgreSQL in a folder, without root
  doctor     check everything from the configuration to the replicas
  reset      empty or drop the tables, or drop the database
  provision  prepare PostgreSQL on the instrument: access, tablespace, database, roles, password

'xtelemdb COMMAND --help' says more about each.
";

const DOCUMENTS: &str = "
Documents inside this program:
  xtelemdb help man                          the manual page; read it with 'man -l FILE'
  xtelemdb help completions {bash,zsh,fish}  completions; bash: source <(xtelemdb help completions bash)
";

const ABOUT: &str = "xtelemdb - brings the telemetry of an instrument into PostgreSQL\n";

const OPTIONS: &str = "
Options:
  -c, --config FILE  read this TOML file; may be repeated: keys of later ones win
  -v, --verbose      say more
  -q, --quiet        only warnings and errors, no progress
      --json         print one JSON summary on stdout at the end (dump: on stderr)
      --dump-config  print the configuration and where each value comes from, and do nothing
  -h, --help         print this
  -V, --version      print the version
";

const EXIT_CODES: &str = "
Exit codes:
  0  done
  1  failed; what was committed before stands
  2  the command line or the configuration is wrong; nothing was tried
  3  done, except for files or records that were named; doctor: a check fails; personal status: the
     server does not run
  4  another follow of this host runs; this one did nothing
130  stopped by Ctrl-C or SIGTERM; what was committed before stands
";

/// The help of a command, or of the program.
pub fn text(command: Option<Command>) -> String {
    match command {
        None => [ABOUT, "\n", USAGE, OPTIONS, EXIT_CODES, DOCUMENTS, PROGRAM_EXAMPLE].concat(),
        Some(Command::Setup) => {
            [SETUP, OPTIONS, SETUP_OPTIONS, &key_list(Command::Setup), EXIT_CODES, SETUP_EXAMPLE].concat()
        }
        Some(Command::Inventory) => {
            [INVENTORY, OPTIONS, &key_list(Command::Inventory), EXIT_CODES, INVENTORY_EXAMPLE].concat()
        }
        Some(Command::Ingest) => {
            [INGEST, OPTIONS, &key_list(Command::Ingest), EXIT_CODES, INGEST_EXAMPLE].concat()
        }
        Some(Command::Follow) => {
            [FOLLOW, OPTIONS, FOLLOW_OPTIONS, &key_list(Command::Follow), EXIT_CODES, FOLLOW_EXAMPLE].concat()
        }
        Some(Command::Status) => {
            [STATUS, OPTIONS, STATUS_OPTIONS, &key_list(Command::Status), EXIT_CODES, STATUS_EXAMPLE].concat()
        }
        Some(Command::Doctor) => {
            [DOCTOR, OPTIONS, &key_list(Command::Doctor), EXIT_CODES, DOCTOR_EXAMPLE].concat()
        }
        Some(Command::Dump) => [DUMP, OPTIONS, DUMP_OPTIONS, EXIT_CODES, DUMP_EXAMPLE].concat(),
        Some(Command::Personal) => {
            [PERSONAL, OPTIONS, PERSONAL_OPTIONS, EXIT_CODES, PERSONAL_EXAMPLE].concat()
        }
        Some(Command::Reset) => upkeep::reset(OPTIONS, &key_list(Command::Reset), EXIT_CODES),
        Some(Command::Provision) => upkeep::provision(OPTIONS, &key_list(Command::Provision), EXIT_CODES),
    }
}

/// The keys of the configuration, each with its purpose and default.
fn key_list(command: Command) -> String {
    let files: Vec<String> = command.default_files().iter().map(|name| format!("./{name}")).collect();
    let mut text = format!(
        "
Keys, for configuration files and for key=value, which wins over files.
Without -c, {} is read if it exists.
In data_dirs=/a,/b commas separate folders; data_dirs='[\"/a,b\"]' is for a comma in a name.
",
        files.join(", else ")
    );
    for key in keys::KEYS {
        text.push_str(&format!("  {:27}{}\n", key.name, key.doc));
        // A list stands on several lines, its items below each other.
        let default = match key.default.starts_with('[') {
            true => key.default.replace(", ", &format!(",\n{:39}", "")),
            false => key.default.to_owned(),
        };
        text.push_str(&format!("{:29}default: {default}\n", ""));
    }
    text
}

const PROGRAM_EXAMPLE: &str = "
Example:
  xtelemdb personal init ~/telem-db
  xtelemdb setup -c ~/telem-db/xtelemdb.conf.toml
  xtelemdb inventory -c ~/telem-db/xtelemdb.conf.toml data_dirs=/data/2024-04
  xtelemdb ingest -c ~/telem-db/xtelemdb.conf.toml
";

const SETUP: &str = "\
xtelemdb setup - makes the tables and the view 'observations' in the database

usage: xtelemdb setup [--upgrade] [--dry-run] [-c FILE]... [key=value ...]

Applies the whole schema in one transaction. It can be run any number of times; what is there stays.
A server older than PostgreSQL 14, or a database made by the program before this one, is left as it
is, and that is said.
With --upgrade the tables of the Python program are brought to today's form where they are. Queries
go on meanwhile; it can be cut at any instant and run again. Its rows stay, and exact ones take
their place when 'ingest' reads their files again.

Rights: CREATE and TEMPORARY on the database, CREATE on its schema 'public'; it owns what it makes.
To mend what another role made, run it as that role.

The password is $XTELEMDB_PASSWORD, else in database.password_file, else in ~/.pgpass.
";

const SETUP_OPTIONS: &str = "      --upgrade      also bring tables of the Python program to today's form
      --dry-run      print the SQL, and do nothing
";

const SETUP_EXAMPLE: &str = "
Example:
  xtelemdb setup database.host=aoc
";

const INVENTORY: &str = "\
xtelemdb inventory - lists the files under data_dirs in the database

usage: xtelemdb inventory [-c FILE]... [key=value ...]

Every file gets its row in file_origins: host, absolute path, size, times. Known files that changed
are updated; rows of files that are gone from disk stay. Symlinked folders are not followed. What
can't be read, and a data folder that does not exist, is named; the rest goes on, and the exit code
is 3.

Rights: TEMPORARY on the database, USAGE on the schema xtelemdb, SELECT, INSERT and UPDATE on
file_origins, SELECT on xtelemdb.version. It creates and drops nothing but a temporary table.
";

const INVENTORY_EXAMPLE: &str = "
Example:
  xtelemdb inventory database.host=aoc data_dirs=/opt/MagAOX/telem
";

const INGEST: &str = "\
xtelemdb ingest - loads what the inventoried files hold and the database lacks (also: backfill)

usage: xtelemdb ingest [-c FILE]... [key=value ...]

Loads the .bintel, .ndjson and .ndjson.gz files of this hostname; .binlog files are for
'xtelemdb dump'. Every record is loaded once, however often this is run, interrupted, or run at the
same time on several hosts. A bad record is set aside in the database and counted; it costs no other
record. An unfinished record at the end of a file waits for the next run. A file that was replaced
is read anew; but an edit that leaves both fingerprints (the first 4 KiB, and the last 4 KiB before
the place where loading goes on), size and time alone is not noticed. When the connection breaks it
tries again, with growing pauses, for database.retry_for_s.

Rights: TEMPORARY on the database, USAGE on the schema xtelemdb, SELECT on file_origins,
xtelemdb.version and xtelemdb.predecessor, SELECT and INSERT on telem (DELETE too to replace rows of
the Python program), SELECT, INSERT and UPDATE on file_ingest_times and xtelemdb.ledger, SELECT,
INSERT, UPDATE and DELETE on xtelemdb.rejects. It creates and drops nothing but a temporary table.
";

const INGEST_EXAMPLE: &str = "
Example:
  xtelemdb ingest -c xtelemdb.conf.toml limit=100
";

const FOLLOW: &str = "\
xtelemdb follow - keeps the database up to date with files as they are written, without an end

usage: xtelemdb follow [-n NAME] [-c FILE]... [key=value ...]
       dbIngest [-n NAME] ...            the same, through a link named dbIngest or dbIngest...

'inventory' and 'ingest' without an end: the same files, the same rules, nothing loaded twice. At
the start it catches up, newest files first, while it already follows what is being written. The
database may be away, at the start or for hours: it waits, and the files keep everything.
One follow a host is enough: a second one says which process holds the place, and leaves.
parallel_jobs and limit are not for follow.

SIGTERM, SIGINT  commits what is known to be written and ends within 2 s, with code 0
SIGHUP           reads the configuration anew and begins anew with it, in the same process; if
                 it is wrong that is said, and the old one stays. What was counted since the start
                 is counted from 0 again

Rights: those of inventory and ingest, and SELECT, INSERT and UPDATE on xtelemdb.heartbeats.
";

const FOLLOW_OPTIONS: &str =
    "  -n, --name NAME    what the process goes by (dbIngestAOC): in its heartbeat; without -c
                     /opt/MagAOX/config/NAME.conf is read if it exists; and as an INDI device
      --indi-stdio   INDI on stdin and stdout instead of the FIFOs in fifos_root, for indiserver
";

const FOLLOW_EXAMPLE: &str = "
Example:
  xtelemdb follow -n dbIngestRTC database.host=aoc
";

const STATUS: &str = "\
xtelemdb status - shows what is loaded, what is behind, and which devices are silent

usage: xtelemdb status [--watch] [-c FILE]... [key=value ...]

For every host: whether a follow looks after its files, what is behind, and of the host where this
runs which files can't be read, and why. For every device: its newest record, the rows of the last
minute, hour and day (~ marks estimates, - is none), bytes and files behind, and records that were
set aside. All times are UTC.

'!' marks a device that is silent: its newest record is of the last 24 hours, but older than a
minute and than ten times its usual gap (which 95 % of the gaps between its last 200 records do
not exceed). '>' marks one that has files behind, so that nobody knows; it is not judged.

Rights: to read the tables, as xsup may.
";

const STATUS_OPTIONS: &str = "      --watch        show it again every two seconds, until Ctrl-C
";

const STATUS_EXAMPLE: &str = "
Example:
  xtelemdb status --watch database.host=aoc
";

const DUMP: &str = "\
xtelemdb dump - prints the records of telemetry files as JSON, one a line; needs no database

usage: xtelemdb dump [--event-types FILE] FILE...

FILE is .bintel, .binlog, .ndjson or .ndjson.gz; other names are judged by their first bytes; - is
stdin. What is no record goes to stderr with file, offset in bytes, reason and length, and makes the
exit code 3. So does a file that can't be read, if another one could; 1 if none could. An unfinished
record at the end of a file is named on stderr and is no error. Offsets in .gz files count inflated
bytes. A reader that closes early (| head) is no error.

Rights: to read the files.
";

const DUMP_OPTIONS: &str = "      --event-types FILE  a file that adds or overrides event types

Needs no configuration: of one that is given by -c, dump uses event_types. An argument KEY=value
whose KEY is one of the configuration's is no file; ./KEY=value is one.
";

const DUMP_EXAMPLE: &str = "
Example:
  xtelemdb dump /opt/MagAOX/telem/camwfs_20240322231415161942076.bintel | head -3
";

const DOCTOR: &str = "\
xtelemdb doctor - checks everything that loading stands on, and says what mends it

usage: xtelemdb doctor [-c FILE]... [key=value ...]

One page on stdout: configuration and where each value came from, password, data folders and disks,
the name, port and clock of the server, its version and settings, the role's rights, the schema, the
room for the database, the ledger against the files on disk, what was set aside, replicas, and
whether a follow runs. Each check is ok, warn or fail; behind an arrow stands what mends it. It goes
as far as it can and changes nothing. Exit code 3 if a check fails. With --json the same for
machines.

Rights: to read the tables, as xsup may; what a role for loading lacks is named.
";

const DOCTOR_EXAMPLE: &str = "
Example:
  xtelemdb doctor -c ~/telem-db/xtelemdb.conf.toml
";

const PERSONAL: &str = "\
xtelemdb personal - a private PostgreSQL in a folder, without root, with a socket only

usage: xtelemdb personal init DIR [--pg-bin DIR] [--dry-run] [hostname=NAME]
       xtelemdb personal {start,stop} DIR [--pg-bin DIR]
       xtelemdb personal status DIR
       xtelemdb personal remove DIR [--pg-bin DIR] [--yes] [--dry-run]
       xtelemdb personal backup DIR FILE|FOLDER [--pg-bin DIR] [--overwrite] [--dry-run]
       xtelemdb personal restore DIR FILE [--pg-bin DIR] [--overwrite] [--dry-run] [key=value ...]
       xtelemdb personal upgrade DIR [--pg-bin DIR] [--dry-run]

  init    make the database in DIR, and DIR/xtelemdb.conf.toml for the -c of every other command;
          its server runs then
  start   start its server and wait until it answers
  stop    stop its server
  status  say whether it runs, and where
  backup  write all its tables into FILE, or into a file named after the time in FOLDER; the file is
          complete and was read back when it has its name
  restore fill the database in DIR from FILE; makes it if it does not exist. One that holds rows is
          replaced only with --overwrite, and stays as it is until the backup stands beside it
  upgrade bring the data to the newest PostgreSQL found, by that version's dump and restore; the
          older data folder stays until you delete it. The programs of both versions must be there
  remove  stop it and delete DIR; asks first

Rights: none but to write where DIR is to be. Root's server runs as the account postgres.

Of a configuration (-c FILE, key=value), which is not read without -c, init and a restore into a new
folder take hostname.

The server programs of PostgreSQL 14 or newer are looked for in --pg-bin, $PATH, pgsql/bin beside
this program, /usr/lib/postgresql/*/bin, /usr/pgsql-*/bin and $CONDA_PREFIX/bin, the newest first.
";

const PERSONAL_OPTIONS: &str = "      --pg-bin DIR   where the server programs are (initdb, pg_ctl, postgres)
  -y, --yes          remove without asking
      --overwrite    backup: replace FILE; restore: replace the rows that are there
      --dry-run      all but start, stop, status: say what would be done, and do nothing
";

const PERSONAL_EXAMPLE: &str = "
Example:
  xtelemdb personal init ~/telem-db
  xtelemdb setup -c ~/telem-db/xtelemdb.conf.toml
  xtelemdb personal backup ~/telem-db /archive/telem.dump
";

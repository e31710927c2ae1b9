//! Every bound of the program, with its reason. Memory has a ceiling because these have.

use std::time::Duration;

/// The longest message of a `.bintel` record and the longest line of an `.ndjson` file, in bytes.
/// Real ones stay below 100 kB; what is longer is set aside as a reject.
pub const LONGEST_MESSAGE_BYTES: usize = 8 << 20;

/// A reject longer than this keeps only its ends (see [`REJECT_END_BYTES`]) and a hash.
pub const LONGEST_REJECT_BYTES: usize = LONGEST_MESSAGE_BYTES;

/// Records in a row that must be sound before the reader of a damaged `.bintel` file believes in them again. Chance
/// makes one now and then, three never. Deciding on a record can so take sight of four (its own bytes and three that
/// start inside it): a decoder holds at most 4 x (8 MiB + 20) bytes of a damaged file, of a sound one only a record.
pub const CHAIN_RECORDS: usize = 3;

/// How many bytes of a message may be visited for each byte it has. More than once is for strings that are shared.
pub const MESSAGE_WORK_FACTOR: u64 = 4;

/// Bytes that may be visited in any message, so that small ones may share as they like.
pub const MESSAGE_WORK_FLOOR: u64 = 4 << 10;

/// Bytes that the search for sound records may visit for each byte that is done with: what keeps the time linear
/// in files made to make every position look promising. Real noise needs less than one.
pub const SEARCH_WORK_FACTOR: u64 = 32;

/// Bytes that the search may visit before any is done with: enough for a record and a chain of the longest ones.
pub const SEARCH_WORK_START: u64 =
    4 * (MESSAGE_WORK_FLOOR + MESSAGE_WORK_FACTOR * LONGEST_MESSAGE_BYTES as u64);

/// How far apart in time, in seconds, neighbours in a `.bintel` file can be when one of them is known by little but its
/// time: a day, since files are shorter and chance meets a day once in 50,000 times.
pub const NEIGHBOUR_SECONDS: u64 = 86_400;

/// Fields of one event type or table. The largest real one has 16.
pub const MOST_FIELDS: usize = 500;

/// Fields of all event types, those of tables counted wherever a table is used: the built-in types have some 400. A short
/// file of tables inside each other could ask for billions.
pub const CATALOGUE_FIELDS: usize = 100_000;

/// The longest name of a field, in bytes: it stands in memory wherever its table is used, and in every message.
pub const FIELD_NAME_BYTES: usize = 255;

/// The longest table, in bytes, in which fields can be checked for overlaps: room for [`MOST_FIELDS`] of 8 bytes.
pub const EXACT_TABLE_BYTES: usize = 4096;

/// Tables inside tables in the event types; decoding recurses as deep, so no file can make it deeper.
pub const DEEPEST_TABLES: usize = 8;

/// How much of either end of a very long reject is kept, in bytes.
pub const REJECT_END_BYTES: usize = 4 << 10;

/// How many bytes at the start, and how many before the resume offset, a fingerprint covers.
pub const FINGERPRINT_BYTES: usize = 4 << 10;

/// Scratch memory that a decoder keeps from one line to the next, in bytes per buffer: enough for every real line.
pub const SCRATCH_BYTES_KEPT: usize = 256 << 10;

/// Earlier messages that a reader of `.ndjson` remembers, to recognise those that are like them: about as many as a device
/// has properties.
pub const TEMPLATES: usize = 32;

/// The longest message, in bytes, that is remembered. Real ones have some hundred; all templates stay below 1 MiB.
pub const LONGEST_TEMPLATE_BYTES: usize = 4 << 10;

/// How often in a row a template may not be of use before another takes its place: taking one up costs as much as reading
/// a message, so it must not happen for every one that is like no other.
pub const TEMPLATE_MISSES: u32 = 4;

/// How much of a value that is wrong is shown in the reason for a reject, in bytes.
pub const EXCERPT_BYTES: usize = 80;

/// One read from a file, in bytes: large enough to make system calls cheap, small enough for a core's cache.
pub const READ_BLOCK_BYTES: usize = 64 << 10;

/// What of a block is decoded before it is looked whether a batch is full, in bytes: what comes out is several times as
/// long, and a batch is to be not much fuller than it may be.
pub const DECODE_STEP_BYTES: usize = READ_BLOCK_BYTES / 4;

/// Blocks between a reader and its parser.
pub const BLOCKS_AHEAD: usize = 4;

/// Rows of one batch, in bytes of COPY data: small beside a transaction, so that one is never much fuller than it may be.
pub const BATCH_BYTES: usize = 256 << 10;

/// The most memory of one buffer of a batch that is kept for the next one, in bytes: an ordinary batch ends with the
/// record that fills it, and buffers grow by doubling.
pub const LARGEST_RECYCLED_BYTES: usize = 2 * BATCH_BYTES;

/// What a lane may hold of a file that is not sent yet, in bytes, while other lanes do too; beyond it lanes take turns.
/// Real records stay below 100 kB, so no lane ever waits for that; a batch, when full, is just below.
pub const LONG_BYTES: u64 = 2 * BATCH_BYTES as u64;

/// Batches between a parser and its writer. While the server works on a transaction a few are decoded ahead; the
/// others are there by the time they can be sent, since decoding is several times faster than loading.
pub const BATCHES_AHEAD: usize = 4;

/// COPY data of the open transactions of all lanes, in bytes: kept until the commit, since it may have to be sent again.
/// Larger transactions wait less often for the disk; with two lanes of 8 MiB that wait is 1 or 2 % of the time.
pub const TRANSACTIONS_BYTES: usize = 16 << 20;

/// COPY data of one transaction, in bytes, however many lanes share [`TRANSACTIONS_BYTES`]: many lanes hide each other's waits.
pub const LEAST_TRANSACTION_BYTES: usize = 1 << 20;

/// Files of one transaction, so that ten thousand tiny files do not make one ledger statement.
pub const TRANSACTION_FILES: usize = 256;

/// Files waiting for a lane. Each is claimed in the database, so few: other ingests want work too.
pub const FILES_AHEAD: usize = 32;

/// Files that a walker hands over at a time: enough to make handing over cheap, few enough to keep all threads busy.
pub const INVENTORY_BATCH: usize = 1024;

/// Bytes of paths at which a walker hands over earlier; paths may have 4,096 bytes each.
pub const INVENTORY_BATCH_BYTES: usize = 256 << 10;

/// Batches of entries between the walkers and the writers of the inventory.
pub const INVENTORY_BATCHES_AHEAD: usize = 8;

/// Files that one writer compares and writes in one transaction. They are sorted by digest, and the more there are,
/// the more of them fall on one page of the index: 64 Ki files load 1.4 times as fast as 4 Ki, and 128 Ki a little
/// faster still.
pub const INVENTORY_RUN_FILES: usize = 128 << 10;

/// Memory of the files that all writers of the inventory hold together, in bytes.
pub const INVENTORY_HELD_BYTES: usize = 32 << 20;

/// Files of one comparison with the database. The server takes memory for larger parameters from the system each time
/// and gives it back: 4,096 files cost it twice the page faults.
pub const INVENTORY_COMPARE_FILES: usize = 512;

/// Files that are looked up first: if none of them is known, all are taken to be new.
pub const INVENTORY_SAMPLE_FILES: usize = 256;

/// Entries of a folder that the kernel gives at a time, in bytes: about a thousand. Each folder that a walker has set
/// aside holds so much.
pub const FOLDER_BLOCK_BYTES: usize = 64 << 10;

/// Names of a folder that are looked at, or handed to another walker, at a time.
pub const NAMES_AT_ONCE: usize = 512;

/// Pieces of work that lie ready for each other walker while one reads a huge folder: with one alone the others would
/// wait while it reads names, a third of the time that looking at them takes.
pub const NAMES_AHEAD: usize = 2;

/// Paths of folders and names that wait, in bytes. Beyond it a walker works some off before it reads on.
pub const FOLDERS_AHEAD_BYTES: usize = 2 << 20;

/// Folders that a walker sets aside, half read, to work off waiting ones. Each holds an open file and some stack.
pub const SUSPENDED_FOLDERS: usize = 16;

/// Problems of one run that get a line in the log; the others are counted.
pub const PROBLEM_LINES: u64 = 10_000;

/// One slice of COPY data, in bytes. The client library takes memory for each: of 64 KiB it is fetched from the system
/// and given back all the time, which makes twice the page faults.
pub const COPY_SLICE_BYTES: usize = 16 << 10;

/// How many rejects and failed files a thread names in the log before it only counts them.
pub const DEFECTS_NAMED: u64 = 100;

/// After this time as many are named again, for a run without an end.
pub const DEFECTS_NAMED_EVERY: Duration = Duration::from_secs(3600);

/// Files of the inventory that are looked at together when work is sought.
pub const FILES_PAGE: i64 = 512;

/// Records that are taken up together when the catalogue has learned their event code.
pub const RECOVER_PAGE: i64 = 256;

/// From the start of one transaction of a bulk load to that of the next, unless it is full before: long beside the wait
/// for the disk, short beside what anybody waits for.
pub const BULK_COMMIT_EVERY: Duration = Duration::from_secs(1);

/// New rows from which on the planner's statistics are worth refreshing at once, if they are many beside the old ones.
pub const ANALYZE_FROM_ROWS: u64 = 50_000;

/// When an idle connection is probed. With the next two, a host that vanished is noticed within 40 s, on both sides,
/// so what it held is free again within a minute.
pub const KEEPALIVE_IDLE: Duration = Duration::from_secs(20);

/// Between two probes of a connection that does not answer.
pub const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(5);

/// Probes without an answer after which a connection is dead.
pub const KEEPALIVE_RETRIES: u32 = 4;

/// The most lanes that can be asked for: each has a connection, threads and buffers of its own.
pub const MOST_JOBS: usize = 256;

/// The longest configuration file or file of event types, in bytes. Real ones have one or two kB, the built-in types 15.
pub const LONGEST_CONFIG_BYTES: u64 = 1 << 20;

/// The longest file of trusted certificates, in bytes. Those of whole systems have a quarter of a MB.
pub const LONGEST_ROOTS_BYTES: u64 = 4 << 20;

/// The longest time that can be configured, in seconds: eleven days, far from any overflow.
pub const LONGEST_WAIT_S: f64 = 1e6;

/// From the first Ctrl-C or SIGTERM to the end of the process, whatever its threads wait for: within a second.
pub const STOP_GRACE: Duration = Duration::from_millis(800);

/// How long the process waits, when it leaves so, until its last summary is written: a pipe may be full.
pub const LAST_WORDS_WAIT: Duration = Duration::from_millis(100);

/// Between two drawings of a progress bar: often enough to look alive.
pub const PROGRESS_BAR_EVERY: Duration = Duration::from_millis(200);

/// Between two lines of progress where there is no terminal: seldom enough for a log file.
pub const PROGRESS_LINE_EVERY: Duration = Duration::from_secs(10);

/// Records that `dump` gathers before it writes them, in bytes: makes system calls cheap and fits a core's cache.
pub const DUMP_BUFFER_BYTES: usize = 128 << 10;

/// How long an upgrade waits for one table to be free, while readers that come meanwhile wait behind it: there are four,
/// so nobody is kept out for a second.
pub const UPGRADE_LOCK_WAIT: Duration = Duration::from_millis(200);

/// Between two such attempts: time for those who wait to get their answer.
pub const UPGRADE_LOCK_PAUSE: Duration = Duration::from_millis(500);

/// Between two looks at how far the server is, or whether another upgrade has ended.
pub const UPGRADE_POLL: Duration = Duration::from_millis(200);

/// Characters of a random password, of five bits each: 160 bits.
pub const PASSWORD_CHARACTERS: usize = 32;

/// Rows up to which a table is counted before a reset, rather than estimated: within a second.
pub const COUNT_EXACTLY_ROWS: i64 = 1_000_000;

/// Telemetry files that are no longer there, named before a reset; the others are counted, and named with -v.
pub const GONE_FILES_NAMED: usize = 10;

/// How long a reset waits for whoever uses the tables.
pub const RESET_LOCK_WAIT: Duration = Duration::from_secs(10);

/// The oldest PostgreSQL that this program works with.
pub const OLDEST_SERVER_MAJOR: u32 = 14;

/// The longest socket folder of a personal server, in bytes: a socket's whole path ("/.s.PGSQL.5432" behind the folder)
/// must stay below the 108 bytes that the kernel has for it, with some to spare.
pub const SOCKET_FOLDER_BYTES: usize = 86;

/// How long `pg_ctl` waits for a personal server before we look at it ourselves, in seconds.
pub const SERVER_START_FIRST_WAIT_S: u64 = 60;

/// How long a personal server may take to answer in all: after a crash it first replays its log.
pub const SERVER_START_WAIT: Duration = Duration::from_secs(600);

/// How long a personal server may take to stop, in seconds: it writes everything in memory to disk first.
pub const SERVER_STOP_WAIT_S: u64 = 300;

/// How long to wait for what a killed personal server left running: its processes notice within a second or two.
pub const SERVER_REMNANTS_WAIT: Duration = Duration::from_secs(15);

/// The pause between two looks at a personal server that is starting or ending.
pub const SERVER_POLL: Duration = Duration::from_millis(50);

/// How long one attempt to reach a personal server over its socket may take.
pub const SERVER_CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// A personal server's log longer than this is set aside at the next start, in bytes.
pub const SERVER_LOG_BYTES: u64 = 8 << 20;

/// How many lines at the end of a personal server's log an error quotes, and from how many bytes.
pub const SERVER_LOG_LINES_QUOTED: usize = 12;

/// See [`SERVER_LOG_LINES_QUOTED`].
pub const SERVER_LOG_BYTES_QUOTED: u64 = 16 << 10;

/// Events of the kernel that are read at once, in bytes: some thousand.
pub const WATCH_BUFFER_BYTES: usize = 64 << 10;

/// How long events gather before they are read. A device that writes record by record makes an event each, and most of
/// them say the same; the delay that this adds is small beside that of a commit.
pub const WATCH_GATHER: Duration = Duration::from_millis(3);

/// How long after an overflow of the kernel's queue all folders are watched anew, so that what makes it overflow again and
/// again does not make us walk all the time.
pub const OVERFLOW_PAUSE: Duration = Duration::from_secs(1);

/// Files of one message from the watcher.
pub const NEWS_FILES: usize = 512;

/// Messages from the watcher that wait. When they are full the kernel's queue fills, and its overflow is noticed.
pub const NEWS_AHEAD: usize = 16;

/// How often it is looked whether the data folders are there, and the same ones.
pub const DATA_FOLDERS_EVERY: Duration = Duration::from_secs(2);

/// A folder that was changed so short a time ago may change again without another time of change: some file systems
/// count in whole seconds.
pub const FOLDER_TIME_GRAIN: Duration = Duration::from_secs(2);

/// Where the kernel does not tell, a file that was not written for so long is not looked at one by one any more.
pub const POLLED_FILE_AGE: Duration = Duration::from_secs(86_400);

/// Files that are looked at one by one; others are seen when everything is looked at.
pub const MOST_POLLED_FILES: usize = 10_000;

/// Files that wait to be looked up in the database. More are not remembered one by one: everything is looked at instead.
pub const MOST_WANTED_FILES: usize = 20_000;

/// Files that are looked up in the database together.
pub const TAKE_FILES: usize = 512;

/// Files behind that are taken up at a time. The others wait in the database, newest first.
pub const MOST_FILES_BEHIND: usize = 1_024;

/// Files that a `follow` names because they are gone before they were loaded. Of an archive that is not mounted all are.
pub const MOST_FILES_GONE: usize = 1_000;

/// A file without news for so long is given back: its claim is released and its memory freed.
pub const FILE_FORGOTTEN_AFTER: Duration = Duration::from_secs(900);

/// Claims that a follow holds at a time. The server keeps all locks of all sessions in memory of a fixed size, by default
/// 6,400. What is beyond is loaded without a claim: that may cost work that is done twice, and nothing else.
pub const MOST_CLAIMS: usize = 1_500;

/// A file with more than this to load does not go through the lane of those that are being written, which it would hold up.
pub const LARGE_STRETCH_BYTES: u64 = 4 << 20;

/// COPY data of one transaction that catches up, in bytes: a quarter of what bulk loading takes, for the sake of memory.
pub const CATCH_UP_TRANSACTION_BYTES: usize = 2 << 20;

/// How long the transactions that catch up may be apart.
pub const CATCH_UP_COMMIT_EVERY: Duration = Duration::from_millis(250);

/// The most rows of one transaction of what is being written that can be configured, in bytes.
pub const MOST_COMMIT_BYTES: usize = 16 << 20;

/// A compressed file is read again from its start each time, so first its writer gets so long to end.
pub const GZIP_SETTLES: Duration = Duration::from_secs(1);

/// When a file that could not be read is tried again, if there is news of it.
pub const UNREADABLE_AGAIN_AFTER: Duration = Duration::from_secs(30);

/// When a file that another process is loading is tried again.
pub const CLAIMED_AGAIN_AFTER: Duration = Duration::from_secs(1);

/// Between two looks of the main loop at what has no event of its own; rows of files that grow are written as often.
pub const FOLLOW_TICK: Duration = Duration::from_secs(1);

/// Between two heartbeats.
pub const HEARTBEAT_EVERY: Duration = Duration::from_secs(5);

/// Everything is looked at so often even if nothing seems to have been missed.
pub const RESCAN_EVERY: Duration = Duration::from_secs(3600);

/// The same where file systems are polled, in which a file that was quiet for long can begin to grow unseen.
pub const RESCAN_POLLED_EVERY: Duration = Duration::from_secs(60);

/// The least time between the end of a look at everything and the next one: this long, and this many times what the last took.
pub const RESCAN_LEAST_PAUSE: Duration = Duration::from_secs(5);

/// See [`RESCAN_LEAST_PAUSE`].
pub const RESCAN_PAUSE_FACTOR: u32 = 20;

/// Memory of the files that a look at everything holds, in bytes.
pub const RESCAN_HELD_BYTES: usize = 4 << 20;

/// How long a process that ends may keep its place after another one was started.
pub const PLACE_WAIT: Duration = Duration::from_secs(3);

/// A place whose holder is not heard of is free by now if the holder is gone: longer than the server needs to notice
/// ([`KEEPALIVE_IDLE`] and what follows).
pub const PLACE_SILENT: Duration = Duration::from_secs(60);

/// Between two tries to get the place of a process that ends. Later it is [`FOLLOW_TICK`].
pub const PLACE_TRY_EVERY: Duration = Duration::from_millis(100);

/// From the first signal on, how long `follow` may take to commit what it has begun.
pub const FOLLOW_PATIENCE: Duration = Duration::from_millis(1000);

/// A listed device that has written nothing for so long is named.
pub const DEVICE_SILENT_AFTER: Duration = Duration::from_secs(600);

/// A database that is away for longer is an alert, not just something to wait for.
pub const AWAY_IS_ALERT_AFTER: Duration = Duration::from_secs(60);

/// Warnings that are kept for whoever asks.
pub const WARNINGS_KEPT: usize = 16;

/// How often the INDI device tells what has changed, and looks after its FIFOs.
pub const INDI_TICK: Duration = Duration::from_secs(1);

/// How long the INDI device waits at its end for its last words to be taken.
pub const INDI_FAREWELL: Duration = Duration::from_millis(200);

/// The longest name of an INDI device, in bytes: with its folder and extension it must be a file's name.
pub const INDI_NAME_BYTES: usize = 64;

/// The longest element that an INDI client may send, in bytes. Those that are answered have less than a hundred.
pub const INDI_ELEMENT_BYTES: usize = 16 << 10;

/// One read from an INDI client, in bytes: what a pipe passes on in one piece.
pub const INDI_READ_BYTES: usize = 4 << 10;

/// What is read from INDI clients in a second, in bytes: two thousand questions. Who writes more has to wait.
pub const INDI_INPUT_BYTES: usize = 64 << 10;

/// What an INDI client has not taken yet, in bytes: all properties five times over. What exceeds it is dropped.
pub const INDI_UNSENT_BYTES: usize = 16 << 10;

/// The longest message to INDI clients, in bytes; longer ones are cut.
pub const INDI_MESSAGE_BYTES: usize = 1 << 10;

/// Warnings that wait to be passed on to INDI clients; the others are counted.
pub const INDI_WARNINGS_AHEAD: usize = 64;

/// Rows of a device in a span of time that `status` counts one by one; of more it estimates how many there are. Each
/// may be on a page of its own, which takes some microseconds to get.
pub const STATUS_COUNTED_ROWS: u64 = 1000;

/// Rows of a sample from which `status` estimates how many there are: enough for the two digits that it shows, nearly.
pub const STATUS_SAMPLE_ROWS: u64 = 300;

/// Records of a device whose gaps `status` looks at to tell what is usual.
pub const STATUS_GAP_RECORDS: i64 = 200;

/// A device is silent when its newest record is older than so many of its usual gaps ...
pub const STATUS_SILENT_GAPS: f64 = 10.0;

/// ... and than this: pauses of less are nobody's business.
pub const STATUS_SILENT_LEAST: Duration = Duration::from_secs(60);

/// What has written nothing for so long is not silent but off.
pub const STATUS_OFF: Duration = Duration::from_secs(86_400);

/// A follow that has not been heard of for so long is dead: several times [`HEARTBEAT_EVERY`].
pub const HEARTBEAT_LATE: Duration = Duration::from_secs(30);

/// Files that are not loaded in full and are tried by `status`, to say what is wrong with them.
pub const STATUS_FILES_NAMED: i64 = 200;

/// Between two looks of `status --watch`.
pub const STATUS_WATCH_EVERY: Duration = Duration::from_secs(2);

const _: () = assert!(INDI_READ_BYTES <= INDI_ELEMENT_BYTES && INDI_ELEMENT_BYTES <= INDI_INPUT_BYTES);
/// How much is kept of what `pg_dump` or `pg_restore` says when it fails, in bytes.
pub const TOOL_COMPLAINT_BYTES: u64 = 16 << 10;

/// How much of the beginning of each line is looked at when a backup is read back, in bytes: enough to know a line
/// that begins or ends a table.
pub const BACKUP_LINE_HEAD_BYTES: usize = 16;

/// How often a restored database is tried to be put in its place while clients connect to the one before it.
pub const DATABASE_SWAP_TRIES: u32 = 20;

const _: () = assert!(READ_BLOCK_BYTES > FINGERPRINT_BYTES);
const _: () = assert!(BATCH_BYTES < LEAST_TRANSACTION_BYTES && LEAST_TRANSACTION_BYTES < TRANSACTIONS_BYTES);
const _: () = assert!(2 * REJECT_END_BYTES <= LONGEST_REJECT_BYTES);
const _: () = assert!(4 + 8 * MOST_FIELDS <= EXACT_TABLE_BYTES && EXACT_TABLE_BYTES.is_multiple_of(64));

/// Of a disk that is fuller than this, in percent, `doctor` warns.
pub const FULL_DISK_PERCENT: u64 = 95;

/// Folders that one should be able to watch: an instrument computer has some thousand, an archive many more.
pub const WATCHES_WANTED: u64 = 65_536;

/// What to raise the kernel's limit to: a watch takes about 1 kB of its memory, and only if it is used.
pub const WATCHES_ADVISED: u64 = 1_048_576;

/// How far apart the clocks of two machines may be: the clocks of an observatory agree to milliseconds, and times of
/// records are compared across machines.
pub const CLOCK_TOLERANCE: Duration = Duration::from_millis(500);

/// Connections that a run takes beside one for each lane: the one that looks through the inventory, and one to spare.
pub const CONNECTIONS_BESIDE_LANES: i64 = 2;

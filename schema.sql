-- Everything that `xtelemdb setup` creates. It can be applied any number of times: what is there stays.
-- `setup` applies it in one transaction; by hand: psql -1 -v ON_ERROR_STOP=1 -f schema.sql
--
-- The four tables and the view in `public` are the interface: queries are written against them.
-- What the program itself needs to keep count stands in the schema `xtelemdb`.

SET LOCAL client_min_messages = warning;

CREATE SCHEMA IF NOT EXISTS xtelemdb;

-- ---------------------------------------------------------------------------------------------------------------
-- Telemetry: one row a record.

CREATE TABLE IF NOT EXISTS public.telem (
    ts      timestamptz NOT NULL,
    device  text COLLATE "C" NOT NULL,
    msg     jsonb NOT NULL,
    prio    text COLLATE "C",
    ec      text COLLATE "C" NOT NULL,
    ts_ns   smallint,
    digest  bigint NOT NULL
);

COMMENT ON TABLE  public.telem        IS 'Telemetry records, one row each';
COMMENT ON COLUMN public.telem.ts     IS 'When the device wrote the record, cut to the microsecond';
COMMENT ON COLUMN public.telem.device IS 'The device, from the name of its file';
COMMENT ON COLUMN public.telem.msg    IS 'The message';
COMMENT ON COLUMN public.telem.prio   IS 'Priority: TELM, INFO, ...';
COMMENT ON COLUMN public.telem.ec     IS 'Event type: telem_stdcam, ...';
COMMENT ON COLUMN public.telem.ts_ns  IS
    'The nanoseconds that ts does not hold, 0 to 999; null if the Python program loaded the row, which did not keep them';
COMMENT ON COLUMN public.telem.digest IS
    'XXH3-64 of the message''s text, seeded with that of ec, seeded with the nanoseconds; 0 where these are not known';

-- Version 1 did not know rows without nanoseconds.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_catalog.pg_attribute
               WHERE attrelid = 'public.telem'::regclass AND attname = 'ts_ns' AND attnotnull) THEN
        ALTER TABLE public.telem ALTER COLUMN ts_ns DROP NOT NULL;
    END IF;
END
$$;

-- The planner can't use statistics of whole messages, and they are dear to gather.
ALTER TABLE public.telem ALTER COLUMN msg SET STATISTICS 0;

-- A record is known by device, time, event type and message: two that differ in any of them are two rows.
-- The device leads, so that each device's newest pages stay in memory while files are loaded.
CREATE UNIQUE INDEX IF NOT EXISTS telem_device_ts_digest ON public.telem (device, ts, digest);

-- All devices over a span of time. Rows arrive nearly in order of time, so block ranges are enough.
CREATE INDEX IF NOT EXISTS telem_ts ON public.telem USING brin (ts) WITH (autosummarize = on);

-- ---------------------------------------------------------------------------------------------------------------
-- Files. A path can be longer than an index entry may be, so a digest of host and path stands for it in keys.

CREATE TABLE IF NOT EXISTS public.file_origins (
    origin_host       text COLLATE "C" NOT NULL,
    origin_path       text COLLATE "C" NOT NULL,
    modification_time timestamptz NOT NULL,
    creation_time     timestamptz NOT NULL,
    size_bytes        bigint NOT NULL,
    origin_digest     bytea NOT NULL GENERATED ALWAYS AS (
        substring(sha256(decode(replace(origin_host || E'\n' || origin_path, '\', '\\'), 'escape')) FOR 16)
    ) STORED,
    CONSTRAINT file_origins_pkey PRIMARY KEY (origin_digest)
);

COMMENT ON TABLE  public.file_origins IS 'Every file under the data folders of every host';
COMMENT ON COLUMN public.file_origins.origin_path IS
    'Absolute path; a backslash is written \\ and a byte that is not UTF-8 is written \xNN';
COMMENT ON COLUMN public.file_origins.creation_time IS 'From the file''s name, else from the file system';
COMMENT ON COLUMN public.file_origins.origin_digest IS 'First 16 bytes of the SHA-256 of host, newline and path';

-- What ingest looks through, in the order in which it loads.
CREATE INDEX IF NOT EXISTS file_origins_telemetry ON public.file_origins (creation_time, origin_digest)
    WHERE origin_path LIKE '%.bintel' OR origin_path LIKE '%.ndjson' OR origin_path LIKE '%.ndjson.gz';

CREATE TABLE IF NOT EXISTS public.file_ingest_times (
    ts            timestamptz NOT NULL,
    device        text COLLATE "C" NOT NULL,
    ingested_at   timestamptz NOT NULL,
    origin_host   text COLLATE "C" NOT NULL,
    origin_path   text COLLATE "C" NOT NULL,
    origin_digest bytea NOT NULL GENERATED ALWAYS AS (
        substring(sha256(decode(replace(origin_host || E'\n' || origin_path, '\', '\\'), 'escape')) FOR 16)
    ) STORED,
    CONSTRAINT file_ingest_times_pkey PRIMARY KEY (origin_digest)
);

COMMENT ON TABLE  public.file_ingest_times IS 'Which telemetry files have been loaded, and when';
COMMENT ON COLUMN public.file_ingest_times.ts IS 'The time in the file''s name, else its creation time';
COMMENT ON COLUMN public.file_ingest_times.ingested_at IS 'When records of it were loaded last';

CREATE TABLE IF NOT EXISTS public.file_replicas (
    hostname                 text COLLATE "C" NOT NULL,
    replica_path             text COLLATE "C" NOT NULL,
    origin_modification_time timestamptz NOT NULL,
    size_bytes               bigint NOT NULL,
    origin_host              text COLLATE "C" NOT NULL,
    origin_path              text COLLATE "C" NOT NULL,
    origin_digest            bytea NOT NULL GENERATED ALWAYS AS (
        substring(sha256(decode(replace(origin_host || E'\n' || origin_path, '\', '\\'), 'escape')) FOR 16)
    ) STORED,
    replica_digest           bytea NOT NULL GENERATED ALWAYS AS (
        substring(sha256(decode(replace(hostname || E'\n' || replica_path, '\', '\\'), 'escape')) FOR 16)
    ) STORED,
    CONSTRAINT file_replicas_pkey PRIMARY KEY (replica_digest)
);

COMMENT ON TABLE  public.file_replicas IS 'Copies of files on backup volumes and at remote sites';
COMMENT ON COLUMN public.file_replicas.origin_modification_time IS 'Of the original, when it was copied';

CREATE INDEX IF NOT EXISTS file_replicas_origin ON public.file_replicas (origin_digest);

-- ---------------------------------------------------------------------------------------------------------------
-- Keeping count.

CREATE TABLE IF NOT EXISTS xtelemdb.version (
    version    integer NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT version_pkey PRIMARY KEY (version)
);

INSERT INTO xtelemdb.version (version) VALUES (2) ON CONFLICT DO NOTHING;

CREATE TABLE IF NOT EXISTS xtelemdb.ledger (
    origin_digest          bytea NOT NULL,
    device                 text COLLATE "C" NOT NULL,
    generation             integer NOT NULL,
    resume_bytes           bigint NOT NULL,
    tail_bytes             bigint NOT NULL,
    records_loaded         bigint NOT NULL,
    records_rejected       bigint NOT NULL,
    bytes_rejected         bigint NOT NULL,
    head_hash              bigint NOT NULL,
    history_hash           bigint NOT NULL,
    size_bytes_seen        bigint NOT NULL,
    modification_time_seen timestamptz NOT NULL,
    updated_at             timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT ledger_pkey PRIMARY KEY (origin_digest)
);

COMMENT ON TABLE  xtelemdb.ledger IS
    'How much of each telemetry file is in telem; changed in the transaction that loads the records';
COMMENT ON COLUMN xtelemdb.ledger.generation IS 'Counts how often the file''s content was replaced; 1 for the first';
COMMENT ON COLUMN xtelemdb.ledger.resume_bytes IS
    'Everything before this offset is loaded or rejected; in bytes of the content, inflated for .gz';
COMMENT ON COLUMN xtelemdb.ledger.tail_bytes IS 'Bytes behind it when last read: an unfinished record, or noise';
COMMENT ON COLUMN xtelemdb.ledger.records_loaded IS
    'Records of it that were loaded or found there already, of all its generations together';
COMMENT ON COLUMN xtelemdb.ledger.head_hash IS 'XXH3-64 of the first 4 KiB of the content, at most up to resume_bytes';
COMMENT ON COLUMN xtelemdb.ledger.history_hash IS 'XXH3-64 of the last 4 KiB before resume_bytes';
COMMENT ON COLUMN xtelemdb.ledger.size_bytes_seen IS 'Size of the file on disk before it was read';
COMMENT ON COLUMN xtelemdb.ledger.modification_time_seen IS 'Its modification time before it was read';

CREATE TABLE IF NOT EXISTS xtelemdb.rejects (
    origin_digest bytea NOT NULL,
    offset_bytes  bigint NOT NULL,
    length_bytes  bigint NOT NULL,
    span_hash     bigint NOT NULL,
    reason        text COLLATE "C" NOT NULL,
    event_code    integer,
    detail        text NOT NULL,
    device        text COLLATE "C" NOT NULL,
    span          bytea NOT NULL,
    span_end      bytea,
    found_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT rejects_pkey PRIMARY KEY (origin_digest, offset_bytes, length_bytes, span_hash)
);

COMMENT ON TABLE  xtelemdb.rejects IS 'Records and spans of bytes that could not be loaded, with their bytes';
COMMENT ON COLUMN xtelemdb.rejects.span IS 'All bytes; of more than 8 MiB only the first 4 KiB';
COMMENT ON COLUMN xtelemdb.rejects.span_end IS 'Of more than 8 MiB the last 4 KiB';
COMMENT ON COLUMN xtelemdb.rejects.span_hash IS 'XXH3-64 of all bytes';

CREATE INDEX IF NOT EXISTS rejects_event_code ON xtelemdb.rejects (event_code) WHERE reason = 'unknown_code';

-- One row a host, updated all the time: with room on the page an update stays there.
CREATE TABLE IF NOT EXISTS xtelemdb.heartbeats (
    hostname            text COLLATE "C" NOT NULL,
    name                text NOT NULL,
    process_id          integer NOT NULL,
    started             timestamptz NOT NULL,
    beat                timestamptz NOT NULL,
    ended               timestamptz,
    files_behind        bigint NOT NULL,
    bytes_behind        bigint NOT NULL,
    lag_s               double precision,
    newest_record       timestamptz,
    records_since_start bigint NOT NULL,
    errors              bigint NOT NULL,
    last_error          text,
    CONSTRAINT heartbeats_pkey PRIMARY KEY (hostname)
) WITH (fillfactor = 50);

COMMENT ON TABLE  xtelemdb.heartbeats IS 'The last `follow` of every host, and how it fared when it said so last';
COMMENT ON COLUMN xtelemdb.heartbeats.hostname IS 'Whose files it follows: origin_host';
COMMENT ON COLUMN xtelemdb.heartbeats.name IS 'The name it was started under: dbIngestAOC';
COMMENT ON COLUMN xtelemdb.heartbeats.beat IS 'When it was alive last; every 5 s while it can reach the database';
COMMENT ON COLUMN xtelemdb.heartbeats.ended IS 'When it ended in order; null while it runs, or if it died';
COMMENT ON COLUMN xtelemdb.heartbeats.lag_s IS 'How long the oldest byte that is not loaded has waited, in seconds';
COMMENT ON COLUMN xtelemdb.heartbeats.newest_record IS 'The latest time of a record that it loaded';
COMMENT ON COLUMN xtelemdb.heartbeats.errors IS 'Records set aside and files that could not be loaded, since it started';

-- Where rows stand that the Python program loaded: cut and rounded ones, without nanoseconds. An exact row that arrives
-- in such a span takes the place of its cut one. Empty unless `setup --upgrade` found such rows.
CREATE TABLE IF NOT EXISTS xtelemdb.predecessor (
    device   text COLLATE "C" NOT NULL,
    first_ts timestamptz NOT NULL,
    last_ts  timestamptz NOT NULL,
    CONSTRAINT predecessor_pkey PRIMARY KEY (device)
);

COMMENT ON TABLE xtelemdb.predecessor IS 'Spans in which rows stand that the Python program loaded (ts_ns is null)';

-- ---------------------------------------------------------------------------------------------------------------
-- The ledger speaks of the rows in telem and of the files in file_origins. Whoever empties or drops one of the two
-- wants them filled again, so the ledger is void then: a trigger sees TRUNCATE, and after a DROP the trigger is
-- missing on the new table when setup runs.

CREATE OR REPLACE FUNCTION xtelemdb.void_ledger() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM xtelemdb.rejects;
    DELETE FROM xtelemdb.ledger;
    DELETE FROM public.file_ingest_times;
    IF TG_TABLE_NAME = 'telem' THEN
        DELETE FROM xtelemdb.predecessor;
    END IF;
    RETURN NULL;
END
$$;

-- Whoever may execute it can put it behind a table of their own and empty the ledger with it.
REVOKE ALL ON FUNCTION xtelemdb.void_ledger() FROM PUBLIC;

DO $$
DECLARE
    emptied text;
    referring record;
BEGIN
    FOREACH emptied IN ARRAY ARRAY['telem', 'file_origins'] LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_trigger
                       WHERE tgname = 'void_ledger' AND tgrelid = format('public.%I', emptied)::regclass) THEN
            -- `setup --upgrade` brings rows along that are true.
            IF current_setting('xtelemdb.upgrading', true) IS DISTINCT FROM 'on' THEN
                DELETE FROM xtelemdb.rejects;
                DELETE FROM xtelemdb.ledger;
                DELETE FROM public.file_ingest_times;
                IF emptied = 'telem' THEN
                    DELETE FROM xtelemdb.predecessor;
                END IF;
            END IF;
            EXECUTE format('CREATE TRIGGER void_ledger AFTER TRUNCATE ON public.%I '
                           'EXECUTE FUNCTION xtelemdb.void_ledger()', emptied);
        END IF;
    END LOOP;
    -- Dropping file_origins took these references along. What refers to a file that is not there goes too.
    FOR referring IN SELECT * FROM (VALUES ('public', 'file_ingest_times'), ('public', 'file_replicas'),
                                           ('xtelemdb', 'ledger'), ('xtelemdb', 'rejects')) AS t (space, name) LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint
                       WHERE conname = referring.name || '_origin'
                         AND conrelid = format('%I.%I', referring.space, referring.name)::regclass) THEN
            EXECUTE format('DELETE FROM %I.%I AS r WHERE NOT EXISTS '
                           '(SELECT FROM public.file_origins AS o WHERE o.origin_digest = r.origin_digest)',
                           referring.space, referring.name);
            EXECUTE format('ALTER TABLE %I.%I ADD CONSTRAINT %I FOREIGN KEY (origin_digest) '
                           'REFERENCES public.file_origins (origin_digest) ON DELETE CASCADE',
                           referring.space, referring.name, referring.name || '_origin');
        END IF;
    END LOOP;
END
$$;

-- ---------------------------------------------------------------------------------------------------------------
-- Observations: spans in which the device `observers` reported that somebody observes. A span ends with the next
-- report that differs; the last one may not have ended yet (end_ts is null).

CREATE OR REPLACE VIEW public.observations AS
WITH reports AS (
    SELECT ts, ts_ns, digest,
           coalesce(msg ->> 'observing' = 'true' AND msg ->> 'obsName' <> '', false) AS observing,
           msg ->> 'email' AS email,
           msg ->> 'obsName' AS obsname
    FROM public.telem
    WHERE device = 'observers' AND jsonb_exists(msg, 'observing')
), compared AS (
    SELECT *,
           row_number() OVER in_order = 1
           OR (observing, email, obsname) IS DISTINCT FROM
              (lag(observing) OVER in_order, lag(email) OVER in_order, lag(obsname) OVER in_order) AS changed
    FROM reports
    WINDOW in_order AS (ORDER BY ts, ts_ns, digest)
), spans AS (
    SELECT ts AS start_ts, lead(ts) OVER (ORDER BY ts, ts_ns, digest) AS end_ts, email, obsname, observing
    FROM compared
    WHERE changed
)
SELECT start_ts, end_ts, email, obsname FROM spans WHERE observing;

COMMENT ON VIEW public.observations IS 'Who observed what, and when; end_ts is null while it goes on';

-- ---------------------------------------------------------------------------------------------------------------
-- The crew's read-only role, where there is one.

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'xsup') THEN
        GRANT USAGE ON SCHEMA xtelemdb TO xsup;
        GRANT SELECT ON public.telem, public.file_origins, public.file_ingest_times, public.file_replicas,
                        public.observations TO xsup;
        GRANT SELECT ON ALL TABLES IN SCHEMA xtelemdb TO xsup;
        ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO xsup;
        ALTER DEFAULT PRIVILEGES IN SCHEMA xtelemdb GRANT SELECT ON TABLES TO xsup;
    END IF;
END
$$;

//! The statements of `status`, whole, so that they can be pasted into psql.

use super::{bytes_behind, is_behind};

/// All that is shown is of one moment, and nothing is changed.
pub(in crate::db) const BEGIN: &str = "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

pub(in crate::db) const NOW: &str = "SELECT now()";

/// Telemetry files by host and device. The device of a file that the ledger does not know yet is in its name, before
/// the time.
pub(in crate::db) const FILES: &str = concat!(
    "
SELECT o.origin_host,
       coalesce(l.device, regexp_replace(regexp_replace(o.origin_path, '^.*/', ''),
                                         '(_[0-9:.TZ-]{8,})?\\.(bintel|ndjson|ndjson\\.gz)$', '')) AS device,
       count(*), coalesce(sum(o.size_bytes), 0)::bigint,
       count(*) FILTER (WHERE b.is_behind), coalesce(sum(b.bytes) FILTER (WHERE b.is_behind), 0)::bigint,
       coalesce(sum(l.tail_bytes), 0)::bigint, coalesce(sum(l.records_loaded), 0)::bigint,
       coalesce(sum(l.records_rejected), 0)::bigint, count(*) FILTER (WHERE l.records_rejected > 0)
FROM public.file_origins AS o
LEFT JOIN xtelemdb.ledger AS l USING (origin_digest)
CROSS JOIN LATERAL (SELECT ",
    is_behind!(),
    " AS is_behind,
       ",
    bytes_behind!(),
    " AS bytes) AS b
WHERE o.origin_path LIKE '%.bintel' OR o.origin_path LIKE '%.ndjson' OR o.origin_path LIKE '%.ndjson.gz'
GROUP BY 1, 2
ORDER BY 1, 2
"
);

/// Files of a host that are behind, the newest first, with what the ledger knows of them.
pub(in crate::db) const FILES_BEHIND: &str = concat!(
    "
SELECT o.origin_path, o.size_bytes, l.size_bytes_seen, l.tail_bytes
FROM public.file_origins AS o
LEFT JOIN xtelemdb.ledger AS l USING (origin_digest)
WHERE o.origin_host = $1
  AND (o.origin_path LIKE '%.bintel' OR o.origin_path LIKE '%.ndjson' OR o.origin_path LIKE '%.ndjson.gz')
  AND ",
    is_behind!(),
    "
ORDER BY o.creation_time DESC, o.origin_digest
LIMIT $2
"
);

pub(in crate::db) const REJECTED_BY_REASON: &str = "
SELECT o.origin_host, r.reason, count(*)
FROM xtelemdb.rejects AS r
JOIN public.file_origins AS o USING (origin_digest)
GROUP BY 1, 2
ORDER BY 1, 3 DESC, 2
";

pub(in crate::db) const HEARTBEATS: &str = "
SELECT hostname, name, process_id, started, beat, ended, files_behind, bytes_behind, lag_s, newest_record,
       records_since_start, errors, last_error
FROM xtelemdb.heartbeats
ORDER BY hostname
";

/// What follows goes through the index (device, ts, digest) alone, which is ordered so that the newest record of each
/// device and the span before it are found without reading anything else. The planner does not always see it.
pub(in crate::db) const TELEM_PLANS: &str = "
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
SET LOCAL enable_sort = off;
SET LOCAL max_parallel_workers_per_gather = 0;
SET LOCAL jit = off;
";

/// For every device in telem: its newest record, the gap that 95 % of those between its last $2 records do not exceed,
/// and the rows of the last minute, hour and day, counted up to $1 and one more.
pub(in crate::db) const DEVICES: &str = "
WITH RECURSIVE devices (device) AS (
    (SELECT device FROM public.telem ORDER BY device LIMIT 1)
    UNION ALL
    SELECT (SELECT t.device FROM public.telem AS t WHERE t.device > d.device ORDER BY t.device LIMIT 1)
    FROM devices AS d
    WHERE d.device IS NOT NULL
)
SELECT d.device, newest.ts, gaps.usual_s, minute.rows, hour.rows, day.rows
FROM devices AS d
CROSS JOIN LATERAL (
    SELECT t.ts FROM public.telem AS t WHERE t.device = d.device ORDER BY t.ts DESC LIMIT 1
) AS newest
CROSS JOIN LATERAL (
    SELECT extract(epoch FROM percentile_disc(0.95) WITHIN GROUP (ORDER BY g.gap))::double precision AS usual_s
    FROM (SELECT n.ts - lead(n.ts) OVER (ORDER BY n.ts DESC) AS gap
          FROM (SELECT t.ts FROM public.telem AS t WHERE t.device = d.device ORDER BY t.ts DESC LIMIT $2::bigint) AS n) AS g
) AS gaps
CROSS JOIN LATERAL (
    SELECT count(*) AS rows FROM (
        SELECT FROM public.telem AS t
        WHERE t.device = d.device AND t.ts > now() - interval '1 minute' AND t.ts <= now() LIMIT $1::bigint + 1) AS c
) AS minute
CROSS JOIN LATERAL (
    SELECT count(*) AS rows FROM (
        SELECT FROM public.telem AS t
        WHERE t.device = d.device AND t.ts > now() - interval '1 hour' AND t.ts <= now() LIMIT $1::bigint + 1) AS c
) AS hour
CROSS JOIN LATERAL (
    SELECT count(*) AS rows FROM (
        SELECT FROM public.telem AS t
        WHERE t.device = d.device AND t.ts > now() - interval '1 day' AND t.ts <= now() LIMIT $1::bigint + 1) AS c
) AS day
WHERE d.device IS NOT NULL
";

/// Rows in a sample of the last $2 seconds of devices: 96 spans, one at some place in each 96th part of the time, so that
/// nothing that repeats keeps step with them. Each is a $3-th of its part.
pub(in crate::db) const SAMPLE: &str = "
SELECT e.number, sum(r.rows)::bigint
FROM unnest($1::text[], $2::double precision[]) WITH ORDINALITY AS e (device, window_s, number)
CROSS JOIN (
    SELECT (step + (step * 0.618034 - floor(step * 0.618034)) * (1 - 1 / $3::double precision)) / 96 AS place
    FROM generate_series(0, 95) AS s (step)
) AS s
CROSS JOIN LATERAL (
    SELECT count(*) AS rows
    FROM public.telem AS t
    WHERE t.device = e.device
      AND t.ts > now() - make_interval(secs => e.window_s * (s.place + 1 / $3::double precision / 96))
      AND t.ts <= now() - make_interval(secs => e.window_s * s.place)
) AS r
GROUP BY e.number
";

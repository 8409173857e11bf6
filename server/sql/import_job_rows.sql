-- import_job_rows: jobs with their options and report, newest first.
-- $1 one id or null, $2 ids below this one or null, $3 ids as an array or null, $4 how many at most
SELECT id, kind, source, file_name, file_bytes, options::text, state, stage, rows_read, rows_rejected, bytes_read,
    to_char(created_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), to_char(started_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    to_char(ended_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), error, report::text, batch_id, cancel_wanted,
    extract(epoch FROM clock_timestamp() - started_at)::float8, file IS NOT NULL
FROM import_job
WHERE ($1::bigint IS NULL OR id = $1::bigint) AND ($2::bigint IS NULL OR id < $2::bigint)
  AND ($3::bigint[] IS NULL OR id = ANY ($3::bigint[]))
ORDER BY id DESC LIMIT $4::int

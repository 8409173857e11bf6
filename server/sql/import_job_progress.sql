-- import_job_progress: how far a job is; whether somebody wants it cancelled.
-- $1 id, $2 stage, $3 rows, $4 rejected, $5 bytes
UPDATE import_job SET stage = $2, rows_read = $3::bigint, rows_rejected = $4::bigint, bytes_read = $5::bigint
WHERE id = $1::bigint AND state = 'running'
RETURNING cancel_wanted

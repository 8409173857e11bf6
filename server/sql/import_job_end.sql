-- import_job_end: what became of a job; its file stays where file_kept.
-- $1 id, $2 state, $3 error, $4 report (JSON), $5 stage, $6 rows, $7 rejected, $8 bytes, $9 keep the file
UPDATE import_job SET state = $2, error = $3, report = $4::jsonb,
    batch_id = (SELECT b.id FROM import_batch b WHERE b.id = ($4::jsonb ->> 'batch')::bigint),
    stage = $5, rows_read = $6::bigint, rows_rejected = $7::bigint, bytes_read = $8::bigint,
    ended_at = CASE $2 WHEN 'waiting' THEN NULL ELSE clock_timestamp() END,
    file = CASE WHEN $9::boolean THEN file END
WHERE id = $1::bigint AND state = 'running'

-- import_job_claim: the oldest job of a folder that nobody runs becomes ours; the advisory lock on its number
-- lasts as long as this connection. $1 tag of the folder
UPDATE import_job SET state = 'running', stage = 'starting', started_at = clock_timestamp(), tries = tries + 1,
    rows_read = 0, rows_rejected = 0, bytes_read = 0
WHERE id = (SELECT id FROM (SELECT id FROM import_job WHERE spool = $1 AND state IN ('waiting', 'running')
                            ORDER BY id LIMIT 200) open
            WHERE pg_try_advisory_lock(3826000200000000 + id) LIMIT 1)
  AND state IN ('waiting', 'running')
RETURNING id, kind, source, file_name, file_bytes, options ->> 'crs', options ->> 'encoding', options ->> 'sheet',
    coalesce((options ->> 'dry_run')::boolean, false), file, tries, cancel_wanted

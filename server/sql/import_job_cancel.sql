-- import_job_cancel: a waiting job is cancelled; of a running one it is noted that it shall be. No row = it has
-- ended, or there is none. $1 id
UPDATE import_job SET cancel_wanted = true,
    ended_at = CASE state WHEN 'waiting' THEN clock_timestamp() END,
    file = CASE state WHEN 'waiting' THEN NULL ELSE file END,
    state = CASE state WHEN 'waiting' THEN 'cancelled' ELSE state END
WHERE id = $1::bigint AND state IN ('waiting', 'running')
RETURNING state

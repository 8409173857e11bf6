-- import_job_files: names of the files of a folder that are still wanted, after letting go of those of ended
-- jobs past the limits. $1 tag of the folder, $2 seconds that a file is kept, $3 files kept at most
WITH gone AS (
    UPDATE import_job SET file = NULL
    WHERE spool = $1 AND file IS NOT NULL AND state NOT IN ('waiting', 'running')
      AND (ended_at < clock_timestamp() - make_interval(secs => $2::float8)
           OR id NOT IN (SELECT id FROM import_job WHERE spool = $1 AND file IS NOT NULL
                           AND state NOT IN ('waiting', 'running') ORDER BY ended_at DESC LIMIT $3::int))
    RETURNING id)
SELECT file FROM import_job WHERE spool = $1 AND file IS NOT NULL AND id NOT IN (SELECT id FROM gone)

-- import_job_insert: a new job, unless so many of its folder wait already; its id.
-- $1 kind, $2 source, $3 file name, $4 bytes, $5 options, $6 tag of the folder, $7 name in it, $8 most that may wait
INSERT INTO import_job (kind, source, file_name, file_bytes, options, spool, file)
SELECT $1, $2, $3, $4::bigint, $5::jsonb, $6, $7
WHERE (SELECT count(*) FROM import_job WHERE state = 'waiting' AND spool = $6) < $8::int
RETURNING id

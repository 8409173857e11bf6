-- import_job_again: what another run of a job's file needs. $1 id
SELECT kind, source, file_name, file_bytes, options::text, spool, file FROM import_job WHERE id = $1::bigint

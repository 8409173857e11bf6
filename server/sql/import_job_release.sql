-- import_job_release: this connection runs no job any more.
SELECT pg_advisory_unlock_all()::text

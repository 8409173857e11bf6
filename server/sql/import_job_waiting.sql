-- import_job_waiting: how many jobs wait.
SELECT count(*) FROM import_job WHERE state = 'waiting'

-- import_job_waiting: how many jobs of a folder wait. $1 tag of the folder
SELECT count(*) FROM import_job WHERE state = 'waiting' AND spool = $1

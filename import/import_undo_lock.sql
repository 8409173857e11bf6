-- No import publishes meanwhile (import_lock.sql); references are checked at the end. The plans of those
-- checks are made once, not once a row.
SET CONSTRAINTS ALL DEFERRED;
SET LOCAL work_mem = '64MB';
SET LOCAL statement_timeout = 0;
SET LOCAL plan_cache_mode = auto;
SET LOCAL lock_timeout = '10s';
SELECT pg_advisory_xact_lock(3826000102);
SET LOCAL lock_timeout = 0

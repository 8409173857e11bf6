-- One import publishes at a time; the settings last until the end of the transaction.
SELECT pg_advisory_xact_lock(3826000102);
SET LOCAL work_mem = '64MB';
SET LOCAL statement_timeout = 0;

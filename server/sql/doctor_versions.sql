-- doctor_versions: versions of what the database is made of; null where an extension is missing.
SELECT current_setting('server_version') AS postgresql,
       (SELECT extversion FROM pg_extension WHERE extname = 'postgis') AS postgis,
       (SELECT extversion FROM pg_extension WHERE extname = 'pg_trgm') AS pg_trgm,
       current_setting('server_encoding') AS encoding,
       current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on' AS durable

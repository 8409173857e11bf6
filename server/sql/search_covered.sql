-- The highest facility id that a whole trigram index covers (facility_search_N covers ids up to N).
SELECT coalesce(max(substring(c.relname FROM '[0-9]+$')::bigint), 0)
FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid
WHERE x.indrelid = 'facility'::regclass AND x.indisvalid AND c.relname ~ '^facility_search_[0-9]+$'

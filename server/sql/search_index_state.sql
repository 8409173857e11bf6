-- The trigram indexes of facilities (facility_search_N: facilities up to id N): the highest N of those
-- that are whole, how many facilities it covers, how many it does not, the highest id, and the names
-- of the indexes that are not wanted any more.
WITH i AS (
    SELECT c.relname::text AS name, substring(c.relname FROM '[0-9]+$')::bigint AS covers, x.indisvalid AS whole
    FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid
    WHERE x.indrelid = 'facility'::regclass AND c.relname ~ '^facility_search_[0-9]+$'),
best AS (SELECT coalesce((SELECT max(covers) FROM i WHERE whole), 0) AS covers)
SELECT b.covers, (SELECT count(*) FROM facility WHERE id <= b.covers), (SELECT count(*) FROM facility WHERE id > b.covers),
       (SELECT coalesce(max(id), 0) FROM facility),
       (SELECT coalesce(string_agg(name, ' '), '') FROM i WHERE NOT whole OR covers < b.covers)
FROM best b

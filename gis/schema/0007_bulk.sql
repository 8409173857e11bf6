-- 0007_bulk: large imports. The trigram index of facilities takes longer than all the rest of an
-- import, so it covers the facilities up to one id, which its name tells, and the server makes a new
-- one beside it when many have come (server/search_index.c). Those above the id are searched row by
-- row: an answer never depends on the index.

DROP INDEX facility_search;
DO $$
DECLARE
    covered bigint := (SELECT coalesce(max(id), 0) FROM facility);
BEGIN
    EXECUTE format('CREATE INDEX facility_search_%s ON facility USING gin (search_key gin_trgm_ops) WHERE id <= %s::bigint',
                   covered, covered);
END $$;
COMMENT ON COLUMN facility.search_key IS 'Normal form of name, English name, aliases, numbers and address, for search. Index facility_search_N has the facilities up to id N.';

-- No query asks by metres; the copy itself stays.
DROP INDEX facility_geom_3826_idx;

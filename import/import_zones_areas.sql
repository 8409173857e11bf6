-- Gives zones without a drawn area the union of the borders of their counties, and says which of the counties
-- named are unknown (the row stays). $1 source (not used: borders count whoever brought them)
WITH named AS (
    SELECT s.line, s.raw, k.key, n.name,
           (SELECT min(a.code) FROM area a
            WHERE a.kind = 'county'
              AND a.name_key IN (k.key, (SELECT l.county_key FROM county_alias l WHERE l.name_key = k.key))) AS code
    FROM stage_record s
    CROSS JOIN LATERAL jsonb_array_elements_text(s.fields::jsonb -> 'county_keys') WITH ORDINALITY AS k(key, n)
    CROSS JOIN LATERAL (SELECT s.fields::jsonb -> 'counties' ->> (k.n - 1)::int AS name) n
    WHERE $1::bigint IS NOT NULL),
made AS (
    SELECT n.line, ST_Multi(ST_Union(a.geom)) AS geom
    FROM (SELECT DISTINCT line, code FROM named) n JOIN area a ON a.kind = 'county' AND a.code = n.code
    GROUP BY n.line),
filled AS (
    UPDATE stage_record s SET geom = m.geom FROM made m WHERE m.line = s.line AND s.geom IS NULL
    RETURNING s.line)
INSERT INTO stage_note (line, column_name, value, code, reason, row_values, kept)
SELECT line, NULL, string_agg(name, ' '), 'county_unknown',
       CASE WHEN EXISTS (SELECT 1 FROM area WHERE kind = 'county')
            THEN 'no county is called ' || string_agg(name, ', ') || ': the zone is without'
            ELSE 'no borders are loaded: the zone gets its area when they come' END, raw, true
FROM named WHERE code IS NULL GROUP BY line, raw

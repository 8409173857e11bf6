-- The zones without a drawn area, anew from the borders of their counties as they are now.
WITH named AS (
    SELECT r.id, (SELECT min(a.code) FROM area a
                  WHERE a.kind = 'county'
                    AND a.name_key IN (k, (SELECT l.county_key FROM county_alias l WHERE l.name_key = k))) AS code
    FROM record r CROSS JOIN LATERAL jsonb_array_elements_text(r.fields -> 'county_keys') AS k
    WHERE r.kind = 'zones' AND r.ended_batch_id IS NULL AND NOT r.fields ? 'drawn'),
made AS (
    SELECT n.id, ST_Multi(ST_Union(a.geom)) AS geom
    FROM (SELECT DISTINCT id, code FROM named) n LEFT JOIN area a ON a.kind = 'county' AND a.code = n.code
    GROUP BY n.id)
UPDATE record r SET geom = m.geom FROM made m WHERE r.id = m.id AND r.geom IS DISTINCT FROM m.geom

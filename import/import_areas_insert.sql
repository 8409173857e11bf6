-- New borders. $1 source, $2 batch
INSERT INTO area (id, kind, code, name, name_en, name_key, county_code, geom, source_id, batch_id)
OVERRIDING SYSTEM VALUE
SELECT area_id, kind, code, name, name_en, name_key, county_code, geom, $1::int, $2::bigint
FROM stage_area WHERE what = 'new' ORDER BY line

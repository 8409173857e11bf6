-- What the source says now. A point that stage_place did not accept has no geometry. $1 kind, $2 source, $3 batch
INSERT INTO record (kind, record_key, name, name_en, fields, geom, county_code, township_code, address_county_code,
    position_check, row_hash, line, source_id, batch_id, address_county_key, county_key, reported_geom)
SELECT $1, p.record_key, s.name, s.name_en, s.fields::jsonb,
       CASE WHEN s.place = 'none' THEN s.geom ELSE c.geom END,
       c.county_code, c.township_code, c.named_county,
       CASE WHEN s.place = 'none' THEN 'none' ELSE c.position_check END,
       p.row_hash, p.line, $2::int, $3::bigint, s.address_county_key, s.county_key,
       CASE WHEN s.place = 'accepted' THEN s.geom END
FROM stage_plan p JOIN stage_record s ON s.line = p.line JOIN stage_place c ON c.ref = p.line
WHERE p.what <> 'same' ORDER BY p.line

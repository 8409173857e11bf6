-- The points of all records as reported, to check again.
INSERT INTO stage_place (ref, address_county_key, county_key, given, geom)
SELECT id, address_county_key, county_key,
       CASE WHEN reported_geom IS NOT NULL THEN 'accepted' WHEN position_check IN ('outside', 'other_zone') THEN position_check ELSE 'missing' END,
       reported_geom
FROM record WHERE ended_batch_id IS NULL AND position_check <> 'none'

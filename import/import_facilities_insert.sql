-- New facilities. $1 source, $2 batch
INSERT INTO facility (id, facility_key, operator_id, name, name_en, address, phone, industry, industrial_park,
    established_year, county_code, township_code, address_county_code, geom, position_method,
    position_accuracy_m, position_check, reported_x, reported_y, reported_crs, search_key, source_id, batch_id)
OVERRIDING SYSTEM VALUE
SELECT p.facility_id, s.facility_key, o.operator_id, s.name, s.name_en, s.address, s.phone, s.industry,
    s.industrial_park, s.established_year, coalesce(s.county_code, c.county_code), coalesce(s.township_code, c.township_code),
    coalesce(s.named_county, c.named_county),
    CASE WHEN s.position_check IS NULL THEN c.geom WHEN s.place = 'accepted' THEN ST_SetSRID(ST_MakePoint(s.lon, s.lat), 4326) END,
    coalesce(s.position_method, 'reported'), s.position_accuracy_m, coalesce(s.position_check, c.position_check), s.reported_x,
    s.reported_y, s.reported_crs, s.search_key, $1::int, $2::bigint
FROM stage_plan p
JOIN stage_facility s ON s.line = p.line
LEFT JOIN stage_place c ON c.ref = s.line
LEFT JOIN stage_operator o ON o.key = coalesce(s.business_no, 'name:' || coalesce(s.operator_name, s.name))
WHERE p.what = 'new'

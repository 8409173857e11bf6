-- New facilities. $1 source, $2 batch
INSERT INTO facility (id, facility_key, operator_id, name, name_en, address, phone, industry, industrial_park,
    established_year, county_code, township_code, address_county_code, geom, position_method,
    position_accuracy_m, position_check, reported_x, reported_y, reported_crs, search_key, source_id, batch_id)
OVERRIDING SYSTEM VALUE
SELECT p.facility_id, p.facility_key, o.operator_id, s.name, s.name_en, s.address, s.phone, s.industry,
    s.industrial_park, s.established_year, c.county_code, c.township_code, c.named_county, c.geom,
    coalesce(s.position_method, 'reported'), s.position_accuracy_m, c.position_check, s.reported_x,
    s.reported_y, s.reported_crs, s.search_key, $1::int, $2::bigint
FROM stage_plan p
JOIN stage_facility s ON s.line = p.line
JOIN stage_place c ON c.ref = p.line
LEFT JOIN stage_operator o ON o.key = coalesce(s.business_no, 'name:' || coalesce(s.operator_name, s.name))
WHERE p.what = 'new'
ORDER BY p.line

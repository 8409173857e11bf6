-- Facilities known already take what the row says. What it does not say stays as it was, unless this
-- source itself had said it before and says it no more. A position that can be drawn is not given up
-- for one that cannot, unless it was this source's own. $1 source, $2 batch
UPDATE facility f SET
    operator_id = coalesce(o.operator_id, f.operator_id),
    name = s.name,
    name_en = coalesce(s.name_en, CASE WHEN r.fields ? 'name_en' THEN NULL ELSE f.name_en END),
    address = coalesce(s.address, CASE WHEN r.fields ? 'address' THEN NULL ELSE f.address END),
    phone = coalesce(s.phone, CASE WHEN r.fields ? 'phone' THEN NULL ELSE f.phone END),
    industry = coalesce(s.industry, CASE WHEN r.fields ? 'industry' THEN NULL ELSE f.industry END),
    industrial_park = coalesce(s.industrial_park, CASE WHEN r.fields ? 'industrial_park' THEN NULL ELSE f.industrial_park END),
    established_year = coalesce(s.established_year, CASE WHEN r.fields ? 'established_year' THEN NULL ELSE f.established_year END),
    address_county_code = coalesce(s.named_county, c.named_county, f.address_county_code),
    county_code = CASE WHEN k.keep THEN f.county_code ELSE coalesce(s.county_code, c.county_code) END,
    township_code = CASE WHEN k.keep THEN f.township_code ELSE coalesce(s.township_code, c.township_code) END,
    geom = CASE WHEN k.keep THEN f.geom ELSE k.geom END,
    position_method = CASE WHEN k.keep THEN f.position_method ELSE coalesce(s.position_method, 'reported') END,
    position_accuracy_m = CASE WHEN k.keep THEN f.position_accuracy_m ELSE s.position_accuracy_m END,
    position_check = CASE WHEN k.keep THEN f.position_check ELSE coalesce(s.position_check, c.position_check) END,
    reported_x = CASE WHEN k.keep THEN f.reported_x ELSE s.reported_x END,
    reported_y = CASE WHEN k.keep THEN f.reported_y ELSE s.reported_y END,
    reported_crs = CASE WHEN k.keep THEN f.reported_crs ELSE s.reported_crs END,
    search_key = s.search_key || coalesce(
        (SELECT ' ' || string_agg(old, ' ') FROM unnest(string_to_array(f.search_key, ' ')) old
         WHERE old <> '' AND old <> ALL (string_to_array(s.search_key, ' '))), ''),
    source_id = $1::int, batch_id = $2::bigint, changed_at = now()
FROM stage_plan p
JOIN stage_facility s ON s.line = p.line
LEFT JOIN stage_place c ON c.ref = p.line
LEFT JOIN facility_record r ON r.id = p.record_id
LEFT JOIN stage_operator o ON o.key = coalesce(s.business_no, 'name:' || coalesce(s.operator_name, s.name))
JOIN facility g ON g.id = p.facility_id
CROSS JOIN LATERAL (SELECT CASE WHEN s.position_check IS NULL THEN c.geom
                               WHEN s.place = 'accepted' THEN ST_SetSRID(ST_MakePoint(s.lon, s.lat), 4326) END) n(geom)
CROSS JOIN LATERAL (SELECT n.geom, n.geom IS NULL AND g.geom IS NOT NULL AND NOT coalesce(r.fields ? 'x', false)) k(geom, keep)
WHERE f.id = p.facility_id AND p.what IN ('joined', 'changed')

-- A facility without rows of its own (known only from holdings) is again as it was before it took what
-- the other said. $1 its number, $2 key of the parted one, $3 batch
UPDATE facility f SET operator_id = (SELECT o.id FROM operator o WHERE o.id = w.operator_id), name = w.name,
    name_en = w.name_en, address = w.address, phone = w.phone, industry = w.industry,
    industrial_park = w.industrial_park, established_year = w.established_year, county_code = w.county_code,
    township_code = w.township_code, address_county_code = w.address_county_code, geom = w.geom,
    position_method = w.position_method, position_accuracy_m = w.position_accuracy_m,
    position_check = w.position_check, reported_x = w.reported_x, reported_y = w.reported_y,
    reported_crs = w.reported_crs, search_key = w.search_key, batch_id = $3::bigint, changed_at = now()
FROM facility_same s CROSS JOIN LATERAL jsonb_populate_record(NULL::facility, s.apart -> 'winner') w
WHERE f.id = $1::bigint AND s.own_key = $2::text AND s.apart ? 'winner'
  AND NOT EXISTS (SELECT 1 FROM facility_record r WHERE r.facility_id = $1 AND r.ended_batch_id IS NULL)

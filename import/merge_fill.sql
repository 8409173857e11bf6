-- The winners keep what they say, and take what they do not say. $1 batch
UPDATE facility w SET
    operator_id = coalesce(w.operator_id, l.operator_id),
    name = CASE WHEN k.number THEN l.name ELSE w.name END,
    name_en = coalesce(w.name_en, l.name_en), address = coalesce(w.address, l.address),
    phone = coalesce(w.phone, l.phone), industry = coalesce(w.industry, l.industry),
    industrial_park = coalesce(w.industrial_park, l.industrial_park),
    established_year = coalesce(w.established_year, l.established_year),
    address_county_code = coalesce(w.address_county_code, l.address_county_code),
    county_code = CASE WHEN k.place OR w.county_code IS NULL THEN l.county_code ELSE w.county_code END,
    township_code = CASE WHEN k.place THEN l.township_code ELSE w.township_code END,
    geom = CASE WHEN k.place THEN l.geom ELSE w.geom END,
    position_method = CASE WHEN k.place THEN l.position_method ELSE w.position_method END,
    position_accuracy_m = CASE WHEN k.place THEN l.position_accuracy_m ELSE w.position_accuracy_m END,
    position_check = CASE WHEN k.place THEN l.position_check ELSE w.position_check END,
    reported_x = CASE WHEN k.place THEN l.reported_x ELSE w.reported_x END,
    reported_y = CASE WHEN k.place THEN l.reported_y ELSE w.reported_y END,
    reported_crs = CASE WHEN k.place THEN l.reported_crs ELSE w.reported_crs END,
    search_key = w.search_key || coalesce(
        (SELECT ' ' || string_agg(part, ' ') FROM unnest(string_to_array(l.search_key, ' ')) part
         WHERE part <> '' AND part <> ALL (string_to_array(w.search_key, ' '))), ''),
    batch_id = $1::bigint, changed_at = now()
FROM (SELECT DISTINCT ON (winner_id) * FROM stage_merge ORDER BY winner_id, loser_id) m
JOIN facility l ON l.id = m.loser_id
JOIN facility g ON g.id = m.winner_id
CROSS JOIN LATERAL (
    SELECT g.geom IS NULL AND l.geom IS NOT NULL AS place,
           EXISTS (SELECT 1 FROM facility_number n WHERE n.facility_id = g.id AND n.number = g.name) AS number) k
WHERE w.id = m.winner_id

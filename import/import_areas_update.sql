-- Changed borders. $1 source, $2 batch
UPDATE area a SET name = s.name, name_en = s.name_en, name_key = s.name_key, county_code = s.county_code,
    geom = s.geom, source_id = $1::int, batch_id = $2::bigint
FROM stage_area s WHERE s.area_id = a.id AND s.what = 'changed'

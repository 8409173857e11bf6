-- The facility of a key stands by itself again, as it was, under its old number where that is free.
-- $1 key, $2 name where it never stood by itself, $3 source, $4 batch
WITH was AS (
    SELECT f.* FROM (SELECT 1) one
    LEFT JOIN facility_same s ON s.own_key = $1::text
    CROSS JOIN LATERAL jsonb_populate_record(NULL::facility, coalesce(s.apart -> 'loser', '{}')) f)
INSERT INTO facility (id, facility_key, operator_id, name, name_en, address, phone, industry, industrial_park,
    established_year, county_code, township_code, address_county_code, geom, position_method,
    position_accuracy_m, position_check, reported_x, reported_y, reported_crs, search_key, source_id, batch_id)
OVERRIDING SYSTEM VALUE
SELECT CASE WHEN id IS NULL OR EXISTS (SELECT 1 FROM facility o WHERE o.id = was.id)
            THEN nextval(pg_get_serial_sequence('facility', 'id')) ELSE id END,
    $1, (SELECT o.id FROM operator o WHERE o.id = operator_id), coalesce(name, $2::text, $1), name_en, address,
    phone, industry, industrial_park, established_year, county_code, township_code, address_county_code, geom,
    coalesce(position_method, 'reported'), position_accuracy_m, coalesce(position_check, 'missing'), reported_x,
    reported_y, reported_crs, coalesce(search_key, ''), coalesce(source_id, $3::int), $4::bigint
FROM was
RETURNING id

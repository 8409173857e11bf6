-- For each facility of the file the row that counts (the last one) and what it does: new (a facility
-- nobody told of yet), joined (known from elsewhere), changed, same. $1 source
INSERT INTO stage_plan
SELECT k.line, k.facility_key, s.row_hash,
       coalesce(f.id, nextval((SELECT pg_get_serial_sequence('facility', 'id')::regclass))), r.id,
       CASE WHEN f.id IS NULL THEN 'new' WHEN r.id IS NULL THEN 'joined'
            WHEN r.row_hash = s.row_hash THEN 'same' ELSE 'changed' END
FROM (SELECT facility_key, max(line) AS line FROM stage_facility GROUP BY facility_key) k
JOIN stage_facility s ON s.line = k.line
LEFT JOIN facility f ON f.facility_key = k.facility_key
LEFT JOIN facility_record r ON r.facility_id = f.id AND r.source_id = $1::int AND r.ended_batch_id IS NULL
ORDER BY k.line

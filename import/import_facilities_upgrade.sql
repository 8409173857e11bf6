-- They take the key of their control number; the old key still leads to them, and rows that came under it
-- keep it. $1 batch
WITH better AS (
    SELECT f.id, f.facility_key AS old, one.facility_key AS new
    FROM (SELECT factory_no, min(facility_key) AS facility_key FROM stage_facility
          WHERE facility_key LIKE 'ems:%' AND factory_no IS NOT NULL
          GROUP BY factory_no HAVING count(DISTINCT facility_key) = 1) one
    JOIN facility f ON f.facility_key = 'factory:' || one.factory_no
    WHERE NOT EXISTS (SELECT 1 FROM facility o WHERE o.facility_key = one.facility_key)),
renamed AS (UPDATE facility f SET facility_key = b.new FROM better b WHERE f.id = b.id),
records AS (UPDATE facility_record r SET own_key = b.old FROM better b WHERE r.facility_id = b.id AND r.own_key IS NULL),
holdings AS (
    UPDATE holding h SET own_key = CASE WHEN h.own_key IS NULL THEN b.old END
    FROM better b WHERE h.facility_id = b.id AND coalesce(h.own_key, b.new) = b.new),
repointed AS (UPDATE facility_same s SET facility_key = b.new FROM better b WHERE s.facility_key = b.old)
INSERT INTO facility_same (own_key, facility_key, rule, confidence, batch_id)
SELECT old, new, 'factory_no', 0.99, $1::bigint FROM better
ON CONFLICT (own_key) DO UPDATE SET facility_key = excluded.facility_key, rule = excluded.rule,
    confidence = excluded.confidence, batch_id = excluded.batch_id

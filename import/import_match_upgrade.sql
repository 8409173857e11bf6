-- Facilities that take the better key of a row keep their old one as another. $1 batch
WITH better AS (
    SELECT f.id, f.facility_key AS old, m.own_key AS new, p.rule, p.confidence
    FROM stage_pair p JOIN stage_match m ON m.line = p.line JOIN facility f ON f.id = p.facility_id
    JOIN stage_same s ON s.own_key = m.own_key AND s.facility_key = m.own_key
    WHERE p.certain AND m.known_id IS NULL),
renamed AS (UPDATE facility f SET facility_key = b.new FROM better b WHERE f.id = b.id),
records AS (UPDATE facility_record r SET own_key = b.old FROM better b WHERE r.facility_id = b.id AND r.own_key IS NULL),
holdings AS (
    UPDATE holding h SET own_key = CASE WHEN h.own_key IS NULL THEN b.old END
    FROM better b WHERE h.facility_id = b.id AND coalesce(h.own_key, b.new) = b.new),
repointed AS (UPDATE facility_same s SET facility_key = b.new FROM better b WHERE s.facility_key = b.old)
INSERT INTO facility_same (own_key, facility_key, rule, confidence, batch_id)
SELECT old, new, rule, confidence, $1::bigint FROM better
ON CONFLICT (own_key) DO UPDATE SET facility_key = excluded.facility_key, rule = excluded.rule,
    confidence = excluded.confidence, batch_id = excluded.batch_id

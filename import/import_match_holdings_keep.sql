-- Holdings that stood before, each part of a mixture too, take the rule that holds now. $1 source
WITH kept AS (
    SELECT f.facility_id, f.reported_key, f.behaviour, f.period_start, f.period_end, f.own_key AS old_key, f.place, k.own_key, k.rule, k.confidence
    FROM stage_plan p JOIN stage_holding s ON s.line = p.line JOIN stage_known k ON k.facility_key = s.facility_key
    JOIN holding f ON f.id = p.holding_id
    WHERE p.what IN ('same', 'changed')
      AND (f.own_key, f.facility_rule, f.facility_confidence) IS DISTINCT FROM (k.own_key, k.rule, k.confidence))
UPDATE holding h SET own_key = k.own_key, facility_rule = k.rule, facility_confidence = k.confidence
FROM kept k
WHERE h.source_id = $1::int AND h.facility_id = k.facility_id AND h.reported_key = k.reported_key AND h.behaviour = k.behaviour
  AND h.period_start IS NOT DISTINCT FROM k.period_start AND h.period_end IS NOT DISTINCT FROM k.period_end
  AND h.own_key IS NOT DISTINCT FROM k.old_key AND h.place IS NOT DISTINCT FROM k.place

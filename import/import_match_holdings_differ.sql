-- Whether there are holdings that stand but whose rule is another now. $1 source
SELECT 1 WHERE EXISTS (
    SELECT 1 FROM holding h
    JOIN stage_plan p ON h.id = p.holding_id JOIN stage_holding s ON s.line = p.line
    JOIN stage_known k ON k.facility_key = s.facility_key
    WHERE p.what IN ('same', 'changed') AND h.source_id = $1::int
      AND (h.own_key, h.facility_rule, h.facility_confidence) IS DISTINCT FROM (k.own_key, k.rule, k.confidence))

-- The rows that this import wrote keep their own key, rule and confidence. Rows joined by their key alone
-- have the rule of its number. $1 source, $2 batch
UPDATE facility_record r SET own_key = CASE WHEN m.own_key <> p.facility_key THEN m.own_key END,
    link_rule = coalesce(m.rule, k.rule),
    link_confidence = coalesce(m.confidence, k.confidence)
FROM stage_plan p
JOIN stage_facility s ON s.line = p.line
LEFT JOIN stage_same m ON m.facility_key = p.facility_key
CROSS JOIN LATERAL (SELECT CASE WHEN s.ems_no IS NOT NULL THEN 'ems_no' WHEN s.factory_no IS NOT NULL THEN 'factory_no'
                                ELSE 'name_door' END AS rule,
                           CASE WHEN s.ems_no IS NOT NULL THEN 0.98 WHEN s.factory_no IS NOT NULL THEN 0.99
                                ELSE 0.95 END AS confidence) k
WHERE p.what IN ('joined', 'changed') AND r.facility_id = p.facility_id AND r.source_id = $1::int
  AND r.batch_id = $2::bigint AND r.ended_batch_id IS NULL
  AND (m.own_key IS NOT NULL OR p.what = 'joined')

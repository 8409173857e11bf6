-- Rows that changed and nobody asked about again keep the key and the rule of the row before. $1 batch
UPDATE facility_record r SET own_key = e.own_key, link_rule = e.link_rule, link_confidence = e.link_confidence
FROM stage_plan p JOIN facility_record e ON e.id = p.record_id
WHERE p.what = 'changed' AND r.facility_id = p.facility_id AND r.source_id = e.source_id
  AND r.batch_id = $1::bigint AND r.ended_batch_id IS NULL AND r.link_rule IS NULL AND e.link_rule IS NOT NULL

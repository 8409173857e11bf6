-- For each thing of the file the row that counts (the last one) and what it does: new, changed, same.
-- $1 kind, $2 source
INSERT INTO stage_plan
SELECT DISTINCT ON (s.record_key) s.line, s.record_key, s.row_hash, r.id,
       CASE WHEN r.id IS NULL THEN 'new' WHEN r.row_hash = s.row_hash THEN 'same' ELSE 'changed' END
FROM stage_record s
LEFT JOIN record r ON r.kind = $1 AND r.source_id = $2::int AND r.record_key = s.record_key AND r.ended_batch_id IS NULL
ORDER BY s.record_key, s.line DESC

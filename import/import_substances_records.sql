-- What it says now. $1 source, $2 batch
INSERT INTO substance_record (cas, entry, fields, names, row_hash, line, source_id, batch_id)
SELECT cas, entry, facts, names, row_hash, line, $1::int, $2::bigint
FROM stage_plan WHERE what <> 'same' ORDER BY line

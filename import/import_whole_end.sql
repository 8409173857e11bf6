-- Ends the rows of the same tables (member "set") that the file has no more. $1 kind, $2 source, $3 batch
UPDATE record r SET ended_batch_id = $3::bigint
WHERE r.kind = $1 AND r.source_id = $2::int AND r.ended_batch_id IS NULL
  AND r.fields ->> 'set' IN (SELECT fields::jsonb ->> 'set' FROM stage_record)
  AND NOT EXISTS (SELECT FROM stage_record s WHERE s.record_key = r.record_key)

-- What the source said until now. $1 batch
UPDATE substance_record r SET ended_batch_id = $1::bigint
FROM stage_plan p WHERE r.id = p.record_id AND p.what <> 'same'

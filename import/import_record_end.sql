-- Rows whose place new ones take. $1 batch
UPDATE record r SET ended_batch_id = $1::bigint FROM stage_plan p WHERE p.what = 'changed' AND r.id = p.record_id

-- Own keys of rows lead to their facility at later imports too. $1 batch
INSERT INTO facility_same (own_key, facility_key, rule, confidence, batch_id)
SELECT own_key, facility_key, rule, confidence, $1::bigint FROM stage_same WHERE own_key <> facility_key
ON CONFLICT (own_key) DO NOTHING

-- Names in normal form that mean one substance. $1 not used
SELECT name_key, substance_id::bigint FROM stage_link_name WHERE $1::int > 0 ORDER BY name_key COLLATE "C"

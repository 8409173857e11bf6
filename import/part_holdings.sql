-- Holdings reported under those keys. $1 the facility it was part of, $2 its own number, $3 its key
UPDATE holding h SET facility_id = $2::bigint,
    own_key = CASE WHEN h.own_key <> $3::text THEN h.own_key END,
    facility_rule = CASE WHEN h.own_key <> $3 THEN h.facility_rule ELSE split_part($3, ':', 1) || '_no' END,
    facility_confidence = CASE WHEN h.own_key <> $3 THEN h.facility_confidence ELSE CASE WHEN $3 LIKE 'factory:%' THEN 0.99 ELSE 0.98 END END
FROM stage_part p WHERE h.facility_id = $1::bigint AND h.own_key = p.own_key

-- Its keys lead to itself again. $1 its key
WITH moved AS (
    UPDATE facility_same s SET facility_key = $1::text FROM stage_part p WHERE s.own_key = p.own_key AND s.own_key <> $1)
DELETE FROM facility_same WHERE own_key = $1

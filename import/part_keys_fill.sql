-- $1 key
INSERT INTO stage_part
SELECT $1::text UNION
SELECT k FROM facility_same s CROSS JOIN LATERAL jsonb_array_elements_text(s.apart -> 'keys') k WHERE s.own_key = $1

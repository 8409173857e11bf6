-- Its numbers: those it had, those its rows give, that of its key. $1 its own number, $2 its key
INSERT INTO facility_number (facility_id, scheme, number)
SELECT $1::bigint, v.scheme, v.number FROM (
    SELECT split_part(n, ':', 1) AS scheme, substr(n, strpos(n, ':') + 1) AS number
    FROM facility_same s CROSS JOIN LATERAL jsonb_array_elements_text(s.apart -> 'loser_numbers') n
    WHERE s.own_key = $2::text
    UNION
    SELECT w.scheme, r.fields ->> w.scheme
    FROM facility_record r CROSS JOIN (VALUES ('ems_no'), ('factory_no'), ('business_no')) w(scheme)
    WHERE r.facility_id = $1 AND r.ended_batch_id IS NULL
    UNION
    SELECT split_part($2, ':', 1) || '_no', split_part(split_part($2, ':', 2), '@', 1)
    WHERE $2 ~ '^(ems|factory):') v
WHERE v.number IS NOT NULL
ON CONFLICT DO NOTHING

-- Whether a key is a part of a facility that has another key. $1 key, $2 facility
SELECT 1 FROM facility f
WHERE f.id = $2::bigint AND f.facility_key <> $1::text
  AND (EXISTS (SELECT 1 FROM facility_same s WHERE s.own_key = $1 AND s.facility_key = f.facility_key)
       OR EXISTS (SELECT 1 FROM facility_record r WHERE r.facility_id = f.id AND r.own_key = $1)
       OR EXISTS (SELECT 1 FROM holding h WHERE h.facility_id = f.id AND h.own_key = $1))

-- Numbers that only the parted one gives leave the other. $1 the other, $2 the parted one, $3 its key
DELETE FROM facility_number n USING facility f
WHERE n.facility_id = $1::bigint AND f.id = n.facility_id
  AND EXISTS (SELECT 1 FROM facility_number o WHERE o.facility_id = $2::bigint AND (o.scheme, o.number) = (n.scheme, n.number))
  AND f.facility_key <> replace(n.scheme, '_no', '') || ':' || n.number
  AND NOT EXISTS (SELECT 1 FROM facility_record r WHERE r.facility_id = $1 AND r.ended_batch_id IS NULL
                  AND r.fields ->> n.scheme = n.number)
  AND NOT EXISTS (SELECT 1 FROM facility_same s WHERE s.own_key = $3::text
                  AND s.apart -> 'winner_numbers' ? (n.scheme || ':' || n.number))

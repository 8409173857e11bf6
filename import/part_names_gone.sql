-- Names that only the parted one bears leave the other. $1 the other, $2 the parted one, $3 its key
DELETE FROM facility_alias a USING facility f
WHERE a.facility_id = $1::bigint AND f.id = $2::bigint
  AND (a.name = f.name OR EXISTS (SELECT 1 FROM facility_alias o WHERE o.facility_id = $2 AND o.name = a.name)
       OR EXISTS (SELECT 1 FROM facility_record r WHERE r.facility_id = $2 AND r.fields ->> 'name' = a.name))
  AND NOT EXISTS (SELECT 1 FROM facility_record r WHERE r.facility_id = $1 AND r.fields ->> 'name' = a.name)
  AND NOT EXISTS (SELECT 1 FROM facility_same s WHERE s.own_key = $3::text AND s.apart -> 'winner_names' ? a.name)

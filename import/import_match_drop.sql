-- Facilities whose names are not those that their forms were made from.
DELETE FROM facility_match m
WHERE NOT EXISTS (SELECT 1 FROM facility f WHERE f.id = m.facility_id AND coalesce(f.address, '') = m.address
                  AND (f.name = m.name OR EXISTS (SELECT 1 FROM facility_alias a
                                                  WHERE a.facility_id = f.id AND a.name = m.name)))

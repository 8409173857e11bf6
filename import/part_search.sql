-- What a facility is searched by: its names, numbers and address. $1 its number
SELECT f.name, f.name_en, f.address,
       (SELECT string_agg(n.number, ' ' ORDER BY n.scheme DESC, n.number) FROM facility_number n WHERE n.facility_id = f.id),
       (SELECT string_agg(a.name, ' ' ORDER BY a.name) FROM facility_alias a WHERE a.facility_id = f.id)
FROM facility f WHERE f.id = $1::bigint

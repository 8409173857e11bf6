-- The facility of an incident. $1 facility id
SELECT f.name, f.address,
       (SELECT number FROM facility_number n WHERE n.facility_id = f.id
        ORDER BY n.scheme = 'ems_no' DESC, n.scheme = 'factory_no' DESC, n.number LIMIT 1),
       ST_X(f.geom), ST_Y(f.geom), f.position_check, f.phone
FROM facility f
WHERE f.id = $1

-- The registration number to show for each of some facilities: 管制編號 before others.
-- $1 array of facility ids
SELECT DISTINCT ON (facility_id) facility_id, number
FROM facility_number
WHERE facility_id = ANY ($1::bigint[])
ORDER BY facility_id, scheme = 'ems_no' DESC, scheme = 'factory_no' DESC, number

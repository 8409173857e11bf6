-- Each facility that rows name: the stored one by its key, else the only one that bears the factory number,
-- else one to be made.
INSERT INTO stage_known
SELECT k.facility_key, coalesce(f.id, n.id, nextval(pg_get_serial_sequence('facility', 'id'))),
       coalesce(f.id, n.id) IS NULL, k.line
FROM (SELECT facility_key, max(factory_no) AS factory_no, max(line) AS line FROM stage_holding GROUP BY facility_key) k
LEFT JOIN facility f ON f.facility_key = k.facility_key
LEFT JOIN (SELECT number, min(facility_id) AS id FROM facility_number WHERE scheme = 'factory_no'
           GROUP BY number HAVING count(*) = 1) n
       ON k.facility_key = 'factory:' || n.number
ORDER BY k.line

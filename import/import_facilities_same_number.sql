-- Rows that only have a factory number take the key of the one facility known by that number, in the
-- file or stored, so that nobody is there twice.
WITH known AS (
    SELECT factory_no, facility_key FROM stage_facility
    WHERE factory_no IS NOT NULL AND facility_key NOT LIKE 'factory:%'
    UNION
    SELECT n.number, f.facility_key FROM facility_number n JOIN facility f ON f.id = n.facility_id
    WHERE n.scheme = 'factory_no'),
one AS (SELECT factory_no, min(facility_key) AS facility_key FROM known GROUP BY factory_no
        HAVING count(*) = 1)
UPDATE stage_facility s SET facility_key = one.facility_key
FROM one WHERE s.facility_key = 'factory:' || one.factory_no AND s.facility_key <> one.facility_key

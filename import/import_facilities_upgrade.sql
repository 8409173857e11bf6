-- They take the key of their control number.
UPDATE facility f SET facility_key = one.facility_key
FROM (SELECT factory_no, min(facility_key) AS facility_key FROM stage_facility
      WHERE facility_key LIKE 'ems:%' AND factory_no IS NOT NULL
      GROUP BY factory_no HAVING count(DISTINCT facility_key) = 1) one
WHERE f.facility_key = 'factory:' || one.factory_no
  AND NOT EXISTS (SELECT 1 FROM facility o WHERE o.facility_key = one.facility_key)

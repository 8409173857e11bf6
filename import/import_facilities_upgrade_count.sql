-- Facilities known by a factory number alone, of which the file now tells the control number.
SELECT count(*) FROM facility f JOIN stage_facility s ON f.facility_key = 'factory:' || s.factory_no
WHERE s.facility_key LIKE 'ems:%'
  AND NOT EXISTS (SELECT 1 FROM facility o WHERE o.facility_key = s.facility_key)

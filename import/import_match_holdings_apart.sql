-- Rows whose number a person said means somebody else in this source. $1 source name
UPDATE stage_holding s SET facility_key = r.right_key
FROM review r
WHERE r.subject = 'facility' AND r.status = 'refused' AND split_part(r.right_key, '@', 2) = $1::text
  AND (s.facility_key = split_part(r.right_key, '@', 1) OR s.facility_key LIKE 'factory:%' AND EXISTS (
       SELECT 1 FROM facility f JOIN facility_number n ON n.facility_id = f.id
       WHERE f.facility_key = r.right_key AND n.scheme = 'factory_no' AND s.facility_key = 'factory:' || n.number))

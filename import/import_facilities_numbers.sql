-- Registration numbers that rows of new facilities give: nobody has them yet.
INSERT INTO facility_number (facility_id, scheme, number)
SELECT p.facility_id, v.scheme, v.number
FROM stage_plan p JOIN stage_facility s ON s.line = p.line
CROSS JOIN LATERAL (VALUES ('business_no', s.business_no), ('ems_no', s.ems_no), ('factory_no', s.factory_no)) v(scheme, number)
WHERE p.what = 'new' AND v.number IS NOT NULL

-- Registration numbers that rows of known facilities give.
INSERT INTO facility_number (facility_id, scheme, number)
SELECT p.facility_id, v.scheme, v.number
FROM stage_plan p JOIN stage_facility s ON s.line = p.line
CROSS JOIN LATERAL (VALUES ('ems_no', s.ems_no), ('factory_no', s.factory_no), ('business_no', s.business_no)) v(scheme, number)
WHERE p.what IN ('joined', 'changed') AND v.number IS NOT NULL
ON CONFLICT (facility_id, scheme, number) DO NOTHING

-- And their numbers.
INSERT INTO facility_number (facility_id, scheme, number)
SELECT k.facility_id, v.scheme, v.number
FROM stage_known k JOIN stage_holding s ON s.line = k.line
CROSS JOIN LATERAL (VALUES ('ems_no', s.ems_no), ('factory_no', s.factory_no)) v(scheme, number)
WHERE k.fresh AND v.number IS NOT NULL
ON CONFLICT DO NOTHING

-- Rows take the keys found for them.
UPDATE stage_facility s SET facility_key = m.facility_key
FROM stage_same m WHERE s.facility_key = m.own_key AND m.own_key <> m.facility_key

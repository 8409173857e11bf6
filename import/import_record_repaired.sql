-- Says which areas cross themselves.
INSERT INTO stage_note (line, column_name, value, code, reason, row_values, kept)
SELECT line, NULL, NULL, 'geometry_repaired', 'the area crosses or touches itself (' || ST_IsValidReason(geom) || '); it was repaired', raw, true
FROM stage_record WHERE place = 'none' AND ST_Dimension(geom) = 2 AND NOT ST_IsValid(geom)

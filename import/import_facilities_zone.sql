-- Rows whose position was written in the other TM2 zone, as the county shows: kept, and said. (Those outside the
-- region are said when they are read.)
INSERT INTO stage_note (line, column_name, value, code, reason, row_values, kept)
SELECT s.line, NULL, s.reported_x || ' ' || s.reported_y, 'zone_mixed_up',
       'the position lies in the county of the address only when it is moved by 2 degrees of longitude: the source took TM2 zone 119 (Penghu, Kinmen, Matsu) for 121 or the other way round; it is not drawn',
       s.raw, true
FROM stage_plan p JOIN stage_facility s ON s.line = p.line JOIN facility f ON f.id = p.facility_id
WHERE f.position_check = 'other_zone' AND s.place = 'accepted' AND s.reported_x = f.reported_x AND s.reported_y = f.reported_y

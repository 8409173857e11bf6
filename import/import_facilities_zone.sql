-- Rows whose position was written in the other TM2 zone, as the county shows: kept, and said. (Those outside the
-- region are said when they are read.) What this import wrote was judged in stage_place. The rows in question are
-- found first: a planner that knows nothing of the new facilities would read the file once for each of them.
WITH told AS MATERIALIZED (
    SELECT p.facility_id, s.line, s.reported_x, s.reported_y, s.raw
    FROM stage_plan p JOIN stage_facility s ON s.line = p.line
    WHERE s.place = 'accepted' AND (p.what = 'same' OR p.line IN (SELECT ref FROM stage_place WHERE position_check = 'other_zone')))
INSERT INTO stage_note (line, column_name, value, code, reason, row_values, kept)
SELECT t.line, NULL, t.reported_x || ' ' || t.reported_y, 'zone_mixed_up',
       'the position lies in the county of the address only when it is moved by 2 degrees of longitude: the source took TM2 zone 119 (Penghu, Kinmen, Matsu) for 121 or the other way round; it is not drawn',
       t.raw, true
FROM told t JOIN facility f ON f.id = t.facility_id
WHERE f.position_check = 'other_zone' AND t.reported_x = f.reported_x AND t.reported_y = f.reported_y

-- Facilities that a row may be about: one join a key, and the keys that too many bear left out.
-- Facilities that one source lists beside the row's are others. $1 source, $2 the most facilities that one key may have
WITH number AS (
    SELECT m.line, n.facility_id, n.scheme
    FROM stage_match m CROSS JOIN LATERAL (VALUES ('factory_no', m.factory_no), ('ems_no', m.ems_no)) v(scheme, number)
    JOIN facility_number n ON n.scheme = v.scheme AND n.number = v.number
    UNION
    SELECT m.line, n.facility_id, 'business_no' FROM stage_match m
    JOIN (SELECT number FROM facility_number WHERE scheme = 'business_no' GROUP BY number HAVING count(*) <= $2::int) few
      ON few.number = m.business_no
    JOIN facility_number n ON n.scheme = 'business_no' AND n.number = m.business_no),
named AS (
    SELECT DISTINCT s.ref AS line, f.facility_id
    FROM stage_match_name s
    JOIN (SELECT name_key FROM facility_match WHERE name_key <> '' GROUP BY name_key HAVING count(*) <= $2) few
      ON few.name_key = s.name_key
    JOIN facility_match f ON f.name_key = s.name_key),
doors AS (
    SELECT DISTINCT s.ref AS line, f.facility_id
    FROM stage_match_name s
    JOIN (SELECT door_key FROM facility_match WHERE door_key <> '' GROUP BY door_key HAVING count(*) <= 10 * $2) few
      ON few.door_key = s.door_key
    JOIN facility_match f ON f.door_key = s.door_key
    WHERE f.name_key = s.name_key OR f.name_key LIKE s.name_key || '%' OR similarity(f.name_key, s.name_key) >= 0.3),
decided AS (
    SELECT m.line, coalesce(f.id, g.id) AS facility_id
    FROM review r
    CROSS JOIN LATERAL (VALUES (r.left_key, r.right_key), (r.right_key, r.left_key)) v(one, other)
    JOIN stage_match m ON m.own_key = v.one
    LEFT JOIN facility f ON f.facility_key = v.other
    LEFT JOIN facility_same s ON s.own_key = v.other
    LEFT JOIN facility g ON g.facility_key = s.facility_key
    WHERE r.subject = 'facility' AND r.status = 'confirmed' AND coalesce(f.id, g.id) IS NOT NULL),
pair AS (
    SELECT line, facility_id, false AS decided, scheme = 'factory_no' AS factory, scheme = 'ems_no' AS ems,
           scheme = 'business_no' AS business FROM number
    UNION ALL SELECT line, facility_id, false, false, false, false FROM named
    UNION ALL SELECT line, facility_id, false, false, false, false FROM doors
    UNION ALL SELECT line, facility_id, true, false, false, false FROM decided)
INSERT INTO stage_pair (line, facility_id, decided, factory, ems, business)
SELECT p.line, p.facility_id, bool_or(p.decided), bool_or(p.factory), bool_or(p.ems), bool_or(p.business)
FROM pair p JOIN stage_match m ON m.line = p.line
WHERE (m.known_id IS NULL OR m.known_id <> p.facility_id)
  AND NOT EXISTS (SELECT 1 FROM facility_record r WHERE r.facility_id = p.facility_id AND r.source_id = $1::int
                  AND r.ended_batch_id IS NULL)
  AND (m.known_id IS NULL OR NOT EXISTS (
       SELECT 1 FROM facility_record r JOIN facility_record k ON k.source_id = r.source_id
       WHERE r.facility_id = p.facility_id AND k.facility_id = m.known_id
         AND r.ended_batch_id IS NULL AND k.ended_batch_id IS NULL))
  AND NOT EXISTS (SELECT 1 FROM facility f JOIN stage_facility o ON o.facility_key = f.facility_key WHERE f.id = p.facility_id)
GROUP BY p.line, p.facility_id

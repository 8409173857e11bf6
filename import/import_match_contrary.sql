-- Rows joined to a facility of another source by their number alone, whose plant is another, or whose name
-- is nothing like its names while they are not at one place: linked, but doubtful. $1 source, $2 its name
WITH said AS (
    SELECT m.line, m.own_key, m.known_id,
           bool_and(f.plant <> s.plant AND f.plant <> '' AND s.plant <> '') AS other_plant,
           max(similarity(f.name_key, s.name_key)) AS alike,
           bool_or(length(least(f.name_key, s.name_key)) >= 2
                   AND (strpos(f.name_key, s.name_key) > 0 OR strpos(s.name_key, f.name_key) > 0)) AS part,
           bool_or(f.door_key <> '' AND f.door_key = s.door_key) AS same_door
    FROM stage_match m
    JOIN stage_match_name s ON s.ref = m.line
    JOIN facility_match f ON f.facility_id = m.known_id
    WHERE m.own_key NOT LIKE 'name:%'
      AND NOT EXISTS (SELECT 1 FROM facility_record r WHERE r.facility_id = m.known_id AND r.source_id = $1::int
                      AND r.ended_batch_id IS NULL)
    GROUP BY m.line, m.own_key, m.known_id)
INSERT INTO stage_same (own_key, facility_key, rule, confidence)
SELECT s.own_key || '@' || $2::text, s.own_key,
       CASE WHEN r.status = 'confirmed' THEN 'confirmed'
            WHEN s.own_key LIKE 'ems:%' THEN 'ems_no_other_name' ELSE 'factory_no_other_name' END,
       CASE WHEN r.status = 'confirmed' THEN 1 ELSE 0.5 END
FROM said s
JOIN stage_match m ON m.line = s.line
JOIN facility f ON f.id = s.known_id
LEFT JOIN review r ON r.subject = 'facility' AND r.left_key = s.own_key AND r.right_key = s.own_key || '@' || $2
WHERE s.other_plant
   OR (s.alike < 0.2 AND NOT s.part AND NOT s.same_door AND coalesce(ST_Distance(f.geom_3826, m.geom_3826) > 300, true))
ON CONFLICT DO NOTHING

-- What speaks for and against each pair. A facility may bear several names: the best counts; a name
-- that is only a number (known from holdings) says nothing. Addresses without a door (地號) are one place
-- where their whole text is the same.
WITH said AS (
    SELECT p.line, p.facility_id,
           bool_or(f.name_key = s.name_key AND s.name_key <> '') AS same_name,
           bool_or(f.name_key = s.name_key AND f.plant = s.plant AND s.name_key <> '') AS one_plant,
           bool_and(f.plant <> s.plant AND f.plant <> '' AND s.plant <> '') AS other_plant,
           max(CASE WHEN f.name_key = s.name_key THEN 1
                    WHEN length(least(f.name_key, s.name_key)) >= 2
                         AND (strpos(f.name_key, s.name_key) > 0 OR strpos(s.name_key, f.name_key) > 0)
                    THEN greatest(0.6, similarity(f.name_key, s.name_key))
                    ELSE similarity(f.name_key, s.name_key) END) AS alike,
           bool_or(f.door_key <> '' AND f.door_key = s.door_key) AS same_door
    FROM stage_pair p
    JOIN stage_match_name s ON s.ref = p.line
    JOIN facility_match f ON f.facility_id = p.facility_id
    GROUP BY p.line, p.facility_id)
UPDATE stage_pair p SET same_name = s.same_name, one_plant = s.one_plant, other_plant = s.other_plant, alike = s.alike,
    same_county = m.county = coalesce(f.address_county_code, f.county_code),
    same_door = (coalesce(s.same_door, false) AND coalesce(m.county = coalesce(f.address_county_code, f.county_code), true))
                OR coalesce(length(m.address) >= 9 AND translate(m.address, '臺', '台') = translate(f.address, '臺', '台'), false),
    distance_m = ST_Distance(f.geom_3826, m.geom_3826)
FROM stage_pair q
JOIN stage_match m ON m.line = q.line
JOIN facility f ON f.id = q.facility_id
LEFT JOIN said s ON s.line = q.line AND s.facility_id = q.facility_id
WHERE p.line = q.line AND p.facility_id = q.facility_id

-- Facilities found by number of which every name that the file gives contradicts what is stored: another
-- plant, or nothing alike. Linked, but doubtful; a person's word goes before. $1 source name
WITH said AS (
    SELECT m.own_key, m.known_id, m.line,
           bool_and(f.plant <> s.plant AND f.plant <> '' AND s.plant <> '')
           OR (max(similarity(f.name_key, s.name_key)) < 0.2
               AND NOT bool_or(length(least(f.name_key, s.name_key)) >= 2
                               AND (strpos(f.name_key, s.name_key) > 0 OR strpos(s.name_key, f.name_key) > 0))) AS contrary
    FROM stage_match m JOIN stage_match_name s ON s.ref = m.line JOIN facility_match f ON f.facility_id = m.known_id
    GROUP BY m.own_key, m.known_id, m.line),
judged AS (
    SELECT d.own_key FROM said d GROUP BY d.own_key
    HAVING bool_and(d.contrary) AND count(*) = (
        SELECT count(DISTINCT h.facility_name) FROM stage_holding h WHERE h.facility_key = d.own_key))
UPDATE stage_known k SET own_key = k.facility_key || '@' || $1::text,
    rule = CASE WHEN r.status = 'confirmed' THEN 'confirmed' ELSE split_part(k.facility_key, ':', 1) || '_no_other_name' END,
    confidence = CASE WHEN r.status = 'confirmed' THEN 1 ELSE 0.5 END
FROM judged j
LEFT JOIN review r ON r.subject = 'facility' AND r.right_key = j.own_key || '@' || $1
WHERE k.facility_key = j.own_key AND coalesce(k.own_key, k.facility_key) = k.facility_key AND k.rule <> 'confirmed'

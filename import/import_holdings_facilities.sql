-- Each facility that rows name: the stored one by its key, by what was found or decided before, else the
-- only one that bears the number, else one to be made. With the key that rows make where the facility has
-- another, the rule and how sure it is.
INSERT INTO stage_known (facility_key, facility_id, fresh, line, own_key, rule, confidence)
SELECT k.facility_key, coalesce(o.id, nextval((SELECT pg_get_serial_sequence('facility', 'id')::regclass))), o.id IS NULL, k.line,
       CASE WHEN o.key <> k.facility_key THEN k.facility_key END, o.rule, o.confidence
FROM (SELECT facility_key, max(line) AS line FROM stage_holding GROUP BY facility_key) k
LEFT JOIN facility f ON f.facility_key = k.facility_key
LEFT JOIN facility_same s ON f.id IS NULL AND s.own_key = k.facility_key
LEFT JOIN facility a ON a.facility_key = s.facility_key
LEFT JOIN LATERAL (
    SELECT min(b.id) AS id, min(b.facility_key) AS key FROM review r
    JOIN facility b ON b.facility_key = CASE k.facility_key WHEN r.left_key THEN r.right_key ELSE r.left_key END
    WHERE coalesce(f.id, a.id) IS NULL AND r.subject = 'facility' AND r.status = 'confirmed'
      AND k.facility_key IN (r.left_key, r.right_key) HAVING count(*) = 1) d ON true
LEFT JOIN LATERAL (
    SELECT min(n.facility_id) AS id FROM facility_number n
    WHERE coalesce(f.id, a.id, d.id) IS NULL AND strpos(k.facility_key, '@') = 0
      AND n.scheme = split_part(k.facility_key, ':', 1) || '_no' AND n.number = split_part(k.facility_key, ':', 2)
    HAVING count(*) = 1) n ON true
LEFT JOIN facility m ON m.id = n.id
CROSS JOIN LATERAL (
    SELECT coalesce(f.id, a.id, d.id, n.id) AS id, coalesce(f.facility_key, a.facility_key, d.key, m.facility_key) AS key,
           CASE WHEN a.id IS NOT NULL THEN s.rule WHEN d.id IS NOT NULL THEN 'confirmed'
                ELSE split_part(k.facility_key, ':', 1) || '_no' END AS rule,
           CASE WHEN a.id IS NOT NULL THEN s.confidence WHEN d.id IS NOT NULL THEN 1
                WHEN k.facility_key LIKE 'factory:%' THEN 0.99 ELSE 0.98 END AS confidence) o
ORDER BY k.line

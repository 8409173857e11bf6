-- Their names. A number that stood in for a name (facilities known only from holdings) is no name.
INSERT INTO facility_alias (facility_id, name, source_id)
SELECT m.winner_id, v.name, min(v.source_id)
FROM stage_merge m
CROSS JOIN LATERAL (
    SELECT l.name, l.source_id FROM facility l WHERE l.id = m.loser_id
        AND NOT EXISTS (SELECT 1 FROM facility_number n WHERE n.facility_id = l.id AND n.number = l.name)
    UNION ALL
    SELECT a.name, a.source_id FROM facility_alias a WHERE a.facility_id = m.loser_id) v
JOIN facility w ON w.id = m.winner_id
WHERE v.name <> w.name
GROUP BY m.winner_id, v.name
ON CONFLICT DO NOTHING

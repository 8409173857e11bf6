-- Rows of unknown facilities that are certainly about a known one. The better key (管制編號,
-- 工廠登記編號, name) becomes or stays the facility's.
INSERT INTO stage_same
SELECT m.own_key, CASE WHEN m.own_key LIKE 'ems:%' AND f.facility_key NOT LIKE 'ems:%'
                         OR m.own_key LIKE 'factory:%' AND f.facility_key LIKE 'name:%'
                       THEN m.own_key ELSE f.facility_key END, p.rule, p.confidence
FROM stage_pair p JOIN stage_match m ON m.line = p.line JOIN facility f ON f.id = p.facility_id
WHERE p.certain AND m.known_id IS NULL
ON CONFLICT DO NOTHING

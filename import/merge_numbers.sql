-- Their registration numbers.
INSERT INTO facility_number (facility_id, scheme, number)
SELECT DISTINCT m.winner_id, n.scheme, n.number
FROM stage_merge m JOIN facility_number n ON n.facility_id = m.loser_id
ON CONFLICT DO NOTHING

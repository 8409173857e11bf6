-- Certain pairs of facilities that are both known.
INSERT INTO stage_merge (winner_id, loser_id, rule, confidence)
SELECT m.known_id, p.facility_id, p.rule, p.confidence
FROM stage_pair p JOIN stage_match m ON m.line = p.line
WHERE p.certain AND m.known_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM stage_match o WHERE o.known_id = p.facility_id)

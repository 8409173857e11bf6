-- Rows whose facility went into another one take that one's key.
INSERT INTO stage_same (own_key, facility_key, rule, confidence)
SELECT g.loser_key, g.winner_key, g.rule, g.confidence
FROM stage_merge g JOIN stage_match m ON m.own_key = g.loser_key
ON CONFLICT DO NOTHING

-- One pair. $1 and $2 facilities, $3 rule, $4 confidence
INSERT INTO stage_merge (winner_id, loser_id, rule, confidence) VALUES ($1::bigint, $2::bigint, $3::text, $4::real)

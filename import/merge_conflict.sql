-- A source that lists both facilities of a pair, as two things: those cannot be one.
SELECT s.name FROM stage_merge m
JOIN facility_record a ON a.facility_id = m.winner_id AND a.ended_batch_id IS NULL
JOIN facility_record b ON b.facility_id = m.loser_id AND b.ended_batch_id IS NULL AND b.source_id = a.source_id
JOIN source s ON s.id = a.source_id
ORDER BY s.name LIMIT 1

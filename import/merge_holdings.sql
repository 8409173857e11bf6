-- Their holdings. Both facilities may report the same substance: own_key tells them apart, both count.
UPDATE holding h SET facility_id = m.winner_id, own_key = coalesce(h.own_key, m.loser_key),
    facility_rule = CASE WHEN h.own_key IS NULL THEN m.rule ELSE h.facility_rule END,
    facility_confidence = CASE WHEN h.own_key IS NULL THEN m.confidence ELSE h.facility_confidence END
FROM stage_merge m WHERE h.facility_id = m.loser_id

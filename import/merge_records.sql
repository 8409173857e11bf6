-- What sources said of the losers, also before now.
UPDATE facility_record r SET facility_id = m.winner_id, own_key = coalesce(r.own_key, m.loser_key),
    link_rule = CASE WHEN r.own_key IS NULL THEN m.rule ELSE r.link_rule END,
    link_confidence = CASE WHEN r.own_key IS NULL THEN m.confidence ELSE r.link_confidence END
FROM stage_merge m WHERE r.facility_id = m.loser_id

-- The losers are no facilities of their own any more; nothing refers to them now.
DELETE FROM facility f USING stage_merge m WHERE f.id = m.loser_id

-- Facilities nobody told of yet.
SELECT count(*) FROM stage_known WHERE fresh

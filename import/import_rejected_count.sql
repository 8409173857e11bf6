-- Rows that are not kept.
SELECT count(*) FROM stage_note WHERE NOT kept

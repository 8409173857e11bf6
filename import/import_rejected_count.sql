-- Rows that are not kept; one with two reasons is one row.
SELECT count(DISTINCT line) FROM stage_note WHERE NOT kept

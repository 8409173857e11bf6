-- Rows that a later row of the file says again.
SELECT count(*) FROM stage_plan WHERE line <> kept_line AND same_row

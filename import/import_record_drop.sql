-- Rows that were refused go no further.
DELETE FROM stage_record s USING stage_note n WHERE n.line = s.line AND NOT n.kept

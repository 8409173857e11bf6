-- They go no further.
DELETE FROM stage_area s USING stage_note n WHERE n.line = s.line AND NOT n.kept

-- Names of what was touched are made anew.
DELETE FROM substance_name n USING substance s, stage_touched t WHERE n.substance_id = s.id AND s.cas = t.cas

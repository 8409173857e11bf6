-- Pairs that a person refused are no pairs.
DELETE FROM stage_pair p USING stage_match m, review r, facility f
WHERE m.line = p.line AND f.id = p.facility_id AND r.subject = 'facility' AND r.status = 'refused'
  AND (m.own_key = r.left_key AND (f.facility_key = r.right_key OR EXISTS (
           SELECT 1 FROM facility_same s WHERE s.own_key = r.right_key AND s.facility_key = f.facility_key))
    OR m.own_key = r.right_key AND (f.facility_key = r.left_key OR EXISTS (
           SELECT 1 FROM facility_same s WHERE s.own_key = r.left_key AND s.facility_key = f.facility_key)))

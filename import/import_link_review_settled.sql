-- Open doubts about a name that is a substance's name by now, or whose substance is gone, are no more.
DELETE FROM review r
WHERE r.subject = 'substance' AND r.status = 'open'
  AND (EXISTS (SELECT FROM stage_link_name n WHERE n.name_key = r.left_key)
       OR NOT EXISTS (SELECT FROM substance s WHERE s.cas = r.right_key))

-- Stored holdings whose link comes out otherwise, those of a mixture once.
SELECT count(*) FROM holding h JOIN stage_link l
  ON (coalesce(h.reported_cas, ''), coalesce(h.reported_code, ''), coalesce(h.reported_name, ''), coalesce(h.reported_name_en, ''))
   = (coalesce(l.reported_cas, ''), coalesce(l.reported_code, ''), coalesce(l.reported_name, ''), coalesce(l.reported_name_en, ''))
LEFT JOIN stage_link_part p ON p.link_id = l.id AND p.part = h.part AND h.part > 1
WHERE h.parts <> l.parts
   OR (h.part = 1 AND (h.substance_id, h.substance_link, h.link_confidence, h.part_name)
       IS DISTINCT FROM (l.substance_id, l.rule, l.confidence, l.part_name))
   OR (h.part > 1 AND (h.substance_id, h.substance_link, h.link_confidence, h.part_name)
       IS DISTINCT FROM (p.substance_id, p.rule, p.confidence, p.name))

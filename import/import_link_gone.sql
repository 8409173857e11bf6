-- Parts of mixtures that are read otherwise now: the first stands for them until they are made anew.
DELETE FROM holding h USING stage_link l
WHERE h.part > 1
  AND (coalesce(h.reported_cas, ''), coalesce(h.reported_code, ''), coalesce(h.reported_name, ''), coalesce(h.reported_name_en, ''))
    = (coalesce(l.reported_cas, ''), coalesce(l.reported_code, ''), coalesce(l.reported_name, ''), coalesce(l.reported_name_en, ''))
  AND NOT EXISTS (SELECT FROM stage_link_part p WHERE p.link_id = l.id AND p.part = h.part AND h.parts = l.parts
                  AND (h.substance_id, h.substance_link, h.link_confidence, h.part_name)
                      IS NOT DISTINCT FROM (p.substance_id, p.rule, p.confidence, p.name))

-- They take the new link.
UPDATE holding h SET substance_id = l.substance_id, substance_link = l.rule
FROM stage_link l
WHERE (coalesce(h.reported_cas, ''), coalesce(h.reported_code, ''), coalesce(h.reported_name, ''), coalesce(h.reported_name_en, ''))
    = (coalesce(l.reported_cas, ''), coalesce(l.reported_code, ''), coalesce(l.reported_name, ''), coalesce(l.reported_name_en, ''))
  AND (h.substance_id, h.substance_link) IS DISTINCT FROM (l.substance_id, l.rule)

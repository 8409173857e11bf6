-- They take the new link; the quantity of a mixture is no part's own.
UPDATE holding h SET substance_id = l.substance_id, substance_link = l.rule, link_confidence = l.confidence,
    parts = l.parts, part_name = l.part_name,
    quantity_kg = CASE WHEN l.parts = 1 THEN coalesce(h.quantity_kg, h.mixture_kg) END,
    mixture_kg = CASE WHEN l.parts > 1 THEN coalesce(h.quantity_kg, h.mixture_kg) END
FROM stage_link l
WHERE h.part = 1
  AND (coalesce(h.reported_cas, ''), coalesce(h.reported_code, ''), coalesce(h.reported_name, ''), coalesce(h.reported_name_en, ''))
    = (coalesce(l.reported_cas, ''), coalesce(l.reported_code, ''), coalesce(l.reported_name, ''), coalesce(l.reported_name_en, ''))
  AND (h.substance_id, h.substance_link, h.link_confidence, h.parts, h.part_name)
      IS DISTINCT FROM (l.substance_id, l.rule, l.confidence, l.parts, l.part_name)

-- The other parts of mixtures beside their first.
INSERT INTO holding (facility_id, substance_id, substance_link, link_confidence, part, parts, part_name, mixture_kg,
    reported_cas, reported_name, reported_name_en, reported_code, reported_key, behaviour, period_start, period_end,
    reported_quantity, reported_unit, place, own_key, facility_rule, facility_confidence, source_id, batch_id, line)
SELECT h.facility_id, p.substance_id, p.rule, p.confidence, p.part, h.parts, p.name, h.mixture_kg,
    h.reported_cas, h.reported_name, h.reported_name_en, h.reported_code, h.reported_key, h.behaviour,
    h.period_start, h.period_end, h.reported_quantity, h.reported_unit, h.place, h.own_key, h.facility_rule,
    h.facility_confidence, h.source_id, h.batch_id, h.line
FROM holding h JOIN stage_link l
  ON (coalesce(h.reported_cas, ''), coalesce(h.reported_code, ''), coalesce(h.reported_name, ''), coalesce(h.reported_name_en, ''))
   = (coalesce(l.reported_cas, ''), coalesce(l.reported_code, ''), coalesce(l.reported_name, ''), coalesce(l.reported_name_en, ''))
JOIN stage_link_part p ON p.link_id = l.id AND p.part > 1
WHERE h.part = 1 AND h.parts > 1
ORDER BY h.id, p.part
ON CONFLICT DO NOTHING

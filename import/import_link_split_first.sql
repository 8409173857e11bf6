-- The first part stands for the whole; the others follow it.
UPDATE stage_link l SET substance_id = p.substance_id, rule = p.rule, confidence = p.confidence, part_name = p.name,
    parts = n.parts, note = 'several_substances', other_id = NULL
FROM stage_link_part p, (SELECT link_id, max(part) AS parts FROM stage_link_part GROUP BY 1) n
WHERE p.part = 1 AND p.link_id = l.id AND n.link_id = l.id

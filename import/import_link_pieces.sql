-- The substance that each piece of a cell means by itself.
UPDATE stage_link_part p SET substance_id = m.id, rule = m.rule, confidence = m.confidence
FROM (SELECT p2.ctid AS place, coalesce(s.id, n.substance_id) AS id,
             CASE WHEN s.id IS NULL THEN n.rule WHEN p2.name = p2.cas THEN 'cas' ELSE 'cas_mended' END AS rule,
             CASE WHEN s.id IS NULL THEN n.confidence ELSE 0.95 END * 0.9 AS confidence
      FROM stage_link_part p2
      LEFT JOIN substance s ON s.cas = p2.cas
      LEFT JOIN stage_link_name n ON n.name_key = p2.key) m
WHERE p.ctid = m.place AND m.id IS NOT NULL

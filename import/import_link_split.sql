-- Which cells are split: at least two pieces mean different substances, the whole is no name itself, and
-- what identifies the whole (CAS number, code, the other name) is one of them. Pieces that mean the
-- same substance are one part; pieces not known are parts too.
WITH known AS (
    SELECT p.link_id, p.field, count(DISTINCT p.substance_id) AS known, array_agg(p.substance_id) AS ids
    FROM stage_link_part p GROUP BY 1, 2 HAVING count(DISTINCT p.substance_id) >= 2),
best AS (
    SELECT DISTINCT ON (k.link_id) k.link_id, k.field
    FROM known k JOIN stage_link l ON l.id = k.link_id
    WHERE NOT EXISTS (SELECT FROM stage_link_name n
                      WHERE n.name_key = CASE k.field WHEN 1 THEN l.cas_key WHEN 2 THEN l.zh_key ELSE l.en_key END)
      AND l.rule IS DISTINCT FROM 'review'
      AND (l.substance_id IS NULL OR l.substance_id = ANY (k.ids))
    ORDER BY k.link_id, k.known DESC, k.field),
first AS (
    SELECT p.link_id, p.field, min(p.piece) AS piece
    FROM stage_link_part p JOIN best b USING (link_id, field)
    GROUP BY p.link_id, p.field, p.substance_id, CASE WHEN p.substance_id IS NULL THEN p.piece END),
numbered AS (
    SELECT f.*, row_number() OVER (PARTITION BY link_id ORDER BY piece) AS part FROM first f)
UPDATE stage_link_part p SET part = n.part
FROM numbered n WHERE (p.link_id, p.field, p.piece) = (n.link_id, n.field, n.piece)

-- The substance that each row of stage_link means, by which rule and how surely (import/link.h).
WITH code AS (
    SELECT lower(toxic_item_no) AS key, min(id) AS id FROM substance WHERE toxic_item_no IS NOT NULL
    GROUP BY 1 HAVING count(*) = 1),
found AS (
    SELECT w.id, w.cas_state, coalesce(w.cas, w.code_key) || '|' || coalesce(w.zh_key, w.en_key) AS pair,
           c.id AS by_cas, k.id AS by_code, coalesce(c.id, k.id) AS by_anchor, a.cas AS anchor_cas,
           z.substance_id AS by_zh, e.substance_id AS by_en, z.rule AS zh_rule, e.rule AS en_rule,
           z.confidence AS zh_confidence, e.confidence AS en_confidence, t.substance_id AS by_text,
           CASE WHEN z.substance_id <> e.substance_id THEN NULL ELSE coalesce(z.substance_id, e.substance_id) END AS by_name,
           -- A number that keeps all its digits is not overruled by a name where it is not known.
           w.cas_state IN ('right', 'mended') AND c.id IS NULL AND k.id IS NULL AS unknown_cas
    FROM stage_link w
    LEFT JOIN substance c ON c.cas = w.cas
    LEFT JOIN code k ON k.key = w.code_key AND (w.cas_state NOT IN ('right', 'mended') OR c.id IS NOT NULL)
    LEFT JOIN substance a ON a.id = coalesce(c.id, k.id)
    LEFT JOIN stage_link_name z ON z.name_key = w.zh_key
    LEFT JOIN stage_link_name e ON e.name_key = w.en_key
    LEFT JOIN stage_link_name t ON t.name_key = w.cas_key AND t.rule = 'review' AND w.cas IS NULL),
judged AS (
    SELECT f.*, n.cas AS name_cas, coalesce(by_zh, by_en) IS NOT NULL AND by_zh IS DISTINCT FROM by_anchor
                AND by_en IS DISTINCT FROM by_anchor AND by_anchor IS NOT NULL AS differ
    FROM found f LEFT JOIN substance n ON n.id = f.by_name),
decided AS (
    SELECT j.*, r.status AS decision
    FROM judged j LEFT JOIN review r ON r.subject = 'substance' AND r.left_key = j.pair
        AND r.right_key = CASE WHEN j.differ THEN j.anchor_cas ELSE j.name_cas END
        AND r.status <> 'open' AND (j.differ OR j.unknown_cas)),
meant AS (
    SELECT d.*,
           CASE WHEN differ AND decision = 'refused' AND by_name IS NULL THEN NULL
                WHEN decision = 'refused' AND differ THEN 'review'
                WHEN decision = 'confirmed' THEN 'review'
                WHEN by_cas IS NOT NULL THEN CASE cas_state WHEN 'right' THEN 'cas' ELSE 'cas_mended' END
                WHEN unknown_cas THEN NULL
                WHEN by_text IS NOT NULL THEN 'review'
                WHEN by_code IS NOT NULL THEN 'code'
                WHEN by_zh <> by_en THEN NULL
                ELSE coalesce(zh_rule, en_rule) END AS rule,
           CASE WHEN differ AND decision = 'refused' THEN by_name
                WHEN differ OR by_cas IS NOT NULL THEN by_anchor
                WHEN unknown_cas THEN CASE WHEN decision = 'confirmed' THEN by_name END
                ELSE coalesce(by_text, by_code, by_name) END AS substance_id
    FROM decided d)
UPDATE stage_link w SET rule = m.rule, substance_id = CASE WHEN m.rule IS NOT NULL THEN m.substance_id END,
    confidence = CASE WHEN m.rule IS NULL THEN NULL WHEN m.rule = 'review' THEN 1 WHEN m.differ THEN 0.5
                      ELSE CASE m.rule WHEN 'cas' THEN 1 WHEN 'code' THEN 0.95
                           WHEN 'cas_mended' THEN CASE m.cas_state WHEN 'mended' THEN 0.98 ELSE 0.8 END
                           ELSE coalesce(m.zh_confidence, m.en_confidence) END END,
    note = CASE WHEN m.decision IS NOT NULL THEN NULL
                WHEN m.differ THEN CASE WHEN m.by_cas IS NOT NULL THEN 'cas_name_differ' ELSE 'code_name_differ' END
                WHEN m.unknown_cas AND m.by_name IS NOT NULL THEN 'cas_not_known'
                WHEN m.cas_state = 'several' AND m.by_text IS NULL THEN 'cas_ambiguous' END,
    other_id = CASE WHEN m.differ OR m.unknown_cas THEN m.by_name END
FROM meant m WHERE m.id = w.id

-- The substance that each row of stage_link means with certainty, and the rule (import/link.h).
WITH one AS (
    SELECT name_key, min(substance_id) AS id FROM substance_name WHERE language <> 'code'
    GROUP BY name_key HAVING count(DISTINCT substance_id) = 1),
code AS (
    SELECT lower(toxic_item_no) AS key, min(id) AS id FROM substance WHERE toxic_item_no IS NOT NULL
    GROUP BY 1 HAVING count(*) = 1),
found AS (
    SELECT w.id, w.cas, c.id AS by_cas, k.id AS by_code, z.id AS by_zh, e.id AS by_en
    FROM stage_link w
    LEFT JOIN substance c ON c.cas = w.cas
    LEFT JOIN code k ON k.key = w.code_key
    LEFT JOIN one z ON z.name_key = w.zh_key
    LEFT JOIN one e ON e.name_key = w.en_key),
meant AS (
    SELECT id, CASE WHEN cas IS NOT NULL THEN CASE WHEN by_cas IS NOT NULL THEN 'cas' END
                    WHEN by_code IS NOT NULL THEN 'code'
                    WHEN by_zh <> by_en THEN NULL
                    WHEN by_zh IS NOT NULL THEN 'name_zh'
                    WHEN by_en IS NOT NULL THEN 'name_en' END AS rule,
           by_cas, by_code, by_zh, by_en
    FROM found)
UPDATE stage_link w SET rule = m.rule,
    substance_id = CASE m.rule WHEN 'cas' THEN by_cas WHEN 'code' THEN by_code WHEN 'name_zh' THEN by_zh
                               WHEN 'name_en' THEN by_en END
FROM meant m WHERE m.id = w.id AND m.rule IS NOT NULL

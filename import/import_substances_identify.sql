-- Rows without a CAS number: the substance that their code and names mean, where all of them mean one.
WITH name AS (
    SELECT name_key, min(substance_id) AS id FROM substance_name WHERE language <> 'code'
    GROUP BY name_key HAVING count(DISTINCT substance_id) = 1),
code AS (
    SELECT lower(toxic_item_no) AS key, min(id) AS id FROM substance WHERE toxic_item_no IS NOT NULL
    GROUP BY 1 HAVING count(*) = 1)
UPDATE stage_substance s SET cas = u.cas
FROM stage_substance w
LEFT JOIN code k ON k.key = w.code_key
LEFT JOIN name z ON z.name_key = w.zh_key
LEFT JOIN name e ON e.name_key = w.en_key
JOIN substance u ON u.id = coalesce(k.id, z.id, e.id) AND u.id = coalesce(z.id, u.id) AND u.id = coalesce(e.id, u.id)
WHERE w.cas IS NULL AND s.line = w.line

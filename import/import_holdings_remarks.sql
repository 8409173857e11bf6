-- How the file's holdings found their substance.
WITH linked AS (
    SELECT p.quantity_kg, p.line, l.* FROM stage_plan p JOIN stage_link l ON l.id = p.link_id WHERE p.what IS NOT NULL)
SELECT v.name, count(*)
FROM linked l
JOIN (VALUES ('cas', 'linked by CAS number', 1), ('cas_mended', 'linked by CAS number, mended', 2),
             ('code', 'linked by code (列管編號)', 3), ('name_zh', 'linked by Chinese name', 4),
             ('name_en', 'linked by English name', 5), ('synonym', 'linked by another name', 6),
             ('review', 'linked by a person''s decision', 7),
             ('', 'not linked to a substance', 8)) v(rule, name, n) ON v.rule = coalesce(l.rule, '')
WHERE l.parts = 1
GROUP BY v.name, v.n
UNION ALL
SELECT 'rows of several substances, split', count(*) FROM linked WHERE parts > 1
UNION ALL
SELECT 'identifier and name differ', count(*) FROM linked WHERE note IN ('cas_name_differ', 'code_name_differ')
UNION ALL
SELECT 'CAS numbers not known here, names known', count(*) FROM linked WHERE note = 'cas_not_known'
UNION ALL
SELECT 'quantity not in kilograms', count(*) FROM linked WHERE quantity_kg IS NULL
UNION ALL
SELECT 'different names not linked', count(DISTINCT s.reported_key)
FROM linked l JOIN stage_holding s ON s.line = l.line WHERE l.rule IS NULL AND l.parts = 1

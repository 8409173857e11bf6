-- How the file's holdings found their substance.
SELECT v.name, count(*)
FROM stage_plan p
JOIN (VALUES ('cas', 'linked by CAS number', 1), ('code', 'linked by code (列管編號)', 2),
             ('name_zh', 'linked by Chinese name', 3), ('name_en', 'linked by English name', 4),
             ('', 'not linked to a substance', 5)) v(rule, name, n) ON v.rule = coalesce(p.rule, '')
WHERE p.what IS NOT NULL
GROUP BY v.name, v.n
UNION ALL
SELECT 'quantity not in kilograms', count(*) FROM stage_plan WHERE what IS NOT NULL AND quantity_kg IS NULL
UNION ALL
SELECT 'different names not linked', count(DISTINCT s.reported_key)
FROM stage_plan p JOIN stage_holding s ON s.line = p.line WHERE p.what IS NOT NULL AND p.rule IS NULL

-- The names that most holdings are not linked for.
SELECT coalesce(s.reported_name, s.reported_name_en, s.reported_cas, s.reported_code), count(*)
FROM stage_plan p JOIN stage_holding s ON s.line = p.line JOIN stage_link l ON l.id = p.link_id
WHERE p.what IS NOT NULL AND l.rule IS NULL AND l.parts = 1
GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 8

-- The companies that rows name which change something: known by 統一編號, else by name. The last row that
-- says a thing counts; a facility's name stands in for that of a company that no row names, the first.
INSERT INTO stage_operator
WITH said AS (
    SELECT coalesce(s.business_no, 'name:' || coalesce(s.operator_name, s.name)) COLLATE "C" AS key, s.business_no IS NOT NULL AS numbered,
           min(s.line) AS first, max(s.line) FILTER (WHERE s.operator_name IS NOT NULL) AS named,
           max(s.line) FILTER (WHERE s.capital IS NOT NULL) AS capital,
           max(s.line) FILTER (WHERE s.employees IS NOT NULL) AS employees
    FROM stage_plan p JOIN stage_facility s ON s.line = p.line
    WHERE p.what <> 'same' AND (s.business_no IS NOT NULL OR s.operator_name IS NOT NULL
                                OR s.capital IS NOT NULL OR s.employees IS NOT NULL)
    GROUP BY 1, 2),
w AS (
    SELECT d.key, CASE WHEN d.numbered THEN d.key END AS business_no, coalesce(n.operator_name, n.name) AS name,
           d.named IS NOT NULL AS named, c.capital, e.employees
    FROM said d
    JOIN stage_facility n ON n.line = coalesce(d.named, d.first)
    LEFT JOIN stage_facility c ON c.line = d.capital AND c.capital IS NOT NULL
    LEFT JOIN stage_facility e ON e.line = d.employees AND e.employees IS NOT NULL)
SELECT w.key, coalesce(b.id, n.id, nextval((SELECT pg_get_serial_sequence('operator', 'id')::regclass))),
       coalesce(b.id, n.id) IS NULL, w.business_no, w.name, w.named, w.capital, w.employees
FROM w
LEFT JOIN operator b ON b.business_no = w.business_no
LEFT JOIN (SELECT name, min(id) AS id FROM operator WHERE business_no IS NULL GROUP BY name) n
       ON w.business_no IS NULL AND n.name = w.name
ORDER BY w.key

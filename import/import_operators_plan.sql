-- The companies that rows name which change something: known by 統一編號, else by name.
INSERT INTO stage_operator
SELECT w.key, coalesce(b.id, n.id, nextval(pg_get_serial_sequence('operator', 'id'))),
       coalesce(b.id, n.id) IS NULL, w.business_no, w.name, w.named, w.capital, w.employees
FROM (SELECT coalesce(s.business_no, 'name:' || coalesce(s.operator_name, s.name)) AS key,
             min(s.business_no) AS business_no,
             coalesce((array_agg(s.operator_name ORDER BY s.line DESC) FILTER (WHERE s.operator_name IS NOT NULL))[1],
                      (array_agg(s.name ORDER BY s.line))[1]) AS name,
             bool_or(s.operator_name IS NOT NULL) AS named,
             (array_agg(s.capital ORDER BY s.line DESC) FILTER (WHERE s.capital IS NOT NULL))[1] AS capital,
             (array_agg(s.employees ORDER BY s.line DESC) FILTER (WHERE s.employees IS NOT NULL))[1] AS employees
      FROM stage_plan p JOIN stage_facility s ON s.line = p.line
      WHERE p.what <> 'same' AND (s.business_no IS NOT NULL OR s.operator_name IS NOT NULL
                                  OR s.capital IS NOT NULL OR s.employees IS NOT NULL)
      GROUP BY 1) w
LEFT JOIN operator b ON b.business_no = w.business_no
LEFT JOIN (SELECT name, min(id) AS id FROM operator WHERE business_no IS NULL GROUP BY name) n
       ON w.business_no IS NULL AND n.name = w.name

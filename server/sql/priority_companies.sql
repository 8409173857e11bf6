-- Companies of one priority list in the order of their file, with the facility or operator that each is. $1 list,
-- $2 limit
SELECT p.company, p.domestic_total, p.foreign_total, p.bayes_risk, p.degree_centrality, p.printed_order, p.list,
       s.name, p.line, p.batch_id, p.link, p.facility_id, f.name, p.operator_id, o.name
FROM priority_company p JOIN source s ON s.id = p.source_id
LEFT JOIN facility f ON f.id = p.facility_id LEFT JOIN operator o ON o.id = p.operator_id
WHERE p.list = $1 ORDER BY p.source_id, p.batch_id, p.line, p.record_id LIMIT $2::int

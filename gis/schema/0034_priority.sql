-- 0034_priority: companies of the priority lists (圖 4-99, 4-100), with the facility or operator that each is, where
-- a registration number or a whole name says so.

CREATE VIEW priority_company AS
SELECT r.id AS record_id, coalesce(r.fields ->> 'list', s.title) AS list, r.name AS company,
       (r.fields ->> 'domestic_total')::double precision AS domestic_total,
       (r.fields ->> 'foreign_total')::double precision AS foreign_total, r.fields ->> 'bayes_risk' AS bayes_risk,
       (r.fields ->> 'degree_centrality')::double precision AS degree_centrality,
       (r.fields ->> 'printed_order')::integer AS printed_order, f.facility_id,
       coalesce(b.id, CASE WHEN NOT r.fields ?| ARRAY['business_number', 'ems_number', 'factory_number'] THEN n.id END) AS operator_id,
       CASE WHEN f.facility_id IS NOT NULL OR b.id IS NOT NULL THEN 'number'
            WHEN n.id IS NOT NULL AND NOT r.fields ?| ARRAY['business_number', 'ems_number', 'factory_number'] THEN 'name' END AS link,
       coalesce(r.fields ->> 'citation', s.title) AS citation, r.source_id, r.batch_id, r.line
FROM record r JOIN source s ON s.id = r.source_id
LEFT JOIN LATERAL (
    SELECT min(x.facility_id) AS facility_id FROM facility_number x
    WHERE (x.scheme = 'ems_no' AND x.number = r.fields ->> 'ems_number')
       OR (x.scheme = 'factory_no' AND x.number = r.fields ->> 'factory_number')
    HAVING count(DISTINCT x.facility_id) = 1) f ON true
LEFT JOIN operator b ON b.business_no = r.fields ->> 'business_number'
LEFT JOIN LATERAL (SELECT min(o.id) AS id FROM operator o WHERE o.name = r.name HAVING count(*) = 1) n ON true
WHERE r.kind = 'priority' AND r.ended_batch_id IS NULL;
COMMENT ON VIEW priority_company IS 'Companies of the priority lists. Their order is computed (analysis/priority.h), not stored.';
COMMENT ON COLUMN priority_company.record_id IS 'The row.';
COMMENT ON COLUMN priority_company.list IS 'List that it belongs to; the source where the row names none.';
COMMENT ON COLUMN priority_company.company IS 'Company as reported, perhaps masked (友●●●公司).';
COMMENT ON COLUMN priority_company.domestic_total IS 'Total of domestic findings; null = none given, which counts as 0.';
COMMENT ON COLUMN priority_company.foreign_total IS 'Total of foreign findings; null = none given, which counts as 0.';
COMMENT ON COLUMN priority_company.bayes_risk IS 'red, yellow, green, na; null = not given.';
COMMENT ON COLUMN priority_company.degree_centrality IS 'Degree centrality; null = not given.';
COMMENT ON COLUMN priority_company.printed_order IS 'Place in the list as printed.';
COMMENT ON COLUMN priority_company.facility_id IS 'Facility that its registration number names, where it is one.';
COMMENT ON COLUMN priority_company.operator_id IS 'Operator of that 統一編號, or of exactly that name where the row has no number and one operator bears it.';
COMMENT ON COLUMN priority_company.link IS 'number or name: how it was linked; null = not.';
COMMENT ON COLUMN priority_company.citation IS 'Where it was printed, else the source that said it.';
COMMENT ON COLUMN priority_company.source_id IS 'Who brought it.';
COMMENT ON COLUMN priority_company.batch_id IS 'Import that brought it.';
COMMENT ON COLUMN priority_company.line IS 'Line in the file.';

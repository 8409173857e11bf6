-- Holdings of each source as a JSON array: how many are linked to a known substance, by which rule, how many
-- of the different names are, and how many are of a facility that a register tells of.
WITH registered AS (SELECT DISTINCT facility_id FROM facility_record WHERE ended_batch_id IS NULL),
summed AS (
    SELECT h.source_id, count(*) AS holdings, count(h.substance_id) AS linked,
           count(*) FILTER (WHERE h.substance_link = 'cas') AS by_cas,
           count(*) FILTER (WHERE h.substance_link = 'code') AS by_code,
           count(*) FILTER (WHERE h.substance_link = 'name_zh') AS by_zh,
           count(*) FILTER (WHERE h.substance_link = 'name_en') AS by_en,
           count(h.substance_id) FILTER (WHERE h.substance_link NOT IN ('cas', 'code', 'name_zh', 'name_en')) AS by_other,
           count(r.facility_id) AS registered, count(h.quantity_kg) AS in_kg
    FROM holding h LEFT JOIN registered r ON r.facility_id = h.facility_id GROUP BY h.source_id),
named AS (
    SELECT source_id, count(*) AS names, count(*) FILTER (WHERE linked) AS names_linked
    FROM (SELECT source_id, reported_key, bool_and(substance_id IS NOT NULL) AS linked
          FROM holding GROUP BY source_id, reported_key) k
    GROUP BY source_id)
SELECT coalesce(json_agg(json_build_object(
    'source', s.name, 'title', s.title, 'holdings', h.holdings, 'linked', h.linked,
    'linked_share', round(h.linked / h.holdings::numeric, 4),
    'by_rule', json_build_object('cas', h.by_cas, 'code', h.by_code, 'name_zh', h.by_zh, 'name_en', h.by_en,
                                 'other', h.by_other),
    'names', n.names, 'names_linked', n.names_linked,
    'names_linked_share', round(n.names_linked / n.names::numeric, 4),
    'of_registered_facilities', h.registered,
    'of_registered_facilities_share', round(h.registered / h.holdings::numeric, 4),
    'in_kg', h.in_kg) ORDER BY s.name), '[]')::text
FROM summed h JOIN named n USING (source_id) JOIN source s ON s.id = h.source_id

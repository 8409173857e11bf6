-- Facilities as a JSON object: how many, known from how many sources, and for each source how many of the
-- facilities it tells of another source tells of too, by the rule that found them.
WITH told AS MATERIALIZED (
    SELECT facility_id, source_id, link_rule FROM facility_record WHERE ended_batch_id IS NULL),
known AS MATERIALIZED (SELECT facility_id, count(*) > 1 AS several FROM told GROUP BY facility_id),
ruled AS (
    SELECT t.source_id, t.link_rule, count(*) AS facilities, count(*) FILTER (WHERE k.several) AS linked
    FROM told t JOIN known k USING (facility_id) GROUP BY 1, 2),
summed AS (
    SELECT source_id, sum(facilities) AS facilities, sum(linked) AS linked,
           json_object_agg(link_rule, facilities ORDER BY facilities DESC, link_rule)
               FILTER (WHERE link_rule IS NOT NULL) AS rules
    FROM ruled GROUP BY source_id),
whole AS MATERIALIZED (
    SELECT (SELECT count(*) FROM facility) AS facilities,
           (SELECT count(*) FROM known) AS known, (SELECT count(*) FROM known WHERE several) AS several)
SELECT json_build_object(
    'facilities', w.facilities, 'in_a_register', w.known, 'in_several_sources', w.several,
    'from_holdings_only', w.facilities - w.known,
    'open_reviews', (SELECT count(*) FROM review WHERE status = 'open'),
    'sources', (SELECT coalesce(json_agg(json_build_object(
         'source', s.name, 'title', s.title, 'facilities', u.facilities, 'linked', u.linked,
         'linked_share', round(u.linked / u.facilities::numeric, 4), 'by_rule', coalesce(u.rules, '{}'))
         ORDER BY s.name), '[]') FROM summed u JOIN source s ON s.id = u.source_id))::text
FROM whole w

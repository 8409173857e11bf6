-- What is reported otherwise than on site, so that it is in no sum: source title, behaviour, rows, facilities.
SELECT s.title, h.behaviour, sum(h.n)::bigint, count(*)
FROM (SELECT source_id, behaviour, facility_id, count(*) AS n FROM holding GROUP BY source_id, behaviour, facility_id) h
JOIN source s ON s.id = h.source_id
WHERE NOT EXISTS (SELECT FROM on_site o WHERE o.source_id = h.source_id AND o.behaviour = h.behaviour)
GROUP BY s.title, h.behaviour ORDER BY s.title, h.behaviour

-- What one facility reports otherwise, so that it is in no sum: source title, behaviour, rows, substances. $1 facility
SELECT s.title, h.behaviour, count(*), count(DISTINCT coalesce(h.substance_id::text, h.reported_key))
FROM holding h JOIN source s ON s.id = h.source_id
WHERE h.facility_id = $1
  AND NOT EXISTS (SELECT FROM on_site o WHERE o.source_id = h.source_id AND o.behaviour = h.behaviour)
GROUP BY s.title, h.behaviour ORDER BY s.title, h.behaviour

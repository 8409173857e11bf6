-- Substances by name, synonym, CAS or UN number, best first: exact, begins with it, holds it.
-- $1 LIKE pattern of the whole query, $2 whole query as LIKE text without wildcards, $3 limit
WITH ranked AS (
    SELECT n.substance_id AS id,
           min(CASE WHEN n.name_key LIKE $2 THEN 0 WHEN n.name_key LIKE $2 || '%' THEN 1 ELSE 2 END)
               AS rank,
           min(length(n.name_key)) AS length
    FROM substance_name n
    WHERE n.name_key LIKE $1
    GROUP BY n.substance_id
)
SELECT s.cas, s.name_zh, s.name_en, s.un, r.rank,
       (SELECT count(DISTINCT h.facility_id) FROM holding h WHERE h.substance_id = s.id)
FROM ranked r
JOIN substance s ON s.id = r.id
ORDER BY r.rank, r.length, s.cas
LIMIT $3

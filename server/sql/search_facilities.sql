-- Facilities whose search text holds every word, best first: exact number, name begins with the
-- first word, name holds it, anything else (address, alias, part of a number).
-- $1 … $6 LIKE patterns %word% (null = no such word), $7 whole query as a number (upper case),
-- $8 limit, $9 highest id that the trigram index covers (search_covered.sql): up to it by the index,
-- above it row by row; any number gives the same answer
WITH found AS (
    SELECT f.id, f.name, f.address, f.geom, f.position_check,
           split_part(f.search_key, ' ', 1) AS key -- normal form of the name
    FROM (SELECT * FROM facility WHERE id <= $9::bigint AND search_key LIKE $1::text
          UNION ALL
          SELECT * FROM facility WHERE id > $9::bigint AND search_key LIKE $1::text) f
    WHERE ($2::text IS NULL OR f.search_key LIKE $2)
      AND ($3::text IS NULL OR f.search_key LIKE $3)
      AND ($4::text IS NULL OR f.search_key LIKE $4)
      AND ($5::text IS NULL OR f.search_key LIKE $5)
      AND ($6::text IS NULL OR f.search_key LIKE $6)
), ranked AS (
    SELECT f.*, CASE
        WHEN EXISTS (SELECT FROM facility_number n
                     WHERE n.facility_id = f.id AND n.number = $7) THEN 0
        WHEN f.key LIKE substr($1::text, 2) THEN 1
        WHEN f.key LIKE $1 THEN 2
        ELSE 3 END AS rank
    FROM found f
    ORDER BY rank, length(f.name), f.id
    LIMIT $8
)
SELECT r.id, r.name,
       (SELECT number FROM facility_number n WHERE n.facility_id = r.id
        ORDER BY n.number = $7 DESC, n.scheme = 'ems_no' DESC, n.scheme = 'factory_no' DESC, n.number
        LIMIT 1),
       r.address, ST_X(r.geom), ST_Y(r.geom), r.position_check, r.rank
FROM ranked r
ORDER BY r.rank, length(r.name), r.id

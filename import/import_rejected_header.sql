-- The columns of a batch's file, in order; one row of nulls where there is no such batch. With what its
-- rows have as geometry (points, shapes or null) and the coordinate system. $1 batch
SELECT h.name, b.id, b.columns ->> '--geometry', b.crs
FROM (SELECT $1::bigint AS wanted) w
LEFT JOIN import_batch b ON b.id = w.wanted
LEFT JOIN LATERAL jsonb_array_elements_text(b.columns -> '--header') WITH ORDINALITY AS h(name, place) ON true
ORDER BY h.place

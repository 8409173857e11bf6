-- Pieces of at most 64 vertices of what is new or changed.
INSERT INTO area_part (area_id, kind, geom)
SELECT s.area_id, s.kind, d.geom
FROM stage_area s
CROSS JOIN LATERAL ST_Subdivide(s.geom, 64) piece
CROSS JOIN LATERAL ST_Dump(ST_CollectionExtract(piece, 3)) d
WHERE s.what IN ('new', 'changed')

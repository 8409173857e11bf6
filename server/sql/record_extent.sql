-- West, south, east, north of a family of records; nulls where none is drawn. $1 kind
SELECT ST_XMin(e), ST_YMin(e), ST_XMax(e), ST_YMax(e)
FROM (SELECT ST_Extent(geom) AS e FROM record WHERE kind = $1 AND ended_batch_id IS NULL) x

-- The pieces of the borders, for borders.c: kind, code, polygon (EPSG:4326).
COPY (SELECT q.kind, a.code, ST_AsBinary(q.geom, 'NDR') FROM area_part q JOIN area a ON a.id = q.area_id)
TO STDOUT (FORMAT binary)

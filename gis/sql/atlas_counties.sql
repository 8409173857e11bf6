-- Counties by code, for the atlas: code, name, English name, west, south, east, north (degrees).
SELECT code, name, name_en, ST_XMin(geom), ST_YMin(geom), ST_XMax(geom), ST_YMax(geom)
FROM area WHERE kind = 'county' ORDER BY code COLLATE "C"

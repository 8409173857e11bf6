-- Areas to sum heat over, and their size on the ground: $1 kind (county, township, basin). The
-- geometry is WKB in longitude and latitude.
SELECT code, name, name_en, ST_AsBinary(geom), ST_Area(geom::geography) / 1e6
FROM (SELECT code, name, name_en, geom FROM area WHERE kind = $1
      UNION ALL
      SELECT coalesce(basin_no, id::text), name, name_en, geom FROM basin WHERE $1 = 'basin' AND geom IS NOT NULL) zone
ORDER BY code, name

-- Borders of counties or townships for a map, by code: code and geometry as GeoJSON (RFC 7946, degrees).
-- $1 kind (county, township), $2 how far a line may stray when it is simplified, metres of Web Mercator (0 = as it
-- is), $3 only those of this county (code; null = all)
SELECT a.code,
       CASE WHEN $2::float8 = 0 THEN ST_AsGeoJSON(ST_ForcePolygonCCW(a.geom), 7, 0)
            ELSE ST_AsGeoJSON(ST_ForcePolygonCCW(ST_Transform(ST_SimplifyPreserveTopology(a.geom_3857, $2::float8), 4326)), 6, 0) END
FROM area a
WHERE a.kind = $1 AND ($3::text IS NULL OR a.county_code = $3)
ORDER BY a.code COLLATE "C"

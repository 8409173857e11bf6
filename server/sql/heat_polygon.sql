-- Whether a polygon that a client sent is valid: $1 GeoJSON in longitude and latitude. Where it is
-- not: why, and at which place (the first that was found).
SELECT valid, reason, ST_X(location), ST_Y(location)
FROM (SELECT (ST_IsValidDetail(geom)).*
      FROM (SELECT ST_SetSRID(ST_GeomFromGeoJSON($1), 4326) AS geom) sent) checked

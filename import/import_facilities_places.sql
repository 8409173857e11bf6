-- The positions that PostGIS has to judge, of rows that change something.
INSERT INTO stage_place (ref, address_county_key, county_key, given, geom)
SELECT s.line, s.address_county_key, s.county_key, s.place,
       CASE WHEN s.place = 'accepted' THEN ST_SetSRID(ST_MakePoint(s.lon, s.lat), 4326) END
FROM stage_plan p JOIN stage_facility s ON s.line = p.line
WHERE p.what <> 'same' AND s.position_check IS NULL

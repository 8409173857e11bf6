-- The positions to check: those of rows that change something.
INSERT INTO stage_place (ref, address_county_key, county_key, given, geom)
SELECT s.line, s.address_county_key, s.county_key, s.place, CASE WHEN s.place = 'accepted' THEN s.geom END
FROM stage_plan p JOIN stage_record s ON s.line = p.line WHERE p.what <> 'same'

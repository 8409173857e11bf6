-- Facilities whose check comes out otherwise than is stored.
SELECT count(*) FROM stage_place p JOIN facility f ON f.id = p.ref
WHERE (f.county_code, f.township_code, f.address_county_code, f.position_check, f.geom IS NULL)
      IS DISTINCT FROM (p.county_code, p.township_code, p.named_county, p.position_check, p.geom IS NULL)

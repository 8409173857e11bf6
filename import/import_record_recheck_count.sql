-- Records whose check comes out otherwise than is stored.
SELECT count(*) FROM stage_place p JOIN record r ON r.id = p.ref
WHERE (r.county_code, r.township_code, r.address_county_code, r.position_check, r.geom IS NULL)
      IS DISTINCT FROM (p.county_code, p.township_code, p.named_county, p.position_check, p.geom IS NULL)

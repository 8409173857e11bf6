-- They take the new check.
UPDATE record r SET county_code = p.county_code, township_code = p.township_code,
    address_county_code = p.named_county, position_check = p.position_check, geom = p.geom
FROM stage_place p
WHERE r.id = p.ref
  AND (r.county_code, r.township_code, r.address_county_code, r.position_check, r.geom IS NULL)
      IS DISTINCT FROM (p.county_code, p.township_code, p.named_county, p.position_check, p.geom IS NULL)

-- They take the new check; a position that was accepted keeps its exact coordinates.
UPDATE facility f SET county_code = p.county_code, township_code = p.township_code,
    address_county_code = p.named_county, position_check = p.position_check,
    geom = CASE WHEN p.geom IS NULL THEN NULL ELSE coalesce(f.geom, p.geom) END, changed_at = now()
FROM stage_place p
WHERE f.id = p.ref
  AND (f.county_code, f.township_code, f.address_county_code, f.position_check, f.geom IS NULL)
      IS DISTINCT FROM (p.county_code, p.township_code, p.named_county, p.position_check, p.geom IS NULL)

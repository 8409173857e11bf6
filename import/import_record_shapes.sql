-- Lines and areas to multilines and multipolygons in EPSG:4326, repaired where they cross themselves.
-- $1 dimension (1 lines, 2 areas; null: what each has)
UPDATE stage_record SET geom = ST_SetSRID(ST_Multi(ST_CollectionExtract(
    CASE WHEN ST_IsValid(geom) THEN geom ELSE ST_MakeValid(geom) END,
    coalesce($1::int, ST_Dimension(geom)) + 1)), 4326)
WHERE place = 'none' AND geom IS NOT NULL

-- Borders, which are in EPSG:4326 already, to multipolygons.
UPDATE stage_area SET geom = ST_SetSRID(ST_Multi(ST_CollectionExtract(wkb, 3)), 4326)

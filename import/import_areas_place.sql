-- Borders to EPSG:4326 and to multipolygons. $1 SRID of the file
UPDATE stage_area SET geom = ST_Multi(ST_CollectionExtract(
    CASE WHEN $1::text IN ('4326', '3824') THEN ST_SetSRID(wkb, 4326)
         ELSE ST_Transform(ST_SetSRID(wkb, $1::text::int), 4326) END, 3))
WHERE fault IS NULL

-- 0012_record_place: what the check of a record's position goes by, so that it can be made again.
ALTER TABLE record ADD COLUMN address_county_key text;
ALTER TABLE record ADD COLUMN county_key text;
ALTER TABLE record ADD COLUMN reported_geom geometry(Point, 4326);
COMMENT ON COLUMN record.address_county_key IS 'Normal form of the county that the address begins with.';
COMMENT ON COLUMN record.county_key IS 'Normal form of the county that the row names.';
COMMENT ON COLUMN record.reported_geom IS 'Point as reported, EPSG:4326, also where it was not accepted for geom.';

-- Borders changed while the file was read: PostGIS judges all positions.
UPDATE stage_facility SET named_county = NULL, county_code = NULL, township_code = NULL, position_check = NULL

-- Positions to check again.
DROP TABLE IF EXISTS pg_temp.stage_place;
CREATE TEMP TABLE stage_place (
    ref                 bigint PRIMARY KEY,
    address_county_key  text,
    county_key          text,
    given               text NOT NULL,
    geom                geometry(Point, 4326),
    named_county        text,
    county_code         text,
    township_code       text,
    position_check      text
)

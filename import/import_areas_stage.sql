-- The rows of a file of borders.
DROP TABLE IF EXISTS pg_temp.stage_area;
CREATE TEMP TABLE stage_area (
    line        bigint NOT NULL,
    kind        text NOT NULL,
    code        text NOT NULL,
    name        text NOT NULL,
    name_en     text,
    name_key    text NOT NULL,
    county_code text NOT NULL,
    wkb         geometry NOT NULL,
    raw         text NOT NULL,
    geom        geometry(MultiPolygon, 4326),
    repaired    boolean NOT NULL DEFAULT false,
    what        text,
    area_id     integer
)

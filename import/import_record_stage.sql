-- The rows of a file of a family kept in record; which of them counts and what it does; where they lie.
DROP TABLE IF EXISTS pg_temp.stage_record, pg_temp.stage_plan, pg_temp.stage_place;
CREATE TEMP TABLE stage_record (
    line               bigint NOT NULL,
    record_key         text COLLATE "C" NOT NULL,
    name               text NOT NULL,
    name_en            text,
    address_county_key text,
    county_key         text,
    place              text NOT NULL,
    geom               geometry,
    row_hash           bytea NOT NULL,
    fields             text NOT NULL,
    raw                text NOT NULL
);
CREATE TEMP TABLE stage_plan (
    line       bigint PRIMARY KEY,
    record_key text COLLATE "C" NOT NULL,
    row_hash   bytea NOT NULL,
    record_id  bigint,
    what       text NOT NULL
);
CREATE TEMP TABLE stage_place (
    ref                bigint PRIMARY KEY,
    address_county_key text,
    county_key         text,
    given              text NOT NULL,
    geom               geometry(Point, 4326),
    named_county       text,
    county_code        text,
    township_code      text,
    position_check     text
)

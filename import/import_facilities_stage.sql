-- The rows of a file of facilities; which of them counts and what it does; where they lie.
DROP TABLE IF EXISTS pg_temp.stage_facility, pg_temp.stage_plan, pg_temp.stage_place, pg_temp.stage_operator;
CREATE TEMP TABLE stage_facility (
    line                bigint NOT NULL,
    facility_key        text COLLATE "C" NOT NULL,
    ems_no              text,
    factory_no          text,
    business_no         text,
    name                text NOT NULL,
    name_en             text,
    address             text,
    phone               text,
    industry            text,
    industrial_park     text,
    operator_name       text,
    position_method     text,
    address_county_key  text,
    county_key          text,
    established_year    integer,
    capital             double precision,
    employees           integer,
    position_accuracy_m double precision,
    lon                 double precision,
    lat                 double precision,
    place               text NOT NULL,
    named_county        text, -- this and the next three as borders.c judged; position_check null = not judged yet
    county_code         text,
    township_code       text,
    position_check      text,
    reported_x          double precision,
    reported_y          double precision,
    reported_crs        text,
    search_key          text NOT NULL,
    row_hash            bytea NOT NULL,
    fields              text NOT NULL,
    raw                 text NOT NULL
);
CREATE TEMP TABLE stage_plan (
    line         bigint NOT NULL,
    facility_key text COLLATE "C" NOT NULL,
    row_hash     bytea NOT NULL,
    facility_id  bigint NOT NULL,
    record_id    bigint,
    what         text NOT NULL
);
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
);
CREATE TEMP TABLE stage_operator (
    key         text COLLATE "C" NOT NULL,
    operator_id bigint NOT NULL,
    fresh       boolean NOT NULL,
    business_no text,
    name        text NOT NULL,
    named       boolean NOT NULL,
    capital     double precision,
    employees   integer
);

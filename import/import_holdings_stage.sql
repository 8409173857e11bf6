-- The rows of a file of holdings; the facilities they name; which row counts and what it does.
DROP TABLE IF EXISTS pg_temp.stage_holding, pg_temp.stage_known, pg_temp.stage_plan;
CREATE TEMP TABLE stage_holding (
    line              bigint NOT NULL,
    facility_key      text COLLATE "C" NOT NULL,
    ems_no            text,
    factory_no        text,
    facility_name     text NOT NULL,
    facility_search   text NOT NULL,
    reported_cas      text,
    reported_code     text,
    reported_name     text,
    reported_name_en  text,
    reported_key      text COLLATE "C" NOT NULL,
    place             text COLLATE "C",
    behaviour         text NOT NULL,
    period_start      date,
    period_end        date,
    quantity_kg       double precision,
    litres            double precision,
    reported_quantity text NOT NULL,
    reported_unit     text NOT NULL,
    raw               text NOT NULL
);
CREATE TEMP TABLE stage_known (
    facility_key text COLLATE "C" NOT NULL,
    facility_id  bigint NOT NULL,
    fresh        boolean NOT NULL,
    line         bigint NOT NULL,
    own_key      text COLLATE "C",
    rule         text NOT NULL,
    confidence   real NOT NULL
);
CREATE TEMP TABLE stage_plan (
    line         bigint PRIMARY KEY,
    kept_line    bigint NOT NULL,
    same_row     boolean NOT NULL,
    facility_id  bigint NOT NULL,
    link_id      bigint NOT NULL,
    substance_id integer,
    quantity_kg  double precision,
    holding_id   bigint,
    what         text
)

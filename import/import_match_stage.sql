-- Keys that rows have instead of their own; rows to match; names as company_key.h makes them; pairs.
DROP TABLE IF EXISTS pg_temp.stage_same, pg_temp.stage_match, pg_temp.stage_match_name, pg_temp.stage_pair,
    pg_temp.stage_side;
CREATE TEMP TABLE stage_same (
    own_key      text COLLATE "C" PRIMARY KEY,
    facility_key text COLLATE "C" NOT NULL,
    rule         text NOT NULL,
    confidence   real NOT NULL
);
CREATE TEMP TABLE stage_match (
    line         bigint NOT NULL,
    own_key      text COLLATE "C" NOT NULL,
    known_id     bigint,
    name         text NOT NULL,
    address      text,
    factory_no   text,
    ems_no       text,
    business_no  text,
    county       text,
    geom_3826    geometry(Point, 3826)
);
CREATE INDEX ON stage_match (line);
CREATE INDEX ON stage_match (known_id) WHERE known_id IS NOT NULL;
CREATE TEMP TABLE stage_match_name (
    ref      bigint NOT NULL,
    name     text NOT NULL,
    address  text NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    plant    text COLLATE "C" NOT NULL,
    door_key text COLLATE "C" NOT NULL
);
CREATE TEMP TABLE stage_pair (
    line        bigint NOT NULL,
    facility_id bigint NOT NULL,
    decided     boolean NOT NULL DEFAULT false,
    factory     boolean NOT NULL DEFAULT false,
    ems         boolean NOT NULL DEFAULT false,
    business    boolean NOT NULL DEFAULT false,
    same_name   boolean,
    one_plant   boolean,
    other_plant boolean,
    alike       real,
    same_door   boolean,
    same_county boolean,
    distance_m  double precision,
    rule        text,
    confidence  real,
    certain     boolean NOT NULL DEFAULT false
);
CREATE INDEX ON stage_pair (line);
CREATE TEMP TABLE stage_side (
    facility_id  bigint PRIMARY KEY,
    facility_key text COLLATE "C" NOT NULL,
    side         jsonb NOT NULL
)

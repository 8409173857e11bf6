-- The rows of a file of substances, and what each does.
DROP TABLE IF EXISTS pg_temp.stage_substance, pg_temp.stage_plan;
CREATE TEMP TABLE stage_substance (
    line                 bigint NOT NULL,
    cas                  text NOT NULL,
    name_zh              text NOT NULL,
    name_en              text NOT NULL,
    un                   text,
    erg_guide            text,
    nfpa_health          smallint,
    nfpa_flammability    smallint,
    nfpa_instability     smallint,
    nfpa_special         text,
    ghs_pictograms       text[] NOT NULL,
    ghs_signal           text,
    ghs_h                text[] NOT NULL,
    water_reactive       boolean,
    water_reactive_gases text,
    toxic_by_inhalation  boolean,
    physical_state       text,
    density_kg_l         double precision,
    toxic_item_no        text,
    citation             text NOT NULL,
    names                text NOT NULL,
    row_hash             bytea NOT NULL,
    raw                  text NOT NULL
);
CREATE TEMP TABLE stage_plan (line bigint, cas text, row_hash bytea, substance_id integer, what text)

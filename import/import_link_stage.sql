-- What names a substance in reports, and the substance that it means.
DROP TABLE IF EXISTS pg_temp.stage_link, pg_temp.stage_volume;
CREATE TEMP TABLE stage_link (
    id               bigint GENERATED ALWAYS AS IDENTITY,
    cas              text,
    code_key         text,
    zh_key           text,
    en_key           text,
    reported_cas     text,
    reported_code    text,
    reported_name    text,
    reported_name_en text,
    substance_id     integer,
    rule             text
);
CREATE TEMP TABLE stage_volume (id bigint NOT NULL, litres double precision NOT NULL)

-- What names a substance in reports, and the substance that it means.
DROP TABLE IF EXISTS pg_temp.stage_link, pg_temp.stage_link_guess, pg_temp.stage_link_part,
    pg_temp.stage_link_name, pg_temp.stage_volume;
CREATE TEMP TABLE stage_link (
    id               bigint NOT NULL,
    cas              text,
    cas_state        text NOT NULL, -- none, right, mended, guessed, several
    cas_key          text,          -- normal form of the CAS number as written
    code_key         text,
    zh_key           text,
    en_key           text,
    reported_cas     text,
    reported_code    text,
    reported_name    text,
    reported_name_en text,
    substance_id     integer,
    rule             text,
    confidence       real,
    note             text,    -- cas_name_differ, code_name_differ, cas_not_known, cas_ambiguous, several_substances
    other_id         integer, -- the substance that the name means, where it is another
    parts            smallint NOT NULL DEFAULT 1,
    part_name        text
);
CREATE TEMP TABLE stage_link_guess (link_id bigint NOT NULL, cas text NOT NULL);
CREATE TEMP TABLE stage_link_part (
    link_id      bigint NOT NULL,
    field        smallint NOT NULL, -- the cell: 1 CAS, 2 Chinese name, 3 English name
    piece        smallint NOT NULL,
    name         text NOT NULL,
    cas          text,
    key          text,
    substance_id integer,
    rule         text,
    confidence   real,
    part         smallint -- place among the parts of the report; null = not split this way
);
CREATE TEMP TABLE stage_link_name (
    name_key     text COLLATE "C" PRIMARY KEY,
    substance_id integer NOT NULL,
    rule         text NOT NULL,
    confidence   real NOT NULL
);
CREATE TEMP TABLE stage_volume (id bigint NOT NULL, litres double precision NOT NULL)

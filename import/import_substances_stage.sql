-- The rows of a file of substances, what each does, and the substances that come of it.
DROP TABLE IF EXISTS pg_temp.stage_substance, pg_temp.stage_plan, pg_temp.stage_touched, pg_temp.stage_merged;
CREATE TEMP TABLE stage_substance (
    line     bigint NOT NULL,
    cas      text COLLATE "C",
    mended   boolean NOT NULL,
    code_key text,
    zh_key   text,
    en_key   text,
    facts    text NOT NULL,
    names    text NOT NULL,
    row_hash bytea NOT NULL,
    raw      text NOT NULL
);
CREATE TEMP TABLE stage_plan (
    line      bigint NOT NULL,
    cas       text COLLATE "C" NOT NULL,
    entry     integer NOT NULL,
    row_hash  bytea NOT NULL,
    facts     jsonb NOT NULL,
    names     jsonb NOT NULL,
    record_id bigint,
    what      text NOT NULL -- new, changed, same
);
CREATE TEMP TABLE stage_touched (cas text COLLATE "C" PRIMARY KEY);
CREATE TEMP TABLE stage_merged (LIKE hazatlas.substance);
ALTER TABLE stage_merged ALTER id DROP NOT NULL

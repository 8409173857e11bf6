-- 0036_radar_run: radar runs that were saved: the scores of all facilities and substances at one time, with what
-- they were made of, to be compared with later ones. They refer to nothing: facilities may change or go.

CREATE TABLE radar_run (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text NOT NULL CHECK (name <> ''),
    name_key   text NOT NULL UNIQUE CHECK (name_key <> ''),
    note       text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now(),
    atlas      bigint NOT NULL,
    atlas_tag  text NOT NULL,
    atlas_time timestamptz NOT NULL,
    parameters text NOT NULL,
    facilities bigint NOT NULL,
    scored     bigint NOT NULL,
    substances bigint NOT NULL,
    data       bytea NOT NULL
);
COMMENT ON TABLE radar_run IS 'Saved radar runs (警示雷達圖計算結果). A run is one row, so it is whole or absent; it is never changed.';
COMMENT ON COLUMN radar_run.id IS 'Our number; in addresses; never given again.';
COMMENT ON COLUMN radar_run.name IS 'Name that the person gave it.';
COMMENT ON COLUMN radar_run.name_key IS 'Normal form of the name: two runs that look the same to a person cannot be.';
COMMENT ON COLUMN radar_run.note IS 'What the person wrote about it.';
COMMENT ON COLUMN radar_run.created_at IS 'When it was saved.';
COMMENT ON COLUMN radar_run.atlas IS 'Number of the atlas that it was made of.';
COMMENT ON COLUMN radar_run.atlas_tag IS 'Tag of that atlas: number and database.';
COMMENT ON COLUMN radar_run.atlas_time IS 'When that atlas was built.';
COMMENT ON COLUMN radar_run.parameters IS 'What differs from the default options, as in a query; empty = nothing.';
COMMENT ON COLUMN radar_run.facilities IS 'Facilities in it.';
COMMENT ON COLUMN radar_run.scored IS 'Of them with a score.';
COMMENT ON COLUMN radar_run.substances IS 'Substances in it.';
COMMENT ON COLUMN radar_run.data IS 'All of it in columns (analysis/radar_run_pack.c): options, class limits, regions; of each substance CAS, names, raw values, classes, score; of each facility id, name, county, township, position, its substances, raw values, classes, score.';

-- 0003_atlas: the number of the atlas, raised by every committed change of what the atlas shows,
-- and the notice that a server listens for.

CREATE TABLE atlas_revision (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    number   bigint NOT NULL,
    database_tag text NOT NULL
);
INSERT INTO atlas_revision (number, database_tag) VALUES (1, left(replace(gen_random_uuid()::text, '-', ''), 8));
COMMENT ON TABLE atlas_revision IS 'One row: the number of the present atlas. Read in the same snapshot as the rows, so a number names one state of the data.';
COMMENT ON COLUMN atlas_revision.only_row IS 'Keeps it one row.';
COMMENT ON COLUMN atlas_revision.database_tag IS 'Random name of this database, part of every ETag: two databases with the same number are not the same atlas.';
COMMENT ON COLUMN atlas_revision.number IS 'Goes up by at least one with each committed change.';

CREATE FUNCTION atlas_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE hazatlas.atlas_revision SET number = number + 1;
    PERFORM pg_notify('hazatlas_changed', TG_TABLE_NAME);
    RETURN NULL;
END $$;
COMMENT ON FUNCTION atlas_touch() IS 'Raises the atlas number and tells listening servers at commit.';

CREATE TRIGGER facility_touch AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON facility
    FOR EACH STATEMENT EXECUTE FUNCTION atlas_touch();
CREATE TRIGGER holding_touch AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON holding
    FOR EACH STATEMENT EXECUTE FUNCTION atlas_touch();
CREATE TRIGGER substance_touch AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON substance
    FOR EACH STATEMENT EXECUTE FUNCTION atlas_touch();
CREATE TRIGGER substance_factor_touch AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON substance_factor
    FOR EACH STATEMENT EXECUTE FUNCTION atlas_touch();
CREATE TRIGGER operator_touch AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON operator
    FOR EACH STATEMENT EXECUTE FUNCTION atlas_touch();
CREATE TRIGGER area_touch AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON area
    FOR EACH STATEMENT EXECUTE FUNCTION atlas_touch();

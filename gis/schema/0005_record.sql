-- 0005_record: families of data that need no table of their own (incidents, samples, zones, places …)
-- share one; doubtful matches wait for a person; every row an import inserts has a number of its
-- table's own sequence.

CREATE TABLE record (
    id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind                text COLLATE "C" NOT NULL,
    record_key          text COLLATE "C" NOT NULL,
    name                text NOT NULL,
    name_en             text,
    fields              jsonb NOT NULL,
    geom                geometry(Geometry, 4326),
    geom_3857           geometry(Geometry, 3857) GENERATED ALWAYS AS (ST_Transform(geom, 3857)) STORED,
    county_code         text,
    township_code       text,
    address_county_code text,
    position_check      text NOT NULL CHECK (position_check IN ('ok', 'coast', 'other_county', 'outside',
                        'missing', 'unchecked', 'other_zone', 'none')),
    row_hash            bytea NOT NULL,
    line                bigint NOT NULL,
    source_id           integer NOT NULL REFERENCES source,
    batch_id            bigint NOT NULL REFERENCES import_batch DEFERRABLE INITIALLY DEFERRED,
    ended_batch_id      bigint REFERENCES import_batch DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX record_now ON record (kind, source_id, record_key) WHERE ended_batch_id IS NULL;
CREATE INDEX record_place ON record USING gist (geom) WHERE ended_batch_id IS NULL;
CREATE INDEX record_place_3857 ON record USING gist (geom_3857) WHERE ended_batch_id IS NULL;
CREATE INDEX record_batch ON record (batch_id);
COMMENT ON TABLE record IS 'What a source said, row by row, with its history: incidents, rivers, samples, zones, places … Only ever added to and ended; the rows that hold now have no ended_batch_id.';
COMMENT ON COLUMN record.id IS 'Our number; the feature id of tiles and of OGC API Features.';
COMMENT ON COLUMN record.kind IS 'Family of data, the name of its import: places, incidents, samples …';
COMMENT ON COLUMN record.record_key IS 'What makes two rows of a source the same thing, made of the normal forms of the key fields of the family.';
COMMENT ON COLUMN record.name IS 'What a person calls it, in Chinese or as the source gives it.';
COMMENT ON COLUMN record.name_en IS 'The same in English, if known.';
COMMENT ON COLUMN record.fields IS 'All fields as understood, by the names of the import''s columns; x, y, crs: coordinates as reported.';
COMMENT ON COLUMN record.geom IS 'Where it is, EPSG:4326: point, lines or areas; null where it has none or its position was not accepted (position_check).';
COMMENT ON COLUMN record.geom_3857 IS 'The same in Web Mercator, EPSG:3857, for tiles.';
COMMENT ON COLUMN record.county_code IS 'County the position lies in; the county named where there is no position.';
COMMENT ON COLUMN record.township_code IS 'Township the position lies in.';
COMMENT ON COLUMN record.address_county_code IS 'County that the row names, if one is recognised.';
COMMENT ON COLUMN record.position_check IS 'As facility.position_check; none: the family has no positions, or lines and areas, which are not checked against counties.';
COMMENT ON COLUMN record.row_hash IS 'Hash of the fields and the geometry, to see that nothing changed.';
COMMENT ON COLUMN record.line IS 'Line in the file.';
COMMENT ON COLUMN record.source_id IS 'Who said it.';
COMMENT ON COLUMN record.batch_id IS 'Import that brought it.';
COMMENT ON COLUMN record.ended_batch_id IS 'Import whose row took its place; null = what the source says now.';

CREATE TRIGGER record_touch AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON record
    FOR EACH STATEMENT EXECUTE FUNCTION atlas_touch();

CREATE TABLE review (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subject    text NOT NULL CHECK (subject IN ('facility', 'substance')),
    left_key   text COLLATE "C" NOT NULL,
    right_key  text COLLATE "C" NOT NULL,
    rule       text NOT NULL,
    confidence real NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    detail     jsonb NOT NULL,
    status     text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'confirmed', 'refused')),
    batch_id   bigint REFERENCES import_batch ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    found_at   timestamptz NOT NULL DEFAULT now(),
    decided_at timestamptz,
    decided_by text,
    note       text,
    UNIQUE (subject, left_key, right_key)
);
CREATE INDEX review_open ON review (subject, confidence DESC, id) WHERE status = 'open';
COMMENT ON TABLE review IS 'Doubtful matches: two things that may be the same. A person confirms or refuses; decisions are found again by the two keys, so they survive every later import.';
COMMENT ON COLUMN review.id IS 'Our number.';
COMMENT ON COLUMN review.subject IS 'facility: left and right are facility_key; substance: left is what a source calls it (normal form), right a CAS number.';
COMMENT ON COLUMN review.left_key IS 'What is to be matched.';
COMMENT ON COLUMN review.right_key IS 'What it may be.';
COMMENT ON COLUMN review.rule IS 'Rule that found the pair.';
COMMENT ON COLUMN review.confidence IS 'How sure the rule is, 0 to 1.';
COMMENT ON COLUMN review.detail IS 'Both sides as a person must see them to decide.';
COMMENT ON COLUMN review.status IS 'open, confirmed (the same) or refused (not the same).';
COMMENT ON COLUMN review.batch_id IS 'Import that found the pair last.';
COMMENT ON COLUMN review.found_at IS 'When it was first found.';
COMMENT ON COLUMN review.decided_at IS 'When a person decided.';
COMMENT ON COLUMN review.decided_by IS 'Who, as they say.';
COMMENT ON COLUMN review.note IS 'Why, as they say.';

ALTER TABLE facility_number ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY;
ALTER TABLE facility_alias ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY;
ALTER TABLE substance_name ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY;
ALTER TABLE substance_factor ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY;
ALTER TABLE area_part ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY;
COMMENT ON COLUMN facility_number.id IS 'Our number: rows of one import have numbers in a row.';
COMMENT ON COLUMN facility_alias.id IS 'Our number: rows of one import have numbers in a row.';
COMMENT ON COLUMN substance_name.id IS 'Our number: rows of one import have numbers in a row.';
COMMENT ON COLUMN substance_factor.id IS 'Our number: rows of one import have numbers in a row.';
COMMENT ON COLUMN area_part.id IS 'Our number: rows of one import have numbers in a row.';

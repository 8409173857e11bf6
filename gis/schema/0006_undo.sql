-- 0006_undo: the state before an import can be brought back. While an import publishes (setting
-- hazatlas.batch), triggers keep the old rows of what it changes or deletes; what it inserts is known by
-- the numbers that its tables' sequences gave out, because one import publishes at a time.

CREATE TABLE import_change (
    batch_id   bigint NOT NULL,
    table_name text COLLATE "C" NOT NULL,
    row_id     bigint NOT NULL,
    n          bigint GENERATED ALWAYS AS IDENTITY,
    before     jsonb NOT NULL,
    PRIMARY KEY (batch_id, table_name, row_id, n)
);
COMMENT ON TABLE import_change IS 'Rows as they were before an import changed or deleted them. No foreign key: the batch is written last, and a check a row would cost more than the journal.';
COMMENT ON COLUMN import_change.batch_id IS 'The import.';
COMMENT ON COLUMN import_change.table_name IS 'Table of the row.';
COMMENT ON COLUMN import_change.row_id IS 'Its id.';
COMMENT ON COLUMN import_change.n IS 'Order of the changes; the first of a row is its state before the import.';
COMMENT ON COLUMN import_change.before IS 'All columns but generated ones. Numbers with a fraction, geometries and bytes as the text that PostgreSQL reads back bit for bit.';

CREATE TABLE undo_table (
    table_name text COLLATE "C" PRIMARY KEY,
    place      integer NOT NULL UNIQUE,
    referenced boolean NOT NULL,
    shared     boolean NOT NULL,
    only_where text NOT NULL
);
COMMENT ON TABLE undo_table IS 'Tables whose changes by imports are kept; undo_watch() adds one. Each has a bigint or integer id of its own sequence.';
COMMENT ON COLUMN undo_table.table_name IS 'The table.';
COMMENT ON COLUMN undo_table.place IS 'Order: tables stand after those that they refer to.';
COMMENT ON COLUMN undo_table.referenced IS 'Others refer to its rows: they are put back in place; rows of the others are taken out and put back.';
COMMENT ON COLUMN undo_table.shared IS 'Imports of several kinds work on it, so they are undone newest first.';
COMMENT ON COLUMN undo_table.only_where IS 'Condition on present rows that undo of batch $1 may touch; what people decided since is theirs.';

ALTER TABLE import_batch ADD COLUMN id_ranges jsonb, ADD COLUMN kept_rows bigint,
    ADD COLUMN undone_at timestamptz, ADD COLUMN undone_by text;
COMMENT ON COLUMN import_batch.id_ranges IS 'Ids that its import gave out: {table: [first, last]}; null = it cannot be undone (any more).';
COMMENT ON COLUMN import_batch.kept_rows IS 'Old rows that import_change keeps for it.';
COMMENT ON COLUMN import_batch.undone_at IS 'When the state before it was brought back; null = it stands.';
COMMENT ON COLUMN import_batch.undone_by IS 'By whom, as they say.';

-- Rows are looked up by these when what they refer to is taken away.
CREATE INDEX ON facility (operator_id);
CREATE INDEX ON facility_record (facility_id);
CREATE INDEX ON area_part (area_id);
ALTER TABLE facility ALTER CONSTRAINT facility_operator_id_fkey DEFERRABLE INITIALLY IMMEDIATE;

CREATE FUNCTION undo_columns(wanted regclass) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT string_agg(CASE WHEN t.typname IN ('bool', 'int2', 'int4', 'int8', 'text', 'jsonb', 'date', 'timestamptz')
                           THEN format('o.%I', a.attname) ELSE format('o.%1$I::text AS %1$I', a.attname) END,
                      ', ' ORDER BY a.attnum)
    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
    WHERE a.attrelid = wanted AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
$$;
COMMENT ON FUNCTION undo_columns(regclass) IS 'Select list of a row (o) as import_change keeps it: by text whatever JSON would round, rewrite or lose (-0, GeoJSON).';

CREATE FUNCTION undo_note() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    batch text := current_setting('hazatlas.batch', true);
BEGIN
    IF batch <> '' THEN
        EXECUTE format('INSERT INTO hazatlas.import_change (batch_id, table_name, row_id, before)'
                       ' SELECT $1, %L, r.id, to_jsonb(r) FROM (SELECT %s FROM old_rows o) r',
                       TG_TABLE_NAME, hazatlas.undo_columns(TG_RELID)) USING batch::bigint;
    END IF;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION undo_note() IS 'Keeps the old rows of a statement of an import that publishes.';

CREATE FUNCTION undo_watch(watched text, watched_place integer, is_referenced boolean, is_shared boolean,
                           touchable text DEFAULT '$1 > 0') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER undo_update AFTER UPDATE ON hazatlas.%I REFERENCING OLD TABLE AS old_rows'
                   ' FOR EACH STATEMENT EXECUTE FUNCTION hazatlas.undo_note()', watched);
    EXECUTE format('CREATE TRIGGER undo_delete AFTER DELETE ON hazatlas.%I REFERENCING OLD TABLE AS old_rows'
                   ' FOR EACH STATEMENT EXECUTE FUNCTION hazatlas.undo_note()', watched);
    -- Also where an import leaves the checks of foreign keys out (session_replication_role).
    EXECUTE format('ALTER TABLE hazatlas.%I ENABLE ALWAYS TRIGGER undo_update, ENABLE ALWAYS TRIGGER undo_delete', watched);
    INSERT INTO hazatlas.undo_table VALUES (watched, watched_place, is_referenced, is_shared, touchable);
END $$;
COMMENT ON FUNCTION undo_watch(text, integer, boolean, boolean, text) IS 'Has changes of a table kept; its imports can then be undone.';

SELECT undo_watch('operator', 10, true, true), undo_watch('substance', 20, true, true),
       undo_watch('area', 30, true, true), undo_watch('facility', 40, true, true),
       undo_watch('facility_number', 50, false, true), undo_watch('facility_alias', 60, false, true),
       undo_watch('facility_record', 70, false, true), undo_watch('substance_name', 80, false, true),
       undo_watch('substance_factor', 90, false, true), undo_watch('holding', 100, false, true),
       undo_watch('area_part', 110, false, true), undo_watch('record', 120, false, false),
       undo_watch('review', 130, false, false, '(status = ''open'' OR batch_id = $1)');

CREATE FUNCTION undo_positions() RETURNS jsonb LANGUAGE sql VOLATILE AS $$
    SELECT jsonb_object_agg(table_name,
        coalesce(pg_sequence_last_value(pg_get_serial_sequence('hazatlas.' || table_name, 'id')::regclass), 0))
    FROM hazatlas.undo_table
$$;
COMMENT ON FUNCTION undo_positions() IS 'The last id that each watched table has given out.';

CREATE FUNCTION undo_ranges(begun jsonb) RETURNS jsonb LANGUAGE sql VOLATILE AS $$
    SELECT coalesce(jsonb_object_agg(key, jsonb_build_array(coalesce((begun ->> key)::bigint, 0) + 1, value::bigint)), '{}')
    FROM jsonb_each_text(hazatlas.undo_positions()) WHERE value::bigint > coalesce((begun ->> key)::bigint, 0)
$$;
COMMENT ON FUNCTION undo_ranges(jsonb) IS 'Ids given out since undo_positions() was as told: {table: [first, last]}.';

CREATE FUNCTION undo_take_out(batch bigint, ids jsonb) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    t     hazatlas.undo_table;
    least bigint;
    most  bigint;
    done  bigint;
    total bigint := 0;
BEGIN
    FOR t IN SELECT * FROM hazatlas.undo_table ORDER BY place DESC LOOP
        least := coalesce((ids -> t.table_name ->> 0)::bigint, 1);
        most := coalesce((ids -> t.table_name ->> 1)::bigint, 0);
        IF NOT t.referenced THEN -- out, to be put back as they were
            EXECUTE format('DELETE FROM hazatlas.%I WHERE %s AND NOT (id BETWEEN $2 AND $3) AND id IN'
                           ' (SELECT row_id FROM hazatlas.import_change WHERE batch_id = $1 AND table_name = %L)',
                           t.table_name, t.only_where, t.table_name) USING batch, least, most;
        END IF;
        IF most >= least THEN
            EXECUTE format('DELETE FROM hazatlas.%I WHERE %s AND id BETWEEN $2 AND $3', t.table_name, t.only_where)
                USING batch, least, most;
            GET DIAGNOSTICS done = ROW_COUNT;
            total := total + done;
        END IF;
    END LOOP;
    RETURN total;
END $$;
COMMENT ON FUNCTION undo_take_out(bigint, jsonb) IS 'Deletes the rows that an import inserted (ids as in import_batch.id_ranges); returns how many.';

CREATE FUNCTION undo_put_back(batch bigint, ids jsonb) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    t      hazatlas.undo_table;
    sample jsonb;
    put    text; -- columns that the journal and the table both have
    old    text; -- rows as they were: the first change of each row that the import did not insert itself
    done   bigint;
    total  bigint := 0;
BEGIN
    FOR t IN SELECT * FROM hazatlas.undo_table ORDER BY place LOOP
        SELECT before INTO sample FROM hazatlas.import_change WHERE batch_id = batch AND table_name = t.table_name LIMIT 1;
        CONTINUE WHEN NOT FOUND;
        SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO put FROM pg_attribute
        WHERE attrelid = format('hazatlas.%I', t.table_name)::regclass AND attnum > 0 AND NOT attisdropped
          AND attgenerated = '' AND attname <> 'id' AND sample ? attname::text;
        old := format('(SELECT r.* FROM (SELECT DISTINCT ON (row_id) before FROM hazatlas.import_change'
                      ' WHERE batch_id = $1 AND table_name = %L AND NOT (row_id BETWEEN $2 AND $3)'
                      ' ORDER BY row_id, n) c CROSS JOIN LATERAL jsonb_populate_record(NULL::hazatlas.%I, c.before) r) old',
                      t.table_name, t.table_name);
        IF t.referenced THEN
            IF t.table_name = 'facility' THEN -- keys may have changed places
                EXECUTE format('UPDATE hazatlas.facility f SET facility_key = ''undo:'' || f.id FROM %s'
                               ' WHERE f.id = old.id AND f.facility_key <> old.facility_key', old)
                    USING batch, coalesce((ids -> t.table_name ->> 0)::bigint, 1), coalesce((ids -> t.table_name ->> 1)::bigint, 0);
            END IF;
            EXECUTE format('UPDATE hazatlas.%I x SET (%s) = ROW(%s) FROM %s WHERE x.id = old.id',
                           t.table_name, put, 'old.' || replace(put, ', ', ', old.'), old)
                USING batch, coalesce((ids -> t.table_name ->> 0)::bigint, 1), coalesce((ids -> t.table_name ->> 1)::bigint, 0);
            GET DIAGNOSTICS done = ROW_COUNT;
            total := total + done;
        END IF;
        EXECUTE format('INSERT INTO hazatlas.%I (id, %s) OVERRIDING SYSTEM VALUE SELECT id, %s FROM %s'
                       ' WHERE NOT EXISTS (SELECT FROM hazatlas.%I x WHERE x.id = old.id) ORDER BY id',
                       t.table_name, put, put, old, t.table_name)
            USING batch, coalesce((ids -> t.table_name ->> 0)::bigint, 1), coalesce((ids -> t.table_name ->> 1)::bigint, 0);
        GET DIAGNOSTICS done = ROW_COUNT;
        total := total + done;
    END LOOP;
    RETURN total;
END $$;
COMMENT ON FUNCTION undo_put_back(bigint, jsonb) IS 'After undo_take_out: what an import changed or deleted, as it was; returns how many rows.';

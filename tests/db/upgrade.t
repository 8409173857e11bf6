#!/bin/sh
# upgrade.t - a database of the first release, with data in it, is migrated and keeps them.
. tests/db/lib.sh
start_server
socket=$(cd "$DATA/run" && pwd -P)
old() { # old STATEMENT: in the database of the first release
    (cd / && /usr/lib/postgresql/15/bin/psql -qAtX -v ON_ERROR_STOP=1 -h "$socket" -U hazatlas old \
        -c 'SET search_path TO hazatlas, public' -c "$1")
}
sql 'CREATE DATABASE old' postgres >/dev/null
old 'CREATE EXTENSION postgis SCHEMA public; CREATE EXTENSION pg_trgm SCHEMA public; CREATE SCHEMA hazatlas;
CREATE TABLE hazatlas.schema_migration (number integer PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now())' >/dev/null 2>&1
for file in gis/schema/000[1-4]_*.sql; do
    stem=$(basename "$file" .sql)
    ok "$stem as it was released" old "BEGIN; $(cat "$file"); COMMIT"
    number=${stem%%_*}
    old "INSERT INTO schema_migration (number, name, sha256) VALUES ($((${number#000})), '$stem', '$(sha256sum "$file" | cut -d' ' -f1)')"
done
ok 'data of the first release' old "
BEGIN;
INSERT INTO source (name, title) VALUES ('prtr', 'prtr');
INSERT INTO import_batch (source_id, kind, file_name, file_bytes, file_sha256, rows_read, rows_new, rows_changed, rows_unchanged, rows_repeated, rows_rejected)
    VALUES (1, 'facilities', 'f.csv', 1, 'x', 1, 1, 0, 0, 0, 1);
INSERT INTO rejected_row (batch_id, line, code, reason, row_values) VALUES (1, 3, 'name_missing', 'none', '[]');
INSERT INTO substance (cas, name_zh, name_en, citation, row_hash, source_id, batch_id) VALUES ('108-88-3', '甲苯', 'Toluene', 'c', '\\x00112233445566778899aabbccddeeff', 1, 1);
INSERT INTO substance_name (substance_id, name, language, name_key) VALUES (1, '甲苯', 'zh', '甲苯');
INSERT INTO facility (facility_key, name, position_check, geom, search_key, source_id, batch_id)
    VALUES ('ems:F1', '舊廠', 'ok', ST_SetSRID(ST_MakePoint(121.5, 25), 4326), '舊廠', 1, 1);
INSERT INTO facility_number (facility_id, scheme, number) VALUES (1, 'ems_no', 'F1');
INSERT INTO facility_record (facility_id, source_id, batch_id, line, row_hash, fields) VALUES (1, 1, 1, 2, '\\x00112233445566778899aabbccddeeff', '{}');
INSERT INTO holding (facility_id, substance_id, substance_link, reported_cas, reported_key, behaviour, quantity_kg, reported_quantity, reported_unit, source_id, batch_id, line)
    VALUES (1, 1, 'cas', '108-88-3', '108-88-3', 'use', 5, '5', 'kg', 1, 1, 2);
COMMIT"
export HAZATLAS_DATABASE="host=$socket dbname=old user=hazatlas"
ok 'it is migrated' "$HAZATLAS" migrate
is 'to the schema of this program' "$(old 'SELECT count(*) FROM schema_migration')" "$(ls gis/schema/*.sql | wc -l)"
is 'facility, number and holding are there' "$(old "SELECT f.name, n.number, h.quantity_kg, h.substance_link FROM facility f JOIN facility_number n ON n.facility_id = f.id JOIN holding h ON h.facility_id = f.id")" '舊廠|F1|5|cas'
is 'the substance is what its source said' "$(old "SELECT r.cas FROM substance_record r JOIN source s ON s.id = r.source_id WHERE s.name = 'prtr'")" 108-88-3
ok 'again there is nothing to do' "$HAZATLAS" migrate
printf '管制編號,名稱\nF1,舊廠\nF2,新廠\n' >"$TEST_TMP/new.csv"
ok 'an import goes on from there' "$HAZATLAS" import facilities "$TEST_TMP/new.csv" --source prtr
is 'both facilities' "$(old 'SELECT count(*) FROM facility')" 2
batch=$(old 'SELECT max(id) FROM import_batch')
ok 'and it is undone' "$HAZATLAS" undo "$batch"
is 'the state of the first release' "$(old 'SELECT count(*) FROM facility')" 1
unset HAZATLAS_DATABASE
done_testing

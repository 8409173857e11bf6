#!/bin/sh
# Imports into a database: gives the cmocka programs test_import_db_* one, and passes on what they say.
. tests/db/lib.sh

start_server
sql 'CREATE DATABASE import_test' >/dev/null
HAZATLAS_TEST_DATABASE="host=$DATA/run user=hazatlas dbname=import_test"
export HAZATLAS_TEST_DATABASE

# In a folder of its own, with the tables that it reads.
mkdir -p "$TEST_TMP/run/data"
cp data/*.csv "$TEST_TMP/run/data/"
cp "${BUILD:-build}"/tests/unit/test_import_db_* "$TEST_TMP/run/"
chmod -R a+rX "$TEST_TMP/run"

for source in tests/unit/test_import_db_*.c; do
    program=${source#tests/unit/test_import_db_}
    program=${program%.c}
    (cd "$TEST_TMP/run" && "./test_import_db_$program") >"$TEST_TMP/said" 2>"$TEST_TMP/complained"
    result=$?
    grep -E '^(not )?ok ' "$TEST_TMP/said" >"$TEST_TMP/lines"
    while read -r word rest; do
        case $word in
        ok) is "$program: ${rest#* - }" passed passed ;;
        *) is "$program: ${rest#ok * - }" failed passed ;;
        esac
    done <"$TEST_TMP/lines"
    [ "$result" = 0 ] || sed 's/^/# /' "$TEST_TMP/said" "$TEST_TMP/complained"
    ok "$program: ran to its end" test "$result" = 0 -a -s "$TEST_TMP/lines"
done
done_testing

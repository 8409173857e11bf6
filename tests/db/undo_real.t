#!/bin/sh
# The agencies' own files of every kind go in and out again: after each undo every table holds what it held
# before, but for the history of imports. They are not part of this repository: SHARED_DATA says where they are.
. tests/db/lib.sh

FILES=${SHARED_DATA:-../shared/data}
[ -d "$FILES/taiwan" ] || skip_all "no shared data ($FILES); set SHARED_DATA"
start_server

# Every table of the schema, watched or not: rows and the sum of their hashes. What says that there were imports stays.
history="'import_batch', 'import_change', 'import_job', 'rejected_row', 'source', 'atlas_revision', 'schema_migration', 'facility_match'"
state() {
    sql "SELECT relname FROM pg_class WHERE relnamespace = 'hazatlas'::regnamespace AND relkind = 'r'
         AND relname NOT IN ($history) ORDER BY 1" | while read -r table; do
        sql "SELECT '$table', count(*), sum(hashtextextended(t::text, 0)::numeric) FROM $table t"
    done
}
n=0
batches=
there() { # KIND FILE SOURCE
    state >"$TEST_TMP/state.$n"
    ok "$1 from $2" import "$1" "$FILES/$2" "$3" || sed 's/^/# /' "$TEST_TMP/import.err"
    batches="$(sed -n 's/.*batch \([0-9]*\)$/\1/p' "$REPORT" | head -1) $batches"
    n=$((n + 1))
}
there facilities taiwan/facilities_toxic_2017.csv toxic
there areas taiwan/counties.geojson moi
there areas taiwan/towns.geojson moi
there holdings taiwan/tox_operations_2012_2015.csv tox
there facilities taiwan/facilities_all_2017.csv.gz all
there basins taiwan/river_basins.geojson epa
there rivers taiwan/rivers_gshhg.geojson gshhg
there sites taiwan/river_stations.csv epa
there samples seed/river_samples.csv epa
there incidents seed/incidents_domestic.csv seed
there places taiwan/er_hospitals.csv nhi
there contaminated taiwan/contaminated_sites_nonfarm.csv sgw
there stations taiwan/air_quality_stations.csv epa
there substances chem/nfpa704.csv nfpa
state >"$TEST_TMP/state.$n"
is 'every import changed something' "$(for i in $(seq $n); do cmp -s "$TEST_TMP/state.$i" "$TEST_TMP/state.$((i - 1))" && echo "$i"; done)" ''

for batch in $batches; do
    n=$((n - 1))
    "$HAZATLAS" undo "$batch" --data "$DATA" >"$TEST_TMP/undone" 2>&1
    is "batch $batch is undone" "$?" 0 || sed 's/^/# /' "$TEST_TMP/undone"
    state >"$TEST_TMP/now"
    ok "batch $batch: $(sed -n 's/^Batch [0-9]* (\(.*\)) is.*/\1/p' "$TEST_TMP/undone"): all as before" diff "$TEST_TMP/now" "$TEST_TMP/state.$n"
done
is 'the journal is empty' "$(sql 'SELECT count(*) FROM import_change')" 0
stop_server
done_testing

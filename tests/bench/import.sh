#!/bin/sh
# import.sh - the import of facilities as ratios against ogr2ogr with COPY, which checks nothing: same
# file, same database, one run. IMPORT_ROWS: sizes, one after the other, each in a database of its own.
# Then the same file again, and its rows in the opposite order under the same source.
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
shared=${SHARED_DATA:-../shared/data}
sizes=${IMPORT_ROWS:-100000 1000000}
work=$(mktemp -d /tmp/hazatlas-bench.XXXXXX)
chmod 755 "$work"
server=''
trap 'kill $server 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT INT TERM
pg=/usr/lib/postgresql/15/bin

say() { printf '%s\n' "$*"; }
now() { date +%s.%N; }
quotient() { awk "BEGIN { printf \"%.2f\", $1 / $2 }"; }

if [ -d "$shared/taiwan" ]; then
    seeds=$shared/taiwan/facilities_all_2017.csv.gz borders="$shared/taiwan/counties.geojson $shared/taiwan/towns.geojson"
else
    say "No shared data here: rows and borders like those of the sample region"
    seeds=$build/sample/facilities.csv borders="$build/sample/counties-10t.json $build/sample/towns-10t.json"
fi

sql() { (cd / && exec "$pg/psql" -Atq "$socket" -c 'SET search_path = hazatlas, public' -c "$1"); }

# Peak memory of the program and of its reading child, kB: sampled from the kernel's own peaks.
peak=0
watch_memory() { # PID
    peak=0
    while kill -0 "$1" 2>/dev/null; do
        sum=0
        for pid in "$1" $(pgrep -P "$1"); do
            kb=$(awk '/VmHWM/ { print $2 }' "/proc/$pid/status" 2>/dev/null || true)
            sum=$((sum + ${kb:-0}))
        done
        [ "$sum" -le "$peak" ] || peak=$sum
        sleep 0.1
    done
}

# import FILE: sets $took (s) and $peak (kB).
import() {
    started=$(now)
    "$build/hazatlas" import facilities "$1" --source bench --data "$data" >"$work/report" 2>"$work/import.err" &
    import_pid=$!
    watch_memory $import_pid
    wait $import_pid || { cat "$work/import.err"; exit 1; }
    took=$(awk "BEGIN { printf \"%.2f\", $(now) - $started }")
}

start() {
    for file in $borders; do
        "$build/hazatlas" import areas "$file" --source moi --data "$data" >"$work/report" 2>&1 || { cat "$work/report"; exit 1; }
    done
    "$build/hazatlas" serve --port 0 --data "$data" >"$work/serve.log" 2>&1 &
    server=$!
    for _ in $(seq 600); do
        grep -q 'is serving' "$work/serve.log" && break
        kill -0 $server 2>/dev/null || { cat "$work/serve.log"; exit 1; }
        sleep 0.1
    done
    socket="host=$data/run dbname=hazatlas user=hazatlas"
}

for rows in $sizes; do
    data=$work/data
    start
    node tests/bench/facilities.mjs "$rows" "$seeds" >"$work/f.csv"
    { head -1 "$work/f.csv"; tail -n +2 "$work/f.csv" | tac; } >"$work/reversed.csv"

    sql 'CREATE SCHEMA rival'
    started=$(now)
    ogr2ogr -f PostgreSQL "PG:$socket" "$work/f.csv" -nln rival.facility -a_srs EPSG:4326 \
        -oo X_POSSIBLE_NAMES=lon -oo Y_POSSIBLE_NAMES=lat --config PG_USE_COPY YES
    rival=$(awk "BEGIN { printf \"%.2f\", $(now) - $started }")
    sql 'DROP SCHEMA rival CASCADE' 2>/dev/null

    import "$work/f.csv"
    first=$took memory=$peak
    started=$(now)
    for _ in $(seq 6000); do
        [ "$(sql "SELECT max(substring(c.relname FROM '[0-9]+\$')::bigint) FROM pg_class c JOIN pg_index x ON x.indexrelid = c.oid
                  WHERE x.indisvalid AND c.relname LIKE 'facility_search_%'")" -gt 0 ] && break
        sleep 0.1
    done
    index=$(awk "BEGIN { printf \"%.1f\", $(now) - $started }")
    import "$work/f.csv"
    same=$took
    import "$work/reversed.csv"
    resourced=$took again=$peak
    unchanged=$(sed -n 's/^ *\([0-9]*\)  unchanged.*/\1/p' "$work/report")

    say ""
    say "import of $rows facilities ($(($(wc -c <"$work/f.csv") / 1000000)) MB)"
    say "  ogr2ogr with COPY       $rival s"
    say "  ours, all checks        $first s; ratio $(quotient "$rival" "$first") x    (wanted: 2 x)"
    say "    memory at its peak    $((memory / 1024)) MB, program and reading child    (wanted: below 300)"
    say "    search index          $index s later, by the server; searches are right before"
    say "  the very same file      $same s; $(quotient "$first" "$same") x faster than the first    (wanted: 5 x)"
    say "  rows in another order   $resourced s, $unchanged unchanged, $((again / 1024)) MB; $(quotient "$first" "$resourced") x    (wanted: 5 x)"
    kill $server
    wait $server 2>/dev/null || true
    server=''
    rm -rf "$data" "$work/f.csv" "$work/reversed.csv"
done

#!/bin/sh
# What commands write and where: a full disk, a reader that has gone, a file that cannot be made, a
# Ctrl-C on the way. Nothing is lost in silence, nothing is half there.
. tests/http/lib.sh
start_server --sample "${BUILD:-build}/sample"
T=$TEST_TMP
run() { # sets OUT, ERR, EXIT
    "$HAZATLAS" "$@" >"$T/out" 2>"$T/err" </dev/null
    EXIT=$?
    OUT=$(cat "$T/out")
    ERR=$(cat "$T/err")
}
printf '管制編號,名稱,地址,經度,緯度\nT1,一廠,高雄市小港區一路1號,120.35,22.56\nT2,二廠,高雄市小港區二路2號,abc,22.57\n' >"$T/few.csv"
printf 'company,domestic_total\nA,2\nB,1\n' >"$T/companies.csv"
printf 'x,y\n121.5,25\n121.6,25.1\n' >"$T/points.csv"
echo '{"items":[{"item":"硫磺","quantity":"110","unit":"kg"}]}' >"$T/hand.json"
run import facilities "$T/few.csv" --source few --data "$DATA"
is 'import: exit' "$EXIT" 0
batch=$(echo "$OUT" | sed -n '1s/.*batch \([0-9]*\)$/\1/p')
run run save before --data "$DATA"
is 'run save: exit' "$EXIT" 0
saved=$(sql 'SELECT max(id) FROM radar_run')

# ---- what is read is never written over ----
own() { # FILE WORD…: the command's output is FILE, which it reads
    file=$1
    shift
    before=$(cat "$file")
    run "$@" -o "$file"
    ok "own input: $*: refused" test "$EXIT" -ne 0
    like "own input: $*: said" "$ERR" 'is a file to read from; it would be lost'
    is "own input: $*: as it was" "$(cat "$file")" "$before"
}
echo '{"type":"Polygon","coordinates":[[[121,24],[122,24],[122,26],[121,26],[121,24]]]}' >"$T/mask.geojson"
ln -s points.csv "$T/other.csv"
own "$T/points.csv" heat "$T/points.csv" --crs EPSG:4326
own "$T/other.csv" heat "$T/points.csv" --crs EPSG:4326
own "$T/mask.geojson" heat "$T/points.csv" --crs EPSG:4326 --mask "$T/mask.geojson"
own "$T/companies.csv" priority "$T/companies.csv" --format csv
own "$T/hand.json" threshold check "$T/hand.json" --data "$DATA"
run heat "$T/points.csv" --crs EPSG:4326 -o "$T/again.tif"
run heat "$T/points.csv" --crs EPSG:4326 -o "$T/again.tif"
is 'a result made before may be written over' "$EXIT" 0

# ---- a full disk is told, whoever writes ----
full() { # WORD…
    "$HAZATLAS" "$@" >/dev/full 2>"$T/err" </dev/null
    is "full: $*: exit" "$?" 1
    like "full: $*: said" "$(cat "$T/err")" '^hazatlas: standard output takes no more'
}
full version
full help
full radar --help
full heat "$T/points.csv" --x x --y y --crs EPSG:4326 --to EPSG:3826 -o "$T/heat.tif"
full priority "$T/companies.csv"
full priority "$T/companies.csv" --format csv
"$HAZATLAS" radar substances --format json --data "$DATA" >&- 2>"$T/err" </dev/null
is 'closed: exit' "$?" 1
like 'closed: said' "$(cat "$T/err")" '^hazatlas: standard output takes no more'
is 'closed: nothing went elsewhere' "$(cat "$DATA"/cluster.*)" ''
full_data() { full "$@" --data "$DATA"; }
full_data import facilities "$T/few.csv" --source few --dry-run
full_data export rejected --batch "$batch"
full_data migrate
full_data doctor
full_data quality
full_data quality --json
full_data threshold
full_data threshold --format json
full_data threshold check "$T/hand.json"
full_data threshold assign 7440-66-6 --category 2 --item-no 5 --by me --reason powder
full_data anomaly
full_data anomaly --format xlsx
full_data anomaly --format geojson
full_data radar facilities
full_data radar substances --format json
full_data radar sensitivity
full_data region
full_data region --format json
full_data run
full_data run show "$saved"
full_data run compare "$saved" now --format json
full_data undo "$batch"
is 'what could not be told was done' "$(sql "SELECT count(*) FROM facility WHERE name = '一廠'")" 0

# ---- an answer is all that goes to standard output, also when the database is made for it ----
mkdir "$T/fresh"
run quality --json --data "$T/fresh"
is 'a new database: exit' "$EXIT" 0
is 'a new database: JSON alone' "$(echo "$OUT" | jq .overdue_days)" 120
like 'a new database: said beside it' "$ERR" '^Making a private PostgreSQL database'
like 'a new database: and what was done' "$ERR" '^Schema: [0-9]+ migrations applied'

# ---- a reader that has seen enough is content ----
mkfifo "$T/pipe"
gone() { # WORD…
    : <"$T/pipe" &
    exec 4>"$T/pipe"
    wait $!
    "$HAZATLAS" "$@" --data "$DATA" >&4 2>"$T/err" </dev/null
    is "reader gone: $*: exit" "$?" 0
    exec 4>&-
    is "reader gone: $*: nothing to say" "$(cat "$T/err")" ''
}
gone radar facilities
gone radar facilities --format json
gone region --format xlsx
gone export rejected --batch "$batch"
gone run
gone quality

# ---- a file that cannot be made is told before the work: the database is not even looked for ----
refused() { # PATTERN WORD…
    refused_pattern=$1
    shift
    HAZATLAS_DATABASE='host=/nowhere dbname=x' "$HAZATLAS" "$@" >"$T/out" 2>"$T/err" </dev/null
    is "no such file: $*: exit" "$?" 1
    like "no such file: $*: said" "$(cat "$T/err")" "$refused_pattern"
}
for command in anomaly threshold 'radar facilities' region 'run show 1' 'export rejected --batch 1'; do
    # shellcheck disable=SC2086 # words
    refused 'absent/f cannot be written: No such file' $command -o "$T/absent/f"
done
refused 'few.csv/f cannot be written: Not a directory' region -o "$T/few.csv/f"
refused 'cannot be written: it is not a plain file' region -o "$T"
refused 'pipe cannot be written: it is not a plain file' region -o "$T/pipe"
ok 'what stood there stands there' test -p "$T/pipe"
run priority "$T/absent.csv" --format csv -o "$T/absent/f"
like 'priority too' "$ERR" 'absent/f cannot be written'

# ---- a file to read is read before the database is looked for ----
truncate -s 2000000 "$T/wide.json"
for file in absent wide; do
    HAZATLAS_DATABASE='host=/nowhere dbname=x' "$HAZATLAS" threshold check "$T/$file.json" 2>"$T/err"
    is "threshold check, $file file" "$? $(grep -Ec "$file.json (cannot be opened|is larger than)" "$T/err")" '1 1'
done

# ---- a file is whole, or as it was ----
echo mine >"$T/kept"
run export rejected --batch 99999 -o "$T/kept" --data "$DATA"
is 'no such batch: exit' "$EXIT" 1
is 'no such batch: the file stays' "$(cat "$T/kept")" mine
run region --runs 99999 --format json -o "$T/kept" --data "$DATA"
is 'no such run: the file stays' "$EXIT $(cat "$T/kept")" '1 mine'
ok 'nothing is left beside it' test ! -e "$T/kept.part"
run export rejected --batch "$batch" -o "$T/kept" --data "$DATA"
is 'export: exit' "$EXIT" 0
like 'export: the file is the new one' "$(cat "$T/kept")" '二廠'

# ---- Ctrl-C while the database is at work leaves the state before ----
run import facilities "$T/few.csv" --source few --data "$DATA"
batch=$(echo "$OUT" | sed -n '1s/.*batch \([0-9]*\)$/\1/p')
interrupted() { # TABLE WORD…: Ctrl-C while the command waits for the table
    sql "BEGIN; LOCK TABLE $1 IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(600)" >/dev/null 2>&1 &
    locker=$!
    table=$1
    shift
    ok "Ctrl-C: $*: $table is locked" wait_until locked
    "$HAZATLAS" "$@" --data "$DATA" >"$T/out" 2>"$T/err" </dev/null &
    command=$!
    ok "Ctrl-C: $*: it waits" wait_until waits
    kill -INT "$command"
    wait "$command"
    is "Ctrl-C: $*: exit" "$?" 1
    like "Ctrl-C: $*: said" "$(cat "$T/err")" 'was cancelled; (nothing was changed|each is whole)'
    sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()" >/dev/null
    wait "$locker" 2>/dev/null
}
locked() { [ "$(sql "SELECT count(*) FROM pg_locks WHERE granted AND mode = 'AccessExclusiveLock' AND relation = '$table'::regclass")" = 1 ]; }
waits() { [ "$(sql 'SELECT count(*) FROM pg_locks WHERE NOT granted')" -ge 1 ]; }
interrupted radar_run run save after
is 'Ctrl-C: run save: as before' "$(sql "SELECT string_agg(name, ',') FROM radar_run")" before
interrupted facility undo "$batch"
is 'Ctrl-C: undo: as before' "$(sql "SELECT count(*) FROM facility WHERE name = '一廠'")" 1
interrupted schema_migration migrate
interrupted schema_migration run list
interrupted holding region -o "$T/kept"
like 'Ctrl-C: region: the file is as it was' "$(cat "$T/kept")" '二廠'
ok 'Ctrl-C: region: nothing is left beside it' test ! -e "$T/kept.part"
done_testing

#!/bin/sh
# The command line: help, errors, exit statuses; import, export, migrate, doctor; a database of others.
. tests/http/lib.sh
mkdir -p "$DATA"
run() { # sets OUT, ERR, EXIT
    "$HAZATLAS" "$@" >"$TEST_TMP/out" 2>"$TEST_TMP/err" </dev/null
    EXIT=$?
    OUT=$(cat "$TEST_TMP/out")
    ERR=$(cat "$TEST_TMP/err")
}

# ---- help and errors ----
run
is 'no command: exit' "$EXIT" 2
like 'no command: usage' "$ERR" '^usage: hazatlas COMMAND'
run fly
is 'unknown command: exit' "$EXIT" 2
like 'unknown command: named' "$ERR" 'no command "fly"'
run version
like 'version' "$OUT" '^hazatlas [0-9]+\.[0-9]+\.[0-9]+$'
run help
is 'help: exit' "$EXIT" 0
for command in serve import export migrate doctor review undo quality radar; do
    like "help lists $command" "$OUT" "^  $command "
    "$HAZATLAS" $command --help >"$TEST_TMP/help" 2>&1
    is "$command --help: exit" "$?" 0
    like "$command --help: usage" "$(cat "$TEST_TMP/help")" "^usage: hazatlas $command"
    like "$command --help: data folder" "$(cat "$TEST_TMP/help")" '--data DIR'
    "$HAZATLAS" $command --colour red x y >"$TEST_TMP/help" 2>&1
    is "$command, unknown option: exit" "$?" 2
    like "$command, unknown option: named" "$(cat "$TEST_TMP/help")" 'unknown option --colour'
done
run import --help
like 'import --help: kinds' "$OUT" '^KIND facilities:'
like 'import --help: Chinese headers' "$OUT" 'headers: .*管制編號'
like 'import --help: coordinate systems' "$OUT" 'EPSG:3826'
like 'import --help: formats' "$OUT" '[.]xlsx [.]xlsm [.]ods'
like 'import --help: encodings' "$OUT" 'UTF-8 CP950 UTF-16LE'
run serve --port
is 'a value is missing: exit' "$EXIT" 2
run serve --port 70000
is 'a port that is none: exit' "$EXIT" 2
like 'a port that is none: bounds' "$ERR" 'from 0 to 65535'
run serve --port=1 --port=2
like 'an option given twice' "$ERR" 'given twice: --port=2'
run serve --verbose=yes
like 'a switch with a value' "$ERR" 'takes no value'
run serve --host no.such.host.invalid --port 0 --data "$DATA"
is 'an address that is none: exit' "$EXIT" 1
run import facilities
like 'an operand is missing' "$ERR" 'missing: FILE'
run import people x.csv --source a
is 'unknown kind: exit' "$EXIT" 2
like 'unknown kind: those there are' "$ERR" 'kinds are .*facilities'
run import facilities x.csv
like 'no source' "$ERR" '--source NAME is wanted'
run import facilities "$TEST_TMP/absent.csv" --source a --data "$DATA"
is 'no such file: exit' "$EXIT" 1
like 'no such file: named' "$ERR" 'absent.csv cannot be read'
run import facilities "$TEST_TMP" --source a --data "$DATA"
like 'a folder' "$ERR" 'not a plain file'
run import facilities x.csv --source a --map name
like 'a map without =' "$ERR" '--map wants FIELD=COLUMN'
run export nothing --batch 1
is 'export of nothing: exit' "$EXIT" 2
run export rejected --data "$DATA"
is 'export without a batch: exit' "$EXIT" 2

# ---- doctor on nothing ----
run doctor --data "$TEST_TMP/none"
is 'doctor without a database: exit' "$EXIT" 0
ok 'doctor makes nothing' test ! -e "$TEST_TMP/none"

# ---- import without a server ----
cat >"$TEST_TMP/facilities.csv" <<'CSV'
管制編號,名稱,地址,經度,緯度
T0000001,試驗一廠,高雄市小港區一路1號,120.35,22.56
T0000002,試驗二廠,高雄市小港區二路2號,abc,22.57
T0000003,試驗三廠,高雄市小港區三路3號,120.36,22.58
CSV
run import facilities "$TEST_TMP/facilities.csv" --source trial --data "$DATA"
is 'import: exit' "$EXIT" 0
like 'import: file, kind, source, batch' "$OUT" '^facilities.csv: facilities from source trial, batch [0-9]+$'
like 'import: rows read' "$OUT" '^ +3  rows read$'
batch=$(echo "$OUT" | sed -n 's/.*batch \([0-9]*\)$/\1/p' | head -1)
like 'import: what was wrong, with an example' "$OUT" '^      e\.g\. line 3'
run import facilities "$TEST_TMP/facilities.csv" --source trial --data "$DATA"
is 'the same again: exit' "$EXIT" 0
like 'the same again: nothing changed' "$OUT" 'nothing was changed'
run export rejected --batch "$batch" --data "$DATA" -o "$TEST_TMP/rejected.csv"
is 'export: exit' "$EXIT" 0
is 'export: a header and the row' "$(wc -l <"$TEST_TMP/rejected.csv" | tr -d ' ')" 2
like 'export: the row as it was' "$(cat "$TEST_TMP/rejected.csv")" '試驗二廠'
run export rejected --batch 99999 --data "$DATA"
is 'export of a batch that is none: exit' "$EXIT" 1
run migrate --data "$DATA"
is 'migrate: exit' "$EXIT" 0
like 'migrate: up to date' "$OUT" 'up to date'
run doctor --data "$DATA"
is 'doctor: exit' "$EXIT" 0
unlike 'doctor: nothing fails' "$OUT" '^FAIL'
for what in program database extensions schema atlas 'reference tables' borders facilities disk memory; do
    like "doctor: $what" "$OUT" "^(ok|warn) +$what "
done
ok 'nothing is left running' test ! -f "$DATA/pg/postmaster.pid"

# ---- the import is seen by a server that runs ----
start_server
is 'the server has it' "$(curl -s "$URL/api/v1/status" | jq .atlas.facilities)" 3
sed -i 's/T000000/T000001/; s/試驗/再試/; s/abc/120.37/' "$TEST_TMP/facilities.csv"
run import facilities "$TEST_TMP/facilities.csv" --source trial --data "$DATA"
is 'import beside the server: exit' "$EXIT" 0
seen() { [ "$(curl -s "$URL/api/v1/status" | jq .atlas.facilities)" = 6 ]; }
ok 'seen' wait_until seen
like 'its source is listed' "$(curl -s "$URL/api/v1/status" | jq -r '.sources[].name')" '^trial$'

# ---- Ctrl-C while the database is at work ----
sql 'BEGIN; LOCK TABLE hazatlas.facility IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(600)' hazatlas >/dev/null 2>&1 &
LOCKER=$!
sed -i 's/T000001/T000002/; s/再試/三試/' "$TEST_TMP/facilities.csv"
"$HAZATLAS" import facilities "$TEST_TMP/facilities.csv" --source trial --data "$DATA" >"$TEST_TMP/out" 2>"$TEST_TMP/err" &
IMPORT=$!
waits() { [ "$(sql 'SELECT count(*) FROM pg_locks WHERE NOT granted')" -ge 1 ]; }
ok 'Ctrl-C: the import waits for the database' wait_until waits
kill -INT "$IMPORT"
wait "$IMPORT"
is 'Ctrl-C: exit' "$?" 1
is 'Ctrl-C: the lock is still held' "$(sql "SELECT count(*) FROM pg_locks WHERE granted AND mode = 'AccessExclusiveLock' AND relation = 'hazatlas.facility'::regclass" hazatlas)" 1
like 'Ctrl-C: said' "$(cat "$TEST_TMP/err")" 'was cancelled; nothing was changed'
kill "$LOCKER"
wait "$LOCKER" 2>/dev/null
sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()" hazatlas >/dev/null
is 'Ctrl-C: nothing is there' "$(sql "SELECT count(*) FROM hazatlas.facility WHERE name LIKE '三試%'" hazatlas)" 0

# ---- a database of others ----
elsewhere() { # DATABASE COMMAND…: as the user who may enter the socket's folder
    HAZATLAS_DATABASE="host=$DATA/run user=hazatlas dbname=$1"
    export HAZATLAS_DATABASE
    shift
    run "$@"
    unset HAZATLAS_DATABASE
}
chmod 711 "$DATA" 2>/dev/null
sql 'CREATE DATABASE others' postgres
elsewhere others serve --port 0
is 'an empty database: exit' "$EXIT" 1
like 'an empty database: what to do' "$ERR" 'run `hazatlas migrate`'
elsewhere others doctor
is 'doctor on it: exit' "$EXIT" 1
elsewhere others migrate
is 'migrate: exit' "$EXIT" 0
elsewhere others doctor
is 'doctor then: exit' "$EXIT" 0
HAZATLAS_DATABASE="host=$DATA/run user=hazatlas dbname=others" "$HAZATLAS" serve --port 0 \
    >"$TEST_TMP/others.log" 2>&1 &
OTHERS=$!
ok 'then it is served' wait_until grep -q 'is serving' "$TEST_TMP/others.log"
kill "$OTHERS"
wait "$OTHERS"
is 'and stops' "$?" 0
sql "DELETE FROM hazatlas.schema_migration WHERE number = (SELECT max(number) FROM hazatlas.schema_migration)" others
elsewhere others serve --port 0
is 'an older schema: exit' "$EXIT" 1
like 'an older schema: what to do' "$ERR" 'older than this program: run `hazatlas migrate`'
sql "SET client_min_messages = error; DROP SCHEMA hazatlas CASCADE; CREATE SCHEMA hazatlas; CREATE TABLE hazatlas.mine (n int)" others
elsewhere others import facilities "$TEST_TMP/facilities.csv" --source a
is 'a foreign schema: exit' "$EXIT" 1
like 'a foreign schema: what to do' "$ERR" 'not this program'
elsewhere others migrate
is 'migrate refuses it: exit' "$EXIT" 1
HAZATLAS_DATABASE='host=/nowhere dbname=x' "$HAZATLAS" serve --port 0 >"$TEST_TMP/out" 2>&1
is 'no such database: exit' "$?" 1
like 'no such database: said' "$(cat "$TEST_TMP/out")" 'the database does not answer'

# ---- what is no file, what is no database yet ----
mkfifo "$TEST_TMP/pipe.csv"
run import facilities "$TEST_TMP/pipe.csv" --source trial --data "$DATA"
is 'a pipe does not hang: exit' "$EXIT" 1
like 'a pipe: said' "$ERR" 'not a plain file'
mkdir "$TEST_TMP/empty"
run doctor --data "$TEST_TMP/empty"
like 'doctor: there is none yet' "$OUT" 'there is none yet'
is 'doctor changes nothing' "$(ls -A "$TEST_TMP/empty")" ''

stop_server
is 'the server stops' "$SERVER_EXIT" 0
done_testing

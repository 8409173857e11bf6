#!/bin/sh
# What can happen to an import from outside: its reader, its program or its database is killed, the
# disk is full, another import of the same family runs beside it. A clear error, and nothing half.
. tests/db/lib.sh
command -v pgrep >/dev/null || skip_all 'no pgrep here'

made=$TEST_TMP/made
mkdir -p "$made"
awk 'BEGIN { print "ems_no,name,lon,lat"; for (i = 0; i < 300000; i++) printf "A%d,factory %d,121.%04d,24.5\n", i, i, i % 9999 }' >"$made/many.csv"
awk 'BEGIN { print "ems_no,name,lon,lat"; for (i = 0; i < 2000; i++) printf "B%d,other %d,121.%04d,24.5\n", i, i, i % 9999 }' >"$made/other.csv"
printf 'ems_no,name,lon,lat\nZ1,before,121,24\n' >"$made/before.csv"
start_server
import facilities "$made/before.csv" before
state() { sql "SELECT (SELECT count(*) FROM facility) || ' ' || (SELECT count(*) FROM facility_record) || ' ' || (SELECT count(*) FROM import_batch) || ' ' || (SELECT count(*) FROM rejected_row) || ' ' || (SELECT count(*) FROM source)"; }
before=$(state)

importing() { # importing FILE SOURCE: in the background, stopped while its reader is at work and rows go to the database
    wait_until no_copy || echo '# rows of the import before still go to the database'
    "$HAZATLAS" import facilities "$1" --source "$2" --data "$DATA" >"$REPORT" 2>"$TEST_TMP/import.err" &
    IMPORT=$!
    wait_until reads || echo '# the reader was not seen'
    wait_until copies || echo '# no rows went to the database'
    kill -STOP "$IMPORT"
}
# The reading child: its parent's descriptors are closed, so its standard output is /dev/null.
reads() { for c in $(pgrep -P "$IMPORT"); do [ "$(readlink "/proc/$c/fd/1")" = /dev/null ] && READER=$c && return 0; done; return 1; }
copying() { sql "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'COPY %'"; }
no_copy() { [ "$(copying)" = 0 ]; }
copies() { [ "$(copying)" != 0 ]; }
ended() { # ended NAME WANTED: the exit status and the sentence
    wait "$IMPORT"
    ended_status=$?
    is "$1: ends with a failure" "$ended_status" 1
    like "$1: says what happened" "$(cat "$TEST_TMP/import.err")" "$2"
}

importing "$made/many.csv" child
kill -KILL "$READER"
kill -CONT "$IMPORT"
ended 'the reader killed' 'the process that reads the file was ended .*nothing was imported'
is 'the reader killed: the state before' "$(state)" "$before"

importing "$made/many.csv" program
kill -KILL "$IMPORT"
wait "$IMPORT" 2>/dev/null
ok 'the program killed: its reader ends too' wait_until sh -c "! kill -0 $READER 2>/dev/null || grep -q '^State:.Z' /proc/$READER/status"
is 'the program killed: the state before' "$(state)" "$before"

importing "$made/many.csv" backend
ok 'the backend is ended' test "$(sql "SELECT count(pg_terminate_backend(pid)) > 0 FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()")" = t
kill -CONT "$IMPORT"
ended 'the backend gone' 'database'
is 'the backend gone: the state before' "$(state)" "$before"

# Two at once.
"$HAZATLAS" import facilities "$made/other.csv" --source first --data "$DATA" >"$TEST_TMP/first" 2>&1 &
first=$!
"$HAZATLAS" import facilities "$made/other.csv" --source second --data "$DATA" >"$TEST_TMP/second" 2>&1 &
second=$!
wait "$first"
is 'two at once: the first ends well' $? 0
wait "$second"
is 'two at once: the second ends well' $? 0
is 'two at once: every row once' "$(sql "SELECT count(*) FROM facility WHERE facility_key LIKE 'ems:B%'")" 2000
is 'two at once: the records of both' "$(sql "SELECT count(*) FROM facility_record r JOIN source s ON s.id = r.source_id WHERE s.name IN ('first', 'second')")" 4000
before=$(state)

importing "$made/many.csv" postgres
kill -KILL "$(head -1 "$DATA/pg/postmaster.pid")"
wait_until sh -c "! pgrep -P $(head -1 "$DATA/pg/postmaster.pid") >/dev/null"
kill -CONT "$IMPORT"
ended 'PostgreSQL killed' 'database'
stop_server KILL
start_server
is 'PostgreSQL killed: the state before' "$(state)" "$before"
stop_server

# A disk that is full: the data folder on a small disk of its own.
DATA=$TEST_TMP/disk
mkdir "$DATA"
if ! mount -t tmpfs -o size=512m,mode=755 none "$DATA" 2>"$TEST_TMP/mount"; then
    echo "# disk full: no small disk can be mounted here ($(head -1 "$TEST_TMP/mount"))"
    done_testing
    exit
fi
trap 'umount -l "$TEST_TMP/disk"; test_cleanup' EXIT
start_server
import facilities "$made/before.csv" before
before=$(state)
head -c 600000000 /dev/zero >"$DATA/filler" 2>/dev/null
truncate -s -24M "$DATA/filler"
ok 'disk full: fails' sh -c "! '$HAZATLAS' import facilities '$made/many.csv' --source full --data '$DATA' 2>'$TEST_TMP/import.err'"
like 'disk full: says so' "$(cat "$TEST_TMP/import.err")" 'disk is full'
is 'disk full: the state before' "$(state)" "$before"
rm "$DATA/filler"
ok 'disk full: with room again it comes in' import facilities "$made/other.csv" full
is 'disk full: all of it' "$(counted new)" 2000
stop_server
done_testing

#!/bin/sh
# Start and stop: what a crash of the server or of PostgreSQL leaves is mended by the next start.
. tests/http/lib.sh
HAZATLAS_MADE= # the first start is tested here

cluster_pid() { head -1 "$DATA/pg/postmaster.pid" 2>/dev/null; }
cluster_gone() { # a process that nobody waited for yet is gone, too
    case $(ps -o stat= -p "$CLUSTER") in '' | Z*) return 0 ;; *) return 1 ;; esac
}
ready_again() { [ "$(curl -s -o /dev/null -w '%{http_code}' "$URL/readyz")" = 200 ]; }
alive() { [ "$(curl -s -o /dev/null -w '%{http_code}' "$URL/healthz")" = 200 ]; }

# ---- first start ----
start_server
like 'says that it makes a database' "$(cat "$SERVER_LOG")" '^Making a private PostgreSQL database'
like 'says where it serves, and what' "$(cat "$SERVER_LOG")" \
    '^HazAtlas is serving http://127\.0\.0\.1:[0-9]+  \(atlas [0-9]+: 0 facilities\)$'
http GET /readyz
is 'ready' "$STATUS" 200
is 'the socket folder is ours alone' "$(stat -c %a "$DATA/run")" 700
is 'no TCP port of PostgreSQL' "$(sql 'SHOW listen_addresses')" ''
is 'fsync is on' "$(sql 'SHOW fsync')" on
is 'locale' "$(sql "SELECT datcollate || ' ' || datctype || ' ' || pg_encoding_to_char(encoding) FROM pg_database WHERE datname = 'hazatlas'")" \
    'C C.UTF-8 UTF8'
if [ "$(id -u)" = 0 ]; then
    unlike 'the server gave up root' "$(ps -o uid= -p "$SERVER_PID" | tr -d ' ')" '^0$'
    like 'and may not get it back' "$(cat "/proc/$SERVER_PID/status")" '^NoNewPrivs:.*1'
fi
is 'the database survives the terminal' "$(ps -o sid= -p "$(cluster_pid)" | tr -d ' ')" "$(cluster_pid)"

# ---- a second server on the same data shares the database; the last one stops it ----
CLUSTER=$(cluster_pid)
"$HAZATLAS" serve --port 0 --data "$DATA" >"$TEST_TMP/second.log" 2>&1 </dev/null &
SECOND=$!
ok 'a second server starts on the same data' wait_until grep -q 'is serving' "$TEST_TMP/second.log"
stop_server
is 'stop ends with 0' "$SERVER_EXIT" 0
ok 'the database goes on for the other' kill -0 "$CLUSTER"
kill -TERM "$SECOND"
wait "$SECOND"
is 'SIGTERM ends with 0' "$?" 0
ok 'the last one stopped the database' cluster_gone

# ---- Ctrl-Z and fg ----
start_server
main_is() { grep -q "^State:.$1" "/proc/$SERVER_PID/task/$SERVER_PID/status"; }
kill -STOP "$SERVER_PID"
ok 'Ctrl-Z: stopped' wait_until main_is T
kill -CONT "$SERVER_PID"
ok 'fg: it goes on' wait_until main_is S
unlike 'and does not take that for a wish to end' "$(cat "$SERVER_LOG")" Stopping
ok 'it answers' alive
stop_server
is 'and stops when it is asked to' "$SERVER_EXIT" 0

# ---- second start ----
start_server
unlike 'a second start makes nothing anew' "$(cat "$SERVER_LOG")" 'Making|migration'

# ---- SIGKILL of the server: the database is found running ----
sql "CREATE TABLE public.kept (n int); INSERT INTO public.kept VALUES (42)"
CLUSTER=$(cluster_pid)
stop_server KILL
ok 'PostgreSQL outlives a killed server' kill -0 "$CLUSTER"
start_server
is 'the next start takes it over' "$(cluster_pid)" "$CLUSTER"
is 'nothing is lost' "$(sql 'SELECT n FROM public.kept')" 42

# ---- SIGKILL of PostgreSQL while serving: it is brought back ----
kill -KILL "$CLUSTER"
ok 'the server lives without it' alive
ok 'and brings it back' wait_until ready_again
is 'nothing is lost' "$(sql 'SELECT n FROM public.kept')" 42
CLUSTER=$(cluster_pid)
for pid in $(pgrep -P "$CLUSTER"); do kill -KILL "$pid" 2>/dev/null; done
ok 'also when all its children are killed' wait_until ready_again

# ---- SIGKILL of both, and a stale pid file that names some other program ----
CLUSTER=$(cluster_pid)
stop_server KILL
kill -KILL "$CLUSTER"
start_server
is 'both killed: nothing is lost' "$(sql 'SELECT n FROM public.kept')" 42
CLUSTER=$(cluster_pid)
stop_server KILL
kill -KILL "$CLUSTER"
wait_until cluster_gone
sed -i "1s/.*/$$/" "$DATA/pg/postmaster.pid"
sed -i "1s/.*/$$/" "$DATA/run/.s.PGSQL.5432.lock"
start_server
is 'a pid file that names another program is seen through' "$(sql 'SELECT n FROM public.kept')" 42
kill -0 $$ && is 'and that program lives' yes yes

# ---- PostgreSQL that is just ending: it is waited for, then started anew ----
CLUSTER=$(cluster_pid)
stop_server KILL
kill -KILL "$CLUSTER"
wait_until cluster_gone
cp "$(command -v sleep)" "$TEST_TMP/postgres"
(cd "$DATA/pg" && exec "$TEST_TMP/postgres" 2) &
sed -i "1s/.*/$!/" "$DATA/pg/postmaster.pid"
start_server
is 'one that is just ending is started anew' "$(sql 'SELECT n FROM public.kept')" 42
stop_server

# ---- SIGKILL while the database is being made ----
for delay in 0.05 0.3 0.8 1.2; do
    rm -rf "$DATA"
    mkdir "$DATA"
    "$HAZATLAS" serve --port 0 --data "$DATA" >"$SERVER_LOG" 2>&1 </dev/null &
    SERVER_PID=$!
    sleep "$delay"
    stop_server KILL
    start_server
    is "killed $delay s after the first start: the next one mends it" "$(sql 'SELECT 1')" 1
    stop_server
    is 'and stops' "$SERVER_EXIT" 0
done

# ---- many at once ----
rm -rf "$DATA"
mkdir "$DATA"
for n in 1 2 3 4; do
    "$HAZATLAS" migrate --data "$DATA" >"$TEST_TMP/many.$n" 2>&1 &
    eval "MANY$n=\$!"
done
for n in 1 2 3 4; do
    eval "wait \$MANY$n"
    is "four at once on a new folder: number $n" "$?" 0 || sed 's/^/# /' "$TEST_TMP/many.$n"
done
ok 'the last of them stopped the database' test ! -f "$DATA/pg/postmaster.pid"

# ---- a long path: the socket lies elsewhere ----
LONG=$TEST_TMP/$(printf '%0100d' 7)/var
mkdir -p "$LONG"
message=$("$HAZATLAS" migrate --data "$LONG" 2>&1)
is 'a path too long for a socket' "$?" 0
ok 'its socket is in a folder of ours' sh -c "ls -d /tmp/hazatlas-*-* | xargs stat -c %a | grep -qx 700"
rm -rf "$LONG"
rmdir /tmp/hazatlas-*-* 2>/dev/null # those without a socket

# ---- a folder that PostgreSQL's user cannot enter ----
if [ "$(id -u)" = 0 ]; then
    mkdir -m 700 "$TEST_TMP/closed"
    message=$("$HAZATLAS" migrate --data "$TEST_TMP/closed/var" 2>&1)
    is 'a folder that only root may enter' "$?" 0
    like 'is said in one line' "$message" "^User [a-z]+ cannot enter .*closed/var: the database is made in /var/lib/hazatlas/var-[0-9a-f]+\.\$"
    elsewhere=$(readlink "$TEST_TMP/closed/var/pg")
    like 'its database lies elsewhere' "$elsewhere" '^/var/lib/hazatlas/var-[0-9a-f]+/pg$'
    message=$("$HAZATLAS" migrate --data "$TEST_TMP/closed/var" 2>&1)
    is 'again' "$?" 0
    unlike 'is found again in silence' "$message" 'cannot enter|Making'
    rm -rf "${elsewhere%/pg}"
fi

# ---- Ctrl-C while it starts ----
rm -rf "$DATA"
mkdir "$DATA"
"$HAZATLAS" serve --port 0 --data "$DATA" >"$SERVER_LOG" 2>&1 </dev/null &
SERVER_PID=$!
wait_until grep -q '^Making' "$SERVER_LOG"
stop_server INT
is 'Ctrl-C during the first start ends with 0' "$SERVER_EXIT" 0
ok 'and leaves no PostgreSQL' test ! -f "$DATA/pg/postmaster.pid"

# ---- a port in use ----
start_server
port=${URL##*:}
message=$("$HAZATLAS" serve --port "$port" --data "$TEST_TMP/other" 2>&1)
is 'a port in use: exit status 1' "$?" 1
like 'a port in use is named' "$message" "port $port of 127.0.0.1 is in use"
ok 'before anything else is made' test ! -e "$TEST_TMP/other"

# ---- what is not a database of ours ----
mkdir -p "$TEST_TMP/strange/pg"
chmod 755 "$TEST_TMP/strange"
echo 13 >"$TEST_TMP/strange/pg/PG_VERSION"
message=$("$HAZATLAS" serve --port 0 --data "$TEST_TMP/strange" 2>&1)
is 'a cluster of another version: exit status 1' "$?" 1
like 'it is named' "$message" 'was made by PostgreSQL 13'

stop_server
done_testing

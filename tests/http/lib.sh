# lib.sh - TAP for tests of the running program; sourced by tests/http/*.t, which prove runs from the
# root of the checkout:
#
#   #!/bin/sh
#   . tests/http/lib.sh
#   start_server --sample build/sample   # own data folder, free port; sets URL, SERVER_PID, DATA
#   http GET /healthz                    # sets STATUS, BODY and HEADERS (file names)
#   is 'alive' "$STATUS" 200
#   like 'says ok' "$(cat "$BODY")" '^ok'
#   done_testing
#
# The server and its database are stopped and the folder removed when the test ends, however it ends.
# HAZATLAS names the program (build/hazatlas).

HAZATLAS=${HAZATLAS:-build/hazatlas}
TEST_TMP=$(mktemp -d /tmp/hazatlas-test.XXXXXX)
chmod 711 "$TEST_TMP" # root's database runs as another user, who must pass through
DATA=${DATA:-$TEST_TMP/data}
BODY=$TEST_TMP/body
HEADERS=$TEST_TMP/headers
SERVER_LOG=$TEST_TMP/server.log
WHY=$TEST_TMP/why
SERVER_PID=
SERVER_EXIT=
STATUS=
URL=
test_number=0
test_failed=0

# passed NAME; failed NAME: the file $WHY says why. That goes to standard error, which is shown also where
# only the result of the file is.
passed() {
    test_number=$((test_number + 1))
    echo "ok $test_number - $1"
}
failed() {
    test_number=$((test_number + 1))
    test_failed=$((test_failed + 1))
    echo "not ok $test_number - $1"
    { echo "$0: $1" && head -c 3000 "$WHY"; } | sed 's/^/#   /' >&2
    return 1
}

# ok NAME COMMAND [ARG…]: passes when the command succeeds.
ok() {
    test_name=$1
    shift
    if "$@" >"$TEST_TMP/ok.out" 2>&1; then
        passed "$test_name"
    else
        { echo "failed: $*" && cat "$TEST_TMP/ok.out"; } >"$WHY"
        failed "$test_name"
    fi
}

# is NAME GOT WANTED
is() {
    if [ "$2" = "$3" ]; then
        passed "$1"
    else
        printf '%s\n' "got:    $2" "wanted: $3" >"$WHY"
        failed "$1"
    fi
}

# like NAME GOT REGEX, unlike NAME GOT REGEX (extended; matched line by line)
like() {
    if printf '%s\n' "$2" | grep -Eq -- "$3"; then
        passed "$1"
    else
        printf '%s\n' "got:    $2" "wanted: /$3/" >"$WHY"
        failed "$1"
    fi
}
unlike() {
    if printf '%s\n' "$2" | grep -Eq -- "$3"; then
        printf '%s\n' "got:    $2" "unwanted: /$3/" >"$WHY"
        failed "$1"
    else
        passed "$1"
    fi
}

skip_all() { # before any test
    echo "1..0 # SKIP $*"
    exit 0
}

done_testing() {
    echo "1..$test_number"
    [ "$test_failed" = 0 ] # the exit status of the script when it stands last
}

# wait_until COMMAND [ARG…]: true as soon as the command is; false when it is not in two minutes, which
# is no measure of speed: a busy machine may take long.
wait_until() {
    wait_tries=2400
    while [ "$wait_tries" -gt 0 ]; do
        "$@" >/dev/null 2>&1 && return 0
        wait_tries=$((wait_tries - 1))
        sleep 0.05
    done
    return 1
}

server_ready() { grep -q 'is serving http' "$SERVER_LOG"; }
server_gone() { ! kill -0 "$SERVER_PID" 2>/dev/null; }
server_settled() { server_ready || server_gone; }

# start_server [OPTION…]: `serve` on a free port with the data folder $DATA. Ends the test when it
# does not come up. Can be called again after stop_server or a kill: same data. A new folder begins as a
# copy of one that tests/run.sh made (HAZATLAS_MADE), where it did.
start_server() {
    if [ -n "${HAZATLAS_MADE:-}" ] && [ ! -e "$DATA" ] && [ "${1:---sample}" = --sample ]; then
        if [ -n "${1:-}" ]; then cp -a "$HAZATLAS_MADE/sample" "$DATA"; else cp -a "$HAZATLAS_MADE/bare" "$DATA"; fi
    fi
    mkdir -p "$DATA"
    : >"$SERVER_LOG"
    "$HAZATLAS" serve --port 0 --data "$DATA" "$@" >"$SERVER_LOG" 2>&1 </dev/null &
    SERVER_PID=$!
    wait_until server_settled
    if ! server_ready; then
        sed 's/^/# /' "$SERVER_LOG" >&2
        echo "Bail out! the server of $0 did not start"
        exit 1
    fi
    URL=$(sed -n 's|.*is serving \(http://[^ ]*\).*|\1|p' "$SERVER_LOG" | head -1)
}

# stop_server [SIGNAL]: sets SERVER_EXIT to its exit status.
stop_server() {
    [ -n "$SERVER_PID" ] || return 0
    kill -"${1:-INT}" "$SERVER_PID" 2>/dev/null
    wait "$SERVER_PID" 2>/dev/null
    SERVER_EXIT=$?
    SERVER_PID=
}

# http METHOD PATH [CURL-OPTION…]: sets STATUS; the answer's body and headers are the files $BODY and
# $HEADERS. STATUS is 000 when no answer came. The path is sent exactly as written.
http() {
    http_method=$1 http_path=$2
    shift 2
    : >"$BODY"
    : >"$HEADERS"
    case $http_method in
    HEAD) set -- --head "$@" ;;
    *) set -- -X "$http_method" "$@" ;;
    esac
    STATUS=$(curl -s --max-time 120 --globoff --path-as-is -o "$BODY" -D "$HEADERS" \
        -w '%{http_code}' "$@" "$URL$http_path")
    return 0
}

# header NAME: its value in the last answer ("" = absent).
header() {
    sed -n "s/^$1: *//Ip" "$HEADERS" | tr -d '\r' | head -1
}

# json JQ-FILTER: of the last answer's body.
json() {
    jq -r "$1" "$BODY"
}

# problem NAME STATUS [REGEX]: the last answer was problem+json with that status (and such a detail).
problem() {
    is "$1: status" "$STATUS" "$2"
    is "$1: problem+json" "$(header Content-Type)" 'application/problem+json'
    [ $# -lt 3 ] || like "$1: detail" "$(json .detail)" "$3"
}

# sql STATEMENT [DATABASE]: rows of the private database, fields separated by '|'.
sql() {
    sql_statement=$1 sql_database=${2:-hazatlas} sql_socket=$(cd "$DATA/run" && pwd -P)
    set -- /usr/lib/postgresql/15/bin/psql -qAtX -h "$sql_socket" -U hazatlas "$sql_database" \
        -c 'SET search_path TO hazatlas, public' -c "$sql_statement"
    (cd / && exec "$@")
}

test_cleanup() {
    trap - EXIT INT TERM
    [ -n "$SERVER_PID" ] && {
        kill -INT "$SERVER_PID" 2>/dev/null
        wait "$SERVER_PID" 2>/dev/null
    }
    if [ -f "$DATA/pg/postmaster.pid" ]; then # a test killed the server: its database is still up
        kill -INT "$(head -1 "$DATA/pg/postmaster.pid")" 2>/dev/null
        wait_until test ! -f "$DATA/pg/postmaster.pid"
    fi
    [ ! -L "$DATA/pg" ] || rm -rf "$(dirname "$(readlink "$DATA/pg")")"
    rm -rf "$TEST_TMP"
}
trap test_cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

#!/bin/sh
# run.sh TEST… - runs tests through prove, whose closing line is the result. When tests of the page
# are among them it starts one server for them: the sample region, and the real facilities and
# operations of SHARED_DATA where that folder is there (HAZATLAS_REAL=1 then).
set -eu
cd "$(dirname "$0")/.."
HAZATLAS=${HAZATLAS:-build/hazatlas}
SHARED_DATA=${SHARED_DATA:-../shared/data}
export HAZATLAS SHARED_DATA

finish() {
    status=$?
    trap - EXIT INT TERM
    if [ -n "$server" ]; then
        kill -INT "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    [ -z "$work" ] || rm -rf "$work"
    exit "$status"
}
server='' work=''
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

case "$*" in
*tests/browser/*)
    if [ -z "${HAZATLAS_URL:-}" ]; then
        work=$(mktemp -d /tmp/hazatlas-browser.XXXXXX)
        chmod 711 "$work"
        echo 'Starting a server for the tests of the page'
        "$HAZATLAS" serve --port 0 --data "$work/data" --sample "${BUILD:-build}/sample" >"$work/log" 2>&1 </dev/null &
        server=$!
        tries=1200
        until grep -q 'is serving' "$work/log"; do
            tries=$((tries - 1))
            if [ $tries = 0 ] || ! kill -0 "$server" 2>/dev/null; then
                cat "$work/log"
                exit 1
            fi
            sleep 0.1
        done
        HAZATLAS_URL=$(sed -n 's|.*is serving \(http://[^ ]*\).*|\1|p' "$work/log" | head -1)
        if [ -d "$SHARED_DATA/taiwan" ]; then
            echo "Importing the real facilities and operations of $SHARED_DATA"
            "$HAZATLAS" import facilities "$SHARED_DATA/taiwan/facilities_all_2017.csv.gz" --source prtr \
                --data "$work/data" >"$work/import" 2>&1 &&
                "$HAZATLAS" import holdings "$SHARED_DATA/taiwan/tox_operations_2012_2015.csv" \
                    --source prtr-operations --data "$work/data" >>"$work/import" 2>&1 || {
                cat "$work/import"
                exit 1
            }
            HAZATLAS_REAL=1
            export HAZATLAS_REAL
        else
            echo "No shared data in $SHARED_DATA: the tests of the page use the sample alone"
        fi
        export HAZATLAS_URL
    fi
    ;;
esac
# Each test has a server and a database of its own, but those of the page share one: they go one after
# the other beside the rest, the longest line first.
prove --timer --failures -j "${TEST_JOBS:-3}" --rules='seq=tests/browser/*.t' --rules='seq=tests/http/*.t' \
    --rules='seq=**' -e '' "$@"

#!/bin/sh
# run.sh TEST… - runs tests through prove, whose closing line is the result. When tests of the page
# are among them it starts one server for them: the sample region, and the real facilities and
# operations of SHARED_DATA where that folder is there (HAZATLAS_REAL=1 then). For several tests with
# databases of their own it makes the two that they begin with, so that they need only copy them.
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
work=$(mktemp -d /tmp/hazatlas-tests.XXXXXX)
chmod 711 "$work" # root's database runs as another user, who must pass through

# serve FOLDER [OPTION…]: sets $server; its log is FOLDER.log.
serve() {
    log=$1.log
    "$HAZATLAS" serve --port 0 --data "$@" >"$log" 2>&1 </dev/null &
    server=$!
    tries=1200
    until grep -q 'is serving' "$log"; do
        tries=$((tries - 1))
        if [ $tries = 0 ] || ! kill -0 "$server" 2>/dev/null; then
            cat "$log"
            exit 1
        fi
        sleep 0.1
    done
}

case "$*" in
*.t*.t*.t*)
    echo 'Making a database with the sample region and one without, which the tests copy'
    HAZATLAS_MADE=$work/made
    mkdir "$HAZATLAS_MADE"
    chmod 711 "$HAZATLAS_MADE"
    for made in bare sample; do
        if [ $made = bare ]; then serve "$HAZATLAS_MADE/bare"; else serve "$HAZATLAS_MADE/sample" --sample "${BUILD:-build}/sample"; fi
        kill -INT "$server"
        wait "$server"
    done
    server=''
    export HAZATLAS_MADE
    ;;
esac

case "$*" in
*tests/browser/*)
    if [ -z "${HAZATLAS_URL:-}" ]; then
        echo 'Starting a server for the tests of the page'
        serve "$work/data" --sample "${BUILD:-build}/sample"
        HAZATLAS_URL=$(sed -n 's|.*is serving \(http://[^ ]*\).*|\1|p' "$log" | head -1)
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
# Each test has a server and a database of its own, but those of the page share one. A browser that draws
# by software fills both cores of a small machine: its tests go last, one after the other.
prove --timer --failures -j "${TEST_JOBS:-2}" --rules='seq=tests/browser/*.t' --rules='par=**' -e '' "$@"

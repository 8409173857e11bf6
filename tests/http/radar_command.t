#!/bin/sh
# hazatlas radar: the same lists, explanations and charts as the server's, without it.
. tests/http/lib.sh
start_server --sample "${BUILD:-build}/sample"
radar() { # sets OUT, ERR, EXIT
    "$HAZATLAS" radar "$@" --data "$DATA" >"$TEST_TMP/out" 2>"$TEST_TMP/err" </dev/null
    EXIT=$?
    OUT=$(cat "$TEST_TMP/out")
    ERR=$(cat "$TEST_TMP/err")
}
same() { cmp "$TEST_TMP/mine" "$BODY"; }

# ---- lists: byte for byte what the server gives ----
radar facilities -o "$TEST_TMP/mine.csv"
is 'a list: exit' "$EXIT" 0
like 'says what it wrote' "$OUT" '400 of 400 facilities by warning radar score, atlas [0-9]+$'
mv "$TEST_TMP/mine.csv" "$TEST_TMP/mine"
http GET '/api/v1/radar/facilities?format=csv'
ok 'facilities as CSV' same
radar substances --weights 25,25,25,25 --order BADC --angle published --sort geometric --format csv -o "$TEST_TMP/mine"
http GET '/api/v1/radar/substances?weights=25,25,25,25&order=BADC&angle=published&sort=geometric&format=csv'
ok 'substances with other options' same
radar facilities --county 64000 --min-score 5 --incidents-from 2020-01-01 --rescale 1 --format csv
cp "$TEST_TMP/out" "$TEST_TMP/mine"
http GET '/api/v1/radar/facilities?county=64000&min_score=5&incidents_from=2020-01-01&rescale=1&format=csv'
ok 'filters, to standard output' same
radar facilities --cas 7782-50-5 -o "$TEST_TMP/mine.geojson"
http GET '/api/v1/radar/facilities?cas=7782-50-5&format=geojson'
cp "$TEST_TMP/mine.geojson" "$TEST_TMP/mine"
ok 'GeoJSON by the ending of the file' same
radar facilities -o "$TEST_TMP/mine.xlsx"
is 'XLSX by the ending' "$(ogrinfo -so "$TEST_TMP/mine.xlsx" list | sed -n 's/^Feature Count: //p')" 400
radar facilities --format json --limit 7
http GET '/api/v1/radar/facilities?limit=7'
is 'JSON' "$(jq -cS . "$TEST_TMP/out")" "$(jq -cS 'del(.limit, .next)' "$BODY")"
radar facilities --limit 3
like 'what a limit cut is said' "$OUT" '^本檔只列第 1 至 3 筆，共 400 筆符合'

# ---- one ----
radar explain 116 --weights 10,20,30,40
http GET '/api/v1/radar/facilities/116/explain?weights=10,20,30,40'
is 'explain a facility' "$(jq -cS 'del(.built_at, .links)' "$TEST_TMP/out")" "$(jq -cS 'del(.built_at, .links)' "$BODY")"
radar explain 80-62-6 -o "$TEST_TMP/explain.json"
http GET /api/v1/radar/substances/80-62-6/explain
is 'explain a substance' "$(jq -cS 'del(.built_at, .links)' "$TEST_TMP/explain.json")" "$(jq -cS 'del(.built_at, .links)' "$BODY")"
radar chart 116 --theme night -o "$TEST_TMP/mine"
http GET '/api/v1/radar/facilities/116.svg?theme=night'
ok 'a chart' same
radar sensitivity --of substances --top 20 --points 3
http GET '/api/v1/radar/sensitivity?of=substances&top=20&points=3'
is 'sensitivity' "$(jq -cS . "$TEST_TMP/out")" "$(jq -cS . "$BODY")"

# ---- refused ----
refused() { # refused NAME STATUS REGEX ARG…
    refused_name=$1 refused_status=$2 refused_text=$3
    shift 3
    radar "$@"
    is "$refused_name: exit" "$EXIT" "$refused_status"
    like "$refused_name: said" "$ERR" "$refused_text"
}
refused 'nothing of that name' 2 'there is no "fly"' fly
refused 'a format' 2 '--format is csv, xlsx, json or geojson' facilities --format pdf
refused 'substances have no place' 2 'csv, xlsx, json' substances --format geojson
refused 'no subject' 2 'wants the number of a facility' explain
refused 'one too many' 2 'takes no further word' facilities 5
refused 'weights' 2 'weights' facilities --weights 1,2
refused 'a county' 1 'no county has the code "1"' facilities --county 1
refused 'an order' 1 '--sort is' facilities --sort name
refused 'a facility' 1 'there is no facility 99999' explain 99999
refused 'a limit' 2 '--limit' facilities --limit 0
refused 'points' 1 'points' sensitivity --points 101
refused 'a folder that is not there' 1 'cannot be written' facilities -o "$TEST_TMP/no/such/list.csv"
ok 'nothing is left of it' test ! -e "$TEST_TMP/no"

done_testing

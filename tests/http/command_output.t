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

done_testing

#!/bin/sh
# The real registers: search, card, packet and OGC API Features on 75,139 facilities.
. tests/http/lib.sh
REAL=${SHARED_DATA:-../shared/data}/taiwan
[ -f "$REAL/facilities_all_2017.csv.gz" ] || skip_all "$REAL is not here"
mkdir -p "$DATA"
for what in 'areas counties.geojson moi' 'areas towns.geojson moi' 'facilities facilities_all_2017.csv.gz prtr' \
    'facilities facilities_toxic_2017.csv prtr-toxic' 'holdings tox_operations_2012_2015.csv prtr-toxic'; do
    set -- $what
    ok "import $2" "$HAZATLAS" import "$1" "$REAL/$2" --source "$3" --data "$DATA"
done
start_server

http GET /api/v1/status
is 'every row is a facility' "$(json .atlas.facilities)" 75139
drawn=$(json .atlas.drawn)
http GET '/api/v1/search' -G --data-urlencode 'q=中國石油化學'
like 'search: first result' "$(json '.results[0].name')" '^中國石油化學'
http GET '/api/v1/search' -G --data-urlencode 'q=中國石油化學 高雄'
id=$(json '[.results[] | select(.type == "facility" and .lon != null)][0].id')
http GET "/api/v1/facilities/$id"
is 'card: status' "$STATUS" 200
like 'card: the address' "$(json .address)" '高雄'
http POST /api/v1/packets -H 'Content-Type: application/json' --data "{\"facility_id\":$id,\"wind_from_deg\":20,\"wind_speed_ms\":3}"
is 'packet' "$STATUS" 201
packet=$(json .id)
http GET "/api/v1/packets/$packet.html"
like 'packet: its page' "$(cat "$BODY")" '中國石油化學'

# A trader with many substances: the figures are years old, and the packet says so.
http GET '/api/v1/search' -G --data-urlencode 'q=H51A3887'
id=$(json '[.results[] | select(.type == "facility" and .lon != null)][0].id')
http POST /api/v1/packets -H 'Content-Type: application/json' --data "{\"facility_id\":$id}"
ok 'packet: many substances' test "$(json '.substances | length')" -gt 50
like 'packet: the first line' "$(json '.warnings[0] | .severity + .zh')" '^danger遇水反應'
like 'packet: old data are called old' "$(json '[.warnings[].en] | join(" ")')" 'Old data'
is 'packet: order' "$(json '[.substances[].order_reason] | map({water_reactive: 0, toxic_by_inhalation: 1, hazard: 2, unlinked: 3}[.]) | . == sort')" true

took() { # PATH…: median of five, in ms
    for i in 1 2 3 4 5; do
        curl -s -o /dev/null -w '%{time_total}\n' "$@"
    done | sort -n | sed -n 3p | awk '{ printf "%d", $1 * 1000 }'
}
echo "# ms: search $(took -G "$URL/api/v1/search" --data-urlencode 'q=台塑'), card $(took "$URL/api/v1/facilities/$id"), packet's page $(took "$URL/api/v1/packets/$packet.html"), features page of 1000 $(took "$URL/ogc/collections/facilities/items?limit=1000")"

# ---- not drawn, but listed ----
listed=0
for check in missing outside other_zone; do
    http GET "/api/v1/facilities?position_check=$check&limit=1"
    listed=$((listed + $(json .matched)))
done
is 'what is not drawn is listed' "$listed" $((75139 - drawn))

# ---- OGC API Features ----
like 'GDAL: count' "$(ogrinfo -ro -so "OAPIF:$URL/ogc/" facilities)" '^Feature Count: 75139$'
ok 'GDAL: reads them' ogr2ogr -f GPKG "$TEST_TMP/all.gpkg" "OAPIF:$URL/ogc/" facilities -oo PAGE_SIZE=1000
is 'GDAL: each once, drawn ones with a point' "$(ogrinfo -ro -q "$TEST_TMP/all.gpkg" -sql 'SELECT count(DISTINCT id) AS n, count(geom) AS g FROM facilities' | awk '/ = / { printf "%s ", $NF }')" "75139 $drawn "
stop_server
is 'the server ends well' "$SERVER_EXIT" 0
done_testing

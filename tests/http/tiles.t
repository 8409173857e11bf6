#!/bin/sh
# Tiles as clients read them: GDAL decodes, counts add up at every zoom, heat pixels have the colour
# of the exact value, validators work, bad requests are told why.
. tests/http/lib.sh
start_server --sample "${BUILD:-build}/sample"

http GET /api/v1/status
drawn=$(json .atlas.drawn)
like 'the sample is drawn' "$drawn" '^[1-9][0-9]{2}$'

# ---- facility tiles, read by GDAL ----
total_of() { # FILE
    ogrinfo -ro -q -al -oo CLIP=NO "MVT:$1" facilities 2>/dev/null |
        awk '/^OGRFeature/ { n++; c = 1 } /^  count \(/ { total += $NF - 1 } END { print n + total + 0 }'
}
http GET /tiles/facilities/0/0/0.mvt
is 'z 0: status' "$STATUS" 200
is 'z 0: media type' "$(header Content-Type)" application/vnd.mapbox-vector-tile
cp "$BODY" "$TEST_TMP/0.mvt"
is 'z 0: GDAL reads every facility' "$(total_of "$TEST_TMP/0.mvt")" "$drawn"
for z in 3 6 8; do
    sum=0
    n=$((1 << z))
    # Columns and rows that Taiwan (118-122.1 E, 21.8-26.5 N) touches.
    for x in $(awk "BEGIN { for (x = int((117.9 + 180) / 360 * $n); x <= int((122.2 + 180) / 360 * $n); x++) print x }"); do
        for y in $(awk "function row(lat) { r = lat * atan2(0, -1) / 180; return int((1 - log(sin(r) / cos(r) + 1 / cos(r)) / atan2(0, -1)) / 2 * $n) }
                BEGIN { for (y = row(26.6); y <= row(21.7); y++) print y }"); do
            http GET "/tiles/facilities/$z/$x/$y.mvt"
            [ "$STATUS" = 204 ] && continue
            cp "$BODY" "$TEST_TMP/tile.mvt"
            sum=$((sum + $(total_of "$TEST_TMP/tile.mvt")))
        done
    done
    is "z $z: the tiles add up to every facility" "$sum" "$drawn"
done
http GET '/tiles/facilities/0/0/0.mvt?min_score=0'
cp "$BODY" "$TEST_TMP/scored.mvt"
http GET '/api/v1/radar/facilities?limit=1000'
scored=$(json '[.facilities[] | select(.area != null)] | length')
at_sea=$(json '.facilities | length')
ok 'some facilities have no score, so a filter by score leaves them out' test "$scored" -lt "$at_sea"
ok 'and the filtered tile holds no more than those' test "$(total_of "$TEST_TMP/scored.mvt")" -le "$scored"
http GET /api/v1/counties
code=$(json '[.counties[] | select((.drawn // .facilities) > 20)][0].code')
http GET "/tiles/facilities/0/0/0.mvt?county=$code"
cp "$BODY" "$TEST_TMP/county.mvt"
part=$(total_of "$TEST_TMP/county.mvt")
ok "county=$code is a part" test "$part" -gt 0 -a "$part" -lt "$drawn"
http GET '/tiles/facilities/0/0/0.mvt?cas=7782-50-5'
cp "$BODY" "$TEST_TMP/cas.mvt"
http GET '/api/v1/substances/7782-50-5'
ok 'cas=7782-50-5 is a part' test "$(total_of "$TEST_TMP/cas.mvt")" -gt 0
http GET /tiles/facilities/5/0/0.mvt
is 'an empty tile is 204' "$STATUS" 204

# ---- borders ----
http GET /tiles/counties/6/53/27.mvt
cp "$BODY" "$TEST_TMP/counties.mvt"
layers=$(ogrinfo -ro -q "MVT:$TEST_TMP/counties.mvt" 2>/dev/null)
like 'counties: a layer' "$layers" 'counties '
like 'counties: and its labels' "$layers" 'counties_label'
like 'counties: with Chinese names' "$(ogrinfo -ro -q -al "MVT:$TEST_TMP/counties.mvt" counties 2>/dev/null)" '高雄市|臺南市|台南市'
http GET /tiles/townships/9/428/222.mvt
is 'townships: status' "$STATUS" 200

# ---- heat: a pixel's class is that of the exact value there ----
http GET /tiles/heat.json
json '.hazatlas.legend.classes[].min' >"$TEST_TMP/limits"
like 'heat: the legend has its unit' "$(json .hazatlas.legend.unit.en)" 'km²'
http GET "/api/v1/radar/facilities?limit=1"
http GET "/api/v1/facilities/$(json '.facilities[0].id')"
lon=$(json .position.lon)
lat=$(json .position.lat)
z=11
set -- $(awk "BEGIN { n = 2 ^ $z; pi = atan2(0, -1); r = $lat * pi / 180;
    printf \"%d %d\", ($lon + 180) / 360 * n, (1 - log(sin(r) / cos(r) + 1 / cos(r)) / pi) / 2 * n }")
x=$1 y=$2
http GET "/tiles/heat/$z/$x/$y.png"
is 'heat: media type' "$(header Content-Type)" image/png
cp "$BODY" "$TEST_TMP/heat.png"
wrong=0 seen=0
for i in 5 40 77 110 128 150 200 250; do
    for j in 3 60 100 128 170 251; do
        set -- $(awk "BEGIN { n = 2 ^ $z; pi = atan2(0, -1); u = ($x + ($i + 0.5) / 256) / n; v = ($y + ($j + 0.5) / 256) / n;
            m = pi * (1 - 2 * v); printf \"%.10f %.10f\", u * 360 - 180, atan2((exp(m) - exp(-m)) / 2, 1) * 180 / pi }")
        http GET "/api/v1/heat?lon=$1&lat=$2"
        value=$(json .value)
        # The class, unless the value lies within a thousandth of a class limit.
        want=$(awk -v v="$value" '{ if (v > 0 && v >= $1) c = NR; if (v > 0 && $1 > 0 && v / $1 > 0.999 && v / $1 < 1.001) near = 1 }
            END { print near ? "near" : c + 0 }' "$TEST_TMP/limits")
        [ "$want" = near ] && continue
        seen=$((seen + 1))
        got=$(gdallocationinfo -valonly "$TEST_TMP/heat.png" $i $j 2>/dev/null)
        [ "$got" = "$want" ] || wrong=$((wrong + 1))
    done
done
ok 'heat: pixels compared' test "$seen" -gt 40
is 'heat: pixels of another class than the exact value' "$wrong" 0
http GET "/api/v1/heat?lon=$lon&lat=$lat"
ok 'heat: at a facility the density is at least its own peak, 0.1528 per km²' \
    awk "BEGIN { exit !($(json .value) >= 0.1527) }"
http GET "/api/v1/heat?lon=$lon&lat=$lat&by=quantity"
is 'heat: by quantity names its unit' "$(json .unit.en)" 'kg per km²'
http GET "/api/v1/heat?lon=100&lat=10"
is 'heat: nothing near is 0' "$(json .value)" 0

# ---- TileJSON, style ----
http GET '/tiles/facilities.json?cas=7782-50-5'
is 'TileJSON 3.0.0' "$(json .tilejson)" 3.0.0
like 'TileJSON: filters go into the addresses' "$(json '.tiles[0]')" '^http.*mvt\?cas=7782-50-5$'
http GET /styles/main.json
is 'style: version' "$(json .version)" 8

# ---- validators ----
http GET /tiles/facilities/7/106/55.mvt
etag=$(header ETag)
http GET /tiles/facilities/7/106/55.mvt -H "If-None-Match: $etag"
is '304 for the same atlas' "$STATUS" 304
is '304 has no body' "$(wc -c <"$BODY")" 0
http GET '/tiles/facilities/7/106/55.mvt?cas=7782-50-5'
ok 'another filter, another validator: who changes the address must not take the old tile for good' \
    test "$(header ETag)" != "$etag"
http GET /tiles/facilities/7/106/55.mvt -H 'Accept-Encoding: gzip'
is 'gzip' "$(header Content-Encoding)" gzip
http HEAD /tiles/facilities/7/106/55.mvt
is 'HEAD: status' "$STATUS" 200
is 'CORS' "$(header Access-Control-Allow-Origin)" '*'

# ---- what cannot be ----
for path in facilities/21/0/0.mvt facilities/-1/0/0.mvt facilities/1/2/0.mvt facilities/x/0/0.mvt \
    facilities/1/0/99999999999999999999.mvt facilities/1.5/0/0.mvt heat/0/0/1.png \
    'facilities/0/0/0.mvt?cas=%27%3B%20DROP%20TABLE%20facility' 'facilities/0/0/0.mvt?county=99999' \
    'facilities/0/0/0.mvt?min_score=nan' 'facilities/0/0/0.mvt?min_score=1e999' \
    'facilities/0/0/0.mvt?unknown=1' 'heat/0/0/0.png?by=%3Cscript%3E' 'facilities.json?min_score='; do
    http GET "/tiles/$path"
    problem "$path" 400
done
http GET /tiles/nothing.json
problem 'no such layer' 404
http POST /tiles/facilities/0/0/0.mvt
problem 'POST to a tile' 405
http GET '/api/v1/heat'
problem 'heat without a place' 400
http GET '/api/v1/heat?lon=NaN&lat=23'
problem 'heat at NaN' 400
http GET '/api/v1/radar/facilities?weights=1,2,3'
problem 'three weights' 400 'four numbers'
http GET '/api/v1/radar/facilities?limit=1000000'
problem 'a huge limit' 400

# ---- the map follows a committed change, without a restart ----
psql=/usr/lib/postgresql/15/bin/psql
conninfo="host=$(readlink -f "$DATA")/run dbname=hazatlas user=hazatlas"
http GET /api/v1/status
before=$(json .atlas.number)
"$psql" -q "$conninfo" -c "UPDATE hazatlas.facility SET geom = NULL, position_check = 'missing' WHERE id = (SELECT min(id) FROM hazatlas.facility WHERE geom IS NOT NULL)"
newer() {
    http GET /api/v1/status
    [ "$(json .atlas.number)" -gt "$before" ]
}
ok 'a new atlas follows the commit' wait_until newer
is 'with one facility less' "$(json .atlas.drawn)" $((drawn - 1))
http GET /tiles/facilities/7/106/55.mvt -H "If-None-Match: $etag"
is 'the old validator is not valid any more' "$STATUS" 200

done_testing

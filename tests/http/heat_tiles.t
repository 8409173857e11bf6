#!/bin/sh
# Heat tiles of any weight, kernel, radius and filter: values against /api/v1/heat, legends, themes, the
# public tier, and what is refused.
. tests/http/lib.sh
start_server --sample "${BUILD:-build}/sample"

# place COLUMN ROW of pixel I J of tile $z/$x/$y: sets LON LAT
pixel() {
    set -- $(awk "BEGIN { n = 2 ^ $z; pi = atan2(0, -1); u = ($x + ($1 + 0.5) / 256) / n; v = ($y + ($2 + 0.5) / 256) / n;
        m = pi * (1 - 2 * v); printf \"%.12f %.12f\", u * 360 - 180, atan2((exp(m) - exp(-m)) / 2, 1) * 180 / pi }")
    LON=$1 LAT=$2
}

# tile_of Z LON LAT: sets z x y
tile_of() {
    set -- "$1" $(awk "BEGIN { n = 2 ^ $1; pi = atan2(0, -1); r = $3 * pi / 180;
        printf \"%d %d\", ($2 + 180) / 360 * n, (1 - log(sin(r) / cos(r) + 1 / cos(r)) / pi) / 2 * n }")
    z=$1 x=$2 y=$3
}

http GET '/api/v1/radar/facilities?limit=1'
http GET "/api/v1/facilities/$(json '.facilities[0].id')"
lon=$(json .position.lon)
lat=$(json .position.lat)

# ---- 16-bit values are the values ----
compare() { # NAME QUERY ZOOM: at pixels round the facility
    tile_of "$3" "$lon" "$lat"
    http GET "/tiles/heat/$z/$x/$y.png?$2&encoding=log16"
    is "$1: status" "$STATUS" 200
    cp "$BODY" "$TEST_TMP/values.png"
    wrong=0 some=0
    for i in 4 60 100 128 170 220; do
        for j in 10 90 128 200; do
            raw=$(gdallocationinfo -valonly "$TEST_TMP/values.png" $i $j)
            pixel $i $j
            http GET "/api/v1/heat?lon=$LON&lat=$LAT&$2"
            value=$(json .value)
            # A step is 0.09 %; at the very rim of a kernel values fall faster than a pixel's place is known.
            awk -v raw="$raw" -v v="${value:-null}" 'BEGIN {
                if (v == "null" || v == 0) exit !(raw == 0 || raw == 1)
                got = raw ? 2 ^ ((raw - 32768) / 800) : 0; d = got > v ? got - v : v - got
                exit !(d <= 0.002 * v || v < 1e-4) }' || wrong=$((wrong + 1))
            [ "$raw" -gt 1 ] && some=$((some + 1))
        done
    done
    is "$1: pixels that are not the value" "$wrong" 0
    ok "$1: pixels with heat" test "$some" -gt 3
}
gdal_type() { gdalinfo "$TEST_TMP/values.png" | sed -n 's/.*Type=\([A-Za-z0-9]*\).*/\1/p'; }
compare 'count' 'by=count' 11
is 'values are 16-bit' "$(gdal_type)" UInt16
compare 'quantity, triweight, 5 km' 'by=quantity&kernel=triweight&radius=5000' 10
compare 'hazard, epanechnikov, 20 km' 'by=hazard&kernel=epanechnikov&radius=20000' 8
compare 'radar of other weights' 'by=radar&weights=10,70,10,10&order=GIHJ' 11
compare 'one substance, behaviours and years' 'by=quantity&behaviour=use,store&from=2010&radius=10000' 9

# ---- legends ----
for by in count:廠場/平方公里 quantity:公斤/平方公里 hazard:危害等級 radar:警示雷達圖面積 incidents:件 intensity:UC; do
    http GET "/tiles/heat.json?by=${by%%:*}"
    is "${by%%:*}: status" "$STATUS" 200
    like "${by%%:*}: unit in Chinese" "$(json .hazatlas.legend.unit.zh)" "${by#*:}"
    like "${by%%:*}: unit in English" "$(json .hazatlas.legend.unit.en)" 'per km²'
    like "${by%%:*}: the address of its tiles" "$(json '.tiles[0]')" '/tiles/heat/\{z\}/\{x\}/\{y\}\.png'
done
http GET /api/v1/records/samples?limit=1
http GET '/tiles/heat.json?by=concentration&cas=80-05-7'
is 'concentration: in the unit of samples' "$(json .hazatlas.legend.unit.en)" "$(json .hazatlas.legend.unit.zh)"
like 'concentration: such a unit' "$(json .hazatlas.legend.unit.en)" '^(mg/kg|µg/L|µg/m³)$'
ok 'concentration: samples' test "$(json .hazatlas.heat.points)" -gt 10
http GET '/tiles/heat.json?by=radar'
limits=$(json '[.hazatlas.legend.classes[].min]')
ok 'classes ascend' test "$(json '[.hazatlas.legend.classes[].min] | . == sort')" = true
http GET '/tiles/heat.json?by=radar&weights=70,10,10,10'
# 70,10,10,10 allow (8.6625 + 1 + 1 + 8.6625) / 2 = 9.6625 where the defaults allow 14.5125; limits have two digits.
ok 'classes go with the largest score that weights allow' jq -en --argjson was "$limits" --argjson now "$(json '[.hazatlas.legend.classes[].min]')" \
    '($was | length) == ($now | length) and ([$was, $now] | transpose | all(.[0] == 0 or (.[1] / .[0] / (9.6625 / 14.5125) - 1 | fabs < 0.05)))'
like 'weights go into the address' "$(json '.tiles[0]')" 'by=radar&weights=70,10,10,10'
http GET '/tiles/heat.json?classes=0.5,1,1500'
is 'own classes' "$(json '[.hazatlas.legend.classes[].min]|join(" ")')" '0.5 1 1500'
is 'labels of thousands' "$(json '.hazatlas.legend.classes[-1].label.en')" '≥ 1,500'
http GET '/tiles/heat.json?theme=night'
night=$(json '[.hazatlas.legend.classes[].color]|reverse|join(" ")')
http GET '/tiles/heat.json'
is 'night: dark = few' "$night" "$(json '[.hazatlas.legend.classes[].color]|join(" ")')"

# ---- pictures ----
tile_of 11 "$lon" "$lat"
http GET "/tiles/heat/$z/$x/$y.png?classes=0.001,1e9"
cp "$BODY" "$TEST_TMP/two.png"
is 'own classes: few colours' "$(gdalinfo "$TEST_TMP/two.png" | grep -c '^ *[0-9]*: ')" 3
http GET "/tiles/heat/$z/$x/$y.png"
one=$(cksum <"$BODY")
etag=$(header ETag)
http GET "/tiles/heat/$z/$x/$y.png?theme=night"
ok 'night has other colours' test "$one" != "$(cksum <"$BODY")"
http GET "/tiles/heat/$z/$x/$y.png" -H "If-None-Match: $etag"
is 'the same atlas: 304' "$STATUS" 304
http GET '/tiles/heat/5/0/0.png?encoding=log16'
cp "$BODY" "$TEST_TMP/empty.png"
is 'nothing is raw 0' "$(gdallocationinfo -valonly "$TEST_TMP/empty.png" 9 9)" 0

# ---- the public tier ----
http GET '/tiles/heat.json?tier=public'
public=$(json .hazatlas.heat.total_weight)
is 'public: says so' "$(json .hazatlas.heat.tier)" public
http GET '/tiles/heat.json'
ok 'public: less than all' awk "BEGIN { exit !($public > 0 && $public < $(json .hazatlas.heat.total_weight)) }"
http GET '/tiles/heat.json?kernel=triangular&radius=5000'
is 'deeper tiles: how they come about' "$(json '.hazatlas.heat | .deeper_tiles.from_zoom == .lattice_zoom + 1 and .deeper_tiles.method == "bilinear" and .deeper_tiles.error_of_peak == 0.026')" true
like 'deeper tiles: in Chinese' "$(json .hazatlas.heat.deeper_tiles.note.zh)" '雙線性.*0\.16%'
like 'deeper tiles: in English' "$(json .hazatlas.heat.deeper_tiles.note.en)" 'bilinearly.*0\.16 %'
for more in radius=100 kernel=uniform county=64000 behaviour=use from=2010 by=radar by=incidents 'cas=80-05-7,7782-50-5'; do
    http GET "/tiles/heat.json?tier=public&$more"
    problem "public: $more" 400 'tier=public'
done

# ---- what is refused, and why ----
for wrong in by=heat kernel=gauss radius=99 radius=20001 radius=nan cas=1-1-1 cas=, behaviour=eat behaviour=use,, county=1 \
    industry=none from=1899 to=x 'from=2015&to=2010' unit=mg/kg unit=g by=concentration \
    'by=concentration&cas=80-05-7,7782-50-5' 'by=incidents&behaviour=use' 'by=count&weights=1,1,1,1' classes=1 classes=2,1 \
    classes=a,b classes=1,2,3,4,5,6,7,8,9,10 theme=dusk encoding=png tier=secret colour=red; do
    http GET "/tiles/heat.json?$wrong"
    problem "refused: $wrong" 400
done
done_testing

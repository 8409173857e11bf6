#!/bin/sh
# Facility tiles by any weights and filters: each single point carries the score that the list of the
# same parameters tells, and its quantity; moved sliders never hold anything up.
. tests/http/lib.sh
start_server --sample "${BUILD:-build}/sample"

# singles QUERY: "id score quantity" of every single point of the world's tile, by id
singles() {
    http GET "/tiles/facilities/0/0/0.mvt?$1"
    [ "$STATUS" = 204 ] && return
    cp "$BODY" "$TEST_TMP/tile.mvt"
    rm -f "$TEST_TMP/tile.json"
    ogr2ogr -f GeoJSON "$TEST_TMP/tile.json" "MVT:$TEST_TMP/tile.mvt" facilities -oo CLIP=NO 2>/dev/null
    jq -r '.features[].properties | "\(.id) \(.score // "-") \(.quantity_kg // "-")"' "$TEST_TMP/tile.json" | sort -n
}
# listed QUERY: the same from the list, scores to two decimals, drawn facilities only
listed() {
    http GET "/api/v1/radar/facilities?limit=1000&$1"
    jq -r '.facilities[] | select(.lon != null)
           | "\(.id) \(if .area == null then "-" else (.area * 100 | round / 100) end) \(.axes[] | select(.key == "H") | .raw // "-")"' "$BODY" | sort -n
}
# Quantities of the list have six decimals; a score that lies on the edge of two may differ in its last.
same() { # same NAME QUERY
    singles "$2" >"$TEST_TMP/got"
    listed "$2" >"$TEST_TMP/want"
    ok "$1" awk 'function off(a, b) { return a != b && (a == "-" || b == "-" || (a - b) ^ 2 > 1.3e-4 + 1e-12 * b * b) }
        NR == FNR { score[$1] = $2; kg[$1] = $3; n++; next }
        !($1 in score) || off(score[$1], $2) || off(kg[$1], $3) { print "differs:", $0, "|", score[$1], kg[$1]; bad = 1 }
        { m++ } END { if (n != m || n < 5) { print n, "listed,", m, "drawn"; bad = 1 } exit bad }' "$TEST_TMP/want" "$TEST_TMP/got"
}

same 'without parameters' ''
same 'other weights' 'weights=10,20,30,40'
same 'another order of axes' 'order=GIHJ'
same 'weights and order of substances' 'substance_weights=10,10,70,10&substance_order=ACBD'
same 'as published, G on 0-10' 'angle=published&rescale=1'
same 'incidents of a period only' 'incidents_from=2015-01-01&incidents_to=2019-12-31&substance_weights=0,0,100,0'
singles '' >"$TEST_TMP/plain"
singles 'weights=10,20,30,40' >"$TEST_TMP/moved"
ok 'the weights change scores' sh -c "! cmp -s $TEST_TMP/plain $TEST_TMP/moved"

http GET '/api/v1/radar/facilities?limit=1'
county=$(json '.facilities[0].county') township=$(json '.facilities[0].township')
industry=$(jq -rn --arg v "$(json '.facilities[0].industry')" '$v | @uri')
for filter in "county=$county" "township=$township" "industry=$industry" 'min_score=4' "county=$county&min_score=3&industry=$industry"; do
    same "filter $filter, other weights" "$filter&weights=25,25,25,25"
done
singles "cas=7782-50-5" | cut -d' ' -f1 >"$TEST_TMP/got"
listed "cas=7782-50-5" | cut -d' ' -f1 >"$TEST_TMP/want"
is 'filter by substance: the same facilities' "$(cat "$TEST_TMP/got")" "$(cat "$TEST_TMP/want")"
one=$(head -1 "$TEST_TMP/got")
http GET "/api/v1/facilities/$one"
kg=$(json '[.holdings[] | select(.substance.cas == "7782-50-5")]
    | group_by([.source, .behaviour.key, .period.end[0:4]]) | map(map(.quantity_kg) | add) | max')
is 'and their quantity is that of the substance' "$(singles 'cas=7782-50-5' | awk -v id="$one" '$1 == id { printf "%.3f", $3 }')" "$(printf '%.3f' "$kg")"

# ---- TileJSON carries what was asked, in one form ----
http GET "/tiles/facilities.json?min_score=2&order=GIHJ&industry=$industry&weights=1,1,1,1&angle=degrees"
is 'the address of the tiles' "$(json '.tiles[0]' | sed 's/.*?//')" "industry=$industry&min_score=2&weights=25,25,25,25&order=GIHJ"
http GET '/tiles/facilities.json'
unlike 'nothing asked, nothing carried' "$(json '.tiles[0]')" '[?]'
is 'points have a quantity' "$(json '.vector_layers[0].fields.quantity_kg')" Number

# ---- validators ----
http GET '/tiles/facilities/0/0/0.mvt?weights=3,1,1,1'
etag=$(header ETag)
http GET '/tiles/facilities/0/0/0.mvt?weights=3,1,1,1' -H "If-None-Match: $etag"
is 'unchanged: 304' "$STATUS" 304

# ---- what is wrong is told ----
for bad in 'weights=1,2,3' 'order=GGGG' 'order=ABCD' 'angle=90' 'rescale=2' 'township=1' 'industry=none' \
    'incidents_from=2009' 'incidents_from=2010-01-02&incidents_to=2010-01-01' 'weights=1,1,1,1&weights=1,1,1,1'; do
    http GET "/tiles/facilities/0/0/0.mvt?$bad"
    is "400: $bad" "$STATUS $(json .status)" '400 400'
done

# ---- a slider that moves: many new weights at once, each tile right ----
mkdir "$TEST_TMP/slider"
seq 1 60 | xargs -P 8 -I{} curl -s -o "$TEST_TMP/slider/{}" -w '%{http_code}\n' "$URL/tiles/facilities/0/0/0.mvt?weights={},30,20,10" >"$TEST_TMP/codes"
is 'all are answered' "$(sort "$TEST_TMP/codes" | uniq -c | awk '{ print $1, $2 }')" '60 200'
for n in 1 17 42 60; do
    http GET "/tiles/facilities/0/0/0.mvt?weights=$n,30,20,10"
    ok "weights $n: the same bytes again" cmp "$BODY" "$TEST_TMP/slider/$n"
done
seq 1 40 | xargs -P 8 -I{} curl -s -o "$TEST_TMP/slider/s{}" -w '%{http_code}\n' "$URL/tiles/facilities/0/0/0.mvt?weights=7,5,3,1" >"$TEST_TMP/codes"
is 'eight want the same new scores' "$(sort "$TEST_TMP/codes" | uniq -c | awk '{ print $1, $2 }') $(cat "$TEST_TMP"/slider/s* | wc -c)" \
    "40 200 $((40 * $(wc -c <"$TEST_TMP/slider/s1")))"

# ---- colours: classes scaled by the largest score that the parameters allow ----
limits() { http GET "/tiles/facilities.json?$1"; json '[.hazatlas.legend.classes[].min] | join(" ")'; }
is 'classes by the usual weights' "$(limits '')" '0 1.5 3 4.5 6'
is 'classes by lopsided weights' "$(limits 'weights=94,3,2,1')" '0 0.24 0.49 0.73 0.98'
is 'classes as published' "$(limits 'angle=published')" '0 1.2 2.5 3.7 4.9'

# ---- scores come from the atlas alone: without a database, too ----
kill -INT "$(head -1 "$DATA/pg/postmaster.pid")"
wait_until test ! -f "$DATA/pg/postmaster.pid"
http GET '/tiles/facilities/0/0/0.mvt?weights=5,6,7,8'
is 'new weights while the database is gone' "$STATUS" 200
done_testing

#!/bin/sh
# Facilities, counties, search and substances over HTTP, on the sample region.
. tests/http/lib.sh
start_server --sample "${BUILD:-build}/sample"

http GET /api/v1/status
all=$(json .atlas.facilities)
drawn=$(json .atlas.drawn)

# ---- the list: every facility exactly once, by key ----
path='/api/v1/facilities?limit=37'
: >"$TEST_TMP/ids"
pages=0
while [ -n "$path" ] && [ "$pages" -lt 50 ]; do
    http GET "$path"
    json '.facilities[].id' >>"$TEST_TMP/ids"
    next=$(json '.next // ""')
    path=${next#"$URL"}
    pages=$((pages + 1))
done
is 'pages hold every facility' "$(wc -l <"$TEST_TMP/ids")" "$all"
is 'each once' "$(sort -u "$TEST_TMP/ids" | wc -l)" "$all"
is 'matched is the whole number' "$(json .matched)" "$all"
http GET '/api/v1/facilities?position_check=missing&limit=1000'
missing=$(json .matched)
is 'without a position: no lon' "$(json '[.facilities[] | select(.lon != null)] | length')" 0
http GET '/api/v1/facilities?position_check=outside&limit=1000'
is 'not drawn = missing + outside' $((missing + $(json .matched))) $((all - drawn))
http GET /api/v1/counties
is '22 counties' "$(json '.counties | length')" 22
is 'counties add up to those that lie in one' "$(json '[.counties[].drawn] | add')" "$drawn"
code=$(json '[.counties[] | select(.drawn > 20)][0].code')
in_county=$(json "[.counties[] | select(.code == \"$code\")][0].facilities")
http GET "/api/v1/facilities?county=$code"
is 'county= counts as the county says' "$(json .matched)" "$in_county"
http GET "/api/v1/townships?county=$code"
is 'its townships are its own' "$(json '[.townships[].county] | unique | join(" ")')" "$code"
ok 'with no more drawn facilities than it has' test "$(json '[.townships[].drawn] | add')" -le "$in_county"
http GET /api/v1/townships
is 'townships of all counties' "$(json '.townships | length')" "$(sql 'SELECT count(*) FROM area WHERE kind = '\''township'\''')"
code=$(json '[.townships[] | select(.facilities > 0)][0].code')
in_township=$(json "[.townships[] | select(.code == \"$code\")][0].facilities")
http GET "/api/v1/facilities?township=$code"
is 'township= counts as the township says' "$(json .matched)" "$in_township"
http GET '/api/v1/facilities?township=nowhere'
problem 'a township that is not there' 400 'no township has the code'
http GET '/api/v1/townships?county=nowhere'
problem 'townships of a county that is not there' 400 'no county has the code'
http GET /api/v1/industries
is 'industries: every facility with one, once' "$(json '[.industries[].facilities] | add')" \
    "$(sql "SELECT count(*) FROM facility WHERE btrim(industry) <> ''")"
name=$(json '.industries[0].name | @uri')
of_industry=$(json '.industries[0].facilities')
http GET "/api/v1/facilities?industry=$name"
is 'industry= counts as the industry says' "$(json .matched)" "$of_industry"
http GET '/api/v1/facilities?industry=nothing'
problem 'an industry that is not there' 400 'no facility is of the industry'
http GET '/api/v1/facilities?cas=50-01-1'
is 'nobody holds what is not known' "$(json '"\(.matched) \(.facilities | length)"')" '0 0'
http GET '/api/v1/facilities?cas=7782-50-5&limit=1'
with_chlorine=$(json .matched)
chlorine=$(json '.facilities[0].id')
ok 'some facilities hold chlorine' test "$with_chlorine" -gt 0
http GET /api/v1/substances/7782-50-5
is 'the substance says the same number' "$(json .facilities)" "$with_chlorine"
is 'its pictograms and statements, one by one' \
    "$(json '[.ghs_pictograms, .ghs_hazard_statements | length > 1 and all(test("^[A-Z]+[0-9]+[A-Za-z]*$"))] | all')" true

# ---- one facility ----
http GET "/api/v1/facilities?weights=10,20,30,40&min_score=0.1&limit=1"
weighted=$(json .facilities[0].id) score=$(json .facilities[0].score)
http GET "/api/v1/facilities/$weighted?weights=10,20,30,40"
is 'other weights: the list and the facility say the same score' "$(json .radar.score)" "$score"
is 'other weights: as asked for' "$(json '.radar.weights | join(",")')" 10,20,30,40
http GET "/api/v1/facilities/$weighted"
ok 'other weights: another score' test "$(json .radar.score)" != "$score"
http GET "/api/v1/search?q=$(json '.name | @uri')&weights=10,20,30,40"
is 'other weights: the search says it too' "$(json ".results[] | select(.id == $weighted) | .score")" "$score"
http GET '/api/v1/facilities?weights=1,2,3'
problem 'three weights' 400 weights
http GET "/api/v1/facilities/$chlorine"
is 'facility: status' "$STATUS" 200
is 'facility: id' "$(json .id)" "$chlorine"
is 'facility: four axes' "$(json '.radar.axes | map(.key) | join("")')" GHIJ
is 'facility: area is the formula of its axes' \
    "$(json '.radar | ([.axes[].weighted] as $w | (($w[0] + $w[2]) * ($w[1] + $w[3]) / 2) - .score | fabs < 0.0001)')" true
is 'facility: holds chlorine' "$(json '[.substances[] | select(.cas == "7782-50-5")] | length')" 1
is 'facility: substances in the order of the packet' "$(json '[.substances[].order_reason] | (. | map({water_reactive: 0, toxic_by_inhalation: 1, hazard: 2, unlinked: 3}[.])) as $n | $n == ($n | sort)')" true
is 'facility: holdings are all listed' "$(json '.holdings_total == (.holdings | length)')" true
like 'facility: a source with its batch' "$(json '.sources[0] | "\(.name) \(.batch)"')" '^sample [0-9]+$'
like 'facility: etag of the atlas' "$(header ETag)" '"a[0-9]+-'
etag=$(header ETag)
http GET "/api/v1/facilities/$chlorine" -H "If-None-Match: $etag"
is 'facility: 304' "$STATUS" 304
lon=$(curl -s "$URL/api/v1/facilities/$chlorine" | jq .position.lon)
lat=$(curl -s "$URL/api/v1/facilities/$chlorine" | jq .position.lat)

# ---- near: distances as PostGIS measures them on the spheroid ----
http GET "/api/v1/facilities?near=$lon,$lat&radius=20000&limit=1000"
cp "$BODY" "$TEST_TMP/near.json"
is 'near: itself first' "$(json '.facilities[0] | "\(.id) \(.distance_m)"')" "$chlorine 0"
is 'near: sorted' "$(json '[.facilities[].distance_m] | . == sort')" true
psql=/usr/lib/postgresql/15/bin/psql
conninfo="host=$(readlink -f "$DATA")/run dbname=hazatlas user=hazatlas"
"$psql" -Atq -F ' ' "$conninfo" -c "SELECT id, round(ST_Distance(geom::geography, ST_SetSRID(ST_MakePoint($lon, $lat), 4326)::geography)::numeric)
    FROM hazatlas.facility WHERE ST_DWithin(geom::geography, ST_SetSRID(ST_MakePoint($lon, $lat), 4326)::geography, 20000) ORDER BY id" >"$TEST_TMP/want"
jq -r '.facilities | sort_by(.id)[] | "\(.id) \(.distance_m | round)"' "$TEST_TMP/near.json" >"$TEST_TMP/got"
ok 'near: the same facilities at the same metres as PostGIS' \
    awk 'NR == FNR { d[$1] = $2; n++; next } { m++; if (!($1 in d) || ($2 - d[$1]) ^ 2 > 1) bad = 1 } END { exit bad || n != m || !n }' "$TEST_TMP/want" "$TEST_TMP/got"
http GET "/api/v1/facilities?near=$lon,$lat&radius=20000&limit=2"
next=$(json .next)
two=$(json '[.facilities[].id]')
http GET "${next#"$URL"}"
is 'near: the next page goes on' "$(json "[.facilities[].id] - $two | length")" "$(json '.facilities | length')"

# ---- search ----
search() { # QUERY: first result as type and key
    http GET "/api/v1/search" -G --data-urlencode "q=$1"
    json '.results[0] | if .type == "facility" then "facility \(.number)" elif .type == "substance" then "substance \(.cas)" elif .type then "place \(.lon) \(.lat) \(.crs)" else "nothing" end'
}
number=$(curl -s "$URL/api/v1/facilities/$chlorine" | jq -r '.numbers[0].number')
name=$(curl -s "$URL/api/v1/facilities/$chlorine" | jq -r .name)
is 'search: by number' "$(search "$number")" "facility $number"
is 'search: by number in lower case' "$(search "$(echo "$number" | tr A-Z a-z)")" "facility $number"
is 'search: by name' "$(search "$name")" "facility $number"
is 'search: by CAS' "$(search 7782-50-5)" 'substance 7782-50-5'
is 'search: by UN number' "$(search 1017)" 'substance 7782-50-5'
is 'search: in Chinese' "$(search 氯)" 'substance 7782-50-5'
is 'search: in English' "$(search chlorine)" 'substance 7782-50-5'
is 'search: degrees' "$(search '120.3, 22.6')" 'place 120.3 22.6 EPSG:4326'
is 'search: TWD97' "$(search '250000 2600000' | cut -d' ' -f1-2,4)" 'place 121 EPSG:3826'
is 'search: a place elsewhere is none' "$(search '2.35 48.85')" nothing
is 'search: LIKE signs are plain text' "$(search '%_%')" nothing
is 'search: quotes are plain text' "$(search "'; DROP TABLE facility; --")" nothing
http GET '/api/v1/search' -G --data-urlencode 'q=示範 高雄'
is 'search: all words must match' "$(json '[.results[] | select(.type == "facility" and (((.name + .address) | test("示範")) and ((.name + .address) | test("高雄"))) == false and .type == "facility")] | length')" 0
http GET '/api/v1/search' -G --data-urlencode 'q=示範' --data-urlencode 'limit=3'
is 'search: limit' "$(json '"\(.results | length) \(.truncated)"')" '3 true'

# ---- substances ----
path='/api/v1/substances?limit=100'
: >"$TEST_TMP/cas"
while [ -n "$path" ]; do
    http GET "$path"
    json '.substances[].cas' >>"$TEST_TMP/cas"
    next=$(json '.next // ""')
    path=${next#"$URL"}
done
is 'substances: each once' "$(sort -u "$TEST_TMP/cas" | wc -l)" "$(wc -l <"$TEST_TMP/cas")"
ok 'substances: at least 120' test "$(wc -l <"$TEST_TMP/cas")" -ge 120
http GET /api/v1/substances/7782-50-5
is 'substance: axes' "$(json '.radar.axes | map(.key) | join("")')" ABCD
is 'substance: facts' "$(json '"\(.un) \(.erg_guide) \(.toxic_by_inhalation)"')" '1017 124 true'
http GET '/api/v1/substances' -G --data-urlencode 'q=chlor'
like 'substances: by part of a name' "$(json '[.substances[].name_en] | join(" ")')" 'Chlorine'

# ---- what cannot be ----
for bad in 'facilities/0' 'facilities/x' 'facilities/1.5' 'facilities/99999999999999999999' 'facilities/%3Cscript%3E' \
    'facilities?limit=0' 'facilities?limit=100000000' 'facilities?limit=x' 'facilities?near=120' 'facilities?near=a,b' \
    'facilities?near=NaN,22' 'facilities?near=120.3,22.6&radius=-1' 'facilities?near=120.3,22.6&radius=1e9' \
    'facilities?radius=10' 'facilities?county=%27%20OR%201=1' 'facilities?cas=1-1-1' 'facilities?min_score=nan' \
    'facilities?position_check=bad' 'facilities?after=x' 'facilities?unknown=1' 'search' 'search?q=' 'search?q=%20' \
    'search?q=a&limit=0' 'search?q=1+2+3+4+5+6+7' "search?q=$(printf '%0101d' 0)" 'substances?after=x' 'substances/7782-50-4'; do
    http GET "/api/v1/$bad"
    problem "$bad" 400
done
http GET /api/v1/facilities/99999999
problem 'no such facility' 404
http GET /api/v1/substances/7782-44-7x
problem 'no CAS number' 400
stop_server
is 'the server ends well' "$SERVER_EXIT" 0
done_testing

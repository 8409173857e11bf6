#!/bin/sh
# Warning radar scores explained: another program recomputes every one of them from the answer alone; charts are
# measured; sensitivity is counted again from lists.
. tests/db/lib.sh
start_server --sample "${BUILD:-build}/sample"

# Factors that an agency brings: official classes, national sums, exports; and a facility with markup in its name.
printf 'cas,hazard,quantity,incident,economy\n107-13-1,10,9,8,7\n80-62-6,3,,,\n7782-50-5,,,9,\n' >"$TEST_TMP/scores.csv"
printf 'cas,system,behaviour,amount,unit,year\n108-88-3,甲系統,使用,9000000,公噸,2018\n108-88-3,甲系統,製造,5,公噸,2018\n' >"$TEST_TMP/national.csv"
printf 'cas,value,unit,year\n108-88-3,77,千元,2020\n' >"$TEST_TMP/exports.csv"
cat >"$TEST_TMP/hostile.csv" <<'END'
ems_no,name,lon,lat,established_year
YY000001,"<script>alert(1)</script> ""'&]]> 廠",120.30,22.62,1970
YY000002,未來廠,120.31,22.62,2099
END
printf 'ems_no,cas,substance_name,behaviour,amount,unit,start_date,end_date\nYY000001,7782-50-5,氯,使用,1000,kg,2024-01-01,2024-12-31\nYY000001,,<b>某物</b>,使用,2,公噸,,\nYY000001,108-88-3,甲苯,貯存,5,瓶,2024-01-01,2024-12-31\nYY000002,7782-50-5,氯,使用,1000,kg,2024-01-01,2024-12-31\n' >"$TEST_TMP/hostile_holdings.csv"
ok 'official classes' import scores "$TEST_TMP/scores.csv" tcsb
ok 'national sums' import national "$TEST_TMP/national.csv" cloud
ok 'exports' import exports "$TEST_TMP/exports.csv" customs
ok 'a facility with markup in its name' import facilities "$TEST_TMP/hostile.csv" hostile
ok 'its holdings' import holdings "$TEST_TMP/hostile_holdings.csv" hostile
number=$(sql 'SELECT number FROM atlas_revision')
newest() { http GET /api/v1/status && [ "$(json .atlas.number)" = "$number" ]; }
ok 'the atlas has all of it' wait_until newest
id=$(sql "SELECT facility_id FROM facility_number WHERE number = 'YY000001'")

# ---- recomputed elsewhere ----
recomputed() { python3 tests/http/radar_explain.py "$URL" "$@" 2>&1 | tail -5; }
like 'defaults' "$(recomputed '')" '^ok [0-9][0-9]'
like 'other weights, orders, angle' \
    "$(recomputed 'weights=33,33,33,1&order=HGJI&substance_weights=1,2,3,4&substance_order=DCBA&angle=published')" '^ok [0-9][0-9]'
like 'rescaled, without official classes, incidents of a period' \
    "$(recomputed 'rescale=1&official=0&incidents_from=2020-01-01&incidents_to=2024-12-31')" '^ok [0-9][0-9]'

# ---- what it says ----
http GET "/api/v1/radar/facilities/$id/explain"
is 'markup is text' "$(json .facility.name)" "<script>alert(1)</script> \"'&]]> 廠"
is 'rows with file, line, quantity and unit as reported' \
    "$(json '[.holdings.rows[] | select(.cas == "7782-50-5") | .file, .line, .reported_quantity, .reported_unit, .kg, .year] | tojson')" \
    '["hostile_holdings.csv",2,"1000","kg",1000,2024]'
is 'what is not linked counts in the quantity, not in the mean' "$(json '[.quantity.kg, (.substances | length)] | tojson')" '[3000,2]'
like 'a line for it' "$(json '.lines[].zh')" '^H：（未對應之物質）'
is 'it is of the atlas that the rows are of' "$(json '.atlas == .sources_number')" true
http GET "/api/v1/radar/facilities/$id"
problem 'no such page beside it' 404
http GET /api/v1/radar/facilities/116/explain
like 'the size by capital and employees, in words' "$(json '.lines[].en')" '^I: paid-in capital TWD [0-9,]+ .* employees [0-9,]+ .*: one holds → SME'
is 'with the rows that say them' "$(json '.size_age.rows[0].file')" facilities.csv
http GET /api/v1/radar/substances/108-88-3/explain
is 'a system states the national quantity' "$(json '[.national.kg, .national.stated, .national.system, .national.year] | tojson')" \
    '[9000000000,true,"甲系統",2018]'
like 'and a line says so' "$(json '.lines[].en')" 'as the system states it'
is 'exports as imported, with file and line' \
    "$(json '[.factors.export.thousand_twd, .factors.export_rows[0].file, .factors.export_rows[0].line] | tojson')" '[77,"exports.csv",2]'
http GET /api/v1/radar/substances/107-13-1/explain
is 'official classes stand' "$(json '[.axes[] | .value, .official] | tojson')" '[10,true,9,true,8,true,7,true]'
http GET '/api/v1/radar/substances/107-13-1/explain?official=0'
is 'unless told not to' "$(json '[.axes[].official] | any')" false
is 'ten limits each, ascending' "$(json '[.axes[] | .class_limits | length == 10 and . == sort] | all')" true
http GET "/api/v1/facilities/$id"
is 'the card has the same score' "$(json .radar.score)" "$(curl -s "$URL/api/v1/radar/facilities/$id/explain" | jq .score)"
like 'and its companions' "$(json '.radar | [.mean_area, .geometric, .ranks.best] | tojson')" '^\[[0-9.]+,[0-9.]+,[0-9]+\]$'

# ---- charts ----
none=$(curl -s "$URL/api/v1/radar/facilities?limit=1000" | jq '[.facilities[] | select(.area == null)][0].id')
is 'charts are XML, and their areas the scores' "$(python3 tests/http/radar_chart.py "$URL" "/api/v1/radar/facilities/$id" \
    "/api/v1/radar/facilities/$id?theme=night&weights=10,20,30,40&order=JIHG" "/api/v1/radar/facilities/$none" \
    "/api/v1/radar/facilities/116?angle=published&rescale=1" "/api/v1/radar/substances/108-88-3" \
    '/api/v1/radar/substances/80-62-6?theme=night&order=BADC&weights=50,25,20,5' 2>&1 | tail -5)" ok

# ---- a year of foundation still to come ----
future=$(sql "SELECT facility_id FROM facility_number WHERE number = 'YY000002'")
http GET "/api/v1/radar/facilities/$future/explain"
is 'a year still to come is no data, and says so' \
    "$(json '.size_age.established_year as $kept | .axes[] | select(.key == "J") | "\($kept) \(.raw) \(.value) \(.no_data) \(.no_data_reason) \(.explain.en | test("Founded 2099.*no data")) \(.explain.zh | test("2099.*無資料"))"')" \
    '2099 null 1 true year_in_future true true'
http GET '/api/v1/radar/facilities?limit=1000'
is 'in the list, too' "$(json '.facilities[] | select(.id == '"$future"') | .axes[3] | "\(.raw) \(.class) \(.no_data) \(.no_data_reason)"')" 'null 1 true year_in_future'
http GET '/api/v1/radar/facilities?format=csv'
like 'and flagged in the table' "$(grep 未來廠 "$BODY")" ',[GHI]*J'
http GET '/api/v1/radar/sensitivity?top=50&points=10'
like 'what it depends on is named where some leave' "$(json '"\(.stay < .top) \(.says.en)"')" '^true .*most depends on'

# ---- sensitivity, counted again ----
http GET '/api/v1/radar/sensitivity?top=50&points=10'
cp "$BODY" "$TEST_TMP/sensitivity"
first=$(jq -c '[.facilities[].id]' "$TEST_TMP/sensitivity")
http GET '/api/v1/radar/facilities?limit=50'
is 'its first are those of the list' "$first" "$(json '[.facilities[].id] | tojson')"
for axis in 0 1 2 3; do
    for way in lower higher; do
        weights=$(jq -r ".axes[$axis].$way.weights | join(\",\")" "$TEST_TMP/sensitivity")
        http GET "/api/v1/radar/facilities?limit=50&weights=$weights"
        is "axis $axis $way ($weights)" "$(jq ".axes[$axis].$way.stay" "$TEST_TMP/sensitivity")" \
            "$(json "[.facilities[].id] as \$now | $first | map(select(. as \$i | \$now | index(\$i))) | length")"
    done
done
is 'as many stay as are marked' "$(jq '([.facilities[] | select(.stays)] | length) == .stay' "$TEST_TMP/sensitivity")" true
http GET '/api/v1/radar/sensitivity?of=substances&top=10&points=0'
is 'no change, all stay' "$(json '[.top, .stay] | tojson')" '[10,10]'
http GET '/api/v1/radar/sensitivity?top=10000'
like 'all stay: nothing changes' "$(json '"\(.says.zh) \(.says.en)"')" '沒有變動.*nothing changes'
is 'all stay: nothing is named that it depends on' "$(json '.says.en | test("depends")')" false
is 'more than there are: those with a score' "$(json '.top == (.facilities | length) and .top < 401 and .stay == .top')" true

# ---- refused ----
for path in facilities/0/explain facilities/x/explain substances/1-2-3/explain facilities/9999999999999999999/explain facilities/x.svg \
    'facilities/1/explain?weights=a' 'facilities/1.svg?theme=pink' 'facilities/1/explain?order=GGHH' 'sensitivity?top=10001' \
    'sensitivity?points=101' 'sensitivity?of=people' 'facilities/1/explain?incidents_from=2024-13-01'; do
    http GET "/api/v1/radar/$path"
    problem "$path" 400
done
for path in facilities/999999/explain substances/50-01-1/explain facilities/999999.svg; do
    http GET "/api/v1/radar/$path"
    problem "$path" 404
done
http GET /api
for path in facilities/{id}/explain 'facilities/{id}.svg' 'substances/{cas}/explain' 'substances/{cas}.svg' sensitivity; do
    is "the API page knows $path" "$(json ".paths[\"/api/v1/radar/$path\"].get.tags[0]")" analysis
done

done_testing

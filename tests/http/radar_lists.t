#!/bin/sh
# Lists of warning radar scores: JSON, CSV, XLSX and GeoJSON say the same; filters, orders, limits; names that a
# spreadsheet or a page would run.
. tests/http/lib.sh
start_server --sample "${BUILD:-build}/sample"

# A facility whose name, operator and substance are formulas and markup; another that names a second line.
cat >"$TEST_TMP/hostile.csv" <<'END'
ems_no,name,lon,lat,industry,established_year,paid_in_capital_twd,employees
YY000001,"=HYPERLINK(""http://x.example"",""a"")",120.30,22.62,"+<b>業</b>",1970,1000000,5
YY000002,"@SUM(1,1) <script>alert(1)</script> & ""廠""",120.31,22.63,"-業",1990,1000000,5
YY000003,＝1+1廠,120.32,22.64,業,2010,1000000,5
END
cat >"$TEST_TMP/hostile_holdings.csv" <<'END'
ems_no,cas,substance_name,behaviour,amount,unit,start_date,end_date
YY000001,7782-50-5,氯,使用,1000,kg,2024-01-01,2024-12-31
YY000002,7782-50-5,氯,使用,10,kg,2024-01-01,2024-12-31
END
"$HAZATLAS" import facilities "$TEST_TMP/hostile.csv" --source hostile --data "$DATA" >"$TEST_TMP/report" 2>&1
ok 'facilities with hostile names come in' grep -q ' 3  new' "$TEST_TMP/report"
"$HAZATLAS" import holdings "$TEST_TMP/hostile_holdings.csv" --source hostile --data "$DATA" >"$TEST_TMP/report" 2>&1
with_hostile() { http GET /api/v1/status && [ "$(json .atlas.facilities)" = 403 ] && [ "$(json .atlas.holdings)" = 3017 ]; }
ok 'the atlas has them' wait_until with_hostile

get() { # get FILE PATH
    http GET "$2"
    cp "$BODY" "$TEST_TMP/$1"
}

# ---- the three forms agree, whatever the weights and the order ----
for query in 'weights=40,30,15,15' 'weights=10,20,30,40&order=GIHJ&angle=published' 'rescale=0&substance_weights=25,25,25,25' \
    'weights=1000000,0.0001,0.0001,0.0001'; do
    : >"$TEST_TMP/pages"
    path="/api/v1/radar/facilities?limit=150&$query"
    pages=0
    while [ -n "$path" ] && [ "$pages" -lt 9 ]; do
        http GET "$path"
        jq -c . "$BODY" >>"$TEST_TMP/pages"
        next=$(json '.next // ""')
        path=${next#"$URL"}
        pages=$((pages + 1))
    done
    is "$query: pages" "$pages" 3
    get list.csv "/api/v1/radar/facilities?format=csv&$query"
    is "$query: CSV has a type" "$(header Content-Type)" 'text/csv; charset=utf-8'
    like "$query: and a name" "$(header Content-Disposition)" 'attachment; filename="radar_facilities.csv"'
    get list.geojson "/api/v1/radar/facilities?format=geojson&$query"
    is "$query: GeoJSON has a type" "$(header Content-Type)" application/geo+json
    is "$query: CSV, GeoJSON, pages and the formula agree" \
        "$(node tests/http/radar_lists.mjs "$TEST_TMP/list.csv" "$TEST_TMP/pages" "$TEST_TMP/list.geojson" 2>&1)" ok
done
is 'GDAL reads the GeoJSON' "$(ogrinfo -so -al "$TEST_TMP/list.geojson" | sed -n 's/^Feature Count: //p')" 403

# ---- what a spreadsheet would run ----
like 'a formula is quoted in CSV' "$(cat "$TEST_TMP/list.csv")" ",\"'=HYPERLINK\\(\"\"http"
like 'an @ too' "$(cat "$TEST_TMP/list.csv")" ",\"'@SUM\\(1,1\\)"
like 'its full-width form too' "$(cat "$TEST_TMP/list.csv")" ",\"'＝1\\+1廠\""
like 'and of an industry' "$(cat "$TEST_TMP/list.csv")" ",\"'\\+<b>業</b>\""
get list.xlsx /api/v1/radar/facilities?format=xlsx
is 'XLSX has a type' "$(header Content-Type)" application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
ogr2ogr -f CSV "$TEST_TMP/from_xlsx.csv" "$TEST_TMP/list.xlsx" list
is 'XLSX has all rows' "$(ogrinfo -so "$TEST_TMP/list.xlsx" list | sed -n 's/^Feature Count: //p')" 403
like 'scores are numbers' "$(ogrinfo -so "$TEST_TMP/list.xlsx" list)" 'warning radar area: Real'
is 'texts are texts: no formula in it' "$(unzip -p "$TEST_TMP/list.xlsx" 'xl/worksheets/*.xml' | grep -c '<f>')" 0
like 'with their names as they are' "$(cat "$TEST_TMP/from_xlsx.csv")" '=HYPERLINK\(""http'
ogr2ogr -f CSV "$TEST_TMP/about.csv" "$TEST_TMP/list.xlsx" about
like 'the second sheet says the weights' "$(cat "$TEST_TMP/about.csv")" '"?weights, %"?,"?G, H, I, J: 40, 30, 15, 15'
http GET /api/v1/status
like 'the number of the atlas' "$(cat "$TEST_TMP/about.csv")" "atlas number,\"?$(json .atlas.number)\"?\$"
like 'the sources' "$(cat "$TEST_TMP/about.csv")" 'source of the data,hostile'

# ---- filters ----
http GET '/api/v1/radar/facilities?limit=1000'
cp "$BODY" "$TEST_TMP/all"
ids() { jq -c "[.facilities[] | select($1) | .id]" "$TEST_TMP/all"; }
for filter in county township industry; do
    value=$(jq -r "[.facilities[] | select(.$filter != null) | .$filter] | group_by(.) | max_by(length)[0]" "$TEST_TMP/all")
    http GET "/api/v1/radar/facilities?limit=1000&$filter=$(jq -rn --arg v "$value" '$v | @uri')"
    is "$filter=$value" "$(json '[.facilities[].id] | tojson')" "$(ids ".$filter == \"$value\"")"
    ok "$filter=$value: some" test "$(json .matched)" -gt 3
done
http GET '/api/v1/radar/facilities?limit=1000&min_score=6'
is 'min_score' "$(json '[.facilities[].id] | tojson')" "$(ids '.area != null and .area >= 6')"
http GET '/api/v1/facilities?cas=7782-50-5&limit=1000'
held=$(json '[.facilities[].id] | sort | tojson')
http GET '/api/v1/radar/facilities?limit=1000&cas=7782-50-5'
is 'cas: those that hold it' "$(json '[.facilities[].id] | sort | tojson')" "$held"
http GET '/api/v1/radar/substances?limit=1000&county=64000'
in_county=$(json .matched)
http GET '/api/v1/radar/substances?limit=1000'
ok 'substances held in a county are fewer' test "$in_county" -gt 3 -a "$in_county" -lt "$(json .matched)"
http GET '/api/v1/radar/substances?cas=7782-50-5'
is 'one substance' "$(json '[.substances[].cas] | tojson')" '["7782-50-5"]'
for sort in mean:mean_area geometric:geometric; do
    http GET "/api/v1/radar/facilities?limit=1000&sort=${sort%:*}"
    is "sort=${sort%:*} goes down" "$(json "[.facilities[].${sort#*:} | select(. != null) * 1e8 | round] | . == (sort | reverse)")" true
    is "sort=${sort%:*} has all" "$(json .matched)" 403
done

# ---- weights of which hardly any, or nothing, comes ----
http GET '/api/v1/radar/facilities?limit=1000&weights=1000000,0.0001,0.0001,0.0001'
cp "$BODY" "$TEST_TMP/lopsided"
id=$(json .facilities[0].id) tiny=$(json .facilities[0].area)
is 'lopsided weights: small scores, no zeros' "$(json '[.facilities[].area | select(. != null)] | (min > 0 and max < 1e-6)')" true
ok 'of as many ranks as values' test "$(json '[.facilities[] | select(.area != null) | .ranks.best] | unique | length')" -gt 20
is 'and the weights as they were asked for' "$(json '.weights | tojson')" '[99.99999997,9.999999997e-09,9.999999997e-09,9.999999997e-09]'
is 'nothing is remarked' "$(json '"\(.all_zero) \(.remarks | length)"')" 'false 0'
http GET "/api/v1/radar/facilities/$id/explain?weights=1000000,0.0001,0.0001,0.0001"
is 'explained to the same number and rank' "$(json '"\(.score) \(.rank)"')" "$tiny 1"
like 'in words too' "$(json '.lines[-1].en // (.lines[] | select(.en | test("^K = ")) | .en)')" '= [1-9][0-9.]*e-'
http GET "/api/v1/facilities/$id?weights=1000000,0.0001,0.0001,0.0001"
is 'on its card' "$(json .radar.score)" "$tiny"
http GET "/api/v1/facilities?weights=1000000,0.0001,0.0001,0.0001&limit=1000"
is 'and in the list of facilities' "$(json ".facilities[] | select(.id == $id) | .score")" "$tiny"
http GET '/tiles/facilities/0/0/0.mvt?weights=1000000,0.0001,0.0001,0.0001'
cp "$BODY" "$TEST_TMP/tile.mvt"
is 'tiles have scores above 0' "$(ogrinfo -ro -q -al "MVT:$TEST_TMP/tile.mvt" facilities 2>/dev/null | grep -Ec '(max_score|  score) \(Real\) = [1-9.]+e-')" \
    "$(ogrinfo -ro -q -al "MVT:$TEST_TMP/tile.mvt" facilities 2>/dev/null | grep -Ec '(max_score|  score) \(Real\)')"
http GET '/tiles/facilities.json?weights=1000000,0.0001,0.0001,0.0001'
is 'the legend has limits apart' "$(json '[.hazatlas.legend.classes[].min] | (unique | length) == length')" true
for flat in 'weights=1,0,0,0' 'weights=50,0,50,0' 'weights=50,50,0,0&order=GIHJ'; do
    for address in /api/v1/radar/facilities /api/v1/facilities "/api/v1/radar/facilities/$id/explain" /api/v1/radar/sensitivity /api/v1/radar/regions; do
        http GET "$address?$flat"
        is "$address?$flat: all is 0, and said so" "$(json '"\(.all_zero) \(.remarks | length) \(.remarks[0].en)"' | cut -c1-50)" 'true 1 Two opposite axes both weigh 0 (or too litt'
    done
    http GET "/tiles/facilities.json?$flat"
    is "legend?$flat" "$(json '"\(.hazatlas.all_zero) \(.hazatlas.remarks | length)"')" 'true 1'
    http GET "/api/v1/radar/facilities?format=geojson&$flat"
    is "GeoJSON?$flat" "$(json .all_zero)" true
    http GET "/api/v1/radar/facilities?format=csv&$flat"
    like "CSV?$flat" "$(tail -1 "$BODY")" '相對的兩軸權重都是 0.*Two opposite axes both weigh 0'
done
http GET '/api/v1/radar/facilities?substance_weights=1,0,0,0'
is 'of substances: G is 0, K need not be' "$(json '"\(.all_zero) \(.remarks[0].en)"' | cut -c1-50)" 'false Two opposite axes of substances both weigh 0'
http GET '/api/v1/radar/substances?weights=0,1,0,1'
is 'a list of substances' "$(json '"\(.all_zero) \(.remarks | length)"')" 'true 1'

# ---- limits are named, and said where they cut ----
http GET '/api/v1/radar/facilities?limit=1001'
problem 'too many rows of JSON' 400 'limit must be 1 to 1000 for JSON \(100000 for CSV'
http GET '/api/v1/radar/facilities?format=csv&limit=100001'
problem 'too many rows of a file' 400 'limit'
http GET '/api/v1/radar/facilities?limit=99999999999999999999'
problem 'a number that is none' 400 'limit'
http GET '/api/v1/radar/facilities?format=csv&limit=5&after=2'
is 'a cut file has its rows and says so' "$(wc -l <"$BODY")" 7
like 'in its last row' "$(tail -1 "$BODY")" '本檔只列第 3 至 7 筆，共 403 筆符合。 This file holds rows 3 to 7 of 403'
http GET '/api/v1/radar/facilities?format=xlsx&limit=5'
is 'a cut XLSX too' "$STATUS $(ogrinfo -so "$BODY" list 2>/dev/null | sed -n 's/^Feature Count: //p')" '200 6'
http GET '/api/v1/radar/facilities?format=csv&limit=5&after=2'
like 'and in a Link' "$(header Link)" 'after=7.*rel="next"'
http GET '/api/v1/radar/facilities?after=403'
is 'past the end: none' "$(json '[(.facilities | length), .next] | tojson')" '[0,null]'
http GET '/api/v1/radar/facilities?county=99999'
problem 'an unknown county' 400 'no county has the code "99999"'
http GET '/api/v1/radar/facilities?county=%3Cscript%3E'
problem 'markup as a county' 400 'no county'
http GET '/api/v1/radar/facilities?township=1'
problem 'an unknown township' 400 'no township'
http GET '/api/v1/radar/facilities?industry=%E7%84%A1'
problem 'an unknown industry' 400 'industry'
http GET '/api/v1/radar/facilities?cas=1-1-1'
problem 'an unknown substance' 400 'cas'
http GET '/api/v1/radar/facilities?format=pdf'
problem 'an unknown format' 400 'format'
http GET '/api/v1/radar/substances?format=geojson'
problem 'substances have no place' 400 'format'
http GET '/api/v1/radar/facilities?sort=name'
problem 'an unknown order' 400 'sort'
http GET '/api/v1/radar/facilities?weights=1,2,3'
problem 'three weights' 400 'weights'

done_testing

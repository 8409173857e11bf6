#!/bin/sh
# Radar scores by region: against the list of facilities and against PostGIS; maps that GDAL reads;
# trends against saved runs.
. tests/db/lib.sh
start_server --sample "${BUILD:-build}/sample"
REGIONS=/api/v1/radar/regions

# ---- counties and townships, counted from the list of facilities ----
# check.py ANSWER LIST COLUMN: how many figures differ from those counted from the list.
cat >"$TEST_TMP/check.py" <<'PY'
import csv, json, math, sys
answer, listed, key = sys.argv[1:4]
d = json.load(open(answer))
groups = {}
for r in csv.DictReader(open(listed, encoding='utf-8-sig', newline='')):
    groups.setdefault(r[key] or None, []).append(r)
def figures(rows):
    area = sorted(float(r['area']) for r in rows if r['area'])
    kg = [float(r['h_quantity_kg']) for r in rows if r['h_quantity_kg']]
    n = len(area)
    rank = -(-9 * n // 10)  # ceil(0.9 n)
    return dict(facilities=len(rows), scored=n, sum=sum(area) if n else None, mean=sum(area) / n if n else None,
                maximum=max(area) if n else None, p90=area[rank - 1] if n else None,
                quantity_kg=sum(kg) if kg else None, with_quantity=len(kg))
def same(a, b):
    return a is None and b is None or a is not None and b is not None and math.isclose(a, b, rel_tol=1e-12)
bad = 0
told = {r['code']: r for r in d['regions']}
told[None] = d['nowhere']
everything = [r for g in groups.values() for r in g]
for code, row in list(told.items()) + [('all', d['all'])]:
    want = figures(everything if code == 'all' else groups.get(code, []))
    for k, v in want.items():
        if not same(row[k], v):
            bad += 1
            print(code, k, row[k], v)
missing = [g for g in groups if g not in told]
print('differ', bad, 'missing', len(missing), 'rows', len(d['regions']))
PY
http GET '/api/v1/radar/facilities?format=csv'
cp "$BODY" "$TEST_TMP/list.csv"
for by in county township; do
    http GET "$REGIONS?by=$by"
    is "$by: status" "$STATUS" 200
    is "$by: against the list" "$(python3 "$TEST_TMP/check.py" "$BODY" "$TEST_TMP/list.csv" "${by}_code")" \
        "differ 0 missing 0 rows $(sql "SELECT count(*) FROM area WHERE kind = '$by'")"
    is "$by: all is regions and nowhere" "$(json '.all.facilities == ([.regions[].facilities] | add) + .nowhere.facilities')" true
done
is 'the percentile is said' "$(json '.p90.en | contains("nearest rank")')" true
http GET "/api/v1/radar/facilities?format=csv&weights=10,20,30,40&angle=published&rescale=1"
cp "$BODY" "$TEST_TMP/other.csv"
http GET "$REGIONS?weights=10,20,30,40&angle=published&rescale=1"
is 'other parameters' "$(python3 "$TEST_TMP/check.py" "$BODY" "$TEST_TMP/other.csv" county_code) $(json .parameters)" \
    "differ 0 missing 0 rows 22 weights=10,20,30,40&angle=published&rescale=1"
http GET "$REGIONS?by=township&county=64000"
is 'townships of one county' "$(json '"\(.regions | length) \(.regions | map(.county_code) | unique | join(",")) \(.all.facilities)"')" \
    "$(sql "SELECT count(*) FROM area WHERE kind = 'township' AND county_code = '64000'") 64000 $(sql "SELECT count(*) FROM facility WHERE county_code = '64000'")"

# ---- hexagons: nearest centre by PostGIS ----
hexagons() { # SIZE: code and facilities, by the nearest of all centres around
    sql "WITH p AS (SELECT id, ST_X(geom_3826) x, ST_Y(geom_3826) y FROM facility WHERE geom IS NOT NULL),
        near AS (SELECT DISTINCT ON (p.id) p.id, q, r
            FROM p, generate_series(floor(p.y / ($1 * sqrt(3) / 2))::int - 1, floor(p.y / ($1 * sqrt(3) / 2))::int + 2) r,
                 generate_series(floor(p.x / $1 - r / 2.0)::int - 1, floor(p.x / $1 - r / 2.0)::int + 2) q
            ORDER BY p.id, (p.x - $1 * (q + r / 2.0)) ^ 2 + (p.y - $1 * r * sqrt(3) / 2) ^ 2)
        SELECT 'h$1:' || q || ':' || r || ' ' || count(*) FROM near GROUP BY q, r ORDER BY r, q"
}
for size in 500 2000 5000 33333; do
    http GET "$REGIONS?by=hexagon&size=$size"
    is "hexagons of $size m: against PostGIS" "$(json '.regions[] | "\(.code) \(.facilities)"' | cksum)" "$(hexagons $size | cksum)"
    is "hexagons of $size m: all of them" "$(json '([.regions[].facilities] | add) + .nowhere.facilities')" "$(sql 'SELECT count(*) FROM facility')"
done
is 'hexagons: nowhere are those not drawn' "$(json .nowhere.facilities)" "$(sql 'SELECT count(*) FROM facility WHERE geom IS NULL')"
http GET "$REGIONS?by=hexagon&size=5000"
json '.regions[] | "\(.code) \(.facilities)"' >"$TEST_TMP/whole"
http GET "$REGIONS?by=hexagon&size=5000&county=64000"
is 'hexagons of one county lie on the same grid' "$(json '.regions[].code' | grep -vcxFf - "$TEST_TMP/whole") $(json '.regions | length > 3')" \
    "$(wc -l <"$TEST_TMP/whole") true"

# ---- as maps ----
http GET "$REGIONS?by=hexagon&size=5000&format=geojson"
is 'hexagons: media type' "$(header Content-Type)" application/geo+json
cp "$BODY" "$TEST_TMP/hexagons.geojson"
is 'hexagons: GDAL reads them' "$(ogrinfo -ro -so -al "$TEST_TMP/hexagons.geojson" 2>/dev/null | grep -c "^Feature Count: $(wc -l <"$TEST_TMP/whole")\$\|^Geometry: Polygon\|^p90: Real\|^facilities: Integer")" 4
loaded=$(sql "CREATE TABLE public.hex_test (code text, geom geometry);" && jq -r '.features[] | "INSERT INTO public.hex_test VALUES (\u0027\(.properties.code)\u0027, ST_GeomFromGeoJSON(\u0027\(.geometry | tojson)\u0027));"' "$TEST_TMP/hexagons.geojson" >"$TEST_TMP/hex.sql" && sql "$(cat "$TEST_TMP/hex.sql")" && sql 'SELECT count(*) FROM public.hex_test')
is 'hexagons: loaded' "$loaded" "$(wc -l <"$TEST_TMP/whole")"
is 'hexagons: valid, as large as said' "$(sql "SELECT bool_and(ST_IsValid(geom) AND ST_IsPolygonCCW(geom)), max(abs(ST_Area(ST_Transform(geom, 3826)) / (5000 ^ 2 * sqrt(3) / 2) - 1)) < 1e-5 FROM public.hex_test")" 't|t'
is 'hexagons: they do not overlap' "$(sql 'SELECT count(*) FROM public.hex_test a JOIN public.hex_test b ON a.code < b.code AND a.geom && b.geom WHERE ST_Area(ST_Intersection(ST_Transform(a.geom, 3826), ST_Transform(b.geom, 3826))) > 1')" 0
is 'hexagons: each facility within its own' "$(sql "SELECT count(*) FROM (SELECT h.code, count(f.id) n FROM public.hex_test h JOIN facility f ON ST_Contains(h.geom, f.geom) GROUP BY h.code) x JOIN (VALUES $(sed "s/\(.*\) \(.*\)/('\1', \2),/" "$TEST_TMP/whole" | tr -d '\n' | sed 's/,$//')) w (code, n) USING (code, n)")" \
    "$(wc -l <"$TEST_TMP/whole")"
sql 'DROP TABLE public.hex_test' >/dev/null
for by in county township; do
    http GET "$REGIONS?by=$by&format=geojson"
    cp "$BODY" "$TEST_TMP/$by.geojson"
    is "$by: GDAL reads all" "$(ogrinfo -ro -q -al -geom=SUMMARY "$TEST_TMP/$by.geojson" 2>/dev/null | grep -c '^OGRFeature')" "$(sql "SELECT count(*) FROM area WHERE kind = '$by'")"
    small=$(wc -c <"$BODY")
    http GET "$REGIONS?by=$by&format=geojson&zoom=13"
    ok "$by: more detail nearer" test "$(wc -c <"$BODY")" -ge "$small"
    http GET "$REGIONS?by=$by&format=geojson&borders=none"
    is "$by: without borders" "$(json '[.features[].geometry] | unique | length')" 1
done
of_county() { json "$1 | \"\\(.county_code) \\(.county) \\(.county_en)\""; }
in_county='select(.code == "64000080")'
http GET "$REGIONS?by=township&format=geojson&borders=none"
is 'a county is told by code and by name: GeoJSON' "$(of_county ".features[].properties | $in_county")" "64000 $(sql "SELECT name || ' ' || name_en FROM area WHERE kind = 'county' AND code = '64000'")"
was=$(of_county ".features[].properties | $in_county")
http GET "$REGIONS?by=township"
is 'a county is told by code and by name: JSON' "$(of_county ".regions[] | $in_county")" "$was"
http GET "$REGIONS?by=township&format=csv"
is 'a county is told by code and by name: CSV' "$(python3 -c "import csv, sys
print(*[r['county_code'] + ' ' + r['county'] for r in csv.DictReader(open(sys.argv[1], encoding='utf-8-sig')) if r['code'] == '64000080'])" "$BODY")" "${was%% [A-Z]*}"
http GET "$REGIONS?by=county&format=geojson&borders=full"
is 'full borders are those stored' "$(json '.features[] | select(.id == "64000") | .geometry | tojson')" \
    "$(sql "SELECT ST_AsGeoJSON(ST_ForcePolygonCCW(geom), 7, 0) FROM area WHERE kind = 'county' AND code = '64000'" | jq -c .)"
is 'simplified ones stay near' "$(sql "SELECT ST_HausdorffDistance(a.geom_3857, ST_Transform(ST_GeomFromGeoJSON('$(jq -c '.features[] | select(.id == "64000") | .geometry' "$TEST_TMP/county.geojson")'), 3857)) < 40075016.7 / 512 / 256 * 1.5 FROM area a WHERE kind = 'county' AND code = '64000'")" t
http GET "$REGIONS?by=county&format=csv"
is 'CSV' "$STATUS $(header Content-Type) $(wc -l <"$BODY")" '200 text/csv; charset=utf-8 25'
http GET "$REGIONS?by=county&format=xlsx"
is 'XLSX' "$STATUS $(head -c 2 "$BODY")" '200 PK'

# ---- trend ----
http POST /api/v1/radar/runs -H 'Content-Type: application/json' -d '{"name": "before"}'
first=$(json .id)
http POST /api/v1/radar/runs -H 'Content-Type: application/json' -d '{"name": "other", "weights": "70,10,10,10"}'
second=$(json .id)
http GET "$REGIONS?runs=$first"
is 'trend: nothing changed' "$(json '[.regions[].trend[0].change | .facilities, .sum, .p90] | unique | map(tostring) | join(",")') $(json '.runs[0].same_parameters')" 'null,0 true'
cas=$(sql "SELECT s.cas FROM holding h JOIN substance s ON s.id = h.substance_id LIMIT 1")
printf '管制編號,名稱,地址,經度,緯度\nNEW1,新廠,高雄市小港區一路1號,120.36,22.56\nNEW2,遠廠,臺東縣蘭嶼鄉一路1號,121.55,22.05\n' >"$TEST_TMP/new.csv"
printf '管制編號,CAS No.,化學物質名稱,數量,單位,行為,起始日期,結束日期\nNEW1,%s,,5,公噸,使用,2025-01-01,2025-12-31\n' "$cas" >"$TEST_TMP/new_holdings.csv"
chmod 644 "$TEST_TMP"/new*.csv
import facilities "$TEST_TMP/new.csv" new
import holdings "$TEST_TMP/new_holdings.csv" new
there() { http GET "$REGIONS?runs=$first" && [ "$(json '.all.trend[0].change | "\(.facilities) \(.scored)"')" = '2 1' ]; }
ok 'trend: two more, one with a score' wait_until there
is 'trend: where' "$(json '.regions[] | select(.trend[0].change.facilities != 0) | "\(.code) \(.trend[0].change | "\(.facilities) \(.scored)")"' | paste -sd,)" '10014 1 0,64000 1 1'
is 'trend: the change is the difference' "$(json '.regions | map(select(.trend[0].change.sum != null) | (.sum - .trend[0].sum - .trend[0].change.sum) == 0) | all')" true
http GET "$REGIONS?by=hexagon&size=5000&runs=$first,$second&format=geojson"
is 'trend: flat in maps' "$(json ".features[] | .properties | select(.change${first}_facilities != 0) | \"\\(.change${first}_facilities) \\(.run${second}_facilities + .change${second}_facilities == .facilities)\"" | paste -sd,)" '1 true,1 true'
save_third() { http POST /api/v1/radar/runs -H 'Content-Type: application/json' -d '{"name": "with new"}' && json .id; }
third=$(save_third)
for kind in holdings facilities; do
    http POST "/api/v1/batches/$(sql "SELECT b.id FROM import_batch b JOIN source s ON s.id = b.source_id WHERE b.kind = '$kind' AND s.name = 'new'")/undo"
    is "trend: $kind undone" "$STATUS" 200
done
left() { http GET "$REGIONS?by=hexagon&size=5000&runs=$third" && [ "$(json '.all.trend[0].change.facilities')" = -2 ]; }
ok 'trend: two fewer' wait_until left
is 'trend: a hexagon with nobody left is told' "$(json '.regions[] | select(.facilities == 0) | "\(.trend[0].facilities) \(.sum) \(.trend[0].change.facilities)"')" '1 null -1'
http GET "$REGIONS?runs=$first,$second"
is 'other parameters: said of the run and of every change' "$(json '"\(.runs | map(.same_parameters) | tojson) \([.regions[].trend | map(.same_parameters) | tojson] | unique | tojson) \(.note.en | test("other parameters"))"')" '[true,false] ["[true,false]"] true'
http GET "$REGIONS?runs=$first"
is 'the same parameters: no note' "$(json .note)" null
http GET "$REGIONS?runs=$first,$second&format=geojson&borders=none"
is 'other parameters: in maps' "$(json ".features | map(.properties | [.run${first}_same_parameters, .run${second}_same_parameters]) | unique | tojson")" '[[true,false]]'
"$HAZATLAS" region --runs "$first,$second" --data "$DATA" >/dev/null 2>"$TEST_TMP/err"
like 'other parameters: the command says so' "$(cat "$TEST_TMP/err")" 'other parameters.*at once'
"$HAZATLAS" region --runs "$first" --data "$DATA" >/dev/null 2>"$TEST_TMP/err"
is 'the same parameters: nothing to say' "$(cat "$TEST_TMP/err")" ''
http GET "$REGIONS?runs=$first,$second&format=csv"
is 'other parameters: in the table' "$(python3 -c "import csv, sys
print(sorted({(r['run'], r['same_parameters']) for r in csv.DictReader(open(sys.argv[1], encoding='utf-8-sig'))}))" "$BODY")" "[('', ''), ('$first', 'true'), ('$second', 'false')]"
is 'trend: a row a region and run' "$(wc -l <"$BODY")" $((1 + 3 * 24))
etag=$(header ETag)
http GET "$REGIONS?runs=$first,$second&format=csv" -H "If-None-Match: $etag"
is 'trend: nothing new' "$STATUS" 304
http DELETE "/api/v1/radar/runs/$second"
http GET "$REGIONS?runs=$first,$second&format=csv" -H "If-None-Match: $etag"
problem 'a run that is gone, whatever the client holds' 404
http GET "$REGIONS"
etag=$(header ETag)
http GET "$REGIONS" -H "If-None-Match: $etag"
is 'without runs: nothing new' "$STATUS" 304

for bad in 'by=city' 'size=499' 'size=100001' 'size=x' 'county=x' 'runs=' 'runs=1,1' 'runs=x' 'runs=1,2,3,4,5,6,7,8,9,10,11' 'borders=some' 'zoom=15' 'format=pdf' 'weights=1' 'limit=3'; do
    http GET "$REGIONS?$bad"
    problem "$bad" 400
done
http GET "$REGIONS?runs=999"
problem 'no such run' 404

# ---- the command ----
region() { "$HAZATLAS" region "$@" --data "$DATA" >"$TEST_TMP/out" 2>"$TEST_TMP/err"; }
region --by county
is 'command: exit' "$?" 0
http GET "$REGIONS?by=county&format=csv"
ok 'command: the same table' cmp "$TEST_TMP/out" "$BODY"
region --by hexagon --size 2000 --format geojson -o "$TEST_TMP/hex.geojson" --weights 10,20,30,40 --runs "$first"
is 'command: exit with a file' "$?" 0
http GET "$REGIONS?by=hexagon&size=2000&format=geojson&weights=10,20,30,40&runs=$first"
is 'command: the same map' "$(cksum <"$TEST_TMP/hex.geojson")" "$({ cat "$BODY" && echo; } | cksum)"
for bad in '--by city' '--size 3' '--format pdf' '--weights 1' '--runs x' '--zoom 20'; do
    region $bad
    is "command: $bad" "$?" 2
done
region --county 99999
is 'command: no such county' "$?" 1
stop_server
done_testing

#!/bin/sh
# Response packets: distances of the printed table, geometry measured by PostGIS, facilities inside
# counted by PostGIS, the page, and what is refused.
. tests/http/lib.sh
start_server --sample "${BUILD:-build}/sample"
psql=/usr/lib/postgresql/15/bin/psql
conninfo="host=$(readlink -f "$DATA")/run dbname=hazatlas user=hazatlas"
sql() { "$psql" -Atq "$conninfo" -c "SET search_path = hazatlas, public; $1"; }
post() { http POST /api/v1/packets -H 'Content-Type: application/json' --data-binary "$1"; }

http GET '/api/v1/facilities?cas=7782-50-5&limit=1000'
id=$(json '[.facilities[] | select(.lon != null)][0].id')

# ---- chlorine, large spill: Table 3 ----
post "{\"facility_id\":$id,\"substance\":\"7782-50-5\",\"spill\":\"large\",\"time\":\"night\",\"wind_from_deg\":45,\"wind_speed_ms\":4}"
is 'packet: created' "$STATUS" 201
packet=$(json .id)
like 'packet: its name' "$packet" '^[a-z0-9]{16}$'
is 'packet: Location' "$(header Location)" "/api/v1/packets/$packet.json"
is 'Table 3, moderate wind, largest container' "$(json '.distances | "\(.isolation_m) \(.downwind_m) \(.at_least) \(.basis) \(.table) \(.edition)"')" '1000 8900 false table3 3 ERG 2024'
like 'first line: what kills first' "$(json '.warnings[0] | .severity + .zh + .en')" '^danger吸入致命：氯.*Deadly to breathe: Chlorine'
is 'guide of the substance' "$(json .actions.guide)" 124
like 'said to be an estimate' "$(json .planning_estimate.en)" 'Planning estimate'
cp "$BODY" "$TEST_TMP/packet.json"

lon=$(json .incident.lon) lat=$(json .incident.lat)
place="ST_SetSRID(ST_MakePoint($lon, $lat), 4326)::geography"
iso=$(json '.zones.isolation | tojson')
square=$(json '.zones.protective_action | tojson')
is 'isolation: a true circle on the ground (1 mm, all vertices)' "$(sql "SELECT bool_and(abs(ST_Distance((p).geom::geography, $place) - 1000) < 0.02) FROM ST_DumpPoints(ST_GeomFromGeoJSON('$iso')) p")" t
is 'isolation: at least 72 vertices' "$(json '.zones.isolation.coordinates[0] | length > 72')" true
is 'square: area is side squared (0.02 %)' "$(sql "SELECT abs(ST_Area(ST_GeomFromGeoJSON('$square')::geography) / 8900.0 ^ 2 - 1) < 0.0002")" t
is 'square: lies downwind, towards 225 degrees' "$(sql "SELECT abs(degrees(ST_Azimuth($place, ST_Centroid(ST_GeomFromGeoJSON('$square'))::geography)) - 225) < 0.1")" t
is 'square: the spill is the middle of its upwind side' "$(sql "SELECT ST_Distance(ST_GeomFromGeoJSON('$square')::geography, $place) < 2 AND abs(ST_Distance(ST_Centroid(ST_GeomFromGeoJSON('$square'))::geography, $place) - 4450) < 5")" t
is 'rings are right-handed' "$(sql "SELECT ST_IsPolygonCCW(ST_GeomFromGeoJSON('$square')) AND ST_IsPolygonCCW(ST_GeomFromGeoJSON('$iso'))")" t
is 'at most 7 decimals' "$(json '[.zones.isolation.coordinates[0][][] | tostring | select(test("\\.[0-9]{8}"))] | length')" 0
is 'inside: as many as PostGIS finds' "$(json .inside_total)" "$(sql "SELECT count(*) FROM facility WHERE ST_DWithin(geom::geography, $place, 1000) OR ST_Intersects(geom, ST_GeomFromGeoJSON('$square'))")"
is 'inside: sorted by distance' "$(json '[.inside[].distance_m] | . == sort')" true
is 'inside: isolation means within the radius' "$(json '[.inside[] | select((.zone == "isolation") != (.distance_m <= 1000))] | length')" 0

# ---- as it was given out ----
http GET "/api/v1/packets/$packet.json"
is 'stored whole' "$(jq -S . "$BODY")" "$(jq -S . "$TEST_TMP/packet.json")"
etag=$(header ETag)
http GET "/api/v1/packets/$packet.json" -H "If-None-Match: $etag"
is 'never changes: 304' "$STATUS" 304
http GET "/api/v1/packets/$packet.geojson"
is 'GeoJSON: media type' "$(header Content-Type)" application/geo+json
is 'GeoJSON: kinds' "$(json '[.features[].properties.kind] | unique | join(" ")')" "$(jq -r 'if .inside_total > 0 then "facility incident isolation protective_action" else "incident isolation protective_action" end' "$TEST_TMP/packet.json")"
cp "$BODY" "$TEST_TMP/packet.geojson"
ok 'GeoJSON: GDAL reads it' sh -c "ogrinfo -ro -so -al '$TEST_TMP/packet.geojson' | grep -q 'Feature Count: $(jq '.features | length' "$BODY")'"
http GET "/api/v1/packets/$packet.html"
is 'page: media type' "$(header Content-Type)" 'text/html; charset=utf-8'
like 'page: distances' "$(cat "$BODY")" '8,900 m'
unlike 'page: no script, no inline style' "$(cat "$BODY")" '<script|style="|<style'
http GET /packet.css
is 'its style sheet' "$STATUS $(header Content-Type)" '200 text/css; charset=utf-8'

# ---- other distances ----
distances() { post "$1" && json '.distances | "\(.isolation_m) \(.downwind_m) \(.at_least) \(.basis)"'; }
here='"lon":120.3,"lat":22.6'
is 'nothing known: guide 111' "$(distances "{$here}")" '100 null false default'
like 'and it says no data, not safe' "$(json '.warnings[0].en')" 'No data.*not mean it is safe'
is 'wind not known: a circle' "$(post "{$here,\"substance\":\"7782-50-5\"}" && json .zones.kind)" circle
is 'and the largest distance' "$(json '.distances | "\(.downwind_m) \(.at_least)"')" "$(json 'if .incident.time == "night" then "11000 true" else "9600 false" end')"
is 'calm: a circle' "$(post "{$here,\"substance\":\"7782-50-5\",\"wind_from_deg\":10,\"wind_speed_ms\":0.5}" && json .zones.kind)" circle
is 'thionyl chloride in water' "$(distances "{$here,\"substance\":\"7719-09-7\",\"on_water\":true,\"time\":\"night\"}")" '600 11000 true table1'
is 'thionyl chloride on land' "$(distances "{$here,\"substance\":\"7719-09-7\",\"on_water\":false,\"time\":\"night\"}")" '30 500 false table1'
is 'water not known: the larger' "$(distances "{$here,\"substance\":\"7719-09-7\",\"time\":\"night\"}")" '600 11000 true table1'
is 'container of Table 3' "$(distances "{$here,\"substance\":\"7782-50-5\",\"time\":\"night\",\"wind_speed_ms\":7,\"container\":\"Multiple ton cylinders\"}")" '300 1300 false table3'
is 'small spill: Table 1' "$(distances "{$here,\"substance\":\"7782-50-5\",\"time\":\"day\",\"spill\":\"small\"}")" '60 300 false table1'
is 'ethanol: its guide' "$(distances "{$here,\"substance\":\"64-17-5\"}")" '50 300 false guide'
like 'and it says so' "$(json .distances.text.en)" 'do not list it'
post "{\"facility_id\":$id}"
is 'no substance named: the worst of the facility' "$(json .distances.choices.substance_assumed)" true
like 'which is named' "$(json .distances.choices.downwind_from.cas)" '^[0-9]+-[0-9]+-[0-9]$'
is 'Taiwan at noon and at midnight is computed' "$(json .distances.choices.time_computed)" true
post "{\"facility_id\":$id,\"note\":\"<script>alert(1)</script>\"}"
hostile=$(json .id)
http GET "/api/v1/packets/$hostile.html"
unlike 'a hostile note stays text' "$(cat "$BODY")" '<script'
http GET '/api/v1/facilities?position_check=missing&limit=1'
missing=$(json '.facilities[0].id')
post "{\"facility_id\":$missing}"
problem 'a facility without a position' 400 'give lon and lat too'
post "{\"facility_id\":$missing,$here}"
is 'unless the place is given' "$STATUS" 201

# ---- what is refused ----
refused() { # NAME STATUS BODY [REGEX]
    post "$3"
    problem "$1" "$2" "${4:-.}"
}
refused 'empty' 400 ''
refused 'no object' 400 '[]'
refused 'cut off' 400 '{"lon":1'
refused 'unknown member' 400 "{$here,\"x\":1}" "'x' is not known"
refused 'twice' 400 '{"lon":120,"lon":121,"lat":22}'
refused 'NaN' 400 '{"lon":NaN,"lat":22}'
refused 'too large a number' 400 '{"lon":1e999,"lat":22}'
refused 'text for a number' 400 '{"lon":"120","lat":22}'
refused 'no place' 400 '{}'
refused 'half a place' 400 '{"lon":120}'
refused 'swapped axes are named' 400 '{"lon":22.6,"lat":89}' 'outside the region'
refused 'elsewhere' 400 '{"lon":2.35,"lat":48.85}' 'outside the region'
refused 'CAS check digit' 400 "{$here,\"substance\":\"7782-50-4\"}"
refused 'wind direction' 400 "{$here,\"wind_from_deg\":361}"
refused 'wind speed' 400 "{$here,\"wind_speed_ms\":-1}"
refused 'spill' 400 "{$here,\"spill\":\"huge\"}"
refused 'time' 400 "{$here,\"time\":\"noon\"}"
refused 'on_water' 400 "{$here,\"on_water\":\"yes\"}"
refused 'container' 400 "{$here,\"substance\":\"7782-50-5\",\"container\":\"bucket\"}" 'Rail tank car'
refused 'container alone' 400 "{$here,\"container\":\"Rail tank car\"}"
refused 'long note' 400 "{$here,\"note\":\"$(printf '%0201d' 0)\"}"
refused 'control characters' 400 "{$here,\"note\":\"a\\u0007b\"}"
refused 'facility as text' 400 '{"facility_id":"1"}'
refused 'no such facility' 404 '{"facility_id":99999999}'
head -c 17000 /dev/zero | tr '\0' ' ' >"$TEST_TMP/big"
http POST /api/v1/packets -H 'Content-Type: application/json' --data-binary "@$TEST_TMP/big"
problem 'more than 16 kB' 413
http POST /api/v1/packets -H 'Content-Type: text/plain' --data-binary "{$here}"
problem 'another media type' 415
for none in 0000000000000000.json ABCDEFGHIJKLMNOP.json short.json "$packet.xml" '%27%20OR%201.json'; do
    http GET "/api/v1/packets/$none"
    problem "$none" 404
done

# ---- what users add: the tables list UN numbers that no shipped substance has ----
cat >"$TEST_TMP/substances.csv" <<CSV
cas,name_zh,name_en,un,erg_guide,toxic_by_inhalation,source
7783-41-7,二氟化氧,Oxygen difluoride,2190,124,yes,test
CSV
cat >"$TEST_TMP/holdings.csv" <<CSV
ems_no,facility_name,cas,substance_name,behaviour,quantity,unit,start_date,end_date
ZY000001,混合廠,1310-73-2,氫氧化鈉,使用,5,公斤,2026-01-01,2026-03-31
ZY000001,混合廠,,神秘物質甲,貯存,500,公噸,2026-01-01,2026-03-31
CSV
ok 'substances of their own' "$HAZATLAS" import substances "$TEST_TMP/substances.csv" --source own --data "$DATA"
ok 'holdings of which one is not linked' "$HAZATLAS" import holdings "$TEST_TMP/holdings.csv" --source own --data "$DATA"
known() { post '{"lon":120.9,"lat":24.1,"substance":"7783-41-7","spill":"large","time":"night"}'; [ "$STATUS" = 201 ]; }
ok 'the new atlas knows it' wait_until known
is 'UN 2190: Table 1' "$(json '[.distances.basis, .distances.isolation_m, .distances.downwind_m, .distances.at_least] | @csv')" \
    '"table1",1000,11000,true'
http GET '/api/v1/search?q=ZY000001'
post "{\"facility_id\":$(json '.results[0].id'),\"lon\":120.9,\"lat\":24.1}"
is 'what is not linked counts as unidentified cargo' \
    "$(json '[.distances.isolation_m, .distances.choices.isolation_basis, .distances.choices.unknown_counted] | @csv')" \
    '100,"default",true'
post '{"lon":120.9,"lat":24.1,"substance":"75-36-5","spill":"small","time":"day"}'
is 'a distance of the guide is not called one of Table 1' \
    "$(json '[.distances.isolation_m, .distances.basis, .distances.choices.isolation_basis] | @csv')" '50,"table1","guide"'
like 'nor in words' "$(json .distances.text.en)" 'isolation: ERG 2024 guide 155'
post '{"lon":120.9,"lat":24.1,"substance":"7550-45-0","spill":"large","time":"night"}'
is 'land and water rows: the largest of the table, not the guide' \
    "$(json '[.distances.isolation_m, .distances.downwind_m, .distances.choices.isolation_basis] | @csv')" '30,1200,"table1"'

stop_server
is 'the server ends well' "$SERVER_EXIT" 0
done_testing

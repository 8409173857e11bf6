#!/bin/sh
# The public tier of heat over HTTP: what it refuses, cells that must not be shown, and kilograms of two significant
# digits in everything that comes out, against cells that the database counts.
. tests/http/lib.sh
start_server --sample "${BUILD:-build}/sample"
T=$TEST_TMP

near() { # NAME GOT WANTED PART
    is "$1" "$(echo "$2 $3 $4" | awk '{ d = $1 - $2; if (d < 0) d = -d; print (NF == 3 && $1 != "null" && d <= $3 * $2) ? "the same" : $1 " for " $2 }')" 'the same'
}
import() {
    "$HAZATLAS" import "$@" --data "$DATA" >"$T/log" 2>&1 || sed 's/^/# /' "$T/log"
}

# ---- one cell: three operators with a substance, a fourth alone with another; one of six beside it ----
cat >"$T/facilities.csv" <<'CSV'
工廠登記編號,廠場名稱,統一編號,縣市,地址,經度,緯度
JH000001,判一化工廠,11111111,臺東縣,,121.100,22.900
JH000002,判二化工廠,22222222,臺東縣,,121.101,22.901
JH000003,判三化工廠,33333333,臺東縣,,121.102,22.902
JH000004,判四化工廠,44444444,臺東縣,,121.103,22.903
JH000011,庚一化工廠,51111111,臺東縣,,121.200,22.990
JH000012,庚二化工廠,52222222,臺東縣,,121.201,22.991
JH000013,庚三化工廠,53333333,臺東縣,,121.202,22.992
JH000014,庚四化工廠,54444444,臺東縣,,121.203,22.991
JH000015,庚五化工廠,55555555,臺東縣,,121.202,22.990
JH000016,庚六化工廠,56666666,臺東縣,,121.201,22.992
JH000021,無處化工廠,61111111,臺東縣,,,
JH000031,辛氏石化股份有限公司海豐總廠,,臺東縣,,121.300,23.070
JH000032,臺灣辛氏石化（股）公司二廠,,臺東縣,,121.301,23.071
JH000033,壬氏石化工業股份有限公司,,臺東縣,,121.302,23.070
JH000034,辛氏石化公司加油站,81111111,臺東縣,,121.301,23.070
CSV
cat >"$T/holdings.csv" <<'CSV'
工廠登記編號,CAS號碼,運作行為,運作量,單位,起始日期,結束日期
JH000001,71-43-2,使用,100000,公斤,2016-01-01,2016-12-31
JH000002,71-43-2,使用,110000,公斤,2016-01-01,2016-12-31
JH000003,71-43-2,使用,123456,公斤,2016-01-01,2016-12-31
JH000004,50-00-0,貯存,60123,公斤,2016-01-01,2016-12-31
JH000011,71-43-2,使用,1234,公斤,2016-01-01,2016-12-31
JH000012,71-43-2,使用,1235,公斤,2016-01-01,2016-12-31
JH000013,71-43-2,使用,1236,公斤,2016-01-01,2016-12-31
JH000014,50-00-0,貯存,7,公斤,2016-01-01,2016-12-31
JH000015,50-00-0,貯存,8,公斤,2016-01-01,2016-12-31
JH000016,50-00-0,貯存,9,公斤,2016-01-01,2016-12-31
JH000021,71-43-2,使用,5000,公斤,2016-01-01,2016-12-31
JH000031,67-56-1,使用,831,公斤,2016-01-01,2016-12-31
JH000032,67-56-1,使用,293,公斤,2016-01-01,2016-12-31
JH000033,67-56-1,使用,278,公斤,2016-01-01,2016-12-31
CSV
import facilities "$T/facilities.csv" --source judge
import holdings "$T/holdings.csv" --source judge
four=$(sql "SELECT id FROM facility WHERE name = '判四化工廠'")
loaded() { curl -s "$URL/api/v1/facilities/$four" | grep -q 判四 && curl -s "$URL/tiles/heat.json?by=quantity&cas=50-00-0" | jq -e '.hazatlas.heat.points >= 4' && [ "$(curl -s "$URL/healthz" | wc -c)" -gt 0 ] &&
    curl -s "$URL/api/v1/heat?lon=121.103&lat=22.903&by=quantity&cas=50-00-0" | jq -e '.value > 0'; }
ok 'the facilities are in the atlas' wait_until loaded
centre() { # LON LAT: of the cell of a place
    sql "SELECT ST_X(c) || ' ' || ST_Y(c) FROM (SELECT ST_Transform(ST_SetSRID(ST_MakePoint((floor(ST_X(p) / 2500) + 0.5) * 2500,
        (floor(ST_Y(p) / 2500) + 0.5) * 2500), 3826), 4326) AS c FROM (SELECT ST_Transform(ST_SetSRID(ST_MakePoint($1, $2), 4326), 3826) AS p) p) c"
}
is 'the four are in one cell, the six in another' "$(sql "SELECT string_agg(n::text, ' ' ORDER BY n) FROM (SELECT count(*) AS n FROM facility
    WHERE name ~ '^[判庚].化工廠' GROUP BY floor(ST_X(geom_3826) / 2500), floor(ST_Y(geom_3826) / 2500)) g")" '4 6'
first=$(centre 121.1 22.9) second=$(centre 121.201 22.991)
weight() { # PLACE QUERY: of the cell there; none
    http GET "/api/v1/heat?lon=${1% *}&lat=${1#* }&limit=500&tier=public&$2"
    json '[.contributors_listed[] | select(.distance_m < 5) | .weight][0] // "none"'
}

# ---- the attack: all less one ----
for by in quantity hazard radar intensity incidents concentration; do
    for path in "api/v1/heat?lon=121&lat=23&" 'tiles/heat.json?' 'tiles/heat/7/107/55.png?' 'api/v1/heat.tif?' 'api/v1/heat/contours?' 'api/v1/heat/zonal?'; do
        http GET "/${path}tier=public&by=$by"
        is "no total: by=$by, ${path%%\?*}" "$STATUS" 400
    done
done
for by in hazard radar intensity incidents concentration 'quantity&cas=71-43-2,50-00-0' 'quantity&cas=71-43-2&from=2016' 'quantity&cas=71-43-2&behaviour=use' \
    'quantity&cas=71-43-2&county=10014' 'quantity&cas=71-43-2&radius=2500' 'quantity&cas=71-43-2&kernel=quartic'; do
    http GET "/tiles/heat.json?tier=public&cas=71-43-2&by=$by"
    is "refused: $by" "$STATUS" 400
done
http GET '/api/v1/heat/compare?a=by%3Dquantity%26tier%3Dpublic&b=by%3Dquantity%26cas%3D71-43-2%26tier%3Dpublic'
problem 'nor in a comparison' 400 'one substance'
is 'of the four: kilograms of the three, rounded' "$(weight "$first" 'by=quantity&cas=71-43-2')" 330000
is 'of the four: nothing of the fourth' "$(weight "$first" 'by=quantity&cas=50-00-0')" none
is 'of the four: how many there are' "$(weight "$first" by=count)" 4
is 'of the four: not how many have the one, which leaves the fourth' "$(weight "$first" 'by=count&cas=71-43-2')" none
is 'of the four: nor how many have the other' "$(weight "$first" 'by=count&cas=50-00-0')" none
is 'of the six: three and three' "$(weight "$second" 'by=count&cas=71-43-2') $(weight "$second" 'by=count&cas=50-00-0') $(weight "$second" by=count)" '3 3 6'
is 'of the six: kilograms rounded' "$(weight "$second" 'by=quantity&cas=71-43-2') $(weight "$second" 'by=quantity&cas=50-00-0')" '3700 24'

# ---- plants of one company are one operator, though none names it: from the sum it could take its own ----
third=$(centre 121.301 23.07)
is 'all four are in one cell' "$(sql "SELECT count(*) || ' ' || count(DISTINCT (floor(ST_X(geom_3826) / 2500), floor(ST_Y(geom_3826) / 2500))) FROM facility WHERE name ~ '[辛壬]氏石化'")" '4 1'
is 'of two companies by name: neither kilograms nor numbers' "$(weight "$third" 'by=quantity&cas=67-56-1') $(weight "$third" 'by=count&cas=67-56-1') $(weight "$third" by=count)" 'none none none'

# ---- all cells, counted by the database ----
counts() { # CAS: sum of facilities with it in cells that may be shown
    sql "WITH f AS (SELECT floor(ST_X(geom_3826) / 2500) AS x, floor(ST_Y(geom_3826) / 2500) AS y, coalesce('o' || operator_id, 'f' || id) AS o,
            EXISTS (SELECT FROM holding h JOIN substance u ON u.id = h.substance_id WHERE h.facility_id = facility.id AND u.cas = '$1') AS has
            FROM facility WHERE geom IS NOT NULL),
        c AS (SELECT x, y, count(*) FILTER (WHERE has) AS n, count(DISTINCT o) FILTER (WHERE has) AS w, count(DISTINCT o) FILTER (WHERE NOT has) AS r,
            count(DISTINCT o) - count(DISTINCT o) FILTER (WHERE has) AS never FROM f GROUP BY x, y)
        SELECT coalesce(sum(n), 0) FROM c WHERE w > 2 AND r NOT IN (1, 2) AND never NOT IN (1, 2)"
}
quantities() { # CAS: sum of rounded kilograms of cells that may be shown
    sql "WITH s AS (SELECT facility_id, sum(quantity_kg) AS kg FROM holding h JOIN substance u ON u.id = h.substance_id WHERE u.cas = '$1'
            GROUP BY facility_id, h.source_id, behaviour, extract(year FROM period_end)),
        m AS (SELECT facility_id, max(kg) AS kg FROM s GROUP BY facility_id),
        o AS (SELECT floor(ST_X(geom_3826) / 2500) AS x, floor(ST_Y(geom_3826) / 2500) AS y, sum(kg) AS kg FROM m JOIN facility f ON f.id = m.facility_id
            WHERE geom IS NOT NULL AND kg > 0 GROUP BY 1, 2, coalesce('o' || operator_id, 'f' || f.id)),
        c AS (SELECT x, y, sum(kg) AS kg, array_agg(kg ORDER BY kg DESC) AS k FROM o GROUP BY x, y HAVING count(*) > 2)
        SELECT sum(round(kg::numeric, 1 - floor(log(kg))::int))::float8 FROM c WHERE kg - k[1] - k[2] >= 0.1 * k[1]"
}
for cas in 71-43-2 50-00-0; do
    http GET "/tiles/heat.json?tier=public&cas=$cas"
    is "$cas: facilities of all cells" "$(json '.hazatlas.heat.total_weight')" "$(counts $cas)"
    is "$cas: the map says that it hides some" "$(json .hazatlas.heat.hides)" true
done
total=$(quantities 71-43-2)
public='tier=public&by=quantity&cas=71-43-2'
http GET "/tiles/heat.json?$public"
near 'kilograms of all cells, each rounded' "$(json .hazatlas.heat.total_weight)" "$total" 1e-12
is 'one facility without a position is less than may be told' "$(json '.hazatlas.heat.left_out.no_position')" null

# ---- every output is of rounded weights: 330,000 and not 333,456 at the cell alone in its radius ----
peak=$(awk 'BEGIN { printf "%.6f", 330000 * 3 / (atan2(0, -1) * 6.25) }')
lon=${first% *} lat=${first#* }
http GET "/api/v1/heat?lon=$lon&lat=$lat&$public"
near 'value' "$(json .value)" "$peak" 1e-6
is 'contributors: cells alone, of two digits' "$(json '[.contributors_listed[] | .kind + " " + (.weight | tostring)] | join(",")')" 'cell 330000'
near 'contributors: what it adds' "$(json '.contributors_listed[0].adds')" "$peak" 1e-6
near 'the total beside the value' "$(json .total_weight)" "$total" 1e-12
near 'zoom 14' "$(
    set -- $(awk "BEGIN { n = 2 ^ 14; pi = atan2(0, -1); r = $lat * pi / 180; u = ($lon + 180) / 360 * n; v = (1 - log(sin(r) / cos(r) + 1 / cos(r)) / pi) / 2 * n
        printf \"%d %d %d %d\", u, v, (u - int(u)) * 256, (v - int(v)) * 256 }")
    curl -s "$URL/tiles/heat/14/$1/$2.png?$public&encoding=log16" >"$T/tile.png"
    gdallocationinfo -valonly "$T/tile.png" "$3" "$4" | awk '{ printf "%.3f", 2 ^ (($1 - 32768) / 800) }')" "$peak" 4e-3
box=$(awk "BEGIN { printf \"%.4f,%.4f,%.4f,%.4f\", $lon - 0.01, $lat - 0.01, $lon + 0.01, $lat + 0.01 }")
http GET "/api/v1/heat.tif?$public&bbox=$box&pixel=50&type=float64"
cp "$BODY" "$T/heat.tif"
near 'raster: its largest' "$(gdalinfo -json -stats "$T/heat.tif" | jq '.bands[0].maximum')" "$peak" 2e-3
near 'raster: the total in its metadata' "$(gdalinfo -json "$T/heat.tif" | jq -r '.metadata[""].HEAT_TOTAL_WEIGHT')" "$total" 1e-12
http GET "/api/v1/heat/contours?$public&bbox=$box&pixel=50&levels=50000,50600"
is 'bands: none above what is rounded' "$(json '[.features[] | select(.geometry.coordinates | length > 0) | .properties.lower] | join(" ")')" 50000
http GET "/api/v1/heat/zonal?$public&pixel=250"
near 'zonal: inside and outside' "$(json '.inside + .outside')" "$total" 1e-6
near 'zonal: the county' "$(json '[.zones[] | select(.code == "10014")][0].integral')" "$(echo "330000 3700" | awk '{ print $1 + $2 }')" 2e-2
http GET "/api/v1/heat/compare?a=$(jq -rn --arg q "$public" '$q | @uri')&b=tier%3Dpublic&bbox=$box&pixel=25"
near 'comparison: the total' "$(json .a.total_weight)" "$total" 1e-12
is 'comparison: what has other units is not subtracted' "$(json .most_above.value)" null
done_testing

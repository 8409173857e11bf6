#!/bin/sh
# by=incidents counts each incident that has a position once, whatever is known of its substances, while the radar keeps
# its own rule; and every heat map says what it leaves out.
. tests/http/lib.sh
start_server --sample "${BUILD:-build}/sample"
T=$TEST_TMP
import() {
    "$HAZATLAS" import "$@" --data "$DATA" >"$T/log" 2>&1 || sed 's/^/# /' "$T/log"
}
points() { curl -s "$URL/tiles/heat.json?$1" | jq -r '.hazatlas.heat | "\(.points) \(.left_out.no_position)"'; }

cat >"$T/incidents.csv" <<'CSV'
事件編號,日期,時間,事故名稱,CAS編號,經度,緯度,縣市
J1,2018-05-05,,無名物質爆炸,,120.55,23.50,
J2,2018-05-05,,氣爆,,120.551,23.501,
J3,2018-06-06,,甲,71-43-2,120.40,23.60,
J4,2018-06-06,,乙,71-43-2,120.45,23.65,
J5,2018-07-07,10:00,丙,71-43-2,120.42,23.62,
J6,2018-07-07,10:00,丙,50-00-0,120.42,23.62,
J7,2018-07-07,11:00,丙,50-00-0,120.42,23.62,
J8,2018-08-08,,丁,50-00-0,,,雲林縣
J9,2018-08-08,,丁,71-43-2,,,雲林縣
CSV
# one row a substance; 化學物質 makes J5 and J6 two rows
awk -F, -v OFS=, 'NR == 1 { print $0, "化學物質"; next } { print $0, $5 == "" ? "" : ($5 == "71-43-2" ? "苯" : "甲醛") }' "$T/incidents.csv" >"$T/rows.csv"
before=$(points by=incidents)
import incidents "$T/rows.csv" --source judge
is 'rows' "$(sql "SELECT count(*) || ' ' || count(geom) FROM incident WHERE source = 'judge'")" '9 7'
all() { [ "$(points by=incidents)" = "$((${before% *} + 6)) $((${before#* } + 1))" ]; }
ok 'each incident once: six with a position, one without' wait_until all
echo "# $(points by=incidents), before $before"
events() { # WHERE: incidents with a position, counted by the database
    sql "SELECT count(DISTINCT (occurred_on, occurred_at, title, ST_AsText(geom))) FROM incident WHERE geom IS NOT NULL AND $1"
}
of() { points "$1" | cut -d' ' -f1; }
is 'all' "$(of by=incidents)" "$(events true)"
for cas in 71-43-2 50-00-0; do
    is "$cas: those of it" "$(of "by=incidents&cas=$cas")" "$(events "cas = '$cas' AND substance_id IS NOT NULL")"
    is "$cas: one of it has no position" "$(points "by=incidents&cas=$cas" | cut -d' ' -f2)" "$(sql "SELECT count(DISTINCT (occurred_on, occurred_at, title)) FROM incident WHERE geom IS NULL AND cas = '$cas' AND substance_id IS NOT NULL")"
done
is 'of two substances an incident with both counts once' "$(of 'by=incidents&cas=71-43-2,50-00-0')" "$(events "cas IN ('71-43-2', '50-00-0') AND substance_id IS NOT NULL")"
is 'of a year' "$(of 'by=incidents&from=2018&to=2018')" "$(events "occurred_on BETWEEN '2018-01-01' AND '2018-12-31'")"
for place in 120.55:23.50:無名 120.40:23.60:甲 120.45:23.65:乙; do
    http GET "/api/v1/heat?by=incidents&radius=100&lon=${place%%:*}&lat=$(echo "$place" | cut -d: -f2)"
    is "there: $place" "$(json '.contributors')" 1
done
http GET '/api/v1/heat?by=incidents&radius=100&lon=120.42&lat=23.62'
is 'two at one place: the times differ' "$(json '.contributors')" 2
is 'the radar counts by its own rule' "$(curl -s "$URL/api/v1/radar/substances?limit=1000" | jq -r '[.substances[] | select(.cas == "71-43-2") | .axes[] | select(.key == "C") | .raw][0]')" \
    "$(sql "SELECT count(*) FROM radar_incident i JOIN substance u ON u.id = i.substance_id WHERE u.cas = '71-43-2'")"

# ---- facilities and samples ----
left_out() { curl -s "$URL/$1" | jq -r '(.left_out // .hazatlas.heat.left_out) | "\(.no_position) \(.no_quantity)"'; }
nowhere=$(sql 'SELECT count(*) FROM facility WHERE geom IS NULL')
unknown=$(sql 'SELECT count(*) FROM facility f WHERE geom IS NOT NULL AND NOT EXISTS (SELECT FROM holding h WHERE h.facility_id = f.id AND h.quantity_kg IS NOT NULL)')
ok 'some have no position, some no known quantity' test "$nowhere" -gt 0 -a "$unknown" -gt 0
is 'number: no position' "$(left_out 'tiles/heat.json')" "$nowhere 0"
is 'quantity: neither' "$(left_out 'tiles/heat.json?by=quantity')" "$nowhere $unknown"
is 'the same beside a value' "$(left_out 'api/v1/heat?lon=120&lat=22&by=quantity')" "$nowhere $unknown"
http GET '/tiles/heat.json?by=quantity'
is 'points and what is left out are all' "$(json '.hazatlas.heat | .points + .left_out.no_position + .left_out.no_quantity')" \
    "$(sql "SELECT (SELECT count(*) FROM facility) - (SELECT count(*) FROM (SELECT f.id FROM facility f JOIN holding h ON h.facility_id = f.id WHERE f.geom IS NOT NULL GROUP BY f.id HAVING max(h.quantity_kg) = 0) z)")"
is 'hazard: all that quantity counts, linked or not' "$(points by=hazard; left_out 'tiles/heat.json?by=hazard')" "$(points by=quantity; left_out 'tiles/heat.json?by=quantity')"
cas=$(sql "SELECT u.cas FROM holding h JOIN substance u ON u.id = h.substance_id GROUP BY u.cas ORDER BY count(DISTINCT h.facility_id) FILTER (WHERE h.quantity_kg IS NULL) DESC LIMIT 1")
is 'of one substance' "$(left_out "tiles/heat.json?by=quantity&cas=$cas")" "$(sql "SELECT count(*) FILTER (WHERE geom IS NULL) || ' ' || count(*) FILTER (WHERE geom IS NOT NULL AND kg IS NULL)
    FROM (SELECT f.geom, max(h.quantity_kg) AS kg FROM facility f JOIN holding h ON h.facility_id = f.id JOIN substance u ON u.id = h.substance_id WHERE u.cas = '$cas' GROUP BY f.id, f.geom) x")"
cat >"$T/samples.csv" <<'CSV'
sample_id,環境類別,化學物質名稱,CAS No.,樣品類型,計畫年度,採樣地點,濃度,單位,採樣日期,經度,緯度
S1,河川,苯,71-43-2,底泥,2020,橋一,1.5,mg/kg,2020/4/1,120.42,23.62
S2,河川,苯,71-43-2,底泥,2020,橋二,2.5,mg/kg,2020/4/1,,
S3,河川,苯,71-43-2,底泥,2020,橋三,2.5,瓶,2020/4/1,120.43,23.62
S4,河川,苯,71-43-2,水,2020,橋四,2.5,ug/L,2020/4/1,120.44,23.62
CSV
before=$(left_out 'tiles/heat.json?by=concentration&cas=71-43-2&unit=mg/kg')
import samples "$T/samples.csv" --source lab
rows=$(sql "SELECT count(*) FILTER (WHERE geom IS NULL AND unit_normal IS DISTINCT FROM 'µg/L') || ' ' || count(*) FILTER (WHERE geom IS NOT NULL AND (unit_normal IS NULL OR (value_normal IS NULL AND below_detection IS NOT TRUE)))
    FROM sample WHERE cas = '71-43-2' AND substance_id IS NOT NULL AND source = 'lab'")
samples() { curl -s "$URL/api/v1/heat?lon=120.42&lat=23.62&by=concentration&cas=71-43-2&unit=mg/kg" | jq -e '.contributors >= 1'; }
ok 'samples are in the atlas' wait_until samples
is 'samples: those without a position, those that could not be read' "$(left_out 'tiles/heat.json?by=concentration&cas=71-43-2&unit=mg/kg')" \
    "$((${before% *} + ${rows% *})) $((${before#* } + ${rows#* }))"
echo "# $rows, before $before"
done_testing

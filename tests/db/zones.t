#!/bin/sh
# zones.t - responsibility zones: drawn areas, areas made of counties, counties that come later.
. tests/db/lib.sh

start_server
sample=${BUILD:-build}/sample
work=$TEST_TMP/files
mkdir -p "$work"

cat >"$work/zones.csv" <<'CSV'
聯防組織,成員,責任區縣市,整備時間,技術級人數,專家級,A級防護衣,應變器材,化學物質,有效期限,更新日期
甲組織,,台北市、臺北縣,40,12,2,5,SCBA:10;偵檢器:2,氨|7782-50-5,116/12/31,2026-05-01
乙組織,某廠,高雄縣、火星縣,二十,,,,,,,
丙組織,,火星縣,20,,,,,,,
丁組織,,,20,,,,,,,
CSV
import zones "$work/zones.csv" test || sed 's/^/# /' "$TEST_TMP/import.err"
is 'zones come in without borders; one of nothing is kept aside' "$(counted new) $(counted 'kept aside')" '3 1'
is 'they have no area yet, and that is said' "$(sql "SELECT count(geom) FROM zone") $(sql "SELECT count(*) FROM rejected_row WHERE code = 'county_unknown' AND reason LIKE 'no borders are loaded%'")" '0 3'
is 'lists, counts, days' "$(sql "SELECT substances, equipment, responders_technician, responders_specialist, equipment_a, valid_until, renewed, preparation_minutes FROM zone WHERE organisation = '甲組織'")" '{氨,7782-50-5}|{SCBA:10,偵檢器:2}|12|2|5|2027-12-31|2026-05-01|40'
is 'minutes that are none are left out' "$(sql "SELECT preparation_minutes IS NULL FROM zone WHERE organisation = '乙組織'")" t

import areas "$sample/counties-10t.json" borders || sed 's/^/# /' "$TEST_TMP/import.err"
is 'they get their areas when the borders come' "$(sql "SELECT count(geom), count(*) FROM zone")" '2|3'
is 'the union of their counties, by old names too' "$(sql "SELECT abs(ST_Area(z.geom::geography) / sum(ST_Area(a.geom::geography)) - 1) < 1e-6 FROM zone z, area a WHERE z.organisation = '甲組織' AND a.kind = 'county' AND a.code IN ('63000', '65000') GROUP BY z.geom")" t
is 'of one type and valid' "$(sql "SELECT DISTINCT ST_GeometryType(geom), ST_IsValid(geom), ST_SRID(geom) FROM zone WHERE geom IS NOT NULL")" 'ST_MultiPolygon|t|4326'
before=$(sql 'SELECT sum(batch_id), count(*) FROM record')
import areas "$sample/towns-10t.json" borders
is 'other borders make no other zones' "$(sql 'SELECT sum(batch_id), count(*) FROM record') $(grep -c 'made anew' "$REPORT")" "$before 0"

sed 's/^乙組織.*/乙組織,某廠,高雄縣、火星縣,20,,,,,,,/' "$work/zones.csv" >"$work/zones2.csv"
import zones "$work/zones2.csv" test
is 'a zone that changes is made at once' "$(counted changed) $(sql "SELECT geom IS NOT NULL FROM zone WHERE organisation = '乙組織'")" '1 t'
is 'a county that nobody knows is named' "$(sql "SELECT count(*) FROM rejected_row WHERE code = 'county_unknown' AND reason = 'no county is called 火星縣: the zone is without' AND batch_id = (SELECT max(id) FROM import_batch)")" 2

cat >"$work/drawn.geojson" <<'JSON'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"organisation":"戊組織","counties":"高雄市","preparation_minutes":30},"geometry":{"type":"Polygon","coordinates":[[[120.3,22.6],[120.4,22.6],[120.4,22.7],[120.3,22.6]]]}}]}
JSON
import zones "$work/drawn.geojson" drawn
is 'a drawn area stays as it is' "$(sql "SELECT drawn, ST_NPoints(geom) FROM zone WHERE organisation = '戊組織'")" 't|4'
import areas "$sample/counties-10t.json" again
is 'also when borders come' "$(sql "SELECT drawn, ST_NPoints(geom) FROM zone WHERE organisation = '戊組織'")" 't|4'
done_testing

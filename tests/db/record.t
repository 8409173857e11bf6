#!/bin/sh
# record.t - families kept in table record: keys, values by their rules, positions, history.
. tests/db/lib.sh

start_server --sample "${BUILD:-build}/sample"
work=$TEST_TMP/files
mkdir -p "$work"

cat >"$work/places.csv" <<'CSV'
類別,編號,名稱,縣市,地址,容量,有效期限,經度,緯度
醫院,H1,大安醫院,臺北市,臺北市大安區一路1號,"1,200",113/12/31,121.5430,25.0260
消防分隊,F1,古亭分隊,台北市,,abc,,１２１.５２,25.02
避難所,S1,無名處所,新北市,,5,,25.02,121.46
怪物,M1,不知,台北市,,,,121.5,25.03
學校,,,台北市,,,,121.5,25.03
學校,P1,遠方國小,高雄市,,,,121.5170,25.0478
CSV
import places "$work/places.csv" test || sed "s/^/# /" "$TEST_TMP/import.err"
is 'rows that can be used are kept' "$(counted new)" 4
is 'a kind of place that is unknown, and a row without a name, are kept aside' "$(counted 'kept aside')" 2
is 'words are kept by their name' "$(sql "SELECT string_agg(fields ->> 'class', ' ' ORDER BY record_key) FROM record WHERE kind = 'places'")" 'fire_station hospital school shelter'
is 'numbers and dates of the Republic of China are understood' "$(sql "SELECT (fields ->> 'capacity') || ' ' || (fields ->> 'valid_to') FROM record WHERE name = '大安醫院'")" '1200 2024-12-31'
is 'a number that is none is left out' "$(sql "SELECT fields ? 'capacity' FROM record WHERE name = '古亭分隊'")" f
is 'and said' "$(sql "SELECT count(*) FROM rejected_row WHERE code = 'field_ignored' AND value = 'abc'")" 1
is 'swapped axes are not drawn' "$(sql "SELECT position_check FROM record WHERE name = '無名處所'")" missing
like 'and named' "$(sql "SELECT string_agg(code, ' ') FROM rejected_row")" axes_swapped
is 'a point in another county than is named is marked' "$(sql "SELECT position_check FROM record WHERE name = '遠方國小'")" other_county

is 'what a row was kept without is told from rows kept aside' "$(sql "SELECT string_agg(line || ' ' || code || ' ' || kept, ',' ORDER BY id) FROM rejected_row")" \
    '3 field_ignored true,4 axes_swapped true,5 value_invalid false,6 name_missing false'

before=$(sql 'SELECT number FROM atlas_revision')
import places "$work/places.csv" test || sed "s/^/# /" "$TEST_TMP/import.err"
like 'the same file again changes nothing' "$(cat "$REPORT")" 'nothing was changed'
is 'not the number of the atlas either' "$(sql 'SELECT number FROM atlas_revision')" "$before"

sed 's/"1,200"/1300/' "$work/places.csv" >"$work/places2.csv"
import places "$work/places2.csv" test
is 'one row has changed' "$(counted changed)" 1
is 'the earlier state is kept as history' "$(sql "SELECT string_agg(fields ->> 'capacity' || (ended_batch_id IS NULL)::text, ' ' ORDER BY id) FROM record WHERE name = '大安醫院'")" '1200false 1300true'
is 'the number of the atlas is raised' "$(sql 'SELECT number > '"$before"' FROM atlas_revision')" t

cat >"$work/hospitals.csv" <<'CSV'
name,lon,lat
仁愛醫院,121.545,25.037
CSV
import places "$work/hospitals.csv" other --set class=hospital
is 'a value can be set for every row' "$(sql "SELECT fields ->> 'class' FROM record WHERE name = '仁愛醫院'")" hospital
import places "$work/hospitals.csv" other --set class=school
is 'the same file with another value is another import' "$(counted new)" 1
"$HAZATLAS" import places "$work/hospitals.csv" --source other --set nothing=1 --data "$DATA" >"$REPORT" 2>&1
like 'a field that is not there is named' "$(cat "$REPORT")" 'has no field "nothing"'
printf 'a,b\n1,2\n' >"$work/none.csv"
"$HAZATLAS" import places "$work/none.csv" --source other --data "$DATA" >"$REPORT" 2>&1
like 'a file without any column of the kind is refused' "$(cat "$REPORT")" 'no column of the file says what its rows are about'

# ---- rows at fault of files with geometry
rejected() { "$HAZATLAS" export rejected --batch "$(sql 'SELECT max(id) FROM import_batch')" --data "$DATA" | tr -d '\r'; }
cat >"$work/points.geojson" <<'JSON'
{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3828"}},"features":[
{"type":"Feature","properties":{"類別":"怪物","名稱":"甲館","容量":"abc"},"geometry":{"type":"Point","coordinates":[304000.25,2768000.5]}},
{"type":"Feature","properties":{"類別":"學校","名稱":"乙校","容量":"很多"},"geometry":{"type":"Point","coordinates":[304100,2768100]}},
{"type":"Feature","properties":{"類別":"怪物","名稱":"丙館","容量":"5"},"geometry":{"type":"Point","coordinates":[304200,2768200]}}]}
JSON
import places "$work/points.geojson" points || sed "s/^/# /" "$TEST_TMP/import.err"
is 'points: one is in, two are not' "$(counted new) $(counted 'kept aside')" '1 2'
rejected >"$work/points.csv"
is 'points: with their coordinates' "$(head -1 "$work/points.csv" | cut -d, -f1-6)" '類別,名稱,容量,x,y,rejected_line'
like 'as the file has them' "$(sed -n 2p "$work/points.csv")" '^怪物,甲館,abc,304000.25,2768000.5,'
like 'and the system that they are in' "$(sed -n 2p "$work/points.csv")" 'x and y are in EPSG:3828: import this file with --crs EPSG:3828'
is 'which is in already is said' "$(sed -n 's/.*,\([a-z]*\)$/\1/p' "$work/points.csv" | paste -sd, -)" no,yes,no
sed 's/^怪物/醫院/' "$work/points.csv" >"$work/mended.csv"
import places "$work/mended.csv" points --crs EPSG:3828 || sed "s/^/# /" "$TEST_TMP/import.err"
is 'points: mended rows come in' "$(counted new)" 2
is 'where the file of points had them' "$(sql "SELECT count(*) FROM record WHERE name IN ('甲館', '丙館') AND position_check = 'ok' AND ST_DWithin(geom::geography, (SELECT geom FROM record WHERE name = '乙校' AND ended_batch_id IS NULL)::geography, 150)")" 2

cat >"$work/zones.geojson" <<'JSON'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"流域名稱":"未閉溪流域"},"geometry":{"type":"Polygon","coordinates":[[[120.2,22.9],[120.3,22.9],[120.3,23.0],[120.2,23.0]]]}},
{"type":"Feature","properties":{"流域名稱":""},"geometry":{"type":"Polygon","coordinates":[[[120.2,22.9],[120.3,22.9],[120.3,23.0],[120.2,22.9]]]}}]}
JSON
import basins "$work/zones.geojson" shapes || sed "s/^/# /" "$TEST_TMP/import.err"
is 'a ring that was not closed is closed' "$(sql "SELECT ST_IsValid(geom) || ' ' || round((ST_XMax(geom) - ST_XMin(geom))::numeric, 1) FROM record WHERE kind = 'basins' AND name = '未閉溪流域'")" 'true 0.1'
is 'and said' "$(sql "SELECT kept || ' ' || line FROM rejected_row WHERE code = 'geometry_closed'") $(counted 'rings closed (their ends did not meet)')" 'true 1 1'
is 'it is no position that was not accepted' "$(counted 'positions not accepted, rows kept')" ''
is 'of areas the export says that they are to be mended in the original' "$(rejected | grep -c 'the shape is not in this file: mend the row in the original file')" 2
done_testing

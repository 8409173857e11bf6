#!/bin/sh
# Files as other agencies send them: titles above headers, headers over two rows, Big5, TWD67, dates of
# the Republic of China, full-width digits, open data portals' JSON, one bad row in a hundred thousand.
. tests/db/lib.sh
. tests/db/xlsx.sh
command -v zip >/dev/null && command -v ogr2ogr >/dev/null || skip_all 'no zip or gdal-bin here'

made=$TEST_TMP/made
mkdir -p "$made"
start_server

facilities() { # facilities: all, as "key name lon lat"
    sql "SELECT string_agg(concat_ws(' ', facility_key, name, round(ST_X(geom)::numeric, 3), round(ST_Y(geom)::numeric, 3)), ', ' ORDER BY facility_key) FROM facility"
}
forget() { # again where the server's reading and this stand in each other's way
    forget_turn=0
    until sql 'TRUNCATE facility, import_batch, source CASCADE' >/dev/null 2>&1; do
        forget_turn=$((forget_turn + 1))
        [ "$forget_turn" -lt 5 ] || return 1
    done
}
comes_in() { # comes_in NAME KIND FILE [OPTION…]: into an empty database
    in_name=$1 in_kind=$2 in_file=$3
    shift 3
    forget
    ok "$in_name: comes in" import "$in_kind" "$in_file" test "$@" || sed 's/^/# /' "$TEST_TMP/import.err"
}

# 250000/2600000 in TWD97 is 249172/2600207 in TWD67, give or take metres; both about 121.000 23.503.
is_there='ems:A1 許功蓋 121.000 23.503, ems:A2 乙 121.098 23.503'

printf '管制編號,名稱,TWD67X,TWD67Y\nA1,許功蓋,249171,2600207\nＡ２,乙,"２５９，１７１",2600207\n' |
    iconv -f UTF-8 -t CP950 >"$made/big5.csv"
comes_in 'Big5 and TWD67' facilities "$made/big5.csv"
is 'Big5 and TWD67: positions' "$(facilities)" "$is_there"
like 'Big5: said, with why' "$(cat "$REPORT")" 'text taken as CP950 \(it is not UTF-8'
like 'TWD67: said, with why' "$(cat "$REPORT")" 'coordinates taken as EPSG:3828 \(the names of the columns say so: "TWD67X"'

printf '管制編號,名稱,二度分帶67X,二度分帶67Y,TWD97橫座標,TWD97縱座標\nA1,許功蓋,1,2,250000,2600000\nA2,乙,1,2,260000,2600000\n' >"$made/both.csv"
comes_in 'TWD97 beside TWD67' facilities "$made/both.csv"
is 'TWD97 beside TWD67: the newer is taken' "$(facilities)" "$is_there"
like 'TWD97 beside TWD67: said' "$(cat "$REPORT")" 'EPSG:3826 .*TWD97橫座標'
is 'TWD97 beside TWD67: the other is named' "$(counted 'columns not used: 二度分帶67X, 二度分帶67Y')" 2
printf '名稱,TWD97X,TWD67Y\n甲,250000,2600000\n' >"$made/mixed.csv"
ok 'one axis of each is refused' sh -c "! '$HAZATLAS' import facilities '$made/mixed.csv' --source t --data '$DATA' 2>&1 | tee /dev/stderr | grep -q 'rows read'"
import facilities "$made/mixed.csv" t
like 'one axis of each: why' "$(cat "$TEST_TMP/import.err")" 'are in different coordinate systems'
printf '管制編號,名稱,X,Y,座標系統\nA1,許功蓋,250000,2600000,TWD97\nA2,乙,259171,2600207,ＴＷＤ６７\nA3,丙,260000,2600000,\nA4,丁,250000,2600000,TM2 119分帶\n' >"$made/says.csv"
said="$(printf "A1 t EPSG:3826, A2 f missing 259171, A3 t EPSG:3826, A4 f missing 250000")"
says() { sql "SELECT string_agg(concat_ws(' ', replace(facility_key, 'ems:', ''), geom IS NOT NULL, reported_crs, CASE WHEN geom IS NULL THEN position_check || ' ' || reported_x END), ', ' ORDER BY facility_key) FROM facility"; }
comes_in 'rows that say another system' facilities "$made/says.csv"
is 'rows that say another system: not drawn, reported kept' "$(says)" "$said"
is 'rows that say another system: the column counts as used' "$(grep -c 'columns not used' "$REPORT")" 0
like 'rows that say another system: both are named' \
    "$(sql "SELECT string_agg(line || ' ' || code || ' ' || column_name || ': ' || reason, ' ' ORDER BY line) FROM rejected_row")" \
    '^3 crs_differs 座標系統: .*"ＴＷＤ６７".*EPSG:3826.*--crs EPSG:3828 5 crs_differs 座標系統: .*"TM2 119分帶".*--crs EPSG:3825$'
printf '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"COUNTYCODE":"10008","COUNTYNAME":"南投縣"},"geometry":{"type":"Polygon","coordinates":[[[120.5,23],[121.5,23],[121.5,24],[120.5,24],[120.5,23]]]}}]}' >"$made/county.geojson"
import areas "$made/county.geojson" borders
is 'rows that say another system: nor when borders come' "$(says)" "$said"
comes_in 'rows that say TWD97 in a file told as TWD67' facilities "$made/says.csv" --crs EPSG:3828
is 'rows that say TWD97 in a file told as TWD67: not drawn' "$(says)" \
    'A1 f missing 250000, A2 t EPSG:3828, A3 t EPSG:3828, A4 f missing 250000'
printf '類別,名稱,X,Y,坐標系統\n醫院,甲,250000,2600000,97\n醫院,乙,259171,2600207,67\n' >"$made/says_places.csv"
comes_in 'records that say another system' places "$made/says_places.csv"
is 'records that say another system: not drawn, reported kept' \
    "$(sql "SELECT string_agg(concat_ws(' ', name, geom IS NOT NULL, fields ->> 'x', coalesce(fields ->> 'crs', '-')), ', ' ORDER BY line) FROM record WHERE kind = 'places'")" \
    '甲 t 250000 EPSG:3826, 乙 f 259171 -'
is 'records that say another system: said' "$(sql "SELECT string_agg(line || ' ' || code, ',') FROM rejected_row")" '3 crs_differs'

# Taipei in zone 119, read as 121, would lie east of 123.5.
printf '管制編號,名稱,TWD97X,TWD97Y\nA1,許功蓋,512000,2772200\nA2,乙,650000,2772200\n' >"$made/zone.csv"
comes_in 'the other zone, off the region' facilities "$made/zone.csv"
zone='A1 f EPSG:3826 other_zone 512000, A2 f EPSG:3826 outside 650000'
is 'the other zone, off the region: not drawn, not moved' "$(says)" "$zone"
is 'the other zone, off the region: said once' "$(sql "SELECT string_agg(line || ' ' || code, ',' ORDER BY line) FROM rejected_row")" \
    '2 zone_mixed_up,3 position_outside_region'
import areas "$made/county.geojson" borders
is 'the other zone, off the region: nor when borders come' "$(says)" "$zone"
printf '類別,名稱,TWD97X,TWD97Y\n醫院,甲,512000,2772200\n' >"$made/zone_places.csv"
comes_in 'a record in the other zone' places "$made/zone_places.csv"
import areas "$made/county.geojson" borders
is 'a record in the other zone: kept so' "$(sql "SELECT position_check || ' ' || (geom IS NULL) FROM record WHERE kind = 'places'")" 'other_zone true'
printf '名稱,X,Y\n甲,250000,2600000\n' >"$made/bare.csv"
comes_in 'metres that say nothing' facilities "$made/bare.csv"
like 'metres that say nothing: said how taken' "$(cat "$REPORT")" 'EPSG:3826 \(by the size of the first numbers; TWD67 looks the same'

printf '環境部列管廠場一覽表,,,\n製表日期：113年1月5日,,,\n管制編號,名稱,座標（TWD97）,\n,,X,Y\nA1,許功蓋,250000,2600000\nA2,乙,260000,2600000\n' >"$made/title.csv"
comes_in 'a title and a header of two lines' facilities "$made/title.csv"
is 'a title and a header of two lines: rows' "$(facilities)" "$is_there"
like 'a title and a header of two lines: said' "$(cat "$REPORT")" 'header taken as lines 3 to 4 \(it gives 4 known columns; what stands above it is left'

xlsx_sheet "$made/x" 1 說明 <<'EOF2'
本檔案由某局提供
承辦人|王小明
EOF2
xlsx_sheet "$made/x" 2 廠場 <<'EOF2'
一一三年度列管廠場

管制編號|廠商||座標(TWD67)||資本額
|名稱|地址|X|Y|
A1|許功蓋|臺北市某路1號|249171|=1+1:2600207|=A1+1
A2|乙|臺北市某路2號|259171|2600207|１，０００

備註：座標為 TWD67
EOF2
xlsx_pack "$made/x" "$made/x.xlsx"
comes_in 'XLSX with group cells and two sheets' facilities "$made/x.xlsx"
is 'XLSX: positions' "$(facilities)" "$is_there"
is 'XLSX: group and cell together' "$(sql "SELECT string_agg(address, ',' ORDER BY facility_key) FROM facility")" '臺北市某路1號,臺北市某路2號'
like 'XLSX: the sheet is said' "$(cat "$REPORT")" 'sheet taken as 廠場 \(the first whose header gives all'
like 'XLSX: the header is said' "$(cat "$REPORT")" 'header taken as rows 3 to 4 '
like 'XLSX: the formula without a value is said' "$(cat "$REPORT")" 'formulas: 1 without a value, the first in F5'
is 'XLSX: the note is kept aside' "$(sql "SELECT code || ' ' || line FROM rejected_row WHERE code = 'note_row'")" 'note_row 8'
is 'XLSX: one row aside' "$(counted 'kept aside')" 1
ok 'XLSX: --sheet overrides' sh -c "! '$HAZATLAS' import facilities '$made/x.xlsx' --source s --sheet 說明 --data '$DATA' >/dev/null 2>'$TEST_TMP/said'"
like 'XLSX: and is refused with the columns it has' "$(cat "$TEST_TMP/said")" 'no column for name .*columns are: 本檔案由某局提供'
ok 'XLSX: dry run' import facilities "$made/x.xlsx" s --dry-run
like 'XLSX: the dry run names the columns' "$(cat "$REPORT")" 'name = 廠商 › 名稱, address = 廠商 › 地址'
like 'XLSX: a column can be mapped by its two names' \
    "$("$HAZATLAS" import facilities "$made/x.xlsx" --source s --dry-run --map 'name_en=廠商 › 地址' --data "$DATA")" 'name_en = 廠商 › 地址'
mkdir "$made/m" && (cd "$made/m" && unzip -q ../x.xlsx && echo x >xl/vbaProject.bin && zip -qr ../m.xlsm .)
comes_in 'XLSM' facilities "$made/m.xlsm"
like 'XLSM: macros are said' "$(cat "$REPORT")" 'macros: not read'

mkdir "$made/shp"
printf '管制編號,name,x,y\nA1,許功蓋,249171,2600207\nA2,乙,259171,2600207\n' >"$made/shp.csv"
ogr2ogr -f 'ESRI Shapefile' "$made/shp/a.shp" "$made/shp.csv" -oo X_POSSIBLE_NAMES=x -oo Y_POSSIBLE_NAMES=y \
    -a_srs EPSG:3828 -lco ENCODING=CP950 -select 管制編號,name >"$TEST_TMP/ogr" 2>&1
rm "$made/shp/a.cpg"
(cd "$made/shp" && zip -q ../67.zip a.* && rm a.prj && zip -q ../noprj.zip a.*)
comes_in 'Shapefile in TWD67 without .cpg' facilities "$made/67.zip"
is 'Shapefile in TWD67: positions' "$(facilities)" "$is_there"
like 'Shapefile: encoding and why' "$(cat "$REPORT")" 'text taken as CP950 \(it has no .cpg, and every text is of this\)'
like 'Shapefile: system and why' "$(cat "$REPORT")" 'coordinates taken as EPSG:3828 \(the file says so\)'
comes_in 'Shapefile without .prj' facilities "$made/noprj.zip"
like 'Shapefile without .prj: system and why' "$(cat "$REPORT")" 'EPSG:3826 \(by the size of the first numbers'
comes_in 'Shapefile without .prj, told' facilities "$made/noprj.zip" --crs EPSG:3828
is 'Shapefile without .prj, told: positions' "$(facilities)" "$is_there"

cat >"$made/portal.json" <<'EOF2'
{"success": true, "result": {
  "fields": [{"id": "管制編號", "type": "text"}, {"id": "名稱", "type": "text"}],
  "records": [
    {"管制編號": "A1", "名稱": "\u8a31功蓋", "TWD97X": 250000, "TWD97Y": "2600000", "更多": {"電話": [1, "二"]}},
    {"名稱": "乙", "管制編號": "A2", "TWD97Y": 2600000, "TWD97X": 260000},
    {"管制編號": "A3", "名稱": "丙", "名稱": "丁"},
    "x",
    {"管制編號": "A4", "名稱": "半\ud83d"}
  ]}}
EOF2
comes_in 'a portal'"'"'s JSON' facilities "$made/portal.json"
is 'JSON: rows' "$(facilities)" "$is_there"
like 'JSON: the list is said' "$(cat "$REPORT")" 'list taken as result.records \(its names give more columns'
is 'JSON: what is no row is aside, by element' \
    "$(sql "SELECT string_agg(line || ' ' || code, ', ' ORDER BY line) FROM rejected_row WHERE code NOT LIKE 'field%'")" \
    '3 name_twice, 4 not_an_object, 5 not_utf8'
comes_in 'JSON: with a map' facilities "$made/portal.json" --map industry=更多
is 'JSON: what is nested is kept as text' "$(sql "SELECT industry FROM facility WHERE facility_key = 'ems:A1'")" '{"電話":[1,"二"]}'
ok 'JSON: --sheet names a list' sh -c "'$HAZATLAS' import facilities '$made/portal.json' --source s --sheet result.fields --data '$DATA' 2>&1 | grep -q 'no column for name'"
printf '{"data":[{"name":"許功蓋","ems_no":"A1","TWD97X":250000,"TWD97Y":2600000},{"name":"乙","ems_no":"A2","TWD97X":260000,"TWD97Y":2600000}]}' |
    iconv -f UTF-8 -t CP950 | gzip >"$made/big5.json.gz"
comes_in 'JSON in Big5 and gzip' facilities "$made/big5.json.gz"
is 'JSON in Big5 and gzip: rows' "$(facilities)" "$is_there"
printf '\357\273\277{"ems_no":"A1","name":"許功蓋","TWD97X":250000,"TWD97Y":2600000}\n\n{"ems_no":\n{"ems_no":"A2","name":"乙","TWD97X":260000,"TWD97Y":2600000}' >"$made/lines.jsonl"
comes_in 'JSON Lines' facilities "$made/lines.jsonl"
is 'JSON Lines: rows' "$(facilities)" "$is_there"
is 'JSON Lines: the damaged line is aside' "$(sql "SELECT line || ' ' || code FROM rejected_row")" '3 not_json'
printf '{"type":"Feature","properties":{"ems_no":"A1","name":"許功蓋"},"geometry":{"type":"Point","coordinates":[121,23.503]}}\n{"type":"Feature","properties":{"ems_no":"A2","name":"乙"},"geometry":{"type":"Point","coordinates":[121.098,23.503]}}\n' >"$made/geo.ndjson"
comes_in 'GeoJSON, a feature a line' facilities "$made/geo.ndjson"
is 'GeoJSON, a feature a line: rows' "$(facilities)" "$is_there"
printf '[{"name":"甲"},\n{"name":"乙"' >"$made/cut.json"
import facilities "$made/cut.json" s
like 'JSON that is cut off is refused with its line' "$(cat "$TEST_TMP/import.err")" 'line 2: the JSON is damaged or cut off'
printf '{"name":"甲","list":[1,2,[{"name":"乙"}]]}' >"$made/none.json"
import facilities "$made/none.json" s
like 'JSON without a list of objects' "$(cat "$TEST_TMP/import.err")" 'holds no list of objects'

printf 'cas,name_zh\n7782-50-5,氯\n' >"$made/s.csv"
import substances "$made/s.csv" s
printf '管制編號,廠場名稱,CAS No.,化學物質名稱,運作行為,運作量,單位,期間起日,期間迄日\n' >"$made/roc.csv"
printf '１２３,甲,7782-50-5,氯,使用,"１，２３４．５",公噸,108/01/01,民國108年12月31日\n' >>"$made/roc.csv"
ok 'ROC dates and full width: dry run' import holdings "$made/roc.csv" h --dry-run || sed 's/^/# /' "$TEST_TMP/import.err"
like 'ROC dates and full width: understood' "$(cat "$REPORT")" '2019-12-31.*1234500|1234500.*2019-12-31'

printf '管制編號,名稱,設立年份\nA1,甲,民國80年\nA2,乙,78\nA3,丙,民國９０年\nA4,丁,0800517\nA5,戊,1998\nA6,己,31\n' >"$made/years.csv"
comes_in 'years of the Republic of China' facilities "$made/years.csv"
is 'years of the Republic of China: understood' \
    "$(sql "SELECT string_agg(coalesce(established_year::text, '-'), ' ' ORDER BY facility_key) FROM facility")" \
    '1991 1989 2001 1991 1998 -'
is 'a year that may be either is said' "$(sql "SELECT string_agg(line || ' ' || code, ',') FROM rejected_row")" '7 field_ignored'
printf '日期,地點,化學物質\n98年12月31日,甲,氯\n98/04/01,乙,氯\n980402,丙,氯\n98.4.3,丁,氯\n12/04/01,戊,氯\n' >"$made/before2011.csv"
comes_in 'dates before 2011' incidents "$made/before2011.csv"
is 'dates before 2011: understood' \
    "$(sql "SELECT string_agg(fields ->> 'date', ' ' ORDER BY fields ->> 'date') FROM record WHERE kind = 'incidents'")" \
    '2009-04-01 2009-04-02 2009-04-03 2009-12-31'

awk 'BEGIN { print "ems_no,name,lon,lat"; for (i = 1; i <= 100000; i++)
    if (i == 77777) print "A" i ",甲" i ",121.0"; else printf "A%d,甲%d,121.%04d,24.5\n", i, i, i % 9999 }' >"$made/many.csv"
comes_in 'one bad row in 100,000' facilities "$made/many.csv"
is 'one bad row: the rest is in' "$(sql 'SELECT count(*) FROM facility')" 99999
is 'one bad row: aside' "$(sql "SELECT line || ' ' || code FROM rejected_row")" '77778 too_few_fields'
stop_server
done_testing

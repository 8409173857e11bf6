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
done_testing

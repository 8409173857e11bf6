#!/bin/sh
# tables.t - places, contaminated sites, stations: small files of every trait, and wrong rows.
. tests/db/lib.sh

start_server --sample "${BUILD:-build}/sample"
work=$TEST_TMP/files
mkdir -p "$work"

# ---- places ----
cat >"$work/hydrants.csv" <<'CSV'
消防栓編號,縣市,鄉鎮市區,設置地點,消防栓型式,TWD97X,TWD97Y
0001,臺北市,大安區,和平東路一段1號前,地上式,304800,2768500
0001,臺北市,信義區,,地下式,307800,2769500
,臺北市,大安區,和平東路二段2號前,地下式,305100,2768400
,臺北市,大安區,,地下式,305200,2768300
CSV
ok 'hydrants' import places "$work/hydrants.csv" fire --set class=hydrant
is 'hydrants of the same number in two districts are two' "$(counted new)" 3
is 'one without name, number and address is kept aside' "$(sql "SELECT code FROM rejected_row ORDER BY id DESC LIMIT 1")" name_missing
is 'a hydrant is called by its number or its address' "$(sql "SELECT string_agg(name, ' ' ORDER BY name) FROM record WHERE kind = 'places' AND fields ->> 'class' = 'hydrant'")" '0001 0001 和平東路二段2號前'

cat >"$work/er.csv" <<'CSV'
縣市別,急救責任醫院名稱,緊急醫療能力分級,急救區域,評定日期,有效期限,經度,緯度
臺北市,某某醫院,重度級,臺北區,113/02/06,116/12/31,121.54,25.03
CSV
ok 'hospitals' import places "$work/er.csv" mohw --set class=hospital
is 'level and dates of a hospital' "$(sql "SELECT concat_ws(' ', fields ->> 'level', fields ->> 'announced', fields ->> 'valid_to') FROM record WHERE name = '某某醫院'")" '重度級 2024-02-06 2027-12-31'

# ---- contaminated sites ----
cat >"$work/sites.csv" <<'CSV'
場址編號,場址名稱,場址類型,縣市,地址,場址面積,場址狀態,公告日期,土壤污染物,地下水污染物,經度,緯度
A1,某加油站,加油站,臺北市,臺北市大安區一路1號,"1,004平方公尺",公告為控制場址,民國98年5月1日,銅：1740(mg/Kg);鋅,"順-1,2-二氯乙烯:0.7(mg/L)；硝酸鹽氮(以氮計)(NitrateasN):<0.05(mg/L)",121.54,25.03
A2,某農地,農地,桃園縣,,2.5公頃,公告解除控制場址,,-無資料-,-無資料-,121.3,24.99
A3,某地,火星基地,臺北市,,平方公尺,公告廢止,,,,121.54,25.03
A4,某地,其他,臺北市,,3打,公告廢止,,,,121.54,25.03
,無號,其他,臺北市,,1坪,,,,,121.54,25.03
A5,顛倒,其他,臺北市,,1坪,,,,,25.03,121.54
CSV
ok 'contaminated sites' import contaminated "$work/sites.csv" sgw
is 'sites with a number are kept' "$(counted new)" 5
is 'one without is kept aside' "$(counted 'kept aside')" 1
field() { sql "SELECT $1 FROM record WHERE kind = 'contaminated' AND record_key = '$2' AND ended_batch_id IS NULL"; }
is 'the area in square metres' "$(field "fields ->> 'area_m2'" a1)" 1004
is 'hectares too' "$(field "fields ->> 'area_m2'" a2)" 25000
is 'an area without a number stays text' "$(field "(fields ->> 'area_text') || (fields ? 'area_m2')" a3)" 平方公尺false
is 'a unit that is none as well' "$(field "(fields ->> 'area_text') || (fields ? 'area_m2')" a4)" 3打false
is 'pollutants of the soil with value and unit' "$(field "fields ->> 'soil'" a1)" '[{"name": "銅", "unit": "mg/Kg", "value": 1740}, {"name": "鋅"}]'
is 'commas and brackets belong to names; below detection stays text' "$(field "fields ->> 'groundwater'" a1)" '[{"name": "順-1,2-二氯乙烯", "unit": "mg/L", "value": 0.7}, {"name": "硝酸鹽氮(以氮計)(NitrateasN)", "unit": "mg/L", "reported": "<0.05"}]'
is 'no data is an empty list' "$(field "fields ->> 'soil'" a2)" '[]'
is 'a kind that is unknown is left out and said' "$(field "fields ? 'kind'" a3) $(sql "SELECT count(*) FROM rejected_row WHERE code = 'field_ignored' AND value = '火星基地'")" 'f 1'
is 'old county names are understood and kept as given' "$(field "concat_ws(' ', fields ->> 'county', address_county_code = county_code, position_check)" a2)" '桃園縣 t ok'
is 'dates of the Republic of China' "$(field "fields ->> 'announced'" a1)" 2009-05-01
is 'swapped axes are not drawn' "$(field position_check a5)" missing
sed 's/公告為控制場址/公告解除控制場址/' "$work/sites.csv" >"$work/sites2.csv"
ok 'a site whose status changes' import contaminated "$work/sites2.csv" sgw
is 'is changed, the others are not' "$(counted changed) $(counted unchanged)" '1 4'

# ---- stations ----
cat >"$work/stations.csv" <<'CSV'
測站編號,測站名稱,測站類型,狀態,縣市,海拔,經度,緯度
1,基隆,背景測站、一般測站,使用中,臺北縣,12,121.46,25.01
2,高塔,一般測站,停用,新北市,99999,121.46,25.02
3,,一般測站,使用中,新北市,,121.46,25.02
CSV
ok 'stations' import stations "$work/stations.csv" moenv --set class=air
is 'stations with a name are kept' "$(counted new) $(counted 'kept aside')" '2 1'
is 'kinds of its network are a list' "$(sql "SELECT fields ->> 'network' FROM record WHERE kind = 'stations' AND name = '基隆'")" '["背景測站", "一般測站"]'
is 'the old county is the new one, and kept as given' "$(sql "SELECT concat_ws(' ', fields ->> 'county', position_check) FROM record WHERE kind = 'stations' AND name = '基隆'")" '臺北縣 ok'
is 'an altitude that cannot be is left out' "$(sql "SELECT fields ? 'altitude_m' FROM record WHERE kind = 'stations' AND name = '高塔'")" f
"$HAZATLAS" import stations "$work/stations.csv" --source moenv --set class=soil --data "$DATA" >"$REPORT" 2>&1
like 'a kind of station that is unknown is said' "$(cat "$REPORT")" 'air'
done_testing

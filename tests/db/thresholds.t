#!/bin/sh
# Regulated quantities: the worked examples of the rule, by hand and from imports; exact sums, what is left out and
# said, a person's word, files, tile, command line.
. tests/db/lib.sh
work=$TEST_TMP/files
mkdir -p "$work"
cat >"$work/f.csv" <<'CSV'
管制編號,名稱,地址,經度,緯度
T1,硫磺廠,高雄市小港區一路1號,120.35,22.56
T2,加總廠,高雄市小港區一路2號,120.36,22.57
T3,恰一廠,高雄市小港區一路3號,120.37,22.58
T4,半年廠,高雄市小港區一路4號,120.38,22.59
T5,不明廠,高雄市小港區一路5號,120.39,22.60
T6,使用廠,高雄市小港區一路6號,120.40,22.61
T7,丙酮廠,高雄市小港區一路7號,120.41,22.62
T8,甲醛廠,高雄市小港區一路8號,120.42,22.63
CSV
cat >"$work/h.csv" <<'CSV'
管制編號,化學物質名稱,CAS No.,數量,單位,行為,起始日期,結束日期
T1,硫磺,,30,公斤,貯存,2025-01-01,2025-06-30
T1,硫磺,7704-34-9,0.08,公噸,貯存,2025-01-01,2025-06-30
T2,過氧化鈉,1313-60-6,20,公斤,貯存,2025-01-01,2025-06-30
T2,二硫化碳,75-15-0,40,公升,貯存,2025-01-01,2025-06-30
T3,氯酸鉀,3811-04-9,5,公斤,貯存,2025-01-01,2025-06-30
T3,過氯酸鉀,7778-74-7,5,公斤,貯存,2025-01-01,2025-06-30
T3,硝酸鈉,7631-99-4,5,公斤,貯存,2025-01-01,2025-06-30
T3,過錳酸鉀,7722-64-7,5,公斤,貯存,2025-01-01,2025-06-30
T3,重鉻酸鉀,7778-50-9,5,公斤,貯存,2025-01-01,2025-06-30
T3,亞硝酸鈉,7632-00-0,5,公斤,貯存,2025-01-01,2025-06-30
T3,亞氯酸鈉,7758-19-2,5,公斤,貯存,2025-01-01,2025-06-30
T3,過硫酸鉀,7727-21-1,5,公斤,貯存,2025-01-01,2025-06-30
T3,三氧化鉻,1333-82-0,5,公斤,貯存,2025-01-01,2025-06-30
T3,二氧化鉛,1309-60-0,5,公斤,貯存,2025-01-01,2025-06-30
T4,甲醇,67-56-1,600,公升,貯存,2025-05-10,2025-05-10
T4,甲醇,67-56-1,720,公升,貯存,2025-05-28,2025-05-28
T4,甲醇,67-56-1,500,公升,貯存,2025-01-01,2025-03-31
T5,過氧化氫,7722-84-1,3,公升,貯存,2025-01-01,2025-06-30
T5,氫氣,1333-74-0,3000,公斤,貯存,2025-01-01,2025-06-30
T5,硫磺,7704-34-9,3,瓶,貯存,2025-01-01,2025-06-30
T5,無此物,,3,公斤,貯存,2025-01-01,2025-06-30
T5,第四石油類,,60,公升,貯存,2025-01-01,2025-06-30
T6,甲醇,67-56-1,9999,公升,使用,2025-01-01,2025-06-30
T7,丙酮,67-64-1,300,公升,貯存,2025-01-01,2025-06-30
T8,甲醛,50-00-0,300,公升,貯存,2025-01-01,2025-06-30
CSV
printf '管制編號,CAS No.,數量,單位,行為,起始日期,結束日期,儲存地點\nT9,7704-34-9,30,公斤,貯存,2025-01-01,2025-06-30,A\nT9,7704-34-9,80,公斤,貯存,2025-01-01,2025-06-30,B\n' >"$work/places.csv"
printf '管制編號,CAS No.,數量,單位,行為,起始日期,結束日期\nT10,7704-34-9,30,公斤,貯存,2025-01-01,2025-06-30\nT10,7704-34-9,80,公斤,貯存,2025-01-01,2025-06-30\n' >"$work/twice.csv"
printf '管制編號,化學物質名稱,CAS No.,數量,單位,行為,起始日期,結束日期\nT1,硫磺,7704-34-9,90,公斤,貯存,2025-01-01,2025-06-30\n' >"$work/other.csv"
start_server
import facilities "$work/f.csv" one
import holdings "$work/h.csv" one
import holdings "$work/other.csv" two
fresh() { [ "$(curl -s "$URL/api/v1/status" | jq .atlas.number)" = "$(sql 'SELECT number FROM atlas_revision')" ]; }
ok 'the atlas is that of the imports' wait_until fresh
id_of() { sql "SELECT facility_id FROM facility_number WHERE number = '$1'"; }
post() { http POST /api/v1/thresholds/check -H 'Content-Type: application/json' -d "$1"; }
row() { json ".items[$1] | \"\(.amount.decimal) \(.unit) \(.threshold) \(.printed) \(.must_report)\""; }

# ---- by hand: the examples of the declaration briefing ----
post '{"items":[{"item":"硫磺","place":"A","quantity":"30","unit":"kg"},{"item":"硫磺","place":"B","quantity":"80","unit":"kg"}]}'
is 'two places of a site' "$(row 0)" '110 kg 100 1.10 true'
cp "$BODY" "$TEST_TMP/sulfur"
post '{"items":[{"item":"過氧化鈉","quantity":"20","unit":"kg"},{"item":"二硫化碳","quantity":"40","unit":"L"}]}'
is 'a share of a solid' "$(row 0)" '20 kg 50 0.40 false'
is 'a share of a liquid' "$(row 1)" '40 L 50 0.80 false'
is 'their sum' "$(json '"\(.printed) \(.must_report) \(.arithmetic)"')" '1.20 true 20/50 + 40/50 = 6/5 = 1.2'
cp "$BODY" "$TEST_TMP/combined"
post '{"items":[{"item":"甲醇","quantity":"600","unit":"L","date":"2021-05-10"}]}'
is 'methanol' "$(row 0)" '600 L 400 1.50 true'
is 'the first report' "$(json '.first_report | "\(.reached_on) \(.from) \(.until)"')" '2021-05-10 2021-05-11 2021-05-20'
cp "$BODY" "$TEST_TMP/methanol"
post '{"items":[{"item":"甲醇","quantity":"600","unit":"L","date":"2021-05-10"},{"item":"甲醇","quantity":"720","unit":"L","date":"2021-05-28"}]}'
is 'the largest of a half-year' "$(row 0)" '720 L 400 1.80 true'
is 'is reported in July' "$(json '.half_years[] | "\(.from) \(.to) \(.report_in) \(.items[0].amount.decimal) \(.items[0].from)"')" '2021-01-01 2021-06-30 2021-07 720 2021-05-28'
cp "$BODY" "$TEST_TMP/half"
examples=../shared/data/seed/threshold_examples.csv
if [ -f "$examples" ]; then
    said() { # FILE ITEM-NUMBER, or FILE sum
        case $2 in
        sum) jq -r '",1,\(.printed),\(if .must_report then "yes" else "no" end)"' "$1" ;;
        *) jq -r ".items[$2] | \"\(.amount.decimal),\(.unit),\(.threshold),\(.printed)\"" "$1" ;;
        esac
    }
    is 'row 1 of the seed' "$(said "$TEST_TMP/sulfur" 0),yes" "$(sed -n 2p "$examples" | cut -d, -f3-7)"
    is 'row 2 of the seed' "$(said "$TEST_TMP/combined" 0)" "$(sed -n 3p "$examples" | cut -d, -f3-6)"
    is 'row 3 of the seed' "$(said "$TEST_TMP/combined" 1)" "$(sed -n 4p "$examples" | cut -d, -f3-6)"
    is 'row 4 of the seed' "$(said "$TEST_TMP/combined" sum)" "$(sed -n 5p "$examples" | cut -d, -f4-7 | sed 's/ (>1)//')"
    is 'row 5 of the seed' "$(said "$TEST_TMP/methanol" 0)" "$(sed -n 6p "$examples" | cut -d, -f3-6)"
    is 'row 6 of the seed' "$(said "$TEST_TMP/half" 0)" "$(sed -n 7p "$examples" | cut -d, -f3-6)"
fi
tenths=$(for n in 1 2 3 4 5 6 7 8 9 10; do printf '{"item":"x","quantity":"0.1","unit":"kg","threshold":"1"}%s' "$([ $n = 10 ] || echo ,)"; done)
post "{\"items\":[$tenths]}"
is 'ten tenths are one' "$(row 0) $(json .answer)" '1 kg 1 1.00 true report'
tenths=$(for n in 1 2 3 4 5 6 7 8 9 10; do printf '{"item":"x%s","quantity":0.1,"unit":"kg","threshold":1}%s' $n "$([ $n = 10 ] || echo ,)"; done)
post "{\"items\":[$tenths]}"
is 'ten shares of a tenth are not more than one' "$(json '"\(.index.fraction) \(.answer)"')" '1 below'
post "{\"compare\":\"ge\",\"items\":[$tenths]}"
is 'but at least one' "$(json .answer)" report
post '{"items":[{"item":"丙酮","quantity":"300","unit":"L","water_soluble":true},{"item":"汽油","quantity":"100","unit":"L","water_soluble":false}]}'
is 'liquids that mix with water have their own row' "$(json '[.items[] | "\(.water_soluble) \(.threshold) \(.printed)"] | join(", ")')" 'false 200 0.50, true 400 0.75'
post '{"items":[{"item":"甲醇","quantity":"316.8","unit":"kg"}]}'
is 'kilograms of a liquid, by its density' "$(row 0)" '400 L 400 1.00 true'
post '{"items":[{"item":"無此物","quantity":"5","unit":"kg"}]}'
is 'a name that nothing bears decides nothing, and is told' "$(json '"\(.answer) \(.unknown_names[0]) \(.flag_words.unknown_name != null)"')" 'undecided 無此物 true'
post '{"items":[{"cas":"50-00-0","quantity":"5","unit":"kg"}]}'
is 'a substance of no item is not listed' "$(json '"\(.answer) \(.not_in_the_list[0])"')" 'not_listed 50-00-0'
post '{"items":[{"category":"4","item_no":"99","quantity":"5","unit":"L"}]}'
problem 'an item that the category does not have' 400 'it has 1, 2'
post '{"items":[{"category":"99","item_no":"1","quantity":"5","unit":"L"}]}'
problem 'a category that the rules do not have' 400 'no category'
dated() { printf '{"item":"硫磺","quantity":"60","unit":"kg","place":"%s","from":"%s","to":"%s"}' "$1" "$2" "$3"; }
halves() { json '[.half_years[].answer] | join(" ")'; }
post "{\"items\":[$(dated A 2019-01-01 2019-12-31),$(dated B 2019-03-01 2019-12-31)]}"
is 'places are added where their periods overlap' "$(row 0) $(json .first_report.reached_on) $(halves)" '120 kg 100 1.20 true 2019-03-01 report report'
post "{\"items\":[$(dated A 2019-01-01 2019-12-31),$(dated A 2019-03-01 2019-12-31)]}"
is 'reports of one place that overlap are not' "$(row 0) $(json .first_report) $(halves)" '60 kg 100 0.60 false null below below'
post "{\"items\":[$(dated A 2019-01-01 2019-06-30),$(dated B 2019-07-01 2019-12-31)]}"
is 'nor are places one after the other' "$(row 0) $(halves)" '60 kg 100 0.60 false below below'
post '{"items":[{"cas":"1313-60-6","unit":"kg","quantity":"20","from":"2019-01-01","to":"2019-06-30"},{"cas":"75-15-0","unit":"L","quantity":"40","from":"2019-07-01","to":"2019-12-31"}]}'
is 'shares are added of what is held together' "$(json '"\(.answer) \(.arithmetic) \(.index_from)"') $(halves)" 'below 40/50 = 4/5 = 0.8 2019-07-01 below below'
for bad in '{}' '[]' '{"items":[]}' '{"items":[{"item":"甲醇","unit":"L"}]}' '{"items":[{"item":"甲醇","quantity":"1e","unit":"L"}]}' \
    '{"items":[{"item":"甲醇","quantity":"-1","unit":"L"}]}' '{"items":[{"quantity":"1","unit":"L"}]}' '{"items":[{"item":"甲醇","quantity":"1"}]}' \
    '{"items":[{"item":"甲醇","quantity":"1","unit":"L","date":"2021-02-30"}]}' '{"items":[{"item":"甲醇","quantity":"1","unit":"L","x":1}]}' \
    '{"items":[{"cas":"1-1-1","quantity":"1","unit":"L"}]}' '{"items":[{"item":"甲醇","quantity":"1","unit":"L","threshold":"0"}]}'; do
    post "$bad"
    is "refused: $bad" "$STATUS" 400
done
post "{\"items\":[{\"item\":\"甲醇\",\"quantity\":\"$(printf '9%.0s' $(seq 300))\",\"unit\":\"L\"}]}"
problem 'a quantity too long names the limit' 400 'too long: at most 80'
post '{"rule_set":"無此法","items":[{"item":"甲醇","quantity":"1","unit":"L"}]}'
is 'no such rules' "$STATUS" 404

# ---- facilities ----
site() { json ".facilities[] | select(.name == \"$1\") | $2"; }
http GET '/api/v1/thresholds/facilities'
is 'status' "$STATUS" 200
etag=$(header ETag)
is 'names of a substance are added, sources are not: the larger is told' "$(site 硫磺廠 '"\(.answer) \(.arithmetic) \(.items[0].source)"')" 'report 110/100 = 11/10 = 1.1 one'
is 'the sum of shares' "$(site 加總廠 '"\(.answer) \(.reached) \(.index.fraction) \(.arithmetic)"')" 'report false 6/5 20/50 + 40/50 = 6/5 = 1.2'
is 'exactly one is not more than one' "$(site 恰一廠 '"\(.answer) \(.index.decimal) \(.index.exact)"')" 'below 1 true'
is 'the largest moment of a site' "$(site 半年廠 '.items[0] | "\(.amount.decimal) \(.from) \(.to)"')" '720 2025-05-28 2025-05-28'
is 'what cannot be summed is undecided, not 0' "$(site 不明廠 '"\(.answer) \(.flags | sort | join(","))"')" 'undecided no_density,no_quantity,unit_unknown'
is 'an item that the report itself names' "$(site 不明廠 '.items[] | select(.item_zh == "第四石油類") | .ratio.fraction')" '1/100'
is 'what passes through is not on site' "$(site 使用廠 .answer)" ''
is 'not known whether it mixes with water: the smaller quantity' "$(site 丙酮廠 '.items[0] | "\(.threshold) \(.flags[0])"')" '200 solubility_unknown'
is 'counts' "$(json '.counts | "\(.facilities) \(.report) \(.undecided) \(.below) \(.not_listed)"')" '7 4 1 1 1'
is 'a site all of whose substances are of no item' "$(site 甲醛廠 '"\(.answer) \(.quantities) \(.quantities_not_listed)"')" 'not_listed 0 1'
http GET '/api/v1/thresholds/facilities?compare=ge'
is 'with "at least" one reports' "$(site 恰一廠 .answer) $(json .counts.report)" 'report 5'
http GET '/api/v1/thresholds/facilities?answer=report&limit=1'
is 'a page' "$(json '"\(.facilities | length) \(.matched)"')" '1 4'
like 'and the next' "$(json .next)" 'after=1'
http GET '/api/v1/thresholds/facilities?county=64000'
is 'a county without borders here' "$STATUS" 400
http GET '/api/v1/thresholds/facilities?compare=lt'
problem 'another comparison' 400 'compare'
http GET '/api/v1/thresholds/facilities' -H "If-None-Match: $etag"
is 'nothing changed' "$STATUS" 304
http GET '/api/v1/thresholds/unlisted'
is 'substances of no item' "$(json '[.substances[] | "\(.reported_name // .cas) \(.facilities) \(.why)"] | sort | join(", ")')" '50-00-0 1 not_in_the_list, 無此物 1 not_in_the_list'
http GET "/api/v1/thresholds/facilities/$(id_of T1)"
is 'one site: every row and whether it counts' "$(json '[.rows[] | "\(.quantity) \(.unit) \(.source) \(.counted)"] | sort | join(", ")')" '0.08 公噸 one true, 30 公斤 one true, 90 公斤 two false'
is 'which item and why' "$(json '.rows[0] | "\(.item) \(.item_by)"')" '硫磺 name'
http GET "/api/v1/thresholds/facilities/$(id_of T6)"
is 'what it reports otherwise is said' "$(json '.elsewhere[] | "\(.source) \(.behaviour) \(.rows)"')" 'one use 1'
http GET /api/v1/thresholds/facilities/999999
problem 'no such facility' 404

# ---- a person's word ----
word() { http POST /api/v1/thresholds/assignments -H 'Content-Type: application/json' -d "$1"; }
word '{"cas":"67-64-1","category":"4","item_no":"2","water_soluble":true,"by":"王","reason":"mixes with water"}'
is 'a word is taken' "$STATUS" 201
mine=$(json .id)
word '{"reported_name":"無此物","category":"1","item_no":"1","by":"王","reason":"a chlorate"}'
is 'on a name, too' "$STATUS" 201
ok 'the atlas hears of it' wait_until fresh
http GET '/api/v1/thresholds/facilities'
is 'acetone by its own quantity' "$(site 丙酮廠 '"\(.answer) \(.items[0].threshold) \(.items[0].flags | length)"')" 'below 400 0'
is 'the name is of its item' "$(site 不明廠 '.items[] | select(.item_zh == "氯酸鹽類") | .ratio.fraction')" '3/50'
http GET /api/v1/thresholds/assignments
is 'who and why is kept' "$(json '[.assignments[] | "\(.by) \(.reason)"] | sort | join(", ")')" '王 a chlorate, 王 mixes with water'
word '{"cas":"67-64-1","by":"李","reason":"another word: of no item"}'
is 'a later word takes the place' "$(json .id)" "$mine"
ok 'the atlas hears of that' wait_until fresh
http GET '/api/v1/thresholds/unlisted'
is 'decided to be of no item' "$(json '.substances[] | select(.cas == "67-64-1") | .why')" decided_not_in_the_list
http DELETE "/api/v1/thresholds/assignments/$mine"
is 'taken back' "$STATUS" 204
http DELETE "/api/v1/thresholds/assignments/$mine"
is 'only once' "$STATUS" 404
http DELETE "/api/v1/thresholds/assignments/$(sql 'SELECT min(id) FROM threshold_assignment WHERE shipped')"
is 'what comes with the product stays' "$STATUS" 404
for bad in '{"cas":"67-64-1","category":"4","item_no":"2"}' '{"cas":"67-64-1","category":"4","by":"x","reason":"y"}' '{"cas":"9-9-9","by":"x","reason":"y"}' \
    '{"cas":"67-64-1","category":"9","item_no":"2","by":"x","reason":"y"}' '{"cas":"67-64-1","category":"7","item_no":"3","by":"x","reason":"y"}' '{"by":"x","reason":"y"}'; do
    word "$bad"
    is "refused: $bad" "$STATUS" 400
done
sql "INSERT INTO on_site_behaviour (source_id, behaviour, decided_by, reason) SELECT id, 'use', 'x', 'its 使用 is the stock' FROM source WHERE name = 'one'"
ok 'another source of what is on site' wait_until fresh
http GET '/api/v1/thresholds/facilities'
is 'a source may mean another behaviour' "$(site 使用廠 .answer) $(json .counts.facilities)" 'report 2'
sql "DELETE FROM on_site_behaviour WHERE source_id IS NOT NULL"
ok 'and back' wait_until fresh

# ---- places, and rows that were kept aside ----
import holdings "$work/places.csv" places
import holdings "$work/twice.csv" places
is 'holdings with their places, and how many rows were kept aside' "$(sql "SELECT string_agg(concat_ws(' ', reported_quantity, place, rows_aside), ', ' ORDER BY h.id) FROM holding h JOIN source s ON s.id = h.source_id WHERE s.name = 'places'")" '30 A 0, 80 B 0, 80 1'
ok 'the atlas hears of the places' wait_until fresh
http GET "/api/v1/thresholds/facilities/$(id_of T9)"
is 'places of a site are added' "$(json '"\(.answer) \(.arithmetic) \([.rows[].place] | sort | join(""))"')" 'report 110/100 = 11/10 = 1.1 AB'
http GET "/api/v1/thresholds/facilities/$(id_of T10)"
is 'below, but a row was kept aside: undecided, with their number' "$(json '"\(.answer) \(.arithmetic) \(.rows_kept_aside) \(.flags | join(","))"')" 'undecided 80/100 = 4/5 = 0.8 1 rows_kept_aside'
http GET '/api/v1/thresholds/facilities?answer=undecided'
is 'the list says so too' "$(json ".facilities[] | select(.id == $(id_of T10)) | .rows_kept_aside")" 1
sed -i 's/,30,公斤/,80,公斤/' "$work/twice.csv"
import holdings "$work/twice.csv" places
is 'the file that says one thing leaves nothing aside' "$(sql "SELECT sum(rows_aside) FROM holding")" 0
for batch in $(sql "SELECT b.id FROM import_batch b JOIN source s ON s.id = b.source_id WHERE s.name = 'places' AND b.undone_at IS NULL ORDER BY b.id DESC"); do
    "$HAZATLAS" undo "$batch" --data "$DATA" >"$TEST_TMP/undo.out" 2>&1 || sed 's/^/# /' "$TEST_TMP/undo.out"
done
is 'undo takes them away' "$(sql "SELECT count(*) FROM holding h JOIN source s ON s.id = h.source_id WHERE s.name = 'places'")" 0
ok 'the atlas hears of that too' wait_until fresh

# ---- rows that an import kept aside whole ----
cat >"$work/fp.csv" <<'CSV'
管制編號,名稱,地址,經度,緯度
P1,留置廠,高雄市小港區二路1號,120.35,22.56
P2,半留廠,高雄市小港區二路2號,120.36,22.56
P3,甲醛二廠,高雄市小港區二路3號,120.37,22.56
P4,使用二廠,高雄市小港區二路4號,120.38,22.56
P5,無名廠,高雄市小港區二路5號,120.39,22.56
P6,已報廠,高雄市小港區二路6號,120.40,22.56
CSV
cat >"$work/hp.csv" <<'CSV'
管制編號,化學物質名稱,CAS No.,數量,單位,行為,起始日期,結束日期
Ｐ1,硫磺,7704-34-9,若干,公斤,貯存,114/1/1,114/6/30
P2,硫磺,7704-34-9,30,公斤,貯存,2025-01-01,2025-06-30
P2,過氧化鈉,1313-60-6,,公斤,貯存,2025-01-01,2025-06-30
P3,甲醛,50-00-0,若干,公斤,貯存,2025-01-01,2025-06-30
P4,硫磺,7704-34-9,若干,公斤,使用,2025-01-01,2025-06-30
P5,,,30,公斤,貯存,2025-01-01,2025-06-30
P6,硫磺,7704-34-9,300,公斤,貯存,2025-01-01,2025-06-30
P6,硫磺,7704-34-9,若干,公斤,貯存,2025-07-01,2025-12-31
CSV
import facilities "$work/fp.csv" partial
import holdings "$work/hp.csv" partial
is 'an import keeps rows aside' "$(sql "SELECT rows_rejected FROM import_batch ORDER BY id DESC LIMIT 1")" 6
ok 'the atlas hears of them' wait_until fresh
one() { http GET "/api/v1/thresholds/facilities/$(id_of "$1")"; json "\"\(.answer) \(.rows_kept_aside) \(.flags | join(\",\"))\""; }
is 'all that a facility reports was kept aside: undecided' "$(one P1)" 'undecided 1 rows_kept_aside'
is 'the row, and why' "$(json '.kept_aside[] | "\(.reported_name) \(.item) \(.column) \(.value) \(.line) \(.source)"')" '硫磺 硫磺 數量 若干 2 partial'
is 'one of two rows: a lower bound' "$(one P2) $(json .arithmetic)" 'undecided 1 rows_kept_aside 30/100 = 3/10 = 0.3'
is 'of a substance of no item it decides nothing' "$(one P3)" 'not_listed 0 '
is 'nor of what is not on site' "$(one P4)" 'not_listed 0 '
is 'of no substance that it names: undecided' "$(one P5)" 'undecided 1 rows_kept_aside'
is 'what must report must report' "$(one P6)" 'report 1 rows_kept_aside'
http GET '/api/v1/thresholds/facilities?answer=undecided&limit=1000'
is 'the list says so' "$(json '[.facilities[] | select(.name | IN("留置廠", "半留廠", "無名廠")) | "\(.name) \(.rows_kept_aside) \(.flags | join(","))"] | sort | join("; ")')" \
    '半留廠 1 rows_kept_aside; 無名廠 1 rows_kept_aside; 留置廠 1 rows_kept_aside'
like 'with words' "$(json .flag_words.rows_kept_aside.en)" 'could not be read'
http GET '/api/v1/thresholds/facilities?format=csv'
like 'CSV says so' "$(cat "$BODY")" '留置廠.*,undecided,.*,rows_kept_aside,0,0,1'
"$HAZATLAS" threshold list --answer undecided --format json --data "$DATA" >"$TEST_TMP/aside.json" 2>/dev/null
is 'the command says so' "$(jq -r '.facilities[] | select(.name == "留置廠") | "\(.answer) \(.rows_kept_aside)"' "$TEST_TMP/aside.json")" 'undecided 1'
http GET /tiles/thresholds/0/0/0.mvt
cp "$BODY" "$TEST_TMP/aside.mvt"
is 'the layer says so' "$(ogrinfo -ro -q -al -where "name='留置廠'" "MVT:$TEST_TMP/aside.mvt" thresholds 2>/dev/null | grep -c 'answer (String) = undecided')" 1
sed -i '/^P[3-6]/d; s/,若干,/,30,/; s/,,公斤/,3,公斤/' "$work/hp.csv"
import holdings "$work/hp.csv" partial
ok 'the atlas hears of the mended rows' wait_until fresh
is 'mended and imported: not aside any more' "$(one P1); $(one P2)" 'below 0 ; below 0 '
is 'the others stay' "$(one P5)" 'undecided 1 rows_kept_aside'
for batch in $(sql "SELECT b.id FROM import_batch b JOIN source s ON s.id = b.source_id WHERE s.name = 'partial' AND b.undone_at IS NULL ORDER BY b.id DESC"); do
    "$HAZATLAS" undo "$batch" --data "$DATA" >"$TEST_TMP/undo.out" 2>&1 || sed 's/^/# /' "$TEST_TMP/undo.out"
done
is 'undo takes them away too' "$(sql "SELECT count(*) FROM facility_number WHERE number LIKE 'P_'")" 0
ok 'the atlas hears of that as well' wait_until fresh

# ---- files, tile, command line ----
http GET '/api/v1/thresholds/facilities?format=csv'
like 'CSV' "$(header Content-Type)" '^text/csv'
like 'CSV says the arithmetic' "$(cat "$BODY")" ',6/5,20/50 \+ 40/50 = 6/5 = 1.2,'
cp "$BODY" "$TEST_TMP/http.csv"
http GET '/api/v1/thresholds/facilities?format=xlsx'
is 'XLSX' "$STATUS $(head -c 2 "$BODY")" '200 PK'
http GET '/api/v1/thresholds/facilities?format=geojson'
is 'GeoJSON' "$(json '.features | length') $(json '.features[] | select(.properties.name == "加總廠") | .geometry.coordinates | join(",")')" '7 120.36,22.57'
cp "$BODY" "$TEST_TMP/t.geojson"
is 'GDAL reads it' "$(ogrinfo -ro -q -al -where "answer='report'" "$TEST_TMP/t.geojson" 2>/dev/null | grep -c '^OGRFeature')" 4
http GET /tiles/thresholds/0/0/0.mvt
is 'tile: media type' "$STATUS $(header Content-Type)" '200 application/vnd.mapbox-vector-tile'
cp "$BODY" "$TEST_TMP/tile.mvt"
ogrinfo -ro -q -al "MVT:$TEST_TMP/tile.mvt" thresholds >"$TEST_TMP/tile.txt" 2>/dev/null
is 'tile: every drawn site' "$(grep -c '^OGRFeature' "$TEST_TMP/tile.txt")" 7
like 'tile: the sum of shares' "$(cat "$TEST_TMP/tile.txt")" 'index \(Real\) = 1.2'
http GET /tiles/thresholds.json
is 'legend' "$(json '.hazatlas.legend | "\(.property) \(.classes | map(.min) | join(" "))"')" 'index 0 0.5 1 2 10'
http GET '/api/v1/thresholds/rules'
is 'the rules say whose they are' "$(json '.rules[] | select(.item_zh == "酒精類") | [.substances[].cas] | sort | join(" ")')" '64-17-5 67-56-1 67-63-0 71-23-8'
"$HAZATLAS" threshold --data "$DATA" >"$TEST_TMP/cli.csv" 2>"$TEST_TMP/cli.err"
is 'the command line says the same' "$(cmp "$TEST_TMP/cli.csv" "$TEST_TMP/http.csv" && echo same)" same
echo '{"items":[{"item":"硫磺","quantity":"110","unit":"kg"}]}' | "$HAZATLAS" threshold check - --data "$DATA" >"$BODY"
is 'and checks by hand' "$(row 0)" '110 kg 100 1.10 true'
"$HAZATLAS" threshold assign 7440-66-6 --category 2 --item-no 5 --by 王 --reason powder --data "$DATA" >"$TEST_TMP/cli.out" 2>&1
like 'and takes a word' "$(cat "$TEST_TMP/cli.out")" '7440-66-6 is of item 2/5'
"$HAZATLAS" threshold assign 7440-66-6 --category 2 --item-no 5 --data "$DATA" >"$TEST_TMP/cli.out" 2>&1
is 'not without who and why' "$?" 1

# ---- an imported edition of the rules ----
cat >"$work/rules.csv" <<'CSV'
類別,類別名稱,項次,品名,管制量,單位,CAS,版本,use
4,易燃液體,3,酒精類,0.5,公噸,67-56-1;64-17-5;75-15-0,2026,yes
4,易燃液體,1,特殊易燃物,50,公升,,2026,yes
CSV
import thresholds "$work/rules.csv" agency || sed 's/^/# /' "$TEST_TMP/import.err"
ok 'the atlas hears of the new rules' wait_until fresh
http GET '/api/v1/thresholds/facilities'
is 'a tonne is kilograms, litres go by density, the list of CAS numbers decides' "$(site 半年廠 '.items[0] | "\(.threshold) \(.unit) \(.amount.decimal) \(.ratio.decimal)"')" '500 kg 570.24 1.14048'
is 'the list of the rule goes before what comes with the product' "$(site 加總廠 '.items[0] | "\(.item_zh) \(.amount.decimal)"')" '酒精類 50.4'
is 'the edition is told' "$(json .edition)" 2026
done_testing

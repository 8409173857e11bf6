#!/bin/sh
# /api/v1/quality and `hazatlas quality`: every figure against a count made another way.
. tests/db/lib.sh
work=$TEST_TMP/files
mkdir -p "$work"
cat >"$work/f.csv" <<'CSV'
管制編號,名稱,地址,經度,緯度
Q1,一廠,高雄市小港區一路1號,120.35,22.56
Q2,二廠,高雄市小港區一路2號,120.35,22.56
Q3,三廠,高雄市小港區一路3號,120.35,22.56
Q4,四廠,高雄市小港區一路4號,120.36,22.57
Q5,五廠,高雄市小港區一路5號,,
Q6,六廠,高雄市小港區一路6號,121.0,24.8
Q7,,高雄市小港區一路7號,120.36,22.58
CSV
printf '管制編號,名稱,地址\nQ1,一廠,高雄市小港區一路1號\n' >"$work/g.csv"
cat >"$work/h.csv" <<'CSV'
管制編號,化學物質名稱,CAS No.,數量,單位,行為,起始日期,結束日期
Q1,甲醇,67-56-1,5,公斤,使用,2025-01-01,2025-03-31
Q1,無此物,,5,公斤,使用,2025-01-01,2025-03-31
Q2,無此物,,5,公斤,使用,2025-01-01,2025-06-30
Q9,無此物,,5,公斤,使用,2025-01-01,2025-06-30
Q1,甲醇,67-56-1,-5,公斤,使用,2025-04-01,2025-06-30
CSV
printf '類別,編號,名稱,縣市,有效期限,容量,經度,緯度\n醫院,H1,甲醫院,高雄市,113/12/31,,120.35,22.56\n醫院,H2,乙醫院,高雄市,115/12/31,abc,120.35,22.56\n醫院,,,高雄市,不明,,120.35,22.56\n' >"$work/p.csv"
{ echo '管制編號,名稱,地址,經度,緯度' && for n in 1 2 3 4 5; do echo "M$n,多$n廠,高雄市小港區二路$n號,120.37,22.58"; done; } >"$work/many.csv"
start_server
for kind in counties-10t towns-10t; do import areas "${BUILD:-build}/sample/$kind.json" moi || sed 's/^/# /' "$TEST_TMP/import.err"; done
import facilities "$work/f.csv" one
import facilities "$work/g.csv" two
import holdings "$work/h.csv" one
import places "$work/p.csv" one

http GET '/api/v1/quality?today=2025-09-01&overdue_days=90&shared=3'
is 'status' "$STATUS" 200
cp "$BODY" "$TEST_TMP/quality.json"
is 'rows of a source and kind' "$(json '.sources[] | select(.source == "one" and .kind == "facilities") | "\(.rows_in) \(.published) \(.rejected) \(.usable_share) \(.batches)"')" '7 6 1 0.8571 1'
is 'why they were rejected' "$(json '.sources[] | select(.source == "one" and .kind == "facilities") | .reasons | map("\(.code) \(.rows)") | join(",")')" \
    "$(sql "SELECT string_agg(code || ' ' || n, ',' ORDER BY n DESC, code) FROM (SELECT code, count(*) n FROM rejected_row r JOIN import_batch b ON b.id = r.batch_id WHERE b.kind = 'facilities' AND NOT kept GROUP BY 1) x")"
is 'reasons add up to the rows kept aside, everywhere' "$(json '[.sources[], .batches[] | .rejected == ([.reasons[].rows] | add // 0)] | all')" true
is 'a row with two faults counts by what sent it away' "$(json '.batches[] | select(.kind == "places") | (.reasons | map("\(.code) \(.rows)") | join(",")) + " | " + (.notes | map("\(.code) \(.rows)") | join(","))')" 'name_missing 1 | field_ignored 1'
is 'of sources too' "$(json '.sources[] | select(.kind == "places") | "\(.rejected) \(.notes | length)"')" '1 1'
http GET "/api/v1/batches/$(sql "SELECT max(id) FROM import_batch WHERE kind = 'places'")"
is 'and of the batch itself' "$(json '(.reasons | map("\(.code) \(.rows)") | join(",")) + " | " + (.notes | map("\(.code) \(.rows)") | join(","))')" 'name_missing 1 | field_ignored 1'
http GET "/api/v1/batches/$(sql "SELECT max(id) FROM import_batch WHERE kind = 'places'")/rejected.csv"
is 'its rows stand once each' "$(tr -d '\r' <"$BODY" | sed 1d | sed 's/.*,//' | paste -sd, -)" 'yes,no'
cp "$TEST_TMP/quality.json" "$BODY"
is 'every batch' "$(json '[.batches[].batch] | sort | join(",")')" "$(sql "SELECT string_agg(id::text, ',' ORDER BY id) FROM import_batch")"
is 'every batch adds up' "$(json '[.batches[] | .rows_in == .published + .unchanged + .repeated + .rejected] | all')" true
is 'holdings that link' "$(json '.holdings[] | "\(.holdings) \(.linked) \(.linked_share) \(.names) \(.names_linked) \(.of_registered_facilities)"')" \
    "$(sql "SELECT count(*) || ' ' || count(substance_id) || ' ' || round(count(substance_id) / count(*)::numeric, 4)::float8 || ' ' || count(DISTINCT reported_key) || ' ' || count(DISTINCT reported_key) FILTER (WHERE substance_id IS NOT NULL) || ' ' || count(*) FILTER (WHERE facility_id IN (SELECT facility_id FROM facility_record)) FROM holding")"
is 'linked by CAS' "$(json '.holdings[0].by_rule | "\(.cas) \(.code) \(.name_zh)"')" '1 0 0'
is 'facilities of several sources' "$(json '.facilities | "\(.facilities) \(.in_a_register) \(.in_several_sources) \(.from_holdings_only)"')" '7 6 1 1'
is 'facilities that link, by source' "$(json '.facilities.sources | map("\(.source) \(.facilities) \(.linked) \(.linked_share)") | join(",")')" 'one 6 1 0.1667,two 1 1 1'
is 'positions by check' "$(json '.positions[0].checks | to_entries | map(select(.value > 0) | "\(.key) \(.value)") | sort | join(",")')" \
    "$(sql "SELECT string_agg(position_check || ' ' || n, ',' ORDER BY position_check) FROM (SELECT position_check, count(*) n FROM facility GROUP BY 1) x")"
is 'one of them lies in another county' "$(json '.positions[0].checks.other_county')" 1
is 'three at one point' "$(json '.positions[0] | "\(.kind) \(.shared) \(.shared_places)"')" 'facilities 3 1'
is 'and two hospitals are not three' "$(json '.positions[] | select(.kind == "places") | "\(.rows) \(.shared)"')" '2 0'
is 'overdue declarations' "$(json '.overdue.declarations[0] | "\(.facilities) \(.overdue) \(.latest)"')" '3 1 2025-06-30'
is 'past their day' "$(json '.overdue.validity[0] | "\(.kind) \(.dated) \(.past) \(.earliest)"')" 'places 2 1 2024-12-31'
is 'by county: all 22' "$(json '[.counties[] | select(.code)] | length')" 22
is 'by county: Kaohsiung' "$(json '.counties[] | select(.code == "64000") | "\(.facilities) \(.missing) \(.doubtful) \(.missing_share) \(.holdings_unlinked)"')" '5 1 3 0.2 2'
is 'by county: everybody is somewhere' "$(json '[.counties[].facilities] | add')" "$(sql 'SELECT count(*) FROM facility')"
is 'by county: none has no share' "$(json '.counties[] | select(.code == "10020") | "\(.facilities) \(.missing_share)"')" '0 null'
is 'what shares mean is said' "$(json '.definitions | [.usable_share, .linked_share, .shared, .missing, .doubtful, .overdue | .zh, .en | length > 5] | all')" true

# ---- as layers ----
read_tile() { # LAYER TILE
    http GET "/tiles/$1/$2.mvt"
    cp "$BODY" "$TEST_TMP/tile.mvt"
    ogrinfo -ro -q -al "MVT:$TEST_TMP/tile.mvt" "$1" 2>/dev/null
}
http GET /tiles/missing_positions.json
is 'missing: no data is grey' "$(json '.hazatlas.legend.no_data.color')" '#9e9e9e'
is 'missing: class limits' "$(json '.hazatlas.legend.classes | map("\(.min)") | join(" ")')" '0 5 10 20 40'
is 'missing: no class is white' "$(json '[.hazatlas.legend.classes[].color] | index("#ffffff")')" null
for layer in facilities heat; do
    http GET "/tiles/$layer.json"
    unlike "$layer: no colour is white" "$(json '.hazatlas.legend | [.classes[].color, (.no_data.color // empty)] | join(" ")')" '#ffffff'
done
http GET /tiles/facilities.json
is 'radar: no data is grey' "$(json '.hazatlas.legend.no_data.color')" '#9e9e9e'
tile=$(read_tile missing_positions 5/26/13)
is 'missing: every county' "$(echo "$tile" | grep -c '^OGRFeature')" 22
is 'missing: Kaohsiung' "$(echo "$tile" | grep -A4 'code (String) = 64000' | sed -n 's/.*(.*) = //p' | tail -n +4 | tr '\n' ' ')" '5 1 '
is 'missing: its share' "$(echo "$tile" | grep -A6 'code (String) = 64000' | sed -n 's/.*share (.*) = //p')" 20
is 'missing: a county without facilities has no share' "$(echo "$tile" | grep -A5 'code (String) = 10020' | grep -c 'facilities (Integer) = 0\|share')" 1
is 'missing: how many have one' "$(echo "$tile" | grep -c 'share (')" "$(sql 'SELECT count(DISTINCT county_code) FROM facility')"
import facilities "$work/many.csv" many
is 'five at one point, and one in another county' "$(read_tile doubtful_positions 0/0/0 | sed -n 's/.*class (String) = //p' | sort | uniq -c | awk '{ print $2, $1 }' | tr '\n' ' ')" 'other_county 1 shared 5 '
like 'which they are' "$(read_tile doubtful_positions 0/0/0)" 'kind .String. = facilities'
http GET /tiles/doubtful_positions/5/0/0.mvt
is 'elsewhere: nothing' "$STATUS" 204
http GET /tiles/doubtful/0/0/0.mvt
problem 'no such layer' 404
"$HAZATLAS" undo "$(sql 'SELECT max(id) FROM import_batch')" --data "$DATA" >/dev/null
http GET '/api/v1/quality?today=2025-09-01&overdue_days=90&shared=3'
is 'undone: the same again' "$(jq -c .positions "$BODY")" "$(jq -c .positions "$TEST_TMP/quality.json")"

http GET '/api/v1/quality?today=2025-09-01&overdue_days=90&shared=3'
etag=$(header ETag)
ok 'an answer of now' test -n "$etag"
http GET '/api/v1/quality?today=2025-09-01&overdue_days=90&shared=3'
is 'the same again' "$(header ETag)" "$etag"
http GET '/api/v1/quality?today=2025-09-01&overdue_days=90&shared=3' -H "If-None-Match: $etag"
is 'nothing new' "$STATUS" 304
http GET '/api/v1/quality?today=2025-09-01&overdue_days=60&shared=4'
is 'other questions, other answers' "$(json '"\(.overdue.declarations[0].overdue) \(.positions[0].shared)"')" '3 0'
printf '管制編號,名稱\nQ8,\n' >"$work/bad.csv"
import facilities "$work/bad.csv" one
http GET '/api/v1/quality?today=2025-09-01&overdue_days=90&shared=3' -H "If-None-Match: $etag"
is 'an import that brought nothing but a rejected row is seen' "$STATUS $(json '.sources[] | select(.source == "one" and .kind == "facilities") | "\(.batches) \(.rejected)"')" '200 2 2'
last=$(sql 'SELECT max(id) FROM import_batch')
http POST "/api/v1/batches/$last/undo"
http GET '/api/v1/quality?today=2025-09-01&overdue_days=90&shared=3'
is 'what was undone does not count' "$(json '.sources[] | select(.source == "one" and .kind == "facilities") | "\(.batches) \(.rejected)"')" '1 1'
is 'but is told' "$(json '.batches[0] | "\(.batch) \(.undone)"')" "$last true"
for bad in 'today=2025-02-29' 'today=1.9.2025' 'today=' 'shared=1' 'overdue_days=-1' 'overdue_days=x' 'days=3'; do
    http GET "/api/v1/quality?$bad"
    problem "$bad" 400
done

"$HAZATLAS" quality --today 2025-09-01 --overdue-days 90 --shared 3 --data "$DATA" >"$TEST_TMP/table" 2>"$TEST_TMP/err"
is 'command: exit' "$?" 0
like 'command: sources' "$(cat "$TEST_TMP/table")" '^one +facilities +1 +7 +6 +0 +0 +1 +85\.71 %$'
like 'command: counties' "$(cat "$TEST_TMP/table")" '^64000 +5 +1 +20\.00 % +3 .*  高雄市$'
"$HAZATLAS" quality --json --today 2025-09-01 --overdue-days 90 --shared 3 --data "$DATA" >"$BODY"
is 'command: the same JSON' "$(json .positions)" "$(jq -r .positions "$TEST_TMP/quality.json")"
"$HAZATLAS" quality --today yesterday --data "$DATA" >/dev/null 2>"$TEST_TMP/err"
is 'command: no day' "$?" 2
stop_server
done_testing

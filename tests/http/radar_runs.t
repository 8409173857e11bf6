#!/bin/sh
# Saved radar runs: whole or absent, names, what stays when facilities go, and comparisons whose
# reasons add up and name the right cause.
. tests/db/lib.sh
start_server --sample "${BUILD:-build}/sample"
work=$TEST_TMP/files
mkdir -p "$work"
RUNS=/api/v1/radar/runs

save() { # JSON
    http POST $RUNS -H 'Content-Type: application/json' -d "$1"
}
# atlas_past NUMBER: the server shows a later atlas.
atlas_past() {
    http GET /api/v1/status
    [ "$(json .atlas.number)" -gt "$1" ]
}
atlas_now() {
    http GET /api/v1/status
    json .atlas.number
}

# ---- saving ----
http GET $RUNS
is 'none at first' "$STATUS $(json '"\(.runs | length) \(.saved) \(.saved_max)"')" '200 0 0 500'
save '{"name": "基準 A 2026", "note": "第一次\n計算"}'
is 'saved' "$STATUS" 201
first=$(json .id)
is 'where it is' "$(header Location)" "$RUNS/$first"
is 'what it says' "$(json '"\(.name) \(.parameters)|\(.facilities) \(.note)"')" "基準 A 2026 |$(sql 'SELECT count(*) FROM facility') 第一次
計算"
is 'of this atlas' "$(json .atlas)" "$(sql 'SELECT number FROM atlas_revision')"
is 'how large it is stored' "$(json .bytes)" "$(sql "SELECT pg_column_size(data) FROM radar_run WHERE id = $first")"
for again in '基準 A 2026' '基準　ａ　２０２６' '基準A2026'; do
    save "{\"name\": \"$again\"}"
    problem "the name again: $again" 409 "run $first is named"
done
save '{"name": "B", "weights": [1, 1, 1, 1], "order": "GIHJ", "rescale": true, "angle": "published", "official": 0, "incidents_from": "2015-01-01"}'
is 'with parameters' "$STATUS $(json .parameters)" '201 weights=25,25,25,25&order=GIHJ&angle=published&rescale=1&official=0&incidents_from=2015-01-01'
second=$(json .id)
for bad in '{}' '{"name": ""}' '{"name": " 　"}' '{"name": 5}' '{"name": "x", "weight": "1,1,1,1"}' \
    '{"name": "x", "weights": "1,1,1"}' '{"name": "x", "weights": [1,2]}' '{"name": "x", "weights": {}}' \
    '{"name": "x", "order": "GHI"}' '{"name": "x\u0007"}' '{"name": "x", "note": 7}' '[]' 'x' \
    "{\"name\": \"$(head -c 101 /dev/zero | tr '\0' x)\"}" \
    "{\"name\": \"x\", \"note\": \"$(head -c 1001 /dev/zero | tr '\0' x)\"}"; do
    save "$bad"
    problem "$(printf %.60s "$bad")" 400
done
save '{"name": " \u3000arr \u00a0"}'
is 'blanks at the ends of a name are left out' "$(json '.name // .run.name')" arr
http DELETE "$RUNS/$(json '.id // .run.id')"
http POST $RUNS -d '{"name": "x"}'
problem 'not said to be JSON' 415
save "{\"name\": \"x\", \"note\": \"$(head -c 17000 /dev/zero | tr '\0' x)\"}"
problem 'a body too large' 413
is 'nothing of that was saved' "$(sql 'SELECT count(*) FROM radar_run')" 2

# ---- looking ----
http GET $RUNS
is 'latest first' "$(json '.runs | map(.name) | join(",")')" 'B,基準 A 2026'
etag=$(header ETag)
http GET $RUNS -H "If-None-Match: $etag"
is 'nothing new' "$STATUS" 304
http GET "$RUNS?limit=1"
is 'a page' "$(json '"\(.runs | length) \(.next_after)"')" "1 $second"
http GET "$RUNS?limit=1&after=$second"
is 'the next page' "$(json '.runs[0].id')" "$first"
http GET '/api/v1/radar/facilities?limit=1000'
json '.facilities[] | "\(.id) \(.area)"' >"$TEST_TMP/list"
http GET "$RUNS/$first?limit=1000"
is 'one: its facilities are those of the list, in its order' \
    "$(json '.facilities[] | "\(.id) \(.area)"' | awk '{ printf "%d %.6f\n", $1, $2 }' | cksum)" \
    "$(awk '{ printf "%d %.6f\n", $1, $2 }' "$TEST_TMP/list" | cksum)"
http GET "$RUNS/$first?limit=2&after=3"
is 'one: a part' "$(json '.facilities | map(.rank) | join(",")')" '4,5'
http GET "$RUNS/$first?format=csv"
is 'one as CSV' "$STATUS $(header Content-Type) $(wc -l <"$BODY")" "200 text/csv; charset=utf-8 $(($(sql 'SELECT count(*) FROM facility') + 1))"
http GET "$RUNS/$first?format=xlsx"
is 'one as XLSX' "$STATUS $(head -c 2 "$BODY")" '200 PK'
for gone in 0 999 x -1 1.5 99999999999999999999; do
    http GET "$RUNS/$gone"
    problem "no run $gone" 404
done

# ---- compared: other parameters ----
adds_up='[.rose[], .fell[]] | map((.difference - (.by | .own + .others + .time + .parameters) | fabs) < 1e-9 and (.area[1] - .area[0] - .difference | fabs) < 1e-12 and ((.by.own - ([.axes[].by.own] | add)) | fabs) < 1e-9 and ((.by.others - ([.axes[].by.others] | add)) | fabs) < 1e-9) | all'
http GET "$RUNS/compare?from=$first"
is 'with now: nothing changed' "$STATUS $(json '"\(.counts.same) \(.to.id) \(.same_parameters) \(.sum.difference)"')" "200 $(sql 'SELECT count(*) FROM facility') null true 0"
http GET "$RUNS/compare?from=$second"
is 'with now by its own parameters' "$(json '"\(.counts.rose) \(.counts.fell) \(.same_parameters) \(.to.parameters)"')" \
    '0 0 true weights=25,25,25,25&order=GIHJ&angle=published&rescale=1&official=0&incidents_from=2015-01-01'
http GET "$RUNS/compare?from=$first&to=$second&limit=1000"
like 'other parameters: scores moved' "$(json '.counts.rose + .counts.fell')" '^[1-9][0-9]+$'
is 'other parameters: it adds up' "$(json "$adds_up")" true
is 'other parameters: they alone' "$(json '[.rose[], .fell[]] | map(.by.own == 0 and .by.others == 0 and .by.time == 0) | all')" true
is 'other parameters: said' "$(json '"\(.same_parameters) \(.definitions.note.en | length > 20)"')" 'false true'
is 'the sum is that of all' "$(json '([.rose[], .fell[]] | map(.difference) | add) - .sum.difference | fabs < 1e-9')" true
cp "$BODY" "$TEST_TMP/there"
http GET "$RUNS/compare?from=$second&to=$first&limit=1000"
is 'backwards: all signs turned' "$(json '[.rose[], .fell[]] | sort_by(.id) | map([.id, (.difference * 1e9 | round)]) | @json')" \
    "$(jq -r '[.rose[], .fell[]] | sort_by(.id) | map([.id, (.difference * -1e9 | round)]) | @json' "$TEST_TMP/there")"
http GET "$RUNS/compare?from=$first&weights=10,20,30,40&limit=1000"
is 'with now by other parameters' "$(json '.to.parameters') $(json "$adds_up")" 'weights=10,20,30,40 true'
http GET "$RUNS/compare?from=$first&of=substances&incidents_from=2022-01-01&limit=1000"
is 'substances: another period of incidents' "$(json '[.rose[], .fell[]] | map(.axes | map(select(.moved_by != []) | .key + (.moved_by | join("+")))) | flatten | unique | join(",")')" Cparameters
is 'substances: it adds up' "$(json "$adds_up")" true

# ---- compared: data changed ----
# The facility with the smallest known quantity (of one substance) uses 9,000 t of it, half of the
# others' classes stay: it rises by itself; whoever falls does so by the class limits.
who=$(sql "SELECT f.id FROM facility f JOIN holding h ON h.facility_id = f.id WHERE h.substance_id IS NOT NULL GROUP BY f.id HAVING sum(h.quantity_kg) > 0 ORDER BY sum(h.quantity_kg), f.id LIMIT 1")
number=$(sql "SELECT number FROM facility_number WHERE facility_id = $who AND scheme = 'ems_no'")
cas=$(sql "SELECT s.cas FROM holding h JOIN substance s ON s.id = h.substance_id WHERE h.facility_id = $who LIMIT 1")
printf '管制編號,CAS No.,化學物質名稱,數量,單位,行為,起始日期,結束日期\n%s,%s,,9000,公噸,使用,2025-01-01,2025-12-31\n' "$number" "$cas" >"$work/more.csv"
atlas=$(atlas_now)
import holdings "$work/more.csv" more
ok 'more is imported' wait_until atlas_past "$atlas"
more_batch=$(sql 'SELECT max(id) FROM import_batch')
http GET "$RUNS/compare?from=$first&limit=1000"
is 'more: it adds up' "$(json "$adds_up")" true
is 'more: who rose first' "$(json '.rose[0].id')" "$who"
is 'more: by itself, to class 10' "$(json '.rose[0].axes[] | select(.key == "H") | "\(.class[1]) \(.moved_by | index("own") != null) \(.by.own > 0)"')" '10 true true'
is 'more: raw after' "$(json '.rose[0].axes[] | select(.key == "H") | .raw[1] - .raw[0] | . > 8e6')" true
is 'more: it is said in words' "$(json '.rose[0].axes[] | select(.key == "H") | "\(.explain.zh | contains("自身變動")) \(.explain.en | contains("its own data"))"')" 'true true'
like 'more: and as a list' "$(json '.rose[0].why[] | select(.zh | startswith("H ")) | .en')" '^H quantity \(kg\): [0-9.,]+ → 9,[0-9]{3},[0-9]{3}, class [0-9] → 10: its own data \+[0-9.]+'
is 'more: nobody else moved by itself' "$(json "[.rose[], .fell[]] | map(select(.id != $who) | .by.own) | map(. == 0) | all")" true
is 'more: parameters and time did nothing' "$(json '[.rose[], .fell[]] | map(.by.parameters == 0 and .by.time == 0) | all')" true
like 'more: the others moved by limits or substances' "$(json '[.rose[], .fell[]] | map(select(.by.others != 0)) | length')" '^[1-9]'
http GET "$RUNS/compare?from=$first&format=csv"
is 'CSV: its sums' "$(python3 - "$BODY" <<'PY'
import csv, sys
with open(sys.argv[1], encoding='utf-8-sig', newline='') as f:
    rows = list(csv.DictReader(f))
bad = 0
for r in rows:
    if r['change'] in ('rose', 'fell'):
        parts = sum(float(r[k]) for k in ('by_own', 'by_others', 'by_time', 'by_parameters'))
        bad += abs(parts - float(r['difference'])) > 1e-9
        bad += abs(float(r['area_after']) - float(r['area_before']) - float(r['difference'])) > 1e-12
print(bad, len(rows) > 0)
PY
)" '0 True'
http GET "$RUNS/compare?from=$first&format=xlsx"
is 'XLSX' "$STATUS $(head -c 2 "$BODY")" '200 PK'
http GET "$RUNS/compare?from=$first&county=67000&limit=1000"
is 'a county alone' "$(json '[.rose[], .fell[]] | map(.county_code == "67000") | all')" true

# Back to the same scores when the import is undone.
atlas=$(atlas_now)
http POST "/api/v1/batches/$more_batch/undo"
ok 'undone' wait_until atlas_past "$atlas"
http GET "$RUNS/compare?from=$first"
is 'undone: nothing changed' "$(json '"\(.counts.rose) \(.counts.fell) \(.counts.new) \(.counts.gone)"')" '0 0 0 0'

# ---- official classes ----
official() { # given|changed|withdrawn: all three forms say it of the substance, the facilities' of theirs
    http GET "$RUNS/compare?from=$before&to=$after&of=substances"
    is "an official class $1: of the substance" \
        "$(json '[.rose[], .fell[]] | map(select(.cas == "'"$cas"'")) | .[0] | "\(.axes[0].official_change) \([.why[].en | select(test("^A .*official class was '"$1"'"))] | length) \([.why[].zh | select(test("^A .*官方等級"))] | length)"')" "$1 1 1"
    http GET "$RUNS/compare?from=$before&to=$after&of=substances&format=csv"
    is "an official class $1: CSV" "$(python3 -c "import csv, sys
print(*{r['a_official_change'] for r in csv.DictReader(open(sys.argv[1], encoding='utf-8-sig')) if r['cas'] == '$cas'})" "$BODY")" "$1"
    http GET "$RUNS/compare?from=$before&to=$after&limit=1000"
    is "an official class $1: of facilities" \
        "$(json '[.rose[], .fell[]] | map(select(.axes[0].official_change == "'"$1"'")) | "\(length > 0) \(all(.[]; any(.why[]; .en | test("official classes .* '"$1"'|were '"$1"' to its"))))"')" 'true true'
}
kept() { # NAME: saves a run; its number
    save "{\"name\": \"$1\"}"
    json .id
}
before=$(kept 'official 0')
class() { # N: an official list
    printf 'cas,hazard\n%s,%s\n' "$cas" "$1" >"$work/scores.csv"
    atlas=$(atlas_now)
    import scores "$work/scores.csv" agency
    wait_until atlas_past "$atlas"
}
hazard=$(http GET "/api/v1/radar/substances/$cas/explain" && json '.axes[0].value')
ok 'a list of official classes' class $((hazard > 5 ? 1 : 10))
after=$(kept 'official 1')
official given
list_batch=$(sql 'SELECT max(id) FROM import_batch')
before=$after
ok 'another list' class 5
after=$(kept 'official 2')
official changed
for batch in $(sql 'SELECT max(id) FROM import_batch') "$list_batch"; do
    atlas=$(atlas_now)
    http POST "/api/v1/batches/$batch/undo"
    ok 'a list undone' wait_until atlas_past "$atlas"
done
before=$after after=$(kept 'official 3')
official withdrawn
http GET "$RUNS/compare?from=$after&of=substances"
is 'nothing of official classes where none changed' "$(json '[.rose[], .fell[]] | map(select(any(.axes[]; .official_change))) | length')" 0

# ---- facilities come and go ----
printf '管制編號,名稱,地址,經度,緯度\nNEW1,新廠甲,高雄市小港區一路1號,120.36,22.56\nNEW2,新廠乙,高雄市小港區一路2號,120.37,22.56\n' >"$work/new.csv"
printf '管制編號,CAS No.,化學物質名稱,數量,單位,行為,起始日期,結束日期\nNEW1,%s,,5,公噸,使用,2025-01-01,2025-12-31\n' "$cas" >"$work/new_holdings.csv"
import facilities "$work/new.csv" new
facility_batch=$(sql 'SELECT max(id) FROM import_batch')
atlas=$(atlas_now)
import holdings "$work/new_holdings.csv" new
holding_batch=$(sql 'SELECT max(id) FROM import_batch')
holdings_there() { http GET "$RUNS/compare?from=$first" && [ "$(json '.new | length') $(json '.new[0].area[1] != null')" = '2 true' ]; }
ok 'new ones are there' wait_until holdings_there
is 'new: who' "$(json '.new | map(.name + (.area[1] != null | tostring)) | join(",")')" '新廠甲true,新廠乙false'
is 'new: no reasons, but values' "$(json '.new[0] | "\(.by) \(.axes[1].raw[0]) \(.axes[1].raw[1])"')" 'null null 5000'
save '{"name": "with new ones"}'
third=$(json .id)
old=$(sql "SELECT facility_id FROM facility_number WHERE number = 'NEW1'")
http POST "/api/v1/batches/$holding_batch/undo"
http POST "/api/v1/batches/$facility_batch/undo"
gone_there() { http GET "$RUNS/compare?from=$third" && [ "$(json .counts.gone)" = 2 ]; }
ok 'they are gone' wait_until gone_there
is 'gone: still named' "$(json '.gone | map("\(.name) \(.county) \(.id)") | .[0]')" "新廠甲 高雄市 $old"
import facilities "$work/new.csv" new
import holdings "$work/new_holdings.csv" new
fresh=$(sql "SELECT facility_id FROM facility_number WHERE number = 'NEW1'")
back_again() { http GET "$RUNS/compare?from=$third" && [ "$(json '.counts | "\(.gone) \(.new) \(.scored) \(.unscored) \(.rose) \(.fell)"')" = '0 0 0 0 0 0' ]; }
ok 'imported again: the same ones by name and county' wait_until back_again
ok 'with other numbers' test "$old" != "$fresh"

# ---- restart, whole or absent ----
http GET "$RUNS/$third?limit=1000"
cp "$BODY" "$TEST_TMP/before"
stop_server
is 'the server stops' "$SERVER_EXIT" 0
start_server
http GET "$RUNS/$third?limit=1000"
ok 'after a restart: the same bytes' cmp "$BODY" "$TEST_TMP/before"
http GET "$RUNS/compare?from=$third"
is 'after a restart: nothing changed' "$(json '.counts | .rose + .fell + .new + .gone')" 0

had=$(sql 'SELECT count(*) FROM radar_run')
mkfifo "$TEST_TMP/hold"
socket=$(cd "$DATA/run" && pwd -P)
(cd / && exec /usr/lib/postgresql/15/bin/psql -qAtX -h "$socket" -U hazatlas hazatlas) <"$TEST_TMP/hold" >/dev/null 2>&1 &
holder=$!
exec 9>"$TEST_TMP/hold"
echo "BEGIN; LOCK TABLE hazatlas.radar_run IN EXCLUSIVE MODE;" >&9
locked() { [ "$(sql "SELECT count(*) FROM pg_locks WHERE relation = 'hazatlas.radar_run'::regclass AND mode = 'ExclusiveLock' AND granted")" = 1 ]; }
ok 'the table is held' wait_until locked
curl -s --max-time 120 -o /dev/null -X POST "$URL$RUNS" -H 'Content-Type: application/json' -d '{"name": "half"}' &
sender=$!
waiting() { [ "$(sql "SELECT count(*) FROM pg_locks WHERE relation = 'hazatlas.radar_run'::regclass AND NOT granted")" = 1 ]; }
ok 'a save waits' wait_until waiting
kill -KILL "$SERVER_PID"
wait "$SERVER_PID" 2>/dev/null
SERVER_PID=
echo 'ROLLBACK;' >&9
exec 9>&-
wait "$holder" "$sender" 2>/dev/null
ended() { [ "$(sql "SELECT count(*) FROM pg_stat_activity WHERE query ILIKE '%INSERT INTO radar_run%' AND pid <> pg_backend_pid() AND state <> 'idle'")" = 0 ]; }
ok 'its statement ended' wait_until ended
is 'killed while saving: not there' "$(sql 'SELECT count(*) FROM radar_run')" "$had"
start_server
save '{"name": "half"}'
is 'and can be saved' "$STATUS" 201

# ---- deleting ----
half=$(json .id)
http DELETE "$RUNS/$half"
is 'deleted: what is gone' "$STATUS $(json '.deleted | "\(.id) \(.name)"')" "200 $half half"
http DELETE "$RUNS/$half"
problem 'deleted twice' 404
http GET "$RUNS/compare?from=$first&to=$half"
problem 'compared with one that is gone' 404
save '{"name": "half"}'
ok 'a number is never given again' test "$(json .id)" -gt "$half"
for bad in '' 'from=x' "from=$first&to=x" "from=$first&to=$second&weights=1,1,1,1" "from=$first&county=x" "from=$first&limit=1001" "from=$first&of=zones"; do
    http GET "$RUNS/compare?$bad"
    problem "compare?$bad" 400
done
sql "UPDATE radar_run SET data = substr(data, 1, 5000) WHERE id = $second" >/dev/null
http GET "$RUNS/$second"
problem 'a damaged run is told' 503 'cannot be read'

# ---- the limit ----
had=$(sql 'SELECT count(*) FROM radar_run')
sql "INSERT INTO radar_run (name, name_key, atlas, atlas_tag, atlas_time, parameters, facilities, scored, substances, data)
    SELECT 'copy ' || i, 'copy' || i, atlas, atlas_tag, atlas_time, parameters, facilities, scored, substances, data
    FROM radar_run, generate_series($had + 1, 500) i WHERE id = $third" >/dev/null
save '{"name": "one too many"}'
problem 'as many as may be saved' 409 '500 runs are saved'
http GET "$RUNS?limit=1000"
is 'all are listed' "$(json '"\(.runs | length) \(.saved) \(.next_after)"')" '500 500 null'
sql "DELETE FROM radar_run WHERE name LIKE 'copy %'" >/dev/null

# ---- the command ----
run() { "$HAZATLAS" run "$@" --data "$DATA" >"$TEST_TMP/out" 2>"$TEST_TMP/err"; }
run save 'by command' --weights 70,10,10,10 --note why
is 'command: saved' "$? $(grep -c 'Saved: .*by command  (weights=70,10,10,10)$' "$TEST_TMP/out")" '0 1'
command=$(sql "SELECT id FROM radar_run WHERE name = 'by command'")
run save 'BY COMMAND'
is 'command: the name again' "$? $(grep -c "run $command is named" "$TEST_TMP/err")" '1 1'
run
is 'command: listed' "$? $(grep -c '' "$TEST_TMP/out")" "0 $(sql 'SELECT count(*) FROM radar_run')"
run compare "$command" now --format json --limit 3
cp "$TEST_TMP/out" "$BODY"
is 'command: compared with now' "$? $(json '"\(.from.name) \(.to.parameters) \(.counts.rose + .counts.fell)"')" '0 by command weights=70,10,10,10 0'
run compare "$first" "$command" -o "$TEST_TMP/c.csv"
http GET "$RUNS/compare?from=$first&to=$command&format=csv"
ok 'command: the same table' cmp "$BODY" "$TEST_TMP/c.csv"
run show "$command" --format csv
http GET "$RUNS/$command?format=csv"
ok 'command: one run' cmp "$BODY" "$TEST_TMP/out"
for to in now "$first"; do
    run compare "$command" "$to" --county 99999
    is "command: no such county: $to" "$? $(grep -c 'no county has the code "99999"' "$TEST_TMP/err")" '1 1'
done
run compare "$command" "$first" --county 64000
is 'command: a county' "$?" 0
run delete "$command"
is 'command: deleted' "$? $(grep -c 'Deleted: .*by command' "$TEST_TMP/out")" '0 1'
run delete "$command"
is 'command: deleted twice' "$?" 1
for bad in 'save' 'list 3' 'show' 'show x' 'delete 1 2' 'compare 1 2 --weights 1,1,1,1' 'keep' 'compare 1 now --of x' 'show 1 --format pdf' 'save x --weights 1'; do
    run $bad
    is "command: $bad" "$?" 2
done
stop_server
done_testing

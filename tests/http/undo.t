#!/bin/sh
# Undo of imports, by the command line and over HTTP, under a running server.
. tests/db/lib.sh
run() { # sets OUT, ERR, EXIT
    "$HAZATLAS" "$@" >"$TEST_TMP/out" 2>"$TEST_TMP/err" </dev/null
    EXIT=$?
    OUT=$(cat "$TEST_TMP/out")
    ERR=$(cat "$TEST_TMP/err")
}
batch() { sed -n 's/.*batch \([0-9]*\)$/\1/p' "$REPORT" | head -1; }
shows() { # the server's atlas has so many facilities
    http GET /api/v1/status
    [ "$(json .atlas.facilities)" = "$1" ]
}
cat >"$TEST_TMP/f.csv" <<'CSV'
管制編號,名稱,地址,經度,緯度
U0000001,一廠,高雄市小港區一路1號,120.35,22.56
U0000002,二廠,高雄市小港區二路2號,120.36,22.57
CSV
sed 's/一廠/新廠/; s/U0000002/U0000003/' "$TEST_TMP/f.csv" >"$TEST_TMP/g.csv"
printf '管制編號,化學物質名稱,數量,單位,行為\nU0000001,甲醇,5,kg,使用\n' >"$TEST_TMP/h.csv"
start_server

import facilities "$TEST_TMP/f.csv" trial && first=$(batch)
import facilities "$TEST_TMP/g.csv" trial && second=$(batch)
import holdings "$TEST_TMP/h.csv" trial && third=$(batch)
ok 'the server shows both files' wait_until shows 3

http POST "/api/v1/batches/$first/undo"
problem 'out of order' 409 "before the later batches that build on it: $third .holdings from trial., $second .facilities from trial.; undo the newest first"
http POST /api/v1/batches/999/undo
problem 'no such batch' 404 'there is no batch 999'
http POST /api/v1/batches/x/undo
problem 'no number' 404 'there is no batch "x"'
http POST /api/v1/batches/1/undo
problem "the product's own" 409 "product's own table of substances"
http GET "/api/v1/batches/$third/undo"
problem 'not a GET' 405

http POST "/api/v1/batches/$third/undo"
is 'undo: status' "$STATUS" 200
is 'undo: answer' "$(json '"\(.batch) \(.kind) \(.source) \(.removed) \(.restored)"')" "$third holdings trial 1 0"
is 'undo: atlas number' "$(json .atlas_number)" "$(sql 'SELECT number FROM atlas_revision')"
http POST "/api/v1/batches/$third/undo"
problem 'twice' 409 "batch $third was undone on 20..-..-.. already; nothing was done"
is 'the history stays' "$(sql "SELECT undone_by FROM import_batch WHERE id = $third AND undone_at IS NOT NULL")" http

run undo "$second" --data "$DATA"
is 'command: exit' "$EXIT" 0
like 'command: what' "$OUT" "^Batch $second .facilities from source trial. is undone; the atlas number is [0-9]+\.$"
like 'command: rows put back' "$OUT" '^ +2  rows that it had changed or deleted put back$'
ok 'the server shows the state before' wait_until shows 2
is 'the name before' "$(sql "SELECT name FROM facility WHERE facility_key = 'ems:U0000001'")" 一廠
http GET /api/v1/status
is 'the sources of the status are those that stand' "$(json '[.sources[] | select(.name == "trial") | "\(.kind) \(.rows)"] | join(",")')" 'facilities 2'
run undo "$second" --data "$DATA"
is 'command, twice: exit' "$EXIT" 1
like 'command, twice: why' "$ERR" 'undone on 20'
run undo zero --data "$DATA"
is 'command, no number: exit' "$EXIT" 2
ok 'the same file again' import facilities "$TEST_TMP/g.csv" trial
is 'is new again' "$(counted new) $(counted changed)" '1 1'


# ---- a decision that makes two facilities one is undone like an import ----
all_rows() {
    sql "SELECT string_agg(table_name, ' ' ORDER BY place) FROM undo_table" | tr ' ' '\n' | while read -r table; do
        sql "SELECT '$table', md5(coalesce(string_agg(t::text, E'\n' ORDER BY id), '')) FROM $table t"
    done
}
printf '管制編號,名稱,地址,電話,經度,緯度\nB1,大發一廠,新北市二路2號,,121.7,24.6\n' >"$TEST_TMP/b.csv"
import facilities "$TEST_TMP/b.csv" other && other=$(batch)
sql "INSERT INTO review (subject, left_key, right_key, rule, confidence, detail, batch_id)
     VALUES ('facility', 'ems:U0000001', 'ems:B1', 'ambiguous', 0.5, '{}', $other)"
id=$(sql 'SELECT max(id) FROM review')
all_rows >"$TEST_TMP/before"
is 'every watched table is compared' "$(wc -l <"$TEST_TMP/before")" "$(sql 'SELECT count(*) FROM undo_table')"
facilities=$(sql 'SELECT count(*) FROM facility')
http POST "/api/v1/reviews/$id" -H 'Content-Type: application/json' -d '{"decision":"confirm","by":"王"}'
is 'two are one' "$(sql 'SELECT count(*) FROM facility')" "$((facilities - 1))"
decision=$(json .batch)
http POST "/api/v1/batches/$other/undo"
problem 'what the decision is about' 409 "$decision .review from review."
http POST "/api/v1/batches/$decision/undo"
is 'the decision is undone' "$STATUS" 200
all_rows >"$TEST_TMP/after"
ok 'and all is as before, the question open again' cmp "$TEST_TMP/before" "$TEST_TMP/after"
http POST "/api/v1/reviews/$id" -H 'Content-Type: application/json' -d '{"decision":"refuse","by":"王"}'
http POST "/api/v1/batches/$other/undo"
is 'a refusal is in nobody`s way' "$STATUS" 200
is 'and stays' "$(sql "SELECT status || decided_by FROM review WHERE id = $id")" refused王
stop_server
done_testing

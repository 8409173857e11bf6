#!/bin/sh
# /api/v1/reviews: the list by page, one, and decisions; what is refused. What decisions do to
# facilities is in tests/db/match.t.
. tests/db/lib.sh
start_server

printf '管制編號,名稱,地址,經度,緯度\nA1,大明化學股份有限公司,桃園市中壢區中山路1號,121.22,24.95\n' >"$TEST_TMP/a.csv"
printf '工廠登記編號,名稱,地址,電話,經度,緯度\n99001,小華化工廠,桃園市中壢區民族路9號,03-1,121.22,24.95\n' >"$TEST_TMP/b.csv"
import facilities "$TEST_TMP/a.csv" s1
import facilities "$TEST_TMP/b.csv" s2
detail='{"left":{"name":"<script>alert(1)</script>"},"right":{"name":"\u0007"}}'
sql "INSERT INTO review (subject, left_key, right_key, rule, confidence, detail)
     SELECT 'substance', 'made up ' || n, '7782-50-5', 'near', 0.3, '{}' FROM generate_series(1, 5) n" >/dev/null
sql "INSERT INTO review (subject, left_key, right_key, rule, confidence, detail)
     VALUES ('facility', 'ems:A1', 'factory:99001', 'similar_name', 0.6, '{\"left\":{\"name\":\"<b>\"},\"right\":{\"name\":\"\\n\"}}')" >/dev/null
id=$(sql "SELECT id FROM review WHERE subject = 'facility'")
post() { http POST "/api/v1/reviews/$1" -H 'Content-Type: application/json' --data-binary "$2"; }

# ---- read ----
http GET '/api/v1/reviews'
is 'list: status' "$STATUS" 200
is 'list: surest first' "$(json '[.reviews[].confidence] == ([.reviews[].confidence] | sort | reverse)')" true
is 'list: counts' "$(json '.counts | "\(.open) \(.confirmed) \(.refused)"')" '6 0 0'
is 'list: no more pages' "$(json .next)" null
is 'list: both sides lead to facilities' "$(json '.reviews[0] | .left_id != null and .right_id != null and .left_id != .right_id')" true
like 'list: the rule in words' "$(json '.reviews[0].rule_text | .zh + .en')" '名稱相近.*similar names'
is 'list: hostile names come as text' "$(json '.reviews[0].detail.left.name')" '<b>'
etag=$(header ETag)
http GET '/api/v1/reviews' -H "If-None-Match: $etag"
is 'list: not sent again' "$STATUS" 304
http GET '/api/v1/reviews?subject=substance&limit=2'
is 'page 1: rows' "$(json '.reviews | length')" 2
seen=$(json '[.reviews[].id] | join(" ")')
next=$(json .next)
http GET "${next#"$URL"}"
seen="$seen $(json '[.reviews[].id] | join(" ")')"
next=$(json .next)
http GET "${next#"$URL"}"
seen="$seen $(json '[.reviews[].id] | join(" ")')"
is 'pages: each once, then an end' "$(echo "$seen" | tr ' ' '\n' | sort -u | wc -l) $(json .next)" '5 null'
http GET "/api/v1/reviews/$id"
is 'one: its keys' "$(json '.left_key + " " + .right_key')" 'ems:A1 factory:99001'
http GET '/api/v1/reviews?status=confirmed'
is 'none confirmed' "$(json '.reviews | length')" 0

# ---- refused ----
http GET '/api/v1/reviews/0'
problem 'number 0' 404
http GET '/api/v1/reviews/999999'
problem 'number of nobody' 404 'no review 999999'
http GET '/api/v1/reviews/x%27'
problem 'no number' 404
http GET '/api/v1/reviews?status=maybe'
problem 'unknown status' 400 status
http GET '/api/v1/reviews?next=-1'
problem 'next below 1' 400 next
http GET '/api/v1/reviews?colour=red'
problem 'unknown parameter' 400 colour
http POST "/api/v1/reviews/$id" -H 'Content-Type: text/plain' --data-binary '{"decision":"confirm","by":"x"}'
problem 'not JSON by its type' 415
post "$id" '{"decision":"confirm"'
problem 'broken JSON' 400 'not JSON'
post "$id" '[]'
problem 'an array' 400 object
post "$id" '{"decision":"confirm"}'
problem 'nobody decides' 400 'by is wanted'
post "$id" '{"decision":"confirm","by":"  "}'
problem 'blank decides' 400 'by is wanted'
post "$id" '{"decision":"confirm","by":7}'
problem 'a number decides' 400 'by must be text'
post "$id" '{"decision":"confirm","by":"a\u0007"}'
problem 'control characters' 400 control
post "$id" '{"decision":"maybe","by":"x"}'
problem 'unknown decision' 400 'confirm.*refuse.*reopen'
post "$id" '{"decision":"confirm","by":"x","force":true}'
problem 'unknown member' 400 force
post "$id" '{"decision":"confirm","decision":"refuse","by":"x"}'
problem 'a member twice' 400
post "$id" "{\"decision\":\"confirm\",\"by\":\"x\",\"note\":\"$(printf '%01001d' 0)\"}"
problem 'a note too long' 400 '1000 characters'
post 999999 '{"decision":"confirm","by":"x"}'
problem 'decision on nothing' 404
post "$id" '{"decision":"reopen","by":"x"}'
problem 'open already' 409 'open already'
is 'none of these changed anything' "$(sql "SELECT count(*) FROM review WHERE status <> 'open' OR batch_id IS NOT NULL")" 0

# ---- decided ----
post "$id" '{"decision":"confirm","by":"王小明","note":"去過"}'
is 'confirm: status' "$STATUS" 200
is 'confirm: what it did' "$(json '"\(.merged) \(.parted) \(.review.status) \(.review.decided_by) \(.review.note)"')" 'true false confirmed 王小明 去過'
is 'confirm: one facility' "$(sql 'SELECT count(*) FROM facility')" 1
batch=$(json .batch)
is 'confirm: a batch of its own' "$(sql "SELECT kind, file_name FROM import_batch WHERE id = $batch")" "review|confirm $id"
post "$id" '{"decision":"confirm","by":"林"}'
problem 'confirmed already' 409 'by 王小明'
post "$id" '{"decision":"refuse","by":"林","note":"line\nline"}'
is 'refuse: two again' "$STATUS $(json .parted) $(sql 'SELECT count(*) FROM facility')" '200 true 2'
http GET '/api/v1/reviews?status=all&subject=facility'
is 'list: the last word' "$(json '.reviews[0] | .status + " " + .decided_by')" 'refused 林'

# ---- the command ----
"$HAZATLAS" review --data "$DATA" >"$REPORT" 2>&1
is 'command: open ones' "$? $(grep -c '^[0-9]' "$REPORT")" '0 5'
"$HAZATLAS" review list --status refused --json --data "$DATA" >"$REPORT" 2>&1
is 'command: JSON lines' "$(jq -r .left_key "$REPORT")" 'ems:A1'
"$HAZATLAS" review confirm "$id" --data "$DATA" >"$REPORT" 2>&1
is 'command: who? exit' "$?" 2
like 'command: who?' "$(cat "$REPORT")" '--by NAME is wanted'
"$HAZATLAS" review confirm --by x --data "$DATA" >"$REPORT" 2>&1
is 'command: which? exit' "$?" 2
"$HAZATLAS" review confirm 999999 --by x --data "$DATA" >"$REPORT" 2>&1
is 'command: no such, exit' "$?" 1
"$HAZATLAS" review confirm "$id" --by 陳 --data "$DATA" >"$REPORT" 2>&1
is 'command: confirms' "$? $(sql 'SELECT count(*) FROM facility')" '0 1'
done_testing

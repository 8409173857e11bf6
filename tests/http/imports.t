#!/bin/sh
# Imports over HTTP: files sent, jobs that run, are followed, cancelled and survive the server, history.
. tests/http/lib.sh

LOCK=3826000102 # the lock under which one import at a time publishes: who holds it stops the next one there
API=/api/v1/imports
I=$DATA/imports
post() { http POST "$API?$1" --data-binary "@$2" -H 'Content-Type: text/csv'; }
state() { curl -s "$URL$API/$1" | jq -r .state; }
stage() { curl -s "$URL$API/$1" | jq -r .stage; }
in_state() { [ "$(state "$1")" = "$2" ]; }
in_stage() { [ "$(stage "$1")" = "$2" ]; }
held() { [ "$(sql "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objid = $LOCK")" = 1 ]; }
free() { ! held; }
hold() {
    sql "SELECT pg_advisory_lock($LOCK); SELECT pg_sleep(600)" >/dev/null 2>&1 &
    wait_until held
}
release() {
    sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)' AND pid <> pg_backend_pid()" >/dev/null
    wait_until free
}
files() { ls "$I" | grep -vc '^tag$'; }
no_files() { [ "$(files)" = 0 ]; }
facilities() { sql 'SELECT count(*) FROM hazatlas.facility'; }
job_of() { header Location | sed 's|.*/||'; }

A=$TEST_TMP/a.csv
printf '管制編號,名稱,地址,經度,緯度\nA0000001,甲廠,臺北市信義區市府路1號,121.56,25.04\nA0000002,,臺北市中正區,121.5,25.03\nA0000003,"丙,廠",臺北市信義區市府路3號,121.57,25.05\n' >"$A"
for n in 1 2 3 4 5 6; do
    printf '管制編號,名稱\nF000000%s,第%s廠\n' $n $n >"$TEST_TMP/f$n.csv"
done
Q='kind=facilities&source=test&name=a.csv'

start_server --import-max 2

# ---- what is refused before the file is taken ----
post 'kind=cars&source=test&name=a.csv' "$A"
problem 'unknown kind' 400 'no import of "cars"; there are facilities'
post 'kind=facilities&source=Test%20x&name=a.csv' "$A"
problem 'bad source' 400 'a source is named by'
post 'kind=facilities&source=test&name=a.exe' "$A"
problem 'unknown format' 415 'not known by its name'
post 'kind=facilities&source=test&name=..%2Fa.csv' "$A"
problem 'a folder in the name' 400 'without folders'
post "$Q&crs=EPSG:1234" "$A"
problem 'unknown CRS' 400 'no coordinate system "EPSG:1234" here; there are EPSG:4326'
post "$Q&encoding=klingon" "$A"
problem 'unknown encoding' 400
post "$Q&map=color%3DA" "$A"
problem 'unknown field mapped' 400 'no field "color"; fields are'
post "$Q&map=name" "$A"
problem 'half a map' 400 'FIELD=COLUMN'
post 'kind=facilities&name=a.csv' "$A"
problem 'no source' 400 'source'
post "$Q&dry_run=maybe" "$A"
problem 'dry run' 400 'yes\|no'
post "$Q" /dev/null
problem 'nothing sent' 400 'file is empty'
head -c 1500000 /dev/zero >"$TEST_TMP/zeros"
is 'who waits for a word sends nothing in vain' "$(curl -s -o /dev/null -w '%{http_code} %{size_upload}' \
    -H 'Expect: 100-continue' -X POST -T "$TEST_TMP/zeros" "$URL$API?kind=cars&source=test&name=a.csv")" '400 0'
http GET "$API/1"
problem 'none of it made an import' 404 'there is no import 1'
http GET "$API/x"
problem 'no number' 404

# ---- other sites ----
post "$Q" "$A"
is 'a program may send' "$STATUS" 202
http POST "$API?$Q" --data-binary "@$A" -H 'Origin: http://elsewhere.example'
problem 'a page of another origin' 403 'another site'
http POST "$API?$Q" --data-binary "@$A" -H 'Sec-Fetch-Site: cross-site'
problem 'a browser says cross-site' 403
http DELETE "$API/1" -H 'Origin: http://elsewhere.example'
problem 'cancel from elsewhere' 403
http POST /api/v1/packets -H 'Origin: http://elsewhere.example' -H 'Content-Type: application/json' -d '{}'
problem 'packets too' 403
http POST "$API?$Q&dry_run=yes" --data-binary "@$A" -H "Origin: $URL" -H 'Sec-Fetch-Site: same-origin'
is 'the own page may' "$STATUS" 202

# ---- an import ----
ok 'it ends' wait_until in_state 1 done
http GET "$API/1"
is 'its kind, source, file' "$(json '[.kind, .source, .file, .bytes] | @csv')" "\"facilities\",\"test\",\"a.csv\",$(wc -c <"$A")"
is 'rows of the report' "$(json '.report | [.rows_read, .rows_new, .rows_rejected, .same_file] | @csv')" '3,2,1,false'
is 'taken as' "$(json '.report.taken_as[] | select(.name == "encoding") | .value')" UTF-8
is 'a reason with its example' "$(json '.report.reasons[0] | "\(.rows) \(.example | test("line 3"))"')" '1 true'
is 'read to the end' "$(json '[.rows, .rejected, .percent, .bytes_read == .bytes_total] | @csv')" '3,1,100,true'
is 'never cached' "$(header Cache-Control)" no-store
like 'created, started, ended in order' "$(json '.created <= .started and .started <= .ended')" true
BATCH=$(json .batch)
ok 'the map follows' wait_until sh -c "[ \"\$(curl -s '$URL/api/v1/status' | jq .atlas.facilities)\" = 2 ]"
ok 'the dry run ends too' wait_until in_state 2 done
http GET "$API/2"
is 'a dry run knows that the file was here' "$(json .report.same_file)" true
is 'it shows columns' "$(json .report.columns | grep -o 'name = 名稱')" 'name = 名稱'
is 'and rows' "$(json '.report.preview | length')" 2
is 'it publishes nothing' "$(sql "SELECT count(*) FROM hazatlas.import_batch b JOIN hazatlas.source s ON s.id = b.source_id WHERE s.name = 'test'")" 1

# ---- the same file again, as it was or otherwise ----
http POST "$API/2/again?dry_run=no"
is 'a dry run in earnest' "$STATUS" 202
AGAIN=$(job_of)
ok 'ends' wait_until in_state "$AGAIN" done
is 'and is the same file' "$(curl -s "$URL$API/$AGAIN" | jq .report.same_file)" true
http POST "$API/1/again"
problem 'of one that was published nothing is kept' 409 'send it again'
http POST "$API/99/again"
problem 'again of none' 404
post 'kind=facilities&source=maps&name=m.csv&map=name%3D%E7%AE%A1%E5%88%B6%E7%B7%A8%E8%99%9F&map=name_en%3D%E5%90%8D%E7%A8%B1,address%3D%E5%9C%B0%E5%9D%80' "$A"
MAPPED=$(job_of)
is 'maps, repeated and joined' "$(json '.options.map | join(" ")')" 'name=管制編號 name_en=名稱 address=地址'
ok 'they are used' wait_until in_state "$MAPPED" done
is 'the column taken' "$(sql "SELECT columns ->> 'name_en' FROM hazatlas.import_batch ORDER BY id DESC LIMIT 1")" 名稱

# ---- rejected rows: down, mended, up ----
http GET "/api/v1/batches/$BATCH/rejected.csv"
is 'rejected rows: CSV' "$(header Content-Type)" 'text/csv; charset=utf-8'
is 'byte order mark' "$(head -c 3 "$BODY" | od -An -tx1 | tr -d ' ')" efbbbf
like 'the own columns and the reason' "$(tail -c +4 "$BODY" | tr -d '\r' | head -1)" '^管制編號,名稱,地址,經度,緯度,rejected_line,rejected_column,rejected_value,rejected_reason,rejected_kept$'
like 'the row' "$(tr -d '\r' <"$BODY" | tail -1)" '^A0000002,,臺北市中正區,121.5,25.03,3,'
sed 's/^A0000002,,/A0000002,乙廠,/' "$BODY" >"$TEST_TMP/mended.csv"
post 'kind=facilities&source=test&name=mended.csv' "$TEST_TMP/mended.csv"
MENDED=$(job_of)
ok 'mended rows come in' wait_until in_state "$MENDED" done
is 'as new' "$(curl -s "$URL$API/$MENDED" | jq -c '[.report.rows_new, .report.rows_rejected]')" '[1,0]'
http GET "/api/v1/batches/$BATCH"
is 'the batch' "$(json '[.id, .kind, .source, .rows_read, .rows_rejected, (.reasons | length)] | @csv')" "$BATCH,\"facilities\",\"test\",3,1,1"
http GET '/api/v1/batches?kind=facilities&source=test&limit=1'
NEWEST=$(json '.batches[0].id')
is 'batches: the newest first' "$(json '[.batches[].file] | @csv')" '"mended.csv"'
http GET "$(json .next | sed "s|^$URL||")"
is 'then the one before' "$(json '[.batches[].file, (.next == null)] | @csv')" '"a.csv",true'
http POST "/api/v1/batches/$NEWEST/undo"
is 'a batch undone' "$STATUS" 200
http GET '/api/v1/batches?kind=facilities&source=test&limit=1'
like 'says when' "$(json '.batches[0] | "\(.undone) \(.can_undo)"')" '^20[0-9-]*T.*Z false'
http GET '/api/v1/batches?kind=areas'
is 'none of another kind' "$(json '.batches | length')" 0
http GET /api/v1/batches/999
problem 'no such batch' 404
http GET /api/v1/batches/999/rejected.csv
problem 'no rows of it' 404

# ---- chunks, size, a client that goes ----
http POST "$API?kind=facilities&source=chunks&name=a.csv" -H 'Transfer-Encoding: chunked' --data-binary "@$A"
is 'in chunks' "$STATUS" 202
CHUNKED=$(job_of)
is 'all of it' "$(json .bytes)" "$(wc -c <"$A")"
ok 'is imported' wait_until in_state "$CHUNKED" done
head -c 1900000 /dev/urandom >"$TEST_TMP/random.csv"
http POST "$API?kind=facilities&source=chunks&name=random.csv" -H 'Transfer-Encoding: chunked' --data-binary "@$TEST_TMP/random.csv"
ok 'what is no text fails' wait_until in_state "$(job_of)" failed
like 'many chunks: stored byte by byte' "$(sha256sum "$I"/*)" "^$(sha256sum <"$TEST_TMP/random.csv" | cut -d' ' -f1)"
head -c 2000001 /dev/zero >"$TEST_TMP/zeros"
post "$Q" "$TEST_TMP/zeros"
problem 'larger than --import-max' 413 'larger than 2 MB'
http POST "$API?$Q" -H 'Transfer-Encoding: chunked' -H 'Expect:' --data-binary "@$TEST_TMP/zeros"
problem 'the same in chunks' 413 'larger than 2 MB'
perl -MIO::Socket::INET -e '
    my $s = IO::Socket::INET->new($ARGV[0]);
    print $s "POST /api/v1/imports?kind=facilities&source=test&name=a.csv HTTP/1.1\r\nHost: x\r\nContent-Length: 1900000\r\n\r\n", "x" x 900000;
    $s->flush;
    for (1 .. 200) { last if glob "$ARGV[1]/*.part"; select undef, undef, undef, 0.05 }
    print join " ", map { sprintf "%o", (stat)[2] & 0777 } glob "$ARGV[1]/*.part"' "${URL#http://}" "$I" >"$TEST_TMP/modes"
is 'while it comes only the server can read it' "$(cat "$TEST_TMP/modes") $(stat -c %a "$I")" '600 700'
# An end that comes together with the last bytes is seen only when the connection has been silent too long (30 s).
ok 'who goes in the middle leaves nothing' wait_until sh -c "! ls '$I' | grep -q part"

# ---- waiting, running, cancelling, events ----
hold
post 'kind=facilities&source=held&name=f1.csv' "$TEST_TMP/f1.csv"
FIRST=$(job_of)
post 'kind=facilities&source=held&name=f2.csv' "$TEST_TMP/f2.csv"
SECOND=$(job_of)
post 'kind=facilities&source=held&name=f3.csv' "$TEST_TMP/f3.csv"
THIRD=$(job_of)
ok 'the first runs up to the lock' wait_until in_stage "$FIRST" publishing
is 'the second waits its turn' "$(state "$SECOND")" waiting
curl -sN -D "$TEST_TMP/events.head" "$URL$API/$FIRST/events" >"$TEST_TMP/events" &
FOLLOWER=$!
ok 'events begin at once' wait_until grep -q '^event: progress' "$TEST_TMP/events"
like 'as server-sent events' "$(tr -d '\r' <"$TEST_TMP/events.head")" '^Content-Type: text/event-stream'
like 'that no proxy holds back' "$(tr -d '\r' <"$TEST_TMP/events.head")" '^X-Accel-Buffering: no'
http GET "$API/$FIRST"
is 'events say what asking says' "$(sed -n 's/^data: //p' "$TEST_TMP/events" | head -1 | jq -c '[.id, .state, .stage, .rows]')" "$(jq -c '[.id, .state, .stage, .rows]' "$BODY")"
flying() { curl -s "$URL/metrics" | sed -n 's/^hazatlas_requests_in_flight //p'; }
flying_is() { [ "$(flying)" = "$1" ]; }
ok 'in flight: the one that follows, and the one that asks' wait_until flying_is 2
curl -sN "$URL$API/$SECOND/events" >"$TEST_TMP/gone" &
GONE=$!
wait_until grep -q progress "$TEST_TMP/gone"
ok 'a follower counts' wait_until flying_is 3
kill -9 $GONE
wait $GONE 2>/dev/null
ok 'who goes is let go' wait_until flying_is 2
perl -MIO::Socket::INET -e '
    my @s = map { IO::Socket::INET->new($ARGV[0]) } 1 .. 101;
    print $_ "GET /api/v1/imports/$ARGV[1]/events HTTP/1.1\r\nHost: x\r\n\r\n" for @s;
    $_->flush for @s;
    my %n;
    for my $s (@s) { sysread $s, my $a, 12; $n{substr $a, 9, 3}++ }
    print join " ", map { "$_:$n{$_}" } sort keys %n' "${URL#http://}" "$THIRD" >"$TEST_TMP/crowd"
is 'a hundred follow, more are turned away' "$(cat "$TEST_TMP/crowd")" '200:99 503:2'
ok 'and all are let go' wait_until flying_is 2
http GET /healthz
is 'the server answers meanwhile' "$STATUS" 200
http GET "$API/77/events"
problem 'events of none' 404

http DELETE "$API/$SECOND"
is 'cancel one that waits' "$STATUS $(json .state)" '200 cancelled'
http DELETE "$API/$FIRST"
is 'cancel one that runs' "$STATUS $(json .cancelling)" '202 true'
ok 'the SQL under way is ended' wait_until in_state "$FIRST" cancelled
ok 'its followers hear the end' wait_until grep -q '^event: end' "$TEST_TMP/events"
wait $FOLLOWER
is 'and are let go' $? 0
is 'what they hear' "$(sed -n 's/^data: //p' "$TEST_TMP/events" | tail -1 | jq -r .state)" cancelled
http DELETE "$API/$FIRST"
problem 'cancel it again' 409 'has ended'
http DELETE "$API/99"
problem 'cancel none' 404
is 'the state before stays' "$(sql "SELECT count(*) FROM hazatlas.facility WHERE facility_key LIKE '%F000000%'")" 0

# ---- the process is killed, the server is killed, the server is stopped ----
child() { pgrep -P "$SERVER_PID" -f import-job; }
ok 'the third runs' wait_until in_stage "$THIRD" publishing
victim=$(child)
kill -9 "$victim"
# Between the two there is no process, and the job waits with the stage of the one that was killed.
again() {
    local next
    next=$(child)
    [ -n "$next" ] && [ "$next" != "$victim" ] && in_stage "$THIRD" publishing
}
ok 'its process killed, it is begun again' wait_until again
kill -9 "$SERVER_PID"
wait "$SERVER_PID" 2>/dev/null
orphans() { pgrep -f "import-job.*held" >/dev/null; }
no_orphans() { ! orphans; }
ok 'the server killed, its process ends' wait_until no_orphans
is 'the job is still open' "$(sql "SELECT state FROM hazatlas.import_job WHERE id = $THIRD")" running
printf x >"$I/0123456789abcdef0123456789abcdef"
printf x >"$I/0123456789abcdef0123456789abcde0.part"
release
start_server --import-max 1
ok 'after a new start it is done' wait_until in_state "$THIRD" done
is 'once' "$(sql "SELECT count(*) FROM hazatlas.import_batch b JOIN hazatlas.source s ON s.id = b.source_id WHERE s.name = 'held'")" 1
ok 'leftovers are swept' wait_until sh -c "! ls '$I' | grep -q ^01234567"
hold
post 'kind=facilities&source=held&name=f4.csv' "$TEST_TMP/f4.csv"
FOURTH=$(job_of)
post 'kind=facilities&source=held&name=f5.csv' "$TEST_TMP/f5.csv"
FIFTH=$(job_of)
wait_until in_stage "$FOURTH" publishing
curl -sN "$URL$API/$FOURTH/events" >"$TEST_TMP/events" &
FOLLOWER=$!
wait_until grep -q '^event: progress' "$TEST_TMP/events"
begun=$(date +%s)
stop_server TERM
is 'stopped in the middle of an import' "$SERVER_EXIT" 0
ok 'long before the lock of ten minutes is gone' test $(($(date +%s) - begun)) -lt 300
wait $FOLLOWER
is 'who followed is let go in order' $? 0
start_server
ok 'what was under way goes on' wait_until in_state "$FOURTH" done
ok 'what waited too' wait_until in_state "$FIFTH" done
like 'one after the other' "$(sql "SELECT a.ended_at <= b.started_at FROM hazatlas.import_job a, hazatlas.import_job b WHERE a.id = $FOURTH AND b.id = $FIFTH")" t
is 'their files are gone' "$(sql "SELECT count(*) FROM hazatlas.import_job WHERE state = 'done' AND file IS NOT NULL AND NOT (options ->> 'dry_run')::boolean")" 0

# ---- two at once, one that fails ----
for n in 5 6; do
    curl -s -o "$TEST_TMP/two$n" -X POST --data-binary "@$TEST_TMP/f$n.csv" "$URL$API?kind=facilities&source=two&name=f$n.csv" &
    eval "P$n=\$!"
done
wait "$P5" "$P6"
ok 'two at once: one' wait_until in_state "$(jq .id "$TEST_TMP/two5")" done
ok 'and the other' wait_until in_state "$(jq .id "$TEST_TMP/two6")" done
printf 'nothing,known\n1,2\n' >"$TEST_TMP/bad.csv"
post 'kind=facilities&source=test&name=bad.csv' "$TEST_TMP/bad.csv"
BAD=$(job_of)
ok 'one that cannot be' wait_until in_state "$BAD" failed
http GET "$API/$BAD"
like 'says why' "$(json .error)" 'name'
is 'its file is kept' "$(json .file_kept)" true
http POST "$API/$BAD/again?map=name%3Dknown"
is 'so it is run again with a map' "$STATUS" 202
MENDED=$(job_of)
ok 'and is done' wait_until in_state "$MENDED" done

# ---- history ----
http GET "$API?limit=2"
is 'history: the newest first' "$(json '[.imports[].id] | @csv')" "$MENDED,$BAD"
is 'with the limits' "$(json '.limits | [.file_bytes, .waiting, .uploads] | @csv')" '4096000000,50,8'
http GET "$(json .next | sed "s|^$URL||")"
is 'then those before' "$(json '.imports | length, .[0].id')" "2
$((BAD - 1))"
http GET "$API?limit=1000"
problem 'a page has a limit' 400

# ---- memory does not grow with the file ----
peak() { sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$SERVER_PID/status"; }
before=$(peak)
head -c 100000000 /dev/zero >"$TEST_TMP/zeros"
post 'kind=facilities&source=test&name=zeros.csv' "$TEST_TMP/zeros"
is '100 MB are taken' "$STATUS" 202
ok "in little memory ($(($(peak) - before)) kB more)" test $(($(peak) - before)) -lt 20000
http DELETE "$API/$(job_of)"

# ---- kinds, templates, pages ----
http GET /api/v1/kinds
is 'kinds' "$(json '[.kinds[] | select(.name == "facilities" or .name == "holdings") | .title.zh] | @csv')" '"廠場","運作量"'
is 'a field of one' "$(json '.kinds[0].fields[] | select(.name == "name") | [.label, .required, (.headers.zh | index("事業名稱") != null), (.headers.en | index("facility_name") != null)] | @csv')" '"名稱",true,true,true'
for kind in $(json '.kinds[].name'); do
    http GET "/api/v1/kinds/$kind/template.csv"
    is "$kind: template" "$STATUS $(head -c 3 "$BODY" | od -An -tx1 | tr -d ' ')" '200 efbbbf'
    http GET "/docs/imports/$kind"
    like "$kind: page" "$STATUS $(header Content-Type) $(cat "$BODY")" '200 text/html.*'
    http GET "/docs/imports"
    like "$kind: is in the list" "$(cat "$BODY")" "href=\"imports/$kind\""
done
http GET '/api/v1/kinds/facilities/template.csv'
{ cat "$BODY"; printf '名字\n'; } >"$TEST_TMP/t.csv"
like 'template: headers in Chinese' "$(head -1 "$BODY")" '管制編號,.*,名稱,.*經度,緯度'
http GET '/api/v1/kinds/facilities/template.csv?language=en'
like 'template: names of fields' "$(head -1 "$BODY")" 'ems_no,.*,name,.*lon,lat'
{ cat "$BODY"; printf 'T0000001,,,Template works\r\n'; } >"$TEST_TMP/t.csv"
columns=$(head -1 "$BODY" | tr -cd , | wc -c)
{ cat "$BODY"; printf 'T0000001,,,範本廠'; printf ',%.0s' $(seq 4 "$columns"); printf '\r\n'; } >"$TEST_TMP/t.csv"
post 'kind=facilities&source=template&name=t.csv' "$TEST_TMP/t.csv"
FILLED=$(job_of)
ok 'a template filled in is imported' wait_until in_state "$FILLED" done
is 'its row' "$(curl -s "$URL$API/$FILLED" | jq -c '[.report.rows_new, .report.rows_rejected]')" '[1,0]'
http GET /api/v1/kinds/cars/template.csv
problem 'template of no kind' 404 'there are facilities'
http GET /api
is 'documented: answers 202' "$(json '.paths["/api/v1/imports"].post.responses | keys[0]')" 202
is 'documented: DELETE' "$(json '.paths["/api/v1/imports/{job}"].delete.summary | length > 0')" true
stop_server

# ---- a full disk ----
if [ "$(id -u)" = 0 ] && mkdir -p "$I" && mount -t tmpfs -o size=1m tmpfs "$I" 2>/dev/null; then
    start_server
    head -c 3000000 /dev/zero >"$TEST_TMP/zeros"
    post "$Q" "$TEST_TMP/zeros"
    problem 'disk full' 507 'disk of the server is full'
    ok 'nothing is left' wait_until no_files
    post 'kind=facilities&source=test&name=f6.csv' "$TEST_TMP/f6.csv"
    is 'and smaller files are taken' "$STATUS" 202
    stop_server
    umount "$I"
else
    echo "# a full disk is not tried: no file system can be mounted here"
fi
done_testing

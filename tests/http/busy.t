#!/bin/sh
# A database that hangs or goes: fast answers go on, the queue is bounded, the stop does not wait for
# ever; and changes are seen.
. tests/http/lib.sh
start_server

number() { curl -s "$URL/api/v1/status" | jq .atlas.number; }
reached() { [ "$(number)" = "$1" ]; }
touch_atlas() { sql 'UPDATE hazatlas.facility SET name = name WHERE false'; }

# ---- changes are seen ----
before=$(number)
touch_atlas
ok 'a commit is seen' wait_until reached $((before + 1))
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do touch_atlas; done
ok 'so is the last of a stream of commits' wait_until reached $((before + 21))
sql 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL' >/dev/null
touch_atlas
ok 'also after every connection was cut' wait_until reached $((before + 22))
ready_again() { [ "$(curl -s -o /dev/null -w '%{http_code}' "$URL/readyz")" = 200 ]; }
ok 'and the server is ready' wait_until ready_again

# ---- a database that hangs ----
sql 'BEGIN; LOCK TABLE hazatlas.area IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(600)' >/dev/null 2>&1 &
LOCKER=$!
locked() { [ "$(sql "SELECT count(*) FROM pg_locks WHERE granted AND mode = 'AccessExclusiveLock' AND relation = 'hazatlas.area'::regclass")" = 1 ]; }
wait_until locked
perl -MIO::Socket::INET -e '
    my @s = map { IO::Socket::INET->new($ARGV[0]) } 1 .. 320;
    my $n = 0;
    for (@s) { print $_ "GET /tiles/counties/7/$n/1.mvt HTTP/1.1\r\nHost: x\r\n\r\n"; $_->flush; $n = ($n + 1) % 128 }
    my ($busy, $retry) = (0, 0);
    for (1 .. 1200) { # until the first are turned away
        for (@s) { $_->blocking(0); if (sysread $_, my $a, 4096) { $busy += $a =~ /^HTTP.1.1 503/; $retry += $a =~ /^Retry-After: 1\r$/m } }
        last if $busy;
        select undef, undef, undef, 0.1;
    }
    $| = 1; print "$busy $retry\n"; sleep 600' "${URL#http://}" >"$TEST_TMP/busy" &
CROWD=$!
wait_until test -s "$TEST_TMP/busy"
like 'more than the queue holds: 503, try again' "$(cat "$TEST_TMP/busy")" '^[1-9][0-9]* '
is 'each says when' "$(cut -d' ' -f1 "$TEST_TMP/busy")" "$(cut -d' ' -f2 "$TEST_TMP/busy")"
# On a slow machine the first may have been given up meanwhile: then this takes a place, and the next is refused.
turned_away() {
    http GET /tiles/counties/3/6/3.mvt --max-time 2
    [ "$STATUS" = 503 ]
}
wait_until turned_away
problem 'one more' 503 'are waiting already'
http GET /api/v1/status
is 'fast answers go on' "$STATUS" 200
http GET /metrics
like 'the queue is counted' "$(cat "$BODY")" '^hazatlas_requests_waiting (2[0-9][0-9])$'

# ---- stopping meanwhile ----
begun=$(date +%s)
stop_server TERM
took=$(($(date +%s) - begun))
is 'stops although the database hangs' "$SERVER_EXIT" 0
ok "long before the lock of ten minutes is gone ($took s)" test "$took" -lt 300
ok 'and leaves no PostgreSQL' test ! -f "$DATA/pg/postmaster.pid"
kill "$CROWD" "$LOCKER" 2>/dev/null
wait "$CROWD" "$LOCKER" 2>/dev/null
done_testing

#!/bin/sh
# Hostile requests: each gets a 4xx with problem details or is hung up on, and the server lives.
. tests/http/lib.sh
start_server
WHERE=${URL#http://}
send() { perl tests/http/send.pl "$WHERE" "$@"; } # standard input as it is
first_line() { head -1 | tr -d '\r'; }
repeat() { perl -e 'print $ARGV[0] x $ARGV[1]' "$1" "$2"; }
RAW=$TEST_TMP/raw
raw_problem() { # NAME STATUS: what $RAW asks is answered with problem details of that status
    send <"$RAW" >"$BODY.raw"
    like "$1: status" "$(first_line <"$BODY.raw")" "^HTTP/1.1 $2 "
    like "$1: problem+json" "$(tr -d '\r' <"$BODY.raw")" '^Content-Type: application/problem\+json$'
    is "$1: JSON says so, too" "$(sed '1,/^\r$/d' "$BODY.raw" | jq -r .status)" "$2"
}
lives() {
    http GET /healthz
    is "lives after $1" "$STATUS" 200
}

# ---- addresses ----
for path in /.. /../etc/passwd '/..%2fetc%2fpasswd' '/%2e%2e/%2e%2e/x' '/a/./b' '//' '/a//b' '/%00' \
    '/tiles/facilities/0/0/0.mvt%00' '/a%0d%0aSet-Cookie:x' '/%' '/%4' '/%zz' '/%ff' '/%c0%ae' '/%ed%a0%80'; do
    http GET "$path"
    problem "$path" 400
done
for path in /tiles/facilities/21/0/0.mvt /tiles/facilities/0/1/0.mvt /tiles/facilities/-1/0/0.mvt \
    /tiles/facilities/NaN/0/0.mvt /tiles/facilities/1e1/0/0.mvt /tiles/facilities/0/0/99999999999999999999.mvt \
    /tiles/heat/5/32/0.png /tiles/counties/x/y/z.mvt; do
    http GET "$path"
    problem "$path" 400
done
for path in '/tiles/facilities/%2e%2e%2f/0/0.mvt' '/tiles/<script>/0/0/0.mvt' '/tiles/x.json' '/assets/../index.html'; do
    http GET "$path"
    like "$path" "$STATUS" '^40[04]$'
done

# ---- parameters ----
for query in 'lon=NaN&lat=1' 'lon=1&lat=inf' 'lon=1e999&lat=1' 'lon=&lat=1' 'lon=0x1&lat=1' 'lon=1&lat=1&by=x' \
    'lon=1&lat=1&cas=%27%3B%20DROP%20TABLE%20facility%3B--' 'lon=1&lat=1&cas=%3Cscript%3E' \
    'lon=181&lat=1' 'lon=1' "lon=1'&lat=1" 'lon=1&lon=2&lat=1'; do
    http GET "/api/v1/heat?$query"
    problem "heat?$query" 400
done
for query in limit=0 limit=-1 limit=99999999999999999999 limit=NaN limit=1e9 'limit=1;2' 'near=x' 'near=1,2,3' \
    'radius=-1' 'near=120,23&radius=1e999' 'county=%00' 'q=1'; do
    http GET "/api/v1/facilities?$query"
    problem "facilities?$query" 400
done
http GET "/api/v1/search?q=$(repeat a 5000)"
problem 'a value of 5,000 bytes' 400 'longer than 1024'
http GET "/api/v1/status?$(perl -e 'print join "&", map { "p$_=1" } 1 .. 40')"
problem '40 parameters' 400 'more than 32'
http GET "/$(repeat a 2000)"
problem 'a path of 2,000 bytes' 414 'longer than 1024'
http GET '/<script>alert(1)</script>'
problem 'HTML in a path' 404
is 'and nobody takes the answer for HTML' "$(header X-Content-Type-Options)" nosniff

# ---- sizes ----
{ printf 'GET / HTTP/1.1\r\nHost: x\r\nX: '; repeat a 10000000; printf '\r\n\r\n'; } >"$RAW" && raw_problem '10 MB header' 431
{ printf 'GET / HTTP/1.1\r\nHost: x\r\n'; repeat 'X: yyyyyyyyyyyyyyyyyyyyy\r\n' 5000; printf '\r\n'; } >"$RAW" && raw_problem '5,000 headers' 431
{ printf 'GET /'; repeat a 10000000; printf ' HTTP/1.1\r\nHost: x\r\n\r\n'; } >"$RAW" && raw_problem '10 MB address' 414
lives 'long headers'
repeat a 10000000 >"$TEST_TMP/10MB"
http POST /api/v1/packets -H 'Content-Type: application/json' --data-binary "@$TEST_TMP/10MB"
problem '10 MB body' 413 'larger than 65536'
{ printf 'POST /api/v1/packets HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n'
    printf '989680\r\n'; cat "$TEST_TMP/10MB"; printf '\r\n0\r\n\r\n'; } >"$RAW" && raw_problem '10 MB body in chunks' 413
{ printf 'POST /api/v1/packets HTTP/1.1\r\nHost: x\r\nContent-Length: 50000000\r\nConnection: close\r\n\r\n'
    cat "$TEST_TMP/10MB"; } >"$RAW" && raw_problem '50 MB announced' 413
{ printf 'GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\nConnection: close\r\n\r\n'
    cat "$TEST_TMP/10MB"; } >"$RAW" && raw_problem 'a GET with 10 MB' 413
lives 'large bodies'

# ---- what is hardly HTTP ----
printf 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n' >"$RAW" && raw_problem 'no Host' 400
printf 'POST /api/v1/packets HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n' >"$RAW" && raw_problem 'negative length' 400
printf 'POST /api/v1/packets HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n' >"$RAW" && raw_problem 'length is no number' 400
printf 'POST /api/v1/packets HTTP/1.1\r\nHost: x\r\nContent-Length: %s\r\n\r\n' "$(repeat 9 30)" >"$RAW" && raw_problem 'huge length' 413
printf 'POST /api/v1/packets HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n' >"$RAW" && raw_problem 'bad chunk' 400
printf 'GET / HTTP/7.0\r\nHost: x\r\n\r\n' >"$RAW" && raw_problem 'HTTP/7' 505
printf 'GET *  HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' >"$RAW" && raw_problem 'no path' 400
printf 'BREW /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' >"$RAW" && raw_problem 'unknown method' 405
printf 'CONNECT a:80 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' >"$RAW" && raw_problem CONNECT 400
printf '\026\003\001\002\r\n\r\n' | send 3 >/dev/null
lives 'TLS'
is 'two requests at once get two answers' \
    "$(printf 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' |
        send | grep -c '^HTTP/1.1 200')" 2

# ---- a thousand of them ----
perl tests/http/flood.pl "$WHERE" 1000 20261121 >"$TEST_TMP/flood"
is 'a thousand malformed requests: each refused' "$(sed '$d' "$TEST_TMP/flood")" ''
like 'most of them with words' "$(tail -1 "$TEST_TMP/flood")" '^answered [6-9][0-9][0-9],|^answered 1000,'
lives 'a thousand malformed requests'

# ---- connections that say little ----
perl -MIO::Socket::INET -e '
    my @s = map { IO::Socket::INET->new($ARGV[0]) } 1 .. 900;
    for (@s) { $_ and print $_ "GET /healthz HTTP/1.1\r\nX: "; $_ and $_->flush }
    $| = 1; print scalar(grep { $_ } @s), "\n"; sleep 600' "$WHERE" >"$TEST_TMP/slow" &
SLOW=$!
wait_until test -s "$TEST_TMP/slow"
is '900 connections with half a request' "$(cat "$TEST_TMP/slow")" 900
lives 'that, with them open'
kill "$SLOW"
wait "$SLOW" 2>/dev/null

# ---- answers nobody takes ----
for i in 1 2 3 4 5 6 7 8; do
    perl -MIO::Socket::INET -e '
        my $s = IO::Socket::INET->new($ARGV[0]);
        print $s "GET /api HTTP/1.1\r\nHost: x\r\n\r\n" x 200; $s->flush; close $s' "$WHERE"
done
lives 'clients that leave without their answers'

# ---- a body whose end can be read in two ways ----
printf 'POST /api/v1/packets HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 50\r\n\r\n{"a":1}' >"$RAW"
raw_problem 'two lengths' 400
printf 'POST /api/v1/packets HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n' >"$RAW"
raw_problem 'a length and chunks' 400

memory=$(awk '/^VmRSS/ { print $2 }' "/proc/$SERVER_PID/status")
grep -q "lib[at]san" "/proc/$SERVER_PID/maps" && MEMORY_MAX_KB=4000000 # sanitizers keep much
ok "memory stays bounded ($memory kB)" test "$memory" -lt "${MEMORY_MAX_KB:-200000}"
unlike 'nothing of it is logged as an error' "$(cat "$SERVER_LOG")" ' error '
stop_server
is 'stops' "$SERVER_EXIT" 0
done_testing

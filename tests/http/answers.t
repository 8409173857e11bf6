#!/bin/sh
# What every answer has: headers, validators, compression, HEAD, CORS, problem details.
. tests/http/lib.sh
start_server

csp="default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'"
safe() { # NAME: the last answer has the security headers
    is "$1: content security policy" "$(header Content-Security-Policy)" "$csp"
    is "$1: nosniff" "$(header X-Content-Type-Options)" nosniff
    is "$1: referrer" "$(header Referrer-Policy)" same-origin
    is "$1: frames" "$(header X-Frame-Options)" SAMEORIGIN
}

# ---- the page ----
http GET /
is 'page: status' "$STATUS" 200
is 'page: type' "$(header Content-Type)" 'text/html; charset=utf-8'
is 'page: never stale' "$(header Cache-Control)" no-cache
safe page
etag=$(header ETag)
http GET / -H "If-None-Match: $etag"
is 'page: 304' "$STATUS" 304
is 'page: 304 has no body' "$(wc -c <"$BODY")" 0
asset=$(curl -s "$URL/" | grep -o 'assets/[^"]*/main\.mjs' | head -1)
http GET "/$asset?v=3" --compressed
is 'module: status' "$STATUS" 200
is 'module: type' "$(header Content-Type)" 'text/javascript; charset=utf-8'
is 'module: for ever' "$(header Cache-Control)" 'public, max-age=31536000, immutable'
is 'module: packed' "$(header Content-Encoding)" gzip
is 'module: varies' "$(header Vary)" 'Accept-Encoding, Accept, X-Forwarded-Proto, X-Forwarded-Host, X-Forwarded-Prefix'
http POST /
problem 'posting to the page' 405
is 'posting to the page: Allow' "$(header Allow)" 'GET, HEAD, OPTIONS'

# ---- status ----
http GET /api/v1/status
is 'status: status' "$STATUS" 200
is 'status: type' "$(header Content-Type)" application/json
safe status
is 'status: database' "$(json .database)" ok
is 'status: atlas' "$(json '.atlas | keys | join(" ")')" \
    'built_at drawn facilities holdings not_drawn number substances'
is 'status: sources' "$(json '.sources | type')" array
is 'status: limits' "$(json .limits.body_bytes)" 65536
etag=$(header ETag)
http GET /api/v1/status -H "If-None-Match: \"x\", W/$etag"
is 'status: 304 by a list, weakly' "$STATUS" 304
is 'status: 304 keeps the ETag' "$(header ETag)" "$etag"
http GET /api/v1/status -H 'If-None-Match: "x"'
is 'status: another ETag' "$STATUS" 200

# ---- HEAD ----
http GET /api/v1/status
length=$(header Content-Length)
is 'length is that of the body' "$length" "$(wc -c <"$BODY" | tr -d ' ')"
http HEAD /api/v1/status
is 'HEAD: status' "$STATUS" 200
is 'HEAD: same length' "$(header Content-Length)" "$length"
is 'HEAD: no body' "$(printf 'HEAD /api/v1/status HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' |
    perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new($ARGV[0]); print $s <STDIN>; local $/; $_ = <$s>; s/.*\r\n\r\n//s; print' "${URL#http://}")" ''

# ---- gzip ----
http GET /api -H 'Accept-Encoding: gzip'
is 'gzip: said' "$(header Content-Encoding)" gzip
like 'gzip: weak validator' "$(header ETag)" '^W/"'
ok 'gzip: it is' sh -c "gzip -dc <'$BODY' | jq -e .openapi"
http GET /api -H 'Accept-Encoding: gzip;q=0'
is 'gzip refused' "$(header Content-Encoding)" ''
http GET /healthz -H 'Accept-Encoding: gzip'
is 'small answers are not packed' "$(header Content-Encoding)" ''

# ---- CORS ----
http GET /healthz -H 'Origin: http://elsewhere'
is 'CORS' "$(header Access-Control-Allow-Origin)" '*'
like 'CORS: headers to be read' "$(header Access-Control-Expose-Headers)" 'ETag.*Link.*Location.*Content-Crs'
http OPTIONS /api/v1/packets -H 'Access-Control-Request-Method: POST'
is 'preflight: status' "$STATUS" 204
is 'preflight: methods' "$(header Access-Control-Allow-Methods)" 'GET, HEAD, OPTIONS'
is 'preflight: Allow' "$(header Allow)" 'OPTIONS, POST'

# ---- problems ----
http GET /nothing/here
problem 'no such address' 404 'nothing at this address'
is 'problem: type' "$(json .type)" about:blank
is 'problem: title' "$(json .title)" 'Not found'
is 'problem: status' "$(json .status)" 404
is 'problem: instance' "$(json .instance)" /nothing/here
safe problem
http DELETE /healthz
problem 'no such method' 405
is 'Allow names the methods' "$(header Allow)" 'OPTIONS, GET, HEAD'
http GET '/healthz?x=1'
problem 'a parameter where none is known' 400 'no parameter "x" here'
http GET '/api/v1/heat?lon=1&lat=2&colour=red'
problem 'an unknown parameter' 400 'no parameter "colour" here; known are lon, lat'
http GET '/api/v1/heat?lon=1&lat=2&lon=3'
problem 'a parameter given twice' 400 'lon is given twice'

# ---- links know where they are ----
http GET /api -H 'Host: map.example:81'
is 'base: host' "$(json '.servers[0].url')" http://map.example:81
http GET /api -H 'X-Forwarded-Proto: https' -H 'X-Forwarded-Host: map.example' -H 'X-Forwarded-Prefix: /haz'
is 'base: behind a proxy' "$(json '.servers[0].url')" https://map.example/haz
http GET /api -H 'Host: "><script>'
is 'base: hostile host' "$(json '.servers[0].url')" "http://127.0.0.1:${URL##*:}"
http GET /api -H 'X-Forwarded-Host: a"b' -H 'X-Forwarded-Prefix: //evil'
is 'base: hostile proxy headers' "$(json '.servers[0].url')" "$URL"

# ---- the catalogue of the interfaces ----
http GET /api
is 'OpenAPI: version' "$(json .openapi)" 3.0.3
is 'OpenAPI: path parameters' \
    "$(json '[.paths["/tiles/facilities/{z}/{x}/{y}.mvt"].get.parameters[] | select(.in == "path") | .name] | join(" ")')" 'z x y'
is 'OpenAPI: every operation says what it does' \
    "$(json '[.paths[][] | select((.summary | length) < 3 or (.tags | length) != 1 or (.responses | length) < 1)] | length')" 0
is 'OpenAPI: every query parameter has a meaning' \
    "$(json '[.paths[][].parameters[] | select(.in == "query" and (.description | length) < 3)] | length')" 0
is 'OpenAPI: choices one by one' \
    "$(json '[.paths["/api/v1/anomalies"].get.parameters[] | select(.name == "kind") | .schema.enum[]] | join(" ")')" 'all high low'
http GET /api.html
is 'API page: type' "$(header Content-Type)" 'text/html; charset=utf-8'
like 'API page: names the tiles' "$(cat "$BODY")" '/tiles/facilities/\{z\}/\{x\}/\{y\}\.mvt'
unlike 'API page: no script' "$(cat "$BODY")" '<script|style='

# ---- metrics ----
http GET /metrics
is 'metrics: type' "$(header Content-Type)" 'text/plain; version=0.0.4; charset=utf-8'
like 'metrics: requests by route and class' "$(cat "$BODY")" \
    '^hazatlas_requests_total\{method="GET",route="/api/v1/status",status="3xx"\} 1$'
like 'metrics: latency' "$(cat "$BODY")" \
    '^hazatlas_request_duration_seconds_bucket\{method="GET",route="/api",le="\+Inf"\} [1-9]'
like 'metrics: atlas' "$(cat "$BODY")" '^hazatlas_atlas_facilities 0$'
is 'metrics: every line is one' \
    "$(grep -Evc '^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [-+.0-9e]+)$' "$BODY")" 0
is 'metrics: no name is declared twice' "$(grep '^# TYPE' "$BODY" | sort | uniq -d)" ''

stop_server
is 'stops' "$SERVER_EXIT" 0
done_testing

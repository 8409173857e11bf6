#!/bin/sh
# Work of seconds (rasters, sums over areas, files of the whole country) has its share of the workers and a queue of its
# own: what is light is answered meanwhile, what is too much is turned away, and who hangs up is worked for no longer.
. tests/http/lib.sh
start_server --sample "${BUILD:-build}/sample"

metric() { curl -s "$URL/metrics" | sed -n "s/^hazatlas_requests_$1 //p"; }
metric_is() { [ "$(metric "$1")" = "$2" ]; }
answered() { cat "$TEST_TMP"/status.* 2>/dev/null | grep -c "$1"; }
answered_is() { [ "$(answered "$1")" = "$2" ]; }

# ---- heavy requests that hang: the table of their borders is locked ----
cas=$(curl -s "$URL/api/v1/substances?limit=1000" | jq -r '[.substances[] | select(.facilities > 5 and .cas != null)][0].cas')
sql 'BEGIN; LOCK TABLE hazatlas.area IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(600)' >/dev/null 2>&1 &
locked() { [ "$(sql "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted AND relation = 'hazatlas.area'::regclass")" = 1 ]; }
wait_until locked
running=1 workers=$(($(nproc) + 1))
[ "$workers" -lt 4 ] || running=$((workers / 2))
all=$((running + 16)) clients=
ask() { # FIRST LAST
    for i in $(seq "$1" "$2"); do
        curl -s -o "$TEST_TMP/body.$i" -w '%{http_code}\n' "$URL/api/v1/heat/zonal?pixel=$((400 + i))" >"$TEST_TMP/status.$i" &
        clients="$clients $!"
    done
}
flying() { [ "$(metric in_flight)" -ge "$1" ]; }
ask 1 $running
wait_until flying $running
wait_until metric_is waiting 0
ask $((running + 1)) $((all + 3))
ok 'three more than run and wait are turned away' wait_until answered_is 503 3
is 'with the reason' "$(cat "$TEST_TMP"/body.* | jq -r .detail | sort -u)" '16 heavy requests are waiting already; try again'
http GET "/tiles/facilities/8/214/110.mvt?cas=$cas"
like 'a tile is answered meanwhile' "$STATUS" '^20[04]$'
http GET "/api/v1/search?q=$cas"
is 'a search too' "$STATUS" 200
http GET "/api/v1/reviews"
is 'so is a list that asks the database' "$STATUS" 200
http GET "/api/v1/heat/contours?format=gpkg"
problem 'what is heavy is not' 503 'heavy requests are waiting'
is 'it is said when to try again' "$(header Retry-After)" 1
is 'none of the others was answered' "$(answered .)" 3
for path in 'facilities?format=xlsx' 'facilities?format=csv&limit=5' 'substances?format=xlsx' 'regions?by=township&format=csv'; do
    http GET "/api/v1/radar/$path"
    is "a small file is answered meanwhile: $path" "$STATUS" 200
done
http GET '/api/v1/thresholds/facilities?format=csv'
is 'of checks too' "$STATUS" 200

# ---- their clients hang up while they wait ----
before=$(metric abandoned_total)
kill $clients 2>/dev/null
sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND pid <> pg_backend_pid()" >/dev/null
ok 'nothing waits any more' wait_until metric_is waiting 0
ok 'nothing was computed for those that waited' test "$(metric abandoned_total)" -ge $((before + 16))

# ---- and while it is computed ----
before=$(metric abandoned_total) clients=
for pixel in 145 146 147; do
    curl -s -o "$TEST_TMP/tif.$pixel" "$URL/api/v1/heat.tif?radius=20000&bbox=119.5,21.8,122.2,25.4&pixel=$pixel&type=float64" &
    clients="$clients $!"
done
ok 'exports are under way' wait_until flying 4 # the one that asks is the fourth
kill $clients
abandoned() { [ "$(metric abandoned_total)" -ge $((before + $1)) ]; }
ok 'their work ends' wait_until abandoned 3
ok 'nothing is under way' wait_until metric_is in_flight 1

# ---- files of many rows: 60,000 facilities ----
sql "INSERT INTO facility (facility_key, name, position_check, search_key, source_id, batch_id)
     SELECT 'many:' || i, '多廠' || i, 'missing', '多廠' || i, (SELECT min(id) FROM source), (SELECT min(id) FROM import_batch)
     FROM generate_series(1, 60000) i"
many() { [ "$(curl -s "$URL/api/v1/status" | jq .atlas.facilities)" = 60400 ]; }
ok 'the atlas has them' wait_until many
sql 'BEGIN; LOCK TABLE hazatlas.area IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(600)' >/dev/null 2>&1 &
wait_until locked
clients=
ask 1 $running
wait_until flying $running
wait_until metric_is waiting 0
curl -s -o "$TEST_TMP/body.large" "$URL/api/v1/radar/facilities?format=csv" &
large=$!
ok 'a large file waits among the heavy ones' wait_until metric_is waiting 1
http GET '/api/v1/radar/facilities?format=xlsx&limit=2000'
is 'a small one of the same list does not' "$STATUS $(metric waiting)" '200 1'
http GET '/api/v1/radar/facilities?format=geojson&county=64000'
is 'nor one that is small by what it asks for' "$STATUS $(metric waiting)" '200 1'
kill $clients
sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND pid <> pg_backend_pid()" >/dev/null
wait "$large"
is 'then it comes, whole' "$(wc -l <"$TEST_TMP/body.large")" 60401

# A client that hangs up while rows are written: asked for anew until one was caught, on a machine however fast.
made_or_done() { [ "$(metric heavy)" = 1 ] || ! kill -0 "$client" 2>/dev/null; }
hang_up() { # FORMAT
    before=$(metric abandoned_total)
    curl -s -o "$TEST_TMP/body.gone" "$URL/api/v1/radar/facilities?format=$1" &
    client=$!
    wait_until made_or_done
    kill $client 2>/dev/null
    wait_until metric_is in_flight 1
    abandoned 1
}
for format in xlsx geojson csv; do
    ok "the work for a $format that nobody waits for ends" wait_until hang_up $format
done
http GET '/api/v1/radar/facilities?format=csv&limit=3'
is 'and the server goes on' "$STATUS" 200
done_testing

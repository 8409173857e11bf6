#!/bin/sh
# bench.sh - speeds as ratios against named rivals, in one run on one machine and one database.
#   rival 1: the same facility tile by ST_AsMVT, prepared, through pgbench (no HTTP in its way: the
#            best that any server over PostGIS queries could reach)
#   rival 2: nginx serving the same bytes as static files
# and, before them, import.sh: imports against ogr2ogr (IMPORT_ROWS= leaves them out)
# Data: SHARED_DATA/taiwan (real facilities) where it is there, else the sample region.
set -eu
cd "$(dirname "$0")/../.."
[ -z "${IMPORT_ROWS-100000}" ] || tests/bench/import.sh
build=${BUILD:-build}
shared=${SHARED_DATA:-../shared/data}
seconds=${SECONDS_EACH:-6}
work=$(mktemp -d /tmp/hazatlas-bench.XXXXXX)
chmod 755 "$work"
trap 'kill $server $nginx 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT INT TERM
server='' nginx=''
pg=/usr/lib/postgresql/15/bin

say() { printf '%s\n' "$*"; }

if [ -d "$shared/taiwan" ]; then
    t=$shared/taiwan
    say "Importing real facilities of $t"
    for part in "areas $t/counties.geojson moi" "areas $t/towns.geojson moi" \
        "facilities $t/facilities_all_2017.csv.gz prtr" "holdings $t/tox_operations_2012_2015.csv prtr"; do
        set -- $part
        $build/hazatlas import "$1" "$2" --source "$3" --data "$work/data" >"$work/import.log" 2>&1 ||
            { cat "$work/import.log"; exit 1; }
    done
    sample=''
else
    say "No shared data here: the sample region"
    sample="--sample $build/sample"
fi
$build/hazatlas serve --port 0 --data "$work/data" $sample >"$work/serve.log" 2>&1 &
server=$!
for _ in $(seq 600); do
    grep -q 'is serving' "$work/serve.log" && break
    kill -0 $server 2>/dev/null || { cat "$work/serve.log"; exit 1; }
    sleep 0.1
done
port=$(sed -n 's/.*http:\/\/127.0.0.1:\([0-9]*\).*/\1/p' "$work/serve.log" | head -1)
say "$(grep 'is serving' "$work/serve.log")"

# A fixed list: tiles of zoom 7-14 around facilities chosen by id.
socket="host=$work/data/run dbname=hazatlas user=hazatlas"
$pg/psql -Atq "$socket" >"$work/tiles.txt" <<'SQL'
SET search_path = hazatlas, public;
SELECT DISTINCT z || ' ' || floor((ST_X(geom) + 180) / 360 * 2 ^ z)::int || ' ' ||
       floor((1 - asinh(tan(radians(ST_Y(geom)))) / pi()) / 2 * 2 ^ z)::int
FROM (SELECT geom, row_number() OVER (ORDER BY md5(id::text)) AS n FROM facility WHERE geom IS NOT NULL) f,
     generate_series(7, 14) AS z
WHERE n <= 400 ORDER BY 1;
SQL
sed 's|\([0-9]*\) \([0-9]*\) \([0-9]*\)|/tiles/facilities/\1/\2/\3.mvt|' "$work/tiles.txt" >"$work/paths.txt"
say "$(wc -l <"$work/paths.txt") different tiles, zoom 7-14; every one is made anew at each request"

# Rival 1. The single points alone, as a tile server over ST_AsMVT would send them.
{
    i=0
    while read -r z x y; do
        i=$((i + 1))
        printf '%s\t%s\t%s\t%s\n' $i $z $x $y
    done <"$work/tiles.txt"
} >"$work/tiles.tsv"
$pg/psql -q "$socket" <<SQL
SET search_path = hazatlas, public;
CREATE UNLOGGED TABLE bench_tile (n int PRIMARY KEY, z int, x int, y int);
\copy bench_tile FROM '$work/tiles.tsv'
CREATE UNLOGGED TABLE bench_point AS
    SELECT f.id, f.name, a.name AS county, ST_Transform(f.geom, 3857) AS geom
    FROM facility f LEFT JOIN area a ON a.kind = 'county' AND a.code = f.county_code
    WHERE f.geom IS NOT NULL ORDER BY f.geom;
CREATE INDEX ON bench_point USING gist (geom);
ANALYZE bench_point; ANALYZE bench_tile;
SQL
n=$(wc -l <"$work/tiles.txt")
cat >"$work/tile.sql" <<SQL
\set n random(1, $n)
SELECT ST_AsMVT(t, 'facilities', 4096, 'geom', 'id') FROM (
    SELECT p.id, p.name, p.county, ST_AsMVTGeom(p.geom, e.box, 4096, 0, true) AS geom
    FROM (SELECT ST_TileEnvelope(z, x, y) AS box FROM hazatlas.bench_tile WHERE n = :n) e
    JOIN hazatlas.bench_point p ON p.geom && e.box) t;
SQL
rival=$(PGOPTIONS='-c jit=off -c search_path=hazatlas,public' $pg/pgbench -n -M prepared -c 2 -j 2 -T "$seconds" -f "$work/tile.sql" "$socket" 2>/dev/null |
    sed -n 's/^tps = \([0-9]*\).*/\1/p')

set -- $($build/http_bench "$port" 8 "$seconds" <"$work/paths.txt")
ours=$1 p50=$2 p99=$3 bytes=$4 failed=$5
set -- $($build/http_bench "$port" 8 "$seconds" gzip <"$work/paths.txt")
zipped=$1

# Rival 2.
while read -r path; do
    mkdir -p "$work/www$(dirname "$path")"
    curl -s "http://127.0.0.1:$port$path" -o "$work/www$path" || true
    [ -e "$work/www$path" ] || : >"$work/www$path"
done <"$work/paths.txt"
ratio_nginx='-'
if command -v nginx >/dev/null; then
    cat >"$work/nginx.conf" <<CONF
worker_processes 1; pid $work/nginx.pid; error_log $work/nginx.log; daemon off;
events { worker_connections 64; }
http { access_log off; keepalive_requests 100000000; sendfile on; tcp_nopush on; open_file_cache max=10000;
  server { listen 127.0.0.1:$((port + 1)); root $work/www; } }
CONF
    nginx -c "$work/nginx.conf" -p "$work" 2>/dev/null &
    nginx=$!
    for _ in $(seq 100); do curl -s -o /dev/null "http://127.0.0.1:$((port + 1))/" && break; sleep 0.05; done
    set -- $($build/http_bench $((port + 1)) 8 "$seconds" <"$work/paths.txt")
    static=$1
    ratio_nginx=$(awk "BEGIN { printf \"%.2f\", $ours / $static }")
fi

# Heat: cold tiles, one connection; each address once.
sed 's|.* \([0-9]*\)|&|; s|\([0-9]*\) \([0-9]*\) \([0-9]*\)|/tiles/heat/\1/\2/\3.png|' "$work/tiles.txt" >"$work/heat.txt"
: >"$work/heat.ms"
while read -r path; do
    curl -s -o /dev/null -w '%{time_total}\n' "http://127.0.0.1:$port$path" >>"$work/heat.ms"
done <"$work/heat.txt"
heat=$(sort -n "$work/heat.ms" | awk '{ v[NR] = $1 } END { printf "%.1f %.1f", v[int(NR / 2) + 1] * 1000, v[int(NR * 0.99)] * 1000 }')
memory=$(awk '/VmRSS/ { printf "%.0f", $2 / 1024 }' /proc/$server/status)

say ""
say "cold facility tile       $ours requests/s, median $p50 ms, p99 $p99 ms, mean $bytes bytes, $failed failed"
say "  with gzip              $zipped requests/s"
say "rival: ST_AsMVT          $rival tiles/s (pgbench, prepared, 2 clients, same database)"
say "  ratio                  $(awk "BEGIN { printf \"%.1f\", $ours / $rival }") x    (wanted: 20 x)"
say "rival: nginx, static     ${static:--} requests/s; ratio $ratio_nginx x    (wanted: 0.6 x)"
say "cold heat tile           median and p99 $heat ms (one connection, a new curl each)"
say "memory of the server     $memory MB"

#!/bin/sh
# heat_bench.sh - `hazatlas heat` as ratios against QGIS's own heat map (qgis:heatmapkerneldensityestimation), on the
# same points in one run: 53 thousand (real facilities of SHARED_DATA where it is there) and a million (those, scattered
# by 3 km), 250 m and 100 m pixels, radius 2.5 km, whole island.
#   command:    the whole command, from the same GeoPackage to a GeoTIFF; best of TIMES
#   in process: the map alone, points in memory; of QGIS its run(), which writes as it goes, so our writing counts too
#   memory:     the most that was resident at once (ru_maxrss of the process: grid, overviews, points, GDAL, every page of
#               the program and its libraries), over the grid's width x height x 4 bytes; and of the child that reads the
#               file, which has ended when the grid begins
# QGIS_PROCESS names qgis_process (the wrapper that Debian has is broken, its .bin works).
set -eu
cd "$(dirname "$0")/../.."
hazatlas=${BUILD:-build}/hazatlas
shared=${SHARED_DATA:-../shared/data}
times=${TIMES:-2}
rival=${QGIS_PROCESS:-/usr/bin/qgis_process.bin}
export QT_QPA_PLATFORM=offscreen
work=$(mktemp -d /tmp/hazatlas-heat-bench.XXXXXX)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say() { printf '%s\n' "$*"; }
now() { date +%s.%N; }
least() { sort -n | head -1; }
ratio() { awk "BEGIN { if ($2 > 0) printf \"%.1f\", $1 / $2; else printf \"-\" }"; }
# seconds COMMAND…: of the quickest of TIMES runs.
seconds() {
    for _ in $(seq "$times"); do
        begun=$(now)
        "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; return 1; }
        echo "$(now) $begun" | awk '{ printf "%.3f\n", $1 - $2 }'
    done | least
}

# ---- points: x,y of EPSG:3826 ----
real=$shared/taiwan/facilities_all_2017.csv.gz
if [ -f "$real" ] && command -v gdaltransform >/dev/null; then
    zcat "$real" | awk -F, 'NR > 1 { x = $(NF - 4); y = $(NF - 3)
        if (x > 119.9 && x < 122.2 && y > 21.8 && y < 25.4 && ++n <= 53000) print x, y }' |
        gdaltransform -s_srs EPSG:4326 -t_srs EPSG:3826 -output_xy | awk '{ printf "%.2f,%.2f\n", $1, $2 }' >"$work/53k"
else
    awk 'BEGIN { srand(1); for (i = 0; i < 53000; i++) printf "%.2f,%.2f\n", 160000 + 180000 * rand(), 2430000 + 360000 * rand() }' >"$work/53k"
fi
awk -F, '{ x[NR] = $1; y[NR] = $2 } END { srand(2); for (i = 0; i < 1000000; i++) { k = 1 + int(rand() * NR)
    printf "%.2f,%.2f\n", x[k] + 6000 * (rand() - 0.5), y[k] + 6000 * (rand() - 0.5) } }' "$work/53k" >"$work/1M"
for n in 53k 1M; do
    { echo x,y; cat "$work/$n"; } >"$work/$n.csv"
    ogr2ogr -q -f GPKG "$work/$n.gpkg" "$work/$n.csv" -oo X_POSSIBLE_NAMES=x -oo Y_POSSIBLE_NAMES=y -a_srs EPSG:3826
done

python=''
[ -x /usr/bin/python3 ] && /usr/bin/python3 -c 'import qgis.analysis' 2>/dev/null && python=/usr/bin/python3
[ -x "$rival" ] || { say "QGIS's command is not here (package qgis): our times alone"; rival=''; }
[ -n "$python" ] || say "PyQGIS is not here (package python3-qgis): no ratio in process"
say "$(wc -l <"$work/53k") and $(wc -l <"$work/1M") points, quartic, 2,500 m; quickest of $times runs, s"
printf '%-12s %9s %9s %7s   %9s %9s %9s %9s %-13s %s\n' '' command QGIS ratio read compute write QGIS ratio memory
for n in 53k 1M; do
    for pixel in 250 100; do
        ours=$(seconds "$hazatlas" heat "$work/$n.gpkg" --radius 2500 --pixel $pixel -o "$work/ours.tif")
        memory=$(sed -n 's/^ *memory: \([0-9.]*\) MB at most, \([0-9.]*\) times.*; \([0-9.]*\) MB to read.*/\1 MB (\2 x), reading \3 MB/p' "$work/log")
        parts=$(for _ in $(seq "$times"); do
            "$hazatlas" heat "$work/$n.gpkg" --radius 2500 --pixel $pixel -o "$work/ours.tif"
        done | sed -n 's/.*time: read \([0-9.]*\) s, computed \([0-9.]*\) s, written \([0-9.]*\) s/\1 \2 \3/p' |
            awk '{ for (i = 1; i <= 3; i++) if (NR == 1 || $i < v[i]) v[i] = $i } END { print v[1], v[2], v[3] }')
        set -- $parts
        theirs=0 inside=0
        [ -z "$rival" ] || theirs=$(seconds "$rival" run qgis:heatmapkerneldensityestimation -- \
            INPUT="$work/$n.gpkg" RADIUS=2500 PIXEL_SIZE=$pixel KERNEL=0 OUTPUT="$work/theirs.tif")
        [ -z "$python" ] || inside=$($python tests/bench/heat_rival.py "$work/$n.gpkg" 2500 $pixel "$times" \
            "$work/theirs.tif" 2>/dev/null | least)
        printf '%-12s %9s %9s %7s   %9s %9s %9s %9s %-13s %s\n' "$n, $pixel m" "$ours" "$theirs" "$(ratio "$theirs" "$ours")" \
            "$1" "$2" "$3" "$inside" "$(ratio "$inside" "$(awk "BEGIN { print $2 + $3 }")") / $(ratio "$inside" "$2")" \
            "$memory"
    done
done
say "wanted: the command 10 x, in process 25 x (second ratio: without our writing), memory 3 x the grid (100 m;"
say "at 250 m GDAL's libraries alone are 4 x the grid)"
csv=$(seconds "$hazatlas" heat "$work/1M.csv" --x x --y y --crs EPSG:3826 --pixel 250 -o "$work/ours.tif")
say "1M from CSV in place of GeoPackage, 250 m: $csv s"

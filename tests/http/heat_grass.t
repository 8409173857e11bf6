#!/bin/sh
# hazatlas heat against GRASS's v.kernel (package grass-core, where it is installed): every kernel, several radii, both
# TM2 zones, to 1e-6 of the largest value.
. tests/http/lib.sh
command -v grass >/dev/null || skip_all 'GRASS (package grass-core) is not installed'
T=$TEST_TMP
awk 'BEGIN { srand(11); for (i = 0; i < 1200; i++) { x = 281000 + 28000 * rand(); y = 2751000 + 28000 * rand()
    if (i % 10 == 3) { x = 282000 + 250 * int(60 * rand()); y = 2752125 + 250 * int(60 * rand()) } # on edges and centres
    printf "%.2f %.2f\n", x, y; if (i % 100 == 7) printf "%.2f %.2f\n", x, y } }' >"$T/points.txt"
{ echo x,y; tr ' ' ',' <"$T/points.txt"; } >"$T/points.csv"
cat >"$T/kernels.sh" <<SH
set -e
v.in.ascii input="$T/points.txt" output=p separator=space x=1 y=2 --q
g.region w=285000 e=303000 s=2755000 n=2774000 res=250
while read -r kernel radius; do
    v.kernel input=p output=k radius=\$radius kernel=\$kernel --o --q
    r.out.xyz input=k output="$T/\$kernel.\$radius" separator=space --q
done <"$T/wanted"
SH
for kernel in quartic triangular uniform triweight epanechnikov; do
    for radius in 500 2500 7321.7; do echo "$kernel $radius"; done
done >"$T/wanted"
echo 'quartic 20000' >>"$T/wanted"
for zone in 3826 3825; do
    rm -f "$T"/*[a-z].[0-9]*
    ok "GRASS has made its maps, EPSG:$zone" timeout 300 grass --tmp-location "EPSG:$zone" --exec sh "$T/kernels.sh"
    while read -r kernel radius; do
        "$HAZATLAS" heat "$T/points.csv" --x x --y y --crs "EPSG:$zone" --anywhere --extent 285000,2755000,303000,2774000 \
            --pixel 250 --kernel "$kernel" --radius "$radius" --unit m2 --type float64 -o "$T/o.tif" >"$T/log" 2>&1
        is "EPSG:$zone, $kernel, $radius m" "$(gdal_translate -q -of XYZ "$T/o.tif" /vsistdout/ |
            awk 'NR == FNR { v[$1 " " $2] = $3; next }
                 { n++; d = $3 - v[$1 " " $2]; if (d < 0) d = -d; if (d > worst) worst = d; if ($3 > most) most = $3 }
                 END { print n, (most > 0 && worst < 1e-6 * most) ? "the same" : worst / most }' "$T/$kernel.$radius" -)" '5472 the same'
    done <"$T/wanted"
done
done_testing

#!/bin/sh
# hazatlas heat: files of points to GeoTIFFs, without server or database; values against sums that awk makes.
. tests/http/lib.sh
T=$TEST_TMP
run() { # sets OUT, ERR, EXIT
    "$HAZATLAS" heat "$@" >"$T/out" 2>"$T/err" </dev/null
    EXIT=$?
    OUT=$(cat "$T/out")
    ERR=$(cat "$T/err")
}
# worst FILE RADIUS: the largest difference of a pixel from the sum over "$T/points.txt" (x y w), in parts of the largest
# sum; `reference` is awk's own quartic density per km2 in the plane.
worst() {
    gdal_translate -q -of XYZ "$1" "$T/grid.xyz" || return 1
    awk -v h="$2" 'NR == FNR { x[n] = $1; y[n] = $2; w[n++] = $3; next }
        { sum = 0
          for (i = 0; i < n; i++) {
              d2 = (($1 - x[i]) ^ 2 + ($2 - y[i]) ^ 2) / (h * h)
              if (d2 <= 1) sum += w[i] * (1 - d2) ^ 2
          }
          sum *= 3e6 / (atan2(0, -1) * h * h)
          if (sum > most) most = sum
          d = $3 - sum; if (d < 0) d = -d
          if (d > worst) worst = d }
        END { printf "%s\n", (most > 0 && worst < 1e-6 * most) ? "exact" : worst / (most ? most : 1) }' "$T/points.txt" "$T/grid.xyz"
}
leaves_nothing() { [ -z "$(ls -A "$T/clean" | grep -v '^points')" ]; }
info() { gdalinfo -json "$1" | jq -r "$2"; }

# ---- help and what is wrong with the words ----
run --help
is 'help: exit' "$EXIT" 0
for option in x y weight crs to radius pixel kernel extent unit raw nodata type encoding; do
    like "help: --$option" "$OUT" "^ +--$option"
done
like 'help: limits' "$OUT" '^Limits: 268 million pixels'
like 'listed' "$("$HAZATLAS" help)" '^  heat '
cat >"$T/p.csv" <<'CSV'
x,y,w
200000,2600000,1
CSV
refused() { # NAME REGEX ARGUMENTS…: a wrong word
    refused_name=$1 refused_like=$2
    shift 2
    run "$T/p.csv" "$@"
    is "$refused_name: exit" "$EXIT" 2
    like "$refused_name: said" "$ERR" "$refused_like"
}
refused 'no output' '-o FILE is wanted'
refused 'a kernel that is none' 'one of quartic, triangular.*not "gauss"' -o "$T/o.tif" --kernel gauss
refused 'a radius that is none' '--radius is more than 0' -o "$T/o.tif" --radius -5
refused 'a radius without number' '--radius wants metres' -o "$T/o.tif" --radius wide
refused 'a pixel of 0' '--pixel is more than 0' -o "$T/o.tif" --pixel 0
refused 'an extent of three' '--extent wants xmin,ymin,xmax,ymax' -o "$T/o.tif" --extent 1,2,3
refused 'an extent of five' '--extent wants' -o "$T/o.tif" --extent 1,2,3,4,5
refused 'an extent inside out' 'xmin < xmax' -o "$T/o.tif" --extent 5,2,3,4
refused 'a system that is none' 'no coordinate system "EPSG:9999"' -o "$T/o.tif" --crs EPSG:9999
refused 'x without y' '--x and --y go together' -o "$T/o.tif" --x x
refused 'a nodata past float32' 'take --type float64' -o "$T/o.tif" --nodata 1e300
refused 'a threads that is none' '--threads must be a whole number' -o "$T/o.tif" --threads 0

# ---- metres ----
awk 'BEGIN { srand(7); for (i = 0; i < 150; i++)
    printf "%.2f %.2f %.3f\n", 195000 + 20000 * rand(), 2595000 + 16000 * rand(), (i % 9) ? 10 * rand() - 2 : 0 }' >"$T/points.txt"
tail -3 "$T/points.txt" >>"$T/points.txt" # some stand twice
{ echo '編號,橫座標,縱座標,數量'; awk '{ print NR "," $1 "," $2 "," $3 }' "$T/points.txt"; } >"$T/utf8.csv"
iconv -f UTF-8 -t CP950 "$T/utf8.csv" >"$T/points.csv"
run "$T/points.csv" --x 橫座標 --y 縱座標 --weight 數量 --crs EPSG:3826 --radius 2500 --pixel 250 --extent 200000,2600000,210000,2607000 -o "$T/a.tif"
is 'Big5 CSV: exit' "$EXIT" 0
like 'Big5 CSV: told' "$OUT" 'text: CP950'
like 'rows' "$OUT" '^ +153  rows read$'
like 'memory' "$OUT" '^  memory: [0-9.]+ MB at most, [0-9.]+ times the grid'
is 'the values are the exact sums' "$(worst "$T/a.tif" 2500)" exact
is 'size' "$(info "$T/a.tif" '.size | join("x")')" 40x28
is 'place' "$(info "$T/a.tif" '.geoTransform | map(tostring) | join(" ")')" '200000 250 0 2607000 0 -250'
is 'system' "$(info "$T/a.tif" '.coordinateSystem.wkt' | grep -c 'ID\["EPSG",3826\]')" 1
is 'Cloud Optimized' "$(info "$T/a.tif" '.metadata.IMAGE_STRUCTURE.LAYOUT')" COG
is 'float32' "$(info "$T/a.tif" '.bands[0].type')" Float32
is 'kernel in the metadata' "$(info "$T/a.tif" '.metadata[""].HEAT_KERNEL')" quartic
is 'radius in the metadata' "$(info "$T/a.tif" '.metadata[""].HEAT_RADIUS_M')" 2500
is 'unit in the metadata' "$(info "$T/a.tif" '.metadata[""].HEAT_UNIT')" 'weight per km2'
is 'no nodata' "$(info "$T/a.tif" '.bands[0].noDataValue')" null
run "$T/points.csv" --x 橫座標 --y 縱座標 --weight 數量 --crs 3826 --pixel 250 --extent 200000,2600000,210000,2607000 -o "$T/b.tif" --threads 1
is 'threads change nothing' "$(gdal_translate -q -of XYZ "$T/b.tif" /vsistdout/ | md5sum)" "$(gdal_translate -q -of XYZ "$T/a.tif" /vsistdout/ | md5sum)"
run "$T/utf8.csv" --weight 數量 --crs EPSG:3826 --pixel 500 -o "$T/c.tif" --type float64 --compress deflate
is 'known column names, all points: exit' "$EXIT" 0
is 'float64' "$(info "$T/c.tif" '.bands[0].type')" Float64
is 'the grid lies on multiples of its pixel' "$(info "$T/c.tif" '[.geoTransform[0], .geoTransform[3]] | map(fmod(.; 500)) | add')" 0
is 'all sums, all points' "$(worst "$T/c.tif" 2500)" exact
all=$(awk '{ s += $3 } END { printf "%.6g", s }' "$T/points.txt")
is 'the integral is the weight' "$(info "$T/c.tif" '.metadata[""].HEAT_WEIGHT_ON_GRID' | awk -v all="$all" '{ d = $1 / all - 1; print (d < 0.002 && d > -0.002) ? "yes" : $1 " of " all }')" yes

# ---- overviews: means that keep the integral, though the sizes are odd and the cells more than 10 MB ----
mean() { gdal_translate -q -ovr "$1" -stats "$T/odd.tif" "$T/ovr.tif" && info "$T/ovr.tif" '.bands[0].metadata[""].STATISTICS_MEAN'; }
run "$T/points.csv" --x 橫座標 --y 縱座標 --crs EPSG:3826 --radius 900 --pixel 20 --extent 190000,2590000,210020,2644020 -o "$T/odd.tif"
is 'odd: size' "$(info "$T/odd.tif" '.size | join("x")')" 1001x2701
whole=$(mean NONE)
for level in 0 1 2; do
    is "odd: mean of overview $level" "$(mean $level | awk -v all="$whole" '{ d = $1 / all - 1; print (all > 0 && d < 1e-7 && d > -1e-7) ? "kept" : $1 " of " all }')" kept
done

# ---- memory: the whole island at 100 m ----
awk 'BEGIN { srand(3); print "x,y"; for (i = 0; i < 200000; i++) printf "%.1f,%.1f\n", 155000 + 190000 * rand(), 2423000 + 375000 * rand() }' >"$T/island.csv"
run "$T/island.csv" --crs EPSG:3826 --pixel 100 -o "$T/island.tif"
is 'island: exit' "$EXIT $ERR" '0 '
if ! ldd "$HAZATLAS" | grep -q 'lib[at]san'; then # these take memory of their own
    times=$(printf '%s\n' "$OUT" | sed -n 's/^  memory: .* MB at most, \([0-9.]*\) times the grid.*/\1/p')
    is 'island: at most three times the grid' "$(awk -v t="$times" 'BEGIN { print (t > 1 && t <= 3) ? "yes" : t }')" yes
fi

# ---- raw values and nodata ----
run "$T/p.csv" --x x --y y --crs EPSG:3826 --raw --radius 500 --pixel 100 --nodata -9999 --no-snap --extent 199450,2599450,201450,2600550 -o "$T/raw.tif"
is 'raw: exit' "$EXIT" 0
at() { gdallocationinfo -valonly -geoloc "$1" "$2" "$3"; }
is 'raw: the grid begins at the corner that was told' "$(info "$T/raw.tif" '.geoTransform | map(tostring) | join(" ")')" '199450 100 0 2600550 0 -100'
is 'raw: the peak is the weight' "$(at "$T/raw.tif" 200000 2600000)" 1
is 'raw: on the circle 0' "$(at "$T/raw.tif" 200500 2600000)" 0
is 'raw: past it nothing' "$(at "$T/raw.tif" 200600 2600000)" -9999
is 'raw: nodata' "$(info "$T/raw.tif" '.bands[0].noDataValue')" -9999
run "$T/p.csv" --x x --y y --crs EPSG:3826 --radius 500 --pixel 100 --nodata NaN --extent 199000,2599000,202000,2601000 -o "$T/nan.tif"
is 'nodata nan: exit' "$EXIT $ERR" '0 '
is 'nodata nan: the band says so' "$(info "$T/nan.tif" '.bands[0].noDataValue')" NaN
is 'nodata nan: pixels that nothing reaches' "$(gdal_translate -q -of XYZ "$T/nan.tif" /vsistdout/ | awk '$3 == "nan" { n++ } $3 > 0 { m++ } END { print (n > 100 && m > 10) ? "yes" : n " " m }')" yes
run "$T/p.csv" --x x --y y --crs EPSG:3826 --radius 500 --pixel 100 --extent 120,22,121,23 -o "$T/away.tif"
is 'an extent in other units: exit' "$EXIT" 0
like 'an extent in other units: a warning' "$ERR" 'warning: none of the [0-9]+ points reaches the grid.*They lie in .*EPSG:3826.*is --extent in these units'

# ---- one lattice: any extent, any order of rows, points that come and go ----
bits() { gdal_translate -q -of ENVI -ot Float64 -projwin 201000 2606000 206000 2601000 "$1" "$T/bits.raw" && md5sum <"$T/bits.raw"; }
run "$T/points.csv" --x 橫座標 --y 縱座標 --weight 數量 --crs 3826 --pixel 250 --type float64 -o "$T/all.tif"
whole=$(bits "$T/all.tif")
run "$T/points.csv" --x 橫座標 --y 縱座標 --weight 數量 --crs 3826 --pixel 250 --type float64 --extent 200999,2600990.5,206000.1,2606100 -o "$T/part.tif"
is 'an extent goes out to multiples of the pixel' "$(info "$T/part.tif" '.geoTransform | map(tostring) | join(" ")')" '200750 250 0 2606250 0 -250'
is 'the size of it' "$(info "$T/part.tif" '.size | join("x")')" 22x22
is 'another extent: the same bits' "$(bits "$T/part.tif")" "$whole"
{ head -1 "$T/utf8.csv"; tail -n +2 "$T/utf8.csv" | tac; } >"$T/tac.csv"
run "$T/tac.csv" --weight 數量 --crs 3826 --pixel 250 --type float64 -o "$T/tac.tif" --threads 1
is 'another order of rows: the same bits' "$(bits "$T/tac.tif")" "$whole"
is 'another order of rows: the same total' "$(info "$T/tac.tif" '.metadata[""].HEAT_TOTAL_WEIGHT')" "$(info "$T/all.tif" '.metadata[""].HEAT_TOTAL_WEIGHT')"
{ head -1 "$T/utf8.csv"; echo 'a,203000.5,2603000.25,123456.789'; tail -n +2 "$T/utf8.csv"; echo 'b,203000.5,2603000.25,-123456.789'; } >"$T/gone.csv"
run "$T/gone.csv" --weight 數量 --crs 3826 --pixel 250 --type float64 -o "$T/gone.tif"
is 'a point added and taken away: the same bits' "$(bits "$T/gone.tif")" "$whole"
{ cat "$T/utf8.csv"; echo 'a,203000.5,2603000.25,0'; } >"$T/zero.csv"
run "$T/zero.csv" --weight 數量 --crs 3826 --pixel 250 --type float64 -o "$T/zero.tif"
is 'a weight of 0: the same bits' "$(bits "$T/zero.tif")" "$whole"

# ---- the triangular kernel's decay ----
run "$T/p.csv" --x x --y y --crs EPSG:3826 --raw --kernel triangular --decay 0.25 --radius 500 --pixel 100 --no-snap --extent 199450,2599450,201450,2600550 -o "$T/decay.tif"
is 'decay: exit' "$EXIT" 0
is 'decay: the peak' "$(at "$T/decay.tif" 200000 2600000)" 1
is 'decay: on the circle' "$(at "$T/decay.tif" 200500 2600000)" 0.25
is 'decay: halfway 1 - 0.75 x 0.4' "$(at "$T/decay.tif" 200200 2600000 | cut -c1-7)" 0.69999
is 'decay: beyond' "$(at "$T/decay.tif" 200600 2600000)" 0
is 'decay in the metadata' "$(info "$T/decay.tif" '.metadata[""].HEAT_DECAY')" 0.25
run "$T/p.csv" --x x --y y --crs EPSG:3826 --kernel triangular --decay 0.25 --pixel 100 -o "$T/decay.tif"
is 'decay: the integral is the weight' "$(info "$T/decay.tif" '.metadata[""].HEAT_WEIGHT_ON_GRID' | awk '{ print ($1 > 0.99 && $1 < 1.01) ? "yes" : $1 }')" yes
for unit in km2 m2; do
    refused "--raw with --unit $unit" '--raw and --unit go against each other' -o "$T/o.tif" --raw --unit $unit
done
run "$T/p.csv" --x x --y y --crs EPSG:3826 --to EPSG:4326 --pixel 0.00077 -o "$T/short.tif"
is 'the size of a pixel in the metadata, as it was told' "$(info "$T/short.tif" '.metadata[""].HEAT_PIXEL')" '0.00077 x 0.00077 deg'
refused 'a decay of another kernel' 'belongs to --kernel triangular' -o "$T/o.tif" --decay 0.5
refused 'a decay below 0 as a density' 'with --raw only' -o "$T/o.tif" --kernel triangular --decay -1
refused 'a decay past QGIS' 'from -100 to 100' -o "$T/o.tif" --kernel triangular --decay 101

# ---- a mask: lines through centres of pixels decide; metres, degrees, formats ----
cat >"$T/mask.geojson" <<'JSON'
{"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3826"}}, "features": [
 {"type": "Feature", "properties": {"n": 1}, "geometry": {"type": "Polygon", "coordinates": [[[200125, 2600125], [203125, 2600125], [203125, 2603125], [200125, 2603125], [200125, 2600125]]]}},
 {"type": "Feature", "properties": {"n": 2}, "geometry": {"type": "MultiPolygon", "coordinates": [[[[203125, 2600125], [204125, 2600125], [204125, 2603125], [203125, 2603125], [203125, 2600125]]]]}}]}
JSON
ogr2ogr -q -f GPKG -a_srs EPSG:3826 "$T/mask.gpkg" "$T/mask.geojson"
ogr2ogr -q -f GeoJSON -t_srs EPSG:4326 "$T/mask4326.geojson" "$T/mask.gpkg"
mkdir "$T/shp"
ogr2ogr -q -f 'ESRI Shapefile' "$T/shp/mask.shp" "$T/mask.gpkg"
inside() { gdal_translate -q -of XYZ "$1" /vsistdout/ | awk '$3 != -9999 { n++; if (w == "" || $1 < w) w = $1; if ($1 > e) e = $1; if (s == "" || $2 < s) s = $2; if ($2 > t) t = $2 } END { print n, w, s, e, t }'; }
for mask in mask.gpkg mask.geojson shp/mask.shp; do
    told=''
    [ "$mask" != mask.geojson ] || told='--mask-crs EPSG:3826'
    run "$T/points.csv" --x 橫座標 --y 縱座標 --weight 數量 --crs 3826 --pixel 250 --extent 199000,2599000,205000,2604000 --mask "$T/$mask" $told -o "$T/mask.tif"
    is "$mask: exit" "$EXIT" 0
    is "$mask: pixels" "$(inside "$T/mask.tif")" '192 200125 2600125 203875 2602875'
done
is 'mask: nodata as in QGIS' "$(info "$T/mask.tif" '.bands[0].noDataValue')" -9999
is 'mask in the metadata' "$(info "$T/mask.tif" '.metadata[""].HEAT_MASK')" 'mask.shp, 2 features'
is 'mask: values inside are the same' "$(at "$T/mask.tif" 202125 2602125)" "$(at "$T/a.tif" 202125 2602125)"
run "$T/points.csv" --x 橫座標 --y 縱座標 --weight 數量 --crs 3826 --pixel 100 --nodata 0 --extent 199000,2599000,205000,2604000 --mask "$T/mask4326.geojson" -o "$T/mask.tif"
is 'a mask in degrees: exit' "$EXIT" 0
is 'a mask in degrees, nodata told' "$(gdal_translate -q -of XYZ "$T/mask.tif" /vsistdout/ | awk '$3 != 0 { n++ } END { print n }')" 1200
run "$T/p.csv" --x x --y y --crs EPSG:3826 --mask "$T/p.csv" -o "$T/o.tif"
like 'a mask without geometry' "$ERR" 'no geometry'
run "$T/p.csv" --x x --y y --crs EPSG:3826 --mask "$T/absent.gpkg" -o "$T/o.tif"
like 'no such mask' "$ERR" 'absent.gpkg cannot be read'

# ---- degrees, other formats, another system for the grid ----
cat >"$T/places.csv" <<'CSV'
名稱,經度,緯度
馬祖,"119°57'0""E","26°9'0""N"
屏東,120.5,22.5
壞的,abc,22.6
遠的,10,50
反的,22.7,120.6
空的,,
CSV
run "$T/places.csv" --radius 2500 --pixel 0.002 --extent 119.9,26.1,120,26.2 -o "$T/matsu.tif"
is 'degrees: exit' "$EXIT" 0
like 'degrees: found out' "$OUT" 'coordinates: EPSG:4326 \(the names'
for reason in position_not_number position_outside_region axes_swapped position_missing; do
    like "left out: $reason" "$OUT" "1 x $reason"
done
like 'left out: the line' "$OUT" 'e\.g\. line 4: '
# 2,500 m are 0.02501 degrees of longitude and 0.02257 of latitude there: just inside and outside.
run "$T/places.csv" --radius 2500 --pixel 0.0002 --kernel uniform --unit raw --extent 119.9,26.1,120,26.2 -o "$T/disc.tif"
width=$(gdal_translate -q -of XYZ -srcwin 0 249 500 1 "$T/disc.tif" /vsistdout/ | awk '$3 > 0 { n++ } END { print n * 0.0002 * 99.963 }')
height=$(gdal_translate -q -of XYZ -srcwin 250 0 1 500 "$T/disc.tif" /vsistdout/ | awk '$3 > 0 { n++ } END { print n * 0.0002 * 110.784 }')
is 'degrees: 5 km wide on the ground' "$(echo "$width" | awk '{ print ($1 > 4.97 && $1 < 5.03) ? "yes" : $1 }')" yes
is 'degrees: 5 km high on the ground' "$(echo "$height" | awk '{ print ($1 > 4.97 && $1 < 5.03) ? "yes" : $1 }')" yes
run "$T/places.csv" --to EPSG:3826 --pixel 1000 -o "$T/to.tif"
is 'another system: exit' "$EXIT" 0
is 'another system' "$(info "$T/to.tif" '.coordinateSystem.wkt' | grep -c 'TM2 zone 121')" 1
run "$T/places.csv" --pixel 0.5 -o "$T/o.tif"
like 'a pixel of half a degree or metre' "$ERR" 'degrees below 0.1, metres from 1'
ogr2ogr -q -f GPKG "$T/points.gpkg" "$T/utf8.csv" -oo X_POSSIBLE_NAMES=橫座標 -oo Y_POSSIBLE_NAMES=縱座標 -a_srs EPSG:3826
ogr2ogr -q -f GeoJSON -t_srs EPSG:4326 "$T/points.geojson" "$T/points.gpkg"
run "$T/p.csv" --x x --y y --crs EPSG:3826 --mask "$T/points.gpkg" -o "$T/o.tif"
like 'a mask of points' "$ERR" 'feature 1 is no polygon'
run "$T/points.gpkg" --crs EPSG:3825 -o "$T/told.tif"
is 'another system than the file says: taken as told' "$EXIT $(info "$T/told.tif" '.metadata[""].HEAT_READ_AS')" '0 EPSG:3825'
like 'another system than the file says: both are named' "$ERR" 'the file says EPSG:3826 \(crs_differs\).*taken as EPSG:3825'
run "$T/points.gpkg" --crs EPSG:3826 -o "$T/told.tif"
is 'the system that the file says: nothing to say' "$EXIT $ERR" '0 '
run "$T/points.gpkg" --weight 數量 --pixel 250 --extent 200000,2600000,210000,2607000 -o "$T/gpkg.tif"
is 'GeoPackage: exit' "$EXIT" 0
is 'GeoPackage: the same values' "$(worst "$T/gpkg.tif" 2500)" exact
mkdir "$T/shape" # its columns x and y are not where its points are
{ echo 'x,y,w'; awk '{ printf "%.2f,%s,%s\n", $1 + 5000, $2, $3 }' "$T/points.txt"; } >"$T/moved.csv"
ogr2ogr -q -f 'ESRI Shapefile' "$T/shape/points.shp" "$T/moved.csv" -oo X_POSSIBLE_NAMES=x -oo Y_POSSIBLE_NAMES=y -oo AUTODETECT_TYPE=YES \
    -a_srs EPSG:3826 -dialect SQLite -sql 'SELECT x, y, w, MakePoint(x - 5000, y, 3826) AS geometry FROM moved'
(cd "$T/shape" && zip -q ../points.zip ./*)
run "$T/points.zip" --weight w --pixel 250 --extent 200000,2600000,210000,2607000 -o "$T/zip.tif"
is 'Shapefile: exit' "$EXIT" 0
like 'Shapefile: the file says the system' "$OUT" 'coordinates: EPSG:3826 \(the file says so'
is 'Shapefile: the points, not the columns' "$(worst "$T/zip.tif" 2500)" exact
run "$T/points.geojson" --weight 數量 --to EPSG:3826 --pixel 500 -o "$T/json.tif"
is 'GeoJSON: exit' "$EXIT" 0
like 'GeoJSON: the weight' "$OUT" 'weight: [0-9.]+ in all'

# ---- nothing to use, too much ----
printf 'x,y\n' >"$T/none.csv"
run "$T/none.csv" --x x --y y --crs EPSG:3826 -o "$T/none.tif"
is 'no points, no extent: exit' "$EXIT" 1
like 'no points, no extent: what to do' "$ERR" 'give --extent'
run "$T/none.csv" --x x --y y --crs EPSG:3826 --extent 0,0,1000,1000 -o "$T/none.tif"
is 'no points: exit' "$EXIT" 0
is 'no points: zeros' "$(gdal_translate -q -of XYZ "$T/none.tif" /vsistdout/ | awk '{ print $3 }' | sort -u)" 0
printf 'x,y,w\n121.5,25.0,3\n' >"$T/wrong.csv"
run "$T/wrong.csv" --x x --y y --crs EPSG:3826 -o "$T/wrong.tif"
is 'degrees told as metres: exit' "$EXIT" 1
like 'degrees told as metres: why' "$ERR" 'position_outside_region'
like 'degrees told as metres: said' "$ERR" 'none of the 1 rows'
ok 'nothing is written' test ! -e "$T/wrong.tif"
printf 'x,y,w\n200000,2600000,many\n200000,2600000,\n200000,2600000,"1,000"\n200000,2600000,1e300\n' >"$T/weights.csv"
run "$T/weights.csv" --x x --y y --weight w --crs EPSG:3826 -o "$T/weights.tif"
for reason in weight_not_number weight_missing weight_too_large; do like "weights: $reason" "$OUT" "1 x $reason"; done
like 'weights: thousands' "$OUT" 'weight: 1000 in all'
run "$T/p.csv" --x x --y y --weight mass --crs EPSG:3826 -o "$T/o.tif"
like 'no such column' "$ERR" 'no column "mass".*columns are: x, y, w'
run "$T/p.csv" --x x --y y --crs EPSG:3826 --pixel 1 --extent 0,0,300000,300000 -o "$T/o.tif"
is 'a grid past the limit: exit' "$EXIT" 1
like 'a grid past the limit: said' "$ERR" '300000 x 300000 pixels; 268 million are the most'
run "$T/p.csv" --x x --y y --crs EPSG:3857 --anywhere -o "$T/o.tif"
like 'Web Mercator: what to do' "$ERR" '--to EPSG:3826'
run "$T/absent.csv" -o "$T/o.tif"
like 'no such file' "$ERR" 'absent.csv cannot be read'
run "$T/p.csv" --x x --y y --crs EPSG:3826 -o "$T/no/such/folder/o.tif"
is 'no such folder: exit' "$EXIT" 1
like 'no such folder: said' "$ERR" 'o.tif cannot be written: No such file'
run "$T/p.csv" --x x --y y --crs EPSG:3826 -o "$T"
like 'a folder as output' "$ERR" 'not a plain file'
ok 'nothing of these is there' test ! -e "$T/o.tif"

# ---- Ctrl-C ----
mkdir "$T/clean"
awk 'BEGIN { print "x,y"; srand(3); for (i = 0; i < 100000; i++) printf "%.1f,%.1f\n", 160000 + 160000 * rand(), 2500000 + 200000 * rand() }' >"$T/clean/points.csv"
echo before >"$T/clean/points.tif"
"$HAZATLAS" heat "$T/clean/points.csv" --x x --y y --crs EPSG:3826 --radius 20000 --pixel 20 -o "$T/clean/points.tif" >"$T/out" 2>"$T/err" &
HEAT=$!
at_work() { [ "$(ls /proc/$HEAT/task 2>/dev/null | wc -l)" -gt 1 ] || ! kill -0 "$HEAT" 2>/dev/null; }
ok 'Ctrl-C: it computes' wait_until at_work
kill -INT "$HEAT"
wait "$HEAT"
is 'Ctrl-C: exit' "$?" 1
like 'Ctrl-C: said' "$(cat "$T/err")" 'cancelled; nothing was written'
ok 'Ctrl-C leaves nothing' leaves_nothing
setsid "$HAZATLAS" heat "$T/island.csv" --crs EPSG:3826 --radius 20000 --pixel 20 -o "$T/clean/points.tif" >"$T/out" 2>"$T/err" &
HEAT=$!
reads() { [ -n "$(cat "/proc/$HEAT/task/$HEAT/children" 2>/dev/null)" ] || ! kill -0 "$HEAT" 2>/dev/null; }
ok 'Ctrl-C on a terminal: it reads' wait_until reads
kill -INT "-$HEAT" # all of the group, as a terminal does
wait "$HEAT"
is 'Ctrl-C on a terminal: exit' "$?" 1
like 'Ctrl-C on a terminal: said' "$(cat "$T/err")" 'cancelled; nothing was written'
ok 'Ctrl-C on a terminal leaves nothing' leaves_nothing
is 'what was there stays' "$(cat "$T/clean/points.tif")" before
run "$T/p.csv" --x x --y y --crs EPSG:3826 -o "$T/clean/points.tif"
is 'and is replaced when the work is done' "$(info "$T/clean/points.tif" '.driverShortName')" GTiff
ok 'nothing else is left' leaves_nothing
done_testing

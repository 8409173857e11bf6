#!/bin/sh
# What comes out of heat over HTTP (value and contributors, rasters, bands, sums over areas, comparisons), against sums
# that PostGIS makes: planes, geodesics, polygons.
. tests/http/lib.sh
start_server --sample "${BUILD:-build}/sample"
T=$TEST_TMP

near() { # NAME GOT WANTED [PART]: numbers agree to a part (1e-6) of the wanted one
    is "$1" "$(echo "$2 $3 ${4:-1e-6}" | awk '{ d = $1 - $2; if (d < 0) d = -d; s = $2 < 0 ? -$2 : $2
        print (NF == 3 && $1 != "null" && d <= $3 * (s > 1e-9 ? s : 1e-9)) ? "the same" : $1 " for " $2 }')" 'the same'
}
# density LON LAT: facilities per km2 by the geodesic of PostGIS
density() {
    sql "SELECT coalesce(sum(3e6 / (pi() * 2500 ^ 2) * (1 - (d / 2500) ^ 2) ^ 2), 0) FROM (SELECT
        ST_Distance(geom::geography, ST_SetSRID(ST_MakePoint($1, $2), 4326)::geography) AS d FROM facility) f WHERE d <= 2500"
}
place=$(sql "SELECT ST_X(geom) + 0.003 || ' ' || ST_Y(geom) - 0.002 FROM facility WHERE geom IS NOT NULL ORDER BY id LIMIT 1 OFFSET 3")
lon=${place% *} lat=${place#* }

# ---- the value at a place, and who makes it ----
http GET "/api/v1/heat?lon=$lon&lat=$lat&limit=500"
is 'value: status' "$STATUS" 200
near 'value: the exact sum' "$(json .value)" "$(density "$lon" "$lat")" 1e-5
is 'contributors: as many as lie within' "$(json .contributors)" "$(sql "SELECT count(*) FROM facility WHERE ST_DWithin(geom::geography, ST_SetSRID(ST_MakePoint($lon, $lat), 4326)::geography, 2500)")"
is 'contributors: all listed' "$(json '.contributors == (.contributors_listed | length) and .rest == 0')" true
is 'contributors: shares add up to 1' "$(json '([.contributors_listed[].share] | add) - 1 | fabs < 1e-6')" true
is 'contributors: what they add is the value' "$(json '([.contributors_listed[].adds] | add) - .value | fabs < 1e-7')" true
is 'contributors: the largest first' "$(json '[.contributors_listed[].share] | . == (sort | reverse)')" true
nearest=$(sql "SELECT id FROM facility ORDER BY geom::geography <-> ST_SetSRID(ST_MakePoint($lon, $lat), 4326)::geography LIMIT 1")
is 'contributors: of equal weights the nearest' "$(json '.contributors_listed[0].id')" "$nearest"
is 'contributors: its name' "$(json '.contributors_listed[0].name')" "$(sql "SELECT name FROM facility WHERE id = $nearest")"
near 'contributors: its distance' "$(json '.contributors_listed[0].distance_m')" "$(sql "SELECT ST_Distance(geom::geography, ST_SetSRID(ST_MakePoint($lon, $lat), 4326)::geography) FROM facility WHERE id = $nearest")" 1e-4
all=$(json .contributors)
http GET "/api/v1/heat?lon=$lon&lat=$lat&limit=1&radius=20000"
is 'contributors: the rest is said' "$(json '.rest == .contributors - 1 and (.contributors_listed | length) == 1')" true
is 'contributors: its share too' "$(json '.rest_share + .contributors_listed[0].share - 1 | fabs < 1e-6')" true
ok 'a larger radius takes more' test "$(json .contributors)" -ge "$all"
http GET "/api/v1/heat?lon=$lon&lat=$lat&limit=501"
problem 'too long a list' 400

# ---- numbers have all their digits, and no others ----
edge=$(sql "SELECT 'lon=' || ST_X(p) || '&lat=' || ST_Y(p) FROM (SELECT ST_Project(geom::geography, 99.99, 0)::geometry AS p FROM facility WHERE geom IS NOT NULL ORDER BY ST_Y(geom) DESC LIMIT 1) x")
http GET "/api/v1/heat?$edge&radius=100&limit=500"
is 'a value near the circle is small' "$(json '.contributors >= 1 and .value > 1e-7 and .value < 1e-4')" true
near 'and has its digits' "$(json '[.contributors_listed[].adds] | add')" "$(json .value)" 1e-12
http GET '/api/v1/heat/zonal?by=quantity&pixel=500'
is 'no number has more than 17 digits' "$(grep -oE '[0-9]+\.?[0-9]*' "$BODY" | sed 's/\.//; s/^0*//' | awk 'length > 17' | wc -l)" 0
is 'the total is that of its decimals' "$(grep -o '"total_weight":[^,]*' "$BODY" | cut -d: -f2 | tr -d . | awk '{ print (length <= 15) }')" 1

# ---- rasters ----
at() { gdallocationinfo -valonly -geoloc "$@"; }
most=0
for crs in 3826 3825 4326 3857; do
    http GET "/api/v1/heat.tif?crs=EPSG:$crs&bbox=$(echo "$lon $lat" | awk '{ printf "%.3f,%.3f,%.3f,%.3f", $1 - 0.06, $2 - 0.05, $1 + 0.05, $2 + 0.06 }')&type=float64"
    is "EPSG:$crs: status" "$STATUS" 200
    cp "$BODY" "$T/$crs.tif"
    is "EPSG:$crs: system" "$(gdalsrsinfo -o epsg "$T/$crs.tif" | tr -d '\n')" "EPSG:$crs"
    gdal_translate -q -of XYZ "$T/$crs.tif" "$T/$crs.xyz"
    # the sum at each of 40 centres, of the plane for TM2, else of the ellipsoid; the worst as a part of the largest
    awk 'NR % 251 == 7 { if (n++) printf ","; printf "(%.17g::float8,%.17g::float8,%s::float8)", $1, $2, $3 } n == 40 { exit }' "$T/$crs.xyz" >"$T/values"
    distance="ST_Distance(f.geom::geography, ST_Transform(ST_SetSRID(ST_MakePoint(x, y), $crs), 4326)::geography)"
    case $crs in 382?) distance="ST_Distance(ST_Transform(f.geom, $crs), ST_SetSRID(ST_MakePoint(x, y), $crs))" ;; esac
    is "EPSG:$crs: exact at the centres of pixels" "$(sql "WITH p (x, y, v) AS (VALUES $(cat "$T/values")), s AS (
        SELECT x, y, v, (SELECT coalesce(sum(3e6 / (pi() * 2500 ^ 2) * (1 - (d / 2500) ^ 2) ^ 2), 0) FROM (
            SELECT $distance AS d FROM facility f WHERE f.geom IS NOT NULL) f WHERE d <= 2500) AS want FROM p)
        SELECT count(*) || ' ' || (max(want) > 0) || ' ' || (max(abs(v - want)) < 5e-6 * max(want)) FROM s")" '40 true true'
done
is 'parameters in the metadata' "$(gdalinfo -json "$T/3826.tif" | jq -r '.metadata[""] | "\(.HEAT_BY) \(.HEAT_KERNEL) \(.HEAT_RADIUS_M)"')" 'count quartic 2500'
like 'the atlas too' "$(gdalinfo -json "$T/3826.tif" | jq -r '.metadata[""].HEAT_ATLAS')" '^a[0-9]+-'
is 'Cloud Optimized' "$(gdalinfo -json "$T/3826.tif" | jq -r '.metadata.IMAGE_STRUCTURE.LAYOUT')" COG
http GET '/api/v1/heat.tif?pixel=500&type=float64'
cp "$BODY" "$T/all.tif"
near 'the integral is the number of facilities' "$(gdalinfo -json "$T/all.tif" | jq -r '.metadata[""].HEAT_WEIGHT_ON_GRID')" "$(sql 'SELECT count(*) FROM facility WHERE geom IS NOT NULL')" 2e-3
sql "COPY (SELECT ST_X(geom) AS lon, ST_Y(geom) AS lat FROM facility WHERE geom IS NOT NULL ORDER BY id DESC) TO STDOUT CSV HEADER" >"$T/points.csv"
"$HAZATLAS" heat "$T/points.csv" --x lon --y lat --crs EPSG:4326 --to EPSG:3826 --pixel 500 --type float64 -o "$T/command.tif" >"$T/log"
window=$(gdalinfo -json "$T/all.tif" | jq -r '.cornerCoordinates | "\(.upperLeft[0] + 5000) \(.upperLeft[1] - 5000) \(.lowerRight[0] - 5000) \(.lowerRight[1] + 5000)"')
for file in all command; do gdal_translate -q -of ENVI -projwin $window "$T/$file.tif" "$T/$file.raw"; done
ok 'the command makes the same bits of the same points' cmp "$T/all.raw" "$T/command.raw"
http GET '/api/v1/heat.tif?nodata=-9999&pixel=1000'
cp "$BODY" "$T/nodata.tif"
is 'nodata' "$(gdalinfo -json "$T/nodata.tif" | jq -c '[.bands[0].noDataValue, .bands[0].type]')" '[-9999,"Float32"]'
http GET '/api/v1/heat.tif?pixel=1&crs=EPSG:3826'
problem 'too many pixels' 413 'are the most'
http GET '/api/v1/heat.tif?pixel=0.5&crs=EPSG:4326'
problem 'a pixel of half a metre or degree' 400 'degrees below 0.1'
for bbox in 1,2,3 1,2,3,4,5 a,b,c,d 121,23,120,24 ''; do
    http GET "/api/v1/heat.tif?bbox=$bbox"
    problem "bbox=$bbox" 400 'west,south,east,north'
done
http GET '/api/v1/heat.tif?cas=1-2-3'
problem 'a substance that is none' 400
http GET '/api/v1/heat.tif?pixel=1000'
etag=$(header ETag)
http GET '/api/v1/heat.tif?pixel=1000' -H "If-None-Match: $etag"
is 'an atlas that did not change: 304' "$STATUS" 304

http GET '/api/v1/heat.tif?crs=EPSG:3826&pixel=100&bbox=170000,2490000,200000,2520000&bbox-crs=EPSG:3826'
cp "$BODY" "$T/grid.tif"
is 'bbox-crs: the very grid that was asked for' "$(gdalinfo -json "$T/grid.tif" | jq -c '[.size, .cornerCoordinates.upperLeft, .cornerCoordinates.lowerRight] | flatten | map(tonumber | round)')" '[300,300,170000,2520000,200000,2490000]'
http GET '/api/v1/heat.tif?bbox=170000,2490000,200000,2520000'
problem 'metres without bbox-crs' 400 'in degrees .EPSG:4326.'
http GET '/api/v1/heat.tif?bbox-crs=EPSG:3826'
problem 'bbox-crs alone' 400 'belongs to bbox'
http GET '/api/v1/heat.tif?pixel=20&bbox=120,22,122,25'
problem 'too many pixels: what would pass' 413 'a pixel [0-9.]+ times as large would pass'
pixel=$(json .detail | sed -n 's/.*a pixel \([0-9.]*\) times.*/\1/p' | awk '{ print 20 * $1 }')
http GET "/api/v1/heat.tif?pixel=$pixel&bbox=120,22,122,25"
is 'and it does' "$STATUS" 200

# ---- bands ----
http GET '/api/v1/heat/contours?radius=100&pixel=21'
problem 'bands of pixels too coarse for the radius' 400 'at most the radius / 5, 20 m'
http GET '/api/v1/heat/contours?radius=100'
problem 'bands that would need too many pixels' 413 'a bbox of 40 x 40 km would pass'
http GET "/api/v1/heat/contours?radius=100&levels=1&bbox=$(echo "$lon $lat" | awk '{ printf "%.3f,%.3f,%.3f,%.3f", $1 - 0.1, $2 - 0.1, $1 + 0.1, $2 + 0.1 }')"
is 'and it does, with fine pixels' "$STATUS $(json '.heat.pixel_deg < 0.0002')" '200 true'
http GET '/api/v1/heat/contours?levels=0.01,0.05,0.2,0.5,1&pixel=200'
is 'bands: status' "$STATUS" 200
is 'bands: type' "$(header Content-Type)" application/geo+json
is 'bands: from level to level' "$(json '[.features[].properties | "\(.lower)-\(.upper)"] | join(" ")')" '0.01-0.05 0.05-0.2 0.2-0.5 0.5-1 1-null'
jq -r '.features[] | [.properties.lower, (.geometry | tojson)] | @tsv' "$BODY" >"$T/bands.tsv"
bands() { # SQL over bands (lower, geom)
    { echo 'CREATE TEMP TABLE bands (lower float8, raw text); COPY bands FROM STDIN;'
      cat "$T/bands.tsv"
      printf '\\.\n%s\n' "WITH b AS (SELECT lower, ST_SetSRID(ST_GeomFromGeoJSON(raw), 4326) AS geom FROM bands) $1"; } >"$T/bands.sql"
    (cd / && /usr/lib/postgresql/15/bin/psql -qAtX -h "$(cd "$DATA/run" && pwd -P)" -U hazatlas hazatlas -c 'SET search_path TO hazatlas, public' -f "$T/bands.sql")
}
chmod 755 "$T"
is 'bands: polygons are valid' "$(bands "SELECT count(*) || ' ' || bool_and(ST_IsValid(geom)) FROM b")" '5 true'
is 'bands: none lies over another, no gap between' "$(bands "SELECT abs(sum(ST_Area(geom)) / ST_Area(ST_Union(geom)) - 1) < 1e-9 AND
    (SELECT ST_NumInteriorRings(ST_Collect(ST_ExteriorRing(d.geom))) IS NULL FROM ST_Dump(ST_Union(geom)) d LIMIT 1) FROM b")" t
is 'bands: the union has no hole where values are high' "$(bands "SELECT count(*) FROM (SELECT ST_Union(geom) AS u FROM b) x, facility f WHERE f.geom IS NOT NULL AND NOT ST_Covers(u, f.geom)")" 0
bands "SELECT DISTINCT ON (round(lower::numeric, 3)) lower || ' ' || ST_X(p) || ' ' || ST_Y(p) FROM (SELECT lower, ST_PointOnSurface((ST_Dump(geom)).geom) AS p FROM b) x" >"$T/inside"
while read -r lower x y; do
    http GET "/api/v1/heat?lon=$x&lat=$y&limit=0"
    is "bands: a place in the one from $lower" "$(json "[0.01, 0.05, 0.2, 0.5, 1, 1e9] as \$l | (\$l | index($lower)) as \$i | .value > \$l[\$i] * 0.93 and .value < \$l[\$i + 1] * 1.07")" true
done <"$T/inside"
is 'bands: there were five' "$(wc -l <"$T/inside")" 5
http GET '/api/v1/heat/contours?format=gpkg&crs=EPSG:3826&levels=0.05,0.5&pixel=250'
is 'GeoPackage: type' "$(header Content-Type)" application/geopackage+sqlite3
cp "$BODY" "$T/bands.gpkg"
is 'GeoPackage: bands' "$(ogr2ogr -q -f CSV /vsistdout/ "$T/bands.gpkg" -dialect SQLite -sql 'SELECT lower, upper, ST_IsValid(geom) AS valid FROM heat' | tail -n +2 | tr '\n' ' ' | tr -d '"')" '0.05,0.5,1 0.5,,1 '
is 'GeoPackage: system' "$(gdalsrsinfo -o epsg "$T/bands.gpkg" | tr -d '\n')" EPSG:3826
http GET '/api/v1/heat/contours'
is "bands: the map's own levels" "$(json '[.features[].properties.lower] | length > 3 and . == sort')" true
for levels in 1,1 2,1 0,1 a -1 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21; do
    http GET "/api/v1/heat/contours?levels=$levels"
    problem "levels=$levels" 400 levels
done
http GET '/api/v1/heat/contours?levels=5,1'
problem 'levels as they were sent' 400 'levels is "5,1"'
http GET '/api/v1/heat/contours?crs=EPSG:3826'
problem 'GeoJSON in metres' 400 'format=gpkg'
http GET '/api/v1/heat/contours?pixel=5'
problem 'contours of a small pixel' 400 'at least 10'
http GET '/api/v1/heat/contours?pixel=40'
problem 'contours of too many pixels' 413 'are the most'
http GET '/api/v1/heat/contours?levels=0.05,0.5,100000,200000&pixel=250'
is 'bands without area are left out' "$(json '[.features[] | "\(.properties.lower) \(.geometry.coordinates | length > 0)"] | join(", ")')" '0.05 true, 0.5 true'
http GET '/api/v1/heat/contours?format=gpkg&levels=0.05,0.5,100000,200000&pixel=250'
cp "$BODY" "$T/high.gpkg"
is 'nor are they in a GeoPackage' "$(ogrinfo -q -ro "$T/high.gpkg" -dialect SQLite -sql 'SELECT count(*) AS n FROM heat' | sed -n 's/.* = //p')" 2
http GET '/api/v1/heat/contours?levels=100000'
is 'no band at all' "$STATUS $(json '.features | length')" '200 0'

# ---- sums over areas ----
total=$(sql 'SELECT count(*) FROM facility WHERE geom IS NOT NULL')
http GET '/api/v1/heat/zonal?zones=county&pixel=200'
is 'counties: all' "$(json '.zones | length')" 22
near 'counties: what is inside and what is not' "$(json '.inside + .outside')" "$total"
is 'counties: inside is their sum' "$(json '([.zones[].integral] | add) - .inside | fabs < 1e-6')" true
is 'counties: shares' "$(json "[.zones[] | .share * $total - .integral | fabs < 1e-5] | all")" true
county=$(json '[.zones[] | select(.integral > 5)][0] | "\(.code) \(.integral) \(.area_km2) \(.max)"')
set -- $county
near 'counties: area on the ground' "$3" "$(sql "SELECT ST_Area(geom::geography) / 1e6 FROM area WHERE kind = 'county' AND code = '$1'")"
http GET "/api/v1/heat/zonal?zones=county&pixel=300"
near 'counties: another pixel, the same sum' "$(json "[.zones[] | select(.code == \"$1\")][0].integral")" "$2" 1e-2
http GET '/api/v1/heat/zonal?zones=township&pixel=200'
near 'townships: the same inside' "$(json .inside)" "$(curl -s "$URL/api/v1/heat/zonal?zones=county&pixel=200" | jq .inside)" 1e-4
post() { http POST "$1" -H 'Content-Type: application/json' --data-binary "$2"; }
square() { echo "{\"type\": \"Polygon\", \"coordinates\": [[[$1, $2], [$3, $2], [$3, $4], [$1, $4], [$1, $2]]]}"; }
post '/api/v1/heat/zonal?pixel=500' "$(square 119 21.5 123 25.6)"
is 'own polygon: status' "$STATUS" 200
near 'own polygon: all of it' "$(json '.zones[0].integral')" "$total" 2e-3
set -- $(echo "$lon $lat" | awk '{ printf "%.4f %.4f %.4f %.4f", $1 - 0.01, $2 - 0.01, $1 + 0.01, $2 + 0.01 }')
post '/api/v1/heat/zonal' "$(square "$@")"
near 'own polygon: area' "$(json '.zones[0].area_km2')" "$(sql "SELECT ST_Area(ST_MakeEnvelope($1, $2, $3, $4, 4326)::geography) / 1e6")" 1e-2
mean=$(sql "SELECT avg((SELECT coalesce(sum(3e6 / (pi() * 2500 ^ 2) * (1 - (d / 2500) ^ 2) ^ 2), 0) FROM (SELECT ST_Distance(geom::geography, ST_SetSRID(ST_MakePoint($1 + 0.02 * (i + 0.5) / 15, $2 + 0.02 * (k + 0.5) / 15), 4326)::geography) AS d FROM facility
    WHERE ST_DWithin(geom, ST_SetSRID(ST_MakePoint($lon, $lat), 4326), 0.1)) f WHERE d <= 2500)) FROM generate_series(0, 14) i, generate_series(0, 14) k")
near 'own polygon: the mean' "$(json '.zones[0].mean')" "$mean" 5e-3
is 'own polygon: the largest is above it' "$(json '.zones[0] | .max >= .mean and .max_lon > 0')" true
post '/api/v1/heat/zonal?radius=20000' "$(square $(echo "$lon $lat" | awk '{ printf "%.6f %.6f %.6f %.6f", $1 - 0.0005, $2 - 0.0005, $1 + 0.0005, $2 + 0.0005 }'))"
near 'own polygon: of a hundred metres, with the largest radius' "$(json '.zones[0].mean')" "$(curl -s "$URL/api/v1/heat?lon=$lon&lat=$lat&radius=20000" | jq .value)" 1e-2
post '/api/v1/heat/zonal?pixel=250' "$(square $(echo "$lon $lat" | awk '{ printf "%.6f %.6f %.6f %.6f", $1 - 0.00005, $2 - 0.00005, $1 + 0.00005, $2 + 0.00005 }'))"
problem 'a pixel larger than what was sent' 400 'smaller one'
post '/api/v1/heat/zonal?pixel=500' "$(square "$@")"
near 'own polygon: the mean by pixels of a quarter of it' "$(json '.zones[0].mean')" "$mean" 3e-2
is 'own polygon: and it says how far that may be off' "$(json ".zones[0] | (.mean / $mean - 1 | fabs) < 2 * .relative_error")" true
post '/api/v1/heat/zonal' "{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"properties\": {\"name\": \"甲區\"}, \"geometry\": $(square 120 22 121 24)}, {\"type\": \"Feature\", \"properties\": null, \"geometry\": $(square 121 22 122 24)}]}"
is 'several polygons: a row each' "$(json '[.zones[].name] | tojson')" '["甲區",null]'
http GET /api/v1/heat/zonal?pixel=500
etag=$(header ETag)
http POST '/api/v1/heat/zonal?pixel=500' -H "If-None-Match: $etag" -H 'Content-Type: application/json' --data-binary "$(square 120 22 121 23)"
is 'own polygon: no validator' "$STATUS $(header ETag)" '200 '
for body in '' '{}' '[1]' '{"type": "Point", "coordinates": [120, 23]}' '{"type": "Polygon", "coordinates": [[[1, 2]]]}' '{"type": "Polygon", "coordinates": [[[1, 2], [3, "4"], [5, 6], [1, 2]]]}' \
    '{"type": "Polygon", "coordinates": [[[250000, 2600000], [260000, 2600000], [260000, 2610000], [250000, 2600000]]]}' '{"type": "FeatureCollection", "features": []}'; do
    post /api/v1/heat/zonal "$body"
    is "a body that is no polygon: ${body:-nothing}" "$STATUS" 400
done
for radius in 100 500; do # counties against the facilities that lie in them
    http GET "/api/v1/heat/zonal?radius=$radius"
    json '.zones[] | "(\(.code | @json | gsub("\""; "\u0027")), \(.integral)::float8)"' | paste -sd, - >"$T/sums"
    is "radius $radius: sums of counties" "$(sql "WITH v (code, got) AS (VALUES $(cat "$T/sums")), want AS (SELECT a.code, a.geom, count(f.id) AS n FROM area a
        LEFT JOIN facility f ON ST_Covers(a.geom, f.geom) WHERE a.kind = 'county' GROUP BY 1, 2) SELECT count(*) || ' ' || bool_and(abs(got - n) <= 1e-3 * n + (SELECT count(*) FROM facility f
        WHERE f.geom IS NOT NULL AND ST_DWithin(ST_Boundary(want.geom), f.geom, $radius / 90000.0))) FROM v JOIN want USING (code)")" '22 true'
    is "radius $radius: nothing outside is negative" "$(json '.outside >= 0 and .pixel_m <= .radius_m / 5 and (.relative_error | type) == "number"')" true
    post "/api/v1/heat/zonal?radius=$radius" "$(square 0 -60 170 80)"
    is "radius $radius: a polygon far larger than the data" "$(json '"\(.inside == .total_weight) \(.outside)"')" 'true 0'
    post "/api/v1/heat/zonal?radius=$radius&by=quantity" "{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"geometry\": $(square 100 0 140 40)}, {\"type\": \"Feature\", \"geometry\": $(square 110 10 130 30)}]}"
    is "radius $radius: polygons over each other count once inside" "$(json '"\(.outside) \([.zones[].share] | map(. * 1e6 | round) | tojson)"')" '0 [1000000,1000000]'
done
http GET '/api/v1/heat/zonal?radius=100&pixel=21'
problem 'pixels too coarse for the radius' 400 'at most the radius / 5, 20 m'
invalid() { # NAME FAULT COORDINATES
    post /api/v1/heat/zonal "{\"type\": \"MultiPolygon\", \"coordinates\": $3}"
    problem "$1" 400 "polygon 1 is not valid: $2 at longitude 12[01]"
}
ring='[[120, 22], [121, 22], [121, 23], [120, 23], [120, 22]]'
invalid 'a bow-tie' Self-intersection '[[[[120, 22], [121, 23], [121, 22], [120, 23], [120, 22]]]]'
invalid 'the same ring twice' '.*' "[[$ring, $ring]]"
invalid 'a hole outside' 'Hole lies outside shell' "[[$ring, [[121.5, 23.5], [121.6, 23.5], [121.6, 23.6], [121.5, 23.5]]]]"
invalid 'parts over each other' '.*' "[[$ring], [[[120.5, 22.5], [121.5, 22.5], [121.5, 23.5], [120.5, 22.5]]]]"
invalid 'a part twice' '.*' "[[$ring], [$ring]]"
post /api/v1/heat/zonal '{"type": "Polygon", "coordinates": [[[120, 22], [121, 22], [121, 23], [120, 23]]]}'
problem 'a ring that is open' 400 'does not end where it begins'
awk 'BEGIN { printf "{\"type\": \"Polygon\", \"coordinates\": [["; for (i = 0; i < 60000; i++) printf "[%.9f,%.9f],", 121 + 0.5 * cos(i * 6.283185307179586 / 60000), 24 + 0.5 * sin(i * 6.283185307179586 / 60000); print "[121.5,24]]]}" }' | sed 's/\[\[\[[^]]*\]/[[[121.5,24]/' >"$T/large.json"
http POST /api/v1/heat/zonal -H 'Content-Type: application/json' --data-binary "@$T/large.json"
is "a polygon of $(wc -c <"$T/large.json") bytes" "$STATUS $(json '.zones | length')" '200 1'
head -c 4200000 /dev/zero | tr '\0' ' ' >"$T/larger.json"
http POST /api/v1/heat/zonal -H 'Content-Type: application/json' --data-binary "@$T/larger.json"
problem 'a body past its limit' 413 'larger than 4194304 bytes'
http GET '/api/v1/heat/zonal?zones=village'
problem 'areas that are none' 400
http GET '/api/v1/heat/zonal?zones=basin'
is 'no basins yet' "$(json '.zones | length')" 0

# ---- two maps ----
compare() { http GET "/api/v1/heat/compare?a=$(jq -rn --arg q "$1" '$q | @uri')&b=$(jq -rn --arg q "$2" '$q | @uri')$3"; }
compare by=count by=count
is 'with itself: the same' "$(json '[.overlap, .pearson, .spearman] | map(. * 1e6 | round) | tojson')" '[1000000,1000000,1000000]'
is 'with itself: no difference' "$(json '.most_above.value == 0 and .most_below.value == 0 and .only_a_km2 == 0')" true
north=$(sql "SELECT code FROM area WHERE kind = 'county' AND name LIKE '桃園%'") south=$(sql "SELECT code FROM area WHERE kind = 'county' AND name LIKE '高雄%'")
compare "by=count&county=$north" "by=count&county=$south"
is 'far apart: nothing in common' "$(json '.overlap == 0 and .both_km2 == 0 and .only_a_km2 > 0 and .only_b_km2 > 0')" true
is 'far apart: where each is alone' "$(json '.most_above.lat > .most_below.lat')" true
compare by=quantity by=count '&zones=county&pixel=500'
is 'quantity and number: overlap between nothing and all' "$(json '.overlap > 0.05 and .overlap < 0.95')" true
json '.zones[] | select(.a.mean != null) | "(\(.a.mean)::float8,\(.b.mean)::float8)"' | paste -sd, - >"$T/pairs"
near 'by county: the rank correlation' "$(json .zones_spearman)" "$(sql "WITH v (a, b) AS (VALUES $(cat "$T/pairs")), r AS (SELECT
    rank() OVER (ORDER BY a) + (count(*) OVER (PARTITION BY a) - 1) / 2.0 AS ra, rank() OVER (ORDER BY b) + (count(*) OVER (PARTITION BY b) - 1) / 2.0 AS rb FROM v) SELECT corr(ra, rb) FROM r")" 1e-6
http GET '/api/v1/heat/zonal?by=quantity&pixel=500'
compare by=quantity by=quantity '&zones=county&pixel=500'
is 'by county: the sums of zonal' "$(json '[.zones[] | .a.integral | . * 10 | round] == [.zones[] | .b.integral | . * 10 | round]')" true
compare by=quantity by=count '&format=tif&value=ratio&crs=EPSG:3826&pixel=500&type=float64'
is 'a raster: status' "$STATUS" 200
cp "$BODY" "$T/ratio.tif"
http GET '/api/v1/heat.tif?by=quantity&pixel=500&type=float64'
cp "$BODY" "$T/quantity.tif"
xy=$(sql "SELECT round(ST_X(geom_3826) / 500) * 500 + 250 || ' ' || round(ST_Y(geom_3826) / 500) * 500 + 250 FROM facility WHERE id = $nearest")
near 'a raster: the ratio of the two' "$(at "$T/ratio.tif" $xy)" "$(echo "$(at "$T/quantity.tif" $xy) $(at "$T/all.tif" $xy)" | awk '{ printf "%.12g", $1 / $2 }')"
is 'a raster: both queries in the metadata' "$(gdalinfo -json "$T/ratio.tif" | jq -r '.metadata[""] | "\(.HEAT_COMPARE) \(.HEAT_A_BY) \(.HEAT_B_BY)"')" 'ratio quantity count'
compare by=count 'by=nothing'
problem 'a query that is none' 400 'in b'
compare by=quantity by=count
is 'densities are compared everywhere' "$(json '.a.compared_share == 1 and .b.compared_share == 1 and .overlap_whole == .overlap and (.notes | any(.en | test("lies where")) | not)')" true
is 'different units: no difference' "$(json '[.most_above.value, .most_below.value, .notes[0].en[0:39]] | tojson')" '[null,null,"the two maps have different units: thei"]'
compare radius=100 'radius=100&kernel=uniform'
is 'radius 100: sums are the weights' "$(json '[.a, .b] | map((.sum / .total_weight - 1) | fabs < 2e-3) | tojson')" '[true,true]'
compare by=count 'by=count&lon=1'
problem 'a parameter that is none there' 400 'no parameter "lon"'
http GET '/api/v1/heat/compare?a=by%3Dcount'
problem 'one query alone' 400 'a and b are wanted'
compare by=count by=count '&pixel=5'
problem 'a comparison of too many pixels' 413 'would be compared'

# ---- do measured concentrations and use coincide? ----
cas=$(curl -s "$URL/api/v1/substances?limit=1000" | jq -r '[.substances[] | select(.facilities > 20 and .cas != null)][0].cas')
{ echo 'sample_id,環境類別,化學物質名稱,CAS No.,樣品類型,計畫年度,採樣地點,濃度,單位,採樣日期,經度,緯度'
  sql "SELECT 'S' || row_number() OVER (ORDER BY f.id) || ',河川,某物,$cas,底泥,2020,橋' || f.id || ',' || 0.5 + (f.id % 7) || ',mg/kg,2020/4/1,' || ST_X(f.geom) || ',' || ST_Y(f.geom)
      FROM facility f WHERE f.geom IS NOT NULL ORDER BY f.id LIMIT 30"; } >"$T/samples.csv"
"$HAZATLAS" import samples "$T/samples.csv" --source lab --data "$DATA" >"$T/log" 2>&1 || sed 's/^/# /' "$T/log"
cat >"$T/basins.geojson" <<'JSON'
{"type": "FeatureCollection", "features": [
 {"type": "Feature", "properties": {"流域": "北溪", "流域編號": "1"}, "geometry": {"type": "Polygon", "coordinates": [[[119.9, 23.8], [122.1, 23.8], [122.1, 25.4], [119.9, 25.4], [119.9, 23.8]]]}},
 {"type": "Feature", "properties": {"流域": "南溪", "流域編號": "2"}, "geometry": {"type": "Polygon", "coordinates": [[[119.9, 21.8], [122.1, 21.8], [122.1, 23.8], [119.9, 23.8], [119.9, 21.8]]]}}]}
JSON
"$HAZATLAS" import basins "$T/basins.geojson" --source rivers --data "$DATA" >"$T/log" 2>&1 || sed 's/^/# /' "$T/log"
has_samples() { curl -s "$URL/api/v1/heat?lon=$lon&lat=$lat&by=concentration&cas=$cas&limit=0" | jq -e '.points == 30' && curl -s "$URL/api/v1/heat/zonal?zones=basin" | jq -e '.zones | length == 2'; }
ok 'samples and basins are in the atlas' wait_until has_samples
compare "by=concentration&cas=$cas" "by=quantity&cas=$cas" '&zones=basin'
near 'where samples are near lies a part of the quantity' "$(json .b.compared_share)" "$(json '.b.sum / .b.total_weight')" 5e-3
is 'which is said, and the overlap over all of it' "$(json '.b.compared_share < 0.99 and .a.compared_share == 1 and .overlap_whole > 0 and .overlap_whole < .overlap and (.notes | any(.en | test("of the sum of b lies where a has no value")))')" true
is 'sites: each once' "$(json '.sites_count')" "$(sql "SELECT count(DISTINCT geom) FROM sample WHERE source = 'lab'")"
is 'sites: their means' "$(json '[.sites[].measured_mean * 10 | round] | sort | unique | length > 3')" true
site=$(json '.sites[0] | "lon=\(.lon)&lat=\(.lat)"')
there=$(json '.sites[0].b')
json '.sites[] | "(\(.measured_mean)::float8,\(.b)::float8)"' | paste -sd, - >"$T/pairs"
near 'sites: the rank correlation' "$(json .sites_spearman)" "$(sql "WITH v (a, b) AS (VALUES $(cat "$T/pairs")), r AS (SELECT
    rank() OVER (ORDER BY a) + (count(*) OVER (PARTITION BY a) - 1) / 2.0 AS ra, rank() OVER (ORDER BY b) + (count(*) OVER (PARTITION BY b) - 1) / 2.0 AS rb FROM v) SELECT corr(ra, rb) FROM r")" 1e-5
is 'basins: measured beside use' "$(json '[.zones[] | "\(.name) \(.a.mean != null) \(.b.share > 0)"] | join(", ")')" '北溪 true true, 南溪 true true'
http GET "/api/v1/heat?$site&by=quantity&cas=$cas&limit=0"
near 'sites: the other map there' "$there" "$(json .value)" 1e-6
http GET "/api/v1/heat.tif?by=concentration&cas=$cas&pixel=500&type=float64"
cp "$BODY" "$T/mean.tif"
is 'a raster of means lies between the measured values' "$(gdal_translate -q -of XYZ "$T/mean.tif" /vsistdout/ | awk '$3 != "nan" { n++; if (low == "" || $3 < low) low = $3; if ($3 > high) high = $3 } END { print (n > 100 && low >= 0.5 - 1e-9 && high <= 6.5 + 1e-9) ? "yes" : n " " low " " high }')" yes
is 'and is NaN elsewhere' "$(gdalinfo -json "$T/mean.tif" | jq -r '.bands[0].noDataValue')" NaN

# ---- the public tier: nothing that is not of three operators ----
for path in 'heat.tif?pixel=1000&' 'heat/contours?' 'heat/zonal?'; do
    http GET "/api/v1/${path}tier=public"
    like "public: $path" "$STATUS" '^(200|400)$'
done
http GET "/api/v1/heat?lon=$lon&lat=$lat&tier=public"
is 'public: contributors have no names' "$(json '[.contributors_listed[] | has("name")] | any')" false
done_testing

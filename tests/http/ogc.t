#!/bin/sh
# OGC API Features, Part 1, as its abstract tests ask, and as GDAL reads it.
. tests/http/lib.sh
start_server --sample "${BUILD:-build}/sample"
http GET /api/v1/status
all=$(json .atlas.facilities)
drawn=$(json .atlas.drawn)

# ---- landing, conformance, API definition ----
http GET /ogc/ -H 'Accept: application/json'
is 'landing: status' "$STATUS" 200
for rel in self alternate service-desc service-doc conformance data; do
    href=$(json "[.links[] | select(.rel == \"$rel\")][0].href")
    type=$(json "[.links[] | select(.rel == \"$rel\")][0].type")
    ok "landing: link $rel has a type" test -n "$type"
    got=$(curl -s -o /dev/null -w '%{http_code} %{content_type}' "$href")
    like "landing: $rel answers with it" "$got" "^200 $(echo "$type" | sed 's/[+.]/\\&/g')"
done
http GET /ogc
is 'without the slash too' "$STATUS" 200
http GET /ogc/ -H 'Accept: text/html,application/xhtml+xml,*/*;q=0.8'
like 'a browser gets HTML' "$(header Content-Type)" '^text/html'
http GET '/ogc/?f=json' -H 'Accept: text/html'
is 'f= goes before Accept' "$(header Content-Type)" application/json
http GET /ogc/conformance
like 'conformance: core' "$(json '.conformsTo[]')" 'ogcapi-features-1/1.0/conf/core'
http GET /ogc/api
is 'api: OpenAPI' "$(json .openapi)" 3.0.3
is 'api: limit as QGIS looks for it' "$(json '.components.parameters.limit.schema | "\(.minimum) \(.maximum) \(.default)"')" '1 10000 100'
is 'api: bbox as the test suite wants it' "$(json '.components.parameters.bbox | "\(.style) \(.explode) \(.schema.type) \(.schema.minItems) \(.schema.maxItems) \(.schema.items.type)"')" 'form false array 4 6 number'
is 'api: every $ref leads somewhere' "$(json '. as $d | [.. | objects | .["$ref"]? // empty | ltrimstr("#/") | split("/") as $p | select($d | getpath($p) == null)] | length')" 0
is 'api: operation ids are unique' "$(json '[.paths[].get.operationId] | length == (unique | length)')" true

# ---- collections ----
http GET /ogc/collections
is 'collections' "$(json '[.collections[].id] | join(" ")')" 'facilities counties townships basins rivers zones sites samples incidents places contaminated stations layouts stocks'
is 'collections: bbox is an array of arrays' "$(json '[.collections[].extent.spatial.bbox[0] | length] | unique | join(" ")')" 4
is 'collections: items in both formats' "$(json '[.collections[] | [.links[] | select(.rel == "items").type] | sort | join(" ")] | unique | join(",")')" 'application/geo+json text/html'
http GET /ogc/collections/facilities
is 'collection: self' "$(json '[.links[] | select(.rel == "self")] | length')" 1
http GET /ogc/collections/facilities/queryables
is 'queryables: media type' "$(header Content-Type)" application/schema+json
like 'queryables: names' "$(json '.properties | keys | join(" ")')" 'county.*ems_no.*name'

# ---- items ----
before=$(date -u +%FT%TZ)
http GET /ogc/collections/facilities/items
after=$(date -u +%FT%TZ)
is 'items: media type' "$(header Content-Type)" application/geo+json
is 'items: Content-Crs' "$(header Content-Crs)" '<http://www.opengis.net/def/crs/OGC/1.3/CRS84>'
is 'items: default limit' "$(json '"\(.type) \(.features | length) \(.numberReturned) \(.numberMatched)"')" "FeatureCollection 100 100 $all"
is 'items: timeStamp is now' "$(json ".timeStamp >= \"$before\" and .timeStamp <= \"$after\"")" true
is 'items: links have types' "$(json '[.links[] | select(.type == null or .href == null)] | length')" 0
is 'items: the first features carry every kind of value' "$(json '[.features[0:10][].properties | .score, .quantity_kg | type] | unique | join(" ")')" number
path=/ogc/collections/facilities/items?limit=33
: >"$TEST_TMP/ids"
: >"$TEST_TMP/matched"
while [ -n "$path" ]; do
    http GET "$path"
    json '.features[].id' >>"$TEST_TMP/ids"
    json '.numberMatched' >>"$TEST_TMP/matched"
    next=$(json '[.links[] | select(.rel == "next").href][0] // ""')
    path=${next#"$URL"}
done
is 'paging: every facility once' "$(sort -u "$TEST_TMP/ids" | wc -l) $(wc -l <"$TEST_TMP/ids")" "$all $all"
is 'paging: numberMatched is the sum of the pages' "$(sort -u "$TEST_TMP/matched")" "$all"
http GET '/ogc/collections/facilities/items?limit=10000'
is 'limit 10000: all' "$(json .numberReturned)" "$all"
is 'geometry is null where not drawn' "$(json '[.features[] | select(.geometry == null)] | length')" $((all - drawn))
is 'and says why' "$(json '[.features[] | select(.geometry == null) | .properties.position_check] - ["missing", "outside", "other_zone"] | length')" 0
is 'at most 7 decimals' "$(json '[.features[].geometry | select(. != null) | .coordinates[] | tostring | select(test("\\.[0-9]{8}"))] | length')" 0
cp "$BODY" "$TEST_TMP/all.json"
http GET '/ogc/collections/facilities/items?limit=100000000'
is 'limit above the maximum is clamped' "$STATUS $(json .numberReturned)" "200 $all"

count() { # QUERY: numberMatched and the features on all pages
    path="/ogc/collections/facilities/items?limit=50&$1"
    sum=0
    while [ -n "$path" ]; do
        http GET "$path"
        matched=$(json .numberMatched)
        sum=$((sum + $(json '.features | length')))
        next=$(json '[.links[] | select(.rel == "next").href][0] // ""')
        path=${next#"$URL"}
    done
    echo "$matched $sum"
}
inside() { # JQ-CONDITION on $x $y
    jq "[.features[].geometry | select(. != null) | .coordinates as [\$x, \$y] | select($1)] | length" "$TEST_TMP/all.json"
}
want=$(inside '$x >= 120.2 and $x <= 121 and $y >= 22.4 and $y <= 24')
is 'bbox' "$(count 'bbox=120.2,22.4,121,24')" "$want $want"
is 'bbox of six numbers' "$(count 'bbox=120.2,22.4,-10,121,24,4000')" "$want $want"
want=$(inside '$x >= 121 or $x <= -170')
is 'bbox across the antimeridian' "$(count 'bbox=121,-90,-170,90')" "$want $want"
is 'bbox far away' "$(count 'bbox=0,0,1,1')" '0 0'
is 'datetime is taken' "$(count 'datetime=2020-01-01T00:00:00Z/..')" "$all $all"
county=$(jq -r '.features[0].properties.county' "$TEST_TMP/all.json")
want=$(jq "[.features[] | select(.properties.county == \"$county\")] | length" "$TEST_TMP/all.json")
http GET /ogc/collections/facilities/items -G --data-urlencode "county=$county" --data-urlencode limit=1000
is 'county=' "$(json '"\(.numberMatched) \(.numberReturned)"')" "$want $want"
number=$(jq -r '.features[7].properties.ems_no' "$TEST_TMP/all.json")
http GET "/ogc/collections/facilities/items?ems_no=$number"
is 'ems_no=' "$(json '.features[0].properties.ems_no')" "$number"

# ---- one feature, HTML, validators ----
id=$(jq '.features[0].id' "$TEST_TMP/all.json")
http GET "/ogc/collections/facilities/items/$id"
is 'item' "$(json '"\(.type) \(.id)"')" "Feature $id"
is 'item: links' "$(json '[.links[].rel] | sort | join(" ")')" 'alternate collection self'
http GET "/ogc/collections/facilities/items/$id?f=html"
like 'item: HTML' "$(header Content-Type)" '^text/html'
http GET '/ogc/collections/facilities/items?f=html'
like 'items: HTML' "$(cat "$BODY")" '<table>'
http GET '/ogc/collections/facilities/items'
etag=$(header ETag)
http GET '/ogc/collections/facilities/items' -H "If-None-Match: $etag"
is '304' "$STATUS" 304
http HEAD '/ogc/collections/facilities/items'
is 'HEAD' "$STATUS" 200
is 'CORS' "$(header Access-Control-Allow-Origin)" '*'

# ---- areas ----
http GET '/ogc/collections/counties/items?limit=1000'
is 'counties' "$(json '"\(.numberMatched) \(.numberReturned) \(.features[0].geometry.type)"')" '22 22 MultiPolygon'
http GET '/ogc/collections/townships/items?limit=100'
is 'townships page' "$(json '"\(.numberMatched) \(.numberReturned)"')" '368 100'
code=$(json '.features[0].id')
http GET "/ogc/collections/townships/items/$code"
is 'one township' "$(json .properties.code)" "$code"

# ---- what cannot be ----
for bad in 'facilities/items?limit=0' 'facilities/items?limit=-1' 'facilities/items?limit=x' 'facilities/items?bbox=1,2,3' \
    'facilities/items?bbox=a,b,c,d' 'facilities/items?bbox=1,2,3,nan' 'facilities/items?bbox=120,30,121,20' \
    'facilities/items?datetime=yesterday' 'facilities/items?unknown=1' 'facilities/items?after=%27' 'facilities/items?after=x-1' \
    'facilities/items?f=xml' 'counties/items?ems_no=1' 'facilities?limit=1'; do
    http GET "/ogc/collections/$bad"
    problem "$bad" 400
done
for none in 'plants' 'plants/items' 'facilities/items/99999999' 'facilities/items/x' 'counties/items/1' 'townships/items/%27%20OR%201'; do
    http GET "/ogc/collections/$none"
    problem "$none" 404
done
http POST /ogc/collections/facilities/items
problem 'POST' 405

# ---- GDAL ----
is 'GDAL: layers' "$(ogrinfo -ro "OAPIF:$URL/ogc/" 2>/dev/null | grep -Ec '^[0-9]+: ')" 14
summary=$(ogrinfo -ro -so "OAPIF:$URL/ogc/" facilities)
like 'GDAL: count' "$summary" "^Feature Count: $all\$"
like 'GDAL: score is a number' "$summary" '^score: Real'
ok 'GDAL: reads every feature, ten at a time' ogr2ogr -f GPKG "$TEST_TMP/all.gpkg" "OAPIF:$URL/ogc/" facilities
is 'GDAL: all there' "$(ogrinfo -ro -q "$TEST_TMP/all.gpkg" -sql 'SELECT count(DISTINCT id) AS n, count(geom) AS g FROM facilities' | awk '/ = / { printf "%s ", $NF }')" "$all $drawn "
is 'GDAL: bbox is sent on' "$(ogrinfo -ro -so "OAPIF:$URL/ogc/" facilities -spat 120.2 22.4 121 24 | sed -n 's/^Feature Count: //p')" "$(inside '$x >= 120.2 and $x <= 121 and $y >= 22.4 and $y <= 24')"
is 'GDAL: filters are sent on' "$(ogrinfo -ro -q "OAPIF:$URL/ogc/" facilities -where "ems_no='$number'" | grep -c '^OGRFeature')" 1
is 'GDAL: townships' "$(ogrinfo -ro -so "OAPIF:$URL/ogc/" townships -oo PAGE_SIZE=1000 | sed -n 's/^Feature Count: //p')" 368
stop_server
is 'the server ends well' "$SERVER_EXIT" 0
done_testing

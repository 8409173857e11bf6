#!/bin/sh
# records.t - families of records as tiles, collections and single answers.
. tests/http/lib.sh
start_server --sample "${BUILD:-build}/sample"

awk 'BEGIN { print "類別,編號,名稱,經度,緯度"
    for (i = 0; i < 3000; i++) printf "避難所,S%d,避難所%d,%.6f,%.6f\n", i, i, 121.50 + (i % 60) * 0.001, 25.00 + int(i / 60) * 0.001
    print "醫院,H1,<b>\"大\"醫院,121.7,25.1"; print "醫院,H2,沒有座標,," }' >"$TEST_TMP/places.csv"
ok 'places come in' "$HAZATLAS" import places "$TEST_TMP/places.csv" --source test --data "$DATA"
ok 'the server has them' wait_until sh -c "[ \"\$(curl -s $URL/api/v1/records | jq '.kinds[] | select(.kind == \"places\") | .records')\" = 3002 ]"
http GET /api/v1/records
is 'drawn are those with a position' "$(json '.kinds[] | select(.kind == "places") | .drawn')" 3001

id=$(sql "SELECT id FROM record WHERE kind = 'places' AND name LIKE '%大%'")
http GET "/api/v1/records/places/$id"
is 'one record: status' "$STATUS" 200
is 'one record: name as it is' "$(json .name)" '<b>"大"醫院'
is 'one record: fields by their columns' "$(json '.fields | "\(.class) \(.place_no)"')" 'hospital H1'
is 'one record: where it came from' "$(json '.source | "\(.name) \(.file) \(.line)"')" 'test places.csv 3002'
is 'one record: position' "$(json '.position | "\(.lon) \(.lat) \(.geometry)"')" '121.7 25.1 Point'
http GET /api/v1/records/places/999999999
is 'no such record' "$STATUS" 404
http GET /api/v1/records/facilities/1
is 'facilities are no family of records' "$STATUS" 404
http GET '/api/v1/records/places/1%20OR%201=1'
is 'a record has a number' "$STATUS" 404

# ---- tiles: all in few, none lost at the edges ----
count() { # count ZOOM: what the tiles of a zoom that hold the places add up to
    total=0
    for tile in $(awk -v z="$1" 'BEGIN { n = 2 ^ z; pi = atan2(0, -1)
        x0 = int((121.49 + 180) / 360 * n); x1 = int((121.71 + 180) / 360 * n)
        for (x = x0; x <= x1; x++) for (y = yof(25.11); y <= yof(24.99); y++) print x "/" y }
        function yof(lat) { lat = lat * pi / 180; return int((1 - log(sin(lat) / cos(lat) + 1 / cos(lat)) / pi) / 2 * n) }'); do
        curl -s -o "$TEST_TMP/t.mvt" "$URL/tiles/places/$1/$tile.mvt"
        [ -s "$TEST_TMP/t.mvt" ] || continue
        x=${tile%/*} y=${tile#*/}
        n=$(ogr2ogr -f GeoJSON /vsistdout/ "$TEST_TMP/t.mvt" -oo X="$x" -oo Y="$y" -oo Z="$1" -oo CLIP=YES 2>/dev/null |
            jq '[.features[].properties.count // 1] | add // 0')
        total=$((total + n))
    done
    echo $total
}
is 'many points come as cells with their exact number' "$(count 8)" 3001
is 'of the whole land too' "$(count 6)" 3001
http GET /tiles/places/16/54888/28067.mvt
like 'a tile deep in is there or empty' "$STATUS" '^20[04]$'
http GET /tiles/places.json
is 'TileJSON names the layer' "$(json '.vector_layers[0].id')" places
http GET /tiles/nothing/3/1/1.mvt
is 'no such layer' "$STATUS" 404
http GET /tiles/facilities_x/3/9/1.mvt
is 'no tile either' "$STATUS" 404
http GET /tiles/places/3/9/1.mvt
is 'a tile outside its zoom' "$STATUS" 400

# ---- collections ----
http GET '/ogc/collections/places/items?limit=2'
is 'items: all that match' "$(json .numberMatched)" 3002
is 'items: fields are properties' "$(json '.features[0].properties | "\(.class) \(.place_no)"')" 'shelter S0'
next=$(json '.links[] | select(.rel == "next") | .href')
curl -s "$next" >"$BODY"
is 'items: the next page goes on' "$(json '.features[0].properties.place_no')" S2
http GET '/ogc/collections/places/items?bbox=121.69,25.09,121.71,25.11'
is 'items: bbox' "$(json '.features | map(.properties.place_no) | join(" ")')" H1
http GET '/ogc/collections/places/items?position_check=missing'
is 'items: those without a position have no geometry' "$(json '.features | map("\(.properties.name) \(.geometry)") | join(" ")')" '沒有座標 null'
is 'GDAL reads all of them, page by page' "$(ogrinfo -ro -al -so "OAPIF:$URL/ogc" places 2>/dev/null | sed -n 's/^Feature Count: //p')" 3002
http GET "/ogc/collections/places/items/$id?f=html"
unlike 'names are text in HTML' "$(cat "$BODY")" '<b>"大'
done_testing

#!/bin/sh
# layouts.t - drawings that know their place: read, laid out, linked to their facility, undone.
. tests/http/lib.sh
made=$TEST_TMP/made
mkdir -p "$made"
(
    set -e
    cd "$made"
    gdal_create -q -of GTiff -outsize 60 40 -bands 3 -burn 200 -burn 40 -burn 30 -a_srs EPSG:3826 -a_ullr 280000 2760000 280030 2759980 plan.tif
    gdal_translate -q -of PNG plan.tif plan.png
    rm -f plan.png.aux.xml
    printf '0.5\n0\n0\n-0.5\n280000.25\n2759999.75\n' >plan.pgw
    cp plan.png alone.png
    zip -q plan.zip plan.png plan.pgw
    gdal_translate -q -of PDF plan.tif plan.pdf
    gdal_create -q -of GTiff -outsize 9000 10 -bands 1 -burn 90 -a_srs EPSG:3826 -a_ullr 280000 2760000 289000 2759990 wide.tif
    printf '%s' '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[280000,2760000],[280010,2760000],[280010,2759990]]}},{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[280002,2759998],[280004,2759998],[280004,2759996],[280002,2759998]]]}}]}' >lines.json
    ogr2ogr -f DXF lines.dxf lines.json
    cat >vrt.tif <<'X'
<VRTDataset rasterXSize="20" rasterYSize="20"><VRTRasterBand dataType="Byte" band="1"><SimpleSource><SourceFilename>/etc/passwd</SourceFilename></SimpleSource></VRTRasterBand></VRTDataset>
X
    head -c 3000 plan.tif >cut.tif
) >"$TEST_TMP/made.log" 2>&1 || skip_all "no gdal-bin here: $(tail -1 "$TEST_TMP/made.log")"
start_server --sample "${BUILD:-build}/sample"
printf '管制編號,名稱,X座標,Y座標\nH0000001,繪圖廠,280015,2759990\nH0000002,遠方廠,180000,2500000\n' >"$TEST_TMP/f.csv"
"$HAZATLAS" import facilities "$TEST_TMP/f.csv" --source test --crs EPSG:3826 --data "$DATA" >/dev/null 2>&1
lay() { # lay FILE [OPTION…]
    lay_file=$1
    shift
    "$HAZATLAS" import layouts "$made/$lay_file" --source test --data "$DATA" "$@" >"$TEST_TMP/lay" 2>&1
}
newest() { sql "SELECT max(id) FROM layout"; }
# The corners that PROJ gives for the outline, longitude and latitude to a centimetre.
wanted=$(printf '280000 2760000\n280030 2760000\n280030 2759980\n280000 2759980\n' | gdaltransform -s_srs EPSG:3826 -t_srs EPSG:4326 -output_xy |
    awk '{ printf("%s%.7f %.7f", (NR > 1) ? ", " : "", $1, $2) }')
corners() { json '.corners[] | "\(.[0]) \(.[1])"' | awk '{ printf("%s%.7f %.7f", (NR > 1) ? ", " : "", $1, $2) }'; }

for file in plan.tif plan.pdf plan.png; do
    case $file in plan.png) crs='--crs EPSG:3826' ;; *) crs='' ;; esac
    # shellcheck disable=SC2086
    ok "$file comes in" lay "$file" --set ems_no=H0000001 $crs || sed 's/^/# /' "$TEST_TMP/lay"
    http GET "/api/v1/layouts/$(newest)"
    if [ $file = plan.pdf ]; then
        is "$file: an image" "$(json .form)" image
    else
        is "$file: its corners lie where PROJ puts them" "$(corners)" "$wanted"
    fi
    is "$file: it belongs to its facility" "$(json .facility.name)" 繪圖廠
    curl -s -o "$TEST_TMP/p.png" "$(json .image)"
    like "$file: its colours are those of the drawing" "$(gdallocationinfo -valonly "$TEST_TMP/p.png" 20 20 | head -3 | tr '\n' ' ')" '^(200|199|201) (40|39|41) (30|29|31) $'
done
curl -s -X POST --data-binary "@$made/plan.zip" "$URL/api/v1/imports?kind=layouts&source=zip&name=plan.zip&crs=EPSG:3826" >"$BODY"
job=$(json .id)
ok 'an image with its world file in an archive is sent' wait_until sh -c "curl -s $URL/api/v1/imports/$job | grep -Eq '\"state\":\"(done|failed)\"'"
http GET "/api/v1/layouts/$(newest)"
is 'it lies where PROJ puts it' "$(corners)" "$wanted"
ok 'a wide one comes in' lay wide.tif
http GET "/api/v1/layouts/$(newest)"
is 'a wide one is averaged down' "$(json '"\(.width) \(.height)"')" '4096 5'
ok 'DXF comes in with its coordinate system' lay lines.dxf --crs EPSG:3826 --set ems_no=H0000001 --set floor=2F
is 'DXF: lines and edges, with their length' "$(sql "SELECT ST_NumGeometries(geom), round(ST_Length(ST_Transform(geom, 3826))::numeric, 1) FROM layout WHERE form = 'lines'")" '2|26.8'
http GET "/api/v1/layouts?facility=$(sql "SELECT facility_id FROM facility_number WHERE number = 'H0000001'")"
is 'the drawings of a facility' "$(json '[.layouts[].form] | sort | join(" ")')" 'image image image lines'

ok 'far from its facility: comes in' lay plan.tif --set ems_no=H0000002
like 'and it is said' "$(cat "$TEST_TMP/lay")" 'km from 遠方廠'
before=$(sql "SELECT count(*), max(batch_id) FROM record WHERE kind = 'layouts'")
lay plan.tif --set ems_no=H0000002
like 'the same drawing again changes nothing' "$(cat "$TEST_TMP/lay")" 'nothing was changed'
lay lines.dxf
like 'DXF without coordinate system is refused' "$(cat "$TEST_TMP/lay")" 'in which coordinate system'
lay alone.png --crs EPSG:3826
like 'a picture without a place is refused' "$(cat "$TEST_TMP/lay")" 'does not say where it lies'
lay vrt.tif --crs EPSG:3826
like 'a VRT under the name of a TIFF is refused' "$(cat "$TEST_TMP/lay")" 'is not .tif'
lay cut.tif
like 'a TIFF cut off is refused' "$(cat "$TEST_TMP/lay")" 'cut off or damaged'
lay lines.dxf --crs EPSG:3825
is 'in the wrong zone it is kept as told, or refused, never moved' "$(sql "SELECT count(*) FROM layout WHERE form = 'lines' AND ST_X(ST_PointOnSurface(geom)) BETWEEN 120 AND 122")" 1
is 'nothing else came' "$(sql "SELECT count(*) FROM record WHERE kind = 'layouts' AND ended_batch_id IS NULL AND name IN ('alone.png', 'vrt.tif', 'cut.tif')")" 0

lay plan.tif --set ems_no=H0000001 --set floor=3F
id=$(newest)
http POST "/api/v1/batches/$(sql "SELECT batch_id FROM record WHERE id = $id")/undo"
is 'an import of a drawing is undone' "$STATUS" 200
http GET "/api/v1/layouts/$id.png"
is 'its picture is not given any more' "$STATUS" 404
http GET /api/v1/layouts/x.png
is 'no such number' "$STATUS" 404
done_testing

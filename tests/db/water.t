#!/bin/sh
# water.t - basins, rivers, sampling sites, and the real registers of them.
. tests/db/lib.sh

start_server --sample "${BUILD:-build}/sample"
work=$TEST_TMP/files
mkdir -p "$work"

is 'the sample region has sites, samples, zones and incidents' "$(sql "SELECT string_agg(kind || ' ' || n, ' ' ORDER BY kind) FROM (SELECT kind, count(*) AS n FROM record GROUP BY kind) k")" 'incidents 24 samples 480 sites 60 zones 8'
is 'nothing of them is doubtful' "$(sql "SELECT count(*) FROM rejected_row r JOIN import_batch b ON b.id = r.batch_id WHERE b.kind IN ('sites', 'samples', 'zones', 'incidents')")" 0
is 'its zones have their areas' "$(sql 'SELECT count(geom), count(members), count(renewed) FROM zone')" '8|8|8'
is 'its samples have substances and normal units, and some are below detection' "$(sql "SELECT count(cas), count(unit_normal), bool_or(below_detection) FROM sample")" '480|480|t'
is 'its incidents are in the view at their facilities' "$(sql 'SELECT count(geom) FROM incident')" 24
cat >"$work/sites.csv" <<'CSV'
站號,站名,河川,流域,縣市,經度,緯度
1,臺灣橋,淡水河本流,淡水河流域,臺北縣,121.46,25.02
,台灣橋,北港溪(雲),北港溪流域,雲林縣,120.30,23.57
,台灣橋,北港溪支流,,南投縣,,
CSV
import sites "$work/sites.csv" test || sed 's/^/# /' "$TEST_TMP/import.err"
is 'sites come in' "$(counted new)" 3
is 'rivers go by one name, whatever is said behind it' "$(sql "SELECT string_agg(fields ->> 'river_key', ' ' ORDER BY line) FROM record WHERE kind = 'sites' AND source_id = (SELECT id FROM source WHERE name = 'test')")" '淡水河 北港溪 北港溪'
is 'basins as well' "$(sql "SELECT string_agg(fields ->> 'basin_key', ' ' ORDER BY line) FROM record WHERE kind = 'sites' AND fields ->> 'river' <> '北港溪支流' AND source_id = (SELECT id FROM source WHERE name = 'test')")" '淡水河 北港溪'
is 'what was written stays' "$(sql "SELECT fields ->> 'river' FROM record WHERE name = '臺灣橋'")" 淡水河本流
is 'an old name of a county is known' "$(sql "SELECT position_check || ' ' || address_county_code || ' ' || (fields ->> 'county') FROM record WHERE name = '臺灣橋'")" 'ok 65000 臺北縣'
sed 's/臺灣橋/新台灣橋/; s/121.46/121.45/' "$work/sites.csv" >"$work/sites2.csv"
import sites "$work/sites2.csv" test
is 'a site with a number is the same under another name' "$(counted changed) $(counted new)" '1 0'

cat >"$work/rivers.geojson" <<'JSON'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"河川名稱":"示範溪","水系":"示範溪"},"geometry":{"type":"LineString","coordinates":[[120.2,22.9],[120.3,22.95]]}},
{"type":"Feature","properties":{"河川名稱":"一點溪"},"geometry":{"type":"Point","coordinates":[120.2,22.9]}},
{"type":"Feature","properties":{"河川名稱":"無形溪"},"geometry":null}]}
JSON
import rivers "$work/rivers.geojson" test --set quality=底圖
is 'a line is a river, a point and nothing are none' "$(counted new) $(counted 'kept aside')" '1 2'
is 'lines only to look at say so' "$(sql "SELECT fields ->> 'quality' FROM record WHERE name = '示範溪'")" base_map
is 'lines are kept as multilines' "$(sql "SELECT ST_GeometryType(geom) FROM record WHERE name = '示範溪'")" ST_MultiLineString
cat >"$work/basins.geojson" <<'JSON'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"流域名稱":"示範溪流域"},"geometry":{"type":"Polygon","coordinates":[[[120.2,22.9],[120.3,23.0],[120.3,22.9],[120.2,23.0],[120.2,22.9]]]}}]}
JSON
import basins "$work/basins.geojson" test
is 'a basin that crosses itself is repaired' "$(sql "SELECT ST_IsValid(geom) || ' ' || (fields ->> 'basin_key') FROM record WHERE kind = 'basins' AND name = '示範溪流域'")" 'true 示範溪'
is 'and said' "$(sql "SELECT count(*) FROM rejected_row WHERE code = 'geometry_repaired'")" 1

# The real registers (SOURCES.md: 296 stations, 43 basins, 13 rivers).
real=${SHARED_DATA:-../shared/data}/taiwan
if [ -f "$real/river_stations.csv" ]; then
    import sites "$real/river_stations.csv" real
    is 'the stations of the rivers' "$(counted new) $(counted 'kept aside')" '296 0'
    import basins "$real/river_basins.geojson" real
    is 'the basins' "$(counted new) $(counted 'kept aside')" '43 0'
    import rivers "$real/rivers_gshhg.geojson" real --set quality=base_map
    is 'the rivers of the base map' "$(counted new) $(counted 'kept aside')" '13 0'
    is 'a station whose basin is there lies in it' "$(sql "SELECT count(*), count(*) FILTER (WHERE ST_Covers(b.geom, s.geom)) FROM record s JOIN record b ON b.kind = 'basins' AND b.fields ->> 'basin_key' = s.fields ->> 'basin_key' WHERE s.kind = 'sites' AND s.source_id = b.source_id")" '231|231'
else
    ok 'the real registers # SKIP they are not here' true
fi
done_testing

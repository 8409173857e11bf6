#!/bin/sh
# QGIS itself (PyQGIS, headless) reads every feature through its OAPIF provider.
. tests/http/lib.sh
[ -x /usr/bin/python3 ] && /usr/bin/python3 -c 'import qgis.core' 2>/dev/null ||
    skip_all 'QGIS is not installed (package python3-qgis)'
start_server --sample "${BUILD:-build}/sample"
http GET /api/v1/status
all=$(json .atlas.facilities)
drawn=$(json .atlas.drawn)
cat >"$TEST_TMP/read.py" <<'PYTHON'
import os, sys
from qgis.core import QgsApplication, QgsVectorLayer, QgsRectangle, QgsFeatureRequest
app = QgsApplication([], True)
app.initQgis()
def layer(name, extra=''):
    return QgsVectorLayer("pagingEnabled='true' restrictToRequestBBOX='1' srsname='OGC:CRS84' typename='%s' "
                          "url='%s/ogc/' version='OGC_API_FEATURES'%s" % (name, sys.argv[1], extra), name, 'OAPIF')
facilities = layer('facilities')
types = {f.name(): f.typeName() for f in facilities.fields()}
seen, drawn = set(), 0
for f in facilities.getFeatures():
    seen.add(f['id'])
    drawn += f.hasGeometry()
print('facilities', facilities.isValid(), len(seen), drawn, types.get('score'), types.get('quantity_kg'), facilities.crs().authid())
box = QgsRectangle(120.2, 22.4, 121, 24)
print('box', sum(1 for f in facilities.getFeatures(QgsFeatureRequest(box))))
print('counties', sum(1 for f in layer('counties').getFeatures()))
print('townships', sum(1 for f in layer('townships', " pageSize='1000'").getFeatures()))
sys.stdout.flush()
os._exit(0)
PYTHON
out=$(HOME=$TEST_TMP XDG_RUNTIME_DIR=$TEST_TMP QT_QPA_PLATFORM=offscreen \
    timeout 120 /usr/bin/python3 "$TEST_TMP/read.py" "$URL" 2>"$TEST_TMP/qgis.err")
like 'every facility, typed, in CRS84' "$out" "^facilities True $all $drawn (Real|Double) (Real|Double) (OGC:CRS84|EPSG:4326)\$"
http GET '/ogc/collections/facilities/items?bbox=120.2,22.4,121,24&limit=1'
like 'a box' "$out" "^box $(json .numberMatched)\$"
like 'counties' "$out" '^counties 22$'
like 'townships' "$out" '^townships 368$'
done_testing

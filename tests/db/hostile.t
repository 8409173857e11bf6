#!/bin/sh
# Files that are broken or made to harm: each is refused with a sentence that helps, or its bad rows are
# kept aside; nothing else is read, nobody is called, and what was there before stays.
. tests/db/lib.sh
. tests/db/xlsx.sh
command -v zip >/dev/null && command -v ogr2ogr >/dev/null || skip_all 'no zip or gdal-bin here'

made=$TEST_TMP/made
mkdir -p "$made"
cd_made() { cd "$made" || exit 1; }
start_server
printf 'ems_no,name,lon,lat\nZ1,before,121,24\n' >"$made/before.csv"
import facilities "$made/before.csv" before

state() { sql "SELECT (SELECT string_agg(facility_key || name, ',') FROM facility) || (SELECT count(*) FROM import_batch) || (SELECT count(*) FROM rejected_row) || (SELECT number FROM atlas_revision) || (SELECT count(*) FROM area)"; }
before=$(state)

refused() { # refused NAME FILE WANTED [OPTION…]
    refused_name=$1 refused_file=$2 wanted=$3
    shift 3
    import "${KIND:-facilities}" "$refused_file" test "$@"
    refused_exit=$?
    is "$refused_name: is refused" "$refused_exit" 1
    like "$refused_name: says why" "$(cat "$TEST_TMP/import.err")" "$wanted"
    is "$refused_name: nothing changed" "$(state)" "$before"
}

# Somebody listens; nobody may call.
perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(Listen => 5, LocalAddr => "127.0.0.1") or die; open F, ">", $ARGV[0]; print F $s->sockport; close F;
    while ($c = $s->accept) { open F, ">>", "$ARGV[0].called"; print F "x"; close F; close $c }' "$TEST_TMP/port" &
LISTENER=$!
wait_until test -s "$TEST_TMP/port"
EVIL=http://127.0.0.1:$(cat "$TEST_TMP/port")

# ---- cut, swollen, one line ----
(cd_made && awk 'BEGIN { print "ems_no,name"; for (i = 0; i < 20000; i++) print "A" i "," rand() }' | gzip >whole.csv.gz && head -c 40000 whole.csv.gz >cut.csv.gz)
refused 'a cut .gz' "$made/cut.csv.gz" 'cut off'
(cd_made && { echo ems_no,name; yes ''; } | head -c 100000000 | gzip -9 >bomb.csv.gz)
refused 'a .gz that swells' "$made/bomb.csv.gz" 'swells to more than 200 times'
(cd_made && { echo name; head -c 100000000 /dev/zero | tr '\0' a; } | gzip -1 >line.csv.gz)
refused 'one endless line in .gz' "$made/line.csv.gz" 'swells to more than 200 times'
(cd_made && head -c 80000000 /dev/zero >z.shp && zip -q9 inner.zip z.shp && rm z.shp && zip -q9 outer.zip inner.zip)
refused 'an archive in an archive' "$made/outer.zip" 'holds no Shapefile'
refused 'an archive that swells' "$made/inner.zip" 'swells'
# 2 GB in one line, of which the disk holds nothing: bounded memory, one row aside or a refusal.
printf 'ems_no,name\nA1,' >"$made/huge.csv" && truncate -s 2G "$made/huge.csv"
(ulimit -v 2500000 && exec timeout 300 "$HAZATLAS" import facilities "$made/huge.csv" --source huge --dry-run --data "$DATA") >"$REPORT" 2>"$TEST_TMP/import.err"
is 'a line of 2 GB: the program ends by itself' $? 0
like 'a line of 2 GB: is one row aside' "$(cat "$REPORT")" '1 x nul_byte'
is 'a line of 2 GB: nothing changed' "$(state)" "$before"
rm "$made/huge.csv"
{ printf 'ems_no,name\nA1,' && head -c 20000000 /dev/zero | tr '\0' a && printf '\nA2,b\n'; } >"$made/long.csv"
import facilities "$made/long.csv" test --dry-run
like 'a line of 20 MB: is aside' "$(cat "$REPORT")" '1 x field_too_large'
is 'a line of 20 MB: the next row is read' "$(counted new)" 1

# ---- headers ----
printf 'foo,bar\n1,2\n' >"$made/wrong.csv"
refused 'a wrong header' "$made/wrong.csv" 'no column for name .*columns are: foo, bar'
printf 'name,name\n1,2\n' >"$made/twice.csv"
refused 'a column that stands twice' "$made/twice.csv" '"name" stands twice'
awk 'BEGIN { printf "name"; for (i = 0; i < 100000; i++) printf ",c%d", i; print ""; print "x" }' >"$made/wide.csv"
refused '100,000 columns' "$made/wide.csv" 'header, cannot be read: .*more than 4,096'
awk 'BEGIN { printf "[{\"name\":1"; for (i = 0; i < 100000; i++) printf ",\"c%d\":1", i; print "}]" }' >"$made/wide.json"
refused '100,000 names in JSON' "$made/wide.json" 'more than 4096 names'
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "["; }' >"$made/deep.json"
refused 'JSON 100,000 deep' "$made/deep.json" 'nested more than 64 deep'
printf 'ems_no,name\nB1,a\000b\n' >"$made/nul.csv"
import facilities "$made/nul.csv" test --dry-run
like 'a NUL: the row is aside' "$(cat "$REPORT")" '1 x nul_byte'

# ---- files that name other files ----
for e in csv geojson json gpkg kml fgb xlsx jsonl shp; do
    printf '<OGRVRTDataSource><OGRVRTLayer name="passwd"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>' >"$made/vrt.$e"
    refused "a VRT named .$e" "$made/vrt.$e" 'no column for name|is not|something else|no list of objects|has no .dbf|damaged'
    unlike "a VRT named .$e: nothing of the other file" "$(cat "$TEST_TMP/import.err")" 'root:'
done
for e in geojson gpkg; do
    printf '<GDAL_WMS><Service name="TMS"><ServerUrl>%s/${z}</ServerUrl></Service></GDAL_WMS>' "$EVIL" >"$made/wms.$e"
    refused "GDAL XML named .$e" "$made/wms.$e" 'no column for name|is not|something else'
    printf '/vsicurl/%s/x.csv' "$EVIL" >"$made/curl.$e"
    refused "/vsicurl/ in a .$e" "$made/curl.$e" 'no column for name|is not|something else'
done
printf 'name\nx\n' >"$made/http:__127.0.0.1_x.csv"
ok 'a name like http: is only a name' import facilities "$made/http:__127.0.0.1_x.csv" test --dry-run
is '/vsicurl/ as the operand is only a path' "$("$HAZATLAS" import facilities "/vsicurl/$EVIL/x.csv" --source t --data "$DATA" >/dev/null 2>"$TEST_TMP/import.err"; echo $?)" 1
like '/vsicurl/ as the operand: says so' "$(cat "$TEST_TMP/import.err")" 'cannot be read: No such file'
printf '{"type":"FeatureCollection","crs":{"type":"link","properties":{"href":"%s/crs","type":"proj4"}},"features":[{"type":"Feature","properties":{"name":"x"},"geometry":{"type":"Point","coordinates":[121,24]}}]}' "$EVIL" >"$made/crs.geojson"
ok 'GeoJSON whose crs is a link is not followed' sh -c "'$HAZATLAS' import facilities '$made/crs.geojson' --source t --dry-run --data '$DATA'; [ \$? -lt 2 ]"
printf '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><NetworkLink><Link><href>%s/x.kml</href></Link></NetworkLink><Placemark><name>x</name><Point><coordinates>121,24</coordinates></Point></Placemark></Document></kml>' "$EVIL" >"$made/link.kml"
ok 'KML with a NetworkLink is not followed' sh -c "'$HAZATLAS' import facilities '$made/link.kml' --source t --dry-run --data '$DATA'; [ \$? -lt 2 ]"

# ---- spreadsheets ----
xlsx_sheet "$made/x" 1 a <<'EOF2'
name|address
甲|&e;
EOF2
xlsx_pack "$made/x" "$made/plain.xlsx"
sed -i "s|?><worksheet|?><!DOCTYPE w [<!ENTITY e SYSTEM \"file:///etc/passwd\"><!ENTITY f SYSTEM \"$EVIL/x\">]><worksheet|" "$made/x/xl/worksheets/sheet1.xml"
(cd "$made/x" && zip -qr ../entity.xlsx .)
import facilities "$made/entity.xlsx" test --dry-run
unlike 'an external entity is not read' "$(cat "$REPORT" "$TEST_TMP/import.err")" 'root:'
sed -i 's|<!DOCTYPE.*\]>|<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "\&a;\&a;\&a;\&a;\&a;\&a;\&a;\&a;\&a;\&a;"><!ENTITY c "\&b;\&b;\&b;\&b;\&b;\&b;\&b;\&b;\&b;\&b;"><!ENTITY d "\&c;\&c;\&c;\&c;\&c;\&c;\&c;\&c;\&c;\&c;"><!ENTITY g "\&d;\&d;\&d;\&d;\&d;\&d;\&d;\&d;\&d;\&d;"><!ENTITY h "\&g;\&g;\&g;\&g;\&g;\&g;\&g;\&g;\&g;\&g;"><!ENTITY i "\&h;\&h;\&h;\&h;\&h;\&h;\&h;\&h;\&h;\&h;"><!ENTITY j "\&i;\&i;\&i;\&i;\&i;\&i;\&i;\&i;\&i;\&i;"><!ENTITY e "\&j;\&j;\&j;\&j;\&j;\&j;\&j;\&j;\&j;\&j;">]>|' "$made/x/xl/worksheets/sheet1.xml"
(cd "$made/x" && zip -qr ../laughs.xlsx .)
timeout 120 "$HAZATLAS" import facilities "$made/laughs.xlsx" --source t --dry-run --data "$DATA" >"$REPORT" 2>"$TEST_TMP/import.err"
like 'a billion laughs end' "$?" '^[01]$'
is 'a billion laughs: nothing changed' "$(state)" "$before"

# ---- a database as a file ----
printf 'ems_no,name,WKT\nA1,a,POINT(121 24)\n' >"$made/p.csv"
(cd_made && ogr2ogr -f GPKG evil.gpkg p.csv -oo KEEP_GEOM_COLUMNS=NO -a_srs EPSG:4326 &&
    ogrinfo evil.gpkg -sql "CREATE VIEW v AS SELECT load_extension('/tmp/evil.so') AS name, 1 AS fid" &&
    ogrinfo evil.gpkg -sql "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('v', 'attributes', 'v')" &&
    ogrinfo evil.gpkg -sql "CREATE TRIGGER t AFTER INSERT ON p BEGIN SELECT load_extension('/tmp/evil.so'); END") >"$TEST_TMP/ogr" 2>&1
ok 'GeoPackage with a trigger: its rows come' import facilities "$made/evil.gpkg" test --dry-run --sheet p
refused 'GeoPackage: a view that loads code' "$made/evil.gpkg" 'reading stopped|no column|no sheet|no features|holds no|not authorized' --sheet v
refused 'GeoPackage: a layer named as another file' "$made/evil.gpkg" 'no sheet or layer' --sheet '/vsicurl/http://127.0.0.1/x'

# ---- coordinates ----
printf 'ems_no,name,lon,lat\nC1,a,1e308,-1e308\nC2,b,NaN,24\nC3,c,inf,-inf\nC4,d,0x79,24\nC5,e,24,121\nC6,f,121,24\n' >"$made/far.csv"
import facilities "$made/far.csv" test --dry-run
is 'far coordinates in text: rows stay, positions do not' "$(counted new) $(counted 'without a position, not drawn') $(counted 'positions off every county, not drawn')" '6 4 1'
like 'far coordinates in text: NaN and infinity are no numbers' "$(cat "$REPORT")" '3 x field_ignored'
printf 'ems_no,name,WKT\nC1,a,POINT(1e308 -1e308)\nC2,b,POINT EMPTY\nC3,c,"LINESTRING(121 24,122 24)"\nC4,d,POINT(24 121)\nC5,e,POINT(121 24)\n' >"$made/wkt.csv"
(cd_made && ogr2ogr -f GPKG wkt.gpkg wkt.csv -oo KEEP_GEOM_COLUMNS=NO -a_srs EPSG:4326 -nlt GEOMETRY -lco SPATIAL_INDEX=NO) >"$TEST_TMP/ogr" 2>&1
import facilities "$made/wkt.gpkg" test --dry-run || sed 's/^/# /' "$TEST_TMP/import.err"
is 'far, empty, swapped and other geometries: one position of five' "$(counted new) $(counted 'without a position, not drawn') $(counted 'positions off every county, not drawn')" '5 3 1'

# ---- borders ----
areas() { # areas FILE: GeoJSON of counties, one RING a line on standard input
    awk 'BEGIN { printf "{\"type\":\"FeatureCollection\",\"features\":[" }
        { printf "%s{\"type\":\"Feature\",\"properties\":{\"COUNTYCODE\":\"%d\",\"COUNTYNAME\":\"%d縣\"},\"geometry\":%s}", (NR == 1 ? "" : ","), NR, NR, $0 }
        END { print "]}" }' >"$1"
}
areas "$made/borders.geojson" <<'EOF2'
{"type":"Polygon","coordinates":[[[121,24],[122,25],[122,24],[121,25],[121,24]]]}
{"type":"Polygon","coordinates":[[[121,24],[122,24],[122,25]]]}
{"type":"Polygon","coordinates":[[[121,24],[122,24]]]}
{"type":"Polygon","coordinates":[]}
{"type":"Polygon","coordinates":[[[121,24],[1e308,24],[122,25],[121,24]]]}
{"type":"Polygon","coordinates":[[[121,24],[121,24],[121,24],[121,24]]]}
{"type":"GeometryCollection","geometries":[]}
EOF2
import areas "$made/borders.geojson" test --dry-run || sed 's/^/# /' "$TEST_TMP/import.err"
is 'borders: those that can be used' "$(counted new)" 2
is 'borders: the one that crosses itself is repaired, and said' "$(counted 'borders repaired (they crossed themselves)')" 1
is 'borders: the open one is closed, and said' "$(counted 'rings closed (their ends did not meet)')" 1
is 'borders: the others are aside' "$(counted 'kept aside')" 5

is 'after all this: nothing changed' "$(state)" "$before"
ok 'after all this: nobody was called' test ! -e "$TEST_TMP/port.called"
kill "$LISTENER"
stop_server
done_testing

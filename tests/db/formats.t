#!/bin/sh
# Files of every format, made by GDAL: what comes out of each is the same table. What is no such file
# is refused, and what lies beside it or behind its name is never read.
. tests/db/lib.sh

made=$TEST_TMP/made
mkdir -p "$made/cpg" "$made/bare" "$made/two"
(
    set -e
    cd "$made"
    printf 'ems_no,name,lon,lat,employees\nA1,許功蓋,121.5,25.0,7\nA2,乙,120.5,24.0,\n' >a.csv
    printf 'ems_no,name\nB1,second\n' >b.csv
    ogr2ogr -f GPKG a.gpkg a.csv -oo X_POSSIBLE_NAMES=lon -oo Y_POSSIBLE_NAMES=lat -oo KEEP_GEOM_COLUMNS=NO \
        -a_srs EPSG:4326 -nln a
    ogr2ogr -f FlatGeobuf a.fgb a.gpkg
    ogr2ogr -f GeoJSONSeq a.geojsonl a.gpkg
    ogr2ogr -f LIBKML a.kml a.gpkg
    ogr2ogr -f LIBKML a.kmz a.gpkg
    for f in XLSX ODS; do
        e=$(echo $f | tr XLSODA xlsoda)
        ogr2ogr -f $f "a.$e" a.csv -nln 設施
        ogr2ogr -f $f -update "a.$e" b.csv -nln other
    done
    ogr2ogr -f 'ESRI Shapefile' cpg/a.shp a.gpkg -t_srs EPSG:3826 -lco ENCODING=CP950
    cp cpg/* bare/
    rm bare/a.cpg
    cp cpg/* two/
    mkdir two/in
    for e in shp shx dbf prj; do cp cpg/a.$e two/in/z.$e; done
    for d in cpg bare two; do (cd $d && zip -qr ../$d.zip .); done
) >"$TEST_TMP/made.log" 2>&1 || skip_all "no gdal-bin or zip here: $(tail -1 "$TEST_TMP/made.log")"
start_server

like_table() { # like_table NAME FILE [OPTION…]
    table_name=$1 table_file=$2
    shift 2
    sql 'TRUNCATE facility, import_batch, source CASCADE' >/dev/null 2>&1
    ok "$table_name: comes in" import facilities "$made/$table_file" test "$@" || sed 's/^/# /' "$TEST_TMP/import.err"
    is "$table_name: is the table" "$(sql "SELECT string_agg(concat_ws(' ', facility_key, name, round(ST_X(geom)::numeric, 5), round(ST_Y(geom)::numeric, 5)), ', ' ORDER BY facility_key) FROM facility")" \
        'ems:A1 許功蓋 121.50000 25.00000, ems:A2 乙 120.50000 24.00000'
}
refused() { # refused NAME FILE WANTED [OPTION…]
    refused_name=$1 refused_file=$2 wanted=$3
    shift 3
    if import facilities "$refused_file" test "$@"; then
        is "$refused_name" 'it came in' 'refused'
    else
        like "$refused_name" "$(cat "$TEST_TMP/import.err")" "$wanted"
    fi
}

like_table CSV a.csv
like_table GeoPackage a.gpkg
like_table FlatGeobuf a.fgb
like_table GeoJSONSeq a.geojsonl
like_table KML a.kml
like_table KMZ a.kmz
like_table XLSX a.xlsx
is 'XLSX: the other sheet is told' "$(counted 'layers not read: other')" 1
like_table ODS a.ods
like_table 'XLSX by name' a.xlsx --sheet 設施
like_table 'Shapefile with .cpg' cpg.zip
like 'Shapefile: its encoding is told' "$(cat "$REPORT")" 'text taken as CP950'
like 'Shapefile: its coordinates are told' "$(cat "$REPORT")" 'coordinates taken as EPSG:3826'
like_table 'Shapefile without .cpg' bare.zip
like_table 'Shapefile told' bare.zip --encoding big5
like_table 'two Shapefiles' two.zip --sheet z

ok 'the second sheet' import facilities "$made/a.xlsx" second --sheet other
is 'the second sheet: its row' "$(sql "SELECT name FROM facility WHERE facility_key = 'ems:B1'")" second
refused 'a sheet that is not there' "$made/a.xlsx" 'there is no sheet or layer "x"; there are: 設施, other' --sheet x
refused 'an encoding where there is none to tell' "$made/a.gpkg" 'has an encoding of its own' --encoding big5
ok 'a Shapefile told wrongly' import facilities "$made/bare.zip" wrong --encoding utf-8
is 'keeps its rows aside' "$(counted 'kept aside')" 2
is 'with their bytes' "$(sql "SELECT value FROM rejected_row WHERE code = 'not_utf8' ORDER BY id LIMIT 1")" '\xB3\\xA5\\xBB\'

cp "$made/a.gpkg" "$made/a2.xlsx"
refused 'a name that lies' "$made/a2.xlsx" 'named .xlsx and is something else'
head -c 2000 "$made/a.xlsx" >"$made/cut.xlsx"
refused 'a cut archive' "$made/cut.xlsx" 'cut off or damaged'
cp "$made/a.xlsx" "$made/a3.zip"
refused 'an archive of something else' "$made/a3.zip" 'holds no Shapefile'
printf '<OGRVRTDataSource><OGRVRTLayer name="passwd"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>' >"$made/vrt.kml"
refused 'a VRT named .kml' "$made/vrt.kml" 'is not .kml'
mkdir "$made/links" && cp "$made"/cpg/* "$made/links/" && ln -s /etc/passwd "$made/links/b.dbf"
(cd "$made/links" && zip -qry ../links.zip .)
like_table 'a symbolic link beside the parts' links.zip
like 'a symbolic link: said' "$(cat "$REPORT")" 'links: b.dbf \(symbolic links in the archive are not followed'
(cd "$made/links" && ln -sf /etc/passwd a.dbf && zip -qry ../linked.zip .)
refused 'a symbolic link in the place of a part' "$made/linked.zip" 'has no .dbf.*symbolic links are not followed'

like_table 'a bare .shp with its parts beside it' cpg/a.shp
like 'a bare .shp: its .cpg is heard' "$(cat "$REPORT")" 'text taken as CP950 \(its .cpg says so'
ok 'a bare .shp: again' import facilities "$made/cpg/a.shp" test
like 'a bare .shp: is the same file' "$(cat "$REPORT")" 'nothing was changed'
rm "$made/links/a.dbf" && cp "$made/cpg/a.dbf" "$made/links/A.DBF" 2>/dev/null && rm "$made/links/A.DBF"
refused 'a bare .shp without .dbf' "$made/links/a.shp" 'has no .dbf.*into one .zip'
echo x >"$made/old.xls"
refused '.xls' "$made/old.xls" 'save the table as .xlsx'
(cd "$made/cpg" && zip -q -fz ../long.zip a.*)
like_table 'ZIP64' long.zip
(cd "$made/cpg" && mkdir ../b5 && for e in shp shx dbf prj cpg; do cp a.$e ../b5/XXXXXX.$e; done && cd ../b5 && zip -q ../b5.zip ./*)
perl -pi -e 's/XXXXXX/\xb3\x5c\xa5\x5c\xbb\x5c/g' "$made/b5.zip"
like_table 'names in Big5 within the archive' b5.zip

(cd "$made/cpg" && zip -q ../up.zip ../a.csv a.shp)
refused 'a name that leads out' "$made/up.zip" 'leads out of it'
head -c 104857600 /dev/zero >"$made/big.shp"
(cd "$made" && zip -q9 bomb.zip big.shp && rm big.shp)
refused 'a bomb' "$made/bomb.zip" 'swells'
stop_server
done_testing

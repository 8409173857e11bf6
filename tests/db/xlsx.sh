# xlsx.sh - makes .xlsx files as people have them: titles, group cells, formulas, several sheets.
#
#   xlsx_sheet FOLDER NUMBER NAME <<ROWS   one row a line, cells separated by '|'; '=F' is a formula
#                                          without a stored value, '=F:V' one with the value V
#   xlsx_pack FOLDER FILE                  all its sheets

xlsx_sheet() {
    mkdir -p "$1/xl/worksheets" "$1/xl/_rels" "$1/_rels"
    printf '%s\n' "$3" >"$1/name$2"
    awk -v q='"' 'BEGIN {
        FS = "|"
        print "<?xml version=" q "1.0" q " encoding=" q "UTF-8" q "?><worksheet xmlns=" q \
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main" q "><sheetData>"
    }
    {
        printf "<row r=%s%d%s>", q, NR, q
        for (i = 1; i <= NF; i++) {
            at = sprintf("<c r=%s%c%d%s", q, 64 + i, NR, q)
            if ($i ~ /^=/) {
                split(substr($i, 2), part, ":")
                printf "%s><f>%s</f>%s</c>", at, part[1], part[2] == "" ? "" : "<v>" part[2] "</v>"
            } else if ($i != "")
                printf "%s t=%sinlineStr%s><is><t>%s</t></is></c>", at, q, q, $i
        }
        print "</row>"
    }
    END { print "</sheetData></worksheet>" }' >"$1/xl/worksheets/sheet$2.xml"
}

xlsx_pack() {
    (
        cd "$1" || exit
        types= sheets= rels=
        type=application/vnd.openxmlformats-officedocument.spreadsheetml
        office=http://schemas.openxmlformats.org/officeDocument/2006/relationships
        for f in xl/worksheets/*.xml; do
            n=${f#xl/worksheets/sheet} n=${n%.xml}
            types="$types<Override PartName=\"/$f\" ContentType=\"$type.worksheet+xml\"/>"
            sheets="$sheets<sheet name=\"$(cat "name$n")\" sheetId=\"$n\" r:id=\"rId$n\"/>"
            rels="$rels<Relationship Id=\"rId$n\" Type=\"$office/worksheet\" Target=\"worksheets/sheet$n.xml\"/>"
        done
        rm -f name*
        cat >'[Content_Types].xml' <<XML
<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="$type.sheet.main+xml"/>$types</Types>
XML
        cat >_rels/.rels <<XML
<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="$office/officeDocument" Target="xl/workbook.xml"/></Relationships>
XML
        cat >xl/workbook.xml <<XML
<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="$office"><sheets>$sheets</sheets></workbook>
XML
        cat >xl/_rels/workbook.xml.rels <<XML
<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">$rels</Relationships>
XML
    )
    rm -f "$2"
    xlsx_to=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
    (cd "$1" && zip -qr "$xlsx_to" .)
}

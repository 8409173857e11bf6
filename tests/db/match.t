#!/bin/sh
# Which facilities of different sources are one: each rule, each doubtful case, decisions and what
# becomes of them at later imports, merging and parting, in either order of files.
. tests/db/lib.sh
start_server

ok 'counties' import areas "${BUILD:-build}/sample/counties-10t.json" moi
HEAD='管制編號,工廠登記編號,統一編號,名稱,地址,經度,緯度'
file() { # file NAME ROW…: a file of facilities
    file_name=$TEST_TMP/$1.csv
    shift
    printf '%s\n' "$HEAD" "$@" >"$file_name"
}
key_of() { sql "SELECT f.facility_key FROM facility f JOIN facility_record r ON r.facility_id = f.id JOIN source s ON s.id = r.source_id WHERE r.ended_batch_id IS NULL AND s.name = '$1' AND r.fields ->> 'name' = '$2'"; }
link_of() { sql "SELECT r.link_rule, r.link_confidence FROM facility_record r JOIN source s ON s.id = r.source_id WHERE r.ended_batch_id IS NULL AND s.name = '$1' AND r.fields ->> 'name' = '$2'"; }
review_of() { sql "SELECT r.rule FROM review r WHERE r.subject = 'facility' AND (r.left_key = '$1' OR r.right_key = '$1') ORDER BY r.confidence DESC LIMIT 1"; }
both() { # both LINE…: files a and b into an empty database, as they stand
    sql 'DELETE FROM review; DELETE FROM facility_same; DELETE FROM facility; DELETE FROM import_batch WHERE kind IN ($$facilities$$, $$holdings$$, $$review$$)' >/dev/null
    import facilities "$TEST_TMP/$1.csv" "$1" && import facilities "$TEST_TMP/$2.csv" "$2"
}

# ---- what is certain ----
file a \
    'A01,71000001,,大明化學股份有限公司中壢廠,桃園市中壢區中山路1號,121.2200,24.9500' \
    'A02,,,小華工業股份有限公司,桃園市中壢區中山路二段一百二十號,121.2300,24.9500' \
    'A03,,,阿土鋼鐵(股)公司一廠,桃園市中壢區民族路5號,121.2400,24.9500' \
    'A04,,,阿土鋼鐵(股)公司二廠,桃園市中壢區民族路5號,121.2400,24.9500' \
    'A05,,11223344,臺灣遠方電子股份有限公司,新竹市東區力行路8號,121.0000,24.7800' \
    'A06,,,東海油漆有限公司,桃園市龜山區文化路7號,121.3500,25.0300'
file b \
    ',71000001,,大明化學（股）公司,桃園市中壢區中山路1號,121.2201,24.9501' \
    ',72000002,,小華工業(股)公司,桃園縣中壢市中山路2段120號3樓,,' \
    ',72000003,,阿土鋼鐵股份有限公司第二廠,桃園市中壢區民族路5號,121.2400,24.9500' \
    ',72000005,11223344,台灣遠方電子（股）公司,新竹市東區力行路8-1號,121.0001,24.7801' \
    ',72000006,,東海油漆股份有限公司工廠,桃園市龜山區文化三路99號,121.3510,25.0301' \
    ',72000007,,無人認識企業社,桃園市龜山區無名路1號,,'
for order in 'a b' 'b a'; do
    # shellcheck disable=SC2086
    ok "$order: both files" both $order
    is "$order: seven facilities" "$(sql 'SELECT count(*) FROM facility')" 7
    is "$order: every row kept" "$(sql 'SELECT count(*) FROM facility_record WHERE ended_batch_id IS NULL')" 12
    last=${order#* }
    is "$order: by factory number" "$(key_of a 大明化學股份有限公司中壢廠)" 'ems:A01'
    is "$order: by factory number, both" "$(key_of b '大明化學（股）公司')" 'ems:A01'
    is "$order: by name and door" "$(key_of b '小華工業(股)公司')" 'ems:A02'
    is "$order: 第二廠 is 二廠" "$(key_of b 阿土鋼鐵股份有限公司第二廠)" 'ems:A04'
    is "$order: 一廠 stays alone" "$(sql "SELECT count(*) FROM facility_record r JOIN facility f ON f.id = r.facility_id WHERE f.facility_key = 'ems:A03'")" 1
    is "$order: by business number and name" "$(key_of b '台灣遠方電子（股）公司')" 'ems:A05'
    is "$order: by name within 300 m" "$(key_of b 東海油漆股份有限公司工廠)" 'ems:A06'
    is "$order: nobody is thrown away" "$(key_of b 無人認識企業社)" 'factory:72000007'
    is "$order: nothing doubtful" "$(sql 'SELECT count(*) FROM review')" 0
    is "$order: numbers of both" "$(sql "SELECT string_agg(n.number, ' ' ORDER BY n.number) FROM facility_number n JOIN facility f ON f.id = n.facility_id WHERE f.facility_key = 'ems:A05'")" '11223344 72000005 A05'
    rules=$(sql "SELECT string_agg(r.link_rule, ' ' ORDER BY r.link_rule) FROM facility_record r JOIN source s ON s.id = r.source_id WHERE s.name = '$last'")
    is "$order: rules are kept" "$rules" "$([ "$last" = b ] && echo 'business_no factory_no name_door name_door name_near' || echo 'business_no ems_no name_door name_door name_near')"
    is "$order: confidences are kept" "$(sql "SELECT count(*) FROM facility_record WHERE link_rule IS NOT NULL AND (link_confidence IS NULL OR link_confidence < 0.9)")" 0
    atlas=$(sql 'SELECT number FROM atlas_revision')
    import facilities "$TEST_TMP/a.csv" a
    import facilities "$TEST_TMP/b.csv" b
    is "$order: again, nothing changes" "$(sql 'SELECT count(*) FROM facility') $(sql 'SELECT number FROM atlas_revision')" "7 $atlas"
    sed 's/小華工業(股)公司/小華工業股份公司/; s/遠方電子（股）/遠方電子(股)/' "$TEST_TMP/b.csv" >"$TEST_TMP/b2.csv"
    import facilities "$TEST_TMP/b2.csv" b
    is "$order: changed rows find their facility" "$(counted changed) $(sql 'SELECT count(*) FROM facility') $(key_of b 小華工業股份公司)" '2 7 ems:A02'
    is "$order: changed rows keep their rule" "$(sql "SELECT count(*) FROM facility_record r JOIN source s ON s.id = r.source_id WHERE s.name = '$last' AND r.ended_batch_id IS NULL AND r.link_rule IS NOT NULL")" 5
done

# ---- what is doubtful ----
file a \
    'A11,,,同名化工股份有限公司,臺中市西屯區工業一路1號,120.6000,24.1700' \
    'A12,,,近處化工股份有限公司,桃園市中壢區東路1號,121.2200,24.9500' \
    'A13,,,遠處化工股份有限公司,桃園市中壢區西路1號,121.2200,24.9500' \
    'A14,,,無址化工股份有限公司,桃園市中壢區南路1號,121.2200,24.9600' \
    'A15,,55667788,多廠化工股份有限公司甲地廠,桃園市中壢區北路1號,121.2300,24.9600' \
    'A16,,,大華精密化學工業股份有限公司,桃園市楊梅區新路1號,121.1400,24.9100' \
    'A17,73000017,,正名食品股份有限公司,桃園市蘆竹區正路1號,121.2900,25.0500' \
    'A18,,,單廠化工股份有限公司,桃園市大園區單路1號,121.2000,25.0600' \
    'A19,,,成雙化工股份有限公司,桃園市大園區雙路1號,121.2000,25.0700'
file b \
    ',74000011,,同名化工(股)公司,桃園市龜山區甲路9號,121.3500,25.0300' \
    ',74000012,,近處化工(股)公司,桃園市中壢區乙路9號,121.2300,24.9500' \
    ',74000013,,遠處化工(股)公司,桃園市大溪區丙路9號,121.2900,24.8800' \
    ',74000014,,無址化工(股)公司,桃園市,,' \
    ',74000015,55667788,多廠化工股份有限公司乙地廠,桃園市平鎮區丁路9號,121.2100,24.9300' \
    ',74000016,,大華精密化學公司,桃園市楊梅區新路1號,,' \
    ',73000017,,冒牌五金有限公司,桃園市八德區假路1號,121.2800,24.9300' \
    ',74000018,,單廠化工(股)公司二廠,桃園市大園區單路1號,121.2000,25.0600' \
    ',74000019,,成雙化工(股)公司,桃園市大園區雙路1號,121.2000,25.0700' \
    ',74000020,,成雙化工有限公司,桃園市大園區雙路1號,121.2000,25.0700'
ok 'doubtful: both files' both a b
is 'doubtful: all are facilities, but the number that is known' "$(sql 'SELECT count(*) FROM facility')" 18
is 'same name, other county' "$(review_of factory:74000011)" name_other_county
is 'same name and county, 1 km' "$(review_of factory:74000012)" name_apart
is 'same name and county, 10 km' "$(review_of factory:74000013)" name_far
is 'same name and county, no place' "$(review_of factory:74000014)" name_county
is 'one business number at two places' "$(review_of factory:74000015)" business_no
is 'similar names at one door' "$(review_of factory:74000016)" similar_name
is 'a number that contradicts the name' "$(review_of ems:A17@b)" ems_no_other_name
is 'a number that contradicts: linked, but doubtful' "$(link_of b 冒牌五金有限公司)" 'ems_no_other_name|0.5'
is 'one side says which plant' "$(review_of factory:74000018)" plant_unclear
is 'two rows for one facility' "$(review_of factory:74000019) $(review_of factory:74000020)" 'ambiguous ambiguous'
is 'told in the report' "$(counted 'doubtful matches, on the review list')" 10
http GET '/api/v1/reviews?limit=1000'
is 'both sides in detail' "$(json '[.reviews[] | select(.detail.left.name and .detail.right.name and .detail.left.sources[0] and .detail.right.sources[0])] | length')" 10
is 'sides lead to facilities' "$(json '[.reviews[] | select(.left_id and .right_id)] | length')" 10
sql "SELECT id, left_key, right_key, rule FROM review" >"$TEST_TMP/first"
both b a
is 'other order: the same pairs' "$(sql "SELECT left_key, right_key FROM review WHERE rule NOT LIKE '%other_name' ORDER BY 1, 2")" \
    "$(grep -v other_name "$TEST_TMP/first" | cut -d'|' -f2,3 | sort)"
is 'other order: the number that contradicts' "$(review_of ems:A17@a)" ems_no_other_name

# ---- decisions ----
both a b
number_of() { sql "SELECT id FROM review WHERE left_key = '$1' OR right_key = '$1' ORDER BY confidence DESC LIMIT 1"; }
decide() { "$HAZATLAS" review "$1" "$2" --by 測試 --note "$3" --data "$DATA" >"$REPORT" 2>&1; }
printf 'factory_no,ems_no,substance_name,behaviour,quantity,unit\n74000012,,甲苯,使用,5,公噸\n,A12,甲苯,使用,3,公噸\n73000017,,甲苯,貯存,1,公噸\n' >"$TEST_TMP/h.csv"
ok 'holdings' import holdings "$TEST_TMP/h.csv" h
confirmed=$(number_of factory:74000012) refused=$(number_of factory:74000011) contrary=$(number_of ems:A17@b)
ok 'confirm' decide confirm "$confirmed" '同一家'
is 'confirmed: one facility less' "$(sql 'SELECT count(*) FROM facility')" 17
is 'confirmed: the better key stays' "$(key_of b '近處化工(股)公司')" 'ems:A12'
is 'confirmed: both holdings, each once' "$(sql "SELECT string_agg(h.quantity_kg::text, ' ' ORDER BY h.quantity_kg) FROM holding h JOIN facility f ON f.id = h.facility_id WHERE f.facility_key = 'ems:A12'")" '3000 5000'
is 'confirmed: all numbers' "$(sql "SELECT string_agg(n.number, ' ' ORDER BY n.number) FROM facility_number n JOIN facility f ON f.id = n.facility_id WHERE f.facility_key = 'ems:A12'")" '74000012 A12'
is 'confirmed: found by its other name' "$(sql "SELECT a.name FROM facility_alias a JOIN facility f ON f.id = a.facility_id WHERE f.facility_key = 'ems:A12'")" '近處化工(股)公司'
ok 'refuse' decide refuse "$refused" '兩家'
ok 'refuse a number' decide refuse "$contrary" '號碼錯'
is 'refused number: a facility of its own, at once' "$(key_of b 冒牌五金有限公司) $(sql 'SELECT count(*) FROM facility')" 'ems:A17@b 18'
is 'refused number: each as its source says' "$(sql "SELECT name, address, round(ST_X(geom)::numeric, 2), county_code IS NOT NULL FROM facility WHERE facility_key LIKE 'ems:A17%' ORDER BY facility_key")" \
    "正名食品股份有限公司|桃園市蘆竹區正路1號|121.29|t
冒牌五金有限公司|桃園市八德區假路1號|121.28|t"
again() { # changed files, both, so that nothing is skipped
    sed "s/121\.2300,24\.9500/121.230$1,24.9500/; s/假路1號/假路$1號/" "$TEST_TMP/b.csv" >"$TEST_TMP/b$1.csv"
    sed "s/東路1號/東路$1號/; s/正路1號/正路$1號/" "$TEST_TMP/a.csv" >"$TEST_TMP/a$1.csv"
    import facilities "$TEST_TMP/a$1.csv" a && import facilities "$TEST_TMP/b$1.csv" b && import holdings "$TEST_TMP/h.csv" h
}
ok 'both files again, changed' again 2
is 'again: as many facilities' "$(sql 'SELECT count(*) FROM facility')" 18
is 'again: the confirmed is one' "$(key_of b '近處化工(股)公司') $(link_of b '近處化工(股)公司')" 'ems:A12 confirmed|1'
is 'again: the refused are two' "$(key_of b 冒牌五金有限公司)" 'ems:A17@b'
is 'again: nobody asks again' "$(sql "SELECT status FROM review WHERE id IN ($confirmed, $refused, $contrary) ORDER BY id" | sort | tr '\n' ' ')" 'confirmed refused refused '
is 'again: no holding twice' "$(sql 'SELECT count(*) FROM holding')" 3

# Taken back after later imports: each side has what its own source says now.
ok 'refuse what was confirmed' decide refuse "$confirmed" '弄錯了'
is 'parted: two again' "$(sql 'SELECT count(*) FROM facility')" 19
is 'parted: the newest rows' "$(sql "SELECT facility_key, name, address, round(ST_X(geom)::numeric, 4) FROM facility WHERE facility_key IN ('ems:A12', 'factory:74000012') ORDER BY 1")" \
    "ems:A12|近處化工股份有限公司|桃園市中壢區東路2號|121.2200
factory:74000012|近處化工(股)公司|桃園市中壢區乙路9號|121.2302"
is 'parted: each its numbers' "$(sql "SELECT f.facility_key, n.number FROM facility_number n JOIN facility f ON f.id = n.facility_id WHERE f.name LIKE '近處%' ORDER BY 1, 2")" "ems:A12|A12
factory:74000012|74000012"
is 'parted: each its holdings' "$(sql "SELECT f.facility_key, h.quantity_kg FROM holding h JOIN facility f ON f.id = h.facility_id WHERE f.name LIKE '近處%' ORDER BY 1")" "ems:A12|3000
factory:74000012|5000"
ok 'and once more' again 3
is 'once more: still two' "$(sql 'SELECT count(*) FROM facility')" 19
ok 'reopen, confirm' decide confirm "$confirmed" '真的'
is 'joined again' "$(sql 'SELECT count(*) FROM facility')" 18
is 'each decision is a batch' "$(sql "SELECT count(*) FROM import_batch WHERE kind = 'review'")" 5

# A source that lists both as two things is believed.
pair=$(sql "INSERT INTO review (subject, left_key, right_key, rule, confidence, detail) VALUES ('facility', 'ems:A11', 'ems:A13', 'similar_name', 0.5, '{}') RETURNING id")
decide confirm "$pair" x
is 'two of one source: exit' "$?" 1
like 'two of one source: said' "$(cat "$REPORT")" 'source a lists both'
is 'two of one source: nothing done' "$(sql "SELECT status FROM review WHERE id = $pair") $(sql 'SELECT count(*) FROM facility')" 'open 18'

# ---- decisions wait for facilities that are not there, as in a database made anew ----
sql 'CREATE TABLE public.kept AS SELECT subject, left_key, right_key, rule, confidence, detail, status, decided_by FROM review' >/dev/null
both a a # empties the list
sql 'DELETE FROM facility; DELETE FROM import_batch WHERE kind = $$facilities$$;
     INSERT INTO review (subject, left_key, right_key, rule, confidence, detail, status, decided_by) SELECT * FROM public.kept' >/dev/null
import facilities "$TEST_TMP/b.csv" b
import facilities "$TEST_TMP/a.csv" a
is 'made anew: the confirmed is one, the refused are not' "$(key_of b '近處化工(股)公司') $(sql 'SELECT count(*) FROM facility')" 'ems:A12 18'

# ---- hostile and strange names ----
file a 'A31,,,"; DROP TABLE facility; --",桃園市中壢區甲路1號,,' 'A32,,,公司,桃園市中壢區甲路2號,,' 'A33,,,(((,桃園市中壢區甲路3號,,' "A34,,,\\N%_',桃園市中壢區甲路4號,,"
file b ',1,,"; drop table facility; --",桃園市中壢區甲路1號,,' ',2,,公司,桃園市中壢區甲路2號,,' ',3,,(((,桃園市中壢區甲路3號,,' ",4,,\\N%_',桃園市中壢區甲路4號,,"
ok 'strange names' both a b
is 'strange names: taken as text' "$(sql 'SELECT count(*) FROM facility') $(sql 'SELECT count(*) FROM facility_record')" '5 8'
rm -f "$TEST_TMP/common.csv"
{ echo "$HEAD"; i=0; while [ $i -lt 30 ]; do i=$((i + 1)); echo "C$i,,,普通加油站,桃園市中壢區共路$i號,,"; done; } >"$TEST_TMP/c.csv"
{ echo "$HEAD"; echo ',9,,普通加油站,桃園市中壢區共路7號,,'; echo ',10,,普通加油站,桃園市中壢區別路7號,,'; } >"$TEST_TMP/d.csv"
ok 'a name that many bear' both c d
is 'a name that many bear: the door decides' "$(sql "SELECT f.facility_key FROM facility f JOIN facility_number n ON n.facility_id = f.id WHERE n.number = '9'")" 'ems:C7'
is 'a name that many bear: said' "$(counted 'names borne by more than 20 facilities, not compared')" 1
# ---- holdings ----
file a 'A41,75000041,,真名化工股份有限公司,桃園市中壢區真路1號,121.2200,24.9500' 'A42,75000042,,一號化工股份有限公司一廠,桃園市中壢區真路2號,121.2200,24.9510' \
    'A43,75000043,,食品工業股份有限公司,桃園市中壢區真路3號,121.2200,24.9520' 'A44,,,尋常化工股份有限公司,桃園市中壢區真路4號,121.2200,24.9530'
HOLDINGS='ems_no,factory_no,facility_name,substance_name,behaviour,quantity,unit'
printf '%s\n' "$HOLDINGS" 'A41,,真名化工(股)公司,甲苯,使用,1,公噸' ',75000042,一號化工(股)公司二廠,甲苯,使用,2,公噸' \
    ',75000043,毫不相干五金行,甲苯,使用,3,公噸' ',75000099,尋常化工（股）公司,甲苯,使用,4,公噸' >"$TEST_TMP/q.csv"
sql 'DELETE FROM review; DELETE FROM facility_same; DELETE FROM facility; DELETE FROM import_batch WHERE kind IN ($$facilities$$, $$holdings$$, $$review$$)' >/dev/null
import facilities "$TEST_TMP/a.csv" a
ok 'holdings: import' import holdings "$TEST_TMP/q.csv" q
holdings() { sql "SELECT f.facility_key, h.quantity_kg, h.facility_rule, h.facility_confidence FROM holding h JOIN facility f ON f.id = h.facility_id ORDER BY h.quantity_kg"; }
is 'holdings: by number, with rule and confidence' "$(holdings)" 'ems:A41|1000|ems_no|0.98
ems:A42|2000|factory_no_other_name|0.5
ems:A43|3000|factory_no_other_name|0.5
factory:75000099|4000|factory_no|0.99'
is 'holdings: doubtful ones' "$(sql 'SELECT left_key, right_key, rule FROM review ORDER BY rule, left_key')" 'ems:A42|factory:75000042@q|factory_no_other_name
ems:A43|factory:75000043@q|factory_no_other_name
ems:A44|factory:75000099|name_only'
is 'holdings: both names are shown' "$(sql "SELECT detail #>> '{left,name}', detail #>> '{right,name}' FROM review WHERE left_key = 'ems:A42'")" '一號化工股份有限公司一廠|一號化工(股)公司二廠'
ok 'holdings: refuse the other plant' decide refuse "$(number_of ems:A42)" '另一廠'
ok 'holdings: confirm the name' decide confirm "$(number_of factory:75000099)" '同一家'
held='ems:A41|1000
factory:75000042@q|2000
ems:A43|3000
ems:A44|4000'
is 'holdings: moved at once' "$(holdings | cut -d'|' -f1,2)" "$held"
sed 's/真名化工(股)公司,甲苯,使用,1,/真名化工,甲苯,使用,1.0,/' "$TEST_TMP/q.csv" >"$TEST_TMP/q2.csv"
ok 'holdings: again' import holdings "$TEST_TMP/q2.csv" q
is 'holdings: again, nothing twice, each where it was' "$(counted changed) $(counted unchanged) $(holdings | cut -d'|' -f1,2)" "1 3 $held"
is 'holdings: again, the decisions hold' "$(sql "SELECT count(*) FROM review WHERE status = 'open'")" 1

# Holdings first: the facilities that they made are found by those who know more, in any order.
file b ',75000051,,先來化工(股)公司,桃園市中壢區先路1號,121.2200,24.9500'
file a 'A51,,,先來化工股份有限公司,桃園市中壢區先路1號,121.2200,24.9500'
printf '%s\n' "$HOLDINGS" ',75000051,先來化工公司,甲苯,使用,7,公噸' >"$TEST_TMP/q.csv"
for order in 'q b a' 'q a b' 'a q b' 'b q a' 'a b q' 'b a q'; do
    sql 'DELETE FROM review; DELETE FROM facility_same; DELETE FROM facility; DELETE FROM import_batch WHERE kind IN ($$facilities$$, $$holdings$$, $$review$$)' >/dev/null
    for name in $order $order; do
        [ "$name" = q ] && kind=holdings || kind=facilities
        import $kind "$TEST_TMP/$name.csv" "$name"
    done
    is "$order: one facility, its holding once" "$(sql 'SELECT count(*), min(facility_key) FROM facility') $(sql 'SELECT count(*), sum(quantity_kg) FROM holding')" '1|ems:A51 1|7000'
done

# ---- undone ----
both a b
facilities=$(sql 'SELECT facility_key FROM facility ORDER BY 1')
"$HAZATLAS" undo "$(sql 'SELECT max(id) FROM import_batch')" --data "$DATA" >"$REPORT" 2>&1
is 'an import that linked is undone' "$? $(sql 'SELECT facility_key FROM facility ORDER BY 1') $(sql 'SELECT count(*) FROM facility_same')" '0 ems:A51 0'
file a 'A61,,,反悔化工股份有限公司,桃園市中壢區悔路1號,121.2200,24.9500'
file b ',75000061,,反悔化工(股)公司,桃園市中壢區改路9號,121.2300,24.9500'
both a b
state() { sql 'SELECT id, facility_key, name, address, ST_AsText(geom), search_key FROM facility ORDER BY id; SELECT facility_id, source_id, own_key, link_rule, fields FROM facility_record ORDER BY id; SELECT facility_id, scheme, number FROM facility_number ORDER BY 1, 2, 3; SELECT facility_id, name FROM facility_alias ORDER BY 1, 2; SELECT own_key FROM facility_same; SELECT id, status FROM review ORDER BY id'; }
state >"$TEST_TMP/before"
decide confirm "$(number_of factory:75000061)" '同一家'
is 'a decision: one facility' "$(sql 'SELECT count(*) FROM facility')" 1
"$HAZATLAS" undo "$(sql 'SELECT max(id) FROM import_batch')" --data "$DATA" >"$REPORT" 2>&1
is 'a decision is undone like an import' "$? $(state | cmp - "$TEST_TMP/before" && echo same)" '0 same'
done_testing

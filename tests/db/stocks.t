#!/bin/sh
# stocks.t - campus chemicals: four kinds, unknown stays; regulated quantities: exact decimals, a set of
# rules whole or not at all.
. tests/db/lib.sh

start_server --sample "${BUILD:-build}/sample"
work=$TEST_TMP/files
mkdir -p "$work"

cat >"$work/stocks.csv" <<'CSV'
學校,系所,實驗室,建築物,房號,盤點類別,盤點日期,化學品名稱,CAS No.,重量,重量單位,瓶數,購買日期,狀態,容器,經度,緯度
某大學,化學系,有機實驗室,理學館,301,未申請核可之毒化物,113/5/1,苯,71-43-2,500,公克,1,民國98年5月6日,液體,玻璃瓶,121.54,25.02
某大學,化學系,有機實驗室,理學館,301,有核可未使用,113/5/1,甲醛,50-00-0,2公升,,2,不明,液體,玻璃瓶,121.54,25.02
某大學,化學系,有機實驗室,理學館,301,不明,113/5/1,不明,不明,不明,,1,不明,不明,,121.54,25.02
某大學,化學系,有機實驗室,理學館,301,不明,113/5/1,不明,不明,不明,,1,不明,不明,,121.54,25.02
某大學,化學系,有機實驗室,理學館,301,不明,113/5/1,,,,,1,,,,121.54,25.02
某大學,化學系,無機實驗室,理學館,302,一般,113/5/1,硫酸,71-43-2,3,打,1,98年,液體,,,
某大學,化學系,無機實驗室,理學館,302,一般,113/5/1,甲苯,0108883,1,kg,1,,液體,,,
某大學,化學系,無機實驗室,理學館,302,一般,113/5/1,丙酮,67-64-2,1,kg,1,,液體,,,
某大學,化學系,無機實驗室,理學館,302,一般,113/5/1,丙酮,,"1,000",g,1,,液體,,,
,化學系,無機實驗室,理學館,302,一般,113/5/1,丙酮,,1,kg,1,,液體,,,
CSV
ok 'campus stocks' import stocks "$work/stocks.csv" moe
is 'every bottle stays, also two unknown ones that are the same to the letter' "$(counted new) $(counted 'repeated in the file, counted once')" '9 0'
is 'only the row of no school is kept aside' "$(sql "SELECT count(*), min(line) FROM rejected_row WHERE code = 'value_missing'")" '1|11'
is 'the four kinds' "$(sql "SELECT string_agg(kind || ':' || n, ' ' ORDER BY kind) FROM (SELECT kind, count(*) n FROM campus_stock GROUP BY 1) t")" 'ordinary:4 unknown:3 unlicensed:1 unused:1'
stock() { sql "SELECT $1 FROM campus_stock WHERE line = $2"; }
is 'grams to kilograms, litres stay litres' "$(stock "fields ->> 'weight_kg'" 2) $(stock "fields ->> 'volume_l'" 3) $(stock "fields ->> 'weight_kg'" 10)" '0.5 2 1'
is 'a unit that is not known: no weight, the text stays' "$(stock "(fields ? 'weight_kg') || (fields ->> 'weight')" 7)" false3
is 'a day of purchase; unknown and a bare year stay as given' "$(stock "fields ->> 'purchased_date'" 2) $(stock "fields ->> 'purchased'" 3) $(stock "fields ->> 'purchased'" 7)" '2009-05-06 不明 98年'
is 'linked by CAS and by name; in doubt not at all' "$(sql "SELECT string_agg(line || ':' || link || coalesce('=' || s.cas, ''), ' ' ORDER BY line) FROM campus_stock c LEFT JOIN substance s ON s.id = c.substance_id")" '2:cas=71-43-2 3:cas=50-00-0 4:unknown 5:unknown 6:unknown 7:cas_and_name_differ 8:cas=108-88-3 9:cas_invalid 10:name=67-64-1'
is 'a bottle without a name is called unknown' "$(stock name 6)" 不明
sed 's/113\/5\/1/114\/5\/1/; 4d' "$work/stocks.csv" >"$work/next.csv"
ok 'the survey of the next year' import stocks "$work/next.csv" moe
is 'is the latest, the former one stays' "$(sql "SELECT count(*) FILTER (WHERE latest), count(*) FROM campus_stock")" '8|17'

# ---- regulated quantities ----
is 'the shipped rules hold at first' "$(sql "SELECT count(*), count(quantity), count(imported_from) FROM regulated_quantity")" '76|62|0'
cat >"$work/other.csv" <<'CSV'
法規,公告日期,類別,品名,CAS No.,管制量,單位,申報規定
毒性及關注化學物質,2024-01-01,1,氯,7782-50-5,"1,000.10",公斤,每月
毒性及關注化學物質,2024-01-01,1,氨,7664-41-7,0.1,公噸,每月
毒性及關注化學物質,2024-01-01,1,液體,,０.３,公升,
CSV
ok 'another set of rules' import thresholds "$work/other.csv" epa
is 'stands beside the shipped one' "$(sql "SELECT count(*) FROM regulated_quantity")" 79
is 'decimals are exact, units are kg and L' "$(sql "SELECT string_agg(trim_scale(quantity) || unit, ' ' ORDER BY item_zh) FROM regulated_quantity WHERE imported_from = 'epa'")" '100kg 1000.1kg 0.3L'
is 'three tenths and twice three tenths are nine tenths' "$(sql "SELECT quantity * 3 = 0.9 FROM regulated_quantity WHERE item_zh = '液體'")" t
is 'CAS numbers and reporting are kept' "$(sql "SELECT cas ->> 0, reporting, edition FROM regulated_quantity WHERE item_zh = '氯'")" '7782-50-5|每月|2024-01-01'
bad() { # bad LABEL PATTERN ROW
    printf '類別,品名,管制量,單位,CAS No.\n1,氯酸鹽類,50,kg,\n%s\n' "$3" >"$work/bad.csv"
    if import thresholds "$work/bad.csv" epa; then
        ok "$1" false
    else
        like "$1" "$(cat "$TEST_TMP/import.err")" "$2"
    fi
}
bad 'a quantity of nothing refuses the file' 'line 3: .*nothing was imported' '1,某,0,kg,'
bad 'and one that is none' 'not a quantity' '1,某,五十,kg,'
bad 'and one without a unit' 'without a unit' '1,某,50,,'
bad 'and neither quantity nor test' 'neither a quantity nor a test' '1,某,,kg,'
bad 'and a CAS number that is none' 'is not a CAS number' '1,某,50,kg,7782-50-6'
bad 'and a contradiction' 'say different things' '1,氯酸鹽類,60,kg,'
bad 'a part of the rules does not take the place of the whole' 'a part of a table' '1,過氯酸鹽類,60,kg,'
is 'the shipped rows are as they were' "$(sql "SELECT count(*) FROM regulated_quantity WHERE imported_from IS NULL")" 76
sql "COPY (SELECT category AS 類別, category_zh AS 類別名稱, item_no AS 項次, item_zh AS 品名,
    CASE item_zh WHEN '硫磺' THEN 120.5 ELSE quantity END AS 管制量, unit AS 單位, CASE WHEN water_soluble THEN '是' WHEN NOT water_soluble THEN '否' END AS 水溶性,
    note AS 備註 FROM threshold) TO STDOUT WITH (FORMAT csv, HEADER)" >"$work/mine.csv"
ok 'the same set of rules, whole' import thresholds "$work/mine.csv" nfa --set edition=2026-01-01
is 'takes the place of the shipped one' "$(sql "SELECT count(*) FILTER (WHERE imported_from = 'nfa'), count(*) FILTER (WHERE imported_from IS NULL), max(quantity) FILTER (WHERE item_zh = '硫磺') FROM regulated_quantity")" '76|0|120.5'
batch=$(sql "SELECT max(id) FROM import_batch")
ok 'undo' "$HAZATLAS" undo "$batch" --data "$DATA"
is 'the shipped rows hold again' "$(sql "SELECT quantity FROM regulated_quantity WHERE item_zh = '硫磺'")" 100
done_testing

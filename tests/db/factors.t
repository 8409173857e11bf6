#!/bin/sh
# factors.t - what the warning radar goes by, imported: export values, national sums, official classes,
# industries, priority lists; what comes with the product holds until then.
. tests/db/lib.sh

start_server --sample "${BUILD:-build}/sample"
work=$TEST_TMP/files
mkdir -p "$work"
seed=${SHARED_DATA:-../shared/data}/seed
of() { sql "SELECT $1 FROM $2 v JOIN substance u ON u.id = v.substance_id WHERE u.cas = '$3'"; }
reasons() { sql "SELECT string_agg(line || ' ' || code || CASE WHEN kept THEN ' kept' ELSE '' END, ',' ORDER BY line, id) FROM rejected_row WHERE batch_id = (SELECT max(id) FROM import_batch)"; }

# ---- export values
is 'the shipped values at first' "$(sql 'SELECT count(*), bool_or(imported) FROM radar_export') $(of 'thousand_twd, year, imported' radar_export 107-13-1)" '22|f 12282954.1|2018|f'
cat >"$work/exports.csv" <<'CSV'
CAS No.,物質名稱,108年出口值(百萬元)
107-13-1,丙烯腈,"12,000.5"
67-64-1,丙酮,0
50-00-0,甲醛,-1
64-17-6,乙醇,3
,無名,5
999-99-5,沒有人知道的物質,5
CSV
ok 'export values with year and unit in the header' import exports "$work/exports.csv" customs
is 'new and kept aside' "$(counted new) $(counted 'kept aside')" '3 3'
is 'each with its reason' "$(reasons)" '4 value_missing,4 field_ignored,5 value_invalid,6 cas_missing'
is 'a CAS number that no substance has is said' "$(counted 'rows whose CAS number no substance has yet')" 1
is 'year 108 is 2019, millions are thousands of thousands' "$(of 'thousand_twd, year, imported, v.citation' radar_export 107-13-1)" '12000500|2019|t|customs'
is 'nothing exported is data too' "$(of 'thousand_twd, imported' radar_export 67-64-1)" '0|t'
is 'of other substances the shipped value holds' "$(of 'thousand_twd, imported' radar_export 74-85-1)" '6435891.1|f'
radar_is() { # radar_is CAS AXIS RAW
    curl -s "$URL/api/v1/radar/substances?limit=500" |
        jq -e --arg cas "$1" --arg key "$2" --argjson raw "$3" '.substances[] | select(.cas == $cas) | .axes[] | select(.key == $key) | .raw == $raw' >/dev/null
}
ok 'the radar goes by it' wait_until radar_is 107-13-1 D 12000500
printf 'cas,value,unit,year\n107-13-1,5,千美元,2020\n107-13-1,6,千元,\n107-13-1,7,元,2017\n' >"$work/units.csv"
import exports "$work/units.csv" customs
is 'a currency that is not known and a row without a year are kept aside' "$(reasons)" '2 unit_unknown,2 field_ignored,3 year_missing'
is 'an earlier year takes no place' "$(of 'thousand_twd, year' radar_export 107-13-1) $(sql "SELECT fields ->> 'thousand_twd' FROM record WHERE kind = 'exports' AND fields ->> 'year' = '2017'")" '12000500|2019 0.007'
printf 'cas,export_2017_thousand_twd,export_2018_thousand_twd\n107-13-1,5,6\n' >"$work/two.csv"
"$HAZATLAS" import exports "$work/two.csv" --source customs --data "$DATA" >"$REPORT" 2>&1
like 'two years beside each other are a question' "$(cat "$REPORT")" 'both give value'

# ---- national sums
cat >"$work/national.csv" <<'CSV'
cas,name_zh,system,behaviour,amount,unit,year
7664-93-9,硫酸,甲系統,製造,900,公噸,2018
7664-93-9,硫酸,甲系統,結餘量,2000000,公斤,2018
7664-93-9,硫酸,甲系統,年平均運作量,9999999,公噸,2018
7664-93-9,硫酸,甲系統,輸入,9999999,公噸,2018
7664-93-9,硫酸,乙系統,使用,5,公升,2018
7664-93-9,硫酸,乙系統,使用,很多,公噸,2018
7664-93-9,硫酸,乙系統,使用,5,,2018
CSV
ok 'national sums' import national "$work/national.csv" cloud
is 'what is no mass, no number, without a unit is kept aside' "$(counted new) $(reasons)" '4 6 value_invalid,7 value_invalid,8 value_invalid'
is 'average and imports are kept and do not count, and that is said' "$(counted 'sums of other behaviours: kept, not counted')" 2
is 'stock counts as store' "$(of "string_agg(behaviour || ' ' || quantity_kg, ', ' ORDER BY quantity_kg)" radar_stated 7664-93-9)" 'manufacture 900000, store 2000000'

# ---- official classes
cat >"$work/scores.csv" <<'CSV'
CAS編號,物質名稱,危害性,運作量,災害歷史,經濟
107-13-1,丙烯腈,9,8,7,6
67-64-1,丙酮,3,,,
50-00-0,甲醛,11,,2.5,
71-43-2,苯,0,5,,
CSV
ok 'official classes' import scores "$work/scores.csv" tcsb
is 'a class outside 1-10 is left out, a row without any is kept aside' "$(counted new) $(reasons)" '3 4 value_missing,4 field_ignored,4 field_ignored,5 field_ignored kept'
is 'axis by axis' "$(of 'hazard, quantity, incident, economy' radar_official 107-13-1) $(of 'hazard, quantity, incident, economy' radar_official 67-64-1)" '9|8|7|6 3|||'
printf 'cas,economy\n107-13-1,4\n' >"$work/scores2.csv"
import scores "$work/scores2.csv" other
is 'a later list overrides the axes that it says' "$(of 'hazard, quantity, incident, economy' radar_official 107-13-1)" '9|8|7|4'
batch=$(sql 'SELECT max(id) FROM import_batch')
before=$(sql 'SELECT number FROM atlas_revision')
ok 'undo' "$HAZATLAS" undo "$batch" --data "$DATA"
is 'the earlier class holds again' "$(of economy radar_official 107-13-1)" 6
is 'and the number of the atlas is raised' "$(sql "SELECT number > $before FROM atlas_revision")" t

printf 'cas,hazard,edition\n67-64-1,4,2018\n71-43-2,6,2018\n' >"$work/first.csv"
printf 'cas,hazard,edition\n71-43-2,7,2020\n' >"$work/second.csv"
import scores "$work/first.csv" board
is 'an edition' "$(of hazard radar_official 67-64-1) $(of hazard radar_official 71-43-2)" '4 6'
import scores "$work/second.csv" board
is 'the next one takes its place: what is on it no more has the class that another source says' "$(of hazard radar_official 67-64-1) $(of hazard radar_official 71-43-2)" '3 7'

# ---- industries
cat >"$work/industries.csv" <<'CSV'
行業別,使用比例(%),係數
化學材料製造業（石油化工原料製造業）,35,
其他紡織業,12.5,2
 臺灣業,100,0
多的業,101,
空的業,,
CSV
ok 'industries' import industries "$work/industries.csv" report
is 'more than all, and neither ratio nor factor, are kept aside' "$(counted new) $(reasons)" '3 5 value_invalid,6 value_missing'
is 'percent become fractions, no factor is 1, names in one form' "$(sql "SELECT string_agg(industry_key || ' ' || ratio || ' ' || factor, ', ' ORDER BY ratio) FROM industry_factor")" '其他紡織業 0.125 2, 化學材料製造業(石油化工原料製造業) 0.35 1, 台灣業 1 0'
printf 'industry,R,year\n其他紡織業,0.5,2020\n多的業,0.25,2020\n其他業,20％,\n' >"$work/industries2.csv"
import industries "$work/industries2.csv" later
is 'the latest year holds; a percent sign is understood' "$(sql "SELECT string_agg(industry_key || ' ' || ratio, ', ' ORDER BY ratio) FROM industry_factor WHERE ratio IN (0.5, 0.25, 0.2)")" '其他業 0.2, 多的業 0.25, 其他紡織業 0.5'

# the whole name before what stands in brackets, that before what stands in front of them; none is 1
cat >"$work/places.csv" <<'CSV'
管制編號,名稱,行業別
ZZ900001,一廠,"化學材料製造業 (石油化工原料製造業)"
ZZ900002,二廠,化學材料製造業(別的化學材料製造業)
ZZ900003,三廠,臺灣業(加油（氣）站業)
ZZ900004,四廠,沒有係數的業
CSV
printf '行業別,R,v\n別的化學材料製造業,0.1,\n化學材料製造業,0.2,3\n加油(氣)站業,0.05,\n' >"$work/industries3.csv"
ok 'facilities with industries' import facilities "$work/places.csv" test
import industries "$work/industries3.csv" parts
is 'what the atlas knows of them' "$(sql "$(cat gis/sql/atlas_industries.sql)" | grep -e ^化學材料 -e 臺灣業 -e 沒有係數 | tr '\n' ' ')" \
    '化學材料製造業 (石油化工原料製造業)|0.35|1 化學材料製造業(別的化學材料製造業)|0.1|1 沒有係數的業||1 臺灣業(加油（氣）站業)|0.05|1 '

# ---- priority lists
name=$(sql 'SELECT name FROM operator GROUP BY name HAVING count(*) = 1 ORDER BY name LIMIT 1')
business=$(sql 'SELECT business_no FROM operator WHERE business_no IS NOT NULL ORDER BY id LIMIT 1')
ems=$(sql "SELECT number FROM facility_number WHERE scheme = 'ems_no' ORDER BY number LIMIT 1")
cat >"$work/priority.csv" <<CSV
公司名稱,國內總計,國外總計,風險,中心性,排名,統一編號,管制編號
友●●●公司,3,1,紅,0.5,1,,
友●●●公司,3,1,紅,0.5,2,,
$name,2,,黃,,3,,
某公司,1,0,NA,0.1,4,$business,
某廠,1,0,綠燈,0.1,5,,$ems
$name,2,,黃,,3,,
空公司,,,,,6,,
CSV
ok 'a priority list' import priority "$work/priority.csv" report
is 'companies of one masked name are several, those of a whole name are one' "$(counted new) $(counted 'repeated in the file, counted once') $(reasons)" '5 1 8 value_missing'
is 'linked by number, or by a name that one operator bears' "$(sql "SELECT string_agg(p.line || ':' || coalesce(p.link, '-') || CASE WHEN p.operator_id IS NOT NULL THEN 'o' ELSE '' END || CASE WHEN p.facility_id IS NOT NULL THEN 'f' ELSE '' END, ' ' ORDER BY p.line) FROM priority_company p")" '2:- 3:- 5:numbero 6:numberf 7:nameo'
sed '3d; 4d' "$work/priority.csv" >"$work/shorter.csv"
import priority "$work/shorter.csv" report
is 'a list that comes again takes the place of the former one' "$(counted 'companies of the former list that this one has no more') $(sql 'SELECT count(*) FROM priority_company')" '1 4'
ok 'undo' "$HAZATLAS" undo "$(sql 'SELECT max(id) FROM import_batch')" --data "$DATA"
is 'the former list is back' "$(sql 'SELECT count(*) FROM priority_company')" 5
import priority "$work/priority.csv" again
is 'the same from another source is another list' "$(sql 'SELECT count(DISTINCT list), count(*) FROM priority_company')" '2|10'

# ---- the seed tables, as they are
if [ -f "$seed/export_values.csv" ]; then
    sql 'DELETE FROM record' >/dev/null
    ok 'export values of the report' import exports "$seed/export_values.csv" seed
    is 'all 22, equal to what comes with the product' "$(counted new) $(sql "SELECT count(*) FROM radar_export e JOIN substance_factor f USING (substance_id) WHERE f.factor = 'export_value' AND e.imported AND e.thousand_twd = f.value AND e.year = 2018")" '22 22'
    ok 'national sums of ethylbenzene' import national "$seed/operations_ethylbenzene.csv" seed
    is 'nine rows, one of them no behaviour that counts' "$(counted new) $(counted 'sums of other behaviours: kept, not counted')" '9 1'
    is 'the largest is the representative one of the report, by its behaviour and system' "$(of "round(quantity_kg::numeric, 0), behaviour, year, system, reported_behaviour" radar_stated '100-41-4' | sort -t'|' -rn | head -1)" '4599711407|use|2018|毒性化學物質許可管理系統|使用'
    ok 'so much is factor B of the radar' wait_until radar_is 100-41-4 B 4599711407
    is 'stock is one of them' "$(of "count(*) FILTER (WHERE behaviour = 'store'), count(*)" radar_stated 100-41-4)" '1|8'
    ok 'official classes of the report' import scores "$seed/radar_substances.csv" seed
    is 'all 25 as printed' "$(counted new) $(counted 'kept aside') $(of 'hazard, quantity, incident, economy' radar_official 107-06-2) $(sql 'SELECT count(*) FROM radar_official')" '25 0 7|10|5|9 25'
    official() { # how many of the 25 printed areas come out, to three decimals
        curl -s "$URL/api/v1/radar/substances?limit=500&$1" | jq -r '.substances[] | "\(.cas) \(.area)"' | sort >"$work/areas"
        sql "SELECT fields ->> 'cas', fields ->> 'area' FROM record WHERE kind = 'scores' AND ended_batch_id IS NULL" | tr '|' ' ' | sort >"$work/printed"
        join "$work/areas" "$work/printed" | awk '{ d = $2 - $3; n += d < 0.0005001 && d > -0.0005001 } END { print n + 0 }'
    }
    published() { [ "$(official angle=published)" = 25 ]; }
    ok 'the radar gives the 25 printed areas by them' wait_until published
    is 'none of them with sin 90 degrees, or without the official classes' "$(official angle=degrees) $(official 'angle=published&official=0')" '0 0'
    printf 'ems_no,name\nZZ900009,AA股份有限公司\n' >"$work/aa.csv"
    import facilities "$work/aa.csv" seed
    ok 'what company AA uses' import holdings "$seed/operations_company_aa.csv" seed --map quantity=amount_2018_tonnes \
        --set ems_no=ZZ900009 --set behaviour=使用 --set unit=公噸
    aa=$(sql "SELECT facility_id FROM facility_number WHERE number = 'ZZ900009'")
    quantity() { # factor H of company AA, kg
        curl -s "$URL/api/v1/facilities/$aa" | jq -e '.radar.axes[] | select(.key == "H") | .raw | . > 68.69999 and . < 68.70001' >/dev/null
    }
    ok 'the largest of each substance, summed: 0.0687 t' wait_until quantity
    ok 'the priority list of fig. 4-100' import priority "$seed/priority_fig4_100.csv" fig4-100
    is '15 companies, four of them with one masked name' "$(counted new) $(sql "SELECT count(*) FROM priority_company WHERE company = '益●●●有限公司'")" '15 4'
    ok 'the priority list of fig. 4-99' import priority "$seed/priority_order.csv" fig4-99
    is '8 companies' "$(counted new) $(sql "SELECT string_agg(bayes_risk, ' ' ORDER BY printed_order) FROM priority_company WHERE list = 'fig4-99'")" '8 red red yellow yellow green yellow red green'
else
    ok 'the tables of the report # SKIP they are not here' true
fi
done_testing

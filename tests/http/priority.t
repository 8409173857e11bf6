#!/bin/sh
# priority.t - the combined priority order: `hazatlas priority FILE`, /api/v1/priority, files of it.
. tests/http/lib.sh

work=$TEST_TMP/files
mkdir -p "$work"
cat >"$work/list.csv" <<'CSV'
公司名稱,國內總計,國外總計,貝氏風險,連結中心性,排序
=甲公司,1,,黃,0.2,3
乙公司,2,0,NA,,1
丙公司,1,0,紅,0.1,2
丁公司,1,0,黃,0.2,5
戊公司,1,x,黃,0.5,4
己公司,,,,,
,1,1,紅,1,
CSV

# ---- without a server
"$HAZATLAS" priority "$work/list.csv" >"$work/out" 2>"$work/err"
is 'the command' "$?" 0
is 'order, key that decided, printed place; a tie shares its rank' "$(awk 'NR > 1 && /公司/ { print $1, $NF, $(NF - 1) }' "$work/out" | tr '\n' ',')" \
    '1 乙公司 1,2 丙公司 2,3 戊公司 4*,4-5 =甲公司 3*,4-5 丁公司 5,'
like 'which key decided' "$(grep 丙公司 "$work/out")" 'domestic total'
like 'a tie is told' "$(grep 丁公司 "$work/out")" ' tie '
like 'how many are as printed' "$(cat "$work/out")" '^3 of 5 stand where they are printed; \* = printed at another place$'
like 'rows left out are told' "$(cat "$work/err")" '^2 of 7 rows left out$'
like 'each with why' "$(cat "$work/err")" 'line 7: neither a total'
like 'a number that is none too' "$(cat "$work/err")" 'line 6, foreign_total: not a number'
"$HAZATLAS" priority "$work/list.csv" --format csv >"$work/csv" 2>/dev/null
is 'CSV with a byte order mark and heads' "$(head -c 3 "$work/csv" | od -An -tx1 | tr -d ' ') $(head -1 "$work/csv" | tr -d '\r' | cut -d, -f4-9)" 'efbbbf company,domestic_total,foreign_total,bayes_risk,degree_centrality,decided_by'
like 'a name that a spreadsheet would compute is made harmless' "$(cat "$work/csv")" "'=甲公司"
mv "$work/csv" "$work/out.csv"
"$HAZATLAS" priority "$work/out.csv" --format csv >"$work/again" 2>/dev/null
is 'what comes out goes in again' "$(cut -d, -f1,2,5-11 "$work/again" | tr -d '\r')" "$(cut -d, -f1,2,5-11 "$work/out.csv" | tr -d '\r')"
"$HAZATLAS" priority "$work/list.csv" --format xlsx -o "$work/out.xlsx" 2>/dev/null
is 'XLSX' "$(unzip -l "$work/out.xlsx" | grep -c 'worksheets/sheet')" 2
"$HAZATLAS" priority "$work/none.csv" 2>"$work/err"
is 'a file that is not there' "$?" 1
printf 'a,b\n1,2\n' >"$work/none.csv"
"$HAZATLAS" priority "$work/none.csv" 2>"$work/err"
like 'a file without a company' "$(cat "$work/err")" 'no column for company'
"$HAZATLAS" priority "$work/list.csv" --format gpkg 2>"$work/err"
is 'a format that is none' "$?" 2
printf 'who,how many\na,1\nb,2\n' >"$work/other.csv"
is 'other columns by --map, one value by --set' "$("$HAZATLAS" priority "$work/other.csv" --map company=who --map 'domestic_total=how many' --set list=x | awk '{ print $1, $2, $NF }' | tr '\n' ',')" 'x  x,rank domestic company,1 2 b,2 1 a,'
"$HAZATLAS" priority "$work/other.csv" --map company 2>"$work/err"
like 'a map that is none' "$? $(cat "$work/err")" '^2 hazatlas priority: --map wants FIELD=COLUMN'
printf 'list,company,domestic_total\n北,a,1\n南,b,1\n北,c,2\n' | iconv -t BIG5 >"$work/big5.csv"
is 'two lists stand apart, in Big5' "$("$HAZATLAS" priority "$work/big5.csv" | awk 'NF && $1 != "rank" { print $1, $NF }' | tr '\n' ',')" '北 北,1 c,2 a,南 南,1 b,'

# ---- over HTTP
start_server --sample "${BUILD:-build}/sample"
http GET /api/v1/priority
is 'no list: an empty answer' "$STATUS $(json '[.lists, .companies] | @json') $(json .list)" '200 [[],[]] null'
business=$(sql 'SELECT business_no FROM operator WHERE business_no IS NOT NULL ORDER BY id LIMIT 1')
ems=$(sql "SELECT number FROM facility_number WHERE scheme = 'ems_no' ORDER BY number LIMIT 1")
facility=$(sql "SELECT facility_id FROM facility_number WHERE scheme = 'ems_no' ORDER BY number LIMIT 1")
sed "1s/\$/,統一編號,管制編號/; 2s/\$/,$business,/; 3s/\$/,,$ems/; 4,\$s/\$/,,/" "$work/list.csv" >"$work/linked.csv"
"$HAZATLAS" import priority "$work/linked.csv" --source report --set list=圖 --data "$DATA" >/dev/null 2>&1
"$HAZATLAS" import priority "$work/list.csv" --source later --data "$DATA" >/dev/null 2>&1
listed() { http GET /api/v1/priority && [ "$(json '.lists | length')" = 2 ]; }
ok 'lists come in while it serves' wait_until listed
is 'the latest is the one answered' "$(json '[.list, .lists[0].name, .lists[1].name, .matched] | @json')" '["later","later","圖",5]'
http GET '/api/v1/priority?list=%E5%9C%96'
is 'another by its name, in order' "$(json '[.companies[].company] | join(" ")')" '乙公司 丙公司 戊公司 =甲公司 丁公司'
is 'ranks and ties' "$(json '[.companies[] | "\(.rank)-\(.rank_until)"] | join(" ")')" '1-1 2-2 3-3 4-5 4-5'
is 'the key that decided' "$(json '[.companies[] | (.decided_by.key // "first")] | join(" ")')" 'first domestic_total bayes_risk degree_centrality tie'
is 'what differs from print' "$(json '[.companies[].differs] | @json') $(json '.printed | @json')" '[false,false,true,true,false] {"compared":5,"agree":3}'
is 'what is not given is null' "$(json '.companies[0].degree_centrality') $(json '.companies[3].foreign_total')" 'null null'
is 'its operator and facility' "$(json '.companies[3].operator.name') $(json '.companies[0].facility.id')" "$(sql "SELECT name FROM operator WHERE business_no = '$business'") $facility"
http GET '/api/v1/priority?list=%E5%9C%96&limit=2'
is 'pages' "$(json '.companies | length') $(json .next)" "2 $URL/api/v1/priority?list=%E5%9C%96&limit=2&after=2"
http GET '/api/v1/priority?list=%E5%9C%96&limit=2&after=4'
is 'the last one' "$(json '[.companies[].company] | join(" ")') $(json .next)" '丁公司 null'
http GET '/api/v1/priority?list=nothing'
problem 'a list that is not there' 404 'no priority list "nothing"'
http GET '/api/v1/priority?format=csv'
is 'CSV' "$STATUS $(header Content-Type) $(wc -l <"$BODY")" '200 text/csv; charset=utf-8 6'
http GET '/api/v1/priority?format=xlsx'
like 'XLSX' "$(header Content-Disposition)" 'priority.xlsx'
is 'of the same rows' "$(unzip -p "$BODY" xl/worksheets/sheet1.xml | grep -o '<row ' | wc -l)" 6

# ---- the printed lists of the report
seed=${SHARED_DATA:-../shared/data}/seed
if [ -f "$seed/priority_fig4_100.csv" ]; then
    like 'fig. 4-100: 15 of 15' "$("$HAZATLAS" priority "$seed/priority_fig4_100.csv")" '^15 of 15 stand where they are printed$'
    "$HAZATLAS" import priority "$seed/priority_fig4_100.csv" --source fig4-100 --data "$DATA" >/dev/null 2>&1
    "$HAZATLAS" import priority "$seed/priority_order.csv" --source fig4-99 --data "$DATA" >/dev/null 2>&1
    later() { http GET '/api/v1/priority?list=fig4-99' && [ "$STATUS" = 200 ]; }
    ok 'over HTTP' wait_until later
    is 'fig. 4-99 by the rule: G before C, which are printed the other way round' "$(json '[.companies[] | .company + (if .differs then "*" else "" end)] | join(" ")')" 'A F B D E G* C* H'
    http GET '/api/v1/priority?list=fig4-100'
    is 'fig. 4-100 as printed' "$(json '[.companies[] | .printed_order == .rank] | all') $(json '.printed | @json')" 'true {"compared":15,"agree":15}'
else
    ok 'the printed lists # SKIP they are not here' true
fi
done_testing

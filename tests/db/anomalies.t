#!/bin/sh
# Quantities out of the ordinary: series as reported, limits against another program's, the whitelist, files, tile,
# command line; real quarterly reports.
. tests/db/lib.sh
work=$TEST_TMP/files
mkdir -p "$work"
printf '管制編號,名稱,地址,經度,緯度\nA1,甲廠,高雄市小港區一路1號,120.35,22.56\nA2,乙廠,高雄市小港區一路2號,120.36,22.57\n' >"$work/f.csv"
quarters() { # NUMBER SUBSTANCE BEHAVIOUR UNIT VALUE… : from 2020 on; - = not reported
    q_number=$1 q_rest=$2,$4,$3
    shift 4
    q_n=0
    for value; do
        year=$((2020 + q_n / 4)) quarter=$((q_n % 4))
        case $quarter in 0) days=01-01,03-31 ;; 1) days=04-01,06-30 ;; 2) days=07-01,09-30 ;; 3) days=10-01,12-31 ;; esac
        [ "$value" = - ] || echo "$q_number,${q_rest%%,*},$value,${q_rest#*,},$year-${days%,*},$year-${days#*,}"
        q_n=$((q_n + 1))
    done
}
{
    echo '管制編號,化學物質名稱,數量,單位,行為,起始日期,結束日期'
    quarters A1 甲苯 使用 公斤 10 11 10 11 10 11 100           # high at the seventh
    quarters A1 甲醇 使用 公斤 5 5 5 5 5 5 5.6                 # equal values before it
    quarters A1 甲醇 貯存 公斤 5 5 5 5 5 5 5.4
    quarters A1 丙酮 使用 公斤 10 11 10 11 10 900              # five before it: not judged
    quarters A1 硫酸 使用 公斤 10 11 - 10 11 10 - - 11 0       # missing is not 0; the 0 is low
    quarters A1 鹽酸 使用 公斤 0 0 0 0 0 0 3                   # zeros are data
    quarters A1 硝酸 使用 公斤 10 11 9 10 9 1000 10 11 500     # a spike hides the next from the mean
    quarters A2 無此液 使用 公升 10 11 10 11 10 11 100         # litres without a density
    quarters A2 甲苯 製造 公斤 10 11 10 11 10 11 11
    for year in 2014 2015 2016 2017 2018 2019 2020; do echo "A1,甲苯,$([ $year = 2020 ] && echo 900 || echo 40),公斤,使用,$year-01-01,$year-12-31"; done # years are another series
    echo 'A1,甲苯,5000,公斤,使用,,'
} >"$work/h.csv"
start_server
import facilities "$work/f.csv" one
import holdings "$work/h.csv" one
fresh() { [ "$(curl -s "$URL/api/v1/status" | jq .atlas.number)" = "$(sql 'SELECT number FROM atlas_revision')" ]; }
ok 'the atlas is that of the import' wait_until fresh
all() { json '[.anomalies[] | "\(.substance | .name_zh // .reported_name) \(.value.to) \(.value.quantity) \(.kind) \(.called_by)"] | join("; ")'; }
of() { json ".anomalies[] | select((.substance.name_zh // .substance.reported_name) == \"$1\" and .length == \"${3:-quarter}\") | $2"; }

http GET '/api/v1/anomalies'
is 'status' "$STATUS" 200
is 'by the mean, furthest past its limit first' "$(all)" '甲苯 2020-12-31 900 high both; 甲苯 2021-09-30 100 high both; 硫酸 2022-06-30 0 low both; 鹽酸 2021-09-30 3 high both; 甲醇 2021-09-30 5.6 high both; 無此液 2021-09-30 100 high both'
is 'limits' "$(of 甲苯 '.mean | "\(.mean) \(.s * 1e6 | round / 1e6) \(.high * 1e6 | round / 1e6)"')" '10.5 0.547723 12.143168'
is 'the value itself is not in its window' "$(of 甲苯 .n)" 6
is 'equal values have a band of 10 %' "$(of 甲醇 '.mean | "\(.s) \(.low) \(.high)"')" '0 4.5 5.5'
is 'litres stay litres' "$(of 無此液 .unit)" L
is 'years are a series of their own' "$(of 甲苯 '"\(.value.quantity) \(.n)"' year)" '900 6'
is 'what has no period is in no series' "$(json .counts.without_period)" 1
is 'counts' "$(json '.counts | "\(.series) \(.judged) \(.allowed)"')" "$(echo 10 $((1 + 1 + 1 + 0 + 1 + 1 + 3 + 1 + 1 + 1)) 0)"
http GET '/api/v1/anomalies?method=median'
is 'the median sees what a spike hides' "$(of 硝酸 '"\(.value.quantity) \(.called_by)"' | paste -sd, -)" '500 median'
http GET '/api/v1/anomalies?kind=low&window=yes'
is 'only low ones, with the values before' "$(json '.anomalies[] | "\(.value.quantity) \([.before[].quantity] | join(" "))"')" '0 10 11 10 11 10 11'
http GET '/api/v1/anomalies?scale=log'
is 'on a log scale' "$(json .scale) $(of 甲苯 '.mean | "\(.mean * 1e6 | round / 1e6)"')" "log $(python3 -c 'import math; print(round((math.log(2) + math.log(2.1)) / 2, 6))')"
http GET '/api/v1/anomalies?cas=67-56-1&behaviour=use&latest=yes'
is 'one substance, one behaviour, the latest' "$(json '"\(.matched) \(.anomalies[0].value.quantity)"')" '1 5.6'
http GET '/api/v1/anomalies?from=2022-01-01&to=2022-12-31'
is 'a period' "$(json '[.anomalies[].value.to] | join(" ")')" 2022-06-30
for bad in method=all scale=cube from=2022-02-30 cas=9-9-9 county=99999 limit=0 limit=2000 facility=999999; do
    http GET "/api/v1/anomalies?$bad"
    is "refused: $bad" "$STATUS" 400
done

# ---- the whitelist ----
a1=$(sql "SELECT facility_id FROM facility_number WHERE number = 'A1'")
allow() { http POST /api/v1/anomalies/allowed -H 'Content-Type: application/json' -d "$1"; }
allow "{\"facility\":$a1,\"cas\":\"108-88-3\",\"until\":\"2020-12-31\",\"by\":\"王\",\"reason\":\"new line\"}"
is 'allowed until a day' "$STATUS" 201
id=$(json .id)
ok 'the atlas hears of it' wait_until fresh
http GET '/api/v1/anomalies'
is 'hidden, but counted' "$(json '"\(.matched) \(.hidden) \(.counts.allowed)"')" '5 1 1'
is 'what is after that day stays' "$(of 甲苯 .value.quantity)" 100
http GET '/api/v1/anomalies?allowed=only'
is 'who and why' "$(json '.anomalies[] | "\(.value.quantity) \(.allowed.by) \(.allowed.reason) \(.allowed.until)"')" '900 王 new line 2020-12-31'
http GET "/api/v1/anomalies/allowed?facility=$a1"
is 'the list' "$(json '.allowed[] | "\(.name) \(.substance) \(.until)"')" '甲廠 甲苯 2020-12-31'
http DELETE "/api/v1/anomalies/allowed/$id"
is 'taken back' "$STATUS" 204
http DELETE "/api/v1/anomalies/allowed/$id"
is 'only once' "$STATUS" 404
for bad in "{\"facility\":$a1}" '{"facility":999999,"by":"x","reason":"y"}' "{\"facility\":$a1,\"behaviour\":\"eat\",\"by\":\"x\",\"reason\":\"y\"}" \
    "{\"facility\":$a1,\"until\":\"soon\",\"by\":\"x\",\"reason\":\"y\"}" "{\"facility\":$a1,\"source\":\"nobody\",\"by\":\"x\",\"reason\":\"y\"}"; do
    allow "$bad"
    is "refused: $bad" "$STATUS" 400
done
allow "{\"facility\":$a1,\"cas\":\"9-9-9\",\"by\":\"x\",\"reason\":\"y\"}"
problem 'a substance that is not known' 400 'no substance "9-9-9"'
allow "{\"facility\":$a1,\"source\":\"nobody\",\"by\":\"x\",\"reason\":\"y\"}"
problem 'a source that is not known' 400 'no source "nobody"'
allow '{"facility":999999,"by":"x","reason":"y"}'
problem 'a facility that is not known' 400 'no facility 999999'
http GET '/api/v1/anomalies/allowed?facility=999999'
is 'the list of a facility that is not known' "$STATUS" 400
ok 'and back' wait_until fresh

# ---- files, tile, command line ----
http GET '/api/v1/anomalies?format=csv'
cp "$BODY" "$TEST_TMP/http.csv"
is 'CSV: a row each' "$(grep -c '高\|high' "$TEST_TMP/http.csv")" 6
http GET '/api/v1/anomalies?format=xlsx'
is 'XLSX' "$STATUS $(head -c 2 "$BODY")" '200 PK'
http GET '/api/v1/anomalies?format=geojson'
is 'GeoJSON' "$(json '.features | length') $(json '.features[0].geometry.coordinates | join(",")')" '6 120.35,22.56'
http GET /tiles/anomalies/0/0/0.mvt
cp "$BODY" "$TEST_TMP/tile.mvt"
ogrinfo -ro -q -al "MVT:$TEST_TMP/tile.mvt" anomalies >"$TEST_TMP/tile.txt" 2>/dev/null
is 'tile: a point a facility' "$(grep -c '^OGRFeature' "$TEST_TMP/tile.txt")" 2
like 'tile: how many' "$(cat "$TEST_TMP/tile.txt")" 'anomalies \(Integer\) = 5'
http GET /tiles/anomalies.json
is 'legend' "$(json '.hazatlas.legend.property')" excess
"$HAZATLAS" anomaly --data "$DATA" >"$TEST_TMP/cli.csv" 2>"$TEST_TMP/cli.err"
is 'the command line says the same' "$(cmp "$TEST_TMP/cli.csv" "$TEST_TMP/http.csv" && echo same)" same
"$HAZATLAS" anomaly --method sum --data "$DATA" >"$TEST_TMP/cli.out" 2>&1
is 'and refuses the same' "$?" 2

# ---- real quarterly reports, against sums and limits of another program ----
real=../shared/data/taiwan/tox_operations_2012_2015.csv
if [ -f "$real" ]; then
    import holdings "$real" tox
    ok 'the atlas hears of the reports' wait_until fresh
    http GET '/api/v1/anomalies?method=either&limit=1000'
    json '.anomalies[] | select(.source == "tox") | "\(.id) \(.substance.cas // .substance.reported_key) \(.behaviour.key) \(.value.from) \(.called_by) \([.mean.excess, .median.excess] | max | tostring)"' >"$TEST_TMP/mine"
    sql "SELECT h.facility_id || '|' || coalesce(s.cas, h.reported_key) || '|' || h.behaviour || '|' || h.period_start || '|' || h.period_end || '|' || h.quantity_kg
         FROM holding h JOIN source o ON o.id = h.source_id LEFT JOIN substance s ON s.id = h.substance_id WHERE o.name = 'tox' AND h.parts = 1" >"$TEST_TMP/rows"
    python3 - "$TEST_TMP/rows" "$TEST_TMP/mine" >"$TEST_TMP/compared" <<'P'
import collections, statistics as s, sys
series = collections.defaultdict(lambda: collections.defaultdict(float))
for line in open(sys.argv[1], encoding='utf-8'):
    head, start, end, kg = line.rstrip('\n').rsplit('|', 3)
    series[head][start, end] += float(kg)
wanted = {}
for head, values in series.items():
    facility, rest = head.split('|', 1)
    what, behaviour = rest.rsplit('|', 1)
    days = sorted(values)
    x = [values[d] for d in days]
    for i in range(6, len(x)):
        w = x[max(0, i - 12):i]
        m, d = s.fmean(w), s.stdev(w)
        low, high = (.9 * w[0], 1.1 * w[0]) if len(set(w)) == 1 else (max(0, m - 3 * d), m + 3 * d)
        by_mean = max(x[i] - high, low - x[i], 0)
        m = s.median(w)
        d = 1.4826 * s.median([abs(v - m) for v in w])
        low, high = (max(0, m - 3 * d), m + 3 * d) if d else (.9 * m, 1.1 * m)
        by_median = max(x[i] - high, low - x[i], 0)
        if by_mean or by_median:
            by = 'both' if by_mean and by_median else 'mean' if by_mean else 'median'
            wanted[f'{facility} {what} {behaviour} {days[i][0]} {by}'] = max(by_mean, by_median)
mine = dict(l.rstrip('\n').rsplit(' ', 1) for l in open(sys.argv[2], encoding='utf-8'))
print(len(wanted) > 300, set(wanted) == set(mine), all(abs(float(mine[k]) - v) <= 1e-9 * v for k, v in wanted.items() if k in mine))
P
    is 'hundreds of values, the same ones, past their limits by as much' "$(cat "$TEST_TMP/compared")" 'True True True'
fi
done_testing

#!/bin/sh
# incidents.t - incidents: old county names, times, substances, facilities that are named by number.
. tests/db/lib.sh

start_server --sample "${BUILD:-build}/sample"
sql 'DELETE FROM record' >/dev/null # those of the sample region
work=$TEST_TMP/files
mkdir -p "$work"

cat >"$work/incidents.csv" <<'CSV'
序號,日期,時間,化學物質,CAS,地區,業者,管制編號,事故名稱,主因或間接,災害類型,受傷,死亡,經度,緯度
1,098/1/14,20:06,過氧化氫異丙苯,80-15-9,台南縣,某公司,,某公司洩漏,主因,洩漏,0,0,,
2,2009-01-17,7時5分,硝化纖維棉,9004-70-0,台中縣,某廠,zz000001,某廠火警,間接,火警,"1,000",,,
3,民國98年1月18日,0926,甲苯,,高雄市,,,路上外洩,主因,外洩,,,120.3000,22.6200
4,2009-01-19,,甲苯,,火星市,,ZZ999999,不明,,怪事,-1,,,
5,,10:00,甲苯,,高雄市,,,沒有日期,,,,,,
6,2009-01-19,25:99,甲苯,,高雄市,,,沒有這個時間,,,,,,
CSV
import incidents "$work/incidents.csv" test || sed 's/^/# /' "$TEST_TMP/import.err"
is 'incidents come in; without a day or with an impossible time they are kept aside' "$(counted new) $(counted 'kept aside')" '4 2'
is 'days' "$(sql "SELECT string_agg(occurred_on::text, ' ' ORDER BY occurred_on) FROM incident")" '2009-01-14 2009-01-17 2009-01-18 2009-01-19'
is 'times of day' "$(sql "SELECT string_agg(coalesce(to_char(occurred_at, 'HH24:MI'), '-'), ' ' ORDER BY occurred_on) FROM incident")" '20:06 07:05 09:26 -'
is 'kinds' "$(sql "SELECT string_agg(coalesce(kind, '-'), ' ' ORDER BY occurred_on) FROM incident")" 'leak fire leak -'
is 'what cannot be read is left out and said' "$(sql "SELECT count(*) FROM rejected_row WHERE code = 'field_ignored'")" 2
is 'old names of counties are known, and stay as written' "$(sql "SELECT county || ' ' || county_code FROM incident WHERE occurred_on = '2009-01-14'")" '台南縣 67000'
is 'one without a position counts in its county' "$(sql "SELECT position_check, geom IS NULL FROM incident WHERE occurred_on = '2009-01-14'")" 'missing|t'
is 'or stands at the facility that its number names' "$(sql "SELECT position_from, i.geom = f.geom, f.facility_key FROM incident i JOIN facility f ON f.id = i.facility_id WHERE occurred_on = '2009-01-17'")" "$(sql "SELECT 'facility', true, facility_key FROM facility JOIN facility_number n ON n.facility_id = facility.id WHERE n.number = 'ZZ000001'")"
is 'a number that no facility has names none' "$(sql "SELECT facility_id IS NULL FROM incident WHERE occurred_on = '2009-01-19'")" t
is 'its own position is taken' "$(sql "SELECT position_from, position_check, round(ST_X(geom)::numeric, 2) FROM incident WHERE occurred_on = '2009-01-18'")" 'row|ok|120.30'
is 'substances are found by CAS and by name' "$(sql "SELECT string_agg(substance_link, ' ' ORDER BY occurred_on) FROM incident")" 'cas cas name_zh name_zh'
sed '1s/,CAS,/,CAS No.,/' "$work/incidents.csv" >"$work/cas.csv"
import incidents "$work/cas.csv" test
is 'the header CAS No. is known' "$(counted new) $(counted unchanged)" '0 4'
sed 's/,20:06,/,8:06,/; s/^1,/77,/' "$work/incidents.csv" | sed 's/7時5分/07:05:30/' >"$work/incidents2.csv"
import incidents "$work/incidents2.csv" test
is 'another time is another incident; one written otherwise is the same' "$(counted new) $(counted unchanged)" '1 3'

# ---- the warning radar counts them: printed counts (2009-01/2009-04: ammonia 4, toluene 1) and stored ones, none twice
sql 'DELETE FROM record' >/dev/null
cat >"$work/radar.csv" <<'CSV'
date,time,cas,county,title
2009-01-11,07:26,7664-41-7,高雄市,一
2009-02-10,17:19,7664-41-7,高雄市,二
2010-02-10,17:19,7664-41-7,高雄市,三
2010-02-10,18:00,7664-41-7,高雄市,三又
2009-01-02,,108-88-3,臺北市,四
2009-01-03,,108-88-3,臺北市,五
2009-01-04,,108-88-3,臺北縣,六
2012-05-06,,67-64-1,臺北市,七
CSV
import incidents "$work/radar.csv" radar
raw() { curl -s "$URL/api/v1/substances/$1" | jq -r '[.factors[] | select(.factor == "incidents") | "\(.value) \(.period)"] | join(", ")'; }
radar_is() { # radar_is CAS COUNT: what the radar's third axis counts
    curl -s "$URL/api/v1/radar/substances?limit=500" |
        jq -e --arg cas "$1" --argjson n "$2" '.substances[] | select(.cas == $cas) | .axes[] | select(.key == "C") | .raw == $n' >/dev/null
}
ok 'of a printed period the larger count is taken; two of one day and county are two' wait_until radar_is 7664-41-7 6
ok 'more stored than printed' wait_until radar_is 108-88-3 3
ok 'none printed' wait_until radar_is 67-64-1 1
{ sed -n '1p;4p' "$work/radar.csv"; echo '2012-05-06,,67-64-1,臺北市,七又'; } >"$work/again.csv"
{ cat "$work/again.csv"; echo '2012-05-06,,67-64-1,臺北市,七'; } >"$work/other.csv"
import incidents "$work/other.csv" other
ok 'another list tells of two where the first has one' wait_until radar_is 67-64-1 2
ok 'what both lists tell counts once' radar_is 7664-41-7 6
is 'a substance names both counts' "$(raw 7664-41-7)" '4 2009-01-11/2010-02-10, 4 2009-01/2009-04'

seed=${SHARED_DATA:-../shared/data}/seed
if [ -f "$seed/incidents_domestic.csv" ]; then
    sql 'DELETE FROM record' >/dev/null
    import incidents "$seed/incidents_domestic.csv" seed || sed 's/^/# /' "$TEST_TMP/import.err"
    is 'the 20 real ones' "$(counted new) $(counted 'kept aside')" '20 0'
    is 'each in a county' "$(sql 'SELECT count(county_code), count(DISTINCT county), count(geom) FROM incident')" '20|10|0'
    is 'each of a substance that is known' "$(sql "SELECT count(cas), count(*) FILTER (WHERE substance IS NULL) FROM incident")" '20|0'
else
    ok 'the real incidents # SKIP they are not here' true
fi
done_testing

#!/bin/sh
# The real registers of places, contaminated sites and stations, with the counts that are known of
# them (SHARED_DATA says where they are). Differences are explained where they stand.
. tests/db/lib.sh

FILES=${SHARED_DATA:-../shared/data}/taiwan
[ -d "$FILES" ] || skip_all "no shared data ($FILES); set SHARED_DATA"

start_server
ok 'counties' import areas "$FILES/counties.geojson" moi

# positions KIND CLASS: how the positions were judged, "check:count …".
positions() {
    sql "SELECT string_agg(position_check || ':' || n, ' ' ORDER BY position_check) FROM (
         SELECT position_check, count(*) n FROM record
         WHERE kind = '$1' AND coalesce(fields ->> 'class', '') = '$2' GROUP BY 1) t"
}

ok 'hospitals' import places "$FILES/er_hospitals.csv" mohw_er --set class=hospital
is 'hospitals: all 153' "$(counted new) $(counted 'kept aside')" '153 0'
is 'hospitals: all in the county that they name' "$(positions places hospital)" 'ok:153'
is 'hospitals: levels as announced, with what they are able to besides' "$(sql "SELECT count(*), count(DISTINCT fields ->> 'level') FROM record WHERE fields ->> 'class' = 'hospital'")" '153|31'
is 'hospitals: 89 have a last day' "$(sql "SELECT count(*) FROM record WHERE fields ? 'valid_to'")" 89

# 5,914 rows. One row stands twice word for word (新竹市 測試收容所1, a trial entry); one shelter
# (雲林縣 楊厝幸福食堂) twice with two positions: the later row is taken, the other kept aside.
ok 'shelters' import places "$FILES/shelters.csv" mohw_shelters --set class=shelter
is 'shelters: rows' "$(counted 'rows read')" 5914
is 'shelters: new, repeated, kept aside' "$(counted new) $(counted 'repeated in the file, counted once') $(counted 'kept aside')" '5912 1 1'
is 'shelters: what is kept aside says why' "$(sql "SELECT code FROM rejected_row WHERE code <> 'field_ignored' AND row_values::text LIKE '%楊厝幸福食堂%'")" duplicate_key
# Of the 28 rows without numbers one is the trial entry; the one "outside Taiwan" has its axes swapped. Of
# the 5,883 in the county that they name one is 楊厝幸福食堂.
is 'shelters: positions' "$(positions places shelter)" 'missing:28 ok:5882 other_county:2'
is 'shelters: swapped axes are named' "$(sql "SELECT count(*) FROM rejected_row WHERE code = 'axes_swapped' AND row_values::text LIKE '%東峰公園%'")" 1

ok 'contaminated sites, not farmland' import contaminated "$FILES/contaminated_sites_nonfarm.csv" sgw
is 'sites: all 848' "$(counted new) $(counted 'kept aside')" '848 0'
is 'sites: kinds' "$(sql "SELECT string_agg(k || ':' || n, ' ' ORDER BY n DESC, k) FROM (SELECT fields ->> 'kind' k, count(*) n FROM record WHERE kind = 'contaminated' GROUP BY 1) t")" 'factory:444 other:175 petrol_station:175 illegal_dump:36 tank:18'
# One row says 平方公尺 without a number.
is 'sites: areas' "$(sql "SELECT count(*) FROM record WHERE kind = 'contaminated' AND fields ? 'area_m2'")" 847
is 'sites: what was found in groundwater, with values' "$(sql "SELECT count(*), count(*) FILTER (WHERE p ? 'value') FROM record, jsonb_array_elements(fields -> 'groundwater') p WHERE kind = 'contaminated'")" '857|807'
# 839 in the county that they name, and 9: 7 lie 2 degrees off (the other TM2 zone), one in the harbour.
is 'sites: positions' "$(positions contaminated '')" 'coast:1 ok:839 other_county:1 other_zone:7'

ok 'contaminated farmland' import contaminated "$FILES/contaminated_sites_farm.csv.gz" sgw
is 'farmland: all 7,361' "$(counted new) $(counted 'kept aside')" '7361 0'
is 'farmland: every area has its number' "$(sql "SELECT count(*) FROM record WHERE kind = 'contaminated' AND fields ? 'area_m2'")" 8208
is 'farmland: positions' "$(sql "SELECT string_agg(position_check || ':' || n, ' ' ORDER BY position_check) FROM (SELECT position_check, count(*) n FROM record WHERE fields ->> 'kind' = 'farmland' GROUP BY 1) t")" 'ok:7357 other_county:4'

ok 'air quality stations' import stations "$FILES/air_quality_stations.csv" epa_air --set class=air
is 'stations: all 73' "$(counted new) $(counted 'kept aside')" '73 0'
# 28 name counties that are no more (臺北縣, 桃園縣 …): understood, and kept as given.
is 'stations: positions' "$(positions stations air)" 'ok:72 other_county:1'
is 'stations: old counties' "$(sql "SELECT count(*) FROM record WHERE kind = 'stations' AND fields ->> 'county' IN ('臺北縣', '桃園縣', '臺中縣', '臺南縣', '高雄縣') AND position_check = 'ok'")" 28

# Treatment plants of industrial parks are places with a registration, not stations: nothing is measured
# there for us. Their 管制編號 is the one of the facilities.
ok 'treatment plants of industrial parks are facilities' import facilities "$FILES/industrial_parks_wwtp.csv" epa_wwtp
is 'treatment plants: all 66' "$(counted new) $(counted 'kept aside')" '66 0'
done_testing

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

# ---- regulated quantities: 7 categories of 18+8+11+10+11+4+14 items; those of 7 are no quantities ----
SEED=${SHARED_DATA:-../shared/data}/seed
ok 'regulated quantities' import thresholds "$SEED/thresholds.csv" nfa
is 'regulated quantities: all 76' "$(counted new) $(counted 'kept aside')" '76 0'
is 'by category' "$(sql "SELECT string_agg(n::text, '+' ORDER BY category) FROM (SELECT category, count(*) n FROM regulated_quantity WHERE imported_from = 'nfa' GROUP BY 1) t")" '18+8+11+10+11+4+14'
is 'without a quantity: category 7' "$(sql "SELECT string_agg(DISTINCT category, ',') FROM regulated_quantity WHERE quantity IS NULL")" 7
is 'the same as what comes with the product' "$(sql "SELECT count(*) FROM threshold t WHERE NOT EXISTS (SELECT FROM regulated_quantity q WHERE (q.category, q.item_no, q.item_zh, q.unit) = (t.category, t.item_no, t.item_zh, t.unit) AND q.water_soluble IS NOT DISTINCT FROM t.water_soluble AND q.quantity IS NOT DISTINCT FROM t.quantity)")" 0

# ---- response tables of the guidebook ----
ERG=${SHARED_DATA:-../shared/data}/erg
ok 'ERG 2024, Table 1' import response_table1 "$ERG/erg2024_table1.csv" erg --set 'edition=ERG 2024'
is 'Table 1: 369 rows, 272 UN numbers' "$(counted new) $(sql "SELECT count(DISTINCT un) FROM response_distance_now WHERE table_no = '1'")" '369 272'
largest() { echo "SELECT un, condition, spill, time_of_day, max(isolation_m), max(downwind_m), bool_or(at_least AND downwind_m >= 11000) FROM $1 WHERE table_no = '1' GROUP BY 1, 2, 3, 4"; }
is 'Table 1: the largest of each UN number are those that come with the product' "$(sql "SELECT count(*) FROM (($(largest response_distance) EXCEPT $(largest response_distance_now)) UNION ALL ($(largest response_distance_now) EXCEPT $(largest response_distance))) d")" 0
ok 'ERG 2024, Table 2' import response_table2 "$ERG/erg2024_table2_water_reactive.csv" erg --set 'edition=ERG 2024'
is 'Table 2: 108 rows, 89 UN numbers' "$(counted new) $(sql "SELECT count(DISTINCT fields ->> 'un') FROM record WHERE kind = 'response_table2'")" '108 89'
is 'Table 2: what comes with the product said it already' "$(sql "SELECT count(*) FROM substance_response r JOIN substance s ON s.id = r.substance_id WHERE water_edition IS NOT NULL AND s.water_reactive IS NOT TRUE")" 0
ok 'ERG 2024, Table 3' import response_table3 "$ERG/erg2024_table3.csv" erg --set 'edition=ERG 2024'
is 'Table 3: 26 rows, 7 UN numbers' "$(counted new) $(sql "SELECT count(DISTINCT un) FROM response_distance_now WHERE table_no = '3'")" '26 7'
three() { echo "SELECT un, container, time_of_day, wind, isolation_m, downwind_m, at_least FROM $1 WHERE table_no = '3'"; }
is 'Table 3: the same as what comes with the product' "$(sql "SELECT count(*) FROM (($(three response_distance) EXCEPT $(three response_distance_now)) UNION ALL ($(three response_distance_now) EXCEPT $(three response_distance))) d")" 0
ok 'ERG 2024, guides' import response_guides "$ERG/erg2024_guides.csv" erg --set 'edition=ERG 2024'
# 121 and 167 are blank in the book: kept, not used.
is 'guides: 64, and 62 in use' "$(counted new) $(sql "SELECT count(*) FROM response_guide_now WHERE imported_from = 'erg'")" '64 62'
# 161-166 and 172 say "consider evacuation" for a fire; the file has that under isolation.
metres='guide, isolation_liquid_m, isolation_solid_m, large_spill_downwind_m, fire_isolation_m, fire_evacuation_m'
is 'guides: as what comes with the product, but for seven' "$(sql "SELECT string_agg(guide, ' ' ORDER BY guide) FROM (SELECT $metres FROM response_guide EXCEPT SELECT $metres FROM response_guide_now) d")" '161 162 163 164 165 166 172'

# The older edition by Esri: 684 rows; 63 are guides without a UN number and 7 are goods of guides only,
# so 614 rows of 280 UN numbers have distances.
ok 'ERG 2016 by Esri' import response_table1 "$ERG/erg2016_lookup_esri.csv" esri --set 'edition=ERG 2016'
is 'ERG 2016: all 684 rows' "$(counted new)" 684
is 'ERG 2016: rows with distances' "$(sql "SELECT count(*), count(DISTINCT fields ->> 'un') FROM record r JOIN source s ON s.id = r.source_id WHERE s.name = 'esri' AND jsonb_array_length(fields -> 'distances') > 0")" '614|280'
is 'ERG 2016: does not win over 2024' "$(sql "SELECT edition FROM response_edition WHERE table_no = '1' AND in_use")" 'ERG 2024'
is 'ERG 2016: water and land are told apart' "$(sql "SELECT string_agg(DISTINCT fields ->> 'condition', ',') FROM record WHERE fields ->> 'un' = '1836' AND fields ->> 'edition' = 'ERG 2016'")" 'land,water'
done_testing

#!/bin/sh
# responses.t - response tables of users: whole or not at all, the newest edition is gone by, packets
# name edition and source, undo brings the shipped table back.
. tests/db/lib.sh

start_server --sample "${BUILD:-build}/sample"
work=$TEST_TMP/files
mkdir -p "$work"
refused() { # refused LABEL PATTERN KIND FILE SOURCE [OPTION…]
    label=$1 pattern=$2
    shift 2
    if import "$@"; then
        ok "$label" false
    else
        like "$label" "$(cat "$TEST_TMP/import.err")" "$pattern"
    fi
}
distances() { # distances JSON FILTER: of a packet for it
    http POST /api/v1/packets -H 'Content-Type: application/json' --data-binary "$1"
    json ".distances | $2"
}
# Table 1 as the book prints it, from the rows that come with the product.
table1() {
    sql "COPY (SELECT un, guide, name_en AS names, condition AS condition_text,
        max(isolation_m) FILTER (WHERE spill = 'small') AS small_iso_m,
        max(downwind_m) FILTER (WHERE spill = 'small' AND time_of_day = 'day') / 1000.0 AS small_day_km,
        max(downwind_m) FILTER (WHERE spill = 'small' AND time_of_day = 'night') / 1000.0 AS small_night_km,
        max(isolation_m) FILTER (WHERE spill = 'large') AS large_iso_m,
        max(downwind_m) FILTER (WHERE spill = 'large' AND time_of_day = 'day') / 1000.0 AS large_day_km,
        max(downwind_m) FILTER (WHERE spill = 'large' AND time_of_day = 'night') / 1000.0
            || CASE WHEN bool_or(at_least) THEN '+' ELSE '' END AS large_night_km
        FROM (SELECT un, guide, name_en, CASE condition WHEN 'water' THEN 'when spilled in water'
                     WHEN 'land' THEN 'when spilled on land' ELSE '' END AS condition,
                     spill, time_of_day, isolation_m, downwind_m, at_least
              FROM response_distance WHERE table_no = '1') d
        GROUP BY 1, 2, 3, 4 ORDER BY 1, 4) TO STDOUT WITH (FORMAT csv, HEADER)"
}
table1 >"$work/table1.csv"
small='{"substance":"7782-50-5","spill":"small","time":"night","lon":121.5,"lat":25.0}'

is 'at first the shipped tables are in use' "$(sql "SELECT string_agg(table_no || ' ' || edition, ', ' ORDER BY table_no) FROM response_edition WHERE in_use")" '1 ERG 2024, 3 ERG 2024, guides ERG 2024'
is 'packet: shipped distance, edition, source' "$(distances "$small" '"\(.downwind_m) \(.edition) \(.imported_from) \(.source | test("Guidebook 2024"))"')" "$(sql "SELECT downwind_m FROM response_distance WHERE un = '1017' AND table_no = '1' AND spill = 'small' AND time_of_day = 'night'") ERG 2024 null true"

# ---- an edition is wanted, and every row ----
refused 'without an edition' 'no column for edition' response_table1 "$work/table1.csv" fire
refused 'an edition without a year' 'named with its year' response_table1 "$work/table1.csv" fire --set 'edition=ERG'
sed '20s/,[0-9.]*,\([0-9]*\),/,x,\1,/' "$work/table1.csv" >"$work/bad.csv"
refused 'one bad distance refuses the file' 'line 20: .*nothing was imported' response_table1 "$work/bad.csv" fire --set 'edition=ERG 2030'
sed '3s/\(.*\),[^,]*,[^,]*$/\1,,/' "$work/table1.csv" >"$work/bad.csv"
refused 'so do missing ones' 'line 3: .*needs isolation, day and night' response_table1 "$work/bad.csv" fire --set 'edition=ERG 2030'
sed '20s/^[0-9]*/12x4/' "$work/table1.csv" >"$work/bad.csv"
refused 'and a UN number that is none' 'line 20: un: not a UN number' response_table1 "$work/bad.csv" fire --set 'edition=ERG 2030'
{ cat "$work/table1.csv"; sed -n '20p' "$work/table1.csv" | sed 's/,30,/,31,/;t;s/,60,/,61,/;t;s/,100,/,101,/'; } >"$work/bad.csv"
refused 'and two rows that contradict each other' 'lines 20 and .* say different things' response_table1 "$work/bad.csv" fire --set 'edition=ERG 2030'
head -40 "$work/table1.csv" >"$work/part.csv"
refused 'a part does not take the place of the whole' 'a part of a table does not take the place' response_table1 "$work/part.csv" fire --set 'edition=ERG 2030'
is 'after all this nothing has changed' "$(sql "SELECT count(*) FROM record WHERE kind LIKE 'response%'") $(sql "SELECT edition FROM response_edition WHERE in_use AND table_no = '1'")" '0 ERG 2024'

# ---- a newer edition ----
sed '/^1017,/s/\(,[0-9]*,[0-9.]*,\)[0-9.]*\(,.*\)/\19.9\2/' "$work/table1.csv" >"$work/new.csv"
sed -i '/^1017,/s/.*/1017,124,Chlorine,,60,0.3,9.9,,,/' "$work/new.csv"
ok 'a newer edition' import response_table1 "$work/new.csv" fire --set 'edition=ERG 2030'
is 'is in use' "$(sql "SELECT edition FROM response_edition WHERE in_use AND table_no = '1'")" 'ERG 2030'
is 'packet: its distance, edition and source' "$(distances "$small" '"\(.downwind_m) \(.edition) \(.imported_from)"')" '9900 ERG 2030 fire'
like 'packet: the sentence names both' "$(distances "$small" '.text.en')" 'ERG 2030 Table 1 \(imported from fire\)'
is 'packet: Table 3 is still the one of 2024' "$(distances "$(echo "$small" | sed 's/small/large/')" '"\(.edition) \(.table)"')" 'ERG 2024 3'

# ---- an older one, and what it is told ----
ok 'an older edition' import response_table1 "$work/table1.csv" museum --set 'edition=ERG 2016'
like 'is kept, and said not to be used' "$(cat "$REPORT")" 'rows kept and not used: ERG 2030 is in use'
is 'packet: goes by the newest' "$(distances "$small" .edition)" 'ERG 2030'
ok 'the older one told to be used' import response_table1 "$work/table1.csv" museum --set 'edition=ERG 2016' --set use=yes
is 'packet: goes by it' "$(distances "$small" '"\(.edition) \(.imported_from)"')" 'ERG 2016 museum'
ok 'told not to be used' import response_table1 "$work/table1.csv" museum --set 'edition=ERG 2016' --set use=no
is 'packet: goes by the newest again' "$(distances "$small" .edition)" 'ERG 2030'

# ---- the same edition again, with a row less ----
grep -v '^1005,' "$work/new.csv" >"$work/less.csv"
ok 'the same edition with a row less' import response_table1 "$work/less.csv" fire --set 'edition=ERG 2030'
is 'the row ends with it' "$(counted 'rows of the former table that this one has no more') $(sql "SELECT count(*) FROM response_distance_now WHERE table_no = '1' AND un = '1005'")" '1 0'

# ---- undo ----
batch=$(sql "SELECT max(id) FROM import_batch WHERE kind = 'response_table1'")
ok 'undo' "$HAZATLAS" undo "$batch" --data "$DATA"
is 'the row is back' "$(sql "SELECT count(*) > 0 FROM response_distance_now WHERE table_no = '1' AND un = '1005'")" t
for batch in $(sql "SELECT id FROM import_batch WHERE kind = 'response_table1' AND undone_at IS NULL ORDER BY id DESC"); do
    "$HAZATLAS" undo "$batch" --data "$DATA" >/dev/null || echo "# undo of $batch failed"
done
is 'with all undone the shipped table is in use' "$(sql "SELECT edition FROM response_edition WHERE in_use AND table_no = '1' AND source_id IS NULL")" 'ERG 2024'
is 'and packets go by it' "$(distances "$small" '"\(.edition) \(.imported_from)"')" 'ERG 2024 null'

# ---- Table 2 ----
cat >"$work/table2.csv" <<'CSV'
un,names,gases,edition
1017,Chlorine,HCl; HOCl,ERG 2030
CSV
is 'chlorine is not said to react with water' "$(sql "SELECT coalesce(r.water_reactive, false) FROM substance_response r JOIN substance ON id = substance_id WHERE cas = '7782-50-5'")" f
ok 'Table 2 of an edition' import response_table2 "$work/table2.csv" fire
is 'adds the danger' "$(sql "SELECT r.water_reactive, r.water_reactive_gases, water_edition FROM substance_response r JOIN substance ON id = substance_id WHERE cas = '7782-50-5'")" 't|HCl|HOCl|ERG 2030'
http POST /api/v1/packets -H 'Content-Type: application/json' --data-binary "$small"
is 'packet: reacts with water, and what it gives off' "$(json '[.. | objects | select(.cas? == "7782-50-5" and has("water_reactive"))][0] | "\(.water_reactive) \(.water_reactive_gases)"')" 'true HCl, HOCl'
printf 'un,names,gases,edition\n1017,Chlorine,,ERG 2031\n' >"$work/bad.csv"
refused 'a row without a gas refuses the file' 'names no gas' response_table2 "$work/bad.csv" fire

# ---- Table 3 and guides ----
sql "COPY (SELECT un, name_en AS names, container, max(isolation_m) AS isolation_m,
    max(downwind_m) FILTER (WHERE time_of_day = 'day' AND wind = 'low') / 1000.0 AS day_low_km,
    max(downwind_m) FILTER (WHERE time_of_day = 'day' AND wind = 'moderate') / 1000.0 AS day_mod_km,
    max(downwind_m) FILTER (WHERE time_of_day = 'day' AND wind = 'high') / 1000.0 AS day_high_km,
    max(downwind_m) FILTER (WHERE time_of_day = 'night' AND wind = 'low') / 1000.0 AS night_low_km,
    max(downwind_m) FILTER (WHERE time_of_day = 'night' AND wind = 'moderate') / 1000.0 AS night_mod_km,
    max(downwind_m) FILTER (WHERE time_of_day = 'night' AND wind = 'high') / 1000.0 AS night_high_km
    FROM response_distance WHERE table_no = '3' GROUP BY 1, 2, 3 ORDER BY 1, 3) TO STDOUT WITH (FORMAT csv, HEADER)" >"$work/table3.csv"
ok 'Table 3' import response_table3 "$work/table3.csv" fire --set 'edition=ERG 2024'
is 'Table 3: the user'"'"'s takes the place of the shipped one of the same edition' "$(sql "SELECT DISTINCT edition, imported_from FROM response_distance_now WHERE table_no = '3'")" 'ERG 2024|fire'
is 'Table 3: the same distances' "$(sql "SELECT count(*) FROM (SELECT un, container, spill, time_of_day, wind, isolation_m, downwind_m, at_least FROM response_distance WHERE table_no = '3' EXCEPT SELECT un, container, spill, time_of_day, wind, isolation_m, downwind_m, at_least FROM response_distance_now WHERE table_no = '3') d")" 0
is 'Table 3: a container of a packet is still found' "$(distances '{"substance":"7782-50-5","spill":"large","time":"day","container":"Rail tank car","wind_from_deg":0,"wind_speed_ms":1,"lon":121.5,"lat":25.0}' '"\(.downwind_m) \(.imported_from)"')" '9600 fire'
sed '3s/,[^,]*$/,0/' "$work/table3.csv" >"$work/bad.csv"
refused 'Table 3: a distance of nothing refuses the file' 'line 3: night_high_km' response_table3 "$work/bad.csv" fire --set 'edition=ERG 2030'
sql "COPY (SELECT guide, title_en AS title, isolation_liquid_m + 5 AS isolation_liquid_m, isolation_solid_m, large_spill_downwind_m, fire_isolation_m, fire_evacuation_m
    FROM response_guide ORDER BY guide) TO STDOUT WITH (FORMAT csv, HEADER)" >"$work/guides.csv"
ok 'guides' import response_guides "$work/guides.csv" fire --set 'edition=ERG 2030'
is 'packet: the guide of the newest edition' "$(distances '{"substance":"108-88-3","spill":"small","time":"day","lon":121.5,"lat":25.0}' '"\(.basis) \(.edition) \(.isolation_m) \(.imported_from)"')" 'guide ERG 2030 55 fire'
is 'guides: the Chinese title stays where none is given' "$(sql "SELECT count(*) FROM response_guide_now n JOIN response_guide g USING (guide) WHERE n.title_zh = g.title_zh")" 62
done_testing

#!/bin/sh
# The lists of substances that people have: NFPA ratings, GHS classes, CHRIS data sheets, the list of toxic
# chemicals; with the counts of their SOURCES.md. Then reports with several substances in a cell, as
# the facility's card and the packet show them.
. tests/db/lib.sh
REAL=${SHARED_DATA:-../shared/data}

start_server
known=$(sql 'SELECT count(*) FROM substance')
printf 'cas,nfpa_health,nfpa_flammability\n67-64-1,4,3\n' >"$TEST_TMP/worse.csv"
before=$(sql "SELECT name_zh || ' ' || name_en || ' ' || un || ' ' || erg_guide FROM substance WHERE cas = '67-64-1'")
ok 'a list of ratings only' import substances "$TEST_TMP/worse.csv" own
is 'the worse rating holds' "$(sql "SELECT nfpa_health FROM substance WHERE cas = '67-64-1'")" 4
is 'and nothing else is touched' "$(sql "SELECT name_zh || ' ' || name_en || ' ' || un || ' ' || erg_guide FROM substance WHERE cas = '67-64-1'")" "$before"

cat >"$TEST_TMP/h.csv" <<'EOF'
ems_no,facility_name,cas,substance_name,behaviour,quantity,unit
T1,測試廠,,甲苯、丙酮,貯存,2,公噸
T1,測試廠,0071-43-2,,貯存,5,公斤
T1,測試廠,1975/5/8,,貯存,6,公斤
EOF
ok 'a report with several in a cell' import holdings "$TEST_TMP/h.csv" own
is 'split' "$(counted 'rows of several substances, split')" 1
is 'mended' "$(counted 'linked by CAS number, mended')" 2
is 'what is summed' "$(sql "SELECT sum(quantity_kg) FROM holding")" 11
id=$(sql "SELECT id FROM facility WHERE facility_key = 'ems:T1'")
http GET "/api/v1/facilities/$id"
is 'the card lists every substance' "$(json '[.substances[].cas] | sort | join(" ")')" '108-88-3 67-64-1 71-43-2 75-05-8'
is 'and says whose the quantity is' "$(json '[.substances[] | select(.cas == "108-88-3") | .quantity_kg, .reported] | map(tostring) | join(" ")')" \
    'null 2 公噸（混合物總量 whole mixture）'
is 'so does the list of reports' "$(json '[.holdings[] | select(.mixture) | "\(.substance.cas) \(.mixture.part)/\(.mixture.parts) \(.mixture.quantity_kg)"] | sort | join(", ")')" \
    '108-88-3 1/2 2000, 67-64-1 2/2 2000'
is 'and how each was linked' "$(json '[.holdings[].link | "\(.rule) \(.confidence)"] | unique | join(", ")')" \
    'cas_mended 0.8, cas_mended 0.98, name_zh 0.81'

if [ ! -f "$REAL/chem/nfpa704.csv" ]; then
    echo "# the rest is skipped: no chem/nfpa704.csv beside the checkout"
    done_testing
    exit
fi
# list FILE SOURCE READ NEW ASIDE [OPTION…]
list() {
    file=$1 from=$2 read=$3 new=$4 aside=$5
    shift 5
    ok "$from" import substances "$REAL/$file" "$from" "$@"
    is "$from: rows read" "$(counted 'rows read')" "$read"
    is "$from: new" "$(counted new)" "$new"
    is "$from: kept aside" "$(counted 'kept aside')" "$aside"
}
list chem/nfpa704.csv nfpa704 716 285 89
list chem/ghs_clp_annex_vi.csv clp 4222 3669 0
is 'GHS: rows beside another of their CAS number' "$(counted 'rows beside another of the same CAS number')" 43
is 'GHS: CAS numbers' "$(sql "SELECT count(DISTINCT cas) FROM substance_record r JOIN source s ON s.id = r.source_id WHERE s.name = 'clp'")" 4178
list chem/chris_properties.csv chris 1306 229 250 --map un=dot_id
is 'CHRIS: wrong check digits' "$(sql "SELECT count(*) FROM rejected_row WHERE code = 'cas_invalid'")" 9
list chem/nfpa_second_source.csv nfpa2 360 0 170
list taiwan/toxic_items_seen.csv items 175 0 0
is 'no name of before is lost' "$(sql "SELECT name_zh || ' ' || name_en || ' ' || un || ' ' || erg_guide FROM substance WHERE cas = '67-64-1'")" "$before"
is 'no substance of before is lost' "$(sql "SELECT count(*) FROM substance s JOIN substance_record r ON r.cas = s.cas JOIN source o ON o.id = r.source_id WHERE o.name = 'hazatlas'")" "$known"
is 'each rating is the highest of its records' \
    "$(sql "SELECT count(*) FROM substance s WHERE nfpa_health IS DISTINCT FROM (SELECT max((fields->>'nfpa_health')::int) FROM substance_record r WHERE r.cas = s.cas AND ended_batch_id IS NULL)")" 0
atlas=$(sql 'SELECT number FROM atlas_revision')
ok 'again' import substances "$REAL/chem/nfpa704.csv" nfpa704
is 'changes nothing' "$(sql 'SELECT number FROM atlas_revision')" "$atlas"
done_testing

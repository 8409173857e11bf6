#!/bin/sh
# The trigram index of facilities comes after an import; the answers of a search do not wait for it.
. tests/http/lib.sh

start_server
mkdir -p "$TEST_TMP/in"
make_file() { # FROM TO: facilities of these numbers
    awk -v from="$1" -v to="$2" 'BEGIN {
        print "ems_no,name,address"
        for (i = from; i <= to; i++)
            printf "T%07d,%s工業股份有限公司%d廠,臺北市信義區市府路%d號\n", i, i % 500 ? "大同" : "罕見化學", i, i
    }'
}
indexes() {
    sql "SELECT string_agg(c.relname || CASE WHEN x.indisvalid THEN '' ELSE ' broken' END, ',' ORDER BY c.relname)
         FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid WHERE c.relname LIKE 'facility_search_%'"
}
indexed() { [ "$(indexes)" = "facility_search_$(sql 'SELECT max(id) FROM facility')" ]; }
search() { http GET '/api/v1/search?q=%E7%BD%95%E8%A6%8B%E5%8C%96%E5%AD%B8&limit=50'; }
found() { search && [ "$(json '.results | length')" = "$1" ]; }

make_file 1 5000 >"$TEST_TMP/in/first.csv"
make_file 5001 6000 >"$TEST_TMP/in/second.csv"
is 'an empty database has an index of nothing' "$(indexes)" facility_search_0

ok 'an import of 5,000' "$HAZATLAS" import facilities "$TEST_TMP/in/first.csv" --source test --data "$DATA"
ok 'all ten are found at once' found 10
cp "$BODY" "$TEST_TMP/before"
ok 'an index of all comes by itself, the old one goes' wait_until indexed
search
is 'the answer is the same with the index' "$(json ".results | tostring")" "$(jq -r ".results | tostring" "$TEST_TMP/before")"
plan=$(sql "EXPLAIN SELECT id FROM facility WHERE id <= $(sql 'SELECT max(id) FROM facility') AND search_key LIKE '%罕見化學%'")
like 'and the index serves it' "$plan" 'facility_search_'

first=$(indexes)
ok 'an import of 1,000 more' "$HAZATLAS" import facilities "$TEST_TMP/in/second.csv" --source test --data "$DATA"
ok 'the two new ones are found too' found 12
is 'so few make no new index' "$(indexes)" "$first"

# What a server leaves that died while it made one.
stop_server
start_server
sql "CREATE INDEX facility_search_17 ON facility USING gin (search_key gin_trgm_ops) WHERE id <= 17::bigint;
     UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'facility_search_17'::regclass" >/dev/null
stop_server
start_server
only_whole() { [ "$(indexes)" = "$first" ]; }
ok 'a broken index goes at the next start' wait_until only_whole
ok 'and a search answers as before' found 12

stop_server
is 'the server ends well' "$SERVER_EXIT" 0
done_testing

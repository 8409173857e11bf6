#!/bin/sh
# What the analyses refuse: each says what is wrong, where, and what would do; nothing is passed over in silence or
# taken otherwise than it was asked.
. tests/http/lib.sh
start_server --sample "${BUILD:-build}/sample"
radar=/api/v1/radar/facilities regions=/api/v1/radar/regions runs=/api/v1/radar/runs checks=/api/v1/thresholds heat=/api/v1/heat
name=$(curl -s -X POST -H 'Content-Type: application/json' -d '{"name":"A"}' "$URL$runs" | jq .id)

# STATUS ADDRESS DETAIL (a regular expression)
while read -r status address detail; do
    http GET "$address"
    problem "$address" "$status" "$detail"
done <<END
400 $radar?weights=NaN,1,1,1 weights wants numbers from 0 to 1000000, got "NaN"
400 $radar?weights=1e999,1,1,1 got "1e999"
400 $radar?weights= four numbers.*got fewer than four
400 $radar?weights=1,2,3,4,5 four numbers.*got more than four
400 $radar?weights=0.00000000000000000000000000000000001,1,1,1 at most 31 characters
400 $radar?weights=%EF%BC%91,2,3,4 got "１"
400 $radar?weights=1,%202,3,4 got " 2"
400 $radar?weights=0x10,1,1,1 got "0x10"
400 $radar?weights=0,0,0,0 must not all be 0
400 $radar?weights=1,1,1,1&weights=1,1,1,1 weights is given twice
400 $radar?order=ghij letters GHIJ once, got "ghij"
400 $radar?order=GGIJ got "GGIJ"
400 $radar?angle= angle is "".*degrees.published
400 $radar?rescale=true rescale is "true".*0.1
400 $radar?incidents_from=2026-02-30 YYYY-MM-DD, got "2026-02-30"
400 $radar?incidents_from=%EF%BC%92026-01-01 YYYY-MM-DD
400 $radar?incidents_from=2026-12-01&incidents_to=2026-01-01 after incidents_to.*swap
400 $radar?county=64000%00 control character .0x00.: county
400 $radar?county= no county has the code "".*/api/v1/counties
400 $radar?township=x no township has the code "x"
400 $radar?industry= no facility is of the industry
400 $radar?cas=%EF%BC%97782-50-5 no substance "７782-50-5"
400 $radar?min_score=inf min_score is "inf".*from 0 to 100
400 $radar?limit=1e2 limit is "1e2".*whole number from 1 to 100000
400 $radar?after=99999999999999999999999 after is "9999
400 $radar?format=CSV json.csv.xlsx.geojson
400 $radar?Limit=5 there is no parameter "Limit" here; known are weights
400 $radar?=5 there is no parameter "" here
400 $radar/0/explain "0" is not the number
400 $radar/1e3/explain "1e3" is not the number
404 $radar/999999999999/explain there is no facility 999999999999
400 $radar/99999999999999999999/explain not the number of a facility
400 /api/v1/radar/substances/7782-50-6/explain not a CAS number
400 /api/v1/radar/substances?order=GHIJ letters ABCD once, got "GHIJ"
400 /api/v1/radar/substances?weights=1,1,1,1&substance_weights=1,1,1,1 name one of them
400 /api/v1/radar/sensitivity?points=NaN points is "NaN".*from 0 to 100
400 $regions?size=1000 size is for by=hexagon only
400 $regions?by=hexagon&size=1e4 whole number from 500
400 $regions?borders=full borders is for format=geojson
400 $regions?by=hexagon&format=geojson&borders=full borders is for format=geojson of counties
400 $regions?format=geojson&borders=full&zoom=9 zoom is for format=geojson with borders=simplified
400 $regions?runs=1,,2 numbers of saved runs separated by commas
404 $regions?runs=9999 no saved run 9999
400 $regions?county=x no county has the code "x".*/api/v1/counties
404 $runs/9223372036854775808 no saved run
400 $runs/$name?format=csv&limit=5 limit is for format=json .files have all rows. only
400 $runs/$name?format=xlsx&after=5 after is for format=json
400 $runs/compare from is wanted
400 $runs/compare?from=x from is wanted.*not "x"
400 $runs/compare?from=$name&to=NOW or now, not "NOW"
400 $runs/compare?from=$name&format=csv&limit=5 limit is for format=json
400 $checks/facilities?compare=eq gt.ge
404 $checks/facilities?rule_set= no set of regulated quantities "".*/api/v1/thresholds/rules
404 $checks/facilities/99999999999999999999 there is no facility
400 $checks/facilities/1?limit=5 no parameter "limit" here; known are rule_set, compare
400 /api/v1/anomalies?from=2026-02-30 from: "2026-02-30".*2026-02-28
400 /api/v1/anomalies?from=2026-12-01&to=2026-01-01 from is after to.*swap
400 /api/v1/anomalies?kind=low&kind=high kind is given twice
400 /api/v1/anomalies?window=yes&format=csv window is for format=json only
400 /api/v1/anomalies?facility=99999999999999999999 whole number
400 /api/v1/anomalies?cas= no substance
404 /api/v1/priority?list=x no priority list "x"; /api/v1/priority names
400 /api/v1/priority?format=csv&limit=5 limit is for format=json
400 /api/v1/priority?after=99999999999 from 0 to 100000
400 $heat lon and lat are wanted
400 $heat?lon=1e999&lat=22 lon is "1e999"
400 $heat?lon=120.3&lat=22.6&radius=1e5 from 100 to 20000
400 $heat?lon=120.3&lat=22.6&from=2025&to=2020 from is after to
400 $heat?lon=120.3&lat=22.6&weights=1,1,1,1 by=radar only
400 $heat/zonal?pixel=0 pixel is "0".*from 1 to 100000
400 $heat/compare?a=by%3Dcount%26by%3Dcount&b=by%3Dcount by is given twice .in a
400 $heat/compare?a=%2500&b=by%3Dcount 0x00.* .in a
400 $heat.tif?bbox=121,25,120,24 west < east
400 $heat/contours?levels=5,1 ascending
END

# ---- what is odd but means one thing is taken for that ----
http GET "$radar?&limit=1&"
is 'an empty parameter is none' "$STATUS $(json '.facilities | length')" '200 1'
http GET "$radar?weights=4e1,30.0,15,1.5e1&limit=1"
is 'a number however written' "$(json '"\(.parameters)\(.weights | tojson)"')" '[40,30,15,15]'
http GET "$heat?lon=120.3&lat=22.6&by=radar&weights=1,0,0,0"
is 'heat of scores that are all 0 says so' "$(json '"\(.all_zero) \(.remarks | length)"')" 'true 1'
http GET "/tiles/heat.json?by=radar"
is 'and others not' "$(jq -r '[.. | objects | select(has("all_zero")) | .all_zero] | tojson' "$BODY")" '[false]'
done_testing

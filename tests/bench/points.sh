#!/bin/sh
# points.sh - "lon lat" of the national list of facilities where it is there, else nothing.
list=../shared/data/taiwan/facilities_all_2017.csv.gz
[ -r "$list" ] || exit 0
zcat "$list" | node -e '
    const columns = (line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((m) => m[1]);
    const lines = require("fs").readFileSync(0, "utf8").split("\n");
    const head = columns(lines[0]);
    for (const line of lines.slice(1)) {
        const row = columns(line);
        const [lon, lat] = [row[head.indexOf("lon")], row[head.indexOf("lat")]];
        if (lon && lat) console.log(lon, lat);
    }'

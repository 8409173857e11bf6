// facilities.mjs ROWS SEED.csv[.gz] - a large file of facilities for the benches, on standard output:
// rows like those of SEED (which has names, addresses, industries and positions), each under a
// 管制編號 of its own, moved by up to 600 m, with a 統一編號 that three rows share on average. The same
// arguments give the same bytes.
import { readFileSync, writeSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const [rows, seedFile] = [Number(process.argv[2]), process.argv[3]];
const PART = 1 << 20; // characters kept before they are written
const bytes = readFileSync(seedFile);
const lines = (seedFile.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n');
const header = lines[0].trim().split(',');
const at = (name) => header.indexOf(name);
const wanted = ['name', 'address', 'industrial_park', 'industry'].map(at);

// Rows with quotation marks are left out: so a split at commas is enough.
const seeds = lines
    .slice(1)
    .filter((line) => line && !line.includes('"'))
    .map((line) => line.trim().split(','))
    .filter((row) => row.length === header.length && Number(row[at('lon')]) > 118)
    .map((row) => ({
        texts: wanted.map((i) => row[i]),
        lon: Number(row[at('lon')]),
        lat: Number(row[at('lat')]),
    }));

let state = 12345;
const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
};

function put(text) {
    const data = Buffer.from(text);
    for (let sent = 0; sent < data.length; ) {
        try {
            sent += writeSync(1, data, sent);
        } catch (failure) {
            if (failure.code !== 'EAGAIN') throw failure;
        }
    }
}

let out = 'ems_no,business_no,name,address,industrial_park,industry,lon,lat\n';
for (let i = 0; i < rows; i++) {
    const { texts, lon, lat } = seeds[Math.floor(random() * seeds.length)];
    const [name, address, park, industry] = texts;
    const ems = String.fromCharCode(65 + (i % 26)) + String(Math.floor(i / 26)).padStart(8, '0');
    const business = String(10000000 + Math.floor((random() * rows) / 3));
    const move = () => (random() - 0.5) * 0.011;
    out += `${ems},${business},${name}${1 + Math.floor(random() * 9)}廠,${address},${park},${industry},${(
        lon + move()
    ).toFixed(6)},${(lat + move()).toFixed(6)}\n`;
    if (out.length > PART) {
        put(out);
        out = '';
    }
}
put(out);

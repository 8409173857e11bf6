#!/usr/bin/env node
// Modules of the page that need no browser: TWD97 coordinates, CAS check digits, the address of a view.
const { isDeepStrictEqual } = require('node:util');

const web = '../../web/app';

let number = 0;
function report(name, truth, found) {
    number += 1;
    console.log(`${truth ? 'ok' : 'not ok'} ${number} - ${name}`);
    if (!truth) {
        console.log(`#   ${JSON.stringify(found)}`);
        process.exitCode = 1;
    }
}

// What PROJ 9.1 gives for longitude, latitude (EPSG:4326).
const PLACES = [
    [120.3, 22.6, 178030.435, 2500160.020, 'EPSG:3826'],
    [121.565, 25.033, 307016.453, 2769551.668, 'EPSG:3826'],
    [121.9, 21.95, 342961.955, 2428294.087, 'EPSG:3826'],
    [118.4, 24.4, 189144.469, 2699454.777, 'EPSG:3825'],
    [119.57, 23.57, 308184.431, 2607518.915, 'EPSG:3825'],
];

Promise.all(['tm2', 'cas', 'permalink', 'store'].map((name) => import(`${web}/${name}.mjs`))).then(([tm2, cas, permalink, store]) => {
    console.log(`1..${PLACES.length + 6}`);
    for (const [lon, lat, x, y, crs] of PLACES) {
        const found = tm2.toTm2(lon, lat);
        report(`${lon}, ${lat} is ${x}, ${y} in ${crs}`,
            found.crs === crs && Math.abs(found.x - x) < 0.001 && Math.abs(found.y - y) < 0.001, found);
    }
    report('right CAS numbers', ['7782-50-5', '50-00-0', '10025-87-3'].every(cas.isCas));
    report('wrong CAS numbers', !['7782-50-4', '7782505', '', '１-00-0', '2067/11/5'].some(cas.isCas));

    const view = { ...store.state, view: { lon: 120.33, lat: 22.62, zoom: 12.5 }, layers: { ...store.state.layers, heat: true, names: false, zones: true },
        heat: { by: 'quantity', kernel: 'uniform', radius: 5000, behaviour: 'use', from: '2013', to: '2015', tier: '' }, cas: '7782-50-5', county: '64000', minScore: 1.5, card: { kind: 'facility', id: 17 }, packet: 'k3j9', tab: 'list', lang: 'en', theme: 'night' };
    const back = permalink.parse(permalink.format(view));
    const lost = ['view', 'layers', 'heat', 'cas', 'county', 'minScore', 'card', 'packet', 'tab', 'lang', 'theme']
        .filter((key) => !isDeepStrictEqual(back[key], view[key]));
    report('an address holds the whole view', lost.length === 0, [lost, back]);
    report('a place keeps its coordinates', permalink.parse('#card=place:120.33:22.62').card?.lat === 22.62);
    report('a packet card needs a packet', permalink.parse('#card=packet').card === null);
    const odd = permalink.parse('#map=NaN/91/1e99&cas=<script>&county=..%2f&min=-5&card=facility:-1&packet=../x&lang=xx&theme=pink');
    report('nonsense is left out', odd.cas === null && odd.county === '' && odd.minScore === 0 && odd.card === null && odd.packet === null
        && odd.view === undefined && odd.lang === undefined && odd.theme === undefined, odd);
});

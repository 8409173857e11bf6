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

Promise.all(['tm2', 'cas', 'permalink', 'store', 'radar_query', 'regions_scale', 'i18n', 'ink'].map((name) => import(`${web}/${name}.mjs`))).then(([tm2, cas, permalink, store, radar, scale, i18n, ink]) => {
    console.log(`1..${PLACES.length + 15}`);
    for (const [lon, lat, x, y, crs] of PLACES) {
        const found = tm2.toTm2(lon, lat);
        report(`${lon}, ${lat} is ${x}, ${y} in ${crs}`,
            found.crs === crs && Math.abs(found.x - x) < 0.001 && Math.abs(found.y - y) < 0.001, found);
    }
    const points = (lang) => [0, 1, 2, '1,000'].map((n) => {
        store.state.lang = lang;
        return i18n.t('heat_points', { n });
    });
    report('one and many', isDeepStrictEqual([points('en'), points('zh')], [['0 points', '1 point', '2 points', '1,000 points'], ['0 個點', '1 個點', '2 個點', '1,000 個點']]));
    const night = { land: '#1b2229', outline: '#0b0d0f', name: '#e6ebef' }, day = { land: '#f7f5f0', outline: '#2b1a12', name: '#1c2024' };
    report('a light rim by night, and only around what is dark', ink.rimOn('#4d004b', night) === night.name && ink.rimOn('#ffffb2', night) === night.outline
        && ['#4d004b', '#ffffb2'].every((color) => ink.rimOn(color, day) === day.outline));
    report('right CAS numbers', ['7782-50-5', '50-00-0', '10025-87-3'].every(cas.isCas));
    report('wrong CAS numbers', !['7782-50-4', '7782505', '', '１-00-0', '2067/11/5'].some(cas.isCas));

    const view = { ...store.state, view: { lon: 120.33, lat: 22.62, zoom: 12.5 }, layers: { ...store.state.layers, heat: true, names: false, zones: true },
        radar: { weights: '50,25,15,10', order: 'GHJI', angle: 'published' }, heat: { by: 'quantity', kernel: 'uniform', radius: 5000, behaviour: 'use', from: '2013', to: '2015', tier: '' }, cas: '7782-50-5', county: '64000', township: '64000050', industry: '化學 & C++ #1 製造', minScore: 1.5, card: { kind: 'facility', id: 17 }, packet: 'k3j9', tab: 'list', lang: 'en', theme: 'night' };
    const back = permalink.parse(permalink.format(view));
    const lost = ['view', 'layers', 'heat', 'cas', 'county', 'township', 'industry', 'minScore', 'radar', 'card', 'packet', 'tab', 'lang', 'theme']
        .filter((key) => !isDeepStrictEqual(back[key], view[key]));
    report('an address holds the whole view', lost.length === 0, [lost, back]);
    report('a place keeps its coordinates', permalink.parse('#card=place:120.33:22.62').card?.lat === 22.62);
    report('a packet card needs a packet', permalink.parse('#card=packet').card === null);
    const odd = permalink.parse('#map=NaN/91/1e99&cas=<script>&county=..%2f&min=-5&card=facility:-1&packet=../x&lang=xx&theme=pink');
    report('nonsense is left out', odd.cas === null && odd.county === '' && odd.minScore === 0 && odd.card === null && odd.packet === null
        && odd.view === undefined && odd.lang === undefined && odd.theme === undefined, odd);

    weights(radar, scale);
});

function weights(radar, scale) {
    const sum = (values) => values.reduce((a, b) => a + b, 0), none = [false, false, false, false];
    const steps = Array.from({ length: 101 }, (_, value) => radar.followWeights([40, 30, 15, 15], 0, value, none));
    report('weights that follow are whole and sum to 100 at every step', steps.every((values, value) => values[0] === value && sum(values) === 100
        && values.every((one) => Number.isInteger(one) && one >= 0)), steps);
    report('they keep their ratio, and come out where they began', isDeepStrictEqual(steps[40], [40, 30, 15, 15]) && isDeepStrictEqual(steps[20], [20, 40, 20, 20])
        && isDeepStrictEqual(radar.followWeights([100, 0, 0, 0], 0, 40, none), [40, 20, 20, 20]), steps[20]);
    const held = [false, true, false, true];
    report('held ones stay; the moved one stops at what is left', isDeepStrictEqual(radar.followWeights([40, 30, 15, 15], 0, 100, held), [55, 30, 0, 15])
        && isDeepStrictEqual(radar.followWeights([40, 30, 15, 15], 0, 90, [false, true, true, true]), [40, 30, 15, 15])
        && isDeepStrictEqual(radar.followWeights([40, 30, 15, 15], 0, 33.3, held), [33.3, 30, 21.7, 15]));
    report('weights of an address stay as written, and are shown scaled to 100', isDeepStrictEqual(radar.parseWeights('1,1,1,1'), [25, 25, 25, 25])
        && isDeepStrictEqual(radar.radarWith({}, { weights: '33.3,20,1,7.7', order: 'GIHJ' }), { weights: '33.3,20,1,7.7', order: 'GIHJ' })
        && isDeepStrictEqual(radar.weightsOf({ weights: '33.3,20,1,7.7' }), [53.7, 32.3, 1.6, 12.4]) && !radar.flatWeights({ weights: '99.99,50,0.01,50' })
        && isDeepStrictEqual(radar.parseWeights('12.5,37.5,25,25'), [12.5, 37.5, 25, 25]) && sum(radar.parseWeights('1,1,1,4').map((value) => value * 10)) === 1000
        && ['', '1,2,3', '1,2,3,4,5', '-1,2,3,4', '0,0,0,0', '1,2,3,x', '1e3,1,1,1', 'NaN,1,1,1'].every((text) => radar.parseWeights(text) === null));
    const all = (axes) => (axes.length < 2 ? [axes] : axes.flatMap((axis, at) => all(axes.filter((_, other) => other !== at)).map((rest) => [axis, ...rest])));
    const orders = all(radar.FACILITY_AXES).map((order) => order.join(''));
    // The area itself says which orders are the same.
    const area = (order) => { const [a, b, c, d] = [...order].map((key) => ({ G: 2, H: 3, I: 5, J: 11 })[key]); return (a + c) * (b + d) / 2; };
    report('24 orders are three areas', new Set(orders).size === 24 && orders.every((order) => area(radar.canonicalOrder(order, radar.FACILITY_AXES)) === area(order))
        && isDeepStrictEqual(radar.ordersOf(radar.FACILITY_AXES), ['GHIJ', 'GIHJ', 'GHJI']) && radar.canonicalOrder('GGIJ', radar.FACILITY_AXES) === null);
    report('only what differs from the default is asked and kept', isDeepStrictEqual(radar.radarFrom(new URLSearchParams('weights=80,60,30,30&order=IJGH&angle=x&official=0&rescale=0')),
        { official: '0' }) && isDeepStrictEqual(radar.radarWith({ weights: '10,20,30,40' }, { weights: '40,30,15,15', angle: 'published' }), { angle: 'published' }));
    const limits = scale.limitsOf(Array.from({ length: 50 }, (_, value) => value));
    report('classes of regions: quintiles of the positive, fewer where values are few', isDeepStrictEqual(limits, [10, 20, 30, 40])
        && scale.classesOf(limits).length === 5 && isDeepStrictEqual(scale.limitsOf([0, 0]), []) && scale.classesOf(scale.limitsOf([7, 7, 7])).length === 1
        && scale.classesOf(scale.limitsOf([1, 9])).length === 2 && scale.classesOf(scale.limitsOf([1, 9]))[1].color === scale.COLORS[4],
        [limits, scale.limitsOf([1, 9]), scale.classesOf(scale.limitsOf([1, 9]))]);
}

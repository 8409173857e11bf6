#!/usr/bin/env node
// What two texts share, how far two points are apart, and the view that holds both; needs no browser.
const { isDeepStrictEqual } = require('node:util');

let number = 0;
function is(name, found, wanted) {
    number += 1;
    const ok = isDeepStrictEqual(found, wanted);
    console.log(`${ok ? 'ok' : 'not ok'} ${number} - ${name}`);
    if (ok) return;
    console.log(`#   found: ${JSON.stringify(found)}\n#   wanted: ${JSON.stringify(wanted)}`);
    process.exitCode = 1;
}

import('../../web/app/compare.mjs').then(({ distance, parts, verdict, viewOf }) => {
    console.log('1..14');
    is('the same but for width, blanks, case and 台', verdict('台北 Chem（股）', '臺北chem(股)'), 'same');
    is('other', verdict('甲', '乙'), 'differ');
    is('one side', [verdict('', '乙'), verdict('甲', null)], ['one', 'one']);
    is('neither', verdict(undefined, ''), 'none');
    is('numbers', verdict(7, '7'), 'same');
    const marked = (a, b) => parts(a, b).map((side) => side.map((part) => (part.same ? part.text : `[${part.text}]`)).join(''));
    is('an end', marked('大華精密化學工業股份有限公司', '大華精密化學公司'), ['大華精密化學[工業股份有限]公司', '大華精密化學公司']);
    is('in the middle', marked('東路1號', '西路12號'), ['[東]路1號', '[西]路1[2]號']);
    is('nothing in common', marked('甲', 'b'), ['[甲]', '[b]']);
    is('characters beyond the basic plane stay whole', marked('𠮷野', '吉野'), ['[𠮷]野', '[吉]野']);
    const long = 'x'.repeat(5000);
    is('too long to cut', marked(long, `${long}y`), [`[${long}]`, `[${long}y]`]);
    const [a, b] = [{ lon: 121.22, lat: 24.95 }, { lon: 121.23, lat: 24.95 }];
    is('a hundredth of a degree at 24.95° N, of a sphere', Math.round(distance(a, b)), 1008);
    is('none', distance(a, a), 0);
    const view = viewOf([a, b]);
    const pixels = distance(a, b) / (78271.5 * Math.cos(view.lat * Math.PI / 180) / 2 ** view.zoom);
    is('both within 300 pixels of their middle', [view.lon.toFixed(4), view.lat.toFixed(4), Math.round(pixels)], ['121.2250', '24.9500', 300]);
    is('one alone is near', viewOf([a]).zoom, 16.5);
});

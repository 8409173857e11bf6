#!/usr/bin/env node
// Every text of the page in both languages, with the same values in both; every text asked for is there, and none is left over.
const { readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const app = join(__dirname, '../../web/app');
const read = (name) => readFileSync(join(app, name), 'utf8');
const values = (text) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join(' ');

function report(number, name, wrong) {
    console.log(`${wrong.length ? 'not ok' : 'ok'} ${number} - ${name}`);
    for (const line of wrong) console.log(`#   ${line}`);
    if (wrong.length) process.exitCode = 1;
}

import('../../web/app/words.mjs').then(({ TABLE }) => {
    const rows = Object.entries(TABLE);
    const sources = readdirSync(app).filter((name) => !name.startsWith('words')).map(read).join('\n')
        + readFileSync(join(app, '../index.html'), 'utf8');
    const asked = [...sources.matchAll(/\bt\('(\w+)'/g), ...sources.matchAll(/data-t(?:-label)?="(\w+)"/g)].map((m) => m[1]);
    const families = [...sources.matchAll(/\bt(?:Or)?\(`(\w+)\$\{/g)].map((m) => m[1]).concat('ghs0');

    console.log('1..4');
    report(1, 'every text is there in both languages', rows.filter(([, row]) =>
        row.length !== 2 || row.some((text) => typeof text !== 'string' || text.trim() === '')).map(([key]) => key));
    report(2, 'both languages take the same values', rows.filter(([, [zh, en]]) => values(zh) !== values(en)).map(([key]) => key));
    report(3, 'every text asked for is in the table', [...new Set(asked)].filter((key) => !(key in TABLE)));
    report(4, 'no text is left over', rows.map(([key]) => key).filter((key) =>
        !asked.includes(key) && !families.some((family) => key.startsWith(family))));
});

// radar_lists.mjs FACILITIES.csv PAGES.json FEATURES.geojson - reads the three forms of the same list and says
// "ok" when they agree with each other and with the formula; else what differs.
import { readFileSync } from 'node:fs';

const [csvFile, pagesFile, geojsonFile] = process.argv.slice(2);
const problems = [];
const check = (what, fine) => fine || problems.push(what);

// RFC 4180, strictly: quoted cells may hold commas, line ends and doubled quotes.
function readCsv(text) {
    const rows = [];
    let row = [], at = 0;
    if (text.charCodeAt(0) !== 0xFEFF) throw new Error('no byte order mark');
    at = 1;
    while (at < text.length) {
        let cell = '';
        if (text[at] === '"') {
            for (at++; ; at++) {
                if (at >= text.length) throw new Error('an open quote');
                if (text[at] === '"' && text[at + 1] === '"') { cell += '"'; at++; }
                else if (text[at] === '"') break;
                else cell += text[at];
            }
            at++;
        } else {
            while (at < text.length && text[at] !== ',' && text[at] !== '\r') cell += text[at++];
            if (/["\n]/.test(cell)) throw new Error(`a bare quote or line end in ${cell}`);
        }
        row.push(cell);
        if (text[at] === ',') at++;
        else if (text.startsWith('\r\n', at)) { rows.push(row); row = []; at += 2; }
        else throw new Error(`neither comma nor line end at ${at}`);
    }
    return rows;
}

const [head, ...cells] = readCsv(readFileSync(csvFile, 'utf8'));
const table = cells.map((row) => {
    check(`${row.length} cells, ${head.length} heads`, row.length === head.length);
    return Object.fromEntries(head.map((key, i) => [key, row[i]]));
});
const pages = readFileSync(pagesFile, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
const listed = pages.flatMap((page) => page.facilities);
const features = JSON.parse(readFileSync(geojsonFile, 'utf8'));
check('rows', table.length === listed.length && listed.length === features.features.length);
check('features are told', features.numberReturned === listed.length && features.numberMatched === listed.length);
const { weights, order, sin } = pages[0];
let before = Infinity;
listed.forEach((facility, i) => {
    const row = table[i], feature = features.features[i];
    check(`rank ${i}`, facility.rank === i + 1 && +row.rank === i + 1 && feature.properties.rank === i + 1);
    check(`id ${i}`, +row.id === facility.id && feature.id === facility.id);
    const plain = /^['=+\-@＝＋－＠ \t]/.test(facility.name) ? row.name.slice(1) : row.name;
    check(`name ${i}`, plain === facility.name && feature.properties.name === facility.name);
    check(`county ${i}`, row.county_code === (facility.county ?? '') && feature.properties.county_code === facility.county);
    check(`place ${i}`, (feature.geometry === null) === (facility.lon === null));
    if (facility.area === null) {
        check(`no score ${i}`, row.area === '' && feature.properties.area === null);
        before = -Infinity;
        return;
    }
    check(`order ${i}`, +row.area <= before + 1e-9 * Math.min(1, before));
    before = +row.area;
    check(`area ${i}`, +row.area === feature.properties.area && +row.area === facility.area
        && +row.mean_area === facility.mean_area && +row.geometric === facility.geometric);
    // The formula from the file's own columns: G is a mean, the others are classes.
    const value = { G: +row.g_mean_score, H: +row.h_class, I: +row.i_class, J: +row.j_class };
    const axis = [...order].map((key) => value[key] * weights['GHIJ'.indexOf(key)] / 100);
    const area = (axis[0] + axis[2]) * (axis[1] + axis[3]) / 2 * sin;
    check(`formula ${i}: ${area} ${row.area}`, Math.abs(area - row.area) < 1e-9 * Math.min(1, area));
});
console.log(problems.length ? problems.slice(0, 10).join('\n') : 'ok');

// Scores by county, township or hexagon: a map in classes of one measure and a table that says the same.
import { ask, explain, url } from './api.mjs';
import { h, icon, redraw, say } from './dom.mjs';
import { count, quantity, score } from './format.mjs';
import { lang, ownName, t } from './i18n.mjs';
import { calm, newest } from './newest.mjs';
import { errorBox, fileLinks, loading, swatch } from './parts.mjs';
import { filterByRegion } from './radar_filters.mjs';
import { regionsMap } from './regions_map.mjs';
import { classesOf, limitsOf, NONE } from './regions_scale.mjs';
import { on, set, state } from './store.mjs';
import { dataTable } from './table.mjs';
import { themeNow } from './theme.mjs';

const BY = ['county', 'township', 'hexagon'], SIZES_M = [2000, 5000, 10000, 20000];
const MEASURES = ['sum', 'number', 'mean', 'maximum', 'p90', 'quantity'];
const CALM_MS = 250, SHOWN = 100;
// How each measure is read from a region and written.
const READ = {
    number: (item) => item.facilities, quantity: (item) => item.quantity_kg, sum: (item) => item.sum, mean: (item) => item.mean,
    maximum: (item) => item.maximum, p90: (item) => item.p90,
};
const WRITE = { number: count, quantity, sum: score, mean: score, maximum: score, p90: score };

let answer = null, collection = null, fault = null, drawn = null, marked = '';
let sort = { by: 'measure', down: true };

let outer = false;              // whether the map shows the outlying islands too

// The run that regions are compared with: the one that is chosen below.
let runs = [];

let reload = () => {};

export function regionsRuns(known) {
    const before = trendRun();
    runs = known;
    if (trendRun()?.id !== before?.id) reload();
}

const trendRun = () => runs.find((run) => String(run.id) === state.runFrom);
const NOTHING = { type: 'FeatureCollection', features: [] };
const KEYS = { number: 'facilities', quantity: 'quantity_kg' };

const query = () => ({ runs: trendRun() ? state.runFrom : null, by: state.by, size: state.by === 'hexagon' ? state.hexagon : null, county: state.county, ...state.radar });

// Hexagons go by the TWD97 coordinates of their centre.
function nameOf(item) {
    if (state.by === 'hexagon') return `TWD97 ${count(Math.round(item.x))}, ${count(Math.round(item.y))}`;
    const county = ownName({ name: item.county, name_en: item.county_en });
    return [state.by === 'township' && county, ownName(item) ?? item.code].filter(Boolean).join(' ');
}

function value(item) {
    const found = READ[state.measure](item);
    return found === null || found === undefined ? null : found;
}

function rows() {
    const sign = sort.down ? -1 : 1;
    const read = sort.by === 'measure' ? value : READ[sort.by];
    return answer.regions.filter((item) => item.facilities > 0).sort((a, b) => {
        if (sort.by === 'name') return nameOf(a).localeCompare(nameOf(b), lang() === 'zh' ? 'zh-Hant-TW' : 'en') * sign;
        const [x, y] = [read(a) ?? null, read(b) ?? null];
        if ((x === null) !== (y === null)) return x === null ? 1 : -1;
        return (x - y) * sign || (a.code < b.code ? -1 : 1);
    });
}

// What the shown measure has become since the chosen run.
function trend() {
    const run = trendRun();
    if (!run) return [];
    const key = `change${run.id}_${KEYS[state.measure] ?? state.measure}`;
    const write = (value) => `${value < 0 ? '−' : '+'}${WRITE[state.measure](Math.abs(value))}`;
    return [{ head: t('regions_trend', { name: run.name }), num: true, cell: (item) => (Number.isFinite(item[key]) ? write(item[key]) : '–') }];
}

function table(again) {
    const all = rows();
    const column = (measure) => ({ head: t(`measure_${measure}`), num: true, key: measure, cell: (item) => {
        const found = READ[measure](item);
        return found === null || found === undefined ? '–' : WRITE[measure](found);
    } });
    const columns = [{ head: t('region'), key: 'name', cell: (item) => h('button', { type: 'button', class: 'row-button', 'data-region': item.code,
        'aria-pressed': String(marked === item.code), onclick: () => mark(item.code) }, h('span', { class: 'row-name' }, nameOf(item))) },
    column(state.measure), ...trend(), ...MEASURES.filter((measure) => measure !== state.measure).map(column)];
    const by = sort.by === 'measure' ? state.measure : sort.by;
    const take = (key) => {
        sort = { by: key, down: by === key ? !sort.down : key !== 'name' };
        again();
        document.querySelector(`#radar-regions [data-sort="${key}"]`).focus();
    };
    const box = dataTable('regions-table', t('regions_title'), columns, all.slice(0, SHOWN), { sort: { by, down: sort.down, take } });
    box.classList.add('tall');
    return [answer.runs?.some((run) => !run.same_parameters) && h('p', { class: 'notice warn', id: 'regions-mixed' }, icon('alert'), h('span', {}, t('regions_mixed'))),
        box, all.length > SHOWN && h('p', { class: 'hint' }, t('regions_rest', { shown: count(SHOWN), n: count(all.length) })),
        answer.nowhere?.facilities > 0 && h('p', { class: 'hint' }, `${t('regions_nowhere')}${t('colon')}${count(answer.nowhere.facilities)}`)];
}

function legend(limits, n) {
    const write = WRITE[state.measure];
    const text = ({ min, max }) => (min === null ? max === null ? t('at_least', { n: write(0) }) : t('below', { n: write(max) })
        : max === null ? t('at_least', { n: write(min) }) : t('from_to', { start: write(min), end: write(max) }));
    return h('div', { class: 'legend', id: 'regions-legend' }, h('p', { class: 'legend-title' }, t(`measure_${state.measure}`)),
        h('ul', {}, classesOf(limits).map((item) => h('li', {}, swatch(item.color), h('span', {}, text(item)))),
            h('li', {}, swatch(NONE[themeNow()]), h('span', {}, t('regions_none')))), h('p', { class: 'hint' }, t('regions_limits', { n: count(n) })));
}

function choices() {
    const select = (id, title, values, now, changed) => h('label', { class: 'field' }, h('span', {}, title), h('select', { id, onchange: (event) => changed(event.target.value) },
        values.map(([key, text]) => h('option', { value: key, selected: String(key) === String(now) }, text))));
    return h('div', { class: 'regions-choice' }, h('fieldset', { class: 'choices' }, h('legend', { class: 'unseen' }, t('regions_by')), BY.map((by) =>
        h('label', { class: 'choice' }, h('input', { type: 'radio', name: 'regions-by', value: by, checked: state.by === by, onchange: () => set({ by }) }),
            h('span', {}, t(`regions_${by}`))))),
    state.by === 'hexagon' && select('hexagon-size', t('hexagon_size'), SIZES_M.map((size) => [size, t('unit_km', { n: size / 1000 })]), state.hexagon,
        (size) => set({ hexagon: Number(size) })),
    select('measure', t('measure'), MEASURES.map((measure) => [measure, t(`measure_${measure}`)]), state.measure, (measure) => set({ measure })));
}

function outerSwitch() {
    return drawn && h('label', { class: 'switch' }, h('input', { type: 'checkbox', role: 'switch', id: 'regions-outer', checked: outer, onchange: (event) => {
        outer = event.target.checked;
        drawn.wholeTaiwan(outer);
    } }), h('span', { class: 'knob', 'aria-hidden': 'true' }), h('span', {}, t('whole_taiwan')));
}

function files() {
    return h('div', { class: 'buttons' }, fileLinks('regions', ['csv', 'xlsx', 'geojson'], (format) => url('api/v1/radar/regions', { ...query(), format })));
}

function markedLine() {
    const item = answer?.regions.find((region) => region.code === marked);
    if (!item || state.by === 'hexagon') return null;
    return h('button', { type: 'button', class: 'btn main', id: 'region-list', onclick: () => {
        filterByRegion(state.by, item.code, item.county_code);
        document.getElementById('radar-list').scrollIntoView();
        document.getElementById('filter-county').focus({ preventScroll: true });
    } }, icon('list'), t('region_list', { name: nameOf(item) }));
}

let mark = () => {};

export function radarRegionsStart(box) {
    const heading = h('h2'), controls = h('div'), mapBox = h('div', { id: 'regions-map', role: 'group' }), legendBox = h('div'), tableBox = h('div'),
        markedBox = h('div'), filesBox = h('div'), faultBox = h('div');
    box.replaceChildren(h('section', { class: 'sheet' }, heading, controls, faultBox, h('div', { class: 'regions-columns' },
        h('div', {}, mapBox, legendBox), h('div', {}, markedBox, tableBox)), filesBox));

    const limits = () => limitsOf(answer.regions.map(value).filter((item) => item !== null));
    function drawMap() {
        if (!drawn) return;
        drawn.theme();
        drawn.show(collection ?? NOTHING, collection ? limits() : []);
        drawn.mark(marked);
    }
    function drawRest() {
        heading.textContent = t('regions_title');
        const focused = controls.contains(document.activeElement) ? document.activeElement : null;
        controls.replaceChildren(choices());
        if (focused) controls.querySelector(focused.id ? `#${focused.id}` : `[value="${focused.value}"]`)?.focus();
        mapBox.setAttribute('aria-label', t('regions_map_label', { name: t(`measure_${state.measure}`) }));
        redraw(faultBox, fault && errorBox(fault, load, 'regions'));
        filesBox.replaceChildren(files());
        drawTable();
        redraw(legendBox, answer && [legend(limits(), answer.regions.filter((item) => value(item) > 0).length), outerSwitch()]);
        drawMap();
    }
    function drawTable() {
        tableBox.replaceChildren(...(answer ? table(drawTable).filter(Boolean) : fault ? [] : [loading()]));
        markedBox.replaceChildren(markedLine() ?? '');
    }
    mark = (code) => {
        if (!answer) return;
        marked = marked === code ? '' : code;
        drawTable();
        drawMap();
        tableBox.querySelector(`[data-region="${code}"]`)?.focus();
        const item = answer.regions.find((region) => region.code === code);
        say(`${nameOf(item)}${t('colon')}${WRITE[state.measure](value(item))}`);
    };

    // The map draws the measure as one property, so that its style need not know what measures there are.
    const measured = (features) => ({ type: 'FeatureCollection', features: features.map((feature) => {
        const found = value(feature.properties);
        return { type: 'Feature', geometry: feature.geometry, properties: { region: feature.properties.code, ...(found !== null && { value: found }) } };
    }) });
    const load = reload = newest(async () => {
        const { by, hexagon } = state, other = () => by !== state.by || hexagon !== state.hexagon;      // is wanted meanwhile, and asked for next
        try {
            const found = await ask('api/v1/radar/regions', { query: { ...query(), format: 'geojson' } });
            if (other()) return;
            answer = { regions: found.features.map((feature) => feature.properties), nowhere: found.nowhere, runs: found.runs, features: found.features };
            collection = measured(found.features);
            fault = null;
        } catch (error) {
            if (other()) return;
            [answer, collection, fault] = [null, null, error];
        }
        drawRest();
    });
    on(['radar', 'county', 'atlas'], calm(load, CALM_MS));
    on(['runFrom'], load);
    on(['by', 'hexagon'], () => {
        [answer, collection, marked, fault] = [null, null, '', null];
        drawRest();
        load();
    });
    on(['measure'], () => {
        if (answer) collection = measured(answer.features);
        drawRest();
    });
    on(['lang', 'theme'], drawRest);
    drawRest();
    load();
    ask('tiles/counties.json').then(({ tiles }) => regionsMap(mapBox, tiles, (code) => mark(code))).then((map) => {
        drawn = map;
        if (!map) mapBox.replaceChildren(h('p', { class: 'notice warn' }, icon('alert'), t('no_map')));
        drawRest();
    }).catch((error) => mapBox.replaceChildren(h('p', { class: 'notice warn' }, icon('alert'), explain(error))));
}
